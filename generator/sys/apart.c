/*
 * The signal at the parent's death is asked for first; a parent that died
 * before that is seen by its number.
 */
#include "sys/apart.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

pid_t apart_fork(int fd)
{
	pid_t parent = getpid(), id = fork();
	if (id)
		return id;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_FAILURE);
	if (fd != APART_FD && dup2(fd, APART_FD) < 0)
		_exit(EXIT_FAILURE);
	close_range(APART_FD + 1, ~0U, 0);
	return 0;
}
