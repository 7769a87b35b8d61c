/*
 * repo_remote - fetching and pushing, by the git program.
 *
 * libgit2 knows nothing of the credential helpers, keys and proxies that people
 * have set up for git, so git itself is run: with no terminal to ask for a
 * password at, and for no longer than a number of seconds. What it says on
 * failure stands in the repository's message (repo_why()). Hooks of a push are
 * run by git as ever.
 *
 *     REPO_COMMAND   the git program is not installed
 *     REPO_TIMEOUT   it took too long and was ended
 *     REPO_REJECTED  the other side has commits that we have not, or refuses
 *     REPO_REMOTE    anything else: no network, no right, no such remote
 */
#ifndef SYS_REPO_REMOTE_H
#define SYS_REPO_REMOTE_H

#include "sys/repo.h"

/* What a remote has now; branches of the user are not touched. */
enum repo_status repo_fetch(struct repo *r, const char *remote, int seconds);

/* Refspecs as for git push: "refs/heads/main:refs/heads/main", "refs/tags/x";
 * all of them or none. Never forced. */
enum repo_status repo_push(
    struct repo *r, const char *remote, const char *const *refspecs, size_t count, int seconds);

#endif
