/*
 * Written beside its place under the number of the process, then renamed.
 */
#include "sys/keep.h"

#include "sys/fd.h"
#include "sys/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char KEPT[] = "vidno";

static int open_folder(const char *folder, bool make)
{
	int above = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (above < 0)
		return -1;
	if (make)
		mkdirat(above, KEPT, 0777);
	int kept = openat(above, KEPT, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	close(above);
	return kept;
}

int keep_read(struct str *out, struct arena *a, const char *folder, const char *name, size_t max)
{
	struct root root = ROOT_INIT;
	root.fd = open_folder(folder, false);
	if (root.fd < 0)
		return -1;
	enum file_status status = file_read(out, a, &root, name, max);
	root_close(&root);
	return status == FILE_OK ? 0 : -1;
}

void keep_write(const char *folder, const char *name, struct str bytes)
{
	char beside[300];
	int kept = open_folder(folder, true);
	if (kept < 0)
		return;
	snprintf(beside, sizeof(beside), "%s.%ld", name, (long)getpid());
	if (fd_create(kept, beside, 0666, bytes.p, bytes.n) == 0 &&
	    renameat(kept, beside, kept, name) < 0)
		unlinkat(kept, beside, 0);
	close(kept);
}
