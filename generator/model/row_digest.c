/*
 * A row's digest is the sum of the digests of its cells, each salted with its
 * column, so that the order of columns does not count; a cell that repeats the
 * one above it takes its digest.
 *
 * A part of the rows (model/row_changes) is read behind the header of its
 * version, whose columns are known already then.
 */
#include "model/row_text.h"

#include "model/cell.h"
#include "model/header.h"
#include "text/csv_cell.h"

#include <string.h>

struct digesting {
	struct row_digests *out; /* NULL: only the header is wanted */
	struct arena *scratch;
	const struct schema *schema;
	struct table_context context;
	struct cells cells;
	struct cell_column *columns; /* of the header, or given */
	size_t ncolumns;
	struct str header; /* its text */
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
	if (g->columns)
		return row->count == g->ncolumns ? 0 : -1;
	if (!is_header(g->schema, row))
		return -1;
	if (!sure)
		return 0;
	g->readable = true;
	g->header = row->source;
	g->ncolumns = row->count;
	g->columns = arena_array(g->scratch, row->count, sizeof(*g->columns));
	for (size_t i = 0; i < row->count; i++) {
		struct cell_column *c = &g->columns[i];
		c->column = header_column(g->schema, str_trim(row->fields[i]));
		c->salt =
		    c->column ? str_hash(str_of(c->column->name)) : salt_of_title(row->fields[i]);
	}
	return g->out ? 0 : -1;
}

static struct csv_info read_text(struct digesting *g, enum table_id id, struct str text)
{
	struct diag quiet = DIAG_INIT;
	struct csv_info info;
	const struct csv_reader reader = {g, read_header, read_row, read_bad};
	g->schema = schema_of(id);
	g->context = (struct table_context){.arena = g->scratch, .diag = &quiet};
	g->cells = (struct cells){.context = &g->context, .scratch = g->scratch, .file = ""};
	csv_read(&info, g->scratch, "", text, &reader, &quiet);
	diag_clear(&quiet);
	return info;
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

struct str row_text_decode(struct arena *a, struct str bytes)
{
	enum charset which;
	struct str text = charset_decode(a, bytes, &which);
	if (which != CHARSET_UNKNOWN)
		return text;
	return charset_damaged_utf8(bytes) ? repaired(a, bytes) : charset_1251(a, bytes);
}

void row_text_open(struct row_text *out, struct arena *a, enum table_id id, struct str text)
{
	struct digesting g = {.scratch = a};
	*out = (struct row_text){.table = id, .text = text};
	if (!text.n)
		return;
	out->separator = read_text(&g, id, text).separator;
	out->readable = g.readable;
	out->header = g.header;
	out->columns = g.columns;
	out->ncolumns = g.ncolumns;
	if (g.readable)
		out->body = csv_row_after(text, (size_t)(g.header.p - text.p), out->separator);
}

void row_text_digest(
    struct row_digests *out, struct arena *a, const struct row_text *version, struct str rows)
{
	struct digesting g = {.out = out, .scratch = a, .ncolumns = version->ncolumns};
	struct buf text = BUF_INIT(BUF_FILE);
	if (!version->readable || !rows.n)
		return;
	/* Nothing is remembered of the rows before. */
	g.columns = arena_array(a, version->ncolumns + 1, sizeof(*g.columns));
	for (size_t i = 0; i < version->ncolumns; i++)
		g.columns[i] = (struct cell_column){
		    .column = version->columns[i].column, .salt = version->columns[i].salt};
	buf_add(&text, version->header.p, version->header.n);
	buf_addc(&text, '\n');
	buf_add(&text, rows.p, rows.n);
	read_text(&g, version->table, buf_str(&text));
	buf_clear(&text);
}

void row_digests(struct row_digests *out, enum table_id id, struct str bytes)
{
	struct arena scratch = ARENA_INIT;
	struct digesting g = {.out = out, .scratch = &scratch};
	struct str text = row_text_decode(&scratch, bytes);
	if (text.n)
		read_text(&g, id, text);
	arena_clear(&scratch);
}
