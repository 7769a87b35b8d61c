/*
 * The XML writer: form, escaping by place, hostile texts, and what it refuses
 * to write.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/xml.h"

static void test_form(void **state)
{
	struct buf out = BUF_INIT(BUF_LINE);
	struct xml x = XML_INIT(&out);
	(void)state;
	xml_begin(&x, "feed");
	xml_attr(&x, "xmlns", STR("urn:x"));
	xml_leaf(&x, "title", STR("Школы & дома"));
	xml_begin(&x, "link");
	xml_url(&x, "href", STR("https://a/b c?d=1&e"));
	xml_end(&x);
	xml_begin(&x, "id");
	xml_text_url(&x, STR("tag:a,2026:ё"));
	xml_end(&x);
	xml_begin(&x, "author");
	xml_leaf(&x, "name", STR(""));
	xml_end(&x);
	xml_end(&x);
	assert_int_equal(xml_done(&x), 0);
	assert_string_equal(out.data,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<feed xmlns=\"urn:x\">\n"
	    "  <title>Школы &amp; дома</title>\n"
	    "  <link href=\"https://a/b%20c?d=1&amp;e\"/>\n"
	    "  <id>tag:a,2026:%D1%91</id>\n"
	    "  <author>\n"
	    "    <name></name>\n"
	    "  </author>\n"
	    "</feed>\n");
	buf_clear(&out);
}

static void assert_text(struct str text, const char *as_text, const char *as_attribute)
{
	struct buf out = BUF_INIT(BUF_LINE), whole = BUF_INIT(BUF_LINE);
	struct xml x = XML_INIT(&out);
	xml_begin(&x, "a");
	xml_attr(&x, "b", text);
	xml_text(&x, text);
	xml_end(&x);
	assert_int_equal(xml_done(&x), 0);
	buf_addf(&whole, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"%s\">%s</a>\n",
	    as_attribute, as_text);
	assert_string_equal(out.data, whole.data);
	buf_clear(&out);
	buf_clear(&whole);
}

static void test_escapes(void **state)
{
	(void)state;
	assert_text(STR("<script>\"a\" & 'b'"), "&lt;script&gt;\"a\" &amp; 'b'",
	    "&lt;script&gt;&quot;a&quot; &amp; 'b'");
	assert_text(STR("]]>"), "]]&gt;", "]]&gt;");
	assert_text(STR("a\r\n\tb"), "a&#13;\n\tb", "a&#13;&#10;&#9;b");
}

/* What no reader of XML would take. */
static void test_hostile(void **state)
{
	(void)state;
	assert_text(STR("a\x01\x1b\0b"), "a���b", "a���b");
	assert_text(STR("\xff\xc3(\xed\xa0\x80"), "��(���", "��(���");
	assert_text(STR("\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd"), "���", "���");
	assert_text(STR("\xf0\x9f\x8f\xab\xf0\x9f"), "🏫��", "🏫��");
}

static void test_refuses(void **state)
{
	struct buf out = BUF_INIT(BUF_LINE);
	struct xml nothing = XML_INIT(&out), open = XML_INIT(&out), late = XML_INIT(&out),
	           two = XML_INIT(&out), deep = XML_INIT(&out), outside = XML_INIT(&out);
	(void)state;
	assert_int_equal(xml_done(&nothing), -1);
	xml_begin(&open, "a");
	assert_int_equal(xml_done(&open), -1);
	xml_begin(&late, "a");
	xml_text(&late, STR("x"));
	xml_attr(&late, "b", STR("y"));
	xml_end(&late);
	assert_int_equal(xml_done(&late), -1);
	xml_leaf(&two, "a", STR(""));
	xml_leaf(&two, "b", STR(""));
	assert_int_equal(xml_done(&two), -1);
	for (int i = 0; i <= XML_DEPTH; i++)
		xml_begin(&deep, "a");
	for (int i = 0; i <= XML_DEPTH; i++)
		xml_end(&deep);
	assert_int_equal(xml_done(&deep), -1);
	xml_text(&outside, STR("x"));
	xml_leaf(&outside, "a", STR(""));
	assert_int_equal(xml_done(&outside), -1);
	buf_clear(&out);
}

static void test_limit(void **state)
{
	struct buf out = BUF_INIT(60);
	struct xml x = XML_INIT(&out);
	(void)state;
	xml_leaf(&x, "a", STR("more than the sixty bytes that there are for all of it"));
	assert_int_equal(xml_done(&x), -1);
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_form),
	    cmocka_unit_test(test_escapes),
	    cmocka_unit_test(test_hostile),
	    cmocka_unit_test(test_refuses),
	    cmocka_unit_test(test_limit),
	};
	return cmocka_run_group_tests_name("xml", tests, NULL, NULL);
}
