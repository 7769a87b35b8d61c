/*
 * evidence - the files of one audit: a web archive and a log for each school.
 *
 *	<folder>/<school>.warc.gz   what was asked and answered (text/warc)
 *	<folder>/<school>.log.csv   what became of each address (text/fetchlog)
 *
 * While a school is visited both names end in ".open". evidence_end() has the
 * disk keep the files of schools whose visits are over, and gives them their
 * names: a school whose two files have them is done, whatever happened to the
 * program or the machine. What a killed run left open
 * is either begun anew by evidence_begin(), or goes on: evidence_left() says
 * where the archive is, job/recall how much of it is whole, and
 * evidence_continue() cuts it there. The log is begun anew in both cases: it
 * follows from the archive. So its rows are kept in memory, a few kilobytes of
 * them, and a killed run leaves a part of the log or none.
 *
 * The records of one exchange belong together: evidence_record() for each, then
 * evidence_commit(), by which they are in the file. Meanwhile no other file of
 * the same evidence gets any.
 *
 * The first failure of writing sticks (a full disk, as a rule): the file is
 * cut to the last commit, everything after fails, and evidence_complain() says
 * why.
 */
#ifndef JOB_EVIDENCE_H
#define JOB_EVIDENCE_H

#include "base/diag.h"
#include "text/fetchlog.h"
#include "text/warc.h"

struct evidence {
	int dir;
	const char *folder; /* borrowed */
	int err;            /* errno of the first failure */
	struct gzip packer;
	/* What waits for the commit, and the file it goes to once that is much. */
	struct buf packed;
	int file; /* or -1 */
};

#define EVIDENCE_INIT \
	{ \
		.dir = -1, .packer = {.stored = 2048}, .packed = BUF_INIT(BUF_PAGE), .file = -1 \
	}

/* Makes the folder. 0, or -1 with a message; evidence_close() in any case. */
int evidence_open(struct evidence *e, const char *folder, struct diag *diag);
void evidence_close(struct evidence *e);
void evidence_complain(const struct evidence *e, struct diag *diag);

bool evidence_is_done(const struct evidence *e, const char *school);
bool evidence_is_open(const struct evidence *e, const char *school);
/* A school that was done is visited further: its log goes, the archive stays. */
void evidence_reopen(const struct evidence *e, const char *school);

/* The files of one school; school is borrowed and a slug. evidence_forget() when
 * it is not needed any more, whether it came to an end or not. */
struct evidence_file {
	struct evidence *all;
	const char *school;
	uint64_t size;  /* of the archive */
	uint64_t whole; /* of what is committed */
	uint64_t count; /* of its records, for their ids */
	struct warc_id info;
	struct buf log;   /* rows that are not in the file yet */
	bool log_is_made; /* the file, by this run */
};

/* All give 0 (or an offset), or -1 when writing fails now or failed before. */
int evidence_begin(struct evidence_file *f, struct evidence *all, const char *school,
    struct str info, struct str date);
/* Gives the record its id and the archive's; r->id must be empty or one that
 * evidence_id() made. Returns where it begins. */
int64_t evidence_record(struct evidence_file *f, struct warc_record *r);
int evidence_commit(struct evidence_file *f);
/* The archive of a visit that did not end, in the arena; it may not be there. */
const char *evidence_left(const struct evidence *e, struct arena *a, const char *school);
/* In place of evidence_begin(): after the first `count` records of what was
 * left, which are `size` bytes. info is the id of the first. */
int evidence_continue(struct evidence_file *f, struct evidence *all, const char *school,
    const struct warc_id *info, uint64_t size, uint64_t count);
struct warc_id evidence_id(struct evidence_file *f);
int evidence_row(struct evidence_file *f, const struct fetch_row *row);
/* These visits are over, and nothing failed in them: when the disk has their
 * files, they get their names. To wait for the disk once for several is cheaper
 * by far than for each. Works after a failure elsewhere too. */
int evidence_end(struct evidence_file *const *files, size_t count);
void evidence_forget(struct evidence_file *f);

#endif
