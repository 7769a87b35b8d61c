/*
 * The child writes its answer into a file in memory, which takes all of it
 * while nobody reads, and tells by its exit status that it is whole. It never
 * returns and flushes nothing: what is buffered belongs to the parent.
 */
#include "sys/ask.h"

#include "sys/fd.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void make_answer(int to, ask_answer *answer, void *payload)
{
	struct buf out = BUF_INIT(BUF_FILE);
	int err = answer(payload, &out);
	if (!err)
		err = buf_err(&out);
	if (!err)
		err = fd_write(to, out.data, out.len);
	_exit(err ? 1 : 0);
}

bool ask_begin(struct ask *a, ask_answer *answer, void *payload)
{
	*a = (struct ask){0};
	int answers = memfd_create("vidno-ask", MFD_CLOEXEC);
	if (answers < 0)
		return false;
	pid_t process = fork();
	if (process == 0)
		make_answer(answers, answer, payload);
	if (process < 0) {
		close(answers);
		return false;
	}
	*a = (struct ask){process, answers};
	return true;
}

static int read_answer(int from, struct arena *arena, struct str *out)
{
	struct stat info;
	if (fstat(from, &info) < 0 || lseek(from, 0, SEEK_SET) < 0)
		return -1;
	size_t n = (size_t)info.st_size;
	char *bytes = arena_alloc(arena, n + 1);
	*out = (struct str){bytes, n};
	return fd_read(from, bytes, n) == (ssize_t)n ? 0 : -1;
}

int ask_end(struct ask *a, struct arena *arena, struct str *out)
{
	int status = -1;
	pid_t ended;
	while ((ended = waitpid(a->process, &status, 0)) < 0 && errno == EINTR)
		;
	int err = ended == a->process && WIFEXITED(status) && WEXITSTATUS(status) == 0
	    ? read_answer(a->answer, arena, out)
	    : -1;
	close(a->answer);
	a->process = 0;
	return err;
}
