/*
 * change_between - what a reader saw changed between two commits.
 *
 * For one department whose present version is known: its facts and its
 * disclosure terms, which older versions obey. change_source_open(), then
 * change_between() for as many pairs as wanted, then change_source_close(),
 * before repo_close(). What was found is kept for the next time
 * (job/change_cache); a version that cannot be read gives what could be read.
 *
 * change_inputs() says whether it is worth asking: commits with the same
 * inputs of a department show the same.
 */
#ifndef JOB_CHANGE_BETWEEN_H
#define JOB_CHANGE_BETWEEN_H

#include "compute/change.h"
#include "job/change_cache.h"
#include "job/facts.h"

enum { CHANGE_EDITIONS = 2 };

/* A commit that is open, with the department as it was read. */
struct change_edition {
	struct edition edition;
	struct edition_facts facts;
	bool read;
};

struct change_source {
	const char *site, *department;
	struct repo *repo;
	enum profile profile;
	const struct disclosure_terms *terms; /* of the present */
	const struct facts *present;
	struct change_cache cache;
	struct change_edition *editions[CHANGE_EDITIONS]; /* the last one asked for first */
	size_t opened;
};

struct change_pair {
	struct changes changes; /* settled, not grouped */
	const char *title;      /* of the department */
	bool old_there, new_there;
	bool old_errors, new_errors;
};

/* site, department, repo, profile, terms and present are the caller's, set
 * before, and live as long. */
void change_source_open(struct change_source *s);
void change_source_close(struct change_source *s);

/* What every department is made of, besides its own two folders. */
struct change_shared {
	const char *path; /* NULL ends the list */
	bool folder;
};
extern const struct change_shared change_shared[];

/* The ids of everything that the department is made of in a commit; "" when it
 * is not there. */
const char *change_inputs(
    struct arena *a, struct repo *repo, const char *commit, const char *department);
/*
 * old NULL: there was nothing before. Both are seen as of the date, so that
 * only what was committed is a change, not the passing of time. The changes
 * live in the arena, and in the source until it is closed.
 */
void change_between(struct change_pair *out, struct arena *a, struct change_source *s,
    const char *old, const char *new, struct date date);

#endif
