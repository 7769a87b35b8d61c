/* The measure column: every form read, every mistake told with the right word,
 * the scales of the fields. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "model/content.h"
#include "support_model.h"

struct reading {
	struct model model;
	struct measure measure;
	int result;
};

static int begin(void **state)
{
	struct reading *r = test_calloc(1, sizeof(*r));
	model_begin(&r->model);
	*state = r;
	return 0;
}

static int finish(void **state)
{
	model_end(&((struct reading *)*state)->model);
	test_free(*state);
	return 0;
}

static const struct measure *read_measure(struct reading *r, const char *text, enum measure_use use)
{
	struct site *s = &r->model.site;
	const struct measure_names names = {&s->procedures, &s->metrics, &s->checklist};
	diag_clear(&r->model.diag);
	r->result = measure_read(&r->measure, &s->arena, str_of(text), use, &names,
	    DIAG_AT("t.csv", 5, 9), &r->model.diag);
	assert_int_equal(r->result, r->model.diag.errors ? -1 : 0);
	assert_int_equal(r->measure.form == FORM_NONE, r->result != 0);
	return &r->measure;
}

static void of_indicators(void **state)
{
	struct reading *r = *state;
	static const struct {
		const char *text;
		enum measure_form form;
	} words[] = {{"", FORM_MANUAL}, {"  ", FORM_MANUAL}, {"manual", FORM_MANUAL},
	    {" manual ", FORM_MANUAL}, {"special-page", FORM_SPECIAL_PAGE}};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		assert_int_equal(
		    read_measure(r, words[i].text, MEASURE_OF_INDICATOR)->form, words[i].form);

	const struct measure *m = read_measure(r, "audit: order", MEASURE_OF_INDICATOR);
	assert_int_equal(m->form, FORM_AUDIT);
	assert_string_equal(m->item->id, "order");
	m = read_measure(r, "dynamics:oge-rus:quality_rate", MEASURE_OF_INDICATOR);
	assert_int_equal(m->form, FORM_DYNAMICS);
	assert_int_equal(m->nprocedures, 1);
	assert_string_equal(m->procedures[0]->id, "oge-rus");
	assert_int_equal(m->field, FIELD_QUALITY_RATE);
	m = read_measure(r, "context:small_school", MEASURE_OF_INDICATOR);
	assert_int_equal(m->form, FORM_CONTEXT);
	assert_string_equal(m->metric->id, "small_school");
	assert_null(m->of);
	m = read_measure(r, "ratio:teachers_diagnosed / teachers", MEASURE_OF_INDICATOR);
	assert_int_equal(m->form, FORM_RATIO);
	assert_string_equal(m->metric->id, "teachers_diagnosed");
	assert_string_equal(m->of->id, "teachers");
	m = read_measure(r, "below-minimum:oge-rus | oge-math", MEASURE_OF_INDICATOR);
	assert_int_equal(m->form, FORM_BELOW_MINIMUM);
	assert_int_equal(m->nprocedures, 2);
	assert_string_equal(m->procedures[1]->id, "oge-math");
	m = read_measure(r, "documents:report", MEASURE_OF_INDICATOR);
	assert_int_equal(m->document_kind, DOCUMENT_REPORT);
	assert_int_equal(m->cycle, 0);
	m = read_measure(r, "documents:effectiveness", MEASURE_OF_INDICATOR);
	assert_int_equal(m->cycle, CYCLE_EFFECTIVENESS);
	/* One word may be both. */
	m = read_measure(r, "documents:analysis", MEASURE_OF_INDICATOR);
	assert_int_equal(m->document_kind, DOCUMENT_ANALYSIS);
	assert_int_equal(m->cycle, CYCLE_ANALYSIS);
}

static void of_rules(void **state)
{
	struct reading *r = *state;
	const struct measure *m =
	    read_measure(r, "result:mean_mark:vpr-rus-4|vpr-math-4", MEASURE_OF_RULE);
	assert_int_equal(m->form, FORM_RESULT);
	assert_int_equal(m->field, FIELD_MEAN_MARK);
	assert_int_equal(m->nprocedures, 2);
	m = read_measure(r, "context:single_parent/students", MEASURE_OF_RULE);
	assert_int_equal(m->form, FORM_CONTEXT);
	assert_string_equal(m->of->id, "students");
	m = read_measure(r, "context:registered", MEASURE_OF_RULE);
	assert_null(m->of);
}

static void mistakes(void **state)
{
	static const struct {
		const char *text;
		enum measure_use use;
		const char *says;
	} cases[] = {
	    {"manul", MEASURE_OF_INDICATOR, "“manual”"},
	    {"qwertyuiop", MEASURE_OF_INDICATOR, "special-page"},
	    {"manual:x", MEASURE_OF_INDICATOR, "colon"},
	    {":", MEASURE_OF_INDICATOR, "Possible"},
	    {"audit:", MEASURE_OF_INDICATOR, "audit-checklist.csv"},
	    {"audit", MEASURE_OF_INDICATOR, "audit-checklist.csv"},
	    {"audit:ordr", MEASURE_OF_INDICATOR, "“order”"},
	    {"dynamics", MEASURE_OF_INDICATOR, "procedure"},
	    {"dynamics::mean_mark", MEASURE_OF_INDICATOR, "procedure"},
	    {"dynamics:oge-rus:", MEASURE_OF_INDICATOR, "pass_rate"},
	    {"dynamics:oge-rus:mean_marc", MEASURE_OF_INDICATOR, "“mean_mark”"},
	    {"dynamics:ege-rus:mean_mark", MEASURE_OF_INDICATOR, "mean_score"},
	    {"dynamics:oge-russ:mean_mark", MEASURE_OF_INDICATOR, "“oge-rus”"},
	    {"below-minimum:oge-rus|", MEASURE_OF_INDICATOR, NULL},
	    {"below-minimum:|oge-rus", MEASURE_OF_INDICATOR, "procedures.csv"},
	    {"ratio:teachers/", MEASURE_OF_INDICATOR, "metrics.csv"},
	    {"ratio:/teachers", MEASURE_OF_INDICATOR, "metrics.csv"},
	    {"ratio:teachers/teachers/teachers", MEASURE_OF_INDICATOR, "metrics.csv"},
	    {"documents:", MEASURE_OF_INDICATOR, "documents:report"},
	    {"documents:monitorin", MEASURE_OF_INDICATOR, "“monitoring”"},
	    {"result:mean_mark:oge-rus", MEASURE_OF_INDICATOR, "Possible"},
	    /* A rule has no manual value, and nothing is no measure. */
	    {"", MEASURE_OF_RULE, "Possible"},
	    {"manual", MEASURE_OF_RULE, "result:"},
	    {"audit:order", MEASURE_OF_RULE, "context:"},
	    {"result:oge-rus:mean_mark", MEASURE_OF_RULE, "pass_rate"},
	    {"result:mean_mark:ege-rus", MEASURE_OF_RULE, "points"},
	    {"context:students/", MEASURE_OF_RULE, "metrics.csv"},
	};
	struct reading *r = *state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		read_measure(r, cases[i].text, cases[i].use);
		if (!cases[i].says)
			continue; /* a last "|" ends the list */
		if (r->model.diag.errors != 1)
			fail_msg("«%s»: %zu errors", cases[i].text, r->model.diag.errors);
		const struct diag_item *item =
		    assert_said(&r->model.diag, "measure", DIAG_ERROR, 5, 9);
		assert_mentions(item, cases[i].says);
	}
}

static void too_many_procedures(void **state)
{
	struct reading *r = *state;
	struct buf text = BUF_INIT(BUF_LINE);
	buf_adds(&text, "below-minimum:");
	for (int i = 0; i < 5000; i++)
		buf_adds(&text, "oge-rus|");
	read_measure(r, text.data, MEASURE_OF_INDICATOR);
	assert_mentions(first_said(&r->model.diag, "measure"), "twice");
	buf_clear(&text);
}

/* Asked without a diag, it says nothing and means the same. */
static void silent(void **state)
{
	struct reading *r = *state;
	struct site *s = &r->model.site;
	const struct measure_names names = {&s->procedures, &s->metrics, &s->checklist};
	assert_int_equal(measure_read(&r->measure, &s->arena, STR("audit:x"), MEASURE_OF_INDICATOR,
	                     &names, DIAG_NOWHERE, NULL),
	    -1);
	assert_int_equal(r->measure.form, FORM_NONE);
}

static void scales(void **state)
{
	static const struct {
		enum result_field field;
		enum procedure_scale scale;
		bool has;
		int least, most; /* most -1: none */
	} cases[] = {
	    {FIELD_MEAN_MARK, SCALE_MARK, true, 2, 5},
	    {FIELD_MEAN_MARK, SCALE_NONE, true, 2, 5},
	    {FIELD_MEAN_MARK, SCALE_SCORE, false, 0, 0},
	    {FIELD_MEAN_MARK, SCALE_SHARE, false, 0, 0},
	    {FIELD_MEAN_SCORE, SCALE_SCORE, true, 0, 100},
	    {FIELD_MEAN_SCORE, SCALE_MARK, true, 0, -1},
	    {FIELD_PASS_RATE, SCALE_MARK, true, 0, 100},
	    {FIELD_QUALITY_RATE, SCALE_SCORE, true, 0, 100},
	    {FIELD_BELOW_MINIMUM_SHARE, SCALE_NONE, true, 0, 100},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct procedure p = {.scale = (int)cases[i].scale};
		struct decimal least, most;
		assert_int_equal(
		    measure_scale((int)cases[i].field, &p, &least, &most), cases[i].has);
		if (!cases[i].has)
			continue;
		assert_int_equal(least.digits, cases[i].least);
		assert_int_equal(most.set, cases[i].most >= 0);
		if (most.set)
			assert_int_equal(most.digits, cases[i].most);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, finish)
	const struct CMUnitTest tests[] = {
	    TEST(of_indicators),
	    TEST(of_rules),
	    TEST(mistakes),
	    TEST(too_many_procedures),
	    TEST(silent),
	    TEST(scales),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
