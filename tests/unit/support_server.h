/*
 * A small server for the tests of job/gather_run: any address of loopback is a
 * school's site, with a page, a large file and one that breaks off.
 *
 * It remembers what it was asked, line by line, "HOST PATH".
 */
#ifndef SUPPORT_SERVER_H
#define SUPPORT_SERVER_H

#include "job/gather.h"

int server_begin(void); /* its port, or -1 */
void server_end(void);

/* What was asked since the last call, one after the other; until the next. */
const char *server_asked(void);

/* A socket that takes connections to this address (as INADDR_LOOPBACK is one): its
 * port, or -1. */
int server_listen(int *fd, uint32_t address);

/* The links of one of its pages. */
void server_links(const struct gather_page *page, struct gather_links *l);

#endif
