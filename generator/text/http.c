/*
 * The head is read line by line. A line ends with LF, a CR before it belongs
 * to the end. A line that begins with a blank continues the field before it,
 * as old servers do.
 *
 * An answer without a status line (HTTP/0.9, or a Shoutcast "ICY 200 OK") is
 * no page of a school: HTTP_BAD.
 */
#include "text/http.h"

#include "text/ascii.h"

/* Cuts a line without its end; false when none is whole. */
static bool next_line(struct str *rest, struct str *line)
{
	const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
	if (!end)
		return false;
	size_t n = (size_t)(end - rest->p);
	*line = (struct str){rest->p, n && rest->p[n - 1] == '\r' ? n - 1 : n};
	*rest = (struct str){end + 1, rest->n - n - 1};
	return true;
}

/* ---- the head ---- */

/* "HTTP/1.1 200 OK"; also "HTTP/2 200", as some libraries print it. */
static int read_status(struct http_head *out, struct str line)
{
	size_t i = 5;
	if (line.n < 10 || !ascii_starts(line, "HTTP/") || !ascii_is_digit(line.p[i]))
		return -1;
	out->version = 10 * (line.p[i++] - '0');
	if (line.n > i + 1 && line.p[i] == '.' && ascii_is_digit(line.p[i + 1]))
		out->version += line.p[i + 1] - '0', i += 2;
	if (line.p[i] != ' ')
		return -1;
	while (i < line.n && line.p[i] == ' ')
		i++;
	if (line.n < i + 3 || !ascii_is_digit(line.p[i]) || line.p[i] == '0' ||
	    !ascii_is_digit(line.p[i + 1]) || !ascii_is_digit(line.p[i + 2]) ||
	    (line.n > i + 3 && line.p[i + 3] != ' '))
		return -1;
	out->status = (line.p[i] - '0') * 100 + (line.p[i + 1] - '0') * 10 + (line.p[i + 2] - '0');
	out->reason = ascii_trim((struct str){line.p + i + 3, line.n - i - 3});
	return 0;
}

static void continue_field(struct http_head *h, struct arena *a, struct str line)
{
	struct http_field *last = &h->fields[h->count - 1];
	line = ascii_trim(line);
	if (line.n == 0)
		return;
	char *joined = arena_alloc(a, last->value.n + 1 + line.n + 1);
	if (last->value.n)
		memcpy(joined, last->value.p, last->value.n);
	joined[last->value.n] = ' ';
	memcpy(joined + last->value.n + 1, line.p, line.n);
	last->value = (struct str){joined, last->value.n + 1 + line.n};
}

/* A line without a colon, or without a name before it, says nothing. */
static int add_field(struct http_head *h, struct arena *a, size_t *cap, struct str line)
{
	const char *colon = memchr(line.p, ':', line.n);
	if (!colon)
		return 0;
	size_t n = (size_t)(colon - line.p);
	struct str name = ascii_trim((struct str){line.p, n});
	if (name.n == 0)
		return 0;
	if (h->count == HTTP_FIELDS)
		return -1;
	h->fields = arena_grow(a, h->fields, h->count, cap, sizeof(*h->fields));
	h->fields[h->count++] =
	    (struct http_field){name, ascii_trim((struct str){colon + 1, line.n - n - 1})};
	return 0;
}

/* Up to and with the blank line. */
static enum http_status read_fields(struct http_head *h, struct arena *a, struct str *rest)
{
	size_t cap = 0, folds = 0;
	struct str line;
	while (next_line(rest, &line)) {
		if (line.n == 0)
			return HTTP_OK;
		bool folded = line.p[0] == ' ' || line.p[0] == '\t';
		/* Joining copies, so there is a bound to it too. */
		if (folded && ++folds > HTTP_FIELDS)
			return HTTP_TOO_LARGE;
		if (folded && h->count)
			continue_field(h, a, line);
		else if (!folded && add_field(h, a, &cap, line))
			return HTTP_TOO_LARGE;
	}
	return HTTP_CUT;
}

enum http_status http_head_read(
    struct http_head *out, struct arena *a, struct str bytes, size_t *used)
{
	struct str line, rest = bytes;
	bool large = bytes.n > HTTP_HEAD_MAX;
	if (large)
		rest.n = HTTP_HEAD_MAX;
	do {
		enum http_status status;
		*out = (struct http_head){0};
		if (!next_line(&rest, &line)) {
			bool begun = rest.n < 5 || ascii_starts(rest, "HTTP/");
			return !begun ? HTTP_BAD : large ? HTTP_TOO_LARGE : HTTP_CUT;
		}
		if (read_status(out, line))
			return HTTP_BAD;
		if ((status = read_fields(out, a, &rest)))
			return status == HTTP_CUT && large ? HTTP_TOO_LARGE : status;
	} while (out->status < 200 && out->status != 101);
	*used = (size_t)(rest.p - bytes.p);
	return HTTP_OK;
}

/* ---- fields ---- */

bool http_next_field(const struct http_head *h, const char *name, size_t *at, struct str *value)
{
	while (*at < h->count) {
		const struct http_field *f = &h->fields[(*at)++];
		if (ascii_same(f->name, name)) {
			*value = f->value;
			return true;
		}
	}
	return false;
}

struct str http_field(const struct http_head *h, const char *name)
{
	struct str value;
	size_t at = 0;
	return http_next_field(h, name, &at, &value) ? value : STR_NONE;
}

int64_t http_length(const struct http_head *h)
{
	int64_t length = -1;
	struct str value, part;
	size_t at = 0;
	while (http_next_field(h, "Content-Length", &at, &value)) {
		while (str_next(&value, ',', &part)) {
			int64_t n = ascii_number(ascii_trim(part));
			if (n < 0 || (length >= 0 && n != length))
				return -1;
			length = n;
		}
	}
	return length;
}

bool http_is_chunked(const struct http_head *h)
{
	struct str value, part;
	size_t at = 0;
	while (http_next_field(h, "Transfer-Encoding", &at, &value))
		while (str_next(&value, ',', &part))
			if (ascii_same(ascii_trim(part), "chunked"))
				return true;
	return false;
}

int http_retry_after(const struct http_head *h, int64_t now)
{
	struct str value = http_field(h, "Retry-After");
	int64_t wait = ascii_number(value);
	if (wait < 0) {
		int64_t until = http_date(value), date = http_date(http_field(h, "Date"));
		if (until < 0)
			return -1;
		wait = until - (date >= 0 ? date : now);
	}
	return (int)(wait < 0 ? 0 : wait > HTTP_RETRY_MAX ? HTTP_RETRY_MAX : wait);
}
