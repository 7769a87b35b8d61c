/*
 * The road map: its parts in the order of the table, in each part its
 * sections, in a section one table whose row groups are the tasks. Everything
 * stands in the order of the document.
 */
#include "render/method_words.h"
#include "render/pages.h"
#include "render/roadmap_dates.h"
#include "render/roadmap_view.h"
#include "render/search.h"

#include <string.h>

/* The page or address that proves a measure, or NULL. */
static const char *evidence_href(struct renderer *r, const char *evidence)
{
	if (!evidence)
		return NULL;
	if (strstr(evidence, "://"))
		return evidence;
	const struct content *c = department_find(r->dept, str_of(evidence));
	if (c && c->kind == CONTENT_DOCUMENT)
		return page_href(r, arena_printf(r->arena, "documents/%s/", c->name));
	if (c && c->kind == CONTENT_EVENT)
		return page_href(r, arena_printf(r->arena, "events/%s/", c->name));
	return str_starts(str_of(evidence), "files/") ? page_attachment(r, evidence) : NULL;
}

/* Levels say something only where schools have measures of their own. */
static bool has_school_level(const struct department *d)
{
	for (size_t i = 0; i < d->nroadmap; i++)
		if (d->roadmap[i].level == MEASURE_SCHOOL)
			return true;
	return false;
}

static const char *level_text(const struct renderer *r, const char *prefix, int level)
{
	return words_of(r->words, prefix,
	    level == MEASURE_SCHOOL             ? "school"
	        : level == MEASURE_MUNICIPALITY ? "municipality"
	                                        : "none");
}

/* level: word or null; pair {href, text} or null */
static void add_level(struct renderer *r, struct view *row, const struct roadmap_item *item)
{
	const struct department *d = r->dept;
	const struct roadmap_item *other =
	    item->pair ? table_find(&d->tables[TABLE_ROADMAP], str_of(item->pair)) : NULL;
	bool levels = item->level && has_school_level(d);
	view_text(row, "level", levels ? level_text(r, "roadmap_level_", item->level) : NULL);
	view_null(row, "pair");
	if (!other)
		return;
	struct view *pair = view_view(row, "pair");
	view_text(pair, "href", page_href(r, arena_printf(r->arena, "roadmap/#%s", other->id)));
	view_text(pair, "text", level_text(r, "roadmap_pair_", other->level));
}

static void add_row(struct renderer *r, struct list *rows, const struct roadmap_item *item)
{
	struct view *row = list_view(rows);
	view_text(row, "id", item->id);
	search_add(r, SEARCH_MEASURE, item->activity, roadmap_when(r, item),
	    arena_printf(r->arena, "roadmap/#%s", item->id));
	view_text(row, "number", item->number);
	view_text(row, "activity", item->activity);
	view_text(row, "when", roadmap_when(r, item));
	view_text(row, "responsible", item->responsible);
	view_text(row, "result", item->result);
	view_text(row, "target",
	    item->target
	        ? phrase(r->words, r->arena, "roadmap_target", "target", item->target, NULL)
	        : NULL);
	view_text(row, "note", item->note);
	add_level(r, row, item);
	view_text(row, "evidence", evidence_href(r, item->evidence));
	view_text(row, "source", page_source_href(r, &item->row));
	view_text(row, "source_text", page_source_text(r, &item->row));
	roadmap_mark(r, row, item);
}

/* Row groups: neighbours of the same direction and task. */
static size_t add_groups(struct renderer *r, struct view *section, size_t first)
{
	const struct roadmap_item *items = r->dept->roadmap;
	struct list *groups = view_list(section, "groups"), *rows = NULL;
	size_t i = first;
	for (; i < r->dept->nroadmap && roadmap_same(items[i].part, items[first].part) &&
	     roadmap_same(items[i].section, items[first].section);
	     i++) {
		bool goes_on = i > first &&
		    roadmap_same(items[i].direction, items[i - 1].direction) &&
		    roadmap_same(items[i].task, items[i - 1].task);
		if (!goes_on) {
			struct view *group = list_view(groups);
			view_text(group, "direction", items[i].direction);
			view_text(group, "task", items[i].task);
			view_flag(group, "titled", items[i].direction || items[i].task);
			rows = view_list(group, "rows");
		}
		add_row(r, rows, &items[i]);
	}
	return i;
}

static void add_figure(struct renderer *r, struct list *figures, const char *key, size_t count)
{
	struct view *figure = list_view(figures);
	view_text(figure, "name", words_get(r->words, key));
	view_int(figure, "count", (long long)count);
}

static void add_summary(struct renderer *r, struct view *v, const char *part)
{
	static const char *const keys[DUES] = {
	    "term_done", "term_running", "term_ahead", "term_no_mark", "term_open"};
	size_t counts[DUES];
	roadmap_count(r, part, counts);
	struct list *figures = view_list(v, "figures");
	size_t total = 0;
	for (int i = 0; i < DUES; i++)
		total += counts[i];
	add_figure(r, figures, "roadmap_total", total);
	for (int i = 0; i < DUES; i++)
		if (counts[i] > 0 || i == DUE_DONE)
			add_figure(r, figures, keys[i], counts[i]);
}

static size_t add_part(struct renderer *r, struct list *parts, struct list *toc, size_t first)
{
	const struct roadmap_item *items = r->dept->roadmap;
	struct view *part = list_view(parts);
	struct view *entry = list_view(toc);
	const char *id = arena_printf(r->arena, "part-%zu", parts->count);
	const char *title = items[first].part ? words_capital(r->arena, items[first].part)
	                                      : words_get(r->words, "menu_roadmap");
	view_text(part, "id", id);
	view_text(part, "title", title);
	view_text(entry, "id", id);
	view_text(entry, "title", title);
	add_summary(r, part, items[first].part);
	struct list *sections = view_list(part, "sections");
	size_t i = first;
	while (i < r->dept->nroadmap && roadmap_same(items[i].part, items[first].part)) {
		size_t begin = i;
		struct view *section = list_view(sections);
		view_text(section, "id", arena_printf(r->arena, "%s-%zu", id, sections->count));
		view_text(section, "title", items[begin].section);
		i = add_groups(r, section, begin);
		view_text(section, "count",
		    phrase_count(
		        r->words, r->arena, "measures_count", (long long)(i - begin), NULL));
	}
	return i;
}

/*
 * Fields: lead, toc [{id, title}], parts [{id, title, figures [{name,
 * count}], sections [{id, title, count, groups [{direction, task, rows}]}]}]; and
 * those of roadmap_dates().
 */
int page_roadmap(struct renderer *r)
{
	const struct department *d = r->dept;
	struct view *v = page_begin(r, "roadmap/", "roadmap", words_get(r->words, "roadmap_title"));
	const char *lead = words_get(r->words, "roadmap_lead");
	page_description(r, lead);
	view_text(v, "lead", lead);
	view_flag(v, "has_rows", d->nroadmap > 0);
	struct list *toc = view_list(v, "toc");
	struct list *parts = view_list(v, "parts");
	for (size_t i = 0; i < d->nroadmap;)
		i = add_part(r, parts, toc, i);
	view_flag(v, "has_toc", toc->count > 1);
	roadmap_dates(r, v);
	view_text(v, "csv", page_href(r, "data/roadmap.csv"));
	return page_end(r, "roadmap");
}
