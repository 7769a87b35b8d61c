/*
 * The writer keeps which containers are open and whether something stands in
 * them; every value passes through begin_value(), which knows whether it may
 * stand here and what must stand before it. The first mistake sticks.
 */
#include "text/json.h"

#include <string.h>

static void new_line(struct json *j)
{
	buf_addc(j->out, '\n');
	for (int i = 0; i < j->depth; i++)
		buf_add(j->out, "  ", 2);
}

static void begin_item(struct json *j)
{
	bool *filled = &j->filled[j->depth - 1];
	if (*filled)
		buf_addc(j->out, ',');
	if (j->depth <= j->lines)
		new_line(j);
	else if (*filled && j->lines)
		buf_addc(j->out, ' ');
	*filled = true;
}

/* Whether a value may stand here; what goes before it is then written. */
static bool begin_value(struct json *j)
{
	bool in_object = j->depth > 0 && j->kind[j->depth - 1] == '{';
	if (j->done || in_object != j->after_key)
		j->failed = true;
	if (j->failed)
		return false;
	if (j->depth > 0 && !in_object)
		begin_item(j);
	j->after_key = false;
	j->done = j->depth == 0;
	return true;
}

static void open_container(struct json *j, char kind)
{
	if (j->depth == JSON_DEPTH)
		j->failed = true;
	if (!begin_value(j))
		return;
	buf_addc(j->out, kind);
	j->done = false;
	j->kind[j->depth] = kind;
	j->filled[j->depth] = false;
	j->depth++;
}

void json_object(struct json *j)
{
	open_container(j, '{');
}

void json_array(struct json *j)
{
	open_container(j, '[');
}

void json_end(struct json *j)
{
	if (j->depth == 0 || j->after_key)
		j->failed = true;
	if (j->failed)
		return;
	j->depth--;
	if (j->filled[j->depth] && j->depth < j->lines)
		new_line(j);
	buf_addc(j->out, j->kind[j->depth] == '{' ? '}' : ']');
	j->done = j->depth == 0;
}

static void add_escaped(struct buf *out, int32_t code)
{
	switch (code) {
	case '"':
		buf_add(out, "\\\"", 2);
		break;
	case '\\':
		buf_add(out, "\\\\", 2);
		break;
	case '\n':
		buf_add(out, "\\n", 2);
		break;
	case '\r':
		buf_add(out, "\\r", 2);
		break;
	case '\t':
		buf_add(out, "\\t", 2);
		break;
	default:
		buf_addf(out, "\\u%04x", code < 0 ? 0xFFFDu : (unsigned)code);
	}
}

static bool must_escape(int32_t code)
{
	return code < 0x20 || code == '"' || code == '\\' || code == '<' || code == 0x2028 ||
	    code == 0x2029;
}

#define EACH(byte)      (0x0101010101010101u * (byte))
#define BELOW(w, byte)  (((w)-EACH(byte)) & ~(w))
#define EQUALS(w, byte) BELOW((w) ^ EACH(byte), 1)

/* How many of the first bytes are ASCII that stands as it is: eight at a time,
 * not all of the last ones. */
static size_t plain_run(struct str s)
{
	size_t i = 0;
	for (uint64_t w; s.n - i >= sizeof(w); i += sizeof(w)) {
		memcpy(&w, s.p + i, sizeof(w));
		if ((w | BELOW(w, 0x20) | EQUALS(w, '"') | EQUALS(w, '\\') | EQUALS(w, '<')) &
		    EACH(0x80))
			break;
	}
	return i;
}

void json_quote(struct buf *out, struct str text)
{
	buf_addc(out, '"');
	size_t start = 0;
	for (size_t i = plain_run(text), len = 1; i < text.n; i += len, len = 1) {
		int32_t code = (unsigned char)text.p[i];
		if (code >= 0x80)
			code = utf8_decode(text.p + i, text.n - i, &len);
		if (!must_escape(code))
			continue;
		buf_add(out, text.p + start, i - start);
		add_escaped(out, code);
		start = i + len;
	}
	if (start < text.n)
		buf_add(out, text.p + start, text.n - start);
	buf_addc(out, '"');
}

static bool begin_key(struct json *j)
{
	if (j->depth == 0 || j->kind[j->depth - 1] != '{' || j->after_key)
		j->failed = true;
	if (j->failed)
		return false;
	begin_item(j);
	j->after_key = true;
	return true;
}

static void end_key(struct json *j)
{
	if (j->lines)
		buf_add(j->out, ": ", 2);
	else
		buf_addc(j->out, ':');
}

void json_quoted_key(struct json *j, struct str quoted)
{
	if (!begin_key(j))
		return;
	buf_add(j->out, quoted.p, quoted.n);
	end_key(j);
}

void json_key(struct json *j, const char *key)
{
	if (!begin_key(j))
		return;
	json_quote(j->out, str_of(key));
	end_key(j);
}

void json_text(struct json *j, struct str text)
{
	if (begin_value(j))
		json_quote(j->out, text);
}

void json_string(struct json *j, const char *text)
{
	if (text)
		json_text(j, str_of(text));
	else
		json_null(j);
}

void json_int(struct json *j, long long n)
{
	if (begin_value(j))
		buf_addint(j->out, n);
}

void json_frac(struct json *j, struct frac f, int places)
{
	if (!frac_is_set(f))
		json_null(j);
	else if (begin_value(j))
		frac_write(j->out, f, places, '.');
}

void json_bool(struct json *j, bool b)
{
	if (begin_value(j))
		buf_adds(j->out, b ? "true" : "false");
}

void json_null(struct json *j)
{
	if (begin_value(j))
		buf_adds(j->out, "null");
}

int json_done(struct json *j)
{
	return j->failed || !j->done ? -1 : buf_err(j->out);
}
