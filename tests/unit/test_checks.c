/* Checks of results and context: one small department per case, what must be
 * said and where, and that what is right stays silent. The places of messages. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "model/checks.h"
#include "support_model.h"

/* -- results --------------------------------------------------------------------- */

static void counts_and_rates(void **state)
{
	static const struct row_case cases[] = {
	    {"2021,oge-rus,a,27,8,,,,held", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,27,28,,,,held", "results-below-minimum", DIAG_ERROR, 19, "27"},
	    {"2021,oge-rus,a,10,3,70,,,held", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,10,3,71,,,held", "results-pass-rate", DIAG_ERROR, 21, "70 %: 7 of 10"},
	    {"2021,oge-rus,a,27,8,70,,,held", NULL, 0, 0, NULL}, /* 70.37 */
	    {"2021,oge-rus,a,27,8,70.4,,,held", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,10,,70,80,,held", "results-quality-rate", DIAG_ERROR, 23, "70 %"},
	    {"2021,oge-rus,a,10,,70,70,,held", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,,,,,,cancelled", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,10,,,,,cancelled", "results-status", DIAG_WARNING, 23, "held"},
	    {"2021,oge-rus,a,0,,,,,no-participants", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,,,,,5.2,held", "results-scale", DIAG_ERROR, 20, "2 to 5"},
	    {"2021,oge-rus,a,,,,,1.9,held", "results-scale", DIAG_ERROR, 20, "2 to 5"},
	    {"2021,ege-rus,a,,,,,4,held", "results-scale", DIAG_ERROR, 20, "mean_score"},
	    {0},
	};
	(void)state;
	model_try_rows(TABLE_RESULTS,
	    "year,procedure,school,participants,below_minimum,pass_rate,quality_rate,mean_mark,status",
	    cases);
}

static void scores(void **state)
{
	static const struct row_case cases[] = {
	    {"2021,ege-rus,a,100", NULL, 0, 0, NULL},
	    {"2021,ege-rus,a,101", "results-scale", DIAG_ERROR, 16, "0 to 100"},
	    {"2021,ege-rus,a,-1", "results-scale", DIAG_ERROR, 16, "0 to 100"},
	    {"2021,vpr-rus-4,a,26.4", NULL, 0, 0, NULL},
	    {0},
	};
	(void)state;
	model_try_rows(TABLE_RESULTS, "year,procedure,school,mean_score", cases);
}

static void printed_percents(void **state)
{
	static const struct row_case cases[] = {
	    {"2021,oge-rus,a,9,46", "rate-impossible", DIAG_WARNING, 18,
	        "4 is 44.4 %, 5 is 55.6 %"},
	    {"2021,oge-rus,a,9,44", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,9,\"44,4\"", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,14,\"92,8\"", "rate-cut", DIAG_WARNING, 19, "13 of 14 is 92.857 %"},
	    {"2021,oge-rus,a,14,\"92,9\"", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,3,66", "rate-cut", DIAG_WARNING, 18, "2 of 3 is 66.67 %"},
	    {"2021,oge-rus,a,16,6.3", NULL, 0, 0, NULL}, /* 6.25 may become both */
	    {"2021,oge-rus,a,16,6.2", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,2,99", "rate-impossible", DIAG_WARNING, 18, "1 is 50 %, 2 is 100 %"},
	    {"2021,oge-rus,a,7,100", NULL, 0, 0, NULL},
	    {"2021,oge-rus,a,7,0", NULL, 0, 0, NULL},
	    {0},
	};
	(void)state;
	model_try_rows(TABLE_RESULTS, "year,procedure,school,participants,pass_rate", cases);
}

/* Slowly: every k of n, so that the arithmetic has something to be held to. */
static enum rate_fit slow_fit(int64_t digits, int64_t scale, int64_t n)
{
	bool cut = false;
	for (int64_t k = 0; k <= n; k++) {
		int64_t gap = 200 * scale * k - 2 * digits * n;
		if (gap <= n && -gap <= n)
			return RATE_FITS;
		cut |= 100 * scale * k / n == digits;
	}
	return cut ? RATE_CUT : RATE_NEVER;
}

static void all_rates(void **state)
{
	(void)state;
	for (int64_t n = 1; n <= 40; n++)
		for (int64_t digits = 0; digits <= 1000; digits++) {
			int64_t k;
			struct decimal rate = {digits, 1, true};
			assert_int_equal(rate_fit(rate, n, &k), slow_fit(digits, 10, n));
		}
	assert_int_equal(rate_least_group((struct decimal){667, 1, true}), 3);
	assert_int_equal(rate_least_group((struct decimal){100, 0, true}), 1);
	assert_int_equal(rate_least_group((struct decimal){46, 0, true}), 13);
	/* Numbers far out fit rather than overflow. */
	int64_t k;
	assert_int_equal(rate_fit((struct decimal){46, 0, true}, INT64_MAX, &k), RATE_FITS);
	assert_int_equal(rate_fit((struct decimal){INT64_MAX, 6, true}, 9, &k), RATE_FITS);
	assert_true(rate_least_group((struct decimal){123456, 4, true}) > 0);
}

static void municipal_rows(void **state)
{
#define HEAD "year,procedure,scope,school,mean_mark,status\n"
#define MOST \
	"2021,oge-rus,school,a,3.1,held\n2021,oge-rus,school,b,3.9,held\n" \
	"2021,oge-rus,school,c,3.5,held\n2021,oge-rus,school,d,,no-participants\n" \
	"2021,oge-rus,school,e,3.5,held\n"
	static const struct {
		const char *csv;
		size_t warnings;
	} cases[] = {
	    {HEAD MOST "2021,oge-rus,school,f,3.5,held\n2021,oge-rus,municipality,,4.1,held\n", 1},
	    {HEAD MOST "2021,oge-rus,school,f,3.5,held\n2021,oge-rus,municipality,,2.9,held\n", 1},
	    {HEAD MOST "2021,oge-rus,school,f,3.5,held\n2021,oge-rus,municipality,,3.5,held\n", 0},
	    /* Rounding may move both ends by half a unit. */
	    {HEAD MOST "2021,oge-rus,school,f,3.5,held\n2021,oge-rus,municipality,,3.95,held\n", 0},
	    {HEAD MOST "2021,oge-rus,school,f,3.5,held\n2021,oge-rus,municipality,,4,held\n", 0},
	    {HEAD MOST "2021,oge-rus,school,f,3.5,held\n2021,oge-rus,municipality,,5,held\n", 1},
	    /* A school is not known: it may have had anything. */
	    {HEAD MOST "2021,oge-rus,municipality,,4.5,held\n", 0},
	    {HEAD MOST "2021,oge-rus,school,f,,not-supplied\n2021,oge-rus,municipality,,4.5,held\n",
	        0},
	    {HEAD MOST "2021,oge-rus,school,f,,held\n2021,oge-rus,municipality,,4.5,held\n", 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct model t;
		model_begin(&t);
		model_plain(&t, "");
		model_table(&t, TABLE_RESULTS, cases[i].csv);
		assert_int_equal(model_finish(&t), 0);
		assert_int_equal(t.diag.warnings, cases[i].warnings);
		if (cases[i].warnings)
			assert_mentions(
			    assert_said(&t.diag, "total-range", DIAG_WARNING, 8, 28), "3.1 to 3.9");
		model_end(&t);
	}
}

/* Context: shares lie between those of the schools, counts are no less. */
static void municipal_context(void **state)
{
#define SCHOOLS "2021,school,a,100,10\n2021,school,b,50,20\n"
	static const struct {
		const char *rest;
		unsigned column; /* of the warning, or 0 */
		const char *words;
	} cases[] = {
	    {SCHOOLS "2021,municipality,,600,15\n", 0, NULL},
	    {SCHOOLS "2021,municipality,,600,20.5\n", 0, NULL},
	    {SCHOOLS "2021,municipality,,600,26\n", 24, "10 to 20"},
	    {SCHOOLS "2021,municipality,,600,8\n", 24, "10 to 20"},
	    {SCHOOLS "2021,municipality,,99,15\n", 20, "which has 100"},
	    {SCHOOLS "2020,municipality,,99,26\n", 0, NULL},
	    {SCHOOLS "2021,region,,99,26\n", 0, NULL},
	    /* A share of one school is not known. */
	    {"2021,school,a,100,10\n2021,school,b,50,\n2021,municipality,,600,26\n", 0, NULL},
	    {"2021,municipality,,600,26\n", 0, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct model t;
		model_begin(&t);
		model_content(&t, "index.md", "---\ntitle: x\n---\n");
		model_table(&t, TABLE_SCHOOLS, "school,name,kind\na,А,secondary\nb,Б,basic\n");
		model_table(&t, TABLE_CONTEXT,
		    arena_printf(
		        &t.d.arena, "year,scope,school,students,poor_share\n%s", cases[i].rest));
		assert_int_equal(model_finish(&t), 0);
		assert_int_equal(said(&t.diag, "total-range"), cases[i].column != 0);
		if (cases[i].column)
			assert_mentions(
			    assert_said(&t.diag, "total-range", DIAG_WARNING, 4, cases[i].column),
			    cases[i].words);
		model_end(&t);
	}
}

static void municipal_participants(void **state)
{
	struct model *t = *state;
	model_plain(t, "");
	model_table(t, TABLE_RESULTS,
	    "year,procedure,scope,school,participants\n2021,oge-rus,school,a,30\n"
	    "2021,oge-rus,municipality,,29\n2021,oge-math,municipality,,1\n"
	    "2020,oge-rus,school,a,30\n2020,oge-rus,municipality,,30\n");
	assert_int_equal(model_finish(t), 0);
	assert_mentions(assert_said(&t->diag, "total-range", DIAG_WARNING, 3, 28), "which has 30");
}

/* The value that the document of the district has, at each door. */
static void eleven_hundred_percent(void **state)
{
	struct model *t = *state;
	model_plain(t, "");
	model_table(t, TABLE_RESULTS,
	    "year,procedure,school,pass_rate,quality_rate\n2019,ege-rus,a,1100,\n"
	    "2019,ege-rus,b,,\"1100 %\"\n");
	model_table(t, TABLE_CONTEXT, "year,school,poor_share\n2019,a,1100\n");
	assert_int_equal(said(&t->diag, "cell-percent"), 3);
	for (size_t i = 0; i < 3; i++) {
		const struct diag_item *item = &t->diag.items[i];
		assert_int_equal(item->level, DIAG_ERROR);
		assert_int_equal(item->line, i == 1 ? 3 : 2);
		assert_int_equal(item->column, i == 0 ? 16 : i == 1 ? 17 : 8);
		assert_mentions(item, "between 0 and 100");
		assert_mentions(item, "not-supplied");
	}
	assert_int_equal(model_finish(t), 0);
	assert_false(t->d.results[0].pass_rate.set);
	assert_int_equal(t->diag.errors, 3);
}

/* What a row refers to must be there. */
static void foreign_keys(void **state)
{
	static const struct {
		enum table_id table;
		const char *csv, *rule;
		unsigned column;
	} cases[] = {
	    {TABLE_DECLARED, "year,category,school\n2021,low-results,Школа Ы\n", "cell-school", 18},
	    {TABLE_CONTEXT, "year,school\n2021,z\n", "cell-school", 6},
	    {TABLE_FACTORS, "year,school,factor,present\n2021,z,x,yes\n", "cell-school", 6},
	    {TABLE_SUPPORT, "school,supporter,kind\nz,a,tutor\n", "cell-school", 1},
	    {TABLE_RESULTS, "year,procedure,school\n2021,oge-rsu,a\n", "cell-reference", 6},
	    {TABLE_TARGETS, "indicator,target\nx,1\n", "cell-reference", 1},
	    {TABLE_VALUES, "indicator,year,value\nx,2021,1\n", "cell-reference", 1},
	    {TABLE_AUDIT, "school,item,found\na,programm,yes\n", "cell-reference", 3},
	    {TABLE_AUDIT, "school,item,found\nz,programme,yes\n", "cell-school", 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct model t;
		model_begin(&t);
		model_plain(&t, "");
		assert_int_equal(model_table(&t, cases[i].table, cases[i].csv), -1);
		assert_said(&t.diag, cases[i].rule, DIAG_ERROR, 2, cases[i].column);
		assert_int_equal(t.diag.errors, 1);
		model_end(&t);
	}
}

static void unknown_groups(void **state)
{
	struct model *t = *state;
	model_plain(t, "");
	model_table(t, TABLE_RESULTS,
	    "year,procedure,scope,school,pass_rate\n2021,oge-rus,school,a,100\n"
	    "2021,oge-rus,school,b,\"66,7\"\n2021,oge-rus,school,c,50\n2021,oge-rus,region,,\"77,3\"\n");
	model_table(
	    t, TABLE_CONTEXT, "year,school,lonely_share,distance\n2021,a,12.5,7\n2021,b,3,\n");
	assert_int_equal(model_finish(t), 0);
	assert_int_equal(said(&t->diag, "unknown-group"), 2);
	const struct diag_item *item = first_said(&t->diag, "unknown-group");
	assert_int_equal(item->line, 3);
	assert_mentions(item, "3 rows");
	assert_mentions(item, "66.7 fits n = 3");
	assert_mentions(item + 1, "2 shares");
	assert_mentions(item + 1, "12.5 fits n = 8");
	assert_int_equal(t->diag.count, 2);
}

static void odd_totals_once(void **state)
{
	struct model *t = *state;
	model_plain(t, "");
	model_table(t, TABLE_RESULTS,
	    "year,procedure,scope,participants,pass_rate\n2020,oge-rus,municipality,9,46\n"
	    "2021,oge-rus,municipality,9,46\n2021,oge-rus,region,9,\"46,1\"\n");
	assert_int_equal(model_finish(t), 0);
	assert_mentions(assert_said(&t->diag, "rate-total", DIAG_WARNING, 2, 0), "3 rates");
	assert_int_equal(t->diag.count, 1);
}

/* -- context --------------------------------------------------------------------- */

static void parts_of_wholes(void **state)
{
	static const struct row_case cases[] = {
	    {"2021,a,200,50,25,,", NULL, 0, 0, NULL},
	    {"2021,a,200,201,,,", "context-value", DIAG_ERROR, 12, "200 (students)"},
	    {"2021,a,9,,46,,", "rate-impossible", DIAG_WARNING, 11, "4 is 44.4 %"},
	    {"2021,a,,50,,10,11", "context-value", DIAG_ERROR, 16, "10 (teachers)"},
	    {"2021,a,,,,,", NULL, 0, 0, NULL},
	    {0},
	};
	(void)state;
	model_try_rows(TABLE_CONTEXT,
	    "year,school,students,single_parent,poor_share,teachers,teachers_diagnosed", cases);
}

static void small_groups(void **state)
{
	struct model *t = *state;
	t->site.repository = REPOSITORY_PUBLIC;
	model_plain(t, "disclosure: {level: values, minimum_group: 12}\n");
	model_table(t, TABLE_RESULTS,
	    "year,procedure,scope,school,participants\n2021,oge-rus,school,a,12\n"
	    "2021,oge-rus,school,b,11\n2021,oge-rus,school,c,3\n2021,oge-rus,municipality,,5\n"
	    "2021,oge-rus,school,d,0\n");
	model_table(t, TABLE_CONTEXT,
	    "year,school,students,single_parent\n2021,a,100,3\n2021,b,11,3\n2021,c,,3\n");
	assert_int_equal(model_finish(t), 0);
	assert_int_equal(said(&t->diag, "small-groups"), 2);
	const struct diag_item *item = first_said(&t->diag, "small-groups");
	assert_int_equal(item->line, 3);
	assert_mentions(item, "2 rows");
	assert_mentions(item, "fewer than 12");
	assert_int_equal(item[1].line, 3);
	assert_mentions(item + 1, "1 rows");
}

static void small_groups_in_private(void **state)
{
	struct model *t = *state;
	model_plain(t, "");
	model_table(t, TABLE_RESULTS, "year,procedure,school,participants\n2021,oge-rus,a,3\n");
	assert_int_equal(model_finish(t), 0);
	assert_int_equal(t->diag.count, 0);
}

/* -- places ---------------------------------------------------------------------- */

/* The column is found in every form in which the table could be read. */
static void places_of_cells(void **state)
{
	static const char *const tables[] = {
	    "\xEF\xBB\xBFгод;процедура;школа;участников;ниже минимума\n\n2021;oge-rus;a;\"3\";5\n",
	    "year\tprocedure\tschool\tparticipants\tbelow_minimum\r\n\r\n2021\toge-rus\ta\t3\t5\r\n",
	};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct model t;
		model_begin(&t);
		model_plain(&t, "");
		model_table(&t, TABLE_RESULTS, tables[i]);
		assert_int_equal(model_finish(&t), -1);
		assert_said(&t.diag, "results-below-minimum", DIAG_ERROR, 3, i ? 18 : 20);
		model_end(&t);
	}
}

/* Thousands of wrong rows: the columns of the first are found, all are counted. */
static void many_errors(void **state)
{
	struct model *t = *state;
	struct buf csv = BUF_INIT(BUF_PAGE);
	model_plain(t, "");
	buf_adds(&csv, "year,procedure,school,participants,below_minimum\n");
	for (int year = 1900; year <= 2099; year++)
		for (char school = 'a'; school <= 'f'; school++)
			buf_addf(&csv, "%d,oge-rus,%c,3,5\n%d,oge-math,%c,3,5\n", year, school,
			    year, school);
	model_table(t, TABLE_RESULTS, csv.data);
	assert_int_equal(model_finish(t), -1);
	assert_int_equal(t->diag.errors, 200 * 12);
	assert_int_equal(said(&t->diag, "results-below-minimum"), DIAG_SAME);
	assert_int_equal(t->d.places_found, CHECKS_COLUMNS);
	buf_clear(&csv);
}

/* A table with errors is not blamed a second time for what it lost. */
static void no_echoes(void **state)
{
	struct model *t = *state;
	model_content(t, "index.md", "---\ntitle: x\n---\n");
	model_table(t, TABLE_SCHOOLS, "school,name\na,Школа А\n");
	model_content(t, "schools/a.md", "");
	assert_int_equal(t->diag.errors, 1);
	model_finish(t);
	assert_int_equal(t->diag.errors, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(counts_and_rates),
	    cmocka_unit_test(scores),
	    cmocka_unit_test(printed_percents),
	    cmocka_unit_test(all_rates),
	    cmocka_unit_test(municipal_rows),
	    cmocka_unit_test(municipal_context),
	    cmocka_unit_test_setup_teardown(municipal_participants, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(eleven_hundred_percent, model_setup, model_teardown),
	    cmocka_unit_test(foreign_keys),
	    cmocka_unit_test_setup_teardown(unknown_groups, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(odd_totals_once, model_setup, model_teardown),
	    cmocka_unit_test(parts_of_wholes),
	    cmocka_unit_test_setup_teardown(small_groups, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(small_groups_in_private, model_setup, model_teardown),
	    cmocka_unit_test(places_of_cells),
	    cmocka_unit_test_setup_teardown(many_errors, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(no_echoes, model_setup, model_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
