/*
 * A change is a subject and the fields that differ. Words of closed lists come
 * from the data dictionary where a table has the field, else from the theme.
 */
#include "render/change_view.h"

#include "render/audit_view.h"
#include "render/datum.h"

#include <string.h>

enum { PARTS = 6, TEXT_SHOWN = 120 };

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

/* -- the dictionary ----------------------------------------------------------------- */

static const struct schema *table_of(const struct fact *f)
{
	static const int tables[FACT_KINDS] = {
	    [FACT_DECLARED] = TABLE_DECLARED + 1,
	    [FACT_ROADMAP] = TABLE_ROADMAP + 1,
	    [FACT_SCHOOL] = TABLE_SCHOOLS + 1,
	    [FACT_SUPPORT] = TABLE_SUPPORT + 1,
	    [FACT_AUDIT] = TABLE_AUDIT + 1,
	    [FACT_FACTOR] = TABLE_FACTORS + 1,
	    [FACT_RESULT] = TABLE_RESULTS + 1,
	    [FACT_CONTEXT] = TABLE_CONTEXT + 1,
	};
	if (f->kind == FACT_INDICATOR && !f->year)
		return schema_of(TABLE_INDICATORS);
	for (int id = 0; f->kind == FACT_ROW && id < DEPARTMENT_TABLES; id++)
		if (strcmp(schema_of((enum table_id)id)->file, f->part) == 0)
			return schema_of((enum table_id)id);
	return tables[f->kind] ? schema_of((enum table_id)(tables[f->kind] - 1)) : NULL;
}

static const struct column *column_of(const struct fact *f, const struct fact_field *field)
{
	const struct schema *s = table_of(f);
	return s ? schema_column(s, str_of(field->name)) : NULL;
}

static const char *field_title(
    const struct renderer *r, const struct fact *f, const struct fact_field *field)
{
	const struct column *c = column_of(f, field);
	const char *key = arena_printf(r->arena, "%s%s", "field_", field->name);
	if (field->title)
		return field->title;
	if (c)
		return datum_column_title(r, c);
	return words_has(r->words, key) ? words_get(r->words, key)
	                                : words_get(r->words, "field_other");
}

static const char *word_of(
    const struct renderer *r, const struct fact *f, const struct fact_field *field)
{
	static const char *const prefixes[] = {"status_", "outcome_", "document_kind_"};
	const struct column *c = column_of(f, field);
	for (int i = 0; c && c->values && c->values[i]; i++)
		if (strcmp(c->values[i], field->text) == 0)
			return datum_word(r, c, i + 1);
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		char *key = arena_printf(r->arena, "%s%s", prefixes[i], field->text);
		for (char *p = key; *p; p++)
			*p = *p == '-' ? '_' : *p;
		if (words_has(r->words, key))
			return words_get(r->words, key);
	}
	return field->text;
}

/* -- values --------------------------------------------------------------------------- */

static const char *shortened(const struct renderer *r, const char *text)
{
	size_t at = 0, n = strlen(text), len;
	for (size_t characters = 0; at < n && characters < TEXT_SHOWN; characters++, at += len)
		utf8_decode(text + at, n - at, &len);
	bool quoted = !strstr(text, "«");
	return arena_printf(r->arena, "%s%.*s%s%s", quoted ? "«" : "", (int)at, text,
	    at < n ? "…" : "", quoted ? "»" : "");
}

static const char *value_of(
    const struct renderer *r, const struct fact *f, const struct fact_field *field)
{
	if (!field)
		return words_get(r->words, "change_none");
	if (field->hidden)
		return words_get(r->words, "change_hidden");
	switch (field->form) {
	case FACT_NUMBER:
		return words_number(r->words, r->arena, field->number, DECIMAL_SHOWN);
	case FACT_PERCENT:
		return words_percent(r->words, r->arena, field->number, 2);
	case FACT_YESNO:
		return words_get(r->words, field->number.num ? "yes" : "no");
	case FACT_WORD:
		return word_of(r, f, field);
	case FACT_DATE:
		return words_date(r->words, r->arena, field->date, true);
	case FACT_TEXT:
		return shortened(r, field->text);
	default:
		return "";
	}
}

/* " (4 из 6)" of a share, " из 6" of a count, or nothing */
static const char *parts_of(const struct renderer *r, const struct fact_field *field)
{
	if (!field || field->hidden || !frac_is_set(field->n))
		return "";
	const char *n = words_number(r->words, r->arena, field->n, 0);
	if (!frac_is_set(field->k))
		return phrase(r->words, r->arena, "change_of_n", "n", n, NULL);
	return phrase(r->words, r->arena, "change_k_of_n", "k",
	    words_number(r->words, r->arena, field->k, 0), "n", n, NULL);
}

static const char *side(
    const struct renderer *r, const struct fact *f, const struct fact_field *field)
{
	return arena_printf(r->arena, "%s%s", value_of(r, f, field), parts_of(r, field));
}

static const char *changed_text(
    const struct renderer *r, const struct change *c, const struct change_field *field)
{
	const struct fact *f = change_fact(c);
	const struct fact_field *any = field->new ? field->new : field->old;
	const char *title = field_title(r, f, any);
	if (any->form == FACT_BODY)
		return phrase(r->words, r->arena, "change_body", "field", title, NULL);
	if (any->hidden)
		return arena_printf(
		    r->arena, "%s: %s", title, words_get(r->words, "change_hidden"));
	if (c->kind != CHANGE_EDITED)
		return arena_printf(r->arena, "%s: %s", title, side(r, f, any));
	return arena_printf(
	    r->arena, "%s: %s → %s", title, side(r, f, field->old), side(r, f, field->new));
}

/* Of what came or went: what is short and tells something by itself. */
static bool is_told(const struct change *c, const struct fact_field *field)
{
	enum fact_kind kind = change_fact(c)->kind;
	if (c->kind == CHANGE_EDITED)
		return true;
	if (field->hidden || field->form == FACT_BODY || field->form == FACT_TEXT)
		return false;
	return kind != FACT_SCHOOL && kind != FACT_ROW && kind != FACT_METHOD && kind != FACT_PAGE;
}

static const char *detail_of(const struct renderer *r, const struct change *c)
{
	struct buf out = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < c->nfields; i++) {
		const struct change_field *field = &c->fields[i];
		const struct fact_field *any = field->new ? field->new : field->old;
		/* Comparisons are told of only where nothing else is. */
		bool is_basis = strcmp(any->name, "verdicts") == 0 && c->nfields > 1;
		if (is_basis || !is_told(c, any))
			continue;
		buf_addf(&out, "%s%s", out.len ? "; " : "", changed_text(r, c, field));
	}
	return or_null(buf_keep(r->arena, &out).p);
}

/* -- the subject ------------------------------------------------------------------------ */

static const struct school *school_of(const struct renderer *r, const struct fact *f)
{
	for (size_t i = 0; i < r->dept->nschools; i++)
		if (strcmp(r->dept->schools[i].id, f->subject) == 0)
			return &r->dept->schools[i];
	return NULL;
}

static const char *content_href(struct renderer *r, const char *path)
{
	const struct content *c = department_find(r->dept, str_of(path));
	return c && content_is_public(c, r->today) ? page_href(r, page_content_path(r, c)) : NULL;
}

/* The page that shows it today, if there is one. */
static const char *href_of(struct renderer *r, const struct fact *f)
{
	const struct school *school = NULL;
	switch (f->kind) {
	case FACT_INDICATOR:
		for (size_t i = 0; i < r->dept->nindicators; i++)
			if (strcmp(r->dept->indicators[i].id, f->subject) == 0)
				return page_href(
				    r, arena_printf(r->arena, "indicators/%s/", f->subject));
		return NULL;
	case FACT_DOCUMENT:
	case FACT_EVENT:
	case FACT_PAGE:
		return content_href(r, f->subject);
	case FACT_ROADMAP:
		for (size_t i = 0; i < r->dept->nroadmap; i++)
			if (strcmp(r->dept->roadmap[i].id, f->subject) == 0)
				return page_href(
				    r, arena_printf(r->arena, "roadmap/#%s", f->subject));
		return NULL;
	case FACT_IDENTIFICATION:
	case FACT_DECLARED:
	case FACT_SCHOOL:
	case FACT_SUPPORT:
	case FACT_AUDIT:
	case FACT_FACTOR:
	case FACT_RESULT:
	case FACT_CONTEXT:
		school = school_of(r, f);
		return school ? page_href(r, page_school_path(r, school)) : NULL;
	default:
		return NULL;
	}
}

static const char *title_of(const struct renderer *r, const struct fact *f)
{
	if (*f->title)
		return f->title;
	if (*f->subject)
		return f->subject;
	return words_get(r->words, "change_all_schools");
}

/* The day of a round of the audit, which the part begins with. */
static const char *round_of(const struct renderer *r, const struct fact *f)
{
	struct date day;
	if (date_parse(&day, (struct str){f->part, strcspn(f->part, "/")}) < 0)
		return NULL;
	return words_date(r->words, r->arena, day, true);
}

static const char *more_of(const struct renderer *r, const struct change *c)
{
	const struct fact *f = change_fact(c);
	if (c->nparts && f->kind == FACT_AUDIT)
		return round_of(r, f);
	const char *part = f->kind == FACT_ROW || !*f->part_title ? NULL : f->part_title;
	const char *year = f->year ? arena_printf(r->arena, "%d", f->year) : NULL;
	if (part && year)
		return arena_printf(r->arena, "%s, %s", part, year);
	return part ? part : year;
}

static const char *kind_of(const struct renderer *r, const struct fact *f)
{
	const struct schema *s = f->kind == FACT_ROW ? table_of(f) : NULL;
	if (s)
		return arena_printf(r->arena, "«%s»", datum_table_title(r, s->id));
	return words_of(r->words, "change_kind_", fact_kinds[f->kind]);
}

/* -- changes ------------------------------------------------------------------------------ */

static const char *group_title(const struct renderer *r, const struct change *c)
{
	enum fact_kind kind = change_fact(c)->kind;
	if ((kind == FACT_RESULT || kind == FACT_CONTEXT || kind == FACT_FACTOR) && c->nsubjects)
		return arena_printf(r->arena, "%s, %s",
		    phrase_count(r->words, r->arena, "change_values", (long long)c->cells, NULL),
		    phrase_count(
		        r->words, r->arena, "change_schools", (long long)c->nsubjects, NULL));
	return phrase_count(r->words, r->arena, "change_parts", (long long)c->nparts, NULL);
}

/* The page of the round, if it is still there. */
static const char *group_href(const struct renderer *r, const struct change *c)
{
	const struct fact *f = change_fact(c);
	struct date day;
	if (f->kind != FACT_AUDIT ||
	    date_parse(&day, (struct str){f->part, strcspn(f->part, "/")}) < 0)
		return NULL;
	for (size_t i = 0; i < r->dept->naudit; i++)
		if (date_cmp(r->dept->audit[i].date, day) == 0)
			return page_href(r, audit_round_path(r, day));
	return NULL;
}

/* Parts have a result or a status in common. */
static const char *group_detail(const struct renderer *r, const struct change *c)
{
	static const char *const common[] = {"result", "status"};
	for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++) {
		const struct change_field *field = change_field(&c->parts[0], common[i]);
		if (field && c->kind == CHANGE_EDITED)
			return changed_text(r, &c->parts[0], field);
	}
	return NULL;
}

/* Parts that are told apart: of the audit, each school once. */
static size_t told_parts(const struct change *c, const struct fact *told[PARTS])
{
	bool once = c->nparts && change_fact(c)->kind == FACT_AUDIT;
	size_t n = 0;
	for (size_t i = 0; i < c->nparts && n < PARTS; i++) {
		const struct fact *f = change_fact(&c->parts[i]);
		bool said = false;
		for (size_t k = 0; once && k < n; k++)
			said |= strcmp(told[k]->subject, f->subject) == 0;
		if (!said)
			told[n++] = f;
	}
	return n;
}

static void add_parts(struct renderer *r, struct view *v, const struct change *c)
{
	struct list *parts = view_list(v, "parts");
	const struct fact *told[PARTS];
	size_t n = told_parts(c, told);
	size_t all = n && told[0]->kind == FACT_AUDIT ? c->nsubjects : c->nparts;
	for (size_t i = 0; i < n; i++) {
		struct view *part = list_view(parts);
		view_text(part, "title", title_of(r, told[i]));
		view_text(part, "href", href_of(r, told[i]));
		view_flag(part, "last", i + 1 == n);
	}
	view_flag(v, "has_parts", n > 0);
	view_text(v, "rest",
	    n < all ? phrase_count(r->words, r->arena, "change_rest", (long long)(all - n), NULL)
	            : NULL);
}

void change_view(struct renderer *r, struct view *v, const struct change *c)
{
	const struct fact *f = change_fact(c);
	view_flag(v, "added", c->kind == CHANGE_ADDED);
	view_flag(v, "removed", c->kind == CHANGE_REMOVED);
	view_flag(v, "edited", c->kind == CHANGE_EDITED);
	view_text(v, "kind", kind_of(r, f));
	view_text(v, "title", c->nparts ? group_title(r, c) : title_of(r, f));
	view_text(v, "more", more_of(r, c));
	view_text(v, "href", c->nparts ? group_href(r, c) : href_of(r, f));
	view_text(v, "detail", c->nparts ? group_detail(r, c) : detail_of(r, c));
	add_parts(r, v, c);
}

const char *change_line(struct renderer *r, const struct change *c)
{
	static const char *const whats[] = {
	    [CHANGE_ADDED] = "change_added",
	    [CHANGE_REMOVED] = "change_removed",
	    [CHANGE_EDITED] = "change_edited",
	};
	const struct fact *f = change_fact(c);
	const char *more = more_of(r, c);
	const char *detail = c->nparts ? group_detail(r, c) : detail_of(r, c);
	return arena_printf(r->arena, "%s: %s %s%s%s%s%s", words_get(r->words, whats[c->kind]),
	    kind_of(r, f), c->nparts ? group_title(r, c) : title_of(r, f), more ? ", " : "",
	    more ? more : "", detail ? ": " : "", detail ? detail : "");
}
