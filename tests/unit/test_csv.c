/* What csv_read() gives is written down as "line:cell|cell¶" and compared. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "text/csv.h"

struct seen {
	struct arena arena;
	struct diag diag;
	struct buf rows;
	struct csv_info info;
	const char *wants; /* a header fits when its first cell is this */
	int result;
	int stop_after; /* rows */
};

static int seen_header(void *payload, const struct csv_row *row, bool sure)
{
	struct seen *s = payload;
	assert_true(row->count <= CSV_COLUMNS);
	if (!sure)
		return row->count && str_is(row->fields[0], s->wants) ? 0 : -1;
	assert_int_equal(s->diag.errors, 0);
	return 0;
}

static int seen_row(void *payload, const struct csv_row *row)
{
	struct seen *s = payload;
	buf_addf(&s->rows, "%u:", row->line);
	for (size_t i = 0; i < row->count; i++) {
		if (i)
			buf_addc(&s->rows, '|');
		buf_add(&s->rows, row->fields[i].p, row->fields[i].n);
	}
	buf_adds(&s->rows, "¶");
	return --s->stop_after == 0 ? -1 : 0;
}

/* The bytes stand in memory of their own, so that reading past them is seen. */
static struct seen *read_bytes(const char *bytes, size_t n, const char *wants)
{
	struct seen *s = calloc(1, sizeof(*s));
	char *copy = malloc(n ? n : 1);
	memcpy(copy, bytes, n);
	*s = (struct seen){.diag = DIAG_INIT, .rows = BUF_INIT(BUF_PAGE), .wants = wants};
	struct csv_reader reader = {.payload = s, .header = seen_header, .row = seen_row};
	s->result =
	    csv_read(&s->info, &s->arena, "f.csv", (struct str){copy, n}, &reader, &s->diag);
	assert_int_equal(s->result, s->diag.errors ? -1 : 0);
	free(copy);
	return s;
}

static void end(struct seen *s)
{
	arena_clear(&s->arena);
	diag_clear(&s->diag);
	buf_clear(&s->rows);
	free(s);
}

#define ROWS(text, rows) gives(text, sizeof(text) - 1, rows)

static struct seen *check_rows(const char *text, size_t n, const char *rows)
{
	struct seen *s = read_bytes(text, n, "a");
	assert_string_equal(s->rows.data, rows);
	return s;
}

static void gives(const char *text, size_t n, const char *rows)
{
	struct seen *s = check_rows(text, n, rows);
	assert_int_equal(s->diag.errors, 0);
	end(s);
}

/* One error of a rule at a place, and the rows that were read all the same. */
#define FAILS(text, rows, rule, line, column) \
	fails(text, sizeof(text) - 1, rows, rule, line, column)
static void fails(
    const char *text, size_t n, const char *rows, const char *rule, uint32_t line, uint32_t column)
{
	struct seen *s = check_rows(text, n, rows);
	assert_int_equal(s->diag.errors, 1);
	const struct diag_item *item = &s->diag.items[s->diag.count - 1];
	assert_string_equal(item->rule, rule);
	assert_int_equal(item->line, line);
	assert_int_equal(item->column, column);
	assert_null(item->cell); /* nothing is shown before the header is judged */
	assert_non_null(item->remedy);
	end(s);
}

static void line_ends(void **state)
{
	(void)state;
	ROWS("a,b\n1,2\n3,4\n", "2:1|2¶3:3|4¶");
	ROWS("a,b\r\n1,2\r\n3,4\r\n", "2:1|2¶3:3|4¶");
	ROWS("a,b\r1,2\r3,4\r", "2:1|2¶3:3|4¶");
	ROWS("a,b\n1,2\r3,4\r\n5,6", "2:1|2¶3:3|4¶4:5|6¶");
	ROWS("a\n1", "2:1¶");
	ROWS("a,b", "");
	ROWS("a,b\n,2\n1,\n", "2:|2¶3:1|¶");
}

static void blank_rows_count(void **state)
{
	(void)state;
	static const char text[] = "\n\na,b\n\n1,2\r\n,\n \t ,  \n\xC2\xA0,\"\"\n3,4\n";
	struct seen *s = read_bytes(text, sizeof(text) - 1, "a");
	assert_int_equal(s->diag.errors, 0);
	assert_string_equal(s->rows.data, "5:1|2¶9:3|4¶");
	assert_int_equal(s->info.blank, 4);
	assert_int_equal(s->info.lines, 9);
	end(s);
	ROWS(",,\na,b\n1,2", "3:1|2¶");
	ROWS("a;b\n;;;;\n1;2", "3:1|2¶");
}

static void separators(void **state)
{
	(void)state;
	static const char seps[] = ",;\t";
	for (int i = 0; i < 3; i++) {
		char text[] = "a,b\n1,\"2;,\t3\"\n";
		text[1] = text[5] = seps[i];
		struct seen *s = check_rows(text, sizeof(text) - 1, "2:1|2;,\t3¶");
		assert_int_equal(s->info.separator, seps[i]);
		assert_int_equal(s->diag.errors, 0);
		assert_int_equal(s->diag.count, i > 0); /* a note */
		end(s);
	}
	/* More commas than semicolons, but only one of them gives a header that fits. */
	ROWS("a;\"b, c\";d, e, f\n1;2,5;3", "2:1|2,5|3¶");
	ROWS("a;b, c, d\n1;2,5", "2:1|2,5¶");
	/* A tab is a blank, unless it separates. */
	ROWS("a\tb\tc\n1\t\t3\n", "2:1||3¶");
	ROWS("a,b\n\t1 , 2\t\n", "2:1|2¶");
}

static void quotes(void **state)
{
	(void)state;
	ROWS("a,b\n\"1\",\"2 \"\"x\"\"\"\n", "2:1|2 \"x\"¶");
	ROWS("a,b\n\"1\n2\r\n3\",4\n5,6\n", "2:1\n2\r\n3|4¶5:5|6¶");
	ROWS("a,b\n \"1\" , \" 2 \" \n", "2:1| 2 ¶");
	ROWS("a,b\n\"\",\"\"\"\"\n", "2:|\"¶");
	ROWS("a,b\nМОУ \"СОШ\",5\"\n", "2:МОУ \"СОШ\"|5\"¶");
	ROWS("\"a\",\"b\"\n1,2", "2:1|2¶");
	ROWS("\"a\"\r\n\"1\r2\"\r\n\"3\"", "2:1\r2¶4:3¶");
	ROWS("a,b\n\"x\",1", "2:x|1¶");
	ROWS("a,b\n1,\"x\"", "2:1|x¶");
}

static void wrong_quotes(void **state)
{
	(void)state;
	FAILS("a,b\n1,2\nш, \"3\n4,5\n6,7\n", "2:1|2¶", "csv-quote", 3, 4);
	FAILS("a,b\n1,\"2\"x\n3,4\n", "3:3|4¶", "csv-quote", 2, 6);
	FAILS("a,b\n1,\"2\" \"\n3,4\n", "3:3|4¶", "csv-quote", 2, 7);
	FAILS("a,b\n1,\"2\n3\"x,4\n5,6\n", "4:5|6¶", "csv-quote", 3, 3);
	FAILS("a,b\n\"", "", "csv-quote", 2, 1);
	FAILS("a,b\n\"\"\"", "", "csv-quote", 2, 1);
	FAILS("\"a,b\n1,2", "", "csv-quote", 1, 1);
}

static void cell_counts(void **state)
{
	(void)state;
	FAILS("a,b\n1,2\n1\n3,4\n", "2:1|2¶4:3|4¶", "csv-cells", 3, 2);
	FAILS("a,b\nшш,2,3,4\n3,4\n", "3:3|4¶", "csv-cells", 2, 6);
	FAILS("a,b\n\"1\n2\",3, 4\n3,4\n", "4:3|4¶", "csv-cells", 3, 7);
	FAILS("a,b\n1,2,\n", "", "csv-cells", 2, 5);
	FAILS("", "", "csv-header", 1, 1);
	FAILS("\n , \n", "", "csv-header", 1, 1);
}

static void many_columns(void **state)
{
	(void)state;
	struct buf text = BUF_INIT(BUF_PAGE);
	buf_addc(&text, 'a');
	for (int i = 1; i < CSV_COLUMNS; i++)
		buf_adds(&text, ",b");
	struct seen *s = read_bytes(text.data, text.len, "a");
	assert_int_equal(s->diag.errors, 0);
	end(s);
	buf_adds(&text, ",c\n1");
	s = read_bytes(text.data, text.len, "a");
	assert_int_equal(s->diag.errors, 1);
	assert_string_equal(s->diag.items[0].rule, "csv-header");
	end(s);
	buf_reset(&text);
	buf_adds(&text, "a\n");
	for (int i = 0; i < 100000; i++)
		buf_addc(&text, ',');
	buf_adds(&text, "x\n1");
	s = read_bytes(text.data, text.len, "a");
	assert_string_equal(s->rows.data, "3:1¶");
	assert_string_equal(s->diag.items[0].rule, "csv-cells");
	end(s);
	buf_clear(&text);
}

static void encodings(void **state)
{
	(void)state;
	static const char cp[] = "\xE3\xEE\xE4;x\n\xF8\xEA;1\n",
	                  utf16[] = "\xFF\xFE\x61\0,\0\x48\x04\n\0\x31\0,\0\x32\0";
	struct seen *s = read_bytes(cp, sizeof(cp) - 1, "год");
	assert_int_equal(s->result, 0);
	assert_int_equal(s->info.charset, CHARSET_1251);
	assert_string_equal(s->rows.data, "2:шк|1¶");
	assert_int_equal(s->diag.count, 1);
	assert_int_equal(s->diag.items[0].level, DIAG_NOTE);
	assert_non_null(strstr(s->diag.items[0].text, "windows-1251"));
	assert_non_null(strstr(s->diag.items[0].text, "semicolon"));
	end(s);
	s = read_bytes(utf16, sizeof(utf16) - 1, "a");
	assert_int_equal(s->info.charset, CHARSET_UTF16LE);
	assert_string_equal(s->rows.data, "2:1|2¶");
	end(s);
	ROWS("\xEF\xBB\xBF"
	     "a,b\n1,2",
	    "2:1|2¶");
}

static void wrong_bytes(void **state)
{
	(void)state;
	/* A header that does not fit as windows-1251 either; 0x98 is no letter of it. */
	FAILS("b,\xE3\n1,2", "", "csv-encoding", 1, 3);
	FAILS("a,b\n1,\x98\n", "", "csv-encoding", 2, 3);
	/* UTF-8 with one bad byte is not taken for windows-1251, though the header fits. */
	FAILS("a,b\nшкола,2\n1,но\xD0мер\n", "", "csv-encoding", 3, 5);
	FAILS("a,b\n1,2\n1,\0\n", "", "csv-nul", 3, 3);
	FAILS("a,\xE3\n1,\0\n", "", "csv-nul", 2, 3);
	FAILS("PK\x03\x04\0\0", "", "csv-nul", 0, 0);
	FAILS("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "", "csv-nul", 0, 0);
	FAILS("\xFF\xFE\x61\0\0\0", "", "csv-nul", 1, 2);
}

static void one_message_for_a_swallowed_file(void **state)
{
	(void)state;
	struct buf text = BUF_INIT(BUF_PAGE);
	buf_adds(&text, "a,b\n1,\"2\n");
	for (int i = 0; i < 200000; i++)
		buf_adds(&text, "1,2\r\n");
	struct seen *s = read_bytes(text.data, text.len, "a");
	assert_int_equal(s->diag.errors, 1);
	assert_int_equal(s->diag.items[0].line, 2);
	assert_int_equal(s->diag.items[0].column, 3);
	end(s);
	buf_clear(&text);
}

/* The cache of line feeds must not make other line ends quadratic. */
static void old_line_ends_are_quick(void **state)
{
	(void)state;
	struct buf text = BUF_INIT(BUF_PAGE);
	buf_adds(&text, "a,b\r");
	for (int i = 0; i < 500000; i++)
		buf_adds(&text, "1,2\r");
	struct seen *s = read_bytes(text.data, text.len, "a");
	assert_int_equal(s->result, 0);
	assert_int_equal(s->info.lines, 500001);
	end(s);
	buf_clear(&text);
}

static void reader_may_stop(void **state)
{
	(void)state;
	struct seen s = {
	    .diag = DIAG_INIT, .rows = BUF_INIT(BUF_PAGE), .wants = "a", .stop_after = 2};
	struct csv_reader reader = {.payload = &s, .header = seen_header, .row = seen_row};
	assert_int_equal(
	    csv_read(&s.info, &s.arena, "f", STR("a\n1\n2\n3\n"), &reader, &s.diag), 0);
	assert_string_equal(s.rows.data, "2:1¶3:2¶");
	arena_clear(&s.arena);
	diag_clear(&s.diag);
	buf_clear(&s.rows);
}

static void columns_of_fields(void **state)
{
	(void)state;
	struct csv_row row = {.line = 7, .source = STR(" шк, \"1,\n2\"\t,,x")};
	static const uint32_t lines[] = {7, 7, 8, 8, 8}, columns[] = {2, 6, 5, 6, 7};
	for (size_t i = 0; i < 5; i++) {
		uint32_t line;
		assert_int_equal(csv_column(&row, ',', i, &line), columns[i]);
		assert_int_equal(line, lines[i]);
	}
	uint32_t line;
	assert_int_equal(csv_column(&row, ',', 99, &line), 7);
}

static void writes_cells(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool guard;
		const char *cell;
	} cases[] = {
	    {"", true, ""},
	    {"plain", true, "plain"},
	    {"a,b", true, "\"a,b\""},
	    {"a;b", true, "\"a;b\""},
	    {"say \"x\"", true, "\"say \"\"x\"\"\""},
	    {"two\nlines", true, "\"two\nlines\""},
	    {" edge", true, "\" edge\""},
	    {"=1+1", true, "'=1+1"},
	    {"=1+1", false, "=1+1"},
	    {"+7", true, "'+7"},
	    {"-1", true, "'-1"},
	    {"-1", false, "-1"},
	    {"@x", true, "'@x"},
	    {"\tx", true, "\"'\tx\""},
	    {"=a,\"b\"", true, "\"'=a,\"\"b\"\"\""},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf out = BUF_INIT(BUF_LINE);
		csv_cell(&out, str_of(cases[i].text), cases[i].guard);
		assert_string_equal(out.data, cases[i].cell);
		buf_clear(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(line_ends),
	    cmocka_unit_test(blank_rows_count),
	    cmocka_unit_test(separators),
	    cmocka_unit_test(quotes),
	    cmocka_unit_test(wrong_quotes),
	    cmocka_unit_test(cell_counts),
	    cmocka_unit_test(many_columns),
	    cmocka_unit_test(encodings),
	    cmocka_unit_test(wrong_bytes),
	    cmocka_unit_test(one_message_for_a_swallowed_file),
	    cmocka_unit_test(old_line_ends_are_quick),
	    cmocka_unit_test(reader_may_stop),
	    cmocka_unit_test(columns_of_fields),
	    cmocka_unit_test(writes_cells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
