/*
 * `table` shows rows of a table through table_html, which also makes the
 * pages of the tables; `chart` is in fence_chart.c, `claim` in fence_claim.c. A table that the level of
 * disclosure keeps back is not wrong: a sentence stands in its place.
 */
#include "render/fence.h"

#include "base/intl.h"
#include "render/datum.h"
#include "text/html.h"

#include <string.h>

/* The page of the table, where every row has its place. */
static void link_to_table(const struct fence *f, struct buf *out, const struct table_html *t)
{
	const struct renderer *r = f->r;
	const char *name = datum_table_name(r->arena, t->table);
	buf_adds(out, "<p class=\"src\"><a href=\"");
	html_attr(out, str_of(page_href(r, arena_printf(r->arena, "data/%s/", name))));
	buf_adds(out, "\">");
	html_text(out, str_of(words_get(r->words, "fence_whole_table")));
	buf_adds(out, "</a></p>\n");
}

static void say(struct buf *out, const char *words)
{
	buf_adds(out, "<p class=\"empty\">");
	html_text(out, str_of(words));
	buf_adds(out, "</p>\n");
}

static int show_table(const struct fence *f, struct buf *out)
{
	struct table_filter filters[FENCE_WORDS];
	struct table_html spec = {.filters = filters};
	if (fence_table(f, f->count > 1 ? &f->words[1] : NULL, &spec) < 0)
		return -1;
	for (size_t i = 2; i < f->count; i++) {
		if (fence_filter(f, &f->words[i], &spec, &filters[spec.nfilters]) < 0)
			return -1;
		spec.nfilters++;
	}
	if (!page_table_published(f->r, spec.table)) {
		say(out, words_get(f->r->words, "fence_not_published"));
		return 0;
	}
	spec.caption = datum_table_title(f->r, spec.table);
	if (table_html(f->r, out, &spec) > 0)
		link_to_table(f, out, &spec);
	else if (!spec.nfilters)
		say(out, words_get(f->r->words, "fence_empty"));
	else
		return fence_complain(f, "fence-value", &f->words[f->count - 1], NULL,
		    _("Each of the values is there, but no row has all of them: leave one out."),
		    _("no row of the table fits all that is asked for"));
	return 0;
}

int body_fence(
    void *state, struct buf *out, struct str words, struct str text, struct diag_place at)
{
	struct body_state *s = state;
	struct fence f;
	s->fences++;
	int err = fence_read(&f, s, words, at);
	if (err == 0)
		err = str_is(f.words[0].text, "chart") ? fence_chart(&f, out)
		    : str_is(f.words[0].text, "claim") ? fence_claim(&f, s->body->file, text, out)
		                                       : show_table(&f, out);
	if (err < 0)
		s->r->err = -1;
	return err;
}
