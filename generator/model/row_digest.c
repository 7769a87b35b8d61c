/*
 * A row's digest is the sum of the digests of its cells, each salted with its
 * column, so that the order of columns does not count; a cell that repeats the
 * one above it takes its digest.
 *
 * For row_changes() the bytes that two versions share at both ends are cut
 * off, at places where rows begin in both (text/csv_cell walks over them), and
 * what is left is read under the header of its version. Where the headers
 * differ, all rows are read.
 */
#include "model/row_digest.h"

#include "model/cell.h"
#include "model/header.h"
#include "text/csv_cell.h"

#include <string.h>

/* A column of the file: how its cells are read, and what the last one gave. */
struct cell_column {
	const struct column *column; /* NULL: not of the dictionary */
	uint64_t salt;
	struct str last;
	uint64_t last_digest;
};

struct digesting {
	struct row_digests *out; /* NULL: only the header is wanted */
	struct arena *scratch;
	const struct schema *schema;
	struct table_context context;
	struct cells cells;
	struct cell_column *columns;
	struct str header; /* its text */
	bool readable;
};

/* A version as text: UTF-8, where its rows begin after the header. */
struct version_text {
	struct str text, header;
	size_t body;
	char separator;
	bool readable;
};

static uint64_t mix(uint64_t h)
{
	h = (h ^ h >> 31) * 0xbf58476d1ce4e5b9u;
	h = (h ^ h >> 27) * 0x94d049bb133111ebu;
	return h ^ h >> 31;
}

/* -- cells ------------------------------------------------------------------- */

static uint64_t digest_of_number(struct decimal d)
{
	return mix((uint64_t)d.digits * 16 + (uint64_t)d.places);
}

/* The value where the reader makes one of the cell, else the text. */
static uint64_t digest_of_cell(struct digesting *g, const struct column *c, size_t i, struct str s)
{
	union cell_value value;
	struct decimal number;
	if (!c) /* a metric as a rule */
		return decimal_parse(&number, s, true) ? str_hash(s) : digest_of_number(number);
	switch (c->type) {
	case COLUMN_COUNT:
	case COLUMN_YEAR:
	case COLUMN_YESNO:
	case COLUMN_ENUM:
		if (cell_read(&value, &g->cells, c, i, s))
			break;
		return mix(c->type == COLUMN_COUNT ? (uint64_t)value.count : (uint64_t)value.small);
	case COLUMN_NUMBER:
	case COLUMN_PERCENT:
		if (decimal_parse(&number, s, c->type == COLUMN_PERCENT))
			break;
		return digest_of_number(number);
	case COLUMN_DATE:
		if (cell_read(&value, &g->cells, c, i, s))
			break;
		return mix((uint64_t)date_days(value.date));
	default:
		break;
	}
	return str_hash(s);
}

static uint64_t add_cell(struct digesting *g, size_t i, struct str text)
{
	struct cell_column *c = &g->columns[i];
	text = str_trim(text);
	if (cell_missing(text))
		return 0;
	if (!c->last.p || !str_eq(text, c->last)) {
		c->last = text;
		c->last_digest = mix(digest_of_cell(g, c->column, i, text) ^ c->salt);
	}
	return c->last_digest;
}

static void keep(struct digesting *g, uint64_t digest, uint32_t line)
{
	struct row_digests *out = g->out;
	out->items = arena_grow(out->arena, out->items, out->count, &out->cap, sizeof(*out->items));
	out->items[out->count++] = (struct row_digest){digest, line};
}

/* -- rows -------------------------------------------------------------------- */

static int read_row(void *payload, const struct csv_row *row)
{
	struct digesting *g = payload;
	uint64_t sum = 0;
	g->cells.row = row;
	for (size_t i = 0; i < row->count; i++)
		sum += add_cell(g, i, row->fields[i]);
	keep(g, mix(sum), row->line);
	return 0;
}

static void read_bad(void *payload, const struct csv_row *row)
{
	keep(payload, mix(str_hash(str_trim(row->source))), row->line);
}

/* Titles of no column differ by what cell_same() tells apart. */
static uint64_t salt_of_title(struct str title)
{
	uint64_t salt = 1;
	bool space = false;
	title = str_trim(title);
	for (size_t at = 0, len; at < title.n; at += len) {
		int32_t code = utf8_lower(utf8_decode(title.p + at, title.n - at, &len));
		if (utf8_is_space(code)) {
			space = true;
			continue;
		}
		if (space)
			salt = mix(salt ^ ' ');
		space = false;
		salt = mix(salt ^ (uint64_t)(code == 0x451 ? 0x435 : code));
	}
	return salt;
}

/* One column is enough: it is only asked what a version of the table is. */
static bool is_header(const struct schema *s, const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (header_column(s, str_trim(row->fields[i])))
			return true;
	return false;
}

static int read_header(void *payload, const struct csv_row *row, bool sure)
{
	struct digesting *g = payload;
	if (!is_header(g->schema, row))
		return -1;
	if (!sure)
		return 0;
	g->readable = true;
	g->header = row->source;
	g->columns = arena_array(g->scratch, row->count, sizeof(*g->columns));
	for (size_t i = 0; i < row->count; i++) {
		struct cell_column *c = &g->columns[i];
		c->column = header_column(g->schema, str_trim(row->fields[i]));
		c->salt =
		    c->column ? str_hash(str_of(c->column->name)) : salt_of_title(row->fields[i]);
	}
	return g->out ? 0 : -1;
}

/* The header of a text, and, where there is an out, its rows. */
static struct version_text read_text(
    struct row_digests *out, struct arena *scratch, enum table_id id, struct str text)
{
	struct diag quiet = DIAG_INIT;
	struct csv_info info;
	struct digesting g = {
	    .out = out,
	    .scratch = scratch,
	    .schema = schema_of(id),
	    .context = {.arena = scratch, .diag = &quiet},
	};
	const struct csv_reader reader = {&g, read_header, read_row, read_bad};
	g.cells = (struct cells){.context = &g.context, .scratch = scratch, .file = ""};
	csv_read(&info, scratch, "", text, &reader, &quiet);
	diag_clear(&quiet);
	struct version_text v = {
	    .text = text, .header = g.header, .separator = info.separator, .readable = g.readable};
	if (v.readable)
		v.body = csv_row_after(text, (size_t)(g.header.p - text.p), v.separator);
	return v;
}

/* -- versions ------------------------------------------------------------------ */

/* Bytes that are no letter as one that nobody writes. */
static struct str repaired(struct arena *a, struct str bytes)
{
	struct buf out = BUF_INIT(BUF_FILE);
	for (size_t at = 0, len; at < bytes.n; at += len) {
		int32_t code = utf8_decode(bytes.p + at, bytes.n - at, &len);
		if (code < 0)
			buf_adds(&out, "\xEF\xBF\xBD");
		else
			buf_add(&out, bytes.p + at, len);
	}
	return buf_keep(a, &out);
}

static struct str decode(struct arena *a, struct str bytes)
{
	enum charset which;
	struct str text = charset_decode(a, bytes, &which);
	if (which != CHARSET_UNKNOWN)
		return text;
	return charset_damaged_utf8(bytes) ? repaired(a, bytes) : charset_1251(a, bytes);
}

void row_digests(struct row_digests *out, enum table_id id, struct str bytes)
{
	struct arena scratch = ARENA_INIT;
	struct str text = decode(&scratch, bytes);
	if (text.n)
		read_text(out, &scratch, id, text);
	arena_clear(&scratch);
}

/* How many bytes two texts share, from one place on and up to their ends. */
static size_t same_head(struct str a, struct str b)
{
	enum { STEP = 256 };
	size_t most = a.n < b.n ? a.n : b.n, n = 0;
	while (n + STEP <= most && memcmp(a.p + n, b.p + n, STEP) == 0)
		n += STEP;
	while (n < most && a.p[n] == b.p[n])
		n++;
	return n;
}

static size_t same_tail(struct str a, struct str b, size_t most)
{
	enum { STEP = 256 };
	size_t n = 0;
	while (n + STEP <= most && memcmp(a.p + a.n - n - STEP, b.p + b.n - n - STEP, STEP) == 0)
		n += STEP;
	while (n < most && a.p[a.n - n - 1] == b.p[b.n - n - 1])
		n++;
	return n;
}

static struct str body_of(const struct version_text *v)
{
	return (struct str){v->text.p + v->body, v->text.n - v->body};
}

/* A slice of the rows, read under the header of its version. */
static void read_slice(struct row_digests *out, struct arena *scratch, enum table_id id,
    const struct version_text *v, size_t from, size_t to)
{
	struct buf text = BUF_INIT(BUF_FILE);
	if (!v->readable || from == to)
		return;
	buf_add(&text, v->header.p, v->header.n);
	buf_addc(&text, '\n');
	buf_add(&text, v->text.p + v->body + from, to - from);
	read_text(out, scratch, id, buf_str(&text));
	buf_clear(&text);
}

/* Where the rows that both share at the end begin: the distance from the end. */
static size_t shared_rows(struct str old, struct str new, size_t *from, size_t tail, char separator)
{
	size_t i = *from, k = *from;
	while (old.n - i != new.n - k || old.n - i > tail)
		if (old.n - i >= new.n - k)
			i = csv_row_after(old, i, separator);
		else
			k = csv_row_after(new, k, separator);
	return old.n - i;
}

static void compare(struct row_digests *removed, struct row_digests *added, struct arena *scratch,
    enum table_id id, const struct version_text *old, const struct version_text *new)
{
	struct str a = body_of(old), b = body_of(new);
	size_t head = same_head(a, b), from = 0, next = 0;
	size_t tail = same_tail(a, b, (a.n < b.n ? a.n : b.n) - head);
	/* A row that ends where the shared bytes do may go on in one of the two. */
	while (next < head) {
		from = next;
		next = csv_row_after(a, from, old->separator);
	}
	size_t rest = shared_rows(a, b, &from, tail, old->separator);
	read_slice(removed, scratch, id, old, from, a.n - rest);
	read_slice(added, scratch, id, new, from, b.n - rest);
}

void row_changes(struct row_digests *removed, struct row_digests *added, enum table_id id,
    struct str old, struct str new)
{
	struct arena scratch = ARENA_INIT;
	struct version_text a = read_text(NULL, &scratch, id, decode(&scratch, old));
	struct version_text b = read_text(NULL, &scratch, id, decode(&scratch, new));
	if (a.readable && b.readable && a.separator == b.separator && str_eq(a.header, b.header)) {
		compare(removed, added, &scratch, id, &a, &b);
	} else {
		read_slice(removed, &scratch, id, &a, 0, body_of(&a).n);
		read_slice(added, &scratch, id, &b, 0, body_of(&b).n);
	}
	arena_clear(&scratch);
}
