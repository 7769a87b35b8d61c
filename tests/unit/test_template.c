/*
 * What the specification's cases (test_mustache_spec) do not say: our values,
 * messages with their places, bounds, the choices that text/template.h makes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "text/template.h"

enum { MOST = 8 };

/* A set of templates, a page to render with them, what came of it. */
struct bench {
	struct arena arena;
	struct diag diag;
	struct buf out;
	struct templates *set;
	struct view *page;
	const char *names[MOST], *texts[MOST];
	size_t count;
};

static int load(void *payload, const char *name, struct template_source *out)
{
	const struct bench *b = payload;
	for (size_t i = 0; i < b->count; i++) {
		if (strcmp(b->names[i], name) != 0)
			continue;
		out->text = str_of(b->texts[i]);
		out->file = b->names[i];
		return 0;
	}
	return -1;
}

static int setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));
	if (!b)
		return -1;
	b->out = (struct buf)BUF_INIT(BUF_PAGE);
	b->set = templates_new(&b->arena, load, b, &b->diag);
	b->page = view_new(&b->arena);
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;
	buf_clear(&b->out);
	diag_clear(&b->diag);
	arena_clear(&b->arena);
	free(b);
	return 0;
}

static void add(struct bench *b, const char *name, const char *text)
{
	assert_true(b->count < MOST);
	b->names[b->count] = name;
	b->texts[b->count++] = text;
}

static const struct template *must_get(struct bench *b, const char *name)
{
	const struct template *t = templates_get(b->set, name);
	if (!t)
		diag_print(&b->diag, stderr, false);
	assert_non_null(t);
	return t;
}

static void assert_renders(struct bench *b, const char *name, const char *expected)
{
	buf_reset(&b->out);
	assert_int_equal(template_render(must_get(b, name), b->page, &b->out, NULL), 0);
	assert_string_equal(b->out.data, expected);
}

static void assert_item(const struct bench *b, size_t i, const char *rule, uint32_t line,
    uint32_t column, const char *part)
{
	assert_true(i < b->diag.count);
	const struct diag_item *item = &b->diag.items[i];
	assert_string_equal(item->rule, rule);
	assert_int_equal(item->line, line);
	assert_int_equal(item->column, column);
	assert_non_null(strstr(item->text, part));
	assert_non_null(item->remedy);
	assert_int_equal(item->level, DIAG_ERROR);
}

/* -- values ------------------------------------------------------------- */

static void later_field_wins(void **state)
{
	struct bench *b = *state;
	view_text(b->page, "a", "old");
	view_text(b->page, "a", "new");
	add(b, "t", "{{a}}");
	assert_renders(b, "t", "new");
}

static void large_views_are_indexed(void **state)
{
	struct bench *b = *state;
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 1000; i++)
			view_int(b->page, arena_printf(&b->arena, "name%d", i), i + round);
	for (int i = 0; i < 1000; i++) {
		char name[16], value[16];
		snprintf(name, sizeof(name), "name%d", i);
		snprintf(value, sizeof(value), "%d", i + 1);
		size_t len = strlen(name);
		const struct value *v = view_get(b->page, name, len, view_hash(name, len));
		assert_non_null(v);
		assert_true(str_is(v->as.text, value));
	}
	assert_null(view_get(b->page, "name", 4, view_hash("name", 4)));
}

static void truth(void **state)
{
	struct bench *b = *state;
	view_text(b->page, "empty", "");
	view_raw(b->page, "emptyraw", STR(""));
	view_text(b->page, "null", NULL);
	view_flag(b->page, "false", false);
	view_list(b->page, "nolist");
	view_text(b->page, "zero", "0");
	view_view(b->page, "view");
	view_flag(b->page, "true", true);
	list_add(view_list(b->page, "list"), (struct value){.kind = VALUE_NULL});
	add(b, "t",
	    "{{#empty}}x{{/empty}}{{#emptyraw}}x{{/emptyraw}}{{#null}}x{{/null}}{{#false}}x{{/false}}"
	    "{{#nolist}}x{{/nolist}}{{^empty}}1{{/empty}}{{^emptyraw}}2{{/emptyraw}}{{^null}}3{{/null}}"
	    "{{^false}}4{{/false}}{{^nolist}}5{{/nolist}}{{#zero}}6{{/zero}}{{#view}}7{{/view}}"
	    "{{#true}}8{{/true}}{{#list}}9{{/list}}{{^zero}}x{{/zero}}{{^view}}x{{/view}}");
	assert_renders(b, "t", "123456789");
}

static void what_is_written(void **state)
{
	struct bench *b = *state;
	view_text(b->page, "text", "<b>\"Школа\" & 'сад'</b>");
	view_raw(b->page, "raw", STR("<b>"));
	view_flag(b->page, "yes", true);
	view_flag(b->page, "no", false);
	view_int(b->page, "n", INT64_MIN);
	list_text(view_list(b->page, "list"), "item");
	view_view(b->page, "view");
	add(b, "t",
	    "{{text}}|{{{text}}}|{{raw}}|{{{raw}}}|{{yes}}|{{no}}|{{n}}|{{list}}|{{view}}|");
	assert_renders(b, "t",
	    "&lt;b&gt;&quot;Школа&quot; &amp; &#39;сад&#39;&lt;/b&gt;|<b>\"Школа\" & 'сад'</b>|<b>|<b>|"
	    "true|false|-9223372036854775808|||");
}

static void byte_order_mark_is_no_text(void **state)
{
	struct bench *b = *state;
	add(b, "t", "\xEF\xBB\xBF  {{! alone on its line }}\nok");
	assert_renders(b, "t", "ok");
}

static void space_before_the_sign(void **state)
{
	struct bench *b = *state;
	view_flag(b->page, "a", true);
	add(b, "t", "{{ #a }}in{{ /a }}{{ ! note }}");
	assert_renders(b, "t", "in");
}

/* -- indentation -------------------------------------------------------- */

static void partial_lines(void **state)
{
	struct bench *b = *state;
	struct list *l = view_list(b->page, "l");
	list_text(l, "a\nb");
	list_text(l, "c");
	view_list(b->page, "none");
	add(b, "t", "<ul>\n  {{>p}}\n</ul>\n");
	add(b, "p", "{{#l}}<{{.}}>{{/l}}\n\n{{#none}}x{{/none}}\r\nend\n  {{>q}}\n{{>q}} x {{>q}}");
	add(b, "q", "1\n2\n");
	/* A repeated section indents once, empty lines stay empty, a value's own
	 * lines and those of a partial inside of a line are left alone. */
	assert_renders(
	    b, "t", "<ul>\n  <a\nb><c>\n\n\r\n  end\n    1\n    2\n  1\n2\n x 1\n2\n</ul>\n");
}

static void arguments_take_the_place_of_blocks(void **state)
{
	struct bench *b = *state;
	view_text(b->page, "title", "T");
	add(b, "layout",
	    "<body>\n  <h1>{{$title}}none{{/title}}</h1>\n  <main>\n    {{$main}}\n    {{/main}}\n"
	    "  </main>\n  {{>foot}}\n</body>\n");
	add(b, "foot", "<footer>\n  {{$foot}}f{{/foot}}\n</footer>\n");
	add(b, "t",
	    "{{<layout}}\n{{$title}}{{title}}{{/title}} is skipped\n{{$main}}\n      <p>\n        text\n"
	    "   odd\n      </p>\n{{/main}}\n\n  {{$foot}}\n  one\n  two\n  {{/foot}}\n{{/layout}}\n");
	assert_renders(b, "t",
	    "<body>\n  <h1>T</h1>\n  <main>\n    <p>\n      text\n    odd\n    </p>\n  </main>\n"
	    "  <footer>\n    one\n    two\n\n  </footer>\n</body>\n");
}

static void inline_parent_keeps_the_line(void **state)
{
	struct bench *b = *state;
	add(b, "p", "[{{$a}}none{{/a}}]");
	add(b, "t", "x {{<p}}\n{{$a}}y{{/a}}\n{{/p}}\n  {{<p}}{{/p}}.\n");
	assert_renders(b, "t", "x [y]\n  [none].\n");
}

/* -- inheritance -------------------------------------------------------- */

static void same_block_name_in_a_nested_parent(void **state)
{
	struct bench *b = *state;
	add(b, "layout", "<l>{{$body}}{{/body}}</l>");
	add(b, "card", "<c>{{$body}}empty{{/body}}</c>");
	add(b, "t",
	    "{{<layout}}{{$body}}{{<card}}{{$body}}in{{/body}}{{/card}}{{<card}}{{/card}}{{/body}}{{/layout}}");
	assert_renders(b, "t", "<l><c>in</c><c>empty</c></l>");
}

static void block_in_its_own_argument(void **state)
{
	struct bench *b = *state;
	add(b, "layout", "<l>{{$main}}{{/main}}</l>");
	add(b, "article",
	    "{{<layout}}{{$main}}<a>{{$main}}default{{/main}}</a>{{/main}}{{/layout}}");
	add(b, "t", "{{<article}}{{$main}}page{{/main}}{{/article}}");
	assert_renders(b, "article", "<l><a>default</a></l>");
	assert_renders(b, "t", "<l>page</l>");
}

/* -- messages ----------------------------------------------------------- */

static void syntax_errors(void **state)
{
	static const struct {
		const char *text;
		uint32_t line, column;
		const char *part;
	} cases[] = {
	    {"ab\nшк {{name", 2, 4, "does not end"},
	    {"{{name\n{{other}}", 1, 1, "does not end"},
	    {"a {{! no end", 1, 3, "does not end"},
	    {"{{{name}}", 1, 1, "does not end"},
	    {"x{{}}", 1, 2, "no name"},
	    {"x{{{ }}}", 1, 2, "no name"},
	    {"{{# }}", 1, 1, "no name"},
	    {"{{a b}}", 1, 1, "space"},
	    {"{{a..b}}", 1, 1, "dot"},
	    {"{{#.a}}{{/.a}}", 1, 1, "dot"},
	    {"{{a.}}", 1, 1, "dot"},
	    {"x\n {{#a}}\n", 2, 2, "never closed"},
	    {"{{$a}}", 1, 1, "never closed"},
	    {"{{/a}}", 1, 1, "closes what was not opened"},
	    {"\n{{#a}}\n{{/b}}{{/a}}", 3, 1, "open is «a», since line 2"},
	    {"{{#a}}{{#b}}{{/a}}", 1, 7, "never closed"},
	    {"{{=x=}}", 1, 1, "delimiters"},
	    {"{{=<% %>}}", 1, 1, "delimiters"},
	    {"{{=a b c=}}", 1, 1, "delimiters"},
	    {"{{= =}}", 1, 1, "delimiters"},
	    {"{{<ok}}{{lost}}{{/ok}}", 1, 8, "would be lost"},
	    {"{{<ok}}{{>ok}}{{/ok}}", 1, 8, "would be lost"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct bench *b = *state;
		diag_clear(&b->diag);
		b->count = 0;
		const char *name = arena_printf(&b->arena, "case%zu", i);
		add(b, name, cases[i].text);
		add(b, "ok", "");
		assert_null(templates_get(b->set, name));
		assert_item(b, 0, "template-syntax", cases[i].line, cases[i].column, cases[i].part);
		assert_string_equal(b->diag.items[0].file, name);
		assert_int_equal(b->diag.count, 1);
	}
}

static void all_errors_in_one_run(void **state)
{
	struct bench *b = *state;
	add(b, "t", "{{#a}}{{x y}}\n{{/c}}{{>part}}{{>gone}}\n{{>gone}}");
	add(b, "part", "{{}}");
	assert_null(templates_get(b->set, "t"));
	diag_sort(&b->diag);
	assert_int_equal(b->diag.count, 5);
	assert_item(b, 0, "template-syntax", 1, 1, "no name");
	assert_string_equal(b->diag.items[0].file, "part");
	assert_item(b, 1, "template-syntax", 1, 1, "never closed");
	assert_item(b, 2, "template-syntax", 1, 7, "space");
	assert_item(b, 3, "template-syntax", 2, 1, "closes what");
	assert_item(b, 4, "template-missing", 2, 16, "no template");
	assert_string_equal(b->diag.items[4].cell, "gone");
	/* Asked again, it says nothing again. */
	assert_null(templates_get(b->set, "t"));
	assert_int_equal(b->diag.count, 5);
}

static void whatever_needs_a_broken_one_is_broken(void **state)
{
	struct bench *b = *state;
	add(b, "page", "{{<layout}}{{/layout}}");
	add(b, "layout", "{{>foot}}");
	add(b, "foot", "{{#x}}");
	add(b, "other", "fine");
	assert_null(templates_get(b->set, "page"));
	assert_null(templates_get(b->set, "layout"));
	assert_int_equal(b->diag.count, 1);
	assert_renders(b, "other", "fine");
	assert_null(templates_get(b->set, "absent"));
	assert_item(b, 1, "template-missing", 0, 0, "no template");
	assert_null(b->diag.items[1].file);
}

static void too_large(void **state)
{
	struct bench *b = *state;
	char *text = arena_alloc(&b->arena, TEMPLATE_BYTES + 2);
	memset(text, 'x', TEMPLATE_BYTES + 1);
	add(b, "large", text);
	assert_null(templates_get(b->set, "large"));
	assert_item(b, 0, "template-too-large", 0, 0, "1048577 bytes");
	add(b, "fits", text + 1);
	assert_non_null(templates_get(b->set, "fits"));
}

static void endless_recursion(void **state)
{
	struct bench *b = *state;
	add(b, "self", "a{{>self}}");
	add(b, "page", "{{>one}}");
	add(b, "one", "\n {{<two}}{{/two}}");
	add(b, "two", "{{>one}}");
	add(b, "tree", "{{#x}}{{>tree}}{{/x}}");
	assert_null(templates_get(b->set, "self"));
	assert_item(b, 0, "template-recursion", 1, 2, "itself without end");
	assert_null(templates_get(b->set, "page"));
	assert_int_equal(b->diag.count, 2);
	assert_string_equal(b->diag.items[1].rule, "template-recursion");
	assert_non_null(templates_get(b->set, "tree"));
}

/* -- names that are missing --------------------------------------------- */

static void missing_names(void **state)
{
	struct bench *b = *state;
	struct template_strict strict = {.page = "schools/index.html", .diag = &b->diag};
	view_null(b->page, "nothing");
	view_text(b->page, "title", "T");
	struct view *school = view_view(b->page, "school");
	view_text(school, "name", "N");
	struct list *rows = view_list(b->page, "rows");
	for (int i = 0; i < 3; i++)
		view_text(list_view(rows), "cell", "c");
	add(b, "t",
	    "{{nothing}}{{nothing.deep}}{{title}}{{school.name}}\n"
	    "{{#rows}}{{cell}}{{title}}{{titel}}{{titel}}{{/rows}}{{titel}}\n"
	    "{{^absent}}x{{/absent}}{{#absent2}}{{inside}}{{/absent2}}\n"
	    "{{school.nam}}{{school.name.x}}{{title.y}}\n{{>p}}");
	add(b, "p", "{{titel}}");
	const struct template *t = must_get(b, "t");
	assert_int_equal(template_render(t, b->page, &b->out, NULL), 0);
	assert_int_equal(b->diag.count, 0);
	assert_int_equal(template_render(t, b->page, &b->out, &strict), 0);
	diag_sort(&b->diag);
	assert_int_equal(b->diag.count, 7);
	assert_int_equal(b->diag.errors, 7);
	assert_item(b, 0, "template-missing-name", 1, 1, "schools/index.html");
	assert_string_equal(b->diag.items[0].file, "p");
	assert_item(b, 1, "template-missing-name", 2, 27, "«titel»");
	assert_non_null(strstr(b->diag.items[1].remedy, "«title»"));
	assert_item(b, 2, "template-missing-name", 3, 1, "«absent»");
	assert_item(b, 3, "template-missing-name", 3, 24, "«absent2»");
	assert_item(b, 4, "template-missing-name", 4, 1, "«nam»");
	assert_non_null(strstr(b->diag.items[4].remedy, "«name»"));
	assert_string_equal(b->diag.items[4].cell, "school.nam");
	assert_item(b, 5, "template-missing-name", 4, 15, "«x»");
	assert_item(b, 6, "template-missing-name", 4, 32, "«y»");
}

static void missing_name_in_an_argument(void **state)
{
	struct bench *b = *state;
	struct template_strict strict = {.page = "p", .diag = &b->diag};
	add(b, "layout", "\n\n{{$a}}{{/a}}");
	add(b, "t", "{{<layout}}{{$a}}{{gone}}{{/a}}{{/layout}}");
	assert_int_equal(template_render(must_get(b, "t"), b->page, &b->out, &strict), 0);
	assert_item(b, 0, "template-missing-name", 1, 18, "gone");
	assert_string_equal(b->diag.items[0].file, "t");
}

/* -- bounds ------------------------------------------------------------- */

static void depth_of_templates(void **state)
{
	struct bench *b = *state;
	struct template_strict strict = {.page = "p", .diag = &b->diag};
	view_flag(b->page, "x", true);
	add(b, "t", "{{#x}}{{>t}}{{>t}}{{/x}}");
	assert_int_equal(template_render(must_get(b, "t"), b->page, &b->out, NULL), -1);
	assert_int_equal(template_render(must_get(b, "t"), b->page, &b->out, &strict), -1);
	assert_int_equal(b->diag.count, 1);
	assert_item(b, 0, "template-bound", 1, 7, "too deeply");
}

static void as_deep_as_allowed(void **state)
{
	struct bench *b = *state;
	struct view *v = b->page;
	for (int i = 0; i < TEMPLATE_DEPTH; i++, v = view_view(v, "down"))
		view_text(v, "n", "x");
	view_null(v, "down");
	view_text(v, "n", "end");
	add(b, "t", "{{n}}{{#down}}{{>t}}{{/down}}");
	assert_int_equal(template_render(must_get(b, "t"), b->page, &b->out, NULL), 0);
	assert_int_equal(b->out.len, TEMPLATE_DEPTH + 3);
}

static const char *repeated(struct bench *b, const char *text, size_t times, const char *last)
{
	struct buf all = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < times; i++)
		buf_adds(&all, text);
	buf_adds(&all, last);
	const char *copy = arena_strndup(&b->arena, all.data, all.len);
	buf_clear(&all);
	return copy;
}

static void depth_of_sections(void **state)
{
	struct bench *b = *state;
	view_flag(b->page, "x", true);
	const char *closing = repeated(b, "{{/x}}", TEMPLATE_DEPTH, "");
	/* The most that a stack has to bear: so many sections in so many templates. */
	add(b, "most",
	    repeated(b, "{{#x}}", TEMPLATE_DEPTH, arena_printf(&b->arena, "{{>most}}%s", closing)));
	assert_int_equal(template_render(must_get(b, "most"), b->page, &b->out, NULL), -1);
	add(b, "more", repeated(b, "{{#x}}", TEMPLATE_DEPTH + 1, closing));
	assert_null(templates_get(b->set, "more"));
	assert_item(b, 0, "template-syntax", 1, 6 * TEMPLATE_DEPTH + 1, "more than 64");
	assert_int_equal(b->diag.count, 1);
}

static void repetitions(void **state)
{
	struct bench *b = *state;
	struct template_strict strict = {.page = "p", .diag = &b->diag};
	struct list *l = view_list(b->page, "l");
	for (int i = 0; i < 1000; i++)
		list_text(l, "");
	add(b, "t", "{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}");
	assert_int_equal(template_render(must_get(b, "t"), b->page, &b->out, &strict), -1);
	assert_item(b, 0, "template-bound", 1, 19, "repetitions");
}

static void limit_of_the_buf(void **state)
{
	struct bench *b = *state;
	view_text(b->page, "a", "0123456789");
	add(b, "t", "{{a}}{{a}}");
	b->out.max = 19;
	assert_int_equal(template_render(must_get(b, "t"), b->page, &b->out, NULL), -1);
	buf_reset(&b->out);
	b->out.max = 20;
	assert_int_equal(template_render(must_get(b, "t"), b->page, &b->out, NULL), 0);
}

/* Broken on purpose, as large as allowed: no more than one look at each byte. The
 * thread sanitizer looks at all that memmem() might. */
#ifdef __SANITIZE_THREAD__
enum { HOSTILE = TEMPLATE_BYTES / 16 };
#else
enum { HOSTILE = TEMPLATE_BYTES };
#endif

static void hostile_templates(void **state)
{
	static const char *const pieces[] = {"{{", "{{{a ", "{{={{=", "{{!", "{{#", "{{$a}}\n",
	    "{{/a}}", "{{<a}}", "{{#a}}{{/b}}", "\n  ", "{{a.b.c.d}}", "{{>a}}\n",
	    "{{=| |=}}|={{ }}=|"};
	struct bench *b = *state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		const char *name = arena_printf(&b->arena, "hostile%zu", i);
		b->count = 0;
		add(b, name, repeated(b, pieces[i], HOSTILE / strlen(pieces[i]), ""));
		templates_get(b->set, name);
	}
	assert_true(b->diag.count > 0);
	assert_true(b->diag.count < sizeof(pieces) / sizeof(*pieces) * (2 * DIAG_SAME));
}

/* -- threads ------------------------------------------------------------ */

struct job {
	const struct template *t;
	const struct view *page;
	struct buf out;
};

static void *work(void *arg)
{
	struct job *job = arg;
	for (int i = 0; i < 200; i++) {
		buf_reset(&job->out);
		if (template_render(job->t, job->page, &job->out, NULL) < 0)
			return job;
	}
	return NULL;
}

static void several_threads(void **state)
{
	struct bench *b = *state;
	struct list *rows = view_list(b->page, "rows");
	for (int i = 0; i < 50; i++)
		view_int(list_view(rows), "n", i);
	add(b, "t", "{{<p}}{{$a}}\n  {{#rows}}{{n}} {{/rows}}\n{{/a}}{{/p}}");
	add(b, "p", "<p>\n    {{$a}}\n    {{/a}}\n</p>\n");
	const struct template *t = must_get(b, "t");
	struct job jobs[4];
	pthread_t threads[4];
	for (size_t i = 0; i < 4; i++) {
		jobs[i] = (struct job){t, b->page, BUF_INIT(BUF_PAGE)};
		assert_int_equal(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
	}
	for (size_t i = 0; i < 4; i++) {
		void *failed;
		pthread_join(threads[i], &failed);
		assert_null(failed);
		assert_string_equal(jobs[i].out.data, jobs[0].out.data);
	}
	assert_non_null(strstr(jobs[0].out.data, "<p>\n    0 1 2 "));
	for (size_t i = 0; i < 4; i++)
		buf_clear(&jobs[i].out);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(later_field_wins),
	    TEST(large_views_are_indexed),
	    TEST(truth),
	    TEST(what_is_written),
	    TEST(byte_order_mark_is_no_text),
	    TEST(space_before_the_sign),
	    TEST(partial_lines),
	    TEST(arguments_take_the_place_of_blocks),
	    TEST(inline_parent_keeps_the_line),
	    TEST(same_block_name_in_a_nested_parent),
	    TEST(block_in_its_own_argument),
	    TEST(syntax_errors),
	    TEST(all_errors_in_one_run),
	    TEST(whatever_needs_a_broken_one_is_broken),
	    TEST(too_large),
	    TEST(endless_recursion),
	    TEST(missing_names),
	    TEST(missing_name_in_an_argument),
	    TEST(depth_of_templates),
	    TEST(as_deep_as_allowed),
	    TEST(depth_of_sections),
	    TEST(repetitions),
	    TEST(limit_of_the_buf),
	    TEST(hostile_templates),
	    TEST(several_threads),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
