/*
 * checklist - what the audit looks for, ready for use.
 *
 * checklist_compile() turns the rows of audit-checklist.csv (or
 * audit-order-1493.csv) that hold on a day into rules with compiled patterns;
 * signatures_compile() does it for audit-signatures.csv: pages that only look
 * like an answer. Wrong patterns go to diag with their file, line and column,
 * and the rest is still compiled. checklist_examples() runs the examples of
 * each row: those that must fit and those that must not. What several items
 * look for stands in audit-words.csv (model/audit_words).
 *
 * A department may have a list of its own, data/<dept>/audit-checklist.csv. It
 * stands in place of the site's whole: what is to be looked for in that
 * department is what stands there, and nothing else. The marks of order 1493 are
 * no department's to choose; they follow in both. checklist_own() reads it.
 *
 * `version` is a fingerprint of all that a verdict depends on: two rounds with
 * the same version judged by the same rules.
 *
 * Patterns look at folded text (text/fold). End with checklist_clear() and
 * signatures_clear(); a checklist is used by one thread at a time.
 */
#ifndef MODEL_CHECKLIST_H
#define MODEL_CHECKLIST_H

#include "base/diag.h"
#include "model/table.h"
#include "text/pattern.h"
#include "text/sniff.h"

enum { CHECKLIST_VERSION = 12 };

struct checklist_rule {
	const struct checklist_item *item;
	/* NULL where the row says nothing */
	struct pattern *section, *words, *exclude, *text, *not_applicable;
};

struct checklist {
	struct checklist_rule *rules; /* in the order of the file */
	size_t count;
	struct pattern_set *patterns;
	char version[CHECKLIST_VERSION + 1];
};

struct signature_rule {
	const struct audit_signature *signature;
	struct pattern *pattern;
};

struct signatures {
	struct signature_rule *rules;
	size_t count;
	struct pattern_set *patterns;
};

/* The list of a department: the file's rows, then the rows of order 1493 of the
 * site's list. 0, or -1 when the file is wrong. */
int checklist_own(struct table *out, struct arena *a, const struct table *site, const char *file,
    struct str bytes, struct diag *diag);
/* Where the file could not be read: nothing is known of its rows. */
void checklist_own_lost(
    struct table *out, struct arena *a, const struct table *site, const char *file);
/* Is it a row of order 1493? */
bool checklist_is_order(const struct checklist_item *item);

/* words: of audit-words.csv, or NULL. bytes: of the file that the items were
 * read from, for the places of messages; may be empty. 0, or -1 when a pattern
 * is wrong. */
int checklist_compile(struct checklist *out, struct arena *a, const struct table *items,
    const struct table *words, struct date day, struct str bytes, struct diag *diag);
/* 0, or -1 and messages. */
int checklist_examples(
    const struct checklist *c, const struct table *items, struct str bytes, struct diag *diag);
void checklist_clear(struct checklist *c);
/* The rule of an item by its id, or NULL. */
const struct checklist_rule *checklist_rule(const struct checklist *c, const char *item);
/* Do the names of something (folded, one per line) fit the words and no
 * exclude? 1, 0, or PATTERN_LIMIT when a pattern gave up: nobody knows. hard:
 * see pattern_find_name(). */
int checklist_fits(const struct checklist_rule *r, struct str folded, unsigned *hard);

/* Compiles the words for themselves and runs their examples: 0, or -1 and messages. */
int words_examples(const struct table *words, struct str bytes, struct diag *diag);

int signatures_compile(struct signatures *out, struct arena *a, const struct table *rows,
    struct str bytes, struct diag *diag);
int signatures_examples(
    const struct signatures *s, const struct table *rows, struct str bytes, struct diag *diag);
void signatures_clear(struct signatures *s);

#endif
