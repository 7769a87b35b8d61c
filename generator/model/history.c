/*
 * Looking up what job/history filled in.
 */
#include "model/history.h"

#include <string.h>

const struct path_history *history_of(const struct history *h, const char *path)
{
	return h && path ? map_get(&h->paths, str_of(path)) : NULL;
}

const struct commit *history_row(const struct path_history *p, uint32_t line)
{
	return p && line < p->nrows ? p->rows[line] : NULL;
}

struct commit_short commit_short(const struct commit *c)
{
	struct commit_short out = {""};
	size_t n = strlen(c->id);
	memcpy(out.s, c->id, n < sizeof(out.s) - 1 ? n : sizeof(out.s) - 1);
	return out;
}
