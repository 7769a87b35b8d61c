/*
 * The machine-readable output, against DATA.md § Machine-readable output and
 * METHODS.md § Disclosure.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/pages.h"
#include "render/export.h"
#include "support_render.h"

#include <jansson.h>
#include <string.h>

static const char front[] = "methods: [fioko-low-results]\n"
                            "period: 2022-2024\n"
                            "disclosure: {level: values, minimum_group: 5}\n";

/* Out of order, with everything that a cell can be. b is a small school. */
static const char schools[] = "school,name,kind,locality\n"
                              "c,Третья,secondary,\"=HYPERLINK(\"\"x\"\")\"\n"
                              "a,\"Первая, «старая»\",secondary,+7\n"
                              "b,Вторая,primary,@x\n";

static const char results[] =
    "year,procedure,scope,school,participants,below_minimum,mean_mark,pass_rate,quality_rate,status,note\n"
    "2021,oge-math,school,c,27,8,3.25,70.37,33.33333,held,\n"
    "2021,oge-rus,school,c,3,1,,66.7,,held,tiny\n"
    "2021,oge-rus,school,a,10,3,,70,0,held,\n"
    "2021,oge-math,school,a,,,,,,not-supplied,\n"
    "2021,oge-rus,municipality,,,,,69.5,,held,\n"
    "2020,vpr-rus-5,school,a,20,8,,60,,held,\n";

static void fill(struct rendering *t, const char *front_matter)
{
	rendering_begin(t, front_matter);
	support_table(&t->f, TABLE_SCHOOLS, schools);
	support_table(&t->f, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure,cohort,levels\n"
	    "share,g,Доля,percent,at-least,manual,,\n"
	    "done,g,Есть,yes-no,yes,manual,,\n"
	    "lvl,g,Уровень,level,at-least,manual,,absent|forming|present\n");
	support_table(&t->f, TABLE_RESULTS, results);
	support_table(&t->f, TABLE_DECLARED,
	    "year,category,school\n2022,low-results,a\n2022,low-results,c\n");
	support_table(&t->f, TABLE_TARGETS,
	    "indicator,year,kind,target\n"
	    "share,2021,baseline,10\n"
	    "share,2022,target,66.66666\n"
	    "lvl,2022,target,forming\n");
	support_table(&t->f, TABLE_VALUES,
	    "indicator,year,value,numerator,denominator\n"
	    "share,2022,66.7,2,3\n"
	    "done,2022,да,,\n"
	    "lvl,2022,present,,\n");
	support_table(&t->f, TABLE_ROADMAP,
	    "item,section,activity,number,months\n"
	    "m-2,S,-1 день,2,1|6\n"
	    "m-1,S,\"Две\nстроки, и \"\"кавычки\"\"\",1,\n");
	support_audit(&t->f, "2022-02-01",
	    "school,item,found,url,visit\n"
	    "c,programme,no,,1\n"
	    "a,order,yes,https://a.example/x,1\n"
	    "c,programme,yes,https://c.example/y,2\n");
	support_content(&t->f, "documents/b.md",
	    "---\ntitle: Приказ\nkind: act\ndate: 2022-03-01\nnumber: 7-п\n"
	    "cycle: [measures, decisions]\n---\nText.\n");
	support_content(
	    &t->f, "documents/a.md", "---\ntitle: Анализ\nkind: analysis\n---\nText.\n");
	support_content(&t->f, "events/e.md",
	    "---\ntitle: Семинар\ndate: 2022-04-05\nplace: Зал\nroadmap: m-1\nlevel: school\n---\nText.\n");
}

static void make(struct rendering *t, const char *front_matter, enum profile profile)
{
	fill(t, front_matter);
	rendering_finish(t, profile);
	assert_int_equal(export_department(&t->r), 0);
}

static const char *csv(struct rendering *t, const char *name)
{
	const char *text = rendering_file(t, arena_printf(&t->arena, "data/%s.csv", name));
	if (!text)
		fail_msg("%s.csv was not written", name);
	return text;
}

static void assert_line(
    struct rendering *t, const char *name, const char *beginning, const char *line)
{
	assert_string_equal(rendering_line(t, csv(t, name), beginning), line);
}

static void assert_header(struct rendering *t, const char *name, const char *header)
{
	struct str rest = str_of(csv(t, name)), line;
	str_next(&rest, '\n', &line);
	assert_string_equal(arena_strndup(&t->arena, line.p, line.n), header);
}

/* To the letter, as DATA.md has them. */
static void test_headers(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, front, PROFILE_PUBLIC);
	assert_header(&t, "identification",
	    "year,method,category,school,result,score,score_possible,cutoff,fragile,declared");
	assert_header(&t, "identification-basis",
	    "year,method,school,rule,period,measure,value,operator,threshold,met,points,source");
	assert_header(
	    &t, "indicators", "indicator,year,value,numerator,denominator,target,status,source");
	assert_header(&t, "audit", "date,school,item,found,url");
	assert_header(&t, "schools",
	    "school,name,short_name,kind,locality,site,aliases,timezone,from_year,to_year");
	assert_header(&t, "results",
	    "year,procedure,scope,school,participants,below_minimum,mean_mark,mean_score,"
	    "pass_rate,quality_rate,status,attempt,threshold,note");
	assert_header(&t, "roadmap",
	    "item,part,section,direction,task,number,activity,when,from,to,every,months,"
	    "responsible,result,target,done,evidence,level,pair,note");
	assert_header(&t, "documents", "path,title,kind,date,number,issuer,file,cycle,follows,url");
	assert_header(&t, "events", "path,title,date,place,roadmap,level,url");
	rendering_end(&t);
}

/* Sorted by key, quoted where needed; text that a spreadsheet would compute
 * is made text. */
static void test_cells(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, front, PROFILE_PUBLIC);
	assert_string_equal(strchr(csv(&t, "schools"), '\n') + 1,
	    "a,\"Первая, «старая»\",,secondary,'+7,,,,,\n"
	    "b,Вторая,,primary,'@x,,,,,\n"
	    "c,Третья,,secondary,\"'=HYPERLINK(\"\"x\"\")\",,,,,\n");
	assert_string_equal(strchr(csv(&t, "roadmap"), '\n') + 1,
	    "m-1,,S,,,1,\"Две\nстроки, и \"\"кавычки\"\"\",,,,,,,,,,,,,\n"
	    "m-2,,S,,,2,'-1 день,,,,,1|6,,,,,,,,\n");
	assert_null(strchr(csv(&t, "results"), '\r'));
	rendering_end(&t);
}

static void test_results(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, front, PROFILE_PUBLIC);
	/* At most four decimals; fallbacks of the dictionary are filled in. */
	assert_string_equal(strchr(csv(&t, "results"), '\n') + 1,
	    "2020,vpr-rus-5,school,a,20,8,,,60,,held,first,certificate,\n"
	    "2021,oge-math,school,a,,,,,,,not-supplied,first,certificate,\n"
	    "2021,oge-math,school,c,27,8,3.25,,70.37,33.3333,held,first,certificate,\n"
	    "2021,oge-rus,municipality,,,,,,69.5,,held,first,certificate,\n"
	    "2021,oge-rus,school,a,10,3,,,70,0,held,first,certificate,\n"
	    "2021,oge-rus,school,c,hidden,hidden,,,hidden,,held,first,certificate,hidden\n");
	rendering_end(&t);
}

static void test_identification(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, front, PROFILE_INTERNAL);
	/* a: rus low (3 of 10) in 2021, vpr low in 2020. */
	assert_line(&t, "identification", "2022,fioko-low-results,low-results,a,",
	    "2022,fioko-low-results,low-results,a,identified,1,9,,yes,yes");
	assert_line(&t, "identification", "2022,fioko-low-results,low-results,b,",
	    "2022,fioko-low-results,low-results,b,not-applicable,,,,,no");
	assert_non_null(strstr(csv(&t, "identification-basis"),
	    "2022,fioko-low-results,a,oge-rus,2021,below_minimum_share,30,>=,30,yes,,"
	    "data/test/results.csv:4\n"));
	/* 8 of 27 to four decimals, on the exact fraction. */
	assert_non_null(strstr(csv(&t, "identification-basis"),
	    "2022,fioko-low-results,c,oge-math,2021,below_minimum_share,29.6296,>=,30,no,,"
	    "data/test/results.csv:2\n"));
	/* Nothing known: no value, no source. */
	assert_non_null(strstr(csv(&t, "identification-basis"),
	    "2022,fioko-low-results,a,vpr-math-5,2021,below_minimum_share,,>=,30,unknown,,\n"));
	assert_null(strstr(csv(&t, "identification-basis"), "hidden"));
	rendering_end(&t);
}

/* What a hidden cell went into is hidden with it; the decision never is. */
static void test_hidden(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, front, PROFILE_PUBLIC);
	const char *line =
	    rendering_line(&t, csv(&t, "identification"), "2022,fioko-low-results,low-results,c,");
	assert_non_null(strstr(line, ",c,insufficient-data,hidden,9,,hidden,yes"));
	const char *basis = csv(&t, "identification-basis");
	assert_non_null(strstr(basis,
	    "c,oge-rus,2021,below_minimum_share,hidden,>=,30,hidden,,data/test/results.csv:3\n"));
	rendering_end(&t);
}

static void test_levels(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, "methods: [fioko-low-results]\ndisclosure: {level: status}\n", PROFILE_PUBLIC);
	assert_line(&t, "identification", "2022,fioko-low-results,low-results,a,",
	    "2022,fioko-low-results,low-results,a,identified,hidden,hidden,,hidden,yes");
	assert_null(rendering_file(&t, "data/identification-basis.csv"));
	assert_null(rendering_file(&t, "data/identification-basis.json"));
	assert_null(rendering_file(&t, "data/results.csv"));
	assert_null(rendering_file(&t, "data/results.json"));
	const char *package = rendering_file(&t, "data/datapackage.json");
	assert_null(strstr(package, "results.csv"));
	assert_true(t.r.exports->withheld);
	rendering_end(&t);

	make(&t, "methods: [fioko-low-results]\ndisclosure: {level: basis, minimum_group: 5}\n",
	    PROFILE_PUBLIC);
	assert_line(&t, "identification", "2022,fioko-low-results,low-results,a,",
	    "2022,fioko-low-results,low-results,a,identified,hidden,9,,hidden,yes");
	assert_non_null(strstr(csv(&t, "identification-basis"),
	    "a,oge-rus,2021,below_minimum_share,hidden,>=,30,yes,,data/test/results.csv:4\n"));
	assert_line(&t, "results", "2021,oge-rus,school,a",
	    "2021,oge-rus,school,a,hidden,hidden,,,hidden,hidden,held,first,certificate,");
	assert_line(&t, "results", "2021,oge-rus,municipality",
	    "2021,oge-rus,municipality,,,,,,69.5,,held,first,certificate,");
	rendering_end(&t);
}

static void test_indicators(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, front, PROFILE_PUBLIC);
	assert_string_equal(strchr(csv(&t, "indicators"), '\n') + 1,
	    "done,2022,yes,,,,achieved,data/test/values.csv:3\n"
	    "lvl,2022,present,,,forming,achieved,data/test/values.csv:4\n"
	    "share,2021,10,,,,no-target,data/test/targets.csv:2\n"
	    "share,2022,66.6667,2,3,66.6667,achieved,data/test/values.csv:2\n");
	rendering_end(&t);
}

static void test_other_tables(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, front, PROFILE_PUBLIC);
	/* The last visit counts. */
	assert_string_equal(strchr(csv(&t, "audit"), '\n') + 1,
	    "2022-02-01,a,order,yes,https://a.example/x\n"
	    "2022-02-01,c,programme,yes,https://c.example/y\n");
	assert_string_equal(strchr(csv(&t, "documents"), '\n') + 1,
	    "documents/a.md,Анализ,analysis,,,,,,,https://example.org/test/documents/a/\n"
	    "documents/b.md,Приказ,act,2022-03-01,7-п,,,measures|decisions,,"
	    "https://example.org/test/documents/b/\n");
	assert_string_equal(strchr(csv(&t, "events"), '\n') + 1,
	    "events/e.md,Семинар,2022-04-05,Зал,m-1,school,https://example.org/test/events/e/\n");
	rendering_end(&t);
}

/* The index and its limit have two decimals; a share four. */
static void test_index(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(
	    &t, "methods: [social-wellbeing]\ndisclosure: {level: values, minimum_group: 2}\n");
	support_table(&t.f, TABLE_SCHOOLS,
	    "school,name,kind\na,А,secondary\nb,Б,secondary\nc,В,secondary\nd,Г,secondary\n");
	support_table(&t.f, TABLE_CONTEXT,
	    "year,school,students,both_parents_higher,single_parent,registered\n"
	    "2022,a,200,60,50,4\n2022,b,300,100,100,10\n2022,c,100,50,20,2\n2022,d,150,40,20,30\n");
	rendering_finish(&t, PROFILE_INTERNAL);
	assert_int_equal(export_department(&t.r), 0);
	/* 83.2; b: 85 + 5 - 20/3 - 65/30 = 81.166… */
	assert_non_null(strstr(
	    rendering_line(&t, csv(&t, "identification"), "2022,social-wellbeing,disadvantaged,a,"),
	    ",83.2,,"));
	assert_non_null(strstr(
	    rendering_line(&t, csv(&t, "identification"), "2022,social-wellbeing,disadvantaged,b,"),
	    ",81.17,,"));
	/* 73.333…, 81.166…, 83.2, 87.2: three quarters of the way between the first two. */
	assert_non_null(strstr(
	    rendering_line(&t, csv(&t, "identification"), "2022,social-wellbeing,disadvantaged,d,"),
	    ",identified,73.33,,79.21,,"));
	assert_non_null(
	    strstr(csv(&t, "identification-basis"), "2022,social-wellbeing,b,single_parent,2022,"));
	assert_non_null(strstr(csv(&t, "identification-basis"), "0.3333"));
	rendering_end(&t);
}

/* -- JSON ----------------------------------------------------------------- */

static json_t *load_json(const struct rendering *t, const char *path)
{
	json_error_t error;
	const char *text = rendering_file(t, path);
	assert_non_null(text);
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		fail_msg("%s:%d: %s", path, error.line, error.text);
	return root;
}

static const char *text_of(const json_t *row, const char *key)
{
	return json_string_value(json_object_get(row, key));
}

static void test_json(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, front, PROFILE_PUBLIC);
	json_t *rows = load_json(&t, "data/results.json");
	assert_int_equal(json_array_size(rows), 6);
	const json_t *c = json_array_get(rows, 2), *small = json_array_get(rows, 5);
	assert_int_equal(json_object_size(c), 14);
	assert_int_equal(json_integer_value(json_object_get(c, "year")), 2021);
	assert_int_equal(json_integer_value(json_object_get(c, "participants")), 27);
	assert_true(json_real_value(json_object_get(c, "quality_rate")) == 33.3333);
	assert_true(json_is_null(json_object_get(c, "mean_score")));
	assert_true(json_is_null(json_object_get(c, "note")));
	assert_string_equal(text_of(c, "procedure"), "oge-math");
	assert_string_equal(text_of(small, "participants"), "hidden");
	/* Zero stays zero. */
	const json_t *a = json_array_get(rows, 4);
	assert_true(json_is_integer(json_object_get(a, "quality_rate")));
	json_decref(rows);

	/* No formula guard where nobody computes formulas. */
	rows = load_json(&t, "data/schools.json");
	assert_string_equal(text_of(json_array_get(rows, 2), "locality"), "=HYPERLINK(\"x\")");
	json_decref(rows);
	rows = load_json(&t, "data/indicators.json");
	assert_string_equal(text_of(json_array_get(rows, 0), "value"), "yes");
	assert_true(json_is_number(json_object_get(json_array_get(rows, 3), "value")));
	json_decref(rows);
	rendering_end(&t);
}

/* A site without data has all files all the same, with their headers. */
static void test_empty(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, "");
	support_table(&t.f, TABLE_SCHOOLS, "school,name,kind\na,А,secondary\n");
	rendering_finish(&t, PROFILE_PUBLIC);
	assert_int_equal(export_department(&t.r), 0);
	assert_string_equal(csv(&t, "events"), "path,title,date,place,roadmap,level,url\n");
	json_t *rows = load_json(&t, "data/events.json");
	assert_int_equal(json_array_size(rows), 0);
	json_decref(rows);
	rendering_end(&t);
}

/* -- the data package ------------------------------------------------------ */

static const json_t *find_named(const json_t *array, const char *name)
{
	size_t i;
	json_t *item;
	json_array_foreach(array, i, item)
	{
		if (strcmp(text_of(item, "name"), name) == 0)
			return item;
	}
	fail_msg("nothing is named %s", name);
	return NULL;
}

static const json_t *field_of(const json_t *resource, const char *name)
{
	return find_named(json_object_get(json_object_get(resource, "schema"), "fields"), name);
}

/* Bytes and hash are those of the file. */
static void check_resource(struct rendering *t, const json_t *resource)
{
	const char *path = arena_printf(&t->arena, "data/%s", text_of(resource, "path"));
	const char *text = rendering_file(t, path);
	assert_non_null(text);
	assert_int_equal(json_integer_value(json_object_get(resource, "bytes")), strlen(text));
	const char *hash = text_of(resource, "hash");
	assert_true(strncmp(hash, "sha256:", 7) == 0);
	assert_string_equal(hash + 7, hash_sha256(str_of(text)).s);
	assert_string_equal(text_of(resource, "encoding"), "utf-8");
}

/* The fields are the columns of the header, in its order, all with a title. */
static void check_fields(struct rendering *t, const json_t *resource)
{
	const json_t *fields = json_object_get(json_object_get(resource, "schema"), "fields");
	struct str rest = str_of(csv(t, text_of(resource, "name"))), header, name;
	str_next(&rest, '\n', &header);
	size_t i = 0;
	for (; str_next(&header, ',', &name); i++) {
		const json_t *field = json_array_get(fields, i);
		const char *title = text_of(field, "title");
		assert_true(str_is(name, text_of(field, "name")));
		assert_non_null(title);
		/* A title that fell back to its key would be the bare name. */
		assert_string_not_equal(title, text_of(field, "name"));
	}
	assert_int_equal(json_array_size(fields), i);
}

static void test_package(void **state)
{
	struct rendering t;
	size_t i;
	json_t *resource;
	(void)state;
	make(&t, front, PROFILE_PUBLIC);
	json_t *package = load_json(&t, "data/datapackage.json");
	const json_t *resources = json_object_get(package, "resources");
	assert_string_equal(text_of(package, "name"), "test");
	assert_string_equal(text_of(package, "homepage"), "https://example.org/test/");
	assert_string_equal(text_of(package, "created"), "2022-06-30T00:00:00Z");
	assert_int_equal(json_array_size(resources), 18);
	/* Nothing else lies in the folder. */
	assert_int_equal(t.files.count, 19);
	json_array_foreach(resources, i, resource)
	{
		check_resource(&t, resource);
		if (json_object_get(resource, "schema"))
			check_fields(&t, resource);
	}
	const json_t *r = find_named(resources, "results");
	const json_t *pass = field_of(r, "pass_rate");
	assert_string_equal(text_of(pass, "type"), "number");
	const json_t *limits = json_object_get(pass, "constraints");
	assert_int_equal(json_integer_value(json_object_get(limits, "maximum")), 100);
	assert_string_equal(text_of(field_of(r, "participants"), "type"), "integer");
	assert_string_equal(text_of(field_of(r, "year"), "type"), "year");
	const json_t *schema = json_object_get(r, "schema");
	assert_int_equal(json_array_size(json_object_get(schema, "primaryKey")), 4);
	const json_t *foreign = json_array_get(json_object_get(schema, "foreignKeys"), 0);
	assert_string_equal(text_of(foreign, "fields"), "school");
	assert_string_equal(text_of(json_object_get(foreign, "reference"), "resource"), "schools");
	const json_t *missing = json_object_get(schema, "missingValues");
	assert_string_equal(json_string_value(json_array_get(missing, 1)), "hidden");
	json_decref(package);
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_headers),
	    cmocka_unit_test(test_cells),
	    cmocka_unit_test(test_results),
	    cmocka_unit_test(test_identification),
	    cmocka_unit_test(test_hidden),
	    cmocka_unit_test(test_levels),
	    cmocka_unit_test(test_indicators),
	    cmocka_unit_test(test_other_tables),
	    cmocka_unit_test(test_index),
	    cmocka_unit_test(test_json),
	    cmocka_unit_test(test_empty),
	    cmocka_unit_test(test_package),
	};
	return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
