/*
 * fetch - many requests of HTTP at once (libcurl), each with its bounds.
 *
 * fetcher_open() loads the library; fetcher_start() begins a request and does
 * not wait; fetcher_wait() lets all go on for a while; fetcher_take() gives
 * what has ended, one after the other. The caller decides whom to ask and
 * when: nothing is followed, repeated or remembered here but open connections,
 * which the next request to the same host uses; where that goes to another port,
 * the idle one is ended first, so that who asks a host one question at a time has
 * one connection with it. A server may close one just
 * then (RFC 9112, 9.3.1): NET_STALE says that the question was not answered and
 * may be put again, when the host has had its rest.
 *
 * A request asks by GET over HTTP/1.1. Its answer comes as it was sent: the
 * head in one piece, the body piece by piece through a callback that may stop
 * it, neither chunks nor compression undone. Each phase has its own time:
 * name, connection, TLS, first byte, speed, and the whole.
 *
 * A private address is refused at the moment of connecting, so no redirect
 * and no trick with names leads to one.
 *
 * One thread uses a fetcher.
 */
#ifndef SYS_FETCH_H
#define SYS_FETCH_H

#include "base/diag.h"

enum net_end {
	NET_DONE,        /* a whole answer */
	NET_NO_NAME,     /* the name does not exist */
	NET_DNS,         /* it could not be looked up */
	NET_REFUSED,     /* connection refused, or no way there */
	NET_CONNECT,     /* not connected in time */
	NET_TLS,         /* no encryption both sides know, or not in time */
	NET_CERTIFICATE, /* not the right one: see certificate */
	NET_CLOSED,      /* closed before an answer */
	NET_STALE,       /* the same of a connection kept from before: ask again, later */
	NET_FIRST_BYTE,  /* no answer in time */
	NET_SLOW,        /* slower than the lowest speed */
	NET_TIME,        /* not whole in time */
	NET_PRIVATE,     /* a private address */
	NET_BAD_ANSWER,  /* not HTTP, or a head over the bound */
	NET_CUT,         /* the body ended before its end */
	NET_STOPPED,     /* by the callback */
	NET_FAILED       /* anything else: see message */
};

enum net_certificate {
	NET_CERT_NONE, /* http */
	NET_CERT_OK,
	NET_CERT_INCOMPLETE, /* the chain leads to no root we have */
	NET_CERT_SELF,
	NET_CERT_EXPIRED, /* or not yet valid */
	NET_CERT_HOST,    /* for another name */
	NET_CERT_OTHER
};

/* A name that is not looked up: for tests, or a host behind another. */
struct fetch_host {
	const char *name, *address;
	int port; /* to connect to in place of the address's; 0: the same */
};

struct fetch_settings {
	const char *user_agent;
	const char *language; /* Accept-Language */
	int dns_ms, connect_ms, tls_ms, first_byte_ms, total_ms;
	int low_bytes, low_seconds; /* bytes a second, for so long */
	bool allow_private;
	const char *ca_file; /* more roots (PEM) beside the system's, for ca_domains; or NULL */
	const char *const *ca_domains; /* ".ru", … ; ends with NULL */
	const struct fetch_host *hosts;
	size_t nhosts;
	int idle; /* connections kept open between requests */
};

/* The politeness of the audit, without a user agent. */
#define FETCH_SETTINGS \
	{ \
		.language = "ru", .dns_ms = 10000, .connect_ms = 10000, .tls_ms = 10000, \
		.first_byte_ms = 30000, .total_ms = 90000, .low_bytes = 200, .low_seconds = 30, \
		.idle = 256 \
	}

struct fetch_request {
	const char *url;  /* ASCII, as text/url makes it */
	const char *host; /* its host, without brackets */
	int port;
	const char *cookie; /* or NULL */
	bool unverified;    /* take any certificate: for reading only */
	void *payload;
	/* Connected and encrypted: the question is sent now. May be NULL. */
	void (*connected)(void *payload);
	/* A piece of the body, with the whole head; -1 stops. */
	int (*body)(void *payload, struct str head, struct str bytes);
};

struct fetch_result {
	void *payload;
	enum net_end end;
	int status;         /* of HTTP, 0 none */
	struct str request; /* as it was sent; empty when it was not */
	struct str head;    /* with its blank line; what came of it */
	char ip[46];        /* connected to; "" not connected */
	enum net_certificate certificate;
	uint64_t ms;         /* from the first byte sent to the end */
	const char *message; /* the library's own words, English; or "" */
};

struct fetcher;

/* 0, or -1 with a message. The texts of the settings are borrowed. */
int fetcher_open(struct fetcher **out, const struct fetch_settings *settings, struct diag *diag);
/* Copies what it needs of the request. */
void fetcher_start(struct fetcher *f, const struct fetch_request *request);
/* Until something ended or ms have passed; callbacks come from here. */
void fetcher_wait(struct fetcher *f, int ms);
/* The next that has ended; its texts live until the next call. */
bool fetcher_take(struct fetcher *f, struct fetch_result *out);
/* An idle connection with this host ends. */
void fetcher_hang_up(struct fetcher *f, const char *host);
size_t fetcher_active(const struct fetcher *f);
/* It is a private address, or one of the settings' names that is mapped to one:
 * certain without looking anything up. An IPv6 host is without brackets. */
bool fetcher_knows_private(const struct fetcher *f, const char *host);
/* Ends what is still going on, without results. f may be NULL. */
void fetcher_close(struct fetcher *f);

/* How many descriptors this process may have open, after asking for more. */
size_t fetch_descriptors(void);

#endif
