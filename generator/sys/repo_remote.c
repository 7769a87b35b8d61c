/*
 * git push --porcelain says of each ref in its first character what became of
 * it, in every language.
 */
#include "sys/repo_remote.h"

#include "base/buf.h"
#include "sys/program.h"
#include "sys/repo_lib.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { SAID = 64 * 1024 };

/* What it said last is what matters; the message has room for little. */
static void keep_said(struct repo *r, const struct buf *err)
{
	struct str said = str_trim(buf_str(err));
	size_t room = sizeof(r->message) - 1;
	if (said.n > room) {
		said.p += said.n - room;
		said.n = room;
		for (; said.n && ((unsigned char)*said.p & 0xc0) == 0x80; said.p++)
			said.n--;
	}
	repo_lock(r);
	snprintf(r->message, sizeof(r->message), "%.*s", (int)said.n, said.p);
	repo_unlock(r);
}

static bool was_rejected(const struct buf *out)
{
	struct str rest = buf_str(out), line;
	while (str_next(&rest, '\n', &line))
		if (line.n && line.p[0] == '!')
			return true;
	return false;
}

static enum repo_status run(struct repo *r, const char *const *arguments, int seconds)
{
	/* Run by a hook, we would have those of the repository of the hook. */
	static const char *const environment[] = {"GIT_TERMINAL_PROMPT=0", "GIT_DIR",
	    "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", NULL};
	struct buf out = BUF_INIT(SAID), err = BUF_INIT(SAID);
	struct program p = {arguments, environment, NULL, seconds, &out, &err};
	enum program_status ended = program_run(&p);
	int code = errno;
	enum repo_status status = REPO_OK;
	keep_said(r, &err);
	switch (ended) {
	case PROGRAM_OK:
		break;
	case PROGRAM_MISSING:
		status = REPO_COMMAND;
		break;
	case PROGRAM_TIMEOUT:
		status = REPO_TIMEOUT;
		break;
	case PROGRAM_FAILED:
		status = was_rejected(&out) ? REPO_REJECTED : REPO_REMOTE;
		break;
	case PROGRAM_SYSTEM:
		repo_lock(r);
		errno = code;
		snprintf(r->message, sizeof(r->message), "%m");
		repo_unlock(r);
		status = REPO_REMOTE;
		break;
	}
	buf_clear(&out);
	buf_clear(&err);
	return status;
}

/* Where git finds the repository, whatever folder we are in. */
static const char *place_of(struct repo *r)
{
	const char *top = r->git->repository_workdir(r->handle);
	return top ? top : r->git->repository_path(r->handle);
}

enum repo_status repo_fetch(struct repo *r, const char *remote, int seconds)
{
	const char *arguments[] = {"git", "-C", place_of(r), "fetch", "--quiet",
	    "--no-recurse-submodules", "--", remote, NULL};
	return run(r, arguments, seconds);
}

enum repo_status repo_push(
    struct repo *r, const char *remote, const char *const *refspecs, size_t count, int seconds)
{
	struct arena a = ARENA_INIT;
	/* Not every server knows --atomic, and one ref is all or none anyway. */
	const char *together = count > 1 ? "--atomic" : "--no-atomic";
	const char *first[] = {
	    "git", "-C", place_of(r), "push", "--porcelain", together, "--", remote};
	size_t n = sizeof(first) / sizeof(*first);
	const char **arguments = arena_array(&a, n + count + 1, sizeof(*arguments));
	memcpy(arguments, first, sizeof(first));
	for (size_t i = 0; i < count; i++)
		arguments[n + i] = refspecs[i];
	enum repo_status status = run(r, arguments, seconds);
	arena_clear(&a);
	return status;
}
