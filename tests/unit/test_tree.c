/*
 * The output folder: what is the same stays, what fails leaves no trace, what
 * is foreign is refused. System calls that change the disk go through stand-ins
 * here, so that each can be made to fail.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/fd.h"
#include "sys/pool.h"
#include "sys/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* -- stand-ins ------------------------------------------------------------------- */

static struct {
	bool on, kill, full; /* full: of the calls that need space all later ones fail too */
	atomic_int calls;
	int fail; /* the number of the call that fails, from 1; 0: none */
	int code;
	bool no_exchange, no_link;
} faults;

static bool faulty(bool space)
{
	if (!faults.on || (faults.full && !space))
		return false;
	int call = atomic_fetch_add(&faults.calls, 1) + 1;
	if (faults.full ? call < faults.fail : call != faults.fail)
		return false;
	if (faults.kill)
		_exit(9);
	errno = faults.code;
	return true;
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	return faulty(true) ? -1 : syscall(SYS_write, fd, bytes, len);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return faulty(true) ? -1 : (int)syscall(SYS_mkdirat, dir, path, mode);
}

int linkat(int a, const char *from, int b, const char *to, int flags)
{
	if (faults.no_link) {
		errno = EPERM;
		return -1;
	}
	return faulty(true) ? -1 : (int)syscall(SYS_linkat, a, from, b, to, flags);
}

int renameat(int a, const char *from, int b, const char *to)
{
	return faulty(false) ? -1 : (int)syscall(SYS_renameat2, a, from, b, to, 0);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	if (faults.no_exchange && flags) {
		errno = EINVAL;
		return -1;
	}
	return faulty(false) ? -1 : (int)syscall(SYS_renameat2, a, from, b, to, flags);
}

int openat(int dir, const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	if ((flags & O_CREAT) && faulty(true))
		return -1;
	return (int)syscall(SYS_openat, dir, path, flags, mode);
}

/* -- a place and its description ----------------------------------------------------- */

struct place {
	char top[80], out[96];
	int fd; /* top */
	struct diag diag;
};

static int setup(void **state)
{
	struct place *p = test_calloc(1, sizeof(*p));
	const char *base = getenv("TMPDIR");
	memset(&faults, 0, sizeof(faults));
	snprintf(p->top, sizeof(p->top), "%s/test_tree.XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(p->top));
	snprintf(p->out, sizeof(p->out), "%s/public", p->top);
	p->fd = open(p->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	memset(&faults, 0, sizeof(faults));
	diag_clear(&p->diag);
	close(p->fd);
	int failed = fd_remove(AT_FDCWD, p->top);
	test_free(p);
	return failed;
}

static void put(struct place *p, const char *path, const char *text)
{
	assert_int_equal(fd_make_parents(p->fd, path), 0);
	assert_int_equal(fd_remove(p->fd, path), 0);
	assert_int_equal(fd_create(p->fd, path, 0644, text, strlen(text)), 0);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* path, inode when asked for, content; a line for each file, in order. */
static void describe(struct buf *out, int dir, const char *path, bool inodes)
{
	struct dirent **names;
	char child[512], text[4096];
	int fd = openat(dir, *path ? path : ".", O_RDONLY | O_DIRECTORY);
	assert_true(fd >= 0);
	close(fd);
	int n = scandirat(dir, *path ? path : ".", &names, NULL, by_name);
	assert_true(n >= 0);
	for (int i = 0; i < n; i++) {
		struct stat st;
		const char *name = names[i]->d_name;
		snprintf(child, sizeof(child), "%s%s%s", path, *path ? "/" : "", name);
		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
			assert_int_equal(fstatat(dir, child, &st, AT_SYMLINK_NOFOLLOW), 0);
			if (S_ISDIR(st.st_mode)) {
				buf_addf(out, "%s/\n", child);
				describe(out, dir, child, inodes);
			} else {
				fd = openat(dir, child, O_RDONLY);
				ssize_t got = fd_read(fd, text, sizeof(text) - 1);
				close(fd);
				buf_addf(out, "%s ", child);
				if (inodes)
					buf_addf(out, "%lu %ld.%09ld ", st.st_ino,
					    st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
				buf_add(out, text, (size_t)got);
				buf_addc(out, '\n');
			}
		}
		free(names[i]);
	}
	free(names);
}

static char *picture(struct place *p, bool inodes)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	describe(&out, p->fd, "", inodes);
	return buf_take(&out, NULL);
}

static void same_picture(struct place *p, bool inodes, char *before)
{
	char *now = picture(p, inodes);
	assert_string_equal(now, before);
	free(now);
	free(before);
}

static bool has(struct place *p, const char *path, const char *text)
{
	char bytes[4096];
	int fd = openat(p->fd, path, O_RDONLY);
	if (fd < 0)
		return text == NULL;
	ssize_t got = fd_read(fd, bytes, sizeof(bytes) - 1);
	close(fd);
	bytes[got] = '\0';
	return text && strcmp(bytes, text) == 0;
}

/* -- small sites ---------------------------------------------------------------------- */

struct file {
	const char *unit, *path, *text; /* unit "+" is an asset */
};

static enum tree_status build_scope(
    struct place *p, const struct file *files, enum tree_scope scope, struct tree_report *report)
{
	struct tree *t;
	enum tree_status status = tree_begin(&t, p->out, 0, &p->diag);
	if (status)
		return status;
	struct tree_unit *u = NULL;
	const char *unit = "";
	bool failed = false;
	for (const struct file *f = files; f->unit; f++) {
		if (strcmp(f->unit, "+") == 0) {
			failed |= tree_asset(t, f->path, str_of(f->text)) != 0;
			continue;
		}
		if (strcmp(f->unit, unit) != 0) {
			failed |= u && tree_unit_commit(u, unit) != 0;
			unit = f->unit;
			u = tree_unit_begin(t, unit, &p->diag);
			failed |= !u;
		}
		failed |= u && tree_unit_file(u, f->path, str_of(f->text)) != 0;
	}
	failed |= u && tree_unit_commit(u, unit) != 0;
	if (!failed)
		return tree_end(t, scope, report);
	tree_abandon(t);
	return TREE_FAILED;
}

static enum tree_status build(struct place *p, const struct file *files, struct tree_report *report)
{
	return build_scope(p, files, TREE_ALL, report);
}

static const struct file first[] = {
    {"kezhma", "index.html", "kezhma 1"},
    {"kezhma", "schools/a/index.html", "school a"},
    {"kezhma", "schools/b/index.html", "school b"},
    {"nazarovo", "index.html", "nazarovo 1"},
    {"+", "assets/site.1.css", "css 1"},
    {".", "index.html", "top 1"},
    {".", "methods/x/index.html", "method"},
    {NULL, NULL, NULL},
};

static const struct file second[] = {
    {"kezhma", "index.html", "kezhma 2"},
    {"kezhma", "schools/a/index.html", "school a"},
    {"kezhma", "schools/c/index.html", "school c"},
    {"ust-ilimsk", "index.html", "new"},
    {"+", "assets/site.2.css", "css 2"},
    {".", "index.html", "top 2"},
    {".", "robots.txt", "robots"},
    {NULL, NULL, NULL},
};

static void makes_a_site(void **state)
{
	struct place *p = *state;
	struct tree_report r;
	assert_int_equal(build(p, first, &r), TREE_OK);
	assert_int_equal(r.written, 7);
	assert_int_equal(r.unchanged, 0);
	assert_int_equal(r.switched, 2);
	assert_true(has(p, "public/kezhma/schools/b/index.html", "school b"));
	assert_true(has(p, "public/methods/x/index.html", "method"));
	assert_true(has(p, "public/assets/site.1.css", "css 1"));
	assert_true(has(p, "public/.vidno-manifest",
	    "vidno-manifest 1\n"
	    "u . .\nf index.html\nf methods/x/index.html\n"
	    "u kezhma kezhma\nf index.html\nf schools/a/index.html\n"
	    "f schools/b/index.html\n"
	    "u nazarovo nazarovo\nf index.html\n"
	    "a 0 assets/site.1.css\n"));
	struct stat st;
	assert_int_equal(fstatat(p->fd, "public/.vidno-manifest", &st, 0), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(p->diag.count, 0);
}

static void touches_nothing_that_is_the_same(void **state)
{
	struct place *p = *state;
	struct tree_report r;
	assert_int_equal(build(p, first, NULL), TREE_OK);
	struct stat a, b;
	fstatat(p->fd, "public", &a, 0);
	char *before = picture(p, true);
	faults.on = true;
	faults.fail = 1;
	faults.code = EIO; /* the first change of the disk would fail */
	assert_int_equal(build(p, first, &r), TREE_OK);
	faults.on = false;
	fstatat(p->fd, "public", &b, 0);
	assert_int_equal(a.st_mtim.tv_nsec, b.st_mtim.tv_nsec);
	assert_int_equal(r.written, 0);
	assert_int_equal(r.unchanged, 7);
	assert_int_equal(r.switched, 0);
	same_picture(p, true, before);
}

static ino_t inode(struct place *p, const char *path)
{
	struct stat st;
	assert_int_equal(fstatat(p->fd, path, &st, 0), 0);
	return st.st_ino;
}

static void changes_what_differs(void **state)
{
	struct place *p = *state;
	struct tree_report r;
	assert_int_equal(build(p, first, NULL), TREE_OK);
	ino_t same = inode(p, "public/kezhma/schools/a/index.html");
	assert_int_equal(build(p, second, &r), TREE_OK);
	assert_true(has(p, "public/kezhma/index.html", "kezhma 2"));
	assert_int_equal(inode(p, "public/kezhma/schools/a/index.html"), same);
	assert_true(has(p, "public/kezhma/schools/b/index.html", NULL));
	assert_true(has(p, "public/kezhma/schools/c/index.html", "school c"));
	assert_int_equal(faccessat(p->fd, "public/nazarovo", F_OK, 0), -1);
	assert_int_equal(faccessat(p->fd, "public/methods", F_OK, 0), -1);
	assert_true(has(p, "public/index.html", "top 2"));
	/* The old style sheet outlives one build. */
	assert_true(has(p, "public/assets/site.1.css", "css 1"));
	assert_true(has(p, "public/assets/site.2.css", "css 2"));
	assert_int_equal(r.written, 6);
	assert_int_equal(r.unchanged, 1);
	assert_int_equal(r.switched, 2);
	assert_int_equal(r.removed, 3); /* school b, nazarovo, the method */
	assert_int_equal(faccessat(p->fd, "public/.vidno-staging", F_OK, 0), -1);

	assert_int_equal(build(p, second, &r), TREE_OK);
	assert_true(has(p, "public/assets/site.1.css", NULL));
	assert_int_equal(r.removed, 1);
	assert_int_equal(r.switched, 0);
	assert_int_equal(p->diag.count, 0);
}

static void loses_a_page(void **state)
{
	struct place *p = *state;
	static const struct file less[] = {
	    {"kezhma", "index.html", "kezhma 1"},
	    {"kezhma", "schools/a/index.html", "school a"},
	    {NULL, NULL, NULL},
	};
	assert_int_equal(build(p, first, NULL), TREE_OK);
	ino_t same = inode(p, "public/kezhma/index.html");
	assert_int_equal(build_scope(p, less, TREE_SOME, NULL), TREE_OK);
	assert_int_equal(inode(p, "public/kezhma/index.html"), same);
	assert_int_equal(faccessat(p->fd, "public/kezhma/schools/b", F_OK, 0), -1);
}

static void builds_only_some(void **state)
{
	struct place *p = *state;
	static const struct file one[] = {
	    {"nazarovo", "index.html", "nazarovo 2"}, {NULL, NULL, NULL}};
	assert_int_equal(build(p, first, NULL), TREE_OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(build_scope(p, one, TREE_SOME, NULL), TREE_OK);
	assert_true(has(p, "public/nazarovo/index.html", "nazarovo 2"));
	assert_true(has(p, "public/kezhma/index.html", "kezhma 1"));
	assert_true(has(p, "public/index.html", "top 1"));
	assert_true(has(p, "public/assets/site.1.css", "css 1"));
}

static void keeps_and_abandons(void **state)
{
	struct place *p = *state;
	struct tree *t;
	assert_int_equal(build(p, first, NULL), TREE_OK);
	char *before = picture(p, true);
	assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
	assert_string_equal(tree_fingerprint(t, "kezhma"), "kezhma");
	assert_null(tree_fingerprint(t, "elsewhere"));
	assert_int_equal(tree_unit_keep(t, "kezhma"), 0);
	assert_int_equal(tree_unit_keep(t, "elsewhere"), -1);
	struct tree_unit *u = tree_unit_begin(t, "nazarovo", &p->diag);
	assert_int_equal(tree_unit_file(u, "index.html", STR("half")), 0);
	tree_unit_abandon(u);
	u = tree_unit_begin(t, "forgotten", &p->diag);
	assert_int_equal(tree_unit_file(u, "index.html", STR("half")), 0);
	assert_int_equal(tree_asset(t, "assets/site.1.css", STR("css 1")), 0);
	assert_int_equal(tree_end(t, TREE_ALL, NULL), TREE_OK);
	char *now = picture(p, false);
	assert_null(strstr(now, "half"));
	free(now);
	same_picture(p, true, before);
}

static void gives_no_fingerprint_when_files_went(void **state)
{
	struct place *p = *state;
	struct tree *t;
	assert_int_equal(build(p, first, NULL), TREE_OK);
	assert_int_equal(fd_remove(p->fd, "public/kezhma/schools/a/index.html"), 0);
	assert_int_equal(fd_remove(p->fd, "public/nazarovo"), 0);
	assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
	assert_null(tree_fingerprint(t, "kezhma"));
	assert_null(tree_fingerprint(t, "nazarovo"));
	assert_string_equal(tree_fingerprint(t, "."), ".");
	tree_abandon(t);
	assert_int_equal(build(p, first, NULL), TREE_OK);
	assert_true(has(p, "public/kezhma/schools/a/index.html", "school a"));
	assert_true(has(p, "public/nazarovo/index.html", "nazarovo 1"));
}

/* -- foreign files, locks, damage -------------------------------------------------------- */

static void refuses_foreign(struct place *p, const char *path)
{
	char wanted[256];
	snprintf(wanted, sizeof(wanted), "%s/%s", p->top, path);
	char *before = picture(p, true);
	assert_int_equal(build(p, second, NULL), TREE_FOREIGN);
	bool named = false;
	for (size_t i = 0; i < p->diag.count; i++)
		named |= p->diag.items[i].file && strcmp(p->diag.items[i].file, wanted) == 0;
	assert_true(named);
	same_picture(p, true, before);
	diag_clear(&p->diag);
	assert_int_equal(fd_remove(p->fd, path), 0);
}

static void refuses_foreign_files(void **state)
{
	struct place *p = *state;
	put(p, "public/mine.txt", "mine");
	refuses_foreign(p, "public/mine.txt");
	/* Empty folders are nobody's, and stay. */
	assert_int_equal(mkdirat(p->fd, "public/empty", 0755), 0);
	assert_int_equal(build(p, first, NULL), TREE_OK);
	assert_int_equal(faccessat(p->fd, "public/empty", F_OK, 0), 0);

	static const char *const places[] = {"public/.htaccess", "public/kezhma/mine.html",
	    "public/kezhma/schools/a/mine/deep.txt", "public/methods/mine",
	    "public/assets/mine.css", "public/other/index.html", "public/.vidno-staging/mine"};
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		put(p, places[i], "mine");
		refuses_foreign(p, places[i]);
	}
	/* A link where a page of ours was. */
	assert_int_equal(fd_remove(p->fd, "public/kezhma/index.html"), 0);
	assert_int_equal(symlinkat("schools", p->fd, "public/kezhma/index.html"), 0);
	struct tree *t;
	assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_FOREIGN);
	assert_int_equal(fd_remove(p->fd, "public/kezhma/index.html"), 0);
	/* And one where a unit was. */
	assert_int_equal(fd_remove(p->fd, "public/kezhma"), 0);
	assert_int_equal(symlinkat("/tmp", p->fd, "public/kezhma"), 0);
	assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_FOREIGN);
	assert_null(t);
}

static void names_twenty(void **state)
{
	struct place *p = *state;
	for (int i = 0; i < 50; i++) {
		char path[64];
		snprintf(path, sizeof(path), "public/%d/mine-%d", i, i);
		put(p, path, "mine");
	}
	assert_int_equal(build(p, first, NULL), TREE_FOREIGN);
	assert_int_equal(p->diag.count, TREE_FOREIGN_SHOWN + 1);
}

static void one_build_at_a_time(void **state)
{
	struct place *p = *state;
	struct tree *t, *other;
	assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
	assert_int_equal(tree_begin(&other, p->out, 0, &p->diag), TREE_BUSY);
	assert_null(other);
	assert_string_equal(p->diag.items[0].rule, "output-busy");
	tree_abandon(t);
	/* We had made it; nothing is left. */
	assert_int_equal(faccessat(p->fd, "public", F_OK, 0), -1);
	assert_int_equal(build(p, first, NULL), TREE_OK);
}

static void refuses_damaged_manifests(void **state)
{
	struct place *p = *state;
	static const char *const damaged[] = {
	    "",
	    "vidno-manifest 2\n",
	    "vidno-manifest 1",
	    "vidno-manifest 1\nf index.html\n",
	    "vidno-manifest 1\nu kezhma -\nf ../secret\n",
	    "vidno-manifest 1\nu kezhma -\nf /etc/passwd\n",
	    "vidno-manifest 1\nu kezhma -\nf a//b\n",
	    "vidno-manifest 1\nu kezhma -\nf .hidden\n",
	    "vidno-manifest 1\nu kezhma -\nf \n",
	    "vidno-manifest 1\nu .. -\nf secret\n",
	    "vidno-manifest 1\nu a/b -\nf secret\n",
	    "vidno-manifest 1\nu kezhma\nf secret\n",
	    "vidno-manifest 1\nu kezhma -\nu kezhma -\n",
	    "vidno-manifest 1\na 0 ../secret\n",
	    "vidno-manifest 1\na x assets/a\n",
	    "vidno-manifest 1\nu k -\na 0 assets/a\nf index.html\n",
	    "vidno-manifest 1\nx\n",
	    "vidno-manifest 1\nu kezhma -\nf index.html\nf cut",
	};
	put(p, "secret", "secret");
	for (size_t i = 0; i < sizeof(damaged) / sizeof(*damaged); i++) {
		put(p, "public/.vidno-manifest", damaged[i]);
		char *before = picture(p, true);
		int status = build(p, second, NULL);
		if (status != TREE_MANIFEST)
			fail_msg("%s: %d", damaged[i], status);
		same_picture(p, true, before);
	}
	put(p, "public/.vidno-manifest", "vidno-manifest 1\n");
	assert_int_equal(build(p, second, NULL), TREE_OK);
	assert_true(has(p, "secret", "secret"));
}

static void refuses_bad_paths(void **state)
{
	struct place *p = *state;
	static const char *const bad[] = {
	    "", "/x", "../x", "a/../x", "a//b", "a/", ".x", "a/.x", "a\nb", "a\x7F", "."};
	char *before = picture(p, true);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const struct file files[] = {{"kezhma", bad[i], "x"}, {NULL, NULL, NULL}};
		assert_int_equal(build(p, files, NULL), TREE_FAILED);
	}
	static const char *const ids[] = {"", "..", "a/b", ".x", "a b", "a\n"};
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		struct tree *t;
		assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
		assert_null(tree_unit_begin(t, ids[i], &p->diag));
		tree_abandon(t);
	}
	static const struct file clashes[][4] = {
	    {{"kezhma", "index.html", "1"}, {"kezhma", "index.html", "1"}},
	    {{"kezhma", "a", "1"}, {"kezhma", "a/b", "1"}},
	    {{"kezhma", "index.html", "1"}, {".", "kezhma/x.html", "1"}},
	    {{"assets", "index.html", "1"}, {"+", "assets/x.css", "1"}},
	};
	for (size_t i = 0; i < sizeof(clashes) / sizeof(*clashes); i++) {
		diag_clear(&p->diag);
		assert_int_equal(build(p, clashes[i], NULL), TREE_FAILED);
		assert_true(p->diag.errors > 0);
	}
	same_picture(p, true, before);
}

/* -- failures ------------------------------------------------------------------------ */

/* Every change of the disk fails once; the old site is whole, or the new one is. */
static void fail_everywhere(struct place *p, int code)
{
	int failed = 0;
	assert_int_equal(build(p, first, NULL), TREE_OK);
	char *old = picture(p, true), *old_names = picture(p, false);
	for (int n = 1;; n++) {
		faults.on = true;
		faults.fail = n;
		faults.code = code;
		faults.calls = 0;
		enum tree_status status = build(p, second, NULL);
		bool reached = faults.calls >= n;
		faults.on = false;
		char *now = picture(p, false);
		if (status == TREE_OK) {
			/* A failure that does not matter gives the same as none. */
			assert_null(strstr(now, "staging"));
			assert_non_null(strstr(now, "kezhma 2"));
			assert_non_null(strstr(now, "top 2"));
			assert_int_equal(fd_remove(p->fd, "public"), 0);
			assert_int_equal(build(p, first, NULL), TREE_OK);
			free(old);
			old = picture(p, true);
		} else {
			failed++;
			assert_string_equal(now, old_names);
			char *exact = picture(p, true);
			assert_string_equal(exact, old);
			free(exact);
			assert_true(p->diag.errors > 0);
		}
		free(now);
		diag_clear(&p->diag);
		if (!reached)
			break;
	}
	assert_true(failed > 20);
	free(old);
	free(old_names);
}

static void survives_a_full_disk(void **state)
{
	faults.full = true;
	fail_everywhere(*state, ENOSPC);
}

static void survives_a_bad_disk(void **state)
{
	fail_everywhere(*state, EIO);
}

static void works_without_exchange(void **state)
{
	struct place *p = *state;
	faults.no_exchange = true;
	fail_everywhere(p, EIO);
	assert_int_equal(fd_remove(p->fd, "public"), 0);
	changes_what_differs(state);
}

static void works_without_links(void **state)
{
	struct place *p = *state;
	faults.no_exchange = faults.no_link = true;
	assert_int_equal(build(p, first, NULL), TREE_OK);
	assert_int_equal(build(p, second, NULL), TREE_OK);
	assert_true(has(p, "public/kezhma/schools/a/index.html", "school a"));
	assert_true(has(p, "public/kezhma/index.html", "kezhma 2"));
	assert_true(has(p, "public/index.html", "top 2"));
	assert_true(has(p, "public/nazarovo/index.html", NULL));
}

static void nothing_is_left_of_a_first_build_that_fails(void **state)
{
	struct place *p = *state;
	snprintf(p->out, sizeof(p->out), "%s/a/b/public/", p->top);
	for (int n = 1; n < 30; n++) {
		faults.on = true;
		faults.fail = n;
		faults.code = ENOSPC;
		faults.calls = 0;
		assert_int_equal(build(p, first, NULL), TREE_FAILED);
		faults.on = false;
		char *now = picture(p, false);
		assert_string_equal(now, "");
		free(now);
	}
	assert_non_null(strstr(p->diag.items[0].text, "No space left"));
	assert_int_equal(build(p, first, NULL), TREE_OK);
}

/* Killed at every change: the next build makes a clean site. */
static void kill_everywhere(struct place *p, bool no_exchange)
{
	bool reached = true;
	for (int n = 1; reached; n++) {
		assert_int_equal(fd_remove(p->fd, "public"), 0);
		assert_int_equal(build(p, first, NULL), TREE_OK);
		pid_t child = fork();
		if (child == 0) {
			faults.on = faults.kill = true;
			faults.no_exchange = no_exchange;
			faults.fail = n;
			_exit(build(p, second, NULL) ? 1 : 0);
		}
		int status;
		waitpid(child, &status, 0);
		reached = WEXITSTATUS(status) == 9;
		/* Whole departments, old or new; in between only without exchange. */
		bool old = has(p, "public/kezhma/index.html", "kezhma 1");
		bool new = has(p, "public/kezhma/index.html", "kezhma 2");
		assert_true(old || new || no_exchange);
		if (new)
			assert_true(has(p, "public/kezhma/schools/c/index.html", "school c"));
		assert_true(
		    has(p, "public/index.html", "top 1") || has(p, "public/index.html", "top 2"));

		struct tree *t;
		assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
		tree_abandon(t);
		assert_true(has(p, "public/kezhma/index.html", new ? "kezhma 2" : "kezhma 1"));
		assert_int_equal(build(p, first, NULL), TREE_OK);
		assert_int_equal(build(p, first, NULL), TREE_OK);
		assert_int_equal(build(p, first, NULL), TREE_OK);
		char *now = picture(p, false);
		assert_int_equal(fd_remove(p->fd, "public"), 0);
		assert_int_equal(build(p, first, NULL), TREE_OK);
		same_picture(p, false, now);
	}
	assert_int_equal(p->diag.count, 0);
}

static void recovers_when_killed(void **state)
{
	kill_everywhere(*state, false);
}

static void recovers_when_killed_without_exchange(void **state)
{
	kill_everywhere(*state, true);
}

/* -- threads --------------------------------------------------------------------------- */

enum { UNITS = 24, PAGES = 20 };

struct many {
	struct tree *tree;
	struct diag diags[UNITS];
	int build;
	atomic_int failed;
};

static void build_unit(void *payload, size_t task, unsigned worker)
{
	struct many *m = payload;
	(void)worker;
	char id[16], path[64], text[64];
	snprintf(id, sizeof(id), "unit-%02zu", task);
	struct tree_unit *u = tree_unit_begin(m->tree, id, &m->diags[task]);
	for (int i = 0; u && i < PAGES; i++) {
		snprintf(path, sizeof(path), "page-%d/index.html", i);
		snprintf(
		    text, sizeof(text), "%d in %zu, build %d", i, task, i % 5 == 0 ? m->build : 0);
		tree_unit_file(u, path, str_of(text));
	}
	m->failed += tree_asset(m->tree, "assets/shared.css", STR("shared")) != 0;
	m->failed += !u || tree_unit_commit(u, "x") != 0;
}

static void many_threads(void **state)
{
	struct place *p = *state;
	char *pictures[2];
	for (int jobs = 1; jobs <= 8; jobs += 7) {
		for (int n = 0; n < 3; n++) {
			struct many m = {.build = n};
			struct tree_report r;
			assert_int_equal(tree_begin(&m.tree, p->out, TREE_SYNC, &p->diag), TREE_OK);
			pool_run((unsigned)jobs, UNITS, build_unit, &m);
			assert_int_equal(m.failed, 0);
			assert_int_equal(tree_end(m.tree, TREE_ALL, &r), TREE_OK);
			assert_int_equal(r.written + r.unchanged, UNITS * PAGES + 1);
			if (n)
				assert_int_equal(r.written, UNITS * PAGES / 5);
		}
		pictures[jobs / 8] = picture(p, false);
		assert_int_equal(fd_remove(p->fd, "public"), 0);
	}
	assert_string_equal(pictures[0], pictures[1]);
	free(pictures[0]);
	free(pictures[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(makes_a_site, setup, teardown),
	    cmocka_unit_test_setup_teardown(touches_nothing_that_is_the_same, setup, teardown),
	    cmocka_unit_test_setup_teardown(changes_what_differs, setup, teardown),
	    cmocka_unit_test_setup_teardown(loses_a_page, setup, teardown),
	    cmocka_unit_test_setup_teardown(builds_only_some, setup, teardown),
	    cmocka_unit_test_setup_teardown(keeps_and_abandons, setup, teardown),
	    cmocka_unit_test_setup_teardown(gives_no_fingerprint_when_files_went, setup, teardown),
	    cmocka_unit_test_setup_teardown(refuses_foreign_files, setup, teardown),
	    cmocka_unit_test_setup_teardown(names_twenty, setup, teardown),
	    cmocka_unit_test_setup_teardown(one_build_at_a_time, setup, teardown),
	    cmocka_unit_test_setup_teardown(refuses_damaged_manifests, setup, teardown),
	    cmocka_unit_test_setup_teardown(refuses_bad_paths, setup, teardown),
	    cmocka_unit_test_setup_teardown(survives_a_full_disk, setup, teardown),
	    cmocka_unit_test_setup_teardown(survives_a_bad_disk, setup, teardown),
	    cmocka_unit_test_setup_teardown(works_without_exchange, setup, teardown),
	    cmocka_unit_test_setup_teardown(works_without_links, setup, teardown),
	    cmocka_unit_test_setup_teardown(
	        nothing_is_left_of_a_first_build_that_fails, setup, teardown),
	    cmocka_unit_test_setup_teardown(recovers_when_killed, setup, teardown),
	    cmocka_unit_test_setup_teardown(recovers_when_killed_without_exchange, setup, teardown),
	    cmocka_unit_test_setup_teardown(many_threads, setup, teardown),
	};
	return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
