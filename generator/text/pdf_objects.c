/*
 * Values are views of the file or of unpacked streams. Brackets are counted,
 * never followed by recursion. A dictionary is searched at its own level.
 */
#include "text/pdf_objects.h"

#include "base/buf.h"
#include "text/inflate.h"

enum { FOLLOWED = 8, REFERENCE = 64, NUMBER_MOST = 10000000 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
	return c && strchr("()<>[]{}/%", c);
}

static void move(struct str *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static void skip_blanks(struct str *s)
{
	while (s->n && (is_blank(*s->p) || *s->p == '%')) {
		if (*s->p == '%')
			while (s->n && *s->p != '\n' && *s->p != '\r')
				move(s, 1);
		else
			move(s, 1);
	}
}

/* (a (b) \) c): brackets inside are counted. */
static size_t string_end(struct str s)
{
	size_t depth = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '(')
			depth++;
		else if (s.p[i] == ')' && --depth == 0)
			return i + 1;
	}
	return s.n;
}

static size_t word_end(struct str s, size_t from)
{
	size_t i = from;
	while (i < s.n && !is_blank(s.p[i]) && !is_delimiter(s.p[i]))
		i++;
	return i;
}

static bool is_number(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("+-.0123456789", s.p[i]))
			return false;
	return s.n > 0;
}

static enum pdf_token cut(struct str *rest, struct str *token, size_t n, enum pdf_token kind)
{
	*token = (struct str){rest->p, n};
	move(rest, n);
	return kind;
}

enum pdf_token pdf_next(struct str *rest, struct str *token)
{
	skip_blanks(rest);
	*token = (struct str){rest->p, 0};
	if (!rest->n)
		return PDF_END;
	bool twice = rest->n > 1 && rest->p[1] == rest->p[0];
	switch (*rest->p) {
	case '(':
		return cut(rest, token, string_end(*rest), PDF_STRING);
	case '/':
		move(rest, 1);
		return cut(rest, token, word_end(*rest, 0), PDF_NAME);
	case '[':
	case '{':
		return cut(rest, token, 1, PDF_OPEN);
	case ']':
	case '}':
	case ')':
		return cut(rest, token, 1, PDF_CLOSE);
	case '>':
		return cut(rest, token, twice ? 2 : 1, PDF_CLOSE);
	case '<':
		if (twice)
			return cut(rest, token, 2, PDF_OPEN);
		const char *end = memchr(rest->p, '>', rest->n);
		return cut(rest, token, end ? (size_t)(end - rest->p) + 1 : rest->n, PDF_HEX);
	default:
		cut(rest, token, word_end(*rest, 0), PDF_WORD);
		return is_number(*token) ? PDF_NUMBER : PDF_WORD;
	}
}

/* "7 0 R" is one value. */
static bool take_reference(struct str *rest)
{
	struct str ahead = *rest, token;
	if (pdf_next(&ahead, &token) != PDF_NUMBER)
		return false;
	if (pdf_next(&ahead, &token) != PDF_WORD || !str_is(token, "R"))
		return false;
	*rest = ahead;
	return true;
}

struct str pdf_value(struct str *rest)
{
	struct str token;
	skip_blanks(rest);
	struct str value = *rest;
	enum pdf_token kind = pdf_next(rest, &token);
	if (kind == PDF_NUMBER)
		take_reference(rest);
	for (size_t depth = kind == PDF_OPEN; depth > 0 && kind != PDF_END;) {
		kind = pdf_next(rest, &token);
		depth += kind == PDF_OPEN;
		depth -= kind == PDF_CLOSE;
	}
	value.n -= rest->n;
	return value;
}

long pdf_number(struct str s)
{
	long n = 0;
	bool minus = s.n && *s.p == '-';
	for (size_t i = minus || (s.n && *s.p == '+'); i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			break;
		if (n < NUMBER_MOST)
			n = 10 * n + (s.p[i] - '0');
	}
	return minus ? -n : n;
}

/* -- strings ---------------------------------------------------------------------- */

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
	    : c >= 'a' && c <= 'f'  ? c - 'a' + 10
	    : c >= 'A' && c <= 'F'  ? c - 'A' + 10
	                            : -1;
}

static size_t unescape(struct str s, size_t at, char *out, size_t *n)
{
	static const char names[] = "nrtbf", bytes[] = "\n\r\t\b\f";
	char c = s.p[at];
	const char *known = c ? strchr(names, c) : NULL;
	if (c >= '0' && c <= '7') {
		int value = 0;
		size_t digits = 0;
		for (; digits < 3 && at < s.n && s.p[at] >= '0' && s.p[at] <= '7'; at++, digits++)
			value = 8 * value + (s.p[at] - '0');
		out[(*n)++] = (char)(unsigned char)value;
		return at;
	}
	if (c == '\r' && at + 1 < s.n && s.p[at + 1] == '\n')
		return at + 2;
	if (c == '\n' || c == '\r')
		return at + 1;
	out[(*n)++] = known ? bytes[known - names] : c;
	return at + 1;
}

struct str pdf_string(struct arena *a, struct str s)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	if (s.n && *s.p == '<') {
		int high = -1;
		for (size_t i = 1; i < s.n; i++) {
			int digit = hex(s.p[i]);
			if (digit < 0)
				continue;
			if (high >= 0)
				out[n++] = (char)(unsigned char)(16 * high + digit);
			high = high >= 0 ? -1 : digit;
		}
		if (high >= 0)
			out[n++] = (char)(unsigned char)(16 * high);
		return (struct str){out, n};
	}
	size_t end = s.n && s.p[s.n - 1] == ')' ? s.n - 1 : s.n;
	for (size_t i = 1; i < end;) {
		if (s.p[i] == '\\' && i + 1 < end)
			i = unescape((struct str){s.p, end}, i + 1, out, &n);
		else
			out[n++] = s.p[i++];
	}
	return (struct str){out, n};
}

/* -- objects ------------------------------------------------------------------------ */

const struct pdf_object *pdf_refers(const struct pdf_file *f, struct str value)
{
	struct str token;
	if (value.n > REFERENCE || pdf_next(&value, &token) != PDF_NUMBER)
		return NULL;
	long number = pdf_number(token);
	if (!take_reference(&value) && pdf_next(&value, &token) != PDF_NUMBER)
		return NULL;
	if (number < 0 || (size_t)number >= f->count || !f->objects[number].body.p)
		return NULL;
	return &f->objects[number];
}

static struct str follow(const struct pdf_file *f, struct str value)
{
	for (int i = 0; i < FOLLOWED; i++) {
		const struct pdf_object *o = value.n ? pdf_refers(f, value) : NULL;
		if (!o)
			break;
		value = o->body;
	}
	return value;
}

bool pdf_bounded(const struct pdf_file *f)
{
	return f->unpacked > PDF_UNPACKED || f->searched > PDF_SEARCHED;
}

static struct str search(struct str *dictionary, const char *key)
{
	struct str token;
	if (pdf_next(dictionary, &token) != PDF_OPEN || !str_is(token, "<<"))
		return STR_NONE;
	while (pdf_next(dictionary, &token) == PDF_NAME) {
		struct str value = pdf_value(dictionary);
		if (str_is(token, key))
			return value;
	}
	return STR_NONE;
}

struct str pdf_entry(struct pdf_file *f, struct str dictionary, const char *key)
{
	if (f->searched > PDF_SEARCHED)
		return STR_NONE;
	if (dictionary.n > PDF_DICTIONARY)
		dictionary.n = PDF_DICTIONARY;
	struct str rest = dictionary, value = search(&rest, key);
	f->searched += dictionary.n - rest.n;
	return value;
}

struct str pdf_get(struct pdf_file *f, struct str dictionary, const char *key)
{
	return follow(f, pdf_entry(f, dictionary, key));
}

static void put(struct pdf_file *f, size_t *cap, long number, struct pdf_object o)
{
	if (number < 0 || number >= PDF_OBJECTS)
		return;
	while ((size_t)number >= *cap) {
		size_t before = *cap;
		f->objects = arena_grow(f->a, f->objects, *cap, cap, sizeof(*f->objects));
		memset(f->objects + before, 0, (*cap - before) * sizeof(*f->objects));
	}
	f->objects[number] = o;
	if ((size_t)number >= f->count)
		f->count = (size_t)number + 1;
}

/* After the dictionary: "stream", a line end, and the bytes up to "endstream". */
static struct str take_stream(struct str *rest)
{
	struct str s = *rest, token;
	if (pdf_next(&s, &token) != PDF_WORD || !str_is(token, "stream"))
		return STR_NONE;
	if (s.n && *s.p == '\r')
		move(&s, 1);
	if (s.n && *s.p == '\n')
		move(&s, 1);
	const char *end = memmem(s.p, s.n, "endstream", 9);
	struct str body = {s.p, end ? (size_t)(end - s.p) : s.n};
	move(&s, body.n);
	*rest = s;
	return body;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The number before "0 obj" at `at`, or -1. */
static long number_before(struct str s, size_t at)
{
	size_t i = at;
	while (i > 0 && is_blank(s.p[i - 1]))
		i--;
	size_t generation = i;
	while (i > 0 && is_digit(s.p[i - 1]))
		i--;
	if (i == generation)
		return -1;
	while (i > 0 && is_blank(s.p[i - 1]))
		i--;
	size_t end = i;
	while (i > 0 && is_digit(s.p[i - 1]))
		i--;
	return end > i ? pdf_number((struct str){s.p + i, end - i}) : -1;
}

static void read_plain(struct pdf_file *f, size_t *cap)
{
	struct str rest = f->bytes;
	for (;;) {
		const char *word = rest.n ? memmem(rest.p, rest.n, "obj", 3) : NULL;
		if (!word)
			return;
		size_t at = (size_t)(word - f->bytes.p);
		rest = (struct str){word + 3, f->bytes.n - at - 3};
		long number = number_before(f->bytes, at);
		if (number < 0)
			continue; /* "endobj", or no object */
		struct pdf_object o = {.body = pdf_value(&rest)};
		o.stream = take_stream(&rest);
		put(f, cap, number, o);
	}
}

static int collect(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return buf_err(payload);
}

struct str pdf_unpack(struct pdf_file *f, const struct pdf_object *o)
{
	struct str filter = pdf_get(f, o->body, "Filter");
	struct str first = filter, token;
	if (!o->stream.p || pdf_bounded(f))
		return STR_NONE;
	if (!filter.p) {
		f->unpacked += o->stream.n;
		return o->stream;
	}
	enum pdf_token kind = pdf_next(&first, &token);
	if (kind == PDF_OPEN)
		kind = pdf_next(&first, &token);
	bool flate = kind == PDF_NAME && (str_is(token, "FlateDecode") || str_is(token, "Fl"));
	if (!flate || pdf_next(&first, &token) == PDF_NAME)
		return STR_NONE;
	struct buf out = BUF_INIT(PDF_STREAM);
	struct inflate z;
	inflate_begin(&z, INFLATE_ZLIB, PDF_STREAM - 1, 10 * INFLATE_RATIO, collect, &out);
	inflate_feed(&z, o->stream, NULL);
	inflate_end(&z);
	f->unpacked += out.len;
	return buf_keep(f->a, &out);
}

/* A stream of objects: pairs of number and offset, then the values. Offsets may
 * lead to the same place again, so what is gone over counts as searched. */
static void read_packed(struct pdf_file *f, size_t *cap, const struct pdf_object *stream)
{
	long first = pdf_number(pdf_get(f, stream->body, "First"));
	long count = pdf_number(pdf_get(f, stream->body, "N"));
	struct str all = pdf_unpack(f, stream), rest = all, token;
	for (long i = 0; i < count && !pdf_bounded(f); i++) {
		if (pdf_next(&rest, &token) != PDF_NUMBER)
			return;
		long number = pdf_number(token);
		if (pdf_next(&rest, &token) != PDF_NUMBER)
			return;
		long at = first + pdf_number(token);
		if (at < 0 || (size_t)at >= all.n)
			continue;
		struct str value = {all.p + at, all.n - (size_t)at};
		struct pdf_object o = {.body = pdf_value(&value)};
		f->searched += o.body.n;
		bool known = number >= 0 && (size_t)number < f->count && f->objects[number].body.p;
		if (!known) /* what stands in the file itself is newer */
			put(f, cap, number, o);
	}
}

void pdf_objects_read(struct pdf_file *f, struct arena *a, struct str bytes)
{
	size_t cap = 0;
	*f = (struct pdf_file){.a = a, .bytes = bytes};
	read_plain(f, &cap);
	size_t plain = f->count;
	for (size_t i = 0; i < plain; i++) {
		struct pdf_object o = f->objects[i];
		if (o.stream.p && str_is(pdf_get(f, o.body, "Type"), "/ObjStm"))
			read_packed(f, &cap, &o);
	}
}
