/*
 * Each entry is a line, so the reader goes line by line and needs no JSON in
 * general. It believes nothing: paths and hashes are looked at.
 */
#include "job/manifest_json.h"

#include "text/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hashed_add(struct hashed_files *f, const char *path, const char *hash)
{
	f->items = arena_grow(f->arena, f->items, f->count, &f->cap, sizeof(*f->items));
	struct hashed_file *item = &f->items[f->count++];
	item->path = arena_strdup(f->arena, path);
	snprintf(item->hash.s, sizeof(item->hash.s), "%s", hash);
}

/* -- writing ------------------------------------------------------------------ */

static int by_path(const void *x, const void *y)
{
	return strcmp(((const struct hashed_file *)x)->path, ((const struct hashed_file *)y)->path);
}

static void write_files(struct json *j, const char *key, struct hashed_files *f)
{
	if (f->count)
		qsort(f->items, f->count, sizeof(*f->items), by_path);
	json_key(j, key);
	json_object(j);
	for (size_t i = 0; i < f->count; i++) {
		json_key(j, f->items[i].path);
		json_string(j, f->items[i].hash.s);
	}
	json_end(j);
}

static void write_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_string(j, text);
}

void manifest_json_write(struct buf *out, struct manifest_json *m)
{
	struct json j = JSON_INIT(out);
	j.lines = 2;
	json_object(&j);
	json_key(&j, "manifest");
	json_int(&j, 1);
	if (m->commit) {
		write_text(&j, "program", m->program);
		write_text(&j, "commit", m->commit);
		json_key(&j, "modified");
		json_bool(&j, m->modified);
		write_text(&j, "date", m->date);
		write_text(&j, "profile", m->profile);
		write_text(&j, "theme", m->theme);
		write_files(&j, "releases", &m->releases);
		write_files(&j, "parts", &m->parts);
	}
	if (m->inputs.count)
		write_files(&j, "inputs", &m->inputs);
	write_files(&j, "files", &m->files);
	json_end(&j);
	buf_addc(out, '\n');
}

/* -- reading ------------------------------------------------------------------- */

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* After the backslash at i: moves i to the last byte of what it begins. */
static bool take_escape(struct buf *out, struct str s, size_t *i)
{
	static const char names[] = "nrt", bytes[] = "\n\r\t";
	char c = ++*i < s.n ? s.p[*i] : '\0', utf8[4];
	const char *known = c ? strchr(names, c) : NULL;
	if (c != 'u') {
		buf_addc(out, known ? bytes[known - names] : c);
		return c != '\0';
	}
	int32_t code = 0;
	for (int digits = 0; digits < 4; digits++) {
		int digit = ++*i < s.n ? hex(s.p[*i]) : -1;
		if (digit < 0)
			return false;
		code = code << 4 | digit;
	}
	buf_add(out, utf8, utf8_encode(code, utf8));
	return code != 0 && (code < 0xD800 || code >= 0xE000);
}

/* A text in quotes off the front of *rest; NULL when there is none. */
static const char *take_text(struct arena *a, struct str *rest)
{
	struct buf out = BUF_INIT(BUF_LINE);
	size_t i = 1;
	bool right = true;
	if (rest->n < 2 || rest->p[0] != '"')
		return NULL;
	for (; right && i < rest->n && rest->p[i] != '"'; i++) {
		if (rest->p[i] == '\\')
			right = take_escape(&out, *rest, &i);
		else
			buf_addc(&out, rest->p[i]);
	}
	right = right && i < rest->n && !buf_err(&out) && !memchr(out.data, '\0', out.len);
	const char *text = right ? buf_keep(a, &out).p : NULL;
	buf_clear(&out);
	*rest = right ? (struct str){rest->p + i + 1, rest->n - i - 1} : STR_NONE;
	return text;
}

static bool is_digest(const char *text, size_t digits)
{
	for (const char *p = text; *p; p++)
		if (hex(*p) < 0)
			return false;
	return strlen(text) == digits;
}

static bool is_below(const char *path)
{
	struct str rest = str_of(path), part;
	if (!rest.n || rest.p[0] == '/' || str_ends(rest, "/"))
		return false;
	while (str_next(&rest, '/', &part))
		if (part.n == 0 || part.p[0] == '.')
			return false;
	return true;
}

static struct hashed_files *list_of(struct manifest_json *m, const char *key)
{
	return strcmp(key, "releases") == 0 ? &m->releases
	    : strcmp(key, "parts") == 0     ? &m->parts
	    : strcmp(key, "inputs") == 0    ? &m->inputs
	    : strcmp(key, "files") == 0     ? &m->files
	                                    : NULL;
}

static void keep_text(struct manifest_json *m, const char *key, const char *value)
{
	const char **places[] = {&m->program, &m->commit, &m->date, &m->profile, &m->theme};
	static const char *const keys[] = {"program", "commit", "date", "profile", "theme"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(key, keys[i]) == 0)
			*places[i] = value;
}

struct reading {
	struct manifest_json *m;
	struct arena *arena;
	struct hashed_files *list; /* that is open */
	bool versioned;
};

static int read_line(struct reading *r, struct str line)
{
	bool quoted = str_starts(line, "\"");
	const char *key = take_text(r->arena, &line);
	if (!key) {
		if (quoted)
			return -1;
		r->list = NULL; /* its end, or that of all */
		return 0;
	}
	if (!str_starts(line, ":"))
		return -1;
	line = str_trim((struct str){line.p + 1, line.n - 1});
	if (str_starts(line, "{")) {
		r->list = str_starts(line, "{}") ? NULL : list_of(r->m, key);
		return 0;
	}
	if (strcmp(key, "manifest") == 0)
		r->versioned = str_starts(line, "1");
	if (strcmp(key, "modified") == 0)
		r->m->modified = str_starts(line, "true");
	const char *value = take_text(r->arena, &line);
	if (r->list) {
		bool release = r->list == &r->m->releases;
		if (!value || !is_digest(value, release ? 40 : HASH_HEX) || !is_below(key))
			return -1;
		hashed_add(r->list, key, value);
	} else if (value) {
		keep_text(r->m, key, value);
	}
	return 0;
}

int manifest_json_read(struct manifest_json *out, struct arena *a, struct str text)
{
	struct reading r = {.m = out, .arena = a};
	struct str line;
	*out = (struct manifest_json){.releases = {.arena = a},
	    .parts = {.arena = a},
	    .inputs = {.arena = a},
	    .files = {.arena = a}};
	if (!utf8_valid(text))
		return -1;
	while (text.n && str_next(&text, '\n', &line))
		if (read_line(&r, str_trim(line)))
			return -1;
	return r.versioned && (!out->commit || is_digest(out->commit, 40)) ? 0 : -1;
}
