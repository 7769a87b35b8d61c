/*
 * The management cycle: gaps, documents in order of date, what rests on
 * nothing before it, and what is older than its ground.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/pages.h"
#include "support_render.h"

#include <string.h>

static const char unlinked[] = "Ни один из этих документов не опирается";
static const char wrong[] = "Дата раньше документа, на который он опирается: ";

static const char *make(struct rendering *t, const char *const *documents)
{
	rendering_begin(t, "");
	support_table(&t->f, TABLE_SCHOOLS, "school,name,kind\na,Альфа,secondary\n");
	for (int i = 0; documents[i]; i += 2)
		support_content(&t->f, documents[i], documents[i + 1]);
	rendering_finish(t, PROFILE_PUBLIC);
	assert_int_equal(page_cycle(&t->r), 0);
	return rendering_file(t, "cycle/index.html");
}

/* In the part of one position. */
static bool says(const char *html, const char *id, const char *what)
{
	struct arena a = ARENA_INIT;
	const char *from = strstr(html, arena_printf(&a, "<li id=\"%s\">", id));
	assert_non_null(from);
	const char *end = strstr(from + 1, "<h2>");
	end = end ? strstr(end + 1, "<h2>") : NULL;
	bool found =
	    strstr(arena_strndup(&a, from, end ? (size_t)(end - from) : strlen(from)), what);
	arena_clear(&a);
	return found;
}

static void test_chain(void **state)
{
	static const char *const documents[] = {
	    "documents/goals.md",
	    "---\ntitle: Цели\nkind: programme\ndate: 2021-01-10\ncycle: [goals]\n---\n",
	    "documents/method.md",
	    "---\ntitle: Методика\nkind: act\ndate: 2021-02-10\ncycle: [collection]\n"
	    "follows: [documents/goals.md]\n---\n",
	    "documents/analysis.md",
	    "---\ntitle: Анализ 2\nkind: analysis\ndate: 2021-09-10\ncycle: [analysis]\n---\n",
	    "documents/early.md",
	    "---\ntitle: Анализ 1\nkind: analysis\ndate: 2021-06-10\ncycle: [analysis]\n---\n",
	    "documents/measures.md",
	    "---\ntitle: Меры\nkind: act\ndate: 2021-05-10\ncycle: [measures]\n"
	    "follows: [documents/analysis.md]\n---\n",
	    NULL,
	};
	struct rendering t;
	(void)state;
	const char *html = make(&t, documents);
	assert_true(says(html, "indicators", "Нет в исходном документе"));
	assert_false(says(html, "goals", unlinked));
	assert_false(says(html, "collection", unlinked));
	assert_true(says(html, "analysis", unlinked));
	assert_true(strstr(html, ">Анализ 1</a>") < strstr(html, ">Анализ 2</a>"));
	assert_false(says(html, "measures", unlinked));
	assert_true(says(html, "measures", wrong));
	assert_false(says(html, "collection", wrong));
	assert_non_null(
	    strstr(html, "<a href=\"#indicators\">Показатели</a><span class=\"st none\">"));
	rendering_end(&t);
}

/* A document that serves several positions links them by itself. */
static void test_one_document(void **state)
{
	static const char *const documents[] = {
	    "documents/all.md",
	    "---\ntitle: Программа\nkind: programme\ndate: 2021-01-10\n"
	    "cycle: [goals, indicators, measures]\n---\n",
	    NULL,
	};
	struct rendering t;
	(void)state;
	const char *html = make(&t, documents);
	assert_null(strstr(html, unlinked));
	assert_null(strstr(html, wrong));
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_chain),
	    cmocka_unit_test(test_one_document),
	};
	return cmocka_run_group_tests_name("page_cycle", tests, NULL, NULL);
}
