/*
 * fetch_curl - what the files of sys/fetch share: libcurl's functions, and
 * one request with its handle.
 *
 * transfer_new() gives a handle with all that is the same for every request,
 * used before or new; transfer_set() adds what is this one's own;
 * transfer_read() says how it ended; transfer_recycle() makes it free for
 * another.
 */
#ifndef SYS_FETCH_CURL_H
#define SYS_FETCH_CURL_H

#include "base/map.h"
#include "sys/fetch.h"
#include "sys/resolve.h"

#include <curl/curl.h>

struct curl {
	__typeof__(curl_global_init) *global_init;
	__typeof__(curl_easy_init) *easy_init;
	__typeof__(curl_easy_cleanup) *easy_cleanup;
	__typeof__(curl_easy_setopt) *set;
	__typeof__(curl_easy_getinfo) *get;
	__typeof__(curl_easy_strerror) *easy_error;
	__typeof__(curl_multi_init) *multi_init;
	__typeof__(curl_multi_cleanup) *multi_cleanup;
	__typeof__(curl_multi_setopt) *multi_set;
	__typeof__(curl_multi_add_handle) *add;
	__typeof__(curl_multi_remove_handle) *remove;
	__typeof__(curl_multi_socket_action) *action;
	__typeof__(curl_multi_info_read) *info_read;
	__typeof__(curl_slist_append) *slist_append;
	__typeof__(curl_slist_free_all) *slist_free;
};

/* The connection with a host, by its name. */
struct connection {
	curl_socket_t socket; /* the newest; CURL_SOCKET_BAD: none */
	unsigned open;        /* sockets: while it connects, an address may get each its own */
	int port;
	bool secure;
	unsigned users; /* transfers under way */
};

struct transfer {
	struct transfer *next, **back; /* among the active; next alone among the others */
	struct fetcher *fetcher;
	CURL *easy;
	struct fetch_request request;
	struct connection *connection; /* while it runs */
	char *texts;                   /* url, host and cookie, in one block */
	struct resolve_question *question;
	struct curl_slist *resolve, *connect_to;
	struct buf sent, head;
	bool running, connected, private, stale, head_whole, head_large, body;
	int64_t begun, connecting; /* monotonic */
	enum net_end end;
	char error[CURL_ERROR_SIZE];
};

struct fetcher {
	struct curl curl;
	struct fetch_settings settings;
	struct arena arena;
	struct map names;            /* host → struct name */
	struct map hosts;            /* name → const struct fetch_host */
	struct map connections;      /* host → struct connection */
	struct connection **sockets; /* [nsockets], by socket; NULL: none */
	size_t nsockets;
	struct resolver *resolver;
	CURLM *multi;
	struct curl_slist *headers;
	int epoll;
	int64_t timer, watch; /* monotonic; timer -1: none */
	struct transfer *active, *done, **done_last, *taken, *unused;
	size_t nactive;
};

/* 0, or -1: the library is not there. */
int curl_load(struct curl *c);

/* The transfer begins: an idle connection with its host elsewhere ends. */
void connection_take(struct transfer *t);
void connection_leave(struct transfer *t);
/* What the library asks for in place of socket() and close(). */
curl_socket_t connection_open(struct transfer *t, const struct curl_sockaddr *address);
int connection_close(void *fetcher, curl_socket_t socket);

struct transfer *transfer_new(struct fetcher *f);
void transfer_copy(struct transfer *t, const struct fetch_request *r);
void transfer_set(struct transfer *t);
enum net_end transfer_end(const struct transfer *t, CURLcode code);
/* Microseconds of one of the CURLINFO_…_TIME_T; 0: not there yet. */
int64_t transfer_us(struct transfer *t, CURLINFO what);
void transfer_read(struct transfer *t, struct fetch_result *out);
void transfer_recycle(struct transfer *t);

#endif
