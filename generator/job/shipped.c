/*
 * The program's folder is where its running file lies, links resolved.
 */
#include "job/shipped.h"

#include <unistd.h>

static const char *program_folder(struct arena *a)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));
	if (len <= 0 || (size_t)len == sizeof(path))
		return ".";
	while (len > 0 && path[len - 1] != '/')
		len--;
	return arena_strndup(a, path, len > 1 ? (size_t)len - 1 : 1);
}

const char *shipped_place(
    struct arena *a, size_t number, const char *checkout, const char *installed)
{
	if (number == 0)
		return arena_printf(a, "%s/%s", program_folder(a), checkout);
	if (number == 1)
		return arena_printf(a, "%s/../share/%s", program_folder(a), installed);
	return arena_printf(a, "%s/share/%s", VIDNO_PREFIX, installed);
}
