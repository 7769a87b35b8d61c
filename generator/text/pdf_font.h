/*
 * pdf_font - which letters the codes of a PDF's font are (ISO 32000-1, 9.10).
 *
 * From ToUnicode; else, of a simple font, from the names in its Differences or
 * from the code page of the system that wrote it. For text/pdf_words.
 */
#ifndef TEXT_PDF_FONT_H
#define TEXT_PDF_FONT_H

#include "text/pdf_objects.h"

struct pdf_font_page;

struct pdf_font {
	const struct pdf_object *object;
	bool wide;                   /* two bytes make a code */
	bool known;                  /* its letters can be told at all */
	struct pdf_font_page *pages; /* of 256 codes: one, or 256 */
};

void pdf_font_read(struct pdf_font *out, struct pdf_file *f, const struct pdf_object *o);
/* UTF-16, of one that is known; 0: no letter. The code is of one byte, or of two
 * when it is wide. */
uint16_t pdf_font_letter(const struct pdf_font *font, unsigned code);

#endif
