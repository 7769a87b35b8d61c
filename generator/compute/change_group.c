/*
 * Changes are brought into the order of reading; what is alike has one key and
 * becomes one change at the place of its first part. A key is text made of what
 * the parts have in common; changes that are read by themselves have none.
 */
#include "compute/change.h"

#include <stdlib.h>
#include <string.h>

/* -- order of reading ------------------------------------------------------- */

/* Who enters the list comes first, then who leaves it. */
static int rank(const struct change *c)
{
	const struct change_field *result = change_field(c, "result");
	if (change_fact(c)->kind != FACT_IDENTIFICATION || !result)
		return 3;
	const char *identified = outcomes[OUTCOME_IDENTIFIED];
	if (result->new && result->new->text && strcmp(result->new->text, identified) == 0)
		return 0;
	return result->old && result->old->text && strcmp(result->old->text, identified) == 0 ? 1
	                                                                                      : 2;
}

static int by_number(int x, int y)
{
	return (x > y) - (x < y);
}

/* An indicator is read through its years, other things year by year. */
static int by_reading(const void *x, const void *y)
{
	static const int kinds[] = {[CHANGE_ADDED] = 0, [CHANGE_EDITED] = 1, [CHANGE_REMOVED] = 2};
	const struct change *p = x, *q = y;
	const struct fact *a = change_fact(p), *b = change_fact(q);
	int order = by_number((int)a->kind, (int)b->kind);
	if (order == 0 && a->kind == FACT_INDICATOR)
		order = strcmp(a->subject, b->subject);
	if (order == 0 && a->kind == FACT_INDICATOR && (a->year == 0) != (b->year == 0))
		order = a->year == 0 ? -1 : 1;
	if (order == 0)
		order = by_number(b->year, a->year);
	if (order == 0)
		order = by_number(rank(p), rank(q));
	if (order == 0)
		order = by_number(kinds[p->kind], kinds[q->kind]);
	if (order == 0)
		order = strcmp(a->part, b->part);
	return order ? order : strcmp(a->subject, b->subject);
}

/* -- what is alike ---------------------------------------------------------- */

static const char *text_of(const struct fact_field *f)
{
	return !f ? "" : f->hidden ? "hidden" : f->text ? f->text : "";
}

static void add_word(struct buf *key, const struct change_field *f)
{
	if (f)
		buf_addf(key, "|%s>%s", text_of(f->old), text_of(f->new));
}

static void add_names(struct buf *key, const struct change *c)
{
	for (size_t i = 0; i < c->nfields && c->kind == CHANGE_EDITED; i++) {
		const struct change_field *f = &c->fields[i];
		buf_addf(key, "|%s", f->new ? f->new->name : f->old->name);
	}
}

/* The key, empty for what is read by itself. */
static void write_key(struct buf *key, const struct change *c)
{
	enum { DAY = sizeof("2022-09-15") - 1 };
	const struct fact *f = change_fact(c);
	const struct change_field *status = change_field(c, "status");
	buf_reset(key);
	switch (f->kind) {
	case FACT_DOCUMENT:
	case FACT_EVENT:
	case FACT_PAGE:
	case FACT_METHOD:
		if (c->kind == CHANGE_EDITED)
			return;
		break;
	case FACT_INDICATOR:
		if (c->kind == CHANGE_EDITED && (!f->year || !status || c->nfields > 1))
			return;
		break;
	default:
		break;
	}
	buf_addf(key, "%s|%s|%d", fact_kinds[f->kind], change_kinds[c->kind], f->year);
	if (f->kind == FACT_IDENTIFICATION || f->kind == FACT_DECLARED || f->kind == FACT_ROW)
		buf_addf(key, "|%s", f->part);
	if (f->kind == FACT_AUDIT)
		buf_addf(key, "|%.*s", (int)DAY, f->part);
	if (f->kind == FACT_IDENTIFICATION)
		add_word(key, change_field(c, "result"));
	if (f->kind == FACT_INDICATOR && c->kind == CHANGE_EDITED)
		add_word(key, status);
	if (f->kind == FACT_ROADMAP || f->kind == FACT_SCHOOL || f->kind == FACT_SUPPORT)
		add_names(key, c);
}

struct group {
	size_t count; /* changes with this key */
	struct change *parts;
	size_t nparts;
	struct change *whole; /* where it stands, once begun */
};

static size_t subjects(const struct change *parts, size_t n)
{
	struct arena scratch = ARENA_INIT;
	struct map seen = MAP_INIT(&scratch);
	for (size_t i = 0; i < n; i++) {
		const char *subject = change_fact(&parts[i])->subject;
		if (*subject)
			map_entry(&seen, str_of(subject));
	}
	size_t count = seen.count;
	arena_clear(&scratch);
	return count;
}

static void finish(struct group *g)
{
	struct change *w = g->whole;
	w->parts = g->parts;
	w->nparts = g->nparts;
	for (size_t i = 0; i < g->nparts; i++)
		w->cells += g->parts[i].nfields;
	w->nsubjects = subjects(g->parts, g->nparts);
}

static struct group **find_groups(const struct changes *c, struct arena *a, struct map *groups)
{
	struct group **of = arena_array(a, c->count + 1, sizeof(struct group *));
	struct buf key = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < c->count; i++) {
		write_key(&key, &c->items[i]);
		if (key.len == 0)
			continue;
		struct map_entry *e = map_entry(groups, buf_str(&key));
		if (!e->value)
			e->value = arena_alloc(a, sizeof(struct group));
		of[i] = e->value;
		of[i]->count++;
	}
	buf_clear(&key);
	return of;
}

void changes_group(struct changes *c, struct arena *a)
{
	struct arena scratch = ARENA_INIT;
	struct map groups = MAP_INIT(&scratch);
	size_t kept = 0;
	if (c->count)
		qsort(c->items, c->count, sizeof(*c->items), by_reading);
	struct group **of = find_groups(c, &scratch, &groups);
	for (size_t i = 0; i < c->count; i++) {
		struct group *g = of[i];
		if (!g || g->count < CHANGE_GROUP) {
			c->items[kept++] = c->items[i];
			continue;
		}
		if (!g->whole) {
			g->parts = arena_array(a, g->count, sizeof(*g->parts));
			g->parts[g->nparts++] = c->items[i];
			g->whole = &c->items[kept++];
			*g->whole = (struct change){
			    .kind = g->parts->kind, .old = g->parts->old, .new = g->parts->new};
		} else {
			g->parts[g->nparts++] = c->items[i];
		}
	}
	for (size_t i = 0; i < groups.count; i++) {
		struct group *g = groups.entries[i].value;
		if (g->whole)
			finish(g);
	}
	c->count = kept;
	arena_clear(&scratch);
}
