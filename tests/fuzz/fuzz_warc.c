/*
 * Any bytes as a web archive, and as its text packed into one member; and any
 * bytes as a log of visits.
 *
 * A reader must end, and what it calls whole must be whole when it is read
 * again.
 */
#include "text/fetchlog.h"
#include "text/warc.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int add(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return 0;
}

static size_t read_all(struct str bytes, size_t *count)
{
	struct warc_reader w = WARC_READER_INIT(bytes);
	struct warc_record r;
	int more;
	*count = 0;
	while ((more = warc_next(&w, &r)) > 0) {
		warc_field_value(r.pieces[0], "software");
		++*count;
	}
	if (more < 0 && !w.why)
		abort();
	size_t whole = w.whole;
	warc_end(&w);
	return whole;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};
	struct buf packed = BUF_INIT(BUF_PAGE);
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct fetchlog log;
	struct gzip packer = GZIP_INIT;
	size_t count, again;
	size_t whole = read_all(bytes, &count);
	if (whole > size || read_all((struct str){bytes.p, whole}, &again) != whole ||
	    again != count)
		abort();
	gzip_member(&packer, &bytes, 1, add, &packed);
	gzip_end(&packer);
	read_all(buf_str(&packed), &count);
	fetchlog_read(&log, &a, "f.csv", bytes, &diag);
	buf_clear(&packed);
	arena_clear(&a);
	diag_clear(&diag);
	return 0;
}
