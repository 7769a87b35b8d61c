/*
 * support_random - small departments by chance, the same for the same seed.
 *
 * random_department() invents the rows of a department. Of each row there may
 * be two versions: what the tables give, and the whole of it; rows that are
 * missing are given as NULL. random_read() reads them into a fixture between
 * support_begin() and support_finish(), which it calls too.
 *
 * What is invented is never wrong: counts fit their wholes, rates their counts,
 * municipal rows are the sums of their schools.
 */
#ifndef SUPPORT_RANDOM_H
#define SUPPORT_RANDOM_H

#include "support_department.h"

struct random_row {
	enum table_id table;
	const char *given, *whole; /* NULL: no such row */
};

struct random_rows {
	uint64_t seed;
	struct random_row rows[1024];
	size_t count;
};

/* 0 … below - 1. */
unsigned random_number(uint64_t *seed, unsigned below);
/* Texts live in the arena. */
void random_department(struct random_rows *out, struct arena *a, uint64_t seed);
void random_shuffle(struct random_rows *rows);
/* whole: the number of a row to read whole, or -1. */
void random_read(struct fixture *s, const struct random_rows *rows, long whole);

#endif
