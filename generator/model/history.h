/*
 * history - what git knows of a department, as values.
 *
 * Filled by job/history and given to the renderer; NULL where there is
 * nothing to know (no repository, no commit, history switched off). It
 * outlives the department it is of, and is read-only.
 *
 * Commits are those that changed something of the site. A version of a file is
 * a commit in which it differs from that of every parent: a merge that takes
 * the file of one side is none. A row comes from the commit that
 * compute/origin finds.
 *
 * In a shallow clone the commit that a file or row comes from may be missing,
 * so nothing is dated: state is HISTORY_CUT, and there are no commits at all.
 */
#ifndef MODEL_HISTORY_H
#define MODEL_HISTORY_H

#include "base/date.h"
#include "base/map.h"
#include "base/str.h"

struct commit {
	const char *id; /* 40 hexadecimal digits */
	int64_t time;   /* of the committer, seconds since 1970 */
	struct date date;
	/* The name of the member of staff who has the author's address; else, when
	 * the repository is public, the name in the commit; else NULL. */
	const char *author;
	const char *reason; /* the first line of the message; may be "" */
};

struct path_version {
	const struct commit *commit;
	bool deleted;    /* by this commit the file went away */
	struct str text; /* of a page of content/; p NULL: not kept (too old, too large) */
};

struct path_history {
	const char *path;                    /* "content/x/programme.md", "data/x/results.csv" */
	const struct path_version *versions; /* newest first */
	size_t nversions;
	bool uncommitted; /* the file differs from that of the last commit */
	/* Of a table, by the line its row begins at: the commit it comes from, or
	 * NULL: not in a commit yet (or no row). */
	const struct commit *const *rows;
	size_t nrows; /* lines 0 … nrows - 1 */
};

enum history_state { HISTORY_CUT, HISTORY_WHOLE };

struct history {
	enum history_state state;
	const struct commit *last; /* the last that touched an input of the department, or NULL */
	struct map paths;          /* path → struct path_history */
};

/* NULL where nothing is known. h may be NULL. */
const struct path_history *history_of(const struct history *h, const char *path);
/* The commit a row of a table's file comes from, or NULL. */
const struct commit *history_row(const struct path_history *p, uint32_t line);
/* The first digits of an id, as people quote them. */
struct commit_short {
	char s[9];
};
struct commit_short commit_short(const struct commit *c);

#endif
