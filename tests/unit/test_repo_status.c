/*
 * repo_changed against the truth by git: HEAD read into an index of its own, the
 * working tree added to that, and both compared.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_random.h"
#include "support_repo.h"

#include "base/buf.h"
#include "sys/repo_status.h"

#include <string.h>

#define TRUTH \
	"cd '%s'; export GIT_INDEX_FILE=$PWD/%s/truth; rm -f $GIT_INDEX_FILE\n" \
	"! git rev-parse -q --verify HEAD >/dev/null || git read-tree HEAD\n" \
	"git -c advice.addEmbeddedRepo=false -c core.safecrlf=false add -A . 2>/dev/null\n" \
	"{ git rev-parse -q --verify HEAD >/dev/null && echo HEAD; } |\n" \
	"xargs -r git -c core.quotePath=false diff --cached --no-renames --name-status --relative " \
	"--ignore-submodules\n" \
	"rm -f $GIT_INDEX_FILE\n"

static char *picture(struct repo_place *p, const char *site)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	struct repo_changes changes;
	struct repo *r = repo_of(p, site);
	assert_int_equal(repo_changed(&changes, &p->arena, r), REPO_OK);
	repo_close(r);
	for (size_t i = 0; i < changes.count; i++)
		buf_addf(&out, "%s%c\t%s", i ? "\n" : "", "AMDU"[changes.items[i].kind],
		    changes.items[i].path);
	char *text = arena_strndup(&p->arena, out.data, out.len);
	buf_clear(&out);
	return text;
}

/* up: from the site to the repository's top. A change of kind counts as one of
 * content. */
static void same_as_git(struct repo_place *p, const char *site, const char *up)
{
	char *said = repo_says(p, TRUTH, site, up);
	for (char *line = said; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		if (line[0] == 'T' && line[1] == '\t')
			line[0] = 'M';
	assert_string_equal(picture(p, site), said);
}

static void sees_each_kind(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q top; cd top; mkdir -p site/data site2 other\n"
	    "for f in a b c d e f g h i j; do echo $f >site/data/$f; done\n"
	    "echo x >other/x; echo x >site2/x; echo '*.tmp' >.gitignore\n"
	    "ln -s a site/data/link; git add .; git commit -qm one\n");
	assert_string_equal(picture(p, "top/site"), "");
	repo_shell(p,
	    "cd top; echo new >other/x; echo new >site2/x; cd site/data\n"
	    "echo new >a; echo new >b; git add b; echo newer >c; git add c; echo c >c\n"
	    "rm d; git rm -q e; git rm -q --cached f; echo g >g\n"
	    "echo staged >new1; git add new1; echo not >new2; echo i >ignored.tmp\n"
	    "echo gone >new3; git add new3; rm new3; mv h h2; chmod +x i\n"
	    "git rm -q --cached j; echo other >j; rm link; ln -s b link\n"
	    "mkdir -p 'ещё/одна'; echo x >'ещё/одна/папка'\n");
	assert_string_equal(picture(p, "top/site"),
	    "M\tdata/a\nM\tdata/b\nD\tdata/d\nD\tdata/e\nD\tdata/h\nA\tdata/h2\nM\tdata/i\nM\tdata/j\n"
	    "M\tdata/link\nA\tdata/new1\nA\tdata/new2\nA\tdata/ещё/одна/папка");
	same_as_git(p, "top/site", "../.git");
	same_as_git(p, "top", ".git");
}

static void knows_line_ends(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q crlf; cd crlf; printf 'a\\nb\\n' >lf; printf 'a\\r\\nb\\r\\n' >crlf\n"
	    "printf 'a\\r\\nb\\n' >mixed; git add .; git commit -qm one 2>/dev/null\n"
	    "git config core.autocrlf true\n"
	    "printf 'a\\r\\nb\\r\\n' >lf; printf 'a\\r\\nb\\r\\n' >new\n");
	same_as_git(p, "crlf", ".git");
	assert_string_equal(picture(p, "crlf"), "A\tnew");
	repo_shell(p, "cd crlf; printf 'a\\r\\nc\\r\\n' >lf; touch crlf mixed\n");
	same_as_git(p, "crlf", ".git");
	repo_shell(p,
	    "cd crlf; git config core.autocrlf false; echo '*.csv text eol=crlf' >.gitattributes\n"
	    "printf 'x\\r\\n' >t.csv; git add .; git commit -qm two 2>/dev/null; touch t.csv\n");
	same_as_git(p, "crlf", ".git");
	assert_string_equal(picture(p, "crlf"), "");
}

static void works_in_all_places(void **state)
{
	struct repo_place *p = *state;
	struct repo_changes changes;
	repo_shell(p,
	    "git init -q unborn; echo x >unborn/x; mkdir unborn/d; echo y >unborn/d/y\n"
	    "git -C unborn add x; git init -q one; cd one; echo 1 >1; git add .\n"
	    "git commit -qm 1; git init -q inside; echo x >inside/x; cd ..\n"
	    "git -C one worktree add -q ../tree; echo 2 >tree/1\n"
	    "git clone -q --bare one bare.git; git clone -q --depth 1 file://$PWD/one shallow\n"
	    "echo 3 >shallow/3\n"
	    "git init -q super; cd super; git submodule --quiet add \"$OLDPWD/one\" sub\n"
	    "git commit -qm s; echo 2 >sub/1\n");
	assert_string_equal(picture(p, "unborn"), "A\td/y\nA\tx");
	assert_string_equal(picture(p, "one"), "");
	assert_string_equal(picture(p, "tree"), "M\t1");
	assert_string_equal(picture(p, "shallow"), "A\t3");
	assert_string_equal(picture(p, "super"), "");
	assert_string_equal(picture(p, "super/sub"), "M\t1");
	struct repo *r = repo_of(p, "bare.git");
	assert_int_equal(repo_changed(&changes, &p->arena, r), REPO_BARE);
	repo_close(r);
}

static enum repo_activity activity_of(struct repo_place *p, const char *name)
{
	struct repo *r = repo_of(p, name);
	enum repo_activity activity = repo_activity(r);
	repo_close(r);
	return activity;
}

static void knows_what_goes_on(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q busy; cd busy; echo 1 >f; echo 1 >g; git add .; git commit -qm 1\n"
	    "git checkout -q -b x; echo x >f; git commit -qam x\n"
	    "git checkout -q main; echo y >f; git commit -qam y\n");
	assert_int_equal(activity_of(p, "busy"), REPO_QUIET);
	repo_shell(p, "cd busy; git merge x >/dev/null || :");
	assert_int_equal(activity_of(p, "busy"), REPO_MERGING);
	assert_string_equal(picture(p, "busy"), "U\tf");
	repo_shell(p, "cd busy; git merge --abort; git rebase x >/dev/null 2>&1 || :");
	assert_int_equal(activity_of(p, "busy"), REPO_REBASING);
	repo_shell(p, "cd busy; git rebase --abort; git cherry-pick x >/dev/null 2>&1 || :");
	assert_int_equal(activity_of(p, "busy"), REPO_PICKING);
	repo_shell(p, "cd busy; git cherry-pick --abort; git bisect start >/dev/null");
	assert_int_equal(activity_of(p, "busy"), REPO_BISECTING);
	repo_shell(p, "cd busy; git bisect reset >/dev/null 2>&1");
	assert_int_equal(activity_of(p, "busy"), REPO_QUIET);
}

/* Whatever people do, in whatever order. */
static void agrees_at_random(void **state)
{
	struct repo_place *p = *state;
	static const char *const acts[] = {"echo %d >f%d", "git add f%d 2>/dev/null || : %d",
	    "rm -f f%d; : %d", "git rm -q --cached f%d 2>/dev/null || : %d", "chmod +x f%d || : %d",
	    "git checkout -q HEAD -- f%d 2>/dev/null || : %d",
	    "mv f%d d/f%d || :", "rm -f f%d; ln -s a f%d", "git add -A; : %d %d",
	    "printf 'x\\r\\n' >f%d; : %d", "git reset -q; : %d %d"};
	uint64_t seed = 7;
	repo_shell(p,
	    "git init -q random; cd random; mkdir site site/d; cd site\n"
	    "for i in 0 1 2 3 4 5; do echo $i >f$i; done; echo '* text=auto' >.gitattributes\n"
	    "git add .; git commit -qm one\n");
	for (int i = 0; i < 60; i++) {
		struct buf line = BUF_INIT(BUF_PAGE);
		for (int k = 0; k < 3; k++) {
			int which = (int)random_number(&seed, 7);
			const char *act = acts[random_number(&seed, sizeof(acts) / sizeof(*acts))];
			const char *found;
			for (; (found = strstr(act, "%d")); act = found + 2) {
				buf_add(&line, act, (size_t)(found - act));
				buf_addf(&line, "%d", which);
			}
			buf_addf(&line, "%s\n", act);
		}
		repo_shell(p, "cd random/site; { %s } 2>/dev/null", line.data);
		same_as_git(p, "random/site", "../.git");
		buf_clear(&line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sees_each_kind),
	    cmocka_unit_test(knows_line_ends),
	    cmocka_unit_test(works_in_all_places),
	    cmocka_unit_test(knows_what_goes_on),
	    cmocka_unit_test(agrees_at_random),
	};
	return cmocka_run_group_tests_name(
	    "repo_status", tests, repo_place_setup, repo_place_teardown);
}
