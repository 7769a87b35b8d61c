/* acknowledged: which warnings an entry fits, who may accept them, and the draft. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_model.h"

#include "model/acknowledged.h"

#include <stdlib.h>

struct place {
	struct site site;
	struct diag diag, said;
	struct acknowledged all;
};

static int begin(void **state)
{
	static const char settings[] =
	    "title: x\nstaff:\n"
	    "  - {login: ivanova, name: Иванова И. И., roles: [editor]}\n"
	    "  - {login: petrov, roles: [publisher]}\n"
	    "  - {login: gost, roles: [viewer]}\n";
	struct place *p = xmalloc(sizeof(*p));
	*p = (struct place){.site = SITE_INIT, .diag = DIAG_INIT, .said = DIAG_INIT};
	assert_int_equal(
	    site_settings(&p->site, "content/site.yaml", str_of(settings), &p->diag), 0);
	*state = p;
	return 0;
}

static int end(void **state)
{
	struct place *p = *state;
	diag_clear(&p->diag);
	diag_clear(&p->said);
	site_clear(&p->site);
	free(p);
	return 0;
}

static int reads(struct place *p, const char *text)
{
	return acknowledged_read(&p->all, &p->site, str_of(text), &p->diag);
}

static void warn(struct place *p, const char *rule, const char *file, const char *cell)
{
	diag_add(&p->said, DIAG_WARNING, rule, DIAG_AT(file, 3, 1), cell ? str_of(cell) : STR_NONE,
	    NULL, "doubtful");
}

static void fits_rule_file_and_cell(void **state)
{
	struct place *p = *state;
	assert_int_equal(reads(p,
	                     "warnings:\n"
	                     "  - {rule: a, file: x.csv, cell: \"3\", by: ivanova, reason: seen}\n"
	                     "  - {rule: b, file: x.csv, by: petrov, reason: asked}\n"),
	    0);
	warn(p, "a", "x.csv", "3");
	warn(p, "a", "x.csv", "4");
	warn(p, "a", "y.csv", "3");
	warn(p, "b", "x.csv", NULL);
	warn(p, "b", "x.csv", "9");
	acknowledged_apply(&p->all, &p->site, &p->said);
	assert_int_equal(p->said.warnings, 2);
	assert_int_equal(p->said.items[0].level, DIAG_NOTE);
	assert_mentions(&p->said.items[0], "Иванова И. И.: seen");
	assert_int_equal(p->said.items[1].level, DIAG_WARNING);
	assert_int_equal(p->said.items[2].level, DIAG_WARNING);
	assert_mentions(&p->said.items[3], "petrov: asked");
	assert_int_equal(p->said.items[4].level, DIAG_NOTE);
	acknowledged_stale(&p->all, &p->diag);
	assert_int_equal(p->diag.count, 0);
}

/* Of one rule in one file twenty are kept; an entry without a cell means all. */
static void counts_what_was_left_out(void **state)
{
	struct place *p = *state;
	assert_int_equal(
	    reads(p, "warnings:\n  - {rule: a, file: x.csv, by: petrov, reason: r}\n"), 0);
	for (int i = 0; i < 50; i++)
		warn(p, "a", "x.csv", NULL);
	acknowledged_apply(&p->all, &p->site, &p->said);
	assert_int_equal(p->said.warnings, 0);
	diag_sort(&p->said);
	assert_int_equal(p->said.items[p->said.count - 1].level, DIAG_NOTE);
}

static void never_touches_errors(void **state)
{
	struct place *p = *state;
	assert_int_equal(
	    reads(p, "warnings:\n  - {rule: a, file: x.csv, by: petrov, reason: r}\n"), 0);
	diag_add(&p->said, DIAG_ERROR, "a", DIAG_AT("x.csv", 1, 1), STR_NONE, NULL, "wrong");
	acknowledged_apply(&p->all, &p->site, &p->said);
	assert_int_equal(p->said.errors, 1);
	assert_int_equal(p->said.items[0].level, DIAG_ERROR);
}

static void names_what_is_stale(void **state)
{
	struct place *p = *state;
	assert_int_equal(
	    reads(p, "warnings:\n  - {rule: a, file: x.csv, by: petrov, reason: r}\n"), 0);
	acknowledged_apply(&p->all, &p->site, &p->said);
	acknowledged_stale(&p->all, &p->diag);
	assert_said(&p->diag, "acknowledged-stale", DIAG_NOTE, 2, 5);
}

static void wants_someone_with_the_role(void **state)
{
	struct place *p = *state;
	assert_int_equal(reads(p,
	                     "warnings:\n"
	                     "  - {rule: a, file: x, by: gost, reason: r}\n"
	                     "  - {rule: a, file: x, by: nobody, reason: r}\n"
	                     "  - {rule: a, file: x, by: petrov}\n"),
	    -1);
	assert_int_equal(said(&p->diag, "acknowledged-by"), 2);
	assert_int_equal(p->diag.errors, 3);
}

static void reads_an_empty_file(void **state)
{
	struct place *p = *state;
	assert_int_equal(reads(p, ""), 0);
	assert_int_equal(p->all.entries.count, 0);
	assert_int_equal(reads(p, "- a\n"), -1);
}

/* What is printed can be put into the file as it is, and fits. */
static void drafts_what_it_reads(void **state)
{
	struct place *p = *state;
	struct buf draft = BUF_INIT(BUF_PAGE);
	warn(p, "a", "x.csv", "say \"3\\4\": #");
	warn(p, "a", "x.csv", "say \"3\\4\": #");
	warn(p, "b", "данные/x.csv", NULL);
	warn(p, "c", NULL, NULL);
	acknowledged_draft(&draft, &p->said);
	assert_int_equal(reads(p, draft.data), -1); /* nobody has the login LOGIN */
	assert_int_equal(said(&p->diag, "acknowledged-by"), 2);
	assert_int_equal(p->diag.errors, 2);
	assert_int_equal(p->all.entries.count, 2);
	const struct acknowledgement *e = p->all.entries.items;
	assert_string_equal(e[0].cell, "say \"3\\4\": #");
	assert_string_equal(e[1].file, "данные/x.csv");
	assert_null(e[1].cell);
	buf_clear(&draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(fits_rule_file_and_cell, begin, end),
	    cmocka_unit_test_setup_teardown(counts_what_was_left_out, begin, end),
	    cmocka_unit_test_setup_teardown(never_touches_errors, begin, end),
	    cmocka_unit_test_setup_teardown(names_what_is_stale, begin, end),
	    cmocka_unit_test_setup_teardown(wants_someone_with_the_role, begin, end),
	    cmocka_unit_test_setup_teardown(reads_an_empty_file, begin, end),
	    cmocka_unit_test_setup_teardown(drafts_what_it_reads, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
