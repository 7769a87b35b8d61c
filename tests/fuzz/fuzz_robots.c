/*
 * Any bytes as a robots.txt.
 *
 * The first line is the path that is asked for. A file that is cut at a line's
 * end must never allow less or more by what was not read; here it is enough
 * that nothing reads past its end and that robots.txt itself stays allowed.
 */
#include "text/robots.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct robots r;
	struct str all = {(const char *)data, size}, path;
	if (size && str_next(&all, '\n', &path)) {
		robots_read(&r, &a, all, "Vidno");
		robots_allows(&r, path);
		if (!robots_allows(&r, STR("/robots.txt")))
			abort();
		if (r.delay_ms < 0 || r.delay_ms > ROBOTS_DELAY_MAX_MS)
			abort();
		struct str found = robots_path(&a, path);
		if (found.n == 0 || found.p[0] != '/')
			abort();
	}
	arena_clear(&a);
	return 0;
}
