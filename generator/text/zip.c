/*
 * The end record is looked for backwards from the end (APPNOTE 4.3.16: a
 * comment may follow it), then the directory is read entry by entry. Where an
 * entry's bytes begin, its local header says.
 */
#include "text/zip.h"

#include "base/buf.h"
#include "text/inflate.h"

enum {
	END_SIZE = 22,
	END_COMMENT = 65535,
	ENTRY_SIZE = 46,
	LOCAL_SIZE = 30,
	STORED = 0,
	DEFLATED = 8,
	ENCRYPTED = 1,
};

static uint32_t number(struct str s, size_t at, int bytes)
{
	uint32_t n = 0;
	for (int i = bytes - 1; i >= 0; i--)
		n = n << 8 | (unsigned char)s.p[at + (size_t)i];
	return n;
}

static bool is_at(struct str s, size_t at, const char *mark, size_t size)
{
	return at <= s.n && s.n - at >= size && memcmp(s.p + at, mark, 4) == 0;
}

static bool find_end(struct str s, size_t *at)
{
	size_t least = s.n > END_SIZE + END_COMMENT ? s.n - END_SIZE - END_COMMENT : 0;
	for (size_t i = s.n; i-- > least;)
		if (is_at(s, i, "PK\5\6", END_SIZE)) {
			*at = i;
			return true;
		}
	return false;
}

int zip_open(struct zip *out, struct arena *a, struct str bytes)
{
	size_t end, cap = 0;
	*out = (struct zip){.bytes = bytes};
	if (!find_end(bytes, &end))
		return -1;
	size_t at = number(bytes, end + 16, 4), count = number(bytes, end + 10, 2);
	for (size_t i = 0; i < count && i < ZIP_ENTRIES; i++) {
		if (!is_at(bytes, at, "PK\1\2", ENTRY_SIZE))
			return -1;
		size_t name = number(bytes, at + 28, 2);
		size_t rest = number(bytes, at + 30, 2) + number(bytes, at + 32, 2);
		if (bytes.n - at - ENTRY_SIZE < name)
			return -1;
		out->entries = arena_grow(a, out->entries, out->count, &cap, sizeof(*out->entries));
		out->entries[out->count++] =
		    (struct zip_entry){.name = {bytes.p + at + ENTRY_SIZE, name},
		        .flags = (uint16_t)number(bytes, at + 8, 2),
		        .method = (uint16_t)number(bytes, at + 10, 2),
		        .packed = number(bytes, at + 20, 4),
		        .size = number(bytes, at + 24, 4),
		        .offset = number(bytes, at + 42, 4)};
		at += ENTRY_SIZE + name + rest;
	}
	return 0;
}

const struct zip_entry *zip_find(const struct zip *z, const char *name)
{
	for (size_t i = 0; i < z->count; i++)
		if (str_is(z->entries[i].name, name))
			return &z->entries[i];
	return NULL;
}

static int collect(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return buf_err(payload);
}

static int unpack(struct str *out, struct arena *a, struct str packed, size_t max)
{
	struct buf b = BUF_INIT(max + 64 * 1024);
	struct inflate z;
	inflate_begin(&z, INFLATE_RAW, max, INFLATE_RATIO * 10, collect, &b);
	inflate_feed(&z, packed, NULL);
	enum inflate_status status = inflate_end(&z);
	if (b.len > max)
		b.len = max;
	size_t got = b.len;
	*out = buf_keep(a, &b);
	if (status == INFLATE_OK || status == INFLATE_DONE)
		return 0;
	return status == INFLATE_TOO_LARGE || status == INFLATE_BOMB ? 1 : got ? 1 : -1;
}

int zip_read(
    struct str *out, struct arena *a, const struct zip *z, const struct zip_entry *e, size_t max)
{
	*out = (struct str){"", 0};
	if (!is_at(z->bytes, e->offset, "PK\3\4", LOCAL_SIZE) || (e->flags & ENCRYPTED))
		return -1;
	size_t skip =
	    LOCAL_SIZE + number(z->bytes, e->offset + 26, 2) + number(z->bytes, e->offset + 28, 2);
	if (z->bytes.n - e->offset < skip)
		return -1;
	struct str packed = {z->bytes.p + e->offset + skip, z->bytes.n - e->offset - skip};
	bool cut = packed.n < e->packed;
	if (!cut)
		packed.n = e->packed;
	if (e->method == DEFLATED)
		return unpack(out, a, packed, max);
	if (e->method != STORED)
		return -1;
	*out = packed;
	if (packed.n > max)
		out->n = max;
	return cut || packed.n > max;
}
