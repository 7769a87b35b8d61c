/*
 * audit_answer - what one school's site answered: the input of the judge.
 *
 * Made by the job from the fetch log and the WARC file of a school, and from
 * nothing else, so that judging a second time gives the same. One struct for
 * each row of the log that tells how asking for an address ended at last (of
 * several attempts the last; robots.txt and canaries may be left out or not).
 * Rows, heads and bodies are borrowed; nothing of them is changed.
 *
 * Addresses are as in the log: serialised by text/url, without fragment.
 */
#ifndef COMPUTE_AUDIT_ANSWER_H
#define COMPUTE_AUDIT_ANSWER_H

#include "model/tables.h"
#include "text/fetchlog.h"
#include "text/http.h"

struct answer {
	const struct fetch_row *row;
	struct http_head head; /* of the last answer; status 0: there was none */
	struct str body;       /* decoded; only its beginning where row->truncated */
};

struct answers {
	const struct school *school;
	struct answer *items; /* in the order of the log: the home page comes first */
	size_t count;
	const char *warc; /* name of the file */
	/* Prefixes that are the school's: of its address in schools.csv and of its
	 * other addresses, as url_within() takes them. The first is the site. */
	const struct str *places;
	size_t nplaces;
	/* What only the school's own pages say, for a site that moved to a host that
	 * nobody named: its number at the tax office, or empty. Its name is in school. */
	struct str inn;
};

#endif
