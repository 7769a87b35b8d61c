/*
 * evidence - the files of one audit: a web archive and a log for each school.
 *
 *	<folder>/<school>.warc.gz   what was asked and answered (text/warc)
 *	<folder>/<school>.log.csv   what became of each address (text/fetchlog)
 *
 * While a school is visited both names end in ".open". evidence_end() has the
 * disk keep them and gives them their names: a school whose two files have
 * them is done, whatever happened to the program. What a killed run left open
 * is begun anew; evidence_salvage() cuts such a file to its last whole record,
 * for who wants to look at it.
 *
 * The first failure of writing sticks (a full disk, as a rule): the file is
 * cut to what was whole before, everything after fails, and
 * evidence_complain() says why.
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
};

#define EVIDENCE_INIT \
	{ \
		.dir = -1 \
	}

/* Makes the folder. 0, or -1 with a message. */
int evidence_open(struct evidence *e, const char *folder, struct diag *diag);
void evidence_close(struct evidence *e);
void evidence_complain(const struct evidence *e, struct diag *diag);

bool evidence_is_done(const struct evidence *e, const char *school);

/* The files of one school; school is borrowed and a slug. */
struct evidence_file {
	struct evidence *all;
	const char *school;
	uint64_t size;  /* of the archive */
	uint64_t count; /* of its records, for their ids */
	struct warc_id info;
};

/* All give 0 (or an offset), or -1 when writing fails now or failed before. */
int evidence_begin(struct evidence_file *f, struct evidence *all, const char *school,
    struct str info, struct str date);
/* Gives the record its id and the archive's; r->id must be empty or one that
 * evidence_id() made. Returns where it begins. */
int64_t evidence_record(struct evidence_file *f, struct warc_record *r);
struct warc_id evidence_id(struct evidence_file *f);
int evidence_row(struct evidence_file *f, const struct fetch_row *row);
int evidence_end(struct evidence_file *f);

/* Cuts <school>.warc.gz.open to its last whole record; its length, or -1. */
int64_t evidence_salvage(const struct evidence *e, const char *school);

#endif
