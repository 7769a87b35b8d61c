/* The visit of schools in a world without network or clock: what is asked, in
 * which order, what failures lead to. Politeness is watched by the world. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support_world.h"

static void has(const struct world *w, const char *row)
{
	if (world_row(w, row) >= 0)
		return;
	for (size_t i = 0; i < w->nrows; i++)
		print_message(
		    "%8ld %s %s\n", (long)w->rows[i].at, w->rows[i].text, w->rows[i].row.note.p);
	fail_msg("no row %s", row);
}

static void one(struct world *w, const char *site)
{
	struct gather_school school = {.id = "s", .site = site};
	world_run(w, &school, 1);
}

static bool asks(const struct gather_ask *ask, const char *url)
{
	return str_is(ask->url->text, url);
}

static bool is_robots(const struct gather_ask *ask)
{
	return ask->role == FETCH_RULES;
}

/* ---- an ordinary site ---- */

static void plain_site(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (is_robots(ask))
		r->body = "User-agent: *\nDisallow: /secret\n";
	else if (asks(ask, "https://s.ru/"))
		r->body =
		    "page /a 0\npage /b 50\nfile /docs/x.pdf 90\npage /secret/y 10\npage https://other.ru/ 0\n"
		    "file https://cloud.ru/z 20\npage /a/a/a/a 5\npage /a 0\npage /?sort=1 0";
	else if (asks(ask, "https://s.ru/b"))
		r->body = "page /c 0\nfile /docs/y.pdf 0\n";
	else if (ask->role == FETCH_PROBE)
		r->head = "404 Not Found";
}

static void ordinary(void **state)
{
	(void)state;
	struct world w = WORLD(plain_site);
	one(&w, "https://s.ru");
	has(&w, "rules https://s.ru/robots.txt ok 200 1");
	has(&w, "page https://s.ru/ ok 200 1");
	has(&w, "file https://s.ru/docs/x.pdf ok 200 1");
	has(&w, "file https://cloud.ru/z ok 200 1");
	has(&w, "rules https://cloud.ru/robots.txt ok 200 1");
	has(&w, "page https://s.ru/secret/y robots 0 1");
	has(&w, "page https://s.ru/a/a/a/a trap 0 1");
	has(&w, "page https://s.ru/c ok 200 1");
	has(&w, "page https://s.ru/?sort=1 ok 200 1");
	assert_int_equal(world_count(&w, "other.ru"), 0);
	assert_int_equal(world_count(&w, "page https://s.ru/a ok"), 1);
	/* Two for the host, two for the documents' directory. */
	assert_int_equal(world_count(&w, "probe "), 4);
	assert_int_equal(world_count(&w, "probe https://s.ru/docs/"), 2);
	/* Wanted ones first, variants last. */
	assert_true(world_row(&w, "file https://s.ru/docs/x.pdf ok 200 1") <
	    world_row(&w, "page https://s.ru/b ok 200 1"));
	assert_true(world_row(&w, "page https://s.ru/b ok 200 1") <
	    world_row(&w, "page https://s.ru/a ok 200 1"));
	assert_true(world_row(&w, "page https://s.ru/c ok 200 1") <
	    world_row(&w, "page https://s.ru/?sort=1 ok 200 1"));
	const struct fetch_row *row =
	    &w.rows[world_row(&w, "file https://s.ru/docs/y.pdf ok 200 1")].row;
	assert_true(str_is(row->source, "https://s.ru/b"));
	assert_int_equal(row->depth, 2);
	assert_true(str_is(w.rows[0].row.time, "2022-09-15T10:00:00Z"));
	world_clear(&w);
}

/* ---- which scheme ---- */

static void http_only(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (ask->url->secure)
		r->end = NET_REFUSED;
	else if (is_robots(ask))
		r->head = "404 Not Found";
}

static void foreign_certificate(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (ask->url->secure && !ask->unverified) {
		r->end = NET_CERTIFICATE;
		r->certificate = NET_CERT_HOST;
	}
}

static void schemes(void **state)
{
	(void)state;
	struct world w = WORLD(http_only);
	one(&w, "s.ru");
	has(&w, "rules https://s.ru/robots.txt refused 0 1");
	has(&w, "page http://s.ru/ ok 200 1");
	world_clear(&w);

	w = (struct world)WORLD(http_only);
	one(&w, "https://s.ru/");
	has(&w, "page http://s.ru/ ok 200 1");
	world_clear(&w);

	w = (struct world)WORLD(http_only);
	one(&w, "http://s.ru:8080/");
	has(&w, "page http://s.ru:8080/ ok 200 1");
	assert_int_equal(world_count(&w, "https"), 0);
	world_clear(&w);

	/* Named with encryption: read without verification. */
	w = (struct world)WORLD(foreign_certificate);
	one(&w, "https://s.ru/");
	has(&w, "page https://s.ru/ ok 200 1");
	int at = world_row(&w, "page https://s.ru/ ok 200 1");
	assert_int_equal(w.rows[at].row.certificate, FETCH_CERT_HOST);
	assert_true(w.unverified);
	world_clear(&w);

	/* Named without: it is meant without. */
	w = (struct world)WORLD(foreign_certificate);
	one(&w, "http://s.ru/");
	has(&w, "page http://s.ru/ ok 200 1");
	assert_int_equal(world_count(&w, "page https://s.ru/ "), 0);
	world_clear(&w);

	w = (struct world)WORLD(http_only);
	one(&w, "mailto:x");
	has(&w, "page mailto:x bad-url 0 1");
	world_clear(&w);
}

/* ---- robots.txt ---- */

static int robots_status;
static const char *robots_text;

static void with_robots(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (is_robots(ask)) {
		if (robots_status != 200)
			r->head = arena_printf(&w->arena, "%d X%s", robots_status,
			    robots_status == 301 ? "\r\nLocation: https://t.ru/robots.txt" : "");
		r->body = robots_text;
	}
}

static void rules(void **state)
{
	(void)state;
	static const struct {
		int status;
		const char *text, *row;
	} vectors[] = {{404, "", "page https://s.ru/ ok 200 1"},
	    {403, "", "page https://s.ru/ ok 200 1"}, {410, "", "page https://s.ru/ ok 200 1"},
	    {200, "", "page https://s.ru/ ok 200 1"}, {301, "", "page https://s.ru/ ok 200 1"},
	    {500, "", "page https://s.ru/ no-robots 0 1"}, {503, "", "page https://s.ru/ rate 0 1"},
	    {429, "", "page https://s.ru/ rate 0 1"},
	    {200, "User-agent: vidno\nDisallow: /", "page https://s.ru/ robots 0 1"},
	    {200, "User-agent: *\nCrawl-delay: 61", "page https://s.ru/ crawl-delay 0 1"},
	    {200, "User-agent: *\nCrawl-delay: 60", "page https://s.ru/ ok 200 1"}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct world w = WORLD(with_robots);
		robots_status = vectors[i].status;
		robots_text = vectors[i].text;
		one(&w, "https://s.ru");
		has(&w, vectors[i].row);
		world_clear(&w);
	}
	/* Three tries at 0, 30 s and 5 min. */
	struct world w = WORLD(with_robots);
	robots_status = 500;
	one(&w, "https://s.ru");
	has(&w, "rules https://s.ru/robots.txt status 500 3");
	int last = world_row(&w, "rules https://s.ru/robots.txt status 500 3");
	assert_in_range(w.rows[last].at, 330000, 370000);
	world_clear(&w);
}

static void robots_moves(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (!is_robots(ask))
		return;
	if (asks(ask, "https://s.ru/robots.txt"))
		r->head = "302 X\r\nLocation: https://t.ru/r";
	else
		r->body = "User-agent: *\nDisallow: /\n";
}

static void rules_elsewhere(void **state)
{
	(void)state;
	struct world w = WORLD(robots_moves);
	one(&w, "https://s.ru");
	has(&w, "page https://s.ru/ robots 0 1");
	assert_int_equal(w.asked, 2);
	world_clear(&w);
}

/* ---- redirects ---- */

static void redirecting(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	const char *path = ask->url->path.p;
	if (is_robots(ask) || ask->role == FETCH_PROBE) {
		r->head = "404 X";
	} else if (asks(ask, "https://s.ru/")) {
		r->head = "301 X\r\nLocation: http://www.s.ru/";
	} else if (asks(ask, "http://www.s.ru/")) {
		r->body = "page /loop 9\npage /self 8\npage /away 7\nfile /away 6\npage /long0 5\n"
		          "page /bad 4\npage /none 3\nfile /out.pdf 2\n";
	} else if (strncmp(path, "/loop", 5) == 0) {
		r->head =
		    ask->url->query.p ? "302 X\r\nLocation: /loop" : "302 X\r\nLocation: /loop?1";
	} else if (strncmp(path, "/self", 5) == 0) {
		if (!ask->cookie)
			r->head = "302 X\r\nLocation: /self\r\nSet-Cookie: seen=1";
	} else if (strncmp(path, "/away", 5) == 0) {
		r->head = "302 X\r\nLocation: https://casino.example/";
	} else if (asks(ask, "http://www.s.ru/out.pdf")) {
		r->head = "302 X\r\nLocation: https://store.example/out.pdf";
	} else if (strncmp(path, "/long", 5) == 0) {
		r->head = arena_printf(
		    &w->arena, "302 X\r\nLocation: /long%ld", strtol(path + 5, NULL, 10) + 1);
	} else if (strncmp(path, "/bad", 4) == 0) {
		r->head = "302 X\r\nLocation: javascript:alert(1)";
	} else if (strncmp(path, "/none", 5) == 0) {
		r->head = "302 X";
	}
}

static void redirects(void **state)
{
	(void)state;
	struct world w = WORLD(redirecting);
	one(&w, "https://s.ru");
	has(&w, "page https://s.ru/ ok 200 1");
	const struct fetch_row *home = &w.rows[world_row(&w, "page https://s.ru/ ok 200 1")].row;
	assert_true(str_is(home->final, "http://www.s.ru/"));
	assert_true(str_is(home->chain, "301 http://www.s.ru/"));
	has(&w, "page http://www.s.ru/loop loop 302 1");
	has(&w, "page http://www.s.ru/self ok 200 1");
	has(&w, "page http://www.s.ru/away foreign 302 1");
	has(&w, "page http://www.s.ru/long0 redirects 302 1");
	has(&w, "page http://www.s.ru/bad bad-target 302 1");
	has(&w, "page http://www.s.ru/none status 302 1");
	has(&w, "file http://www.s.ru/out.pdf ok 200 1");
	/* The same address twice: as a page it was not followed, and once is enough. */
	assert_int_equal(world_count(&w, "www.s.ru/away"), 1);
	assert_int_equal(world_count(&w, "casino"), 0);
	world_clear(&w);
}

static void lost_domain(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	bool own = w->payload != NULL;
	if (is_robots(ask) || ask->role == FETCH_PROBE)
		r->head = "404 X";
	else if (asks(ask, "https://s.ru/"))
		r->head = "301 X\r\nLocation: https://new.example/";
	else if (asks(ask, "https://new.example/"))
		r->body = own ? "own\npage /about 1\n" : "page /about 1\nfile /win.pdf 5\n";
}

static void foreign_home(void **state)
{
	(void)state;
	struct world w = WORLD(lost_domain);
	one(&w, "https://s.ru");
	has(&w, "page https://s.ru/ ok 200 1");
	assert_int_equal(world_count(&w, "about"), 0);
	world_clear(&w);
	w = (struct world)WORLD(lost_domain);
	w.payload = &w;
	one(&w, "https://s.ru");
	has(&w, "page https://new.example/about ok 200 1");
	world_clear(&w);
}

/* ---- failures ---- */

static int closed; /* kept connections that the server closed */

static void failing(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	if (is_robots(ask) || ask->role == FETCH_PROBE)
		r->head = "404 X";
	else if (asks(ask, "https://s.ru/"))
		r->body =
		    "page /slow 9\npage /once 8\npage /five 7\npage /gone 6\npage /empty 5\npage /bomb 4\n"
		    "page /cut 3\npage /kept 2\n";
	else if (asks(ask, "https://s.ru/slow"))
		r->end = NET_FIRST_BYTE, r->ms = 30000;
	else if (asks(ask, "https://s.ru/once") && w->payload != ask->url->path.p && !w->payload)
		r->end = NET_CLOSED, w->payload = w;
	else if (asks(ask, "https://s.ru/kept") && !closed++)
		r->end = NET_STALE;
	else if (asks(ask, "https://s.ru/five"))
		r->head = "502 X";
	else if (asks(ask, "https://s.ru/gone"))
		r->head = "404 X";
	else if (asks(ask, "https://s.ru/empty"))
		r->body = "";
	else if (asks(ask, "https://s.ru/bomb"))
		r->end = NET_STOPPED, r->body_status = HTTP_BODY_BOMB;
	else if (asks(ask, "https://s.ru/cut"))
		r->end = NET_CUT, r->body_status = HTTP_BODY_CUT;
}

static void failures(void **state)
{
	(void)state;
	struct world w = WORLD(failing);
	closed = 0;
	one(&w, "https://s.ru");
	/* No attempt, and no row. */
	has(&w, "page https://s.ru/kept ok 200 1");
	assert_int_equal(world_count(&w, "/kept"), 1);
	has(&w, "page https://s.ru/slow first-byte 0 1");
	has(&w, "page https://s.ru/slow first-byte 0 3");
	has(&w, "page https://s.ru/once closed 0 1");
	has(&w, "page https://s.ru/once ok 200 2");
	has(&w, "page https://s.ru/five status 502 3");
	has(&w, "page https://s.ru/gone status 404 1");
	has(&w, "page https://s.ru/empty empty 200 1");
	has(&w, "page https://s.ru/bomb bomb 200 1");
	has(&w, "page https://s.ru/cut cut 200 2");
	assert_int_equal(world_count(&w, "/cut cut 200 3"), 0);
	assert_int_equal(world_count(&w, "/gone status"), 1);
	/* After each failure of the network the home page, right away. */
	assert_int_equal(world_count(&w, "canary https://s.ru/ ok"), 6);
	int slow = world_row(&w, "page https://s.ru/slow first-byte 0 1");
	assert_string_equal(w.rows[slow + 1].text, "canary https://s.ru/ ok 200 1");
	world_clear(&w);
}

static void banning(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	if (w->asked > 6)
		r->end = NET_CONNECT, r->ms = 10000;
	else if (is_robots(ask) || ask->role == FETCH_PROBE)
		r->head = "404 X";
	else if (asks(ask, "https://s.ru/"))
		r->body =
		    "page /a 9\npage /b 8\npage /c 7\npage /d 6\npage /e 5\npage /f 4\npage /g 0\n";
}

static void blocked(void **state)
{
	(void)state;
	struct world w = WORLD(banning);
	one(&w, "https://s.ru");
	has(&w, "page https://s.ru/b ok 200 1");
	has(&w, "page https://s.ru/d connect 0 1");
	has(&w, "canary https://s.ru/ connect 0 3");
	has(&w, "page https://s.ru/d blocked 0 2");
	has(&w, "page https://s.ru/e blocked 0 1");
	has(&w, "page https://s.ru/f blocked 0 1");
	assert_string_equal(w.rows[w.nrows - 1].text, "page https://s.ru/ blocked 0 1");
	assert_true(str_is(w.rows[w.nrows - 1].row.note, "1 more addresses"));
	world_clear(&w);
}

static const struct reply *dead;

static void always(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	(void)ask;
	*r = *dead;
}

static void dead_sites(void **state)
{
	(void)state;
	static const struct {
		enum net_end end;
		const char *row;
		size_t asked;
	} vectors[] = {{NET_NO_NAME, "page https://s.ru/ no-name 0 1", 1},
	    {NET_CONNECT, "page http://s.ru/ connect 0 1", 4},
	    {NET_TLS, "page http://s.ru/ tls 0 1", 2},
	    {NET_PRIVATE, "page https://s.ru/ private 0 1", 1},
	    {NET_DNS, "page http://s.ru/ dns 0 1", 4}};
	for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
		struct world w = WORLD(always);
		dead = &(struct reply){.end = vectors[i].end, .ms = 10000};
		one(&w, "https://s.ru");
		has(&w, vectors[i].row);
		assert_int_equal(w.asked, vectors[i].asked);
		world_clear(&w);
	}
}

/* ---- asked to wait ---- */

static void limiting(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	int64_t *until = w->payload;
	if (is_robots(ask) || ask->role == FETCH_PROBE)
		r->head = "404 X";
	else if (asks(ask, "https://s.ru/"))
		r->body = "page /a 9\npage /b 8\n";
	else if (asks(ask, "https://s.ru/a") && w->now < *until)
		r->head = arena_printf(
		    &w->arena, "429 X\r\nRetry-After: %ld", (long)((*until - w->now + 999) / 1000));
}

static void retry_after(void **state)
{
	(void)state;
	int64_t until = 400 * 1000;
	struct world w = WORLD(limiting);
	w.payload = &until;
	one(&w, "https://s.ru");
	has(&w, "page https://s.ru/a rate 429 1");
	has(&w, "page https://s.ru/a ok 200 2");
	int a = world_row(&w, "page https://s.ru/a ok 200 2"),
	    b = world_row(&w, "page https://s.ru/b ok 200 1");
	assert_true(w.rows[a].at >= until && w.rows[b].at >= until);
	world_clear(&w);
	/* Longer than we wait: after all others, and then it is over. */
	until = 3600 * 1000;
	w = (struct world)WORLD(limiting);
	w.payload = &until;
	struct gather_school schools[] = {
	    {.id = "s", .site = "https://s.ru"}, {.id = "t", .site = "https://t.ru"}};
	world_run(&w, schools, 2);
	has(&w, "page https://s.ru/a rate 429 1");
	has(&w, "page https://s.ru/a rate 429 2");
	has(&w, "page https://s.ru/b ok 200 1");
	assert_true(w.finished[0] > w.finished[1]);
	world_clear(&w);
}

/* ---- budgets ---- */

static void endless(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	if (is_robots(ask) || ask->role == FETCH_PROBE) {
		r->head = "404 X";
		return;
	}
	struct buf b = BUF_INIT(BUF_PAGE);
	for (int i = 0; i < 20; i++)
		buf_addf(&b, "page /d%zu/%d %d\npage /cal?day=%zu%d 0\n", w->asked % 50, i,
		    i % 7 == 0 ? 5 : 0, w->asked, i);
	r->body = buf_keep(&w->arena, &b).p;
}

static void budgets(void **state)
{
	(void)state;
	struct world w = WORLD(endless);
	one(&w, "https://s.ru");
	assert_int_equal(world_count(&w, "page ") - world_count(&w, " budget "), 150);
	assert_in_range(world_count(&w, "/cal?day"), 1, w.settings.shape_pages);
	assert_in_range(world_count(&w, " budget "), 2, 4000);
	assert_non_null(strstr(w.rows[w.nrows - 1].row.note.p, "more addresses"));
	world_clear(&w);
	/* Time: a site that needs 20 s for each answer. */
	w = (struct world)WORLD(endless);
	w.settings.delay_ms = 25000;
	one(&w, "https://s.ru");
	assert_in_range(w.now, 1200 * 1000, 1230 * 1000);
	world_clear(&w);
	/* Depth. */
	w = (struct world)WORLD(endless);
	w.settings.depth = 1;
	one(&w, "https://s.ru");
	for (size_t i = 0; i < w.nrows; i++)
		assert_true(w.rows[i].row.depth < 2 || w.rows[i].row.outcome == FETCH_BUDGET);
	world_clear(&w);
}

/* A menu on the last pages is not refused again and again. */
static void menu_site(struct world *w, const struct gather_ask *ask, struct reply *r)
{
	(void)w;
	if (ask->role == FETCH_PAGE)
		r->body = "page /a 50\npage /b 50\npage /c 50\nfile /x.pdf 50\n";
	if (ask->role == FETCH_PAGE && !asks(ask, "https://s.ru/"))
		r->body = "page /a 50\npage /d 50\npage /e 50\n";
}

static void refused_once(void **state)
{
	(void)state;
	struct world w = WORLD(menu_site);
	w.settings.depth = 1;
	one(&w, "https://s.ru");
	assert_int_equal(world_count(&w, "/d budget "), 1);
	assert_int_equal(world_count(&w, "/e budget "), 1);
	assert_int_equal(world_count(&w, "/a "), 1);
	world_clear(&w);
}

/* A machine of one's own may be asked in haste, others may not: the world
 * watches both. */
static void haste_at_home(void **state)
{
	(void)state;
	struct gather_settings hasty = GATHER_SETTINGS;
	hasty.delay_ms = hasty.delay_times = hasty.platform_interval_ms = 0;
	struct world w = WORLD(endless);
	w.settings.pages = 20;
	w.settings.at_home = &hasty;
	w.at_home = "a.ru";
	struct gather_school schools[] = {
	    {.id = "a", .site = "https://a.ru"}, {.id = "b", .site = "https://b.ru"}};
	world_run(&w, schools, 2);
	int home = world_row(&w, "page https://a.ru/ ok 200 1");
	int other = world_row(&w, "page https://b.ru/ ok 200 1");
	assert_in_range(w.rows[home].at, 0, 3000);
	assert_in_range(w.rows[other].at, 2000, 6000);
	int64_t last[2] = {0, 0};
	for (size_t i = 0; i < w.nrows; i++)
		last[w.rows[i].school] = w.rows[i].at;
	assert_in_range(last[0], 0, 10000);
	assert_in_range(last[1], 40000, 60000);
	world_clear(&w);
}

/* The world begins at 10:00 of UTC: night in the far east, day in Moscow. */
static void nights(void **state)
{
	(void)state;
	static const struct gather_hours hours = GATHER_HOURS;
	struct world w = WORLD(plain_site);
	w.settings.hours = &hours;
	struct gather_school schools[] = {{.id = "s", .site = "https://s.ru", .zone = 180},
	    {.id = "t", .site = "https://t.ru", .zone = 720}};
	world_run(&w, schools, 2);
	int east = world_row(&w, "page https://t.ru/ ok 200 1");
	assert_in_range(w.rows[east].at, 0, 10000);
	int west = world_row(&w, "page https://s.ru/ ok 200 1");
	assert_in_range(w.rows[west].at, 9 * 3600 * 1000, 9 * 3600 * 1000 + 10000);
	world_clear(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ordinary),
	    cmocka_unit_test(schemes),
	    cmocka_unit_test(rules),
	    cmocka_unit_test(rules_elsewhere),
	    cmocka_unit_test(redirects),
	    cmocka_unit_test(foreign_home),
	    cmocka_unit_test(failures),
	    cmocka_unit_test(blocked),
	    cmocka_unit_test(dead_sites),
	    cmocka_unit_test(retry_after),
	    cmocka_unit_test(budgets),
	    cmocka_unit_test(refused_once),
	    cmocka_unit_test(haste_at_home),
	    cmocka_unit_test(nights),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
