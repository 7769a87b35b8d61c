/*
 * officedoc_ole - text and dates of Word 97-2003 files, for text/officedoc.
 *
 * The container is a small file system of sectors ([MS-CFB]); the text lies
 * in pieces that a table names ([MS-DOC] 2.4.1); the dates are properties of
 * the summary ([MS-OLEPS]). Of other files in such a container only the
 * summary is read (words: false).
 */
#ifndef TEXT_OFFICEDOC_OLE_H
#define TEXT_OFFICEDOC_OLE_H

#include "text/officedoc.h"

void officedoc_ole(struct officedoc *out, struct arena *a, struct str bytes, bool words);

#endif
