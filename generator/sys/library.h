/*
 * library - shared libraries loaded when they are needed.
 *
 * library_load() opens the first of the names that is there and fills in the
 * function pointers. It stays loaded: asking again costs next to nothing. The
 * types of the pointers come from the library's own header, with
 * __typeof__(function) *, so a call is checked as if it were linked.
 */
#ifndef SYS_LIBRARY_H
#define SYS_LIBRARY_H

#include <stddef.h>

struct library_symbol {
	const char *name;
	void *pointer; /* the address of a function pointer */
};

/* names end with NULL. 0, or -1 when no library or not every symbol is there. */
int library_load(const char *const *names, const struct library_symbol *symbols, size_t count);

#endif
