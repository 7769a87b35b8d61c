/*
 * sniff - what a file is, by its bytes.
 *
 * The name of a file and its Content-Type are claims of servers that are
 * often wrong; the first bytes are not. A ZIP is looked into by its names: it
 * may be an office document. The beginning of a file is enough, but then a ZIP
 * is told by what of it is there.
 */
#ifndef TEXT_SNIFF_H
#define TEXT_SNIFF_H

#include "base/str.h"

enum sniff {
	SNIFF_EMPTY,
	SNIFF_BINARY, /* nothing that is known here */
	SNIFF_TEXT,
	SNIFF_HTML,
	SNIFF_XML,
	SNIFF_JSON,
	SNIFF_PDF,
	SNIFF_DOC,
	SNIFF_XLS,
	SNIFF_PPT,
	SNIFF_OLE, /* the container of the three, with something else in it */
	SNIFF_RTF,
	SNIFF_DOCX,
	SNIFF_XLSX,
	SNIFF_PPTX,
	SNIFF_ODT,
	SNIFF_ODS,
	SNIFF_ODP,
	SNIFF_ZIP,
	SNIFF_RAR,
	SNIFF_7Z,
	SNIFF_GZIP,
	SNIFF_JPEG,
	SNIFF_PNG,
	SNIFF_GIF,
	SNIFF_SIG, /* a detached signature: PKCS #7 */
	SNIFF_TYPES
};

/* "empty", "binary", "text", "html", …, "docx": the words of a checklist's types. */
extern const char *const sniff_words[SNIFF_TYPES + 1];

enum sniff sniff_type(struct str bytes);
/* Is the type among the words of a list parted by blanks, commas or "|"? The
 * word "any" and an empty list fit all; "image" fits jpeg, png and gif, "document"
 * what sniff_is_document() says. */
bool sniff_fits(enum sniff type, struct str list);
/* A document that people open, as against pages, archives and unknown bytes. */
bool sniff_is_document(enum sniff type);
/* Does the ending of a path promise a document, or an archive of some? */
bool sniff_names_document(struct str path);

#endif
