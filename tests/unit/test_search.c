/*
 * The index of the search: who is found by what, how it is cut into files, and
 * the lists that need no script.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/pages.h"
#include "render/search.h"
#include "support_render.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static struct search_entry of_a[] = {
    {SEARCH_MEASURE, "Обучить учителей", "до 1 сентября", "roadmap/#m1"},
    {SEARCH_SCHOOL, "Школа № 2", NULL, "schools/two/"},
    {SEARCH_SCHOOL, "Берёзовская СОШ", "МОУ «Берёзовская школа»", "schools/b/"},
    {SEARCH_DOCUMENT, "Приказ о </script> школах", "от 6 мая 2019", "documents/x/"},
};
static struct search_entry of_b[] = {
    {SEARCH_SCHOOL, "Ясная школа", NULL, "schools/y/"},
};
static const struct summary a = {
    .id = "a", .title = "А", .short_name = "Район Альфа", .found = of_a, .nfound = 4};
static const struct summary b = {
    .id = "b", .title = "Б", .short_name = "Район Бета", .found = of_b, .nfound = 1};

static void make(struct rendering *t, const struct summary *const *departments, size_t count)
{
	rendering_begin(t, "");
	rendering_top(t, PROFILE_PUBLIC);
	t->r.departments = departments;
	t->r.ndepartments = count;
	assert_int_equal(page_search(&t->r), 0);
	assert_int_equal(t->diag.errors, 0);
}

/* What a file of the index holds. */
static json_t *value(const struct rendering *t, const char *name)
{
	char path[128], beginning[128];
	snprintf(path, sizeof(path), "search/%s.js", name);
	snprintf(beginning, sizeof(beginning), "vidno.found(\"%s\",", name);
	const char *text = rendering_file(t, path);
	if (!text)
		fail_msg("%s was not written", path);
	assert_memory_equal(text, beginning, strlen(beginning));
	const char *from = text + strlen(beginning), *to = strrchr(from, ')');
	assert_string_equal(to, ");\n");
	json_error_t error;
	json_t *json = json_loadb(from, (size_t)(to - from), JSON_REJECT_DUPLICATES, &error);
	if (!json)
		fail_msg("%s: %s", path, error.text);
	return json;
}

/* The entries of a stem, as "0 2 5"; "all" and "none" for the marks. */
static const char *entries(struct rendering *t, const json_t *part, const char *stem)
{
	const json_t *list = json_object_get(part, stem);
	if (!list)
		return "";
	if (json_is_integer(list))
		return json_integer_value(list) ? "all" : "none";
	const char *said = "";
	json_int_t n = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		n += json_integer_value(json_array_get(list, i));
		said = arena_printf(&t->arena, "%s%s%d", said, i ? " " : "", (int)n);
	}
	return said;
}

static void test_index(void **state)
{
	static const struct summary *const both[] = {&a, &b};
	struct rendering t;
	(void)state;
	make(&t, both, 2);
	json_t *index = value(&t, "index"), *part = value(&t, "t"), *block = value(&t, "0");
	assert_int_equal(json_array_size(index), 1);
	assert_string_equal(json_string_value(json_array_get(index, 0)), "");

	/* Schools by name, of all departments; then documents; then measures. */
	static const char *const titles[] = {"Берёзовская СОШ", "Школа № 2", "Ясная школа",
	    "Приказ о </script> школах", "Обучить учителей"};
	assert_int_equal(json_array_size(block), 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(
		    json_string_value(json_array_get(json_array_get(block, i), 1)), titles[i]);
	const json_t *measure = json_array_get(block, 4);
	assert_int_equal(json_integer_value(json_array_get(measure, 0)), SEARCH_MEASURE);
	assert_string_equal(json_string_value(json_array_get(measure, 2)), "до 1 сентября");
	assert_string_equal(
	    json_string_value(json_array_get(measure, 3)), "../a/roadmap/index.html#m1");
	assert_string_equal(json_string_value(json_array_get(measure, 4)), "Район Альфа");

	assert_string_equal(entries(&t, part, "школ"), "0 1 2 3");
	assert_string_equal(entries(&t, part, "березовск"), "0");
	assert_string_equal(entries(&t, part, "2"), "1");
	assert_string_equal(entries(&t, part, "приказ"), "3");
	assert_string_equal(entries(&t, part, "ма"), "");
	assert_string_equal(entries(&t, part, "мая"), "3");
	assert_string_equal(entries(&t, part, "бет"), "2");
	assert_string_equal(entries(&t, part, "район"), "0 1 2 3 4");
	assert_string_equal(entries(&t, part, "о"), "none");
	assert_string_equal(entries(&t, part, "для"), "none");
	json_decref(index);
	json_decref(part);
	json_decref(block);
	assert_null(strstr(rendering_file(&t, "search/0.js"), "</script"));
	rendering_end(&t);
}

static void assert_has(const struct rendering *t, const char *path, const char *text, bool has)
{
	const char *page = rendering_file(t, path);
	assert_non_null(page);
	if ((strstr(page, text) != NULL) != has)
		fail_msg("%s %s %s:\n%s", path, has ? "has no" : "has", text, page);
}

static void test_lists_of_many(void **state)
{
	static const struct summary *const both[] = {&a, &b};
	struct rendering t;
	(void)state;
	make(&t, both, 2);
	assert_has(
	    &t, "search/index.html", "<a href=\"../search/a/index.html\">Район Альфа</a>", true);
	assert_has(&t, "search/index.html", "Берёзовская", false);
	assert_has(&t, "search/index.html", "id=\"search\"", true);
	assert_has(&t, "search/a/index.html",
	    "href=\"../../a/schools/b/index.html\">Берёзовская СОШ", true);
	assert_has(&t, "search/a/index.html", "Приказ о &lt;/script&gt; школах", true);
	assert_has(&t, "search/a/index.html", "Обучить", false);
	assert_has(&t, "search/a/index.html", "Ясная", false);
	assert_has(&t, "search/a/index.html", "id=\"search\"", false);
	assert_has(&t, "search/b/index.html", "Ясная школа", true);
	const char *page = rendering_file(&t, "search/a/index.html");
	assert_true(strstr(page, "Берёзовская") < strstr(page, "Школа № 2"));
	rendering_end(&t);
}

static void test_lists_of_one(void **state)
{
	static const struct summary *const one[] = {&a};
	struct rendering t;
	(void)state;
	make(&t, one, 1);
	assert_has(
	    &t, "search/index.html", "href=\"../a/schools/b/index.html\">Берёзовская СОШ", true);
	assert_null(rendering_file(&t, "search/a/index.html"));
	rendering_end(&t);
}

static void test_nothing_to_find(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, NULL, 0);
	json_t *part = value(&t, "t");
	assert_string_equal(entries(&t, part, "для"), "none");
	json_decref(part);
	assert_null(rendering_file(&t, "search/0.js"));
	rendering_end(&t);
}

/* -- many ------------------------------------------------------------------------ */

enum { MANY = 4000 };

/* Every stem lies in the one file that its longest listed beginning names, so
 * a browser that loads the beginnings of a word has all its stems. */
static void check_parts(struct rendering *t, struct str *seen)
{
	json_t *index = value(t, "index");
	size_t stems = 0, i;
	json_t *one;
	assert_true(json_array_size(index) > 20);
	json_array_foreach(index, i, one)
	{
		const char *beginning = json_string_value(one);
		char name[256] = "t";
		struct str rest = str_of(beginning);
		for (size_t len; rest.n; rest.p += len, rest.n -= len)
			snprintf(name + strlen(name), sizeof(name) - strlen(name), "%04x",
			    (unsigned)utf8_decode(rest.p, rest.n, &len));
		json_t *part = value(t, name), *list;
		const char *stem;
		json_object_foreach(part, stem, list)
		{
			assert_true(str_starts(str_of(stem), beginning));
			stems++;
		}
		if (json_object_size(part) > 1)
			assert_true(
			    strlen(rendering_file(t,
			        arena_printf(&t->arena, "search/%s.js", name))) < 2 * SEARCH_PART);
		json_decref(part);
	}
	*seen = (struct str){NULL, stems};
	json_decref(index);
}

static void test_many(void **state)
{
	struct rendering t;
	struct str seen;
	(void)state;
	rendering_begin(&t, "");
	rendering_top(&t, PROFILE_PUBLIC);
	struct search_entry *found = arena_array(&t.arena, MANY, sizeof(*found));
	static const char *const syllables[] = {"бар", "вел", "гор", "дуб", "жил", "зар", "кам",
	    "лес", "мор", "нев", "пол", "руч", "сед", "тай", "усть", "хол"};
	for (unsigned i = 0; i < MANY; i++)
		found[i] = (struct search_entry){SEARCH_SCHOOL,
		    arena_printf(&t.arena, "Школа %s%s%s %u", syllables[i % 16],
		        syllables[i / 16 % 16], syllables[i / 256 % 16], i),
		    NULL, "schools/x/"};
	struct summary s = {
	    .id = "a", .title = "А", .short_name = "Край", .found = found, .nfound = MANY};
	const struct summary *const one[] = {&s};
	t.r.departments = one;
	t.r.ndepartments = 1;
	assert_int_equal(page_search(&t.r), 0);
	check_parts(&t, &seen);
	assert_true(seen.n > 2 * MANY - 10);
	assert_null(rendering_file(&t, "search/t.js"));
	json_t *last = value(&t, arena_printf(&t.arena, "%d", (MANY - 1) / SEARCH_BLOCK));
	assert_int_equal(json_array_size(last), (MANY - 1) % SEARCH_BLOCK + 1);
	json_decref(last);
	/* In all of them: a mark instead of four thousand numbers. */
	json_t *part = value(&t, "t0448");
	assert_string_equal(entries(&t, part, "школ"), "all");
	json_decref(part);
	rendering_end(&t);
}

/* The version is that of the content: the browser asks again only when it changes. */
static void test_version(void **state)
{
	static const struct summary *const both[] = {&a, &b};
	struct rendering t;
	struct hash_text first, again, other;
	size_t count;
	(void)state;
	rendering_begin(&t, "");
	rendering_top(&t, PROFILE_PUBLIC);
	t.r.departments = both;
	t.r.ndepartments = 2;
	t.r.path = "search/";
	const struct search_place *places = search_places(&t.r, NULL, &count);
	assert_int_equal(count, 5);
	assert_int_equal(search_index(&t.r, places, count, &first), 0);
	assert_int_equal(search_index(&t.r, places, count, &again), 0);
	assert_int_equal(search_index(&t.r, places, count - 1, &other), 0);
	assert_string_equal(first.s, again.s);
	assert_string_not_equal(first.s, other.s);
	rendering_end(&t);
}

/* -- what a department adds ------------------------------------------------------- */

static bool is_found(const struct summary *s, const char *title, const char *path)
{
	for (size_t i = 0; i < s->nfound; i++)
		if (strcmp(s->found[i].title, title) == 0 && strcmp(s->found[i].path, path) == 0)
			return true;
	return false;
}

static void test_department(void **state)
{
	struct rendering t;
	struct summary summary = {0};
	struct arena lasting = ARENA_INIT;
	(void)state;
	rendering_begin(&t, "");
	support_table(
	    &t.f, TABLE_SCHOOLS, "school,name,short_name,kind\na,МОУ Альфа,Альфа,secondary\n");
	support_table(&t.f, TABLE_ROADMAP, "item,section,activity\nm-1,S,Обучить учителей\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	t.r.summary = &summary;
	t.r.lasting = &lasting;
	assert_int_equal(page_school(&t.r) | page_roadmap(&t.r), 0);
	assert_int_equal(summary.nfound, 2);
	assert_true(is_found(&summary, "Альфа", "schools/a/"));
	assert_true(is_found(&summary, "Обучить учителей", "roadmap/#m-1"));
	assert_non_null(strstr(summary.found[0].more, "МОУ Альфа"));
	rendering_end(&t);
	assert_string_equal(summary.found[0].title, "Альфа"); /* it outlives the department */
	arena_clear(&lasting);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_index),
	    cmocka_unit_test(test_lists_of_many),
	    cmocka_unit_test(test_lists_of_one),
	    cmocka_unit_test(test_nothing_to_find),
	    cmocka_unit_test(test_many),
	    cmocka_unit_test(test_version),
	    cmocka_unit_test(test_department),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
