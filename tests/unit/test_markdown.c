/* Markdown to HTML: each construct as it is written, what is left out with its
 * warning and place, hooks, headings, footnotes, front matter. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "text/markdown.h"

struct page {
	struct arena a;
	struct diag diag;
	struct markdown_page out;
	int result;
};

/* The bytes stand in memory of their own, so that reading past them is seen. */
static struct page render_with(
    const char *text, int top, uint32_t line, const struct markdown_hooks *hooks)
{
	struct page p = {.a = ARENA_INIT, .diag = DIAG_INIT};
	size_t n = strlen(text);
	char *copy = malloc(n ? n : 1);
	memcpy(copy, text, n);
	p.result =
	    markdown_render(&p.out, &p.a, "p.md", (struct str){copy, n}, line, top, hooks, &p.diag);
	free(copy);
	return p;
}

static struct page render(const char *text)
{
	return render_with(text, 1, 1, NULL);
}

static void end(struct page *p)
{
	diag_clear(&p->diag);
	arena_clear(&p->a);
}

static void gives(const char *text, const char *html)
{
	struct page p = render(text);
	assert_string_equal(p.out.html.p, html);
	assert_int_equal(p.out.html.n, strlen(html));
	assert_int_equal(p.result, 0);
	assert_int_equal(p.diag.count, 0);
	end(&p);
}

/* One warning, at a place, and what the page then is. */
static void warns(
    const char *text, const char *html, const char *rule, uint32_t line, uint32_t column)
{
	struct page p = render(text);
	assert_string_equal(p.out.html.p, html);
	assert_int_equal(p.result, 0);
	assert_int_equal(p.diag.count, 1);
	const struct diag_item *item = &p.diag.items[0];
	assert_string_equal(item->rule, rule);
	assert_int_equal(item->level, DIAG_WARNING);
	assert_string_equal(item->file, "p.md");
	assert_int_equal(item->line, line);
	assert_int_equal(item->column, column);
	assert_non_null(item->remedy);
	end(&p);
}

static void inlines(void **state)
{
	(void)state;
	gives("", "");
	gives("Текст *курсив* **жирный** `код <b>`\n",
	    "<p>Текст <em>курсив</em> <strong>жирный</strong> <code>код &lt;b&gt;</code></p>\n");
	gives("две\nстроки  \nи третья\\\nконец",
	    "<p>две\nстроки<br>\nи\u00a0третья<br>\nконец</p>\n");
	gives("&lt;b&gt; &amp;amp; \\* \\<", "<p>&lt;b&gt; &amp;amp; * &lt;</p>\n");
	gives("a < b > c & \"d\" 'e'", "<p>a &lt; b &gt; c &amp; \"d\" 'e'</p>\n");
	gives("[текст](https://example.org \"a \\\"b\\\" <c>\")",
	    "<p><a href=\"https://example.org\" rel=\"noopener\" title=\"a &quot;b&quot; &lt;c&gt;\">"
	    "текст</a></p>\n");
	gives("[a](<documents/мой файл.md>)",
	    "<p><a href=\"documents/%D0%BC%D0%BE%D0%B9%20%D1%84%D0%B0%D0%B9%D0%BB.md\">a</a></p>\n");
	gives("[p](tel:+73953512345) [m](mailto:a@b.ru)",
	    "<p><a href=\"tel:+73953512345\">p</a> <a href=\"mailto:a@b.ru\">m</a></p>\n");
	gives("![схема *района*](map.png)",
	    "<p><img src=\"map.png\" alt=\"схема района\" loading=\"lazy\"><span class=\"alt\">схема района</span></p>\n");
	gives("[a][b]\n\n[b]: c.md", "<p><a href=\"c.md\">a</a></p>\n");
}

static void strikethrough(void **state)
{
	(void)state;
	gives("~~нет~~", "<p><del>нет</del></p>\n");
	gives("а~~б~~в ~~ г ~~", "<p>а<del>б</del>в\u00a0~~ г ~~</p>\n");
	gives("~~a", "<p>~~a</p>\n");
	gives("~a~ ~~~b~~~", "<p>~a~ ~~~b~~~</p>\n");
	gives("~~a *b~~ c*", "<p>~~a <em>b~~ c</em></p>\n");
	gives("~~a~~ ~~b~~", "<p><del>a</del> <del>b</del></p>\n");
	/* Text that is written like the mark between the two passes. */
	gives("`~~ open` ~~ open", "<p><code>~~ open</code> ~~ open</p>\n");
}

static void bare_addresses(void **state)
{
	(void)state;
	gives("см. https://example.org/a?b=1&c=2.",
	    "<p>см.\u00a0<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noopener\">"
	    "https://example.org/a?b=1&amp;c=2</a>.</p>\n");
	gives("(www.example.org)",
	    "<p>(<a href=\"http://www.example.org\" rel=\"noopener\">"
	    "www.example.org</a>)</p>\n");
	gives("«https://школа.рф»,",
	    "<p>«<a href=\"https://%D1%88%D0%BA%D0%BE%D0%BB%D0%B0.%D1%80%D1%84\" rel=\"noopener\">"
	    "https://школа.рф</a>»,</p>\n");
	gives("почта uo@mail.ru.", "<p>почта <a href=\"mailto:uo@mail.ru\">uo@mail.ru</a>.</p>\n");
	gives("<https://example.org>",
	    "<p><a href=\"https://example.org\" rel=\"noopener\">https://example.org</a></p>\n");
	gives("https:// www. @ a@b xhttp://a.b `www.a.ru`",
	    "<p>https:// www. @ a@b xhttp://a.b <code>www.a.ru</code></p>\n");
	/* A link holds no second link. */
	gives("[www.a.ru](b.md)", "<p><a href=\"b.md\">www.a.ru</a></p>\n");
}

static void blocks(void **state)
{
	(void)state;
	gives("- a\n- b\n  - c\n",
	    "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n");
	gives("3. a\n\n4. b\n",
	    "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n");
	gives("> цитата\n\n---\n", "<blockquote>\n<p>цитата</p>\n</blockquote>\n<hr>\n");
	gives("```c extra\nint <x>;\n```\n",
	    "<pre><code class=\"language-c\">int &lt;x&gt;;\n</code></pre>\n");
	gives("    indented\n", "<pre><code>indented\n</code></pre>\n");
	gives("~~~ \"><script>\nx\n~~~\n",
	    "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">x\n</code></pre>\n");
	gives("- [ ] дело\n- [x] готово\n- [y] нет\n",
	    "<ul>\n<li class=\"task\"><span class=\"box\">☐</span> дело</li>\n"
	    "<li class=\"task done\"><span class=\"box\">☑</span> готово</li>\n<li>[y] нет</li>\n</ul>\n");
}

/* A table has a name; one that may be wider than the page stands in a frame
 * that has it, scrolls, and is reached by a keyboard. */
static void names_of_tables(void **state)
{
	(void)state;
	static const struct markdown_hooks words = {.table_label = "Таблица"};
	struct page p = render_with("|a|\n|-|\n\n## Класс & 9\n\n|a|\n|-|\n\n"
	                            "|a|b|c|d|e|\n|-|-|-|-|-|\n|1|2|3|4|5|\n",
	    1, 1, &words);
	assert_non_null(strstr(p.out.html.p, "<table class=\"cards\" aria-label=\"Таблица 1\">\n"));
	assert_non_null(strstr(p.out.html.p,
	    "<table class=\"cards\" aria-label=\"Таблица 2: Класс &amp; 9\">\n<thead>"));
	assert_non_null(strstr(p.out.html.p,
	    "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Таблица 3: Класс &amp; 9\">\n"
	    "<table class=\"cards\">\n<thead>"));
	assert_non_null(strstr(p.out.html.p, "</tbody>\n</table>\n</div>\n"));
	end(&p);
}

static void tables(void **state)
{
	(void)state;
	gives("| Год | Доля |\n|:----|-----:|\n| 2021 | 92,8 |\n| 2020 |\n",
	    "<table class=\"cards\">\n<thead>\n<tr><th scope=\"col\">Год</th>"
	    "<th scope=\"col\" class=\"num\">Доля</th></tr>\n</thead>\n<tbody>\n"
	    "<tr><td data-h=\"Год\">2021</td><td class=\"num\" data-h=\"Доля\">92,8</td></tr>\n"
	    "<tr><td data-h=\"Год\">2020</td><td class=\"num\" data-h=\"Доля\"></td></tr>\n"
	    "</tbody>\n</table>\n");
	/* A header alone; centred; marks in the header do not get into data-h. */
	gives("|a|\n|:-:|\n",
	    "<table class=\"cards\">\n<thead>\n"
	    "<tr><th scope=\"col\" class=\"center\">a</th></tr>\n</thead>\n</table>\n");
	gives("|**a \"b\"**|\n|---|\n|x \\| y|\n",
	    "<table class=\"cards\">\n<thead>\n<tr><th scope=\"col\"><strong>a \"b\"</strong></th></tr>\n"
	    "</thead>\n<tbody>\n<tr><td data-h=\"a &quot;b&quot;\">x | y</td></tr>\n</tbody>\n</table>\n");
	struct page p = render("нет таблицы | совсем");
	assert_false(p.out.has_tables);
	end(&p);
	p = render("|a|\n|-|\n|b|\n\ntext\n\n|c|\n|-|\n|d|\n");
	assert_true(p.out.has_tables);
	assert_non_null(strstr(p.out.html.p, "<td data-h=\"c\">d</td>"));
	end(&p);
}

static void footnotes(void **state)
{
	(void)state;
	static const struct markdown_hooks words = {
	    .footnotes_label = "Примечания", .back_label = "Назад"};
	struct page p =
	    render_with("Да[^b], и ещё[^a], снова[^b].\n\n[^a]: Вторая.\n[^b]: Первая.\n"
	                "[^c]: Никем.\n",
	        1, 1, &words);
	assert_string_equal(p.out.html.p,
	    "<p>Да<sup><a href=\"#fn:1\" id=\"fnref:1\" role=\"doc-noteref\">1</a></sup>, и\u00a0ещё"
	    "<sup><a href=\"#fn:2\" id=\"fnref:2\" role=\"doc-noteref\">2</a></sup>, снова"
	    "<sup><a href=\"#fn:1\" id=\"fnref:1:2\" role=\"doc-noteref\">1</a></sup>.</p>\n"
	    "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Примечания\">\n<ol>\n"
	    "<li id=\"fn:1\"><p>Первая. <a class=\"back\" href=\"#fnref:1\" role=\"doc-backlink\""
	    " aria-label=\"Назад\">↩</a> <a class=\"back\" href=\"#fnref:1:2\" role=\"doc-backlink\""
	    " aria-label=\"Назад\">↩</a></p>\n</li>\n"
	    "<li id=\"fn:2\"><p>Вторая. <a class=\"back\" href=\"#fnref:2\" role=\"doc-backlink\""
	    " aria-label=\"Назад\">↩</a></p>\n</li>\n</ol>\n</section>\n");
	assert_int_equal(p.diag.count, 0);
	end(&p);
	gives("Нет[^x].", "<p>Нет[^x].</p>\n");
	/* One that ends in a list has its way back in a paragraph of its own. */
	p = render("a[^1]\n\n[^1]: b\n\n    - c\n");
	assert_non_null(strstr(p.out.html.p, "</ul>\n<p> <a class=\"back\""));
	end(&p);
}

static void html_is_dropped(void **state)
{
	(void)state;
	warns("a\n\n<div onclick=\"x()\">\nтайна\n</div>\n\nb\n", "<p>a</p>\n<p>b</p>\n",
	    "markdown-html", 3, 1);
	warns("текст <b>жирный</b> конец", "<p>текст жирный конец</p>\n", "markdown-html", 1, 7);
	warns(
	    "- шшш <img src=x onerror=y>\n", "<ul>\n<li>шшш </li>\n</ul>\n", "markdown-html", 1, 7);
	warns("a<br/>b", "<p>a b</p>\n", "markdown-html", 1, 2);
	warns("|a|\n|-|\n|шш <i>|\n",
	    "<table class=\"cards\">\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n<tbody>\n"
	    "<tr><td data-h=\"a\">шш </td></tr>\n</tbody>\n</table>\n",
	    "markdown-html", 3, 5);
	/* Comments are for the author: no warning. What follows one is no comment. */
	gives("a <!-- тайна --> b\n\n<!-- и\nэта -->\n", "<p>a  b</p>\n");
	warns("<!-- a --> <script>x</script>\n", "", "markdown-html", 1, 1);
	/* Lines are those of the file. */
	struct page p = render_with("a\n\n<hr>\n", 1, 10, NULL);
	assert_int_equal(p.diag.items[0].line, 12);
	end(&p);
}

static void unsafe_links(void **state)
{
	static const char *const urls[] = {"javascript:alert(1)", "JaVaScRiPt:x", "vbscript:x",
	    "data:text/html,x", "file:///etc/passwd", "&#106;avascript:x", "java&#10;script:x",
	    "&#1;javascript:x", "ftp://a"};
	(void)state;
	for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++) {
		char text[100];
		strcpy(text, "a [b](");
		strcat(strcat(text, urls[i]), ")");
		struct page p = render(text);
		if (strcmp(p.out.html.p, "<p>a b</p>\n") != 0)
			fail_msg("%s: %s", urls[i], p.out.html.p);
		assert_int_equal(p.diag.count, 1);
		assert_string_equal(p.diag.items[0].rule, "markdown-unsafe-link");
		assert_int_equal(p.diag.items[0].column, 3);
		end(&p);
	}
	warns("![вид](javascript:x)", "<p>вид</p>\n", "markdown-unsafe-link", 1, 1);
	warns("![](x.png)", "<p><img src=\"x.png\" alt=\"\" loading=\"lazy\"></p>\n",
	    "markdown-image-text", 1, 1);
}

static void headings(void **state)
{
	static const struct {
		int level;
		const char *id, *text;
		uint32_t line;
	} wanted[] = {{2, "itogi-2020-goda", "Итоги 2020 года", 5},
	    {3, "itogi-2020-goda-2", "Итоги 2020 года", 7}, {3, "shhuka-i-yozh", "Щука и ёж", 9},
	    {2, "section", "«»", 11}, {6, "section-2", "—", 13},
	    {2, "itogi-2020-goda-2-2", "Итоги 2020 года 2", 15},
	    {2, "code-i-ssylka", "`code` и ссылка", 18}};
	(void)state;
	struct page p = render_with(
	    "# Итоги 2020 *года*\n\n## Итоги 2020 года\n\n## Щука и ёж\n\n# «»\n\n"
	    "###### —\n\n# Итоги 2020 года 2\n\nтекст\n# `code` и [ссылка](#itogi-2020-goda)\n",
	    2, 5, NULL);
	const struct markdown_heading *h = p.out.headings;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++, h = h->next) {
		assert_non_null(h);
		assert_int_equal(h->level, wanted[i].level);
		assert_string_equal(h->id, wanted[i].id);
		assert_int_equal(h->line, wanted[i].line);
		if (i < 6)
			assert_string_equal(h->text, wanted[i].text);
	}
	assert_null(h);
	assert_int_equal(p.diag.count, 0);
	assert_non_null(
	    strstr(p.out.html.p, "<h2 id=\"itogi-2020-goda\">Итоги 2020 <em>года</em></h2>"));
	end(&p);
}

/* An id depends on the text of its heading and of equal ones before it only. */
static void ids_are_stable(void **state)
{
	(void)state;
	struct page p = render("# A\n\n# Б\n"), q = render("# Новое\n\n# A\n\nтекст\n\n# Б\n");
	assert_string_equal(p.out.headings->id, q.out.headings->next->id);
	assert_string_equal(p.out.headings->next->id, q.out.headings->next->next->id);
	end(&p);
	end(&q);
}

static void anchors(void **state)
{
	(void)state;
	gives("[вниз](#cel)\n\n# Цель\n",
	    "<p><a href=\"#cel\">вниз</a></p>\n<h1 id=\"cel\">Цель</h1>\n");
	gives("[верх](#)", "<p><a href=\"#\">верх</a></p>\n");
	warns("a\nшш [мимо](#cell)\n\n# Цель\n",
	    "<p>a\nшш <a href=\"#cell\">мимо</a></p>\n<h1 id=\"cel\">Цель</h1>\n",
	    "markdown-anchor", 2, 4);
}

/* -- hooks ------------------------------------------------------------------ */

struct heard {
	struct buf text;
	struct diag *diag;
};

static int hear_link(void *payload, struct buf *out, struct str target, struct diag_place at)
{
	struct heard *h = payload;
	buf_addf(&h->text, "%.*s@%u:%u ", (int)target.n, target.p, at.line, at.column);
	if (str_is(target, "missing.md")) {
		diag_add(h->diag, DIAG_ERROR, "link", at, target, NULL, "missing");
		return -1;
	}
	if (str_is(target, "evil.md"))
		buf_adds(out, "javascript:alert(1)");
	else
		buf_adds(out, "../order/?a=\"b\"&c");
	return 0;
}

static int hear_fence(
    void *payload, struct buf *out, struct str words, struct str body, struct diag_place at)
{
	struct heard *h = payload;
	buf_addf(&h->text, "[%.*s|%.*s]@%u:%u ", (int)words.n, words.p, (int)body.n, body.p,
	    at.line, at.column);
	if (str_ends(words, "wrong.csv")) {
		diag_add(h->diag, DIAG_ERROR, "fence", at, words, NULL, "wrong");
		return -1;
	}
	buf_adds(out, "<figure>raw</figure>\n");
	return 0;
}

static struct page hear(struct heard *h, const char *text)
{
	static struct diag unused;
	struct markdown_hooks hooks = {.payload = h, .link = hear_link, .fence = hear_fence};
	*h = (struct heard){BUF_INIT(BUF_LINE), &unused};
	struct page p = {.a = ARENA_INIT, .diag = DIAG_INIT};
	h->diag = &p.diag;
	p.result = markdown_render(&p.out, &p.a, "p.md", str_of(text), 3, 1, &hooks, &p.diag);
	return p;
}

static void links_go_through_the_hook(void **state)
{
	struct heard h;
	(void)state;
	struct page p = hear(&h,
	    "[a](documents/x.md#y) ![b](c.png)\n\n- шш [d](e.md)\n\n"
	    "[web](https://a.b) [up](#) <m@a.ru> [p](//cdn) [q](mailto:x)\n");
	assert_string_equal(h.text.data, "documents/x.md#y@3:1 c.png@3:23 e.md@5:6 ");
	assert_non_null(strstr(p.out.html.p,
	    "<a href=\"../order/?a=%22b%22&amp;c\">a</a> <img src=\"../order/?a=%22b%22&amp;c\""));
	assert_int_equal(p.result, 0);
	end(&p);
	buf_clear(&h.text);
	/* A refused link leaves its text; all are asked for. */
	p = hear(&h, "[a](missing.md) [b](missing.md)\n");
	assert_string_equal(p.out.html.p, "<p>a b</p>\n");
	assert_int_equal(p.result, -1);
	assert_int_equal(p.diag.errors, 2);
	end(&p);
	buf_clear(&h.text);
	p = hear(&h, "[a](evil.md)\n");
	assert_null(strstr(p.out.html.p, "javascript"));
	end(&p);
	buf_clear(&h.text);
}

static void fences_go_through_the_hook(void **state)
{
	struct heard h;
	(void)state;
	struct page p = hear(&h,
	    "```table results.csv year school\na\nb\n```\n\n"
	    "> ~~~  chart lines x.csv\n> ~~~\n\n```tables x\n```\n\n```\ntable\n```\n");
	assert_string_equal(
	    h.text.data, "[table results.csv year school|a\nb\n]@3:1 [chart lines x.csv|]@8:3 ");
	assert_string_equal(p.out.html.p,
	    "<figure>raw</figure>\n<blockquote>\n<figure>raw</figure>\n</blockquote>\n"
	    "<pre><code class=\"language-tables\"></code></pre>\n<pre><code>table\n</code></pre>\n");
	end(&p);
	buf_clear(&h.text);
	p = hear(&h, "a\n\n```table wrong.csv\n```\n\nb\n");
	assert_int_equal(p.result, -1);
	assert_int_equal(p.diag.items[0].line, 5);
	assert_string_equal(p.out.html.p, "<p>a</p>\n<p>b</p>\n");
	end(&p);
	buf_clear(&h.text);
	gives("```table x.csv\n```\n", "<pre><code class=\"language-table\"></code></pre>\n");
}

/* -- the page ----------------------------------------------------------------- */

static void first_paragraphs(void **state)
{
	static const struct {
		const char *text, *first;
	} cases[] = {
	    {"# Т\n\n> цитата\n\nПервый *абзац*\nв две строки.\n\nВторой.\n",
	        "Первый абзац в две строки."},
	    {"- список\n", ""},
	    {"", ""},
	    {"[^1] a\n\n[^1]: сноска\n", "a"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct page p = render(cases[i].text);
		struct str first = str_trim(p.out.first_paragraph);
		if (!str_is(first, cases[i].first))
			fail_msg("%.*s", (int)first.n, first.p);
		end(&p);
	}
}

static void front_matter(void **state)
{
	static const struct {
		const char *text, *front, *body;
		uint32_t line;
	} cases[] = {
	    {"---\na: b\n---\nтело\n", "a: b\n", "тело\n", 4},
	    {"---\r\na: b\r\n---\r\nтело", "a: b\r\n", "тело", 4},
	    {"---\n---\n", "", "", 3},
	    {"--- \na: b\n---  \nx", "a: b\n", "x", 4},
	    {"---\na: |\n  ---\n---\nx", "a: |\n  ---\n", "x", 5},
	    {"---\na: b\n", "", "---\na: b\n", 1},
	    {"\n---\na: b\n---\n", "", "\n---\na: b\n---\n", 1},
	    {"", "", "", 1},
	    {"---", "", "---", 1},
	    {"----\na\n----\n", "", "----\na\n----\n", 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str front, body;
		uint32_t line;
		markdown_split(str_of(cases[i].text), &front, &body, &line);
		assert_true(str_is(front, cases[i].front));
		assert_true(str_is(body, cases[i].body));
		assert_int_equal(line, cases[i].line);
	}
}

static void *render_often(void *text)
{
	struct page first = render(text);
	for (int i = 0; i < 200; i++) {
		struct page p = render(text);
		if (!str_eq(p.out.html, first.out.html))
			abort();
		end(&p);
	}
	end(&first);
	return NULL;
}

/* Two threads, one with what the other one's parser could switch on and off. */
static void threads(void **state)
{
	static char plain[] = "a ~~b~~ www.a.ru c@d.ru\n",
	            table[] = "|~~a~~|\n|-|\n|b[^1]|\n\n[^1]: c\n";
	pthread_t a, b;
	(void)state;
	assert_int_equal(pthread_create(&a, NULL, render_often, plain), 0);
	assert_int_equal(pthread_create(&b, NULL, render_often, table), 0);
	pthread_join(a, NULL);
	pthread_join(b, NULL);
}

static int begin(void **state)
{
	(void)state;
	markdown_init();
	markdown_init(); /* a second time changes nothing */
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(inlines),
	    cmocka_unit_test(strikethrough),
	    cmocka_unit_test(bare_addresses),
	    cmocka_unit_test(blocks),
	    cmocka_unit_test(tables),
	    cmocka_unit_test(names_of_tables),
	    cmocka_unit_test(footnotes),
	    cmocka_unit_test(html_is_dropped),
	    cmocka_unit_test(unsafe_links),
	    cmocka_unit_test(headings),
	    cmocka_unit_test(ids_are_stable),
	    cmocka_unit_test(anchors),
	    cmocka_unit_test(links_go_through_the_hook),
	    cmocka_unit_test(fences_go_through_the_hook),
	    cmocka_unit_test(first_paragraphs),
	    cmocka_unit_test(front_matter),
	    cmocka_unit_test(threads),
	};
	return cmocka_run_group_tests(tests, begin, NULL);
}
