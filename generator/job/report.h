/*
 * report - what a run found, for programs.
 *
 * report_json() writes the messages of a sorted diag as one JSON object:
 * {"errors": n, "warnings": n, "problems": [{level, rule, file, line, column,
 * cell, message, remedy}, …]}. Absent parts are null. Rules are stable ids;
 * message and remedy are in the reader's language.
 *
 * report_acknowledging() tells people how warnings are accepted, where there
 * are no errors to be mended first (model/acknowledged).
 */
#ifndef JOB_REPORT_H
#define JOB_REPORT_H

#include "base/diag.h"

int report_json(const struct diag *d, FILE *to);
void report_acknowledging(const struct diag *d, FILE *to);

#endif
