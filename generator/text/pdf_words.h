/*
 * pdf_words - the words of a PDF, in the order of its pages' instructions.
 *
 * For looking whether a document speaks of something, not for reading: no
 * layout, and words of different columns may stand together. Text is read
 * where its font says which letters its codes are (ToUnicode, or one of the
 * usual encodings), as files of office programs and browsers do. `unread`
 * counts the letters of other fonts: when there are many, nothing follows
 * from what was not found.
 *
 * The bytes are anybody's: the work is bounded, and what is broken is left
 * out. An encrypted file has no words.
 */
#ifndef TEXT_PDF_WORDS_H
#define TEXT_PDF_WORDS_H

#include "base/arena.h"
#include "base/str.h"

enum { PDF_WORDS_BYTES = 4 * 1024 * 1024 };

struct pdf_words {
	struct str text;     /* UTF-8; lines of the pages end with a line feed */
	size_t read, unread; /* letters, and codes of no known letter */
	bool truncated;      /* past a bound */
};

void pdf_words_read(struct pdf_words *out, struct arena *a, struct str bytes);
/* Can it be said of this text that something does not stand in it? */
bool pdf_words_known(const struct pdf_words *w);

#endif
