/*
 * resolve - addresses of names, without waiting for them.
 *
 * The resolver of the C library may take half a minute for one name and
 * cannot be interrupted, so many threads ask it, and who asked may stop
 * waiting: resolver_abandon(). The threads live in a process of their own: ours
 * stays without, and may fork (sys/apart). It is made for the first question.
 *
 * resolver_fd() becomes readable when an answer is there; resolver_next() takes
 * it. Answers are not kept: the caller remembers what it wants. When the other
 * process dies, what it was asked has failed, and the next question makes a
 * new one; as long as none can be made, questions wait.
 */
#ifndef SYS_RESOLVE_H
#define SYS_RESOLVE_H

#include <stdbool.h>

/* RESOLVE_THREADS names are looked up at a time; the others wait. */
enum { RESOLVE_ADDRESSES = 6, RESOLVE_THREADS = 64 };

enum resolve_status {
	RESOLVE_OK = 0,
	RESOLVE_NO_NAME = -1, /* the name does not exist, or has no address */
	RESOLVE_FAILED = -2   /* nobody could say */
};

struct resolved {
	void *tag;
	enum resolve_status status;
	int count;
	char addresses[RESOLVE_ADDRESSES][46]; /* as text, in the order to try them */
};

struct resolver;
struct resolve_question;

int resolver_open(struct resolver **out); /* 0, or -1 with errno */
struct resolve_question *resolver_ask(struct resolver *r, const char *name, void *tag);
/* Its answer will not come; the question is the resolver's from now on. */
void resolver_abandon(struct resolver *r, struct resolve_question *q);
bool resolver_next(struct resolver *r, struct resolved *out);
int resolver_fd(const struct resolver *r);
/* Names that are being looked up are left. */
void resolver_close(struct resolver *r);

#endif
