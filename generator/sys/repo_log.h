/*
 * repo_log - every commit that led to one.
 *
 * All commits that can be reached, each once, the newest first and no parent
 * before its children; of those that could come next the one with the latest
 * time of its committer, then the smallest id. The same history gives the same
 * order everywhere.
 *
 * In a shallow clone the commits that are there come with REPO_SHALLOW; those
 * whose parents are missing are marked as cut. Nothing dated from such a log is
 * right: the last commit that changed a path may be among the missing ones.
 *
 * The objects of git replace are not used: a commit is what its id says.
 */
#ifndef SYS_REPO_LOG_H
#define SYS_REPO_LOG_H

#include "sys/repo.h"

/* More commits than this are REPO_TOO_LARGE; longer messages are cut. */
enum { REPO_LOG_COMMITS = 1000000, REPO_LOG_MESSAGE = 64 * 1024 };

struct repo_commit {
	char oid[REPO_OID + 1];
	bool cut;            /* it has parents, but they are not here */
	int64_t time;        /* of the committer, seconds since 1970 */
	int64_t author_time; /* of the author */
	const char *author, *mail;
	const char *message;     /* blank lines at its ends are left out */
	const uint32_t *parents; /* numbers in the log, the first parent first */
	uint32_t nparents;
};

struct repo_log {
	struct repo_commit *commits;
	size_t count;
};

/*
 * The history of a commit that repo_resolve() would find by this name. Texts
 * are valid UTF-8, whatever bytes the commit has: those of another encoding
 * are decoded as the commit says, or as windows-1251 when it says nothing.
 */
enum repo_status repo_log(struct repo_log *out, struct arena *a, struct repo *r, const char *from);

#endif
