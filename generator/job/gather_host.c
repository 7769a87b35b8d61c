/*
 * A platform's rate is kept by appointments: who must wait for it is given the
 * next free moment, and the one after that becomes the next. So a thousand
 * schools of one platform do not ask again and again whether it is their turn.
 */
#include "job/gather_host.h"

#include "job/gather_visit.h"
#include "text/domain.h"

void queue_init(struct visit_queue *q)
{
	q->first = NULL;
	q->last = &q->first;
}

void queue_add(struct visit_queue *q, struct visit *v)
{
	v->next = NULL;
	*q->last = v;
	q->last = &v->next;
}

struct visit *queue_take(struct visit_queue *q)
{
	struct visit *v = q->first;
	if (v) {
		q->first = v->next;
		if (!q->first)
			q->last = &q->first;
	}
	return v;
}

/* ---- finding ---- */

void hosts_init(
    struct hosts *h, const struct gather_settings *settings, const struct gather_calls *calls)
{
	*h = (struct hosts){.settings = settings, .calls = calls};
	h->hosts = (struct map)MAP_INIT(&h->arena);
	h->origins = (struct map)MAP_INIT(&h->arena);
	h->platforms = (struct map)MAP_INIT(&h->arena);
}

void hosts_clear(struct hosts *h)
{
	for (size_t i = 0; i < h->origins.count; i++)
		arena_clear(&((struct origin *)h->origins.entries[i].value)->arena);
	arena_clear(&h->arena);
}

/* An address and a domain are never spelt alike. */
static struct platform *platform_of(struct hosts *h, struct str key)
{
	struct map_entry *e = map_entry(&h->platforms, key);
	if (!e->value) {
		struct platform *p = arena_alloc(&h->arena, sizeof(*p));
		queue_init(&p->waiting);
		queue_init(&p->pending);
		e->value = p;
	}
	return e->value;
}

struct platform *hosts_platform(struct hosts *h, struct str host)
{
	return platform_of(h, domain_registrable(host));
}

static const struct gather_settings *pace_of(const struct hosts *h, struct str name)
{
	const struct gather_settings *home = h->settings->at_home;
	return home && h->calls->is_private(h->calls->payload, name) ? home : h->settings;
}

static struct host *host_of(struct hosts *h, struct str name)
{
	struct map_entry *e = map_entry(&h->hosts, name);
	if (!e->value) {
		struct host *host = arena_alloc(&h->arena, sizeof(*host));
		host->name = e->key;
		host->domain = hosts_platform(h, name);
		host->pace = pace_of(h, e->key);
		queue_init(&host->waiting);
		e->value = host;
	}
	return e->value;
}

struct origin *hosts_origin(struct hosts *h, const struct url *u)
{
	struct map_entry *e = map_entry(&h->origins, u->origin);
	if (!e->value) {
		struct origin *o = arena_alloc(&h->arena, sizeof(*o));
		o->host = host_of(h, u->host);
		queue_init(&o->waiting);
		e->value = o;
	}
	return e->value;
}

/* ---- connections that are kept ---- */

static void leave_idle(struct platform *p, const struct host *host)
{
	for (size_t i = 0; p && i < p->nidle; i++)
		if (p->idle[i] == host) {
			memmove(p->idle + i, p->idle + i + 1, (--p->nidle - i) * sizeof(*p->idle));
			return;
		}
}

static void use_idle(struct host *host)
{
	if (!host->idle)
		return;
	host->idle = false;
	leave_idle(host->domain, host);
	leave_idle(host->address, host);
}

static void join_idle(struct hosts *h, struct platform *p, struct host *host)
{
	p->idle = arena_grow(&h->arena, p->idle, p->nidle, &p->idle_cap, sizeof(*p->idle));
	p->idle[p->nidle++] = host;
}

/* The one that was asked longest ago goes first. */
static void make_room(struct hosts *h, struct platform *p, int most)
{
	while (p && p->nidle && p->active + (int)p->nidle > most) {
		struct host *first = p->idle[0];
		use_idle(first);
		h->calls->hang_up(h->calls->payload, first->name);
	}
}

static void keep_room(struct hosts *h, const struct host *host)
{
	make_room(h, host->domain, host->pace->platform_connections);
	make_room(h, host->address, host->pace->platform_connections);
}

/* Whether there is one, the network knows; at most there is. */
static void keep_idle(struct hosts *h, struct host *host)
{
	host->idle = true;
	join_idle(h, host->domain, host);
	if (host->address)
		join_idle(h, host->address, host);
	keep_room(h, host);
}

/* ---- taking turns ---- */

static int64_t later_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* An appointment with both platforms of the host. */
static int64_t appoint(struct host *host, int64_t now)
{
	int64_t at = later_of(now, host->domain->next);
	if (host->address)
		at = later_of(at, host->address->next);
	host->domain->next = at + host->pace->platform_interval_ms;
	if (host->address)
		host->address->next = at + host->pace->platform_interval_ms;
	return at;
}

static struct platform *full_platform(struct host *host)
{
	int most = host->pace->platform_connections;
	if (host->domain->active >= most)
		return host->domain;
	if (host->address && host->address->active >= most)
		return host->address;
	return NULL;
}

enum host_turn host_turn(
    struct hosts *h, struct host *host, struct visit *v, int64_t now, int64_t *later)
{
	if (host->busy) {
		queue_add(&host->waiting, v);
		return HOST_QUEUED;
	}
	*later = host->due;
	if (host->due > now)
		return HOST_LATER;
	if (!v->appointed) {
		v->appointed = true;
		*later = appoint(host, now);
		/* Waiting for the platform is not the school's time. */
		v->begun += *later - now;
		if (*later > now)
			return HOST_LATER;
	}
	struct platform *full = full_platform(host);
	if (full) {
		queue_add(&full->waiting, v);
		return HOST_QUEUED;
	}
	v->appointed = false;
	host->busy = true;
	use_idle(host);
	host->domain->active++;
	if (host->address)
		host->address->active++;
	keep_room(h, host);
	return HOST_NOW;
}

/* All of them: whoever is not in time stands in the queue again. */
static void wake(struct visit_queue *from, struct visit_queue *ready)
{
	struct visit *v;
	while ((v = queue_take(from)))
		queue_add(ready, v);
}

static void leave(struct platform *p, struct visit_queue *ready)
{
	p->active--;
	wake(&p->waiting, ready);
}

static int64_t rest_ms(const struct host *host, const struct gather_answer *answer)
{
	const struct gather_settings *s = host->pace;
	int64_t rest = s->delay_times * (int64_t)answer->ms;
	if (rest < s->delay_ms)
		rest = s->delay_ms;
	if (rest > s->delay_most_ms)
		rest = s->delay_most_ms;
	return rest < host->delay_ms ? host->delay_ms : rest;
}

/* It rests, and where it stands is known from now on. */
static void note(struct hosts *h, struct host *host, const struct gather_answer *answer, int64_t at)
{
	host->due = later_of(host->due, at + rest_ms(host, answer));
	if (*answer->ip && !host->address) {
		struct platform *address = platform_of(h, str_of(answer->ip));
		/* A host that is named by its address. */
		host->address = address == host->domain ? NULL : address;
	}
	host->silent = !*answer->ip;
}

void host_release(struct hosts *h, struct host *host, const struct gather_answer *answer,
    int64_t now, struct visit_queue *ready)
{
	host->busy = false;
	leave(host->domain, ready);
	if (host->address)
		leave(host->address, ready);
	note(h, host, answer, now);
	keep_idle(h, host);
	wake(&host->waiting, ready);
}

void host_rest(struct host *host, int64_t at)
{
	int most = host->pace->delay_most_ms;
	host->due = later_of(host->due, at + (host->delay_ms > most ? host->delay_ms : most));
}

void host_recall(struct hosts *h, struct host *host, const struct gather_answer *answer, int64_t at)
{
	host->reached |= *answer->ip != '\0';
	note(h, host, answer, at);
}

void origin_known(struct origin *o, struct visit_queue *ready)
{
	o->state = ORIGIN_KNOWN;
	wake(&o->waiting, ready);
}
