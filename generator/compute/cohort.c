/*
 * A cohort is a union of categories: of each the declared list in force, else
 * what the methods of that category identified. Schools are marked in an
 * array by their place in schools.csv.
 */
#include "compute/indicator.h"
#include "compute/official.h"

#include <stdlib.h>
#include <string.h>

static int category_of(struct str word)
{
	for (int i = 0; categories[i]; i++)
		if (str_is(word, categories[i]))
			return i + 1;
	return CATEGORY_NONE;
}

/* A list that says yes or no of one school at least, or applies to none. */
static bool decides(const struct identification *list)
{
	return !list->undetermined &&
	    (list->identified || list->not_identified || !list->insufficient);
}

/* Marks what the methods of the category identified; false when none of them
 * decides anything in that year. */
static bool mark_computed(bool *in, const struct identifications *all, int category, int year)
{
	bool decided = false;
	for (size_t i = 0; i < all->count; i++) {
		const struct identification *list = &all->items[i];
		if (list->year != year || list->method->category != category || !decides(list))
			continue;
		decided = true;
		for (size_t j = 0; j < list->nschools; j++)
			if (list->schools[j].outcome == OUTCOME_IDENTIFIED)
				in[list->schools[j].school->row.index] = true;
	}
	return decided;
}

/* False when the names are not known; *number is then N, or -1. */
static bool mark_category(bool *in, const struct department *d, const struct identifications *all,
    int category, int year, struct arena *a, int64_t *number)
{
	struct official list;
	official_list(&list, a, d, category, year);
	*number = -1;
	if (!list.in_force)
		return mark_computed(in, all, category, year);
	*number = list.count;
	for (size_t i = 0; i < d->nschools; i++)
		in[i] |= list.named[i];
	return list.all_named;
}

static int by_id(const void *x, const void *y)
{
	const struct school *const *a = x, *const *b = y;
	return strcmp((*a)->id, (*b)->id);
}

static void gather(const struct school ***schools, int64_t *count, struct arena *a,
    const struct department *d, const bool *in)
{
	size_t n = 0;
	*schools = arena_array(a, d->nschools + 1, sizeof(**schools));
	for (size_t i = 0; i < d->nschools; i++)
		if (in[d->schools[i].row.index])
			(*schools)[n++] = &d->schools[i];
	qsort(*schools, n, sizeof(**schools), by_id);
	*count = (int64_t)n;
}

int cohort_schools(const struct department *d, const struct identifications *all,
    const char *cohort, int year, struct arena *a, const struct school ***schools, int64_t *count)
{
	struct str rest = str_trim(str_of(cohort)), word;
	bool *in = arena_array(a, d->nschools + 1, sizeof(*in)), known = true;
	size_t ncategories = 0;
	int64_t number = -1;

	*schools = NULL;
	if (rest.n == 0)
		rest = STR("all");
	while (str_next(&rest, '|', &word)) {
		word = str_trim(word);
		ncategories++;
		int category = category_of(word);
		if (category)
			known &= mark_category(in, d, all, category, year, a, &number);
		else if (str_is(word, "all"))
			for (size_t i = 0; i < d->nschools; i++)
				in[d->schools[i].row.index] |= school_open(&d->schools[i], year);
		else
			known = false;
	}
	if (known) {
		gather(schools, count, a, d, in);
		return 0;
	}
	/* Numbers of several lists cannot be added: a school may be on both. */
	*count = ncategories == 1 ? number : -1;
	return -1;
}
