/*
 * A cell is walked letter by letter: blanks, the quotes if it begins with one,
 * and what follows up to the separator or the line end. Cells are also written
 * here.
 */
#include "text/csv_cell.h"

#include "text/csv.h"

#include <string.h>

bool csv_is_blank(char c, char separator)
{
	return (c == ' ' || c == '\t') && c != separator;
}

struct csv_shape csv_shape_at(struct str text, size_t at, char separator)
{
	const char *p = text.p;
	while (at < text.n && csv_is_blank(p[at], separator))
		at++;
	struct csv_shape cell = {.begin = at, .end = at};
	bool quoted = at < text.n && p[at] == '"';
	while (quoted) {
		const char *close =
		    at + 1 < text.n ? memchr(p + at + 1, '"', text.n - at - 1) : NULL;
		if (!close) {
			cell.open = true;
			cell.end = text.n;
			return cell;
		}
		at = (size_t)(close - p) + 1;
		quoted = at < text.n && p[at] == '"'; /* doubled: goes on */
		if (!quoted)
			cell.junk = true; /* unless only blanks follow */
	}
	if (cell.junk)
		while (at < text.n && csv_is_blank(p[at], separator))
			at++;
	bool ends = at >= text.n || p[at] == separator || p[at] == '\n' || p[at] == '\r';
	cell.end = at;
	cell.junk = cell.junk && !ends;
	if (cell.junk)
		return cell;
	while (cell.end < text.n && p[cell.end] != separator && p[cell.end] != '\n' &&
	    p[cell.end] != '\r')
		cell.end++;
	return cell;
}

static size_t line_end(struct str text, size_t at)
{
	const char *lf = memchr(text.p + at, '\n', text.n - at);
	size_t end = lf ? (size_t)(lf - text.p) : text.n;
	const char *cr = memchr(text.p + at, '\r', end - at);
	return cr ? (size_t)(cr - text.p) : end;
}

size_t csv_row_after(struct str text, size_t at, char separator)
{
	size_t end = line_end(text, at);
	if (memchr(text.p + at, '"', end - at)) {
		struct csv_shape cell = csv_shape_at(text, at, separator);
		while (
		    !cell.open && !cell.junk && cell.end < text.n && text.p[cell.end] == separator)
			cell = csv_shape_at(text, cell.end + 1, separator);
		end = cell.junk ? line_end(text, cell.end) : cell.end;
	}
	if (end < text.n && text.p[end] == '\r')
		end++;
	else if (end < text.n && text.p[end] == '\n')
		return end + 1;
	return end < text.n && text.p[end] == '\n' ? end + 1 : end;
}

uint32_t csv_column(const struct csv_row *row, char separator, size_t i, uint32_t *line)
{
	struct csv_shape cell = csv_shape_at(row->source, 0, separator);
	size_t at = cell.begin;
	for (; i > 0; i--) {
		at = cell.end;
		if (cell.end >= row->source.n)
			break;
		cell = csv_shape_at(row->source, cell.end + 1, separator);
		at = cell.begin;
	}
	uint32_t column;
	charset_place(row->source, at, line, &column);
	*line += row->line - 1;
	return column;
}

static bool must_quote(struct str text)
{
	static const bool quoted[256] = {
	    ['"'] = true, [','] = true, [';'] = true, ['\r'] = true, ['\n'] = true, ['\t'] = true};
	if (text.n && (text.p[0] == ' ' || text.p[text.n - 1] == ' '))
		return true;
	for (size_t i = 0; i < text.n; i++)
		if (quoted[(unsigned char)text.p[i]])
			return true;
	return false;
}

void csv_cell(struct buf *out, struct str text, bool guard)
{
	bool formula = guard && text.n && strchr("=+-@\t\r", text.p[0]) && text.p[0];
	bool quote = must_quote(text);
	if (quote)
		buf_addc(out, '"');
	if (formula)
		buf_addc(out, '\'');
	for (size_t i = 0; quote && i < text.n; i++) {
		if (text.p[i] == '"')
			buf_addc(out, '"');
		buf_addc(out, text.p[i]);
	}
	if (quote)
		buf_addc(out, '"');
	else
		buf_add(out, text.p, text.n);
}
