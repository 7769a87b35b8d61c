/*
 * load - from files to the model.
 *
 * The only place that knows where things lie in a site's folder. Order:
 * load_open(), load_site(), load_theme(), then load_department() for each id,
 * from any number of threads. Everything wrong goes to the diag given; the
 * functions return -1 when there were errors, and what could be read is
 * there all the same, so that one run reports all.
 */
#ifndef JOB_LOAD_H
#define JOB_LOAD_H

#include "model/department.h"
#include "render/theme.h"
#include "sys/file.h"

/* Of one text, and of an attachment: a scan of a long document fits; a film
 * does not. */
enum { CONTENT_BYTES = 4 * 1024 * 1024, ATTACHMENT_BYTES = 256 * 1024 * 1024 };

struct load {
	struct root root; /* the site's folder */
	struct site site;
	struct arena theme_arena;
	struct theme theme;
	const char **departments; /* ids found and asked for, sorted */
	size_t ndepartments, departments_cap;
	size_t nlisted; /* departments of the site, also those not asked for */
	bool skims;     /* attachments are not read: who says how large they are? */
};

#define LOAD_INIT \
	{ \
		.root = ROOT_INIT, .site = SITE_INIT, .theme_arena = ARENA_INIT \
	}

int load_open(struct load *l, const char *site, struct diag *diag);
int load_site(struct load *l, struct diag *diag);
/* only: ids to keep, or NULL for all. */
int load_departments(struct load *l, const char *const *only, size_t nonly, struct diag *diag);
int load_theme(struct load *l, struct diag *diag);
/* Reads all; department_finish() is the caller's, once the date is known. */
int load_department(const struct load *l, struct department *d, const char *id, struct diag *diag);
/* For a check: whether the patterns of the audit's lists are patterns, and
 * their examples hold: of the departments that were found, and the shared ones. */
void load_check_lists(const struct load *l, bool shared, struct diag *diag);
void load_close(struct load *l);

#endif
