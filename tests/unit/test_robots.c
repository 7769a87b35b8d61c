/* RFC 9309 on files as they are: the vectors follow those of google/robotstxt,
 * but for its own extras, and the RFC where the two differ. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "text/robots.h"

static struct arena arena = ARENA_INIT;

static int clear(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static bool allows_bytes(struct str file, const char *path)
{
	struct robots r;
	char *copy = malloc(file.n ? file.n : 1);
	memcpy(copy, file.p, file.n);
	robots_read(&r, &arena, (struct str){copy, file.n}, "FooBot");
	memset(copy, '!', file.n);
	free(copy);
	return robots_allows(&r, str_of(path));
}

static bool allows(const char *file, const char *path)
{
	return allows_bytes(str_of(file), path);
}

#define FOO "user-agent: FooBot\n"

static void syntax(void **state)
{
	(void)state;
	assert_false(allows("user-agent: FooBot\ndisallow: /\n", "/x/y"));
	assert_false(allows("user-agent FooBot\ndisallow /\n", "/x/y"));
	assert_true(allows("foo: FooBot\nbar: /\n", "/x/y"));
	assert_true(allows("", "/x"));
	assert_true(allows("user-agent: FooBot\ndisallow\n", "/x"));
	assert_true(allows("user-agent FooBot\ndisallow / x\n", "/x"));
	assert_false(allows("  user-agent : FooBot \n\tdisallow\t:\t/ # all\n", "/x"));
	assert_false(allows("user-agent: FooBot\ndissallow: /\n", "/x"));
}

static void groups(void **state)
{
	(void)state;
	static const char many[] =
	    "allow: /foo/bar/\n\nuser-agent: FooBot\ndisallow: /\nallow: /x/\n"
	    "user-agent: BarBot\ndisallow: /\nallow: /y/\n\n\nallow: /w/\n"
	    "user-agent: BazBot\n\nuser-agent: FooBot\nallow: /z/\ndisallow: /\n";
	assert_true(allows(many, "/x/b"));
	assert_true(allows(many, "/z/d"));
	assert_false(allows(many, "/y/c"));
	assert_false(allows(many, "/w/a"));
	assert_false(allows(many, "/foo/bar/"));
	static const char shared[] = "user-agent: BarBot\nsitemap: http://x/\ncrawl-delay: 3\n\n"
	                             "unknown: line\nuser-agent: FooBot\n\ndisallow: /x\n";
	assert_false(allows(shared, "/x"));
	struct robots r;
	robots_read(&r, &arena, str_of(shared), "BarBot");
	assert_false(robots_allows(&r, STR("/x")));
	assert_int_equal(r.delay_ms, 3000);
}

static void names(void **state)
{
	(void)state;
	assert_false(allows("USER-AGENT: FooBot\nDISALLOW: /\n", "/x"));
	assert_true(allows("uSeR-aGeNt: FOOBOT\nALLOW: /x/\ndIsAlLoW: /\n", "/x/"));
	assert_false(allows("user-agent: foobot\ndisallow: /\n", "/x"));
	static const char *const valid[] = {"Foobot", "Foobot-Bar", "Foo_Bar"};
	static const char *const invalid[] = {
	    "", "ツ", "Foobot*", " Foobot ", "Foobot/2.1", "Foobot Bar"};
	for (size_t i = 0; i < sizeof(valid) / sizeof(*valid); i++)
		assert_true(robots_token_valid(str_of(valid[i])));
	for (size_t i = 0; i < sizeof(invalid) / sizeof(*invalid); i++)
		assert_false(robots_token_valid(str_of(invalid[i])));
	assert_false(allows("user-agent: FooBot Bar\ndisallow: /\n", "/x"));
	assert_false(allows("user-agent: FooBot/2.1\ndisallow: /\n", "/x"));
	assert_true(allows("user-agent: FooBotBar\ndisallow: /\n", "/x"));
	assert_true(allows("user-agent: Foo\ndisallow: /\n", "/x"));
}

static void choice(void **state)
{
	(void)state;
	static const char both[] = "user-agent: *\nallow: /\nuser-agent: FooBot\ndisallow: /\n";
	assert_false(allows(both, "/x"));
	assert_true(allows("user-agent: *\ndisallow: /\nuser-agent: FooBot\n", "/x"));
	assert_false(allows("user-agent: *\ndisallow: /\nuser-agent: BarBot\nallow: /\n", "/x"));
	assert_false(allows("user-agent: * baz\ndisallow: /\n", "/x"));
	assert_true(allows("user-agent: *baz\ndisallow: /\n", "/x"));
	assert_true(allows("user-agent: BarBot\ndisallow: /\n", "/x"));
}

static void precedence(void **state)
{
	(void)state;
	static const struct {
		const char *rules, *path;
		bool allowed;
	} vectors[] = {{"disallow: /x/\n", "/x/y", false}, {"disallow: /X/\n", "/x/y", true},
	    {"disallow: /x/page.html\nallow: /x/\n", "/x/page.html", false},
	    {"disallow: /x/page.html\nallow: /x/\n", "/x/", true},
	    {"allow: /x/page.html\ndisallow: /x/\n", "/x/page.html", true},
	    {"disallow: \nallow: \n", "/x", true}, {"disallow: /\nallow: /\n", "/x", true},
	    {"allow: /\ndisallow: /\n", "/x", true}, {"disallow: /x\nallow: /x/\n", "/x", false},
	    {"disallow: /x\nallow: /x/\n", "/x/", true},
	    {"disallow: /x/page.html\nallow: /x/page.html\n", "/x/page.html", true},
	    {"allow: /page\ndisallow: /*.html\n", "/page.html", false},
	    {"allow: /page\ndisallow: /*.html\n", "/page", true},
	    {"allow: /x/page.\ndisallow: /*.html\n", "/x/page.html", true},
	    {"allow: /x/page.\ndisallow: /*.html\n", "/x/y.html", false},
	    {"disallow: /\n", "/robots.txt", true}, {"disallow: http://s.ru/x/\n", "/x/y", false}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		const char *file = arena_printf(&arena, FOO "%s", vectors[i].rules);
		if (allows(file, vectors[i].path) != vectors[i].allowed)
			fail_msg("%s with %s", vectors[i].path, vectors[i].rules);
	}
}

static void special(void **state)
{
	(void)state;
	static const struct {
		const char *rules, *path;
		bool allowed;
	} vectors[] = {{"disallow: /foo/bar$\nallow: /foo/bar/qux\n", "/foo/bar", false},
	    {"disallow: /foo/bar$\n", "/foo/bar/", true},
	    {"disallow: /foo/bar$\n", "/foo/bar?x", true},
	    {"disallow: /foo/quz#qux\n", "/foo/quz", false},
	    {"disallow: /foo/quz#qux\n", "/foo/quzx", false}, {"disallow: /fish\n", "/fish", false},
	    {"disallow: /fish\n", "/fish.html", false},
	    {"disallow: /fish\n", "/fishheads/yummy.html", false},
	    {"disallow: /fish\n", "/fish.php?id=anything", false},
	    {"disallow: /fish\n", "/Fish.asp", true}, {"disallow: /fish\n", "/catfish", true},
	    {"disallow: /fish*\n", "/fishheads", false}, {"disallow: /fish*\n", "/?id=fish", true},
	    {"disallow: /fish/\n", "/fish", true}, {"disallow: /fish/\n", "/fish/?id=1", false},
	    {"disallow: /*.php\n", "/folder/filename.php?parameters", false},
	    {"disallow: /*.php\n", "/x?y.php", false},
	    {"disallow: /*.php\n", "/filename.php/", false},
	    {"disallow: /*.php\n", "/windows.PHP", true},
	    {"disallow: /*.php$\n", "/filename.php", false},
	    {"disallow: /*.php$\n", "/filename.php?parameters", true},
	    {"disallow: /*.php$\n", "/a.php/b.php", false},
	    {"disallow: /fish*.php\n", "/fishheads/catfish.php?p", false},
	    {"disallow: /fish*.php\n", "/Fish.PHP", true}, {"allow: /$\ndisallow: /\n", "/", true},
	    {"allow: /$\ndisallow: /\n", "/x", false}, {"disallow: *\n", "/x", false},
	    {"disallow: *x\n", "/y/x/z", false}, {"disallow: /a**b$\n", "/axxb", false},
	    {"disallow: /ab*ab$\n", "/ab", true}, {"disallow: $\n", "/x", true},
	    {"disallow: /a$b\n", "/a$b", false}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		const char *file = arena_printf(&arena, FOO "%s", vectors[i].rules);
		if (allows(file, vectors[i].path) != vectors[i].allowed)
			fail_msg("%s with %s", vectors[i].path, vectors[i].rules);
	}
}

static void encoding(void **state)
{
	(void)state;
	static const char coded[] = "/%D0%A3%D1%81%D1%82%D0%B0%D0%B2";
	assert_false(allows(FOO "disallow: /Устав\n", coded));
	assert_false(allows(FOO "disallow: /%d0%a3%D1%81%D1%82%D0%B0%D0%B2\n", coded));
	/* windows-1251, Russian comment and rule. */
	assert_false(allows(
	    "# \xEF\xF0\xE0\xE2\xE8\xEB\xE0\n" FOO "disallow: /\xD3\xF1\xF2\xE0\xE2\n", coded));
	assert_false(allows(FOO "disallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz"));
	assert_false(allows(FOO "disallow: /foo/bar/baz\n", "/foo/bar/%62%61%7A"));
	assert_true(allows(FOO "disallow: /a%2Fb\n", "/a/b"));
	assert_false(allows(FOO "disallow: /a%2fb\n", "/a%2Fb"));
	assert_true(allows(FOO "disallow: /a%2Ab\n", "/axb"));
}

static void line_ends(void **state)
{
	(void)state;
	static const char *const files[] = {"User-Agent: foobot\nAllow: /x/\nDisallow: /\n",
	    "User-Agent: foobot\r\nAllow: /x/\r\nDisallow: /\r\n",
	    "User-Agent: foobot\rAllow: /x/\rDisallow: /\r",
	    "User-Agent: foobot\n\r\n\rAllow: /x/\r\r\nDisallow: /",
	    "User-Agent: foobot\r\nAllow: /x/\nDisallow: /"};
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		assert_true(allows(files[i], "/x/a"));
		assert_false(allows(files[i], "/y"));
	}
}

static void marks(void **state)
{
	(void)state;
	static const char rest[] = "User-Agent: foobot\nDisallow: /\n";
	assert_false(allows(arena_printf(&arena, "\xEF\xBB\xBF%s", rest), "/x"));
	assert_false(allows(arena_printf(&arena, "\xEF\xBB%s", rest), "/x"));
	assert_false(allows(arena_printf(&arena, "\xEF%s", rest), "/x"));
	assert_true(allows(arena_printf(&arena, "\xEF\x11\xBF%s", rest), "/x"));
	/* In the middle it spoils its line only. */
	assert_true(allows("User-Agent: foobot\n\xEF\xBB\xBF"
	                   "Disallow: /\nDisallow: /y\n",
	    "/x"));
	assert_false(allows("User-Agent: foobot\n\xEF\xBB\xBF"
	                    "Disallow: /\nDisallow: /y\n",
	    "/y"));
}

static void bounds(void **state)
{
	(void)state;
	/* The tail of a long line never becomes a line: were it one, it would
	 * open what is forbidden. */
	struct buf b = BUF_INIT(BUF_PAGE);
	buf_adds(&b, FOO "disallow: /\nallow: /");
	while (b.len < 20000)
		buf_addc(&b, 'y');
	buf_adds(&b, " allow: /x\n");
	assert_false(allows_bytes(buf_str(&b), "/x"));
	/* A rule behind many others counts up to the bound, a cut one does not. */
	buf_reset(&b);
	buf_adds(&b, FOO);
	while (b.len < ROBOTS_BYTES - 60)
		buf_adds(&b, "disallow: /a\n");
	buf_adds(&b, "disallow: /late\n# ");
	while (b.len < ROBOTS_BYTES - 15)
		buf_addc(&b, '#');
	buf_adds(&b, "\ndisallow: /tea-pot\ndisallow: /more\n");
	assert_false(allows_bytes(buf_str(&b), "/late"));
	assert_true(allows_bytes(buf_str(&b), "/tea"));
	assert_true(allows_bytes(buf_str(&b), "/more"));
	/* Stars cost no more than their number. */
	buf_reset(&b);
	buf_adds(&b, FOO "disallow: /");
	for (int i = 0; i < 5000; i++)
		buf_adds(&b, "*a");
	buf_adds(&b, "b\n");
	char *path = malloc(8001);
	memset(path, 'a', 8000);
	path[0] = '/', path[8000] = '\0';
	assert_true(allows_bytes(buf_str(&b), path));
	free(path);
	buf_clear(&b);
}

static void delays(void **state)
{
	(void)state;
	static const struct {
		const char *value;
		int ms;
	} vectors[] = {{"10", 10000}, {"0.5", 500}, {"1,25", 1250}, {"0.0001", 0}, {"x", 0},
	    {"", 0}, {"-3", 0}, {"3 seconds", 3000}, {"99999999999999999999", ROBOTS_DELAY_MAX_MS}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct robots r;
		const char *file =
		    arena_printf(&arena, FOO "Crawl-delay: %s\ndisallow: /\n", vectors[i].value);
		robots_read(&r, &arena, str_of(file), "FooBot");
		assert_int_equal(r.delay_ms, vectors[i].ms);
		assert_int_equal(r.count, 1);
	}
}

static void paths(void **state)
{
	(void)state;
	static const char *const vectors[][2] = {{"", "/"}, {"http://www.example.com", "/"},
	    {"http://www.example.com/", "/"}, {"http://www.example.com/a", "/a"},
	    {"http://www.example.com/a/b?c=http://d.e/", "/a/b?c=http://d.e/"},
	    {"http://www.example.com/a/b?c=d&e=f#fragment", "/a/b?c=d&e=f"}, {"example.com", "/"},
	    {"example.com/", "/"}, {"example.com?a", "/?a"}, {"example.com/a;b#c", "/a;b"},
	    {"//a/b/c", "/b/c"}, {"a/b", "/b"}, {"http://x#/y", "/"},
	    {"http://www.example.com;x", "/;x"}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct str path = robots_path(&arena, str_of(vectors[i][0]));
		assert_string_equal(arena_strndup(&arena, path.p, path.n), vectors[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(syntax, clear),
	    cmocka_unit_test_teardown(groups, clear),
	    cmocka_unit_test_teardown(names, clear),
	    cmocka_unit_test_teardown(choice, clear),
	    cmocka_unit_test_teardown(precedence, clear),
	    cmocka_unit_test_teardown(special, clear),
	    cmocka_unit_test_teardown(encoding, clear),
	    cmocka_unit_test_teardown(line_ends, clear),
	    cmocka_unit_test_teardown(marks, clear),
	    cmocka_unit_test_teardown(bounds, clear),
	    cmocka_unit_test_teardown(delays, clear),
	    cmocka_unit_test_teardown(paths, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
