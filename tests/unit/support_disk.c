/* The limit of the process; its signal would end the test. */
#include "support_disk.h"

#include <signal.h>
#include <sys/resource.h>

static void limit(rlim_t bytes)
{
	struct rlimit files;
	getrlimit(RLIMIT_FSIZE, &files);
	files.rlim_cur = bytes < files.rlim_max ? bytes : files.rlim_max;
	setrlimit(RLIMIT_FSIZE, &files);
}

void disk_fills(uint64_t bytes)
{
	signal(SIGXFSZ, SIG_IGN);
	limit((rlim_t)bytes);
}

void disk_has_room(void)
{
	limit(RLIM_INFINITY);
	signal(SIGXFSZ, SIG_DFL);
}
