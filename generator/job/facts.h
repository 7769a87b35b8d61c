/*
 * facts - what a reader sees of a department, in any version of the site.
 *
 * An edition is the site as it was in a commit, or as it lies in its folder
 * now. edition_open() reads what all departments share, then edition_facts()
 * computes one department after the other as a build would, as of one date,
 * but renders nothing. Order at the end: edition_facts_clear() for each, then
 * edition_close(), then repo_close().
 *
 * What cannot be read keeps nothing back: an edition with errors gives the facts
 * of what could be read, and says so (errors). Everything wrong goes to the
 * diag given; who asks about the past passes one and forgets it.
 *
 * Attachments are not read. Their fingerprint is the id that git knows them
 * by; of a file that differs from HEAD, that of its bytes.
 *
 * An edition belongs to one thread.
 */
#ifndef JOB_FACTS_H
#define JOB_FACTS_H

#include "compute/fact.h"
#include "job/load.h"
#include "sys/repo.h"

struct edition {
	struct load load;
	struct repo *repo;
	char commit[REPO_OID + 1]; /* "": as it lies in the folder */
	char head[REPO_OID + 1];   /* the commit, or the last one of the folder; "": none */
	bool readable;             /* there was a site */
	bool errors;               /* in what all departments share */
};

/* commit NULL: the folder. 0, or -1: there is no site to be read. */
int edition_open(
    struct edition *v, const char *site, struct repo *repo, const char *commit, struct diag *diag);
void edition_close(struct edition *v);
/* Ids of its departments, sorted; NULL at the end. */
const char *const *edition_departments(const struct edition *v);

/* How an edition is to be seen. */
struct edition_view {
	enum profile profile;
	struct date date;                     /* the build date */
	const struct disclosure_terms *terms; /* of the present; NULL: only its own */
};

struct edition_facts {
	struct department d;
	struct facts facts;
	struct disclosure_terms terms; /* its own, in d's arena; of nothing when it is not there */
	bool there;                    /* the department is in this edition */
	bool errors;
};

/* *out holds no facts when the department is not there. */
void edition_facts(struct edition_facts *out, const struct edition *v, const char *department,
    const struct edition_view *view, struct diag *diag);
/* The same department as of another date, without reading it again; the facts
 * of before stay valid. */
void edition_facts_again(struct edition_facts *f, const struct edition_view *view);
void edition_facts_clear(struct edition_facts *f);

#endif
