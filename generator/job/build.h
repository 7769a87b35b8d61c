/*
 * build - a site made whole: read, compute, render, switch.
 *
 * build_run() does all of it once. With write false nothing is written: the
 * pages are made and thrown away, so that `vidno check` finds what only a
 * build would find (links, templates, charts). Departments are built side by
 * side; the bytes do not depend on how many threads there were.
 *
 * Everything wrong is in diag, sorted. With any error the output folder stays
 * as it was.
 */
#ifndef JOB_BUILD_H
#define JOB_BUILD_H

#include "compute/disclosure.h"
#include "job/manifest_json.h"
#include "sys/repo.h"
#include "sys/tree.h"

struct build_options {
	const char *site;        /* folder; "." */
	struct repo *repo;       /* with commit: the repository it is in */
	const char *commit;      /* the site as it was in this commit; NULL: as it lies there */
	const char *out;         /* NULL: <site>/public, or <site>/internal */
	const char *date;        /* YYYY-MM-DD, or NULL */
	const char *const *only; /* departments, or NULL */
	size_t nonly;
	unsigned jobs; /* 0: as many as processors */
	enum profile profile;
	bool write;             /* false: check only */
	bool once;              /* the only build of this process */
	bool sync;              /* wait until all is safe on the disk */
	bool no_history;        /* nothing of git on the pages; site.yaml may say so too */
	bool strict;            /* a name missing in a view is an error */
	bool progress;          /* a line on the terminal when it takes long */
	struct buf *checklists; /* gets the release checklists, for people; or NULL */
	struct buf *fields;     /* gets what templates may ask for, as Markdown; or NULL */
	/* With one job only: gets path and hash of each file of the site; or NULL. */
	struct hashed_files *hashes;
	/* The releases to be spoken of, by name; NULL: all there are. */
	const struct hashed_files *releases;
	/*
	 * Called once, when everything is made and waits for the switch, which is
	 * then a matter of renames. -1 with a message: the old site stays. Or NULL.
	 */
	int (*agree)(void *payload, struct diag *diag);
	void *payload;
};

enum build_status { BUILD_OK, BUILD_PROBLEMS = 1, BUILD_SYSTEM = 3 }; /* exit statuses */

struct build_report {
	size_t departments, pages;
	size_t blocked; /* departments that cannot be released, when checklists were asked for */
	struct tree_report files;
	struct date date;
	long milliseconds;
};

enum build_status build_run(
    const struct build_options *o, struct build_report *report, struct diag *diag);
/* Where build_run() would write; to be freed. */
char *build_output(const struct build_options *o);
/* -1 with a message when the output would lie in what the site is made of. */
int build_place(const char *site, const char *out, struct diag *diag);

#endif
