/*
 * file - reading beneath one folder, and never beside it.
 *
 * root_open() once, then read, list, look and create by paths relative to the
 * root; root_close() at the end. Paths part folders with '/'. Symbolic links
 * that stay beneath the root are followed; one that leads out, an absolute
 * one, and a path with too many ".." are FILE_OUTSIDE. A root may be used by
 * any number of threads at once; it owns its descriptor and its copy of the
 * path.
 *
 * What is read lives in the caller's arena. Functions return FILE_OK (0) or
 * one of the negative codes below and add no messages: whether a missing file
 * is wrong is known to the caller, who has file_complain() for the words.
 * With FILE_FAILED errno says why.
 */
#ifndef SYS_FILE_H
#define SYS_FILE_H

#include "base/diag.h"

enum file_status {
	FILE_OK = 0,
	FILE_MISSING = -1,    /* no such file or folder */
	FILE_OUTSIDE = -2,    /* the path or a symbolic link leads out of the root */
	FILE_WRONG_KIND = -3, /* no regular file, or no folder where one was asked for */
	FILE_DENIED = -4,     /* the user may not read (or create) it */
	FILE_TOO_LARGE = -5,  /* larger than the caller's bound, or too many entries */
	FILE_EXISTS = -6,     /* file_create() only */
	FILE_FAILED = -7      /* anything else: errno */
};

/* How deep file_walk() goes at most, and how many entries it and file_list()
 * give at most. */
enum { FILE_DEPTH = 16, FILE_ENTRIES = 1000000 };

struct root_source;

struct root {
	int fd;
	char *path; /* as given, for messages */
	/* NULL: a folder on the disk. Else what the root is made of, and its own. */
	const struct root_source *source;
	void *payload;
};

#define ROOT_INIT \
	{ \
		.fd = -1 \
	}

enum file_status root_open(struct root *r, const char *path);
void root_close(struct root *r); /* also of one never opened */

/*
 * The whole of a regular file, terminated by a zero byte that is not counted.
 * The size is looked at before anything is read: what is larger than max
 * bytes costs neither time nor memory.
 */
enum file_status file_read(
    struct str *out, struct arena *a, const struct root *r, const char *path, size_t max);

enum file_kind { FILE_REGULAR, FILE_FOLDER, FILE_OTHER };

struct file_info {
	enum file_kind kind;
	uint64_t size;
	int64_t mtime; /* nanoseconds since 1970 */
};

/* Follows symbolic links that stay beneath the root. "" is the root. */
enum file_status file_look(struct file_info *out, const struct root *r, const char *path);

struct file_entry {
	const char *name;
	enum file_kind kind;     /* of what a symbolic link leads to */
	enum file_status status; /* FILE_OK; of a link: FILE_OUTSIDE, FILE_MISSING, … */
};

struct file_entries {
	struct file_entry *items;
	size_t count;
};

/* A folder sorted by bytes; names that begin with a dot are left out. */
enum file_status file_list(
    struct file_entries *out, struct arena *a, const struct root *r, const char *path);

/*
 * Visits everything beneath a folder, each folder's entries sorted by bytes, a
 * folder before what is in it. path is relative to the root and valid during
 * the call. Returning -1 ends the walk, which then gives FILE_FAILED. A link
 * back to a folder that is being walked is visited but not entered, and
 * neither is anything deeper than FILE_DEPTH (status FILE_TOO_LARGE). A folder
 * that cannot be opened is visited with the status that says why.
 */
typedef int file_visitor(void *payload, const char *path, const struct file_entry *entry);
enum file_status file_walk(
    const struct root *r, const char *path, file_visitor *visit, void *payload);

/* Create a file that does not exist yet, with its folders. Symbolic links on
 * the way count as FILE_OUTSIDE. What could not be written whole is removed. */
enum file_status file_create(const struct root *r, const char *path, struct str bytes);

/*
 * Another source of a root than the disk, as sys/repo_root is one. Each function
 * does for it what the file_ function of this name does, with the same statuses;
 * list() also says which folder it was, whatever the way to it, so that
 * file_walk() does not go in circles. All but close() are called by several
 * threads at once.
 */
struct file_number {
	uint64_t device, number;
};

struct root_source {
	enum file_status (*read)(
	    struct str *out, struct arena *a, const struct root *r, const char *path, size_t max);
	enum file_status (*look)(struct file_info *out, const struct root *r, const char *path);
	enum file_status (*list)(struct file_entries *out, struct file_number *number,
	    struct arena *a, const struct root *r, const char *path);
	void (*close)(struct root *r);
};

enum file_status file_status_of(int code); /* of an error number */
void file_sort(struct file_entries *entries);

/*
 * Add the error for a status to diag: rule "file-missing", "file-outside",
 * "file-kind", "file-denied", "file-too-large", "file-exists", "file-failed".
 * Call it at once: errno is used. max is the bound that was passed, or 0.
 */
void file_complain(struct diag *diag, enum file_status status, const char *path, size_t max);

#endif
