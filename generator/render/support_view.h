/*
 * support_view - which schools get support, by which list.
 *
 * The year spoken of is that of the assessment. For each category the list is
 * the declared one in force, else the latest one that the department's
 * methods have computed by that year, as for the cohorts of indicators.
 */
#ifndef RENDER_SUPPORT_VIEW_H
#define RENDER_SUPPORT_VIEW_H

#include "render/page.h"

struct support_list {
	int category;
	int year;      /* of the list */
	bool declared; /* else computed */
	bool *named;   /* by school.row.index */
	size_t nnamed;
	int64_t count; /* schools on it: at least the named ones */
	bool all_named;
};

struct supported {
	int year; /* spoken of */
	struct support_list lists[CATEGORY_END];
	size_t nlists;
	size_t schools; /* named on one list at least */
	size_t open;    /* all schools of the year, those counted without a name too */
	bool all_named;
};

void support_read(struct supported *out, const struct renderer *r);
bool support_has(const struct supported *s, const struct school *school);
/* A list {text}: a tag for each list that names the school; dated: with the
 * list's year and whether it is declared or computed. */
void support_tags(struct renderer *r, struct view *v, const char *name, const struct supported *s,
    const struct school *school, bool dated);
/* The tags' words in one: "школа с НРО, школа в НСУ"; "" without any. */
const char *support_labels(
    struct renderer *r, const struct supported *s, const struct school *school);
/* "6" and "из 10 школ": fields n, rest. "не меньше 6" when names are missing
 * and a school may be on two lists. */
void support_count(struct renderer *r, struct view *v, const struct supported *s);
/* "10 школ, в списках на поддержку 6", and how many of them have a name here. */
const char *support_lead(struct renderer *r, const struct supported *s);
/* "Школа с НРО: 4, по списку отдела образования на 2020 год." */
const char *support_list_text(struct renderer *r, const struct support_list *list);
/* The identification page of a list's year, or of the latest. */
const char *support_list_path(const struct renderer *r, int year);

/* The latest list of a method by a year (0: of all), or NULL. */
const struct identification *support_latest(
    const struct renderer *r, const struct method *m, int year);

#endif
