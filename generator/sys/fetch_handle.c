/*
 * One request as libcurl sees it: its options, the functions that the library
 * calls, and what its numbers mean.
 *
 * The functions of libcurl stand in a table of pointers (sys/library). A
 * handle is made once and used again: making one costs more than a request.
 */
#include "sys/fetch_curl.h"

#include "sys/address.h"
#include "sys/library.h"

#include <stdio.h>
#include <stdlib.h>

enum { HEAD_MAX = 64 * 1024 };

#define SET(t, option, value) ((t)->fetcher->curl.set((t)->easy, (option), (value)))

int curl_load(struct curl *c)
{
	static const char *const names[] = {
	    "libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so", NULL};
	const struct library_symbol symbols[] = {
	    {"curl_global_init", &c->global_init},
	    {"curl_easy_init", &c->easy_init},
	    {"curl_easy_cleanup", &c->easy_cleanup},
	    {"curl_easy_setopt", &c->set},
	    {"curl_easy_getinfo", &c->get},
	    {"curl_easy_strerror", &c->easy_error},
	    {"curl_multi_init", &c->multi_init},
	    {"curl_multi_cleanup", &c->multi_cleanup},
	    {"curl_multi_setopt", &c->multi_set},
	    {"curl_multi_add_handle", &c->add},
	    {"curl_multi_remove_handle", &c->remove},
	    {"curl_multi_socket_action", &c->action},
	    {"curl_multi_info_read", &c->info_read},
	    {"curl_slist_append", &c->slist_append},
	    {"curl_slist_free_all", &c->slist_free},
	};
	return library_load(names, symbols, sizeof(symbols) / sizeof(*symbols));
}

/* ---- what the library calls ----
 *
 * When a kept connection turns out to be closed, the library puts the question
 * again by itself, on another kept connection or a new one; both are refused,
 * since the host is to have its rest before. */

static curl_socket_t on_open(void *payload, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *t = payload;
	(void)purpose;
	if (t->connected) {
		t->stale = true;
		return CURL_SOCKET_BAD;
	}
	if (!t->fetcher->settings.allow_private && address_is_private(&address->addr)) {
		t->private = true;
		return CURL_SOCKET_BAD;
	}
	return connection_open(t, address);
}

static int on_ready(void *payload, char *ip, char *local, int port, int local_port)
{
	struct transfer *t = payload;
	(void)ip;
	(void)local;
	(void)port;
	(void)local_port;
	if (t->connected) {
		t->stale = true;
		return CURL_PREREQFUNC_ABORT;
	}
	t->connected = true;
	/* What is sent is told only by a library that tells everything: from here
	 * until there is an answer. */
	SET(t, CURLOPT_VERBOSE, 1L);
	if (t->request.connected)
		t->request.connected(t->request.payload);
	return CURL_PREREQFUNC_OK;
}

static int on_debug(CURL *easy, curl_infotype type, char *bytes, size_t n, void *payload)
{
	struct transfer *t = payload;
	(void)easy;
	if (type == CURLINFO_HEADER_OUT) {
		buf_reset(&t->sent);
		buf_add(&t->sent, bytes, n);
	}
	return 0;
}

static size_t on_head(char *bytes, size_t size, size_t count, void *payload)
{
	struct transfer *t = payload;
	size_t n = size * count;
	/* Fields after the body are none of the head; an answer after an interim
	 * one takes its place. */
	if (t->body)
		return n;
	if (t->head.len == 0)
		SET(t, CURLOPT_VERBOSE, 0L);
	if (t->head_whole)
		buf_reset(&t->head);
	buf_add(&t->head, bytes, n);
	t->head_whole = n <= 2 && (bytes[0] == '\r' || bytes[0] == '\n');
	t->head_large = buf_err(&t->head) != 0;
	return t->head_large ? 0 : n;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *payload)
{
	struct transfer *t = payload;
	size_t n = size * count;
	t->body = true;
	return t->request.body(t->request.payload, buf_str(&t->head), (struct str){bytes, n}) ? 0
	                                                                                      : n;
}

/* ---- handles ---- */

/* What is the same for all requests. */
static void set_common(struct transfer *t)
{
	const struct fetch_settings *s = &t->fetcher->settings;
	SET(t, CURLOPT_PRIVATE, t);
	SET(t, CURLOPT_ERRORBUFFER, t->error);
	SET(t, CURLOPT_NOSIGNAL, 1L);
	SET(t, CURLOPT_PROTOCOLS_STR, "http,https");
	SET(t, CURLOPT_PROXY, "");
	SET(t, CURLOPT_PATH_AS_IS, 1L);
	SET(t, CURLOPT_FOLLOWLOCATION, 0L);
	SET(t, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(t, CURLOPT_HTTP_TRANSFER_DECODING, 0L);
	SET(t, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	SET(t, CURLOPT_USERAGENT, s->user_agent);
	SET(t, CURLOPT_HTTPHEADER, t->fetcher->headers);
	SET(t, CURLOPT_LOW_SPEED_LIMIT, (long)s->low_bytes);
	SET(t, CURLOPT_LOW_SPEED_TIME, (long)s->low_seconds);
	/* Watched here, see above; the library's own time is only a fence. */
	SET(t, CURLOPT_CONNECTTIMEOUT_MS, (long)s->connect_ms + s->tls_ms + 1000);
	SET(t, CURLOPT_TIMEOUT_MS, (long)s->total_ms + s->connect_ms + s->tls_ms + 1000);
	SET(t, CURLOPT_MAXAGE_CONN, 30L);
	SET(t, CURLOPT_CAPATH, NULL); /* with a folder the library reads all roots each time */
	SET(t, CURLOPT_OPENSOCKETFUNCTION, on_open);
	SET(t, CURLOPT_OPENSOCKETDATA, t);
	SET(t, CURLOPT_CLOSESOCKETFUNCTION, connection_close);
	SET(t, CURLOPT_CLOSESOCKETDATA, t->fetcher);
	SET(t, CURLOPT_PREREQFUNCTION, on_ready);
	SET(t, CURLOPT_PREREQDATA, t);
	SET(t, CURLOPT_DEBUGFUNCTION, on_debug);
	SET(t, CURLOPT_DEBUGDATA, t);
	SET(t, CURLOPT_HEADERFUNCTION, on_head);
	SET(t, CURLOPT_HEADERDATA, t);
	SET(t, CURLOPT_WRITEFUNCTION, on_body);
	SET(t, CURLOPT_WRITEDATA, t);
}

static bool wants_ca_file(const struct fetch_settings *s, const char *host)
{
	if (!s->ca_file || !s->ca_domains)
		return false;
	for (const char *const *d = s->ca_domains; *d; d++)
		if (str_ends(str_of(host), *d))
			return true;
	return false;
}

void transfer_set(struct transfer *t)
{
	const struct fetch_request *r = &t->request;
	bool own = wants_ca_file(&t->fetcher->settings, r->host);
	SET(t, CURLOPT_URL, r->url);
	SET(t, CURLOPT_COOKIE, r->cookie);
	SET(t, CURLOPT_SSL_VERIFYPEER, r->unverified ? 0L : 1L);
	SET(t, CURLOPT_SSL_VERIFYHOST, r->unverified ? 0L : 2L);
	SET(t, CURLOPT_VERBOSE, 0L);
	SET(t, CURLOPT_RESOLVE, t->resolve);
	SET(t, CURLOPT_CONNECT_TO, t->connect_to);
	if (own) {
		SET(t, CURLOPT_CAINFO, t->fetcher->settings.ca_file);
		SET(t, CURLOPT_CAPATH, "/etc/ssl/certs");
	}
}

struct transfer *transfer_new(struct fetcher *f)
{
	struct transfer *t = f->unused;
	if (t) {
		f->unused = t->next;
		return t;
	}
	t = xmalloc(sizeof(*t));
	memset(t, 0, sizeof(*t));
	t->fetcher = f;
	t->sent = (struct buf)BUF_INIT(HEAD_MAX);
	t->head = (struct buf)BUF_INIT(HEAD_MAX);
	t->easy = f->curl.easy_init();
	if (!t->easy)
		die_no_memory();
	set_common(t);
	return t;
}

/* The texts of a request, copied into one block. */
void transfer_copy(struct transfer *t, const struct fetch_request *r)
{
	size_t url = strlen(r->url) + 1, host = strlen(r->host) + 1;
	size_t cookie = r->cookie ? strlen(r->cookie) + 1 : 0;
	t->request = *r;
	t->texts = xmalloc(url + host + cookie);
	memcpy(t->texts, r->url, url);
	memcpy(t->texts + url, r->host, host);
	if (cookie)
		memcpy(t->texts + url + host, r->cookie, cookie);
	t->request.url = t->texts;
	t->request.host = t->texts + url;
	t->request.cookie = cookie ? t->texts + url + host : NULL;
}

void transfer_recycle(struct transfer *t)
{
	struct fetcher *f = t->fetcher;
	bool own = wants_ca_file(&f->settings, t->request.host);
	free(t->texts);
	f->curl.slist_free(t->resolve);
	f->curl.slist_free(t->connect_to);
	SET(t, CURLOPT_RESOLVE, NULL);
	SET(t, CURLOPT_CONNECT_TO, NULL);
	buf_clear(&t->sent);
	buf_clear(&t->head);
	/* A path once set cannot be taken back to what was built in. */
	if (own) {
		f->curl.easy_cleanup(t->easy);
		free(t);
		return;
	}
	t->texts = NULL;
	t->resolve = t->connect_to = NULL;
	t->running = t->connected = t->private = t->stale = false;
	t->head_whole = t->head_large = t->body = false;
	t->error[0] = '\0';
	t->next = f->unused;
	f->unused = t;
}

/* ---- how it ended ---- */

int64_t transfer_us(struct transfer *t, CURLINFO what)
{
	curl_off_t us = 0;
	return t->fetcher->curl.get(t->easy, what, &us) ? 0 : us;
}

enum net_end transfer_end(const struct transfer *t, CURLcode code)
{
	bool answered = t->head.len > 0;
	if (t->stale)
		return NET_STALE;
	switch (code) {
	case CURLE_OK:
		return NET_DONE;
	case CURLE_WRITE_ERROR:
		return t->head_large ? NET_BAD_ANSWER : NET_STOPPED;
	case CURLE_COULDNT_CONNECT:
		return t->private ? NET_PRIVATE : NET_REFUSED;
	case CURLE_COULDNT_RESOLVE_HOST:
		return NET_DNS;
	case CURLE_OPERATION_TIMEDOUT:
		return answered ? NET_SLOW : t->connected ? NET_FIRST_BYTE : NET_CONNECT;
	case CURLE_PARTIAL_FILE:
		return NET_CUT;
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
		/* Broken off within the encryption, it is not known by whom. */
		return t->head_whole ? NET_CUT : t->connected ? NET_CLOSED : NET_TLS;
	case CURLE_UNSUPPORTED_PROTOCOL: /* HTTP/0.9 */
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_BAD_CONTENT_ENCODING:
		return NET_BAD_ANSWER;
	case CURLE_PEER_FAILED_VERIFICATION:
		return NET_CERTIFICATE;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_ENGINE_INITFAILED:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return NET_TLS;
	default:
		return NET_FAILED;
	}
}

/* The numbers are OpenSSL's X509_V_ERR_…; a wrong name is found by libcurl
 * itself and has none, but with newer versions. */
static enum net_certificate certificate_of(struct transfer *t)
{
	long code = 0;
	if (strncmp(t->request.url, "https:", 6) != 0)
		return NET_CERT_NONE;
	t->fetcher->curl.get(t->easy, CURLINFO_SSL_VERIFYRESULT, &code);
	if (t->end != NET_CERTIFICATE)
		return t->connected && !t->request.unverified ? NET_CERT_OK : NET_CERT_NONE;
	switch (code) {
	case 0:
	case 1: /* what libcurl begins with */
	case 62:
		return NET_CERT_HOST;
	case 2:
	case 20:
	case 21:
		return NET_CERT_INCOMPLETE;
	case 9:
	case 10:
		return NET_CERT_EXPIRED;
	case 18:
	case 19:
		return NET_CERT_SELF;
	default:
		return NET_CERT_OTHER;
	}
}

void transfer_read(struct transfer *t, struct fetch_result *out)
{
	const struct curl *c = &t->fetcher->curl;
	long status = 0;
	char *ip = NULL;
	c->get(t->easy, CURLINFO_RESPONSE_CODE, &status);
	c->get(t->easy, CURLINFO_PRIMARY_IP, &ip);
	int64_t total = transfer_us(t, CURLINFO_TOTAL_TIME_T);
	int64_t before = t->connected ? transfer_us(t, CURLINFO_PRETRANSFER_TIME_T) : 0;
	*out = (struct fetch_result){
	    .payload = t->request.payload,
	    .end = t->end,
	    .status = t->head_whole ? (int)status : 0,
	    .request = t->connected ? buf_str(&t->sent) : STR(""),
	    .head = buf_str(&t->head),
	    .certificate = certificate_of(t),
	    .ms = total > before ? (uint64_t)(total - before) / 1000 : 0,
	    .message = t->error,
	};
	if (ip && t->connected)
		snprintf(out->ip, sizeof(out->ip), "%s", ip);
}
