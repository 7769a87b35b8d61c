/*
 * exchange - a question and what came of it, as records of an archive.
 *
 * exchange_write() puts down the question as it was sent, the answer as it
 * came, and last the record that says what neither says itself: how it ended,
 * what the body came to when unpacked, when, and for which errand. A question
 * that got no answer has the last one alone. So the archive knows of every
 * question all that the visit went by, and a visit that was broken off can be
 * gone over again from it (job/recall): an exchange counts when its last record
 * is whole.
 */
#ifndef JOB_EXCHANGE_H
#define JOB_EXCHANGE_H

#include "job/evidence.h"
#include "job/gather.h"

struct exchange {
	const char *url, *errand;
	int64_t at;    /* ms since 1970, when it was over */
	int64_t spent; /* by then, of the time of the school */
	const struct fetch_result *result;
	struct str body;                    /* as it came, as far as it is kept */
	const struct gather_answer *answer; /* its offset is not looked at */
};

/* The offset of the answer, -1 without, or when writing fails. */
int64_t exchange_write(struct evidence_file *f, const struct exchange *x);

/* Reads the last record of an exchange. What is left of the answer stands in
 * the answer's record: head, body and offset. 0, or -1: it is none of ours, or
 * of a version that did not write all this. Texts are views of the record, but
 * for ip, message and errand, which are in the arena. */
int exchange_read(struct gather_past *out, const char **errand, struct arena *a,
    const struct warc_record *metadata);

/* As records and logs have it: 2022-09-15T10:20:30Z. */
struct exchange_time {
	char s[40];
};
struct exchange_time exchange_time(int64_t unix_ms);

#endif
