/*
 * audit_rows - findings as rows of the audit's files.
 *
 * audit_rows_write() and audit_rows_evidence() give the whole text of
 * audit/<date>.csv and <date>.evidence.csv after a visit: the rows of that
 * round which the department has, and those of the visit. A visit has a
 * number; writing it again (a replay) replaces its own rows of the schools that
 * were judged, and no others. Where a person has judged a school's item, later visits add nothing.
 *
 * A "no" is seen once; it is confirmed when the visit before, on another day,
 * found nothing either.
 */
#ifndef COMPUTE_AUDIT_ROWS_H
#define COMPUTE_AUDIT_ROWS_H

#include "base/buf.h"
#include "compute/audit_judge.h"
#include "model/department.h"

struct audit_writing {
	const struct department *department;
	struct date round;
	int64_t visit;               /* 1, 2, … */
	const struct judged *judged; /* [count], of different schools */
	size_t count;
	const struct audit_row *decision; /* a row that a person adds, or NULL */
	bool russian;                     /* language of the site */
};

/* The number of the visit that comes next in a round. */
int64_t audit_rows_next_visit(const struct department *d, struct date round);
void audit_rows_write(struct buf *out, const struct audit_writing *w);
void audit_rows_evidence(struct buf *out, const struct audit_writing *w);
/* The words of a finding's reason, and of its remarks with what a cloud disk
 * says, as they stand in its row. */
void audit_rows_reason(struct buf *out, const struct finding *f, bool russian);
void audit_rows_note(struct buf *out, const struct finding *f, bool russian);

#endif
