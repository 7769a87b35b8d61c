/*
 * domain - who a host belongs to (libpsl, the Public Suffix List).
 *
 * school.krymschool.ru and lyceum.krymschool.ru are one domain,
 * krymschool.ru; a.ucoz.ru and b.ucoz.ru are two, since the list says that
 * under ucoz.ru people register themselves, if it does.
 */
#ifndef TEXT_DOMAIN_H
#define TEXT_DOMAIN_H

#include "base/str.h"

/* The registrable domain of a host (ASCII, lower case): a part of its text. A
 * host that has none, an address or a bare suffix, is its own. */
struct str domain_registrable(struct str host);
/* May a server at host set a cookie for domain? It may not for a suffix. */
bool domain_takes_cookie(struct str host, struct str domain);

#endif
