/* The release checklist: each point open and met. */
#include "compute/readiness.h"
#include "support_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define STAFF \
	"title: x\nbase_url: https://example.org\nstaff: [{login: anna, roles: [publisher]}, {login: boris, roles: [editor]}]\n"

static void settings(struct model *t)
{
	site_settings(&t->site, "content/site.yaml", STR(STAFF), &t->diag);
}

static const struct ready_point *point(struct readiness *all, struct model *t, enum ready id)
{
	readiness_of(all, &t->d.arena, &t->d, &t->diag);
	return &all->points[id];
}

static void bare_department(void **state)
{
	struct model *t = *state;
	struct readiness all;
	settings(t);
	model_plain(t, "");
	model_finish(t);
	const struct ready_point *p = point(&all, t, READY_CYCLE);
	assert_false(p->met);
	assert_int_equal(p->open, 9);
	assert_int_equal(p->nwhat, READY_SHOWN);
	assert_string_equal(p->what[0], "goals");
	assert_false(all.points[READY_AUDIT].met);
	assert_true(all.points[READY_DRAFTS].met);
	assert_true(all.points[READY_APPROVALS].met);
	assert_int_equal(all.met, READY_POINTS - 2);
	assert_false(all.blocked);
}

static void all_is_met(void **state)
{
	struct model *t = *state;
	struct readiness all;
	settings(t);
	model_plain(t, "next_audit: 2022-06-15\n"); /* today counts */
	model_content(t, "documents/all.md",
	    "---\ntitle: Всё\nkind: act\ndate: 2022-01-01\napproved_by: anna\n"
	    "cycle: [goals, indicators, collection, monitoring, analysis, recommendations, "
	    "measures, decisions, effectiveness]\n---\n");
	model_finish(t);
	assert_no_errors(&t->diag);
	readiness_of(&all, &t->d.arena, &t->d, &t->diag);
	for (int id = 0; id < READY_POINTS; id++)
		assert_true(all.points[id].met);
	assert_int_equal(all.met, READY_POINTS);
}

/* A draft fills no position and needs no approval; it is named as a draft. */
static void drafts(void **state)
{
	struct model *t = *state;
	struct readiness all;
	settings(t);
	model_plain(t, "next_audit: 2022-06-14\n"); /* past */
	model_content(
	    t, "documents/a.md", "---\ntitle: А\nkind: act\nstatus: draft\ncycle: [goals]\n---\n");
	model_content(t, "documents/b.md",
	    "---\ntitle: Б\nkind: act\npublish_on: 2022-06-16\ncycle: [goals]\n---\n");
	model_content(
	    t, "documents/c.md", "---\ntitle: В\nkind: act\npublish_on: 2022-06-15\n---\n");
	model_finish(t);
	const struct ready_point *p = point(&all, t, READY_DRAFTS);
	assert_int_equal(p->open, 2);
	assert_string_equal(p->what[0], "content/x/documents/a.md");
	assert_int_equal(all.points[READY_CYCLE].open, 9);
	assert_int_equal(all.points[READY_APPROVALS].open, 1);
	assert_string_equal(all.points[READY_APPROVALS].what[0], "content/x/documents/c.md");
	assert_false(all.points[READY_AUDIT].met);
}

static void evidence(void **state)
{
	struct model *t = *state;
	struct readiness all;
	settings(t);
	model_plain(t, "");
	model_table(t, TABLE_INDICATORS,
	    "indicator,group,title,unit,rule,measure\nact,G,Т,yes-no,yes,manual\n");
	model_table(t, TABLE_VALUES,
	    "indicator,year,value,evidence\nact,2020,yes,\nact,2021,no,\nact,2022,yes,https://e.ru/\n");
	model_table(t, TABLE_ROADMAP,
	    "item,section,activity,done,evidence\nm1,S,A,2022-01-01,\nm2,S,A,,\nm3,S,A,2022-01-01,https://e.ru/\n");
	model_finish(t);
	const struct ready_point *p = point(&all, t, READY_EVIDENCE);
	assert_int_equal(p->open, 2);
	assert_string_equal(p->what[0], "act 2020");
	assert_string_equal(p->what[1], "m1");
	assert_false(all.blocked);
}

/* A warning blocks; the same message as a note has been answered. */
static void messages(void **state)
{
	struct model *t = *state;
	struct readiness all;
	settings(t);
	model_plain(t, "");
	model_finish(t);
	diag_add(&t->diag, DIAG_NOTE, "unknown-group", DIAG_AT("data/x/results.csv", 3, 1),
	    STR_NONE, NULL, "answered");
	assert_true(point(&all, t, READY_GROUPS)->met);
	diag_add(&t->diag, DIAG_WARNING, "unknown-group", DIAG_AT("data/x/results.csv", 4, 1),
	    STR_NONE, NULL, "not answered");
	const struct ready_point *p = point(&all, t, READY_GROUPS);
	assert_false(p->met);
	assert_string_equal(p->what[0], "data/x/results.csv:4");
	assert_true(all.blocked);
	diag_add(&t->diag, DIAG_ERROR, "broken-link", DIAG_AT("content/x/index.md", 9, 1), STR_NONE,
	    NULL, "leads nowhere");
	assert_int_equal(point(&all, t, READY_LINKS)->open, 1);
}

static void approval(void **state)
{
	struct model *t = *state;
	settings(t);
	model_plain(t, "");
	model_content(t, "documents/a.md", "---\ntitle: А\napproved_by: anna\n---\n");
	model_content(t, "documents/b.md", "---\ntitle: Б\napproved_by: boris\n---\n");
	model_content(t, "documents/c.md", "---\ntitle: В\napproved_by: ana\n---\n");
	assert_int_equal(model_finish(t), -1);
	assert_mentions(assert_said(&t->diag, "staff-role", DIAG_ERROR, 3, 14), "publisher");
	assert_mentions(assert_said(&t->diag, "unknown-staff", DIAG_ERROR, 3, 14), "“anna”");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(bare_department, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(all_is_met, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(drafts, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(evidence, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(messages, model_setup, model_teardown),
	    cmocka_unit_test_setup_teardown(approval, model_setup, model_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
