/*
 * The five departments hold what their documents hold: so many indicators in
 * so many groups, so many measures in each section, so many schools on lists.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_department.h"

#include <string.h>

enum { SECTIONS = 8 };

struct plan {
	const char *department, *part;
	size_t sections[SECTIONS]; /* rows of each, in order; 0 ends them */
};

static const struct plan plans[] = {
    {"kezhma", "дорожная карта", {9, 23, 7}}, {"kezhma", "зона риска", {15}},
    {"nazarovo", "дорожная карта", {14}}, {"prigorodny", "дорожная карта", {5, 4, 7, 4, 3}},
    {"krasnokholm", "управленческие меры", {9}},
    {"krasnokholm", "дорожная карта", {2, 1, 4, 4, 5, 2}}, /* 18 */
    {"ust-ilimsk", "дорожная карта", {6, 12, 20, 5}},      /* 43 */
};

static struct fixture s;

static void read_table(const char *department, enum table_id id)
{
	support_file(&s, id, arena_printf(&s.arena, "data/%s/%s", department, schema_of(id)->file));
}

static const struct table *table_of(enum table_id id)
{
	return &s.department.tables[id];
}

/* Rows of the part by section, as they follow each other. */
static size_t count_sections(const char *part, size_t *counts)
{
	const struct table *t = table_of(TABLE_ROADMAP);
	const char *section = "";
	size_t n = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct roadmap_item *item = table_row(t, i);
		if (strcmp(item->part, part) != 0)
			continue;
		if (n == 0 || strcmp(item->section, section) != 0)
			n++;
		assert_true(n <= SECTIONS);
		section = item->section;
		counts[n - 1]++;
	}
	return n;
}

static void test_road_maps(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(plans) / sizeof(*plans); i++) {
		const struct plan *p = &plans[i];
		size_t counts[SECTIONS] = {0};
		support_begin(&s, "");
		read_table(p->department, TABLE_ROADMAP);
		count_sections(p->part, counts);
		for (size_t k = 0; k < SECTIONS; k++)
			if (counts[k] != p->sections[k])
				fail_msg("%s, %s, section %zu: %zu rows instead of %zu",
				    p->department, p->part, k + 1, counts[k], p->sections[k]);
		support_end(&s);
	}
}

/* Each of the two-level table has its level, and both levels are there. */
static void test_two_levels(void **state)
{
	size_t levels[MEASURE_SCHOOL + 1] = {0};
	(void)state;
	support_begin(&s, "");
	read_table("krasnokholm", TABLE_ROADMAP);
	const struct table *t = table_of(TABLE_ROADMAP);
	for (size_t i = 0; i < t->count; i++) {
		const struct roadmap_item *item = table_row(t, i);
		if (strcmp(item->part, "два уровня") == 0)
			levels[item->level]++;
	}
	assert_int_equal(levels[MEASURE_NONE], 0);
	assert_int_equal(levels[MEASURE_MUNICIPALITY], 19);
	assert_int_equal(levels[MEASURE_SCHOOL], 14);
	support_end(&s);
}

static void assert_indicators(const char *department, size_t indicators, size_t groups)
{
	support_begin(&s, "");
	read_table(department, TABLE_INDICATORS);
	const struct table *t = table_of(TABLE_INDICATORS);
	const char *group = "";
	size_t n = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct indicator *in = table_row(t, i);
		n += strcmp(in->group, group) != 0;
		group = in->group;
	}
	if (t->count != indicators || n != groups)
		fail_msg("%s: %zu indicators in %zu groups", department, t->count, n);
	support_end(&s);
}

static void test_indicators(void **state)
{
	(void)state;
	assert_indicators("nazarovo", 29, 6);
	assert_indicators("kezhma", 19, 6);
	assert_indicators("krasnokholm", 3, 1);
	assert_indicators("prigorodny", 4, 1);
	assert_indicators("ust-ilimsk", 3, 3);
}

/* Schools of a category that the list of a year names. */
static size_t named(const char *department, int category, int year)
{
	size_t count = 0;
	support_begin(&s, "");
	read_table(department, TABLE_SCHOOLS);
	read_table(department, TABLE_DECLARED);
	const struct table *t = table_of(TABLE_DECLARED);
	for (size_t i = 0; i < t->count; i++) {
		const struct declared *row = table_row(t, i);
		count += row->category == category && row->year == year && row->school;
	}
	support_end(&s);
	return count;
}

static void test_lists(void **state)
{
	(void)state;
	assert_int_equal(named("kezhma", CATEGORY_LOW_RESULTS, 2022), 5);
	assert_int_equal(named("kezhma", CATEGORY_RISK_ZONE, 2022), 2);
	assert_int_equal(named("krasnokholm", CATEGORY_LOW_RESULTS, 2021), 1);
	assert_int_equal(named("ust-ilimsk", CATEGORY_LOW_RESULTS, 2020), 4);
}

/* How many, not which. */
static void test_number_only(void **state)
{
	(void)state;
	support_begin(&s, "");
	read_table("nazarovo", TABLE_DECLARED);
	const struct table *t = table_of(TABLE_DECLARED);
	const struct declared *last = table_row(t, t->count - 1);
	assert_null(last->school);
	assert_int_equal(last->count, 6);
	support_end(&s);
}

static int begin(void **state)
{
	(void)state;
	support_site(&s);
	return 0;
}

static int end(void **state)
{
	(void)state;
	support_site_end(&s);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_road_maps),
	    cmocka_unit_test(test_two_levels),
	    cmocka_unit_test(test_indicators),
	    cmocka_unit_test(test_lists),
	    cmocka_unit_test(test_number_only),
	};
	return cmocka_run_group_tests_name("departments", tests, begin, end);
}
