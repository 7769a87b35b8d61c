/* The output folder: what is the same stays, and what is foreign is refused. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_tree.h"

#include "sys/fd.h"
#include "sys/pool.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

static void makes_a_site(void **state)
{
	struct tree_place *p = *state;
	struct tree_report r;
	assert_int_equal(tree_build(p, tree_first, &r), TREE_OK);
	assert_int_equal(r.written, 7);
	assert_int_equal(r.unchanged, 0);
	assert_int_equal(r.switched, 2);
	assert_true(tree_has(p, "public/kezhma/schools/b/index.html", "school b"));
	assert_true(tree_has(p, "public/methods/x/index.html", "method"));
	assert_true(tree_has(p, "public/assets/site.1.css", "css 1"));
	assert_true(tree_has(p, "public/.vidno-manifest",
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

static ino_t inode(struct tree_place *p, const char *path)
{
	struct stat st;
	assert_int_equal(fstatat(p->fd, path, &st, 0), 0);
	return st.st_ino;
}

static void changes_what_differs(void **state)
{
	struct tree_place *p = *state;
	struct tree_report r;
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	ino_t same = inode(p, "public/kezhma/schools/a/index.html");
	assert_int_equal(tree_build(p, tree_second, &r), TREE_OK);
	assert_true(tree_has(p, "public/kezhma/index.html", "kezhma 2"));
	assert_int_equal(inode(p, "public/kezhma/schools/a/index.html"), same);
	assert_true(tree_has(p, "public/kezhma/schools/b/index.html", NULL));
	assert_true(tree_has(p, "public/kezhma/schools/c/index.html", "school c"));
	assert_int_equal(faccessat(p->fd, "public/nazarovo", F_OK, 0), -1);
	assert_int_equal(faccessat(p->fd, "public/methods", F_OK, 0), -1);
	assert_true(tree_has(p, "public/index.html", "top 2"));
	/* The old style sheet outlives one build. */
	assert_true(tree_has(p, "public/assets/site.1.css", "css 1"));
	assert_true(tree_has(p, "public/assets/site.2.css", "css 2"));
	assert_int_equal(r.written, 6);
	assert_int_equal(r.unchanged, 1);
	assert_int_equal(r.switched, 2);
	assert_int_equal(r.removed, 3); /* school b, nazarovo, the method */
	assert_int_equal(faccessat(p->fd, "public/.vidno-staging", F_OK, 0), -1);

	assert_int_equal(tree_build(p, tree_second, &r), TREE_OK);
	assert_true(tree_has(p, "public/assets/site.1.css", NULL));
	assert_int_equal(r.removed, 1);
	assert_int_equal(r.switched, 0);
	assert_int_equal(p->diag.count, 0);
}

static void loses_a_page(void **state)
{
	struct tree_place *p = *state;
	static const struct tree_page less[] = {
	    {"kezhma", "index.html", "kezhma 1"},
	    {"kezhma", "schools/a/index.html", "school a"},
	    {NULL, NULL, NULL},
	};
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	ino_t same = inode(p, "public/kezhma/index.html");
	assert_int_equal(tree_build_scope(p, less, TREE_SOME, NULL), TREE_OK);
	assert_int_equal(inode(p, "public/kezhma/index.html"), same);
	assert_int_equal(faccessat(p->fd, "public/kezhma/schools/b", F_OK, 0), -1);
}

static void builds_only_some(void **state)
{
	struct tree_place *p = *state;
	static const struct tree_page one[] = {
	    {"nazarovo", "index.html", "nazarovo 2"}, {NULL, NULL, NULL}};
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	for (int i = 0; i < 3; i++)
		assert_int_equal(tree_build_scope(p, one, TREE_SOME, NULL), TREE_OK);
	assert_true(tree_has(p, "public/nazarovo/index.html", "nazarovo 2"));
	assert_true(tree_has(p, "public/kezhma/index.html", "kezhma 1"));
	assert_true(tree_has(p, "public/index.html", "top 1"));
	assert_true(tree_has(p, "public/assets/site.1.css", "css 1"));
}

static void keeps_and_abandons(void **state)
{
	struct tree_place *p = *state;
	struct tree *t;
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	char *before = tree_picture(p, true);
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
	char *now = tree_picture(p, false);
	assert_null(strstr(now, "half"));
	free(now);
	tree_same_picture(p, true, before);
}

static void gives_no_fingerprint_when_files_went(void **state)
{
	struct tree_place *p = *state;
	struct tree *t;
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	assert_int_equal(fd_remove(p->fd, "public/kezhma/schools/a/index.html"), 0);
	assert_int_equal(fd_remove(p->fd, "public/nazarovo"), 0);
	assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
	assert_null(tree_fingerprint(t, "kezhma"));
	assert_null(tree_fingerprint(t, "nazarovo"));
	assert_string_equal(tree_fingerprint(t, "."), ".");
	tree_abandon(t);
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	assert_true(tree_has(p, "public/kezhma/schools/a/index.html", "school a"));
	assert_true(tree_has(p, "public/nazarovo/index.html", "nazarovo 1"));
}

/* -- foreign files, locks, damage -------------------------------------------------------- */

static void refuses_foreign(struct tree_place *p, const char *path)
{
	char wanted[256];
	snprintf(wanted, sizeof(wanted), "%s/%s", p->top, path);
	char *before = tree_picture(p, true);
	assert_int_equal(tree_build(p, tree_second, NULL), TREE_FOREIGN);
	bool named = false;
	for (size_t i = 0; i < p->diag.count; i++)
		named |= p->diag.items[i].file && strcmp(p->diag.items[i].file, wanted) == 0;
	assert_true(named);
	tree_same_picture(p, true, before);
	diag_clear(&p->diag);
	assert_int_equal(fd_remove(p->fd, path), 0);
}

static void refuses_foreign_files(void **state)
{
	struct tree_place *p = *state;
	tree_put(p, "public/mine.txt", "mine");
	refuses_foreign(p, "public/mine.txt");
	/* Empty folders are nobody's, and stay. */
	assert_int_equal(mkdirat(p->fd, "public/empty", 0755), 0);
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	assert_int_equal(faccessat(p->fd, "public/empty", F_OK, 0), 0);

	static const char *const places[] = {"public/.htaccess", "public/kezhma/mine.html",
	    "public/kezhma/schools/a/mine/deep.txt", "public/methods/mine",
	    "public/assets/mine.css", "public/other/index.html", "public/.vidno-staging/mine"};
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		tree_put(p, places[i], "mine");
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
	struct tree_place *p = *state;
	for (int i = 0; i < 50; i++) {
		char path[64];
		snprintf(path, sizeof(path), "public/%d/mine-%d", i, i);
		tree_put(p, path, "mine");
	}
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_FOREIGN);
	assert_int_equal(p->diag.count, TREE_FOREIGN_SHOWN + 1);
}

static void one_build_at_a_time(void **state)
{
	struct tree_place *p = *state;
	struct tree *t, *other;
	assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
	assert_int_equal(tree_begin(&other, p->out, 0, &p->diag), TREE_BUSY);
	assert_null(other);
	assert_string_equal(p->diag.items[0].rule, "output-busy");
	tree_abandon(t);
	/* We had made it; nothing is left. */
	assert_int_equal(faccessat(p->fd, "public", F_OK, 0), -1);
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
}

static void refuses_damaged_manifests(void **state)
{
	struct tree_place *p = *state;
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
	    "vidno-manifest 1\nu a/b/c -\nf secret\n",
	    "vidno-manifest 1\nu kezhma\nf secret\n",
	    "vidno-manifest 1\nu kezhma -\nu kezhma -\n",
	    "vidno-manifest 1\na 0 ../secret\n",
	    "vidno-manifest 1\na x assets/a\n",
	    "vidno-manifest 1\nu k -\na 0 assets/a\nf index.html\n",
	    "vidno-manifest 1\nx\n",
	    "vidno-manifest 1\nl \n",
	    "vidno-manifest 1\nl two words\n",
	    "vidno-manifest 1\nl public\nl public\n",
	    "vidno-manifest 1\nu k -\nl public\n",
	    "vidno-manifest 1\nu kezhma -\nf index.html\nf cut",
	};
	tree_put(p, "secret", "secret");
	for (size_t i = 0; i < sizeof(damaged) / sizeof(*damaged); i++) {
		tree_put(p, "public/.vidno-manifest", damaged[i]);
		char *before = tree_picture(p, true);
		int status = tree_build(p, tree_second, NULL);
		if (status != TREE_MANIFEST)
			fail_msg("%s: %d", damaged[i], status);
		tree_same_picture(p, true, before);
	}
	tree_put(p, "public/.vidno-manifest", "vidno-manifest 1\n");
	assert_int_equal(tree_build(p, tree_second, NULL), TREE_OK);
	assert_true(tree_has(p, "secret", "secret"));
}

static void refuses_bad_paths(void **state)
{
	struct tree_place *p = *state;
	static const char *const bad[] = {
	    "", "/x", "../x", "a/../x", "a//b", "a/", ".x", "a/.x", "a\nb", "a\x7F", "."};
	char *before = tree_picture(p, true);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const struct tree_page files[] = {{"kezhma", bad[i], "x"}, {NULL, NULL, NULL}};
		assert_int_equal(tree_build(p, files, NULL), TREE_FAILED);
	}
	static const char *const ids[] = {"", "..", "a/b/c", ".x", "a b", "a\n"};
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		struct tree *t;
		assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
		assert_null(tree_unit_begin(t, ids[i], &p->diag));
		tree_abandon(t);
	}
	static const struct tree_page clashes[][4] = {
	    {{"kezhma", "index.html", "1"}, {"kezhma", "index.html", "1"}},
	    {{"kezhma", "a", "1"}, {"kezhma", "a/b/c", "1"}},
	    {{"kezhma", "index.html", "1"}, {".", "kezhma/x.html", "1"}},
	    {{"assets", "index.html", "1"}, {"+", "assets/x.css", "1"}},
	};
	for (size_t i = 0; i < sizeof(clashes) / sizeof(*clashes); i++) {
		diag_clear(&p->diag);
		assert_int_equal(tree_build(p, clashes[i], NULL), TREE_FAILED);
		assert_true(p->diag.errors > 0);
	}
	tree_same_picture(p, true, before);
}

/* -- names and labels ------------------------------------------------------------------ */

static enum tree_status build_labelled(struct tree_place *p, const char *label)
{
	struct tree *t;
	enum tree_status status = tree_begin(&t, p->out, 0, &p->diag);
	if (status)
		return status;
	if (label)
		tree_set_label(t, label);
	struct tree_unit *u = tree_unit_begin(t, "kezhma", &p->diag);
	assert_int_equal(tree_unit_file(u, "index.html", STR("x")), 0);
	assert_int_equal(tree_unit_commit(u, NULL), 0);
	return tree_end(t, TREE_ALL, NULL);
}

static const char *label_of(struct tree_place *p, char label[16])
{
	struct tree *t;
	assert_int_equal(tree_begin(&t, p->out, 0, &p->diag), TREE_OK);
	snprintf(label, 16, "%s", tree_label(t) ? tree_label(t) : "none");
	tree_abandon(t);
	return label;
}

static void keeps_a_label(void **state)
{
	struct tree_place *p = *state;
	char label[16];
	assert_string_equal(label_of(p, label), "none");
	assert_int_equal(build_labelled(p, "internal"), TREE_OK);
	assert_string_equal(label_of(p, label), "internal");
	/* It belongs to the folder, not to any unit or file. */
	assert_int_equal(fd_remove(p->fd, "public/kezhma"), 0);
	assert_string_equal(label_of(p, label), "internal");
	assert_int_equal(build_labelled(p, NULL), TREE_OK);
	assert_string_equal(label_of(p, label), "internal");
	assert_int_equal(build_labelled(p, "two words"), TREE_OK);
	assert_string_equal(label_of(p, label), "internal");
	assert_int_equal(build_labelled(p, "public"), TREE_OK);
	assert_string_equal(label_of(p, label), "public");
}

/* A department becomes a page, a page a department, a file a folder and back. */
static void names_change_their_owners(void **state)
{
	struct tree_place *p = *state;
	static const struct tree_page sites[][6] = {
	    {{"search", "index.html", "a department"}, {".", "index.html", "1"},
	        {".", "list", "a file"}, {NULL, NULL, NULL}},
	    {{"kezhma", "index.html", "a department"}, {".", "index.html", "2"},
	        {".", "search/index.html", "a page"}, {".", "list/index.html", "a folder"},
	        {NULL, NULL, NULL}},
	    {{"search", "index.html", "a department again"}, {".", "index.html", "3"},
	        {".", "list", "a file again"}, {NULL, NULL, NULL}},
	    {{"list", "index.html", "a department"}, {".", "index.html", "4"}, {NULL, NULL, NULL}},
	};
	for (size_t i = 0; i < sizeof(sites) / sizeof(*sites); i++) {
		assert_int_equal(tree_build(p, sites[i], NULL), TREE_OK);
		char *now = tree_picture(p, false);
		for (const struct tree_page *page = sites[i]; page->unit; page++) {
			char path[64];
			snprintf(path, sizeof(path), "public/%s%s%s",
			    strcmp(page->unit, ".") == 0 ? "" : page->unit,
			    strcmp(page->unit, ".") == 0 ? "" : "/", page->path);
			assert_true(tree_has(p, path, page->text));
		}
		/* And nothing of before. */
		assert_int_equal(fd_remove(p->fd, "public"), 0);
		assert_int_equal(tree_build(p, sites[i], NULL), TREE_OK);
		tree_same_picture(p, false, now);
	}
	assert_int_equal(p->diag.count, 0);
}

/* Moving a department by hand makes strangers of its files. */
static void knows_renamed_folders(void **state)
{
	struct tree_place *p = *state;
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	assert_int_equal(renameat(p->fd, "public/kezhma", p->fd, "public/old-kezhma"), 0);
	char *before = tree_picture(p, true);
	assert_int_equal(tree_build(p, tree_second, NULL), TREE_FOREIGN);
	assert_non_null(strstr(p->diag.items[0].file, "public/old-kezhma/"));
	tree_same_picture(p, true, before);
	assert_int_equal(renameat(p->fd, "public/old-kezhma", p->fd, "public/kezhma"), 0);
	assert_int_equal(tree_build(p, tree_second, NULL), TREE_OK);
}

/* A folder that is closed to us is an error of its own kind. */
static void does_not_call_closed_folders_foreign(void **state)
{
	struct tree_place *p = *state;
	bool root = geteuid() == 0;
	assert_int_equal(tree_build(p, tree_first, NULL), TREE_OK);
	assert_int_equal(fchmodat(p->fd, ".", 0755, 0), 0);
	assert_int_equal(fchmodat(p->fd, "public/.vidno-manifest", 0644, 0), 0);
	assert_int_equal(fchmodat(p->fd, "public/kezhma/schools", 0, 0), 0);
	if (root)
		setfsuid(65534);
	int reached = open(p->out, O_PATH | O_CLOEXEC); /* TMPDIR may be closed to others */
	enum tree_status status = reached < 0 ? TREE_FAILED : tree_build(p, tree_second, NULL);
	if (root)
		setfsuid(0);
	if (reached < 0)
		skip();
	close(reached);
	assert_int_equal(fchmodat(p->fd, "public/kezhma/schools", 0755, 0), 0);
	assert_int_equal(status, TREE_FAILED);
	assert_string_equal(p->diag.items[0].rule, "output-failed");
	assert_non_null(strstr(p->diag.items[0].file, "public/kezhma/schools"));
	assert_int_equal(tree_build(p, tree_second, NULL), TREE_OK);
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
	struct tree_place *p = *state;
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
		pictures[jobs / 8] = tree_picture(p, false);
		assert_int_equal(fd_remove(p->fd, "public"), 0);
	}
	assert_string_equal(pictures[0], pictures[1]);
	free(pictures[0]);
	free(pictures[1]);
}

/* A unit may lie in a folder of another one's pages: releases/2025. */
static void units_in_a_folder(void **state)
{
	struct tree_place *p = *state;
	static const struct tree_page before[] = {{".", "index.html", "top"},
	    {".", "releases/index.html", "list"}, {"releases/a", "index.html", "a"},
	    {"releases/a", "x/index.html", "ax"}, {"kezhma", "index.html", "kezhma"}, {0}};
	static const struct tree_page after[] = {{".", "index.html", "top"},
	    {".", "releases/index.html", "list 2"}, {"releases/a", "index.html", "a 2"},
	    {"releases/a", "x/index.html", "ax"}, {"releases/b", "index.html", "b"},
	    {"kezhma", "index.html", "kezhma"}, {0}};
	static const struct tree_page none[] = {
	    {".", "index.html", "top"}, {"kezhma", "index.html", "kezhma"}, {0}};
	struct tree_report r;
	assert_int_equal(tree_build(p, before, &r), TREE_OK);
	assert_true(tree_has(p, "public/releases/a/x/index.html", "ax"));
	assert_int_equal(tree_build(p, before, &r), TREE_OK);
	assert_int_equal(r.written + r.removed + r.switched, 0);
	ino_t same = inode(p, "public/releases/a/x/index.html");
	assert_int_equal(tree_build(p, after, &r), TREE_OK);
	assert_int_equal(r.switched, 2);
	assert_true(tree_has(p, "public/releases/a/index.html", "a 2"));
	assert_true(tree_has(p, "public/releases/b/index.html", "b"));
	assert_true(tree_has(p, "public/releases/index.html", "list 2"));
	assert_int_equal(inode(p, "public/releases/a/x/index.html"), same);
	tree_put(p, "public/releases/mine.txt", "foreign");
	assert_int_equal(tree_build(p, after, &r), TREE_FOREIGN);
	assert_int_equal(unlinkat(p->fd, "public/releases/mine.txt", 0), 0);
	assert_int_equal(tree_build(p, none, &r), TREE_OK);
	assert_int_equal(r.removed, 4);
	assert_int_equal(faccessat(p->fd, "public/releases", F_OK, 0), -1);
}

/* What a run left that was killed between two renames. */
static void unit_in_a_folder_is_put_back(void **state)
{
	struct tree_place *p = *state;
	static const struct tree_page pages[] = {
	    {".", "index.html", "top"}, {"releases/a", "index.html", "a"}, {0}};
	struct tree_report r;
	assert_int_equal(tree_build(p, pages, NULL), TREE_OK);
	tree_put(p, "public/.vidno-staging/vidno", "");
	assert_int_equal(
	    renameat(p->fd, "public/releases/a", p->fd, "public/.vidno-staging/old.releases a"), 0);
	assert_int_equal(unlinkat(p->fd, "public/releases", AT_REMOVEDIR), 0);
	assert_int_equal(tree_build(p, pages, &r), TREE_OK);
	assert_int_equal(r.written, 0);
	assert_true(tree_has(p, "public/releases/a/index.html", "a"));
}

/* One folder, one owner; a folder that changes its owner. */
static void units_do_not_lie_in_units(void **state)
{
	struct tree_place *p = *state;
	static const struct tree_page inside[] = {
	    {"releases", "index.html", "r"}, {"releases/a", "index.html", "a"}, {0}};
	static const struct tree_page page[] = {
	    {".", "releases/a/index.html", "r"}, {"releases/a", "x.html", "a"}, {0}};
	static const struct tree_page deep[] = {{"releases/a/b", "index.html", "a"}, {0}};
	static const struct tree_page outer[] = {{"releases", "index.html", "r"}, {0}};
	static const struct tree_page inner[] = {
	    {"releases/a", "index.html", "a"}, {".", "releases/index.html", "list"}, {0}};
	assert_int_equal(tree_build(p, inside, NULL), TREE_FAILED);
	assert_int_equal(tree_build(p, page, NULL), TREE_FAILED);
	assert_int_not_equal(tree_build(p, deep, NULL), TREE_OK);
	assert_int_equal(tree_build(p, outer, NULL), TREE_OK);
	assert_int_equal(tree_build(p, inner, NULL), TREE_OK);
	assert_true(tree_has(p, "public/releases/a/index.html", "a"));
	assert_true(tree_has(p, "public/releases/index.html", "list"));
	assert_int_equal(tree_build(p, outer, NULL), TREE_OK);
	assert_true(tree_has(p, "public/releases/index.html", "r"));
	assert_int_equal(faccessat(p->fd, "public/releases/a", F_OK, 0), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(units_in_a_folder, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(
	        unit_in_a_folder_is_put_back, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(units_do_not_lie_in_units, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(makes_a_site, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(changes_what_differs, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(loses_a_page, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(builds_only_some, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(keeps_and_abandons, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(
	        gives_no_fingerprint_when_files_went, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(refuses_foreign_files, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(names_twenty, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(one_build_at_a_time, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(refuses_damaged_manifests, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(refuses_bad_paths, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(keeps_a_label, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(names_change_their_owners, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(knows_renamed_folders, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(
	        does_not_call_closed_folders_foreign, tree_setup, tree_teardown),
	    cmocka_unit_test_setup_teardown(many_threads, tree_setup, tree_teardown),
	};
	return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
