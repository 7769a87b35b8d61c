/* Every type read and refused, places, nearest names, hostile values. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "support_model.h"

struct pair {
	const char *name;
	int64_t n;
};

struct page {
	const char *title, *path, *slug;
	enum yesno open;
	int64_t year;
	struct decimal share;
	struct date date;
	int colour;
	struct field_list tags, colours, pairs;
	struct pair inner;
};

static const char *const colours[] = {"red", "green", "blue", NULL};

static const struct field_spec pair_fields[] = {
    {.key = "name", .type = FIELD_TEXT, .required = true, .offset = offsetof(struct pair, name)},
    {.key = "n", .type = FIELD_INT, .offset = offsetof(struct pair, n)},
    {0},
};

#define AT(member) offsetof(struct page, member)
static const struct field_spec page_fields[] = {
    {.key = "title", .type = FIELD_TEXT, .required = true, .offset = AT(title)},
    {.key = "path", .type = FIELD_PATH, .offset = AT(path)},
    {.key = "slug", .type = FIELD_SLUG, .offset = AT(slug)},
    {.key = "open", .type = FIELD_BOOL, .offset = AT(open)},
    {.key = "year", .type = FIELD_INT, .offset = AT(year)},
    {.key = "share", .type = FIELD_NUMBER, .offset = AT(share)},
    {.key = "date", .type = FIELD_DATE, .offset = AT(date)},
    {.key = "colour", .type = FIELD_ENUM, .offset = AT(colour), .values = colours},
    {.key = "tags", .type = FIELD_TEXTS, .offset = AT(tags)},
    {.key = "colours", .type = FIELD_ENUMS, .offset = AT(colours), .values = colours},
    {.key = "pairs",
        .type = FIELD_MAPS,
        .offset = AT(pairs),
        .inner = pair_fields,
        .inner_size = sizeof(struct pair)},
    {.key = "inner", .type = FIELD_MAP, .offset = AT(inner), .inner = pair_fields},
    {0},
};

struct reading {
	struct arena a;
	struct diag diag;
	struct page page;
	int err;
};

/* The text begins on line 2, as front matter does. */
static void read_text(struct reading *r, const char *text)
{
	*r = (struct reading){.a = ARENA_INIT, .diag = DIAG_INIT, .page = {.year = FIELD_NO_INT}};
	const struct yaml_node *map = yaml_read(&r->a, "p.md", str_of(text), 2, &r->diag);
	assert_non_null(map);
	r->err = frontmatter_read(&r->page, page_fields, &r->a, "p.md", map, &r->diag);
}

static void end(struct reading *r)
{
	arena_clear(&r->a);
	diag_clear(&r->diag);
}

static void all_types(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r,
	    "title: 'Приказ: «О мерах» № 5'\npath: documents/a b.md\nslug: risk-zone\nopen: Да\n"
	    "year: 2020\nshare: 0,25\ndate: 2020-01-15\ncolour: GREEN\ntags: [a, 2, \"три\"]\n"
	    "colours: [blue, red]\npairs:\n  - {name: x, n: 3}\n  - name: y\ninner: {name: z, n: 7}\n");
	assert_no_errors(&r.diag);
	assert_int_equal(r.err, 0);
	assert_int_equal(r.diag.warnings, 0);
	assert_string_equal(r.page.title, "Приказ: «О мерах» № 5");
	assert_string_equal(r.page.path, "documents/a b.md");
	assert_string_equal(r.page.slug, "risk-zone");
	assert_int_equal(r.page.open, YESNO_YES);
	assert_int_equal(r.page.year, 2020);
	assert_int_equal(r.page.share.digits, 25);
	assert_int_equal(r.page.share.places, 2);
	assert_string_equal(date_iso(r.page.date).s, "2020-01-15");
	assert_int_equal(r.page.colour, 2);
	assert_int_equal(r.page.tags.count, 3);
	assert_string_equal(field_text(&r.page.tags, 2), "три");
	assert_int_equal(r.page.tags.places[1].line, 10);
	assert_int_equal(r.page.tags.places[1].column, 11);
	assert_int_equal(r.page.colours.count, 2);
	assert_int_equal(field_enum(&r.page.colours, 0), 3);
	const struct pair *pairs = r.page.pairs.items;
	assert_int_equal(r.page.pairs.count, 2);
	assert_int_equal(pairs[0].n, 3);
	assert_string_equal(pairs[1].name, "y");
	assert_int_equal(pairs[1].n, FIELD_NO_INT);
	assert_int_equal(r.page.inner.n, 7);
	end(&r);
}

static void nothing_is_absent(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "title: x\npath:\nyear: ~\nshare: null\ndate: ''\ntags: []\ninner:\n");
	assert_int_equal(r.err, 0);
	assert_null(r.page.path);
	assert_int_equal(r.page.year, FIELD_NO_INT);
	assert_false(r.page.share.set);
	assert_false(date_is_set(r.page.date));
	assert_int_equal(r.page.tags.count, 0);
	end(&r);
	read_text(
	    &r, "title: 'null'\ntags: один\npairs: {name: x}\ndate: 15.01.2020\nshare: 30 %\n");
	assert_int_equal(r.err, 0);
	assert_string_equal(r.page.title, "null");
	assert_int_equal(r.page.tags.count, 1);
	assert_int_equal(r.page.pairs.count, 1);
	assert_int_equal(r.page.date.year, 2020);
	assert_int_equal(r.page.share.digits, 30);
	end(&r);
}

static void unknown_key(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "title: x\ncolor: red\ninner: {name: y, nn: 1}\nzzzzzzzz: 1\n");
	assert_int_equal(r.err, 0);
	assert_int_equal(r.diag.errors, 0);
	assert_int_equal(said(&r.diag, "frontmatter-unknown-key"), 3);
	const struct diag_item *item = first_said(&r.diag, "frontmatter-unknown-key");
	assert_int_equal(item->level, DIAG_WARNING);
	assert_string_equal(item->file, "p.md");
	assert_int_equal(item->line, 3);
	assert_int_equal(item->column, 1);
	assert_string_equal(item->cell, "color");
	assert_mentions(item, "colour");
	assert_mentions(&r.diag.items[1], "“n”");
	assert_mentions(&r.diag.items[2], "title, path, slug");
	end(&r);
}

static void missing_key(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "year: 2020\npairs:\n  - n: 1\n");
	assert_int_equal(r.err, -1);
	assert_int_equal(said(&r.diag, "frontmatter-missing-key"), 2);
	assert_mentions(&r.diag.items[0], "name: …");
	assert_int_equal(r.diag.items[0].line, 4);
	assert_mentions(&r.diag.items[1], "title: …");
	assert_int_equal(r.diag.items[1].line, 2);
	end(&r);
	read_text(&r, "title: ' '\n");
	assert_int_equal(said(&r.diag, "frontmatter-missing-key"), 1);
	end(&r);
}

/* Each line alone is one error, at its value. */
static void wrong_values(void **state)
{
	static const struct {
		const char *line, *rule;
		unsigned column;
		const char *remedy;
	} cases[] = {
	    {"year: много", "frontmatter-value", 7, "digits"},
	    {"year: 2.5", "frontmatter-value", 7, "digits"},
	    {"year: -3", "frontmatter-value", 7, "digits"},
	    {"year: [2020]", "frontmatter-type", 7, "one value"},
	    {"share: треть", "frontmatter-value", 8, "0.25"},
	    {"date: 2020-02-30", "frontmatter-value", 7, "31.01.2022"},
	    {"date: вчера", "frontmatter-value", 7, "31.01.2022"},
	    {"open: может быть", "frontmatter-value", 7, "yes or no"},
	    {"colour: gren", "frontmatter-value", 9, "green"},
	    {"colour: purple-ish", "frontmatter-value", 9, "red, green, blue"},
	    {"colours: [red, blau]", "frontmatter-value", 16, "blue"},
	    {"path: /etc/passwd", "frontmatter-value", 7, "documents/order.md"},
	    {"path: ../../secret", "frontmatter-value", 7, "documents/order.md"},
	    {"path: a/../b", "frontmatter-value", 7, "documents/order.md"},
	    {"path: 'files\\x.pdf'", "frontmatter-value", 7, "documents/order.md"},
	    {"slug: Зона", "frontmatter-value", 7, "risk-zone"},
	    {"tags: [a, [b]]", "frontmatter-type", 11, "one value"},
	    {"tags: [a, '']", "frontmatter-value", 11, "take its line away"},
	    {"tags: {a: b}", "frontmatter-type", 7, "one value"},
	    {"pairs: [x]", "frontmatter-value", 9, "{name: …}"},
	    {"inner: x", "frontmatter-value", 8, "inner: {name: …}"},
	    {"slug: \"a\\0b\"", "frontmatter-value", 7, "anew"},
	    {"share: 1234567890123456", "frontmatter-value", 8, "0.25"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reading r;
		char text[128];
		snprintf(text, sizeof(text), "title: x\n%s\n", cases[i].line);
		read_text(&r, text);
		if (r.diag.errors != 1)
			print_error("%s\n", cases[i].line);
		assert_int_equal(r.err, -1);
		assert_int_equal(r.diag.errors, 1);
		assert_mentions(assert_said(&r.diag, cases[i].rule, DIAG_ERROR, 3, cases[i].column),
		    cases[i].remedy);
		end(&r);
	}
}

static void all_errors_in_one_run(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "year: x\ndate: y\ncolour: z\ntags: [ok, [bad], fine]\n");
	assert_int_equal(r.diag.errors, 5); /* the title too */
	assert_int_equal(r.page.tags.count, 2);
	assert_string_equal(field_text(&r.page.tags, 1), "fine");
	assert_int_equal(r.page.tags.places[1].column, 19);
	end(&r);
}

static void not_a_map(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "- a\n- b\n");
	assert_int_equal(r.err, -1);
	assert_said(&r.diag, "frontmatter-type", DIAG_ERROR, 2, 1);
	end(&r);
}

static void places(void **state)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	(void)state;
	const struct yaml_node *map = yaml_read(&a, "p.md", STR("a:   x\nb:\n"), 5, &diag);
	assert_int_equal(frontmatter_place(map, "a").line, 5);
	assert_int_equal(frontmatter_place(map, "a").column, 6);
	assert_int_equal(frontmatter_place(map, "b").line, 6);
	assert_int_equal(frontmatter_place(map, "b").column, 1);
	assert_int_equal(frontmatter_place(map, "c").line, map->line);
	assert_int_equal(frontmatter_place(NULL, "c").line, 0);
	arena_clear(&a);
	diag_clear(&diag);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_types),
	    cmocka_unit_test(nothing_is_absent),
	    cmocka_unit_test(unknown_key),
	    cmocka_unit_test(missing_key),
	    cmocka_unit_test(wrong_values),
	    cmocka_unit_test(all_errors_in_one_run),
	    cmocka_unit_test(not_a_map),
	    cmocka_unit_test(places),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
