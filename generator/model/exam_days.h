/*
 * exam_days - days of the state exams, on which no school's site is visited.
 *
 * The rows of data/exam-days.csv: single days, or several from one to another.
 * Schools have other cares on them, and their sites are looked at. Of a year that
 * has rows they are all that is known; of a year without any, a whole season is
 * taken, EXAM_SEASON.
 */
#ifndef MODEL_EXAM_DAYS_H
#define MODEL_EXAM_DAYS_H

#include "base/diag.h"
#include "model/table.h"

#define EXAM_DAYS_FILE "data/exam-days.csv"

/* Month and day: 20 May to 5 July, as the main period fell for years. */
enum { EXAM_SEASON_FROM = 520, EXAM_SEASON_TO = 705 };

/* 0, or -1 with messages: a row that ends before it begins, or lasts so long that
 * a misprint is likelier than a period of exams. t is partial then. */
int exam_days_check(struct table *t, struct str bytes, struct diag *diag);
/* The row of a day, or NULL. season: is the day kept free because its year has no
 * rows? */
const struct exam_day *exam_days_find(
    const struct exam_day *rows, size_t count, struct date day, bool *season);

#endif
