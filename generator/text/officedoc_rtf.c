/*
 * Groups, control words and characters one after the other. Each group keeps
 * whether its text counts and how many characters stand for one \u. Bytes are
 * in the code page that \ansicpg names, windows-1251 where it names none of
 * ours: a Russian file says little else.
 */
#include "text/officedoc_rtf.h"

#include "base/buf.h"
#include "text/webcharset_tables.h"

enum target { TARGET_TEXT, TARGET_NONE, TARGET_TITLE, TARGET_CREATED, TARGET_MODIFIED };

struct group {
	enum target target;
	int skip; /* \uc: characters after \u that stand for it */
};

struct rtf {
	struct str s;
	size_t at;
	struct officedoc *out;
	struct group stack[OFFICEDOC_DEPTH];
	size_t depth, lost; /* lost: groups deeper than the stack */
	struct buf text, title;
	const uint16_t *upper; /* of the code page */
	int pending;           /* characters still to be skipped after \u */
	int year, month;
};

static struct group *group(struct rtf *r)
{
	return &r->stack[r->depth];
}

static void put(struct rtf *r, const char *bytes, size_t n)
{
	enum target to = group(r)->target;
	if (r->pending > 0) {
		r->pending--;
		return;
	}
	if (to == TARGET_TEXT)
		buf_add(&r->text, bytes, n);
	else if (to == TARGET_TITLE && r->title.len < 1000)
		buf_add(&r->title, bytes, n);
}

static void put_code(struct rtf *r, int32_t code)
{
	char bytes[4];
	if (code <= 0 || code > 0xFFFF || (code >= 0xD800 && code < 0xE000))
		code = 0xFFFD; /* half a pair, or no number of a character */
	put(r, bytes, utf8_encode(code, bytes));
}

/* A byte of the code page. */
static void put_byte(struct rtf *r, char byte)
{
	unsigned char c = (unsigned char)byte;
	put_code(r, c < 0x80 || !r->upper[c - 0x80] ? c : r->upper[c - 0x80]);
}

/* -- control words -------------------------------------------------------------- */

static void set_date(struct rtf *r, int day)
{
	enum target to = group(r)->target;
	if (to != TARGET_CREATED && to != TARGET_MODIFIED)
		return;
	struct buf b = BUF_INIT(BUF_LINE);
	buf_addf(&b, "%04d-%02d-%02d", r->year, r->month, day);
	date_parse(to == TARGET_CREATED ? &r->out->created : &r->out->modified, buf_str(&b));
	buf_clear(&b);
}

static bool is_one_of(struct str word, const char *const *list)
{
	for (; *list; list++)
		if (str_is(word, *list))
			return true;
	return false;
}

static void control(struct rtf *r, struct str word, bool has_number, int number)
{
	static const char *const lines[] = {"par", "line", "row", "sect", "page", NULL};
	static const char *const blanks[] = {"tab", "cell", "emspace", "enspace", "qmspace", NULL};
	static const char *const silent[] = {"fonttbl", "colortbl", "stylesheet", "info", "pict",
	    "object", "header", "footer", "headerl", "headerr", "footerl", "footerr", "listtable",
	    "generator", "themedata", "fldinst", "xmlnstbl", "rsidtbl", NULL};
	static const struct {
		const char *word;
		enum target target;
	} targets[] = {
	    {"title", TARGET_TITLE}, {"creatim", TARGET_CREATED}, {"revtim", TARGET_MODIFIED}};
	if (is_one_of(word, lines))
		put(r, "\n", 1);
	else if (is_one_of(word, blanks))
		put(r, " ", 1);
	else if (is_one_of(word, silent))
		group(r)->target = TARGET_NONE;
	else if (str_is(word, "u") && has_number) {
		put_code(r, number < 0 ? number + 65536 : number);
		r->pending = group(r)->skip;
	} else if (str_is(word, "uc") && has_number)
		group(r)->skip = number >= 0 && number < 16 ? number : 1;
	else if (str_is(word, "ansicpg") && (number == 866 || number == 1252))
		r->upper = webcharset_upper(number == 866 ? "ibm866" : "windows-1252");
	else if (str_is(word, "yr"))
		r->year = number;
	else if (str_is(word, "mo"))
		r->month = number;
	else if (str_is(word, "dy"))
		set_date(r, number);
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++)
		if (str_is(word, targets[i].word))
			group(r)->target = targets[i].target;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void read_word(struct rtf *r)
{
	size_t from = r->at;
	while (r->at < r->s.n && is_letter(r->s.p[r->at]) && r->at - from < 32)
		r->at++;
	struct str word = {r->s.p + from, r->at - from};
	bool minus = r->at < r->s.n && r->s.p[r->at] == '-';
	size_t digits = r->at += minus;
	int number = 0;
	for (; r->at < r->s.n && is_digit(r->s.p[r->at]); r->at++)
		if (r->at - digits < 7)
			number = 10 * number + (r->s.p[r->at] - '0');
	bool has_number = r->at > digits;
	if (r->at < r->s.n && r->s.p[r->at] == ' ')
		r->at++;
	if (str_is(word, "bin") && number > 0) {
		size_t left = r->s.n - r->at;
		r->at += (size_t)number < left ? (size_t)number : left;
		return;
	}
	control(r, word, has_number, minus ? -number : number);
}

static int hex(char c)
{
	return is_digit(c)         ? c - '0'
	    : c >= 'a' && c <= 'f' ? c - 'a' + 10
	    : c >= 'A' && c <= 'F' ? c - 'A' + 10
	                           : -1;
}

/* After a backslash. */
static void escape(struct rtf *r)
{
	if (r->at >= r->s.n)
		return;
	char c = r->s.p[r->at];
	if (is_letter(c)) {
		read_word(r);
		return;
	}
	r->at++;
	if (c == '\'' && r->s.n - r->at >= 2) {
		int high = hex(r->s.p[r->at]), low = hex(r->s.p[r->at + 1]);
		r->at += 2;
		if (high >= 0 && low >= 0)
			put_byte(r, (char)(unsigned char)(16 * high + low));
	} else if (c == '*') {
		group(r)->target = TARGET_NONE;
	} else if (c == '~' || c == '_') {
		put(r, c == '~' ? " " : "-", 1);
	} else if (c == '\n' || c == '\r') {
		put(r, "\n", 1);
	} else if (strchr("\\{}", c)) {
		put(r, &c, 1);
	}
}

static void open_group(struct rtf *r)
{
	if (r->depth + 1 < OFFICEDOC_DEPTH) {
		r->stack[r->depth + 1] = r->stack[r->depth];
		r->depth++;
	} else {
		r->lost++;
		r->out->damaged = true;
	}
}

static void close_group(struct rtf *r)
{
	r->pending = 0;
	if (r->lost)
		r->lost--;
	else if (r->depth)
		r->depth--;
}

static void step(struct rtf *r)
{
	char c = r->s.p[r->at++];
	if (c == '\\')
		escape(r);
	else if (c == '{')
		open_group(r);
	else if (c == '}')
		close_group(r);
	else if ((unsigned char)c >= 0x80)
		put_byte(r, c);
	else if (c != '\n' && c != '\r' && c != '\0')
		put(r, &c, 1);
}

void officedoc_rtf(struct officedoc *out, struct arena *a, struct str bytes)
{
	struct rtf r = {.s = bytes,
	    .out = out,
	    .text = BUF_INIT(OFFICEDOC_TEXT + BUF_LINE),
	    .title = BUF_INIT(BUF_LINE),
	    .upper = webcharset_upper("windows-1251")};
	r.stack[0].skip = 1;
	while (r.at < r.s.n && r.text.len <= OFFICEDOC_TEXT)
		step(&r);
	out->truncated = r.at < r.s.n;
	out->damaged |= !out->truncated && (r.depth > 0 || r.lost > 0);
	out->text = buf_keep(a, &r.text);
	struct str title = str_trim(buf_str(&r.title));
	out->title = (struct str){arena_strndup(a, title.p, title.n), title.n};
	buf_clear(&r.title);
}
