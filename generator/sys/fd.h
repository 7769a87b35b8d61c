/*
 * fd - small things with file descriptors that file and tree share.
 *
 * All give 0, or -1 with errno. Paths are relative to the descriptor dir and
 * trusted: whoever takes them from outside has checked them.
 */
#ifndef SYS_FD_H
#define SYS_FD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

int fd_write(int fd, const void *bytes, size_t len); /* all of it */
ssize_t fd_read(int fd, void *bytes, size_t len);    /* until len or the end */
void fd_close(int fd);                               /* keeps errno; -1 is fine */

/* A new file with these bytes; removed again when it cannot be written whole. */
int fd_create(int dir, const char *path, mode_t mode, const void *bytes, size_t len);
/* The folders that lead to the last part of path. */
int fd_make_parents(int dir, const char *path);
/* A file, or a folder with all in it. What is not there is removed already. */
int fd_remove(int dir, const char *path);
/* Holds an open file or folder until it is closed, against others who do this;
 * EWOULDBLOCK: one of them has it, and we do not wait. Where the file system
 * knows no locks, everybody holds it. */
int fd_hold(int fd, bool wait);
/* Remove the folders above path as far as they are empty. */
void fd_prune_parents(int dir, const char *path);

#endif
