/*
 * url - addresses as browsers read them (WHATWG URL, url.spec.whatwg.org).
 *
 * url_read() takes the text of a link, with the address of the page it stands
 * on (or NULL for an absolute one), and gives its parts ready for a request:
 * the host in ASCII (text/idna), path, query and fragment percent-encoded,
 * dot segments removed. Only http and https are taken apart; other schemes are
 * recognised and classed, their text is kept as it stands.
 *
 * The path is always UTF-8, the query is in the encoding of the document: an
 * encoder turns a code point into the bytes of that encoding (NULL: UTF-8).
 * What stands percent-encoded stays so. Bytes that are not UTF-8 (a Location
 * header in windows-1251) are percent-encoded as they are. No control byte is
 * ever in a result, so nothing of a page can break a request line.
 *
 * A user name and password are left out and only noted. All texts live in the
 * arena (or are static); nothing is longer than three times URL_MAX plus
 * URL_MAX, and url_read() refuses results over URL_MAX.
 */
#ifndef TEXT_URL_H
#define TEXT_URL_H

#include "base/arena.h"
#include "base/str.h"

enum { URL_MAX = 8192 };

enum url_status {
	URL_OK = 0,
	URL_RELATIVE = -1, /* no scheme and no base to complete it */
	URL_BAD_HOST = -2, /* none, not a name of the DNS, or a malformed address */
	URL_BAD_PORT = -3, /* not a number of 0 to 65535 */
	URL_TOO_LONG = -4, /* over URL_MAX bytes, as given or when encoded */
	URL_BAD_BYTE = -5  /* a NUL */
};

enum url_kind {
	URL_WEB, /* http and https */
	URL_MAIL,
	URL_PHONE, /* tel, sms, callto, and the messengers' own */
	URL_SCRIPT,
	URL_DATA, /* data and blob */
	URL_FTP,
	URL_FILE, /* file, and a Windows drive */
	URL_OTHER
};

/* What a browser forgives, and the school should still know. */
enum url_note {
	URL_NOTE_BLANKS = 1,      /* blanks at the ends, tabs or line ends inside */
	URL_NOTE_SPACE = 2,       /* blanks inside, encoded */
	URL_NOTE_BACKSLASH = 4,   /* '\' for '/' */
	URL_NOTE_SLASHES = 8,     /* not exactly two slashes after "http:" */
	URL_NOTE_BARE_HOST = 16,  /* "www.x.ru/…" without a scheme: read as a path */
	URL_NOTE_CREDENTIALS = 32 /* user name or password, left out */
};

struct url {
	enum url_kind kind;
	unsigned notes;      /* of enum url_note */
	struct str scheme;   /* lower case, without ':' */
	struct str text;     /* the whole address without its fragment */
	struct str fragment; /* encoded, without '#'; p NULL: none */
	/* Of URL_WEB only: */
	bool secure;
	uint16_t port;     /* also when it is the usual one */
	struct str host;   /* lower case, punycode; IPv6 in brackets */
	struct str origin; /* scheme, host and unusual port: https://x.ru:8080 */
	struct str path;   /* begins with '/' */
	struct str query;  /* without '?'; p NULL: none */
	struct str target; /* path and query: what a request asks for */
};

/* The bytes of a code point in the document's encoding; 0 when it has none
 * (then "&#1234;" is sent, as browsers do). */
typedef size_t url_encoder(int32_t code, char out[4]);

enum url_status url_read(
    struct url *out, struct arena *a, struct str text, const struct url *base, url_encoder *encode);
const char *url_status_text(enum url_status status); /* translated */

/* Two addresses of one page are equal here: the scheme, session numbers
 * (PHPSESSID, sid, jsessionid …) and marks of advertising (utm_*, yclid …) are
 * left out. For remembering what was visited; never for a request. */
struct str url_key(struct arena *a, const struct url *u);

/* The directory and the names of the query's parameters: pages of one shape
 * share a budget, so that a calendar cannot eat all of it. */
struct str url_shape(struct arena *a, const struct url *u);

/* Addresses that never end, by the two rules of the crawler Heritrix: a group
 * of segments three times in a row, or more than URL_SEGMENTS of them. */
enum { URL_SEGMENTS = 20 };
bool url_is_trap(const struct url *u);

/* The same page once more, in another order or for printing (?sort=, ?print=):
 * to be looked at last. */
bool url_is_variant(const struct url *u);

/* Is u at or below the address prefix (whatever the schemes, and whether its
 * host has www. or not)? A prefix whose path does not end in '/' ends at its
 * last '/'. */
bool url_within(const struct url *u, const struct url *prefix);
bool url_same_host(const struct url *a, const struct url *b); /* www. does not matter */

/* The address as people read it: host in Unicode, Cyrillic decoded. */
struct str url_readable(struct arena *a, const struct url *u);

#endif
