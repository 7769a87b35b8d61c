/*
 * Files are kept by their path. Style sheets are joined in order of name, so
 * that a site adds to the look by one more file, and get names by content.
 */
#include "render/theme.h"

#include "base/intl.h"
#include "text/json.h"

#include <stdlib.h>
#include <string.h>

const char *const theme_pages[] = {"index", "overview", "programme", "roadmap", "indicators",
    "indicator", "identification", "schools", "school", "documents", "document", "reports",
    "events", "event", "cycle", "data", "table", "method", "methods", "text", "notfound",
    "versions", "changes", "readiness", "reconciliation", "alias", "claim", "search", "releases",
    "manifest", "audit", "audit_round", "audit_school", "audit_letter", NULL};

#define EARLY "js/early.js"

void theme_init(struct theme *t, struct arena *a, struct diag *diag)
{
	*t =
	    (struct theme){.arena = a, .files = MAP_INIT(a), .prepared = MAP_INIT(a), .diag = diag};
}

void theme_file(struct theme *t, const char *path, const char *file, struct str text)
{
	struct map_entry *e = map_entry(&t->files, str_of(path));
	if (e->value)
		return;
	struct theme_source *source = arena_alloc(t->arena, sizeof(*source));
	*source = (struct theme_source){file, text};
	e->value = source;
}

static int load(void *payload, const char *name, struct template_source *out)
{
	const struct theme *t = payload;
	const char *path = arena_printf(t->arena, "templates/%s.mustache", name);
	const struct theme_source *source = map_get(&t->files, str_of(path));
	if (!source)
		return -1;
	*out = (struct template_source){source->text, source->file};
	return 0;
}

static int by_path(const void *x, const void *y)
{
	const struct map_entry *const *a = x, *const *b = y;
	return str_cmp((*a)->key, (*b)->key);
}

/* The files of a folder of the theme, sorted; *count of them. */
static const struct map_entry **folder(const struct theme *t, const char *prefix, size_t *count)
{
	const struct map_entry **found =
	    arena_array(t->arena, t->files.count + 1, sizeof(const struct map_entry *));
	*count = 0;
	for (size_t i = 0; i < t->files.count; i++)
		if (str_starts(t->files.entries[i].key, prefix))
			found[(*count)++] = &t->files.entries[i];
	qsort(found, *count, sizeof(*found), by_path);
	return found;
}

static const char *add_asset(
    struct theme *t, const char *stem, const char *extension, struct str bytes)
{
	t->assets = arena_grow(t->arena, t->assets, t->nassets, &t->assets_cap, sizeof(*t->assets));
	struct hash_text hash = hash_sha256(bytes);
	const char *path = arena_printf(t->arena, "assets/%s-%.8s%s", stem, hash.s, extension);
	t->assets[t->nassets++] = (struct theme_asset){path, bytes};
	return path;
}

static const char *add_buf(
    struct theme *t, const char *stem, const char *extension, const struct buf *b)
{
	struct str bytes = {arena_strndup(t->arena, b->data, b->len), b->len};
	return add_asset(t, stem, extension, bytes);
}

/* What the scripts say to the reader: the texts script_<name>. */
static const char *const script_words[] = {"sort", "sorted_up", "sorted_down", "filter", "all",
    "shown", "copy", "copied", "address", "theme", "theme_auto", "theme_light", "theme_dark",
    "search", "found", "found_some", "found_none", "type_more", NULL};

/* In strict mode, and one object that the scripts share: const vidno={"words":{…}} */
static void add_script_words(const struct theme *t, struct buf *out)
{
	struct json j = JSON_INIT(out);
	buf_adds(out, "'use strict';\nconst vidno=");
	json_object(&j);
	json_key(&j, "words");
	json_object(&j);
	for (const char *const *name = script_words; *name; name++) {
		json_key(&j, *name);
		json_string(&j, words_of(&t->words, "script_", *name));
	}
	json_end(&j);
	json_end(&j);
	buf_adds(out, ";\n");
}

/* A script without what is for its own readers: comments on lines of their
 * own, and tabs at the beginnings of lines. */
static void add_lines(struct buf *out, struct str script)
{
	for (struct str line; str_next(&script, '\n', &line);) {
		for (; line.n && line.p[0] == '\t'; line.p++)
			line.n--;
		if (line.n == 0 || str_starts(line, "//"))
			continue;
		buf_add(out, line.p, line.n);
		buf_addc(out, '\n');
	}
}

/* The files of a folder as one, after what stands in the buf. */
static const char *join(
    struct theme *t, const char *prefix, const char *stem, const char *extension, struct buf *begun)
{
	size_t count;
	const struct map_entry **files = folder(t, prefix, &count);
	if (!count)
		return NULL;
	struct buf out = BUF_INIT(BUF_PAGE);
	if (begun)
		buf_add(&out, begun->data, begun->len);
	for (size_t i = 0; i < count; i++) {
		const struct theme_source *source = files[i]->value;
		if (str_is(files[i]->key, EARLY))
			continue;
		if (begun)
			add_lines(&out, source->text);
		else
			buf_add(&out, source->text.p, source->text.n);
		if (out.len && out.data[out.len - 1] != '\n')
			buf_addc(&out, '\n');
	}
	const char *path = add_buf(t, stem, extension, &out);
	buf_clear(&out);
	return path;
}

static void add_scripts(struct theme *t)
{
	struct buf words = BUF_INIT(BUF_PAGE);
	const struct theme_source *early = map_get(&t->files, str_of(EARLY));
	add_script_words(t, &words);
	t->script = join(t, "js/", "script", ".js", &words);
	if (early) {
		buf_reset(&words);
		add_lines(&words, early->text);
		t->early = add_buf(t, "early", ".js", &words);
	}
	buf_clear(&words);
}

static void copy_static(struct theme *t)
{
	size_t count;
	const struct map_entry **files = folder(t, "static/", &count);
	for (size_t i = 0; i < count; i++) {
		const struct theme_source *source = files[i]->value;
		const char *name = files[i]->key.p + strlen("static/");
		const char *dot = strrchr(name, '.');
		const char *extension = dot ? dot : "";
		const char *stem = arena_strndup(t->arena, name, strlen(name) - strlen(extension));
		const char *path = add_asset(t, stem, extension, source->text);
		if (strcmp(stem, "icon") == 0)
			t->icon = path;
	}
}

static int read_words(struct theme *t, const char *language)
{
	const char *path = arena_printf(t->arena, "i18n/%s.yaml", language);
	const struct theme_source *source = map_get(&t->files, str_of(path));
	if (!source) {
		diag_add(t->diag, DIAG_ERROR, "theme-words", DIAG_NOWHERE, str_of(path),
		    _("Copy the file from the theme that came with the program."),
		    _("the theme has no texts for the language of the site"));
		return -1;
	}
	return words_read(&t->words, t->arena, language, source->file, source->text, t->diag);
}

int theme_ready(struct theme *t, const char *language)
{
	int err = read_words(t, language);
	t->templates = templates_new(t->arena, load, t, t->diag);
	for (const char *const *name = theme_pages; *name; name++) {
		const struct template *page = templates_get(t->templates, *name);
		if (!page)
			err = -1;
		map_put(&t->prepared, str_of(*name), (void *)(uintptr_t)page);
	}
	t->style = join(t, "css/", "style", ".css", NULL);
	add_scripts(t);
	copy_static(t);
	return err;
}

const struct template *theme_template(const struct theme *t, const char *name)
{
	return map_get(&t->prepared, str_of(name));
}
