/* Trees with places, and everything that is refused, each in plain words at
 * its place and without hiding what comes after. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text/yaml.h"

struct reading {
	struct arena a;
	struct diag diag;
	const struct yaml_node *root;
};

/* The bytes stand in memory of their own, so that reading past them is seen. */
static struct reading read_bytes(struct str text, uint32_t line)
{
	struct reading r = {.a = ARENA_INIT, .diag = DIAG_INIT};
	char *copy = malloc(text.n ? text.n : 1);
	if (text.n)
		memcpy(copy, text.p, text.n);
	r.root = yaml_read(&r.a, "f.yaml", (struct str){copy, text.n}, line, &r.diag);
	free(copy);
	assert_int_equal(r.root == NULL, r.diag.errors > 0);
	return r;
}

static struct reading read_text(const char *text)
{
	return read_bytes(str_of(text), 1);
}

static void end(struct reading *r)
{
	diag_clear(&r->diag);
	arena_clear(&r->a);
}

static const struct yaml_node *get(const struct yaml_node *map, const char *key)
{
	const struct yaml_node *n = yaml_find(map, key);
	if (!n)
		fail_msg("no key %s", key);
	return n;
}

static void stands_at(const struct yaml_node *n, uint32_t line, uint32_t column)
{
	assert_int_equal(n->line, line);
	assert_int_equal(n->column, column);
}

static void trees(void **state)
{
	(void)state;
	struct reading r = read_text(
	    "# comment\ntitle: Отдел: 5 школ\nшкола №1: да\n"
	    "list: [a, \"b, c\", 'd''e']\nmap:\n  text: |\n    one\n    two\n"
	    "  fold: >-\n    one\n    two\nitems:\n  - {k: v, w: [1, 2]}\n  - k: x\nempty:\n");
	assert_null(r.root);
	end(&r); /* a colon in a plain value: told below */

	r = read_text("# comment\ntitle: Отдел, 5 школ\nшкола №1: да\nlist: [a, \"b, c\", 'd''e']\n"
	              "map:\n  text: |\n    one\n    two\n  fold: >-\n    one\n    two\n"
	              "items:\n  - {k: v, w: [1, 2]}\n  - k: x\nempty:\n");
	assert_int_equal(r.diag.count, 0);
	assert_int_equal(r.root->kind, YAML_MAP);
	assert_int_equal(r.root->count, 6);
	const struct yaml_node *n = get(r.root, "title");
	assert_true(str_is(n->text, "Отдел, 5 школ"));
	assert_false(n->quoted);
	stands_at(n, 2, 8);
	assert_int_equal(n->key_line, 2);
	assert_int_equal(n->key_column, 1);
	stands_at(get(r.root, "школа №1"), 3, 11); /* in characters */
	n = get(r.root, "list");
	assert_int_equal(n->kind, YAML_LIST);
	assert_int_equal(n->count, 3);
	n = n->first->next;
	assert_true(n->quoted && str_is(n->text, "b, c"));
	stands_at(n, 4, 11);
	assert_true(str_is(n->next->text, "d'e"));
	assert_null(n->next->next);
	n = get(r.root, "map");
	assert_true(str_is(get(n, "text")->text, "one\ntwo\n"));
	assert_true(get(n, "text")->quoted);
	assert_true(str_is(get(n, "fold")->text, "one two"));
	assert_int_equal(get(n, "fold")->key_column, 3);
	n = get(r.root, "items");
	assert_int_equal(n->count, 2);
	assert_true(str_is(get(n->first, "w")->first->next->text, "2"));
	stands_at(get(n->first->next, "k"), 14, 8);
	n = get(r.root, "empty");
	assert_int_equal(n->kind, YAML_SCALAR);
	assert_int_equal(n->text.n, 0);
	assert_null(yaml_find(r.root, "titl"));
	end(&r);
}

static void other_roots(void **state)
{
	(void)state;
	static const char *const nothing[] = {
	    "", "\n", "# comment\n", "---\n", "---\n...\n", "  \n\n"};
	for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++) {
		struct reading r = read_text(nothing[i]);
		if (!r.root)
			fail_msg("\"%s\"", nothing[i]);
		assert_int_equal(r.root->kind, YAML_MAP);
		assert_int_equal(r.root->count, 0);
		end(&r);
	}
	struct reading r = read_text("- a\n- b: c\n");
	assert_int_equal(r.root->kind, YAML_LIST);
	assert_int_equal(r.root->count, 2);
	end(&r);
	r = read_bytes((struct str){NULL, 0}, 1);
	assert_int_equal(r.root->kind, YAML_MAP);
	end(&r);
	r = read_bytes(STR("a: b\r\nc: d\r\n"), 1);
	assert_true(str_is(get(r.root, "c")->text, "d"));
	stands_at(get(r.root, "c"), 2, 4);
	end(&r);
}

static void lines_are_those_of_the_file(void **state)
{
	(void)state;
	struct reading r = read_bytes(STR("a: b\nc: {d: e}\n"), 7);
	stands_at(get(get(r.root, "c"), "d"), 8, 8);
	end(&r);
	r = read_bytes(STR("a: b\na: c\n"), 7);
	assert_int_equal(r.diag.items[0].line, 8);
	assert_non_null(strstr(r.diag.items[0].text, "line 7"));
	end(&r);
}

/* One error and its place; `says` stands in the text or the remedy. */
static void what_is_refused(void **state)
{
	static const struct {
		const char *text, *rule;
		uint32_t line, column;
		const char *says;
	} cases[] = {
	    {"a: b: c\n", "yaml-syntax", 1, 5, "colon"},
	    {"title: Приказ: о мерах\n", "yaml-syntax", 1, 14, "quotation marks"},
	    {"a: 1\nb:2\nc: 3\n", "yaml-syntax", 2, 1, "blank is missing"},
	    {"a:1\n", "yaml-syntax", 1, 1, "blank is missing"},
	    {"a: 1\nтекст без ключа\nc: 3\n", "yaml-syntax", 2, 1, "without a colon"},
	    {"просто текст\n", "yaml-syntax", 1, 1, "keys with values"},
	    {"a: \"open\nb: 2\n", "yaml-syntax", 1, 4, "never closed"},
	    {"a: 'open\n", "yaml-syntax", 1, 4, "never closed"},
	    {"a: [1, 2\nb: 3\n", "yaml-syntax", 1, 4, "never closed"},
	    {"a: {b: 1\n", "yaml-syntax", 1, 4, "never closed"},
	    {"a: [1,, 2]\n", "yaml-syntax", 1, 7, "comma"},
	    {"a: @b\n", "yaml-syntax", 1, 4, "quotation marks"},
	    {"a: `b`\n", "yaml-syntax", 1, 4, "quotation marks"},
	    {"a: % b\n", "yaml-syntax", 1, 4, "quotation marks"},
	    {"a: \"x\" y\n", "yaml-syntax", 1, 8, "quotation mark"},
	    {"a: \"c:\\dir\"\n", "yaml-syntax", 1, 7, "backslash"},
	    {"a:\n\tb: 1\n", "yaml-syntax", 2, 1, "tab"},
	    {"a: 1\n  b: 2\n", "yaml-syntax", 2, 4, "indented"},
	    {"a:\n  b: 1\n c: 2\n", "yaml-syntax", 3, 2, "column"},
	    {"a:\n  - b\n - c\n", "yaml-syntax", 3, 2, "column"},
	    {"a: - b\n", "yaml-syntax", 1, 4, "hyphen"},
	    {"a: | text\n", "yaml-syntax", 1, 6, "next line"},
	    {"a: *b\n", "yaml-sign", 1, 4, "special meaning"},
	    {"a: &b c\n", "yaml-sign", 1, 4, "special meaning"},
	    {"a: !b c\n", "yaml-sign", 1, 4, "special meaning"},
	    {"a: !!binary c\n", "yaml-sign", 1, 4, "quotation marks"},
	    {"<<: *b\n", "yaml-sign", 1, 5, "special meaning"},
	    {"a: **важно**\n", "yaml-syntax", 1, 4, "quotation marks"},
	    {"? [a, b]\n: c\n", "yaml-key", 1, 3, "not a list"},
	    {"a: 1\n---\nb: 2\n", "yaml-documents", 2, 1, "second YAML document"},
	    {"a: 1\nb: 2\na: 3\n", "yaml-duplicate-key", 3, 1, "line 1"},
	    {"m:\n  a: 1\n  a: {x: y}\n", "yaml-duplicate-key", 3, 3, "line 2"},
	    {"a: {b: 1, b: 2}\n", "yaml-duplicate-key", 1, 11, "line 1"},
	    {"a: x\001y\n", "yaml-syntax", 1, 5, "control character"},
	    {"a: 1\nшш: я\001\n", "yaml-syntax", 2, 6, "control character"},
	    {"a: \xD0\xFF\n", "yaml-encoding", 1, 4, "UTF-8"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reading r = read_text(cases[i].text);
		const struct diag_item *item = r.diag.items;
		if (r.diag.errors != 1 || strcmp(item->rule, cases[i].rule) != 0 ||
		    item->line != cases[i].line || item->column != cases[i].column ||
		    !item->remedy ||
		    (!strstr(item->text, cases[i].says) && !strstr(item->remedy, cases[i].says))) {
			print_error("«%s»\n", cases[i].text);
			diag_print(&r.diag, stderr, false);
			fail();
		}
		end(&r);
	}
}

static void all_errors_in_one_run(void **state)
{
	(void)state;
	struct reading r = read_text("a: \"one\nb: 2\nc: [1, 2\nd:3\ne: *x\na: 5\nf: g: h\nb: 6\n");
	static const struct {
		const char *rule;
		uint32_t line;
	} wanted[] = {{"yaml-syntax", 1}, {"yaml-syntax", 3}, {"yaml-sign", 5}, {"yaml-syntax", 7},
	    {"yaml-duplicate-key", 8}};
	diag_sort(&r.diag);
	size_t seen = 0;
	for (size_t i = 0; i < r.diag.count; i++)
		if (seen < 5 && r.diag.items[i].line == wanted[seen].line)
			assert_string_equal(r.diag.items[i].rule, wanted[seen++].rule);
	if (seen != 5)
		diag_print(&r.diag, stderr, false);
	assert_int_equal(seen, 5);
	end(&r);
	/* The commonest mistake, in every line. */
	r = read_text("title:Отдел\nshort:Район\nperiod: 2020\nregion:Край\n");
	assert_int_equal(r.diag.errors, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(r.diag.items[i].line, i == 2 ? 4 : i + 1);
		assert_non_null(strstr(r.diag.items[i].text, "blank is missing"));
	}
	end(&r);
}

static struct str repeated(struct buf *text, const char *piece, size_t times)
{
	buf_reset(text);
	for (size_t i = 0; i < times; i++)
		buf_adds(text, piece);
	return (struct str){text->data, text->len};
}

static void depth_is_bounded(void **state)
{
	struct buf text = BUF_INIT(BUF_PAGE);
	(void)state;
	/* As deep as may be: YAML_DEPTH lists. */
	repeated(&text, "[", YAML_DEPTH);
	buf_adds(&text, "x");
	for (int i = 0; i < YAML_DEPTH; i++)
		buf_adds(&text, "]");
	struct reading r = read_text(text.data);
	assert_int_equal(r.diag.count, 0);
	const struct yaml_node *n = r.root;
	for (int i = 0; i < YAML_DEPTH; i++, n = n->first)
		assert_int_equal(n->kind, YAML_LIST);
	assert_true(str_is(n->text, "x"));
	end(&r);

	static const char *const pieces[] = {"[", "{a: ", "- ", "? ", "{? ", "[{"};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		r = read_bytes(repeated(&text, pieces[i], 10 * 1000), 1);
		assert_int_equal(r.diag.errors, 1);
		end(&r);
	}
	r = read_bytes(repeated(&text, "[", YAML_DEPTH + 1), 3);
	assert_string_equal(r.diag.items[0].rule, "yaml-nesting");
	assert_int_equal(r.diag.items[0].line, 3);
	assert_int_equal(r.diag.items[0].column, YAML_DEPTH + 1);
	end(&r);
	buf_clear(&text);
}

static void size_is_bounded(void **state)
{
	struct buf text = BUF_INIT(BUF_PAGE);
	(void)state;
	struct reading r = read_bytes(repeated(&text, "# comment\n", YAML_BYTES / 10 + 1), 1);
	assert_string_equal(r.diag.items[0].rule, "yaml-size");
	end(&r);
	/* Thousands of errors end, and quickly. */
	r = read_bytes(repeated(&text, "a: \"\n", YAML_BYTES / 6), 1);
	assert_true(r.diag.errors > 0);
	end(&r);
	r = read_bytes(repeated(&text, "a: 1\n", YAML_BYTES / 6), 1);
	assert_int_equal(r.diag.errors, YAML_BYTES / 6 - 1);
	assert_int_equal(r.diag.count, DIAG_SAME);
	end(&r);
	r = read_bytes(repeated(&text, "b: c: d\n", YAML_BYTES / 10), 1);
	assert_true(r.diag.errors > 0 && r.diag.errors < 100);
	end(&r);
	buf_reset(&text);
	for (int i = 0; i < 50 * 1000; i++)
		buf_addf(&text, "%%TAG !a%d! b\n", i);
	buf_adds(&text, "---\na: 1\n");
	r = read_bytes(buf_str(&text), 1);
	assert_int_equal(r.diag.errors, 1);
	assert_int_equal(r.diag.items[0].line, 21);
	end(&r);
	r = read_text("%YAML 1.1\n%TAG ! a\n---\na: 1\n");
	assert_int_equal(r.diag.errors, 0);
	end(&r);
	/* What aliases could blow up is refused before it is built. */
	r = read_text("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n");
	assert_int_equal(r.diag.errors, 6);
	end(&r);
	buf_clear(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(trees),
	    cmocka_unit_test(other_roots),
	    cmocka_unit_test(lines_are_those_of_the_file),
	    cmocka_unit_test(what_is_refused),
	    cmocka_unit_test(all_errors_in_one_run),
	    cmocka_unit_test(depth_is_bounded),
	    cmocka_unit_test(size_is_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
