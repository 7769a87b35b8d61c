/*
 * measure_text - what an indicator or a rule of a method is computed from.
 *
 * The measure column is a small language; measure_read() turns its text into
 * a struct measure with pointers to the procedures, metrics and items named,
 * or says what is wrong and names the nearest word.
 *
 *	of an indicator                          of a rule of a points method
 *	manual (also: nothing written)           result:<field>:<procedure>|…
 *	audit:<item>                             context:<metric>
 *	dynamics:<procedure>:<field>             context:<metric>/<metric>
 *	context:<metric>
 *	ratio:<metric>/<metric>
 *	below-minimum:<procedure>|…
 *	documents:<kind or cycle position>
 *	special-page
 *
 * <field> is one of result_fields.
 */
#ifndef MODEL_MEASURE_TEXT_H
#define MODEL_MEASURE_TEXT_H

#include "model/table.h"

/* Measures of a result row that can be compared. */
enum result_field {
	FIELD_NONE,
	FIELD_PASS_RATE,
	FIELD_QUALITY_RATE,
	FIELD_MEAN_MARK,
	FIELD_MEAN_SCORE,
	FIELD_BELOW_MINIMUM_SHARE,
};
extern const char *const result_fields[]; /* words, NULL at the end */

enum measure_form {
	FORM_NONE,
	FORM_MANUAL,
	FORM_AUDIT,
	FORM_DYNAMICS,
	FORM_CONTEXT,
	FORM_RATIO,
	FORM_BELOW_MINIMUM,
	FORM_DOCUMENTS,
	FORM_SPECIAL_PAGE,
	FORM_RESULT,
};

enum measure_use { MEASURE_OF_INDICATOR, MEASURE_OF_RULE };

struct measure {
	enum measure_form form;
	int field;                           /* RESULT, DYNAMICS: enum result_field */
	const struct procedure **procedures; /* RESULT, DYNAMICS (one), BELOW_MINIMUM */
	size_t nprocedures;
	const struct metric *metric, *of;  /* CONTEXT (of a rule: `of` may be NULL), RATIO */
	const struct checklist_item *item; /* AUDIT */
	int document_kind, cycle;          /* DOCUMENTS: one or both are set, as the word fits */
};

/* Where the words come from. */
struct measure_names {
	const struct table *procedures, *metrics, *checklist;
};

/* 0, or -1 after errors (reported when diag is not NULL). */
int measure_read(struct measure *out, struct arena *a, struct str text, enum measure_use use,
    const struct measure_names *names, struct diag_place at, struct diag *diag);

/*
 * What the values of a field can be: marks 2 to 5, scores of the state
 * examination 0 to 100, shares 0 to 100. False when the procedure has no such
 * field at all (an examination in points gives no marks). A bound that is not
 * known is not set.
 */
bool measure_scale(
    int field, const struct procedure *p, struct decimal *least, struct decimal *most);

/* The row whose id this is; else NULL, and *near is the nearest id or NULL.
 * near may be NULL: then none is looked for. */
const void *measure_lookup(
    struct arena *a, const struct table *t, struct str id, const char **near);

#endif
