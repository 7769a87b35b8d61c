/*
 * fetchlog - what became of each address the audit asked for.
 *
 * A WARC file has no record for "no answer"; this table has a row for every
 * attempt, answered or not, with an outcome of a closed list. It is a CSV file
 * with the header of fetchlog_header(): one for each school, beside its WARC.
 * Writer: gather. Reader: judge.
 *
 * Texts of a row are views: of the caller's when writing, of the arena when
 * reading.
 */
#ifndef TEXT_FETCHLOG_H
#define TEXT_FETCHLOG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

enum fetch_outcome {
	FETCH_OK, /* an answer of the 200s with a body, as far as `truncated` says */
	/* An answer, but not a page: */
	FETCH_STATUS,     /* 4xx, 5xx, or another status that is no page */
	FETCH_EMPTY,      /* 200 without a body, 204, 206 */
	FETCH_CUT,        /* the body ended before its announced end, or its chunks are broken */
	FETCH_BOMB,       /* swells beyond the ratio when unpacked */
	FETCH_BROKEN,     /* compression damaged in the middle */
	FETCH_RATE,       /* 429 or 503 to the end */
	FETCH_REDIRECT,   /* more redirects than allowed */
	FETCH_LOOP,       /* redirects in a circle with nothing changed */
	FETCH_BAD_TARGET, /* a redirect to what is no web address */
	FETCH_BAD_ANSWER, /* not HTTP, or a head over the bounds */
	/* No answer: */
	FETCH_NO_NAME,    /* the name does not exist (NXDOMAIN) */
	FETCH_DNS,        /* the name could not be looked up */
	FETCH_REFUSED,    /* connection refused or unreachable */
	FETCH_CONNECT,    /* no connection in time */
	FETCH_TLS,        /* no common TLS: old version, GOST only, handshake failed or too slow */
	FETCH_CLOSED,     /* closed or reset before an answer */
	FETCH_FIRST_BYTE, /* connected, but no answer in time */
	FETCH_SLOW,       /* the answer drips below the lowest speed */
	FETCH_TIME,       /* the answer took longer than the total time */
	/* Not asked: */
	FETCH_PRIVATE,     /* a private, loopback or link-local address */
	FETCH_ROBOTS,      /* robots.txt forbids it */
	FETCH_NO_ROBOTS,   /* robots.txt cannot be reached: nothing may be asked */
	FETCH_CRAWL_DELAY, /* robots.txt wants a longer delay than we can wait */
	FETCH_BLOCKED,     /* the home page stopped answering in the middle of the visit */
	FETCH_BUDGET,      /* pages, depth or time of the school are spent */
	FETCH_TRAP,        /* an endless address */
	FETCH_FOREIGN,     /* redirected to a host that is not the school's, and not followed */
	FETCH_BAD_URL,     /* cannot be read as a web address, or too long */
	FETCH_OUTCOMES
};

/* The word of the table: "ok", "no-name" … ; -1 for an unknown one. */
const char *fetch_outcome_name(enum fetch_outcome outcome);
int fetch_outcome_parse(struct str name);
/* A sentence's part for people, translated: "the name does not exist". */
const char *fetch_outcome_text(enum fetch_outcome outcome);

/* Why it was asked. */
enum fetch_role {
	FETCH_PAGE,   /* a page of the school */
	FETCH_FILE,   /* a document that a page links to */
	FETCH_RULES,  /* robots.txt */
	FETCH_PROBE,  /* an address that cannot exist: what does the server say? */
	FETCH_CANARY, /* the home page once more, after a failure */
	FETCH_CLOUD,  /* the public interface of a file store */
	FETCH_ROLES
};
const char *fetch_role_name(enum fetch_role role);
int fetch_role_parse(struct str name);

/* What verification said of the certificate; all but OK and NONE were read
 * once more without verification, for reading only. */
enum fetch_certificate {
	FETCH_CERT_NONE, /* http */
	FETCH_CERT_OK,
	FETCH_CERT_INCOMPLETE, /* the chain leads to no root we know: often one not sent */
	FETCH_CERT_SELF,       /* self-signed */
	FETCH_CERT_EXPIRED,    /* or not yet valid */
	FETCH_CERT_HOST,       /* for another name */
	FETCH_CERT_OTHER,
	FETCH_CERTS
};
const char *fetch_certificate_name(enum fetch_certificate certificate);
int fetch_certificate_parse(struct str name);

struct fetch_row {
	struct str time; /* UTC, 2022-09-15T10:20:30Z */
	enum fetch_role role;
	struct str url;    /* that was asked for */
	struct str final;  /* after the redirects; empty: the same or no answer */
	struct str source; /* the page that links to it; empty: none */
	unsigned depth;    /* links from the home page */
	unsigned attempt;  /* 1, 2, 3 */
	enum fetch_outcome outcome;
	int status;           /* of the last answer; 0 none */
	uint64_t ms;          /* from the first byte sent to the last received, all hops */
	uint64_t bytes;       /* of the body, decoded */
	struct str truncated; /* as in WARC: length, time, disconnect; empty: whole */
	struct str sha256;    /* of the whole decoded body, also when the record is cut */
	int64_t offset;       /* of the last response in the WARC file; -1: none */
	struct str ip;
	enum fetch_certificate certificate;
	struct str chain; /* "301 https://… | 302 https://…": where each redirect led */
	struct str note;  /* body notes, the library's words on a failure */
};

void fetchlog_header(struct buf *out);
void fetchlog_write(struct buf *out, const struct fetch_row *row);

struct fetchlog {
	struct fetch_row *rows; /* [count], in the order of the file */
	size_t count, cap;
};
/* 0, or -1 with messages. */
int fetchlog_read(
    struct fetchlog *out, struct arena *a, const char *file, struct str bytes, struct diag *diag);

#endif
