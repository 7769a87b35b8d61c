/*
 * ask - bytes made by another process meanwhile.
 *
 * Loading libgit2 takes about as long as reading a department, and in a thread
 * its mappings would hold up every page fault of the others. A process of its
 * own disturbs nobody. Only for a program that has no threads yet: call
 * ask_begin(), work, then ask_end().
 */
#ifndef SYS_ASK_H
#define SYS_ASK_H

#include "base/arena.h"
#include "base/buf.h"

#include <sys/types.h>

/* Runs in the other process, with all memory as it was when it began. Out has
 * its ceiling set. -1: there is no answer. */
typedef int ask_answer(void *payload, struct buf *out);

struct ask {
	pid_t process; /* 0: none */
	int answer;    /* a file without a name */
};

/* False when no process could be started: then make the bytes here. */
bool ask_begin(struct ask *a, ask_answer *answer, void *payload);
/* Waits. 0, or -1 when the process died or had no answer: make the bytes here. */
int ask_end(struct ask *a, struct arena *arena, struct str *out);

#endif
