/*
 * basis_view - the basis of a result as readers see it.
 *
 * The rows of the basis that speak of one rule in one period are a verdict:
 * for below-references those of both references. Verdicts come in the order
 * of reading: the latest period first for exams, else the order of the
 * method's table or terms. The tables ask disclosure for every cell.
 */
#ifndef RENDER_BASIS_VIEW_H
#define RENDER_BASIS_VIEW_H

#include "render/grid.h"

struct verdict {
	const struct basis *rows;
	size_t count;
	enum met met;  /* of all rows together */
	bool hidden;   /* by disclosure: neither values nor met are shown */
	bool withheld; /* hidden because it is sensitive */
	bool part;     /* a comparison within a rule of a points method */
	size_t place;  /* of the rule in the method */
};

/* All of a school; how many. */
size_t basis_verdicts(const struct renderer *r, const struct identification *i,
    const struct school_result *s, struct verdict **out);
/* "ОГЭ по математике, 2019", or the rule. */
const char *verdict_title(
    const struct renderer *r, const struct identification *i, const struct verdict *v);
/* The row that compares with a scope, or NULL. */
const struct basis *verdict_row(const struct verdict *v, int scope);

/* No rule or factor has an answer, and none is hidden: there is nothing to tell
 * but that. */
bool basis_none_known(
    const struct renderer *r, const struct identification *i, const struct school_result *s);

/* A value with its unit, as it is compared: "41,67 %", "3,4", "12". */
const char *basis_value_text(
    const struct renderer *r, const struct basis *b, struct frac value, bool unit);
/* "не меньше 30 %" */
const char *basis_norm_text(const struct renderer *r, const struct basis *b);

/* What one pupil more or less in the group of a term does to the index; unset
 * when the size of the group is not known or not shown. */
struct frac basis_one_pupil(const struct method *m, const struct verdict *v);

/* Why, for one school: a grid, or null when the level shows no basis. */
void basis_table(struct renderer *r, struct view *v, const char *name,
    const struct identification *i, const struct school_result *s);
/* Schools by rules (basis_matrix.c). name_rules gets the rules {number, title}
 * when the heads are numbers, else it is empty; has_rules says which. title
 * tells the table from those of the page's other lists. */
void basis_matrix(struct renderer *r, struct view *v, const char *name, const char *name_rules,
    const struct identification *i, const char *title);

/* The mark of a verdict: yes, no, not known; x and – stand as numbers. */
void basis_mark(struct grid *g, const struct verdict *v);
/* The value of its first row, with its source. */
void basis_value(struct grid *g, const struct verdict *v);

#endif
