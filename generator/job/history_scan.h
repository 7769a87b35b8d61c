/*
 * history_scan - a repository read for its history.
 *
 * history_scan() goes over all commits of HEAD (or of another commit, which is
 * then meant by HEAD) and finds, of every file of the site that HEAD has, its versions, and of every table the commits its rows
 * come from. Given what was found for an older HEAD it only goes over the
 * commits since, where nothing was merged that is older than that HEAD.
 *
 * The result does not depend on the working tree, so that it can be kept by
 * the id of HEAD (job/history_cache). job/history fits it to what is there.
 */
#ifndef JOB_HISTORY_SCAN_H
#define JOB_HISTORY_SCAN_H

#include "compute/origin.h"
#include "sys/repo_log.h"

/* Texts of earlier versions that are kept: of one page, and of the site. */
enum { SCAN_VERSIONS = 50, SCAN_TEXTS = 64 * 1024 * 1024 };
/* How many commits of a department are compared. */
enum { SCAN_CHANGES = 40 };
#define SCAN_NONE UINT32_MAX

struct scan_commit {
	char id[REPO_OID + 1];
	int64_t time;
	const char *author, *mail, *reason;
};

struct scan_version {
	uint32_t commit, text; /* text: SCAN_NONE, not kept */
	bool deleted;
};

struct scan_path {
	const char *path;              /* "data/x/results.csv" */
	struct scan_version *versions; /* newest first */
	size_t nversions;
	uint64_t said;       /* history_said() of its bytes at HEAD; 0: not asked */
	struct origins rows; /* of a table: with numbers of commits, sorted by digest */
};

/* What a commit of the published line (the first parents of HEAD) changed for
 * readers: the facts that differ, as facts_write() writes them. Filled by
 * job/history_changes. */
struct scan_change {
	uint32_t commit;
	bool errors; /* one of the two versions could not be read whole */
	struct str old, new;
	uint32_t from, to; /* places in the log; of a scan that was just made */
};

struct scan_department {
	const char *id;
	uint32_t last;               /* commit that touched an input of it last, or SCAN_NONE */
	const char *terms;           /* of disclosure, under which the changes were taken */
	struct scan_change *changes; /* newest first, without the first publication */
	size_t nchanges;
};

struct scan {
	char head[REPO_OID + 1];
	struct scan_commit *commits; /* those that are spoken of, oldest first */
	struct scan_path *paths;     /* sorted by path */
	struct scan_department *departments;
	struct str *texts;
	size_t ncommits, npaths, ndepartments, ntexts;
	size_t commits_cap, texts_cap;
	struct repo_log log; /* of a scan that was just made */
};

/*
 * head: a name that repo_resolve() knows, "HEAD" as a rule. before: what is
 * known of an older HEAD, or NULL. Everything lives in the
 * arena, or in before. REPO_SHALLOW when the history is cut: nothing is found
 * then.
 */
enum repo_status history_scan(struct scan *out, struct arena *a, struct repo *repo,
    const char *head, const struct scan *before);
/* What a file says, whatever its line ends; never 0. */
uint64_t history_said(struct str bytes);
/* NULL when HEAD has no such file. */
const struct scan_path *history_path(const struct scan *s, const char *path);
/* The table a path of the site is, or TABLE_COUNT. */
enum table_id history_table(const char *path);

#endif
