/*
 * audit_reason - why an audit says what it says, in words of the site.
 *
 * The audit's files are data of the department, in the language of its site
 * and not of whoever runs the program, so these words are not messages: they
 * stand here in both languages. audit_reason_find() goes back from the words
 * of a file to the reason, for pages and letters.
 */
#ifndef COMPUTE_AUDIT_REASON_H
#define COMPUTE_AUDIT_REASON_H

#include "base/buf.h"
#include "base/str.h"
#include "model/tables.h"

/* In the order of what they mean: see audit_reason_found(). */
enum audit_reason {
	REASON_NONE,
	/* yes */
	REASON_FOUND,
	REASON_FOUND_ON_PAGE, /* the page itself says it, no document */
	REASON_FOUND_MARKED,  /* by its itemprop */
	/* no */
	REASON_NO_LINK,
	REASON_TOO_FEW,       /* less than at_least */
	REASON_NO_MARK,       /* no such itemprop */
	REASON_WORDS_MISSING, /* the target does not say what it should */
	/* defective */
	REASON_STATUS, /* 404 and the like */
	REASON_SOFT_404,
	REASON_TO_HOME, /* the link ends at the home page */
	REASON_WRONG_TYPE,
	REASON_PAGE_INSTEAD, /* an HTML page where a document was promised */
	REASON_EMPTY,
	REASON_BARE_PAGE,   /* a page with a heading, and nothing under it */
	REASON_PLACEHOLDER, /* "Данные обновляются" */
	REASON_TOO_OLD,
	REASON_OTHER_YEAR, /* of another school year */
	REASON_OFF_SITE,
	REASON_LOGIN,
	REASON_BAD_LINK, /* an address that leads nowhere: "www.x.ru/…", "C:\…" */
	REASON_CLOUD_MISSING,
	REASON_DEAD_HOST,   /* a link to a host that does not exist */
	REASON_MARK_ORPHAN, /* marked outside of its parent */
	REASON_MARK_EMPTY,  /* marked, and nothing in it */
	/* not checked */
	REASON_DNS,
	REASON_CONNECT,
	REASON_TIMEOUT,
	REASON_TLS,
	REASON_DISCONNECT,
	REASON_MALFORMED,
	REASON_REDIRECTS,
	REASON_ROBOTS,
	REASON_ROBOTS_UNREACHABLE,
	REASON_CRAWL_DELAY, /* longer than we can wait */
	REASON_RATE_LIMIT,
	REASON_PRIVATE,
	REASON_BOMB,
	REASON_BLOCKED,
	REASON_BUDGET,
	REASON_NEEDS_SCRIPTS,
	REASON_BOT_WALL,
	REASON_SITE_CLOSED, /* parking, hosting not paid, suspended */
	REASON_FOREIGN_HOST,
	REASON_SERVER_ERROR, /* 5xx */
	REASON_REFUSED,      /* 401, 403, 451 */
	REASON_NOT_ASKED,
	REASON_EMPTY_ANSWER, /* 200 without a body, 204, 206 */
	REASON_TRUNCATED,
	REASON_CLOUD,         /* a cloud disk that does not say */
	REASON_NOT_CHECKABLE, /* a link made by a script */
	REASON_PAGE_REFUSED,  /* nested too deep, too long */
	REASON_GAVE_UP,       /* a pattern of the check list took too many steps */
	REASON_JUDGE_LIMIT,   /* judging it takes too much time */
	REASON_JUDGE_FAILED,  /* judging it takes too much memory, or breaks the program */
	REASON_NO_SITE,       /* schools.csv names no address */
	/* not applicable */
	REASON_SAYS_ABSENT,
	AUDIT_REASONS
};

/* What should be said beside the verdict; the `note` of a row. */
enum audit_remark {
	REMARK_NONE,
	REMARK_OFF_SITE,
	REMARK_SCAN,
	REMARK_TEXT_UNREAD,
	REMARK_HIDDEN,
	REMARK_CERTIFICATE,
	REMARK_SAME_FILE,
	REMARK_SLOPPY_MARK,
	REMARK_MARK_CASE,
	REMARK_BARE_ADDRESS,
	REMARK_CHARSET,
	REMARK_CARD,
	REMARK_SIGNATURE,
	REMARK_ARCHIVE,
	REMARK_TRUNCATED,
	REMARK_BY_HEADING,
	REMARK_BARE_PAGE,
	AUDIT_REMARKS,
	AUDIT_REMARKS_KEPT = 6
};

/* Stable id: "soft-404". */
const char *audit_reason_id(enum audit_reason r);
/* One clause with a capital; detail, when there is one, after a colon. */
void audit_reason_write(struct buf *out, enum audit_reason r, struct str detail, bool russian);
const char *audit_remark_words(enum audit_remark r, bool russian);
/* The reason that a cell of an audit file begins with, or REASON_NONE. */
enum audit_reason audit_reason_find(struct str text);
/* The outcome that a reason belongs to: enum found. */
int audit_reason_found(enum audit_reason r);

#endif
