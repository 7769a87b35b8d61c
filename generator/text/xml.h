/*
 * xml - a writer that cannot produce wrong XML.
 *
 * Begin with XML_INIT(buf); xml_begin() opens an element, xml_attr() and
 * xml_url() give attributes while nothing stands in it, xml_text() gives its
 * text, xml_end() closes the innermost; xml_leaf() is an element that holds
 * only a text. Ask xml_done() at the end: 0, or -1 when nothing was written,
 * an element was left open, something was put where it may not stand (a
 * mistake of the program: what follows it is not written), or the buf is past
 * its limit.
 *
 * The declaration comes first by itself. Elements whose parent holds no text
 * begin a new line. Names are the program's own; texts are anybody's: what
 * XML forbids even escaped (control characters, malformed UTF-8, U+FFFE)
 * becomes U+FFFD, and blanks of attributes survive being read.
 */
#ifndef TEXT_XML_H
#define TEXT_XML_H

#include "base/buf.h"
#include "base/str.h"

enum { XML_DEPTH = 16 };

struct xml {
	struct buf *out;
	const char *names[XML_DEPTH]; /* of the open elements, borrowed */
	bool mixed[XML_DEPTH];        /* has text of its own */
	int depth;
	bool in_tag; /* the start tag is not closed yet */
	bool done, failed;
};

#define XML_INIT(b) \
	{ \
		.out = (b) \
	}

void xml_begin(struct xml *x, const char *name);
void xml_attr(struct xml *x, const char *name, struct str text);
/* An address: what may not stand in one is percent-encoded first. */
void xml_url(struct xml *x, const char *name, struct str url);
void xml_text(struct xml *x, struct str text);
void xml_text_url(struct xml *x, struct str url);
void xml_leaf(struct xml *x, const char *name, struct str text);
void xml_end(struct xml *x);
int xml_done(struct xml *x);

#endif
