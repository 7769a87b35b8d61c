/* Tables of a small department, right and wrong ones. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "model/table.h"

static const char SCHOOLS[] = "school,name,kind,aliases\n"
                              "one,МОУ «СОШ № 1»,СОШ,Первая|Общая\n"
                              "two,МОУ «СОШ № 2»,secondary,Общая\n";
static const char PROCEDURES[] = "procedure,title,kind,subject,grade,level,scale\n"
                                 "oge-rus,ОГЭ по русскому языку,oge,русский язык,9,basic,mark\n"
                                 "oge-math,ОГЭ по математике,ОГЭ,математика,9,Основное,отметка\n";
static const char METRICS[] = "metric,title,kind,of,level,sensitive,minimum,maximum\n"
                              "single_parent,Неполные семьи,count,students,any,no,0,\n"
                              "students,Учащиеся,count,,any,нет,0,2000\n"
                              "poor_share,Доля малообеспеченных,share,students,any,1,,\n"
                              "small_school,Малочисленная,да/нет,,,0,,\n";
static const char CHECKLIST[] = "item,title\nprogramme,Программа\n";

struct fixture {
	struct arena arena;
	struct diag diag;
	struct table tables[TABLE_COUNT];
	const struct table *known[TABLE_COUNT];
	struct names names;
	struct table_context context;
};

/* The bytes are freed at once: a table may not point into them. */
static int read_bytes(struct fixture *f, enum table_id id, const char *bytes, size_t n)
{
	char *copy = malloc(n ? n : 1);
	memcpy(copy, bytes, n);
	int result =
	    table_read(&f->tables[id], &f->context, id, schema_of(id)->file, (struct str){copy, n});
	free(copy);
	return result;
}

static int read_text(struct fixture *f, enum table_id id, const char *text)
{
	return read_bytes(f, id, text, strlen(text));
}

static int begin(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	*f = (struct fixture){.diag = DIAG_INIT};
	for (int i = 0; i < TABLE_COUNT; i++)
		f->known[i] = &f->tables[i];
	f->context =
	    (struct table_context){.arena = &f->arena, .diag = &f->diag, .tables = f->known};
	read_text(f, TABLE_PROCEDURES, PROCEDURES);
	read_text(f, TABLE_METRICS, METRICS);
	read_text(f, TABLE_CHECKLIST, CHECKLIST);
	read_text(f, TABLE_SCHOOLS, SCHOOLS);
	names_init(
	    &f->names, &f->arena, f->tables[TABLE_SCHOOLS].rows, f->tables[TABLE_SCHOOLS].count);
	f->context.names = &f->names;
	assert_int_equal(f->diag.count, 0);
	*state = f;
	return 0;
}

static int finish(void **state)
{
	struct fixture *f = *state;
	arena_clear(&f->arena);
	diag_clear(&f->diag);
	free(f);
	return 0;
}

/* A table with one error; gives it back for more questions. */
static const struct diag_item *fails(struct fixture *f, enum table_id id, const char *text,
    const char *rule, uint32_t line, uint32_t column)
{
	diag_clear(&f->diag);
	f->tables[id] = (struct table){.schema = NULL};
	assert_int_equal(read_text(f, id, text), -1);
	if (f->diag.errors != 1)
		diag_print(&f->diag, stderr, false);
	assert_int_equal(f->diag.errors, 1);
	const struct diag_item *item = &f->diag.items[f->diag.count - 1];
	assert_string_equal(item->rule, rule);
	assert_int_equal(item->line, line);
	assert_int_equal(item->column, column);
	assert_non_null(item->remedy);
	return item;
}

static void reads_results(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(
	    read_text(f, TABLE_RESULTS,
	        "year,procedure,scope,school,participants,below_minimum,mean_mark,pass_rate,quality_rate,status,note\n"
	        "2021,oge-rus,school,one,1 200,н/д,\"3,75\",\"92,8 %\",100%,,\"да, так\"\n"
	        "2021,oge-math,,СОШ №2,27,8,3.5,-,—,отменена,\n"
	        "2021,oge-math,region,,,,4,–,0,held,-\n"),
	    0);
	const struct table *t = &f->tables[TABLE_RESULTS];
	assert_int_equal(t->count, 3);
	assert_int_equal(t->npresent, 11);
	assert_string_equal(t->present[3]->name, "school");
	const struct result *r = t->rows;
	assert_int_equal(r[0].year, 2021);
	assert_string_equal(r[0].procedure->id, "oge-rus");
	assert_string_equal(r[0].school->id, "one");
	assert_int_equal(r[0].participants, 1200);
	assert_int_equal(r[0].below_minimum, -1);
	assert_int_equal(r[0].mean_mark.digits, 375);
	assert_int_equal(r[0].mean_mark.places, 2);
	assert_int_equal(r[0].pass_rate.digits, 928);
	assert_int_equal(r[0].quality_rate.digits, 100);
	assert_false(r[0].mean_score.set);
	assert_int_equal(r[0].status, STATUS_HELD);
	assert_int_equal(r[0].attempt, ATTEMPT_FIRST);
	assert_int_equal(r[0].threshold, THRESHOLD_CERTIFICATE);
	assert_string_equal(r[0].note, "да, так");
	assert_string_equal(r[1].school->id, "two");
	assert_int_equal(r[1].scope, SCOPE_SCHOOL);
	assert_int_equal(r[1].status, STATUS_CANCELLED);
	assert_false(r[1].pass_rate.set || r[1].quality_rate.set);
	assert_null(r[1].note);
	assert_null(r[2].school);
	assert_int_equal(r[2].scope, SCOPE_REGION);
	assert_null(r[2].note);
	assert_true(r[2].quality_rate.set);
	assert_string_equal(r[2].row.file, "results.csv");
	assert_int_equal(r[2].row.line, 4);
	assert_int_equal(r[2].row.index, 2);
}

static void reads_russian_excel(void **state)
{
	struct fixture *f = *state;
	/* Год;Процедура; ШКОЛА ;Участников;Качество %;Охват, and a row, in windows-1251 */
	static const char text[] =
	    "\xC3\xEE\xE4;\xCF\xF0\xEE\xF6\xE5\xE4\xF3\xF0\xE0; \xD8\xCA\xCE\xCB\xC0 ;\xD3\xF7\xE0\xF1\xF2\xED\xE8\xEA\xEE\xE2;\xCA\xE0\xF7\xE5\xF1\xF2\xE2\xEE %;\xCE\xF5\xE2\xE0\xF2\r\n"
	    "2021;oge-rus;\xCF\xE5\xF0\xE2\xE0\xFF;1\xA0"
	    "200;46,5;\xF8\xEA\xEE\xEB\xE0\r\n;;;;;\r\n";
	assert_int_equal(read_bytes(f, TABLE_RESULTS, text, sizeof(text) - 1), 0);
	const struct result *r = f->tables[TABLE_RESULTS].rows;
	assert_int_equal(f->tables[TABLE_RESULTS].count, 1);
	assert_string_equal(r->school->id, "one");
	assert_int_equal(r->participants, 1200);
	assert_int_equal(r->quality_rate.digits, 465);
	assert_int_equal(f->diag.count, 1);
	assert_int_equal(f->diag.items[0].level, DIAG_NOTE);
}

static void reads_metrics(void **state)
{
	struct fixture *f = *state;
	const struct metric *m = f->tables[TABLE_METRICS].rows;
	assert_ptr_equal(m[0].of, &m[1]); /* a later row */
	assert_null(m[1].of);
	assert_int_equal(m[2].sensitive, YESNO_YES);
	assert_int_equal(m[3].kind, METRIC_YESNO);
	assert_int_equal(m[3].sensitive, YESNO_NO);
	assert_int_equal(
	    read_text(f, TABLE_CONTEXT,
	        "year,school,Учащиеся,small_school,poor_share\n2021,one,120,да,\"12,5\"\n2021,two,-,нет,\n"),
	    0);
	const struct table *t = &f->tables[TABLE_CONTEXT];
	assert_int_equal(t->nmetrics, 3);
	assert_string_equal(t->metrics[0]->id, "students");
	const struct context *c = t->rows;
	assert_int_equal(c[0].scope, SCOPE_SCHOOL);
	assert_false(c[0].values[0].set);
	assert_int_equal(c[0].values[1].digits, 120);
	assert_int_equal(c[0].values[2].digits, 125);
	assert_int_equal(c[0].values[3].digits, 1);
	assert_false(c[1].values[1].set);
	assert_true(c[1].values[3].set);
	assert_int_equal(c[1].values[3].digits, 0);
}

/* Every spelling of a value that the rules of reading name. */
static void spellings_of_values(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *column, *cell;
		int64_t digits;
		int places; /* -1: missing */
	} numbers[] = {
	    {"participants", "1200", 1200, 0},
	    {"participants", "1 200", 1200, 0},
	    {"participants",
	        "1\xC2\xA0"
	        "200",
	        1200, 0},
	    {"participants",
	        "1\xE2\x80\x89"
	        "200",
	        1200, 0},
	    {"participants",
	        "1\xE2\x80\xAF"
	        "200",
	        1200, 0},
	    {"participants", "0", 0, 0},
	    {"mean_score", "61.25", 6125, 2},
	    {"mean_score", "\"61,25\"", 6125, 2},
	    {"mean_score", "\"1 061,5\"", 10615, 1},
	    {"pass_rate", "92.8", 928, 1},
	    {"pass_rate", "\"92,8%\"", 928, 1},
	    {"pass_rate", "\"92,8 %\"", 928, 1},
	    {"pass_rate", "\"92,8\xC2\xA0%\"", 928, 1},
	    {"pass_rate", "100 %", 100, 0},
	    {"pass_rate", "0", 0, 0},
	    {"pass_rate", "", 0, -1},
	    {"pass_rate", "\"\"", 0, -1},
	    {"pass_rate", "-", 0, -1},
	    {"pass_rate", " — ", 0, -1},
	    {"pass_rate", "–", 0, -1},
	    {"pass_rate", "н/д", 0, -1},
	    {"pass_rate", "Н/Д", 0, -1},
	    {"participants", "-", 0, -1},
	};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		const char *text =
		    arena_printf(&f->arena, "year,procedure,school,%s\n2021,oge-rus,one,%s\n",
		        numbers[i].column, numbers[i].cell);
		f->tables[TABLE_RESULTS] = (struct table){.schema = NULL};
		if (read_text(f, TABLE_RESULTS, text))
			fail_msg("%s", text);
		const struct result *r = f->tables[TABLE_RESULTS].rows;
		struct decimal d =
		    strcmp(numbers[i].column, "pass_rate") == 0 ? r->pass_rate : r->mean_score;
		if (strcmp(numbers[i].column, "participants") == 0)
			d = (struct decimal){r->participants, 0, r->participants >= 0};
		if (d.set != (numbers[i].places >= 0) ||
		    (d.set && (d.digits != numbers[i].digits || d.places != numbers[i].places)))
			fail_msg("%s: %lld, %d", text, (long long)d.digits, d.places);
	}
}

static void spellings_of_words(void **state)
{
	struct fixture *f = *state;
	static const char *const yes[] = {"yes", "YES", "да", "Да", "1"};
	static const char *const no[] = {"no", "нет", "НЕТ", "0"};
	struct buf text = BUF_INIT(BUF_LINE);
	size_t count = sizeof(yes) / sizeof(yes[0]) + sizeof(no) / sizeof(no[0]);
	buf_adds(&text, "year,school,factor,present\n");
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		buf_addf(&text, "2021,one,y%zu,%s\n", i, yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		buf_addf(&text, "2021,one,n%zu,%s\n", i, no[i]);
	assert_int_equal(read_text(f, TABLE_FACTORS, text.data), 0);
	assert_int_equal(f->tables[TABLE_FACTORS].count, count);
	const struct factor_row *row = f->tables[TABLE_FACTORS].rows;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(row[i].present, row[i].factor[0] == 'y' ? YESNO_YES : YESNO_NO);
	buf_clear(&text);

	assert_int_equal(
	    read_text(f, TABLE_SOURCES, "path,received\na.csv,2021-09-01\nb.csv,01.09.2021\n"), 0);
	const struct source *s = f->tables[TABLE_SOURCES].rows;
	assert_int_equal(date_cmp(s[0].received, s[1].received), 0);
	assert_int_equal(s[0].received.month, 9);
}

/* Neither case nor ё nor spaces around a title matter. */
static void spellings_of_titles(void **state)
{
	struct fixture *f = *state;
	static const char *const headers[] = {"school,name,kind,locality",
	    "SCHOOL, Name ,kind\t,Locality", "код школы,название,вид,населённый пункт",
	    "Код школы ,\"НАЗВАНИЕ\",Вид,Населенный  пункт", "код\xC2\xA0школы,name,вид,locality"};
	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
		f->tables[TABLE_SCHOOLS] = (struct table){.schema = NULL};
		if (read_text(f, TABLE_SCHOOLS,
		        arena_printf(&f->arena, "%s\nx,Икс,ООШ,Ершово\n", headers[i])))
			fail_msg("%s", headers[i]);
		const struct school *s = f->tables[TABLE_SCHOOLS].rows;
		assert_string_equal(s->locality, "Ершово");
		assert_int_equal(s->kind, KIND_BASIC);
	}
	assert_int_equal(f->diag.count, 0);
}

static void finds_by_key(void **state)
{
	struct fixture *f = *state;
	read_text(
	    f, TABLE_RESULTS, "year,procedure,school\n2021,oge-rus,one\n2021,oge-rus,СОШ 2\n");
	const struct table *t = &f->tables[TABLE_RESULTS];
	const struct result *r = t->rows;
	assert_ptr_equal(table_find(t, STR("2021\x1Foge-rus\x1Fschool\x1Ftwo")), &r[1]);
	assert_null(table_find(t, STR("2021\x1Foge-rus\x1Fschool\x1F")));
	assert_null(table_find(t, STR("")));
	assert_ptr_equal(table_find(&f->tables[TABLE_SCHOOLS], STR("two")),
	    table_row(&f->tables[TABLE_SCHOOLS], 1));
	assert_null(table_find(&f->tables[TABLE_BODIES], STR("x"))); /* never read */
}

static void gathers_audits(void **state)
{
	struct fixture *f = *state;
	static const char text[] = "school,item,found\none,programme,yes\n";
	f->context.date = (struct date){2022, 3, 1};
	assert_int_equal(read_text(f, TABLE_AUDIT, text), 0);
	f->context.date = (struct date){2022, 4, 1};
	assert_int_equal(read_text(f, TABLE_AUDIT, text), 0);
	const struct table *t = &f->tables[TABLE_AUDIT];
	assert_int_equal(t->count, 2);
	const struct audit_row *r = t->rows;
	assert_int_equal(r[0].date.month, 3);
	assert_int_equal(r[1].row.index, 1);
	assert_int_equal(r[1].visit, 1); /* the default */
	assert_ptr_equal(table_find(t,
	                     STR("2022-04-01\x1Fone\x1Fprogramme\x1F"
	                         "1")),
	    &r[1]);
	assert_int_equal(read_text(f, TABLE_AUDIT, text), -1);
	assert_string_equal(f->diag.items[0].rule, "row-key");
}

/* More rows than any first guess; keys stay right while the table grows. */
static void grows(void **state)
{
	struct fixture *f = *state;
	struct buf text = BUF_INIT(BUF_PAGE);
	enum { ROWS = 3000 };
	buf_adds(&text, "place,printed\n");
	for (int i = 0; i < ROWS; i++)
		buf_addf(&text, "p%d,%s\n", i,
		    i < 1500 ? "a long text that makes the guess too small" : "x");
	buf_adds(&text, "p77,again\n");
	assert_int_equal(read_bytes(f, TABLE_ERRATA, text.data, text.len), -1);
	const struct table *t = &f->tables[TABLE_ERRATA];
	assert_int_equal(t->count, ROWS);
	assert_int_equal(f->diag.errors, 1);
	assert_non_null(strstr(f->diag.items[0].text, "line 79"));
	for (int i = 0; i < ROWS; i++) {
		buf_reset(&text);
		buf_addf(&text, "p%d", i);
		assert_ptr_equal(
		    table_find(t, (struct str){text.data, text.len}), table_row(t, (size_t)i));
	}
	buf_clear(&text);
}

static void headers_are_judged(void **state)
{
	struct fixture *f = *state;
	const struct diag_item *item =
	    fails(f, TABLE_RESULTS, "year,procedure,school,qualty_rate\n2021,oge-rus,one,1100\n",
	        "csv-unknown-column", 1, 23);
	assert_non_null(strstr(item->text, "quality_rate"));
	assert_non_null(strstr(item->text, "качество %"));
	item = fails(
	    f, TABLE_RESULTS, "год,процедура,школа,участникав\n", "csv-unknown-column", 1, 21);
	assert_non_null(strstr(item->text, "participants"));
	fails(f, TABLE_RESULTS, "year,procedure,school,,note\n", "csv-unknown-column", 1, 23);
	item = fails(f, TABLE_RESULTS, "year,school\n2021,one\n", "csv-missing-column", 1, 1);
	assert_non_null(strstr(item->text, "процедура"));
	assert_int_equal(f->tables[TABLE_RESULTS].count, 0);
	item = fails(f, TABLE_RESULTS, "year,procedure,Год,school\n2021,oge-rus,2020,one\n",
	    "csv-duplicate-column", 1, 16);
	assert_int_equal(f->tables[TABLE_RESULTS].count, 1);
	/* No column known: perhaps rows of persons, so nothing of it is shown. */
	item = fails(f, TABLE_RESULTS, "Иванов,Иван,5\nПетров,Пётр,4\n", "csv-header", 1, 1);
	assert_null(item->cell);
	assert_null(strstr(item->text, "Иван"));
	item = fails(f, TABLE_CONTEXT, "year,school,studnts\n", "csv-unknown-column", 1, 13);
	assert_non_null(strstr(item->text, "students"));
	fails(f, TABLE_CONTEXT, "year,school,students,Учащиеся\n", "csv-duplicate-column", 1, 22);
	/* Of a table without a required column the cells are still judged. */
	diag_clear(&f->diag);
	assert_int_equal(read_text(f, TABLE_RESULTS, "year,school,pass_rate\n2021,one,1100\n"), -1);
	assert_int_equal(f->diag.errors, 2);
}

static void personal_data_is_refused(void **state)
{
	struct fixture *f = *state;
	const struct diag_item *item = fails(f, TABLE_RESULTS,
	    "year,procedure,school,Фамилия\n2021,nonsense,nobody,Секретова\n", "personal-data", 1,
	    23);
	assert_string_equal(item->cell, "Фамилия");
	assert_int_equal(f->tables[TABLE_RESULTS].count, 0);
	fails(f, TABLE_RESULTS, "passport;note\n1;2\n", "personal-data", 1, 1);
}

static void cells_are_judged(void **state)
{
	struct fixture *f = *state;
	static const struct {
		enum table_id table;
		const char *header, *row, *rule;
		uint32_t column;
		const char *says;
	} cases[] = {
	    {TABLE_RESULTS, "year,procedure,school,pass_rate", "2021,oge-rus,one,1100",
	        "cell-percent", 18, "between 0 and 100"},
	    {TABLE_RESULTS, "year,procedure,school,pass_rate", "2021,oge-rus,one,-1",
	        "cell-percent", 18, NULL},
	    {TABLE_RESULTS, "year,procedure,school,pass_rate", "2021,oge-rus,one,many",
	        "cell-percent", 18, NULL},
	    {TABLE_RESULTS, "year,procedure,school,pass_rate", "2021,oge-rus,one,\"100,01 %\"",
	        "cell-percent", 18, NULL},
	    {TABLE_RESULTS, "year,procedure,school,participants", "2021,oge-rus,one,\"12,5\"",
	        "cell-count", 18, NULL},
	    {TABLE_RESULTS, "year,procedure,school,participants", "2021,oge-rus,one,-5",
	        "cell-count", 18, NULL},
	    {TABLE_RESULTS, "year,procedure,school,participants", "2021,oge-rus,one,5 %",
	        "cell-count", 18, NULL},
	    {TABLE_RESULTS, "year,procedure,school,participants",
	        "2021,oge-rus,one,99999999999999999999", "cell-count", 18, NULL},
	    {TABLE_RESULTS, "year,procedure,school,mean_mark", "2021,oge-rus,one,3.5.1",
	        "cell-number", 18, NULL},
	    {TABLE_RESULTS, "year,procedure,school", "2020/2021,oge-rus,one", "cell-year", 1, NULL},
	    {TABLE_RESULTS, "year,procedure,school", "21,oge-rus,one", "cell-year", 1, NULL},
	    {TABLE_RESULTS, "year,procedure,school", "н/д,oge-rus,one", "cell-required", 1, "год"},
	    {TABLE_RESULTS, "year,procedure,school", "2021,,one", "cell-required", 6, "procedure"},
	    {TABLE_RESULTS, "year,procedure,school", "2021,oge-russ,one", "cell-reference", 6,
	        "oge-rus"},
	    {TABLE_RESULTS, "year,procedure,school", "2021,oge-rus,СОШ № 3", "cell-school", 14,
	        "СОШ № 1"},
	    {TABLE_RESULTS, "year,procedure,school", "2021,oge-rus,общая", "cell-school-ambiguous",
	        14, "two"},
	    {TABLE_RESULTS, "year,procedure,school", "2021,oge-rus,", "row-school", 14, NULL},
	    {TABLE_RESULTS, "year,procedure", "2021,oge-rus", "row-school", 1, NULL},
	    {TABLE_RESULTS, "year,procedure,scope,school", "2021,oge-rus,region,one", "row-school",
	        21, "region"},
	    {TABLE_CONTEXT, "year,scope,school", "2021,municipality,one", "row-school", 19, NULL},
	    {TABLE_RESULTS, "year,procedure,school,status", "2021,oge-rus,one,helt", "cell-word",
	        18, "held"},
	    {TABLE_CONTEXT, "year,school,poor_share", "2021,one,101", "cell-percent", 10, NULL},
	    {TABLE_CONTEXT, "year,school,students", "2021,one,2001", "cell-range", 10, "Учащиеся"},
	    {TABLE_CONTEXT, "year,school,small_school", "2021,one,maybe", "cell-yes-no", 10, NULL},
	    {TABLE_SCHOOLS, "school,name,kind", "Школа 1,X,СОШ", "cell-slug", 1, NULL},
	    {TABLE_SCHOOLS, "school,name,kind",
	        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiiijjjjjjjjjjk,X,СОШ",
	        "cell-slug", 1, NULL},
	    {TABLE_SCHOOLS, "school,name,kind,site", "x,X,СОШ,school.ru", "cell-url", 9, NULL},
	    {TABLE_SCHOOLS, "school,name,kind,site", "x,X,СОШ,javascript:alert(1)", "cell-url", 9,
	        NULL},
	    {TABLE_BODIES, "body,title", "a b,X", "cell-slug", 1, NULL},
	    {TABLE_BODIES, "body,title", "..,X", "cell-slug", 1, NULL},
	    {TABLE_BODIES, "body,title,document", "x,X,../secret.md", "cell-path", 5, NULL},
	    {TABLE_BODIES, "body,title,document", "x,X,/etc/passwd", "cell-path", 5, NULL},
	    {TABLE_BODIES, "body,title,document", "x,X,a\\b.md", "cell-path", 5, NULL},
	    {TABLE_SOURCES, "path,received", "results.csv,31.02.2021", "cell-date", 13, NULL},
	    {TABLE_METRICS, "metric,title,kind,of", "a,A,count,b", "cell-reference", 11, NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf text = BUF_INIT(BUF_LINE);
		struct table kept = f->tables[cases[i].table];
		buf_addf(&text, "%s\n%s\n", cases[i].header, cases[i].row);
		const struct diag_item *item =
		    fails(f, cases[i].table, text.data, cases[i].rule, 2, cases[i].column);
		if (cases[i].says && !strstr(item->text, cases[i].says))
			fail_msg("%s: no «%s»", item->text, cases[i].says);
		f->tables[cases[i].table] = kept;
		buf_clear(&text);
	}
}

static void wrong_cells_stay_missing(void **state)
{
	struct fixture *f = *state;
	fails(f, TABLE_RESULTS,
	    "year,procedure,school,pass_rate,participants\n2021,oge-rus,one,1100,5\n",
	    "cell-percent", 2, 18);
	const struct result *r = f->tables[TABLE_RESULTS].rows;
	assert_int_equal(f->tables[TABLE_RESULTS].count, 1);
	assert_false(r->pass_rate.set);
	assert_int_equal(r->participants, 5);
	fails(f, TABLE_RESULTS, "year,procedure,school\n2021,oge-rus,nobody\n2021,oge-rus,one\n",
	    "cell-school", 2, 14);
	assert_int_equal(f->tables[TABLE_RESULTS].count, 1);
	/* The value above must not come back after a wrong one. */
	fails(f, TABLE_RESULTS,
	    "year,procedure,school,pass_rate\n2021,oge-rus,one,90\n2021,oge-math,one,1100\n2020,oge-math,one,90\n",
	    "cell-percent", 3, 19);
	r = f->tables[TABLE_RESULTS].rows;
	assert_true(r[0].pass_rate.set && !r[1].pass_rate.set && r[2].pass_rate.set);
}

static void repeated_keys(void **state)
{
	struct fixture *f = *state;
	const struct diag_item *item = fails(f, TABLE_RESULTS,
	    "year,procedure,school\n2021,oge-rus,one\n\n2021,oge-rus,МОУ «СОШ № 1»\n", "row-key", 4,
	    1);
	assert_non_null(strstr(item->text, "line 2"));
	assert_non_null(strstr(item->text, "procedure"));
	assert_int_equal(f->tables[TABLE_RESULTS].count, 1);
	/* A reference of a row that is not kept goes to no other row. */
	f->tables[TABLE_METRICS] = (struct table){.schema = NULL};
	fails(f, TABLE_METRICS, "metric,title,kind,of\na,A,count,\na,A,count,b\nb,B,count,\n",
	    "row-key", 3, 1);
	const struct metric *m = f->tables[TABLE_METRICS].rows;
	assert_int_equal(f->tables[TABLE_METRICS].count, 2);
	assert_null(m[0].of);
	assert_null(m[1].of);
}

static void floods_are_counted(void **state)
{
	struct fixture *f = *state;
	struct buf text = BUF_INIT(BUF_PAGE);
	buf_adds(&text, "year,procedure,school,status\n");
	for (int i = 0; i < 2000; i++)
		buf_addf(&text, "2021,nothing-%d,nobody %d,wrong-%d\n", i, i, i);
	assert_int_equal(read_bytes(f, TABLE_RESULTS, text.data, text.len), -1);
	assert_int_equal(f->diag.errors, 6000);
	assert_true(f->diag.count <= 3 * DIAG_SAME);
	buf_clear(&text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, finish)
	const struct CMUnitTest tests[] = {
	    TEST(reads_results),
	    TEST(reads_russian_excel),
	    TEST(reads_metrics),
	    TEST(spellings_of_values),
	    TEST(spellings_of_words),
	    TEST(spellings_of_titles),
	    TEST(finds_by_key),
	    TEST(gathers_audits),
	    TEST(grows),
	    TEST(headers_are_judged),
	    TEST(personal_data_is_refused),
	    TEST(cells_are_judged),
	    TEST(wrong_cells_stay_missing),
	    TEST(repeated_keys),
	    TEST(floods_are_counted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
