/*
 * Each file is hashed as it is given to the tree, by the thread that made it.
 * A department lists its own files, so that one that did not change keeps its
 * list; the site lists its pages, the assets, and the lists of departments.
 */
#include "job/build_parts.h"

#include <stdlib.h>
#include <string.h>

bool build_manifested(struct build *b)
{
	struct repo_head head;
	bool asked = (b->tree || b->o->hashes) && !b->release && !b->o->no_history;
	return asked && history_head(&b->history, &head) == REPO_OK;
}

void build_choose_releases(struct build *b)
{
	const struct releases *all = history_releases(&b->history);
	b->chosen.items =
	    arena_array(&b->load.site.arena, all->count + 1, sizeof(*b->chosen.items));
	for (size_t i = 0; i < all->count; i++)
		for (size_t k = 0; k < b->o->releases->count; k++)
			if (strcmp(b->o->releases->items[k].path, all->items[i].name) == 0)
				b->chosen.items[b->chosen.count++] = all->items[i];
}

/* -- inputs ------------------------------------------------------------------- */

struct input_walk {
	const struct root *root;
	struct hashed_files *out;
	const char *leave_out; /* a folder, or NULL */
};

static void add_input(const struct root *root, struct hashed_files *out, const char *path)
{
	struct arena bytes_arena = ARENA_INIT;
	struct str bytes;
	if (file_read(&bytes, &bytes_arena, root, path, TABLE_BYTES) == FILE_OK)
		hashed_add(out, path, hash_sha256(bytes).s);
	arena_clear(&bytes_arena);
}

static int visit_input(void *payload, const char *path, const struct file_entry *entry)
{
	struct input_walk *w = payload;
	if (entry->status == FILE_OK && entry->kind == FILE_REGULAR &&
	    !(w->leave_out && str_starts(str_of(path), w->leave_out)))
		add_input(w->root, w->out, path);
	return 0;
}

static void add_inputs(
    struct build *b, struct hashed_files *out, const char *folder, const char *leave_out)
{
	struct input_walk w = {&b->load.root, out, leave_out};
	file_walk(&b->load.root, folder, visit_input, &w);
}

/* Attachments are copied as they are, and stand among the files. */
static void add_department_inputs(struct build *b, struct hashed_files *out, const char *id)
{
	struct arena *a = out->arena;
	add_inputs(
	    b, out, arena_printf(a, "content/%s", id), arena_printf(a, "content/%s/files/", id));
	add_inputs(b, out, arena_printf(a, "data/%s", id), NULL);
}

static void add_shared_inputs(struct build *b, struct hashed_files *out)
{
	static const char *const folders[] = {"content/methods", "data/methods", "themes"};
	struct file_entries entries;
	add_input(&b->load.root, out, "content/site.yaml");
	add_input(&b->load.root, out, ACKNOWLEDGED_FILE);
	if (file_list(&entries, out->arena, &b->load.root, "data") == FILE_OK)
		for (size_t i = 0; i < entries.count; i++)
			if (entries.items[i].kind == FILE_REGULAR)
				add_input(&b->load.root, out,
				    arena_printf(out->arena, "data/%s", entries.items[i].name));
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		add_inputs(b, out, folders[i], NULL);
}

static bool is_public(const struct build *b)
{
	return b->load.site.repository == REPOSITORY_PUBLIC;
}

/* -- lists -------------------------------------------------------------------- */

/* For whoever asks for all files, with the department's folder before them. */
static void tell(const struct build *b, const struct hashed_files *files, const char *folder)
{
	for (size_t i = 0; b->o->hashes && i < files->count; i++)
		hashed_add(b->o->hashes,
		    arena_printf(b->o->hashes->arena, "%s%s", folder, files->items[i].path),
		    files->items[i].hash.s);
}

static int put(struct build_sink *sink, struct manifest_json *m, struct hash_text *hash)
{
	struct buf text = BUF_INIT(MANIFEST_JSON_BYTES);
	manifest_json_write(&text, m);
	int err = buf_err(&text) ? -1 : build_sink_file(sink, MANIFEST_JSON, buf_str(&text));
	if (hash)
		*hash = hash_sha256(buf_str(&text));
	buf_clear(&text);
	return err;
}

int build_department_manifest(struct build *b, struct build_task *t, struct build_sink *sink)
{
	struct arena *a = sink->hashes->arena;
	struct manifest_json m = {.files = *sink->hashes, .inputs = {.arena = a}};
	if (is_public(b))
		add_department_inputs(b, &m.inputs, t->id);
	int err = put(sink, &m, &t->manifest);
	tell(b, sink->hashes, arena_printf(a, "%s/", t->id));
	return err;
}

static int by_key(const void *x, const void *y)
{
	const struct map_entry *const *a = x, *const *b = y;
	return str_cmp((*a)->key, (*b)->key);
}

/* Of all its files, each after its path. */
static struct hash_text theme_hash(struct arena *a, const struct theme *theme)
{
	const struct map *files = &theme->files;
	const struct map_entry **sorted =
	    arena_array(a, files->count + 1, sizeof(const struct map_entry *));
	struct hash h;
	for (size_t i = 0; i < files->count; i++)
		sorted[i] = &files->entries[i];
	if (files->count)
		qsort(sorted, files->count, sizeof(const struct map_entry *), by_key);
	hash_begin(&h);
	for (size_t i = 0; i < files->count; i++) {
		const struct theme_source *source = sorted[i]->value;
		hash_add(&h, sorted[i]->key);
		hash_add(&h, (struct str){"", 1});
		hash_add(&h, source->text);
	}
	return hash_end(&h);
}

static void add_parts(const struct build *b, struct manifest_json *m)
{
	for (size_t i = 0; i < b->load.ndepartments; i++)
		if (b->tasks[i].manifest.s[0])
			hashed_add(&m->parts,
			    arena_printf(m->parts.arena, "%s/" MANIFEST_JSON, b->tasks[i].id),
			    b->tasks[i].manifest.s);
}

static void add_releases(struct build *b, struct manifest_json *m, const struct releases *releases)
{
	for (size_t i = 0; b->o->profile == PROFILE_PUBLIC && i < releases->count; i++)
		hashed_add(&m->releases, releases->items[i].name, releases->items[i].commit);
}

void build_stamp(struct build *b, struct arena *a)
{
	struct repo_head head;
	history_head(&b->history, &head);
	b->stamp = (struct stamp){
	    .program = VIDNO_VERSION,
	    .commit = arena_strdup(a, head.oid),
	    .theme = arena_strdup(a, theme_hash(a, &b->load.theme).s),
	    .modified = b->history.modified,
	    .inputs = is_public(b),
	};
}

int build_site_manifest(struct build *b, struct build_sink *sink)
{
	struct arena *a = sink->hashes->arena;
	struct date date = dating_wait(&b->dating);
	for (size_t i = 0; i < b->load.theme.nassets; i++)
		hashed_add(sink->hashes, b->load.theme.assets[i].path,
		    hash_sha256(b->load.theme.assets[i].bytes).s);
	struct manifest_json m = {
	    .program = b->stamp.program,
	    .commit = b->stamp.commit,
	    .modified = b->stamp.modified,
	    .date = arena_strdup(a, date_iso(date).s),
	    .profile = b->o->profile == PROFILE_INTERNAL ? "internal" : "public",
	    .theme = b->stamp.theme,
	    .releases = {.arena = a},
	    .parts = {.arena = a},
	    .inputs = {.arena = a},
	    .files = *sink->hashes,
	};
	add_parts(b, &m);
	add_releases(b, &m, b->o->releases ? &b->chosen : history_releases(&b->history));
	if (is_public(b))
		add_shared_inputs(b, &m.inputs);
	int err = put(sink, &m, NULL);
	tell(b, sink->hashes, "");
	return err;
}
