/*
 * publish - a change brought to the readers by one command.
 *
 * publish_run() commits what was changed in content/, data/ and themes/ of the
 * site, and nothing else of the repository, and makes the site of that commit.
 * It goes on only when all is checked, the changes were shown and agreed to:
 *
 *   1. a commit of the changes is made, to which nothing points yet
 *   2. when the branch follows another one: what others published meanwhile is
 *      fetched and merged in memory; a clash is told cell by cell
 *   3. that commit is checked as `vidno check` does it: no errors, and no
 *      warnings but those that somebody has accepted (model/acknowledged)
 *   4. the caller shows what readers will see changed, and asks
 *   5. the site of that commit is made, up to the switch (job/build)
 *   6. what was merged comes into the working tree, and the branch moves, if it
 *      still is where it was
 *   7. the site is switched; on demand the branch is pushed
 *
 * A crash before the end of 6 leaves the old version and the old site: what
 * was changed is still there, at worst some of it staged. Between 6 and 7 it
 * leaves the new version and the old site: the next publish, or build, has
 * nothing to commit then, and switches the site. A crash in 7 is mended by
 * sys/tree.
 *
 * Who publishes is found in the staff list of content/site.yaml. The author is
 * the one named, or else the one whose mail is git's user.email, and must be
 * an editor or a publisher. The committer is the publisher who runs the
 * command: the one of git's user.email, or else the author, who must be a
 * publisher then. So an editor's work is published by a publisher. The list
 * says who signs; who may write into the repository is a matter of its server.
 */
#ifndef JOB_PUBLISH_H
#define JOB_PUBLISH_H

#include "job/build.h"

enum publish_answer { PUBLISH_YES, PUBLISH_NO, PUBLISH_NOBODY };

struct publish_options {
	const char *site, *out; /* as of a build */
	const char *reason;     /* the message of the commit; NULL: none */
	const char *as;         /* login of the author, or NULL */
	bool push, offline;     /* offline: others are not asked for their changes */
	unsigned jobs;
	/* Shows the effects, in words, and asks. PUBLISH_NOBODY: nobody is there to
	 * be asked. */
	enum publish_answer (*ask)(void *payload, const char *effects);
	void *payload;
};

/* Exit statuses. With any but PUBLISH_OK, the site is as it was. */
enum publish_status {
	PUBLISH_OK,
	PUBLISH_PROBLEMS, /* see the diag; or the answer was no */
	PUBLISH_USAGE,
	PUBLISH_SYSTEM,
};

struct publish_report {
	char commit[REPO_OID + 1]; /* that the site is made of now; "" until the branch moved */
	bool committed;            /* something was new */
	bool merged;               /* with what others had published */
	bool refused;              /* the answer was no */
	bool pushed;
	struct build_report build;
};

enum publish_status publish_run(
    const struct publish_options *o, struct publish_report *report, struct diag *diag);

#endif
