/*
 * url_host - the host of an address, for text/url.
 *
 * url_host() gives it as it is sent: lower case and punycode, an IPv4 address
 * in four decimal numbers however it was written (0x7f.1 is 127.0.0.1), an
 * IPv6 address in its shortest form in brackets. -1 when it is none.
 */
#ifndef TEXT_URL_HOST_H
#define TEXT_URL_HOST_H

#include "base/arena.h"
#include "base/str.h"

int url_host(struct str *out, struct arena *a, struct str text);

#endif
