/*
 * ics - a writer of iCalendar (RFC 5545).
 *
 * Begin with ICS_INIT(buf) and ics_begin(), give components and properties,
 * end with ics_end(), ask ics_done(): 0, or -1 when a component was left open
 * or closed wrongly (a mistake of the program), or the buf is past its limit.
 *
 * Lines end in CR LF and are folded at 75 octets, never inside a character.
 * Names and parameters are the program's own ("DTSTART;VALUE=DATE"). ics_text()
 * escapes what texts are made of, so that no text begins a new property:
 * line ends become \n, other control characters and malformed UTF-8 U+FFFD.
 * ics_raw() is for values of other types (rules, dates) that the program made;
 * ics_uri() percent-encodes what may not stand in an address.
 */
#ifndef TEXT_ICS_H
#define TEXT_ICS_H

#include "base/buf.h"
#include "base/date.h"

enum { ICS_DEPTH = 4, ICS_OCTETS = 75 };

struct ics {
	struct buf *out;
	const char *open[ICS_DEPTH]; /* components, borrowed */
	int depth;
	size_t column; /* octets in the line being written */
	bool failed;
};

#define ICS_INIT(b) \
	{ \
		.out = (b) \
	}

void ics_begin(struct ics *c, const char *component); /* "VCALENDAR", "VEVENT" */
void ics_end(struct ics *c);                          /* closes the innermost */
void ics_text(struct ics *c, const char *name, struct str text);
void ics_raw(struct ics *c, const char *name, const char *value);
void ics_uri(struct ics *c, const char *name, struct str uri);
void ics_date(struct ics *c, const char *name, struct date date); /* name;VALUE=DATE:20260131 */
int ics_done(struct ics *c);

/* "20260131", in the form of dates in rules. */
struct ics_day {
	char s[12];
};
struct ics_day ics_day(struct date date);

#endif
