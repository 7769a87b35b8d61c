/*
 * htmldoc - what a web page says: its text, its links with all that names
 * them, and its itemprop marks.
 *
 * htmldoc_read() takes the page as UTF-8 (text/webcharset) and makes values;
 * the parser's tree does not outlive the call. A page may be anything: before
 * parsing, its length and its nesting are looked at, and while parsing, the
 * parser's memory and the depth of its tree, since it needs minutes and
 * gigabytes for tens of thousands of nested tags. A page past a bound gives -1
 * and `refused` says which; nothing else fails.
 *
 * A link has many names, for its own words are often "скачать": the text
 * inside, alt and title of what is inside, its own title and aria-label, the
 * nearest heading before it, all headings above it, the first cell of its
 * table row with the header of its column, and, in a menu, the titles of the
 * levels above. All text is as written, with runs of blanks as one space, and
 * UTF-8; fold_text() makes it comparable. Addresses are as written too: the
 * caller resolves them against `base` and the address of the page. The file that
 * a viewer shows (?file=/x.pdf) is a link of its own, with the names of the frame
 * or link that leads to the viewer.
 *
 * Hidden text (hidden, display:none, aria-hidden, <details>, <template>)
 * is read like other text and marked, because accordions are made of it.
 * Scripts and styles are no text. Embedded JSON (__NEXT_DATA__, JSON-LD, Nuxt)
 * is kept as `json`; where the page itself says next to nothing, its texts and
 * links are those of the page.
 */
#ifndef TEXT_HTMLDOC_H
#define TEXT_HTMLDOC_H

#include "base/arena.h"
#include "base/str.h"

enum {
	HTMLDOC_BYTES = 16 * 1024 * 1024,   /* as UTF-8: of 8 MiB in an old encoding */
	HTMLDOC_DEPTH = 512,                /* open tags within each other */
	HTMLDOC_NODES = 400000,             /* tags and comments in the source */
	HTMLDOC_MEMORY = 256 * 1024 * 1024, /* of the parser */
	HTMLDOC_LINKS = 20000,
	HTMLDOC_NAME = 1000,   /* bytes of one name of a link; longer ones are cut */
	HTMLDOC_LETTERS = 200, /* a page with fewer may be drawn by scripts */
	HTMLDOC_HREF = 8192,   /* longer addresses are cut and marked */
};

enum htmldoc_refusal {
	HTMLDOC_READ,
	HTMLDOC_TOO_LONG,
	HTMLDOC_TOO_DEEP,
	HTMLDOC_TOO_MANY, /* tags, or what the parser makes of them */
};

/* Where the address of a link stands. The last kinds cannot be followed: they
 * are listed with their text, never silently left out. */
enum htmldoc_kind {
	HTMLDOC_A,
	HTMLDOC_AREA,
	HTMLDOC_FRAME,   /* frame, iframe */
	HTMLDOC_OBJECT,  /* object data, embed src */
	HTMLDOC_REFRESH, /* <meta http-equiv=refresh> */
	HTMLDOC_JSON,    /* of embedded JSON */
	HTMLDOC_SCRIPT,  /* javascript:, onclick, data-href, <button>: not checkable */
};

struct htmldoc_link {
	enum htmldoc_kind kind;
	struct str href;     /* as written; of SCRIPT what stands in data-href, or empty */
	struct str text;     /* of the content */
	struct str alt;      /* alt and title of pictures inside */
	struct str title;    /* title of the link */
	struct str aria;     /* its aria-label */
	struct str heading;  /* the nearest heading before it */
	struct str headings; /* all above it, "Документы > Положения" */
	struct str row;      /* first cell of its table row, and header of its column */
	struct str around;   /* text of its paragraph, list item or cell */
	struct str menu; /* titles of the menu levels above, "Сведения > Документы" */
	size_t at;       /* place in `text` of the page, in bytes */
	bool hidden;
	bool long_href;
};

/* A heading (h1-h6), and what of the page's text stands under it. */
struct htmldoc_heading {
	struct str text;
	int level;
	size_t from, to; /* bytes of `text`, up to the next heading of its level or above */
	bool hidden;
};

/* One value of one itemprop attribute. The parent is the nearest marked tag
 * around it. */
struct htmldoc_prop {
	struct str name;    /* cleaned: no quotes, no blanks around */
	struct str written; /* the whole attribute as it stands there */
	struct str text;    /* of the content, or of `content`, or href */
	struct str href;    /* first address inside, or its own */
	size_t parent;  /* index of the first value of the marked tag around it, or HTMLDOC_NONE */
	size_t element; /* number of the marked tag: values of one attribute share it */
	bool sloppy;    /* quotes or blanks had to be taken off */
	bool hidden;
};

#define HTMLDOC_NONE ((size_t)-1)

struct htmldoc {
	enum htmldoc_refusal refused;
	struct str title;
	struct str base; /* of the first <base href>, as written; p NULL: none */
	struct str text; /* all of it; block elements part it with line feeds */
	struct str hidden_text;
	struct htmldoc_link *links;
	size_t nlinks;
	struct htmldoc_heading *headings;
	size_t nheadings;
	struct htmldoc_prop *props;
	size_t nprops;
	struct str json;        /* embedded data, one piece after the other */
	struct str description; /* <meta name=description>, og:title */
	struct str script;      /* the beginning of the inline scripts, for signatures */
	size_t letters;         /* of `text` */
	size_t scripts;         /* <script> tags */
	size_t pictures;        /* <img> tags */
	bool root;              /* an empty <div id=root|app|__next|__nuxt> */
	bool form_password;     /* a field for a password: a page of login */
	bool more_links;        /* past HTMLDOC_LINKS */
};

int htmldoc_read(struct htmldoc *out, struct arena *a, struct str html);
/* Is there nothing without scripts: less than HTMLDOC_LETTERS, also in embedded
 * data, and more than two scripts or an element that they fill? */
bool htmldoc_needs_scripts(const struct htmldoc *d);

#endif
