/*
 * child - work over strangers' bytes, in processes of its own.
 *
 * What a school's site sends may be made to be slow, or to need much memory.
 * So such work is done by a child, which sees all that the parent had in memory
 * when it was begun, gives back bytes, and is ended when a piece takes too long
 * or too much: then only that piece is lost.
 *
 * A process costs as much as a small piece of work. So where many pieces wait a
 * child is given several small ones, which it does in turn; what comes of each is
 * the same as if it had been alone. For that the work must leave nothing behind
 * that changes the next piece, and free its memory; and where a child comes to
 * nothing after its first piece, the others are begun anew in another child:
 * only how the first one of a child ends is the end of that piece.
 *
 * Begin with CHILDREN_INIT, set what is above the line, children_add() pieces
 * as they come up, and children_take() what is done, in the order in which it
 * ends. children_end() ends those that still work.
 *
 * Time is the child's own, of the processor (RLIMIT_CPU), so that a busy machine
 * ends nobody sooner than a quiet one. Only a child that gets no processor for
 * long is ended by the clock; that, like a process that cannot be made or that
 * somebody kills, is the machine's fault: the piece is lost, and nothing is known
 * of it.
 *
 * The work runs without the parent's open files; it may open its own.
 */
#ifndef SYS_CHILD_H
#define SYS_CHILD_H

#include "base/buf.h"

#include <sys/types.h>

enum child_end {
	CHILD_DONE,
	CHILD_FAILED, /* it gave -1, crashed, or wanted too much memory */
	CHILD_TIME,   /* it used up its time of the processor */
	CHILD_LOST    /* the machine had no process or no processor for it */
};

enum { CHILDREN = 64, CHILD_PIECES = 32 };

/* 0, or -1. What it puts in out is what the parent gets. */
typedef int child_work(void *payload, size_t piece, struct buf *out);

struct child_piece {
	size_t number, cost;
};

struct child {
	pid_t id; /* 0: a free place */
	int fd;
	struct child_piece pieces[CHILD_PIECES];
	size_t count, answered; /* of them */
	int64_t until;
	struct buf out;
	size_t taken; /* bytes of it */
};

struct children {
	child_work *work;
	void *payload;
	unsigned most;   /* at once, up to CHILDREN */
	int seconds;     /* of the processor, for one piece */
	int patience;    /* seconds by the clock; far more */
	size_t memory;   /* bytes of one child's heap */
	size_t longest;  /* bytes of one result */
	size_t together; /* cost that several pieces of one child may have; 0: each alone */
	/* ---- */
	struct child places[CHILDREN];
	struct child_piece *waiting; /* a queue */
	size_t first, count, cap;
};

#define CHILDREN_INIT \
	{ \
		0 \
	}

struct child_result {
	size_t piece;
	enum child_end end;
	struct str bytes; /* until the next call */
};

/* cost: how much work it is, in any unit; above `together` it is done alone. */
void children_add(struct children *c, size_t piece, size_t cost);
/* Waits up to ms. False: nothing has ended in that time, or nothing is left. */
bool children_take(struct children *c, int ms, struct child_result *out);
bool children_left(const struct children *c);
void children_end(struct children *c);

#endif
