/*
 * gather_hours - when a school's site may be visited.
 *
 * At night in the school's time zone, so that nobody waits for a page because
 * of us; never on 1 September, when everybody looks at the sites of schools,
 * and never on days of the state exams (model/exam_days).
 */
#ifndef JOB_GATHER_HOURS_H
#define JOB_GATHER_HOURS_H

#include "model/exam_days.h"

struct gather_hours {
	int from, to; /* the night, in hours: 22 and 6 */
	const struct exam_day *exams;
	size_t nexams;
};

#define GATHER_HOURS \
	{ \
		.from = 22, .to = 6 \
	}

enum gather_when { GATHER_MAY, GATHER_DAY, GATHER_FIRST_SEPTEMBER, GATHER_EXAM };

/* Minutes east of Greenwich of a Russian time zone by its IANA name ("" is
 * Europe/Moscow), or -1: not known. None of them has summer time. */
int gather_zone(const char *name);
enum gather_when gather_when(const struct gather_hours *hours, int64_t unix_time, int zone);
/* The row of the list that keeps the day of that moment free, or NULL. */
const struct exam_day *gather_hours_exam(
    const struct gather_hours *hours, int64_t unix_time, int zone);
/* Seconds until it may be visited, 0 now. */
int64_t gather_hours_wait(const struct gather_hours *hours, int64_t unix_time, int zone);

#endif
