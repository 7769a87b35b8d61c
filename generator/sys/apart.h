/*
 * apart - a process of our own that does one thing and ends with us.
 *
 * fork() without exec: the new process sees all memory as it was, and has of
 * the open files only its end of a channel, and 0 to 2. It is killed when the
 * parent is gone; it must end by _exit(), since what is buffered belongs to
 * the parent.
 *
 * Only for a process that has no other threads: what another thread holds
 * locked at this moment (the allocator, the resolver) would stay locked in the
 * new process for ever. So long waits that would want threads are themselves
 * put into a process: see sys/resolve.
 */
#ifndef SYS_APART_H
#define SYS_APART_H

#include <sys/types.h>

enum { APART_FD = 3 };

/* As fork(). In the new process fd is APART_FD; the parent keeps its own. */
pid_t apart_fork(int fd);

#endif
