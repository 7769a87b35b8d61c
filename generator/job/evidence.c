/*
 * Files are opened for each write and closed again: hundreds of visits are
 * under way at once, and descriptors are for connections. The records of an
 * exchange are packed into memory and go to the file in one write; a long
 * answer in several, the file then being open until the commit. When one fails,
 * the file is cut back to where the exchange began.
 *
 * A record of a kilobyte or two is stored as it is: to pack it takes 15 µs, most
 * of them for code tables, and makes it shorter by a third.
 */
#include "job/evidence.h"

#include "base/intl.h"
#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME = 200, PACKED = 256 * 1024, ROWS = 4 * 1024 };

static const char WARC[] = ".warc.gz", LOG[] = ".log.csv";

struct name {
	char s[NAME];
};

static struct name name_of(const char *school, const char *ending, bool open)
{
	struct name n;
	snprintf(n.s, sizeof(n.s), "%s%s%s", school, ending, open ? ".open" : "");
	return n;
}

/* ---- the folder ---- */

int evidence_open(struct evidence *e, const char *folder, struct diag *diag)
{
	struct buf inside = BUF_INIT(BUF_LINE);
	*e = (struct evidence)EVIDENCE_INIT;
	e->folder = folder;
	buf_addf(&inside, "%s/.", folder);
	if (fd_make_parents(AT_FDCWD, inside.data) == 0)
		e->dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (e->dir < 0)
		e->err = errno;
	buf_clear(&inside);
	if (e->err)
		evidence_complain(e, diag);
	return e->err ? -1 : 0;
}

void evidence_close(struct evidence *e)
{
	gzip_end(&e->packer);
	buf_clear(&e->packed);
	fd_close(e->file);
	fd_close(e->dir);
	e->dir = e->file = -1;
}

void evidence_complain(const struct evidence *e, struct diag *diag)
{
	errno = e->err;
	diag_add(diag, DIAG_ERROR, "evidence-write", DIAG_AT(e->folder, 0, 0), STR_NONE,
	    e->err == ENOSPC
	        ? _("Free some space, then go on with: vidno audit --resume.")
	        : _("See that the folder may be written to, then go on with: vidno audit --resume."),
	    _("what the audit found cannot be written: %m"));
}

static bool is_there(const struct evidence *e, struct name n)
{
	struct stat st;
	return fstatat(e->dir, n.s, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode);
}

bool evidence_is_done(const struct evidence *e, const char *school)
{
	return is_there(e, name_of(school, WARC, false)) &&
	    is_there(e, name_of(school, LOG, false));
}

bool evidence_is_open(const struct evidence *e, const char *school)
{
	return is_there(e, name_of(school, WARC, true));
}

void evidence_reopen(const struct evidence *e, const char *school)
{
	unlinkat(e->dir, name_of(school, LOG, false).s, 0);
}

/* ---- writing ---- */

static int fail(struct evidence *e)
{
	if (!e->err)
		e->err = errno ? errno : EIO;
	return -1;
}

static int open_file(const struct evidence *e, struct name n, int flags)
{
	return openat(e->dir, n.s, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | flags, 0644);
}

/* What is packed goes to the file; the first of all makes it, whatever was
 * there. */
static int write_packed(struct evidence_file *f)
{
	struct evidence *e = f->all;
	int how = O_APPEND | (f->whole ? 0 : O_CREAT | O_TRUNC);
	if (e->file < 0)
		e->file = open_file(e, name_of(f->school, WARC, true), how);
	int result = e->file < 0 ? -1 : fd_write(e->file, e->packed.data, e->packed.len);
	buf_reset(&e->packed);
	return result;
}

static int take_piece(void *payload, struct str bytes)
{
	struct evidence_file *f = payload;
	struct buf *packed = &f->all->packed;
	f->size += bytes.n;
	buf_add(packed, bytes.p, bytes.n);
	return packed->len < PACKED ? 0 : write_packed(f);
}

/* Back to the last commit. What cannot be cut is cut by whoever reads it. */
static int cut(struct evidence_file *f)
{
	struct evidence *e = f->all;
	fail(e);
	if (e->file >= 0 && ftruncate(e->file, (off_t)f->whole))
		errno = e->err;
	fd_close(e->file);
	e->file = -1;
	buf_reset(&e->packed);
	f->size = f->whole;
	return -1;
}

struct warc_id evidence_id(struct evidence_file *f)
{
	char seed[NAME + sizeof(f->info.s) + 24];
	snprintf(
	    seed, sizeof(seed), "%s %s %llu", f->info.s, f->school, (unsigned long long)f->count++);
	return warc_id(str_of(seed));
}

int64_t evidence_record(struct evidence_file *f, struct warc_record *r)
{
	struct warc_id id;
	if (r->id.n == 0) {
		id = evidence_id(f);
		r->id = str_of(id.s);
	}
	if (r->type != WARC_INFO)
		r->info = str_of(f->info.s);
	int64_t begin = (int64_t)f->size;
	struct evidence *e = f->all;
	if (e->err || warc_write(r, &e->packer, take_piece, f))
		begin = cut(f);
	r->id = STR("");
	return begin;
}

int evidence_commit(struct evidence_file *f)
{
	struct evidence *e = f->all;
	if (e->err || write_packed(f))
		return cut(f);
	fd_close(e->file);
	e->file = -1;
	f->whole = f->size;
	return 0;
}

/* The first rows make the file, whatever was there. */
static int write_rows(struct evidence_file *f)
{
	struct evidence *e = f->all;
	int how = O_APPEND | (f->log_is_made ? 0 : O_CREAT | O_TRUNC);
	int fd = open_file(e, name_of(f->school, LOG, true), how);
	int result = fd < 0 || fd_write(fd, f->log.data, f->log.len) ? fail(e) : 0;
	fd_close(fd);
	buf_reset(&f->log);
	f->log_is_made = true;
	return result;
}

int evidence_row(struct evidence_file *f, const struct fetch_row *row)
{
	if (f->all->err)
		return -1;
	fetchlog_write(&f->log, row);
	return f->log.len < ROWS ? 0 : write_rows(f);
}

static int write_info(struct evidence_file *f, struct str info, struct str date)
{
	struct name n = name_of(f->school, WARC, false);
	struct buf seed = BUF_INIT(BUF_LINE);
	buf_addf(&seed, "%s %.*s", n.s, (int)date.n, date.p);
	f->info = warc_id(buf_str(&seed));
	buf_clear(&seed);
	struct warc_record r = {.type = WARC_INFO,
	    .id = str_of(f->info.s),
	    .date = date,
	    .filename = str_of(n.s),
	    .content_type = STR("application/warc-fields"),
	    .pieces = {info}};
	evidence_record(f, &r);
	return evidence_commit(f);
}

/* A name from a table, but one that makes a path. */
static int begin_file(struct evidence_file *f, struct evidence *all, const char *school)
{
	*f = (struct evidence_file){.all = all, .school = school, .log = BUF_INIT(BUF_PAGE)};
	fetchlog_header(&f->log);
	if (str_is_slug(str_of(school)) && strlen(school) <= NAME / 2)
		return 0;
	errno = EINVAL;
	return fail(all);
}

int evidence_begin(struct evidence_file *f, struct evidence *all, const char *school,
    struct str info, struct str date)
{
	return begin_file(f, all, school) || write_info(f, info, date) ? -1 : 0;
}

/* A run that was killed at the very end of a visit may have given the archive
 * its name already, and not the log. */
const char *evidence_left(const struct evidence *e, struct arena *a, const char *school)
{
	struct name open = name_of(school, WARC, true), final = name_of(school, WARC, false);
	if (!is_there(e, open) && is_there(e, final))
		renameat(e->dir, final.s, e->dir, open.s);
	return arena_printf(a, "%s/%s", e->folder, open.s);
}

int evidence_continue(struct evidence_file *f, struct evidence *all, const char *school,
    const struct warc_id *info, uint64_t size, uint64_t count)
{
	if (begin_file(f, all, school))
		return -1;
	f->info = *info;
	f->size = f->whole = size;
	f->count = count - 1; /* the first has an id of its own kind */
	int fd = all->err ? -1 : open_file(all, name_of(school, WARC, true), 0);
	int result = fd < 0 || ftruncate(fd, (off_t)size) ? fail(all) : 0;
	fd_close(fd);
	return result;
}

/* ---- the end of visits ---- */

/* The disk begins to write what is in the file. It would later, so whether it
 * does now is no matter. */
static int push(int fd)
{
	(void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	return 0;
}

/* The same to both files of each. */
static int with_all(struct evidence_file *const *files, size_t count, int (*what)(int fd))
{
	static const char *const endings[] = {WARC, LOG};
	for (size_t i = 0; i < 2 * count; i++) {
		const struct evidence_file *f = files[i / 2];
		int fd = open_file(f->all, name_of(f->school, endings[i % 2], true), 0);
		int result = fd < 0 || what(fd) ? fail(f->all) : 0;
		fd_close(fd);
		if (result)
			return -1;
	}
	return 0;
}

static int give_name(const struct evidence_file *f, const char *ending)
{
	struct name from = name_of(f->school, ending, true), to = name_of(f->school, ending, false);
	return renameat(f->all->dir, from.s, f->all->dir, to.s);
}

/* The archive first: a log without an archive would lead nowhere. */
static int give_names(struct evidence_file *const *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (give_name(files[i], WARC) || give_name(files[i], LOG))
			return fail(files[i]->all);
	return fsync(files[0]->all->dir) ? fail(files[0]->all) : 0;
}

/* All that is to be written is on its way before the first is waited for: then
 * the journal of the disk is written once for all, not once for each. */
int evidence_end(struct evidence_file *const *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (write_rows(files[i]))
			return -1;
	return count &&
	        (with_all(files, count, push) || with_all(files, count, fsync) ||
	            give_names(files, count))
	    ? -1
	    : 0;
}

void evidence_forget(struct evidence_file *f)
{
	buf_clear(&f->log);
}
