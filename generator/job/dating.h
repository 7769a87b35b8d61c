/*
 * dating - the build date: the one place where clock and commit enter.
 *
 * It is --date, else SOURCE_DATE_EPOCH, else the committer's date of HEAD,
 * else today with a note. Asking git means loading libgit2, which takes about
 * as long as reading a department, so that in the only build of a program
 * another process does it meanwhile (job/history). Order of calls: dating_begin
 * after history_begin, dating_wait as often as wanted and from any thread,
 * dating_end before history_end.
 */
#ifndef JOB_DATING_H
#define JOB_DATING_H

#include "job/build.h"
#include "job/history.h"

#include <pthread.h>

struct dating {
	struct date date;
	struct diag diag;
	pthread_mutex_t lock;
	struct history_job *history; /* NULL: the date is known */
};

/* -1 with a message when the given date is none: wait and end all the same. */
int dating_begin(struct dating *d, const struct build_options *o, struct history_job *history,
    struct diag *diag);
/* Is the date given, so that git need not be asked for it? */
bool dating_given(const struct build_options *o);
struct date dating_wait(struct dating *d);
/* Waits; what is to be said of the date goes to diag. */
void dating_end(struct dating *d, struct diag *diag);

#endif
