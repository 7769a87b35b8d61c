/*
 * fact_make - for the files of facts: one fact after the other.
 *
 * fact_begin() with the key, then a field at a time, then fact_end(). Each
 * field function returns the field for what is to be set besides; it is valid
 * until the next one. Fields without a value are not made. hidden is decided
 * before: a hidden field keeps its name and form, and loses its value.
 */
#ifndef COMPUTE_FACT_MAKE_H
#define COMPUTE_FACT_MAKE_H

#include "compute/fact.h"
#include "compute/fact_beneath.h"

struct fact_maker {
	struct facts *out;
	struct arena *arena;
	const struct disclosure *x;
	const struct department *d;
	const struct identifications *ids;
	const struct assessment *assessment;
	struct fact fact; /* being made */
	struct fact_field *fields;
	size_t nfields, fields_cap;
	const struct beneath *beneath;
};

void fact_begin(struct fact_maker *m, enum fact_kind kind, const char *subject, const char *title);
void fact_part(struct fact_maker *m, const char *part, const char *title);
void fact_end(struct fact_maker *m);

struct fact_field *field_number(struct fact_maker *m, const char *name, struct frac number);
struct fact_field *field_count(
    struct fact_maker *m, const char *name, int64_t count); /* -1: none */
struct fact_field *field_decimal(struct fact_maker *m, const char *name, struct decimal number);
struct fact_field *field_percent(struct fact_maker *m, const char *name, struct frac number);
struct fact_field *field_yesno(struct fact_maker *m, const char *name, enum yesno yesno);
struct fact_field *field_word(struct fact_maker *m, const char *name, const char *word);
struct fact_field *field_date(struct fact_maker *m, const char *name, struct date date);
struct fact_field *field_words(struct fact_maker *m, const char *name, const char *text);
/* What is too long to be told: its fingerprint. */
struct fact_field *field_body(struct fact_maker *m, const char *name, struct str bytes);
/* The cell of a row; nothing for a key's, an empty one, and the word that an
 * empty one stands for. */
struct fact_field *field_column(struct fact_maker *m, const struct column *c, const void *row);
/* Take its value away; NULL is fine. */
void field_hide(struct fact_field *f);

/* How a school is called in a sentence. */
const char *fact_school(const struct school *s);

/* Facts by their subject, each in a file of its own. */
void facts_of_lists(struct fact_maker *m);
void facts_of_indicators(struct fact_maker *m);
void facts_of_content(struct fact_maker *m);
void facts_of_methods(struct fact_maker *m);
void facts_of_tables(struct fact_maker *m);
void facts_of_results(struct fact_maker *m);

#endif
