/* A file that was never linked into its folder: nothing to remove, ever. Where
 * the file system has no such files, one is made and unlinked at once. */
#include "sys/spool.h"

#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int open_nameless(int dir)
{
	static const char name[] = ".spool";
	int fd = openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return fd;
	fd = openat(dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0)
		unlinkat(dir, name, 0);
	return fd;
}

static int fail(struct spool *s)
{
	if (!s->err)
		s->err = errno ? errno : EIO;
	errno = s->err;
	return -1;
}

static void unmap(struct spool *s)
{
	if (s->map)
		munmap(s->map, s->mapped);
	s->map = NULL;
}

static int to_file(struct spool *s)
{
	s->fd = open_nameless(s->dir);
	if (s->fd < 0 || fd_write(s->fd, s->bytes.data, s->bytes.len))
		return fail(s);
	buf_clear(&s->bytes);
	return 0;
}

int spool_add(struct spool *s, struct str bytes)
{
	if (s->err)
		return fail(s);
	unmap(s);
	s->size += bytes.n;
	if (s->fd < 0 && s->size < SPOOL_MEMORY) {
		buf_add(&s->bytes, bytes.p, bytes.n);
		return 0;
	}
	if (s->fd < 0 && to_file(s))
		return -1;
	return fd_write(s->fd, bytes.p, bytes.n) ? fail(s) : 0;
}

int spool_str(struct spool *s, struct str *out)
{
	if (s->err)
		return fail(s);
	if (s->fd < 0) {
		*out = buf_str(&s->bytes);
		return 0;
	}
	if (!s->map) {
		void *map = mmap(NULL, (size_t)s->size, PROT_READ, MAP_PRIVATE, s->fd, 0);
		if (map == MAP_FAILED)
			return fail(s);
		s->map = map;
		s->mapped = (size_t)s->size;
	}
	*out = (struct str){s->map, s->mapped};
	return 0;
}

void spool_clear(struct spool *s)
{
	unmap(s);
	fd_close(s->fd);
	buf_clear(&s->bytes);
	*s = (struct spool)SPOOL_INIT(s->dir);
}
