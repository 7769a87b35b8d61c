/*
 * One pass over the tokens with a stack of objects. A link is written when its
 * object ends: only then are its name and its address known, in whichever
 * order they stood. Keys with nothing for people (ids, colours, names of
 * scripts) are told by their values: one word of Latin letters.
 */
#include "text/htmldoc_json.h"

#include "text/html.h"

enum { LEVELS = 64, STRING = 256 * 1024 };

struct level {
	struct str name, url;
};

struct json {
	struct str s;
	size_t at;
	struct arena a;
	struct level levels[LEVELS];
	size_t depth, lost;
	struct buf *html;
};

static bool is_one_of(struct str word, const char *const *list)
{
	for (; *list; list++)
		if (str_is(word, *list))
			return true;
	return false;
}

/* -- strings ---------------------------------------------------------------------- */

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

static void escape(struct json *j, struct buf *out)
{
	static const char names[] = "nrtbf", bytes[] = "\n\r\t  ";
	char utf8[4], c = j->s.p[j->at++];
	if (c != 'u') {
		const char *known = strchr(names, c);
		buf_addc(out, known && c ? bytes[known - names] : c);
		return;
	}
	int32_t code = hex4(j->s, j->at);
	if (code < 0)
		return;
	j->at += 4;
	if (code >= 0xD800 && code < 0xDC00 && j->at + 1 < j->s.n && j->s.p[j->at] == '\\' &&
	    j->s.p[j->at + 1] == 'u') {
		int low = hex4(j->s, j->at + 2);
		if (low >= 0xDC00 && low < 0xE000) {
			code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
			j->at += 6;
		}
	}
	bool broken = code == 0 || (code >= 0xD800 && code < 0xE000);
	buf_add(out, utf8, utf8_encode(broken ? 0xFFFD : code, utf8));
}

/* After the opening quote. */
static struct str read_string(struct json *j)
{
	struct buf out = BUF_INIT(STRING);
	while (j->at < j->s.n && j->s.p[j->at] != '"') {
		if (j->s.p[j->at] == '\\' && j->at + 1 < j->s.n) {
			j->at++;
			escape(j, &out);
		} else {
			buf_addc(&out, j->s.p[j->at++]);
		}
	}
	j->at++;
	return buf_keep(&j->a, &out);
}

/* -- what it means ------------------------------------------------------------------ */

static bool is_name(struct str key)
{
	static const char *const keys[] = {"title", "name", "text", "label", "caption", "header",
	    "heading", "description", "filename", "file_name", "fileName", NULL};
	return is_one_of(key, keys);
}

static bool is_address(struct str key, struct str value)
{
	static const char *const keys[] = {"url", "href", "link", "src", "file", "path", "download",
	    "download_url", "downloadUrl", "file_url", "fileUrl", "slug", "to", NULL};
	return is_one_of(key, keys) &&
	    (str_starts(value, "/") || str_starts(value, "http://") ||
	        str_starts(value, "https://"));
}

static bool is_for_people(struct str s)
{
	bool high = false;
	for (size_t i = 0; i < s.n; i++)
		high |= (unsigned char)s.p[i] >= 0x80;
	return high;
}

static void write_text(struct json *j, struct str value)
{
	if (!is_for_people(value))
		return;
	bool tags = memchr(value.p, '<', value.n) && memchr(value.p, '>', value.n);
	buf_adds(j->html, tags ? "<div>" : "<p>");
	if (tags)
		buf_add(j->html, value.p, value.n);
	else
		html_text(j->html, value);
	buf_adds(j->html, tags ? "</div>\n" : "</p>\n");
}

static void take(struct json *j, struct str key, struct str value)
{
	struct level *l = &j->levels[j->depth ? j->depth - 1 : 0];
	if (is_address(key, value)) {
		l->url = value;
	} else if (is_name(key) && !l->name.n && is_for_people(value)) {
		l->name = value; /* written when the object ends */
	} else {
		write_text(j, value);
	}
}

static void end_object(struct json *j)
{
	if (j->lost) {
		j->lost--;
		return;
	}
	if (!j->depth)
		return;
	const struct level *l = &j->levels[--j->depth];
	if (l->url.n) {
		buf_adds(j->html, "<p><a href=\"");
		html_attr(j->html, l->url);
		buf_adds(j->html, "\">");
		html_text(j->html, l->name.n ? l->name : STR(""));
		buf_adds(j->html, "</a></p>\n");
	} else if (l->name.n) {
		write_text(j, l->name);
	}
}

static void begin_object(struct json *j)
{
	if (j->depth < LEVELS)
		j->levels[j->depth++] = (struct level){{"", 0}, {"", 0}};
	else
		j->lost++;
}

/* A string is a key where a colon follows. */
static bool colon_follows(struct json *j)
{
	size_t i = j->at;
	while (i < j->s.n && strchr(" \t\r\n", j->s.p[i]) && j->s.p[i])
		i++;
	if (i >= j->s.n || j->s.p[i] != ':')
		return false;
	j->at = i + 1;
	return true;
}

void htmldoc_json_page(struct buf *html, struct str json)
{
	struct json j = {.s = json, .a = ARENA_INIT, .html = html};
	struct str key = {"", 0};
	while (j.at < json.n) {
		char c = json.p[j.at++];
		if (c == '{') {
			begin_object(&j);
		} else if (c == '}') {
			end_object(&j);
		} else if (c == '"') {
			struct str s = read_string(&j);
			if (colon_follows(&j))
				key = s;
			else
				take(&j, key, s);
		}
	}
	while (j.depth)
		end_object(&j);
	arena_clear(&j.a);
}
