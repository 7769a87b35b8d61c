/*
 * start - what a run needs before anything else.
 *
 * start_messages() chooses the language of messages from the environment
 * (LANGUAGE, LC_ALL, LC_MESSAGES, LANG) and binds the catalogue that lies
 * beside the program or where it was installed. A bare Debian has no Russian
 * locale, so the locale is C.UTF-8 and only LANGUAGE names the language.
 * It also prepares libraries that want one call before threads.
 *
 * start_memory() has the memory of one department kept for the next: given
 * back and taken again, its pages would cost more than what is done in them.
 */
#ifndef JOB_START_H
#define JOB_START_H

#include <stdbool.h>
#include <stdio.h>

void start_messages(void);
void start_memory(void);
bool start_colour(FILE *stream); /* colours are wanted there */

#endif
