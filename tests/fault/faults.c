/*
 * Loaded before the C library (LD_PRELOAD), makes one of the program's calls
 * fail, or kills the program just before it.
 *
 *   FAULT="KIND NUMBER CODE ON"
 *     KIND    c  calls that change the disk     l  calls that look at it
 *             x  close                          m  memory
 *             p  processes
 *     NUMBER  of the call of that kind, from 1; 0: only count them
 *     CODE    errno, or 0: killed
 *     ON      1: every later call of that kind fails too
 *   FAULT_FD  gets the number of calls, as text, and "!" when the fault struck
 *
 * close() closes all the same, as the system's does. Under a full disk what
 * needs no space goes on working: taking away, and renaming.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* Under their other names, so that finding them needs no memory. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static struct {
	char kind;
	long number;
	int code;
	bool on, struck;
	int fd;
	atomic_long calls;
} fault;

static void tell(const char *text, size_t len)
{
	if (syscall(SYS_write, fault.fd, text, len) < 0)
		fault.fd = -1; /* nobody listens */
}

__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("FAULT"), *fd = getenv("FAULT_FD");
	long number;
	int code, on;
	char kind;
	if (!text || !fd || sscanf(text, "%c %ld %d %d", &kind, &number, &code, &on) != 4)
		return;
	fault.fd = atoi(fd);
	fault.code = code;
	fault.on = on;
	fault.number = number;
	fault.calls = 0;
	fault.kind = kind;
}

__attribute__((destructor)) static void end(void)
{
	char text[32];
	if (!fault.kind)
		return;
	fault.kind = 0;
	int len = snprintf(text, sizeof(text), "%ld", fault.calls);
	tell(text, (size_t)len);
}

static bool faulty(char kind, bool needs_space)
{
	if (fault.kind != kind || (fault.code == ENOSPC && !needs_space))
		return false;
	long call = atomic_fetch_add(&fault.calls, 1) + 1;
	if (fault.number == 0 || call < fault.number || (call > fault.number && !fault.on))
		return false;
	if (call == fault.number)
		tell("!", 1);
	if (fault.code == 0)
		raise(SIGKILL);
	errno = fault.code;
	return true;
}

/* The one that would have been called without us. */
static void find(void *pointer, const char *name)
{
	void *symbol = dlsym(RTLD_NEXT, name);
	memcpy(pointer, &symbol, sizeof(symbol));
}

/* -- changing ------------------------------------------------------------------------ */

ssize_t write(int fd, const void *bytes, size_t len)
{
	return faulty('c', true) ? -1 : syscall(SYS_write, fd, bytes, len);
}

int mkdir(const char *path, mode_t mode)
{
	return faulty('c', true) ? -1 : (int)syscall(SYS_mkdir, path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return faulty('c', true) ? -1 : (int)syscall(SYS_mkdirat, dir, path, mode);
}

int linkat(int a, const char *from, int b, const char *to, int flags)
{
	return faulty('c', true) ? -1 : (int)syscall(SYS_linkat, a, from, b, to, flags);
}

/* Of the file systems that cannot exchange, too. */
static bool no_exchange(unsigned flags)
{
	const char *no = getenv("FAULT_NO_EXCHANGE");
	return flags && no && *no;
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	if (no_exchange(flags)) {
		errno = EINVAL;
		return -1;
	}
	return faulty('c', false) ? -1 : (int)syscall(SYS_renameat2, a, from, b, to, flags);
}

int renameat(int a, const char *from, int b, const char *to)
{
	return faulty('c', false) ? -1 : (int)syscall(SYS_renameat2, a, from, b, to, 0);
}

int unlinkat(int dir, const char *path, int flags)
{
	return faulty('c', false) ? -1 : (int)syscall(SYS_unlinkat, dir, path, flags);
}

int rmdir(const char *path)
{
	return faulty('c', false) ? -1 : (int)syscall(SYS_rmdir, path);
}

int fsync(int fd)
{
	return faulty('c', true) ? -1 : (int)syscall(SYS_fsync, fd);
}

int syncfs(int fd)
{
	return faulty('c', true) ? -1 : (int)syscall(SYS_syncfs, fd);
}

/* -- processes ------------------------------------------------------------------------- */

pid_t fork(void)
{
	pid_t (*real)(void);
	find(&real, "fork");
	return faulty('p', true) ? -1 : real();
}

/* -- opening and looking ------------------------------------------------------------- */

int openat(int dir, const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	if (flags & O_CREAT ? faulty('c', true) : faulty('l', false))
		return -1;
	return (int)syscall(SYS_openat, dir, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	if (flags & O_CREAT ? faulty('c', true) : faulty('l', false))
		return -1;
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t read(int fd, void *bytes, size_t len)
{
	return faulty('l', false) ? -1 : syscall(SYS_read, fd, bytes, len);
}

int fstat(int fd, struct stat *st)
{
	return faulty('l', false) ? -1 : (int)syscall(SYS_newfstatat, fd, "", st, AT_EMPTY_PATH);
}

int fstatat(int dir, const char *path, struct stat *st, int flags)
{
	return faulty('l', false) ? -1 : (int)syscall(SYS_newfstatat, dir, path, st, flags);
}

DIR *fdopendir(int fd)
{
	DIR *(*real)(int);
	if (faulty('l', false))
		return NULL;
	find(&real, "fdopendir");
	return real(fd);
}

struct dirent *readdir(DIR *d)
{
	struct dirent *(*real)(DIR *);
	if (faulty('l', false))
		return NULL;
	find(&real, "readdir");
	return real(d);
}

int close(int fd)
{
	int result = (int)syscall(SYS_close, fd);
	return faulty('x', false) ? -1 : result;
}

/* openat2() and others have no function of their own. It takes six words
 * whatever the call, as the C library's does. */
long syscall(long number, ...)
{
	static long (*real)(long, ...);
	long words[6];
	va_list args;
	va_start(args, number);
	for (int i = 0; i < 6; i++)
		words[i] = va_arg(args, long);
	va_end(args);
	if (!real)
		find(&real, "syscall");
	if (number == SYS_openat2 && faulty('l', false))
		return -1;
	return real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}

/* -- memory ---------------------------------------------------------------------------- */

void *malloc(size_t size)
{
	return faulty('m', false) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return faulty('m', false) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return faulty('m', false) ? NULL : __libc_realloc(old, size);
}
