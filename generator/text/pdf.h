/*
 * pdf - how many pages a PDF has, and whether there is text on them.
 *
 * pdf_pages() follows the file's own index (ISO 32000-1, 7.5): the last
 * cross-reference table, the trailer, the catalogue, the root of the pages
 * and its count. 0 when the file is none of that plain kind (a compressed
 * index, or anything that does not hold together): then it is not known.
 * The bytes are anybody's; nothing is read past them and nothing loops.
 */
#ifndef TEXT_PDF_H
#define TEXT_PDF_H

#include "base/str.h"

unsigned pdf_pages(struct str bytes);

/*
 * pdf_text() looks whether anything is written in it, or whether it is only
 * pictures of paper: for a scan there is an image and no stream that shows
 * text. Unknown where the file is encrypted, cut off, or of a kind that is not
 * unpacked here. Not all of a long file is looked at.
 */
enum pdf_text { PDF_TEXT_UNKNOWN, PDF_TEXT_THERE, PDF_TEXT_NONE };

enum pdf_text pdf_text(struct str bytes);

#endif
