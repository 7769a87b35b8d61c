/*
 * Any bytes as the manifest of a published site, and as the list of what an
 * output folder holds.
 *
 * The first byte chooses. Paths that are taken lead nowhere else; what was
 * read and is written again is read as the same.
 */
#include "job/manifest_json.h"
#include "sys/manifest.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check_path(struct str path)
{
	struct str part;
	expect(path.n > 0 && path.p[0] != '/');
	while (str_next(&path, '/', &part))
		expect(part.n > 0 && !str_is(part, ".."));
}

static void check_list(
    const struct hashed_files *f, const struct hashed_files *again, size_t digits)
{
	expect(f->count == again->count);
	for (size_t i = 0; i < f->count; i++) {
		check_path(str_of(f->items[i].path));
		expect(strcmp(f->items[i].path, again->items[i].path) == 0);
		expect(strlen(f->items[i].hash.s) == digits);
	}
}

static void read_json(struct arena *a, struct str text)
{
	struct manifest_json m, again;
	struct buf out = BUF_INIT(BUF_PAGE);
	if (manifest_json_read(&m, a, text) < 0)
		return;
	/* The one of a department has lists of inputs and files alone. */
	if (!m.program || !m.date || !m.profile || !m.theme || !m.commit)
		m.commit = NULL, m.releases.count = m.parts.count = 0;
	manifest_json_write(&out, &m);
	expect(manifest_json_read(&again, a, buf_str(&out)) == 0);
	check_list(&m.releases, &again.releases, 40);
	check_list(&m.parts, &again.parts, HASH_HEX);
	check_list(&m.inputs, &again.inputs, HASH_HEX);
	check_list(&m.files, &again.files, HASH_HEX);
	buf_clear(&out);
}

static void read_folder(struct arena *a, struct str text)
{
	struct manifest m;
	struct str path;
	if (manifest_parse(&m, a, text) != 0)
		return;
	for (size_t i = 0; i < m.nunits; i++) {
		size_t count = 0;
		struct str lines = m.units[i].lines;
		expect(manifest_unit(&m, m.units[i].id) == &m.units[i]);
		for (; manifest_next(&lines, &path); count++)
			check_path(path);
		expect(count == m.units[i].count);
	}
	for (size_t i = 0; i < m.nassets; i++)
		check_path(m.assets[i].path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	if (size == 0)
		return 0;
	struct str text = {(const char *)data + 1, size - 1};
	if (data[0] % 2)
		read_json(&a, text);
	else
		read_folder(&a, text);
	arena_clear(&a);
	return 0;
}
