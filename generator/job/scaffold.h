/*
 * scaffold - a small site to begin with.
 *
 * scaffold_run() copies the archetype that came with the program (a site of
 * one department with examples in every table and comments in every page) and
 * the shared tables and methods into a new folder. In the archetype's texts
 * and paths @ID@ and @TITLE@ are filled in; a .gitignore names what the program
 * makes. The folder must be new or empty; when something fails, what was made
 * is taken back. Returns an exit status.
 */
#ifndef JOB_SCAFFOLD_H
#define JOB_SCAFFOLD_H

#include "base/diag.h"

struct scaffold_options {
	const char *folder;
	const char *department; /* id */
	const char *title;      /* NULL: the archetype's own */
};

int scaffold_run(const struct scaffold_options *o, struct diag *diag);

#endif
