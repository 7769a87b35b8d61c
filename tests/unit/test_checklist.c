/* The shipped lists: every pattern compiles, every example does what it says;
 * and lists that are wrong. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "model/checklist.h"
#include "text/fold.h"

struct fixture {
	struct arena arena;
	struct diag diag;
	struct table table, words;
};

static struct str shipped(struct arena *a, const char *path)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	char block[4096];
	size_t got;
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	while ((got = fread(block, 1, sizeof(block), f)) > 0)
		buf_add(&b, block, got);
	fclose(f);
	return buf_keep(a, &b);
}

static void read_rows(struct fixture *f, enum table_id id, const char *file, struct str bytes)
{
	const struct table *tables[TABLE_COUNT] = {[TABLE_CHECKLIST] = &f->table};
	struct table_context context = {.arena = &f->arena, .diag = &f->diag, .tables = tables};
	table_read(id == TABLE_WORDS ? &f->words : &f->table, &context, id, file, bytes);
}

static void clear(struct fixture *f)
{
	arena_clear(&f->arena);
	diag_clear(&f->diag);
}

static void expect_clean(struct fixture *f)
{
	diag_sort(&f->diag);
	diag_print(&f->diag, stderr, false);
	assert_int_equal(f->diag.count, 0);
}

static void check_shipped(const char *file, size_t least)
{
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct checklist list;
	const char *path = arena_printf(&f.arena, "data/%s", file);
	struct str bytes = shipped(&f.arena, path);
	read_rows(&f, TABLE_WORDS, "w.csv", shipped(&f.arena, "data/audit-words.csv"));
	read_rows(&f, TABLE_CHECKLIST, path, bytes);
	assert_int_equal(checklist_compile(
	                     &list, &f.arena, &f.table, &f.words, (struct date){0}, bytes, &f.diag),
	    0);
	checklist_examples(&list, &f.table, bytes, &f.diag);
	expect_clean(&f);
	assert_true(list.count >= least);
	assert_int_equal(strlen(list.version), CHECKLIST_VERSION);
	checklist_clear(&list);
	clear(&f);
}

static void shipped_checklist(void **state)
{
	(void)state;
	check_shipped("audit-checklist.csv", 11);
}

static void shipped_order(void **state)
{
	(void)state;
	check_shipped("audit-order-1493.csv", 156);
}

static size_t order_on(const struct fixture *f, struct date day, const char *item)
{
	struct checklist list;
	struct diag quiet = DIAG_INIT;
	struct arena a = ARENA_INIT;
	checklist_compile(&list, &a, &f->table, &f->words, day, STR(""), &quiet);
	assert_int_equal(quiet.count, 0);
	assert_int_equal(checklist_rule(&list, item) != NULL, list.count > 0);
	size_t count = list.count;
	checklist_clear(&list);
	diag_clear(&quiet);
	arena_clear(&a);
	return count;
}

/* From 1 September 2024 "and until 1 March 2028" (its paragraph 3); order 1353
 * moved the accreditation to another subsection from 1 March 2026. */
static void order_in_force(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct str bytes = shipped(&f.arena, "data/audit-order-1493.csv");
	read_rows(&f, TABLE_WORDS, "w.csv", shipped(&f.arena, "data/audit-words.csv"));
	read_rows(&f, TABLE_CHECKLIST, "data/audit-order-1493.csv", bytes);
	const char *before = "common.accreditationDocLink";
	const char *after = "education.accreditationDocLink";
	assert_int_equal(order_on(&f, (struct date){2024, 8, 31}, before), 0);
	size_t count = order_on(&f, (struct date){2024, 9, 1}, before);
	assert_in_range(count, 156, 300);
	assert_int_equal(order_on(&f, (struct date){2026, 2, 28}, before), count);
	assert_int_equal(order_on(&f, (struct date){2026, 3, 1}, after), count);
	assert_int_equal(order_on(&f, (struct date){2028, 2, 29}, after), count);
	assert_int_equal(order_on(&f, (struct date){2028, 3, 1}, after), 0);
	clear(&f);
}

static void shipped_signatures(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct signatures list;
	struct str bytes = shipped(&f.arena, "data/audit-signatures.csv");
	read_rows(&f, TABLE_SIGNATURES, "data/audit-signatures.csv", bytes);
	assert_int_equal(signatures_compile(&list, &f.arena, &f.table, bytes, &f.diag), 0);
	signatures_examples(&list, &f.table, bytes, &f.diag);
	expect_clean(&f);
	assert_true(list.count > 20);
	signatures_clear(&list);
	clear(&f);
}

static void shipped_words(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct str bytes = shipped(&f.arena, "data/audit-words.csv");
	read_rows(&f, TABLE_WORDS, "data/audit-words.csv", bytes);
	assert_int_equal(words_examples(&f.words, bytes, &f.diag), 0);
	expect_clean(&f);
	assert_true(f.words.count > 5);
	clear(&f);
}

/* The longest that a page can put before a pattern: four names, or a text. */
enum { NAMES = 4000, TEXT = 50000 };

static void ends(const struct pattern *p, struct arena *a, const char *part, size_t length)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	while (b.len < length)
		buf_adds(&b, part);
	struct str text = fold_text(a, buf_str(&b));
	if (p)
		assert_int_not_equal(pattern_find(p, text, NULL), PATTERN_LIMIT);
	buf_clear(&b);
}

/* No shipped pattern gives up over what nearly fits it, again and again. */
static void shipped_patterns_end(void **state)
{
	(void)state;
	static const char *const parts[] = {"приказ программа ", "программа развития школы ",
	    "план мероприятий ", "положение документ план порядок ", "договор соглашение ",
	    "анализ профессиональных предметных педагогических ", "профессиональных а б в г ",
	    "мероприятие семинар педсовет реализация ", "участие выступление статья опыта ",
	    "дорожная карта меры план риск снижение ", "профилактика предупреждение учебной ",
	    "индивидуальный учебный план ", "перевод школы в эффективный ",
	    "сайт находится еще пока домен доступ к ", "данные информация сейчас временно "};
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct checklist list;
	struct signatures signs;
	struct str bytes = shipped(&f.arena, "data/audit-signatures.csv");
	read_rows(&f, TABLE_WORDS, "w.csv", shipped(&f.arena, "data/audit-words.csv"));
	read_rows(&f, TABLE_SIGNATURES, "s.csv", bytes);
	signatures_compile(&signs, &f.arena, &f.table, bytes, &f.diag);
	bytes = shipped(&f.arena, "data/audit-checklist.csv");
	f.table = (struct table){.schema = NULL};
	read_rows(&f, TABLE_CHECKLIST, "c.csv", bytes);
	checklist_compile(&list, &f.arena, &f.table, &f.words, (struct date){0}, bytes, &f.diag);
	expect_clean(&f);
	for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++) {
		for (size_t i = 0; i < list.count; i++) {
			ends(list.rules[i].words, &f.arena, parts[k], NAMES);
			ends(list.rules[i].exclude, &f.arena, parts[k], NAMES);
			ends(list.rules[i].text, &f.arena, parts[k], TEXT);
		}
		for (size_t i = 0; i < signs.count; i++)
			ends(signs.rules[i].pattern, &f.arena, parts[k], TEXT);
	}
	checklist_clear(&list);
	signatures_clear(&signs);
	clear(&f);
}

static void says(const struct diag *d, size_t i, const char *rule, uint32_t line, uint32_t column)
{
	assert_true(i < d->count);
	assert_string_equal(d->items[i].rule, rule);
	assert_int_equal(d->items[i].line, line);
	assert_int_equal(d->items[i].column, column);
}

static void wrong_lists(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct checklist list;
	struct str bytes = STR("item,title,words,types,examples,counterexamples\n"
	                       "a,А,приказ(,,,\nb,Б,план,pfd,отчёт,учебный план\n");
	read_rows(&f, TABLE_CHECKLIST, "x.csv", bytes);
	assert_int_equal(
	    checklist_compile(&list, &f.arena, &f.table, NULL, (struct date){0}, bytes, &f.diag),
	    -1);
	assert_int_equal(list.count, 2);
	assert_int_equal(checklist_examples(&list, &f.table, bytes, &f.diag), -1);
	diag_sort(&f.diag);
	assert_int_equal(f.diag.count, 4);
	says(&f.diag, 0, "checklist-pattern", 2, 5);
	says(&f.diag, 1, "checklist-type", 3, 10);
	says(&f.diag, 2, "checklist-example", 3, 14);
	says(&f.diag, 3, "checklist-example", 3, 20);
	assert_int_equal(checklist_fits(&list.rules[0], STR("приказ"), NULL), 0);
	checklist_clear(&list);
	clear(&f);
}

#define ITEM "item,title,words,examples,counterexamples\n"

static void wrong_words(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct checklist list;
	struct str words = STR("word,pattern,examples,counterexamples\n"
	                       "качество,качеств\\w*|уровн\\w*,качество|,рост\nриск,(,,\n");
	struct str bytes = STR(ITEM "a,А,план {качество},план качества|план уровня,план роста\n"
	                            "b,Б,план {качествo},,\nc,В,план {качество}(,,\n");
	read_rows(&f, TABLE_WORDS, "w.csv", words);
	assert_int_equal(words_examples(&f.words, words, &f.diag), -1);
	read_rows(&f, TABLE_CHECKLIST, "x.csv", bytes);
	assert_int_equal(checklist_compile(
	                     &list, &f.arena, &f.table, &f.words, (struct date){0}, bytes, &f.diag),
	    -1);
	assert_int_equal(checklist_examples(&list, &f.table, bytes, &f.diag), 0);
	diag_sort(&f.diag);
	assert_int_equal(f.diag.count, 3);
	says(&f.diag, 0, "checklist-pattern", 3, 6);
	says(&f.diag, 1, "checklist-word", 3, 5);
	says(&f.diag, 2, "checklist-pattern", 4, 5);
	assert_non_null(strstr(f.diag.items[1].remedy, "качество"));
	/* the place is that of the cell, not of what it means */
	assert_non_null(strstr(f.diag.items[2].text, "character 17"));
	assert_null(list.rules[1].words);
	checklist_clear(&list);
	clear(&f);
}

static void days_and_versions(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "item,title,words,valid_from,valid_to\na,А,x,2022-01-01,2022-12-31\nb,Б,y,,\n",
	    "item,title,words,hint\na,Другое,x,Подсказка\nb,Б,y,\n",
	    "item,title,words\na,А,x\nb,Б,z\n"};
	char versions[3][CHECKLIST_VERSION + 1];
	for (size_t i = 0; i < 3; i++) {
		struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
		struct checklist list;
		read_rows(&f, TABLE_CHECKLIST, "x.csv", str_of(texts[i]));
		checklist_compile(&list, &f.arena, &f.table, NULL, (struct date){2022, 6, 1},
		    str_of(texts[i]), &f.diag);
		assert_int_equal(list.count, 2);
		assert_non_null(checklist_rule(&list, "b"));
		assert_null(checklist_rule(&list, "c"));
		memcpy(versions[i], list.version, sizeof(versions[i]));
		checklist_clear(&list);
		checklist_compile(&list, &f.arena, &f.table, NULL, (struct date){2023, 1, 1},
		    str_of(texts[i]), &f.diag);
		assert_int_equal(list.count, i == 0 ? 1 : 2);
		checklist_clear(&list);
		clear(&f);
	}
	/* What people read makes no other version, patterns do. */
	assert_string_equal(versions[0], versions[1]);
	assert_string_not_equal(versions[0], versions[2]);
}

/* ---- a department's own list ---- */

#define SITE_LIST  "item,title,words\nprogramme,Программа,программ\norder,Приказ,приказ\n"
#define ORDER_LIST "item,title,itemprop\ncommon,Основные сведения,\ncommon.copy,Версия,copy\n"

/* The site's lists in f->table, and the department's over them. */
static int read_own(struct fixture *f, struct table *own, const char *text)
{
	read_rows(f, TABLE_CHECKLIST, "data/audit-checklist.csv", STR(SITE_LIST));
	read_rows(f, TABLE_CHECKLIST, "data/audit-order-1493.csv", STR(ORDER_LIST));
	return checklist_own(
	    own, &f->arena, &f->table, "data/bor/audit-checklist.csv", str_of(text), &f->diag);
}

static void own_list_replaces(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct table own;
	assert_int_equal(
	    read_own(&f, &own, "пункт,название,слова\nustav,Устав,устав\norder,Приказ,распоряж\n"),
	    0);
	expect_clean(&f);
	static const char *const ids[] = {"ustav", "order", "common", "common.copy"};
	assert_int_equal(own.count, 4);
	for (uint32_t i = 0; i < 4; i++) {
		const struct checklist_item *item = table_row(&own, i);
		assert_string_equal(item->id, ids[i]);
		assert_int_equal(item->row.index, i);
		assert_int_equal(checklist_is_order(item), i > 1);
		assert_ptr_equal(table_find(&own, str_of(ids[i])), item);
	}
	assert_null(table_find(&own, STR("programme")));
	assert_string_equal(own.file, "data/bor/audit-checklist.csv");
	assert_int_equal(f.table.count, 4); /* the site's is as it was */
	clear(&f);
}

static void own_list_empty(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct table own;
	assert_int_equal(read_own(&f, &own, "item,title\n"), 0);
	assert_int_equal(own.count, 2);
	assert_false(own.partial);
	checklist_own_lost(&own, &f.arena, &f.table, "data/bor/audit-checklist.csv");
	assert_int_equal(own.count, 2);
	assert_true(own.partial);
	assert_non_null(table_find(&own, STR("common.copy")));
	clear(&f);
}

static void own_list_wrong(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct table own;
	assert_int_equal(
	    read_own(&f, &own, "title,item,word\nУстав,ustav,\nКопия,common.copy,\n"), -1);
	diag_sort(&f.diag);
	assert_int_equal(f.diag.count, 2);
	says(&f.diag, 0, "csv-unknown-column", 1, 12);
	says(&f.diag, 1, "checklist-order", 3, 7);
	for (size_t i = 0; i < f.diag.count; i++)
		assert_string_equal(f.diag.items[i].file, "data/bor/audit-checklist.csv");
	clear(&f);
}

/* What is wrong with a pattern is said, not what follows from it. */
static void wrong_pattern_has_no_examples(void **state)
{
	(void)state;
	struct fixture f = {.arena = ARENA_INIT, .diag = DIAG_INIT};
	struct checklist list;
	struct str bytes = STR("item,title,words,examples\na,А,приказ(,Приказ\n");
	read_rows(&f, TABLE_CHECKLIST, "x.csv", bytes);
	checklist_compile(&list, &f.arena, &f.table, NULL, (struct date){0}, bytes, &f.diag);
	assert_int_equal(checklist_examples(&list, &f.table, bytes, &f.diag), 0);
	assert_int_equal(f.diag.count, 1);
	checklist_clear(&list);
	clear(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(own_list_replaces),
	    cmocka_unit_test(own_list_empty),
	    cmocka_unit_test(own_list_wrong),
	    cmocka_unit_test(wrong_pattern_has_no_examples),
	    cmocka_unit_test(order_in_force),
	    cmocka_unit_test(shipped_checklist),
	    cmocka_unit_test(shipped_order),
	    cmocka_unit_test(shipped_signatures),
	    cmocka_unit_test(shipped_words),
	    cmocka_unit_test(shipped_patterns_end),
	    cmocka_unit_test(wrong_lists),
	    cmocka_unit_test(wrong_words),
	    cmocka_unit_test(days_and_versions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
