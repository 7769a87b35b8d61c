/*
 * Any bytes as a log of visits.
 *
 * What could be read is written again and read again: the same rows, but for
 * line ends and wrong letters within a cell, which are not written as they are.
 */
#include "text/fetchlog.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check(const struct fetch_row *x, const struct fetch_row *y)
{
	expect(x->role == y->role && x->outcome == y->outcome && x->certificate == y->certificate);
	expect(x->depth == y->depth && x->attempt == y->attempt && x->status == y->status);
	expect(x->ms == y->ms && x->bytes == y->bytes && x->offset == y->offset);
	expect(x->url.n == y->url.n && x->chain.n == y->chain.n && x->note.n == y->note.n);
	expect(fetch_outcome_text(x->outcome) != NULL);
}

static int read_log(struct fetchlog *log, struct arena *a, struct str bytes)
{
	struct diag diag = DIAG_INIT;
	int err = fetchlog_read(log, a, "f.csv", bytes, &diag);
	expect(err == 0 || diag.errors > 0);
	diag_clear(&diag);
	return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT(BUF_PAGE), again = BUF_INIT(BUF_FILE);
	struct fetchlog log, copy;
	fetchlog_header(&text);
	buf_add(&text, data, size);
	if (read_log(&log, &a, buf_str(&text)) == 0) {
		fetchlog_header(&again);
		for (size_t i = 0; i < log.count; i++)
			fetchlog_write(&again, &log.rows[i]);
		expect(read_log(&copy, &a, buf_str(&again)) == 0 && copy.count == log.count);
		for (size_t i = 0; i < log.count; i++)
			check(&log.rows[i], &copy.rows[i]);
	}
	buf_clear(&text);
	buf_clear(&again);
	arena_clear(&a);
	return 0;
}
