/*
 * repo_ask - HEAD, found by another process meanwhile.
 *
 * Loading libgit2 takes about as long as reading a department, and in a thread
 * its mappings would hold up every page fault of the others. A process of its
 * own disturbs nobody. Only for a program that has no threads yet: call
 * repo_ask_begin(), work, then repo_ask_end().
 */
#ifndef SYS_REPO_ASK_H
#define SYS_REPO_ASK_H

#include "sys/repo.h"

#include <stdbool.h>
#include <sys/types.h>

struct repo_ask {
	pid_t process; /* 0: none */
	int answer;    /* the end of a pipe */
	const char *path;
};

/* False when no process could be started: then ask repo_head(). */
bool repo_ask_begin(struct repo_ask *a, const char *path);
/* Waits; what repo_head() says of the path that was asked for. */
enum repo_status repo_ask_end(struct repo_ask *a, struct repo_head *out);

#endif
