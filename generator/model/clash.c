/*
 * Each version becomes a map of cells by row and column. A cell that differs in
 * all three clashes. Rows are known by a cell of no column, so that a row that
 * one side deleted and the other changed is one clash, not one for each column.
 */
#include "model/clash.h"

#include "model/header.h"
#include "text/csv.h"

#include <string.h>

struct cell {
	const char *row, *column, *value;
	uint32_t line;
};

struct side {
	struct arena *arena;
	const struct schema *schema;
	struct map cells;    /* "row\x1f" "column" → struct cell */
	const char **titles; /* of the columns */
	bool *keys;          /* is it a part of the key? */
	size_t *order;       /* numbers of those that are, as the dictionary has them */
	size_t norder;
	size_t ntitles;
};

static struct str cell_key(struct arena *a, const char *row, const char *column)
{
	return str_of(arena_printf(a, "%s\x1f%s", row, column ? column : ""));
}

static void add_cell(
    struct side *s, const char *row, const char *column, const char *value, uint32_t line)
{
	struct map_entry *e = map_entry(&s->cells, cell_key(s->arena, row, column));
	if (e->value)
		return; /* a key that stands there twice: the first counts */
	struct cell *c = arena_alloc(s->arena, sizeof(*c));
	*c = (struct cell){row, column, value, line};
	e->value = c;
}

static const char *value_of(const struct side *s, const char *row, const char *column)
{
	const struct cell *c = map_get(&s->cells, cell_key(s->arena, row, column));
	return c ? c->value : NULL;
}

/* -- tables ------------------------------------------------------------------ */

static int read_header(void *payload, const struct csv_row *row, bool sure)
{
	struct side *s = payload;
	if (!header_fits(s->schema, NULL, row))
		return -1;
	if (!sure)
		return 0;
	s->titles = arena_array(s->arena, row->count + 1, sizeof(*s->titles));
	s->keys = arena_array(s->arena, row->count + 1, sizeof(*s->keys));
	s->ntitles = row->count;
	for (size_t i = 0; i < row->count; i++) {
		struct str title = str_trim(row->fields[i]);
		const struct column *c = header_column(s->schema, title);
		s->titles[i] = c ? c->name : arena_strndup(s->arena, title.p, title.n);
		s->keys[i] = c && (c->flags & COLUMN_KEY);
	}
	s->order = arena_array(s->arena, row->count + 1, sizeof(*s->order));
	for (size_t k = 0; k < s->schema->count; k++)
		for (size_t i = 0; i < row->count; i++)
			if (s->keys[i] && strcmp(s->titles[i], s->schema->columns[k].name) == 0)
				s->order[s->norder++] = i;
	return 0;
}

static const char *row_name(struct side *s, const struct csv_row *row)
{
	const char *name = "";
	for (size_t k = 0; k < s->norder; k++) {
		size_t i = s->order[k];
		struct str part = i < row->count ? str_trim(row->fields[i]) : STR_NONE;
		if (part.n)
			name = arena_printf(
			    s->arena, "%s%s%.*s", name, *name ? ", " : "", (int)part.n, part.p);
	}
	return name;
}

static int read_row(void *payload, const struct csv_row *row)
{
	struct side *s = payload;
	const char *name = row_name(s, row);
	add_cell(s, name, NULL, "", row->line);
	for (size_t i = 0; i < row->count && i < s->ntitles; i++) {
		struct str text = str_trim(row->fields[i]);
		if (!s->keys[i] && text.n)
			add_cell(s, name, s->titles[i], arena_strndup(s->arena, text.p, text.n),
			    row->line);
	}
	return 0;
}

static void read_table(struct side *s, struct arena *a, enum table_id id, struct str bytes)
{
	const struct csv_reader reader = {.payload = s, .header = read_header, .row = read_row};
	struct diag quiet = DIAG_INIT;
	struct csv_info info;
	*s = (struct side){.arena = a, .schema = schema_of(id), .cells = MAP_INIT(a)};
	if (bytes.n)
		csv_read(&info, a, "", bytes, &reader, &quiet);
	diag_clear(&quiet);
}

/* -- pages -------------------------------------------------------------------- */

/* "key:" at the beginning of a line; anything else belongs to the key above. */
static struct str key_of(struct str line)
{
	size_t n = 0;
	while (n < line.n && line.p[n] != ':' && (unsigned char)line.p[n] > ' ')
		n++;
	bool key = n && n < line.n && line.p[n] == ':' && line.p[0] != '#' && line.p[0] != '-';
	return key ? (struct str){line.p, n} : STR_NONE;
}

static void read_page(struct side *s, struct arena *a, struct str bytes)
{
	struct str rest = bytes, line, key = STR_NONE;
	const char *begin = bytes.p, *value = NULL;
	uint32_t number = 1, at = 1;
	*s = (struct side){.arena = a, .cells = MAP_INIT(a)};
	bool front = str_next(&rest, '\n', &line) && str_is(str_trim(line), "---");
	while (front && rest.n && str_next(&rest, '\n', &line)) {
		bool end = str_is(str_trim(line), "---");
		struct str next = end ? STR_NONE : key_of(line);
		number++;
		if (!end && !next.n)
			continue;
		if (key.n) {
			struct str text = str_trim((struct str){value, (size_t)(line.p - value)});
			add_cell(s, arena_strndup(a, key.p, key.n), NULL,
			    arena_strndup(a, text.p, text.n), at);
		}
		key = next;
		value = line.p + next.n + 1;
		at = number;
		begin = rest.p;
		if (end)
			break;
	}
	size_t body = bytes.n ? (size_t)(bytes.p + bytes.n - begin) : 0;
	struct str text = str_trim((struct str){begin, body});
	if (text.n)
		add_cell(s, "", NULL, arena_strndup(a, text.p, text.n), number);
}

/* -- comparing ------------------------------------------------------------------ */

static bool same(const char *x, const char *y)
{
	return x && y ? strcmp(x, y) == 0 : x == y;
}

struct three {
	const struct side *base, *ours, *theirs;
	struct clashes *out;
	struct arena *arena;
	struct map lost; /* rows told of */
};

static void put(struct three *t, struct clash c)
{
	struct clashes *out = t->out;
	out->items = arena_grow(t->arena, out->items, out->count, &out->cap, sizeof(*out->items));
	out->items[out->count++] = c;
}

static void clash_at(struct three *t, const struct cell *c)
{
	const char *base = value_of(t->base, c->row, c->column);
	const char *ours = value_of(t->ours, c->row, c->column);
	const char *theirs = value_of(t->theirs, c->row, c->column);
	if (same(ours, theirs) || same(ours, base) || same(theirs, base))
		return;
	put(t, (struct clash){c->row, c->column, base, ours, theirs, c->line});
}

/* Of a row that one side deleted, a cell that the other has: told once for the
 * row, when the other changed it. */
static bool lost_row(struct three *t, const struct cell *c)
{
	bool here = value_of(t->ours, c->row, NULL), there = value_of(t->theirs, c->row, NULL);
	if (here == there || !value_of(t->base, c->row, NULL))
		return false;
	if (same(c->value, value_of(t->base, c->row, c->column)) ||
	    map_put(&t->lost, str_of(c->row), t))
		return true;
	put(t, (struct clash){c->row, NULL, "", here ? "" : NULL, there ? "" : NULL, c->line});
	return true;
}

static void compare(struct three *t)
{
	const struct side *sides[] = {t->ours, t->theirs};
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < sides[k]->cells.count; i++) {
			const struct cell *c = sides[k]->cells.entries[i].value;
			bool seen = k && value_of(t->ours, c->row, c->column);
			if (!seen && !(t->ours->schema && lost_row(t, c)))
				clash_at(t, c);
		}
}

void clash_table(struct clashes *out, struct arena *a, enum table_id id, struct str base,
    struct str ours, struct str theirs)
{
	struct side b, o, t;
	read_table(&b, a, id, base);
	read_table(&o, a, id, ours);
	read_table(&t, a, id, theirs);
	struct three three = {&b, &o, &t, out, a, MAP_INIT(a)};
	compare(&three);
}

void clash_page(
    struct clashes *out, struct arena *a, struct str base, struct str ours, struct str theirs)
{
	struct side b, o, t;
	read_page(&b, a, base);
	read_page(&o, a, ours);
	read_page(&t, a, theirs);
	struct three three = {&b, &o, &t, out, a, MAP_INIT(a)};
	compare(&three);
}
