/* Reading beneath one folder: links, sizes, kinds, rights, order. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/fd.h"
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* top/ holds the site in top/site and a secret beside it. */
struct place {
	char top[80];
	struct root root;
	struct arena arena;
	int fd;
};

static void put(int dir, const char *path, const char *text)
{
	int fd = openat(dir, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static int setup(void **state)
{
	struct place *p = test_calloc(1, sizeof(*p));
	const char *base = getenv("TMPDIR");
	snprintf(p->top, sizeof(p->top), "%s/test_file.XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(p->top));
	char site[96];
	snprintf(site, sizeof(site), "%s/site", p->top);
	assert_int_equal(mkdir(site, 0755), 0);
	assert_int_equal(root_open(&p->root, site), FILE_OK);
	p->fd = p->root.fd;
	char secret[96];
	snprintf(secret, sizeof(secret), "%s/secret", p->top);
	put(AT_FDCWD, secret, "secret");
	assert_int_equal(mkdirat(p->fd, "data", 0755), 0);
	assert_int_equal(mkdirat(p->fd, "data/one", 0755), 0);
	put(p->fd, "data/one/a.csv", "a;b\n1;2\n");
	put(p->fd, "index.md", "");
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	fchmodat(p->fd, "closed", 0755, 0);
	root_close(&p->root);
	arena_clear(&p->arena);
	int failed = fd_remove(AT_FDCWD, p->top);
	test_free(p);
	return failed;
}

static enum file_status read_one(struct place *p, const char *path, struct str *text)
{
	return file_read(text, &p->arena, &p->root, path, 1024);
}

static void reads_whole_files(void **state)
{
	struct place *p = *state;
	struct str text;
	assert_int_equal(read_one(p, "data/one/a.csv", &text), FILE_OK);
	assert_int_equal(text.n, 8);
	assert_string_equal(text.p, "a;b\n1;2\n");
	assert_int_equal(read_one(p, "index.md", &text), FILE_OK);
	assert_int_equal(text.n, 0);
	assert_string_equal(text.p, "");
	assert_int_equal(read_one(p, "data/../index.md", &text), FILE_OK);
	assert_int_equal(read_one(p, "./data//one/a.csv", &text), FILE_OK);
}

static void tells_what_is_wrong(void **state)
{
	struct place *p = *state;
	struct str text;
	char name[400];
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(read_one(p, "no.csv", &text), FILE_MISSING);
	assert_int_equal(read_one(p, "index.md/x", &text), FILE_MISSING);
	assert_int_equal(read_one(p, name, &text), FILE_MISSING);
	assert_int_equal(read_one(p, "data", &text), FILE_WRONG_KIND);
	assert_int_equal(text.n, 0);
	assert_int_equal(mkfifoat(p->fd, "pipe", 0644), 0);
	assert_int_equal(read_one(p, "pipe", &text), FILE_WRONG_KIND);

	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/site/socket", p->top);
	int s = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(s, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(read_one(p, "socket", &text), FILE_WRONG_KIND);
	close(s);

	struct root no = ROOT_INIT;
	assert_int_equal(root_open(&no, "/no/such/folder"), FILE_MISSING);
	root_close(&no);
	assert_int_equal(root_open(&no, "/dev/null"), FILE_WRONG_KIND);
	root_close(&no);
}

static void keeps_inside(void **state)
{
	struct place *p = *state;
	struct str text;
	assert_int_equal(symlinkat("one/a.csv", p->fd, "data/inside"), 0);
	assert_int_equal(symlinkat("../index.md", p->fd, "data/up"), 0);
	assert_int_equal(symlinkat("../../secret", p->fd, "data/out"), 0);
	assert_int_equal(symlinkat("/etc/passwd", p->fd, "data/absolute"), 0);
	assert_int_equal(symlinkat("../..", p->fd, "data/folder"), 0);
	assert_int_equal(symlinkat("loop", p->fd, "loop"), 0);
	assert_int_equal(symlinkat("gone", p->fd, "dangling"), 0);

	static const struct {
		const char *path;
		enum file_status status;
	} cases[] = {
	    {"data/inside", FILE_OK},
	    {"data/up", FILE_OK},
	    {"data/out", FILE_OUTSIDE},
	    {"data/absolute", FILE_OUTSIDE},
	    {"data/folder/secret", FILE_OUTSIDE},
	    {"../secret", FILE_OUTSIDE},
	    {"data/../../secret", FILE_OUTSIDE},
	    {"../site/index.md", FILE_OUTSIDE},
	    {"/etc/passwd", FILE_OUTSIDE},
	    {"loop", FILE_WRONG_KIND},
	    {"dangling", FILE_MISSING},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int status = read_one(p, cases[i].path, &text);
		if (status != cases[i].status)
			fail_msg("%s: %d", cases[i].path, status);
	}
}

static void refuses_by_size(void **state)
{
	struct place *p = *state;
	struct str text;
	int fd = openat(p->fd, "big.csv", O_WRONLY | O_CREAT, 0644);
	assert_int_equal(ftruncate(fd, (off_t)2 * 1024 * 1024 * 1024), 0);
	close(fd);
	size_t before = p->arena.total;
	assert_int_equal(
	    file_read(&text, &p->arena, &p->root, "big.csv", 64 * 1024 * 1024), FILE_TOO_LARGE);
	assert_int_equal(p->arena.total, before);
	assert_int_equal(
	    file_read(&text, &p->arena, &p->root, "data/one/a.csv", 7), FILE_TOO_LARGE);
	assert_int_equal(file_read(&text, &p->arena, &p->root, "data/one/a.csv", 8), FILE_OK);
	struct file_info info;
	assert_int_equal(file_look(&info, &p->root, "big.csv"), FILE_OK);
	assert_true(info.size == (uint64_t)2 * 1024 * 1024 * 1024);
}

/* Whoever runs the tests may be root, to whom nothing is closed: the user of
 * this thread's file accesses is changed, and with it that privilege goes. */
static void tells_what_is_closed(void **state)
{
	struct place *p = *state;
	struct str text;
	struct file_entries entries;
	assert_int_equal(fchmodat(p->fd, "data/one/a.csv", 0, 0), 0);
	assert_int_equal(mkdirat(p->fd, "closed", 0), 0);
	bool root = geteuid() == 0;
	if (root)
		setfsuid(65534);
	int file = read_one(p, "data/one/a.csv", &text);
	int folder = file_list(&entries, &p->arena, &p->root, "closed");
	int made = file_create(&p->root, "closed/x", STR("x"));
	if (root)
		setfsuid(0);
	assert_int_equal(file, FILE_DENIED);
	assert_int_equal(folder, FILE_DENIED);
	assert_int_equal(made, FILE_DENIED);
}

static void looks(void **state)
{
	struct place *p = *state;
	struct file_info info;
	assert_int_equal(file_look(&info, &p->root, "data/one/a.csv"), FILE_OK);
	assert_int_equal(info.kind, FILE_REGULAR);
	assert_int_equal(info.size, 8);
	assert_true(info.mtime > (int64_t)1000000000 * 1000000000);
	assert_int_equal(file_look(&info, &p->root, "data"), FILE_OK);
	assert_int_equal(info.kind, FILE_FOLDER);
	assert_int_equal(file_look(&info, &p->root, ""), FILE_OK);
	assert_int_equal(info.kind, FILE_FOLDER);
	assert_int_equal(file_look(&info, &p->root, "no"), FILE_MISSING);
	assert_int_equal(file_look(&info, &p->root, ".."), FILE_OUTSIDE);
}

static void lists_by_bytes(void **state)
{
	struct place *p = *state;
	struct file_entries e;
	static const char *const names[] = {"b", "я", "B", "a-1", "а", ".hidden", "a"};
	assert_int_equal(mkdirat(p->fd, "list", 0755), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char path[64];
		snprintf(path, sizeof(path), "list/%s", names[i]);
		put(p->fd, path, "");
	}
	assert_int_equal(symlinkat("../data", p->fd, "list/link"), 0);
	assert_int_equal(symlinkat("/etc", p->fd, "list/out"), 0);
	assert_int_equal(file_list(&e, &p->arena, &p->root, "list"), FILE_OK);
	static const char *const wanted[] = {"B", "a", "a-1", "b", "link", "out", "а", "я"};
	assert_int_equal(e.count, 8);
	for (size_t i = 0; i < 8; i++)
		assert_string_equal(e.items[i].name, wanted[i]);
	assert_int_equal(e.items[4].kind, FILE_FOLDER);
	assert_int_equal(e.items[4].status, FILE_OK);
	assert_int_equal(e.items[5].status, FILE_OUTSIDE);
	assert_int_equal(file_list(&e, &p->arena, &p->root, "no"), FILE_MISSING);
	assert_int_equal(file_list(&e, &p->arena, &p->root, "index.md"), FILE_WRONG_KIND);
	assert_int_equal(e.count, 0);
}

static int note(void *payload, const char *path, const struct file_entry *entry)
{
	struct buf *seen = payload;
	buf_addf(seen, "%s%s%s\n", path, entry->kind == FILE_FOLDER ? "/" : "",
	    entry->status ? "!" : "");
	return strcmp(entry->name, "stop") == 0 ? -1 : 0;
}

static void walks_in_order(void **state)
{
	struct place *p = *state;
	struct buf seen = BUF_INIT(BUF_PAGE);
	put(p->fd, "data/b.csv", "");
	assert_int_equal(symlinkat("..", p->fd, "data/one/circle"), 0);
	assert_int_equal(symlinkat("/etc", p->fd, "data/one/out"), 0);
	assert_int_equal(file_walk(&p->root, "data", note, &seen), FILE_OK);
	assert_string_equal(seen.data,
	    "data/b.csv\n"
	    "data/one/\n"
	    "data/one/a.csv\n"
	    "data/one/circle/\n"
	    "data/one/out!\n");
	buf_reset(&seen);
	put(p->fd, "data/c", "");
	put(p->fd, "data/stop", "");
	put(p->fd, "data/z", "");
	assert_int_equal(file_walk(&p->root, "", note, &seen), FILE_FAILED);
	assert_non_null(strstr(seen.data, "data/stop\n"));
	assert_null(strstr(seen.data, "data/z\n"));
	assert_int_equal(file_walk(&p->root, "no", note, &seen), FILE_MISSING);
	buf_clear(&seen);
}

static void walks_not_for_ever(void **state)
{
	struct place *p = *state;
	struct buf seen = BUF_INIT(BUF_PAGE);
	char deep[256] = "deep";
	mkdirat(p->fd, deep, 0755);
	for (int i = 0; i < 30; i++) {
		size_t n = strlen(deep);
		snprintf(deep + n, sizeof(deep) - n, "/%d", i);
		assert_int_equal(mkdirat(p->fd, deep, 0755), 0);
	}
	assert_int_equal(file_walk(&p->root, "deep", note, &seen), FILE_OK);
	assert_non_null(strstr(seen.data, "/14/!\n") ? strstr(seen.data, "/14/!\n")
	                                             : strstr(seen.data, "/15/!\n"));
	assert_null(strstr(seen.data, "/16/"));
	buf_clear(&seen);
}

static void creates_once(void **state)
{
	struct place *p = *state;
	struct str text;
	assert_int_equal(file_create(&p->root, "new/deep/a.md", STR("hello")), FILE_OK);
	assert_int_equal(read_one(p, "new/deep/a.md", &text), FILE_OK);
	assert_string_equal(text.p, "hello");
	assert_int_equal(file_create(&p->root, "new/deep/a.md", STR("other")), FILE_EXISTS);
	assert_int_equal(read_one(p, "new/deep/a.md", &text), FILE_OK);
	assert_string_equal(text.p, "hello");
	assert_int_equal(file_create(&p->root, "index.md/x", STR("")), FILE_EXISTS);
	assert_int_equal(file_create(&p->root, "../x", STR("")), FILE_OUTSIDE);
	assert_int_equal(file_create(&p->root, "new/../../x", STR("")), FILE_OUTSIDE);
	assert_int_equal(file_create(&p->root, "/tmp/test_file_x", STR("")), FILE_OUTSIDE);
	assert_int_equal(file_create(&p->root, "", STR("")), FILE_OUTSIDE);
	assert_int_equal(symlinkat("..", p->fd, "out"), 0);
	assert_int_equal(file_create(&p->root, "out/x", STR("")), FILE_OUTSIDE);
	assert_int_equal(symlinkat("../x", p->fd, "link"), 0);
	assert_int_equal(file_create(&p->root, "link", STR("")), FILE_EXISTS);
	char beside[96];
	snprintf(beside, sizeof(beside), "%s/x", p->top);
	assert_int_equal(access(beside, F_OK), -1);
}

static void finds_words(void **state)
{
	(void)state;
	static const enum file_status all[] = {FILE_MISSING, FILE_OUTSIDE, FILE_WRONG_KIND,
	    FILE_DENIED, FILE_TOO_LARGE, FILE_EXISTS, FILE_FAILED};
	struct diag diag = DIAG_INIT;
	file_complain(&diag, FILE_OK, "x", 0);
	assert_int_equal(diag.count, 0);
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		errno = EIO;
		file_complain(&diag, all[i], "data/x.csv", 64 * 1024 * 1024);
		assert_int_equal(diag.errors, i + 1);
		assert_string_equal(diag.items[i].file, "data/x.csv");
		assert_true(diag.items[i].text[0] && diag.items[i].remedy[0]);
	}
	assert_non_null(strstr(diag.items[4].text, "64 MB"));
	assert_non_null(strstr(diag.items[6].text, "Input/output error"));
	diag_clear(&diag);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(reads_whole_files, setup, teardown),
	    cmocka_unit_test_setup_teardown(tells_what_is_wrong, setup, teardown),
	    cmocka_unit_test_setup_teardown(keeps_inside, setup, teardown),
	    cmocka_unit_test_setup_teardown(refuses_by_size, setup, teardown),
	    cmocka_unit_test_setup_teardown(tells_what_is_closed, setup, teardown),
	    cmocka_unit_test_setup_teardown(looks, setup, teardown),
	    cmocka_unit_test_setup_teardown(lists_by_bytes, setup, teardown),
	    cmocka_unit_test_setup_teardown(walks_in_order, setup, teardown),
	    cmocka_unit_test_setup_teardown(walks_not_for_ever, setup, teardown),
	    cmocka_unit_test_setup_teardown(creates_once, setup, teardown),
	    cmocka_unit_test(finds_words),
	};
	return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
