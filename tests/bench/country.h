/*
 * country - a made-up country, department by department.
 *
 * country_department() makes one department from its number alone, so that
 * any number of departments needs the memory of one, and two runs give the
 * same bytes. country_vidno() and country_hugo() write it as a part of a
 * Vidno site and of a Hugo site; the _begin functions write what departments
 * share, country_hugo_end() the front page.
 *
 * It holds what real tables hold: small groups, results that were cancelled,
 * moved or not supplied, schools without senior classes, empty cells.
 */
#ifndef BENCH_COUNTRY_H
#define BENCH_COUNTRY_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum {
	YEARS = 3,
	FIRST_YEAR = 2020,
	PROCEDURES = 9,
	FACTORS = 10,
	ITEMS = 6, /* of the site audit */
	MOST_SCHOOLS = 24,
};

struct procedure_fact {
	const char *id, *title;
	bool senior, score; /* of senior classes; has a score instead of a mark */
};
extern const struct procedure_fact procedures[PROCEDURES];
extern const char *const items[ITEMS];

enum sitting { HELD, CANCELLED, MOVED, NOT_SUPPLIED, NO_LEVEL, NO_PARTICIPANTS };
extern const char *const sitting_words[];

struct sitting_fact {
	enum sitting status;
	int n, below, good; /* pupils: took part, below the minimum, marks 4 and 5 */
	int mean;           /* in tenths */
};

struct context_fact {
	int students, both_higher, single_parent, registered, teachers, diagnosed;
};

struct school_fact {
	long number; /* in the country */
	int in_department;
	const char *place;
	bool senior, declared;
	struct sitting_fact results[PROCEDURES][YEARS];
	struct context_fact context[YEARS];
	bool factors[FACTORS], audit[ITEMS];
};

struct department_fact {
	long number;
	char base[64]; /* of its name */
	int nschools;
	struct school_fact schools[MOST_SCHOOLS];
};

/* How many departments so many schools make, and which schools are in one. */
long country_departments(long schools);
void country_department(struct department_fact *d, long number, long schools);

bool sitting_has_numbers(const struct sitting_fact *s);
/* part of n in units of 1/scale percent, rounded. */
long share(long part, long n, long scale);
/* A number in units of 1/scale (1, 10, 100) with a decimal point. */
void add_number(struct buf *b, long n, long scale);
/* Writes b to folder/name, making folders; empties b. Ends the program when
 * it cannot. */
void put_file(struct buf *b, const char *folder, const char *name);

void country_vidno_begin(const char *folder);
void country_vidno(const char *folder, const char *const *factors, const struct department_fact *d);
void country_hugo_begin(const char *folder);
void country_hugo(const char *folder, const struct department_fact *d, struct buf *home);
void country_hugo_end(const char *folder, struct buf *home);

#endif
