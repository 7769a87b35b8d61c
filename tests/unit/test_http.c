/* Heads of answers as servers really send them, and bodies as they pack them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text/http.h"
#include "text/http_body.h"

static struct arena arena = ARENA_INIT;

static int clear(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static enum http_status read_head(struct http_head *h, struct str text, size_t *used)
{
	char *copy = arena_alloc(&arena, text.n ? text.n : 1);
	memcpy(copy, text.p, text.n);
	return http_head_read(h, &arena, (struct str){copy, text.n}, used);
}

static struct http_head head(const char *text)
{
	struct http_head h;
	size_t used;
	assert_int_equal(read_head(&h, str_of(text), &used), HTTP_OK);
	assert_int_equal(used, strlen(text));
	return h;
}

static void is(struct str s, const char *expected)
{
	assert_string_equal(arena_strndup(&arena, s.p ? s.p : "", s.p ? s.n : 0), expected);
}

static void heads(void **state)
{
	(void)state;
	struct http_head h =
	    head("HTTP/1.1 200 Very good\r\nA: b\r\nContent-TYPE :  text/html \r\n"
	         "nonsense\r\n: none\r\nX:\r\nlong: one\r\n  two\r\n\tthree\r\n\r\n");
	assert_int_equal(h.version, 11);
	assert_int_equal(h.status, 200);
	is(h.reason, "Very good");
	assert_int_equal(h.count, 4);
	is(http_field(&h, "content-type"), "text/html");
	is(http_field(&h, "X"), "");
	is(http_field(&h, "long"), "one two three");
	assert_null(http_field(&h, "y").p);

	h = head("HTTP/1.0 404\n\n");
	assert_int_equal(h.version, 10);
	assert_int_equal(h.status, 404);
	h = head("HTTP/2 200 \r\n\r\n");
	assert_int_equal(h.version, 20);
	h = head(
	    "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 100 C\r\n\r\nHTTP/1.1 204 N\r\nY: z\r\n\r\n");
	assert_int_equal(h.status, 204);
	assert_int_equal(h.count, 1);
}

static void wrong_heads(void **state)
{
	(void)state;
	static const struct {
		struct str text;
		enum http_status status;
	} vectors[] = {{STR(""), HTTP_CUT}, {STR("HTT"), HTTP_CUT},
	    {STR("HTTP/1.1 200 OK\r\nA: b\r\n"), HTTP_CUT}, {STR("HTTP/1.1 200 OK"), HTTP_CUT},
	    {STR("<html>\n"), HTTP_BAD}, {STR("<html><body>"), HTTP_BAD},
	    {STR("HTTP/1.1 20\r\n\r\n"), HTTP_BAD}, {STR("HTTP/1.1 2000 OK\r\n\r\n"), HTTP_BAD},
	    {STR("HTTP/1.1 -20 OK\r\n\r\n"), HTTP_BAD}, {STR("ICY 200 OK\r\n\r\n"), HTTP_BAD},
	    {STR("HTTP/x 200 OK\r\n\r\n"), HTTP_BAD}, {STR("HTTP/1.1 099 OK\r\n\r\n"), HTTP_BAD},
	    {STR("\0\0\0\0\0\0\n"), HTTP_BAD}};
	struct http_head h;
	size_t used;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++)
		if (read_head(&h, vectors[i].text, &used) != vectors[i].status)
			fail_msg("%s", vectors[i].text.p);
	/* Bounds: bytes, fields, folds. */
	struct buf b = BUF_INIT(BUF_PAGE);
	buf_adds(&b, "HTTP/1.1 200 OK\r\nA: ");
	while (b.len < HTTP_HEAD_MAX)
		buf_addc(&b, 'x');
	buf_adds(&b, "\r\n\r\n");
	assert_int_equal(read_head(&h, buf_str(&b), &used), HTTP_TOO_LARGE);
	buf_reset(&b);
	buf_adds(&b, "HTTP/1.1 200 OK\r\n");
	for (int i = 0; i <= HTTP_FIELDS; i++)
		buf_adds(&b, "A: b\r\n");
	buf_adds(&b, "\r\n");
	assert_int_equal(read_head(&h, buf_str(&b), &used), HTTP_TOO_LARGE);
	buf_reset(&b);
	buf_adds(&b, "HTTP/1.1 200 OK\r\nA: b\r\n");
	for (int i = 0; i <= HTTP_FIELDS; i++)
		buf_adds(&b, " b\r\n");
	buf_adds(&b, "\r\n");
	assert_int_equal(read_head(&h, buf_str(&b), &used), HTTP_TOO_LARGE);
	buf_clear(&b);
}

static struct http_head with(const char *fields)
{
	return head(arena_printf(&arena, "HTTP/1.1 200 OK\r\n%s\r\n\r\n", fields));
}

static void types(void **state)
{
	(void)state;
	static const char *const vectors[][3] = {
	    {"Content-Type: Text/HTML; charset=windows-1251", "text/html", "windows-1251"},
	    {"Content-Type: text/html;charset=\"utf-8\"", "text/html", "utf-8"},
	    {"Content-Type: text/html ; x=\"a;charset=b\" ; CHARSET = 'koi8-r'", "text/html",
	        "koi8-r"},
	    {"Content-Type: text/html; charset=", "text/html", ""}, {"Content-Type: html", "", ""},
	    {"Content-Type: /", "", ""}, {"Content-Type:", "", ""}, {"A: b", "", ""},
	    {"Content-Type: ;charset=x", "", "x"},
	    {"Content-Type: a/b;;;=;c;charset=\"\\u", "a/b", "u"}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct http_head h = with(vectors[i][0]);
		struct http_type t = http_content_type(&arena, &h);
		is(t.type, vectors[i][1]);
		is(t.charset, vectors[i][2]);
	}
}

static void file_names(void **state)
{
	(void)state;
	static const char *const vectors[][2] = {
	    {"Content-Disposition: attachment; filename=\"a b.pdf\"", "a b.pdf"},
	    {"Content-Disposition: attachment; filename=x; filename*=UTF-8''%D0%A3.pdf", "У.pdf"},
	    {"Content-Disposition: attachment; filename=\"../../etc/passwd\"", "passwd"},
	    {"Content-Disposition: attachment; filename=\"C:\\\\x\\\\y.doc\"", "y.doc"},
	    {"Content-Disposition: inline", ""},
	    {"Content-Disposition: attachment; filename=\xD3\xF1", ""}, {"A: b", ""}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct http_head h = with(vectors[i][0]);
		is(http_file_name(&arena, &h), vectors[i][1]);
	}
}

static void lengths(void **state)
{
	(void)state;
	static const struct {
		const char *fields;
		int64_t length;
	} vectors[] = {{"Content-Length: 12", 12}, {"Content-Length: 12\r\nContent-Length: 12", 12},
	    {"Content-Length: 5, 5", 5}, {"Content-Length: 5, 6", -1}, {"Content-Length: -5", -1},
	    {"Content-Length: 5x", -1}, {"Content-Length:", -1}, {"A: b", -1},
	    {"Content-Length: 99999999999999999999999999", INT64_MAX}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct http_head h = with(vectors[i].fields);
		assert_int_equal(http_length(&h), vectors[i].length);
	}
	struct http_head h = with("Transfer-Encoding: gzip, Chunked");
	assert_true(http_is_chunked(&h));
}

static void dates(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t seconds;
	} vectors[] = {{"Sun, 06 Nov 1994 08:49:37 GMT", 784111777},
	    {"Sunday, 06-Nov-94 08:49:37 GMT", 784111777}, {"Sun Nov  6 08:49:37 1994", 784111777},
	    {"Thu, 01 Jan 1970 00:00:00 GMT", 0}, {"Thu, 31 Apr 2020 00:00:00 GMT", -1},
	    {"06 Nov 1994", -1}, {"", -1}, {"yesterday", -1}, {"Sun, 06 Nov 1994 25:00:00 GMT", -1},
	    {"Sun, 06 Nov 99999 08:49:37 GMT", -1}, {"Sun, 06 Nov 1969 08:49:37 GMT", -1}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++)
		assert_int_equal(http_date(str_of(vectors[i].text)), vectors[i].seconds);
}

static void retry_after(void **state)
{
	(void)state;
	static const struct {
		const char *fields;
		int wait;
	} vectors[] = {{"A: b", -1}, {"Retry-After: 120", 120}, {"Retry-After: -1", -1},
	    {"Retry-After: 99999999999999999999", HTTP_RETRY_MAX},
	    {"Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: Sun, 06 Nov 1994 08:48:37 GMT",
	        60},
	    {"Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\nDate: Sun, 06 Nov 1994 08:50:37 GMT",
	        0},
	    {"Retry-After: Sun, 06 Nov 1994 08:49:37 GMT", 7}, {"Retry-After: soon", -1}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct http_head h = with(vectors[i].fields);
		assert_int_equal(http_retry_after(&h, 784111770), vectors[i].wait);
	}
}

/* ---- bodies ---- */

static int add(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return 0;
}

static struct str gzip(struct str text)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	struct gzip z = GZIP_INIT;
	assert_int_equal(gzip_member(&z, &text, 1, add, &b), 0);
	gzip_end(&z);
	return buf_keep(&arena, &b);
}

/* Raw deflate is what stands between gzip's head of ten bytes and its tail of
 * eight; zlib's own form has two bytes before it and four after. */
static struct str deflate_raw(struct str text)
{
	struct str s = gzip(text);
	return (struct str){s.p + 10, s.n - 18};
}

static struct str deflate_zlib(struct str text)
{
	struct str raw = deflate_raw(text);
	uint32_t a = 1, b = 0;
	for (size_t i = 0; i < text.n; i++) {
		a = (a + (unsigned char)text.p[i]) % 65521;
		b = (b + a) % 65521;
	}
	char *out = arena_alloc(&arena, raw.n + 6);
	memcpy(out, "\x78\x9c", 2);
	memcpy(out + 2, raw.p, raw.n);
	for (int i = 0; i < 4; i++)
		out[2 + raw.n + (size_t)i] = (char)((b << 16 | a) >> (24 - 8 * i));
	return (struct str){out, raw.n + 6};
}

/* At once and byte by byte: the result must be the same. */
static void body(const char *fields, struct str raw, enum http_body_status status, unsigned notes,
    const char *expected)
{
	struct http_head h = with(fields);
	struct http_content c = http_body_all(&arena, &h, raw, 1000);
	is(c.bytes, expected);
	assert_int_equal(c.status, status);
	assert_int_equal(c.notes, notes);
	struct http_body b;
	struct buf out = BUF_INIT(BUF_PAGE);
	http_body_begin(&b, &h, 1000, add, &out);
	for (size_t i = 0; i < raw.n; i++)
		http_body_feed(&b, (struct str){raw.p + i, 1});
	assert_int_equal(http_body_end(&b), status);
	assert_int_equal(b.notes, notes);
	is(buf_keep(&arena, &out), expected);
}

static void plain_bodies(void **state)
{
	(void)state;
	body("Content-Length: 5", STR("hello"), HTTP_BODY_OK, 0, "hello");
	body("A: b", STR("hello"), HTTP_BODY_OK, 0, "hello");
	body("A: b", STR(""), HTTP_BODY_OK, 0, "");
	body("Content-Length: 6", STR("hello"), HTTP_BODY_CUT, 0, "hello");
	body("Content-Encoding: br", STR("hello"), HTTP_BODY_OK, HTTP_BODY_UNKNOWN, "hello");
	body("Content-Encoding: identity", STR("hello"), HTTP_BODY_OK, 0, "hello");
}

static void chunked_bodies(void **state)
{
	(void)state;
	static const char c[] = "Transfer-Encoding: chunked";
	body(c, STR("5\r\nhello\r\n3;x=y\r\n, w\r\n0\r\n\r\n"), HTTP_BODY_OK, 0, "hello, w");
	body(c, STR("5\nhello\n0\n\n"), HTTP_BODY_OK, 0, "hello");
	body(c, STR("0005 \r\nhello\r\n0\r\nTrailer: x\r\n\r\nrest"), HTTP_BODY_OK, 0, "hello");
	body(c, STR("5\r\nhello\r\n0\r\n"), HTTP_BODY_CUT, 0, "hello");
	body(c, STR("5\r\nhello\r\n"), HTTP_BODY_CUT, 0, "hello");
	body(c, STR("9\r\nhello"), HTTP_BODY_CUT, 0, "hello");
	body(c, STR("5\r\nhelloworld\r\n"), HTTP_BODY_BROKEN, 0, "hello");
	body(c, STR("x\r\nhello"), HTTP_BODY_BROKEN, 0, "");
	body(c, STR("\r\n"), HTTP_BODY_BROKEN, 0, "");
	body(c, STR("fffffffffffffffff\r\nhello"), HTTP_BODY_BROKEN, 0, "");
	body(c, STR(""), HTTP_BODY_CUT, 0, "");
	/* Content-Length does not count beside chunks. */
	body("Transfer-Encoding: chunked\r\nContent-Length: 99", STR("1\r\na\r\n0\r\n\r\n"),
	    HTTP_BODY_OK, 0, "a");
}

static void packed_bodies(void **state)
{
	(void)state;
	static const char g[] = "Content-Encoding: gzip", d[] = "Content-Encoding: deflate";
	struct str text = STR("<p>hello, hello, hello, hello</p>"), packed = gzip(text);
	body(g, packed, HTTP_BODY_OK, 0, text.p);
	body("Content-Encoding: x-GZIP", packed, HTTP_BODY_OK, 0, text.p);
	body(d, deflate_zlib(text), HTTP_BODY_OK, 0, text.p);
	body(d, deflate_raw(text), HTTP_BODY_OK, HTTP_BODY_RAW_DEFLATE, text.p);
	body(d, packed, HTTP_BODY_OK, 0, text.p);
	body(g, text, HTTP_BODY_OK, HTTP_BODY_NOT_PACKED, text.p);
	body(g, STR("%PDF-1.4 x"), HTTP_BODY_OK, HTTP_BODY_NOT_PACKED, "%PDF-1.4 x");
	body(d, text, HTTP_BODY_OK, HTTP_BODY_NOT_PACKED, text.p);
	body(g, STR("abc"), HTTP_BODY_OK, HTTP_BODY_NOT_PACKED, "abc");
	body(g, STR("\x1F\x8B\x08 is not gzip"), HTTP_BODY_OK, HTTP_BODY_NOT_PACKED,
	    "\x1F\x8B\x08 is not gzip");
	body(g, gzip(packed), HTTP_BODY_OK, HTTP_BODY_PACKED_TWICE, text.p);
	/* An archive that is sent packed is not unpacked itself. */
	struct http_head h = with("Content-Encoding: gzip\r\nContent-Type: application/gzip");
	struct http_content c = http_body_all(&arena, &h, gzip(packed), 1000);
	assert_true(str_eq(c.bytes, packed));
	body(g, (struct str){packed.p, packed.n - 9}, HTTP_BODY_CUT, 0, text.p);
	body(g, STR(""), HTTP_BODY_OK, 0, "");
}

static void damaged_bodies(void **state)
{
	(void)state;
	struct str text = STR("<p>hello</p>"), packed = gzip(text);
	char *bytes = arena_strndup(&arena, packed.p, packed.n);
	bytes[packed.n - 6] ^= 1; /* the checksum */
	body("Content-Encoding: gzip", (struct str){bytes, packed.n}, HTTP_BODY_BROKEN, 0, text.p);
	/* Noise after the end is left out. */
	struct buf b = BUF_INIT(BUF_PAGE);
	buf_add(&b, packed.p, packed.n);
	buf_adds(&b, "noise");
	body("Content-Encoding: gzip", buf_keep(&arena, &b), HTTP_BODY_OK, 0, text.p);
	/* Nothing at all damaged in this way reads past its end. */
	for (size_t cut = 0; cut < packed.n; cut++) {
		struct http_head h = with("Content-Encoding: gzip");
		http_body_all(&arena, &h, (struct str){packed.p, cut}, 100);
	}
}

static int count(void *payload, struct str bytes)
{
	*(uint64_t *)payload += bytes.n;
	return 0;
}

static void bombs(void **state)
{
	(void)state;
	size_t n = 64 * 1024 * 1024;
	struct str zeros = {calloc(1, n), n};
	struct http_head h = with("Content-Encoding: gzip");
	struct str bomb = gzip(zeros), bombs = gzip(bomb);
	struct http_body b;
	uint64_t out = 0;
	http_body_begin(&b, &h, UINT64_MAX, count, &out);
	assert_int_equal(http_body_feed(&b, bomb), HTTP_BODY_BOMB);
	http_body_end(&b);
	assert_in_range(out, INFLATE_FREE, INFLATE_FREE + 64 * 1024);
	out = 0;
	http_body_begin(&b, &h, UINT64_MAX, count, &out);
	assert_int_equal(http_body_feed(&b, bombs), HTTP_BODY_BOMB);
	http_body_end(&b);
	assert_in_range(out, INFLATE_FREE, INFLATE_FREE + 64 * 1024);
	/* The absolute bound. */
	out = 0;
	struct http_head plain = with("A: b");
	http_body_begin(&b, &plain, 1000, count, &out);
	assert_int_equal(http_body_feed(&b, zeros), HTTP_BODY_TOO_LARGE);
	assert_int_equal(http_body_end(&b), HTTP_BODY_TOO_LARGE);
	assert_int_equal(out, 1000);
	free((void *)(uintptr_t)zeros.p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(heads, clear),
	    cmocka_unit_test_teardown(wrong_heads, clear),
	    cmocka_unit_test_teardown(types, clear),
	    cmocka_unit_test_teardown(file_names, clear),
	    cmocka_unit_test_teardown(lengths, clear),
	    cmocka_unit_test_teardown(dates, clear),
	    cmocka_unit_test_teardown(retry_after, clear),
	    cmocka_unit_test_teardown(plain_bodies, clear),
	    cmocka_unit_test_teardown(chunked_bodies, clear),
	    cmocka_unit_test_teardown(packed_bodies, clear),
	    cmocka_unit_test_teardown(damaged_bodies, clear),
	    cmocka_unit_test_teardown(bombs, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
