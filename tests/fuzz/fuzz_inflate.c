/*
 * Any bytes as compressed ones, and as a ZIP archive.
 *
 * The first byte chooses the form, the second how large the pieces are. The
 * pieces must give what the whole gives, within the bounds.
 */
#include "text/inflate.h"
#include "text/zip.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 300000 };

static int add(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return 0;
}

static enum inflate_status unpack(struct buf *out, struct str bytes, int form, size_t piece)
{
	struct inflate z;
	inflate_begin(&z, (enum inflate_form)form, MOST, INFLATE_RATIO, add, out);
	for (size_t i = 0, used; i < bytes.n; i += used) {
		size_t n = bytes.n - i < piece ? bytes.n - i : piece;
		if (inflate_feed(&z, (struct str){bytes.p + i, n}, &used) != INFLATE_OK)
			break;
		if (used != n)
			abort();
	}
	return inflate_end(&z);
}

static void check_pieces(struct str bytes, int form, size_t piece)
{
	struct buf whole = BUF_INIT(2 * MOST), parts = BUF_INIT(2 * MOST);
	enum inflate_status status = unpack(&whole, bytes, form, bytes.n ? bytes.n : 1);
	if (unpack(&parts, bytes, form, piece) != status || whole.len > MOST)
		abort();
	if (!str_eq(buf_str(&whole), buf_str(&parts)))
		abort();
	buf_clear(&whole);
	buf_clear(&parts);
}

static void check_member(struct str bytes)
{
	struct gzip packer = GZIP_INIT;
	struct buf packed = BUF_INIT(BUF_PAGE), back = BUF_INIT(BUF_PAGE);
	const struct str pieces[] = {
	    {bytes.p, bytes.n / 2}, {bytes.p + bytes.n / 2, bytes.n - bytes.n / 2}};
	size_t used;
	if (gzip_member(&packer, pieces, 2, add, &packed) ||
	    inflate_member(&back, buf_str(&packed), BUF_PAGE, &used) != INFLATE_OK ||
	    used != packed.len || !str_eq(buf_str(&back), bytes))
		abort();
	gzip_end(&packer);
	buf_clear(&packed);
	buf_clear(&back);
}

static void check_zip(struct str bytes)
{
	struct arena a = ARENA_INIT;
	struct zip z;
	struct str out;
	if (zip_open(&z, &a, bytes) == 0)
		for (size_t i = 0; i < z.count && i < 50; i++)
			if (zip_read(&out, &a, &z, &z.entries[i], MOST) >= 0 && out.n > MOST)
				abort();
	arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	struct str bytes = {(const char *)data + 2, size - 2};
	check_pieces(bytes, data[0] % 3, data[1] % 64 + 1);
	check_member(bytes);
	check_zip(bytes);
	return 0;
}
