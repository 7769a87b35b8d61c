/*
 * official - the list that the department declared.
 *
 * official_list() gathers the list of a category that is in force in a year
 * (as declared_in_force() says of one row). Where the document
 * gives only the number of schools, count is that number and the names are not
 * known.
 */
#ifndef COMPUTE_OFFICIAL_H
#define COMPUTE_OFFICIAL_H

#include "model/department.h"

struct official {
	bool in_force;
	int year;       /* of the list */
	bool *named;    /* by school.row.index, [nschools] */
	size_t nnamed;  /* schools named */
	int64_t count;  /* schools on the list: at least the named ones */
	bool all_named; /* the names of all are known */
};

void official_list(
    struct official *out, struct arena *a, const struct department *d, int category, int year);

#endif
