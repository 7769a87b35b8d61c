/*
 * An event is the term of a measure: its days, or the last day of each month
 * in which it is due, as a rule. It bears the identifier of the measure, so
 * that a calendar which is fetched again updates what it has, and is the same
 * event in every calendar that holds it. The stamp is the build date: there is
 * no other clock.
 */
#include "render/calendar.h"

#include "render/pages.h"
#include "render/roadmap_view.h"
#include "render/roadmap_term.h"
#include "text/ics.h"
#include "text/normalise.h"

#include <stdlib.h>
#include <string.h>

enum { SLUG = 60 };

/* -- which calendars there are ------------------------------------------------- */

static void add_item(const struct renderer *r, struct calendar *c, const struct roadmap_item *item)
{
	if (c->count && c->items[c->count - 1] == item) /* named twice in one cell */
		return;
	c->items = arena_grow(r->arena, c->items, c->count, &c->cap, sizeof(*c->items));
	c->items[c->count++] = item;
}

static struct calendar *add_calendar(
    const struct renderer *r, struct calendars *all, const char *title, const char *path)
{
	all->items = arena_grow(r->arena, all->items, all->count, &all->cap, sizeof(*all->items));
	struct calendar *c = &all->items[all->count++];
	*c = (struct calendar){.title = title, .path = path};
	return c;
}

static bool path_is_taken(const struct calendars *all, const char *path)
{
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->items[i].path, path) == 0)
			return true;
	return false;
}

static const char *free_path(
    const struct renderer *r, const struct calendars *all, struct str responsible)
{
	struct str slug = normalise_slug(r->arena, responsible);
	if (slug.n > SLUG)
		slug.n = SLUG;
	while (slug.n && slug.p[slug.n - 1] == '-')
		slug.n--;
	if (!slug.n)
		slug = STR("responsible");
	const char *path = arena_printf(r->arena, "roadmap/%.*s.ics", (int)slug.n, slug.p);
	for (int i = 2; path_is_taken(all, path); i++)
		path = arena_printf(r->arena, "roadmap/%.*s-%d.ics", (int)slug.n, slug.p, i);
	return path;
}

static void add_responsible(const struct renderer *r, struct calendars *all, struct map *known,
    struct str responsible, const struct roadmap_item *item)
{
	struct map_entry *e = map_entry(known, normalise_title(r->arena, responsible));
	if (!e->value) { /* the numbers of calendars, from 1 */
		add_calendar(r, all,
		    words_capital(r->arena, arena_strndup(r->arena, responsible.p, responsible.n)),
		    free_path(r, all, responsible));
		e->value = (void *)(uintptr_t)all->count;
	}
	add_item(r, &all->items[(uintptr_t)e->value - 1], item);
}

static int by_title(const void *x, const void *y)
{
	const struct calendar *a = x, *b = y;
	int order = strcmp(a->title, b->title);
	return order ? order : strcmp(a->path, b->path);
}

void calendars_find(struct calendars *out, const struct renderer *r)
{
	struct map known = MAP_INIT(r->arena);
	*out = (struct calendars){0};
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		const struct roadmap_item *item = &r->dept->roadmap[i];
		struct roadmap_term term;
		if (!roadmap_term(&term, r, item))
			continue;
		if (!out->count)
			add_calendar(r, out, NULL, "roadmap/all.ics");
		add_item(r, &out->items[0], item);
		struct str rest = str_of(item->responsible), part;
		while (str_next(&rest, ';', &part))
			if (str_trim(part).n)
				add_responsible(r, out, &known, str_trim(part), item);
	}
	if (out->count > 1)
		qsort(out->items + 1, out->count - 1, sizeof(*out->items), by_title);
}

/* -- one calendar ----------------------------------------------------------------- */

static void add_line(const struct renderer *r, struct buf *text, const char *key, const char *value)
{
	if (value && *value)
		buf_addf(text, "%s%s: %s", text->len ? "\n" : "", words_get(r->words, key), value);
}

static void add_description(
    struct ics *c, const struct renderer *r, const struct roadmap_item *item)
{
	struct buf text = BUF_INIT(BUF_LINE);
	add_line(r, &text, "roadmap_when", roadmap_when(r, item));
	add_line(r, &text, "roadmap_responsible", item->responsible);
	add_line(r, &text, "roadmap_result", item->result);
	add_line(r, &text, "status", roadmap_word(r, item));
	ics_text(c, "DESCRIPTION", (struct str){text.data, text.len});
	buf_clear(&text);
}

/* "FREQ=MONTHLY;BYMONTH=3,6;BYMONTHDAY=-1;UNTIL=20231231". Not all programs
 * begin with the first of several months of a year, so only what skips years
 * is counted in years. */
static void add_rule(struct ics *c, const struct roadmap_term *t)
{
	struct buf rule = BUF_INIT(BUF_LINE);
	if (t->years > 1)
		buf_addf(&rule, "FREQ=YEARLY;INTERVAL=%d;", t->years);
	else
		buf_adds(&rule, "FREQ=MONTHLY;");
	const char *before = "BYMONTH=";
	for (int month = 1; month <= 12; month++)
		if (t->months & 1u << month) {
			buf_addf(&rule, "%s%d", before, month);
			before = ",";
		}
	buf_adds(&rule, ";BYMONTHDAY=-1");
	if (date_is_set(t->until))
		buf_addf(&rule, ";UNTIL=%s", ics_day(t->until).s);
	ics_raw(c, "RRULE", rule.data);
	buf_clear(&rule);
}

static void add_event(struct ics *c, const struct renderer *r, const struct roadmap_item *item)
{
	struct roadmap_term term;
	if (!roadmap_term(&term, r, item))
		return;
	const char *url = page_address(r, arena_printf(r->arena, "roadmap/#%s", item->id));
	const char *host = url ? page_host(r) : "localhost";
	struct date end = date_from_days(date_days(term.last) + 1);
	ics_begin(c, "VEVENT");
	ics_text(c, "UID", str_of(arena_printf(r->arena, "%s@%s.%s", item->id, r->dept->id, host)));
	ics_raw(c, "DTSTAMP", arena_printf(r->arena, "%sT000000Z", ics_day(r->today).s));
	ics_date(c, "DTSTART", term.first);
	if (date_is_set(end)) /* the day after; without it the event is one day */
		ics_date(c, "DTEND", end);
	if (term.months)
		add_rule(c, &term);
	ics_text(c, "SUMMARY", str_of(item->activity));
	add_description(c, r, item);
	if (item->section)
		ics_text(c, "CATEGORIES", str_of(item->section));
	if (url)
		ics_uri(c, "URL", str_of(url));
	ics_raw(c, "TRANSP", "TRANSPARENT"); /* a term is no appointment */
	ics_end(c);
}

static int write_calendar(struct renderer *r, const struct calendar *calendar)
{
	const struct department_meta *meta = department_meta(r->dept);
	struct buf out = BUF_INIT(BUF_PAGE);
	struct ics c = ICS_INIT(&out);
	const char *title = arena_printf(r->arena, "%s: %s",
	    meta->short_name ? meta->short_name : r->dept->index->title,
	    calendar->title ? calendar->title : words_get(r->words, "menu_roadmap"));
	ics_begin(&c, "VCALENDAR");
	ics_raw(&c, "VERSION", "2.0");
	ics_raw(&c, "PRODID", "-//Vidno//Road map//RU");
	ics_raw(&c, "CALSCALE", "GREGORIAN");
	ics_raw(&c, "METHOD", "PUBLISH");
	ics_text(&c, "NAME", str_of(title));
	ics_text(&c, "X-WR-CALNAME", str_of(title));
	ics_raw(&c, "REFRESH-INTERVAL;VALUE=DURATION", "P1D");
	for (size_t i = 0; i < calendar->count; i++)
		add_event(&c, r, calendar->items[i]);
	ics_end(&c);
	int err =
	    ics_done(&c) < 0 ? -1 : page_file(r, calendar->path, (struct str){out.data, out.len});
	buf_clear(&out);
	return err;
}

int calendars(struct renderer *r)
{
	struct calendars all;
	int err = 0;
	calendars_find(&all, r);
	for (size_t i = 0; i < all.count; i++)
		err |= write_calendar(r, &all.items[i]);
	return err;
}
