/* A visit that is broken off behind any of its answers goes on from there: the
 * same rows, and nothing is asked twice. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support_world.h"

/* How often an address has been asked by now, breaks or not. */
static unsigned times_asked(const struct world *w, const struct gather_ask *ask)
{
	unsigned n = 0;
	for (size_t i = 0; i < w->nkept; i++)
		n += str_is(ask->url->text, w->kept[i].url);
	return n;
}

static bool asks(const struct gather_ask *ask, const char *url)
{
	return str_is(ask->url->text, url);
}

/* ---- sites ---- */

/* Whatever a visit has to decide, on one site. */
static void troubled(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	unsigned times = times_asked(w, ask);
	if (ask->role == FETCH_RULES)
		r->body = "User-agent: *\nDisallow: /secret\nCrawl-delay: 3\n";
	else if (asks(ask, "https://s.ru/"))
		r->body = "page /flaky 70\npage /dead 60\npage /busy 50\npage /moved 40\n"
		          "page /cookie 30\npage /secret/x 20\nfile /docs/a.pdf 90\n"
		          "file https://cloud.ru/b.pdf 80\nfile https://broken.ru/c.pdf 85\n"
		          "page /1 0\npage /2 0\npage /3 0\npage /4 0\npage /5 0\npage /6 0\n"
		          "page /a/a/a/a 5\nfile https://gone.ru/d.pdf 75\npage /?x=1 0";
	else if (asks(ask, "https://s.ru/flaky") && times == 0)
		r->end = NET_CLOSED;
	else if (asks(ask, "https://s.ru/flaky"))
		r->body = "page /late 95\nfile /docs/late.pdf 95\n";
	else if (asks(ask, "https://s.ru/dead"))
		r->end = NET_FIRST_BYTE;
	else if (asks(ask, "https://s.ru/busy") && times == 0)
		r->head = "503 Busy\r\nRetry-After: 9";
	else if (asks(ask, "https://s.ru/moved"))
		r->head = "302 Found\r\nLocation: http://s.ru/here";
	else if (asks(ask, "https://s.ru/cookie") && !ask->cookie)
		r->head = "302 Found\r\nLocation: /cookie\r\nSet-Cookie: a=b";
	else if (asks(ask, "https://s.ru/2"))
		r->end = NET_CUT;
	else if (str_is(ask->url->host, "broken.ru") && !ask->unverified) {
		r->end = NET_CERTIFICATE;
		r->certificate = NET_CERT_EXPIRED;
	} else if (str_is(ask->url->host, "gone.ru"))
		r->end = NET_NO_NAME;
	else if (ask->role == FETCH_PROBE)
		r->head = "404 Not Found";
}

/* A home page that answers at the third time, without encryption. */
static void shy(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	if (ask->url->secure)
		r->end = NET_REFUSED;
	else if (ask->role == FETCH_RULES)
		r->head = "404 Not Found";
	else if (ask->role == FETCH_PAGE && times_asked(w, ask) < 2)
		r->end = NET_CLOSED;
	else if (asks(ask, "http://s.ru/"))
		r->body = "page /a 0\npage /b 0\n";
}

/* Shuts us out after some questions. */
static void banning(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	if (w->nkept > 5)
		r->end = NET_CLOSED;
	else if (ask->role == FETCH_PAGE)
		r->body = "page /a 9\npage /b 9\npage /c 9\npage /d 0\n";
}

/* Asks to come back much later: then all others come first. */
static void busy(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	bool late = asks(ask, "https://s.ru/b") && times_asked(w, ask) == 0;
	if (late)
		r->head = "429 Slow\r\nRetry-After: 3600";
	else if (ask->role == FETCH_PAGE)
		r->body = "page /a 9\npage /b 8\npage /c 7\n";
}

/* No address is its own: all are wanted, with and without a certificate. */
static void foreign_certificate(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (ask->url->secure && !ask->unverified) {
		r->end = NET_CERTIFICATE;
		r->certificate = NET_CERT_HOST;
	} else if (ask->role == FETCH_PAGE) {
		r->body = "page /a 9\npage /b 8\n";
	}
}

/* ---- the comparison ---- */

static void same_text(const char *what, size_t known, struct str a, struct str b)
{
	if (!str_eq(a, b))
		fail_msg(
		    "after %zu: %s «%.*s», not «%.*s»", known, what, (int)b.n, b.p, (int)a.n, a.p);
}

static void same_row(size_t known, const struct row_kept *a, const struct row_kept *b)
{
	same_text("row", known, str_of(a->text), str_of(b->text));
	same_text("final", known, a->row.final, b->row.final);
	same_text("source", known, a->row.source, b->row.source);
	same_text("chain", known, a->row.chain, b->row.chain);
	same_text("note", known, a->row.note, b->row.note);
	assert_int_equal(a->row.certificate, b->row.certificate);
	assert_int_equal(a->row.depth, b->row.depth);
}

/* The rows of each school, in their order. */
static void same_rows(
    size_t known, const struct row_kept *a, size_t na, const struct world *w, size_t schools)
{
	assert_int_equal(na, w->nrows);
	for (size_t s = 0; s < schools; s++)
		for (size_t i = 0, k = 0; i < na; i++) {
			if (a[i].school != s)
				continue;
			while (k < w->nrows && w->rows[k].school != s)
				k++;
			if (k == w->nrows)
				fail_msg("after %zu: no row %s", known, a[i].text);
			same_row(known, &a[i], &w->rows[k++]);
		}
}

typedef void answering(struct world *w, const struct gather_ask *ask, struct reply *r);

/* Broken behind each answer. */
static size_t break_everywhere(answering *answer, const struct gather_school *schools, size_t count,
    void (*set)(struct gather_settings *))
{
	struct world w = WORLD(answer);
	if (set)
		set(&w.settings);
	world_run(&w, schools, count);
	size_t total = w.nkept, nrows = w.nrows;
	struct row_kept *rows = arena_array(&w.arena, nrows + 1, sizeof(*rows));
	memcpy(rows, w.rows, nrows * sizeof(*rows));
	for (size_t known = total; known > 0; known--) {
		world_resume(&w, schools, count, known, 0);
		assert_int_equal(w.asked, total - known);
		same_rows(known, rows, nrows, &w, count);
		/* Nobody is there for hours: it goes the same way all the same. */
		world_resume(&w, schools, count, known, 9 * 3600 * 1000);
		assert_int_equal(w.asked, total - known);
		same_rows(known, rows, nrows, &w, count);
	}
	world_clear(&w);
	return total;
}

static void few_pages(struct gather_settings *s)
{
	s->pages = 12;
}

static void everywhere(void **state)
{
	(void)state;
	struct gather_school school = {.id = "s", .site = "https://s.ru"};
	assert_true(break_everywhere(troubled, &school, 1, NULL) > 40);
	/* Which pages there is room for depends on the order. */
	assert_true(break_everywhere(troubled, &school, 1, few_pages) > 15);
	assert_true(break_everywhere(banning, &school, 1, NULL) > 6);
	assert_true(break_everywhere(foreign_certificate, &school, 1, NULL) > 4);
	school.site = "s.ru";
	assert_true(break_everywhere(shy, &school, 1, NULL) > 4);
}

static void many(void **state)
{
	(void)state;
	struct gather_school schools[] = {{.id = "s", .site = "https://s.ru"},
	    {.id = "t", .site = "https://t.ru"}, {.id = "u", .site = "https://u.ru"}};
	break_everywhere(busy, schools, 3, NULL);
	break_everywhere(troubled, schools, 3, NULL);
}

/* Schools of one portal share its robots.txt: what one has asked is not in the
 * record of the other, so that it may be asked once more. */
static void portal(void **state)
{
	(void)state;
	struct gather_school schools[] = {
	    {.id = "s", .site = "https://s.ru/one/"}, {.id = "t", .site = "https://s.ru/two/"}};
	struct world w = WORLD(foreign_certificate);
	world_run(&w, schools, 2);
	size_t total = w.nkept;
	for (size_t known = total; known > 0; known--) {
		world_resume(&w, schools, 2, known, 0);
		assert_in_range(w.asked, total - known, total - known + 2);
		assert_int_equal(world_count(&w, "page https://s.ru/one/ ok 200 1"), 1);
		assert_int_equal(world_count(&w, "page https://s.ru/two/ ok 200 1"), 1);
	}
	world_clear(&w);
}

/* ---- time ---- */

static void slowly(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	r->ms = 4000;
	if (ask->role == FETCH_PAGE)
		r->body = "page /1 0\npage /2 0\npage /3 0\npage /4 0\npage /5 0\npage /6 0\n";
}

static void a_minute(struct gather_settings *s)
{
	s->school_ms = 60 * 1000;
}

/* Only time that was spent counts. */
static void time_of_the_school(void **state)
{
	(void)state;
	struct gather_school school = {.id = "s", .site = "https://s.ru"};
	struct world w = WORLD(slowly);
	a_minute(&w.settings);
	world_run(&w, &school, 1);
	assert_true(world_count(&w, " budget 0 1") > 0);
	size_t total = w.nkept, nrows = w.nrows;
	for (size_t known = total; known > 0; known--) {
		world_resume(&w, &school, 1, known, 0);
		assert_int_equal(w.nkept, total);
		assert_int_equal(w.nrows, nrows);
		world_resume(&w, &school, 1, known, 7 * 3600 * 1000);
		assert_int_equal(w.nkept, total);
	}
	world_clear(&w);
}

static void ranks(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (ask->role == FETCH_PAGE)
		r->body = "page /a 9\npage /b 8\npage /c 7\npage /d 6\nfile /e.pdf 5\n";
}

/* What is older than a day may have changed. */
static void old_rules(void **state)
{
	(void)state;
	struct gather_school school = {.id = "s", .site = "https://s.ru"};
	struct world w = WORLD(ranks);
	world_run(&w, &school, 1);
	size_t total = w.nkept;
	world_resume(&w, &school, 1, 3, 25 * 3600 * 1000);
	assert_int_equal(w.asked, total - 3 + 1);
	assert_int_equal(world_count(&w, "rules https://s.ru/robots.txt"), 1);
	assert_true(str_is(w.rows[0].row.time, "2022-09-16T11:00:04Z"));
	world_clear(&w);
}

/* ---- another way ---- */

static void other_ranks(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (ask->role == FETCH_PAGE)
		r->body = "page /a 1\npage /b 2\npage /c 3\npage /d 4\nfile /e.pdf 5\n";
}

/* The list has changed, and with it what comes first; an alias has come. */
static void another_order(void **state)
{
	(void)state;
	const char *const places[] = {"old.ru"};
	struct gather_school school = {.id = "s", .site = "https://s.ru"};
	struct world w = WORLD(ranks);
	world_run(&w, &school, 1);
	size_t total = w.nkept;
	for (size_t known = total; known > 0; known--) {
		for (size_t i = 0; i < known; i++)
			if (w.kept[i].answer.body.n > 10)
				w.kept[i].answer.body = str_of(
				    "page /a 1\npage /b 2\npage /c 3\npage /d 4\nfile /e.pdf 5\n");
		school.places = places;
		school.nplaces = 1;
		w.answer = other_ranks;
		world_resume(&w, &school, 1, known, 0);
		assert_int_equal(w.asked, total - known);
		assert_int_equal(world_count(&w, " ok 200 1"), total);
	}
	/* A school that is elsewhere now: nothing of the record fits. */
	school.site = "https://new.ru";
	world_resume(&w, &school, 1, total, 0);
	assert_int_equal(world_count(&w, "page https://new.ru/ ok 200 1"), 1);
	assert_int_equal(world_count(&w, "s.ru"), 0);
	world_clear(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(everywhere),
	    cmocka_unit_test(many),
	    cmocka_unit_test(portal),
	    cmocka_unit_test(time_of_the_school),
	    cmocka_unit_test(old_rules),
	    cmocka_unit_test(another_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
