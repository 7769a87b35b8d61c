/*
 * Any text as a link on a page.
 *
 * The first line is the base, the rest the link. Whatever is accepted must be
 * fit for a request: printable ASCII, bounded, its parts in place; and reading
 * it again must give the same.
 */
#include "text/url.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t encode(int32_t code, char out[4])
{
	if (code < 0x400 || code > 0x4FF)
		return 0;
	out[0] = (char)(0xC0 + code % 0x40);
	return 1;
}

static void check(struct arena *a, const struct url *u)
{
	struct url again;
	if (u->kind != URL_WEB)
		return;
	if (u->text.n > URL_MAX || u->host.n == 0 || u->path.n == 0 || u->path.p[0] != '/')
		abort();
	for (size_t i = 0; i < u->text.n; i++)
		if (u->text.p[i] <= ' ' || u->text.p[i] >= 0x7F)
			abort();
	if (url_read(&again, a, u->text, NULL, NULL) != URL_OK || !str_eq(again.text, u->text))
		abort();
	url_key(a, u);
	url_shape(a, u);
	url_is_trap(u);
	url_is_variant(u);
	url_readable(a, u);
	if (!url_within(u, &again) || !url_same_host(u, &again))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct url base, u;
	struct str all = {(const char *)data, size}, first;
	if (size && str_next(&all, '\n', &first)) {
		bool based = url_read(&base, &a, first, NULL, NULL) == URL_OK;
		if (based)
			check(&a, &base);
		if (url_read(&u, &a, all, based ? &base : NULL, NULL) == URL_OK)
			check(&a, &u);
		if (url_read(&u, &a, all, based ? &base : NULL, encode) == URL_OK)
			check(&a, &u);
	}
	arena_clear(&a);
	return 0;
}
