/* Cookies: whom they are sent to, who may set them, and when they end. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/cookie.h"
#include "text/domain.h"

static struct arena arena = ARENA_INIT;
static struct cookie_jar jar;
static const int64_t now = 1000000;

static int clear(void **state)
{
	(void)state;
	cookie_clear(&jar);
	arena_clear(&arena);
	return 0;
}

static struct url url(const char *text)
{
	struct url u;
	assert_int_equal(url_read(&u, &arena, str_of(text), NULL, NULL), URL_OK);
	return u;
}

static void set(const char *from, const char *cookie)
{
	struct http_head head;
	struct url u = url(from);
	size_t used;
	const char *text =
	    arena_printf(&arena, "HTTP/1.1 200 OK\r\nSet-Cookie: %s\r\n\r\n", cookie);
	assert_int_equal(http_head_read(&head, &arena, str_of(text), &used), HTTP_OK);
	cookie_take(&jar, &u, &head, now);
}

static void sent(const char *to, const char *expected)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	struct url u = url(to);
	cookie_write(&b, &jar, &u, now);
	assert_string_equal(b.data, expected);
	buf_clear(&b);
}

static void where(void **state)
{
	(void)state;
	set("http://a.s.ru/x/y", "host=1");
	set("http://a.s.ru/x/y", "wide=2; Domain=.S.ru; Path=/");
	set("http://a.s.ru/x/y", "safe=3; Secure; path=/; HttpOnly; SameSite=Lax");
	sent("http://a.s.ru/x", "host=1; wide=2");
	sent("http://a.s.ru/x/z?q", "host=1; wide=2");
	sent("http://a.s.ru/xy", "wide=2");
	sent("https://a.s.ru/", "wide=2; safe=3");
	sent("http://b.s.ru/x/", "wide=2");
	sent("http://bs.ru/x/", "");
}

static void who(void **state)
{
	(void)state;
	set("http://a.s.ru/", "a=1; Domain=t.ru");
	set("http://a.s.ru/", "b=1; Domain=ru");
	set("http://a.s.ru/", "c=1; Domain=b.a.s.ru");
	set("http://127.0.0.1/", "d=1; Domain=0.0.1");
	set("http://a.s.ru/", "=1");
	set("http://a.s.ru/", "e=\x01");
	assert_int_equal(jar.count, 0);
	set("http://127.0.0.1/", "d=1; Domain=127.0.0.1");
	sent("http://127.0.0.1/", "d=1");
}

static void when(void **state)
{
	(void)state;
	set("http://s.ru/", "a=1; Max-Age=60");
	set("http://s.ru/", "b=1; Expires=Sun, 06-Nov-2094 08:49:37 GMT");
	set("http://s.ru/",
	    "c=1; Max-Age=99999999999999999999; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
	set("http://s.ru/", "d=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
	sent("http://s.ru/", "a=1; b=1; c=1");
	set("http://s.ru/", "a=; Max-Age=0");
	set("http://s.ru/", "b=2");
	set("http://s.ru/", "c=1; Max-Age=-1");
	sent("http://s.ru/", "b=2");
}

static void state_changes(void **state)
{
	(void)state;
	uint64_t none = cookie_state(&jar);
	set("http://s.ru/", "a=1");
	uint64_t one = cookie_state(&jar);
	set("http://s.ru/", "a=1");
	assert_true(cookie_state(&jar) == one);
	set("http://s.ru/", "a=2");
	assert_true(one != none && cookie_state(&jar) != one);
}

static void bounded(void **state)
{
	(void)state;
	for (int i = 0; i < COOKIES + 5; i++)
		set("http://s.ru/", arena_printf(&arena, "a%d=1", i));
	assert_int_equal(jar.count, COOKIES);
	assert_string_equal(jar.items[0].name, "a5");
	char *large = arena_alloc(&arena, COOKIE_BYTES + 10);
	memset(large, 'x', COOKIE_BYTES + 5);
	set("http://s.ru/", large);
	assert_string_equal(jar.items[COOKIES - 1].name, "a54");
}

static void domains(void **state)
{
	(void)state;
	static const char *const vectors[][2] = {{"a.b.s.ru", "s.ru"}, {"s.ru", "s.ru"},
	    {"ru", "ru"}, {"127.0.0.1", "127.0.0.1"}, {"[::1]", "[::1]"},
	    {"sh1.gosweb.gosuslugi.ru", "gosuslugi.ru"},
	    {"a.xn--80atdl2c.xn--p1ai", "xn--80atdl2c.xn--p1ai"}, {"localhost", "localhost"},
	    {"", ""}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct str d = domain_registrable(str_of(vectors[i][0]));
		assert_string_equal(arena_strndup(&arena, d.p, d.n), vectors[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(where, clear),
	    cmocka_unit_test_teardown(who, clear),
	    cmocka_unit_test_teardown(when, clear),
	    cmocka_unit_test_teardown(state_changes, clear),
	    cmocka_unit_test_teardown(bounded, clear),
	    cmocka_unit_test_teardown(domains, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
