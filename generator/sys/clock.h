/*
 * clock - the only place where time comes from.
 *
 * Read once per run by a job and handed down as a value: nothing that is
 * published may depend on when a function happened to run.
 */
#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdint.h>

int64_t clock_unix(void); /* seconds since 1970 */
int64_t clock_unix_ms(void);
int clock_zone_minutes(void);     /* of the local time zone: 180 is +0300 */
int64_t clock_monotonic_ms(void); /* for durations only */
int64_t clock_monotonic_us(void);

#endif
