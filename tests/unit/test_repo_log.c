/* repo_log and repo_resolve, compared with git log and git rev-parse. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_repo.h"

#include "base/buf.h"
#include "sys/clock.h"
#include "sys/repo_log.h"
#include "sys/repo_text.h"

#include <stdlib.h>
#include <string.h>

/* id, time, author, parents: as FORMAT prints it. */
#define FORMAT "--format='%%H %%ct %%at %%an <%%ae> %%P|%%s'"

static char *picture(struct repo_place *p, const struct repo_log *log)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < log->count; i++) {
		const struct repo_commit *c = &log->commits[i];
		buf_addf(&out, "%s%s %lld %lld %s <%s> ", i ? "\n" : "", c->oid, (long long)c->time,
		    (long long)c->author_time, c->author, c->mail);
		for (uint32_t k = 0; k < c->nparents; k++) {
			assert_true(c->parents[k] > i);
			buf_addf(&out, "%s%s", k ? " " : "", log->commits[c->parents[k]].oid);
		}
		const char *end = strchr(c->message, '\n');
		buf_addc(&out, '|');
		buf_add(&out, c->message, end ? (size_t)(end - c->message) : strlen(c->message));
	}
	char *text = arena_strndup(&p->arena, out.data, out.len);
	buf_clear(&out);
	return text;
}

/* Compares with git, and gives the log. */
static struct repo_log same_as_git(struct repo_place *p, const char *name)
{
	struct repo_log log;
	struct repo *r = repo_of(p, name);
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_OK);
	assert_string_equal(
	    picture(p, &log), repo_says(p, "git -C %s log --date-order " FORMAT, name));
	repo_close(r);
	return log;
}

static void makes_usual(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q usual; cd usual\n"
	    "echo 1 >a; git add .; git commit -qm 'Первая версия\n\nПодробно.'\n"
	    "export GIT_COMMITTER_DATE='1700000100 +0300'\n"
	    "git commit -q --allow-empty -m empty\n"
	    "export GIT_COMMITTER_DATE='1600000000 +0300'\n"
	    "git mv a b; git commit -qm 'renamed, in a clock that goes wrong'\n");
	struct repo_log log = same_as_git(p, "usual");
	assert_int_equal(log.count, 3);
	assert_string_equal(log.commits[2].message, "Первая версия\n\nПодробно.");
	assert_int_equal(log.commits[2].nparents, 0);
	assert_false(log.commits[2].cut);
}

static void orders_merges(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q merges; cd merges\n"
	    "n=1700000000\n"
	    "commit() { n=$((n+10)); export GIT_COMMITTER_DATE=\"$n +0000\"\n"
	    "  echo $1 >$1; git add .; git commit -qm $1; }\n"
	    "commit one\n"
	    "for b in x y z; do git checkout -q -b $b main; commit $b.1; done\n"
	    "for b in z x y; do git checkout -q $b; commit $b.2; done\n"
	    "git checkout -q main; commit two\n"
	    "export GIT_COMMITTER_DATE='1700001000 +0000'\n"
	    "git merge -q -m octopus x y z\n"
	    "commit three; git checkout -q -b late main~2; commit late\n"
	    "git checkout -q main\n"
	    "export GIT_COMMITTER_DATE='1700002000 +0000'\n"
	    "git merge -q -m 'merge of late' late\n");
	struct repo_log log = same_as_git(p, "merges");
	assert_int_equal(log.count, 12);
	assert_int_equal(log.commits[0].nparents, 2);
	struct repo *r = repo_of(p, "merges");
	struct repo_log again;
	assert_int_equal(repo_log(&again, &p->arena, r, "main~1"), REPO_OK);
	repo_close(r);
	assert_int_equal(again.count, 10);
}

/* All at one second: an order all the same, and twice the same one. */
static void orders_equal_times(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q equal; cd equal; git commit -q --allow-empty -m one\n"
	    "for b in a b c d; do git checkout -q -b $b main\n"
	    "git commit -q --allow-empty -m $b; done\n"
	    "git merge -q -m all a b c d\n");
	struct repo *r = repo_of(p, "equal");
	struct repo_log log;
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_OK);
	assert_int_equal(log.count, 6);
	for (size_t i = 2; i < 5; i++)
		assert_true(strcmp(log.commits[i - 1].oid, log.commits[i].oid) < 0);
	picture(p, &log);
	repo_close(r);
}

static void says_when_it_is_cut(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git clone -q --depth 2 file://$PWD/usual shallow\n"
	    "git -C shallow worktree add -q ../shallow-tree\n"
	    "git clone -q --depth 50 file://$PWD/usual deep\n"
	    "git clone -q --depth 2 file://$PWD/merges shallow-merges\n");
	static const char *const names[] = {"shallow", "shallow-tree"};
	struct repo_log log;
	char oid[REPO_OID + 1];
	for (size_t i = 0; i < 2; i++) {
		struct repo *r = repo_of(p, names[i]);
		assert_true(repo_is_shallow(r));
		assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_SHALLOW);
		assert_int_equal(log.count, 2);
		assert_false(log.commits[0].cut);
		assert_true(log.commits[1].cut);
		assert_int_equal(log.commits[1].nparents, 0);
		assert_int_equal(repo_resolve(r, "HEAD~1", oid), REPO_OK);
		assert_int_equal(repo_resolve(r, "HEAD~2", oid), REPO_SHALLOW);
		repo_close(r);
	}
	struct repo *r = repo_of(p, "deep");
	assert_false(repo_is_shallow(r));
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_OK);
	assert_int_equal(log.count, 3);
	repo_close(r);
	r = repo_of(p, "shallow-merges");
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_SHALLOW);
	assert_int_equal(log.count, 3);
	assert_true(log.commits[1].cut && log.commits[2].cut);
	repo_close(r);
	/* The rest fetched: nothing is cut any more. */
	repo_shell(p, "git -C shallow fetch -q --unshallow");
	same_as_git(p, "shallow");
}

static void is_never_invalid(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q words; cd words\n"
	    "git config i18n.commitEncoding windows-1251\n"
	    "printf 'Поправка' | iconv -t cp1251 | git commit -q --allow-empty -F -\n"
	    "git config --unset i18n.commitEncoding\n"
	    "tree=$(git write-tree); parent=$(git rev-parse HEAD)\n"
	    "make() { { printf 'tree %%s\\nparent %%s\\n' $tree $parent\n"
	    "printf 'author %%b <a@b> 1 +0000\\ncommitter C <c@d> %%s +0000\\n' \"$1\" $3\n"
	    "printf '%%b' \"$2\"; } | git hash-object -t commit -w --stdin; }\n"
	    "git reset -q $(make '\\0310\\0342\\0340\\0355' '\\n\\0304\\0340\\0230\\n' 1800000000)\n"
	    "parent=$(git rev-parse HEAD)\n"
	    "git reset -q $(make X 'encoding koi8-r\\n\\n\\0304\\0301\\n' 1800000001)\n"
	    "parent=$(git rev-parse HEAD)\n"
	    "git reset -q $(make Y 'encoding no-such\\n\\n\\0304\\0340\\n' 1800000002)\n");
	struct repo *r = repo_of(p, "words");
	struct repo_log log;
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_OK);
	assert_int_equal(log.count, 4);
	assert_string_equal(log.commits[0].message, "Да");
	assert_string_equal(log.commits[1].message, "да");
	assert_string_equal(log.commits[2].message, "Да\xef\xbf\xbd");
	assert_string_equal(log.commits[2].author, "Иван");
	assert_string_equal(log.commits[3].message, "Поправка");
	repo_close(r);
}

static void makes_text_valid(void **state)
{
	struct repo_place *p = *state;
	static const struct {
		const char *bytes, *encoding, *text;
	} cases[] = {
	    {"", NULL, ""},
	    {"plain\ttext\n", NULL, "plain\ttext\n"},
	    {"a\x1b[31m\r\x7f", NULL, "a [31m  "},
	    {"уже UTF-8", "windows-1251", "уже UTF-8"},
	    {"caf\xe9", "ISO-8859-1", "café"},
	    {"\xff\xfe", "UTF-8", "\xef\xbf\xbd\xef\xbf\xbd"},
	    {"\x98", NULL, "\xef\xbf\xbd"},
	    {"\xf4\x90\x80\x80", "UTF-7", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *text = repo_text(&p->arena, str_of(cases[i].bytes), cases[i].encoding);
		assert_true(utf8_valid(str_of(text)));
		if (cases[i].text)
			assert_string_equal(text, cases[i].text);
	}
	/* Longer than one step of the decoder. */
	char *many = arena_alloc(&p->arena, 5001);
	memset(many, '\xe0', 5000);
	assert_int_equal(strlen(repo_text(&p->arena, (struct str){many, 5000}, NULL)), 10000);
}

static void cuts_long_messages(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q long; cd long\n"
	    "{ printf x; yes ы | head -c 300000 | tr -d '\\n'; } |\n"
	    "git commit -q --allow-empty -F -\n");
	struct repo *r = repo_of(p, "long");
	struct repo_log log;
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_OK);
	size_t n = strlen(log.commits[0].message);
	assert_int_equal(n, REPO_LOG_MESSAGE - 1);
	assert_memory_equal(log.commits[0].message + n - 2, "ы", 2);
	repo_close(r);
}

static void resolves(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "cd usual; git tag light HEAD~1; git tag -a -m 'Выпуск' выпуск/1 HEAD~2\n"
	    "git tag blob HEAD:b; git init -q ../unborn\n");
	struct repo *r = repo_of(p, "usual");
	static const char *const good[] = {
	    "HEAD", "HEAD~1", "HEAD^", "main", "light", "выпуск/1", "refs/heads/main"};
	char oid[REPO_OID + 1];
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_int_equal(repo_resolve(r, good[i], oid), REPO_OK);
		assert_string_equal(
		    oid, repo_says(p, "git -C usual rev-parse '%s^{commit}'", good[i]));
	}
	char digits[12];
	snprintf(digits, sizeof(digits), "%.11s", oid);
	assert_int_equal(repo_resolve(r, digits, oid), REPO_OK);
	static const char *const bad[] = {"HEAD~3", "no", "", "blob", "HEAD:b", "a b", "..", "-x",
	    "@{", "HEAD^{tree}", "0000000000000000000000000000000000000000"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		int status = repo_resolve(r, bad[i], oid);
		if (status != REPO_MISSING)
			fail_msg("%s: %d", bad[i], status);
		assert_string_equal(oid, "");
	}
	repo_close(r);
	r = repo_of(p, "unborn");
	assert_int_equal(repo_resolve(r, "HEAD", oid), REPO_UNBORN);
	struct repo_log log;
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_UNBORN);
	assert_int_equal(log.count, 0);
	repo_close(r);
}

/* Whatever is damaged is said, and nothing is made up. */
static void tells_of_damage(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "cp -r usual damaged; cd damaged; c=$(git rev-parse HEAD~1)\n"
	    "rm -f .git/objects/$(echo $c | cut -c1-2)/$(echo $c | cut -c3-)\n");
	struct repo *r = repo_of(p, "damaged");
	struct repo_log log;
	struct repo_head why;
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_FAILED);
	assert_int_equal(log.count, 0);
	repo_why(r, &why);
	assert_true(why.message[0]);
	repo_close(r);
}

/* 5,000 commits, by fast-import; the time is only printed. */
static void is_fast(void **state)
{
	struct repo_place *p = *state;
	repo_shell(p,
	    "git init -q many; cd many\n"
	    "awk 'BEGIN { for (i = 1; i <= 5000; i++) {\n"
	    "printf \"commit refs/heads/main\\nmark :%%d\\n\", i\n"
	    "printf \"committer C <c@example.org> %%d +0300\\n\", 1700000000 + i * 60\n"
	    "printf \"data <<.\\nchange %%d\\n.\\n\", i\n"
	    "if (i > 1) printf \"from :%%d\\n\", i - 1\n"
	    "if (i %% 50 == 0) printf \"merge :%%d\\n\", i - 20\n"
	    "printf \"M 644 inline data/x/t%%d.csv\\ndata <<.\\n%%d\\n.\\n\", i %% 40, i } }' |\n"
	    "git fast-import --quiet\n");
	int64_t begin = clock_monotonic_us();
	struct repo *r = repo_of(p, "many");
	struct repo_log log;
	assert_int_equal(repo_log(&log, &p->arena, r, "HEAD"), REPO_OK);
	print_message("# repo_log: 5000 commits in %ld us\n", (long)(clock_monotonic_us() - begin));
	repo_close(r);
	assert_int_equal(log.count, 5000);
	same_as_git(p, "many");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(makes_usual),
	    cmocka_unit_test(orders_merges),
	    cmocka_unit_test(orders_equal_times),
	    cmocka_unit_test(says_when_it_is_cut),
	    cmocka_unit_test(is_never_invalid),
	    cmocka_unit_test(makes_text_valid),
	    cmocka_unit_test(cuts_long_messages),
	    cmocka_unit_test(resolves),
	    cmocka_unit_test(tells_of_damage),
	    cmocka_unit_test(is_fast),
	};
	return cmocka_run_group_tests_name(
	    "repo_log", tests, repo_place_setup, repo_place_teardown);
}
