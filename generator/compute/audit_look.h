/*
 * audit_look - the answers of a school, each looked at once.
 *
 * audit_site_begin() takes the answers apart: addresses, types, encodings,
 * pages, the lines that all pages share, and how each host says "not found".
 * audit_look_find() gives what is known of an address; documents are opened
 * only when somebody asks for their text (audit_look_text).
 *
 * `bad` says why an answer is not what was asked for: no answer, an error, a
 * wall, a placeholder, a disguised "not found".
 */
#ifndef COMPUTE_AUDIT_LOOK_H
#define COMPUTE_AUDIT_LOOK_H

#include "base/map.h"
#include "compute/audit_answer.h"
#include "compute/audit_candidates.h"
#include "compute/audit_print.h"
#include "compute/audit_reason.h"
#include "text/pdf.h"
#include "text/sniff.h"
#include "text/url.h"
#include "text/webcharset.h"

struct audit_look {
	const struct answer *answer;
	struct url asked, url; /* url: after the redirects */
	bool has_url;
	struct url base; /* of a page: what its links are resolved against */
	enum sniff type;
	bool page; /* HTML, and read */
	bool ours; /* the final address is the school's */
	struct webcharset charset;
	struct htmldoc doc;
	struct str source;        /* its beginning, as UTF-8 */
	struct page_names *names; /* of pages of the school */
	struct str lines;         /* of the page, folded */
	struct str own;           /* those of them that are its own */
	size_t own_letters;       /* audit_letters() of them */
	struct audit_print print;
	enum audit_reason bad;
	struct str detail; /* of bad */
	/* after audit_look_text(): */
	bool opened, text_known;
	struct str text;               /* folded */
	struct date written, modified; /* by the document's properties, by the header */
	enum pdf_text pdf;
};

struct audit_site {
	struct arena *a;
	const struct answers *answers;
	const struct signatures *signatures;
	struct date day;
	bool russian;
	struct audit_look *looks; /* [answers->count] */
	struct map by_url;        /* url_key of asked and final addresses → look */
	struct audit_look *home;  /* or NULL */
	struct audit_template lines;
	struct url *places; /* [nplaces] */
	size_t nplaces;
	struct map seen;       /* links, for page_names() */
	struct map home_lines; /* folded lines of the home page */
};

void audit_site_begin(struct audit_site *s, struct arena *a, const struct answers *answers,
    const struct signatures *signatures, struct date day);
/* What is known of an address, or NULL. Of an address that did not open in the
 * encoding of its page and did in UTF-8, the latter. */
struct audit_look *audit_look_find(const struct audit_site *s, const struct url *u);
/* What the links of a page are resolved against: its <base>, else its address. */
struct url audit_base_of(struct arena *a, const struct htmldoc *doc, const struct url *page);
/* The address of a link of the page, in its encoding. False: it cannot be asked for. */
bool audit_look_link(
    struct url *out, const struct audit_site *s, const struct audit_look *page, struct str href);
void audit_look_text(struct audit_site *s, struct audit_look *look);
/* The first signature of that kind that fits a text of that place, or NULL;
 * then gave_up, unless NULL, becomes true when a pattern could not tell. */
const struct audit_signature *audit_signature_find(const struct signatures *s,
    enum signature_kind kind, enum signature_where where, struct str text, size_t letters,
    bool *gave_up);
/* Is the address the school's? */
bool audit_is_ours(const struct audit_site *s, const struct url *u);
/* Letters and digits of a text. */
size_t audit_letters(struct str text);

#endif
