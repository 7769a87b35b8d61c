/* Local headers and files, then the directory (APPNOTE 4.3). The checksums are
 * left out: nobody here looks at them. */
#include "support_zip.h"

#include "text/inflate.h"

static void put(struct buf *out, uint32_t n, int bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		buf_addc(out, (char)(unsigned char)n);
}

static int collect(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return 0;
}

/* A gzip member without its head of ten bytes and its end of eight. */
static struct str packed(struct arena *a, const struct zip_file *f)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	if (!f->packed)
		return f->text;
	struct gzip z = GZIP_INIT;
	gzip_member(&z, &f->text, 1, collect, &b);
	gzip_end(&z);
	struct str s = buf_keep(a, &b);
	return (struct str){s.p + 10, s.n - 18};
}

static void fields(struct buf *out, const struct zip_file *f, struct str bytes)
{
	put(out, 20, 2);
	put(out, 0, 2);
	put(out, f->packed ? 8 : 0, 2);
	put(out, 0, 4);
	put(out, 0, 4);
	put(out, (uint32_t)bytes.n, 4);
	put(out, (uint32_t)f->text.n, 4);
	put(out, (uint32_t)strlen(f->name), 2);
	put(out, 0, 2);
}

struct str support_zip(struct arena *a, const struct zip_file *files, size_t count)
{
	struct buf out = BUF_INIT(BUF_PAGE), directory = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < count; i++) {
		struct str bytes = packed(a, &files[i]);
		size_t offset = out.len;
		buf_add(&out, "PK\3\4", 4);
		fields(&out, &files[i], bytes);
		buf_adds(&out, files[i].name);
		buf_add(&out, bytes.p, bytes.n);
		buf_add(&directory, "PK\1\2\24\0", 6);
		fields(&directory, &files[i], bytes);
		put(&directory, 0, 10);
		put(&directory, (uint32_t)offset, 4);
		buf_adds(&directory, files[i].name);
	}
	size_t begin = out.len;
	buf_add(&out, directory.data, directory.len);
	buf_add(&out, "PK\5\6\0\0\0\0", 8);
	put(&out, (uint32_t)count, 2);
	put(&out, (uint32_t)count, 2);
	put(&out, (uint32_t)directory.len, 4);
	put(&out, (uint32_t)begin, 4);
	put(&out, 0, 2);
	buf_clear(&directory);
	return buf_keep(a, &out);
}
