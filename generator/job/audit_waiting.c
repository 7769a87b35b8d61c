/*
 * Schools of one time zone wait for the same reason until the same moment, so
 * there is a line for each zone.
 */
#include "job/audit_waiting.h"

#include "base/intl.h"

enum { ZONES_MOST = 32, DAY = 86400 };

struct waiting {
	int zone;
	const char *name;
	size_t schools;
};

static const char *zone_name(const struct school *s)
{
	bool known = s->timezone && gather_zone(s->timezone) >= 0;
	return known ? s->timezone : "Europe/Moscow";
}

static size_t count_zones(struct waiting *zones, const struct school *const *schools, size_t count)
{
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		const char *name = zone_name(schools[i]);
		int zone = gather_zone(name);
		size_t k = 0;
		while (k < n && zones[k].zone != zone)
			k++;
		if (k == n)
			zones[n++] = (struct waiting){zone, name, 0};
		zones[k].schools++;
	}
	return n;
}

static void add_reason(struct buf *out, const struct gather_hours *hours, int64_t now, int zone)
{
	const struct exam_day *exam = gather_hours_exam(hours, now, zone);
	switch (gather_when(hours, now, zone)) {
	case GATHER_FIRST_SEPTEMBER:
		buf_adds(out, _("today is 1 September"));
		break;
	case GATHER_EXAM:
		if (exam)
			buf_addf(out, _("today is a day of exams: %s (%s, line %u)"), exam->what,
			    exam->row.file, exam->row.line);
		else
			buf_addf(out,
			    _("today may be a day of exams: %s has none of this year, so 20 May to 5 July are left out"),
			    EXAM_DAYS_FILE);
		break;
	case GATHER_DAY:
	case GATHER_MAY:
		buf_adds(out, _("it is day there"));
		break;
	}
}

void audit_waiting(struct buf *out, const struct gather_hours *hours,
    const struct school *const *schools, size_t count, int64_t now)
{
	struct waiting zones[ZONES_MOST];
	size_t n = count_zones(zones, schools, count);
	bool begun = false;
	for (size_t i = 0; i < n; i++) {
		int64_t wait = gather_hours_wait(hours, now, zones[i].zone);
		int64_t until = now + wait + 60 * zones[i].zone;
		int minute = (int)((until % DAY + DAY) % DAY / 60);
		if (wait == 0)
			continue;
		if (!begun)
			buf_adds(out,
			    _("Sites are visited at night, and not on days of exams. At any time: --any-hour\n"));
		begun = true;
		buf_addf(out, _("  %zu of %zu schools wait until %s %02d:%02d (%s): "),
		    zones[i].schools, count, date_iso(date_from_unix(until)).s, minute / 60,
		    minute % 60, zones[i].name);
		add_reason(out, hours, now, zones[i].zone);
		buf_addc(out, '\n');
	}
}
