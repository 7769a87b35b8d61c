/*
 * method - a published method: its parameters and its words, one file.
 *
 * method_read() takes content/methods/<id>.md; the rule or factor table it
 * names is read afterwards with method_table() when the file exists. What the
 * kind requires is checked last by method_check(), with file and line: unknown
 * procedures and metrics, numbers that make no sense, a missing table, a
 * threshold that the scale of its field can never reach. A method with errors
 * is not `sound`; the program must not compute with it.
 *
 * The measure of a rule is written as model/measure_text says.
 */
#ifndef MODEL_METHOD_H
#define MODEL_METHOD_H

#include "model/frontmatter.h"
#include "model/measure_text.h"
#include "model/table.h"

enum method_kind {
	METHOD_NONE,
	METHOD_LOW_PROCEDURES,
	METHOD_INDEX,
	METHOD_POINTS,
	METHOD_FACTORS
};
enum predicate { PREDICATE_NONE, PREDICATE_SHARE_BELOW_MINIMUM, PREDICATE_BELOW_REFERENCES };
extern const char *const method_kinds[]; /* words of enum method_kind - 1, NULL at the end */

struct criterion {
	int64_t at_least, years;
};

struct term {
	const char *metric_id;
	struct decimal weight;
	const struct metric *metric; /* set by method_check() */
};

struct method {
	const char *id, *file, *title, *document;
	int kind, category, predicate;
	struct decimal percent;
	int measure;                  /* enum result_field */
	struct field_list references; /* enum scope: municipality, region */
	struct field_list procedure_ids;
	const struct procedure **procedures; /* [nprocedures], set by method_check() */
	size_t nprocedures;
	struct field_list criteria; /* struct criterion */
	struct decimal intercept;
	struct field_list terms; /* struct term */
	struct decimal q;
	int64_t minimum_schools; /* default 4 */
	const char *table;       /* path under data/methods/ */
	int64_t at_least;        /* FIELD_NO_INT: none */
	struct decimal cutoff_points;
	int64_t cutoff_met; /* FIELD_NO_INT: none */
	struct field_list readings;
	struct table rules;       /* struct method_rule or struct method_factor */
	struct str rules_bytes;   /* what they were read from, for the places of messages */
	struct measure *measures; /* of each rule, by row.index; set by method_check() */
	bool sound;               /* method_check() found nothing wrong: fit to compute with */
	struct str body;
	uint32_t body_line;
	const struct yaml_node *front;
};

/* Everything lives in the arena, the text too. */
int method_read(
    struct method *out, struct arena *a, const char *id, struct str bytes, struct diag *diag);
/* file: "data/methods/x.csv"; rules of a points method, factors of others. */
int method_table(
    struct method *m, struct arena *a, const char *file, struct str bytes, struct diag *diag);
int method_check(struct method *m, struct arena *a, const struct table *procedures,
    const struct table *metrics, struct diag *diag);

#endif
