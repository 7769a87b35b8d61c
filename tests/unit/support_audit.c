#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "support_audit.h"
#include "text/hash.h"

struct str shipped_file(struct arena *a, const char *path)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	char block[4096];
	size_t got;
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	while ((got = fread(block, 1, sizeof(block), f)) > 0)
		buf_add(&b, block, got);
	fclose(f);
	return buf_keep(a, &b);
}

static void read_rows(struct test_site *s, struct table *t, enum table_id id, const char *text)
{
	const struct table *tables[TABLE_COUNT] = {[TABLE_CHECKLIST] = t, [TABLE_SIGNATURES] = t};
	struct table_context context = {.arena = &s->arena, .diag = &s->diag, .tables = tables};
	table_read(t, &context, id, "x.csv", str_of(text));
}

void site_begin(struct test_site *s, const char *checklist, const char *signatures)
{
	*s = (struct test_site){.arena = ARENA_INIT, .diag = DIAG_INIT};
	s->day = (struct date){2022, 11, 15};
	s->school =
	    (struct school){.id = "sosh-1", .name = "Средняя школа № 1", .site = "https://s.ru/"};
	s->places[0] = STR("https://s.ru/");
	read_rows(s, &s->words, TABLE_WORDS, shipped_file(&s->arena, "data/audit-words.csv").p);
	read_rows(s, &s->items, TABLE_CHECKLIST, checklist);
	read_rows(s, &s->rows, TABLE_SIGNATURES, signatures);
	checklist_compile(
	    &s->checklist, &s->arena, &s->items, &s->words, s->day, str_of(checklist), &s->diag);
	signatures_compile(&s->signatures, &s->arena, &s->rows, str_of(signatures), &s->diag);
	diag_print(&s->diag, stderr, false);
	assert_int_equal(s->diag.errors, 0);
}

struct answer *site_page(struct test_site *s, const char *url, const char *html)
{
	return site_add(s, url, "text/html; charset=utf-8",
	    arena_printf(&s->arena,
	        "<title>Школа</title><ul><li><a href=/>Главная школы</a>"
	        "<li><a href=/docs>Раздел о школе</a></ul>%s",
	        html));
}

struct fetch_row *site_row(struct test_site *s, const struct answer *x)
{
	return &s->log[x - s->answers];
}

static struct answer *add(struct test_site *s, const char *url)
{
	assert_true(s->count < SITE_ANSWERS);
	size_t i = s->count++;
	s->log[i] = (struct fetch_row){.time = STR("2022-11-15T20:00:00Z"),
	    .url = str_of(url),
	    .depth = i > 0,
	    .attempt = 1,
	    .outcome = FETCH_OK,
	    .status = 200,
	    .offset = (int64_t)(100 * i),
	    .certificate = FETCH_CERT_OK};
	s->answers[i] = (struct answer){.row = &s->log[i]};
	return &s->answers[i];
}

struct answer *site_add(struct test_site *s, const char *url, const char *type, const char *body)
{
	struct answer *x = add(s, url);
	size_t i = s->count - 1;
	struct hash_text hash = hash_sha256(str_of(body));
	s->types[i][0] = (struct http_field){STR("Content-Type"), str_of(type)};
	x->head =
	    (struct http_head){.version = 11, .status = 200, .fields = s->types[i], .count = 1};
	x->body = str_of(body);
	s->log[i].bytes = x->body.n;
	s->log[i].sha256 = str_of(arena_printf(&s->arena, "%s", hash.s));
	return x;
}

struct answer *site_fails(
    struct test_site *s, const char *url, enum fetch_outcome outcome, int status)
{
	struct answer *x = add(s, url);
	s->log[s->count - 1].outcome = outcome;
	s->log[s->count - 1].status = status;
	s->log[s->count - 1].offset = -1;
	return x;
}

const struct finding *site_judge(struct test_site *s, const char *item)
{
	static struct answers all;
	all = (struct answers){.school = &s->school,
	    .items = s->answers,
	    .count = s->count,
	    .warc = "sosh-1.warc.gz",
	    .places = s->places,
	    .nplaces = 1 + (s->places[1].n > 0)};
	struct judging j = {&all, &s->checklist, &s->signatures, s->day, false};
	audit_judge(&s->judged, &s->arena, &j);
	for (size_t i = 0; i < s->judged.count; i++)
		if (strcmp(s->judged.findings[i].item->id, item) == 0)
			return &s->judged.findings[i];
	fail_msg("no item %s", item);
	return NULL;
}

void site_end(struct test_site *s)
{
	checklist_clear(&s->checklist);
	signatures_clear(&s->signatures);
	arena_clear(&s->arena);
	diag_clear(&s->diag);
}
