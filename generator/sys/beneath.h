/*
 * beneath - opening a path that must not leave a folder.
 *
 * Gives a descriptor (close-on-exec) or -1 with errno; EXDEV means that the
 * path, or a symbolic link on it, leads out of dir. Links that stay inside
 * are followed.
 */
#ifndef SYS_BENEATH_H
#define SYS_BENEATH_H

int beneath_open(int dir, const char *path, int flags);

/* The same without openat2(), for kernels before 5.6 and sandboxes. */
int beneath_walk(int dir, const char *path, int flags);

#endif
