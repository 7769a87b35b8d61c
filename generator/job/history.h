/*
 * history - what git knows of the site, found while the site is read.
 *
 * Asking git means loading libgit2, and without a cache going over all
 * commits. In the only build of a program another process does it meanwhile
 * (sys/ask). What was found for a HEAD is kept in the git directory, in
 * vidno/, so that the next build only goes over the commits since; where that
 * directory cannot be written everything works the same, only later.
 *
 * Order of calls: history_begin() before there are other threads;
 * history_head() and history_department() as often as wanted and from any
 * thread, they wait; history_end().
 */
#ifndef JOB_HISTORY_H
#define JOB_HISTORY_H

#include "job/history_scan.h"
#include "job/releases.h"
#include "model/department.h"
#include "model/history.h"
#include "render/page.h"
#include "sys/ask.h"
#include "sys/file.h"

#include <pthread.h>

struct history_job {
	const char *site;   /* the folder */
	const char *commit; /* an id, or NULL: HEAD */
	bool wanted;        /* else only HEAD */
	bool begun, answered;
	bool modified; /* the folder has what HEAD has not; after history_head() */
	pthread_mutex_t lock;
	struct ask ask;
	struct arena arena;
	struct diag diag;
	enum repo_status status, scanned; /* of HEAD, of its history */
	struct repo_head head;
	struct releases releases;
	struct scan scan;
	struct commit *commits; /* those of the scan, for readers */
};

/* commit: what is taken for HEAD; NULL: HEAD. once: the only build of this
 * process, which has no threads yet. */
void history_begin(
    struct history_job *h, const char *site, const char *commit, bool once, bool wanted);
enum repo_status history_head(struct history_job *h, struct repo_head *out);
/*
 * What is known of a department that was read from this folder, in its arena;
 * NULL when nothing is. Read-only site: the same in each call.
 */
const struct history *history_department(
    struct history_job *h, struct department *d, const struct root *root);
/* What commits changed for readers, for a renderer that has all but this. */
void history_publish(struct history_job *h, struct renderer *r);
/* None where the history is not wanted. */
const struct releases *history_releases(struct history_job *h);
/* Waits; what is to be said of the repository goes to diag. */
void history_end(struct history_job *h, struct diag *diag);

#endif
