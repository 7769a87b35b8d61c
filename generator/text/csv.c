/*
 * The text is cut into rows here and each row is given to libcsv, which cuts
 * it into fields. A row without quotes is a physical line, and its fields are
 * slices of it. A row with quotes is walked cell by cell before: only so a
 * quote that is never closed can be told at the place where it was opened,
 * and libcsv never sees it.
 *
 * Which separator a file uses is tried out on the first row that is not
 * blank: the one whose header fits, else the one that gives most cells. So is
 * windows-1251, on a file that is not UTF-8.
 */
#include "text/csv.h"

#include "base/intl.h"
#include "text/csv_cell.h"

#include <csv.h>
#include <string.h>

static const char SEPARATORS[] = {',', ';', '\t'};
enum { NSEPARATORS = sizeof(SEPARATORS), PARSER_STEP = 16 * 1024 };
#define FEED_UNKNOWN SIZE_MAX

struct reading {
	struct csv_parser parser;
	struct arena *a;
	const char *file;
	const struct csv_reader *reader;
	struct diag *diag;
	struct csv_info *info;
	struct str text;
	size_t at;      /* where the next row begins */
	size_t feed;    /* the next LF at or after `at`, or FEED_UNKNOWN */
	uint32_t line;  /* of `at` */
	size_t columns; /* of the header */
	uint32_t rows;  /* given to the reader */
	char separator;
	struct csv_row row;
	struct str *fields; /* [CSV_COLUMNS] */
	/* of the row being cut: */
	const char *cursor, *end; /* a row without quotes: what is not cut yet */
	char *packed;             /* a row with quotes: where its fields are kept */
	bool quoted, ended;
};

static const char *const SAVE_AS_UTF8 =
    N_("Open the file in Excel and save it as “CSV UTF-8 (comma delimited)”.");

static size_t line_end(struct reading *r, size_t at)
{
	if (r->feed == FEED_UNKNOWN || r->feed < at) {
		const char *lf = memchr(r->text.p + at, '\n', r->text.n - at);
		r->feed = lf ? (size_t)(lf - r->text.p) : r->text.n;
	}
	const char *cr = r->feed > at ? memchr(r->text.p + at, '\r', r->feed - at) : NULL;
	return cr ? (size_t)(cr - r->text.p) : r->feed;
}

/* Past the line end that stands at an offset. */
static size_t past_end(struct str text, size_t at)
{
	if (at < text.n && text.p[at] == '\r')
		at++;
	else if (at < text.n && text.p[at] == '\n')
		return at + 1;
	if (at < text.n && text.p[at] == '\n')
		at++;
	return at;
}

static struct str slice(struct str text, size_t from, size_t to)
{
	return (struct str){text.p + from, to - from};
}

static struct diag_place place_of(const struct reading *r, size_t offset)
{
	uint32_t line, column;
	charset_place(slice(r->text, r->at, r->text.n), offset - r->at, &line, &column);
	return DIAG_AT(r->file, r->line + line - 1, column);
}

static void report_quote(const struct reading *r, const struct csv_shape *cell)
{
	struct diag_place opened = place_of(r, cell->begin);
	if (cell->open)
		diag_add(r->diag, DIAG_ERROR, "csv-quote", opened, STR_NONE,
		    _("Put a quote at the end of the cell. Quotes inside a cell are doubled: \"School \"\"Sunrise\"\"\"."),
		    _("the quote opened here, in the row of line %u, is never closed, so the rest of the file would be one cell"),
		    r->line);
	else
		diag_add(r->diag, DIAG_ERROR, "csv-quote", place_of(r, cell->end), STR_NONE,
		    _("Quotes inside a cell are doubled: \"School \"\"Sunrise\"\"\"; or the quote at the beginning of the cell is one too many."),
		    _("text stands after the closing quote of the cell that begins in line %u, character %u"),
		    opened.line, opened.column);
}

enum taken { TAKEN_ROW, TAKEN_BAD, TAKEN_END };

/* The next row's text. After TAKEN_BAD the file goes on at the next line. */
static enum taken take_row(struct reading *r, bool report)
{
	size_t begin = r->at;
	if (begin >= r->text.n)
		return TAKEN_END;
	r->row.line = r->line;
	size_t first_end = line_end(r, begin), end = first_end;
	r->quoted = end > begin && memchr(r->text.p + begin, '"', end - begin);
	if (!r->quoted) {
		r->row.source = slice(r->text, begin, end);
		r->at = past_end(r->text, end);
		r->line++;
		return TAKEN_ROW;
	}
	struct csv_shape cell = csv_shape_at(r->text, begin, r->separator);
	while (
	    !cell.open && !cell.junk && cell.end < r->text.n && r->text.p[cell.end] == r->separator)
		cell = csv_shape_at(r->text, cell.end + 1, r->separator);
	bool bad = cell.open || cell.junk;
	if (bad && report)
		report_quote(r, &cell);
	end = cell.junk ? line_end(r, cell.end) : cell.end;
	uint32_t lines = 1, column;
	if (end != first_end)
		charset_place(slice(r->text, begin, r->text.n), end - begin, &lines, &column);
	r->row.source = slice(r->text, begin, end);
	r->at = past_end(r->text, end);
	r->line += lines;
	return bad ? TAKEN_BAD : TAKEN_ROW;
}

static void take_field(void *data, size_t n, void *payload)
{
	struct reading *r = payload;
	struct str field = {r->packed, n};
	if (r->packed) {
		if (n)
			memcpy(r->packed, data, n);
		r->packed += n;
	} else {
		const char *p = r->cursor, *end = r->end;
		while (p < end && csv_is_blank(*p, r->separator))
			p++;
		field.p = p;
		p += n;
		while (p < end && csv_is_blank(*p, r->separator))
			p++;
		r->cursor = p + 1;
	}
	if (r->row.count < CSV_COLUMNS)
		r->fields[r->row.count] = field;
	r->row.count++;
}

static void take_end(int character, void *payload)
{
	(void)character;
	((struct reading *)payload)->ended = true;
}

/* Cut the row that was taken into fields. */
static void cut_row(struct reading *r)
{
	struct str source = r->row.source;
	r->row.count = 0;
	r->ended = false;
	r->cursor = source.p;
	r->end = source.p + source.n;
	r->packed = r->quoted ? arena_alloc(r->a, source.n + 1) : NULL;
	/* The line end goes with the row, where the text has one. */
	size_t n = source.n + (r->end < r->text.p + r->text.n);
	csv_parse(&r->parser, source.p, n, take_field, take_end, r);
	if (!r->ended)
		csv_fini(&r->parser, take_field, take_end, r);
}

static bool row_is_blank(const struct csv_row *row)
{
	size_t count = row->count < CSV_COLUMNS ? row->count : CSV_COLUMNS;
	for (size_t i = 0; i < count; i++) {
		struct str field = row->fields[i];
		if (field.n && (field.p[0] > ' ' || str_trim(field).n)) /* mostly the former */
			return false;
	}
	return row->count <= CSV_COLUMNS;
}

static void set_separator(struct reading *r, char separator)
{
	r->separator = separator;
	csv_set_delim(&r->parser, (unsigned char)separator);
}

static void rewind_text(struct reading *r)
{
	r->at = 0;
	r->feed = FEED_UNKNOWN;
	r->line = 1;
}

/* Before the separator is known, each of them may make a blank row. */
static bool only_separators(struct str source)
{
	size_t i = 0;
	while (i < source.n && strchr(",;\t \"", source.p[i]))
		i++;
	return i == source.n;
}

/* Move to the first row that is not blank and cut it. */
static enum taken take_header(struct reading *r, bool report)
{
	enum taken taken;
	do {
		taken = take_row(r, report);
		if (taken == TAKEN_ROW)
			cut_row(r);
	} while (taken == TAKEN_ROW && (only_separators(r->row.source) || row_is_blank(&r->row)));
	return taken;
}

/* Choose the separator by the header; does a header fit? */
static bool find_separator(struct reading *r)
{
	char best = SEPARATORS[0];
	size_t best_count = 0;
	bool fits = false;
	for (size_t i = 0; i < NSEPARATORS; i++) {
		rewind_text(r);
		set_separator(r, SEPARATORS[i]);
		if (take_header(r, false) != TAKEN_ROW)
			continue;
		bool fit = r->row.count <= CSV_COLUMNS &&
		    r->reader->header(r->reader->payload, &r->row, false) == 0;
		if ((fit && !fits) || (fit == fits && r->row.count > best_count)) {
			best = SEPARATORS[i];
			best_count = r->row.count;
			fits = fit;
		}
	}
	rewind_text(r);
	set_separator(r, best);
	return fits;
}

static int fail(const struct reading *r, const char *rule, struct diag_place at, const char *remedy,
    const char *text)
{
	diag_add(r->diag, DIAG_ERROR, rule, at, STR_NONE, remedy, "%s", text);
	return -1;
}

static int refuse_nul(const struct reading *r, struct str text)
{
	const char *nul = text.n ? memchr(text.p, 0, text.n) : NULL;
	uint32_t line, column;
	if (!nul)
		return 0;
	if (str_starts(text, "PK\x03\x04") || str_starts(text, "\xD0\xCF\x11\xE0"))
		return fail(r, "csv-nul", DIAG_AT(r->file, 0, 0), _(SAVE_AS_UTF8),
		    _("this is an Excel workbook under another name, not a CSV file"));
	charset_place(text, (size_t)(nul - text.p), &line, &column);
	return fail(r, "csv-nul", DIAG_AT(r->file, line, column), _(SAVE_AS_UTF8),
	    _("the file holds a zero byte: it is damaged, or no CSV file"));
}

/* Not valid UTF-8: windows-1251 if that gives a header that fits. */
static int try_1251(struct reading *r, struct str bytes)
{
	uint32_t line, column;
	if (refuse_nul(r, bytes))
		return -1;
	charset_first_bad(bytes, &line, &column);
	if (charset_damaged_utf8(bytes))
		return fail(r, "csv-encoding", DIAG_AT(r->file, line, column),
		    _("Type this place anew and save the file again as “CSV UTF-8”."),
		    _("the file is UTF-8 but damaged here: these bytes are no letter"));
	r->text = charset_1251(r->a, bytes);
	r->info->charset = CHARSET_1251;
	if (r->text.p && find_separator(r))
		return 0;
	return fail(r, "csv-encoding", DIAG_AT(r->file, line, column), _(SAVE_AS_UTF8),
	    _("the file is neither UTF-8 (this is the first place that is not) nor windows-1251 with the columns of this table"));
}

static int open_text(struct reading *r, struct str bytes)
{
	r->text = charset_decode(r->a, bytes, &r->info->charset);
	if (r->info->charset == CHARSET_UNKNOWN)
		return try_1251(r, bytes);
	if (refuse_nul(r, r->text))
		return -1;
	find_separator(r);
	return 0;
}

static const char *separator_name(char separator)
{
	return separator == ';' ? _("semicolon") : separator == '\t' ? _("tab") : _("comma");
}

static void note_form(const struct reading *r)
{
	enum charset charset = r->info->charset;
	if ((charset == CHARSET_UTF8 || charset == CHARSET_UTF8_BOM) && r->separator == ',')
		return;
	diag_add(r->diag, DIAG_NOTE, "csv-encoding", DIAG_AT(r->file, 0, 0), STR_NONE, NULL,
	    _("read as %s, separator: %s"), charset_name(charset), separator_name(r->separator));
}

static int read_header(struct reading *r)
{
	enum taken taken = take_header(r, true);
	if (taken == TAKEN_BAD)
		return -1;
	if (taken == TAKEN_END)
		return fail(r, "csv-header", DIAG_AT(r->file, 1, 1),
		    _("The first row names the columns; `vidno new` makes a table with its header."),
		    _("the file is empty: it has not even a row of column names"));
	if (r->row.count > CSV_COLUMNS)
		return fail(r, "csv-header", DIAG_AT(r->file, r->row.line, 1),
		    _("Delete the columns that do not belong to the table."),
		    _("the table has too many columns"));
	note_form(r);
	r->info->separator = r->separator;
	r->columns = r->row.count;
	return r->reader->header(r->reader->payload, &r->row, true);
}

static void report_count(const struct reading *r)
{
	const struct csv_row *row = &r->row;
	bool more = row->count > r->columns;
	uint32_t line;
	uint32_t column = csv_column(row, r->separator, more ? r->columns : row->count, &line);
	const char *remedy = !more
	    ? _("Fill in the missing cells; a cell without a value is empty but its separator stays.")
	    : r->separator == ','
	    ? _("Put a text with a comma, or a number with a decimal comma, in quotes; or delete the cells that are too many.")
	    : _("Put a text with a separator in it in quotes; or delete the cells that are too many.");
	diag_add(r->diag, DIAG_ERROR, "csv-cells", DIAG_AT(r->file, line, column), STR_NONE, remedy,
	    more ? _("the row has %zu cells, more than the %zu columns of the header")
	         : _("the row has %zu cells, fewer than the %zu columns of the header"),
	    row->count, r->columns);
}

/* What was complained of may still be looked at as text. */
static void give_bad(struct reading *r)
{
	if (r->reader->bad)
		r->reader->bad(r->reader->payload, &r->row);
}

static void read_rows(struct reading *r)
{
	for (enum taken taken; (taken = take_row(r, true)) != TAKEN_END;) {
		if (taken == TAKEN_BAD) {
			give_bad(r);
			continue;
		}
		cut_row(r);
		if (row_is_blank(&r->row)) {
			r->info->blank++;
		} else if (r->row.count != r->columns) {
			report_count(r);
			give_bad(r);
		} else if (r->rows++ == CSV_ROWS) {
			fail(r, "csv-rows", DIAG_AT(r->file, r->row.line, 1),
			    _("Divide the table: a department's table has thousands of rows, not millions."),
			    _("the table has too many rows; the rest is not read"));
			return;
		} else if (r->reader->row(r->reader->payload, &r->row)) {
			return;
		}
	}
}

int csv_read(struct csv_info *out, struct arena *a, const char *file, struct str bytes,
    const struct csv_reader *reader, struct diag *diag)
{
	size_t errors = diag->errors;
	struct reading r = {.a = a, .file = file, .reader = reader, .diag = diag, .info = out};
	int failed = -1;

	*out = (struct csv_info){.separator = ','};
	csv_init(&r.parser, 0);
	csv_set_realloc_func(&r.parser, xrealloc);
	csv_set_blk_size(&r.parser, PARSER_STEP);
	r.fields = arena_array(a, CSV_COLUMNS, sizeof(*r.fields));
	r.row.fields = r.fields;
	if (open_text(&r, bytes) == 0 && read_header(&r) == 0) {
		read_rows(&r);
		failed = 0;
	}
	out->lines = r.line ? r.line - 1 : 0;
	csv_free(&r.parser);
	return failed || diag->errors > errors ? -1 : 0;
}
