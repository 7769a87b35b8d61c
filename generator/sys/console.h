/*
 * console - what a person at a terminal sees on the error output.
 *
 * console_colour() tells whether colours are wanted there. A progress line
 * is drawn only on a terminal, not before a second has passed, at most ten
 * times a second, and is wiped by progress_end(), which must come before
 * anything else is printed. progress_step() may be called by several threads.
 */
#ifndef SYS_CONSOLE_H
#define SYS_CONSOLE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A terminal, TERM is not "dumb", NO_COLOR is unset or empty. */
bool console_colour(FILE *stream);
bool console_terminal(FILE *stream);
size_t console_columns(FILE *stream); /* of the terminal as it is now; 80 when not known */

enum { PROGRESS_DELAY_MS = 1000, PROGRESS_STEP_MS = 100 };

struct progress {
	FILE *to;
	const char *what; /* translated, e.g. _("Building") */
	size_t done, total;
	int64_t next; /* monotonic time of the next drawing */
	bool drawn, on;
	pthread_mutex_t lock;
};

/* what is borrowed until the end; total 0 means unknown. */
void progress_begin(struct progress *p, FILE *to, const char *what, size_t total);
void progress_step(struct progress *p); /* one more is done */
void progress_end(struct progress *p);

#endif
