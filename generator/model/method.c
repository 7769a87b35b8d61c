/*
 * The front matter of a method is its parameters; the struct is filled by one
 * list of specs for all kinds. Which of them a kind needs is told by
 * checks_method.c.
 */
#include "model/method.h"

#include "model/content.h"
#include "model/place.h"
#include "text/markdown.h"

const char *const method_kinds[] = {"low-procedures", "index", "points", "factors", NULL};

/* In the order of enum category; 500-plus is no result of a method. */
static const char *const method_categories[] = {"low-results", "disadvantaged", "risk-zone", NULL};
static const char *const predicates[] = {"share-below-minimum", "below-references", NULL};
/* In the order of enum scope. */
static const char *const scopes[] = {"school", "municipality", "region", NULL};

enum { SCHOOLS_DEFAULT = 4 };

static const struct field_spec criterion_fields[] = {
    {.key = "at_least",
        .type = FIELD_INT,
        .required = true,
        .offset = offsetof(struct criterion, at_least)},
    {.key = "years",
        .type = FIELD_INT,
        .required = true,
        .offset = offsetof(struct criterion, years)},
    {0},
};

static const struct field_spec term_fields[] = {
    {.key = "metric",
        .type = FIELD_TEXT,
        .required = true,
        .offset = offsetof(struct term, metric_id)},
    {.key = "weight",
        .type = FIELD_NUMBER,
        .required = true,
        .offset = offsetof(struct term, weight)},
    {0},
};

#define AT(member) offsetof(struct method, member)

static const struct field_spec method_fields[] = {
    {.key = "title", .type = FIELD_TEXT, .required = true, .offset = AT(title)},
    {.key = "kind",
        .type = FIELD_ENUM,
        .required = true,
        .offset = AT(kind),
        .values = method_kinds},
    {.key = "category",
        .type = FIELD_ENUM,
        .required = true,
        .offset = AT(category),
        .values = method_categories},
    {.key = "document", .type = FIELD_TEXT, .offset = AT(document)},
    {.key = "predicate", .type = FIELD_ENUM, .offset = AT(predicate), .values = predicates},
    {.key = "percent", .type = FIELD_NUMBER, .offset = AT(percent)},
    {.key = "measure", .type = FIELD_ENUM, .offset = AT(measure), .values = result_fields},
    {.key = "references", .type = FIELD_ENUMS, .offset = AT(references), .values = scopes},
    {.key = "procedures", .type = FIELD_TEXTS, .offset = AT(procedure_ids)},
    {.key = "criteria",
        .type = FIELD_MAPS,
        .offset = AT(criteria),
        .inner = criterion_fields,
        .inner_size = sizeof(struct criterion)},
    {.key = "intercept", .type = FIELD_NUMBER, .offset = AT(intercept)},
    {.key = "terms",
        .type = FIELD_MAPS,
        .offset = AT(terms),
        .inner = term_fields,
        .inner_size = sizeof(struct term)},
    {.key = "q", .type = FIELD_NUMBER, .offset = AT(q)},
    {.key = "minimum_schools", .type = FIELD_INT, .offset = AT(minimum_schools)},
    {.key = "table", .type = FIELD_PATH, .offset = AT(table)},
    {.key = "at_least", .type = FIELD_INT, .offset = AT(at_least)},
    {.key = "cutoff_points", .type = FIELD_NUMBER, .offset = AT(cutoff_points)},
    {.key = "cutoff_met", .type = FIELD_INT, .offset = AT(cutoff_met)},
    {.key = "readings", .type = FIELD_TEXTS, .offset = AT(readings)},
    {0},
};

int method_read(
    struct method *out, struct arena *a, const char *id, struct str bytes, struct diag *diag)
{
	struct str front;
	struct yaml_node *nothing = arena_alloc(a, sizeof(*nothing));
	*nothing = (struct yaml_node){.kind = YAML_MAP, .line = 1, .column = 1};

	*out = (struct method){
	    .id = arena_strdup(a, id),
	    .file = arena_printf(a, "content/methods/%s.md", id),
	    .intercept = decimal_of(0),
	    .minimum_schools = SCHOOLS_DEFAULT,
	    .at_least = FIELD_NO_INT,
	    .cutoff_met = FIELD_NO_INT,
	    .body_line = 1,
	    .front = nothing,
	};
	if (content_check_bytes(out->file, bytes, diag))
		return -1;
	bytes = content_keep(a, bytes);
	markdown_split(bytes, &front, &out->body, &out->body_line);
	const struct yaml_node *map = yaml_read(a, out->file, front, 2, diag);
	if (!map)
		return -1;
	if (map->kind == YAML_MAP && front.n)
		out->front = map;
	int err = frontmatter_read(out, method_fields, a, out->file, front.n ? map : nothing, diag);
	out->sound = err == 0;
	return err;
}

int method_table(
    struct method *m, struct arena *a, const char *file, struct str bytes, struct diag *diag)
{
	enum table_id id = m->kind == METHOD_FACTORS ? TABLE_METHOD_FACTORS : TABLE_RULES;
	const struct table *tables[TABLE_COUNT] = {0};
	struct table_context context = {.arena = a, .diag = diag, .tables = tables};
	int err = table_read(&m->rules, &context, id, file, bytes);
	if (bytes.n <= PLACE_BYTES)
		m->rules_bytes = (struct str){arena_strndup(a, bytes.p, bytes.n), bytes.n};
	if (err)
		m->sound = false;
	return err;
}
