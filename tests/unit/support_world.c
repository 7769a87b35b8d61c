/* Requests on their way are an array: a test has no more than some thousands,
 * and their order of events is found by looking at all. */
#include "support_world.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/domain.h"

struct on_way {
	size_t school;
	int64_t begun, connected, done;
	bool told;
	struct reply reply;
	struct watched *host, *platform;
	const struct gather_settings *pace;
	const char *ip, *url, *errand;
	int64_t visit_begun;
};

/* What politeness was promised to. */
struct watched {
	int active;
	int open; /* connections, idle or not; of a host: 0 or 1 */
	int64_t free_at, last_start;
	const char *ip;
	struct watched *at; /* of a host: its address, once it has answered */
};

struct running {
	struct world *world;
	struct gather *gather;
	struct on_way *way;
	size_t count, cap, connected;
};

static struct watched *watched(struct world *w, struct map *m, struct str key)
{
	struct map_entry *e = map_entry(m, key);
	if (!e->value) {
		struct watched *new = arena_alloc(&w->arena, sizeof(*new));
		new->last_start = new->free_at = -1000000;
		new->ip = arena_printf(&w->arena, "198.51.%zu.%zu", m->count / 250, m->count % 250);
		e->value = new;
	}
	return e->value;
}

/* ---- what the machine calls ---- */

static struct str cut(struct str *rest, char separator)
{
	struct str part = STR("");
	str_next(rest, separator, &part);
	return part;
}

static void read_links(void *payload, const struct gather_page *page, struct gather_links *l)
{
	struct world *w = payload;
	struct str rest = page->body, line;
	while (str_next(&rest, '\n', &line)) {
		struct url u;
		struct str kind = cut(&line, ' '), address = cut(&line, ' ');
		char rank[16];
		snprintf(rank, sizeof(rank), "%.*s", (int)line.n, line.p);
		if (str_is(kind, "own"))
			gather_own(l);
		bool link = str_is(kind, "page") || str_is(kind, "file");
		if (link && url_read(&u, &w->arena, address, page->url, NULL) == URL_OK)
			gather_link(l, &u, str_is(kind, "file") ? FETCH_FILE : FETCH_PAGE,
			    (int)strtol(rank, NULL, 10), STR_NONE);
	}
}

static struct str keep(struct world *w, struct str s)
{
	return (struct str){arena_strndup(&w->arena, s.p ? s.p : "", s.n), s.n};
}

static void keep_row(void *payload, size_t school, const struct fetch_row *row)
{
	struct world *w = payload;
	w->rows = arena_grow(&w->arena, w->rows, w->nrows, &w->rows_cap, sizeof(*w->rows));
	struct row_kept *kept = &w->rows[w->nrows++];
	*kept = (struct row_kept){.school = school, .at = w->now, .row = *row};
	kept->text =
	    arena_printf(&w->arena, "%s %.*s %s %d %u", fetch_role_name(row->role), (int)row->url.n,
	        row->url.p, fetch_outcome_name(row->outcome), row->status, row->attempt);
	kept->row.final = keep(w, row->final);
	kept->row.chain = keep(w, row->chain);
	kept->row.note = keep(w, row->note);
	kept->row.time = keep(w, row->time);
	kept->row.source = keep(w, row->source);
}

static void note_end(void *payload, size_t school)
{
	struct world *w = payload;
	w->finished[school] = w->now;
	w->nended[school]++;
	w->ended++;
}

static bool is_private(void *payload, struct str host)
{
	struct world *w = payload;
	return w->at_home && str_is(host, w->at_home);
}

static void close_one(struct world *w, struct str name)
{
	struct watched *host = watched(w, &w->hosts, name);
	if (host->active)
		fail_msg("%.*s: hung up in the middle", (int)name.n, name.p);
	if (host->open == 0)
		return;
	host->open--;
	watched(w, &w->platforms, domain_registrable(name))->open--;
	if (host->at)
		host->at->open--;
}

static void hang_up(void *payload, struct str host)
{
	close_one(payload, host);
}

static const struct gather_settings *pace_of(struct world *w, struct str host)
{
	return is_private(w, host) ? w->settings.at_home : &w->settings;
}

static int64_t rest_of(const struct gather_settings *pace, int64_t ms)
{
	int64_t rest = pace->delay_times * ms;
	if (rest < pace->delay_ms)
		rest = pace->delay_ms;
	return rest > pace->delay_most_ms ? pace->delay_most_ms : rest;
}

/* ---- breaks ---- */

static void keep_exchange(struct world *w, const struct on_way *o, const struct gather_answer *a)
{
	w->kept = arena_grow(&w->arena, w->kept, w->nkept, &w->kept_cap, sizeof(*w->kept));
	struct kept *k = &w->kept[w->nkept++];
	*k = (struct kept){.school = o->school,
	    .url = o->url,
	    .errand = o->errand,
	    .answer = *a,
	    .at = w->now,
	    .spent = w->now - o->visit_begun,
	    .used = true};
}

/* Its host may not be asked before it has rested. */
static void remember(struct world *w, const struct kept *k)
{
	struct url u;
	if (url_read(&u, &w->arena, str_of(k->url), NULL, NULL) != URL_OK)
		fail_msg("kept: %s", k->url);
	watched(w, &w->hosts, u.host)->free_at =
	    k->at + rest_of(pace_of(w, u.host), (int64_t)k->answer.ms);
}

static const struct kept *next_kept(const struct world *w, size_t school)
{
	for (size_t i = 0; i < w->known; i++)
		if (w->kept[i].school == school && !w->kept[i].used)
			return &w->kept[i];
	return NULL;
}

static int64_t end_of(const struct world *w, size_t school)
{
	int64_t end = 0;
	for (size_t i = 0; i < w->known; i++)
		if (w->kept[i].school == school)
			end = w->kept[i].at;
	return end;
}

static bool recall(void *payload, const struct gather_ask *ask, struct gather_past *out)
{
	struct world *w = payload;
	for (size_t i = 0; i < w->known; i++) {
		struct kept *k = &w->kept[i];
		if (k->school != ask->school || k->used || !str_is(ask->url->text, k->url) ||
		    (ask->unverified && k->answer.end == NET_CERTIFICATE))
			continue;
		k->used = true;
		*out = (struct gather_past){.answer = k->answer,
		    .at = k->at,
		    .spent = k->spent,
		    .end = end_of(w, k->school)};
		return true;
	}
	return false;
}

static const char *recall_errand(void *payload, size_t school)
{
	const struct kept *k = next_kept(payload, school);
	return k ? k->errand : NULL;
}

/* ---- time ---- */

static void begin_request(struct running *r, const struct gather_ask *ask)
{
	struct world *w = r->world;
	struct reply reply = {.connect_ms = 20, .ms = 100, .body = "x"};
	w->answer(w, ask, &reply);
	w->asked++;
	w->last_asked = w->now;
	w->cookie = ask->cookie ? arena_strdup(&w->arena, ask->cookie) : NULL;
	w->unverified = ask->unverified;
	struct watched *host = watched(w, &w->hosts, ask->url->host);
	struct watched *platform = watched(w, &w->platforms, domain_registrable(ask->url->host));
	const struct gather_settings *pace = pace_of(w, ask->url->host);
	if (host->active)
		fail_msg("%s: two connections", ask->url->text.p);
	if (w->now < host->free_at)
		fail_msg(
		    "%s: asked %ld ms too early", ask->url->text.p, (long)(host->free_at - w->now));
	if (w->now - platform->last_start < pace->platform_interval_ms)
		fail_msg("%s: the platform is asked too often", ask->url->text.p);
	if (++platform->active > pace->platform_connections)
		fail_msg("%s: too many connections of a platform", ask->url->text.p);
	if (!host->open) {
		host->open++;
		platform->open++;
		if (host->at)
			host->at->open++;
	}
	if (platform->open > pace->platform_connections ||
	    (host->at && host->at->open > pace->platform_connections))
		fail_msg("%s: too many open connections of a platform", ask->url->text.p);
	host->active++;
	host->last_start = platform->last_start = w->now;
	if (r->count == r->cap) {
		r->cap = r->cap ? 2 * r->cap : 64;
		r->way = xrealloc(r->way, r->cap * sizeof(*r->way));
	}
	r->way[r->count++] = (struct on_way){.school = ask->school,
	    .begun = w->now,
	    .connected = w->now + reply.connect_ms,
	    .done = w->now + reply.connect_ms + reply.ms,
	    .reply = reply,
	    .host = host,
	    .platform = platform,
	    .pace = pace,
	    .ip = reply.ip ? reply.ip : host->ip,
	    .url = arena_strndup(&w->arena, ask->url->text.p, ask->url->text.n),
	    .errand = arena_strdup(&w->arena, ask->errand),
	    .visit_begun = ask->begun};
}

static void end_request(struct running *r, size_t i)
{
	struct world *w = r->world;
	struct on_way o = r->way[i];
	const struct reply *reply = &o.reply;
	struct http_head *head = arena_alloc(&w->arena, sizeof(*head));
	size_t used;
	r->way[i] = r->way[--r->count];
	r->connected -= o.told;
	bool answered =
	    reply->end == NET_DONE || reply->end == NET_CUT || reply->end == NET_STOPPED;
	struct gather_answer a = {.end = reply->end,
	    .offset = answered ? (int64_t)w->asked : -1,
	    .ip = o.told ? o.ip : "",
	    .certificate = reply->certificate,
	    .body_status = reply->body_status,
	    .ms = (uint64_t)(o.told ? reply->ms : 0),
	    .message = ""};
	if (answered) {
		const char *text = arena_printf(
		    &w->arena, "HTTP/1.1 %s\r\n\r\n", reply->head ? reply->head : "200 OK");
		if (http_head_read(head, &w->arena, str_of(text), &used))
			fail_msg("head of a reply: %s", text);
		a.head = head;
		a.body = str_of(reply->body);
		a.bytes = a.body.n;
	}
	o.host->active--;
	o.platform->active--;
	o.host->free_at = w->now + rest_of(o.pace, (int64_t)a.ms);
	if (reply->end != NET_STALE)
		keep_exchange(w, &o, &a);
	if (*a.ip && !o.host->at) {
		o.host->at = watched(w, &w->platforms, str_of(a.ip));
		o.host->at->open++;
	}
	gather_done(r->gather, o.school, &a, w->now);
	if (o.host->at && o.host->at->open > o.pace->platform_connections)
		fail_msg("%s: too many open connections of an address", o.url);
}

/* All that happens at w->now; then the time of the next event, or -1. */
static int64_t happen(struct running *r)
{
	struct world *w = r->world;
	int64_t next = -1;
	for (size_t i = 0; i < r->count;) {
		struct on_way *o = &r->way[i];
		bool reaches = o->reply.end != NET_CONNECT && o->reply.end != NET_NO_NAME &&
		    o->reply.end != NET_REFUSED && o->reply.end != NET_DNS;
		if (!o->told && reaches && o->connected <= w->now) {
			o->told = true;
			r->connected++;
			gather_connected(r->gather, o->school, w->now);
		}
		if (o->done <= w->now) {
			end_request(r, i);
			continue;
		}
		int64_t event = !o->told && reaches ? o->connected : o->done;
		if (next < 0 || event < next)
			next = event;
		i++;
	}
	if ((int)r->connected > w->most_parallel)
		w->most_parallel = (int)r->connected;
	return next;
}

static void run(struct world *w, const struct gather_school *schools, size_t count,
    const struct gather_calls *calls)
{
	struct running r = {.world = w};
	size_t turns = 0;
	w->finished = arena_array(&w->arena, count + 1, sizeof(*w->finished));
	w->nended = arena_array(&w->arena, count + 1, sizeof(*w->nended));
	r.gather = gather_open(schools, count, &w->settings, calls, 1663236000);
	for (;;) {
		struct gather_ask ask;
		int64_t until, event = happen(&r);
		enum gather_turn turn = gather_next(r.gather, w->now, &ask, &until);
		if (turn == GATHER_ASK) {
			begin_request(&r, &ask);
			continue;
		}
		if (turn == GATHER_END)
			break;
		if (until == w->now && calls->recall && turns++ < 100000)
			continue; /* one more was recalled */
		if (until >= 0 && (event < 0 || until < event))
			event = until;
		if (event < 0)
			fail_msg("nothing will ever happen");
		if (event < w->now || (event == w->now && until == event))
			fail_msg("the time stands still");
		w->now = event;
	}
	assert_int_equal(r.count, 0);
	assert_int_equal(w->ended, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(w->nended[i], 1);
	assert_int_equal(gather_progress(r.gather).done, count);
	gather_close(r.gather);
	free(r.way);
}

void world_run(struct world *w, const struct gather_school *schools, size_t count)
{
	const struct gather_calls calls = {.payload = w,
	    .read = read_links,
	    .row = keep_row,
	    .ended = note_end,
	    .is_private = is_private,
	    .hang_up = hang_up};
	w->hosts = (struct map)MAP_INIT(&w->arena);
	w->platforms = (struct map)MAP_INIT(&w->arena);
	run(w, schools, count, &calls);
}

void world_resume(
    struct world *w, const struct gather_school *schools, size_t count, size_t known, int64_t pause)
{
	const struct gather_calls calls = {.payload = w,
	    .read = read_links,
	    .row = keep_row,
	    .ended = note_end,
	    .is_private = is_private,
	    .hang_up = hang_up,
	    .recall = recall,
	    .recall_errand = recall_errand};
	w->known = w->nkept = known;
	for (size_t i = 0; i < known; i++)
		w->kept[i].used = false;
	w->now = known ? w->kept[known - 1].at + pause : 0;
	w->nrows = w->ended = w->asked = 0;
	/* Only what was asked before the break was asked. */
	w->hosts = (struct map)MAP_INIT(&w->arena);
	w->platforms = (struct map)MAP_INIT(&w->arena);
	for (size_t i = 0; i < known; i++)
		remember(w, &w->kept[i]);
	run(w, schools, count, &calls);
}

int world_row(const struct world *w, const char *text)
{
	for (size_t i = 0; i < w->nrows; i++)
		if (strcmp(w->rows[i].text, text) == 0)
			return (int)i;
	return -1;
}

size_t world_count(const struct world *w, const char *part)
{
	size_t n = 0;
	for (size_t i = 0; i < w->nrows; i++)
		n += strstr(w->rows[i].text, part) != NULL;
	return n;
}

void world_clear(struct world *w)
{
	arena_clear(&w->arena);
}
