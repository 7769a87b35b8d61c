/*
 * `chart line results.csv procedure=… field=… [school=…]`: results by year.
 * With a school it is one chart, without one a small chart for each school,
 * side by side, all beside the same municipality and region. Points that may
 * not be seen are gaps. The table of the same numbers is one link away.
 */
#include "render/fence.h"

#include "base/intl.h"
#include "render/results_chart.h"
#include "text/html.h"

#include <string.h>

struct request {
	const struct fence *f;
	const struct procedure *procedure;
	int field;
	const struct school *school;     /* or NULL: each */
	const struct results_span *span; /* NULL: no results */
};

static const char *const keys[] = {"procedure", "field", "school", NULL};

/* -- what is asked for ----------------------------------------------------- */

static const struct procedure *find_procedure(const struct fence *f, const struct fence_word *w)
{
	const struct renderer *r = f->r;
	const struct table *t = &r->site->procedures;
	const char **ids = arena_array(r->arena, t->count + 1, sizeof(*ids));
	const char *id = arena_strndup(r->arena, w->text.p, w->text.n);
	const struct procedure *p = site_procedure(r->site, id);
	for (size_t i = 0; i < t->count; i++)
		ids[i] = ((const struct procedure *)table_row(t, i))->id;
	if (!p)
		fence_complain(f, "fence-value", w, str_nearest(id, ids),
		    _("The procedures are listed in data/procedures.csv."),
		    _("there is no such assessment procedure"));
	return p;
}

static int find_field(const struct fence *f, const struct fence_word *w)
{
	for (int i = 0; result_fields[i]; i++)
		if (str_is(w->text, result_fields[i]))
			return i + 1;
	const char *word = arena_strndup(f->r->arena, w->text.p, w->text.n);
	return fence_complain(f, "fence-value", w, str_nearest(word, result_fields),
	    _("Write quality_rate, pass_rate, mean_mark, mean_score or below_minimum_share."),
	    _("a chart has no such measure"));
}

static int read_word(struct request *q, const struct fence_word *word)
{
	struct fence_word key, value;
	if (!fence_split(word, &key, &value))
		return fence_complain(q->f, "fence-words", word, NULL,
		    _("Write for example procedure=oge-math field=quality_rate."),
		    _("after the table come words of the form name=value"));
	if (str_is(key.text, "procedure"))
		return (q->procedure = find_procedure(q->f, &value)) ? 0 : -1;
	if (str_is(key.text, "field"))
		return (q->field = find_field(q->f, &value)) > 0 ? 0 : -1;
	if (str_is(key.text, "school"))
		return (q->school = fence_school(q->f, &value)) ? 0 : -1;
	const char *name = arena_strndup(q->f->r->arena, key.text.p, key.text.n);
	return fence_complain(q->f, "fence-column", &key, str_nearest(name, keys),
	    _("A chart has a procedure, a field and, if you like, a school."),
	    _("a chart has no such setting"));
}

static int read_request(struct request *q)
{
	const struct fence *f = q->f;
	struct table_html table = {0};
	if (f->count < 2 || !str_is(f->words[1].text, "line"))
		return fence_complain(f, "fence-words", f->count > 1 ? &f->words[1] : NULL, NULL,
		    _("Write: chart line results.csv procedure=oge-math field=quality_rate"),
		    _("there is one kind of chart: line"));
	if (fence_table(f, f->count > 2 ? &f->words[2] : NULL, &table) < 0)
		return -1;
	if (table.table != TABLE_RESULTS)
		return fence_complain(f, "fence-table", &f->words[2], "results.csv", NULL,
		    _("a line chart shows results by year"));
	for (size_t i = 3; i < f->count; i++)
		if (read_word(q, &f->words[i]) < 0)
			return -1;
	if (!q->procedure || !q->field)
		return fence_complain(f, "fence-words", NULL, NULL,
		    _("Write for example procedure=oge-math field=quality_rate."),
		    _("a chart needs a procedure and a field"));
	return 0;
}

static const struct results_span *find_span(const struct request *q)
{
	struct results_spans spans;
	results_spans(&spans, q->f->r);
	const struct results_span *span = spans.items, *end = span + spans.count;
	while (span < end && span->procedure != q->procedure)
		span++;
	return span < end ? span : NULL;
}

/* -- the chart ------------------------------------------------------------ */

/* True when there was something to show. */
static bool draw(const struct request *q, const struct school *school, struct buf *out)
{
	const struct renderer *r = q->f->r;
	const struct results_chart chart = {
	    .span = q->span,
	    .field = q->field,
	    .school = school,
	    .id = school ? arena_printf(r->arena, "%s-%s", q->f->id, school->id) : q->f->id,
	    .caption = school ? page_school_name(r, school) : NULL,
	    .least = 1,
	};
	return q->span && results_chart(r, out, &chart);
}

static void foot(const struct request *q, struct buf *out, size_t drawn)
{
	const struct renderer *r = q->f->r;
	buf_adds(out, "</div>\n<p class=\"src\">");
	if (drawn > 1) {
		html_text(out, str_of(results_title(r, q->procedure, q->field)));
		buf_adds(out, ". ");
	}
	buf_adds(out, "<a href=\"");
	html_attr(out, str_of(page_href(r, "data/results/")));
	buf_adds(out, "\">");
	html_text(out, str_of(words_get(r->words, "chart_table_link")));
	buf_adds(out, "</a></p>\n");
}

int fence_chart(const struct fence *f, struct buf *out)
{
	struct request q = {.f = f};
	const struct renderer *r = f->r;
	size_t drawn = 0;
	if (read_request(&q) < 0)
		return -1;
	if (!page_table_published(r, TABLE_RESULTS)) {
		buf_adds(out, "<p class=\"empty\">");
		html_text(out, str_of(words_get(r->words, "fence_not_published")));
		buf_adds(out, "</p>\n");
		return 0;
	}
	q.span = find_span(&q);
	buf_adds(out, "<div class=\"charts\">\n");
	if (q.school)
		drawn += draw(&q, q.school, out);
	for (size_t i = 0; !q.school && i < r->dept->nschools; i++)
		drawn += draw(&q, r->dept->by_name[i], out);
	if (!drawn)
		drawn += draw(&q, NULL, out);
	if (drawn)
		foot(&q, out, drawn);
	else
		buf_addf(out, "<p class=\"empty\">%s</p></div>\n",
		    words_get(r->words, "chart_no_values"));
	return 0;
}
