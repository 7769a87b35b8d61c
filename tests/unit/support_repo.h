/*
 * support_repo - repositories made by the git command line.
 *
 * repo_place_setup() makes a folder of its own and an environment in which
 * neither the user's configuration nor the clock decides anything;
 * repo_place_teardown() removes the folder. Commands run in the folder, by the
 * shell, and end at the first that fails. repo_says() gives what a command
 * prints, without the last line end, in the place's arena.
 */
#ifndef SUPPORT_REPO_H
#define SUPPORT_REPO_H

#include "base/arena.h"
#include "sys/repo.h"

struct repo_place {
	char top[80];
	struct arena arena;
};

int repo_place_setup(void **state);
int repo_place_teardown(void **state);

/* The test fails when the command does. */
void repo_shell(struct repo_place *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *repo_says(struct repo_place *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The path of something in the folder. */
const char *repo_path(struct repo_place *p, const char *name);
/* The test fails when it cannot be opened. */
struct repo *repo_of(struct repo_place *p, const char *name);

#endif
