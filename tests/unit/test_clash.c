/* clash: the cells that two people changed in different ways. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/clash.h"

#include <string.h>

static const char results[] = "year,procedure,school,participants,below_minimum\n"
                              "2022,oge-math,school-1,40,4\n"
                              "2022,oge-math,school-2,20,2\n"
                              "2023,oge-math,school-1,41,5\n";

static struct arena arena;
static struct clashes found;

static int begin(void **state)
{
	(void)state;
	found = (struct clashes){0};
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

/* A version in which a text stands in the place of another. */
static struct str with(const char *text, const char *old, const char *new)
{
	const char *at = strstr(text, old);
	assert_non_null(at);
	return str_of(
	    arena_printf(&arena, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old)));
}

static void tables(const char *base, struct str ours, struct str theirs)
{
	clash_table(&found, &arena, TABLE_RESULTS, str_of(base), ours, theirs);
}

static void is(size_t i, const char *row, const char *column, const char *base, const char *ours,
    const char *theirs)
{
	assert_true(i < found.count);
	const struct clash *c = &found.items[i];
	assert_string_equal(c->row, row);
	const char *pairs[][2] = {
	    {c->column, column}, {c->base, base}, {c->ours, ours}, {c->theirs, theirs}};
	for (size_t k = 0; k < 4; k++) {
		assert_int_equal(!pairs[k][0], !pairs[k][1]);
		if (pairs[k][0])
			assert_string_equal(pairs[k][0], pairs[k][1]);
	}
}

static void one_cell(void **state)
{
	(void)state;
	tables(results, with(results, "40,4", "40,12"), with(results, "40,4", "40,14"));
	assert_int_equal(found.count, 1);
	is(0, "2022, oge-math, school-1", "below_minimum", "4", "12", "14");
	assert_int_equal(found.items[0].line, 2);
}

/* Other rows, other cells of one row, the same change by both. */
static void no_clash(void **state)
{
	(void)state;
	tables(results, with(results, "40,4", "40,12"), with(results, "20,2", "20,3"));
	tables(results, with(results, "40,4", "39,4"), with(results, "40,4", "40,3"));
	tables(results, with(results, "40,4", "39,4"), with(results, "40,4", "39,4"));
	assert_int_equal(found.count, 0);
}

static void new_row_of_both(void **state)
{
	(void)state;
	struct str ours = str_of(arena_printf(&arena, "%s2023,oge-math,school-2,9,1\n", results));
	struct str theirs = str_of(arena_printf(&arena, "%s2023,oge-math,school-2,9,2\n", results));
	tables(results, ours, theirs);
	assert_int_equal(found.count, 1);
	is(0, "2023, oge-math, school-2", "below_minimum", NULL, "1", "2");
}

static void deleted_here_changed_there(void **state)
{
	(void)state;
	tables(results, with(results, "2022,oge-math,school-1,40,4\n", ""),
	    with(results, "40,4", "40,5"));
	assert_int_equal(found.count, 1);
	is(0, "2022, oge-math, school-1", NULL, "", NULL, "");
	tables(results, with(results, "2022,oge-math,school-1,40,4\n", ""),
	    with(results, "20,2", "20,5"));
	assert_int_equal(found.count, 1);
}

/* Another separator and order of columns are no changes. */
static void as_excel_saves_it(void **state)
{
	(void)state;
	const char *excel = "school;year;procedure;below_minimum;participants\r\n"
	                    "school-1;2022;oge-math;12;40\r\n"
	                    "school-2;2022;oge-math;2;20\r\n"
	                    "school-1;2023;oge-math;5;41\r\n";
	tables(results, str_of(excel), with(results, "40,4", "40,14"));
	assert_int_equal(found.count, 1);
	is(0, "2022, oge-math, school-1", "below_minimum", "4", "12", "14");
}

static void unreadable(void **state)
{
	(void)state;
	tables(results, str_of("PK\003\004"), str_of(""));
	assert_int_equal(found.count, 0);
}

static void pages(void **state)
{
	(void)state;
	const char *page = "---\ntitle: One\ncontacts:\n  - role: a\n---\n\nText.\n";
	clash_page(
	    &found, &arena, str_of(page), with(page, "One", "Two"), with(page, "One", "Three"));
	assert_int_equal(found.count, 1);
	is(0, "title", NULL, "One", "Two", "Three");
	clash_page(&found, &arena, str_of(page), with(page, "One", "Two"),
	    with(page, "role: a", "role: b"));
	assert_int_equal(found.count, 1);
	clash_page(
	    &found, &arena, str_of(page), with(page, "Text", "Tixt"), with(page, "Text", "Taxt"));
	assert_int_equal(found.count, 2);
	is(1, "", NULL, "Text.", "Tixt.", "Taxt.");
	clash_page(&found, &arena, str_of(page), with(page, "role: a", "role: b"),
	    with(page, "role: a", "role: c"));
	is(2, "contacts", NULL, "- role: a", "- role: b", "- role: c");
	clash_page(&found, &arena, STR_NONE, STR_NONE, str_of("no front matter"));
	assert_int_equal(found.count, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(one_cell, begin, end),
	    cmocka_unit_test_setup_teardown(no_clash, begin, end),
	    cmocka_unit_test_setup_teardown(new_row_of_both, begin, end),
	    cmocka_unit_test_setup_teardown(deleted_here_changed_there, begin, end),
	    cmocka_unit_test_setup_teardown(as_excel_saves_it, begin, end),
	    cmocka_unit_test_setup_teardown(unreadable, begin, end),
	    cmocka_unit_test_setup_teardown(pages, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
