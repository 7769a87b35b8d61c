/* What a cloud disk says of a file or a folder: read, and said in words. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "compute/audit_listing.h"

#define MD5 "bc35c9315eb5ae423fa92d0b5f0c46b7"
#define SHA "438ad6407a58bc1acd059064c5783ee2503de188018bb43897032fbfe9fac4ae"

static struct arena arena;

static struct audit_listing read_listing(const char *json, bool names)
{
	struct audit_listing l;
	assert_int_equal(audit_listing_read(&l, &arena, str_of(json)), names);
	return l;
}

static const char *words(const struct audit_listing *l, bool russian)
{
	struct buf out = BUF_INIT(BUF_FILE);
	audit_listing_write(&out, l, russian);
	return buf_keep(&arena, &out).p;
}

static void a_file(void **state)
{
	(void)state;
	struct audit_listing l = read_listing(
	    "{\"antivirus_status\":\"clean\",\"size\":383289,\"exif\":{\"name\":\"x\"},"
	    "\"name\":\"\\u043fлан \\\"1\\\".pdf\",\"modified\":\"2022-09-12T10:00:00+00:00\","
	    "\"md5\":\"" MD5 "\",\"sha256\":\"" SHA "\",\"type\":\"file\","
	    "\"sizes\":[{\"name\":\"S\",\"url\":\"https://x/\"}]}",
	    true);
	assert_string_equal(words(&l, true), "на диске: план \"1\".pdf (383289 Б, MD5 " MD5 ")");
	assert_string_equal(
	    words(&l, false), "on the disk: план \"1\".pdf (383289 B, MD5 " MD5 ")");
	assert_string_equal(l.self.sha256.p, SHA);
	assert_string_equal(date_iso(audit_listing_date(&l)).s, "2022-09-12");
}

static void a_folder(void **state)
{
	(void)state;
	struct audit_listing l = read_listing(
	    "{\"_embedded\":{\"sort\":\"\",\"items\":["
	    "{\"name\":\"а.pdf\",\"size\":1,\"md5\":\"" MD5
	    "\",\"modified\":\"2022-09-01T00:00:00Z\",\"comment_ids\":{\"name\":\"no\"}},"
	    "{\"name\":\"б\\n.doc\",\"modified\":\"2022-10-02T00:00:00Z\"},"
	    "{\"name\":\"в\",\"type\":\"dir\",\"modified\":\"2023-01-01T00:00:00Z\"}],"
	    "\"limit\":20,\"total\":25},\"name\":\"Папка\",\"type\":\"dir\",\"modified\":\"2020-01-01T00:00:00Z\"}",
	    true);
	assert_int_equal(l.count, 3);
	assert_string_equal(words(&l, true),
	    "в папке на диске, всего 25: а.pdf (1 Б, MD5 " MD5 "), б .doc, в (папка) и ещё 22");
	assert_string_equal(words(&l, false),
	    "in the folder on the disk, 25 in all: а.pdf (1 B, MD5 " MD5
	    "), б .doc, в (folder) and 22 more");
	/* Its own day is that of its making. */
	assert_string_equal(date_iso(audit_listing_date(&l)).s, "2022-10-02");
	l = read_listing(
	    "{\"name\":\"Пусто\",\"type\":\"dir\",\"_embedded\":{\"items\":[],\"total\":0}}", true);
	assert_string_equal(words(&l, true), "в папке на диске, всего 0");
}

static void many_files(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_FILE);
	buf_adds(&b, "{\"name\":\"Папка\",\"type\":\"dir\",\"_embedded\":{\"items\":[");
	for (int i = 0; i < 3 * LISTING_FILES; i++)
		buf_addf(&b, "%s{\"name\":\"%d.pdf\",\"size\":7}", i ? "," : "", i);
	buf_adds(&b, "]}}");
	struct audit_listing l = read_listing(b.data, true);
	assert_int_equal(l.count, LISTING_FILES);
	assert_string_equal(words(&l, true),
	    "в папке на диске, всего 100: 0.pdf (7 Б), 1.pdf (7 Б), 2.pdf (7 Б), 3.pdf (7 Б), "
	    "4.pdf (7 Б), 5.pdf (7 Б), 6.pdf (7 Б), 7.pdf (7 Б), 8.pdf (7 Б), 9.pdf (7 Б) и ещё 90");
	buf_clear(&b);
}

/* Whatever the answer is. */
static void no_listing(void **state)
{
	(void)state;
	static const char *const none[] = {"", "{", "}}}]", "[[[[[[", "\"name\"", "{\"name\":\"\"}",
	    "<html>name</html>", "{\"x\":{\"name\":\"a\"}}", "{\"name\":7"};
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		read_listing(none[i], false);
	struct audit_listing l = read_listing(
	    "{\"name\":\"a\",\"size\":99999999999999999999,\"md5\":\"<b>\",\"sha256\":\"" MD5 "\"",
	    true);
	assert_string_equal(words(&l, false), "on the disk: a");
	assert_int_equal(l.self.sha256.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_file),
	    cmocka_unit_test(a_folder),
	    cmocka_unit_test(many_files),
	    cmocka_unit_test(no_listing),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_clear(&arena);
	return failed;
}
