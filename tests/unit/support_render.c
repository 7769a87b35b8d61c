/*
 * The sink keeps every file in a map. The theme is read from the repository
 * as job/load would read it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_render.h"

#include "text/markdown.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static const char theme_folder[] = "themes/default";

struct str rendering_read(struct arena *a, const char *path)
{
	struct buf b = BUF_INIT(BUF_FILE);
	char chunk[4096];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("cannot read %s: tests run from the root of the repository", path);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		buf_add(&b, chunk, n);
	fclose(f);
	struct str bytes = {arena_strndup(a, b.data, b.len), b.len};
	buf_clear(&b);
	return bytes;
}

static void read_folder(struct theme *t, struct arena *a, const char *folder)
{
	const char *path = arena_printf(a, "%s/%s", theme_folder, folder);
	DIR *dir = opendir(path);
	if (!dir)
		return;
	for (struct dirent *e; (e = readdir(dir));) {
		if (e->d_name[0] == '.')
			continue;
		const char *file = arena_printf(a, "%s/%s", path, e->d_name);
		const char *name = arena_printf(a, "%s/%s", folder, e->d_name);
		theme_file(t, name, file, rendering_read(a, file));
	}
	closedir(dir);
}

int rendering_theme(struct theme *t, struct arena *a, const char *language, struct diag *diag)
{
	static const char *const folders[] = {"templates", "i18n", "css", "js", "static"};
	theme_init(t, a, diag);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		read_folder(t, a, folders[i]);
	return theme_ready(t, language);
}

static int keep(void *payload, const char *path, struct str bytes)
{
	struct rendering *t = payload;
	struct str *file = arena_alloc(&t->arena, sizeof(*file));
	*file = (struct str){arena_strndup(&t->arena, bytes.p, bytes.n), bytes.n};
	map_put(&t->files, str_of(path), file);
	return 0;
}

static void start(struct rendering *t, enum profile profile)
{
	t->sink = (struct sink){t, keep};
	t->r = (struct renderer){
	    .arena = &t->pages,
	    .kept = &t->arena,
	    .site = &t->f.site,
	    .theme = &t->theme,
	    .words = &t->theme.words,
	    .profile = profile,
	    .strict = true,
	    .sink = &t->sink,
	    .diag = &t->diag,
	    .out = BUF_INIT(BUF_PAGE),
	};
}

void rendering_begin(struct rendering *t, const char *front_matter)
{
	memset(t, 0, sizeof(*t));
	t->files = (struct map)MAP_INIT(&t->arena);
	t->diag = (struct diag)DIAG_INIT;
	markdown_init();
	support_site(&t->f);
	t->f.site.title = "Test site";
	t->f.site.base_url = "https://example.org/";
	assert_int_equal(rendering_theme(&t->theme, &t->arena, "ru", &t->diag), 0);
	support_begin(&t->f, front_matter);
}

void rendering_finish(struct rendering *t, enum profile profile)
{
	const struct department *d = &t->f.department;
	support_finish(&t->f);
	identify_all(&t->ids, &t->arena, d);
	assess_indicators(&t->assessment, &t->arena, d, &t->ids, &t->diag);
	disclosure_init(&t->disclosure, &t->arena, d, &t->ids, &t->assessment, profile);
	start(t, profile);
	t->r.today = d->today;
	t->r.dept = d;
	t->r.ids = &t->ids;
	t->r.assessment = &t->assessment;
	t->r.disclosure = &t->disclosure;
}

void rendering_top(struct rendering *t, enum profile profile)
{
	start(t, profile);
	t->r.today = (struct date){2022, 6, 30};
}

void rendering_end(struct rendering *t)
{
	buf_clear(&t->r.out);
	support_end(&t->f);
	support_site_end(&t->f);
	diag_clear(&t->diag);
	arena_clear(&t->arena);
	arena_clear(&t->pages);
}

const char *rendering_file(const struct rendering *t, const char *path)
{
	const struct str *file = map_get(&t->files, str_of(path));
	return file ? file->p : NULL;
}

const char *rendering_line(struct rendering *t, const char *text, const char *beginning)
{
	struct str rest = str_of(text), line;
	while (str_next(&rest, '\n', &line))
		if (str_starts(line, beginning))
			return arena_strndup(&t->arena, line.p, line.n);
	fail_msg("no line begins with %s in:\n%s", beginning, text ? text : "(no such file)");
	return NULL;
}

const struct diag_item *rendering_said(const struct rendering *t, const char *rule)
{
	for (size_t i = 0; i < t->diag.count; i++)
		if (strcmp(t->diag.items[i].rule, rule) == 0)
			return &t->diag.items[i];
	return NULL;
}
