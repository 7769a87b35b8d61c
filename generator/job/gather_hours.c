/* The zones as they are since 2020, when Volgograd went back to Moscow's; the
 * next allowed moment is looked for hour by hour. */
#include "job/gather_hours.h"

#include <string.h>

enum { HOUR = 3600, DAY = 24 * HOUR, SEARCH_HOURS = 24 * 400 };

int gather_zone(const char *name)
{
	static const struct {
		const char *name;
		int hours;
	} zones[] = {{"", 3}, {"Europe/Moscow", 3}, {"Europe/Kaliningrad", 2}, {"Europe/Kirov", 3},
	    {"Europe/Simferopol", 3}, {"Europe/Volgograd", 3}, {"Europe/Astrakhan", 4},
	    {"Europe/Samara", 4}, {"Europe/Saratov", 4}, {"Europe/Ulyanovsk", 4},
	    {"Asia/Yekaterinburg", 5}, {"Asia/Omsk", 6}, {"Asia/Barnaul", 7},
	    {"Asia/Krasnoyarsk", 7}, {"Asia/Novokuznetsk", 7}, {"Asia/Novosibirsk", 7},
	    {"Asia/Tomsk", 7}, {"Asia/Irkutsk", 8}, {"Asia/Chita", 9}, {"Asia/Khandyga", 9},
	    {"Asia/Yakutsk", 9}, {"Asia/Ust-Nera", 10}, {"Asia/Vladivostok", 10},
	    {"Asia/Magadan", 11}, {"Asia/Sakhalin", 11}, {"Asia/Srednekolymsk", 11},
	    {"Asia/Anadyr", 12}, {"Asia/Kamchatka", 12}};
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
		if (strcmp(name, zones[i].name) == 0)
			return 60 * zones[i].hours;
	return -1;
}

static struct date local_day(int64_t unix_time, int zone)
{
	return date_from_unix(unix_time + 60 * zone);
}

const struct exam_day *gather_hours_exam(
    const struct gather_hours *hours, int64_t unix_time, int zone)
{
	bool season;
	return exam_days_find(hours->exams, hours->nexams, local_day(unix_time, zone), &season);
}

static bool is_exam(const struct gather_hours *hours, struct date day)
{
	bool season;
	return exam_days_find(hours->exams, hours->nexams, day, &season) || season;
}

enum gather_when gather_when(const struct gather_hours *hours, int64_t unix_time, int zone)
{
	int64_t local = unix_time + 60 * zone;
	struct date day = local_day(unix_time, zone);
	int hour = (int)((local % DAY + DAY) % DAY / HOUR);
	if (day.month == 9 && day.day == 1)
		return GATHER_FIRST_SEPTEMBER;
	if (is_exam(hours, day))
		return GATHER_EXAM;
	return hour >= hours->from || hour < hours->to ? GATHER_MAY : GATHER_DAY;
}

int64_t gather_hours_wait(const struct gather_hours *hours, int64_t unix_time, int zone)
{
	int64_t at = unix_time;
	for (int i = 0; i < SEARCH_HOURS && gather_when(hours, at, zone) != GATHER_MAY; i++)
		at += HOUR - (at + 60 * zone) % HOUR;
	return at - unix_time;
}
