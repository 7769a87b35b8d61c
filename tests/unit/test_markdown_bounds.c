/* Texts that would take the parser too long are refused at their line; texts
 * that only look like them are not. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "text/markdown.h"
#include "text/markdown_bounds.h"

/* Text made of a piece, repeated. */
static void repeat(struct buf *out, const char *piece, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_adds(out, piece);
}

static void refused(struct buf *text, const char *rule, uint32_t line)
{
	struct diag diag = DIAG_INIT;
	struct arena a = ARENA_INIT;
	struct markdown_page page;
	struct str s = {text->data, text->len};
	assert_int_equal(buf_err(text), 0);
	assert_int_equal(markdown_render(&page, &a, "p.md", s, 1, 1, NULL, &diag), -1);
	assert_int_equal(diag.errors, 1);
	assert_string_equal(diag.items[0].rule, rule);
	assert_int_equal(diag.items[0].line, line);
	assert_non_null(diag.items[0].remedy);
	assert_int_equal(page.html.n, 0);
	arena_clear(&a);
	diag_clear(&diag);
	buf_reset(text);
}

static void accepted(struct buf *text)
{
	struct diag diag = DIAG_INIT;
	struct str s = {text->data, text->len};
	assert_int_equal(markdown_bounds("p.md", s, 1, &diag), 0);
	assert_int_equal(diag.count, 0);
	diag_clear(&diag);
	buf_reset(text);
}

static void tables(void **state)
{
	struct buf text = BUF_INIT(BUF_PAGE);
	(void)state;
	/* 100 columns are the most. */
	repeat(&text, "|a", MARKDOWN_TABLE_COLUMNS);
	buf_adds(&text, "|\n");
	repeat(&text, "|-", MARKDOWN_TABLE_COLUMNS);
	buf_adds(&text, "|\n");
	accepted(&text);
	buf_adds(&text, "x\n\n");
	repeat(&text, "|a", MARKDOWN_TABLE_COLUMNS + 1);
	buf_adds(&text, "|\n");
	repeat(&text, "|-", MARKDOWN_TABLE_COLUMNS + 1);
	refused(&text, "markdown-table", 3);
	/* A wide head and many short rows: each is filled up. */
	repeat(&text, "|-", MARKDOWN_TABLE_COLUMNS);
	buf_adds(&text, "|\n");
	repeat(&text, "|\n", 3000);
	refused(&text, "markdown-table", 1961);
	/* The same rows, but each table for itself. */
	repeat(&text, "|a|\n|-|\n|b|\n\n", 3000);
	accepted(&text);
	/* A long paragraph before heads. */
	repeat(&text, "word word word word word\n", 5000);
	buf_adds(&text, "|-|\n");
	refused(&text, "markdown-table", 5001);
	buf_clear(&text);
}

static void nesting(void **state)
{
	struct buf text = BUF_INIT(BUF_PAGE);
	(void)state;
	repeat(&text, "> ", MARKDOWN_NESTING);
	accepted(&text);
	buf_adds(&text, "a\n\n");
	repeat(&text, "> ", MARKDOWN_NESTING + 1);
	refused(&text, "markdown-nesting", 3);
	repeat(&text, "- ", MARKDOWN_NESTING + 1);
	refused(&text, "markdown-nesting", 1);
	/* A list that goes down by a level in each line. */
	for (size_t i = 0; i <= MARKDOWN_NESTING; i++) {
		repeat(&text, "  ", i);
		buf_adds(&text, "- x\n");
	}
	refused(&text, "markdown-nesting", MARKDOWN_NESTING + 1);
	/* Not nested at all. */
	repeat(&text, "- x\n", 5000);
	accepted(&text);
	repeat(&text, "> x\n\n", 5000);
	accepted(&text);
	/* Bold and italic: the bounds let them pass, the walk counts the depth. */
	for (size_t i = 0; i < MARKDOWN_DEPTH; i++)
		buf_adds(&text, i % 2 ? "*a " : "_a ");
	for (size_t i = MARKDOWN_DEPTH; i-- > 0;)
		buf_adds(&text, i % 2 ? "a* " : "a_ ");
	refused(&text, "markdown-nesting", 1);
	buf_clear(&text);
}

static void sums(void **state)
{
	struct buf text = BUF_INIT(BUF_PAGE);
	(void)state;
	repeat(&text, "![[]()", 20000);
	refused(&text, "markdown-brackets", 1);
	repeat(&text, "<!A ", 20000);
	refused(&text, "markdown-html-open", 1);
	buf_adds(&text, "[a]: ");
	repeat(&text, "x", 60000);
	buf_adds(&text, "\n\n");
	repeat(&text, "[a]", 3000);
	refused(&text, "markdown-references", 3);
	repeat(&text, "*", 400 * 1000);
	accepted(&text);
	repeat(&text, "`x", 600 * 1000);
	refused(&text, "markdown-size", 1);
	repeat(&text, "x", MARKDOWN_BYTES + 1);
	refused(&text, "markdown-size", 0);
	buf_adds(&text, "a [&Hat;b]\n");
	refused(&text, "markdown-footnote", 1);
	buf_adds(&text, "\na [&#x005E;b]\n");
	refused(&text, "markdown-footnote", 2);
	buf_adds(&text, "a &Hat; [&amp;] [&#944;]\n");
	accepted(&text);
	buf_adds(&text, "a\nшш\xD0\xFF");
	refused(&text, "markdown-encoding", 2);
	buf_clear(&text);
}

/* The parser loses text of a footnote mark that ends in another line. */
static void footnote_marks(void **state)
{
	static const struct {
		const char *text;
		bool wrong;
	} cases[] = {
	    {"[^1] [^a b][^c*d*]\n]", false},
	    {"a\n\n[^ab\ncd]", true},
	    {"a\n\nx [^a [b]\ncd]", true},
	    {"a\n\n[\\^ab\ncd]", true},
	    {"a\n\n[^a `]`\ncd]", true},
	    {"a\n\n[^a <b]>\ncd]", true},
	    {"a\n\n[^1][^a\\]\ncd]", true},
	    {"[^ab\n\ncd]", false},
	    {"\\[^ab\ncd]", false},
	    {"[a\n^b]", false},
	    {"[^", false},
	    {"[^1]: a\n[b](c)\n", false},
	};
	struct buf text = BUF_INIT(BUF_PAGE);
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_adds(&text, cases[i].text);
		if (cases[i].wrong)
			refused(&text, "markdown-footnote", 3);
		else
			accepted(&text);
	}
	repeat(&text, "[^", 1000 * 1000);
	refused(&text, "markdown-size", 1);
	repeat(&text, "[^", 100 * 1000);
	repeat(&text, "]", 100 * 1000);
	accepted(&text);
	buf_clear(&text);
}

/* The largest of what is let through must not take long. Generous: sanitizers
 * and busy machines; what is quadratic takes minutes. */
static void what_passes_is_quick(void **state)
{
	static const char *const pieces[] = {"a\n|-|\n\n", "[a](b) *c* ", "- a\n  - b\n", "> a\n",
	    "`a` ", "**a** ", "![a](b) ", "a\\\n", "&amp; ", "~~a~~ ", "www.a.ru a@b.ru ", "[^1] ",
	    "1. a\n\n", "| a | b |\n", "# a\n", "<b>", "![[]()", "[", "](", "*a _b ", "<!--", "<?",
	    "~~ a"};
	struct buf text = BUF_INIT(BUF_PAGE);
	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct diag diag = DIAG_INIT;
		struct arena a = ARENA_INIT;
		struct markdown_page page;
		struct timespec from, to;
		buf_reset(&text);
		repeat(&text, pieces[i], 100 * 1000 / strlen(pieces[i]));
		clock_gettime(CLOCK_MONOTONIC, &from);
		markdown_render(
		    &page, &a, "p.md", (struct str){text.data, text.len}, 1, 1, NULL, &diag);
		clock_gettime(CLOCK_MONOTONIC, &to);
		if (to.tv_sec - from.tv_sec > 20)
			fail_msg("%s: %d s", pieces[i], (int)(to.tv_sec - from.tv_sec));
		arena_clear(&a);
		diag_clear(&diag);
	}
	buf_clear(&text);
}

static int begin(void **state)
{
	(void)state;
	markdown_init();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tables),
	    cmocka_unit_test(nesting),
	    cmocka_unit_test(sums),
	    cmocka_unit_test(footnote_marks),
	    cmocka_unit_test(what_passes_is_quick),
	};
	return cmocka_run_group_tests(tests, begin, NULL);
}
