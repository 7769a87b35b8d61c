/*
 * zip - the files inside a ZIP archive that lies in memory.
 *
 * zip_open() reads the central directory (APPNOTE 4.3), zip_find() looks for
 * a name, zip_read() unpacks one entry, stored or deflated. Nothing points
 * past the bytes given, whatever the archive says; an entry is never unpacked
 * past the bound of the caller. Archives in several parts, encrypted entries
 * and ZIP64 are not read.
 */
#ifndef TEXT_ZIP_H
#define TEXT_ZIP_H

#include "base/arena.h"
#include "base/str.h"

enum { ZIP_ENTRIES = 10000 };

struct zip_entry {
	struct str name;
	uint32_t packed, size, offset; /* as the directory says; offset of the local header */
	uint16_t method, flags;
};

struct zip {
	struct str bytes;
	struct zip_entry *entries;
	size_t count;
};

/* 0, or -1 when this is no archive that can be read. */
int zip_open(struct zip *out, struct arena *a, struct str bytes);
const struct zip_entry *zip_find(const struct zip *z, const char *name); /* or NULL */
/* 0; 1 when the entry is longer than max and was cut there; -1 when it cannot be read. */
int zip_read(
    struct str *out, struct arena *a, const struct zip *z, const struct zip_entry *e, size_t max);

#endif
