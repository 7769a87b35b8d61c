/*
 * A line for each fact and, indented by a tab, one for each of its fields;
 * cells are parted by tabs, with \t \n \r \\ for what would break them. Empty
 * stands for what is not there, so that a line is short.
 *
 *	facts 2
 *	indicator <year> <part> <subject> <part title> <title> 1
 *		value <title> <form> <number> <k> <n> <date> <text> <beneath>
 *
 * A hidden field has "hidden" in the place of its number. Reading believes
 * nothing: words, numbers and counts are looked at, and the facts have to be
 * sorted as facts are.
 */
#include "compute/fact.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS = 10 };

static const char *const forms[] = {
    "number", "percent", "yes-no", "word", "date", "text", "body", NULL};

/* -- writing ---------------------------------------------------------------- */

static void add_text(struct buf *out, const char *text)
{
	for (; text && *text; text++) {
		const char *escaped = *text == '\t' ? "\\t"
		    : *text == '\n'                 ? "\\n"
		    : *text == '\r'                 ? "\\r"
		    : *text == '\\'                 ? "\\\\"
		                                    : NULL;
		if (escaped)
			buf_adds(out, escaped);
		else
			buf_addc(out, *text);
	}
}

static void add_cell(struct buf *out, const char *text)
{
	buf_addc(out, '\t');
	add_text(out, text);
}

static void add_frac(struct buf *out, struct frac f)
{
	buf_addc(out, '\t');
	if (!frac_is_set(f))
		return;
	buf_addint(out, f.num);
	if (f.den != 1) {
		buf_addc(out, '/');
		buf_addint(out, f.den);
	}
}

static void add_field(struct buf *out, const struct fact_field *f)
{
	add_cell(out, f->name);
	add_cell(out, f->title);
	add_cell(out, forms[f->form]);
	if (f->hidden)
		buf_adds(out, "\thidden");
	else
		add_frac(out, f->number);
	add_frac(out, f->k);
	add_frac(out, f->n);
	add_cell(out, date_iso(f->date).s);
	add_cell(out, f->text);
	if (f->beneath)
		buf_addf(out, "\t%llx", (unsigned long long)f->beneath);
	else
		buf_addc(out, '\t');
	buf_addc(out, '\n');
}

void facts_write(struct buf *out, const struct facts *facts)
{
	buf_addf(out, "facts %zu\n", facts->count);
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *f = &facts->items[i];
		buf_addf(out, "%s\t%d", fact_kinds[f->kind], f->year);
		add_cell(out, f->part);
		add_cell(out, f->subject);
		add_cell(out, f->part_title);
		add_cell(out, f->title);
		buf_addf(out, "\t%zu\n", f->nfields);
		for (size_t k = 0; k < f->nfields; k++)
			add_field(out, &f->fields[k]);
	}
}

/* -- reading ---------------------------------------------------------------- */

struct reader {
	struct arena *arena;
	struct str rest;
	struct str cells[CELLS];
	size_t ncells;
};

static int read_line(struct reader *r)
{
	const char *end = r->rest.n ? memchr(r->rest.p, '\n', r->rest.n) : NULL;
	if (!end)
		return -1;
	struct str line = {r->rest.p, (size_t)(end - r->rest.p)};
	r->rest.p += line.n + 1;
	r->rest.n -= line.n + 1;
	r->ncells = 0;
	for (;;) {
		const char *tab = line.n ? memchr(line.p, '\t', line.n) : NULL;
		size_t n = tab ? (size_t)(tab - line.p) : line.n;
		if (r->ncells == CELLS)
			return -1;
		r->cells[r->ncells++] = (struct str){line.p, n};
		if (!tab)
			return 0;
		line.p += n + 1;
		line.n -= n + 1;
	}
}

static const char *read_text(struct reader *r, struct str cell)
{
	char *out = arena_alloc(r->arena, cell.n + 1), *to = out;
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];
		if (c == '\\' && i + 1 < cell.n) {
			c = cell.p[++i];
			c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
		}
		*to++ = c;
	}
	return out;
}

/* A whole number in decimal, by a bound. */
static int read_int(struct str cell, int64_t *out)
{
	bool minus = cell.n && cell.p[0] == '-';
	uint64_t value = 0;
	if (cell.n == minus || cell.n > 20)
		return -1;
	for (size_t i = minus; i < cell.n; i++) {
		if (cell.p[i] < '0' || cell.p[i] > '9' || value > (INT64_MAX - 9) / 10)
			return -1;
		value = value * 10 + (uint64_t)(cell.p[i] - '0');
	}
	*out = minus ? -(int64_t)value : (int64_t)value;
	return 0;
}

static int read_size(struct str cell, size_t most, size_t *out)
{
	int64_t value;
	if (read_int(cell, &value) < 0 || value < 0 || (uint64_t)value > most)
		return -1;
	*out = (size_t)value;
	return 0;
}

static int read_frac(struct str cell, struct frac *out)
{
	struct str num;
	int64_t n, d = 1;
	*out = (struct frac){0, 0};
	if (cell.n == 0)
		return 0;
	if (!str_next(&cell, '/', &num) || read_int(num, &n) < 0)
		return -1;
	if (cell.n && (read_int(cell, &d) < 0 || d <= 0))
		return -1;
	*out = frac_of(n, d);
	return 0;
}

static int read_word(struct str cell, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (str_is(cell, words[i]))
			return i;
	return -1;
}

static int read_beneath(struct str cell, uint64_t *out)
{
	char text[17] = "";
	char *end;
	if (cell.n > 16)
		return -1;
	memcpy(text, cell.p, cell.n);
	*out = strtoull(text, &end, 16);
	return *end ? -1 : 0;
}

/* Cell 0 is empty: the indent. */
static int read_field(struct reader *r, struct fact_field *f)
{
	enum { INDENT, NAME, TITLE, FORM, NUMBER, K, N, DATE, TEXT, BENEATH };
	const struct str *c = r->cells;
	if (read_line(r) < 0 || r->ncells != CELLS || c[INDENT].n || !c[NAME].n)
		return -1;
	int form = read_word(c[FORM], forms);
	*f = (struct fact_field){.name = read_text(r, c[NAME]),
	    .title = c[TITLE].n ? read_text(r, c[TITLE]) : NULL,
	    .form = form < 0 ? FACT_NUMBER : (enum fact_form)form,
	    .hidden = str_is(c[NUMBER], "hidden"),
	    .text = c[TEXT].n ? read_text(r, c[TEXT]) : NULL};
	if (form < 0 || (!f->hidden && read_frac(c[NUMBER], &f->number) < 0) ||
	    read_frac(c[K], &f->k) < 0 || read_frac(c[N], &f->n) < 0 ||
	    (c[DATE].n && date_parse(&f->date, c[DATE]) < 0))
		return -1;
	return read_beneath(c[BENEATH], &f->beneath);
}

static int read_fact(struct reader *r, struct fact *f)
{
	enum { KIND, YEAR, PART, SUBJECT, PART_TITLE, TITLE, FIELDS, FACT_CELLS };
	const struct str *c = r->cells;
	int64_t year;
	if (read_line(r) < 0 || r->ncells != FACT_CELLS)
		return -1;
	int kind = read_word(c[KIND], fact_kinds);
	if (kind < 0 || read_int(c[YEAR], &year) < 0 || year < 0 || year > 9999 ||
	    read_size(c[FIELDS], r->rest.n, &f->nfields) < 0)
		return -1;
	f->kind = (enum fact_kind)kind;
	f->year = (int)year;
	f->part = read_text(r, c[PART]);
	f->subject = read_text(r, c[SUBJECT]);
	f->part_title = read_text(r, c[PART_TITLE]);
	f->title = read_text(r, c[TITLE]);
	struct fact_field *fields = NULL;
	size_t cap = 0; /* grows with what is there, whatever number was claimed */
	for (size_t i = 0; i < f->nfields; i++) {
		fields = arena_grow(r->arena, fields, i, &cap, sizeof(*fields));
		if (read_field(r, &fields[i]) < 0)
			return -1;
	}
	f->fields = fields;
	return 0;
}

int facts_read(struct facts *out, struct arena *a, struct str *rest)
{
	static const struct str head = {"facts ", 6};
	struct reader r = {.arena = a, .rest = *rest};
	size_t count;
	*out = (struct facts){0};
	if (!str_starts(r.rest, head.p) || read_line(&r) < 0 || r.ncells != 1)
		return -1;
	struct str number = {r.cells[0].p + head.n, r.cells[0].n - head.n};
	if (read_size(number, r.rest.n, &count) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		out->items = arena_grow(a, out->items, out->count, &out->cap, sizeof(*out->items));
		struct fact *f = &out->items[i];
		if (read_fact(&r, f) < 0 || (i && fact_cmp(&out->items[i - 1], f) >= 0))
			return -1;
		out->count++;
	}
	*rest = r.rest;
	return 0;
}
