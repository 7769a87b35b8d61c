/*
 * readiness - is a department's page ready to be released.
 *
 * A checklist of points, computed from the model and from what was found while
 * the pages were made. A blocking point that is open keeps `vidno release`
 * from freezing this state; the others are shown to the working group. Nothing
 * here is for the public: a point may name a draft.
 *
 * Call it after the pages of the department were made, since broken links are
 * found only then.
 */
#ifndef COMPUTE_READINESS_H
#define COMPUTE_READINESS_H

#include "compute/indicator.h"

enum ready {
	READY_LINKS,     /* blocking: links, attachments and evidence lead somewhere */
	READY_GROUPS,    /* blocking: no unanswered warning about small groups */
	READY_APPROVALS, /* published acts and programmes name who approved them */
	READY_CYCLE,     /* each of the nine positions holds a published document */
	READY_EVIDENCE,  /* "yes" and "done" have their evidence */
	READY_AUDIT,     /* the day of the next site audit is set, and lies ahead */
	READY_DRAFTS,    /* no draft is left, none waits for its day */
	READY_POINTS
};

/* Ids of the points, for words and programs; NULL at the end. */
extern const char *const ready_ids[];

struct ready_point {
	bool blocking, met;
	size_t open;       /* what is missing, counted */
	const char **what; /* of it the first READY_SHOWN: files, ids, positions */
	size_t nwhat;
};

enum { READY_SHOWN = 5 };

struct readiness {
	struct ready_point points[READY_POINTS];
	size_t met;
	bool blocked; /* a blocking point is open */
};

/* diag: what was found about this department. */
void readiness_of(
    struct readiness *out, struct arena *a, const struct department *d, const struct diag *diag);

#endif
