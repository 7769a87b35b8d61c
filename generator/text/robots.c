/*
 * One pass over the lines, with two sets of rules filled side by side: of the
 * groups of our name and of "*". A group is a run of User-agent lines with the
 * rules after them; lines of other kinds (Sitemap, Crawl-delay) end nothing.
 *
 * A pattern is matched piece by piece between its stars: the first stands at
 * the beginning, each other at its first place after the one before, and the
 * last, when the pattern ends in '$', at the end. No going back is needed, so
 * a pattern of a thousand stars costs no more than its length.
 */
#include "text/robots.h"

#include "base/buf.h"
#include "text/ascii.h"
#include "text/charset.h"

/* ---- the common form ---- */

static bool is_unreserved(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || (c && strchr("-._~", c));
}

static void add_code(struct buf *out, unsigned char c)
{
	buf_addf(out, "%%%02X", c);
}

/* A '*' or '$' that is written as a code stays one: it means itself. */
static struct str common_form(struct arena *a, struct str s)
{
	struct buf b = BUF_INIT(4 * (size_t)ROBOTS_BYTES);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool code = c == '%' && s.n - i > 2 && ascii_hex(s.p[i + 1]) >= 0 &&
		    ascii_hex(s.p[i + 2]) >= 0;
		if (code) {
			c = (unsigned char)(ascii_hex(s.p[i + 1]) << 4 | ascii_hex(s.p[i + 2]));
			i += 2;
		}
		if (code ? is_unreserved((char)c) : c > ' ' && c < 0x7F)
			buf_addc(&b, (char)c);
		else
			add_code(&b, c);
	}
	return buf_keep(a, &b);
}

/* ---- lines ---- */

static struct str next_line(struct str *rest)
{
	size_t n = 0;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	struct str line = {rest->p, n};
	bool both = n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n';
	if (n < rest->n)
		n += both ? 2 : 1;
	*rest = (struct str){rest->p + n, rest->n - n};
	return line;
}

static size_t blank_at(struct str s)
{
	size_t n = 0;
	while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t')
		n++;
	return n;
}

/* "key: value", or "key value" of exactly two words. */
static bool cut_line(struct str line, struct str *key, struct str *value)
{
	const char *comment = line.n ? memchr(line.p, '#', line.n) : NULL;
	if (comment)
		line.n = (size_t)(comment - line.p);
	line = ascii_trim(line);
	const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;
	size_t n = colon ? (size_t)(colon - line.p) : blank_at(line);
	if (n == line.n)
		return false;
	*key = ascii_trim((struct str){line.p, n});
	*value =
	    ascii_trim((struct str){line.p + n + (colon ? 1 : 0), line.n - n - (colon ? 1 : 0)});
	return key->n && (colon || blank_at(*value) == value->n);
}

static bool is_one_of(struct str key, const char *const *words)
{
	for (; *words; words++)
		if (ascii_same(key, *words))
			return true;
	return false;
}

enum line_kind { AGENT, ALLOW, DISALLOW, DELAY, OTHER };

/* Misspelt, they still say what the owner wants. */
static enum line_kind kind_of(struct str key)
{
	static const char *const agent[] = {"user-agent", "useragent", "user agent", NULL};
	static const char *const disallow[] = {
	    "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", NULL};
	return is_one_of(key, agent)         ? AGENT
	    : is_one_of(key, disallow)       ? DISALLOW
	    : ascii_same(key, "allow")       ? ALLOW
	    : ascii_same(key, "crawl-delay") ? DELAY
	                                     : OTHER;
}

/* ---- groups ---- */

struct reading {
	struct arena *arena;
	struct str token;
	struct robots ours, all;
	bool for_us, for_all; /* whom the group speaks to */
	bool rules;           /* it has rules already */
};

static void read_agent(struct reading *r, struct str value)
{
	if (r->rules)
		r->for_us = r->for_all = r->rules = false;
	struct str name = {value.p, 0};
	while (name.n < value.n &&
	    (ascii_is_letter(value.p[name.n]) || value.p[name.n] == '-' || value.p[name.n] == '_'))
		name.n++;
	if (value.n && value.p[0] == '*' &&
	    (value.n == 1 || value.p[1] == ' ' || value.p[1] == '\t'))
		r->for_all = true;
	else if (name.n && name.n == r->token.n && ascii_starts(name, r->token.p))
		r->for_us = r->ours.named = true;
}

static void add_rule(struct reading *r, struct robots *to, bool allow, struct str pattern)
{
	to->rules = arena_grow(r->arena, to->rules, to->count, &to->cap, sizeof(*to->rules));
	to->rules[to->count++] = (struct robots_rule){pattern, allow};
}

static void read_rule(struct reading *r, bool allow, struct str value)
{
	r->rules = true;
	if (value.n == 0 || !(r->for_us || r->for_all))
		return;
	if (ascii_starts(value, "http://") || ascii_starts(value, "https://"))
		value = robots_path(r->arena, value);
	struct str pattern = common_form(r->arena, value);
	if (r->for_us)
		add_rule(r, &r->ours, allow, pattern);
	if (r->for_all)
		add_rule(r, &r->all, allow, pattern);
}

/* Seconds with decimals after a point or comma. */
static int milliseconds(struct str value)
{
	int64_t ms = 0, digit = 1000;
	bool point = false;
	for (size_t i = 0; i < value.n; i++) {
		if ((value.p[i] == '.' || value.p[i] == ',') && !point) {
			point = true;
			continue;
		}
		if (!ascii_is_digit(value.p[i]))
			break;
		int64_t n = value.p[i] - '0';
		if (point)
			ms += n * (digit /= 10);
		else
			ms = ms * 10 + n * 1000;
		if (ms > ROBOTS_DELAY_MAX_MS)
			return ROBOTS_DELAY_MAX_MS;
	}
	return (int)ms;
}

static void read_delay(struct reading *r, struct str value)
{
	int ms = milliseconds(value);
	if (r->for_us && ms > r->ours.delay_ms)
		r->ours.delay_ms = ms;
	if (r->for_all && ms > r->all.delay_ms)
		r->all.delay_ms = ms;
}

static void read_line(struct reading *r, struct str line)
{
	struct str key, value;
	if (!cut_line(line, &key, &value))
		return;
	switch (kind_of(key)) {
	case AGENT:
		read_agent(r, value);
		break;
	case ALLOW:
		read_rule(r, true, value);
		break;
	case DISALLOW:
		read_rule(r, false, value);
		break;
	case DELAY:
		read_delay(r, value);
		break;
	case OTHER:
		break;
	}
}

/* ---- the file ---- */

/* Up to the bound, without the line that is cut there. */
static struct str bounded(struct str bytes)
{
	if (bytes.n <= ROBOTS_BYTES)
		return bytes;
	size_t n = ROBOTS_BYTES;
	while (n > 0 && bytes.p[n - 1] != '\n' && bytes.p[n - 1] != '\r')
		n--;
	return (struct str){bytes.p, n};
}

static struct str without_mark(struct str bytes)
{
	static const char mark[] = "\xEF\xBB\xBF";
	size_t n = 0;
	while (n < 3 && n < bytes.n && bytes.p[n] == mark[n])
		n++;
	/* A part of a mark is skipped when text comes after it; other bytes
	 * belong to the line and spoil it. */
	bool text = n < bytes.n && (unsigned char)bytes.p[n] < 0x80 && bytes.p[n] >= ' ';
	return n == 3 || text ? (struct str){bytes.p + n, bytes.n - n} : bytes;
}

void robots_read(struct robots *out, struct arena *a, struct str bytes, const char *token)
{
	struct reading r = {.arena = a, .token = str_of(token)};
	struct str text = without_mark(bounded(bytes));
	struct str converted = utf8_valid(text) ? text : charset_1251(a, text);
	if (converted.p)
		text = converted;
	while (text.n)
		read_line(&r, next_line(&text));
	*out = r.ours.named ? r.ours : r.all;
}

/* ---- matching ---- */

static bool matches(struct str pattern, struct str path)
{
	bool to_end = pattern.n && pattern.p[pattern.n - 1] == '$';
	struct str piece;
	if (to_end)
		pattern.n--;
	for (bool first = true;; first = false) {
		const char *star = pattern.n ? memchr(pattern.p, '*', pattern.n) : NULL;
		piece = (struct str){pattern.p, star ? (size_t)(star - pattern.p) : pattern.n};
		if (piece.n > path.n)
			return false;
		const char *at = path.p;
		if (!star && to_end && !first)
			at = path.p + path.n - piece.n;
		else if (!first && piece.n)
			at = memmem(path.p, path.n, piece.p, piece.n);
		if (!at || (piece.n && memcmp(at, piece.p, piece.n) != 0))
			return false;
		size_t used = (size_t)(at - path.p) + piece.n;
		path = (struct str){path.p + used, path.n - used};
		if (!star)
			return !to_end || path.n == 0;
		pattern = (struct str){star + 1, pattern.n - piece.n - 1};
	}
}

bool robots_allows(const struct robots *r, struct str target)
{
	struct arena a = ARENA_INIT;
	size_t longest = 0;
	bool allowed = true;
	if (str_is(target, "/robots.txt") || r->count == 0)
		return true;
	struct str path = common_form(&a, target);
	for (size_t i = 0; i < r->count; i++) {
		const struct robots_rule *rule = &r->rules[i];
		if (rule->pattern.n < longest || !matches(rule->pattern, path))
			continue;
		allowed = rule->allow || (rule->pattern.n == longest && longest && allowed);
		longest = rule->pattern.n;
	}
	arena_clear(&a);
	return allowed;
}

bool robots_token_valid(struct str token)
{
	for (size_t i = 0; i < token.n; i++)
		if (!ascii_is_letter(token.p[i]) && token.p[i] != '_' && token.p[i] != '-')
			return false;
	return token.n > 0;
}

/* ---- paths ---- */

static size_t find_any(struct str s, size_t from, const char *set)
{
	while (from < s.n && !(s.p[from] && strchr(set, s.p[from])))
		from++;
	return from;
}

struct str robots_path(struct arena *a, struct str url)
{
	size_t begin = str_starts(url, "//") ? 2 : 0;
	size_t early = find_any(url, begin, "/?;");
	const char *scheme = url.n ? memmem(url.p, url.n, "://", 3) : NULL;
	size_t host = scheme ? (size_t)(scheme - url.p) : url.n;
	host = scheme && host >= begin && host < early ? host + 3 : begin;
	size_t path = find_any(url, host, "/?;"), end = find_any(url, begin, "#");
	if (path >= url.n || end < path)
		return STR("/");
	struct str found = {url.p + path, end - path};
	if (found.p[0] == '/')
		return found;
	return str_of(arena_printf(a, "/%.*s", (int)found.n, found.p));
}
