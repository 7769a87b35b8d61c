/*
 * The same calls in the same order as the program makes them; only the bytes
 * come from the test instead of a file.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_department.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_no_errors(struct fixture *s, int err)
{
	if (!err && s->diag.errors == 0)
		return;
	diag_sort(&s->diag);
	diag_print(&s->diag, stderr, false);
	diag_clear(&s->diag); /* the next test begins anew */
	s->diag = (struct diag)DIAG_INIT;
	fail_msg("the input of the test is wrong");
}

static struct str read_file(struct fixture *s, const char *path)
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
	struct str bytes = {arena_strndup(&s->site.arena, b.data, b.len), b.len};
	buf_clear(&b);
	return bytes;
}

static void shared_table(struct fixture *s, enum table_id id, const char *path)
{
	expect_no_errors(s, site_table(&s->site, id, path, read_file(s, path), &s->diag));
}

static int method_order(const void *x, const void *y)
{
	const struct method *const *a = x, *const *b = y;
	return strcmp((*a)->id, (*b)->id);
}

/* A method of the same id is replaced. */
static void add_method(struct fixture *s, struct method *m)
{
	size_t at = 0;
	while (at < s->site.nmethods && strcmp(s->site.methods[at]->id, m->id) != 0)
		at++;
	if (at == s->site.nmethods) {
		struct method **methods =
		    arena_array(&s->site.arena, at + 1, sizeof(struct method *));
		if (at)
			memcpy(methods, s->site.methods, at * sizeof(struct method *));
		s->site.methods = methods;
		s->site.nmethods++;
	}
	s->site.methods[at] = m;
	qsort(s->site.methods, s->site.nmethods, sizeof(struct method *), method_order);
}

static void read_method(struct fixture *s, const char *id, struct str text, const char *rules)
{
	struct arena *a = &s->site.arena;
	struct method *m = arena_alloc(a, sizeof(*m));
	expect_no_errors(s, method_read(m, a, arena_strdup(a, id), text, &s->diag));
	if (m->table) {
		const char *path = arena_printf(a, "data/methods/%s", m->table);
		struct str bytes = rules ? str_of(rules) : read_file(s, path);
		expect_no_errors(s, method_table(m, a, path, bytes, &s->diag));
	}
	expect_no_errors(s, method_check(m, a, &s->site.procedures, &s->site.metrics, &s->diag));
	assert_true(m->sound);
	add_method(s, m);
}

void support_method(struct fixture *s, const char *id, const char *markdown, const char *rules)
{
	read_method(s, id, str_of(arena_strdup(&s->site.arena, markdown)),
	    rules ? arena_strdup(&s->site.arena, rules) : NULL);
}

static void shipped_methods(struct fixture *s)
{
	DIR *folder = opendir("content/methods");
	if (!folder)
		fail_msg("content/methods is missing: tests run from the root of the repository");
	for (struct dirent *e; (e = readdir(folder));) {
		struct str name = str_of(e->d_name);
		if (!str_ends(name, ".md"))
			continue;
		char path[512], id[256];
		snprintf(path, sizeof(path), "content/methods/%s", e->d_name);
		snprintf(id, sizeof(id), "%.*s", (int)(name.n - 3), name.p);
		read_method(s, id, read_file(s, path), NULL);
	}
	closedir(folder);
}

void support_site(struct fixture *s)
{
	*s = (struct fixture){.site = SITE_INIT, .diag = DIAG_INIT, .arena = ARENA_INIT};
	s->site.language = LANGUAGE_RU;
	shared_table(s, TABLE_PROCEDURES, "data/procedures.csv");
	shared_table(s, TABLE_METRICS, "data/metrics.csv");
	shared_table(s, TABLE_CHECKLIST, "data/audit-checklist.csv");
	shipped_methods(s);
}

static struct str keep(struct fixture *s, const char *text)
{
	return str_of(arena_strdup(&s->department.arena, text));
}

void support_begin(struct fixture *s, const char *front_matter)
{
	department_init(&s->department, &s->site, "test");
	support_today(s, 2022, 6, 30);
	support_content(s, "index.md",
	    arena_printf(&s->arena, "---\ntitle: Test\n%s---\n\nText.\n", front_matter));
}

void support_today(struct fixture *s, int year, int month, int day)
{
	s->department.today = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
}

void support_table(struct fixture *s, enum table_id id, const char *csv)
{
	const char *file = arena_printf(&s->department.arena, "data/test/%s", schema_of(id)->file);
	expect_no_errors(s,
	    department_table(&s->department, id, file, keep(s, csv), (struct date){0}, &s->diag));
}

void support_file(struct fixture *s, enum table_id id, const char *path)
{
	struct str bytes = read_file(s, path);
	expect_no_errors(
	    s, department_table(&s->department, id, path, bytes, (struct date){0}, &s->diag));
}

void support_audit(struct fixture *s, const char *date, const char *csv)
{
	struct date day;
	assert_int_equal(date_parse(&day, str_of(date)), 0);
	const char *file = arena_printf(&s->department.arena, "data/test/audit/%s.csv", date);
	expect_no_errors(
	    s, department_table(&s->department, TABLE_AUDIT, file, keep(s, csv), day, &s->diag));
}

void support_content(struct fixture *s, const char *path, const char *markdown)
{
	expect_no_errors(s, department_content(&s->department, path, keep(s, markdown), &s->diag));
}

void support_finish(struct fixture *s)
{
	expect_no_errors(s, department_finish(&s->department, s->department.today, &s->diag));
}

void support_end(struct fixture *s)
{
	department_clear(&s->department);
	arena_clear(&s->arena);
	diag_clear(&s->diag);
	s->diag = (struct diag)DIAG_INIT;
}

void support_site_end(struct fixture *s)
{
	arena_clear(&s->arena);
	diag_clear(&s->diag);
	site_clear(&s->site);
}

const struct school *support_school(const struct fixture *s, const char *id)
{
	const struct school *school = map_get(&s->department.names.by_id, str_of(id));
	if (!school)
		fail_msg("there is no school %s", id);
	return school;
}

const struct metric *support_metric(const struct fixture *s, const char *id)
{
	for (size_t i = 0; i < s->site.metrics.count; i++) {
		const struct metric *m = table_row(&s->site.metrics, i);
		if (strcmp(m->id, id) == 0)
			return m;
	}
	fail_msg("there is no metric %s", id);
	return NULL;
}

struct identification *support_identify(struct fixture *s, const char *method, int year)
{
	const struct method *m = site_method(&s->site, method);
	struct identification *i = arena_alloc(&s->arena, sizeof(*i));
	assert_non_null(m);
	identify(i, &s->arena, &s->department, m, year);
	return i;
}

const struct school_result *support_result(
    const struct fixture *s, const struct identification *i, const char *school)
{
	const struct school_result *r = identification_school(i, support_school(s, school));
	assert_non_null(r);
	return r;
}

const struct basis *support_basis(const struct identification *i, const char *school,
    const char *rule, const char *period, const char *measure)
{
	for (size_t j = 0; j < i->nbasis; j++) {
		const struct basis *b = &i->basis[j];
		if (strcmp(b->school->id, school) == 0 && strcmp(b->rule, rule) == 0 &&
		    strcmp(b->period, period) == 0 &&
		    (!measure || strcmp(b->measure, measure) == 0))
			return b;
	}
	fail_msg("no row of the basis: %s %s %s", school, rule, period);
	return NULL;
}
