/*
 * audit_outcome - why an attempt of the fetch log gives no page, as a reason of
 * the audit.
 */
#ifndef COMPUTE_AUDIT_OUTCOME_H
#define COMPUTE_AUDIT_OUTCOME_H

#include "compute/audit_reason.h"
#include "text/fetchlog.h"

/* REASON_NONE where there is an answer to look at. detail: what may stand
 * after the reason: a status; else empty. */
enum audit_reason audit_outcome_reason(
    const struct fetch_row *row, struct str *detail, struct arena *a);

#endif
