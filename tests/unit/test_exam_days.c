/* Days of exams: rows that are wrong, days that are found, the shipped table. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "model/exam_days.h"

struct fixture {
	struct arena arena;
	struct diag diag;
	struct table table;
};

static int read_days(struct fixture *f, struct str bytes)
{
	const struct table_context context = {.arena = &f->arena, .diag = &f->diag};
	*f = (struct fixture){.arena = ARENA_INIT, .diag = DIAG_INIT};
	int err = table_read(&f->table, &context, TABLE_EXAM_DAYS, EXAM_DAYS_FILE, bytes);
	return exam_days_check(&f->table, bytes, &f->diag) | err;
}

static void clear(struct fixture *f)
{
	arena_clear(&f->arena);
	diag_clear(&f->diag);
}

static void days(void **state)
{
	(void)state;
	struct fixture f;
	bool season;
	assert_int_equal(read_days(&f,
	                     STR("начало;окончание;экзамен;источник\n"
	                         "30.05.2022;;ЕГЭ: история;приказ\n"
	                         "2022-06-14;2022-06-15;ЕГЭ: биология;приказ\n")),
	    0);
	const struct exam_day *rows = f.table.rows;
	const size_t n = f.table.count;
	assert_int_equal(n, 2);
	assert_ptr_equal(exam_days_find(rows, n, (struct date){2022, 5, 30}, &season), &rows[0]);
	assert_ptr_equal(exam_days_find(rows, n, (struct date){2022, 6, 15}, &season), &rows[1]);
	assert_false(season);
	/* A year with rows has no season, one without has. */
	assert_null(exam_days_find(rows, n, (struct date){2022, 6, 16}, &season));
	assert_false(season);
	assert_null(exam_days_find(rows, n, (struct date){2023, 6, 16}, &season));
	assert_true(season);
	assert_null(exam_days_find(rows, n, (struct date){2023, 5, 19}, &season));
	assert_false(season);
	assert_null(exam_days_find(NULL, 0, (struct date){2023, 7, 5}, &season));
	assert_true(season);
	clear(&f);
}

static void wrong(void **state)
{
	(void)state;
	struct fixture f;
	assert_int_equal(read_days(&f,
	                     STR("from,to,what,source\n"
	                         "2022-06-15,2022-06-14,ЕГЭ,приказ\n"
	                         "2022-05-30,2023-05-30,ЕГЭ,приказ\n"
	                         "2022-05-30,,ЕГЭ,приказ\n"
	                         "2022-07-01,,ЕГЭ,\n")),
	    -1);
	diag_sort(&f.diag);
	static const char *const rules[] = {"exam-days", "exam-days", "row-key", "cell-required"};
	assert_int_equal(f.diag.count, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(f.diag.items[i].rule, rules[i]);
		assert_int_equal(f.diag.items[i].line, i + 2);
	}
	assert_int_equal(f.diag.items[0].column, 12);
	assert_true(f.table.partial);
	clear(&f);
}

/* Each row of the shipped table names its source, and none is a season. */
static void shipped(void **state)
{
	(void)state;
	struct fixture f;
	struct buf b = BUF_INIT(BUF_FILE);
	char block[4096];
	size_t got;
	FILE *file = fopen(EXAM_DAYS_FILE, "rb");
	assert_non_null(file);
	while ((got = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(&b, block, got);
	fclose(file);
	assert_int_equal(read_days(&f, buf_str(&b)), 0);
	assert_int_equal(f.diag.count, 0);
	assert_true(f.table.count > 50);
	bool season;
	assert_non_null(exam_days_find(
	    f.table.rows, f.table.count, (struct date){2026, 6, 4}, &season)); /* русский язык */
	assert_null(
	    exam_days_find(f.table.rows, f.table.count, (struct date){2026, 5, 20}, &season));
	assert_false(season);
	buf_clear(&b);
	clear(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(days), cmocka_unit_test(wrong), cmocka_unit_test(shipped)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
