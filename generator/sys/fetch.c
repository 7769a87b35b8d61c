/*
 * libcurl's multi interface, driven by sockets: an epoll set wakes us for the
 * connections that have something to say, so thousands that wait for a dead
 * host cost nothing. Names are looked up by sys/resolve and handed to the
 * library with each request.
 *
 * The library has one time for connecting and one for all; the phases in
 * between are watched here, by a look at all requests a few times a second.
 */
#include "sys/fetch.h"

#include "base/intl.h"
#include "sys/address.h"
#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/fetch_curl.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	WATCH_MS = 200,           /* how often phases are looked at */
	NAME_MS = 10 * 60 * 1000, /* how long an address is remembered */
	EVENTS = 64,
	MOST_DESCRIPTORS = 8192
};

struct name {
	struct resolved found;
	int64_t until;
};

/* ---- what the library calls ---- */

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *payload, void *known)
{
	struct fetcher *f = payload;
	struct epoll_event event = {.data.fd = fd};
	(void)easy;
	(void)known;
	if (what == CURL_POLL_REMOVE) {
		epoll_ctl(f->epoll, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	event.events = (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
	if (epoll_ctl(f->epoll, EPOLL_CTL_MOD, fd, &event) && errno == ENOENT)
		return epoll_ctl(f->epoll, EPOLL_CTL_ADD, fd, &event);
	return 0;
}

static int on_timer(CURLM *multi, long ms, void *payload)
{
	struct fetcher *f = payload;
	(void)multi;
	f->timer = ms < 0 ? -1 : clock_monotonic_ms() + ms;
	return 0;
}

/* ---- the way of a request ---- */

static void finish(struct transfer *t, enum net_end end)
{
	struct fetcher *f = t->fetcher;
	t->end = end;
	*t->back = t->next;
	if (t->next)
		t->next->back = t->back;
	f->nactive--;
	if (t->question)
		resolver_abandon(f->resolver, t->question);
	t->question = NULL;
	if (t->running) {
		f->curl.remove(f->multi, t->easy);
		connection_leave(t);
	}
	t->next = NULL;
	*f->done_last = t;
	f->done_last = &t->next;
}

static void run(struct transfer *t)
{
	transfer_set(t);
	t->connecting = clock_monotonic_ms();
	t->running = true;
	connection_take(t);
	if (t->fetcher->curl.add(t->fetcher->multi, t->easy) != CURLM_OK)
		finish(t, NET_FAILED);
}

static void add_address(struct buf *out, const char *address)
{
	bool six = strchr(address, ':') != NULL;
	buf_addf(out, "%s%s%s", six ? "[" : "", address, six ? "]" : "");
}

/* "+name:port:address,address". Where a name has private addresses among
 * others, the library is not told of them: refused one when it connects, it
 * would wait for nothing until its time is over. */
static void run_resolved(struct transfer *t, const struct resolved *found)
{
	struct buf b = BUF_INIT(BUF_LINE);
	int left = 0;
	buf_addf(&b, "+%s:%d:", t->request.host, t->request.port);
	for (int i = 0; i < found->count; i++) {
		const char *address = found->addresses[i];
		if (!t->fetcher->settings.allow_private && address_text_is_private(address))
			continue;
		if (left++)
			buf_addc(&b, ',');
		add_address(&b, address);
	}
	if (left)
		t->resolve = t->fetcher->curl.slist_append(NULL, b.data);
	buf_clear(&b);
	if (left)
		run(t);
	else
		finish(t, NET_PRIVATE);
}

/* "::address:port": whatever the address says, connect there. */
static void run_mapped(struct transfer *t, const struct fetch_host *host)
{
	struct buf b = BUF_INIT(BUF_LINE);
	buf_adds(&b, "::");
	add_address(&b, host->address);
	buf_addf(&b, ":%d", host->port ? host->port : t->request.port);
	t->connect_to = t->fetcher->curl.slist_append(NULL, b.data);
	buf_clear(&b);
	run(t);
}

static bool is_address(const char *host)
{
	struct in_addr four;
	return strchr(host, ':') || inet_pton(AF_INET, host, &four) == 1;
}

bool fetcher_knows_private(const struct fetcher *f, const char *host)
{
	const struct fetch_host *mapped = map_get(&f->hosts, str_of(host));
	return address_text_is_private(mapped ? mapped->address : host);
}

static struct name *known_name(struct fetcher *f, const char *host)
{
	struct name *n = map_get(&f->names, str_of(host));
	return n && n->until > clock_monotonic_ms() ? n : NULL;
}

static void remember(struct fetcher *f, const char *host, const struct resolved *found)
{
	struct map_entry *e = map_entry(&f->names, str_of(host));
	struct name *n = e->value ? e->value : arena_alloc(&f->arena, sizeof(*n));
	e->value = n;
	n->found = *found;
	n->until = clock_monotonic_ms() + NAME_MS;
}

void fetcher_start(struct fetcher *f, const struct fetch_request *request)
{
	struct transfer *t = transfer_new(f);
	transfer_copy(t, request);
	t->begun = clock_monotonic_ms();
	t->back = &f->active;
	t->next = f->active;
	if (t->next)
		t->next->back = &t->next;
	f->active = t;
	f->nactive++;
	const struct fetch_host *mapped = map_get(&f->hosts, str_of(t->request.host));
	const struct name *known = known_name(f, t->request.host);
	if (mapped)
		run_mapped(t, mapped);
	else if (is_address(t->request.host))
		run(t);
	else if (known)
		run_resolved(t, &known->found);
	else
		t->question = resolver_ask(f->resolver, t->request.host, t);
}

static void take_names(struct fetcher *f)
{
	struct resolved found;
	while (resolver_next(f->resolver, &found)) {
		struct transfer *t = found.tag;
		t->question = NULL;
		if (found.status == RESOLVE_OK) {
			remember(f, t->request.host, &found);
			run_resolved(t, &found);
		} else {
			finish(t, found.status == RESOLVE_NO_NAME ? NET_NO_NAME : NET_DNS);
		}
	}
}

/* ---- phases ---- */

/* What is overdue, or NET_DONE. */
static enum net_end overdue(struct transfer *t, int64_t now)
{
	const struct fetch_settings *s = &t->fetcher->settings;
	if (t->question)
		return now - t->begun > s->dns_ms ? NET_DNS : NET_DONE;
	int64_t elapsed = 1000 * (now - t->connecting);
	int64_t connected = transfer_us(t, CURLINFO_CONNECT_TIME_T);
	int64_t asked = transfer_us(t, CURLINFO_PRETRANSFER_TIME_T);
	if (connected == 0 && asked == 0)
		return elapsed > 1000LL * s->connect_ms ? NET_CONNECT : NET_DONE;
	if (asked == 0)
		return elapsed - connected > 1000LL * s->tls_ms ? NET_TLS : NET_DONE;
	if (t->head.len == 0 && elapsed - asked > 1000LL * s->first_byte_ms)
		return NET_FIRST_BYTE;
	return elapsed > 1000LL * s->total_ms ? NET_TIME : NET_DONE;
}

static void watch_phases(struct fetcher *f)
{
	int64_t now = clock_monotonic_ms();
	if (now < f->watch)
		return;
	f->watch = now + WATCH_MS;
	for (struct transfer *t = f->active, *next; t; t = next) {
		next = t->next;
		enum net_end end = overdue(t, now);
		if (end != NET_DONE)
			finish(t, end);
	}
}

static void take_ended(struct fetcher *f)
{
	int left;
	CURLMsg *message;
	while ((message = f->curl.info_read(f->multi, &left))) {
		struct transfer *t = NULL;
		if (message->msg != CURLMSG_DONE)
			continue;
		CURLcode code = message->data.result;
		f->curl.get(message->easy_handle, CURLINFO_PRIVATE, (char **)&t);
		if (code != CURLE_OK && t->error[0] == '\0')
			snprintf(t->error, sizeof(t->error), "%s", f->curl.easy_error(code));
		finish(t, transfer_end(t, code));
	}
}

/* ---- outside ---- */

/* How long nothing needs to be done, at most ms. */
static int pause_ms(const struct fetcher *f, int ms)
{
	int64_t now = clock_monotonic_ms(), pause = ms;
	if (f->timer >= 0 && f->timer - now < pause)
		pause = f->timer - now;
	if (f->active && f->watch - now < pause)
		pause = f->watch - now;
	return f->done || pause < 0 ? 0 : (int)pause;
}

void fetcher_wait(struct fetcher *f, int ms)
{
	struct epoll_event events[EVENTS];
	int running;
	int count = epoll_wait(f->epoll, events, EVENTS, pause_ms(f, ms));
	for (int i = 0; i < count; i++) {
		if (events[i].data.fd == resolver_fd(f->resolver)) {
			take_names(f);
			continue;
		}
		int what = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
		    (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
		    (events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
		f->curl.action(f->multi, events[i].data.fd, what, &running);
	}
	if (f->timer >= 0 && f->timer <= clock_monotonic_ms()) {
		f->timer = -1;
		f->curl.action(f->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
	take_ended(f);
	watch_phases(f);
}

bool fetcher_take(struct fetcher *f, struct fetch_result *out)
{
	struct transfer *t = f->done;
	if (f->taken)
		transfer_recycle(f->taken);
	f->taken = t;
	if (!t)
		return false;
	f->done = t->next;
	if (!f->done)
		f->done_last = &f->done;
	/* A handle that was used before still knows the last answer. */
	if (t->running)
		transfer_read(t, out);
	else
		*out = (struct fetch_result){
		    .payload = t->request.payload, .end = t->end, .message = ""};
	return true;
}

size_t fetcher_active(const struct fetcher *f)
{
	return f->nactive;
}

static int open_parts(struct fetcher *f)
{
	struct epoll_event event = {.events = EPOLLIN};
	f->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (f->epoll < 0 || resolver_open(&f->resolver))
		return -1;
	event.data.fd = resolver_fd(f->resolver);
	f->multi = f->curl.multi_init();
	return f->multi ? epoll_ctl(f->epoll, EPOLL_CTL_ADD, event.data.fd, &event) : -1;
}

static void set_multi(struct fetcher *f)
{
	const struct curl *c = &f->curl;
	struct buf b = BUF_INIT(BUF_LINE);
	c->multi_set(f->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	c->multi_set(f->multi, CURLMOPT_SOCKETDATA, f);
	c->multi_set(f->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	c->multi_set(f->multi, CURLMOPT_TIMERDATA, f);
	c->multi_set(f->multi, CURLMOPT_MAXCONNECTS, (long)f->settings.idle);
	c->multi_set(f->multi, CURLMOPT_MAX_HOST_CONNECTIONS, 1L);
	c->multi_set(f->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
	buf_addf(&b, "Accept-Language: %s", f->settings.language);
	f->headers = c->slist_append(NULL, b.data);
	f->headers = c->slist_append(f->headers, "Accept-Encoding: gzip, deflate");
	buf_clear(&b);
}

int fetcher_open(struct fetcher **out, const struct fetch_settings *settings, struct diag *diag)
{
	struct fetcher *f = xmalloc(sizeof(*f));
	*f = (struct fetcher){.settings = *settings, .epoll = -1, .timer = -1};
	f->done_last = &f->done;
	f->names = (struct map)MAP_INIT(&f->arena);
	f->hosts = (struct map)MAP_INIT(&f->arena);
	f->connections = (struct map)MAP_INIT(&f->arena);
	for (size_t i = 0; i < settings->nhosts; i++)
		map_put(&f->hosts, str_of(settings->hosts[i].name),
		    (void *)(uintptr_t)&settings->hosts[i]);
	if (curl_load(&f->curl) || f->curl.global_init(CURL_GLOBAL_DEFAULT)) {
		diag_add(diag, DIAG_ERROR, "fetch-library", DIAG_NOWHERE, STR_NONE,
		    _("Have the package libcurl4 installed."),
		    _("the library that asks web servers is not installed"));
		free(f);
		return -1;
	}
	if (open_parts(f)) {
		diag_add(diag, DIAG_ERROR, "fetch-system", DIAG_NOWHERE, STR_NONE,
		    _("Raise the number of open files (ulimit -n), or free memory."),
		    _("the network cannot be used: %m"));
		fetcher_close(f);
		return -1;
	}
	set_multi(f);
	*out = f;
	return 0;
}

static void free_list(struct transfer *t)
{
	while (t) {
		struct transfer *next = t->next;
		t->fetcher->curl.easy_cleanup(t->easy);
		free(t);
		t = next;
	}
}

void fetcher_close(struct fetcher *f)
{
	if (!f)
		return;
	while (f->active)
		finish(f->active, NET_STOPPED);
	struct fetch_result result;
	while (fetcher_take(f, &result))
		;
	/* While the connections of the multi handle are closed, easy handles of
	 * it may still be used: they go last. */
	if (f->multi)
		f->curl.multi_cleanup(f->multi);
	free_list(f->unused);
	resolver_close(f->resolver);
	fd_close(f->epoll);
	if (f->headers)
		f->curl.slist_free(f->headers);
	arena_clear(&f->arena);
	free(f->sockets);
	free(f);
}

size_t fetch_descriptors(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files))
		return 256;
	rlim_t wanted = files.rlim_max < MOST_DESCRIPTORS ? files.rlim_max : MOST_DESCRIPTORS;
	if (files.rlim_cur < wanted) {
		rlim_t before = files.rlim_cur;
		files.rlim_cur = wanted;
		if (setrlimit(RLIMIT_NOFILE, &files))
			files.rlim_cur = before;
	}
	return (size_t)(files.rlim_cur < MOST_DESCRIPTORS ? files.rlim_cur : MOST_DESCRIPTORS);
}
