/*
 * Given dates are read at once; HEAD is waited for when the date is asked for.
 */
#include "job/dating.h"

#include "base/intl.h"
#include "sys/clock.h"

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
	    _("Set it to seconds since 1970, or unset it."),
	    _("SOURCE_DATE_EPOCH is not a number"));
	return -1;
}

static void from_head(struct dating *d, enum repo_status status, const struct repo_head *head)
{
	if (status == REPO_OK) {
		d->date = date_from_unix(head->time);
		return;
	}
	d->date = date_from_unix(clock_unix());
	diag_add(&d->diag, DIAG_NOTE, "date-today", DIAG_NOWHERE, (struct str){NULL, 0},
	    _("For the same bytes every time, keep the site in git or give --date."),
	    _("there is no commit to take the date from: today, %s, is the build date"),
	    date_iso(d->date).s);
}

bool dating_given(const struct build_options *o)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	return o->date || (epoch && *epoch);
}

int dating_begin(
    struct dating *d, const struct build_options *o, struct history_job *history, struct diag *diag)
{
	*d = (struct dating){.diag = DIAG_INIT};
	pthread_mutex_init(&d->lock, NULL);
	if (o->date)
		return from_text(&d->date, o->date, diag);
	if (dating_given(o))
		return from_epoch(&d->date, getenv("SOURCE_DATE_EPOCH"), diag);
	d->history = history;
	return 0;
}

struct date dating_wait(struct dating *d)
{
	pthread_mutex_lock(&d->lock);
	if (d->history) {
		struct repo_head head;
		from_head(d, history_head(d->history, &head), &head);
		d->history = NULL;
	}
	pthread_mutex_unlock(&d->lock);
	return d->date;
}

void dating_end(struct dating *d, struct diag *diag)
{
	dating_wait(d);
	diag_join(diag, &d->diag);
	pthread_mutex_destroy(&d->lock);
}
