/*
 * One pass. A string is a key where a colon follows.
 */
#include "text/json_read.h"

#include "base/buf.h"

enum { STRING = 256 * 1024 };

static int hex4(struct str s, size_t at)
{
	int n = 0;
	for (size_t i = at; i < at + 4; i++) {
		char c = i < s.n ? s.p[i] : 'x';
		int digit = c >= '0' && c <= '9' ? c - '0'
		    : c >= 'a' && c <= 'f'       ? c - 'a' + 10
		    : c >= 'A' && c <= 'F'       ? c - 'A' + 10
		                                 : -1;
		if (digit < 0)
			return -1;
		n = n << 4 | digit;
	}
	return n;
}

static void escape(struct json_reader *r, struct buf *out)
{
	static const char names[] = "nrtbf", bytes[] = "\n\r\t  ";
	char utf8[4], c = r->s.p[r->at++];
	if (c != 'u') {
		const char *known = strchr(names, c);
		buf_addc(out, known && c ? bytes[known - names] : c);
		return;
	}
	int32_t code = hex4(r->s, r->at);
	if (code < 0)
		return;
	r->at += 4;
	if (code >= 0xD800 && code < 0xDC00 && r->at + 1 < r->s.n && r->s.p[r->at] == '\\' &&
	    r->s.p[r->at + 1] == 'u') {
		int low = hex4(r->s, r->at + 2);
		if (low >= 0xDC00 && low < 0xE000) {
			code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
			r->at += 6;
		}
	}
	bool broken = code == 0 || (code >= 0xD800 && code < 0xE000);
	buf_add(out, utf8, utf8_encode(broken ? 0xFFFD : code, utf8));
}

/* After the opening quote. */
static struct str read_string(struct json_reader *r)
{
	struct buf out = BUF_INIT(STRING);
	while (r->at < r->s.n && r->s.p[r->at] != '"') {
		if (r->s.p[r->at] == '\\' && r->at + 1 < r->s.n) {
			r->at++;
			escape(r, &out);
		} else {
			buf_addc(&out, r->s.p[r->at++]);
		}
	}
	r->at++;
	return buf_keep(r->a, &out);
}

static bool colon_follows(struct json_reader *r)
{
	size_t i = r->at;
	while (i < r->s.n && strchr(" \t\r\n", r->s.p[i]) && r->s.p[i])
		i++;
	if (i >= r->s.n || r->s.p[i] != ':')
		return false;
	r->at = i + 1;
	return true;
}

static bool is_bare(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    c == '-' || c == '+' || c == '.';
}

static struct str read_bare(struct json_reader *r)
{
	size_t from = r->at;
	while (r->at < r->s.n && is_bare(r->s.p[r->at]))
		r->at++;
	return (struct str){r->s.p + from, r->at - from};
}

static enum json_kind bracket(char c)
{
	return c == '{' ? JSON_OPEN_OBJECT
	    : c == '}'  ? JSON_CLOSE_OBJECT
	    : c == '['  ? JSON_OPEN_ARRAY
	    : c == ']'  ? JSON_CLOSE_ARRAY
	                : JSON_END;
}

bool json_next(struct json_reader *r, struct json_token *out)
{
	while (r->at < r->s.n) {
		char c = r->s.p[r->at];
		*out = (struct json_token){.kind = bracket(c), .key = r->key, .text = STR("")};
		if (is_bare(c)) {
			out->kind = JSON_BARE;
			out->text = read_bare(r);
			return true;
		}
		r->at++;
		if (out->kind != JSON_END)
			return true;
		if (c != '"')
			continue;
		struct str text = read_string(r);
		if (colon_follows(r)) {
			r->key = text;
			continue;
		}
		out->kind = JSON_TEXT;
		out->text = text;
		return true;
	}
	*out = (struct json_token){.kind = JSON_END, .key = STR(""), .text = STR("")};
	return false;
}
