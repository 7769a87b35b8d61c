/*
 * charset - bytes of a file to UTF-8.
 *
 * A byte-order mark decides (UTF-8, UTF-16 LE and BE); else valid UTF-8 is
 * UTF-8; else the bytes may be windows-1251: charset_1251() makes the text,
 * and the caller accepts it only when it makes sense (a header that matches).
 * All results live in the arena; text that needs no change is the input
 * itself, without its mark.
 */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include "base/arena.h"
#include "base/str.h"

enum charset {
	CHARSET_UTF8,
	CHARSET_UTF8_BOM,
	CHARSET_UTF16LE,
	CHARSET_UTF16BE,
	CHARSET_1251,
	CHARSET_UNKNOWN
};

/* UTF-8 text of bytes; *which is CHARSET_UNKNOWN (and the result empty) when
 * they are neither marked nor valid UTF-8. */
struct str charset_decode(struct arena *a, struct str bytes, enum charset *which);
/* The upper half of windows-1251; 0: means nothing. */
extern const uint16_t charset_upper_1251[128];
/* Empty (p NULL) when a byte means nothing in windows-1251 (0x98). */
struct str charset_1251(struct arena *a, struct str bytes);
/* Not valid UTF-8, but rather UTF-8 with a damaged place than anything else:
 * it has the mark, or most of its other letters are right. As windows-1251 it
 * would be read as gibberish. */
bool charset_damaged_utf8(struct str bytes);
const char *charset_name(enum charset which);
/* Line and column (1-based, in characters) of a byte (past the end: of the
 * end), and of the first one that is not UTF-8. LF, CR and CRLF end a line. */
void charset_place(struct str text, size_t offset, uint32_t *line, uint32_t *column);
void charset_first_bad(struct str bytes, uint32_t *line, uint32_t *column);

#endif
