/*
 * repo_merge - two lines of work brought together, in memory.
 *
 * repo_upstream() says with what a branch is kept in step; repo_compare() how
 * far two commits are apart; repo_merge() makes a commit of both, or says what
 * contradicts itself. None of them moves or writes a file of the user; to
 * make a merge the current version: repo_checkout(), then repo_move().
 *
 * Files are merged by lines, as git does it. Renames are not followed, so that
 * no line ever comes into a file that only looks alike: a file that one side
 * renamed and the other one changed is a conflict.
 */
#ifndef SYS_REPO_MERGE_H
#define SYS_REPO_MERGE_H

#include "sys/repo_write.h"

/* The ref that the branch of HEAD follows ("refs/remotes/origin/main"), the
 * name of its remote ("origin"), and the commit it was at when last fetched.
 * REPO_NO_UPSTREAM: none is set, or it was never fetched. */
struct repo_upstream {
	const char *ref, *remote;
	char oid[REPO_OID + 1];
};
enum repo_status repo_upstream(struct repo_upstream *out, struct arena *a, struct repo *r);

struct repo_distance {
	size_t ahead, behind;    /* commits that only ours, only theirs has */
	char base[REPO_OID + 1]; /* the last one that both have; "": none */
};
enum repo_status repo_compare(
    struct repo_distance *out, struct repo *r, const char *ours, const char *theirs);

/* The blobs of a path that both changed; "" where the path is not. */
struct repo_clash {
	const char *path; /* of the site; from the repository's top when outside */
	bool outside;     /* of the site */
	char base[REPO_OID + 1], ours[REPO_OID + 1], theirs[REPO_OID + 1];
};

struct repo_merged {
	char commit[REPO_OID + 1];  /* when REPO_OK */
	struct repo_clash *clashes; /* with REPO_CLASH, sorted by path */
	size_t count;
};

/*
 * Where one commit leads to the other, that is the result; else a new one with
 * both as parents. REPO_CLASH: they contradict each other. REPO_UNRELATED: they
 * have no commit in common.
 */
enum repo_status repo_merge(struct repo_merged *out, struct arena *a, struct repo *r,
    const char *ours, const char *theirs, const struct repo_person *who, const char *message);

struct repo_names {
	const char **items;
	size_t count;
};

/*
 * Brings the working tree from the content of one commit to that of another,
 * where they differ, also outside of the site. First it is seen that every such
 * file is as in one of them; those that are not are the result of REPO_DIRTY
 * (paths from the repository's top), and nothing is written. Each file is
 * replaced whole; a crash between two of them is mended by doing it again.
 * Submodules are left alone.
 */
enum repo_status repo_checkout(
    struct repo_names *dirty, struct arena *a, struct repo *r, const char *from, const char *to);

#endif
