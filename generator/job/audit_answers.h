/*
 * audit_answers - what a school's site answered, from the files of its visit.
 *
 * The log and the archive of a school (job/evidence) become the input of the
 * judge, and nothing else does: so judging again gives the same. Bodies are
 * decoded here; past 128 MiB of pages, and 384 MiB of documents, only their
 * beginnings are kept, which the judge is told like of any cut answer: its memory
 * stays under 1 GiB for pages, and its process may have 2 GiB.
 */
#ifndef JOB_AUDIT_ANSWERS_H
#define JOB_AUDIT_ANSWERS_H

#include "base/diag.h"
#include "compute/audit_answer.h"
#include "sys/mapped.h"

struct audit_visit {
	struct arena arena;
	struct mapped warc;
	struct answers answers;
};

/* folder: of the visit; warc: how evidence names the archive. 0, or -1 with
 * messages. audit_visit_close() in any case. */
int audit_visit_open(struct audit_visit *v, const char *folder, const struct school *school,
    const char *warc, struct diag *diag);
void audit_visit_close(struct audit_visit *v);

#endif
