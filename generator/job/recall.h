/*
 * recall - what the sites answered to a visit that was broken off.
 *
 * recall_open() reads what a killed or stopped run left of one school's archive
 * (<school>.warc.gz.open) up to its last whole exchange (job/exchange), and
 * gather asks it in place of the network (gather.h, the call `recall`) until it
 * knows no more. Answers are found by address: those of one address come in
 * their order, each once. When all is as it was, this is the order of the
 * archive; where the checklist or the school's addresses have changed since,
 * the visit goes another way, and still asks for nothing that it has already.
 *
 * The log of the visit is not read: it follows from the answers, and is written
 * anew while they are gone over.
 */
#ifndef JOB_RECALL_H
#define JOB_RECALL_H

#include "base/map.h"
#include "job/evidence.h"
#include "job/gather.h"
#include "sys/mapped.h"

struct recall_item;

struct recall {
	struct mapped archive;
	struct arena arena;  /* of what is known of all */
	struct arena answer; /* of the last answer */
	struct map first;    /* address → the next item of it */
	struct recall_item *next;
	struct http_head head;
	struct warc_reader reader;
	int64_t end; /* when its last exchange was over */
	/* For who goes on writing: */
	struct warc_id info;
	uint64_t whole, records; /* where the last whole exchange ends; records up to there */
};

enum recall_status {
	RECALL_OK,
	RECALL_NONE,  /* no archive was left open, or nothing of it is whole */
	RECALL_OTHER, /* one of another version of the program */
	RECALL_FAILED /* it cannot be read: errno */
};

/* software: what the archive must say that it was written by. After RECALL_OK
 * the file may be cut to `whole`, not shorter, and grow. recall_close() in any
 * case. */
enum recall_status recall_open(struct recall *r, const char *path, struct str software);
void recall_close(struct recall *r);

/* The two calls of gather. page_bytes: of a decoded body, as much as a reader
 * gets. */
bool recall_answer(
    struct recall *r, const struct gather_ask *ask, size_t page_bytes, struct gather_past *out);
const char *recall_errand(const struct recall *r);

#endif
