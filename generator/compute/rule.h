/*
 * rule - one rule of a points method, compared for one school.
 *
 * rule_plan() is made once for a list: the years of the rule, the procedures
 * it reads (for the context one item without a procedure), and what
 * municipality and region have, which is the same for all schools. Then for
 * each school rule_read(), and rule_compare() for each item and step:
 * rule_items() and rule_steps() say how many comparisons the rule makes.
 *
 * A comparison takes one item in one year (`last`, and `each` year by year),
 * one item over all years (`sum`), or all items at once (gap-region).
 */
#ifndef COMPUTE_RULE_H
#define COMPUTE_RULE_H

#include "compute/sitting.h"

struct rule_amount {
	enum sitting_state state; /* HELD: known */
	struct frac num, den;
	const struct row *source;
	const struct result *result;
	const struct context *context;
};

/* One procedure, or the metrics of the context. */
struct rule_item {
	const struct procedure *procedure; /* NULL: context */
	const char *rule, *title;          /* of its own rows in the basis */
	const struct result **covers;      /* [nyears] */
	struct rule_amount *references;    /* [nyears] */
};

struct rule_plan {
	const struct method_rule *rule;
	const struct measure *measure;
	struct rule_item *items;
	size_t nitems;
	int latest; /* year; the others go back from it */
	int nyears, scope;
	int op;
	bool gap;
	const char *measure_text, *period; /* of the whole rule */
	const char **periods;              /* [nyears] */
	struct rule_amount *amounts;       /* work: [nitems][nyears] of one school */
};

struct rule_comparison {
	enum met met;
	struct frac value, threshold;
};

void rule_plan(struct rule_plan *p, struct arena *a, const struct department *d,
    const struct method *m, size_t number, int list_year);
/* Fills p->amounts with those of the school. */
void rule_read(struct rule_plan *p, const struct department *d, const struct school *s);
size_t rule_items(const struct rule_plan *p);
int rule_steps(const struct rule_plan *p);
struct rule_comparison rule_compare(const struct rule_plan *p, size_t item, int step);
/* Of the school, by year: [nyears]. */
const struct rule_amount *rule_amounts(const struct rule_plan *p, size_t item);

#endif
