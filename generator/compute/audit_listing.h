/*
 * audit_listing - what the interface of a cloud disk says of a public link.
 *
 * audit_listing_read() takes the file, or the first files of the folder, from
 * the answer (JSON of Yandex.Disk); audit_listing_write() says them in one
 * clause in the language of the site: names, sizes, MD5.
 *
 * Reference: yandex.ru/dev/disk-api, "Resource" and "ResourceList".
 */
#ifndef COMPUTE_AUDIT_LISTING_H
#define COMPUTE_AUDIT_LISTING_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"

enum { LISTING_FILES = 100 };

struct cloud_file {
	struct str name, md5, sha256;
	int64_t size; /* bytes, -1 not said */
	struct date modified;
	bool folder;
};

struct audit_listing {
	struct cloud_file self;   /* what the link leads to */
	struct cloud_file *files; /* in it, when it is a folder; [count], at most LISTING_FILES */
	size_t count;
	int64_t total; /* files and folders in it, also those that are not listed */
};

/* False: the answer names nothing. Texts are in the arena. */
bool audit_listing_read(struct audit_listing *out, struct arena *a, struct str json);
/* The day of the file, or of the newest one in the folder; or none. */
struct date audit_listing_date(const struct audit_listing *l);
void audit_listing_write(struct buf *out, const struct audit_listing *l, bool russian);

#endif
