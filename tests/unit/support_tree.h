/*
 * support_tree - small sites in an output folder, for the tests of tree.
 *
 * tree_setup() makes a folder of its own, tree_teardown() removes it. A
 * picture is a text: a line for each path with its content, and with inodes
 * set its inode and time; it is the caller's to free.
 */
#ifndef SUPPORT_TREE_H
#define SUPPORT_TREE_H

#include "sys/tree.h"

struct tree_place {
	char top[80], out[96];
	int fd; /* top */
	struct diag diag;
};

struct tree_page {
	const char *unit, *path, *text; /* unit "+" is an asset */
};

extern const struct tree_page tree_first[], tree_second[];

int tree_setup(void **state);
int tree_teardown(void **state);
void tree_put(struct tree_place *p, const char *path, const char *text);
char *tree_picture(struct tree_place *p, bool inodes);
void tree_same_picture(struct tree_place *p, bool inodes, char *before); /* frees before */
bool tree_has(struct tree_place *p, const char *path, const char *text); /* NULL: not there */
enum tree_status tree_build_scope(struct tree_place *p, const struct tree_page *pages,
    enum tree_scope scope, struct tree_report *report);
enum tree_status tree_build(
    struct tree_place *p, const struct tree_page *pages, struct tree_report *report);

#endif
