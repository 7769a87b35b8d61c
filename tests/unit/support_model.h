/*
 * support_model - a small site and department made of strings.
 *
 * model_begin() makes a site with a few procedures, metrics and check-list
 * items; then tables and pages are added, model_finish() makes the checks,
 * and what was said is asked for by rule. model_end() frees all.
 */
#ifndef SUPPORT_MODEL_H
#define SUPPORT_MODEL_H

#include "model/department.h"

struct model {
	struct site site;
	struct department d;
	struct diag diag;
};

/* Built on 2022-06-15. */
void model_begin(struct model *m);
void model_end(struct model *m);
/* The same for cmocka: *state is a model. */
int model_setup(void **state);
int model_teardown(void **state);
int model_table(struct model *m, enum table_id id, const char *csv);
int model_content(struct model *m, const char *path, const char *text);
/* index.md with the lines given, and a plain schools.csv: a, b, c, d, e, f, all secondary. */
void model_plain(struct model *m, const char *front);
/* A method of the site; its table may be NULL. The site must be checked last. */
const struct method *model_method(
    struct model *m, const char *id, const char *text, const char *table);
int model_finish(struct model *m);

/* One row of a table, what is said about it. rule NULL: nothing. */
struct row_case {
	const char *row, *rule;
	enum diag_level level;
	unsigned column;
	const char *words;
};
/* Each case in a department of its own; ends with a row of NULL. */
void model_try_rows(enum table_id id, const char *header, const struct row_case *cases);

/* What was said: the number of messages of a rule, and the first of them. */
size_t said(const struct diag *diag, const char *rule);
const struct diag_item *first_said(const struct diag *diag, const char *rule);
/* Fails the test unless exactly one message of that rule stands there. */
const struct diag_item *assert_said(const struct diag *diag, const char *rule,
    enum diag_level level, unsigned line, unsigned column);
/* Fails the test with all messages when there are errors. */
void assert_no_errors(const struct diag *diag);
/* Fails unless the message's text or remedy holds the words. */
void assert_mentions(const struct diag_item *item, const char *words);

#endif
