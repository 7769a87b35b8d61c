/*
 * fact - what a reader of the site can see, as values under stable keys.
 *
 * facts_take() goes over one computed department and gives its facts, sorted:
 * who gets support, indicators with their status, documents, the road map,
 * the data. Two versions of a department are compared by their facts
 * (compute/change); text is never compared to find a number.
 *
 * A fact is what one key stands for (a school on the list of a method and a
 * year, an indicator in a year, a row of results), and its fields are what is
 * told of it. Values stay exact: sentences are made by who shows them, in the
 * language of the page (render) or of the reader of a message (job).
 *
 *	kind            subject          part                    year    fields
 *	IDENTIFICATION  school           method                  list    result score fragile rules
 *	                                                                 verdicts
 *	DECLARED        school, or ""    category                list    until count document
 *	INDICATOR       indicator        ""                      yes     value target status evidence
 *	                                                                 note; 0: columns of the table
 *	DOCUMENT        path of content  ""                      0       title kind date number issuer
 *	                                                                 cycle follows schools file text
 *	EVENT           path of content  ""                      0       title date place roadmap text
 *	PAGE            path of content  ""                      0       title text; what index.md and
 *	                                                                 programme.md say; contact/<n>
 *	ROADMAP         item             ""                      0       columns of the table
 *	SCHOOL          school           ""                      0       columns of the table
 *	SUPPORT         school           supporter/kind          0       from to document
 *	METHOD          method           ""                      0       title parameters text;
 *	                                                                 rule/<id>, term/<metric>
 *	AUDIT           school           YYYY-MM-DD/item         yes     found
 *	FACTOR          school           factor                  yes     present basis
 *	RESULT          school, or ""    procedure/scope         yes     columns of the table
 *	CONTEXT         school, or ""    scope                   yes     metrics, by id
 *	ROW             key              table                   0       columns of the table
 *
 * A field is named by the column or metric it comes from, or as above; a WORD
 * is the canonical word of its closed list ("identified", "no-data", "held").
 *
 * Everything was asked of compute/disclosure: what the level does not publish
 * is no fact, and what a page shows as hidden is a field with `hidden` and no
 * value. Facts of an earlier version are taken after disclosure_init_under(),
 * so that they obey the settings of today.
 *
 * Facts can be kept in a file: facts_write() gives lines of text, facts_read()
 * takes them back or says that they are damaged.
 *
 * Everything lives in the arena given; texts may be borrowed from the
 * department, which must then live as long.
 */
#ifndef COMPUTE_FACT_H
#define COMPUTE_FACT_H

#include "compute/disclosure.h"

/* In the order in which changes of them are read. */
enum fact_kind {
	FACT_IDENTIFICATION,
	FACT_DECLARED,
	FACT_INDICATOR,
	FACT_DOCUMENT,
	FACT_EVENT,
	FACT_PAGE,
	FACT_ROADMAP,
	FACT_SCHOOL,
	FACT_SUPPORT,
	FACT_METHOD,
	FACT_AUDIT,
	FACT_FACTOR,
	FACT_RESULT,
	FACT_CONTEXT,
	FACT_ROW,
	FACT_KINDS
};
extern const char *const fact_kinds[]; /* words: "identification", … */

enum fact_form {
	FACT_NUMBER,
	FACT_PERCENT,
	FACT_YESNO, /* number 1 or 0 */
	FACT_WORD,  /* text: canonical word of a closed list */
	FACT_DATE,
	FACT_TEXT,
	FACT_BODY, /* a long text or a file: text is its fingerprint, not for readers */
	FACT_FORMS
};

struct fact_field {
	const char *name;  /* column, metric id, or as above */
	const char *title; /* of a metric or parameter; NULL: the name says it */
	enum fact_form form;
	bool hidden;        /* then nothing below is set, but beneath */
	struct frac number; /* NUMBER PERCENT YESNO */
	struct frac k, n;   /* what a share is made of, or unset; a score: n possible */
	struct date date;
	const char *text; /* WORD TEXT BODY; else NULL */
	/*
	 * Fingerprint of the hidden cells that this sum or share contains; 0:
	 * none. Two versions of a sum may be told only while the same cells, with
	 * the same values, are hidden beneath both: else their difference would
	 * tell a hidden one. Never shown.
	 */
	uint64_t beneath;
};

struct fact {
	enum fact_kind kind;
	int year;                        /* 0: none */
	const char *part, *subject;      /* of the key; "" where there is none */
	const char *part_title, *title;  /* of both, for readers; "" where there is none */
	const struct fact_field *fields; /* what is missing is not there */
	size_t nfields;
};

struct facts {
	struct fact *items; /* sorted by fact_cmp() */
	size_t count, cap;
};

void facts_take(struct facts *out, struct arena *a, const struct disclosure *x,
    const struct identifications *ids, const struct assessment *assessment);

/* By key: kind, year, part, subject. */
int fact_cmp(const struct fact *x, const struct fact *y);
const struct fact *facts_find(const struct facts *all, const struct fact *key); /* or NULL */
const struct fact_field *fact_field(const struct fact *f, const char *name);    /* or NULL */
/* Do two fields say the same? Hidden ones always do. */
bool fact_same(const struct fact_field *x, const struct fact_field *y);

/* Text of one line per fact and field, after a line with the number of facts. */
void facts_write(struct buf *out, const struct facts *facts);
/*
 * Takes one such text off the front of *rest. 0, or -1: it is damaged, or made
 * by another program; nothing of it is to be believed then.
 */
int facts_read(struct facts *out, struct arena *a, struct str *rest);

#endif
