/* Addresses as browsers read them, and the questions the crawl asks of them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text/url.h"

static struct arena arena = ARENA_INIT;

static int clear(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static enum url_status read_on(struct url *out, const char *text, const char *base)
{
	struct url b;
	if (base)
		assert_int_equal(url_read(&b, &arena, str_of(base), NULL, NULL), URL_OK);
	/* In memory of its own, so that reading past it is seen. */
	size_t n = strlen(text);
	char *copy = malloc(n ? n : 1);
	memcpy(copy, text, n);
	enum url_status status =
	    url_read(out, &arena, (struct str){copy, n}, base ? &b : NULL, NULL);
	/* Nothing of the result is the caller's text. */
	memset(copy, '!', n);
	free(copy);
	return status;
}

static void is(struct str s, const char *expected)
{
	char *text = arena_strndup(&arena, s.p ? s.p : "(none)", s.p ? s.n : 6);
	assert_string_equal(text, expected);
}

struct vector {
	const char *base, *text, *expected; /* expected NULL: refused */
	enum url_status status;
	unsigned notes;
};

static void run(const struct vector *v, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct url u;
		enum url_status status = read_on(&u, v[i].text, v[i].base);
		if (status != v[i].status)
			fail_msg("%s: status %d, not %d", v[i].text, status, v[i].status);
		if (status)
			continue;
		is(u.text, v[i].expected);
		if (u.notes != v[i].notes)
			fail_msg("%s: notes %u, not %u", v[i].text, u.notes, v[i].notes);
	}
}

#define RUN(vectors) run(vectors, sizeof(vectors) / sizeof(*(vectors)))

static void absolute(void **state)
{
	(void)state;
	static const struct vector vectors[] = {
	    {NULL, "http://example.com", "http://example.com/", 0, 0},
	    {NULL, "HTTP://EXAMPLE.com:80/A", "http://example.com/A", 0, 0},
	    {NULL, "https://example.com:443", "https://example.com/", 0, 0},
	    {NULL, "http://example.com:443/", "http://example.com:443/", 0, 0},
	    {NULL, "http://example.com:/", "http://example.com/", 0, 0},
	    {NULL, "http://example.com:0008080/", "http://example.com:8080/", 0, 0},
	    {NULL, "http://example.com?q", "http://example.com/?q", 0, 0},
	    {NULL, "http://example.com#f", "http://example.com/", 0, 0},
	    {NULL, "http:example.com/a", "http://example.com/a", 0, URL_NOTE_SLASHES},
	    {NULL, "http:/example.com/a", "http://example.com/a", 0, URL_NOTE_SLASHES},
	    {NULL, "http:////example.com/a", "http://example.com/a", 0, URL_NOTE_SLASHES},
	    {NULL, "http:\\\\example.com\\a\\b", "http://example.com/a/b", 0, URL_NOTE_BACKSLASH},
	    {NULL, "http://user:p@ss@example.com/", "http://example.com/", 0, URL_NOTE_CREDENTIALS},
	    {NULL, "http://under_score.example.com/", "http://under_score.example.com/", 0, 0},
	    {NULL, "http://r3---sn-x.example.com/", "http://r3---sn-x.example.com/", 0, 0},
	    {NULL, "http://ex%41mple.com/", "http://example.com/", 0, 0},
	    {NULL, "http://example.com./", "http://example.com./", 0, 0},
	    {NULL, "/a", NULL, URL_RELATIVE, 0},
	    {NULL, "", NULL, URL_RELATIVE, 0},
	    {NULL, "http://", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://?a", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://a b/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://a%00b/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://a%2Fb/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://a<b>/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://a..b/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://xn--a/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://example.com:65536/", NULL, URL_BAD_PORT, 0},
	    {NULL, "http://example.com:80443/", NULL, URL_BAD_PORT, 0},
	    {NULL, "http://example.com:8a/", NULL, URL_BAD_PORT, 0},
	    {NULL, "http://example.com:-1/", NULL, URL_BAD_PORT, 0},
	};
	RUN(vectors);
}

static void relative(void **state)
{
	(void)state;
	static const char base[] = "http://s.ru/a/b/c.html?q=1#f";
	static const struct vector vectors[] = {
	    {base, "", "http://s.ru/a/b/c.html?q=1", 0, 0},
	    {base, "#x", "http://s.ru/a/b/c.html?q=1", 0, 0},
	    {base, "?r", "http://s.ru/a/b/c.html?r", 0, 0},
	    {base, "?", "http://s.ru/a/b/c.html?", 0, 0},
	    {base, "d", "http://s.ru/a/b/d", 0, 0},
	    {base, "./d", "http://s.ru/a/b/d", 0, 0},
	    {base, "../d", "http://s.ru/a/d", 0, 0},
	    {base, "../../../../d", "http://s.ru/d", 0, 0},
	    {base, "..", "http://s.ru/a/", 0, 0},
	    {base, ".", "http://s.ru/a/b/", 0, 0},
	    {base, "d/..", "http://s.ru/a/b/", 0, 0},
	    {base, "d/./e/%2e%2E/f", "http://s.ru/a/b/d/f", 0, 0},
	    {base, "d/.%2e/x", "http://s.ru/a/b/x", 0, 0},
	    {base, "/d", "http://s.ru/d", 0, 0},
	    {base, "/", "http://s.ru/", 0, 0},
	    {base, "/../x", "http://s.ru/x", 0, 0},
	    {base, "/a//b", "http://s.ru/a//b", 0, 0},
	    {base, "/a//../b", "http://s.ru/a/b", 0, 0},
	    {base, "//t.ru/x", "http://t.ru/x", 0, 0},
	    {base, "\\\\t.ru\\x", "http://t.ru/x", 0, URL_NOTE_BACKSLASH},
	    {base, "\\x\\y", "http://s.ru/x/y", 0, URL_NOTE_BACKSLASH},
	    {base, "files\\a.pdf", "http://s.ru/a/b/files/a.pdf", 0, URL_NOTE_BACKSLASH},
	    {base, "http:d", "http://s.ru/a/b/d", 0, URL_NOTE_SLASHES},
	    {base, "http:/d", "http://s.ru/d", 0, URL_NOTE_SLASHES},
	    {base, "https:/t.ru/d", "https://t.ru/d", 0, URL_NOTE_SLASHES},
	    {base, "http://t.ru", "http://t.ru/", 0, 0},
	    {base, "www.t.ru/x", "http://s.ru/a/b/www.t.ru/x", 0, URL_NOTE_BARE_HOST},
	    {base, "a:b", "a:b", 0, 0},
	    {base, "///x", "http://x/", 0, URL_NOTE_SLASHES},
	    {"http://s.ru", "x", "http://s.ru/x", 0, 0},
	    {"http://s.ru:81/a", "x?y#z", "http://s.ru:81/x?y", 0, 0},
	    {"https://s.ru/a", "//t.ru", "https://t.ru/", 0, 0},
	};
	RUN(vectors);
}

static void encoding(void **state)
{
	(void)state;
	static const char base[] = "http://s.ru/";
	static const struct vector vectors[] = {
	    {base, "/Устав.pdf", "http://s.ru/%D0%A3%D1%81%D1%82%D0%B0%D0%B2.pdf", 0, 0},
	    /* What is encoded stays, also when it is encoded wrongly. */
	    {base, "/%D0%A3%zz%", "http://s.ru/%D0%A3%zz%", 0, 0},
	    {base, "/a b", "http://s.ru/a%20b", 0, URL_NOTE_SPACE},
	    {base, "  /a\t\n ", "http://s.ru/a", 0, URL_NOTE_BLANKS},
	    {base, "\x01/a\x1F", "http://s.ru/a", 0, URL_NOTE_BLANKS},
	    {base, "/a\r\nHost: evil", "http://s.ru/aHost:%20evil", 0,
	        URL_NOTE_BLANKS | URL_NOTE_SPACE},
	    {base, "/a\x01\x7F", "http://s.ru/a%01%7F", 0, 0},
	    {base, "/\"<>^`{}|", "http://s.ru/%22%3C%3E%5E%60%7B%7D|", 0, 0},
	    {base, "/'?'\"", "http://s.ru/'?%27%22", 0, 0},
	    {base, "?a=Б c", "http://s.ru/?a=%D0%91%20c", 0, URL_NOTE_SPACE},
	    /* Bytes of windows-1251 in a Location header. */
	    {base, "/\xD3\xF1", "http://s.ru/%D3%F1", 0, 0},
	};
	RUN(vectors);
	struct url u;
	assert_int_equal(read_on(&u, "/a#Глава 1", base), URL_OK);
	is(u.fragment, "%D0%93%D0%BB%D0%B0%D0%B2%D0%B0%201");
	is(u.target, "/a");
}

/* А-я of windows-1251; everything else is not in this little alphabet. */
static size_t to_1251(int32_t code, char out[4])
{
	if (code < 0x410 || code > 0x44F)
		return 0;
	out[0] = (char)(code - 0x410 + 0xC0);
	return 1;
}

static void query_of_the_document(void **state)
{
	(void)state;
	struct url base, u;
	assert_int_equal(url_read(&base, &arena, STR("http://s.ru/"), NULL, NULL), URL_OK);
	assert_int_equal(url_read(&u, &arena, STR("/Я?q=Я&r=€#Я"), &base, to_1251), URL_OK);
	is(u.text, "http://s.ru/%D0%AF?q=%DF&r=%26%238364%3B");
	is(u.fragment, "%D0%AF");
}

static void hosts(void **state)
{
	(void)state;
	static const struct vector vectors[] = {
	    {NULL, "http://школа.рф/", "http://xn--80atdl2c.xn--p1ai/", 0, 0},
	    {NULL, "http://ШКОЛА.РФ/", "http://xn--80atdl2c.xn--p1ai/", 0, 0},
	    {NULL, "http://xn--80atdl2c.xn--p1ai/", "http://xn--80atdl2c.xn--p1ai/", 0, 0},
	    {NULL, "http://школа-5.рф:8080/", "http://xn---5-6kc3bfr2e.xn--p1ai:8080/", 0, 0},
	    {NULL, "http://%D1%88.ru/", "http://xn--x1a.ru/", 0, 0},
	    {NULL, "http://127.0.0.1/", "http://127.0.0.1/", 0, 0},
	    {NULL, "http://0x7f.1/", "http://127.0.0.1/", 0, 0},
	    {NULL, "http://0177.0.0.01/", "http://127.0.0.1/", 0, 0},
	    {NULL, "http://2130706433/", "http://127.0.0.1/", 0, 0},
	    {NULL, "http://127.1./", "http://127.0.0.1/", 0, 0},
	    {NULL, "http://１２７.0.0.1/", "http://127.0.0.1/", 0, 0},
	    {NULL, "http://[::1]:80/", "http://[::1]/", 0, 0},
	    {NULL, "http://[0:0:0:0:0:0:0:0]/", "http://[::]/", 0, 0},
	    {NULL, "http://[2001:DB8:0:0:1:0:0:1]/", "http://[2001:db8::1:0:0:1]/", 0, 0},
	    {NULL, "http://[1:0:2:3:4:5:6:7]/", "http://[1:0:2:3:4:5:6:7]/", 0, 0},
	    {NULL, "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", 0, 0},
	    {NULL, "http://[fe80::]/", "http://[fe80::]/", 0, 0},
	    {NULL, "http://256.1.1.1/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://1.2.3.4.5/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://4294967296/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://1.2.3.08/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://a.1/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[1:2:3]/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[::1::2]/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[1:2:3:4:5:6:7:8:9]/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[::1.2.3]/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[::1.2.3.4.]/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[1.2.3.4::]/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[::12345]/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[::1%25eth0]/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[::1/", NULL, URL_BAD_HOST, 0},
	    {NULL, "http://[]/", NULL, URL_BAD_HOST, 0},
	};
	RUN(vectors);
}

static void kinds(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum url_kind kind;
	} vectors[] = {{"mailto:a@b.ru", URL_MAIL}, {"MailTo:a", URL_MAIL}, {"tel:+7", URL_PHONE},
	    {"javascript:void(0)", URL_SCRIPT}, {"java\nscript:alert(1)", URL_SCRIPT},
	    {"data:text/html,x", URL_DATA}, {"ftp://a/b", URL_FTP}, {"file:///C:/x", URL_FILE},
	    {"C:\\Users\\x.doc", URL_FILE}, {"magnet:?x", URL_OTHER},
	    {"www.t.ru:8080/x", URL_OTHER}, {"https://t.ru", URL_WEB}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct url u;
		assert_int_equal(read_on(&u, vectors[i].text, "http://s.ru/"), URL_OK);
		assert_int_equal(u.kind, vectors[i].kind);
	}
}

static void bounds(void **state)
{
	(void)state;
	struct url u;
	char *text = malloc(URL_MAX + 2);
	memset(text, 'a', URL_MAX + 2);
	memcpy(text, "http://s.ru/", 12);
	assert_int_equal(url_read(&u, &arena, (struct str){text, URL_MAX}, NULL, NULL), URL_OK);
	assert_int_equal(u.text.n, URL_MAX);
	assert_int_equal(
	    url_read(&u, &arena, (struct str){text, URL_MAX + 1}, NULL, NULL), URL_TOO_LONG);
	memset(text + 12, ' ', URL_MAX - 13);
	text[URL_MAX - 1] = 'x';
	assert_int_equal(
	    url_read(&u, &arena, (struct str){text, URL_MAX}, NULL, NULL), URL_TOO_LONG);
	text[20] = '\0';
	assert_int_equal(url_read(&u, &arena, (struct str){text, 40}, NULL, NULL), URL_BAD_BYTE);
	free(text);
}

static struct str key(const char *text)
{
	struct url u;
	assert_int_equal(read_on(&u, text, NULL), URL_OK);
	return url_key(&arena, &u);
}

static void keys(void **state)
{
	(void)state;
	is(key("http://s.ru/a?b=1#c"), "s.ru/a?b=1");
	is(key("https://s.ru/a?PHPSESSID=9&b=1&utm_source=x"), "s.ru/a?b=1");
	is(key("https://s.ru/a?sid=9"), "s.ru/a");
	is(key("https://s.ru/a;jsessionid=9?x"), "s.ru/a?x");
	is(key("https://s.ru:8443/a?&x=1&&y"), "s.ru:8443/a?x=1&y");
	struct url u;
	read_on(&u, "http://s.ru/news/index.php?id=5&page=2", NULL);
	is(url_shape(&arena, &u), "s.ru/news/index.php?id?page");
	read_on(&u, "http://s.ru/news/5.html", NULL);
	is(url_shape(&arena, &u), "s.ru/news/");
}

static bool trap(const char *text)
{
	struct url u;
	assert_int_equal(read_on(&u, text, NULL), URL_OK);
	return url_is_trap(&u);
}

static void traps(void **state)
{
	(void)state;
	assert_false(trap("http://s.ru/a/a/b"));
	assert_true(trap("http://s.ru/a/a/a"));
	assert_true(trap("http://s.ru/x/a/b/a/b/a/b/y"));
	assert_true(trap("http://s.ru/a/b/c/a/b/c/a/b/c"));
	assert_false(trap("http://s.ru/a/b/c/a/b/c/a/b/d"));
	assert_false(trap("http://s.ru/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20"));
	assert_true(trap("http://s.ru/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21"));
	struct url u;
	read_on(&u, "http://s.ru/?a=1&sort=name", NULL);
	assert_true(url_is_variant(&u));
	read_on(&u, "http://s.ru/?print=1", NULL);
	assert_true(url_is_variant(&u));
	read_on(&u, "http://s.ru/?id=print", NULL);
	assert_false(url_is_variant(&u));
}

static void scope(void **state)
{
	(void)state;
	static const struct {
		const char *url, *prefix;
		bool within;
	} vectors[] = {{"http://s.ru/a/b", "https://www.s.ru/a/", true},
	    {"http://s.ru/a", "http://s.ru/a/", true}, {"http://s.ru/ab", "http://s.ru/a/", false},
	    {"http://s.ru/x", "http://s.ru", true}, {"http://t.ru/a/", "http://s.ru/a/", false},
	    {"http://s.ru/p/q/r", "http://s.ru/p/index.html", true},
	    {"http://s.ru/", "http://s.ru/p/", false}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct url u, prefix;
		read_on(&u, vectors[i].url, NULL);
		read_on(&prefix, vectors[i].prefix, NULL);
		if (url_within(&u, &prefix) != vectors[i].within)
			fail_msg("%s in %s", vectors[i].url, vectors[i].prefix);
	}
}

static void readable(void **state)
{
	(void)state;
	struct url u;
	read_on(&u, "https://школа.рф:81/Устав школы.pdf?a=%2F%D0%AF&b=%D0#Глава", NULL);
	is(url_readable(&arena, &u), "https://школа.рф:81/Устав%20школы.pdf?a=%2FЯ&b=%D0#Глава");
	read_on(&u, "mailto:a@b.ru", NULL);
	is(url_readable(&arena, &u), "mailto:a@b.ru");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(absolute, clear),
	    cmocka_unit_test_teardown(relative, clear),
	    cmocka_unit_test_teardown(encoding, clear),
	    cmocka_unit_test_teardown(query_of_the_document, clear),
	    cmocka_unit_test_teardown(hosts, clear),
	    cmocka_unit_test_teardown(kinds, clear),
	    cmocka_unit_test_teardown(bounds, clear),
	    cmocka_unit_test_teardown(keys, clear),
	    cmocka_unit_test_teardown(traps, clear),
	    cmocka_unit_test_teardown(scope, clear),
	    cmocka_unit_test_teardown(readable, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
