/*
 * low_procedures - when the result of one procedure is low.
 *
 * The predicate share-below-minimum by itself, for the method and for tests:
 * in integers only, 100·k ≥ S·n. With k or n missing, a printed pass rate
 * stands for the interval of its rounding.
 */
#ifndef COMPUTE_LOW_PROCEDURES_H
#define COMPUTE_LOW_PROCEDURES_H

#include "compute/identification.h"

/* 100·k ≥ S·n; k ≥ 0, n > 0, percent set. */
bool share_reaches(int64_t k, int64_t n, struct decimal percent);
/* n < 0: not known. */
enum met share_low_by_rate(struct decimal pass_rate, int64_t n, struct decimal percent);
/* By what the row has. */
enum met share_low(const struct result *r, struct decimal percent);

#endif
