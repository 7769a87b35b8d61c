/*
 * webcharset - which encoding a web page is in, why, and its text as UTF-8.
 *
 * webcharset_decode() follows the order of the WHATWG: byte-order mark, the
 * charset of the Content-Type of the final answer, <meta> within the first
 * 1024 bytes, <meta> later in the head, and then a guess. Because servers and
 * templates name wrong encodings, the result is checked: when it has broken
 * characters, next to no Cyrillic letters, or pairs of letters that Russian
 * does not have, the encodings of Russian sites are tried, and the one whose
 * pairs of letters are most like Russian is taken. `rule` says how the
 * encoding was found, `conflict` that it is not the one which was named, or
 * that the header and the page name different ones.
 *
 * Bytes that mean nothing become U+FFFD. The text has no byte-order mark; it
 * lives in the arena, or is the input itself where nothing had to change.
 * Encodings: UTF-8, UTF-16, windows-1251, windows-1252 (and what the WHATWG
 * reads as it), KOI8-R, KOI8-U, IBM866, ISO-8859-5, x-mac-cyrillic. Others are
 * known by no school of Russia: their name counts as none.
 */
#ifndef TEXT_WEBCHARSET_H
#define TEXT_WEBCHARSET_H

#include "base/arena.h"
#include "base/str.h"

enum webcharset_rule {
	WEBCHARSET_MARK,      /* byte-order mark */
	WEBCHARSET_HEADER,    /* Content-Type */
	WEBCHARSET_META,      /* <meta>, first 1024 bytes */
	WEBCHARSET_META_LATE, /* <meta>, later */
	WEBCHARSET_VALID,     /* nothing named: it is valid UTF-8 */
	WEBCHARSET_GUESS,     /* by pairs of letters */
	WEBCHARSET_RULES
};

/* "bom", "header", "meta", "meta-late", "utf-8", "guess": for evidence files. */
extern const char *const webcharset_rules[WEBCHARSET_RULES + 1];

struct webcharset {
	const char *name; /* "utf-8", "windows-1251", … */
	enum webcharset_rule rule;
	bool conflict;
	bool damaged; /* the text has U+FFFD that the bytes did not write */
	bool binary;  /* NUL among the first 512 bytes: no text at all */
};

/* content_type: the value of the header, or only the name; may be empty. */
struct str webcharset_decode(
    struct webcharset *out, struct arena *a, struct str bytes, struct str content_type);
/* The encoding's name by any of its labels ("cp1251", "win-1251"), or NULL. */
const char *webcharset_name(struct str label);
/* How that encoding writes a code point: a function for url_read(), for the
 * queries of addresses on such pages; NULL where it is UTF-8's way. It gives the
 * number of bytes, 0 when there are none. */
typedef size_t webcharset_encoder(int32_t code, char out[4]);
webcharset_encoder *webcharset_encoder_of(const char *name);

#endif
