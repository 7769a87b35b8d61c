/*
 * Visits stand in a heap by the time at which they may go on; those that wait
 * for a host, a platform or somebody's robots.txt stand in its queue in place
 * of the heap. gather_next() takes the first of the heap and tries to send its
 * errand on its way: it may find that the errand is refused, take the next,
 * and so on, until there is something to ask or to wait for.
 *
 * What an earlier run was answered is settled one answer a turn, so that many
 * visits that go over their records at once do not keep the network waiting.
 */
#include "job/gather.h"

#include "job/gather_machine.h"

#include <stdlib.h>

/* ---- the heap of visits ---- */

static bool sooner(const struct visit *a, const struct visit *b)
{
	return a->due != b->due ? a->due < b->due : a->school < b->school;
}

static void schedule(struct gather *g, struct visit *v, int64_t due)
{
	size_t i = g->nheap++;
	v->due = due;
	for (; i > 0 && sooner(v, g->heap[(i - 1) / 2]); i = (i - 1) / 2)
		g->heap[i] = g->heap[(i - 1) / 2];
	g->heap[i] = v;
}

static struct visit *take_first(struct gather *g)
{
	struct visit *first = g->heap[0], *last = g->heap[--g->nheap];
	size_t i = 0, child;
	while ((child = 2 * i + 1) < g->nheap) {
		if (child + 1 < g->nheap && sooner(g->heap[child + 1], g->heap[child]))
			child++;
		if (!sooner(g->heap[child], last))
			break;
		g->heap[i] = g->heap[child];
		i = child;
	}
	if (g->nheap)
		g->heap[i] = last;
	return first;
}

static void schedule_all(struct gather *g, struct visit_queue *ready, int64_t now)
{
	struct visit *v;
	while ((v = queue_take(ready)))
		schedule(g, v, now);
}

/* ---- what counts as how much ---- */

/*
 * A request to a host that has answered counts as one transfer. A host that
 * nobody has reached counts as much as such hosts were reached lately: were it
 * one as well, two thousand dead hosts would hold up the living; were it
 * nothing, a thousand living ones would all begin at once.
 */
enum { WHOLE = 1000, LATELY = 128 };

static int first_weight(const struct gather *g)
{
	int likely = WHOLE * (g->reached + 4) / (g->tried + 4);
	/* Chance brings more than the mean now and then. */
	return likely + (WHOLE - likely) * likely / WHOLE / 2;
}

static int weight_of(const struct gather *g, const struct host *host)
{
	return host->reached ? WHOLE : host->silent ? 0 : first_weight(g);
}

static void note_first(struct gather *g, bool reached)
{
	g->tried++;
	g->reached += reached;
	if (g->tried > LATELY)
		g->tried /= 2, g->reached /= 2;
}

static void weigh(struct gather *g, struct visit *v, int weight)
{
	g->weight += weight - v->weight;
	v->weight = weight;
}

/* The same of visits: what one counts as among those at once. */
static void share(struct gather *g, struct visit *v, int part)
{
	g->shared += part - v->share;
	v->share = part;
}

/* ---- schools come and go ---- */

static int64_t wait_for_night(const struct gather *g, const struct visit *v, int64_t now)
{
	const struct gather_hours *hours = g->settings.hours;
	int zone = g->schools[v->school].zone;
	return hours ? 1000 * gather_hours_wait(hours, g->begun + now / 1000, zone) : 0;
}

static void enter(struct gather *g, struct visit *v, int64_t now)
{
	struct errand home = {.role = FETCH_PAGE, .rank = RANK_HOME};
	struct url u;
	v->begun = now + wait_for_night(g, v, now);
	v->platform->schools++;
	share(g, v, first_weight(g));
	if (url_read(&u, &v->arena, v->home, NULL, NULL) == URL_OK)
		visit_add(v, &u, &home, &g->settings);
	schedule(g, v, v->begun);
}

static void leave(struct gather *g, struct visit *v, int64_t now)
{
	struct platform *p = v->platform;
	g->calls.ended(g->calls.payload, v->school);
	g->visits[v->school] = NULL;
	g->done++;
	share(g, v, 0);
	visit_free(v);
	if (!p)
		return;
	p->schools--;
	struct visit *next = queue_take(&p->pending);
	if (next)
		enter(g, next, now);
}

static void begin(struct gather *g, size_t school, int64_t now)
{
	struct visit *v = visit_new(school, &g->schools[school], now);
	g->visits[school] = v;
	if (v->nplaces == 0) {
		struct fetch_row row = {.url = str_of(g->schools[school].site),
		    .outcome = FETCH_BAD_URL,
		    .attempt = 1,
		    .offset = -1};
		gather_row(g, school, &row, now);
		leave(g, v, now);
		return;
	}
	v->platform = hosts_platform(&g->hosts, v->places[0].host);
	if (v->platform->schools >= g->settings.platform_schools)
		queue_add(&v->platform->pending, v);
	else
		enter(g, v, now);
}

static void admit(struct gather *g, int64_t now)
{
	while (g->next < g->count && g->shared < WHOLE * g->settings.schools)
		begin(g, g->next++, now);
}

/* Those that asked us to come back much later, when nobody else is left. */
static void resume_deferred(struct gather *g, int64_t now)
{
	struct visit *v;
	while ((v = queue_take(&g->deferred))) {
		v->begun = now;
		v->recalling = false;
		v->lag = 0;
		schedule(g, v, now);
	}
}

/* ---- one step of a visit ---- */

static void ask_rules(struct visit *v, struct origin *o)
{
	struct errand e = {.role = FETCH_RULES, .attempt = 1};
	e.url = arena_printf(
	    &v->errand.arena, "%.*s/robots.txt", (int)v->errand.at.origin.n, v->errand.at.origin.p);
	e.depth = v->errand.errand.depth;
	o->state = ORIGIN_ASKING;
	v->asking_rules = o;
	flight_begin(&v->rules, &e, &v->jar);
}

static enum fetch_outcome permitted(const struct origin *o, const struct url *u)
{
	if (o->refusal != FETCH_OK)
		return o->refusal;
	if (o->rules.delay_ms > o->host->pace->crawl_delay_most_ms)
		return FETCH_CRAWL_DELAY;
	return robots_allows(&o->rules, u->target) ? FETCH_OK : FETCH_ROBOTS;
}

/* The next errand on its way: 1; 0 not before v->due; -1 nothing is left. */
static int choose(struct gather *g, struct visit *v, int64_t now)
{
	const struct gather_settings *s = &g->settings;
	struct errand e = {.role = FETCH_CANARY, .rank = RANK_HOME, .attempt = 1};
	const char *then =
	    g->calls.recall ? g->calls.recall_errand(g->calls.payload, v->school) : NULL;
	if (v->check_home) {
		v->check_home = false;
		e.url = arena_strndup(&v->arena, v->home.p, v->home.n);
		return flight_begin(&v->errand, &e, &v->jar) ? -1 : 1;
	}
	if (now - v->begun > s->school_ms || v->asked >= s->pages) {
		settle_rest(g, v, FETCH_BUDGET, now);
		return -1;
	}
	if (!visit_next(v, &e, now, then, &v->due))
		return v->due < 0 ? -1 : 0;
	if (e.attempt == 1 &&
	    (e.role == FETCH_PAGE || e.role == FETCH_FILE || e.role == FETCH_CLOUD))
		v->asked++;
	if (flight_begin(&v->errand, &e, &v->jar)) {
		v->errand.errand = e;
		return settle_refusal(g, v, FETCH_BAD_URL, now) == SETTLED_OVER ? -1 : 1;
	}
	return 1;
}

static size_t most_bytes(const struct gather_settings *s, enum fetch_role role)
{
	return role == FETCH_RULES ? s->robots_bytes
	    : role == FETCH_FILE   ? s->file_bytes
	                           : s->page_bytes;
}

static void remember_grace(struct gather *g, struct visit *v, int64_t now)
{
	weigh(g, v, weight_of(g, v->host));
	if (v->weight == 0)
		return;
	size_t i = (g->grace_first + g->ngrace++) % (size_t)g->settings.open;
	g->grace[i] = (struct gather_grace){v->school, v->number, now + g->settings.grace_ms};
}

static struct gather_ask question(
    const struct gather *g, struct visit *v, const struct flight *f, const struct origin *o)
{
	return (struct gather_ask){
	    .school = v->school,
	    .url = &f->at,
	    .role = f->errand.role,
	    .unverified = o->certificate > FETCH_CERT_OK,
	    .most = most_bytes(&g->settings, f->errand.role),
	    .errand = v->errand.errand.url,
	    .begun = v->begun,
	};
}

static void start(struct gather *g, struct visit *v, struct flight *f, struct origin *o,
    struct gather_ask *ask, int64_t now)
{
	v->host = o->host;
	v->running = true;
	v->connected = false;
	v->number = ++g->requests;
	g->running++;
	g->last = g->schools[v->school].id;
	remember_grace(g, v, now);
	buf_reset(&v->cookie);
	cookie_write(&v->cookie, &v->jar, &f->at, g->begun + now / 1000);
	*ask = question(g, v, f, o);
	if (v->cookie.len && !buf_err(&v->cookie))
		ask->cookie = v->cookie.data;
}

/* ---- what is known from before ---- */

enum { RULES_MS = 24 * 60 * 60 * 1000 }; /* robots.txt is good for a day */

static int64_t time_of(const struct visit *v, int64_t now)
{
	return v->recalling ? v->clock : now;
}

/* From here on its time is that of all; what lay between was not its own: what
 * waits for its time waits as long as it would have without the break, so that
 * the errands come in the same order. */
static void catch_up(struct visit *v, int64_t now)
{
	if (v->recalling)
		visit_shift(v, now - v->clock);
	v->recalling = false;
	v->lag = 0;
}

/* The visit leaves its record before the end (the checklist is another one):
 * what it does not know of yet may have been asked of this host last. */
static void rest_from_record(struct gather *g, struct visit *v, struct host *host, int64_t now)
{
	if (v->recalling && g->calls.recall_errand(g->calls.payload, v->school))
		host_rest(host, now - v->lag);
}

/* The question was answered before: true, and the answer is settled. */
static bool recall(struct gather *g, struct visit *v, struct flight *f, struct origin *o,
    int64_t now, enum settled *settled)
{
	struct gather_ask ask = question(g, v, f, o);
	struct gather_past past;
	if (!g->calls.recall || !g->calls.recall(g->calls.payload, &ask, &past) ||
	    (f->errand.role == FETCH_RULES && now - past.at > RULES_MS))
		return false;
	struct visit_queue ready;
	queue_init(&ready);
	int64_t spent = time_of(v, now) - v->begun;
	v->recalling = true;
	/* A clock that was put back must not keep a host waiting. */
	v->clock = past.at < now ? past.at : now;
	v->begun = v->clock - (past.spent > spent ? past.spent : spent);
	v->lag = past.end < now ? now - past.end : 0;
	v->host = o->host;
	*settled = settle_answer(g, v, &past.answer, v->clock, &ready);
	host_recall(&g->hosts, o->host, &past.answer, v->clock + v->lag);
	schedule_all(g, &ready, now);
	return true;
}

enum step { STEP_ASK, STEP_AWAY, STEP_OVER, STEP_RECALLED };

static enum step after_recall(struct gather *g, struct visit *v, enum settled settled)
{
	if (settled == SETTLED_DEFERRED)
		queue_add(&g->deferred, v);
	return settled == SETTLED_OVER    ? STEP_OVER
	    : settled == SETTLED_DEFERRED ? STEP_AWAY
	                                  : STEP_RECALLED;
}

static enum step wait_until(struct gather *g, struct visit *v, int64_t later)
{
	schedule(g, v, later);
	return STEP_AWAY;
}

static enum step step(struct gather *g, struct visit *v, struct gather_ask *ask, int64_t now)
{
	for (;;) {
		int64_t later, at = time_of(v, now);
		int chosen = v->errand.on ? 1 : choose(g, v, at);
		if (chosen < 0)
			return STEP_OVER;
		if (chosen == 0 && !v->recalling)
			return wait_until(g, v, v->due);
		if (chosen == 0) {
			catch_up(v, now);
			continue;
		}
		struct flight *f = v->rules.on ? &v->rules : &v->errand;
		if (!f->on)
			continue; /* refused at once */
		struct origin *o = hosts_origin(&g->hosts, &f->at);
		if (!v->rules.on && o->state == ORIGIN_ASKING) {
			queue_add(&o->waiting, v);
			return STEP_AWAY;
		}
		if (!v->rules.on && o->state == ORIGIN_NEW) {
			ask_rules(v, o);
			continue;
		}
		enum fetch_outcome outcome = v->rules.on ? FETCH_OK : permitted(o, &f->at);
		if (outcome != FETCH_OK) {
			if (settle_refusal(g, v, outcome, at) == SETTLED_OVER)
				return STEP_OVER;
			continue;
		}
		enum settled settled;
		if (recall(g, v, f, o, now, &settled))
			return after_recall(g, v, settled);
		rest_from_record(g, v, o->host, now);
		catch_up(v, now);
		if (f->not_before > now)
			return wait_until(g, v, f->not_before);
		switch (host_turn(&g->hosts, o->host, v, now, &later)) {
		case HOST_NOW:
			start(g, v, f, o, ask, now);
			return STEP_ASK;
		case HOST_LATER:
			return wait_until(g, v, later);
		case HOST_QUEUED:
			return STEP_AWAY;
		}
	}
}

/* ---- outside ---- */

struct gather *gather_open(const struct gather_school *schools, size_t count,
    const struct gather_settings *settings, const struct gather_calls *calls, int64_t begun)
{
	struct gather *g = xmalloc(sizeof(*g));
	*g = (struct gather){.schools = schools,
	    .count = count,
	    .settings = *settings,
	    .calls = *calls,
	    .begun = begun};
	hosts_init(&g->hosts, &g->settings, &g->calls);
	queue_init(&g->deferred);
	g->visits = xmalloc((count + 1) * sizeof(*g->visits));
	memset(g->visits, 0, (count + 1) * sizeof(*g->visits));
	g->heap = xmalloc((count + 1) * sizeof(*g->heap));
	g->grace = xmalloc((size_t)settings->open * sizeof(*g->grace));
	return g;
}

/* Requests that have not connected in their grace are no transfers. */
static void end_graces(struct gather *g, int64_t now)
{
	while (g->ngrace && g->grace[g->grace_first].until <= now) {
		const struct gather_grace *first = &g->grace[g->grace_first];
		struct visit *v = g->visits[first->school];
		if (v && v->running && v->number == first->number && !v->connected) {
			weigh(g, v, 0);
			share(g, v, 0);
			if (!v->host->reached)
				note_first(g, false);
		}
		g->grace_first = (g->grace_first + 1) % (size_t)g->settings.open;
		g->ngrace--;
	}
}

/* May one more be asked? If not, *until is when it may change by itself. */
static bool has_room(const struct gather *g, int64_t *until)
{
	size_t open = (size_t)g->settings.open;
	*until = g->ngrace ? g->grace[g->grace_first].until : -1;
	return g->weight <= WHOLE * (g->settings.parallel - 1) && g->running < open &&
	    g->ngrace < open;
}

enum gather_turn gather_next(struct gather *g, int64_t now, struct gather_ask *ask, int64_t *until)
{
	end_graces(g, now);
	for (;;) {
		admit(g, now);
		if (g->nheap == 0 && g->running == 0)
			resume_deferred(g, now);
		if (g->nheap == 0) {
			*until = -1;
			return g->running ? GATHER_WAIT : GATHER_END;
		}
		*until = g->heap[0]->due;
		if (*until > now || !has_room(g, until))
			return GATHER_WAIT;
		struct visit *v = take_first(g);
		switch (step(g, v, ask, now)) {
		case STEP_ASK:
			return GATHER_ASK;
		case STEP_OVER:
			leave(g, v, now);
			break;
		case STEP_RECALLED:
			schedule(g, v, now);
			*until = now;
			return GATHER_WAIT;
		case STEP_AWAY:
			break;
		}
	}
}

void gather_connected(struct gather *g, size_t school, int64_t now)
{
	struct visit *v = g->visits[school];
	(void)now;
	v->connected = true;
	if (!v->host->reached)
		note_first(g, true);
	v->host->reached = true;
	weigh(g, v, WHOLE);
	share(g, v, WHOLE);
}

void gather_done(struct gather *g, size_t school, const struct gather_answer *answer, int64_t now)
{
	struct visit *v = g->visits[school];
	struct visit_queue ready;
	queue_init(&ready);
	weigh(g, v, 0);
	v->running = false;
	g->running--;
	if (!v->connected)
		share(g, v, 0);
	enum settled settled = settle_answer(g, v, answer, now, &ready);
	host_release(&g->hosts, v->host, answer, now, &ready);
	switch (settled) {
	case SETTLED_ON:
		schedule(g, v, now);
		break;
	case SETTLED_DEFERRED:
		queue_add(&g->deferred, v);
		break;
	case SETTLED_OVER:
		leave(g, v, now);
		break;
	}
	schedule_all(g, &ready, now);
}

void gather_close(struct gather *g)
{
	if (!g)
		return;
	for (size_t i = 0; i < g->count; i++)
		if (g->visits[i])
			visit_free(g->visits[i]);
	hosts_clear(&g->hosts);
	free(g->visits);
	free(g->heap);
	free(g->grace);
	free(g);
}

struct gather_progress gather_progress(const struct gather *g)
{
	return (struct gather_progress){g->count, g->done, g->running, g->requests, g->last};
}
