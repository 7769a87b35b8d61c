/*
 * A cell of the header is compared with the canonical and the Russian name of
 * each column, and in context.csv with id and title of each metric. Before a
 * single unknown title is shown, all of them are judged by model/privacy; a
 * row that names no column at all may be data, so it is not shown either.
 */
#include "model/header.h"

#include "base/intl.h"
#include "model/privacy.h"

const struct column *header_column(const struct schema *s, struct str title)
{
	for (size_t i = 0; i < s->count; i++)
		if (cell_same(title, str_of(s->columns[i].name)) ||
		    cell_same(title, str_of(s->columns[i].title_ru)))
			return &s->columns[i];
	return NULL;
}

static const struct metric *find_metric(
    const struct schema *s, const struct table *metrics, struct str title)
{
	if (!s->open_metrics || !metrics)
		return NULL;
	for (size_t i = 0; i < metrics->count; i++) {
		const struct metric *m = table_row(metrics, i);
		if (cell_same(title, str_of(m->id)) || cell_same(title, str_of(m->title)))
			return m;
	}
	return NULL;
}

static bool is_known(const struct schema *s, const struct table *metrics, struct str title)
{
	return header_column(s, title) || find_metric(s, metrics, title);
}

bool header_fits(const struct schema *s, const struct table *metrics, const struct csv_row *row)
{
	size_t known = 0, filled = 0;
	for (size_t i = 0; i < row->count; i++) {
		struct str title = str_trim(row->fields[i]);
		bool good = is_known(s, metrics, title);
		if (!good && privacy_suspect(title))
			return true;
		filled += title.n > 0;
		known += good;
	}
	return known > 0 && known * 2 >= filled;
}

static int refuse_personal(struct cells *c, const struct schema *s, const struct table *metrics)
{
	int found = 0;
	for (size_t i = 0; i < c->row->count; i++) {
		struct str title = str_trim(c->row->fields[i]);
		if (is_known(s, metrics, title) || !privacy_suspect(title))
			continue;
		diag_add(c->context->diag, DIAG_ERROR, "personal-data", cell_place(c, i), title,
		    _("Delete this column; results are published by school, never by person. If the file was "
		      "committed already, it must be removed from the history too, not only deleted."),
		    _("this column names data about a person, so nothing of the file is read"));
		found = -1;
	}
	return found;
}

/* A header without one known title is perhaps data: it is not shown. */
static int refuse_strange(struct cells *c, const struct schema *s, const struct table *metrics)
{
	for (size_t i = 0; i < c->row->count; i++)
		if (is_known(s, metrics, str_trim(c->row->fields[i])))
			return 0;
	struct buf names = BUF_INIT(BUF_LINE), remedy = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < s->count; i++)
		buf_addf(
		    &names, "%s%s (%s)", i ? ", " : "", s->columns[i].name, s->columns[i].title_ru);
	buf_addf(&remedy, _("The first row of the table must name its columns: %s."), names.data);
	diag_add(c->context->diag, DIAG_ERROR, "csv-header", DIAG_AT(c->file, c->row->line, 1),
	    STR_NONE, remedy.data,
	    _("the first row names no column of this table: perhaps the header is missing, or it is another table"));
	buf_clear(&names);
	buf_clear(&remedy);
	return -1;
}

/* All names that a title could be meant for; each column gives two in a row. */
static const char **all_names(struct cells *c, const struct schema *s, const struct table *metrics)
{
	size_t nmetrics = s->open_metrics && metrics ? metrics->count : 0, n = 0;
	const char **names = arena_array(c->scratch, 2 * (s->count + nmetrics) + 1, sizeof(*names));
	for (size_t i = 0; i < s->count; i++) {
		names[n++] = s->columns[i].name;
		names[n++] = s->columns[i].title_ru;
	}
	for (size_t i = 0; i < nmetrics; i++) {
		const struct metric *m = table_row(metrics, i);
		names[n++] = m->id;
		names[n++] = m->title;
	}
	return names;
}

static void report_unknown(struct cells *c, size_t i, const char *const *names)
{
	struct str title = str_trim(c->row->fields[i]);
	struct diag *d = c->context->diag;
	if (!title.n) {
		diag_add(d, DIAG_ERROR, "csv-unknown-column", cell_place(c, i), STR_NONE,
		    _("Give the column a name of this table, or delete it with all its cells."),
		    _("column number %zu has no name"), i + 1);
		return;
	}
	const char *near = str_nearest(arena_strndup(c->scratch, title.p, title.n), names);
	size_t at = 0;
	while (near && names[at] != near)
		at++;
	at -= at % 2;
	if (near)
		diag_add(d, DIAG_ERROR, "csv-unknown-column", cell_place(c, i), title,
		    arena_printf(c->scratch, _("Rename the column to “%s” or “%s”, or delete it."),
		        names[at], names[at + 1]),
		    _("the table has no such column; the nearest is “%s” (“%s”)"), names[at],
		    names[at + 1]);
	else
		diag_add(d, DIAG_ERROR, "csv-unknown-column", cell_place(c, i), title,
		    _("Rename the column to one of this table, or delete it."),
		    _("the table has no such column"));
}

static struct column metric_column(const struct metric *m)
{
	static const enum column_type types[] = {
	    [METRIC_NONE] = COLUMN_NUMBER,
	    [METRIC_COUNT] = COLUMN_COUNT,
	    [METRIC_SHARE] = COLUMN_PERCENT,
	    [METRIC_YESNO] = COLUMN_YESNO,
	    [METRIC_NUMBER] = COLUMN_NUMBER,
	};
	return (struct column){.name = m->id, .title_ru = m->title, .type = types[m->kind]};
}

/* Does an earlier cell name the same column? */
static bool is_repeated(const struct header *h, size_t i)
{
	const struct binding *b = &h->bindings[i];
	for (size_t k = 0; k < i; k++)
		if (b->metric ? h->bindings[k].metric == b->metric
		              : h->bindings[k].column == b->column)
			return true;
	return false;
}

static void bind_cell(
    struct header *h, struct cells *c, struct table *t, size_t i, const struct table *metrics)
{
	struct binding *b = &h->bindings[i];
	struct str title = str_trim(c->row->fields[i]);
	b->column = header_column(t->schema, title);
	b->metric = b->column ? NULL : find_metric(t->schema, metrics, title);
	if (b->metric) {
		b->of_metric = metric_column(b->metric);
		b->column = &b->of_metric;
	}
	if (!b->column && t->schema->open_metrics && metrics && metrics->partial) {
		; /* metrics.csv has its own message */
	} else if (!b->column) {
		report_unknown(c, i, all_names(c, t->schema, metrics));
	} else if (is_repeated(h, i)) {
		diag_add(c->context->diag, DIAG_ERROR, "csv-duplicate-column", cell_place(c, i),
		    title, _("Keep one of the columns and delete the other."),
		    _("the column “%s” (“%s”) stands in the table twice"), b->column->name,
		    b->column->title_ru);
		*b = (struct binding){.column = NULL};
	} else if (b->metric) {
		t->metrics[t->nmetrics++] = b->metric;
	} else {
		t->present[t->npresent++] = b->column;
	}
}

static void report_missing(struct header *h, struct cells *c, const struct table *t)
{
	const struct schema *s = t->schema;
	for (size_t i = 0; i < s->count; i++) {
		const struct column *column = &s->columns[i];
		bool there = !(column->flags & COLUMN_REQUIRED);
		for (size_t k = 0; k < t->npresent && !there; k++)
			there = t->present[k] == column;
		if (there)
			continue;
		diag_add(c->context->diag, DIAG_ERROR, "csv-missing-column",
		    DIAG_AT(c->file, c->row->line, 1), STR_NONE,
		    _("Add the column; perhaps it is there under another name."),
		    _("the required column “%s” (“%s”) is missing"), column->name,
		    column->title_ru);
		h->incomplete = true;
	}
}

int header_bind(struct header *out, struct cells *c, struct table *t, const struct table *metrics)
{
	size_t count = c->row->count;
	*out = (struct header){.count = count};
	if (refuse_personal(c, t->schema, metrics) || refuse_strange(c, t->schema, metrics))
		return -1;
	out->bindings = arena_array(c->scratch, count, sizeof(*out->bindings));
	t->present = arena_array(c->context->arena, count, sizeof(const struct column *));
	t->metrics = arena_array(c->context->arena, count, sizeof(const struct metric *));
	t->npresent = t->nmetrics = 0;
	for (size_t i = 0; i < count; i++)
		bind_cell(out, c, t, i, metrics);
	report_missing(out, c, t);
	return 0;
}
