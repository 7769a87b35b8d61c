/* repo_compare, repo_merge, repo_checkout, and repo_remote with a repository
 * beside as the other side. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_repo.h"

#include "sys/clock.h"
#include "sys/program.h"
#include "sys/repo_merge.h"
#include "sys/repo_remote.h"
#include "sys/repo_status.h"
#include "sys/repo_tree.h"

#include <stdlib.h>
#include <string.h>

static const struct repo_person writer = {"vidno", "vidno@example.org", 1750000060, 180};

/* server.git, and of it the clones ours and theirs; the site is in a folder. */
static int setup(void **state)
{
	repo_place_setup(state);
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q first; cd first; mkdir -p site/data; cd site\n"
	    "for i in 1 2 3 4 5 6 7 8 9; do echo row $i; done >data/t.csv\n"
	    "echo x >data/x; echo keep >keep; printf 'bin\\000' >bin; ln -s keep link\n"
	    "git add ..; git commit -qm one; cd ../..\n"
	    "git clone -q --bare first server.git\n"
	    "git clone -q server.git ours; git clone -q server.git theirs\n");
	return 0;
}

static char *resolve(struct repo_place *p, struct repo *r, const char *name)
{
	char *oid = arena_alloc(&p->arena, REPO_OID + 1);
	int status = repo_resolve(r, name, oid);
	if (status)
		fail_msg("%s: %d", name, status);
	return oid;
}

static void sound(struct repo_place *p, const char *name)
{
	assert_string_equal(repo_says(p, "git -C '%s' fsck --strict --no-dangling 2>&1", name), "");
}

static void takes_what_others_did(void **state)
{
	struct repo_place *p = *state;
	struct repo_upstream up;
	struct repo_distance far;
	struct repo_merged merged;
	struct repo_names dirty;
	repo_shell(p,
	    "cd theirs/site; sed -i 's/row 9/row nine/' data/t.csv; chmod +x data/x\n"
	    "echo new >data/new; git rm -q keep; ln -sf data/x link; git add .\n"
	    "git commit -qm theirs; git push -q\n"
	    "cd ../../ours/site; sed -i 's/row 1/row one/' data/t.csv; echo mine >mine\n"
	    "git add .; git commit -qm ours; echo not committed >open; echo o >>mine\n");
	struct repo *r = repo_of(p, "ours/site");
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_OK);
	assert_string_equal(up.ref, "refs/remotes/origin/main");
	assert_string_equal(up.remote, "origin");
	char *ours = resolve(p, r, "HEAD");
	assert_int_equal(repo_compare(&far, r, ours, up.oid), REPO_OK);
	assert_int_equal(far.ahead, 1);
	assert_int_equal(far.behind, 0);
	assert_int_equal(repo_fetch(r, up.remote, 60), REPO_OK);
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_OK);
	assert_int_equal(repo_compare(&far, r, ours, up.oid), REPO_OK);
	assert_int_equal(far.ahead, 1);
	assert_int_equal(far.behind, 1);
	assert_string_equal(far.base, repo_says(p, "git -C first rev-parse HEAD"));

	assert_int_equal(
	    repo_merge(&merged, &p->arena, r, ours, up.oid, &writer, "Слияние"), REPO_OK);
	assert_string_equal(
	    repo_says(p, "git -C ours rev-parse %s^1 %s^2", merged.commit, merged.commit),
	    repo_says(p, "printf '%%s\\n%%s' %s %s", ours, up.oid));
	assert_string_equal(repo_says(p, "git -C ours rev-parse %s^{tree}", merged.commit),
	    repo_says(p,
	        "git clone -q ours copy; cd copy; git pull -q --no-rebase ../theirs main >/dev/null\n"
	        "git rev-parse HEAD^{tree}"));
	assert_string_equal(repo_says(p, "git -C ours rev-parse HEAD"), ours);

	int status = repo_checkout(&dirty, &p->arena, r, ours, merged.commit);
	assert_int_equal(status, REPO_OK);
	/* Cut short before the branch moved, it is simply done again. */
	assert_int_equal(repo_checkout(&dirty, &p->arena, r, ours, merged.commit), REPO_OK);
	assert_int_equal(repo_move(r, ours, merged.commit, &writer, "vidno: merge"), REPO_OK);
	assert_string_equal(
	    repo_says(p, "git -C ours status --porcelain"), " M site/mine\n?? site/open");
	assert_string_equal(repo_says(p,
	                        "cat ours/site/mine ours/site/open ours/site/data/new; "
	                        "readlink ours/site/link; test -x ours/site/data/x"),
	    "mine\no\nnot committed\nnew\ndata/x");
	static const char *const refs[] = {"refs/heads/main:refs/heads/main"};
	assert_int_equal(repo_push(r, "origin", refs, 1, 60), REPO_OK);
	assert_string_equal(repo_says(p, "git -C server.git rev-parse main"), merged.commit);
	repo_close(r);
	sound(p, "ours");
	/* The other side is only behind: no new commit. */
	r = repo_of(p, "theirs/site");
	assert_int_equal(repo_fetch(r, "origin", 60), REPO_OK);
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_OK);
	char *head = resolve(p, r, "HEAD");
	assert_int_equal(repo_merge(&merged, &p->arena, r, head, up.oid, &writer, "x"), REPO_OK);
	assert_string_equal(merged.commit, up.oid);
	assert_int_equal(repo_merge(&merged, &p->arena, r, up.oid, head, &writer, "x"), REPO_OK);
	assert_string_equal(merged.commit, up.oid);
	assert_int_equal(repo_checkout(&dirty, &p->arena, r, head, up.oid), REPO_OK);
	assert_int_equal(repo_move(r, head, up.oid, &writer, "x"), REPO_OK);
	assert_string_equal(repo_says(p, "git -C theirs status --porcelain"), "");
	repo_close(r);
}

static void tells_what_clashes(void **state)
{
	struct repo_place *p = *state;
	struct repo_merged merged;
	struct str text;
	repo_shell(p,
	    "git clone -q server.git clash; cd clash/site\n"
	    "git checkout -q -b one; echo one >data/x; sed -i 's/row 5/a/' data/t.csv\n"
	    "echo 1 >both; echo 1 >../outside; echo changed >data/new; printf 'b1\\000' >bin\n"
	    "git add ..; git commit -qm one\n"
	    "git checkout -q -b two main; git rm -q data/x; sed -i 's/row 5/b/' data/t.csv\n"
	    "echo 2 >both; echo 2 >../outside; git mv data/new data/renamed\n"
	    "printf 'b2\\000' >bin; git add ..; git commit -qm two\n");
	struct repo *r = repo_of(p, "clash/site");
	char *one = resolve(p, r, "one"), *two = resolve(p, r, "two");
	assert_int_equal(repo_merge(&merged, &p->arena, r, one, two, &writer, "x"), REPO_CLASH);
	assert_string_equal(merged.commit, "");
	static const char *const paths[] = {
	    "bin", "both", "data/new", "data/t.csv", "data/x", "outside"};
	assert_int_equal(merged.count, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(merged.clashes[i].path, paths[i]);
		assert_int_equal(merged.clashes[i].outside, i == 5);
	}
	assert_string_equal(merged.clashes[1].base, "");
	assert_string_equal(merged.clashes[2].theirs, "");
	assert_string_equal(merged.clashes[4].theirs, "");
	const struct repo_clash *table = &merged.clashes[3];
	assert_string_equal(
	    table->base, repo_says(p, "git -C clash rev-parse main:site/data/t.csv"));
	assert_string_equal(
	    table->ours, repo_says(p, "git -C clash rev-parse one:site/data/t.csv"));
	assert_int_equal(repo_blob(r, table->theirs, &p->arena, 1000, &text), REPO_OK);
	assert_non_null(strstr(text.p, "\nb\n"));
	assert_string_equal(repo_says(p, "git -C clash status --porcelain"), "");
	/* Nothing in common. */
	repo_shell(p, "cd clash; git checkout -q --orphan alone; git commit -qm alone\n");
	assert_int_equal(
	    repo_merge(&merged, &p->arena, r, one, resolve(p, r, "alone"), &writer, "x"),
	    REPO_UNRELATED);
	repo_close(r);
}

static void loses_nothing(void **state)
{
	struct repo_place *p = *state;
	struct repo_names dirty;
	repo_shell(p,
	    "git clone -q server.git lose; cd lose/site; git checkout -q -b next\n"
	    "echo next >data/x; echo next >added; git rm -q bin; mkdir deep; echo d >deep/d\n"
	    "rm link; echo file >link; echo t >data/t.csv; git add -A .; git commit -qm next\n"
	    "git checkout -q main\n");
	static const char *const harm[] = {"echo mine >data/x", "echo mine >added",
	    "echo mine >bin", "rm data/x", "rm link; ln -s other link",
	    "mkdir added; echo x >added/x", "echo file >deep", "ln -s data deep",
	    "rm data/x; mkdir data/x; mkfifo data/x/p", "mv data elsewhere; ln -s elsewhere data"};
	static const char *const named[] = {"site/data/x", "site/added", "site/bin", "site/data/x",
	    "site/link", "site/added", "site/deep/d", "site/deep/d", "site/data/x",
	    "site/data/t.csv"};
	for (size_t i = 0; i < sizeof(harm) / sizeof(*harm); i++) {
		repo_shell(p, "rm -rf lost; cp -r lose lost; cd lost/site; %s; cp -r .. ../../kept",
		    harm[i]);
		struct repo *r = repo_of(p, "lost/site");
		int status = repo_checkout(
		    &dirty, &p->arena, r, resolve(p, r, "main"), resolve(p, r, "next"));
		if (status != REPO_DIRTY || !dirty.count || strcmp(dirty.items[0], named[i]) != 0)
			fail_msg("%s: %d %s", harm[i], status, dirty.count ? dirty.items[0] : "");
		repo_close(r);
		repo_shell(p,
		    "diff -r --no-dereference lost/site kept/site || [ -p lost/site/data/x/p ]\n"
		    "rm -rf kept");
	}
	/* What is as in the new one already is fine, and so is what is gone. */
	repo_shell(p, "cd lose/site; echo next >data/x; echo next >added; rm bin\n");
	struct repo *r = repo_of(p, "lose/site");
	char *from = resolve(p, r, "main"), *to = resolve(p, r, "next");
	assert_int_equal(repo_checkout(&dirty, &p->arena, r, from, to), REPO_OK);
	assert_int_equal(repo_move(r, from, to, &writer, "x"), REPO_OK);
	assert_string_equal(repo_says(p, "git -C lose status --porcelain"), "");
	/* And back again: folders that become empty go. */
	assert_int_equal(repo_checkout(&dirty, &p->arena, r, to, from), REPO_OK);
	assert_int_equal(repo_move(r, to, from, &writer, "x"), REPO_OK);
	assert_string_equal(
	    repo_says(p, "git -C lose status --porcelain; test ! -e lose/site/deep"), "");
	repo_close(r);
	sound(p, "lose");
}

static void writes_line_ends(void **state)
{
	struct repo_place *p = *state;
	struct repo_names dirty;
	repo_shell(p,
	    "git clone -q server.git ends; cd ends; git config core.safecrlf false; echo '*.csv text eol=crlf' >.gitattributes\n"
	    "git add .; git commit -qm attributes; git checkout -q -b next\n"
	    "printf 'a\\r\\nb\\r\\n' >site/data/t.csv; git commit -qam next 2>/dev/null\n"
	    "git checkout -q main 2>&1\n");
	struct repo *r = repo_of(p, "ends/site");
	char *from = resolve(p, r, "main"), *to = resolve(p, r, "next");
	assert_int_equal(repo_checkout(&dirty, &p->arena, r, from, to), REPO_OK);
	assert_int_equal(repo_move(r, from, to, &writer, "x"), REPO_OK);
	repo_close(r);
	assert_string_equal(
	    repo_says(p, "cd ends; od -An -c site/data/t.csv"), "   a  \\r  \\n   b  \\r  \\n");
	assert_string_equal(repo_says(p, "git -C ends status --porcelain"), "");
}

static void knows_every_state(void **state)
{
	struct repo_place *p = *state;
	struct repo_upstream up;
	struct repo_distance far;
	struct repo_names dirty;
	repo_shell(p,
	    "git clone -q server.git gone; git -C gone update-ref -d refs/remotes/origin/main\n"
	    "git -C gone checkout -q -b own; git clone -q server.git loose\n"
	    "git -C loose checkout -q --detach\n"
	    "git clone -q --depth 1 file://$PWD/server.git shallow\n"
	    "git -C shallow commit -q --allow-empty -m x\n");
	struct repo *r = repo_of(p, "first");
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_NO_UPSTREAM);
	repo_close(r);
	r = repo_of(p, "gone");
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_NO_UPSTREAM);
	repo_shell(p, "git -C gone checkout -q main\n");
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_NO_UPSTREAM);
	assert_string_equal(up.remote, "origin");
	repo_shell(p, "cd gone; git checkout -q own; git branch -q -u main\n");
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_OK);
	assert_string_equal(up.ref, "refs/heads/main");
	repo_close(r);
	r = repo_of(p, "loose");
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_DETACHED);
	repo_close(r);
	r = repo_of(p, "shallow");
	assert_int_equal(repo_upstream(&up, &p->arena, r), REPO_OK);
	assert_int_equal(repo_compare(&far, r, resolve(p, r, "HEAD"), up.oid), REPO_SHALLOW);
	assert_int_equal(repo_compare(&far, r, up.oid, up.oid), REPO_OK);
	repo_close(r);
	r = repo_of(p, "server.git");
	char *head = resolve(p, r, "HEAD");
	assert_int_equal(repo_checkout(&dirty, &p->arena, r, head, head), REPO_BARE);
	repo_close(r);
}

static void tells_what_the_other_side_said(void **state)
{
	struct repo_place *p = *state;
	struct repo_head why;
	static const char *const refs[] = {"refs/heads/main:refs/heads/main", "refs/tags/v1"};
	repo_shell(p,
	    "git clone -q server.git late; git clone -q server.git early\n"
	    "cd early; echo e >e; git add .; git commit -qm e; git push -q\n"
	    "cd ../late; echo l >l; git add .; git commit -qm l; git tag v1\n");
	struct repo *r = repo_of(p, "late");
	assert_int_equal(repo_push(r, "origin", refs, 2, 60), REPO_REJECTED);
	repo_why(r, &why);
	assert_non_null(strstr(why.message, "rejected"));
	assert_string_equal(repo_says(p, "git -C server.git tag"), "");
	assert_int_equal(repo_fetch(r, "nobody", 60), REPO_REMOTE);
	repo_why(r, &why);
	assert_true(why.message[0]);
	assert_true(utf8_valid(str_of(why.message)));
	assert_int_equal(repo_fetch(r, "--upload-pack=touch stolen", 60), REPO_REMOTE);
	repo_shell(p, "test ! -e late/stolen");
	/* One that never answers. */
	repo_shell(p,
	    "cd late; git remote add slow ext::sleep\n"
	    "git config protocol.ext.allow always\n"
	    "git config remote.slow.url 'ext::sleep 60'\n");
	int64_t begin = clock_monotonic_ms();
	assert_int_equal(repo_fetch(r, "slow", 1), REPO_TIMEOUT);
	assert_true(clock_monotonic_ms() - begin < 20000);
	char *path = arena_strdup(&p->arena, getenv("PATH"));
	setenv("PATH", "/no/such/folder", 1);
	assert_int_equal(repo_fetch(r, "origin", 60), REPO_COMMAND);
	setenv("PATH", path, 1);
	repo_close(r);
}

static void runs_programs(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		enum program_status status;
		const char *out, *err;
	} cases[] = {
	    {"echo a; echo b >&2", PROGRAM_OK, "a\n", "b\n"},
	    {"cat; exit 3", PROGRAM_FAILED, "", ""},
	    {"kill -9 $$", PROGRAM_FAILED, "", ""},
	    {"echo $ADDED$HOME$GIT_AUTHOR_NAME.", PROGRAM_OK, "yes/none.\n", ""},
	    {"sleep 30 & echo x", PROGRAM_OK, "x\n", ""},
	    {"trap '' TERM; sleep 30; sleep 30", PROGRAM_TIMEOUT, "", ""},
	};
	static const char *const environment[] = {
	    "ADDED=yes", "HOME=/none", "GIT_AUTHOR_NAME", NULL};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf out = BUF_INIT(64), err = BUF_INIT(64);
		const char *arguments[] = {"sh", "-c", cases[i].line, NULL};
		struct program program = {arguments, environment, NULL, 1, &out, &err};
		int status = program_run(&program);
		if (status != cases[i].status)
			fail_msg("%s: %d", cases[i].line, status);
		assert_string_equal(out.data, cases[i].out);
		assert_string_equal(err.data, cases[i].err);
		buf_clear(&out);
		buf_clear(&err);
	}
	struct buf out = BUF_INIT(64), err = BUF_INIT(64);
	const char *much[] = {"sh", "-c", "yes | head -c 1000000; pwd >&2", NULL};
	struct program program = {much, NULL, "/", 60, &out, &err};
	assert_int_equal(program_run(&program), PROGRAM_OK);
	assert_true(out.len > 0 && out.len < 64);
	assert_string_equal(err.data, "/\n");
	const char *none[] = {"no-such-program", NULL};
	program.arguments = none;
	assert_int_equal(program_run(&program), PROGRAM_MISSING);
	buf_clear(&out);
	buf_clear(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_what_others_did),
	    cmocka_unit_test(tells_what_clashes),
	    cmocka_unit_test(loses_nothing),
	    cmocka_unit_test(writes_line_ends),
	    cmocka_unit_test(knows_every_state),
	    cmocka_unit_test(tells_what_the_other_side_said),
	    cmocka_unit_test(runs_programs),
	};
	return cmocka_run_group_tests_name("repo_merge", tests, setup, repo_place_teardown);
}
