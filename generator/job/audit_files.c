/*
 * Prepared under names that begin with a dot, which nobody reads as a table,
 * then swapped in; what was there before lies under these names and goes.
 */
#include "job/audit_files.h"

#include "base/arena.h"
#include "base/intl.h"
#include "sys/fd.h"
#include "sys/file.h"
#include "sys/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 2 };

struct pair {
	int dir;
	const char *live[FILES], *prepared[FILES], *spare[FILES];
	struct str bytes[FILES];
};

static int prepare(const struct pair *p)
{
	for (int i = 0; i < FILES; i++) {
		fd_remove(p->dir, p->prepared[i]);
		fd_remove(p->dir, p->spare[i]);
		if (fd_create(p->dir, p->prepared[i], 0644, p->bytes[i].p, p->bytes[i].n) < 0)
			return -1;
		int fd = openat(p->dir, p->prepared[i], O_RDONLY | O_CLOEXEC);
		int err = fd < 0 ? -1 : fsync(fd);
		fd_close(fd);
		if (err < 0)
			return -1;
	}
	return 0;
}

static int switch_over(const struct pair *p)
{
	struct swap swap = SWAP_INIT(p->dir);
	int err = 0;
	for (int i = 0; i < FILES && !err; i++)
		err = swap_in(&swap, p->prepared[i], p->live[i], p->spare[i]);
	if (err) {
		int code = errno;
		swap_undo(&swap);
		errno = code;
	} else {
		fsync(p->dir);
	}
	swap_end(&swap);
	return err;
}

static void tidy(const struct pair *p)
{
	int code = errno;
	for (int i = 0; i < FILES; i++) {
		fd_remove(p->dir, p->prepared[i]);
		fd_remove(p->dir, p->spare[i]);
	}
	errno = code;
}

int audit_files_write(const char *site, const char *department, struct date round, struct str rows,
    struct str evidence, struct diag *diag)
{
	struct arena a = ARENA_INIT;
	struct pair p = {.bytes = {rows, evidence}};
	static const char *const endings[FILES] = {"csv", "evidence.csv"};
	const char *folder = arena_printf(&a, "%s/data/%s/audit", site, department);
	for (int i = 0; i < FILES; i++) {
		p.live[i] = arena_printf(&a, "%s.%s", date_iso(round).s, endings[i]);
		p.prepared[i] = arena_printf(&a, ".%s.new", p.live[i]);
		p.spare[i] = arena_printf(&a, ".%s.old", p.live[i]);
	}
	fd_make_parents(AT_FDCWD, arena_printf(&a, "%s/x", folder));
	p.dir = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	int err = p.dir < 0 || prepare(&p) < 0 || switch_over(&p) < 0 ? -1 : 0;
	if (p.dir >= 0)
		tidy(&p);
	if (err < 0)
		file_complain(diag, FILE_FAILED, arena_printf(&a, "%s/%s", folder, p.live[0]), 0);
	fd_close(p.dir);
	arena_clear(&a);
	return err;
}

/* ---- who may write ---- */

static int open_data(const char *site, const char *department, const char *below)
{
	struct arena a = ARENA_INIT;
	const char *folder = arena_printf(&a, "%s/data/%s%s", site, department, below);
	int fd = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	arena_clear(&a);
	return fd;
}

int audit_files_claim(int *fd, const char *site, const char *department, struct diag *diag)
{
	*fd = open_data(site, department, "");
	if (*fd < 0 || fd_hold(*fd, false) == 0)
		return 0;
	fd_close(*fd);
	*fd = -1;
	diag_add(diag, DIAG_ERROR, "audit-busy", DIAG_NOWHERE, str_of(department),
	    _("Wait until it is over. Stopped by Ctrl+C, it goes on later with --resume."),
	    _("another audit of this department is under way"));
	return -1;
}

int audit_files_hold(const char *site, const char *department)
{
	int fd = open_data(site, department, "/audit");
	if (fd >= 0)
		fd_hold(fd, true);
	return fd;
}
