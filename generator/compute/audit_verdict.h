/*
 * audit_verdict - what one candidate of an item is worth.
 *
 * audit_verdict() follows a candidate to its target and fills a finding: found
 * or not, the reason, remarks and evidence. Its weight orders findings of
 * one item: the greatest is the best.
 */
#ifndef COMPUTE_AUDIT_VERDICT_H
#define COMPUTE_AUDIT_VERDICT_H

#include "compute/audit_judge.h"
#include "compute/audit_look.h"

struct audit_case {
	struct audit_site *site;
	const struct checklist *checklist;
	const struct checklist_rule *rule;
	struct audit_look *page; /* on which the candidate stands */
	const struct candidate *candidate;
};

/* Nothing is known yet: found is FOUND_NONE. */
void audit_finding_begin(
    struct finding *f, const struct audit_site *s, const struct checklist *list, size_t rule);
/* The weight, or 0 when the candidate is none after all. */
int audit_verdict(struct finding *out, const struct audit_case *c);
void audit_finding_set(struct finding *f, enum audit_reason r, struct str detail);
void audit_finding_remark(struct finding *f, enum audit_remark r);
/* The evidence of an answer: address, status, time, hash, place in the archive. */
void audit_finding_evidence(
    struct finding *f, const struct audit_site *s, const struct audit_look *look);

#endif
