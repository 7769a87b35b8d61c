/*
 * The shared tables are short extracts of the real ones, so that a test can be
 * read without looking elsewhere.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "support_model.h"

static const char procedures[] = "procedure,title,kind,subject,grade,level,scale\n"
                                 "ege-rus,ЕГЭ,ege,русский язык,11,senior,score\n"
                                 "oge-math,ОГЭ,oge,математика,9,basic,mark\n"
                                 "oge-rus,ОГЭ,oge,русский язык,9,basic,mark\n"
                                 "vpr-math-4,ВПР,vpr,математика,4,primary,mark\n"
                                 "vpr-rus-4,ВПР,vpr,русский язык,4,primary,mark\n";

static const char metrics[] = "metric,title,kind,of,level,sensitive,minimum,maximum\n"
                              "students,Учащиеся,count,,any,no,0,\n"
                              "single_parent,Неполные семьи,count,students,any,no,0,\n"
                              "registered,На учёте,count,students,any,yes,0,\n"
                              "poor_share,Малообеспеченные,share,students,any,no,0,100\n"
                              "lonely_share,Доля без целого,share,,any,no,0,100\n"
                              "small_school,Малочисленная,yes-no,,any,no,,\n"
                              "distance,Расстояние,number,,any,no,,\n"
                              "teachers,Педагоги,count,,any,no,0,\n"
                              "teachers_diagnosed,Диагностика,count,teachers,any,no,0,\n";

static const char checklist[] = "item,title,look_for\nprogramme,Программа,программа\n"
                                "order,Приказ,приказ\n";

void assert_no_errors(const struct diag *diag)
{
	for (size_t i = 0; i < diag->count; i++) {
		struct buf text = BUF_INIT(BUF_LINE);
		if (diag->items[i].level != DIAG_ERROR)
			continue;
		diag_write(&text, &diag->items[i], false);
		print_error("%s", text.data);
		buf_clear(&text);
	}
	assert_int_equal(diag->errors, 0);
}

void model_begin(struct model *m)
{
	*m = (struct model){.site = SITE_INIT, .diag = DIAG_INIT};
	site_settings(&m->site, "content/site.yaml", STR("title: Сайт\n"), &m->diag);
	site_table(&m->site, TABLE_PROCEDURES, "data/procedures.csv", str_of(procedures), &m->diag);
	site_table(&m->site, TABLE_METRICS, "data/metrics.csv", str_of(metrics), &m->diag);
	site_table(
	    &m->site, TABLE_CHECKLIST, "data/audit-checklist.csv", str_of(checklist), &m->diag);
	assert_no_errors(&m->diag);
	department_init(&m->d, &m->site, "x");
}

void model_end(struct model *m)
{
	department_clear(&m->d);
	site_clear(&m->site);
	diag_clear(&m->diag);
}

int model_setup(void **state)
{
	struct model *m = test_calloc(1, sizeof(*m));
	model_begin(m);
	*state = m;
	return 0;
}

int model_teardown(void **state)
{
	model_end(*state);
	test_free(*state);
	return 0;
}

int model_table(struct model *m, enum table_id id, const char *csv)
{
	const char *file = arena_printf(&m->d.arena, "data/x/%s", schema_of(id)->file);
	return department_table(&m->d, id, file, str_of(csv), (struct date){2022, 1, 20}, &m->diag);
}

int model_content(struct model *m, const char *path, const char *text)
{
	return department_content(&m->d, path, str_of(text), &m->diag);
}

void model_plain(struct model *m, const char *front)
{
	model_content(
	    m, "index.md", arena_printf(&m->d.arena, "---\ntitle: Район\n%s---\n", front));
	model_table(m, TABLE_SCHOOLS,
	    "school,name,kind\na,Школа А,secondary\nb,Школа Б,secondary\nc,Школа В,secondary\n"
	    "d,Школа Г,secondary\ne,Школа Д,secondary\nf,Школа Е,secondary\n");
}

const struct method *model_method(
    struct model *m, const char *id, const char *text, const char *table)
{
	struct arena *a = &m->site.arena;
	struct method *method = arena_alloc(a, sizeof(*method));
	struct method **all = arena_array(a, m->site.nmethods + 1, sizeof(struct method *));
	if (m->site.nmethods)
		memcpy(all, m->site.methods, m->site.nmethods * sizeof(struct method *));
	method_read(method, a, id, str_of(text), &m->diag);
	if (table)
		method_table(
		    method, a, arena_printf(a, "data/methods/%s.csv", id), str_of(table), &m->diag);
	method_check(method, a, &m->site.procedures, &m->site.metrics, &m->diag);
	all[m->site.nmethods++] = method;
	m->site.methods = all;
	return method;
}

int model_finish(struct model *m)
{
	return department_finish(&m->d, (struct date){2022, 6, 15}, &m->diag);
}

size_t said(const struct diag *diag, const char *rule)
{
	size_t count = 0;
	for (size_t i = 0; i < diag->count; i++)
		count += strcmp(diag->items[i].rule, rule) == 0;
	return count;
}

const struct diag_item *first_said(const struct diag *diag, const char *rule)
{
	for (size_t i = 0; i < diag->count; i++)
		if (strcmp(diag->items[i].rule, rule) == 0)
			return &diag->items[i];
	return NULL;
}

const struct diag_item *assert_said(const struct diag *diag, const char *rule,
    enum diag_level level, unsigned line, unsigned column)
{
	const struct diag_item *item = first_said(diag, rule);
	if (said(diag, rule) != 1)
		for (size_t i = 0; i < diag->count; i++)
			print_error("%s:%u:%u %s: %s\n", diag->items[i].file, diag->items[i].line,
			    diag->items[i].column, diag->items[i].rule, diag->items[i].text);
	assert_int_equal(said(diag, rule), 1);
	assert_int_equal(item->level, level);
	assert_int_equal(item->line, line);
	assert_int_equal(item->column, column);
	assert_non_null(item->remedy);
	return item;
}

void assert_mentions(const struct diag_item *item, const char *words)
{
	if (!strstr(item->text, words) && !(item->remedy && strstr(item->remedy, words)))
		fail_msg("“%s” is neither in “%s” nor in “%s”", words, item->text,
		    item->remedy ? item->remedy : "");
}

void model_try_rows(enum table_id id, const char *header, const struct row_case *cases)
{
	for (; cases->row; cases++) {
		struct model t;
		model_begin(&t);
		model_plain(&t, "");
		model_table(&t, id, arena_printf(&t.d.arena, "%s\n%s\n", header, cases->row));
		int err = model_finish(&t);
		size_t wanted = cases->rule != NULL;
		if (t.diag.count != wanted) {
			print_error("%s: %zu messages\n", cases->row, t.diag.count);
			for (size_t i = 0; i < t.diag.count; i++)
				print_error(
				    "  %s: %s\n", t.diag.items[i].rule, t.diag.items[i].text);
		}
		assert_int_equal(t.diag.count, wanted);
		assert_int_equal(err, wanted && cases->level == DIAG_ERROR ? -1 : 0);
		if (wanted)
			assert_mentions(
			    assert_said(&t.diag, cases->rule, cases->level, 2, cases->column),
			    cases->words);
		model_end(&t);
	}
}
