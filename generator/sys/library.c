/*
 * RTLD_LAZY: most functions of a big library are never called, and binding
 * them all would cost more than everything else.
 */
#include "sys/library.h"

#include <dlfcn.h>
#include <string.h>

int library_load(const char *const *names, const struct library_symbol *symbols, size_t count)
{
	void *library = NULL;
	for (; *names && !library; names++)
		library = dlopen(*names, RTLD_LAZY | RTLD_LOCAL);
	if (!library)
		return -1;
	for (size_t i = 0; i < count; i++) {
		void *symbol = dlsym(library, symbols[i].name);
		if (!symbol)
			return -1;
		/* C has no cast from an object to a function; POSIX says they fit. */
		memcpy(symbols[i].pointer, &symbol, sizeof(symbol));
	}
	return 0;
}
