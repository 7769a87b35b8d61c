/*
 * One pass over the lines, each checked as if a stranger had written it.
 */
#include "sys/manifest.h"

#include "sys/tree.h"

#include <string.h>

static const char heading[] = "vidno-manifest 1";

bool manifest_path_ok(struct str path)
{
	struct str part;
	if (path.n == 0 || path.n > TREE_PATH || path.p[path.n - 1] == '/')
		return false;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7F)
			return false;
	while (str_next(&path, '/', &part))
		if (part.n == 0 || part.n > 255 || part.p[0] == '.')
			return false;
	return true;
}

bool manifest_id_ok(struct str id)
{
	if (str_is(id, TREE_TOP))
		return true;
	const char *slash = memchr(id.p, '/', id.n);
	size_t first = slash ? (size_t)(slash + 1 - id.p) : 0;
	return id.n <= MANIFEST_ID && manifest_path_ok(id) &&
	    !memchr(id.p + first, '/', id.n - first) && !memchr(id.p, ' ', id.n);
}

bool manifest_fingerprint_ok(struct str fingerprint)
{
	for (size_t i = 0; i < fingerprint.n; i++)
		if (fingerprint.p[i] <= ' ' || fingerprint.p[i] > '~')
			return false;
	return fingerprint.n <= TREE_FINGERPRINT && !str_is(fingerprint, "-");
}

/* -- reading ------------------------------------------------------------------ */

struct reader {
	struct manifest *m;
	struct arena *a;
	size_t cap_units, cap_assets;
};

static bool read_unit(struct reader *r, struct str rest, const char *after)
{
	struct manifest *m = r->m;
	struct str id;
	if (!str_next(&rest, ' ', &id) || !manifest_id_ok(id) || rest.n == 0)
		return false;
	if (str_is(rest, "-"))
		rest.n = 0;
	if (!manifest_fingerprint_ok(rest))
		return false;
	m->units = arena_grow(r->a, m->units, m->nunits, &r->cap_units, sizeof(*m->units));
	m->units[m->nunits++] =
	    (struct manifest_unit){.id = id, .fingerprint = rest, .lines = {after, 0}};
	return true;
}

static bool read_asset(struct reader *r, struct str rest)
{
	struct manifest *m = r->m;
	struct str age;
	if (!str_next(&rest, ' ', &age) || age.n != 1 || age.p[0] < '0' || age.p[0] > '9' ||
	    !manifest_path_ok(rest))
		return false;
	m->assets = arena_grow(r->a, m->assets, m->nassets, &r->cap_assets, sizeof(*m->assets));
	m->assets[m->nassets++] = (struct manifest_asset){rest, (unsigned)(age.p[0] - '0')};
	return true;
}

static bool read_file(struct manifest *m, struct str path, const char *after)
{
	if (m->nunits == 0 || !manifest_path_ok(path))
		return false;
	struct manifest_unit *u = &m->units[m->nunits - 1];
	/* The files of a unit stand together: an asset between them is damage. */
	if (u->lines.p + u->lines.n + 2 != path.p)
		return false;
	u->lines.n = (size_t)(after - u->lines.p);
	u->count++;
	return true;
}

/* Before all else, once. */
static bool read_label(struct manifest *m, struct str label)
{
	if (m->label.n || m->nunits || m->nassets || !manifest_fingerprint_ok(label))
		return false;
	m->label = label;
	return true;
}

static bool read_line(struct reader *r, struct str line, const char *after)
{
	if (line.n < 3 || line.p[1] != ' ')
		return false;
	struct str rest = {line.p + 2, line.n - 2};
	switch (line.p[0]) {
	case 'l':
		return read_label(r->m, rest);
	case 'u':
		return read_unit(r, rest, after);
	case 'f':
		return read_file(r->m, rest, after);
	case 'a':
		return read_asset(r, rest);
	default:
		return false;
	}
}

uint32_t manifest_parse(struct manifest *m, struct arena *a, struct str text)
{
	struct reader r = {.m = m, .a = a};
	struct str line, rest = text;
	uint32_t number = 1;
	*m = (struct manifest){.text = text, .by_id = MAP_INIT(a)};
	/* Cut short, its last line would be another path. */
	if (text.n == 0 || text.p[text.n - 1] != '\n')
		return 1;
	if (!str_next(&rest, '\n', &line) || !str_is(line, heading))
		return 1;
	while (rest.n && str_next(&rest, '\n', &line)) {
		number++;
		if (!read_line(&r, line, line.p + line.n + 1))
			return number;
	}
	for (size_t i = 0; i < m->nunits; i++)
		if (map_put(&m->by_id, m->units[i].id, &m->units[i]))
			return number;
	return 0;
}

struct manifest_unit *manifest_unit(const struct manifest *m, struct str id)
{
	return map_get(&m->by_id, id);
}

bool manifest_next(struct str *lines, struct str *path)
{
	struct str line;
	if (lines->n == 0 || !str_next(lines, '\n', &line) || line.n < 3)
		return false;
	*path = (struct str){line.p + 2, line.n - 2};
	return true;
}

/* -- writing ------------------------------------------------------------------ */

void manifest_begin(struct buf *out, struct str label)
{
	buf_adds(out, heading);
	buf_addc(out, '\n');
	if (!label.n)
		return;
	buf_adds(out, "l ");
	buf_add(out, label.p, label.n);
	buf_addc(out, '\n');
}

void manifest_add_unit(struct buf *out, struct str id, struct str fingerprint, struct str lines)
{
	buf_adds(out, "u ");
	buf_add(out, id.p, id.n);
	buf_addc(out, ' ');
	if (fingerprint.n)
		buf_add(out, fingerprint.p, fingerprint.n);
	else
		buf_addc(out, '-');
	buf_addc(out, '\n');
	buf_add(out, lines.p, lines.n);
}

void manifest_add_file(struct buf *lines, struct str path)
{
	buf_adds(lines, "f ");
	buf_add(lines, path.p, path.n);
	buf_addc(lines, '\n');
}

void manifest_add_asset(struct buf *out, struct str path, unsigned age)
{
	buf_addf(out, "a %u ", age);
	buf_add(out, path.p, path.n);
	buf_addc(out, '\n');
}
