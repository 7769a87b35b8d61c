/* Escaping by place, and which links may be followed. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "text/html.h"

typedef void writer(struct buf *, struct str);

static void assert_writes(writer *write, const char *text, const char *expected)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	write(&out, str_of(text));
	assert_string_equal(out.data, expected);
	buf_clear(&out);
}

static void text_and_attributes(void **state)
{
	(void)state;
	assert_writes(html_text, "", "");
	assert_writes(html_text, "a<b>&\"c\" 'd'", "a&lt;b&gt;&amp;\"c\" 'd'");
	assert_writes(html_attr, "a<b>&\"c\" 'd'", "a&lt;b&gt;&amp;&quot;c&quot; &#39;d&#39;");
	assert_writes(html_attr, "&&&&&&&&&&&&&&&&&",
	    "&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;&amp;"
	    "&amp;&amp;&amp;&amp;&amp;&amp;&amp;");
	assert_writes(html_attr, "Школа № 1 – «лучшая»\t\r\n", "Школа № 1 – «лучшая»\t\r\n");
	html_text(&(struct buf)BUF_INIT(1), (struct str){NULL, 0});
}

/* Each byte at each place of a text longer than a vector. */
static void every_byte_everywhere(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		const char *escaped = c == '&'                        ? "&amp;"
		    : c == '<'                                        ? "&lt;"
		    : c == '>'                                        ? "&gt;"
		    : c == '"'                                        ? "&quot;"
		    : c == '\''                                       ? "&#39;"
		    : c < 0x20 && c != '\t' && c != '\n' && c != '\r' ? "\xEF\xBF\xBD"
		                                                      : (char[]){(char)c, '\0'};
		for (size_t at = 0; at < 40; at++) {
			char text[40], expected[64];
			memset(text, 'x', sizeof(text));
			memset(expected, 'x', sizeof(expected));
			text[at] = (char)c;
			memcpy(expected + at, escaped, strlen(escaped));
			struct buf out = BUF_INIT(BUF_PAGE);
			html_attr(&out, (struct str){text, sizeof(text)});
			assert_int_equal(out.len, sizeof(text) - 1 + strlen(escaped));
			assert_memory_equal(out.data, expected, out.len);
			buf_clear(&out);
		}
	}
}

static void urls(void **state)
{
	(void)state;
	assert_writes(html_url, "", "");
	assert_writes(html_url, "https://a.ru/b?c=d&e=f#g", "https://a.ru/b?c=d&amp;e=f#g");
	assert_writes(html_url, "приказ 1.pdf", "%D0%BF%D1%80%D0%B8%D0%BA%D0%B0%D0%B7%201.pdf");
	assert_writes(html_url, "a%20b%zz%2", "a%20b%25zz%252");
	assert_writes(
	    html_url, "\"><script>'\\^`{|}\n", "%22%3E%3Cscript%3E&#39;%5C%5E%60%7B%7C%7D%0A");
	struct buf out = BUF_INIT(BUF_PAGE);
	html_url(&out, (struct str){"a\0b%4", 5});
	assert_string_equal(out.data, "a%00b%254");
	buf_clear(&out);
}

static void safe_links(void **state)
{
	static const char *const safe[] = {"", "#top", "page.html", "../a:b/", "?q=a:b", "#a:b",
	    "//host/x", "http://a", "HTTPS://a", "mailto:a@b.ru", "tel:+7", "/javascript:x"};
	static const char *const unsafe[] = {"javascript:alert(1)", "JavaScript:x", " javascript:x",
	    "java\nscript:x", "\x01javascript:x", "data:text/html,x", "vbscript:x",
	    "file:///etc/passwd", "httpsx:y", "x:y", "школа:1", ":",
	    "javascript&colon;:", "httpsssssssssssss:x", "\tjava\tscript\r:x"};
	(void)state;
	for (size_t i = 0; i < sizeof(safe) / sizeof(*safe); i++)
		assert_true(html_url_safe(str_of(safe[i])));
	for (size_t i = 0; i < sizeof(unsafe) / sizeof(*unsafe); i++)
		assert_false(html_url_safe(str_of(unsafe[i])));
}

static void limit(void **state)
{
	(void)state;
	struct buf out = BUF_INIT(8);
	html_text(&out, STR("<<<"));
	assert_int_equal(buf_err(&out), -1);
	assert_true(out.len <= 8);
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_and_attributes),
	    cmocka_unit_test(every_byte_everywhere),
	    cmocka_unit_test(urls),
	    cmocka_unit_test(safe_links),
	    cmocka_unit_test(limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
