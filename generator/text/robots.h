/*
 * robots - what a site asks crawlers to leave alone (RFC 9309).
 *
 * robots_read() takes the bytes of a robots.txt and the product token of our
 * User-Agent, and keeps the rules that are meant for us: those of all groups
 * of our name, or, when there is none, of "*". robots_allows() then answers
 * for a path with its query.
 *
 * The file may be wrong in every way: lines end as they like, a byte-order
 * mark may be there whole or in part, colons may be missing, bytes that are
 * not UTF-8 are read as windows-1251. More than ROBOTS_BYTES are not read, and
 * neither is the line that is cut there. A rule and a path are compared in one
 * form: letters of other alphabets percent-encoded, codes of plain letters
 * decoded.
 *
 * What the status of the answer means is for the caller to decide.
 */
#ifndef TEXT_ROBOTS_H
#define TEXT_ROBOTS_H

#include "base/arena.h"
#include "base/str.h"

enum { ROBOTS_BYTES = 500 * 1024, ROBOTS_DELAY_MAX_MS = 24 * 60 * 60 * 1000 };

struct robots_rule {
	struct str pattern; /* in the common form, with '*' and a '$' at its end */
	bool allow;
};

struct robots {
	struct robots_rule *rules; /* [count] */
	size_t count, cap;
	bool named;   /* there is a group for us by name */
	int delay_ms; /* Crawl-delay, the longest given; 0 none */
};

void robots_read(struct robots *out, struct arena *a, struct str bytes, const char *token);

/* target: path and query, percent-encoded, as struct url has it. The file
 * /robots.txt itself is always allowed. */
bool robots_allows(const struct robots *r, struct str target);

/* Letters, '_' and '-' only: what a group may be named by. */
bool robots_token_valid(struct str token);

/* The path and query of an address however it is written: "a.ru/b" gives
 * "/b", nothing gives "/". For rules that give a whole address. */
struct str robots_path(struct arena *a, struct str url);

#endif
