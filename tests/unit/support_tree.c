/* Small sites, built and described. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_tree.h"

#include "sys/fd.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int tree_setup(void **state)
{
	struct tree_place *p = test_calloc(1, sizeof(*p));
	const char *base = getenv("TMPDIR");
	snprintf(p->top, sizeof(p->top), "%s/test_tree.XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(p->top));
	snprintf(p->out, sizeof(p->out), "%s/public", p->top);
	p->fd = open(p->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = p;
	return 0;
}

int tree_teardown(void **state)
{
	struct tree_place *p = *state;
	diag_clear(&p->diag);
	close(p->fd);
	int failed = fd_remove(AT_FDCWD, p->top);
	test_free(p);
	return failed;
}

void tree_put(struct tree_place *p, const char *path, const char *text)
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

char *tree_picture(struct tree_place *p, bool inodes)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	describe(&out, p->fd, "", inodes);
	return buf_take(&out, NULL);
}

void tree_same_picture(struct tree_place *p, bool inodes, char *before)
{
	char *now = tree_picture(p, inodes);
	assert_string_equal(now, before);
	free(now);
	free(before);
}

bool tree_has(struct tree_place *p, const char *path, const char *text)
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

enum tree_status tree_build_scope(struct tree_place *p, const struct tree_page *files,
    enum tree_scope scope, struct tree_report *report)
{
	struct tree *t;
	enum tree_status status = tree_begin(&t, p->out, 0, &p->diag);
	if (status)
		return status;
	struct tree_unit *u = NULL;
	const char *unit = "";
	bool failed = false;
	for (const struct tree_page *f = files; f->unit; f++) {
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

enum tree_status tree_build(
    struct tree_place *p, const struct tree_page *files, struct tree_report *report)
{
	return tree_build_scope(p, files, TREE_ALL, report);
}

const struct tree_page tree_first[] = {
    {"kezhma", "index.html", "kezhma 1"},
    {"kezhma", "schools/a/index.html", "school a"},
    {"kezhma", "schools/b/index.html", "school b"},
    {"nazarovo", "index.html", "nazarovo 1"},
    {"+", "assets/site.1.css", "css 1"},
    {".", "index.html", "top 1"},
    {".", "methods/x/index.html", "method"},
    {NULL, NULL, NULL},
};

const struct tree_page tree_second[] = {
    {"kezhma", "index.html", "kezhma 2"},
    {"kezhma", "schools/a/index.html", "school a"},
    {"kezhma", "schools/c/index.html", "school c"},
    {"ust-ilimsk", "index.html", "new"},
    {"+", "assets/site.2.css", "css 2"},
    {".", "index.html", "top 2"},
    {".", "robots.txt", "robots"},
    {NULL, NULL, NULL},
};
