/*
 * audit_judge - from the answers of one school to a verdict for each item.
 *
 * audit_judge() is a pure function of the answers, the checklist, the
 * signatures and the day. Every verdict has a reason in words and its
 * evidence. Outcomes:
 *
 *	yes             found, and what the link leads to is what it says
 *	no              looked everywhere, and it is not there
 *	defective       a link is there, but its target is broken, of a wrong
 *	                type, a disguised "not found", a placeholder, or too old
 *	not-checked     it could not be found out, and why
 *	not-applicable  the school has nothing to publish, with its ground
 *
 * "not-checked" is never "no": where the pages that might hold an item did
 * not answer, nobody knows. Of several candidates the best verdict counts.
 *
 * Everything lives in the arena; texts of the answers are borrowed.
 */
#ifndef COMPUTE_AUDIT_JUDGE_H
#define COMPUTE_AUDIT_JUDGE_H

#include "compute/audit_answer.h"
#include "compute/audit_reason.h"
#include "model/checklist.h"

struct finding {
	const struct school *school;
	const struct checklist_item *item;
	int found; /* enum found */
	enum audit_reason reason;
	enum audit_remark remarks[AUDIT_REMARKS_KEPT]; /* REMARK_NONE ends */
	struct str detail;  /* of the reason: a date, a type, a status, words found */
	struct str listing; /* what a cloud disk says of the file or folder, in words */
	struct str url, link_text;
	int status;
	struct str fetched;
	struct str sha256;
	/* evidence */
	struct str source_page, chain, heading, warc;
	int64_t offset;          /* -1: none */
	struct str charset_rule; /* "windows-1251, meta" */
	enum fetch_certificate certificate;
	const char *checklist; /* version */
	struct date date;      /* as its name, its text or its properties say */
	struct date modified;  /* as the server says */
	struct str type;       /* sniff word */
	uint64_t size;         /* bytes */
	bool look;             /* a person should look at it */
};

struct judged {
	struct finding *findings; /* one per rule of the checklist, in its order */
	size_t count;
	enum audit_reason site; /* why nothing could be checked, or REASON_NONE */
	size_t pages, documents, failures;
	/* links of the school's pages that cannot be followed by any machine, and
	 * fit an item: for the person who looks */
	size_t uncheckable;
};

struct judging {
	const struct answers *answers;
	const struct checklist *checklist;
	const struct signatures *signatures;
	struct date day;
	bool russian; /* the language of the site: that of listings */
};

void audit_judge(struct judged *out, struct arena *a, const struct judging *j);

#endif
