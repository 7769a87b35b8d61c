/*
 * Some dozens of rows a year, asked a few times for each school: they are gone
 * through one after the other.
 */
#include "model/exam_days.h"

#include "base/intl.h"
#include "model/place.h"

enum { DAYS_MOST = 62 };

static struct date last_day(const struct exam_day *row)
{
	return date_is_set(row->to) ? row->to : row->from;
}

static int complain(struct table *t, struct str bytes, struct diag *diag,
    const struct exam_day *row, const char *remedy, const char *text)
{
	t->partial = true;
	diag_add(diag, DIAG_ERROR, "exam-days", place_find(t, bytes, NULL, &row->row, "to"),
	    str_of(date_iso(row->to).s), remedy, "%s", text);
	return -1;
}

int exam_days_check(struct table *t, struct str bytes, struct diag *diag)
{
	int err = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct exam_day *row = table_row(t, i);
		if (date_cmp(last_day(row), row->from) < 0)
			err = complain(t, bytes, diag, row,
			    _("Write the first day into “from” and the last one into “to”."),
			    _("the exams end before they begin"));
		else if (date_days(last_day(row)) - date_days(row->from) >= DAYS_MOST)
			err = complain(t, bytes, diag, row,
			    _("Look at the year and the month; write the days of exams in several rows."),
			    _("no exams last for more than two months"));
	}
	return err;
}

const struct exam_day *exam_days_find(
    const struct exam_day *rows, size_t count, struct date day, bool *season)
{
	bool listed = false;
	for (size_t i = 0; i < count; i++) {
		struct date last = last_day(&rows[i]);
		if (date_cmp(rows[i].from, day) <= 0 && date_cmp(day, last) <= 0) {
			*season = false;
			return &rows[i];
		}
		listed |= rows[i].from.year <= day.year && day.year <= last.year;
	}
	int place = day.month * 100 + day.day;
	*season = !listed && place >= EXAM_SEASON_FROM && place <= EXAM_SEASON_TO;
	return NULL;
}
