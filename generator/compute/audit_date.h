/*
 * audit_date - dates and school years that names and texts speak of.
 *
 * Reads folded text (text/fold): "от 12.09.2022", "12 сентября 2022 г.",
 * "2022-09-12", "2022/2023 учебный год", "2022-2023 уч. год", "на 2021-2024
 * годы". A school year is named by the year in which it begins.
 */
#ifndef COMPUTE_AUDIT_DATE_H
#define COMPUTE_AUDIT_DATE_H

#include "base/date.h"

/* The latest date in a text that is not after `day`; no date when there is none.
 * Dates of laws and of orders of ministries, which most papers cite, do not
 * count: "закон от 29.12.2012 № 273-ФЗ". */
struct date audit_date_in(struct str folded, struct date day);

/* What a text says about years: the school years or calendar years from first
 * to last; first 0: it names none. */
struct audit_years {
	int first, last;
};
/* The span of years that ends last. */
struct audit_years audit_years_in(struct str folded);
/* The school year of a day: 2022 from September 2022 to August 2023. */
int audit_school_year(struct date day);
/* "Tue, 15 Nov 2022 12:45:26 GMT" and the other forms of HTTP; or no date. */
struct date audit_http_date(struct str header);

#endif
