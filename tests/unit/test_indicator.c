/* Indicators: measures, cohorts, targets in force, statuses, shares of schools. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/indicator.h"
#include "support_department.h"

#include <string.h>

static struct fixture s;
static struct identifications ids;
static struct assessment all;

#define SCHOOLS \
	"school,name,kind,to_year\n" \
	"a,School A,secondary,\nb,School B,secondary,\nc,School C,basic,\nd,School D,primary,\n" \
	"e,School E,secondary,\nf,School F,secondary,\ngone,School G,secondary,2019\n"
#define INDICATORS "indicator,group,title,unit,rule,measure,cohort,levels,parent\n"
#define TARGETS    "indicator,year,date,kind,as_of,target\n"
#define VALUES     "indicator,year,value,numerator,denominator\n"

static void begin(const char *front, const char *indicators)
{
	support_begin(&s, front);
	support_table(&s, TABLE_SCHOOLS, SCHOOLS);
	support_table(&s, TABLE_INDICATORS, indicators);
}

static void finish(void)
{
	support_finish(&s);
	identify_all(&ids, &s.arena, &s.department);
	assess_indicators(&all, &s.arena, &s.department, &ids, &s.diag);
}

static const struct indicator_state *state_of(const char *indicator)
{
	for (size_t i = 0; i < all.count; i++)
		if (strcmp(all.indicators[i].indicator->id, indicator) == 0)
			return &all.indicators[i];
	fail_msg("no indicator %s", indicator);
	return NULL;
}

static const struct indicator_year *find(const char *indicator, int year)
{
	const struct indicator_state *state = state_of(indicator);
	for (size_t i = 0; i < state->nyears; i++)
		if (state->years[i].year == year)
			return &state->years[i];
	return NULL;
}

static const struct indicator_year *at(const char *indicator, int year)
{
	const struct indicator_year *y = find(indicator, year);
	if (!y)
		fail_msg("no row for %s in %d", indicator, year);
	return y;
}

#define assert_status(indicator, year, status_) \
	assert_string_equal(statuses[at(indicator, year)->status], statuses[status_])

/* -- values by hand --------------------------------------------------------------- */

static void test_status_by_rule(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "up,g,T,percent,at-least,manual,,,\n"
	               "down,g,T,percent,at-most,manual,,,\n"
	               "yes,g,T,yes-no,yes,manual,,,\n"
	               "more,g,T,count,increase,manual,,,\n"
	               "level,g,T,level,at-least,manual,,absent|forming|present,\n"
	               "none,g,T,number,none,manual,,,\n"
	               "bare,g,T,percent,at-least,manual,,,\n");
	support_table(&s, TABLE_TARGETS,
	    TARGETS "up,2020,,,,50\nup,2021,,,,50\nup,2022,,,,50\nup,2023,,,,50\n"
	            "down,2020,,,,5\ndown,2021,,,,5\ndown,2022,,,,5\n"
	            "level,2020,,,,forming\nlevel,2021,,,,present\nlevel,2022,,,,forming\n"
	            "none,2021,,,,7\n");
	support_table(&s, TABLE_VALUES,
	    VALUES "up,2020,50,,\nup,2021,49.9,,\nup,2022,49,,\n"
	           "down,2020,5,,\ndown,2021,5.1,,\n"
	           "yes,2020,yes,,\nyes,2021,нет,,\nyes,2022,no,,\n"
	           "more,2019,3,,\nmore,2020,4,,\nmore,2021,4,,\n"
	           "level,2020,present,,\nlevel,2021,forming,,\n"
	           "none,2021,100,,\nbare,2021,100,,\n");
	finish();
	assert_status("up", 2020, INDICATOR_ACHIEVED);
	assert_status("up", 2021, INDICATOR_NOT_ACHIEVED);
	assert_status("up", 2022, INDICATOR_IN_PROGRESS); /* the year is open */
	assert_status("up", 2023, INDICATOR_IN_PROGRESS);
	assert_status("down", 2020, INDICATOR_ACHIEVED);
	assert_status("down", 2021, INDICATOR_NOT_ACHIEVED);
	assert_status("down", 2022, INDICATOR_IN_PROGRESS);
	assert_status("yes", 2020, INDICATOR_ACHIEVED); /* without a target row */
	assert_status("yes", 2021, INDICATOR_NOT_ACHIEVED);
	assert_status("yes", 2022, INDICATOR_IN_PROGRESS);
	assert_status("more", 2020, INDICATOR_ACHIEVED);
	assert_status("more", 2021, INDICATOR_NOT_ACHIEVED); /* not more than 4 */
	assert_status("more", 2019, INDICATOR_NO_DATA);      /* nothing to compare with */
	assert_status("level", 2020, INDICATOR_ACHIEVED);
	assert_status("level", 2021, INDICATOR_NOT_ACHIEVED);
	assert_status("none", 2021, INDICATOR_NO_TARGET);
	assert_status("bare", 2021, INDICATOR_NO_TARGET);
	assert_int_equal(at("level", 2020)->value.level, 3);
	assert_string_equal(at("up", 2020)->source->file, "data/test/values.csv");
	assert_int_equal(at("up", 2020)->source->line, 2);
	assert_null(at("up", 2023)->source);
	support_end(&s);
}

static void test_year_is_open_to_its_last_day(void **state)
{
	(void)state;
	static const enum status expected[] = {INDICATOR_IN_PROGRESS, INDICATOR_NO_DATA};
	for (int i = 0; i < 2; i++) {
		begin("", INDICATORS "up,g,T,percent,at-least,manual,,,\n");
		support_today(&s, 2022 + i, i ? 1 : 12, i ? 1 : 31);
		support_table(&s, TABLE_TARGETS, TARGETS "up,2022,,,,50\n");
		finish();
		assert_status("up", 2022, expected[i]);
		support_end(&s);
	}
}

/* 2 of 6 is 33.3 in print; the target 33.33 lies below it, 33.34 above. */
static void test_exact_fractions(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "just,g,T,percent,at-least,manual,,,\n"
	               "not,g,T,percent,at-least,manual,,,\n"
	               "odd,g,T,percent,at-least,manual,,,\n"
	               "zero,g,T,percent,at-least,manual,,,\n");
	support_table(
	    &s, TABLE_TARGETS, TARGETS "just,2021,,,,33.33\nnot,2021,,,,33.34\nzero,2021,,,,0\n");
	support_table(&s, TABLE_VALUES, VALUES "just,2021,\"33,3\",2,6\nnot,2021,33.3,2,6\n");
	finish();
	assert_frac(at("just", 2021)->value.number, 100, 3);
	assert_status("just", 2021, INDICATOR_ACHIEVED);
	assert_status("not", 2021, INDICATOR_NOT_ACHIEVED);
	assert_status("zero", 2021, INDICATOR_NO_DATA);
	assert_frac(at("just", 2021)->numerator, 2, 1);
	assert_frac(at("just", 2021)->denominator, 6, 1);
	support_end(&s);
}

/* -- targets ----------------------------------------------------------------------- */

static void test_targets_in_force(void **state)
{
	(void)state;
	begin("period: 2020-2022\n",
	    INDICATORS "years,g,T,percent,at-least,manual,,,\n"
	               "dates,g,T,percent,at-least,manual,,,\n"
	               "whole,g,T,percent,at-least,manual,,,\n"
	               "new,g,T,percent,at-least,manual,,,\n");
	support_table(&s, TABLE_TARGETS,
	    TARGETS "years,2021,,,,40\nyears,,,,,10\n" /* the exact row before the general */
	            "dates,,2023-01-01,,,60\ndates,,2021-12-31,,,50\ndates,,2021-09-01,,,30\n"
	            "whole,,,,,20\n"
	            "new,2021,,,,40\nnew,2021,,,2021-05-01,30\nnew,2021,,,2022-07-01,1\n"
	            "new,2022,,,2022-06-30,5\nnew,2024,,,2022-07-01,1\n");
	finish();
	assert_frac(at("years", 2020)->target.number, 10, 1);
	assert_frac(at("years", 2021)->target.number, 40, 1);
	assert_null(find("years", 2023));
	assert_frac(at("dates", 2022)->target.number, 60, 1); /* by the beginning of 2023 */
	assert_frac(at("dates", 2021)->target.number, 50, 1);
	assert_frac(at("dates", 2020)->target.number, 30, 1);
	assert_null(find("dates", 2023));
	for (int year = 2020; year <= 2022; year++)
		assert_frac(at("whole", year)->target.number, 20, 1);
	assert_int_equal(state_of("whole")->nyears, 3);
	/* The latest that holds on the build date, and what it replaced. */
	assert_frac(at("new", 2021)->target.number, 30, 1);
	assert_string_equal(at("new", 2021)->target_before->target, "40");
	assert_frac(at("new", 2022)->target.number, 5, 1);
	assert_null(at("new", 2022)->target_before);
	assert_null(find("new", 2024));
	support_end(&s);
}

static void test_baseline(void **state)
{
	(void)state;
	begin("period: 2020-2022\n",
	    INDICATORS "up,g,T,percent,at-least,manual,,,\n"
	               "more,g,T,percent,increase,manual,,,\n");
	support_table(&s, TABLE_TARGETS,
	    TARGETS "up,2019,,baseline,,40\nup,2020,,,,50\n"
	            "more,2019,,baseline,,10\n");
	support_table(&s, TABLE_VALUES, VALUES "more,2021,11,,\nmore,2022,11,,\n");
	finish();
	const struct indicator_year *y = at("up", 2019);
	assert_true(y->baseline);
	assert_frac(y->value.number, 40, 1);
	assert_int_equal(y->status, INDICATOR_NO_TARGET);
	assert_string_equal(y->source->file, "data/test/targets.csv");
	assert_ptr_equal(state_of("up")->baseline, y);
	/* No value of the year before: from the baseline. */
	assert_status("more", 2021, INDICATOR_ACHIEVED);
	assert_status("more", 2022, INDICATOR_IN_PROGRESS);
	assert_status("more", 2019, INDICATOR_NO_TARGET);
	support_end(&s);
}

static void test_rows_that_exist(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "up,g,T,percent,at-least,manual,,,\n"
	               "ratio,g,T,percent,none,ratio:teachers_diagnosed/teachers,all,,\n");
	support_table(&s, TABLE_CONTEXT,
	    "year,school,teachers,teachers_diagnosed\n2020,a,0,0\n2021,a,10,5\n2022,a,10,\n");
	support_table(&s, TABLE_VALUES, VALUES "up,2018,5,,\n");
	finish();
	assert_int_equal(state_of("up")->nyears, 1);
	assert_int_equal(state_of("ratio")->nyears, 1); /* 0 of 0 and half a pair make none */
	assert_frac(at("ratio", 2021)->value.number, 50, 1);
	assert_true(at("ratio", 2021)->computed);
	assert_null(at("ratio", 2021)->source);
	support_end(&s);
}

/* -- measures ---------------------------------------------------------------------- */

static void test_audit(void **state)
{
	(void)state;
	begin("", INDICATORS "order,g,T,percent,at-least,audit:order,all,,\n");
	support_table(&s, TABLE_TARGETS, TARGETS "order,2021,,,,50\n");
	support_audit(&s, "2021-05-20",
	    "school,item,found,visit\na,order,no,1\nb,order,yes,1\nc,order,yes,1\n"
	    "d,order,not-applicable,1\na,programme,no,1\n");
	support_audit(&s, "2021-12-10",
	    "school,item,found,visit\na,order,yes,1\nb,order,yes,1\nb,order,defective,2\n"
	    "c,order,no,1\ne,order,not-checked,1\n");
	support_audit(&s, "2022-01-15", "school,item,found,visit\na,order,no,1\n");
	finish();
	const struct indicator_year *y = at("order", 2021);
	/* a yes; b defective at the second visit; c no; d, e, f beside */
	assert_frac(y->numerator, 1, 1);
	assert_frac(y->denominator, 3, 1);
	assert_frac(y->value.number, 100, 3);
	assert_int_equal(y->schools_unknown, 2);
	assert_int_equal(y->schools_not_applicable, 1);
	assert_int_equal(y->ncontributions, 6);
	assert_int_equal(y->contributions[0].counts, MET_YES);
	assert_string_equal(y->contributions[0].source->file, "data/test/audit/2021-12-10.csv");
	assert_int_equal(y->contributions[5].counts, MET_UNKNOWN);
	assert_status("order", 2021, INDICATOR_NOT_ACHIEVED);
	assert_int_equal(y->schools_needed, 2); /* not less than 2 of 3 */
	assert_int_equal(y->schools_of, 3);
	assert_frac(at("order", 2022)->value.number, 0, 1);
	support_end(&s);
}

#define RESULTS "year,procedure,scope,school,participants,below_minimum,mean_mark,status\n"

static void test_dynamics(void **state)
{
	(void)state;
	begin("",
	    INDICATORS
	    "marks,g,T,percent,at-least,dynamics:oge-rus:mean_mark,low-results,,\n"
	    "share,g,T,percent,none,dynamics:oge-rus:below_minimum_share,low-results,,\n");
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2020,oge-rus,school,a,10,2,3.5,\n2021,oge-rus,school,a,20,3,3.6,\n"
	            "2020,oge-rus,school,b,10,2,3.5,\n2021,oge-rus,school,b,20,4,3.5,\n"
	            "2020,oge-rus,school,c,10,2,3.5,\n2021,oge-rus,school,c,,,,not-supplied\n");
	support_table(&s, TABLE_DECLARED,
	    "year,category,school\n2021,low-results,a\n2021,low-results,b\n2021,low-results,c\n"
	    "2021,low-results,e\n");
	support_table(&s, TABLE_TARGETS, TARGETS "marks,2021,,,,20\nmarks,2022,,,,60\n");
	finish();
	const struct indicator_year *y = at("marks", 2021);
	/* One of the whole four rose; two are not known in both years. */
	assert_frac(y->numerator, 1, 1);
	assert_frac(y->denominator, 4, 1);
	assert_frac(y->value.number, 25, 1);
	assert_int_equal(y->schools_unknown, 2);
	assert_int_equal(y->schools_needed, 1);
	assert_status("marks", 2021, INDICATOR_ACHIEVED);
	assert_frac(y->contributions[0].before, 35, 10);
	assert_frac(y->contributions[0].value, 36, 10);
	assert_int_equal(y->contributions[1].counts, MET_NO);
	assert_frac(at("share", 2021)->value.number, 25, 1); /* 20 % fell to 15 %; 20 stayed */
	/* Nobody is known in both years: no value, but what it would take. */
	y = at("marks", 2022);
	assert_false(y->value.set);
	assert_int_equal(y->status, INDICATOR_IN_PROGRESS);
	assert_int_equal(y->schools_needed, 3);
	assert_int_equal(y->schools_of, 4);
	assert_null(find("share", 2022));
	assert_null(find("share", 2020)); /* no list then: the cohort is not known */
	support_end(&s);
}

static void test_below_minimum(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "two,g,T,percent,at-most,below-minimum:oge-rus|oge-math,all,,\n"
	               "ref,g,T,percent,at-least-reference,below-minimum:oge-rus,low-results,,\n");
	support_table(&s, TABLE_RESULTS,
	    RESULTS "2021,oge-rus,school,a,10,2,,\n2021,oge-math,school,a,10,1,,\n"
	            "2021,oge-rus,school,b,20,3,,\n2021,oge-math,school,b,,,,no-participants\n"
	            "2021,oge-rus,school,c,10,,,\n"
	            "2021,oge-rus,municipality,,40,6,,\n");
	support_table(&s, TABLE_DECLARED, "year,category,school\n2021,low-results,a\n");
	support_table(&s, TABLE_TARGETS, TARGETS "two,2021,,,,15\n");
	finish();
	const struct indicator_year *y = at("two", 2021);
	assert_frac(y->numerator, 6, 1);
	assert_frac(y->denominator, 40, 1);
	assert_frac(y->value.number, 15, 1);
	assert_status("two", 2021, INDICATOR_ACHIEVED);
	assert_int_equal(y->schools_needed, -1);        /* pupils are no schools */
	assert_int_equal(y->schools_not_applicable, 1); /* the primary school */
	assert_int_equal(y->schools_unknown, 3);
	assert_int_equal(y->contributions[0].k, 3);
	assert_int_equal(y->contributions[0].n, 20);
	/* Not less than the municipal value of the same measure, 15 %. */
	y = at("ref", 2021);
	assert_frac(y->value.number, 20, 1);
	assert_frac(y->target.number, 15, 1);
	assert_status("ref", 2021, INDICATOR_ACHIEVED);
	support_end(&s);
}

/* With target rows the municipal value is the target of their years only. */
static void test_reference_in_the_years_of_targets(void **state)
{
	(void)state;
	begin("",
	    INDICATORS
	    "ref,g,T,percent,at-least-reference,ratio:teachers_diagnosed/teachers,low-results,,\n");
	support_table(&s, TABLE_CONTEXT,
	    "year,scope,school,teachers,teachers_diagnosed\n"
	    "2020,school,a,10,5\n2020,school,b,10,9\n2021,school,a,10,5\n2021,school,b,10,9\n"
	    "2022,school,a,10,6\n2022,municipality,,100,60\n");
	support_table(&s, TABLE_DECLARED, "year,category,school\n2020,low-results,a\n");
	support_table(&s, TABLE_TARGETS, TARGETS "ref,,2022-01-01,,,50\nref,2022,,,,50\n");
	finish();
	assert_status("ref", 2020, INDICATOR_NO_TARGET);
	assert_false(at("ref", 2020)->target.set);
	assert_frac(at("ref", 2021)->target.number, 70, 1); /* over all schools */
	assert_status("ref", 2021, INDICATOR_NOT_ACHIEVED);
	assert_frac(at("ref", 2022)->target.number, 60, 1); /* the municipal row */
	assert_status("ref", 2022, INDICATOR_ACHIEVED);
	support_end(&s);
}

static void test_context(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "yes,g,T,percent,at-least,context:specialists_meet_norm,all,,\n"
	               "mean,g,T,percent,none,context:teachers_higher_education_share,all,,\n"
	               "senior,g,T,percent,none,ratio:continued_to_senior/graduates_9,all,,\n");
	support_table(&s, TABLE_CONTEXT,
	    "year,school,specialists_meet_norm,teachers_higher_education_share,continued_to_senior,"
	    "graduates_9\n"
	    "2021,a,yes,80,6,10\n2021,b,no,91,9,10\n2021,c,yes,,1,\n2021,d,,,5,5\n");
	support_table(&s, TABLE_TARGETS, TARGETS "yes,2021,,,,66.7\n");
	finish();
	const struct indicator_year *y = at("yes", 2021);
	assert_frac(y->numerator, 2, 1);
	assert_frac(y->denominator, 3, 1);
	assert_int_equal(y->schools_unknown, 3);
	assert_status("yes", 2021, INDICATOR_NOT_ACHIEVED); /* 66.66… is less than 66.7 */
	assert_int_equal(y->schools_needed, 3);
	y = at("mean", 2021);
	assert_frac(y->value.number, 171, 2);
	assert_frac(y->denominator, 2, 1);
	y = at("senior", 2021); /* the primary school has no ninth grade */
	assert_frac(y->value.number, 75, 1);
	assert_frac(y->numerator, 15, 1);
	assert_frac(y->denominator, 20, 1);
	assert_int_equal(y->schools_not_applicable, 1);
	support_end(&s);
}

static void test_documents(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "report,g,T,yes-no,yes,documents:report,,,\n"
	               "monitoring,g,T,yes-no,yes,documents:monitoring,,,\n"
	               "page,g,T,yes-no,yes,special-page,,,\n");
	support_table(&s, TABLE_TARGETS,
	    TARGETS "report,2020,,,,yes\nreport,2021,,,,yes\nreport,2022,,,,yes\n"
	            "page,2020,,,,yes\n");
	support_content(&s, "programme.md", "---\ntitle: P\n---\nx\n");
	support_content(&s, "documents/r.md",
	    "---\ntitle: R\nkind: report\ndate: 2021-06-01\ncycle: [monitoring]\n---\n");
	support_content(&s, "documents/late.md",
	    "---\ntitle: R\nkind: report\ndate: 2020-06-01\npublish_on: 2022-07-01\n---\n");
	support_content(&s, "documents/draft.md",
	    "---\ntitle: R\nkind: report\ndate: 2020-06-01\nstatus: draft\n---\n");
	support_content(
	    &s, "documents/a.md", "---\ntitle: A\nkind: analysis\ndate: 2020-06-01\n---\n");
	support_content(
	    &s, "documents/act.md", "---\ntitle: A\nkind: act\ndate: 2020-06-01\n---\n");
	support_content(&s, "events/e.md", "---\ntitle: E\ndate: 2022-02-01\n---\n");
	finish();
	assert_status("report", 2020, INDICATOR_NOT_ACHIEVED);
	assert_status("report", 2021, INDICATOR_ACHIEVED);
	assert_status("report", 2022, INDICATOR_IN_PROGRESS);
	assert_int_equal(state_of("monitoring")->nyears, 1);
	assert_status("monitoring", 2021, INDICATOR_ACHIEVED);
	/* Four groups: programme and analysis, reports, acts, events. */
	assert_status("page", 2020, INDICATOR_NOT_ACHIEVED);
	assert_null(find("page", 2021));
	assert_status("page", 2022, INDICATOR_ACHIEVED);
	support_end(&s);
}

/* -- shares of schools ------------------------------------------------------------- */

static void test_number_of_schools_without_names(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "x,g,T,percent,at-least,audit:order,low-results,,\n"
	               "hand,g,T,percent,at-least,manual,low-results,,\n"
	               "pupils,g,T,percent,at-most,manual,low-results,,\n"
	               "most,g,T,percent,at-most,manual,low-results,,\n");
	support_table(&s, TABLE_DECLARED, "year,category,school,count\n2021,low-results,,6\n");
	support_table(&s, TABLE_TARGETS,
	    TARGETS "x,2021,,,,20\nhand,2021,,,,20\nhand,2022,,,,50\npupils,2021,,,,20\n"
	            "most,2021,,,,20\n");
	support_table(&s, TABLE_VALUES,
	    VALUES "hand,2021,33.3,2,6\npupils,2021,10,9,90\nmost,2021,16.7,1,6\n");
	finish();
	assert_int_equal(at("x", 2021)->schools_needed, 2); /* 1 of 6 is 16.7 % */
	assert_int_equal(at("x", 2021)->schools_of, 6);
	assert_false(at("x", 2021)->value.set);
	assert_int_equal(at("hand", 2021)->schools_needed, 2);
	assert_int_equal(at("hand", 2022)->schools_needed, 3); /* of schools, as the year before */
	assert_int_equal(at("pupils", 2021)->schools_needed, -1);
	assert_int_equal(at("most", 2021)->schools_needed, 1); /* not more than 1 of 6 */
	support_end(&s);
}

/* -- computed and by hand, parents, the year to speak of ---------------------------- */

static void test_computed_beats_manual(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "r,g,T,percent,none,ratio:teachers_diagnosed/teachers,all,,\n"
	               "d,g,T,percent,none,dynamics:oge-rus:mean_mark,all,,\n");
	support_table(
	    &s, TABLE_CONTEXT, "year,school,teachers,teachers_diagnosed\n2020,a,3,1\n2021,a,3,1\n");
	support_table(&s, TABLE_VALUES, VALUES "r,2020,33.3,,\nr,2021,40,,\nd,2021,50,,\n");
	finish();
	const struct indicator_year *y = at("r", 2020);
	assert_true(y->computed);
	assert_false(y->differs); /* a rounding of the same */
	assert_non_null(y->manual);
	y = at("r", 2021);
	assert_true(y->differs);
	assert_frac(y->value.number, 100, 3);
	assert_frac(y->manual_value.number, 40, 1);
	assert_int_equal(s.diag.warnings, 1);
	/* Nothing to compute from: what was entered. */
	assert_false(at("d", 2021)->computed);
	assert_frac(at("d", 2021)->value.number, 50, 1);
	support_end(&s);
}

static void test_parents(void **state)
{
	(void)state;
	begin("",
	    INDICATORS "whole,g,T,yes-no,yes,manual,,,\n"
	               "one,g,T,yes-no,yes,manual,,,whole\n"
	               "two,g,T,percent,at-least,manual,,,whole\n");
	support_table(
	    &s, TABLE_TARGETS, TARGETS "two,2019,,,,50\ntwo,2020,,,,50\ntwo,2021,,,,50\n");
	support_table(&s, TABLE_VALUES,
	    VALUES "one,2019,yes,,\ntwo,2019,50,,\none,2020,yes,,\ntwo,2020,49,,\none,2021,yes,,\n"
	           "one,2018,no,,\n");
	finish();
	assert_status("whole", 2019, INDICATOR_ACHIEVED);
	assert_frac(at("whole", 2019)->numerator, 2, 1);
	assert_status("whole", 2020, INDICATOR_NOT_ACHIEVED);
	assert_frac(at("whole", 2020)->numerator, 1, 1);
	assert_status("whole", 2021, INDICATOR_NO_DATA);
	assert_status("whole", 2018, INDICATOR_NOT_ACHIEVED); /* one no is enough */
	support_end(&s);
}

static void test_current_year_and_counts(void **state)
{
	(void)state;
	begin("period: 2020-2022\n",
	    INDICATORS "a,g,T,percent,at-least,manual,,,\n"
	               "b,g,T,percent,at-least,manual,,,\n"
	               "c,g,T,percent,none,manual,,,\n");
	support_today(&s, 2024, 1, 1);
	support_table(&s, TABLE_TARGETS, TARGETS "a,2020,,,,50\na,2022,,,,50\nb,2021,,,,5\n");
	support_table(&s, TABLE_VALUES, VALUES "a,2022,51,,\n");
	finish();
	assert_int_equal(all.year, 2022); /* the programme is over */
	assert_int_equal(state_of("a")->current->year, 2022);
	assert_int_equal(state_of("b")->current->year, 2021);
	assert_null(state_of("c")->current);
	assert_int_equal(all.achieved, 1);
	assert_int_equal(all.no_data, 1);
	assert_int_equal(all.no_target, 1);
	support_end(&s);
}

/* The three indicators of Усть-Илимский район: baselines of 2019, nine targets, no values. */
static void test_ust_ilimsk(void **state)
{
	(void)state;
	support_begin(&s, "methods: [ust-ilimsk-low-results]\nperiod: 2020-2022\n");
	support_file(&s, TABLE_SCHOOLS, "data/ust-ilimsk/schools.csv");
	support_file(&s, TABLE_INDICATORS, "data/ust-ilimsk/indicators.csv");
	support_file(&s, TABLE_TARGETS, "data/ust-ilimsk/targets.csv");
	support_content(&s, "documents/programme.md", "---\ntitle: P\nkind: programme\n---\n");
	finish();
	assert_int_equal(all.count, 3);
	assert_frac(at("no-certificate", 2019)->value.number, 7, 1);
	assert_status("no-certificate", 2019, INDICATOR_NO_TARGET);
	assert_frac(at("school-network", 2019)->value.number, 0, 1);
	assert_frac(at("school-requirements", 2022)->target.number, 80, 1);
	assert_status("school-requirements", 2021, INDICATOR_NO_DATA);
	assert_status("school-requirements", 2022, INDICATOR_IN_PROGRESS);
	for (size_t i = 0; i < all.count; i++)
		assert_int_equal(all.indicators[i].nyears, 4);
	support_end(&s);
}

static int setup(void **state)
{
	(void)state;
	support_site(&s);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	support_site_end(&s);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_status_by_rule),
	    cmocka_unit_test(test_year_is_open_to_its_last_day),
	    cmocka_unit_test(test_exact_fractions),
	    cmocka_unit_test(test_targets_in_force),
	    cmocka_unit_test(test_baseline),
	    cmocka_unit_test(test_rows_that_exist),
	    cmocka_unit_test(test_audit),
	    cmocka_unit_test(test_dynamics),
	    cmocka_unit_test(test_below_minimum),
	    cmocka_unit_test(test_reference_in_the_years_of_targets),
	    cmocka_unit_test(test_context),
	    cmocka_unit_test(test_documents),
	    cmocka_unit_test(test_number_of_schools_without_names),
	    cmocka_unit_test(test_computed_beats_manual),
	    cmocka_unit_test(test_parents),
	    cmocka_unit_test(test_current_year_and_counts),
	    cmocka_unit_test(test_ust_ilimsk),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
