/*
 * webcharset_tables - the data of text/webcharset: letters of the single-byte
 * encodings, and which letters follow each other in Russian.
 */
#ifndef TEXT_WEBCHARSET_TABLES_H
#define TEXT_WEBCHARSET_TABLES_H

#include "text/webcharset.h"

/* Code points of the bytes from 0x80 on (0: that byte means nothing), or NULL
 * for what is no single-byte encoding. */
const uint16_t *webcharset_upper(const char *name);
/* How usual it is that the one small Cyrillic letter follows the other: 0 to 9. */
int webcharset_pair(int32_t first, int32_t second);

#endif
