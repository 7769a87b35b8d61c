/*
 * The clock and the commit enter here and nowhere else, once per run.
 */
#include "job/build.h"

#include "base/intl.h"
#include "sys/clock.h"
#include "sys/repo.h"

#include <errno.h>
#include <stdlib.h>

static int from_text(struct date *out, const char *text, struct diag *diag)
{
	if (date_parse(out, str_of(text)) == 0)
		return 0;
	diag_add(diag, DIAG_ERROR, "option-date", DIAG_NOWHERE, str_of(text),
	    _("Write it like 2026-01-31 or 31.01.2026."), _("--date is not a date"));
	return -1;
}

static int from_epoch(struct date *out, const char *text, struct diag *diag)
{
	char *end;
	errno = 0;
	long long seconds = strtoll(text, &end, 10);
	if (errno == 0 && end != text && *end == '\0' && seconds >= 0 && seconds < 253402300800LL) {
		*out = date_from_unix(seconds);
		return 0;
	}
	diag_add(diag, DIAG_ERROR, "source-date-epoch", DIAG_NOWHERE, str_of(text),
	    _("Set it to seconds since 1970, or unset it."), _("SOURCE_DATE_EPOCH is not a number"));
	return -1;
}

int build_date(struct date *out, const struct build_options *o, struct diag *diag)
{
	if (o->date)
		return from_text(out, o->date, diag);
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	if (epoch && *epoch)
		return from_epoch(out, epoch, diag);
	struct repo_head head;
	enum repo_status status = repo_head(&head, o->site);
	if (status == REPO_OK) {
		*out = date_from_unix(head.time);
		return 0;
	}
	if (status != REPO_NONE)
		repo_complain(diag, status, &head, o->site);
	*out = date_from_unix(clock_unix());
	diag_add(diag, DIAG_NOTE, "date-today", DIAG_NOWHERE, (struct str){NULL, 0},
	    _("For the same bytes every time, keep the site in git or give --date."),
	    _("there is no commit to take the date from: today, %s, is the build date"),
	    date_iso(*out).s);
	return 0;
}
