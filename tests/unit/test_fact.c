/* What a reader can see, as values under keys, and their text in a file. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_facts.h"

#include <string.h>

#define FRONT(level) \
	"disclosure: {level: " level ", minimum_group: 10}\nmethods: [fioko-low-results]\n"
#define SCHOOLS "school,name,short_name,kind\na,School A,A,secondary\nb,School B,,secondary\n"
#define RESULTS \
	"year,procedure,scope,school,participants,below_minimum,note\n" \
	"2021,oge-math,school,a,27,9,\n" \
	"2021,oge-rus,school,a,30,10,\n" \
	"2021,oge-math,school,b,7,5,seven\n" \
	"2021,oge-math,region,,900,90,\n"

static struct facts small(struct versions *v, const char *front)
{
	version_begin(v, front);
	support_table(&v->f, TABLE_SCHOOLS, SCHOOLS);
	support_table(&v->f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort,levels\n"
	    "i1,G,Share,percent,at-least,manual,all,\n"
	    "i2,G,Stage,level,at-least,manual,all,absent|present\n"
	    "i3,G,Done,yes-no,yes,manual,all,\n");
	support_table(&v->f, TABLE_RESULTS, RESULTS);
	support_table(&v->f, TABLE_DECLARED, "year,category,school,count\n2022,low-results,a,\n");
	support_table(&v->f, TABLE_TARGETS, "indicator,year,target\ni1,2021,60\ni2,2021,present\n");
	support_table(&v->f, TABLE_VALUES,
	    "indicator,year,value,numerator,denominator\ni1,2021,\"66,7\",4,6\n"
	    "i2,2021,absent,,\ni3,2021,yes,,\n");
	support_table(&v->f, TABLE_ROADMAP,
	    "item,section,activity,to,done\n1,S,Meet,2021-05-31,2021-05-20\n");
	support_content(&v->f, "documents/act.md",
	    "---\ntitle: An act\nkind: act\ndate: 2021-03-01\nnumber: 7\n---\nText.\n");
	support_content(&v->f, "documents/draft.md", "---\ntitle: Later\nstatus: draft\n---\n");
	support_content(
	    &v->f, "documents/later.md", "---\ntitle: L\npublish_on: 2030-01-01\n---\n");
	return version_end(v);
}

static void test_kinds(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts all = small(&v, FRONT("values"));

	const struct fact *f = find_fact(&all, FACT_IDENTIFICATION, 2022, "fioko-low-results", "a");
	assert_non_null(f);
	assert_string_equal(f->title, "A");
	assert_string_equal(fact_field(f, "result")->text, "identified");
	assert_frac(fact_field(f, "score")->number, 2, 1);
	assert_frac(fact_field(f, "score")->n, 9, 1);
	assert_non_null(find_fact(&all, FACT_DECLARED, 2022, "low-results", "a"));

	f = find_fact(&all, FACT_INDICATOR, 2021, "", "i1");
	assert_string_equal(f->title, "Share");
	const struct fact_field *value = fact_field(f, "value");
	assert_int_equal(value->form, FACT_PERCENT);
	assert_frac(value->number, 200, 3);
	assert_frac(value->k, 4, 1);
	assert_frac(value->n, 6, 1);
	assert_string_equal(fact_field(f, "status")->text, "achieved");
	f = find_fact(&all, FACT_INDICATOR, 2021, "", "i2");
	assert_string_equal(fact_field(f, "value")->text, "absent");
	assert_string_equal(fact_field(f, "target")->text, "present");
	f = find_fact(&all, FACT_INDICATOR, 2021, "", "i3");
	assert_int_equal(fact_field(f, "value")->form, FACT_YESNO);
	assert_non_null(find_fact(&all, FACT_INDICATOR, 0, "", "i1"));

	f = find_fact(&all, FACT_DOCUMENT, 0, "", "documents/act.md");
	assert_string_equal(f->title, "An act");
	assert_string_equal(fact_field(f, "kind")->text, "act");
	assert_int_equal(fact_field(f, "date")->date.month, 3);
	assert_int_equal(fact_field(f, "text")->form, FACT_BODY);
	assert_null(find_fact(&all, FACT_DOCUMENT, 0, "", "documents/draft.md"));
	assert_null(find_fact(&all, FACT_DOCUMENT, 0, "", "documents/later.md"));

	f = find_fact(&all, FACT_ROADMAP, 0, "", "1");
	assert_string_equal(f->title, "Meet");
	assert_int_equal(fact_field(f, "done")->date.day, 20);
	f = find_fact(&all, FACT_METHOD, 0, "", "fioko-low-results");
	assert_frac(fact_field(f, "percent")->number, 30, 1);
	versions_end(&v);
}

/* The level decides what is a fact at all, the group what has a value. */
static void test_disclosure(void **state)
{
	struct versions v;
	(void)state;
	versions_begin(&v, PROFILE_PUBLIC);
	struct facts all = small(&v, FRONT("values"));
	const struct fact *f = find_fact(&all, FACT_RESULT, 2021, "oge-math/school", "b");
	static const char *const hidden[] = {"participants", "below_minimum", "note"};
	for (size_t i = 0; i < 3; i++) {
		const struct fact_field *field = fact_field(f, hidden[i]);
		assert_true(field->hidden);
		assert_unset(field->number);
		assert_null(field->text);
	}
	assert_null(fact_field(f, "status")); /* held, as where nothing is said */
	assert_true(fact_field(
	    find_fact(&all, FACT_IDENTIFICATION, 2022, "fioko-low-results", "b"), "score")
	                ->hidden);
	versions_end(&v);

	versions_begin(&v, PROFILE_PUBLIC);
	all = small(&v, FRONT("basis"));
	assert_null(find_fact(&all, FACT_RESULT, 2021, "oge-math/school", "a"));
	assert_non_null(find_fact(&all, FACT_RESULT, 2021, "oge-math/region", ""));
	f = find_fact(&all, FACT_IDENTIFICATION, 2022, "fioko-low-results", "a");
	assert_null(fact_field(f, "score"));
	assert_frac(fact_field(f, "rules")->number, 2, 1);
	versions_end(&v);

	versions_begin(&v, PROFILE_PUBLIC);
	all = small(&v, FRONT("status"));
	assert_null(find_fact(&all, FACT_RESULT, 2021, "oge-math/region", ""));
	f = find_fact(&all, FACT_IDENTIFICATION, 2022, "fioko-low-results", "a");
	assert_int_equal(f->nfields, 1);
	versions_end(&v);

	versions_begin(&v, PROFILE_INTERNAL);
	all = small(&v, FRONT("status"));
	f = find_fact(&all, FACT_RESULT, 2021, "oge-math/school", "b");
	assert_frac(fact_field(f, "participants")->number, 7, 1);
	assert_string_equal(fact_field(f, "note")->text, "seven");
	versions_end(&v);
}

/* -- as text ---------------------------------------------------------------- */

static struct facts odd(void)
{
	static struct fact_field fields[] = {
	    {.name = "value",
	        .title = "a\tb",
	        .form = FACT_PERCENT,
	        .number = {200, 3},
	        .k = {4, 1},
	        .n = {6, 1},
	        .beneath = UINT64_MAX},
	    {.name = "note", .form = FACT_TEXT, .text = "line\nand \\ back\r\tslash"},
	    {.name = "low", .form = FACT_NUMBER, .number = {-5, 2}},
	    {.name = "x", .form = FACT_NUMBER, .hidden = true},
	    {.name = "day", .form = FACT_DATE, .date = {2022, 2, 28}},
	};
	static struct fact items[] = {{.kind = FACT_INDICATOR,
	                                  .year = 2022,
	                                  .part = "",
	                                  .subject = "i",
	                                  .part_title = "",
	                                  .title = "Школа № 1",
	                                  .fields = fields,
	                                  .nfields = 5},
	    {.kind = FACT_ROW, .part = "p", .subject = "", .part_title = "", .title = ""}};
	return (struct facts){.items = items, .count = 2};
}

static void test_text(void **state)
{
	struct arena a = ARENA_INIT;
	struct facts in = odd(), out;
	struct buf first = BUF_INIT(BUF_PAGE), second = BUF_INIT(BUF_PAGE);
	(void)state;
	facts_write(&first, &in);
	buf_adds(&first, "rest");
	struct str rest = buf_str(&first);
	assert_int_equal(facts_read(&out, &a, &rest), 0);
	assert_true(str_is(rest, "rest"));
	facts_write(&second, &out);
	buf_adds(&second, "rest");
	assert_string_equal(first.data, second.data);
	for (size_t i = 0; i < in.items[0].nfields; i++)
		assert_true(fact_same(&in.items[0].fields[i], &out.items[0].fields[i]));
	buf_clear(&first);
	buf_clear(&second);
	arena_clear(&a);
}

/* Cut anywhere, or with any byte changed, it is refused or reads as facts. */
static void test_damaged(void **state)
{
	struct facts in = odd(), out;
	struct buf text = BUF_INIT(BUF_PAGE);
	(void)state;
	facts_write(&text, &in);
	for (size_t i = 0; i < text.len; i++) {
		struct arena a = ARENA_INIT;
		struct str rest = {text.data, i};
		assert_int_equal(facts_read(&out, &a, &rest), -1);
		for (int byte = 0; byte < 256; byte += 5) {
			char was = text.data[i];
			text.data[i] = (char)byte;
			rest = buf_str(&text);
			if (facts_read(&out, &a, &rest) == 0)
				assert_int_equal(out.count, 2);
			text.data[i] = was;
		}
		arena_clear(&a);
	}
	static const char *const wrong[] = {"", "facts", "facts \n", "facts 1\n", "facts -1\n",
	    "facts 99999999999999999999\n", "facts 2\nrow\t0\t\ta\t\t\t0\nrow\t0\t\ta\t\t\t0\n",
	    "facts 1\nno\t0\t\ta\t\t\t0\n", "facts 1\nrow\t12345\t\ta\t\t\t0\n",
	    "facts 1\nrow\t0\t\ta\t\t\t1\n", NULL};
	for (size_t i = 0; wrong[i]; i++) {
		struct arena a = ARENA_INIT;
		struct str rest = str_of(wrong[i]);
		assert_int_equal(facts_read(&out, &a, &rest), -1);
		arena_clear(&a);
	}
	buf_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_kinds),
	    cmocka_unit_test(test_disclosure),
	    cmocka_unit_test(test_text),
	    cmocka_unit_test(test_damaged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
