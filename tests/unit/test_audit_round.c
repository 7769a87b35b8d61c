/* Rounds among each other, and the rows of a visit. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/audit_round.h"
#include "compute/audit_rows.h"
#include "support_department.h"

static struct fixture f;

static int begin_all(void **state)
{
	(void)state;
	support_site(&f);
	return 0;
}

static int end_all(void **state)
{
	(void)state;
	support_site_end(&f);
	return 0;
}

static int begin(void **state)
{
	(void)state;
	support_begin(&f, "");
	support_table(
	    &f, TABLE_SCHOOLS, "school,name,kind\na,Школа А,СОШ\nb,Школа Б,СОШ\nc,Школа В,ООШ\n");
	return 0;
}

static int end(void **state)
{
	(void)state;
	support_end(&f);
	return 0;
}

#define HEAD "school,item,found,url,fetched,sha256,method,visit,state\n"
#define SHA1 "1111111111111111111111111111111111111111111111111111111111111111"
#define SHA2 "2222222222222222222222222222222222222222222222222222222222222222"

static void evidence(const char *date, const char *csv)
{
	struct date day;
	date_parse(&day, str_of(date));
	assert_int_equal(department_table(&f.department, TABLE_AUDIT_EVIDENCE,
	                     arena_printf(&f.arena, "data/x/audit/%s.evidence.csv", date),
	                     str_of(csv), day, &f.diag),
	    0);
}

static const struct checklist_item *item(const char *id)
{
	return table_find(&f.site.checklist, str_of(id));
}

static struct audit_round round_of(int year, int month, int day)
{
	struct audit_round r;
	audit_round_read(
	    &r, &f.arena, &f.department, (struct date){(int16_t)year, (int8_t)month, (int8_t)day});
	return r;
}

static void the_row_that_counts(void **state)
{
	(void)state;
	support_audit(&f, "2022-09-15",
	    HEAD
	    "a,programme,no,,2022-09-15T01:00:00Z,,automatic,1,once\n"
	    "a,programme,yes,http://a/1,2022-09-16T01:00:00Z," SHA1 ",automatic,2,confirmed\n"
	    "b,programme,yes,http://b/1,,,manual,1,confirmed\n"
	    "b,programme,no,,,,automatic,2,once\n"
	    "a,order,defective,,,,automatic,1,confirmed\nb,order,not-checked,,,,automatic,1,once\n");
	support_finish(&f);
	struct audit_round r = round_of(2022, 9, 15);
	const struct checklist_item *programme = item("programme");
	assert_int_equal(audit_round_cell(&r, support_school(&f, "a"), programme)->row->visit, 2);
	assert_int_equal(
	    audit_round_cell(&r, support_school(&f, "b"), programme)->row->method, AUDIT_MANUAL);
	assert_null(audit_round_cell(&r, support_school(&f, "c"), programme)->row);
	struct audit_sum s = audit_sum(&r, programme);
	assert_int_equal(s.yes, 2);
	assert_int_equal(audit_sum_known(s), 2);
	assert_int_equal(audit_sum_excluded(s), 1);
	s = audit_sum(&r, item("order"));
	assert_int_equal(s.defective, 1);
	assert_int_equal(s.not_checked, 1);
	assert_int_equal(audit_sum_known(s), 1);
	assert_int_equal(audit_sum_excluded(s), 2);
	size_t count;
	struct date *days = audit_rounds(&count, &f.arena, &f.department);
	assert_int_equal(count, 1);
	assert_int_equal(days[0].month, 9);
}

static void what_was_said_before(void **state)
{
	(void)state;
	support_audit(&f, "2022-09-15",
	    HEAD "a,programme,no,,2022-09-15T01:00:00Z,,automatic,1,once\n"
	         "a,programme,no,,2022-09-16T01:00:00Z,,automatic,2,confirmed\n"
	         "a,programme,yes,http://a/1,,,manual,3,confirmed\n"
	         "a,programme,no,,2022-09-17T01:00:00Z,,automatic,4,confirmed\n"
	         "b,programme,no,,2022-09-15T01:00:00Z,,automatic,1,once\n");
	support_finish(&f);
	struct audit_round r = round_of(2022, 9, 15);
	const struct audit_row *x =
	    audit_round_cell(&r, support_school(&f, "a"), item("programme"))->row;
	const int64_t visits[] = {3, 4, 2, 1};
	for (size_t i = 0; i < 4; i++) {
		assert_non_null(x);
		assert_int_equal(x->visit, visits[i]);
		x = audit_round_before(&r, x);
	}
	assert_null(x);
	assert_null(audit_round_before(
	    &r, audit_round_cell(&r, support_school(&f, "b"), item("programme"))->row));
	assert_true(audit_round_visited(&r, support_school(&f, "b")));
	assert_false(audit_round_visited(&r, support_school(&f, "c")));
}

/* A school that is closed is not left out: it is not there. */
static void closed_schools(void **state)
{
	end(state);
	support_begin(&f, "");
	support_table(&f, TABLE_SCHOOLS,
	    "school,name,kind,to_year\na,Школа А,СОШ,\nb,Школа Б,СОШ,2021\nc,Школа В,ООШ,2021\n");
	support_audit(&f, "2022-09-15",
	    HEAD "a,order,yes,,,,automatic,1,confirmed\nc,order,no,,,,automatic,1,once\n");
	support_finish(&f);
	struct audit_round r = round_of(2022, 9, 15);
	struct audit_sum s = audit_sum(&r, item("order"));
	assert_int_equal(audit_sum_known(s), 2);
	assert_int_equal(s.once, 1);
	assert_int_equal(audit_sum_excluded(s), 0);
}

static void what_changed(void **state)
{
	(void)state;
	support_audit(&f, "2022-09-15",
	    HEAD "a,programme,yes,http://a/1,t1," SHA1 ",automatic,1,confirmed\n"
	         "a,order,no,,t1,,automatic,1,confirmed\n"
	         "a,events,yes,http://a/2,t1," SHA1 ",automatic,1,confirmed\n"
	         "a,analytics,defective,http://a/3,t1,,automatic,1,confirmed\n"
	         "a,agreements,yes,http://a/4,t1," SHA1 ",automatic,1,confirmed\n"
	         "a,tutoring,yes,http://a/5,t1," SHA1 ",automatic,1,confirmed\n"
	         "a,prevention,not-checked,,t1,,automatic,1,once\n"
	         "a,regulations,no,http://a/6,t1," SHA1 ",automatic,1,confirmed\n"
	         "a,participation,yes,http://a/7,t1," SHA1 ",automatic,1,confirmed\n"
	         "a,risk-roadmap,yes,http://a/8,t1," SHA1 ",automatic,1,confirmed\n");
	support_audit(&f, "2023-01-20",
	    HEAD "a,programme,yes,http://a/1,t2," SHA2 ",automatic,1,confirmed\n"
	         "a,order,yes,http://a/9,t2," SHA2 ",automatic,1,confirmed\n"
	         "a,events,yes,http://a/20,t2," SHA1 ",automatic,1,confirmed\n"
	         "a,analytics,yes,http://a/3,t2," SHA2 ",automatic,1,confirmed\n"
	         "a,agreements,no,,t2,,automatic,2,confirmed\n"
	         "a,tutoring,no,,t2,,automatic,1,once\n"
	         "a,prevention,yes,http://a/7,t2," SHA1 ",automatic,1,confirmed\n"
	         "a,regulations,yes,http://a/6,t2," SHA1 ",automatic,1,confirmed\n"
	         "a,participation,no,,t2,,manual,1,confirmed\n"
	         "a,risk-roadmap,yes,http://a/8,t2," SHA1 ",automatic,1,confirmed\n"
	         "b,programme,yes,http://b/1,t2," SHA1 ",automatic,1,confirmed\n"
	         "b,order,no,,t2,,automatic,1,once\n");
	evidence("2022-09-15", "school,item,visit,warc,checklist\na,regulations,1,w1,v1\n");
	evidence("2023-01-20", "school,item,visit,warc,checklist\na,regulations,1,w2,v2\n");
	support_finish(&f);
	struct audit_round x = round_of(2022, 9, 15), y = round_of(2023, 1, 20);
	size_t count;
	struct audit_change *c = audit_difference(&count, &f.arena, &x, &y);
	static const struct {
		const char *school, *item;
		enum audit_change_kind kind;
	} expected[] = {{"a", "agreements", CHANGE_VANISHED}, {"a", "analytics", CHANGE_MENDED},
	    {"a", "events", CHANGE_MOVED}, {"a", "order", CHANGE_APPEARED},
	    {"a", "participation", CHANGE_MANUAL}, {"a", "prevention", CHANGE_UNKNOWN},
	    {"a", "programme", CHANGE_REPLACED}, {"a", "regulations", CHANGE_RULE},
	    {"a", "tutoring", CHANGE_UNKNOWN}, {"b", "programme", CHANGE_APPEARED}};
	assert_int_equal(count, sizeof(expected) / sizeof(*expected));
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(c[i].school->id, expected[i].school);
		assert_string_equal(c[i].item->id, expected[i].item);
		assert_string_equal(audit_changes[c[i].kind], audit_changes[expected[i].kind]);
	}
}

/* One school, one item, found or not. */
static struct judged visit_of(
    const char *school, const char *id, enum audit_reason reason, const char *time)
{
	struct finding *x = arena_alloc(&f.arena, sizeof(*x));
	*x = (struct finding){.school = support_school(&f, school),
	    .item = item(id),
	    .reason = reason,
	    .found = audit_reason_found(reason),
	    .fetched = str_of(time),
	    .offset = 17,
	    .checklist = "v1"};
	return (struct judged){.findings = x, .count = 1};
}

static const char *rows(int64_t visit, const struct judged *judged, size_t count)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	struct audit_writing w = {&f.department, {2022, 9, 15}, visit, judged, count, NULL, true};
	audit_rows_write(&out, &w);
	return buf_keep(&f.arena, &out).p;
}

#define FULL \
	"school,item,found,url,link_text,http_status,fetched,sha256,method,by,reason,visit,state,note\n"

static void first_visit(void **state)
{
	(void)state;
	support_finish(&f);
	struct judged j[2] = {visit_of("b", "order", REASON_NO_LINK, "2022-09-15T20:00:00Z"),
	    visit_of("a", "order", REASON_STATUS, "2022-09-15T20:00:00Z")};
	struct finding *x = j[1].findings;
	x->detail = STR("404");
	x->url = STR("https://a/п, 1.pdf");
	x->link_text = STR("=Приказ");
	x->status = 404;
	x->remarks[0] = REMARK_HIDDEN;
	x->remarks[1] = REMARK_CERTIFICATE;
	assert_int_equal(audit_rows_next_visit(&f.department, (struct date){2022, 9, 15}), 1);
	assert_string_equal(rows(1, j, 2),
	    FULL
	    "a,order,defective,\"https://a/п, 1.pdf\",'=Приказ,404,2022-09-15T20:00:00Z,,automatic,,"
	    "Файл не открывается: 404,1,confirmed,\"ссылка скрыта до нажатия; сертификат не проверен\"\n"
	    "b,order,no,,,,2022-09-15T20:00:00Z,,automatic,,Ссылка не найдена,1,once,\n");
	j[0].findings[0].type = STR("pdf");
	j[0].findings[0].size = 120;
	j[0].findings[0].modified = (struct date){2022, 9, 14};
	j[0].findings[0].date = (struct date){2022, 9, 12};
	struct buf out = BUF_INIT(BUF_PAGE);
	struct audit_writing w = {&f.department, {2022, 9, 15}, 1, j, 1, NULL, false};
	audit_rows_evidence(&out, &w);
	assert_string_equal(out.data,
	    "school,item,visit,source_page,chain,heading,warc,offset,charset_rule,certificate,checklist,"
	    "type,size,modified,dated\n"
	    "b,order,1,,,,,17,,none,v1,pdf,120,2022-09-14,2022-09-12\n");
	buf_clear(&out);
}

static void second_visit(void **state)
{
	(void)state;
	support_audit(&f, "2022-09-15",
	    HEAD "a,order,no,,2022-09-15T20:00:00Z,,automatic,1,once\n"
	         "b,order,no,,2022-09-15T20:00:00Z,,manual,1,confirmed\n"
	         "c,order,no,,2022-09-15T20:00:00Z,,automatic,1,once\n");
	support_finish(&f);
	assert_int_equal(audit_rows_next_visit(&f.department, (struct date){2022, 9, 15}), 2);
	struct judged j[3] = {visit_of("a", "order", REASON_NO_LINK, "2022-09-16T20:00:00Z"),
	    visit_of("b", "order", REASON_FOUND, "2022-09-16T20:00:00Z"),
	    visit_of("c", "order", REASON_NO_LINK, "2022-09-15T23:00:00Z")};
	const char *text = rows(2, j, 3);
	assert_string_equal(text,
	    FULL "a,order,no,,,,2022-09-15T20:00:00Z,,automatic,,,1,once,\n"
	         "a,order,no,,,,2022-09-16T20:00:00Z,,automatic,,Ссылка не найдена,2,confirmed,\n"
	         "b,order,no,,,,2022-09-15T20:00:00Z,,manual,,,1,confirmed,\n"
	         "c,order,no,,,,2022-09-15T20:00:00Z,,automatic,,,1,once,\n"
	         "c,order,no,,,,2022-09-15T23:00:00Z,,automatic,,Ссылка не найдена,2,once,\n");
	/* The same visit judged again replaces its rows. */
	assert_string_equal(rows(2, j, 3), text);
	/* Rows of a school that it could not judge stay. */
	assert_string_equal(rows(1, j, 1),
	    FULL "a,order,no,,,,2022-09-16T20:00:00Z,,automatic,,Ссылка не найдена,1,once,\n"
	         "b,order,no,,,,2022-09-15T20:00:00Z,,manual,,,1,confirmed,\n"
	         "c,order,no,,,,2022-09-15T20:00:00Z,,automatic,,,1,once,\n");
}

static void reasons_and_words(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_LINE);
	for (int r = REASON_NONE + 1; r < AUDIT_REASONS; r++)
		for (int russian = 0; russian < 2; russian++) {
			buf_reset(&b);
			audit_reason_write(&b, (enum audit_reason)r, STR("404"), russian == 1);
			assert_true(b.len > 5);
			assert_int_equal(audit_reason_find(buf_str(&b)), r);
			assert_true(audit_reason_id((enum audit_reason)r)[0] != '\0');
		}
	for (int r = REMARK_NONE + 1; r < AUDIT_REMARKS; r++)
		assert_true(audit_remark_words((enum audit_remark)r, true)[0] &&
		    audit_remark_words((enum audit_remark)r, false)[0]);
	assert_int_equal(audit_reason_find(STR("что-то ещё")), REASON_NONE);
	buf_clear(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(the_row_that_counts),
	    TEST(what_was_said_before),
	    TEST(closed_schools),
	    TEST(what_changed),
	    TEST(first_visit),
	    TEST(second_visit),
	    cmocka_unit_test(reasons_and_words),
	};
	return cmocka_run_group_tests(tests, begin_all, end_all);
}
