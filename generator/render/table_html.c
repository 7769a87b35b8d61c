/*
 * First the columns are chosen by going through the rows once, then the rows
 * are written. Gaps are told apart as METHODS.md § Disclosure says: hidden,
 * not supplied, not applicable; they occur in figures only, a text that is
 * not there is an empty cell.
 */
#include "render/table_html.h"

#include "render/datum.h"
#include "render/method_words.h"
#include "text/html.h"

#include <string.h>

struct shown {
	const struct column *column; /* or NULL: */
	const struct metric *metric;
	const char *title;
	bool numeric;
};

struct writer {
	struct renderer *r;
	struct buf *out;
	const struct table_html *spec;
	const struct table *table;
	const struct shown *columns;
	size_t ncolumns;
	bool gaps;            /* a symbol was used */
	const char *withheld; /* titles of columns left out, or NULL */
};

static void add(struct writer *w, const char *html)
{
	buf_adds(w->out, html);
}

static void text(struct writer *w, const char *s)
{
	html_text(w->out, str_of(s));
}

static void attr(struct writer *w, const char *s)
{
	html_attr(w->out, str_of(s));
}

bool table_row_fits(const struct renderer *r, const struct table_html *spec, const void *row)
{
	const struct row *place = row;
	if (spec->file && strcmp(place->file, spec->file) != 0)
		return false;
	for (size_t i = 0; i < spec->nfilters; i++) {
		struct datum d = datum_of(r->arena, spec->filters[i].column, row);
		struct buf number = BUF_INIT(BUF_LINE);
		if (d.kind == DATUM_NUMBER)
			frac_write(&number, d.number, DECIMAL_SHOWN, '.');
		bool same = strcmp(d.kind == DATUM_TEXT ? d.text : number.data,
		                spec->filters[i].value) == 0;
		buf_clear(&number);
		if (!same)
			return false;
	}
	return true;
}

/* -- columns -------------------------------------------------------------- */

/* The scope stands in the column of the school; logins are nobody's business. */
static bool is_left_out(const struct table *t, const struct column *c)
{
	if (t->schema->scoped && strcmp(c->name, "scope") == 0)
		return true;
	return t->schema->id == TABLE_AUDIT && strcmp(c->name, "by") == 0;
}

static bool is_figure(const struct table *t, const struct column *c)
{
	if (c->type == COLUMN_NUMBER || c->type == COLUMN_PERCENT)
		return true;
	return c->type == COLUMN_COUNT && t->schema->id != TABLE_AUDIT;
}

static bool column_holds(const struct writer *w, const struct shown *s)
{
	for (size_t i = 0; i < w->table->count; i++) {
		const void *row = table_row(w->table, i);
		if (!table_row_fits(w->r, w->spec, row))
			continue;
		enum datum_kind kind = s->column ? datum_of(w->r->arena, s->column, row).kind
		                                 : datum_metric(w->r, row, s->metric).kind;
		/* Of a sensitive metric it is enough to say that it is not shown. */
		if (s->metric && s->metric->sensitive == YESNO_YES && kind == DATUM_HIDDEN)
			continue;
		if (kind != DATUM_EMPTY)
			return true;
	}
	return false;
}

static void withhold(struct writer *w, const struct metric *m)
{
	w->withheld =
	    w->withheld ? arena_printf(w->r->arena, "%s; %s", w->withheld, m->title) : m->title;
}

static const char *metric_title(const struct renderer *r, const struct metric *m)
{
	return m->kind == METRIC_SHARE ? arena_printf(r->arena, "%s, %%", m->title) : m->title;
}

static void choose_columns(struct writer *w)
{
	const struct table *t = w->table;
	struct shown *s = arena_array(w->r->arena, t->npresent + t->nmetrics + 1, sizeof(*s));
	size_t n = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < t->npresent; i++) {
			const struct column *c = t->present[i];
			bool first = t->schema->scoped && c->type == COLUMN_SCHOOL;
			s[n] = (struct shown){c, NULL,
			    words_capital(w->r->arena, datum_column_title(w->r, c)),
			    is_figure(t, c)};
			if (first == (pass == 0) && !is_left_out(t, c) &&
			    (first || column_holds(w, &s[n])))
				n++;
		}
	for (size_t i = 0; i < t->nmetrics; i++) {
		const struct metric *m = t->metrics[i];
		s[n] = (struct shown){NULL, m, metric_title(w->r, m), m->kind != METRIC_YESNO};
		if (column_holds(w, &s[n]))
			n++;
		else if (m->sensitive == YESNO_YES)
			withhold(w, m);
	}
	w->columns = s;
	w->ncolumns = n;
}

/* -- cells ---------------------------------------------------------------- */

static void gap(struct writer *w, const char *symbol, const char *key)
{
	add(w, "<abbr title=\"");
	attr(w, words_get(w->r->words, key));
	add(w, "\">");
	add(w, symbol);
	add(w, "</abbr>");
	w->gaps = true;
}

/* A figure that is not there: did it not apply, or was it not supplied? */
static void missing(struct writer *w, const struct shown *s, const void *row)
{
	const struct result *result = w->spec->table == TABLE_RESULTS ? row : NULL;
	bool applies = s->metric || result;
	if (result) {
		struct decimal least, most;
		int field = strcmp(s->column->name, "mean_mark") == 0 ? FIELD_MEAN_MARK
		    : strcmp(s->column->name, "mean_score") == 0      ? FIELD_MEAN_SCORE
		    : strcmp(s->column->name, "quality_rate") == 0    ? FIELD_MEAN_MARK
		                                                      : FIELD_PASS_RATE;
		applies = (result->status == STATUS_HELD || result->status == STATUS_MOVED ||
		              result->status == STATUS_NOT_SUPPLIED) &&
		    measure_scale(field, result->procedure, &least, &most);
	}
	if (applies)
		gap(w, ":", "gap_not_supplied");
	else if (result)
		gap(w, "–", "gap_not_applicable");
}

static void link_to(struct writer *w, const char *href, const char *words)
{
	add(w, "<a href=\"");
	attr(w, href);
	add(w, "\">");
	text(w, words);
	add(w, "</a>");
}

static bool may_be_link(const struct column *c)
{
	return c->type == COLUMN_URL || c->type == COLUMN_PATH || strcmp(c->name, "url") == 0 ||
	    strcmp(c->name, "evidence") == 0;
}

/* An address, or the page of a content file. */
static void address(struct writer *w, const char *s)
{
	const struct content *c = department_find(w->r->dept, str_of(s));
	if (c)
		link_to(w, page_href(w->r, page_content_path(w->r, c)), c->title);
	else if (department_has_file(w->r->dept, str_of(s)))
		link_to(w, page_attachment(w->r, s), s);
	else if (strstr(s, "://") && html_url_safe(str_of(s)))
		link_to(w, s, s);
	else
		text(w, s);
}

static const char *scope_words(const struct renderer *r, const void *row, const struct table *t)
{
	const struct column *scope = schema_column(t->schema, STR("scope"));
	return words_capital(r->arena, datum_words(r, scope, row));
}

static void words(struct writer *w, const struct column *c, const void *row)
{
	const struct renderer *r = w->r;
	struct datum d = datum_of(r->arena, c, row);
	const char *s = datum_words(r, c, row);
	if (c->type == COLUMN_SCHOOL && d.kind == DATUM_TEXT)
		link_to(w, page_href(r, arena_printf(r->arena, "schools/%s/", d.text)), s);
	else if (c->type == COLUMN_SCHOOL && w->table->schema->scoped)
		text(w, scope_words(r, row, w->table));
	else if (c->type == COLUMN_REF && c->refers == TABLE_INDICATORS)
		link_to(w, page_href(r, arena_printf(r->arena, "indicators/%s/", d.text)), s);
	else if (may_be_link(c) && *s)
		address(w, s);
	else
		text(w, s);
}

static void metric_words(struct writer *w, const struct metric *m, const struct context *c)
{
	const struct decimal value = c->values[m->row.index];
	if (m->kind == METRIC_YESNO)
		text(w, words_get(w->r->words, value.digits ? "yes" : "no"));
	else
		text(w, words_decimal(w->r->words, w->r->arena, value));
}

static void cell(struct writer *w, const struct shown *s, const void *row)
{
	struct datum d = s->column ? datum_shown(w->r, w->spec->table, s->column, row)
	                           : datum_metric(w->r, row, s->metric);
	if (d.kind == DATUM_HIDDEN)
		gap(w, "x",
		    s->metric && s->metric->sensitive == YESNO_YES ? "gap_withheld" : "gap_hidden");
	else if (d.kind == DATUM_EMPTY && (s->numeric || s->metric))
		missing(w, s, row);
	else if (s->column)
		words(w, s->column, row);
	else
		metric_words(w, s->metric, row);
}

/* -- rows ----------------------------------------------------------------- */

static void head(struct writer *w)
{
	/* What scrolls must be reachable by keyboard. */
	add(w, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
	attr(w, datum_table_title(w->r, w->spec->table));
	add(w, "\"><table class=\"cards data\">\n");
	if (w->spec->caption) {
		add(w, "<caption>");
		text(w, w->spec->caption);
		add(w, "</caption>\n");
	}
	add(w, "<thead><tr>");
	for (size_t i = 0; i < w->ncolumns; i++) {
		add(w,
		    w->columns[i].numeric ? "<th scope=\"col\" class=\"num\">"
		                          : "<th scope=\"col\">");
		text(w, w->columns[i].title);
		add(w, "</th>");
	}
	if (w->spec->origins) {
		add(w, "<th scope=\"col\">");
		text(w, words_get(w->r->words, "table_origin"));
		add(w, "</th>");
	}
	add(w, "</tr></thead>\n<tbody>\n");
}

/* The day is enough: the rest stands below the table. */
static void origin(struct writer *w, const struct row *place)
{
	const struct origin_list *o = w->spec->origins;
	size_t number = origin_number(o, place->line);
	const struct commit *c = history_row(o->path, place->line);
	add(w, "<td data-h=\"");
	attr(w, words_get(w->r->words, "table_origin"));
	buf_addf(w->out, "\"><a href=\"#c%zu\">", number);
	text(w, c ? date_iso(c->date).s : words_get(w->r->words, "table_not_committed"));
	add(w, "</a></td>");
}

static void body_row(struct writer *w, const void *row)
{
	const struct row *place = row;
	add(w, "<tr");
	if (w->spec->anchors)
		buf_addf(w->out, " id=\"L%u\"", place->line);
	add(w, ">");
	for (size_t i = 0; i < w->ncolumns; i++) {
		const struct shown *s = &w->columns[i];
		if (i == 0) {
			add(w, "<th scope=\"row\">");
		} else {
			add(w, s->numeric ? "<td class=\"num\" data-h=\"" : "<td data-h=\"");
			attr(w, s->title);
			add(w, "\">");
		}
		cell(w, s, row);
		add(w, i == 0 ? "</th>" : "</td>");
	}
	if (w->spec->origins)
		origin(w, place);
	add(w, "</tr>\n");
}

static void symbol(struct writer *w, const char *sign, const char *key)
{
	add(w, "<span><b>");
	add(w, sign);
	add(w, "</b> ");
	text(w, words_get(w->r->words, key));
	add(w, "</span>");
}

static void foot(struct writer *w)
{
	add(w, "</tbody></table></div>\n");
	if (w->gaps) {
		add(w, "<p class=\"legend\">");
		symbol(w, "x", "gap_legend");
		symbol(w, ":", "gap_not_supplied");
		symbol(w, "–", "gap_not_applicable");
		symbol(w, "0", "gap_zero");
		add(w, "</p>\n");
	}
	if (w->withheld) {
		add(w, "<p class=\"src\">");
		text(w,
		    phrase(
		        w->r->words, w->r->arena, "table_withheld", "titles", w->withheld, NULL));
		add(w, "</p>\n");
	}
}

size_t table_html(struct renderer *r, struct buf *out, const struct table_html *spec)
{
	struct writer w = {
	    .r = r, .out = out, .spec = spec, .table = &r->dept->tables[spec->table]};
	size_t count = 0;
	choose_columns(&w);
	for (size_t i = 0; w.ncolumns && i < w.table->count; i++) {
		const void *row = table_row(w.table, i);
		if (!table_row_fits(r, spec, row))
			continue;
		if (count++ == 0)
			head(&w);
		body_row(&w, row);
	}
	if (count)
		foot(&w);
	return count;
}
