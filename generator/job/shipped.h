/*
 * shipped - where the program's own files lie: themes, catalogues, and what a
 * new site is made of.
 *
 * Three places, in this order: in a checkout, beside the folder of the
 * program; installed, under the share folder of the same prefix; and under
 * that of the prefix for which the program was built.
 */
#ifndef JOB_SHIPPED_H
#define JOB_SHIPPED_H

#include "base/arena.h"

enum { SHIPPED_PLACES = 3 };

/* The place with that number, 0 to SHIPPED_PLACES - 1. It need not exist.
 * checkout is relative to the program's folder ("../themes"), installed to
 * share/ ("vidno/themes"). */
const char *shipped_place(
    struct arena *a, size_t number, const char *checkout, const char *installed);

#endif
