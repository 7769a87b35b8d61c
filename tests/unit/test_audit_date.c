/* Dates and school years in the words of sites. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/audit_date.h"

static void dates(void **state)
{
	(void)state;
	static const struct {
		const char *text, *date;
	} cases[] = {{"", ""}, {"приказ № 45 от 12.09.2022", "2022-09-12"},
	    {"от 12.09.22 г.", "2022-09-12"}, {"12 сентября 2022 года", "2022-09-12"},
	    {"\"01\" марта 2021", "2021-03-01"}, {"2022-09-12", "2022-09-12"},
	    {"от 01.02.2020, изменен 03.04.2021", "2021-04-03"}, {"32.13.2022", ""},
	    {"31.02.2022", ""}, {"12.09.2035", ""}, {"версия 1.2.3", ""},
	    {"тел. 8 (495) 12-34-56", ""}, {"99999999999999.12.2022", ""},
	    {"федеральный закон от 29.12.2012 № 273-фз", ""},
	    {"приказом министерства образования и науки рф от 14 июня 2013 г. n 462", ""},
	    {"от 29 декабря 2012 г. № 273-фз", ""},
	    {"закон от 29.12.2012 № 273-фз, устав школы, решение педагогического совета школы, "
	     "протокол № 1; утверждено директором школы, приказ № 156 от 31.08.2022",
	        "2022-08-31"},
	    {"5 мая 2022", "2022-05-05"}, {"1 классы 2022", ""}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date d = audit_date_in(str_of(cases[i].text), (struct date){2022, 11, 15});
		assert_string_equal(date_iso(d).s, cases[i].date);
	}
}

static void years(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int first, last;
	} cases[] = {{"", 0, 0}, {"2022/2023 учебный год", 2022, 2023},
	    {"2022-2023 уч. год", 2022, 2023}, {"2022 - 2023", 2022, 2023}, {"2022/23", 2022, 2023},
	    {"на 2021-2024 годы", 2021, 2024}, {"план на 2022 год", 2022, 2022},
	    {"2019/2020, 2021/2022", 2021, 2022}, {"от 12.09.2022 г.", 0, 0},
	    {"кабинет 2022", 0, 0}, {"2023-2022", 0, 0}, {"1812 год", 0, 0}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct audit_years y = audit_years_in(str_of(cases[i].text));
		assert_int_equal(y.first, cases[i].first);
		assert_int_equal(y.last, cases[i].last);
	}
	assert_int_equal(audit_school_year((struct date){2022, 9, 1}), 2022);
	assert_int_equal(audit_school_year((struct date){2022, 8, 31}), 2021);
}

static void headers(void **state)
{
	(void)state;
	assert_string_equal(
	    date_iso(audit_http_date(STR("Tue, 15 Nov 2022 12:45:26 GMT"))).s, "2022-11-15");
	assert_false(date_is_set(audit_http_date(STR("yesterday"))));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(dates),
	    cmocka_unit_test(years),
	    cmocka_unit_test(headers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
