/*
 * warc - records of a web archive (WARC 1.1, ISO 28500:2017), one gzip member
 * each.
 *
 * Writing: fill a struct warc_record and hand it to warc_write(), which sends
 * the member to a sink. Record ids are made from what the record says
 * (warc_id), not by chance: the same visit gives the same file.
 *
 * Reading: WARC_READER_INIT(bytes), then warc_next() until it gives 0 (the
 * end) or -1 (cut or damaged here: `whole` is where the last whole record
 * ends, and a file cut there is a whole one again). warc_at() reads the one
 * record at a known offset. The texts of a record are views of the reader's
 * own memory and live until its next record; end with warc_end().
 *
 * A response's block is the head and the body as they were sent, chunks and
 * compression included: text/http and text/http_body take them apart.
 */
#ifndef TEXT_WARC_H
#define TEXT_WARC_H

#include "base/buf.h"
#include "base/str.h"
#include "text/hash.h"
#include "text/inflate.h"

/* A block larger than this is not read; what we write is well below. */
enum { WARC_BLOCK_MAX = 64 * 1024 * 1024, WARC_HEAD_MAX = 64 * 1024 };

enum warc_type {
	WARC_INFO,
	WARC_REQUEST,
	WARC_RESPONSE,
	WARC_METADATA,
	WARC_OTHER /* resource, revisit, conversion, …: read over */
};

enum { WARC_PIECES = 2 };

struct warc_record {
	enum warc_type type;
	struct str id;         /* "urn:uuid:…", without angle brackets */
	struct str date;       /* 2022-09-15T10:20:30Z */
	struct str uri;        /* WARC-Target-URI; empty: none (warcinfo) */
	struct str concurrent; /* WARC-Concurrent-To: id of the response; empty: none */
	struct str info;       /* WARC-Warcinfo-ID; empty: none */
	struct str ip;         /* WARC-IP-Address; empty: none */
	struct str
	    truncated; /* WARC-Truncated: length, time, disconnect, unspecified; empty: whole */
	struct str filename; /* WARC-Filename, of warcinfo; empty: none */
	struct str content_type;
	struct str payload_digest;      /* "sha256:…" ; empty: none */
	struct str block_digest;        /* when reading; writing computes it */
	struct str pieces[WARC_PIECES]; /* the block; when reading all of it is the first */
};

struct warc_id {
	char s[sizeof("urn:uuid:") + 36];
};
/* An id from text that is different for each record of a file. */
struct warc_id warc_id(struct str seed);

/* 0, or -1 when the sink failed. */
int warc_write(const struct warc_record *r, struct gzip *packer, gzip_sink *sink, void *payload);

/* Lines "name: value" of warcinfo and metadata (application/warc-fields). */
void warc_field(struct buf *out, const char *name, struct str value);
struct str warc_field_value(struct str block, const char *name); /* STR_NONE without */

struct warc_reader {
	struct str bytes;
	size_t offset; /* of the record that was read last */
	size_t whole;  /* after the last whole record */
	struct buf record;
	const char *why; /* after -1: a few untranslated words for a message */
};

#define WARC_READER_INIT(b) \
	{ \
		.bytes = (b), .record = BUF_INIT((size_t)WARC_BLOCK_MAX + WARC_HEAD_MAX) \
	}

int warc_next(struct warc_reader *w, struct warc_record *out);              /* 1, 0 or -1 */
int warc_at(struct warc_reader *w, size_t offset, struct warc_record *out); /* the same */
void warc_end(struct warc_reader *w);

#endif
