/*
 * shipped - the lists that come with the program, and one with a use of every
 * column, compiled, for fuzz targets that judge. They are read when first asked
 * for, in the repository's folder.
 */
#ifndef SHIPPED_H
#define SHIPPED_H

#include "model/checklist.h"

enum { SHIPPED_LISTS = 3 }; /* the departments' own items, order 1493, every column */

const struct checklist *shipped_list(int number);
const struct signatures *shipped_signatures(void);

#endif
