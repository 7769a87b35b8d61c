/*
 * The text is walked line by line. What the parser's time depends on is summed
 * up, each sum a bound from above, and the first that goes over its limit ends
 * the walk. A "run" is a row of lines without a blank one between them: no
 * paragraph and no table reaches past it.
 *
 *   pipes     a table costs the square of its width, for each row
 *   cells     a row is filled up to the width of its table
 *   heads     a line that may be the second one of a table makes the parser
 *             look through the whole run before it, lines times bytes
 *   links     each ']' may walk over all open "![" and all runs of * and _
 *             before it
 *   html      each "<!" and "<?" looks for its end through the run
 *   copies    each '[' may copy the destination of a reference
 *   marks     characters, lines and list items that become nodes of the tree
 *   nesting   each line walks through all open lists and quotes
 *
 * One thing is no question of time: of a footnote mark that goes on in the
 * next line the parser loses a part of the text.
 *
 * Code is not told from text: where code ends depends on what is around it,
 * and a bound that can be talked out of is none.
 */
#include "text/markdown_bounds.h"

#include "base/intl.h"
#include "text/charset.h"
#include "text/markdown.h"

#include <string.h>
#include <strings.h>

enum {
	MAX_CELLS = 200 * 1000,
	MAX_MARKS = 500 * 1000,
	MAX_LINE_WORK = 5 * 1000 * 1000,
	MAX_HEAD_WORK = 100 * 1000 * 1000,
	MAX_LINK_WORK = 50 * 1000 * 1000,
	MAX_HTML_WORK = 100 * 1000 * 1000,
	MAX_COPIED = 64 * 1024 * 1024
};

struct bounds {
	const char *file;
	uint32_t line;
	struct diag *diag;
	/* the run */
	uint64_t run_bytes, run_lines, columns, openers, opened, definition;
	size_t depth;       /* of containers that may be open */
	uint32_t open_mark; /* line of a "[^" that may be closed in a later line, or 0 */
	/* the text */
	uint64_t cells, marks, line_work, head_work, link_work, html_work, brackets;
	uint64_t longest_definition;
};

/* What stands before the text of a line. */
struct prefix {
	size_t length;
	size_t blanks, quotes;           /* before the first marker: what may go on */
	size_t opened;                   /* quotes, list items, footnotes that may begin */
	bool marked, footnote, is_blank; /* footnote: the line surely begins one */
};

static int refuse(struct bounds *b, const char *rule, const char *remedy, const char *text)
{
	diag_add(
	    b->diag, DIAG_ERROR, rule, DIAG_AT(b->file, b->line, 0), STR_NONE, remedy, "%s", text);
	return -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool blank_at(struct str line, size_t i)
{
	return i >= line.n || is_blank(line.p[i]);
}

/* The length of a list marker at i, or 0. */
static size_t list_marker(struct str line, size_t i)
{
	size_t digits = 0;
	if (i < line.n && is_one_of(line.p[i], "-+*"))
		return blank_at(line, i + 1) ? 1 : 0;
	while (digits < 9 && i + digits < line.n && line.p[i + digits] >= '0' &&
	    line.p[i + digits] <= '9')
		digits++;
	if (!digits || i + digits >= line.n || !is_one_of(line.p[i + digits], ".)"))
		return 0;
	return blank_at(line, i + digits + 1) ? digits + 1 : 0;
}

/* The length of "[^label]:" at i, or 0. */
static size_t footnote_marker(struct str line, size_t i)
{
	if (line.n - i < 5 || line.p[i] != '[' || line.p[i + 1] != '^')
		return 0;
	for (size_t j = i + 2; j + 1 < line.n && !is_blank(line.p[j]); j++)
		if (line.p[j] == ']')
			return line.p[j + 1] == ':' && j > i + 2 ? j + 2 - i : 0;
	return 0;
}

static struct prefix read_prefix(struct str line)
{
	struct prefix p = {0};
	for (size_t marker; p.length < line.n; p.length += marker) {
		char c = line.p[p.length];
		marker = 1;
		if (is_blank(c)) {
			p.blanks += p.marked ? 0 : c == '\t' ? 4 : 1;
		} else if (c == '>') {
			p.quotes += !p.marked;
			p.opened++;
		} else if ((marker = list_marker(line, p.length)) != 0) {
			p.marked = true;
			p.opened++;
		} else if ((marker = footnote_marker(line, p.length)) != 0) {
			p.footnote |= p.opened == 0 && p.blanks < 4;
			p.marked = true;
			p.opened++;
		} else {
			break;
		}
	}
	p.is_blank = p.length == line.n && !p.marked && (p.quotes == 0 || p.blanks < 4);
	return p;
}

/* May the line be the one below a table's header? Then it ends in a row of
 * dashes, colons and bars that begins within the prefix or right after. */
static bool may_be_table_head(struct str line, struct prefix p)
{
	bool dash = false;
	size_t i = line.n;
	while (i > 0 && is_one_of(line.p[i - 1], "|:- \t\v\f"))
		dash |= line.p[--i] == '-';
	return dash && i <= p.length;
}

/* Is the entity at p a '^'? */
static bool is_coded_caret(struct str s)
{
	if (str_starts(s, "&Hat;"))
		return true;
	if (!str_starts(s, "&#"))
		return false;
	bool hex = s.n > 2 && is_one_of(s.p[2], "xX");
	size_t i = hex ? 3 : 2;
	while (i < s.n && s.p[i] == '0')
		i++;
	const char *value = hex ? "5e;" : "94;";
	return s.n - i >= 3 && strncasecmp(s.p + i, value, 3) == 0;
}

/* Past the ']' that surely closes the '[' at `at` in its line, or `at`. Code and
 * addresses in pointed brackets may hide a bracket, so nothing is sure there. */
static size_t past_bracket(struct str line, size_t at)
{
	size_t depth = 0;
	for (size_t i = at; i < line.n && !is_one_of(line.p[i], "`<"); i++) {
		if (line.p[i] == '\\')
			i++;
		else if (line.p[i] == '[')
			depth++;
		else if (line.p[i] == ']' && --depth == 0)
			return i + 1;
	}
	return at;
}

static int check_footnote_marks(struct bounds *b, struct str line)
{
	if (b->open_mark && memchr(line.p, ']', line.n)) {
		b->line = b->open_mark;
		return refuse(b, "markdown-footnote",
		    _("Write a footnote mark like [^1] on one line; where the sign [ is meant as it stands, put a \\ before it."),
		    _("what begins like a footnote mark, with [^, is closed in a later line only"));
	}
	for (size_t i = 0; i + 1 < line.n && !b->open_mark; i++) {
		size_t sign = i + 1 + (line.p[i + 1] == '\\');
		if (line.p[i] == '\\') {
			i++;
		} else if (line.p[i] == '[' && sign < line.n && line.p[sign] == '^') {
			size_t past = past_bracket(line, i);
			if (past == i)
				b->open_mark = b->line;
			else
				i = past - 1;
		}
	}
	return 0;
}

static int check_nesting(struct bounds *b, struct prefix p)
{
	/* A container goes on where the line has its share of blanks or its '>';
	 * within a run, and over blank lines, it goes on without. */
	size_t kept = p.blanks / 2 + p.quotes;
	if (kept > b->depth)
		kept = b->depth;
	size_t depth = p.is_blank ? p.quotes : kept + p.opened;
	if ((b->run_lines == 0 && !p.is_blank) || depth > b->depth)
		b->depth = depth;
	b->line_work += b->depth;
	if (b->depth <= MARKDOWN_NESTING && b->line_work <= MAX_LINE_WORK)
		return 0;
	return refuse(b, "markdown-nesting",
	    _("Use fewer levels, or headings instead of deep lists."),
	    _("lists and quotes are nested too deeply here"));
}

/* Characters of a line that cost something. */
static int read_marks(struct bounds *b, struct str line, struct prefix p, uint64_t *pipes)
{
	for (size_t i = 0; i < line.n; i++) {
		char next = i + 1 < line.n ? line.p[i + 1] : '\n';
		switch (line.p[i]) {
		case '|':
			++*pipes;
			break;
		case '[':
			b->brackets++;
			if (next == '&' &&
			    is_coded_caret((struct str){line.p + i + 1, line.n - i - 1}))
				return refuse(b, "markdown-footnote", _("Write the sign ^ itself."),
				    _("a footnote mark has its ^ written as a code"));
			break;
		case ']':
			b->link_work += b->openers;
			if (next == ':' && b->definition == 0 && (!p.footnote || i >= p.length))
				b->definition = 1;
			break;
		case '!':
			b->openers += next == '[';
			break;
		case '<':
			b->opened += next == '!' || next == '?';
			break;
		case '*':
		case '_':
			b->openers += i == 0 || line.p[i - 1] != line.p[i];
			break;
		case '`':
		case '~':
		case '&':
		case '\\':
			break;
		default:
			continue;
		}
		b->marks++;
	}
	return 0;
}

static int check_table(struct bounds *b, struct str line, struct prefix p, uint64_t pipes)
{
	if (pipes > MARKDOWN_TABLE_COLUMNS + 1)
		return refuse(b, "markdown-table",
		    _("Put the table into a CSV file of data/ and show it with a table block."),
		    _("a table of more than 100 columns is too wide"));
	if (may_be_table_head(line, p)) {
		b->head_work += b->run_bytes * b->run_lines;
		if (pipes + 1 > b->columns)
			b->columns = pipes + 1;
	}
	if (b->columns)
		b->cells += b->columns > pipes + 1 ? b->columns : pipes + 1;
	if (b->cells > MAX_CELLS)
		return refuse(b, "markdown-table",
		    _("Put the table into a CSV file of data/ and show it with a table block."),
		    _("the tables of this file have more than 200,000 cells"));
	if (b->head_work > MAX_HEAD_WORK)
		return refuse(b, "markdown-table", _("Put an empty line before each table."),
		    _("a table follows a very long paragraph without an empty line"));
	return 0;
}

static int check_sums(struct bounds *b)
{
	if (b->link_work > MAX_LINK_WORK)
		return refuse(b, "markdown-brackets",
		    _("Divide the paragraph by empty lines, or put a \\ before signs that are meant as they stand."),
		    _("a paragraph has too many links beside signs *, _ and \"![\""));
	if (b->html_work + b->opened * b->run_bytes > MAX_HTML_WORK)
		return refuse(b, "markdown-html-open",
		    _("Remove the raw HTML, or write &lt; for the sign <."),
		    _("a paragraph has too many signs \"<!\" or \"<?\""));
	if (b->brackets * b->longest_definition > MAX_COPIED)
		return refuse(b, "markdown-references",
		    _("Write the addresses into the links themselves."),
		    _("a very long link definition \"[…]: …\" may be used too often"));
	if (b->marks > MAX_MARKS)
		return refuse(b, "markdown-size", _("Divide the text into several files."),
		    _("the text has far too many lines or special characters"));
	return 0;
}

static void end_run(struct bounds *b)
{
	b->html_work += b->opened * b->run_bytes;
	b->open_mark = 0;
	b->run_bytes = b->run_lines = b->columns = b->openers = b->opened = b->definition = 0;
}

static int check_line(struct bounds *b, struct str line)
{
	uint64_t pipes = 0;
	struct prefix p = read_prefix(line);

	if (check_nesting(b, p) < 0)
		return -1;
	b->marks += 1 + 4 * p.opened;
	if (p.is_blank) {
		end_run(b);
		return check_sums(b);
	}
	bool heading = p.length < line.n && line.p[p.length] == '#';
	b->marks += b->run_lines == 0 || heading ? 4 : 1; /* a paragraph, or a line of it */
	if (p.footnote)
		b->definition = 0;
	if (read_marks(b, line, p, &pipes) < 0 || check_footnote_marks(b, line) < 0 ||
	    check_table(b, line, p, pipes) < 0)
		return -1;
	b->run_bytes += line.n + 1;
	b->run_lines++;
	if (b->definition) {
		b->definition += line.n + 1;
		if (b->definition > b->longest_definition)
			b->longest_definition = b->definition;
	}
	return check_sums(b);
}

/* Cut off the next line; line feed, carriage return and both end one. */
static bool next_line(struct str *rest, struct str *line)
{
	size_t n = 0;
	if (rest->n == 0)
		return false;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	*line = (struct str){rest->p, n};
	if (n < rest->n)
		n += rest->p[n] == '\r' && n + 1 < rest->n && rest->p[n + 1] == '\n' ? 2 : 1;
	rest->p += n;
	rest->n -= n;
	return true;
}

int markdown_bounds(const char *file, struct str text, uint32_t first_line, struct diag *diag)
{
	struct bounds b = {.file = file, .diag = diag};
	struct str line;

	if (text.n > MARKDOWN_BYTES)
		return refuse(&b, "markdown-size", _("Divide the text into several files."),
		    _("the text is larger than 4 MB"));
	if (!utf8_valid(text)) {
		uint32_t column;
		charset_first_bad(text, &b.line, &column);
		b.line += first_line - 1;
		return refuse(&b, "markdown-encoding", _("Save the file as UTF-8."),
		    _("the text is not UTF-8"));
	}
	for (b.line = first_line; next_line(&text, &line); b.line++)
		if (check_line(&b, line) < 0)
			return -1;
	return 0;
}
