/*
 * idna - names of hosts between Unicode and ASCII (libidn2).
 *
 * UTS #46, non-transitional, as browsers do: школа.рф ⇄ xn--80atdl2c.xn--p1ai.
 * Results live in the arena, in lower case.
 */
#ifndef TEXT_IDNA_H
#define TEXT_IDNA_H

#include "base/arena.h"
#include "base/str.h"

enum { IDNA_MAX = 255 };

/* host is UTF-8. 0, or -1 when it is no name of the DNS (empty, too long,
 * letters that may not be in one, punycode that says nothing). */
int idna_ascii(struct str *out, struct arena *a, struct str host);
/* For people; what cannot be turned back stays as it is. */
struct str idna_unicode(struct arena *a, struct str host);

#endif
