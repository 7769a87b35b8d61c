/*
 * pdf - how many pages a PDF has, when that is cheaply and surely known.
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

#endif
