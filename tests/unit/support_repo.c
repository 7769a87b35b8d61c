/* Commands are run by the shell, as a person would. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_repo.h"

#include "base/buf.h"
#include "sys/fd.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void set_environment(const char *home)
{
	setenv("HOME", home, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "Vidno Test", 1);
	setenv("GIT_AUTHOR_EMAIL", "test@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "Vidno Test", 1);
	setenv("GIT_COMMITTER_EMAIL", "test@example.org", 1);
	setenv("GIT_AUTHOR_DATE", "1600000000 +0300", 1);
	setenv("GIT_COMMITTER_DATE", "1700000000 +0300", 1);
	/* Of another language the words would be, that tests look for. */
	setenv("LC_ALL", "C.UTF-8", 1);
	static const char *const others[] = {
	    "XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "SUDO_UID"};
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		unsetenv(others[i]);
}

int repo_place_setup(void **state)
{
	struct repo_place *p = test_calloc(1, sizeof(*p));
	const char *base = getenv("TMPDIR");
	snprintf(p->top, sizeof(p->top), "%s/test_repo.XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(p->top));
	set_environment(p->top);
	*state = p;
	repo_shell(p,
	    "git config --global init.defaultBranch main\n"
	    "git config --global protocol.file.allow always\n"
	    "git config --global advice.detachedHead false\n");
	return 0;
}

int repo_place_teardown(void **state)
{
	struct repo_place *p = *state;
	int failed = fd_remove(AT_FDCWD, p->top);
	arena_clear(&p->arena);
	test_free(p);
	return failed;
}

static char *run(struct repo_place *p, const char *line)
{
	int ends[2];
	char some[4096];
	struct buf said = BUF_INIT(BUF_PAGE);
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		if (chdir(p->top) == 0)
			execlp("sh", "sh", "-ec", line, (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	for (ssize_t n; (n = fd_read(ends[0], some, sizeof(some))) > 0;)
		buf_add(&said, some, (size_t)n);
	close(ends[0]);
	int status = -1;
	waitpid(child, &status, 0);
	if (status)
		fail_msg("status %d: %s", status, line);
	struct str text = buf_keep(&p->arena, &said);
	char *out = arena_strndup(&p->arena, text.p, text.n);
	if (text.n && out[text.n - 1] == '\n')
		out[text.n - 1] = '\0';
	return out;
}

__attribute__((format(printf, 2, 0))) static char *run_formatted(
    struct repo_place *p, const char *format, va_list args)
{
	struct buf line = BUF_INIT(BUF_PAGE);
	buf_vaddf(&line, format, args);
	char *said = run(p, line.data);
	buf_clear(&line);
	return said;
}

void repo_shell(struct repo_place *p, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	run_formatted(p, format, args);
	va_end(args);
}

char *repo_says(struct repo_place *p, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *said = run_formatted(p, format, args);
	va_end(args);
	return said;
}

const char *repo_path(struct repo_place *p, const char *name)
{
	return arena_printf(&p->arena, "%s/%s", p->top, name);
}

struct repo *repo_of(struct repo_place *p, const char *name)
{
	struct repo *r;
	struct repo_head why;
	enum repo_status status = repo_open(&r, repo_path(p, name), &why);
	if (status)
		fail_msg("%s: %d %s", name, (int)status, why.message);
	return r;
}
