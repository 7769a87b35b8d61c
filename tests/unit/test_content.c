/* Kinds by path, front matter by kind, titles, periods, files that are no text. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "support_model.h"

struct reading {
	struct arena a;
	struct diag diag;
	struct content c;
	int err;
};

static void read_bytes(struct reading *r, const char *path, struct str bytes)
{
	*r = (struct reading){.a = ARENA_INIT, .diag = DIAG_INIT};
	r->err = content_read(&r->c, &r->a, "x", path, bytes, &r->diag);
}

static void read_text(struct reading *r, const char *path, const char *text)
{
	read_bytes(r, path, str_of(text));
}

static void end(struct reading *r)
{
	arena_clear(&r->a);
	diag_clear(&r->diag);
}

static void kinds(void **state)
{
	static const struct {
		const char *path;
		enum content_kind kind;
		const char *name;
	} cases[] = {
	    {"index.md", CONTENT_INDEX, "index"},
	    {"programme.md", CONTENT_PROGRAMME, "programme"},
	    {"glossary.md", CONTENT_GLOSSARY, "glossary"},
	    {"documents/order-5.md", CONTENT_DOCUMENT, "order-5"},
	    {"documents/2022/order.md", CONTENT_DOCUMENT, "2022/order"},
	    {"events/seminar.md", CONTENT_EVENT, "seminar"},
	    {"schools/a.md", CONTENT_SCHOOL, "a"},
	    {"schools/a/b.md", CONTENT_PAGE, "schools/a/b"},
	    {"about.md", CONTENT_PAGE, "about"},
	    {"more/index.md", CONTENT_PAGE, "more/index"},
	    {"documents/.md", CONTENT_PAGE, "documents/"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reading r;
		read_text(&r, cases[i].path, "---\ntitle: x\n---\n");
		assert_int_equal(r.err, 0);
		assert_int_equal(r.c.kind, cases[i].kind);
		assert_string_equal(r.c.name, cases[i].name);
		assert_string_equal(r.c.path, cases[i].path);
		assert_int_equal(r.c.status, PAGE_PUBLISHED);
		end(&r);
	}
}

static void index_page(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "index.md",
	    "---\ntitle: Отдел образования «Район»\nshort: Район\nperiod: 2020–2022\n"
	    "schools: 12\nmethods: [m-1, m-2]\nlabels:\n  low-results: школа с НРО\n  500-plus: проект\n"
	    "disclosure: {level: values, minimum_group: 15}\ncontacts:\n  - role: Начальник\n"
	    "    phone: 8 (39535) 1-23-45\napproved: {date: 01.02.2020, number: 5-п}\n"
	    "status: draft\nclaims:\n  - {text: Десять школ, value: 10, year: 2020}\n---\n\nТекст.\n");
	const struct department_meta *m = &r.c.as.meta;
	assert_no_errors(&r.diag);
	assert_string_equal(r.c.file, "content/x/index.md");
	assert_int_equal(r.c.status, PAGE_DRAFT);
	assert_int_equal(m->first_year, 2020);
	assert_int_equal(m->last_year, 2022);
	assert_int_equal(m->schools, 12);
	assert_int_equal(m->methods.count, 2);
	assert_string_equal(m->labels.low_results, "школа с НРО");
	assert_string_equal(m->labels.plus_500, "проект");
	assert_null(m->labels.risk_zone);
	assert_int_equal(m->disclosure.level, DISCLOSURE_VALUES);
	assert_int_equal(m->disclosure.minimum_group, 15);
	assert_string_equal(
	    ((const struct contact *)m->contacts.items)[0].phone, "8 (39535) 1-23-45");
	assert_string_equal(m->approved.number, "5-п");
	assert_int_equal(m->approved.date.month, 2);
	assert_int_equal(((const struct claim *)r.c.claims.items)[0].year, 2020);
	assert_int_equal(r.c.body_line, 19);
	assert_non_null(strstr(r.c.body.p, "Текст."));
	end(&r);
}

static void privacy_first(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "index.md", "---\ntitle: x\n---\n");
	assert_int_equal(r.c.as.meta.disclosure.level, DISCLOSURE_STATUS);
	assert_int_equal(r.c.as.meta.disclosure.minimum_group, 10);
	end(&r);
	read_text(&r, "index.md", "---\ntitle: x\ndisclosure:\n  minimum_group: 0\n---\n");
	assert_int_equal(r.err, -1);
	assert_mentions(first_said(&r.diag, "frontmatter-value"), "minimum_group: 10");
	assert_int_equal(r.c.as.meta.disclosure.minimum_group, 10);
	end(&r);
}

static void periods(void **state)
{
	static const struct {
		const char *text;
		int first, last;
	} cases[] = {
	    {"2020–2022", 2020, 2022},
	    {"2020-2022", 2020, 2022},
	    {"2020 — 2022 годы", 2020, 2022},
	    {"2021", 2021, 2021},
	    {"с 2022 года", 2022, 2022},
	    {"2022–2020", 0, 0},
	    {"20–22", 0, 0},
	    {"2020, 2021, 2022", 0, 0},
	    {"три года", 0, 0},
	    {"20202022", 0, 0},
	    {"99999999999999999999", 0, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reading r;
		char text[128];
		snprintf(text, sizeof(text), "---\ntitle: x\nperiod: %s\n---\n", cases[i].text);
		read_text(&r, "index.md", text);
		assert_int_equal(r.err, cases[i].first ? 0 : -1);
		assert_int_equal(r.c.as.meta.first_year, cases[i].first);
		assert_int_equal(r.c.as.meta.last_year, cases[i].last);
		if (r.err)
			assert_said(&r.diag, "frontmatter-value", DIAG_ERROR, 3, 9);
		end(&r);
	}
}

static void programme_page(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "programme.md",
	    "---\ngoal: Цель\ntasks:\n  - Первая\n  - Вторая\n---\n# Программа\n");
	assert_int_equal(r.err, 0);
	assert_string_equal(r.c.title, "Программа");
	assert_int_equal(r.c.as.programme.passport[0].count, 1);
	assert_int_equal(r.c.as.programme.passport[1].count, 2);
	assert_string_equal(passport_keys[12], "approved");
	assert_null(passport_keys[PASSPORT_FIELDS]);
	end(&r);
}

static void document_page(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "documents/a.md",
	    "---\ntitle: Анализ\nkind: analysis\ndate: 2020-01-15\nnumber: 590/219\nfile: a.pdf\n"
	    "signature: a.pdf.sig\ncycle: [monitoring, analysis]\nfollows: documents/b.md\n"
	    "schools: [Школа № 1]\nyear: 2020\n---\n");
	const struct document *d = &r.c.as.document;
	assert_no_errors(&r.diag);
	assert_int_equal(d->kind, DOCUMENT_ANALYSIS);
	assert_string_equal(d->number, "590/219");
	assert_int_equal(field_enum(&d->cycle, 0), CYCLE_MONITORING);
	assert_int_equal(field_enum(&d->cycle, 1), CYCLE_ANALYSIS);
	assert_string_equal(field_text(&d->follows, 0), "documents/b.md");
	assert_int_equal(d->year, 2020);
	end(&r);
	read_text(&r, "documents/a.md", "---\ntitle: x\nkind: приказ\nyear: 20\n---\n");
	assert_int_equal(r.diag.errors, 2);
	assert_int_equal(r.c.as.document.kind, DOCUMENT_NONE);
	assert_int_equal(r.c.as.document.year, FIELD_NO_INT);
	end(&r);
	assert_int_equal(DOCUMENT_KINDS, 9);
	assert_null(document_kinds[DOCUMENT_KINDS - 1]);
	assert_null(cycle_positions[CYCLE_END - 1]);
}

static void titles(void **state)
{
	static const struct {
		const char *path, *text, *title;
	} cases[] = {
	    {"a.md", "# Заголовок ##\n", "Заголовок"},
	    {"a.md", "---\nstatus: draft\n---\n\nТекст\n\n## C# и F#\n", "C# и F#"},
	    {"a.md", "```\n# не он\n```\n#не он\n\n  # Он\n", "Он"},
	    {"a.md", "~~~\n```\n# не он\n~~~\n# Он\n", "Он"},
	    {"a.md", "####### семь\n#\n# \n", "a"},
	    {"schools/b.md", "", "b"},
	    {"a.md", "---\ntitle: «Кавычки» — и тире…\n---\n# Другое\n", "«Кавычки» — и тире…"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct reading r;
		read_text(&r, cases[i].path, cases[i].text);
		assert_int_equal(r.err, 0);
		assert_string_equal(r.c.title, cases[i].title);
		end(&r);
	}
}

static void titles_that_must_be(void **state)
{
	static const char *const paths[] = {"index.md", "documents/a.md", "events/a.md"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct reading r;
		read_text(&r, paths[i], "# Заголовок\n");
		assert_int_equal(r.err, -1);
		assert_said(&r.diag, "frontmatter-missing-key", DIAG_ERROR, 1, 1);
		assert_string_equal(r.c.title, "Заголовок");
		end(&r);
	}
}

static void no_text(void **state)
{
	struct reading r;
	(void)state;
	read_bytes(&r, "index.md", STR("---\ntitle: \xCF\xF0\xE8\n---\n"));
	assert_int_equal(r.err, -1);
	assert_mentions(assert_said(&r.diag, "content-encoding", DIAG_ERROR, 2, 8), "UTF-8");
	assert_int_equal(r.diag.errors, 1);
	assert_string_equal(r.c.title, "index");
	end(&r);
	read_bytes(&r, "a.md", (struct str){"x\ny\0z", 5});
	assert_said(&r.diag, "content-encoding", DIAG_ERROR, 2, 2);
	assert_non_null(r.c.front); /* whatever was wrong */
	end(&r);
	char *big = test_malloc(5 * 1024 * 1024);
	memset(big, 'x', 5 * 1024 * 1024);
	read_bytes(&r, "a.md", (struct str){big, 5 * 1024 * 1024});
	assert_said(&r.diag, "content-too-big", DIAG_ERROR, 0, 0);
	end(&r);
	test_free(big);
	read_bytes(&r, "a.md", (struct str){NULL, 0});
	assert_int_equal(r.err, 0);
	end(&r);
}

static void forms_of_text(void **state)
{
	struct reading r;
	(void)state;
	read_text(&r, "a.md", "\xEF\xBB\xBF---\r\ntitle: Окно\r\n---\r\nТекст\r\n");
	assert_no_errors(&r.diag);
	assert_string_equal(r.c.title, "Окно");
	assert_int_equal(r.c.body_line, 4);
	end(&r);
	read_text(&r, "a.md", "---\ntitle: [\n---\n");
	assert_int_equal(r.err, -1);
	assert_true(r.diag.errors >= 1);
	assert_string_equal(r.c.title, "a");
	assert_non_null(r.c.front);
	end(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(kinds),
	    cmocka_unit_test(index_page),
	    cmocka_unit_test(privacy_first),
	    cmocka_unit_test(periods),
	    cmocka_unit_test(programme_page),
	    cmocka_unit_test(document_page),
	    cmocka_unit_test(titles),
	    cmocka_unit_test(titles_that_must_be),
	    cmocka_unit_test(no_text),
	    cmocka_unit_test(forms_of_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
