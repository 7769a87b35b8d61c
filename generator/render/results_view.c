/*
 * A group of the table is one measure of one procedure; its rows are the
 * school, the municipality and the region; its columns are the years of all
 * procedures. Notes of the table stand under the school's first row.
 *
 * All measures of a procedure, a year and a place come from one line of the
 * file, so the links to the lines are a group of their own: a link in each
 * cell would be two thirds of the page.
 */
#include "render/results_view.h"

#include "render/grid.h"
#include "render/method_words.h"
#include "render/place_view.h"
#include "render/results_chart.h"

#include <string.h>

enum { LEAST_POINTS = 2 /* fewer make no line */, SCOPES = SCOPE_REGION + 1 };

struct results_table {
	struct renderer *r;
	const struct school *school;
	struct grid grid;
	int *years;
	size_t nyears;
	const char *titles[SCOPES];
	struct results_place *places[SCOPES]; /* [nyears], of the span that is written */
};

/* A procedure that this school takes and of which there are numbers of schools. */
static bool concerns(const struct results_span *span, const struct school *school)
{
	return (span->fields || span->counts) &&
	    level_applies(span->procedure->level, school->kind);
}

/* -- charts -------------------------------------------------------------------- */

/* "ОГЭ по математике: сдали, %" */
static const char *caption_of(const struct renderer *r, const struct procedure *p, int field)
{
	return phrase(r->words, r->arena, "chart_of_results", "procedure", p->title, "measure",
	    words_of(r->words, "result_short_", result_fields[field - 1]), NULL);
}

/* The measure by which the department's methods judge the procedure. */
static int judged_field(const struct renderer *r, const struct results_span *span)
{
	for (size_t i = 0; i < r->dept->nmethods; i++) {
		const struct method *m = r->dept->methods[i];
		for (size_t k = 0; k < m->nprocedures && m->kind == METHOD_LOW_PROCEDURES; k++) {
			if (m->procedures[k] != span->procedure)
				continue;
			if (m->predicate == PREDICATE_BELOW_REFERENCES)
				return m->measure;
			return results_has_field(span, FIELD_BELOW_MINIMUM_SHARE)
			    ? FIELD_BELOW_MINIMUM_SHARE
			    : FIELD_PASS_RATE;
		}
	}
	return FIELD_NONE;
}

static bool add_chart(struct renderer *r, struct buf *out, const struct results_span *span,
    const struct school *school, int field, bool *small)
{
	if (!results_has_field(span, field))
		return false;
	const struct results_chart chart = {span, field, school,
	    arena_printf(r->arena, "chart-%s", span->procedure->id),
	    caption_of(r, span->procedure, field), LEAST_POINTS, small};
	return results_chart(r, out, &chart);
}

/* One chart for a procedure: of the measure that decides, else of the first
 * that has enough numbers. The table has them all. */
static void add_charts(struct renderer *r, struct view *v, const struct results_spans *spans,
    const struct school *school)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	bool small = false;
	for (size_t i = 0; i < spans->count; i++) {
		const struct results_span *span = &spans->items[i];
		if (!concerns(span, school))
			continue;
		bool drawn = add_chart(r, &out, span, school, judged_field(r, span), &small);
		for (const int *field = results_fields; *field && !drawn; field++)
			drawn = add_chart(r, &out, span, school, *field, &small);
	}
	if (out.len)
		view_raw(
		    v, "charts", (struct str){arena_strndup(r->arena, out.data, out.len), out.len});
	else
		view_null(v, "charts");
	view_flag(v, "small_groups", small);
	buf_clear(&out);
}

/* -- the table ------------------------------------------------------------------ */

static void gather_years(struct results_table *t, const struct results_spans *spans)
{
	size_t room = 0;
	for (size_t i = 0; i < spans->count; i++)
		room += spans->items[i].nyears;
	t->years = arena_array(t->r->arena, room + 1, sizeof(*t->years));
	for (size_t i = 0; i < spans->count; i++)
		for (size_t k = 0;
		     concerns(&spans->items[i], t->school) && k < spans->items[i].nyears; k++) {
			int year = spans->items[i].years[k];
			size_t at = 0;
			while (at < t->nyears && t->years[at] < year)
				at++;
			if (at < t->nyears && t->years[at] == year)
				continue;
			memmove(t->years + at + 1, t->years + at, (t->nyears - at) * sizeof(int));
			t->years[at] = year;
			t->nyears++;
		}
}

static void find_places(struct results_table *t, const struct results_span *span)
{
	for (int scope = SCOPE_SCHOOL; scope <= SCOPE_REGION; scope++) {
		const struct school *school = scope == SCOPE_SCHOOL ? t->school : NULL;
		for (size_t i = 0; i < t->nyears; i++)
			t->places[scope][i] = results_place(t->r, span, scope, school, t->years[i]);
	}
}

static void number_cell(struct results_table *t, const struct results_figure *f, int places)
{
	const char *text = words_number(t->r->words, t->r->arena, f->number, places);
	grid_number(&t->grid, text, f->gap, NULL);
}

/* "2018: в документе …": what the table says beside numbers that are shown. */
static const char *notes_of(const struct results_table *t, const struct results_span *span)
{
	const struct renderer *r = t->r;
	const char *notes = NULL;
	for (size_t i = 0; i < span->nyears; i++) {
		const struct result *row = department_result(
		    r->dept, SCOPE_SCHOOL, t->school, span->procedure, span->years[i]);
		if (!row || !row->note || !disclosure_result(r->disclosure, row))
			continue;
		notes = arena_printf(r->arena, "%s%s%d: %s", notes ? notes : "", notes ? "; " : "",
		    span->years[i], row->note);
	}
	return notes;
}

static void add_rows(struct results_table *t, int scope, int field, const char *note)
{
	/* a share of counts has endless decimals, others are as they were printed */
	int places = field == FIELD_BELOW_MINIMUM_SHARE ? 1 : DECIMAL_SHOWN;
	struct view *row = grid_row(&t->grid, t->titles[scope], NULL);
	view_text(row, "note", note);
	for (size_t i = 0; i < t->nyears; i++) {
		struct results_figure f = results_figure(t->r, &t->places[scope][i], field);
		number_cell(t, &f, places);
	}
}

static void add_measure(
    struct results_table *t, const struct results_span *span, int field, const char *note)
{
	const char *title = results_title(t->r, span->procedure, field);
	if (results_in_percent(field))
		title = arena_printf(t->r->arena, "%s, %%", title);
	grid_group(&t->grid, title);
	add_rows(t, SCOPE_SCHOOL, field, note);
	if (span->of_municipality)
		add_rows(t, SCOPE_MUNICIPALITY, field, NULL);
	if (span->of_region)
		add_rows(t, SCOPE_REGION, field, NULL);
}

static void add_counts(struct results_table *t, const struct results_span *span)
{
	static const char *const keys[] = {"result_participants", "result_below_minimum"};
	if (!span->counts)
		return;
	grid_group(&t->grid,
	    phrase(t->r->words, t->r->arena, "result_counts", "procedure", span->procedure->title,
	        NULL));
	for (int below = 0; below < 2; below++) {
		grid_row(&t->grid, words_get(t->r->words, keys[below]), NULL);
		for (size_t i = 0; i < t->nyears; i++) {
			struct results_figure f =
			    results_count(t->r, &t->places[SCOPE_SCHOOL][i], below);
			number_cell(t, &f, 0);
		}
	}
}

/* The lines of the file; "" where the numbers above are a gap for want of one. */
static void source_row(struct results_table *t, int scope)
{
	grid_row(&t->grid, t->titles[scope], NULL);
	for (size_t i = 0; i < t->nyears; i++) {
		const struct result *row = t->places[scope][i].row;
		if (row)
			grid_number(&t->grid, arena_printf(t->r->arena, "%u", row->row.line),
			    GAP_NONE, &row->row);
		else
			grid_text(&t->grid, "");
	}
}

static void add_sources(struct results_table *t, const struct results_span *span)
{
	struct renderer *r = t->r;
	if (!page_table_published(r, TABLE_RESULTS))
		return;
	grid_group(&t->grid,
	    phrase(r->words, r->arena, "result_sources", "procedure", span->procedure->title,
	        "file", schema_of(TABLE_RESULTS)->file, NULL));
	source_row(t, SCOPE_SCHOOL);
	if (span->of_municipality)
		source_row(t, SCOPE_MUNICIPALITY);
	if (span->of_region)
		source_row(t, SCOPE_REGION);
}

static void add_span(struct results_table *t, const struct results_span *span)
{
	const char *note = notes_of(t, span);
	find_places(t, span);
	for (const int *field = results_fields; *field; field++) {
		if (!results_has_field(span, *field))
			continue;
		add_measure(t, span, *field, note);
		note = NULL;
	}
	add_counts(t, span);
	add_sources(t, span);
}

static void add_table(struct results_table *t, struct view *v, const struct results_spans *spans)
{
	const struct words *w = t->r->words;
	gather_years(t, spans);
	if (!t->nyears) {
		view_null(v, "results");
		return;
	}
	for (int scope = SCOPE_SCHOOL; scope <= SCOPE_REGION; scope++) {
		t->titles[scope] = words_capital(t->r->arena, place_of(t->r, scope).name);
		t->places[scope] = arena_array(t->r->arena, t->nyears, sizeof(**t->places));
	}
	grid_begin(&t->grid, t->r, v, "results", words_get(w, "results_caption"));
	grid_head(&t->grid, words_get(w, "result_of"), false);
	for (size_t i = 0; i < t->nyears; i++)
		grid_head(&t->grid, arena_printf(t->r->arena, "%d", t->years[i]), true);
	for (size_t i = 0; i < spans->count; i++)
		if (concerns(&spans->items[i], t->school))
			add_span(t, &spans->items[i]);
}

void results_view(struct renderer *r, struct view *v, const struct results_spans *spans,
    const struct school *school)
{
	struct results_table table = {.r = r, .school = school};
	if (!disclosure_shows_values(r->disclosure)) {
		view_null(v, "charts");
		view_null(v, "small_groups");
		view_null(v, "results");
		return;
	}
	add_charts(r, v, spans, school);
	add_table(&table, v, spans);
}
