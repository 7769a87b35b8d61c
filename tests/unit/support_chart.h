/*
 * support_chart - a chart compared with the file that was looked at.
 */
#ifndef TESTS_SUPPORT_CHART_H
#define TESTS_SUPPORT_CHART_H

#include "base/buf.h"

/*
 * tests/unit/charts/<name>.svg has to be the same; clears the buf. UPDATE=1
 * writes it anew: look at it in a browser and read the difference before
 * keeping it.
 */
void check_golden(const char *name, struct buf *svg);

#endif
