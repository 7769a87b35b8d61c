/*
 * checks_method - what the parts of method_check() share.
 */
#ifndef MODEL_CHECKS_METHOD_H
#define MODEL_CHECKS_METHOD_H

#include "model/method.h"

enum { YEARS_MOST = 10 };

struct method_checks {
	struct method *m;
	struct arena *a;
	const struct table *procedures, *metrics;
	struct diag *diag;
	bool wrong;
};

/* An error at the value of a key of the front matter. */
void check_wrong_key(
    struct method_checks *c, const char *key, const char *what, const char *remedy);
/* checks_rules.c: the table of a points method, and its cutoffs. */
void check_rules(struct method_checks *c);

#endif
