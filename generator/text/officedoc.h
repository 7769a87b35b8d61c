/*
 * officedoc - text, title and dates of DOCX, ODT, RTF and DOC files.
 *
 * officedoc_read() looks into the bytes of a file whose type sniff_type() has
 * told. Of DOCX (and XLSX, PPTX: properties only) it reads word/document.xml
 * and docProps/core.xml, of ODT (ODS, ODP) content.xml and meta.xml, of RTF the
 * plain text, of DOC its text and the dates of its summary (XLS, PPT: these). Nothing is written anywhere. Each part is bounded: at most
 * OFFICEDOC_PART bytes unpacked, OFFICEDOC_TEXT of text; no entities of a DTD,
 * no nesting past OFFICEDOC_DEPTH. What is cut off by a bound leaves
 * `truncated`; what cannot be read leaves `damaged` and what was read before.
 */
#ifndef TEXT_OFFICEDOC_H
#define TEXT_OFFICEDOC_H

#include "base/arena.h"
#include "base/date.h"
#include "text/sniff.h"

enum {
	OFFICEDOC_PART = 32 * 1024 * 1024,
	OFFICEDOC_TEXT = 4 * 1024 * 1024,
	OFFICEDOC_DEPTH = 256,
};

struct officedoc {
	struct str text; /* paragraphs end with a line feed */
	struct str title;
	struct date created, modified;
	bool truncated, damaged;
};

/* 0, or -1 when the type is none of these. All text lives in the arena. */
int officedoc_read(struct officedoc *out, struct arena *a, struct str bytes, enum sniff type);

#endif
