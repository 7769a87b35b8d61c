/*
 * Columns are found once, from the header. Each row begins as a copy of a
 * blank one (missing values and defaults), then each cell that is not missing
 * is read into it. A cell that repeats the one above it takes its value, which
 * most cells of long tables do.
 *
 * References into the table that is being read (metrics.csv: of) wait until
 * its last row. Of a row with errors the wrong cells stay missing; without
 * its key it is not kept.
 */
#include "model/table.h"

#include "base/intl.h"
#include "model/cell.h"
#include "model/header.h"
#include "model/key.h"

#include <string.h>

/* How many rows tell how long the rows of a file are. */
enum { ROWS_MEASURED = 64 };

/* A reference that is resolved after the last row. */
struct pending {
	size_t row;
	const struct column *column;
	struct str text;
	struct diag_place at;
};

struct reading {
	struct table *t;
	struct arena *a;
	const struct schema *schema;
	struct cells cells;
	struct header header;
	const struct table *metrics;
	const struct column *scope, *school; /* of a scoped table */
	void *blank;                         /* a row with nothing but defaults */
	struct buf key;
	struct pending *pending;
	size_t npending, pending_cap;
	size_t file_bytes, seen_bytes, seen_rows; /* for guessing the number of rows */
	size_t errors;                            /* found here, not in the shape of the file */
};

static void *at(const void *row, size_t offset)
{
	return (char *)row + offset;
}

static int default_word(const struct column *c)
{
	int i = 0;
	while (c->fallback && c->values[i] && strcmp(c->values[i], c->fallback) != 0)
		i++;
	return c->fallback ? i + 1 : 0;
}

static void *make_blank(struct arena *scratch, const struct schema *s)
{
	void *row = arena_alloc(scratch, s->row_size);
	for (size_t i = 0; i < s->count; i++) {
		const struct column *c = &s->columns[i];
		struct decimal number;
		int word = c->type == COLUMN_ENUM ? default_word(c) : 0;
		int64_t count = -1;
		if (c->type == COLUMN_COUNT &&
		    decimal_parse(&number, str_of(c->fallback), false) == 0)
			count = number.digits;
		if (c->type == COLUMN_ENUM)
			memcpy(at(row, c->offset), &word, sizeof(word));
		else if (c->type == COLUMN_COUNT)
			memcpy(at(row, c->offset), &count, sizeof(count));
	}
	return row;
}

/* Room for one more row; a long file gets the room for all of it at once. */
static void *next_row(struct reading *r)
{
	struct table *t = r->t;
	if (t->count == t->cap) {
		size_t wanted = t->cap ? t->cap * 2 : 8, guess = 0;
		if (r->seen_rows >= ROWS_MEASURED)
			guess = r->file_bytes / (r->seen_bytes / r->seen_rows);
		if (guess > CSV_ROWS)
			guess = CSV_ROWS;
		if (wanted < guess + guess / 16)
			wanted = guess + guess / 16;
		void *rows = arena_array(r->a, wanted, r->schema->row_size);
		if (t->count)
			memcpy(rows, t->rows, t->count * r->schema->row_size);
		t->rows = rows;
		t->cap = wanted;
	}
	return at(t->rows, t->count * r->schema->row_size);
}

/* Most cells have no blanks around them and begin and end with ASCII. */
static struct str trim(struct str s)
{
	if (s.n == 0 || (s.p[0] > ' ' && s.p[s.n - 1] > ' '))
		return s;
	return str_trim(s);
}

/* "-" and the like are short and begin with few letters. */
static bool is_missing(struct str s)
{
	return s.n == 0 ||
	    ((unsigned char)s.p[0] >= 0x80 || s.p[0] == '-' ? cell_missing(s) : false);
}

static void store_metric(const struct binding *b, struct context *row)
{
	struct decimal value = b->value.number;
	if (b->column->type == COLUMN_COUNT)
		value = decimal_of(b->value.count);
	else if (b->column->type == COLUMN_YESNO)
		value = decimal_of(b->value.small == YESNO_YES);
	row->values[b->metric->row.index] = value;
}

static void store(const struct binding *b, void *row)
{
	void *place = at(row, b->column->offset);
	size_t size = cell_size(b->column->type);
	/* Known sizes make one instruction of each copy. */
	if (b->metric)
		store_metric(b, row);
	else if (size == sizeof(int64_t))
		memcpy(place, &b->value, sizeof(int64_t));
	else if (size == sizeof(int32_t))
		memcpy(place, &b->value, sizeof(int32_t));
	else
		memcpy(place, &b->value, size);
}

static void postpone(struct reading *r, const struct column *column, size_t i, struct str text)
{
	r->pending = arena_grow(
	    r->cells.scratch, r->pending, r->npending, &r->pending_cap, sizeof(*r->pending));
	r->pending[r->npending++] = (struct pending){
	    .row = r->t->count,
	    .column = column,
	    .text = text,
	    .at = cell_place(&r->cells, i),
	};
}

/* A metric's own bounds, of metrics.csv. */
static int check_metric(struct reading *r, const struct binding *b, size_t i, struct str text)
{
	const struct metric *m = b->metric;
	struct decimal value = b->value.number;
	if (b->column->type == COLUMN_YESNO)
		return 0;
	if (b->column->type == COLUMN_COUNT)
		value = decimal_of(b->value.count);
	bool low = m->minimum.set && decimal_cmp(value, m->minimum) < 0;
	bool high = m->maximum.set && decimal_cmp(value, m->maximum) > 0;
	if (!low && !high)
		return 0;
	diag_add(r->cells.context->diag, DIAG_ERROR, "cell-range", cell_place(&r->cells, i), text,
	    _("Check the value; what is possible is set in metrics.csv (minimum, maximum)."),
	    low ? _("“%s” cannot be so small") : _("“%s” cannot be so large"), m->title);
	return -1;
}

/* One cell into the row. 0, or -1 when the row cannot do without it. */
static int read_cell(struct reading *r, size_t i, struct str text, void *row)
{
	struct binding *b = &r->header.bindings[i];
	const struct column *c = b->column;
	bool needed = c->flags & (COLUMN_REQUIRED | COLUMN_KEY);
	if (is_missing(text)) {
		if (!(c->flags & COLUMN_REQUIRED))
			return 0;
		diag_add(r->cells.context->diag, DIAG_ERROR, "cell-required",
		    cell_place(&r->cells, i), text, _("Fill in the cell, or delete the row."),
		    _("the column “%s” (“%s”) must not be empty"), c->name, c->title_ru);
		return -1;
	}
	if (c->type == COLUMN_REF && c->refers == r->schema->id) {
		postpone(r, c, i, text);
		return 0;
	}
	bool repeats = text.n == b->last.n && text.p[0] == b->last.p[0] && str_eq(text, b->last);
	if (!repeats) {
		b->last.n = 0;
		if (cell_read(&b->value, &r->cells, c, i, text))
			return needed ? -1 : 0;
		if (b->metric && check_metric(r, b, i, text))
			return 0;
		b->last = text;
	}
	store(b, row);
	return 0;
}

/* What waits for this row waits for a row that is not kept. */
static int drop_row(struct reading *r)
{
	for (size_t i = r->npending; i > 0 && r->pending[i - 1].row == r->t->count; i--)
		r->pending[i - 1].row = SIZE_MAX;
	return 0;
}

/* Where to point for a column: its cell, or the row when the file has none. */
static struct diag_place column_place(const struct reading *r, const struct column *column)
{
	for (size_t i = 0; i < r->header.count; i++)
		if (r->header.bindings[i].column == column)
			return cell_place(&r->cells, i);
	return DIAG_AT(r->cells.file, r->cells.row->line, 1);
}

static int check_scope(const struct reading *r, const void *row)
{
	int scope;
	const struct school *school;
	if (!r->schema->scoped)
		return 0;
	memcpy(&scope, at(row, r->scope->offset), sizeof(scope));
	memcpy(&school, at(row, r->school->offset), sizeof(school));
	if ((scope == SCOPE_SCHOOL) == (school != NULL))
		return 0;
	if (!school)
		diag_add(r->cells.context->diag, DIAG_ERROR, "row-school",
		    column_place(r, r->school), STR_NONE,
		    _("Write the school; for figures of the whole municipality or region write that in the column “scope” (“охват”)."),
		    _("the row is about a school and does not say which"));
	else
		diag_add(r->cells.context->diag, DIAG_ERROR, "row-school",
		    column_place(r, r->school), str_of(school->id),
		    _("Empty the cell, or write school in the column “scope” (“охват”)."),
		    _("the row is about the %s, so it names no school"),
		    schema_word(r->scope, scope));
	return -1;
}

static void report_key(struct reading *r, const struct row *other)
{
	struct buf names = BUF_INIT(BUF_LINE);
	const struct column *first = NULL;
	for (size_t i = 0; i < r->schema->count; i++) {
		const struct column *c = &r->schema->columns[i];
		if (!(c->flags & COLUMN_KEY))
			continue;
		buf_addf(&names, "%s%s", first ? ", " : "", c->name);
		if (!first)
			first = c;
	}
	for (size_t i = 0; i < r->key.len; i++)
		if (r->key.data[i] == KEY_PART)
			r->key.data[i] = ' ';
	diag_add(r->cells.context->diag, DIAG_ERROR, "row-key", column_place(r, first),
	    buf_str(&r->key),
	    _("Keep one of the two rows, or mend the cell that makes them the same."),
	    _("the same %s as in line %u"), names.data, other->line);
	buf_clear(&names);
}

static int read_header(void *payload, const struct csv_row *row, bool sure)
{
	struct reading *r = payload;
	if (!sure)
		return header_fits(r->schema, r->metrics, row) ? 0 : -1;
	r->cells.row = row;
	r->cells.separator = r->t->info.separator;
	const size_t *errors = &r->cells.context->diag->errors, before = *errors;
	int err = header_bind(&r->header, &r->cells, r->t, r->metrics);
	r->errors += *errors - before;
	r->t->partial |= err || r->header.incomplete;
	return err;
}

static int keep_row(struct reading *r, const struct csv_row *fields)
{
	struct table *t = r->t;
	int failed = 0;

	r->seen_bytes += fields->source.n + 1;
	r->seen_rows++;
	r->cells.row = fields;
	void *row = next_row(r);
	memcpy(row, r->blank, r->schema->row_size);
	*(struct row *)row = (struct row){t->file, fields->line, (uint32_t)t->count};
	if (r->schema->open_metrics)
		((struct context *)row)->values =
		    arena_array(r->a, r->metrics ? r->metrics->count : 0, sizeof(struct decimal));
	for (size_t i = 0; i < fields->count; i++)
		if (r->header.bindings[i].column)
			failed |= read_cell(r, i, trim(fields->fields[i]), row);
	if (failed || r->header.incomplete || check_scope(r, row)) {
		t->partial = true;
		return drop_row(r);
	}
	buf_reset(&r->key);
	key_write(&r->key, r->schema, row);
	const struct row *other = key_add(t, r->a, buf_str(&r->key));
	if (other) {
		report_key(r, other);
		return drop_row(r);
	}
	t->count++;
	return 0;
}

static int read_row(void *payload, const struct csv_row *fields)
{
	struct reading *r = payload;
	const size_t *errors = &r->cells.context->diag->errors, before = *errors;
	int err = keep_row(r, fields);
	r->errors += *errors - before;
	return err;
}

/* References of the table to itself: all rows are there now. */
static void resolve(struct reading *r)
{
	for (size_t i = 0; i < r->npending; i++) {
		const struct pending *p = &r->pending[i];
		const void *target = table_find(r->t, p->text);
		if (target && p->row < r->t->count)
			memcpy(at(table_row(r->t, p->row), p->column->offset), &target,
			    sizeof(target));
		else if (!target && !r->t->partial)
			diag_add(r->cells.context->diag, DIAG_ERROR, "cell-reference", p->at,
			    p->text,
			    _("Write an id of the first column of this table, or add a row with this one."),
			    _("the table has no row with this id"));
	}
}

static void begin(struct reading *r, const struct table_context *context, struct arena *scratch)
{
	struct table *t = r->t;
	if (r->schema->date_offset)
		memcpy(at(r->blank, r->schema->date_offset), &context->date, sizeof(context->date));
	if (r->schema->scoped) {
		r->scope = schema_column(r->schema, STR("scope"));
		r->school = schema_column(r->schema, STR("school"));
	}
	r->metrics = context->tables ? context->tables[TABLE_METRICS] : NULL;
	r->cells = (struct cells){
	    .context = context,
	    .scratch = scratch,
	    .file = t->file,
	    .spellings = MAP_INIT(scratch),
	};
}

int table_read(struct table *t, const struct table_context *context, enum table_id id,
    const char *file, struct str bytes)
{
	struct arena scratch = ARENA_INIT;
	struct reading r = {
	    .t = t,
	    .a = context->arena,
	    .schema = schema_of(id),
	    .key = BUF_INIT(BUF_PAGE),
	    .file_bytes = bytes.n,
	};
	struct csv_reader reader = {.payload = &r, .header = read_header, .row = read_row};
	size_t errors = context->diag->errors;

	t->schema = r.schema;
	t->file = arena_strdup(r.a, file);
	r.blank = make_blank(&scratch, r.schema);
	begin(&r, context, &scratch);
	csv_read(&t->info, &scratch, t->file, bytes, &reader, context->diag);
	t->partial |= context->diag->errors - errors > r.errors;
	resolve(&r);
	buf_clear(&r.key);
	arena_clear(&scratch);
	return context->diag->errors > errors ? -1 : 0;
}

bool table_add(struct table *t, struct arena *a, const void *row)
{
	struct buf key = BUF_INIT(BUF_PAGE);
	t->rows = arena_grow(a, t->rows, t->count, &t->cap, t->schema->row_size);
	struct row *copy = table_row(t, t->count);
	memcpy(copy, row, t->schema->row_size);
	copy->index = (uint32_t)t->count;
	key_write(&key, t->schema, copy);
	bool added = key_add(t, a, buf_str(&key)) == NULL;
	buf_clear(&key);
	t->count += added;
	return added;
}

void *table_row(const struct table *t, size_t i)
{
	return (char *)t->rows + i * t->schema->row_size;
}

const char *row_id(const void *row)
{
	const char *id = NULL;
	if (row)
		memcpy(&id, at(row, sizeof(struct row)), sizeof(id));
	return id;
}

void *table_find(const struct table *t, struct str key)
{
	return key_find(t, key);
}
