/* The dictionary is consistent, whoever adds a column. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "model/cell.h"
#include "model/privacy.h"

static void each_column(void (*check)(const struct schema *, const struct column *, size_t))
{
	for (int id = 0; id < TABLE_COUNT; id++) {
		const struct schema *s = schema_of((enum table_id)id);
		for (size_t i = 0; i < s->count; i++)
			check(s, &s->columns[i], i);
	}
}

static void tables_are_whole(void **state)
{
	(void)state;
	for (int id = 0; id < TABLE_COUNT; id++) {
		const struct schema *s = schema_of((enum table_id)id);
		assert_int_equal(s->id, id);
		assert_non_null(s->file);
		assert_non_null(s->title);
		assert_true(s->count > 1);
		assert_true(s->columns[0].flags & COLUMN_KEY);
	}
}

static void check_names(const struct schema *s, const struct column *c, size_t i)
{
	assert_true(strlen(c->about) > 3);
	assert_ptr_equal(schema_column(s, str_of(c->name)), c);
	for (size_t k = 0; k < i; k++) {
		const struct column *o = &s->columns[k];
		assert_false(cell_same(str_of(c->name), str_of(o->name)));
		assert_false(cell_same(str_of(c->title_ru), str_of(o->title_ru)));
		assert_false(cell_same(str_of(c->name), str_of(o->title_ru)));
	}
	assert_null(strchr(c->title_ru, ',')); /* it would need quotes in a header */
}

static void check_place(const struct schema *s, const struct column *c, size_t i)
{
	size_t end = c->offset + cell_size(c->type);
	assert_true(c->offset >= sizeof(struct row));
	assert_true(end <= s->row_size);
	for (size_t k = 0; k < i; k++) {
		const struct column *o = &s->columns[k];
		assert_true(end <= o->offset || o->offset + cell_size(o->type) <= c->offset);
	}
}

static void check_words(const struct schema *s, const struct column *c, size_t i)
{
	(void)s;
	(void)i;
	assert_int_equal(c->type == COLUMN_ENUM, c->values != NULL);
	if (!c->values)
		return;
	assert_non_null(c->values_ru);
	size_t n = 0;
	bool fallback = !c->fallback;
	for (; c->values[n]; n++) {
		assert_non_null(c->values_ru[n]);
		assert_string_equal(schema_word(c, (int)n + 1), c->values[n]);
		fallback = fallback || strcmp(c->values[n], c->fallback) == 0;
	}
	assert_null(c->values_ru[n]);
	assert_true(fallback);
	assert_string_equal(schema_word(c, 0), "");
	assert_string_equal(schema_word(c, (int)n + 1), "");
}

/* What is referred to begins with its id: model/key and model/cell rely on it. */
static void check_reference(const struct schema *s, const struct column *c, size_t i)
{
	(void)s;
	(void)i;
	if (c->type == COLUMN_REF)
		assert_int_equal(schema_of(c->refers)->columns[0].offset, sizeof(struct row));
}

static void check_own_title(const struct schema *s, const struct column *c, size_t i)
{
	(void)s;
	(void)i;
	assert_false(privacy_suspect(str_of(c->name)));
	assert_false(privacy_suspect(str_of(c->title_ru)));
}

static void columns_are_whole(void **state)
{
	(void)state;
	each_column(check_names);
	each_column(check_place);
	each_column(check_words);
	each_column(check_reference);
	each_column(check_own_title);
	assert_int_equal(schema_of(TABLE_SCHOOLS)->columns[0].offset, sizeof(struct row));
}

/* Words of the enums of tables.h stand at their places. */
static void words_match_enums(void **state)
{
	(void)state;
	static const struct {
		enum table_id table;
		const char *column;
		int value;
		const char *word;
	} cases[] = {
	    {TABLE_SCHOOLS, "kind", KIND_SECONDARY, "secondary"},
	    {TABLE_SCHOOLS, "kind", KIND_OTHER, "other"},
	    {TABLE_RESULTS, "scope", SCOPE_REGION, "region"},
	    {TABLE_RESULTS, "status", STATUS_HELD, "held"},
	    {TABLE_RESULTS, "status", STATUS_NO_PARTICIPANTS, "no-participants"},
	    {TABLE_RESULTS, "attempt", ATTEMPT_FINAL, "final"},
	    {TABLE_RESULTS, "threshold", THRESHOLD_UNIVERSITY, "university"},
	    {TABLE_DECLARED, "category", CATEGORY_500_PLUS, "500-plus"},
	    {TABLE_INDICATORS, "unit", UNIT_NUMBER, "number"},
	    {TABLE_INDICATORS, "rule", RULE_AT_LEAST_REFERENCE, "at-least-reference"},
	    {TABLE_INDICATORS, "rule", RULE_NO_RULE, "none"},
	    {TABLE_TARGETS, "kind", TARGET_BASELINE, "baseline"},
	    {TABLE_ROADMAP, "every", EVERY_MONTH, "month"},
	    {TABLE_ROADMAP, "level", MEASURE_SCHOOL, "school"},
	    {TABLE_AUDIT, "found", FOUND_NOT_APPLICABLE, "not-applicable"},
	    {TABLE_PROCEDURES, "kind", PROCEDURE_KDR, "kdr"},
	    {TABLE_PROCEDURES, "level", LEVEL_SENIOR, "senior"},
	    {TABLE_PROCEDURES, "scale", SCALE_SHARE, "share"},
	    {TABLE_METRICS, "kind", METRIC_YESNO, "yes-no"},
	    {TABLE_METRICS, "level", LEVEL_ANY, "any"},
	    {TABLE_RULES, "match", MATCH_ALL, "all"},
	    {TABLE_RULES, "over", OVER_SUM, "sum"},
	    {TABLE_RULES, "operator", OPERATOR_LESS, "<"},
	    {TABLE_RULES, "operator", OPERATOR_PRESENT, "present"},
	    {TABLE_RULES, "reference", REFERENCE_GAP_REGION, "gap-region"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct column *c =
		    schema_column(schema_of(cases[i].table), str_of(cases[i].column));
		assert_non_null(c);
		assert_string_equal(schema_word(c, cases[i].value), cases[i].word);
	}
	assert_null(schema_column(schema_of(TABLE_RESULTS), STR("результат")));
}

static void keys_are_those_of_the_rules(void **state)
{
	(void)state;
	static const struct {
		enum table_id table;
		const char *key, *required;
	} cases[] = {
	    {TABLE_SCHOOLS, "school ", "school name kind "},
	    {TABLE_RESULTS, "year procedure scope school ", "year procedure "},
	    {TABLE_CONTEXT, "year scope school ", "year "},
	    {TABLE_FACTORS, "year school factor ", "year school factor present "},
	    {TABLE_DECLARED, "year category school ", "year category "},
	    {TABLE_INDICATORS, "indicator ", "indicator group title unit rule measure "},
	    {TABLE_TARGETS, "indicator year date kind as_of ", "indicator target "},
	    {TABLE_VALUES, "indicator year ", "indicator year value "},
	    {TABLE_ROADMAP, "item ", "item section activity "},
	    {TABLE_BODIES, "body ", "body title "},
	    {TABLE_SUPPORT, "school supporter kind ", "school supporter kind "},
	    {TABLE_ERRATA, "place ", "place printed "},
	    {TABLE_RISKS, "risk ", "risk mitigation "},
	    {TABLE_AUDIT, "school item visit ", "school item found "},
	    {TABLE_SOURCES, "path ", "path "},
	    {TABLE_PROCEDURES, "procedure ", "procedure title kind subject grade level "},
	    {TABLE_METRICS, "metric ", "metric title kind "},
	    {TABLE_CHECKLIST, "item ", "item title "},
	    {TABLE_EXAM_DAYS, "from what ", "from what source "},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct schema *s = schema_of(cases[i].table);
		struct buf key = BUF_INIT(BUF_LINE), required = BUF_INIT(BUF_LINE);
		for (size_t k = 0; k < s->count; k++) {
			if (s->columns[k].flags & COLUMN_KEY)
				buf_addf(&key, "%s ", s->columns[k].name);
			if (s->columns[k].flags & COLUMN_REQUIRED)
				buf_addf(&required, "%s ", s->columns[k].name);
		}
		assert_string_equal(key.data, cases[i].key);
		assert_string_equal(required.data, cases[i].required);
		buf_clear(&key);
		buf_clear(&required);
	}
}

/* The columns and their order, which is that of the files that are published. */
static void columns_are_those_of_the_rules(void **state)
{
	(void)state;
	static const struct {
		enum table_id table;
		const char *columns;
	} cases[] = {
	    {TABLE_SCHOOLS,
	        "school name short_name kind locality site aliases timezone from_year to_year "},
	    {TABLE_RESULTS,
	        "year procedure scope school participants below_minimum mean_mark mean_score pass_rate "
	        "quality_rate status attempt threshold note "},
	    {TABLE_CONTEXT, "year scope school "},
	    {TABLE_FACTORS, "year school factor present basis "},
	    {TABLE_DECLARED, "year until category school count document "},
	    {TABLE_INDICATORS,
	        "indicator group title unit rule measure cohort levels parent responsible collection "
	        "schedule source "},
	    {TABLE_TARGETS, "indicator year date kind as_of target document "},
	    {TABLE_VALUES, "indicator year value numerator denominator evidence note as_of "},
	    {TABLE_ROADMAP,
	        "item part section direction task number activity when from to every months responsible "
	        "result target done evidence level pair note "},
	    {TABLE_BODIES, "body title role document "},
	    {TABLE_SUPPORT, "school supporter kind from to document "},
	    {TABLE_ERRATA, "place printed reading note "},
	    {TABLE_RISKS, "risk mitigation "},
	    {TABLE_AUDIT,
	        "school item found url link_text http_status fetched sha256 method by reason visit state "
	        "note "},
	    {TABLE_AUDIT_EVIDENCE,
	        "school item visit source_page chain heading warc offset charset_rule certificate "
	        "checklist type size modified dated "},
	    {TABLE_SOURCES, "path title publisher received licence note "},
	    {TABLE_PROCEDURES, "procedure title kind subject grade level scale "},
	    {TABLE_METRICS, "metric title kind of level sensitive minimum maximum note "},
	    {TABLE_CHECKLIST,
	        "item title look_for section words exclude text types off_site max_age school_year "
	        "at_least itemprop parent page may_be_absent not_applicable_when valid_from valid_to hint "
	        "examples counterexamples "},
	    {TABLE_SIGNATURES,
	        "signature kind where pattern longest reason examples counterexamples "},
	    {TABLE_WORDS, "word meaning pattern examples counterexamples "},
	    {TABLE_EXAM_DAYS, "from to what source "},
	    {TABLE_RULES,
	        "rule criterion title measure match over years operator threshold reference points "},
	    {TABLE_METHOD_FACTORS, "factor title "},
	};
	assert_int_equal(sizeof(cases) / sizeof(cases[0]), TABLE_COUNT);
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		const struct schema *s = schema_of(cases[i].table);
		struct buf names = BUF_INIT(BUF_LINE);
		for (size_t k = 0; k < s->count; k++)
			buf_addf(&names, "%s ", s->columns[k].name);
		assert_string_equal(names.data, cases[i].columns);
		buf_clear(&names);
	}
}

static void personal_titles(void **state)
{
	(void)state;
	static const char *const personal[] = {"Фамилия", "ФИО", "Ф.И.О. ученика", "имя",
	    "Имя, отчество", "Фамилия, имя", "отчество", "СНИЛС", "Серия",
	    "серия и номер документа", "Номер паспорта", "Дата рождения", "ДАТА РОЖДЕНИЯ",
	    "год рождения", "surname", "first_name", "Last Name", "patronymic", "birth_date",
	    "birthdate", "Date of birth", "dateOfBirth", "passport", "passport number", "snils",
	    "участник_фамилия", "Имя ребёнка", "document series", "middle name"};
	static const char *const harmless[] = {"имя файла", "название", "name", "номер", "школа",
	    "participants", "серия мероприятий", "социальный паспорт района", "", "документ",
	    "примечание", "имя школы", "unit", "dobro", "фиолетовый", "number"};
	for (size_t i = 0; i < sizeof(personal) / sizeof(personal[0]); i++)
		if (!privacy_suspect(str_of(personal[i])))
			fail_msg("not seen: %s", personal[i]);
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (privacy_suspect(str_of(harmless[i])))
			fail_msg("taken for personal: %s", harmless[i]);
	char large[5000];
	memset(large, 'x', sizeof(large));
	assert_false(privacy_suspect((struct str){large, sizeof(large)}));
	assert_false(privacy_suspect(STR("\xD0\xFF\xFE")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tables_are_whole),
	    cmocka_unit_test(columns_are_whole),
	    cmocka_unit_test(words_match_enums),
	    cmocka_unit_test(keys_are_those_of_the_rules),
	    cmocka_unit_test(columns_are_those_of_the_rules),
	    cmocka_unit_test(personal_titles),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
