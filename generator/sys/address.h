/*
 * address - which addresses of the network are not for an audit.
 *
 * A link of a site must never lead the program to a machine of the office: an
 * address that is private, of this machine, of the link, for many receivers
 * or reserved is refused, also where it hides in an IPv6 address (mapped,
 * NAT64, 6to4).
 */
#ifndef SYS_ADDRESS_H
#define SYS_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Neither IPv4 nor IPv6 counts as private. */
bool address_is_private(const struct sockaddr *address);
/* The same of one in writing; a name is none. */
bool address_text_is_private(const char *text);

#endif
