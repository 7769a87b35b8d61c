/*
 * A path is taken apart once for each change: its last part names a table, and
 * a table its kind of facts.
 */
#include "job/log_filter.h"

#include <string.h>

static const struct {
	const char *file;
	enum fact_kind kind;
} tables[] = {
    {"schools.csv", FACT_SCHOOL},
    {"results.csv", FACT_RESULT},
    {"context.csv", FACT_CONTEXT},
    {"factors.csv", FACT_FACTOR},
    {"declared.csv", FACT_DECLARED},
    {"indicators.csv", FACT_INDICATOR},
    {"targets.csv", FACT_INDICATOR},
    {"values.csv", FACT_INDICATOR},
    {"roadmap.csv", FACT_ROADMAP},
    {"support.csv", FACT_SUPPORT},
};

static bool is_of_school(const struct fact *f, const char *school)
{
	switch (f->kind) {
	case FACT_IDENTIFICATION:
	case FACT_DECLARED:
	case FACT_SCHOOL:
	case FACT_SUPPORT:
	case FACT_AUDIT:
	case FACT_FACTOR:
	case FACT_RESULT:
	case FACT_CONTEXT:
		return strcmp(f->subject, school) == 0;
	case FACT_PAGE: {
		struct str rest = str_of(f->subject), part;
		return str_next(&rest, '/', &part) && str_is(part, "schools") &&
		    rest.n == strlen(school) + 3 && str_starts(rest, school) &&
		    str_ends(rest, ".md");
	}
	default:
		return false;
	}
}

/* "x.md" is of the method x, and so is "x.csv". */
static bool is_of_method(const struct fact *f, struct str file)
{
	size_t n = strlen(f->subject);
	return f->kind == FACT_METHOD && file.n > n && str_starts(file, f->subject) &&
	    file.p[n] == '.';
}

static bool is_of_table(const struct fact *f, struct str file)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (str_is(file, tables[i].file))
			return f->kind == tables[i].kind;
	if (str_starts(file, "audit/"))
		return f->kind == FACT_AUDIT && strncmp(file.p + 6, f->part, 10) == 0;
	return f->kind == FACT_ROW && str_is(file, f->part);
}

static bool is_of_content(const struct change *c, struct str file)
{
	const struct fact *f = change_fact(c);
	if (f->kind != FACT_DOCUMENT && f->kind != FACT_EVENT && f->kind != FACT_PAGE)
		return false;
	/* whose file it is does not stand in the change: a replaced one is of some */
	if (str_starts(file, "files/"))
		return f->kind == FACT_DOCUMENT && change_field(c, "file");
	return str_is(file, f->subject);
}

static bool is_of_path(const struct change *c, const char *path)
{
	struct str rest = str_of(path), folder, department;
	if (!str_next(&rest, '/', &folder) || !str_next(&rest, '/', &department))
		return false;
	if (str_is(department, "methods"))
		return is_of_method(change_fact(c), rest);
	return str_is(folder, "data") ? is_of_table(change_fact(c), rest) : is_of_content(c, rest);
}

bool log_filter_fits(const struct log_filter *f, const struct change *c)
{
	const struct fact *fact = change_fact(c);
	if (f->indicator &&
	    (fact->kind != FACT_INDICATOR || strcmp(fact->subject, f->indicator) != 0))
		return false;
	if (f->school && !is_of_school(fact, f->school))
		return false;
	return !f->path || is_of_path(c, f->path);
}

void log_filter_apply(const struct log_filter *f, struct changes *c)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->count; i++)
		if (log_filter_fits(f, &c->items[i]))
			c->items[kept++] = c->items[i];
	c->count = kept;
}
