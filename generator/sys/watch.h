/*
 * watch - wait until somebody changes a file.
 *
 * watch_begin(), watch_add() for each folder (with all beneath it; folders
 * that appear later are followed too), then watch_wait() again and again. A
 * change is reported after WATCH_QUIET_MS without another, at the latest
 * WATCH_LONGEST_MS after the first: an editor that saves by three renames is
 * one change. Names that begin with a dot, and those that end with '~', are
 * left out, and so is what watch_ignore() names: the output folder.
 *
 * One thread waits; watch_stop() may come from any other or from a signal
 * handler and makes every wait return WATCH_STOPPED.
 */
#ifndef SYS_WATCH_H
#define SYS_WATCH_H

#include "base/diag.h"

enum { WATCH_QUIET_MS = 20, WATCH_LONGEST_MS = 500, WATCH_FOLDERS = 100000 };

enum watch_event { WATCH_CHANGED, WATCH_TIMEOUT, WATCH_STOPPED, WATCH_FAILED = -1 };

struct watch;

int watch_begin(struct watch **out, struct diag *diag);
/* A folder that does not exist is no error: its name is waited for when the
 * folder that holds it is watched. */
int watch_add(struct watch *w, const char *folder, struct diag *diag);
void watch_ignore(struct watch *w, const char *folder);       /* before watch_add() */
enum watch_event watch_wait(struct watch *w, int timeout_ms); /* -1: for ever */
void watch_stop(struct watch *w);
void watch_end(struct watch *w); /* w may be NULL */

#endif
