/*
 * One thread of libmicrohttpd answers everything; a preview has one reader.
 * Each request opens the folder anew, so it may be missing at first or be
 * replaced. A page that waits for the next build is a suspended connection in
 * waiting[], woken by httpd_notify().
 *
 * Paths come percent-encoded and are decoded here, strictly: the library's
 * own decoding would end a path at %00.
 */
#include "sys/httpd.h"

#include "base/intl.h"
#include "sys/file.h"
#include "sys/httpd_mime.h"
#include "sys/library.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { WAITING = 64, CONNECTIONS = 128, FILE_BYTES = 512 * 1024 * 1024, PATH_BYTES = 2048 };

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

/* The page asks while it is looked at: a browser opens few connections to one
 * host, and forgotten tabs must not use them up. */
static const char reload_script[] =
    "(function () {\n"
    "  'use strict';\n"
    "  var build = new URL(document.currentScript.src).searchParams.get('build');\n"
    "  var asking = null;\n"
    "  function ask() {\n"
    "    if (document.hidden || asking) return;\n"
    "    asking = new AbortController();\n"
    "    fetch('/.vidno/reload?build=' + build, { signal: asking.signal })\n"
    "      .then(function (answer) { return answer.text(); })\n"
    "      .then(function (now) {\n"
    "        asking = null;\n"
    "        if (now !== build) location.reload(); else ask();\n"
    "      })\n"
    "      .catch(function () { asking = null; setTimeout(ask, 1000); });\n"
    "  }\n"
    "  document.addEventListener('visibilitychange', function () {\n"
    "    if (document.hidden && asking) asking.abort(); else ask();\n"
    "  });\n"
    "  ask();\n"
    "})();\n";

static const char no_page[] = "<!doctype html>\n<meta charset=\"utf-8\">\n<title>404</title>\n"
                              "<body><h1>404</h1></body>\n";

/* -- answers ------------------------------------------------------------------------ */

struct answer {
	unsigned status;
	const char *type, *location; /* location may be NULL */
	struct buf body;             /* given away */
};

static enum MHD_Result send_answer(const struct request *r, struct answer *a)
{
	const struct mhd *mhd = &r->httpd->mhd;
	size_t len;
	char *body = buf_take(&a->body, &len);
	struct MHD_Response *response = mhd->response(len, body, MHD_RESPMEM_MUST_FREE);
	if (!response) {
		free(body);
		return MHD_NO;
	}
	mhd->header(response, MHD_HTTP_HEADER_CONTENT_TYPE, a->type);
	mhd->header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	mhd->header(response, "X-Content-Type-Options", "nosniff");
	if (a->location)
		mhd->header(response, MHD_HTTP_HEADER_LOCATION, a->location);
	if (a->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		mhd->header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
	enum MHD_Result result = mhd->queue(r->connection, a->status, response);
	mhd->destroy(response);
	return result;
}

static enum MHD_Result send_text(
    const struct request *r, unsigned status, const char *type, const char *text)
{
	struct answer a = {.status = status, .type = type, .body = BUF_INIT(BUF_PAGE)};
	buf_adds(&a.body, text);
	return send_answer(r, &a);
}

static enum MHD_Result send_plain(const struct request *r, unsigned status, const char *text)
{
	return send_text(r, status, "text/plain; charset=utf-8", text);
}

/* -- files -------------------------------------------------------------------------- */

/* The last </body>, in any case; or the end. */
static size_t body_end(struct str html)
{
	static const char tag[] = "</body>";
	size_t len = sizeof(tag) - 1;
	for (size_t at = html.n; at-- > 0;)
		if (html.p[at] == '<' && html.n - at >= len &&
		    strncasecmp(html.p + at, tag, len) == 0)
			return at;
	return html.n;
}

static enum MHD_Result send_bytes(
    const struct request *r, unsigned status, const char *type, struct str bytes)
{
	struct answer a = {.status = status, .type = type, .body = BUF_INIT(BUF_FILE)};
	bool inject = r->httpd->reload && strncmp(type, "text/html", 9) == 0;
	size_t cut = inject ? body_end(bytes) : bytes.n;
	buf_add(&a.body, bytes.p, cut);
	if (inject)
		buf_addf(
		    &a.body, "<script src=\"/.vidno/reload.js?build=%u\"></script>\n", r->build);
	buf_add(&a.body, bytes.p + cut, bytes.n - cut);
	return send_answer(r, &a);
}

static enum MHD_Result send_missing(const struct request *r, const struct root *root)
{
	struct arena a = ARENA_INIT;
	struct str bytes = STR("");
	if (!root || file_read(&bytes, &a, root, "404.html", FILE_BYTES) != FILE_OK)
		bytes = str_of(no_page);
	enum MHD_Result result =
	    send_bytes(r, MHD_HTTP_NOT_FOUND, "text/html; charset=utf-8", bytes);
	arena_clear(&a);
	return result;
}

static enum MHD_Result send_redirect(const struct request *r)
{
	struct buf to = BUF_INIT(BUF_LINE);
	struct answer a = {.status = MHD_HTTP_MOVED_PERMANENTLY,
	    .type = "text/plain; charset=utf-8",
	    .body = BUF_INIT(BUF_LINE)};
	buf_addf(&to, "%s/", r->url);
	a.location = to.data;
	enum MHD_Result result = send_answer(r, &a);
	buf_clear(&to);
	return result;
}

static enum MHD_Result send_path(const struct request *r, const struct root *root, char *path)
{
	struct arena a = ARENA_INIT;
	struct file_info info;
	struct str bytes;
	size_t len = strlen(path);
	bool folder = len == 0 || path[len - 1] == '/';
	enum MHD_Result result;
	if (folder)
		path = arena_printf(&a, "%sindex.html", path);
	if (!folder && file_look(&info, root, path) == FILE_OK && info.kind == FILE_FOLDER)
		result = send_redirect(r);
	else if (file_read(&bytes, &a, root, path, FILE_BYTES) == FILE_OK)
		result = send_bytes(r, MHD_HTTP_OK, httpd_mime(path), bytes);
	else
		result = send_missing(r, root);
	arena_clear(&a);
	return result;
}

/* -- requests ----------------------------------------------------------------------- */

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/*
 * The path without its first slash. -1: no honest browser sends it: bad
 * escapes, control characters, empty parts, parts that begin with a dot.
 */
static int decode(char out[PATH_BYTES], const char *url)
{
	size_t n = 0;
	if (*url != '/')
		return -1;
	for (const char *p = url + 1; *p; p++) {
		int c = (unsigned char)*p;
		if (c == '%') {
			int high = hex(p[1]), low = high < 0 ? -1 : hex(p[2]);
			if (low < 0)
				return -1;
			c = high * 16 + low;
			p += 2;
		}
		bool begins = n == 0 || out[n - 1] == '/';
		if (c < 0x20 || c == 0x7F || (begins && (c == '/' || c == '.')) ||
		    n + 1 >= PATH_BYTES)
			return -1;
		out[n++] = (char)c;
	}
	out[n] = '\0';
	return 0;
}

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
	struct answer a = {
	    .status = MHD_HTTP_OK, .type = "text/plain; charset=utf-8", .body = BUF_INIT(BUF_LINE)};
	buf_addf(&a.body, "%u", r->build);
	return send_answer(r, &a);
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

static enum MHD_Result answer(const struct request *r, const char *method, void **state)
{
	char path[PATH_BYTES];
	struct root root = ROOT_INIT;
	if (!is_local(r))
		return send_plain(
		    r, MHD_HTTP_FORBIDDEN, "This server answers to localhost only.\n");
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return send_plain(r, MHD_HTTP_METHOD_NOT_ALLOWED, "GET and HEAD only.\n");
	if (r->httpd->reload && strcmp(r->url, "/.vidno/reload.js") == 0)
		return send_text(r, MHD_HTTP_OK, httpd_mime(r->url), reload_script);
	if (r->httpd->reload && strcmp(r->url, "/.vidno/reload") == 0) {
		bool woken = *state;
		*state = r->httpd;
		return !woken && must_wait(r) ? MHD_YES : send_build(r);
	}
	if (root_open(&root, r->httpd->folder) != FILE_OK)
		return send_missing(r, NULL);
	enum MHD_Result result =
	    decode(path, r->url) ? send_missing(r, &root) : send_path(r, &root, path);
	root_close(&root);
	return result;
}

static enum MHD_Result handle(void *payload, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *upload, size_t *upload_size, void **state)
{
	struct httpd *h = payload;
	struct request r = {h, connection, url, 0};
	(void)version, (void)upload;
	*upload_size = 0;
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
	        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_UNESCAPE_CALLBACK,
	        keep_escapes, NULL, MHD_OPTION_END);
	if (!h->daemon)
		return -1;
	const union MHD_DaemonInfo *info = h->mhd.info(h->daemon, MHD_DAEMON_INFO_BIND_PORT);
	h->port = info && info->port ? info->port : port;
	return 0;
}

int httpd_start(struct httpd **out, const struct httpd_options *options, struct diag *diag)
{
	struct str none = {NULL, 0};
	char reason[128];
	struct httpd *h = xmalloc(sizeof(*h));
	*h = (struct httpd){
	    .folder = xstrdup(options->folder), .reload = options->reload, .build = 1};
	pthread_mutex_init(&h->lock, NULL);
	*out = NULL;
	if (load(&h->mhd)) {
		diag_add(diag, DIAG_ERROR, "serve-library", DIAG_NOWHERE, none,
		    _("Have the package libmicrohttpd12 installed."),
		    _("the library that serves the preview is not installed"));
		httpd_stop(h);
		return -1;
	}
	if (start(h, options->port)) {
		int code = errno;
		diag_add(diag, DIAG_ERROR, "serve-port", DIAG_NOWHERE, none,
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
