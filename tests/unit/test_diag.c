/* diag: what is kept and what is counted, order, joining, and the printed form. */
#include "base/diag.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const struct str NO_CELL = {NULL, 0};

static void add(struct diag *d, const char *rule, const char *file, unsigned line, unsigned column)
{
	diag_add(d, DIAG_ERROR, rule, DIAG_AT(file, line, column), NO_CELL, NULL, "%s:%u:%u", rule,
	    line, column);
}

static void assert_written(const struct diag_item *item, bool colour, const char *wanted)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	diag_write(&out, item, colour);
	assert_string_equal(out.data, wanted);
	buf_clear(&out);
}

/* -- the printed form ---------------------------------------------------------------- */

static void test_forms(void **state)
{
	struct diag d = DIAG_INIT;
	(void)state;
	diag_add(&d, DIAG_ERROR, "range", DIAG_AT("data/x/results.csv", 14, 23), STR("1100"),
	    "Write a share.", "a share is between %d and %d", 0, 100);
	diag_add(&d, DIAG_WARNING, "w", DIAG_AT("a.md", 3, 0), NO_CELL, NULL, "odd");
	diag_add(&d, DIAG_NOTE, "n", DIAG_AT("a.md", 0, 7), STR(""), "", "100%%");
	diag_add(&d, DIAG_NOTE, "n", DIAG_NOWHERE, STR("--x"), "Drop it.", "unknown");
	assert_written(&d.items[0], false,
	    "data/x/results.csv:14:23: error: «1100»: a share is between 0 and 100\n"
	    "    Write a share.\n");
	assert_written(&d.items[1], false, "a.md:3: warning: odd\n");
	assert_written(&d.items[2], false, "a.md: note: «»: 100%\n");
	assert_written(&d.items[3], false, "note: «--x»: unknown\n    Drop it.\n");
	assert_written(&d.items[0], true,
	    "\033[1mdata/x/results.csv:14:23\033[0m: \033[31merror\033[0m: "
	    "«1100»: a share is between 0 and 100\n    Write a share.\n");
	assert_written(&d.items[3], true, "\033[36mnote\033[0m: «--x»: unknown\n    Drop it.\n");
	assert_int_equal(d.errors, 1);
	assert_int_equal(d.warnings, 1);
	assert_int_equal(d.count, 4);
	diag_clear(&d);
}

static void test_print(void **state)
{
	struct diag d = DIAG_INIT;
	char *text = NULL;
	size_t size = 0;
	(void)state;
	FILE *to = open_memstream(&text, &size);
	assert_non_null(to);
	diag_print(&d, to, false);
	add(&d, "r", "b.csv", 2, 1);
	add(&d, "r", "a.csv", 1, 0);
	diag_sort(&d);
	diag_print(&d, to, false);
	assert_int_equal(fclose(to), 0);
	assert_string_equal(text, "a.csv:1: error: r:1:0\nb.csv:2:1: error: r:2:1\n");
	free(text);
	diag_clear(&d);
}

/* Everything is copied: the caller's texts may change afterwards. */
static void test_texts_are_copied(void **state)
{
	struct diag d = DIAG_INIT;
	char text[4][8] = {"rule", "file", "cell", "remedy"};
	(void)state;
	diag_add(
	    &d, DIAG_NOTE, text[0], DIAG_AT(text[1], 1, 1), str_of(text[2]), text[3], "%s", "t");
	memset(text, 'x', sizeof(text));
	assert_string_equal(d.items[0].rule, "rule");
	assert_string_equal(d.items[0].file, "file");
	assert_string_equal(d.items[0].cell, "cell");
	assert_string_equal(d.items[0].remedy, "remedy");
	diag_clear(&d);
}

static void test_cells(void **state)
{
	struct diag d = DIAG_INIT;
	char long_cell[200], wanted[200];
	(void)state;
	for (size_t i = 0; i < 62; i++)
		memcpy(long_cell + i * 2, "ё", 2);
	diag_add(&d, DIAG_ERROR, "c", DIAG_NOWHERE, (struct str){long_cell, 120}, NULL, "t");
	diag_add(&d, DIAG_ERROR, "c", DIAG_NOWHERE, (struct str){long_cell, 122}, NULL, "t");
	diag_add(&d, DIAG_ERROR, "c", DIAG_NOWHERE, STR("a\nb\tc\r\033[2J\0\x7F\xC2\x85\xFF\xD0"),
	    NULL, "t");
	memcpy(wanted, long_cell, 120);
	strcpy(wanted + 120, "");
	assert_string_equal(d.items[0].cell, wanted);
	strcpy(wanted + 120, "…");
	assert_string_equal(d.items[1].cell, wanted);
	assert_string_equal(d.items[2].cell, "a⏎b⇥c��[2J�����");
	diag_clear(&d);
}

/* Names out of the data stand in messages too: none may move the cursor or
 * begin a line that looks like another message, and none is lost. */
static void test_hostile_messages(void **state)
{
	enum { HUGE = 300 * 1024 };
	struct diag d = DIAG_INIT;
	char *huge = malloc(HUGE);
	(void)state;
	assert_non_null(huge);
	memset(huge, 'x', HUGE - 1);
	huge[HUGE - 1] = '\0';
	diag_add(&d, DIAG_ERROR, "m", DIAG_AT("a\033[2J\n.csv", 1, 1), NO_CELL, "b\033[1m\nc",
	    "<%s>", "\033]0;x\007\nb.csv:1: error");
	assert_written(
	    &d.items[0], false, "a�[2J⏎.csv:1:1: error: <�]0;x�⏎b.csv:1: error>\n    b�[1m⏎c\n");
	diag_add(&d, DIAG_ERROR, "m", DIAG_NOWHERE, NO_CELL, huge, "begins %s", huge);
	assert_true(strncmp(d.items[1].text, "begins xxx", 10) == 0);
	assert_true(str_ends(str_of(d.items[1].text), "xxx…"));
	assert_true(str_ends(str_of(d.items[1].remedy), "xxx…"));
	assert_true(strlen(d.items[1].text) < 10000);
	free(huge);
	diag_clear(&d);
}

/* -- keeping and counting ------------------------------------------------------------ */

static void test_twenty_of_a_kind(void **state)
{
	struct diag d = DIAG_INIT;
	(void)state;
	for (unsigned line = 1; line <= DIAG_SAME; line++)
		add(&d, "full", "a.csv", line, 1);
	for (unsigned line = 1; line <= 1000; line++)
		add(&d, "many", "a.csv", line, 1);
	for (unsigned line = 1; line <= DIAG_SAME + 1; line++)
		diag_add(&d, DIAG_WARNING, "many", DIAG_AT("b.csv", line, 1), NO_CELL, NULL, "w");
	assert_int_equal(d.errors, DIAG_SAME + 1000);
	assert_int_equal(d.warnings, DIAG_SAME + 1);
	assert_int_equal(d.count, 3 * DIAG_SAME);
	assert_false(diag_keeps(&d, "full", "a.csv"));
	assert_true(diag_keeps(&d, "full", "b.csv"));
	assert_true(diag_keeps(&d, "other", "a.csv"));
	diag_sort(&d);
	assert_int_equal(d.count, 3 * DIAG_SAME + 2);
	assert_int_equal(d.errors, DIAG_SAME + 1000);
	assert_written(&d.items[2 * DIAG_SAME], false,
	    "a.csv: error: and 980 more of this kind (many) in this file\n");
	assert_written(&d.items[d.count - 1], false,
	    "b.csv: warning: and 1 more of this kind (many) in this file\n");
	assert_int_equal(d.items[2 * DIAG_SAME].line, 0);
	assert_int_equal(d.items[2 * DIAG_SAME - 1].line, DIAG_SAME);
	diag_clear(&d);
}

/* Paths of which the first hundreds of bytes are the same are two files. */
static void test_long_names_are_apart(void **state)
{
	struct diag d = DIAG_INIT;
	char first[600], second[600];
	(void)state;
	memset(first, 'p', sizeof(first));
	first[sizeof(first) - 1] = '\0';
	memcpy(second, first, sizeof(first));
	second[sizeof(second) - 2] = 'q';
	for (unsigned i = 1; i <= DIAG_SAME; i++)
		add(&d, "r", first, i, 1);
	add(&d, "r", second, 1, 1);
	assert_int_equal(d.count, DIAG_SAME + 1);
	assert_string_equal(d.items[0].file, first);
	assert_string_equal(d.items[DIAG_SAME].file, second);
	diag_clear(&d);
}

/* -- order --------------------------------------------------------------------------- */

static void test_order(void **state)
{
	static const char wanted[] = "error: p:0:0\nerror: p:5:9\na.csv: error: r:0:0\n"
	                             "a.csv:2: error: r:2:0\na.csv:2:1: error: q:2:1\n"
	                             "a.csv:2:1: error: r:2:1\na.csv:2:10: error: r:2:10\n"
	                             "a.csv:10:1: error: r:10:1\nb.csv:1:1: error: r:1:1\n";
	struct diag d = DIAG_INIT;
	struct buf out = BUF_INIT(BUF_PAGE);
	(void)state;
	diag_sort(&d); /* nothing */
	add(&d, "r", "b.csv", 1, 1);
	add(&d, "r", "a.csv", 10, 1);
	add(&d, "r", "a.csv", 2, 10);
	add(&d, "q", "a.csv", 2, 1);
	add(&d, "r", "a.csv", 2, 1);
	add(&d, "r", "a.csv", 2, 0);
	add(&d, "r", "a.csv", 0, 0);
	add(&d, "p", NULL, 0, 0);
	add(&d, "p", NULL, 5, 9);
	diag_sort(&d);
	for (size_t i = 0; i < d.count; i++)
		diag_write(&out, &d.items[i], false);
	assert_string_equal(out.data, wanted);
	buf_clear(&out);
	diag_clear(&d);
}

/* -- joining ------------------------------------------------------------------------- */

static void test_join(void **state)
{
	struct diag all = DIAG_INIT, parts[3] = {DIAG_INIT, DIAG_INIT, DIAG_INIT};
	(void)state;
	for (unsigned i = 1; i <= 15; i++)
		add(&parts[0], "r", "a.csv", i, 1);
	for (unsigned i = 1; i <= 100; i++)
		add(&parts[1], "r", "a.csv", 100 + i, 1);
	diag_add(&parts[2], DIAG_WARNING, "s", DIAG_AT("b.csv", 2, 3), STR("x\n"), "Mend.", "t");
	diag_add(&parts[2], DIAG_NOTE, "s", DIAG_NOWHERE, NO_CELL, NULL, "100%% of %s", "%s");
	diag_add(&parts[2], DIAG_NOTE, "s", DIAG_NOWHERE, STR(""), NULL, "t");
	for (size_t i = 0; i < 3; i++) {
		diag_join(&all, &parts[i]);
		assert_int_equal(parts[i].count, 0);
		assert_int_equal(parts[i].errors, 0);
		assert_null(parts[i].items);
	}
	diag_join(&all, &parts[1]); /* an empty one */
	assert_int_equal(all.errors, 115);
	assert_int_equal(all.warnings, 1);
	assert_int_equal(all.count, DIAG_SAME + 3);
	diag_sort(&all);
	assert_written(&all.items[0], false, "note: 100% of %s\n");
	assert_written(&all.items[1], false, "note: «»: t\n");
	assert_written(&all.items[2], false, "a.csv:1:1: error: r:1:1\n");
	assert_written(&all.items[DIAG_SAME + 1], false, "a.csv:105:1: error: r:105:1\n");
	assert_written(&all.items[DIAG_SAME + 2], false,
	    "a.csv: error: and 95 more of this kind (r) in this file\n");
	assert_written(
	    &all.items[DIAG_SAME + 3], false, "b.csv:2:3: warning: «x⏎»: t\n    Mend.\n");
	diag_clear(&all);
}

/* An error that was only counted, behind warnings of its rule, stays one. */
static void test_join_keeps_the_sums(void **state)
{
	struct diag all = DIAG_INIT, part = DIAG_INIT;
	(void)state;
	for (unsigned i = 1; i <= 30; i++)
		diag_add(&part, i > 25 ? DIAG_ERROR : DIAG_WARNING, "r", DIAG_AT("a", i, 1),
		    NO_CELL, NULL, "t");
	assert_int_equal(part.errors, 5);
	diag_join(&all, &part);
	assert_int_equal(all.errors, 5);
	assert_int_equal(all.warnings, 25);
	diag_sort(&all);
	assert_written(
	    &all.items[DIAG_SAME], false, "a: error: and 10 more of this kind (r) in this file\n");
	diag_clear(&all);
}

/* Cells and messages that were cut are not cut again. */
static void test_join_changes_no_text(void **state)
{
	struct diag a = DIAG_INIT, b = DIAG_INIT;
	struct buf before = BUF_INIT(BUF_PAGE);
	char text[5000];
	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	text[10] = '\n';
	diag_add(&a, DIAG_ERROR, "r", DIAG_AT("f", 1, 1), str_of(text), text, "%s", text);
	diag_write(&before, &a.items[0], false);
	diag_join(&b, &a);
	assert_written(&b.items[0], false, before.data);
	buf_clear(&before);
	diag_clear(&b);
}

static void test_clear_and_use_again(void **state)
{
	struct diag d = DIAG_INIT;
	(void)state;
	for (int round = 0; round < 3; round++) {
		for (unsigned i = 1; i <= 50; i++)
			add(&d, "r", "a.csv", i, 1);
		assert_int_equal(d.count, DIAG_SAME);
		assert_int_equal(d.errors, 50);
		diag_clear(&d);
		assert_int_equal(d.count + d.errors + d.warnings, 0);
	}
	diag_clear(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_forms),
	    cmocka_unit_test(test_print),
	    cmocka_unit_test(test_texts_are_copied),
	    cmocka_unit_test(test_cells),
	    cmocka_unit_test(test_hostile_messages),
	    cmocka_unit_test(test_twenty_of_a_kind),
	    cmocka_unit_test(test_long_names_are_apart),
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_join),
	    cmocka_unit_test(test_join_keeps_the_sums),
	    cmocka_unit_test(test_join_changes_no_text),
	    cmocka_unit_test(test_clear_and_use_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
