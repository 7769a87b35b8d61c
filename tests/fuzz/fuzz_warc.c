/*
 * Any bytes as a web archive, as its text packed into one member, as the lines
 * and the block of a record that is written and read again; and any bytes as a
 * log of visits.
 *
 * A reader must end, and what it calls whole must be whole when it is read
 * again.
 */
#include "text/ascii.h"
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

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static struct str line(struct str *rest)
{
	struct str s = STR("");
	if (rest->n)
		str_next(rest, '\n', &s);
	return s;
}

/* Line ends and other controls are written as blanks, those at the ends fall off. */
static void same(struct str written, struct str found)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < written.n; i++)
		buf_addc(&b, (unsigned char)written.p[i] < ' ' ? ' ' : written.p[i]);
	expect(str_eq(ascii_trim(buf_str(&b)), found));
	buf_clear(&b);
}

static void write_and_read(struct gzip *packer, struct str rest)
{
	struct buf file = BUF_INIT(BUF_PAGE);
	struct warc_record r = {.type = (enum warc_type)(rest.n % WARC_OTHER)}, back;
	r.date = line(&rest);
	r.filename = line(&rest);
	r.ip = line(&rest);
	r.truncated = line(&rest);
	r.content_type = line(&rest);
	r.payload_digest = line(&rest);
	r.pieces[0] = (struct str){rest.p, rest.n / 2};
	r.pieces[1] = (struct str){rest.p + rest.n / 2, rest.n - rest.n / 2};
	for (int i = 0; i < 2; i++)
		expect(warc_write(&r, packer, add, &file) == 0);
	struct warc_reader w = WARC_READER_INIT(buf_str(&file));
	for (int i = 0; i < 2; i++) {
		expect(warc_next(&w, &back) == 1 && back.type == r.type);
		same(r.date, back.date);
		same(r.filename, back.filename);
		same(r.ip, back.ip);
		same(r.truncated, back.truncated);
		same(r.content_type, back.content_type);
		same(r.payload_digest, back.payload_digest);
		expect(str_eq(back.pieces[0], rest));
	}
	expect(warc_next(&w, &back) == 0);
	warc_end(&w);
	buf_clear(&file);
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
	if (size < WARC_HEAD_MAX / 2)
		write_and_read(&packer, bytes);
	gzip_end(&packer);
	read_all(buf_str(&packed), &count);
	fetchlog_read(&log, &a, "f.csv", bytes, &diag);
	buf_clear(&packed);
	arena_clear(&a);
	diag_clear(&diag);
	return 0;
}
