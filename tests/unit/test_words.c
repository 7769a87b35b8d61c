#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/words.h"

#include <string.h>

static const char russian[] = "plain: Школы\n"
                              "of: \"{n} из {total}\"\n"
                              "odd: \"{n} и {\"\n"
                              "schools:\n"
                              "  one: \"{n} школа\"\n"
                              "  few: \"{n} школы\"\n"
                              "  many: \"{n} школ\"\n"
                              "status_no_data: нет данных\n"
                              "month_01: января\n"
                              "month_12: декабря\n";

static const char english[] = "schools:\n"
                              "  one: \"{n} school\"\n"
                              "  many: \"{n} schools\"\n"
                              "month_01: January\n";

struct fixture {
	struct arena a;
	struct diag diag;
	struct words ru, en;
};

static int begin(void **state)
{
	static struct fixture f;
	f = (struct fixture){.a = ARENA_INIT, .diag = DIAG_INIT};
	*state = &f;
	return words_read(&f.ru, &f.a, "ru", "ru.yaml", str_of(russian), &f.diag) |
	    words_read(&f.en, &f.a, "en", "en.yaml", str_of(english), &f.diag);
}

static int end(void **state)
{
	struct fixture *f = *state;
	arena_clear(&f->a);
	diag_clear(&f->diag);
	return 0;
}

static void test_texts(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(words_get(&f->ru, "plain"), "Школы");
	assert_true(words_has(&f->ru, "plain"));
	assert_false(words_has(&f->ru, "none"));
	assert_string_equal(words_get(&f->ru, "none"), "none");
	assert_string_equal(phrase(&f->ru, &f->a, "none", "n", "1", NULL), "none");
	assert_string_equal(words_get(&f->ru, "schools"), "{n} школ");
}

static void test_slots(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(phrase(&f->ru, &f->a, "of", "n", "6", "total", "10", NULL), "6 из 10");
	/* A slot may come in any order, twice named wins the first; unknown ones stay. */
	assert_string_equal(phrase(&f->ru, &f->a, "of", "total", "10", "n", "6", NULL), "6 из 10");
	assert_string_equal(phrase(&f->ru, &f->a, "of", "n", "6", NULL), "6 из {total}");
	assert_string_equal(phrase(&f->ru, &f->a, "of", "n", NULL, "total", "", NULL), " из ");
	/* What is put in is not looked through again. */
	assert_string_equal(
	    phrase(&f->ru, &f->a, "of", "n", "{total}", "total", "1", NULL), "{total} из 1");
	assert_string_equal(phrase(&f->ru, &f->a, "odd", "n", "1", NULL), "1 и {");
}

static void test_plural(void **state)
{
	struct fixture *f = *state;
	static const struct {
		long long n;
		const char *ru, *en;
	} cases[] = {
	    {0, "0 школ", "0 schools"},
	    {1, "1 школа", "1 school"},
	    {2, "2 школы", "2 schools"},
	    {4, "4 школы", "4 schools"},
	    {5, "5 школ", "5 schools"},
	    {11, "11 школ", "11 schools"},
	    {12, "12 школ", "12 schools"},
	    {14, "14 школ", "14 schools"},
	    {21, "21 школа", "21 schools"},
	    {22, "22 школы", "22 schools"},
	    {101, "101 школа", "101 schools"},
	    {111, "111 школ", "111 schools"},
	    {1111, "1111 школ", "1111 schools"},
	    {-1, "−1 школа", "−1 school"},
	    {10001, "10\u00a0001 школа", "10,001 schools"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_string_equal(
		    phrase_count(&f->ru, &f->a, "schools", cases[i].n, NULL), cases[i].ru);
		assert_string_equal(
		    phrase_count(&f->en, &f->a, "schools", cases[i].n, NULL), cases[i].en);
	}
}

static void test_numbers(void **state)
{
	struct fixture *f = *state;
	struct decimal d;
	assert_string_equal(words_number(&f->ru, &f->a, frac_of(2, 3), 2), "0,67");
	assert_string_equal(words_number(&f->en, &f->a, frac_of(2, 3), 2), "0.67");
	assert_string_equal(words_number(&f->ru, &f->a, frac_of(-1, 2), 0), "−1");
	assert_string_equal(words_number(&f->ru, &f->a, (struct frac){0, 0}, 2), "");
	assert_string_equal(words_int(&f->ru, &f->a, 9999), "9999");
	assert_string_equal(words_int(&f->ru, &f->a, 1234567), "1\u00a0234\u00a0567");
	assert_string_equal(words_int(&f->en, &f->a, 1234567), "1,234,567");
	assert_string_equal(words_int(&f->ru, &f->a, -12345), "−12\u00a0345");
	assert_string_equal(words_percent(&f->ru, &f->a, frac_of(4167, 100), 2), "41,67\u00a0%");
	assert_string_equal(words_percent(&f->en, &f->a, frac_of(4167, 100), 2), "41.67%");
	assert_string_equal(words_percent(&f->ru, &f->a, (struct frac){0, 0}, 2), "");
	assert_int_equal(decimal_parse(&d, STR("20,90"), false), 0);
	assert_string_equal(words_decimal(&f->ru, &f->a, d), "20,9");
	assert_int_equal(decimal_parse(&d, STR("12345.5"), false), 0);
	assert_string_equal(words_decimal(&f->ru, &f->a, d), "12\u00a0345,5");
}

static void test_dates(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(
	    words_date(&f->ru, &f->a, (struct date){2026, 1, 20}, true), "20\u00a0января 2026");
	assert_string_equal(
	    words_date(&f->ru, &f->a, (struct date){2026, 12, 1}, false), "1\u00a0декабря");
	assert_string_equal(
	    words_date(&f->en, &f->a, (struct date){2026, 1, 2}, true), "2\u00a0January 2026");
	assert_string_equal(words_date(&f->ru, &f->a, (struct date){0, 0, 0}, true), "");
}

static void test_closed_lists(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(words_of(&f->ru, "status_", "no-data"), "нет данных");
	assert_string_equal(words_of(&f->ru, "status_", "achieved"), "achieved");
	char longest[300];
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_string_equal(words_of(&f->ru, "status_", longest), longest);
}

static void test_view_for_templates(void **state)
{
	struct fixture *f = *state;
	const struct value *v = view_get(f->ru.view, "plain", 5, view_hash("plain", 5));
	assert_non_null(v);
	assert_int_equal(v->kind, VALUE_TEXT);
	assert_memory_equal(v->as.text.p, "Школы", v->as.text.n);
	/* Forms are for phrase_count() alone. */
	assert_null(view_get(f->ru.view, "schools", 7, view_hash("schools", 7)));
}

/* The texts of the theme break as text/typography.h says. */
static void test_bound(void **state)
{
	struct fixture *f = *state;
	struct words w;
	assert_int_equal(
	    words_read(&w, &f->a, "ru", "ru.yaml", STR("a: \"№ {n} — b\"\n"), &f->diag), 0);
	assert_string_equal(phrase(&w, &f->a, "a", "n", "1", NULL), "№\u00a01\u00a0— b");
}

static void test_period(void **state)
{
	struct fixture *f = *state;
	assert_string_equal(words_period(&f->a, "2020-2022"), "2020–2022");
	assert_string_equal(words_period(&f->a, "2020-2022 годы"), "2020–2022 годы");
	assert_string_equal(words_period(&f->a, "2020"), "2020");
	assert_string_equal(words_period(&f->a, "2020-09-01"), "2020-09-01");
	assert_string_equal(words_period(&f->a, "2020-"), "2020-");
	assert_null(words_period(&f->a, NULL));
}

static const char *in_view(const struct words *w, const char *key)
{
	const struct value *v = view_get(w->view, key, strlen(key), view_hash(key, strlen(key)));
	return v ? v->as.text.p : NULL;
}

static void test_body(void **state)
{
	struct fixture *f = *state;
	struct words w;
	assert_int_equal(words_read(&w, &f->a, "ru", "ru.yaml",
	                     STR("body: отдел\nbody_named: \"{name}\"\nplain: Школы\n"
	                         "who: Их вносит {body}.\n"
	                         "when: \"{year}: вносит {body}\"\n"
	                         "many:\n  one: \"{n} раз {body}\"\n  few: \"{n} раза {body}\"\n"
	                         "  many: \"{n} раз {body}\"\n"),
	                     &f->diag),
	    0);
	const struct words *own = words_of_body(&w, &f->a, "Управление образования");
	assert_string_equal(words_get(own, "body"), "управление образования");
	assert_string_equal(words_get(own, "who"), "Их вносит управление образования.");
	assert_string_equal(in_view(own, "who"), "Их вносит управление образования.");
	assert_string_equal(in_view(own, "plain"), "Школы");
	assert_null(in_view(own, "many"));
	assert_string_equal(words_get(own, "plain"), "Школы");
	assert_string_equal(phrase(own, &f->a, "when", "year", "2022", NULL),
	    "2022: вносит управление образования");
	assert_string_equal(
	    phrase_count(own, &f->a, "many", 3, NULL), "3 раза управление образования");
	assert_string_equal(words_get(own, "nowhere"), "nowhere");
	/* the theme's words stay as they are */
	assert_string_equal(words_get(&w, "who"), "Их вносит {body}.");
	assert_string_equal(words_get(words_of_body(&w, &f->a, NULL), "who"), "Их вносит отдел.");
	assert_string_equal(
	    words_get(words_of_body(&w, &f->a, "МКУ «Центр»"), "who"), "Их вносит МКУ «Центр».");
}

static void test_wrong_file(void **state)
{
	struct fixture *f = *state;
	struct words w;
	assert_int_equal(
	    words_read(&w, &f->a, "ru", "ru.yaml", STR("a: [1, 2]\nb:\n  one: x\n"), &f->diag), -1);
	assert_int_equal(f->diag.errors, 2);
	assert_string_equal(f->diag.items[0].rule, "theme-words");
	assert_int_equal(f->diag.items[0].line, 1);
	assert_int_equal(f->diag.items[1].line, 2);
	/* What is wrong can still be asked for. */
	assert_string_equal(words_get(&w, "a"), "a");
	assert_string_equal(phrase_count(&w, &f->a, "a", 1, NULL), "a");
	assert_int_equal(words_read(&w, &f->a, "ru", "ru.yaml", STR("- a\n"), &f->diag), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_texts, begin, end),
	    cmocka_unit_test_setup_teardown(test_slots, begin, end),
	    cmocka_unit_test_setup_teardown(test_plural, begin, end),
	    cmocka_unit_test_setup_teardown(test_numbers, begin, end),
	    cmocka_unit_test_setup_teardown(test_dates, begin, end),
	    cmocka_unit_test_setup_teardown(test_closed_lists, begin, end),
	    cmocka_unit_test_setup_teardown(test_view_for_templates, begin, end),
	    cmocka_unit_test_setup_teardown(test_bound, begin, end),
	    cmocka_unit_test_setup_teardown(test_period, begin, end),
	    cmocka_unit_test_setup_teardown(test_body, begin, end),
	    cmocka_unit_test_setup_teardown(test_wrong_file, begin, end),
	};
	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
