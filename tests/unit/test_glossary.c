/*
 * Abbreviations: the first use on a page leads to the entry, and nothing else
 * does.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/glossary.h"
#include "render/pages.h"
#include "support_render.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char entries[] = "| Сокращение | Значение |\n| --- | --- |\n"
                              "| ВПР | Всероссийская <проверочная> работа |\n"
                              "| КДН | Комиссия |\n"
                              "| КДН и ЗП | Комиссия и защита |\n"
                              "| ЗП | Защита |\n"
                              "| 500+ | Проект |\n"
                              "| СОШ | Школа, см. ВПР |\n"
                              "| а б в г д е ж | Много слов |\n"
                              "| **ОГЭ** | |\n";

static void make(struct rendering *t, const char *glossary, const char *body)
{
	rendering_begin(t, "");
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	if (glossary)
		support_content(&t->f, "glossary.md", glossary);
	support_content(
	    &t->f, "programme.md", arena_printf(&t->arena, "---\ntitle: P\n---\n%s", body));
	rendering_finish(t, PROFILE_PUBLIC);
	assert_int_equal(page_programme(&t->r), 0);
}

/* Links are written ⟨text|anchor⟩ in what is expected, no-break spaces as
 * spaces. */
static const char *linked(struct rendering *t, const char *html)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	for (const char *p = html; *p;) {
		const char *link = strstr(p, "<a class=\"term\"");
		buf_add(&out, p, link ? (size_t)(link - p) : strlen(p));
		if (!link)
			break;
		const char *anchor = strchr(link, '#'), *quote = strchr(anchor, '"');
		const char *text = strchr(link, '>') + 1, *end = strstr(text, "</a>");
		buf_addf(
		    &out, "⟨%.*s|%.*s⟩", (int)(end - text), text, (int)(quote - anchor), anchor);
		p = end + 4;
	}
	char *kept = arena_strndup(&t->arena, out.data, out.len);
	buf_clear(&out);
	for (char *space; (space = strstr(kept, "\u00a0")) != NULL;) {
		*space = ' ';
		memmove(space + 1, space + 2, strlen(space + 2) + 1);
	}
	return kept;
}

static void assert_linked(const char *body, const char *expected)
{
	struct rendering t;
	make(&t, entries, body);
	const char *html = linked(&t, rendering_file(&t, "programme/index.html"));
	const char *text = strstr(html, "<div class=\"text\">");
	if (!text || !strstr(text, expected))
		fail_msg("%s became %s", body, text);
	rendering_end(&t);
}

static void test_first_use(void **state)
{
	(void)state;
	assert_linked("Итоги ВПР и снова ВПР", "<p>Итоги ⟨ВПР|#term-vpr⟩ и снова ВПР</p>");
	assert_linked("ВПР\n\nСОШ, ВПР", "<p>⟨ВПР|#term-vpr⟩</p>\n<p>⟨СОШ|#term-sosh⟩, ВПР</p>");
	assert_linked("«ВПР»-2021", "<p>«⟨ВПР|#term-vpr⟩»-2021</p>");
	assert_linked("- ВПР\n- ВПР", "<li>⟨ВПР|#term-vpr⟩</li>\n<li>ВПР</li>");
	assert_linked("ОГЭ", "⟨ОГЭ|#term-oge⟩");
}

static void test_whole_words(void **state)
{
	(void)state;
	assert_linked("ВПРы впр НВПР", "<p>ВПРы впр НВПР</p>");
	assert_linked("500+ и 500", "<p>500+ и 500</p>");
	assert_linked("а б в г д е ж", "<p>а б в г д е ж</p>");
}

/* The longest term wins; the shorter ones are still free. */
static void test_longest(void **state)
{
	(void)state;
	assert_linked("КДН и ЗП, КДН и ЗП, КДН",
	    "<p>⟨КДН и ЗП|#term-kdn-i-zp⟩, КДН и ЗП, ⟨КДН|#term-kdn⟩</p>");
	assert_linked("КДН и ВПР", "<p>⟨КДН|#term-kdn⟩ и ⟨ВПР|#term-vpr⟩</p>");
	assert_linked("КДН и", "<p>⟨КДН|#term-kdn⟩ и</p>");
}

static void test_not_here(void **state)
{
	(void)state;
	assert_linked("## ВПР\n\nВПР", "<h2 id=\"vpr\">ВПР</h2>\n<p>⟨ВПР|#term-vpr⟩</p>");
	assert_linked(
	    "[ВПР](https://x.example/) `ВПР` ВПР", "ВПР</a> <code>ВПР</code> ⟨ВПР|#term-vpr⟩</p>");
	assert_linked("```\nВПР\n```\n", "<pre><code>ВПР\n</code></pre>");
	assert_linked("| ВПР |\n| --- |\n| ВПР |\n\nВПР",
	    "<th scope=\"col\">ВПР</th></tr>\n</thead>\n<tbody>\n<tr><td data-h=\"ВПР\">⟨ВПР|#term-vpr⟩</td>");
	/* the head of a table without rows ends with it */
	assert_linked("| x |\n| --- |\n\nВПР", "<p>⟨ВПР|#term-vpr⟩</p>");
	assert_linked("https://x.example/ВПР ВПР", "ВПР</a> ⟨ВПР|#term-vpr⟩</p>");
	assert_linked("a &lt;ВПР&gt; <b", "a &lt;⟨ВПР|#term-vpr⟩&gt; &lt;b");
}

static void test_entries(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, entries, "ВПР");
	const char *html = rendering_file(&t, "programme/glossary/index.html");
	assert_non_null(strstr(html, "<td id=\"term-vpr\" data-h=\"Сокращение\">ВПР</td>"));
	assert_non_null(strstr(html, "<td id=\"term-kdn-i-zp\""));
	assert_null(strstr(html, "class=\"term\""));
	assert_non_null(strstr(rendering_file(&t, "programme/index.html"),
	    "<a class=\"term\" href=\"../programme/glossary/index.html#term-vpr\" "
	    "title=\"Всероссийская &lt;проверочная&gt; работа\">ВПР</a>"));
	rendering_end(&t);
}

/* Pages count by themselves. */
static void test_each_page(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, entries, "ВПР");
	page_begin(&t.r, "x/", NULL, "X");
	struct buf out = BUF_INIT(BUF_LINE);
	glossary_text(&t.r, &out, STR("ВПР & ВПР"));
	assert_non_null(strstr(out.data, "class=\"term\""));
	assert_non_null(strstr(out.data, "</a> &amp; ВПР"));
	buf_clear(&out);
	rendering_end(&t);
}

static void test_none(void **state)
{
	struct rendering t;
	(void)state;
	make(&t, NULL, "ВПР");
	assert_null(t.r.glossary);
	assert_null(strstr(rendering_file(&t, "programme/index.html"), "class=\"term\""));
	rendering_end(&t);
	char draft[sizeof(entries) + 64];
	snprintf(draft, sizeof(draft), "---\nstatus: draft\n---\n%s", entries);
	make(&t, draft, "ВПР");
	assert_null(strstr(rendering_file(&t, "programme/index.html"), "class=\"term\""));
	rendering_end(&t);
}

/* Ten thousand terms that begin with the same word, and a text of it. */
static void test_many(void **state)
{
	struct rendering t;
	struct buf glossary = BUF_INIT(BUF_PAGE), text = BUF_INIT(BUF_PAGE),
	           out = BUF_INIT(BUF_PAGE);
	(void)state;
	buf_adds(&glossary, "| T |\n| --- |\n");
	for (int i = 0; i < 10000; i++)
		buf_addf(&glossary, "| А Б %d |\n", i);
	for (int i = 0; i < 200000; i++)
		buf_adds(&text, "А Б ");
	buf_adds(&text, "А Б 77");
	make(&t, glossary.data, "x");
	clock_t began = clock();
	glossary_text(&t.r, &out, (struct str){text.data, text.len});
	assert_true(clock() - began < 5 * CLOCKS_PER_SEC);
	assert_non_null(strstr(out.data, ">А Б 77</a>"));
	buf_clear(&glossary);
	buf_clear(&text);
	buf_clear(&out);
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_first_use),
	    cmocka_unit_test(test_whole_words),
	    cmocka_unit_test(test_longest),
	    cmocka_unit_test(test_not_here),
	    cmocka_unit_test(test_entries),
	    cmocka_unit_test(test_each_page),
	    cmocka_unit_test(test_none),
	    cmocka_unit_test(test_many),
	};
	return cmocka_run_group_tests_name("glossary", tests, NULL, NULL);
}
