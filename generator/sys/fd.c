/*
 * Thin wrappers: loops around short reads and writes, folders made from the
 * left, trees removed depth first through descriptors so that nothing can be
 * slipped in between.
 */
#include "sys/fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int fd_write(int fd, const void *bytes, size_t len)
{
	const char *p = bytes;
	while (len) {
		ssize_t n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

ssize_t fd_read(int fd, void *bytes, size_t len)
{
	char *p = bytes;
	size_t got = 0;
	while (got < len) {
		ssize_t n = read(fd, p + got, len - got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

void fd_close(int fd)
{
	int saved = errno;
	if (fd >= 0)
		close(fd);
	errno = saved;
}

int fd_create(int dir, const char *path, mode_t mode, const void *bytes, size_t len)
{
	int fd = openat(dir, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	if (fd < 0)
		return -1;
	int status = fd_write(fd, bytes, len);
	/* Network file systems report a full disk only here. */
	if (status == 0)
		status = close(fd);
	else
		fd_close(fd);
	if (status) {
		int saved = errno;
		unlinkat(dir, path, 0);
		errno = saved;
	}
	return status;
}

/* By its number: the header of flock() has the name of one of ours. */
int fd_hold(int fd, bool wait)
{
	long status;
	do
		status = syscall(SYS_flock, fd, LOCK_EX | (wait ? 0 : LOCK_NB));
	while (status && errno == EINTR);
	return status && errno == EWOULDBLOCK ? -1 : 0;
}

/* From the right, since most often only the last one is missing. */
static int make_folders(int dir, char *part)
{
	char *slash = strrchr(part, '/');
	if (!slash || slash == part)
		return 0;
	*slash = '\0';
	int status = mkdirat(dir, part, 0777);
	if (status && errno == ENOENT) {
		status = make_folders(dir, part);
		if (!status)
			status = mkdirat(dir, part, 0777);
	}
	*slash = '/';
	return status && errno != EEXIST ? -1 : 0;
}

int fd_make_parents(int dir, const char *path)
{
	char part[PATH_MAX];
	size_t len = strlen(path);
	if (len >= sizeof(part)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(part, path, len + 1);
	return make_folders(dir, part);
}

static int remove_children(int dir)
{
	DIR *d = fdopendir(dir);
	if (!d) {
		fd_close(dir);
		return -1;
	}
	int status = 0;
	for (struct dirent *e; !status && (errno = 0, e = readdir(d));)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			status = fd_remove(dirfd(d), e->d_name);
	if (errno)
		status = -1;
	int saved = errno;
	closedir(d);
	errno = saved;
	return status;
}

static int remove_tree(int dir, const char *path, int tries)
{
	if (unlinkat(dir, path, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return -1;
	int saved = errno;
	int folder = openat(dir, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0) {
		if (errno == ENOTDIR)
			errno = saved;
		return -1;
	}
	if (remove_children(folder))
		return -1;
	if (unlinkat(dir, path, AT_REMOVEDIR) == 0 || errno == ENOENT)
		return 0;
	/* Some file systems skip names when others are removed meanwhile. */
	if (errno != ENOTEMPTY || tries == 0)
		return -1;
	return remove_tree(dir, path, tries - 1);
}

int fd_remove(int dir, const char *path)
{
	return remove_tree(dir, path, 3);
}

void fd_prune_parents(int dir, const char *path)
{
	char part[PATH_MAX];
	size_t len = strlen(path);
	if (len >= sizeof(part))
		return;
	memcpy(part, path, len + 1);
	for (char *slash; (slash = strrchr(part, '/'));) {
		*slash = '\0';
		if (unlinkat(dir, part, AT_REMOVEDIR))
			return;
	}
}
