/*
 * One thread of libmicrohttpd answers everything; a preview has one reader.
 * What stands at an address is found by httpd_page.c. A page that waits for
 * the next build is a suspended connection in waiting[], woken by
 * httpd_notify().
 *
 * Addresses are left percent-encoded: the library's own decoding would end a
 * path at %00.
 */
#include "sys/httpd.h"

#include "base/intl.h"
#include "sys/httpd_mime.h"
#include "sys/httpd_page.h"
#include "sys/library.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A browser keeps idle connections open: they must not shut others out. */
enum { WAITING = 64, CONNECTIONS = 256, IDLE_SECONDS = 15 };

struct mhd {
	__typeof__(MHD_start_daemon) *start;
	__typeof__(MHD_stop_daemon) *stop;
	__typeof__(MHD_get_daemon_info) *info;
	__typeof__(MHD_create_response_from_buffer) *response;
	__typeof__(MHD_destroy_response) *destroy;
	__typeof__(MHD_add_response_header) *header;
	__typeof__(MHD_queue_response) *queue;
	__typeof__(MHD_lookup_connection_value) *lookup;
	__typeof__(MHD_suspend_connection) *suspend;
	__typeof__(MHD_resume_connection) *resume;
};

struct httpd {
	struct mhd mhd;
	struct MHD_Daemon *daemon;
	char *folder;
	bool reload;
	uint16_t port;
	pthread_mutex_t lock; /* of all below */
	unsigned build;
	bool stopping;
	struct MHD_Connection *waiting[WAITING]; /* oldest first */
	size_t nwaiting;
};

/* One request being answered. */
struct request {
	struct httpd *httpd;
	struct MHD_Connection *connection;
	const char *url; /* as it came, percent-encoded */
	unsigned build;  /* when it began */
};

/* -- answers ------------------------------------------------------------------------ */

static enum MHD_Result send_page(const struct request *r, struct httpd_page *p)
{
	const struct mhd *mhd = &r->httpd->mhd;
	enum MHD_Result result = MHD_NO;
	size_t len;
	bool whole = !buf_err(&p->body) && !buf_err(&p->location);
	char *body = buf_take(&p->body, &len);
	struct MHD_Response *response =
	    whole ? mhd->response(len, body, MHD_RESPMEM_MUST_FREE) : NULL;
	if (response) {
		mhd->header(response, MHD_HTTP_HEADER_CONTENT_TYPE, p->type);
		mhd->header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
		mhd->header(response, "X-Content-Type-Options", "nosniff");
		if (p->location.len)
			mhd->header(response, MHD_HTTP_HEADER_LOCATION, p->location.data);
		if (p->status == MHD_HTTP_METHOD_NOT_ALLOWED)
			mhd->header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
		result = mhd->queue(r->connection, p->status, response);
		mhd->destroy(response);
	} else {
		free(body);
	}
	buf_clear(&p->location);
	return result;
}

static enum MHD_Result send_text(
    const struct request *r, unsigned status, const char *type, const char *text)
{
	struct httpd_page p = {
	    .status = status, .type = type, .location = BUF_INIT(0), .body = BUF_INIT(BUF_PAGE)};
	buf_adds(&p.body, text);
	return send_page(r, &p);
}

static enum MHD_Result send_plain(const struct request *r, unsigned status, const char *text)
{
	return send_text(r, status, "text/plain; charset=utf-8", text);
}

static enum MHD_Result send_file(const struct request *r)
{
	struct httpd_page p;
	const struct httpd *h = r->httpd;
	httpd_page(&p,
	    &(struct httpd_ask){
	        .folder = h->folder, .url = r->url, .build = r->build, .reload = h->reload});
	return send_page(r, &p);
}

/* -- requests ----------------------------------------------------------------------- */

/* A page of elsewhere whose name is made to point at this machine is told so
 * by what it calls us. */
static bool is_local(const struct request *r)
{
	static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
	const char *host =
	    r->httpd->mhd.lookup(r->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
	for (size_t i = 0; host && i < sizeof(names) / sizeof(*names); i++) {
		size_t len = strlen(names[i]);
		if (strncasecmp(host, names[i], len) != 0)
			continue;
		if (host[len] == '\0' ||
		    (host[len] == ':' &&
		        host[len + 1 + strspn(host + len + 1, "0123456789")] == '\0'))
			return true;
	}
	return false;
}

static enum MHD_Result send_build(const struct request *r)
{
	char now[16];
	snprintf(now, sizeof(now), "%u", r->build);
	return send_plain(r, MHD_HTTP_OK, now);
}

/* Suspends the connection when the page has the newest build. */
static bool must_wait(const struct request *r)
{
	struct httpd *h = r->httpd;
	const char *asked = h->mhd.lookup(r->connection, MHD_GET_ARGUMENT_KIND, "build");
	char now[16];
	bool wait;
	pthread_mutex_lock(&h->lock);
	snprintf(now, sizeof(now), "%u", h->build);
	wait = asked && strcmp(asked, now) == 0 && !h->stopping;
	if (wait) {
		/* Whoever has closed its page is not seen to be gone. */
		if (h->nwaiting == WAITING) {
			h->mhd.resume(h->waiting[0]);
			memmove(h->waiting, h->waiting + 1, --h->nwaiting * sizeof(*h->waiting));
		}
		h->waiting[h->nwaiting++] = r->connection;
		h->mhd.suspend(r->connection);
	}
	pthread_mutex_unlock(&h->lock);
	return wait;
}

/* What a request's state points to: we are called when its head is read, when
 * it is whole, and again when it has waited. */
static const char begun_mark, woken_mark;

static enum MHD_Result answer(const struct request *r, const char *method, void **state)
{
	if (!is_local(r))
		return send_plain(
		    r, MHD_HTTP_FORBIDDEN, "This server answers to localhost only.\n");
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return send_plain(r, MHD_HTTP_METHOD_NOT_ALLOWED, "GET and HEAD only.\n");
	if (r->httpd->reload && strcmp(r->url, "/.vidno/reload.js") == 0)
		return send_text(r, MHD_HTTP_OK, httpd_mime(r->url), httpd_reload_script);
	if (r->httpd->reload && strcmp(r->url, "/.vidno/reload") == 0) {
		bool woken = *state == &woken_mark;
		*state = (void *)&woken_mark;
		return !woken && must_wait(r) ? MHD_YES : send_build(r);
	}
	return send_file(r);
}

static enum MHD_Result handle(void *payload, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size, void **state)
{
	struct httpd *h = payload;
	struct request r = {h, connection, url, 0};
	(void)version, (void)upload;
	/* Answered before it is whole, it would cost the connection. */
	if (!*state || *upload_size) {
		*state = (void *)&begun_mark;
		*upload_size = 0;
		return MHD_YES;
	}
	pthread_mutex_lock(&h->lock);
	r.build = h->build;
	pthread_mutex_unlock(&h->lock);
	return answer(&r, method, state);
}

static size_t keep_escapes(void *payload, struct MHD_Connection *connection, char *text)
{
	(void)payload, (void)connection;
	return strlen(text);
}

/* -- the server --------------------------------------------------------------------- */

static int load(struct mhd *mhd)
{
	static const char *const names[] = {"libmicrohttpd.so.12", "libmicrohttpd.so", NULL};
	const struct library_symbol symbols[] = {
	    {"MHD_start_daemon", &mhd->start},
	    {"MHD_stop_daemon", &mhd->stop},
	    {"MHD_get_daemon_info", &mhd->info},
	    {"MHD_create_response_from_buffer", &mhd->response},
	    {"MHD_destroy_response", &mhd->destroy},
	    {"MHD_add_response_header", &mhd->header},
	    {"MHD_queue_response", &mhd->queue},
	    {"MHD_lookup_connection_value", &mhd->lookup},
	    {"MHD_suspend_connection", &mhd->suspend},
	    {"MHD_resume_connection", &mhd->resume},
	};
	return library_load(names, symbols, sizeof(symbols) / sizeof(*symbols));
}

static int start(struct httpd *h, uint16_t port)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	errno = 0;
	h->daemon =
	    h->mhd.start(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO | MHD_ALLOW_SUSPEND_RESUME,
	        0, NULL, NULL, handle, h, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
	        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
	        (unsigned)IDLE_SECONDS, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
	        MHD_OPTION_END);
	if (!h->daemon)
		return -1;
	const union MHD_DaemonInfo *info = h->mhd.info(h->daemon, MHD_DAEMON_INFO_BIND_PORT);
	h->port = info && info->port ? info->port : port;
	return 0;
}

int httpd_start(struct httpd **out, const struct httpd_options *options, struct diag *diag)
{
	char reason[128];
	struct httpd *h = xmalloc(sizeof(*h));
	*h = (struct httpd){
	    .folder = xstrdup(options->folder), .reload = options->reload, .build = 1};
	pthread_mutex_init(&h->lock, NULL);
	*out = NULL;
	if (load(&h->mhd)) {
		diag_add(diag, DIAG_ERROR, "serve-library", DIAG_NOWHERE, STR_NONE,
		    _("Have the package libmicrohttpd12 installed."),
		    _("the library that serves the preview is not installed"));
		httpd_stop(h);
		return -1;
	}
	if (start(h, options->port)) {
		int code = errno;
		diag_add(diag, DIAG_ERROR, "serve-port", DIAG_NOWHERE, STR_NONE,
		    code == EADDRINUSE
		        ? _("Stop the other program, or choose another port with --port.")
		        : _("Choose another port with --port, from 1024 to 65535."),
		    _("the preview cannot use port %u: %s"), options->port,
		    strerror_r(code ? code : EIO, reason, sizeof(reason)));
		httpd_stop(h);
		return -1;
	}
	*out = h;
	return 0;
}

uint16_t httpd_port(const struct httpd *h)
{
	return h->port;
}

static void wake(struct httpd *h, bool stopping)
{
	pthread_mutex_lock(&h->lock);
	h->stopping = stopping;
	h->build += !stopping;
	for (size_t i = 0; i < h->nwaiting; i++)
		h->mhd.resume(h->waiting[i]);
	h->nwaiting = 0;
	pthread_mutex_unlock(&h->lock);
}

void httpd_notify(struct httpd *h)
{
	wake(h, false);
}

void httpd_stop(struct httpd *h)
{
	if (!h)
		return;
	if (h->daemon) {
		wake(h, true);
		h->mhd.stop(h->daemon);
	}
	pthread_mutex_destroy(&h->lock);
	free(h->folder);
	free(h);
}
