/*
 * log_filter - which changes were asked for.
 *
 * By indicator, by school, by the file that they are from; NULL asks for all.
 */
#ifndef JOB_LOG_FILTER_H
#define JOB_LOG_FILTER_H

#include "compute/change.h"

struct log_filter {
	const char *indicator, *school; /* ids */
	const char *path;               /* "data/x/results.csv" */
};

bool log_filter_fits(const struct log_filter *f, const struct change *c);
/* Leaves those that fit. */
void log_filter_apply(const struct log_filter *f, struct changes *c);

#endif
