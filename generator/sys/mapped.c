/*
 * mmap(), read only. An empty file has no map.
 */
#include "sys/mapped.h"

#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

int mapped_open(struct mapped *m, const char *path)
{
	struct stat st;
	*m = (struct mapped){.bytes = STR("")};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	int err = fstat(fd, &st);
	if (!err && !S_ISREG(st.st_mode)) {
		errno = EINVAL;
		err = -1;
	}
	if (!err && st.st_size > 0) {
		void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (p == MAP_FAILED) {
			err = -1;
		} else {
			m->bytes.p = p;
			m->bytes.n = (size_t)st.st_size;
		}
	}
	fd_close(fd);
	return err;
}

void mapped_close(struct mapped *m)
{
	if (m->bytes.n)
		munmap((void *)(uintptr_t)m->bytes.p, m->bytes.n);
	*m = (struct mapped){.bytes = STR("")};
}
