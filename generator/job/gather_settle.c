/*
 * What follows from an answer: the next hop of a redirect, another try later,
 * or a row and what the page links to. An answer to the question for
 * robots.txt decides for its origin; then the errand that waited goes on.
 */
#include "job/gather_machine.h"

#include "base/date.h"

#include <stdio.h>

/* ---- rows ---- */

void gather_row(struct gather *g, size_t school, struct fetch_row *row, int64_t now)
{
	char time[40];
	int64_t unix_time = g->begun + now / 1000;
	int second = (int)(unix_time % 86400);
	snprintf(time, sizeof(time), "%sT%02d:%02d:%02dZ", date_iso(date_from_unix(unix_time)).s,
	    second / 3600, second / 60 % 60, second % 60);
	row->time = str_of(time);
	g->calls.row(g->calls.payload, school, row);
}

static void add_note(struct buf *out, const char *note)
{
	buf_addf(out, "%s%s", out->len ? "; " : "", note);
}

static void add_notes(struct buf *out, const struct gather_answer *a)
{
	if (a->notes & HTTP_BODY_NOT_PACKED)
		add_note(out, "not packed as said");
	if (a->notes & HTTP_BODY_PACKED_TWICE)
		add_note(out, "packed twice");
	if (a->notes & HTTP_BODY_RAW_DEFLATE)
		add_note(out, "raw deflate");
	if (a->notes & HTTP_BODY_UNKNOWN)
		add_note(out, "unknown content encoding");
	if (*a->message)
		add_note(out, a->message);
}

/* answer may be NULL: it was not asked. */
static void write_row(struct gather *g, struct visit *v, const struct flight *f,
    const struct gather_answer *a, enum fetch_outcome outcome, int64_t now)
{
	struct buf note = BUF_INIT(BUF_LINE);
	struct fetch_row row = {
	    .role = f->errand.role,
	    .url = str_of(f->errand.url),
	    .source = str_of(f->errand.source),
	    .depth = f->errand.depth,
	    .attempt = f->errand.attempt,
	    .outcome = outcome,
	    .offset = -1,
	    .ms = f->ms,
	    .chain = buf_str(&f->chain),
	};
	if (f->on && !str_eq(f->at.text, row.url))
		row.final = f->at.text;
	if (a) {
		add_notes(&note, a);
		row.status = a->head ? a->head->status : 0;
		row.bytes = a->bytes;
		row.truncated = a->truncated;
		row.sha256 = a->sha256;
		row.offset = a->offset;
		row.ip = str_of(a->ip);
		row.note = buf_str(&note);
	}
	if (f->on)
		row.certificate = hosts_origin(&g->hosts, &f->at)->certificate;
	gather_row(g, v->school, &row, now);
	buf_clear(&note);
}

/* ---- outcomes ---- */

static enum fetch_outcome outcome_of_body(const struct gather_answer *a)
{
	switch (a->body_status) {
	case HTTP_BODY_BOMB:
		return FETCH_BOMB;
	case HTTP_BODY_BROKEN:
		return a->end == NET_CUT ? FETCH_CUT : FETCH_BROKEN;
	case HTTP_BODY_CUT:
		return FETCH_CUT;
	case HTTP_BODY_OK:
	case HTTP_BODY_TOO_LARGE:
		break;
	}
	return FETCH_OK;
}

static enum fetch_outcome outcome_of_status(const struct gather_answer *a)
{
	int status = a->head ? a->head->status : 0;
	if (status == 0)
		return FETCH_BAD_ANSWER;
	if (status == 429 || status == 503)
		return FETCH_RATE;
	if (status >= 300)
		return FETCH_STATUS;
	enum fetch_outcome body = outcome_of_body(a);
	if (body != FETCH_OK)
		return body;
	return a->bytes == 0 || status == 204 || status == 205 || status == 206 ? FETCH_EMPTY
	                                                                        : FETCH_OK;
}

static enum fetch_outcome outcome_of(const struct gather_answer *a)
{
	switch (a->end) {
	case NET_DONE:
	case NET_STOPPED:
		return outcome_of_status(a);
	case NET_CUT:
		return outcome_of_status(a) == FETCH_STATUS ? FETCH_STATUS : FETCH_CUT;
	case NET_NO_NAME:
		return FETCH_NO_NAME;
	case NET_DNS:
		return FETCH_DNS;
	case NET_REFUSED:
		return FETCH_REFUSED;
	case NET_CONNECT:
		return FETCH_CONNECT;
	case NET_TLS:
	case NET_CERTIFICATE:
		return FETCH_TLS;
	case NET_CLOSED:
	case NET_STALE:
		return FETCH_CLOSED;
	case NET_FIRST_BYTE:
		return FETCH_FIRST_BYTE;
	case NET_SLOW:
		return FETCH_SLOW;
	case NET_TIME:
		return FETCH_TIME;
	case NET_PRIVATE:
		return FETCH_PRIVATE;
	case NET_BAD_ANSWER:
	case NET_FAILED:
		break;
	}
	return FETCH_BAD_ANSWER;
}

/* No whole answer came: the site, or the way to it, may have changed. */
static bool is_network_failure(enum fetch_outcome outcome)
{
	return outcome == FETCH_CUT || (outcome >= FETCH_DNS && outcome <= FETCH_TIME);
}

static enum fetch_certificate certificate_of(enum net_certificate certificate)
{
	static const enum fetch_certificate same[] = {[NET_CERT_NONE] = FETCH_CERT_NONE,
	    [NET_CERT_OK] = FETCH_CERT_OK,
	    [NET_CERT_INCOMPLETE] = FETCH_CERT_INCOMPLETE,
	    [NET_CERT_SELF] = FETCH_CERT_SELF,
	    [NET_CERT_EXPIRED] = FETCH_CERT_EXPIRED,
	    [NET_CERT_HOST] = FETCH_CERT_HOST,
	    [NET_CERT_OTHER] = FETCH_CERT_OTHER};
	return same[certificate];
}

/* Where a redirect leads; p NULL when it is none. */
static struct str redirect_of(const struct gather_answer *a)
{
	static const int statuses[] = {301, 302, 303, 307, 308};
	for (size_t i = 0; a->head && i < sizeof(statuses) / sizeof(*statuses); i++)
		if (a->head->status == statuses[i])
			return http_field(a->head, "Location");
	return STR_NONE;
}

/* ---- once more ---- */

enum { NO_MORE = -1, MUCH_LATER = -2 };

/* So that a hundred visits that failed at once do not come back at once. */
static int64_t jitter(const struct flight *f, int64_t wait)
{
	return wait + (int64_t)(str_hash(f->at.host) % (uint64_t)(wait / 10 + 1));
}

/* How many milliseconds to wait, NO_MORE or MUCH_LATER. */
static int64_t wait_for(const struct gather *g, const struct visit *v, const struct flight *f,
    const struct gather_answer *a, enum fetch_outcome outcome, int64_t now)
{
	unsigned attempt = f->errand.attempt;
	bool server = outcome == FETCH_STATUS && a->head->status >= 500;
	bool network = is_network_failure(outcome) && outcome != FETCH_TLS;
	unsigned most = outcome == FETCH_CUT ? 1 : GATHER_RETRIES;
	if (!(server || network || outcome == FETCH_RATE))
		return NO_MORE;
	int64_t after =
	    outcome == FETCH_RATE ? http_retry_after(a->head, g->begun + now / 1000) : -1;
	if (after > g->settings.retry_after_most_s)
		return MUCH_LATER;
	if (attempt > most)
		return NO_MORE;
	int64_t wait = v->host->pace->retry_ms[attempt - 1];
	return jitter(f, after > 0 ? 1000 * after : wait);
}

/* The flight begins anew, from its first address. */
static void fly_again(struct visit *v, struct flight *f, int64_t due)
{
	struct errand e = f->errand;
	e.attempt++;
	flight_begin(f, &e, &v->jar);
	f->not_before = due;
}

/* A site that was named without encryption, or whose encrypted port is dead, is
 * asked without. */
static bool fall_back(struct visit *v)
{
	struct flight *f = &v->errand;
	struct url at = f->at, plain;
	if (v->http_tried || f->errand.rank != RANK_HOME || v->home_answered || f->hops ||
	    !at.secure || at.port != 443)
		return false;
	v->http_tried = true;
	v->home = str_of(arena_printf(&v->arena, "http%.*s", (int)(at.text.n - 5), at.text.p + 5));
	struct errand e = f->errand;
	e.url = v->home.p;
	e.attempt = 1;
	if (url_read(&plain, &v->arena, v->home, NULL, NULL) == URL_OK)
		map_put(&v->seen, url_key(&v->arena, &plain), v);
	return flight_begin(f, &e, &v->jar) == 0;
}

/* ---- robots.txt ---- */

static void know_rules(struct visit *v, enum fetch_outcome refusal, struct visit_queue *ready)
{
	v->asking_rules->refusal = refusal;
	origin_known(v->asking_rules, ready);
	v->asking_rules = NULL;
	flight_end(&v->rules);
}

static bool is_home_origin(const struct visit *v)
{
	return v->errand.errand.rank == RANK_HOME;
}

static enum settled settle_rules(struct gather *g, struct visit *v, const struct gather_answer *a,
    int64_t now, struct visit_queue *ready)
{
	struct flight *f = &v->rules;
	struct origin *o = v->asking_rules;
	struct str location = redirect_of(a);
	enum fetch_outcome outcome = outcome_of(a);
	if (a->end == NET_DONE && location.p) {
		outcome = flight_redirect(
		    f, a->head->status, location, g->settings.robots_redirects, &v->jar);
		if (outcome == FETCH_OK)
			return SETTLED_ON;
		/* More redirects than one should follow: there are no rules. */
		write_row(g, v, f, a, outcome, now);
		know_rules(v, FETCH_OK, ready);
		return SETTLED_ON;
	}
	write_row(g, v, f, a, outcome, now);
	int64_t wait = is_home_origin(v) ? wait_for(g, v, f, a, outcome, now) : NO_MORE;
	bool none = outcome == FETCH_EMPTY || (outcome == FETCH_STATUS && a->head->status < 500);
	if (outcome == FETCH_OK)
		robots_read(&o->rules, &o->arena, a->body, g->settings.token);
	if (outcome == FETCH_OK)
		o->host->delay_ms = o->rules.delay_ms;
	if (outcome == FETCH_OK || none) {
		know_rules(v, FETCH_OK, ready);
	} else if (a->end != NET_DONE && outcome != FETCH_NO_NAME && outcome != FETCH_PRIVATE &&
	    fall_back(v)) {
		know_rules(v, outcome, ready);
	} else if (wait >= 0) {
		fly_again(v, f, now + wait);
	} else {
		/* Whether the server refuses or nobody is there is worth knowing. */
		bool answered = outcome == FETCH_STATUS || outcome == FETCH_BROKEN ||
		    outcome == FETCH_BOMB || outcome == FETCH_CUT;
		know_rules(v, answered ? FETCH_NO_ROBOTS : outcome, ready);
	}
	return SETTLED_ON;
}

/* ---- links ---- */

struct gather_links {
	struct gather *g;
	struct visit *v;
	unsigned depth;
	const char *source;
	int64_t now;
	bool own;
};

static void refuse_link(struct gather_links *l, const struct url *url, const struct errand *e,
    enum fetch_outcome outcome)
{
	struct flight f = {.errand = *e};
	f.errand.attempt = 1;
	if (e->rank > 0 && visit_refuses(l->v, url, &l->g->settings))
		write_row(l->g, l->v, &f, NULL, outcome, l->now);
}

void gather_link(
    struct gather_links *l, const struct url *url, enum fetch_role role, int rank, struct str other)
{
	struct arena scratch = ARENA_INIT;
	unsigned most = (unsigned)l->g->settings.depth;
	struct errand e = {.url = arena_strndup(&scratch, url->text.p, url->text.n),
	    .other = other.n ? arena_strndup(&scratch, other.p, other.n) : NULL,
	    .source = l->source,
	    .role = role,
	    .rank = rank,
	    .depth = l->depth + 1};
	if (rank <= 0)
		e.rank = url_is_variant(url) ? -1 : 0;
	/* A document stands a step below the last pages. */
	if (role != FETCH_PAGE)
		most++;
	bool wanted = url->kind == URL_WEB && (role != FETCH_PAGE || visit_is_ours(l->v, url));
	if (wanted && url_is_trap(url))
		refuse_link(l, url, &e, FETCH_TRAP);
	else if (wanted && e.depth > most)
		refuse_link(l, url, &e, FETCH_BUDGET);
	else if (wanted)
		visit_add(l->v, url, &e, &l->g->settings);
	arena_clear(&scratch);
}

void gather_own(struct gather_links *l)
{
	l->own = true;
}

static void read_page(struct gather *g, struct visit *v, const struct gather_answer *a, int64_t now)
{
	struct flight *f = &v->errand;
	struct gather_links l = {.g = g, .v = v, .depth = f->errand.depth, .now = now};
	struct gather_page page = {.school = v->school,
	    .role = f->errand.role,
	    .url = &f->at,
	    .head = a->head,
	    .body = a->body,
	    .depth = f->errand.depth,
	    .ours = visit_is_ours(v, &f->at)};
	l.source = arena_strndup(&f->arena, f->at.text.p, f->at.text.n);
	/* A second reading of the same page would find nothing new. */
	map_put(&v->seen, url_key(&f->arena, &f->at), v);
	g->calls.read(g->calls.payload, &page, &l);
	if (l.own && !page.ours) {
		visit_own(v, &f->at);
		page.ours = true;
		g->calls.read(g->calls.payload, &page, &l);
	}
}

/* ---- errands ---- */

void settle_rest(struct gather *g, struct visit *v, enum fetch_outcome outcome, int64_t now)
{
	struct flight f = {.on = false};
	size_t silent = v->left_out;
	while (visit_drain(v, &f.errand)) {
		if (f.errand.rank > 0 && f.errand.role != FETCH_PROBE)
			write_row(g, v, &f, NULL, outcome, now);
		else
			silent++;
	}
	v->left_out = 0;
	if (silent == 0)
		return;
	char note[60];
	snprintf(note, sizeof(note), "%zu more addresses", silent);
	struct fetch_row row = {
	    .url = v->home, .outcome = outcome, .attempt = 1, .offset = -1, .note = str_of(note)};
	gather_row(g, v->school, &row, now);
}

/* The row is written: what follows from the last outcome of an errand. */
static enum settled conclude(struct gather *g, struct visit *v, const struct gather_answer *a,
    enum fetch_outcome outcome, int64_t now)
{
	struct flight *f = &v->errand;
	struct errand e = f->errand;
	bool home = e.rank == RANK_HOME;
	enum settled settled = SETTLED_ON;
	if (home && e.role == FETCH_CANARY) {
		if (outcome != FETCH_OK) {
			settle_rest(g, v, FETCH_BLOCKED, now);
			settled = SETTLED_OVER;
		}
	} else if (home && outcome != FETCH_OK) {
		settled = SETTLED_OVER;
	} else if (outcome == FETCH_OK && e.role != FETCH_PROBE) {
		v->home_answered = true;
		read_page(g, v, a, now);
		if (home || (e.role == FETCH_FILE && visit_is_ours(v, &f->at)))
			visit_probe(v, &f->at, &g->settings);
	} else if (is_network_failure(outcome) && visit_is_ours(v, &f->at)) {
		v->check_home = true;
	} else if (e.other && a && a->head && a->head->status == 404) {
		struct url other;
		struct errand second = e;
		second.other = NULL;
		if (url_read(&other, &f->arena, str_of(e.other), NULL, NULL) == URL_OK)
			visit_add(v, &other, &second, &g->settings);
	}
	flight_end(f);
	return settled;
}

enum settled settle_refusal(
    struct gather *g, struct visit *v, enum fetch_outcome outcome, int64_t now)
{
	write_row(g, v, &v->errand, NULL, outcome, now);
	/* Refused before it was asked: no reason to look after the home page. */
	bool over = v->errand.errand.rank == RANK_HOME;
	if (over && v->errand.errand.role == FETCH_CANARY)
		settle_rest(g, v, FETCH_BLOCKED, now);
	flight_end(&v->errand);
	return over ? SETTLED_OVER : SETTLED_ON;
}

static enum settled try_again(struct gather *g, struct visit *v, const struct gather_answer *a,
    enum fetch_outcome outcome, int64_t due, int64_t now)
{
	struct flight *f = &v->errand;
	write_row(g, v, f, a, outcome, now);
	if (f->errand.rank == RANK_HOME) {
		fly_again(v, f, due);
		return SETTLED_ON;
	}
	visit_again(v, &f->errand, due);
	v->check_home = is_network_failure(outcome) && visit_is_ours(v, &f->at);
	/* A server that is asked to slow down is left alone altogether. */
	if (outcome == FETCH_RATE && v->host->due < due + v->lag)
		v->host->due = due + v->lag;
	flight_end(f);
	return SETTLED_ON;
}

static enum settled settle_errand(
    struct gather *g, struct visit *v, const struct gather_answer *a, int64_t now)
{
	struct flight *f = &v->errand;
	enum fetch_outcome outcome = outcome_of(a);
	struct str location = redirect_of(a);
	if (a->end == NET_DONE && location.p) {
		outcome =
		    flight_redirect(f, a->head->status, location, g->settings.redirects, &v->jar);
		bool page = f->errand.role == FETCH_PAGE && f->errand.rank != RANK_HOME;
		if (outcome == FETCH_OK && page && !visit_is_ours(v, &f->at))
			outcome = FETCH_FOREIGN;
		if (outcome == FETCH_OK)
			return SETTLED_ON;
	}
	if (a->end != NET_DONE && is_network_failure(outcome) && fall_back(v))
		return SETTLED_ON;
	int64_t wait = wait_for(g, v, f, a, outcome, now);
	if (wait == MUCH_LATER && !v->deferred) {
		write_row(g, v, f, a, outcome, now);
		v->deferred = true;
		visit_again(v, &f->errand, now);
		flight_end(f);
		return SETTLED_DEFERRED;
	}
	if (wait >= 0)
		return try_again(g, v, a, outcome, now + wait, now);
	write_row(g, v, f, a, outcome, now);
	return conclude(g, v, a, outcome, now);
}

/* The first look at a certificate decides how the origin is asked from then on:
 * true when it must be asked once more, for reading only. */
static bool settle_certificate(
    struct gather *g, struct visit *v, struct flight *f, const struct gather_answer *a)
{
	struct origin *o = hosts_origin(&g->hosts, &f->at);
	if (!f->at.secure)
		return false;
	if (a->end == NET_CERTIFICATE && o->certificate <= FETCH_CERT_OK) {
		o->certificate = certificate_of(a->certificate);
		/* The owner may have meant only the plain site: behind a foreign
		 * certificate there is often a foreign site. */
		return !(v->http_wanted && !v->http_tried && !v->home_answered);
	}
	if (a->certificate == NET_CERT_OK)
		o->certificate = FETCH_CERT_OK;
	return false;
}

enum settled settle_answer(struct gather *g, struct visit *v, const struct gather_answer *answer,
    int64_t now, struct visit_queue *ready)
{
	struct flight *f = v->rules.on ? &v->rules : &v->errand;
	f->ms += answer->ms;
	if (answer->head)
		cookie_take(&v->jar, &f->at, answer->head, g->begun + now / 1000);
	/* No attempt of its own: the same again when the host has had its rest. */
	if (answer->end == NET_STALE)
		return SETTLED_ON;
	if (settle_certificate(g, v, f, answer))
		return SETTLED_ON;
	return v->rules.on ? settle_rules(g, v, answer, now, ready)
	                   : settle_errand(g, v, answer, now);
}
