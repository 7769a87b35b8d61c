/*
 * The schools that have an address go to the gatherer; what ends is judged
 * while others are visited.
 */
#include "base/intl.h"
#include "job/audit_links.h"
#include "job/audit_progress.h"
#include "job/audit_run.h"
#include "job/audit_settings.h"
#include "job/audit_waiting.h"
#include "sys/clock.h"
#include "sys/console.h"
#include "sys/fd.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>

/* Roots that no browser of the world has are trusted for these alone; ".test"
 * exists nowhere but in tests. */
static const char *const russian_domains[] = {".ru", ".su", ".xn--p1ai", ".test", NULL};

/* Set by the handler alone. */
static volatile sig_atomic_t stop_asked;

static void on_signal(int number)
{
	(void)number;
	stop_asked = 1;
}

struct visiting {
	struct audit_run *run;
	struct audit_links links;
	struct gather_hours hours;
	struct gather_school *schools;
	size_t *numbers; /* of the gatherer's schools in the run's */
	struct gather_settings at_home;
	size_t count;
	int64_t begun;
	bool drawn, on;
};

/* ---- a line for who waits ---- */

static void wipe(struct visiting *v)
{
	if (v->drawn)
		fputs("\r\033[K", stderr);
	v->drawn = false;
}

static void draw(struct visiting *v, const struct gather_progress *p)
{
	struct buf line = BUF_INIT(BUF_LINE);
	size_t before = v->count - p->schools; /* done by an earlier run */
	const struct audit_progress progress = {.done = before + p->done,
	    .schools = v->count,
	    .done_now = p->done,
	    .requests = p->requests,
	    .seconds = (clock_monotonic_ms() - v->begun) / 1000,
	    .school = p->school};
	if (!v->on || progress.seconds < 1)
		return;
	/* In the last column some terminals begin a new line. */
	audit_progress_write(&line, &progress, console_columns(stderr) - 1);
	fprintf(stderr, "\r\033[K%s", line.data);
	fflush(stderr);
	v->drawn = true;
	buf_clear(&line);
}

static void on_progress(void *payload, const struct gather_progress *p)
{
	struct visiting *v = payload;
	wipe(v);
	while (audit_judge_take(v->run, 0))
		;
	draw(v, p);
}

static void on_ended(void *payload, size_t school)
{
	struct visiting *v = payload;
	audit_judge_later(v->run, v->numbers[school]);
}

static void on_read(void *payload, const struct gather_page *page, struct gather_links *l)
{
	struct visiting *v = payload;
	audit_links_read(&v->links, page, l);
}

/* ---- the visit ---- */

static enum audit_status settings_of(struct gather_run *g, struct visiting *v)
{
	struct audit_run *r = v->run;
	const struct audit_options *o = r->o;
	struct gather_settings *at_home = o->allow_private ? &v->at_home : NULL;
	g->fetch.user_agent = r->passport.agent;
	g->fetch.allow_private = o->allow_private;
	g->fetch.ca_file = o->roots;
	g->fetch.ca_domains = russian_domains;
	v->hours = (struct gather_hours)GATHER_HOURS;
	v->hours.exams = r->desk.load.site.exam_days.rows;
	v->hours.nexams = r->desk.load.site.exam_days.count;
	g->settings.hours = o->any_hour ? NULL : &v->hours;
	g->folder = r->folder;
	g->operator_name = r->desk.load.site.title;
	g->resume = o->resume;
	g->stop = &stop_asked;
	g->settings.at_home = at_home;
	if (o->settings && audit_settings_read(g, at_home, o->settings, r->diag) < 0)
		return AUDIT_USAGE;
	if (o->resolve && audit_hosts_read(&g->fetch, &r->arena, o->resolve, r->diag) < 0)
		return AUDIT_USAGE;
	return AUDIT_OK;
}

static int zone_of(struct audit_run *r, const struct school *s)
{
	int zone = gather_zone(s->timezone ? s->timezone : "");
	if (zone >= 0)
		return zone;
	diag_add(r->diag, DIAG_WARNING, "audit-timezone", DIAG_AT(s->row.file, s->row.line, 0),
	    str_of(s->timezone), _("Write it like Asia/Krasnoyarsk."),
	    _("this time zone is not known: the night is taken to be that of Moscow"));
	return gather_zone("");
}

static void say_waiting(struct visiting *v, size_t count)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	if (!v->run->o->any_hour)
		audit_waiting(&out, &v->hours, v->links.schools, count, clock_unix());
	audit_say(v->run, &out);
	buf_clear(&out);
}

static size_t list_schools(struct visiting *v)
{
	struct audit_run *r = v->run;
	struct arena *a = &r->arena;
	const struct school **known = arena_array(a, r->count + 1, sizeof(const struct school *));
	size_t count = 0;
	v->schools = arena_array(a, r->count + 1, sizeof(*v->schools));
	v->numbers = arena_array(a, r->count + 1, sizeof(*v->numbers));
	for (size_t i = 0; i < r->count; i++) {
		const struct school *s = r->schools[i];
		if (!s->site)
			continue;
		struct gather_school *g = &v->schools[count];
		*g = (struct gather_school){.id = s->id, .site = s->site, .zone = zone_of(r, s)};
		g->places = audit_places(&g->nplaces, a, s);
		known[count] = s;
		v->numbers[count++] = i;
	}
	v->links = (struct audit_links){&r->checklist, &r->signatures, known};
	return count;
}

static void catch_signals(struct sigaction before[2], bool on)
{
	const struct sigaction action = {.sa_handler = on_signal};
	stop_asked = on ? 0 : stop_asked;
	sigaction(SIGINT, on ? &action : &before[0], on ? &before[0] : NULL);
	sigaction(SIGTERM, on ? &action : &before[1], on ? &before[1] : NULL);
}

/* Archives are large, and hold what others wrote: they are not committed. That
 * it is there already, or cannot be written, is no matter. */
static void keep_out_of_git(struct audit_run *r)
{
	const char *path = arena_printf(&r->arena, "%s/audits/.gitignore", r->o->site);
	fd_create(AT_FDCWD, path, 0644, "*\n", 2);
}

/* The record of the visit comes first: from it a broken one is resumed. */
static enum audit_status write_passport(struct audit_run *r)
{
	r->passport.checklist = r->checklist.version;
	if (fd_make_parents(AT_FDCWD, arena_printf(&r->arena, "%s/x", r->folder)) < 0) {
		file_complain(r->diag, FILE_FAILED, r->folder, 0);
		return AUDIT_SYSTEM;
	}
	keep_out_of_git(r);
	if (audit_passport_write(&r->passport, r->folder, r->diag) < 0)
		return AUDIT_SYSTEM;
	return AUDIT_OK;
}

enum audit_status audit_visit_sites(struct audit_run *r)
{
	struct visiting v = {
	    .run = r, .at_home = GATHER_SETTINGS, .on = r->o->progress && console_terminal(stderr)};
	struct gather_run g = GATHER_RUN;
	struct sigaction before[2];
	enum audit_status status = settings_of(&g, &v);
	if (status == AUDIT_OK)
		status = write_passport(r);
	if (status != AUDIT_OK)
		return status;
	g.count = v.count = list_schools(&v);
	g.schools = v.schools;
	say_waiting(&v, g.count);
	g.payload = &v;
	g.read = on_read;
	g.progress = on_progress;
	g.ended = on_ended;
	v.begun = clock_monotonic_ms();
	catch_signals(before, true);
	enum gather_end end = gather_run(&g, r->diag);
	catch_signals(before, false);
	wipe(&v);
	r->stopped = end == GATHER_STOPPED;
	return end == GATHER_FAILED ? AUDIT_SYSTEM : AUDIT_OK;
}
