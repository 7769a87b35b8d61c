/* Readings of clock_gettime(), which cannot fail for these clocks. */
#include "sys/clock.h"

#include <time.h>

int64_t clock_unix(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec;
}

int64_t clock_unix_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int clock_zone_minutes(void)
{
	struct tm local;
	time_t now = (time_t)clock_unix();
	return localtime_r(&now, &local) ? (int)(local.tm_gmtoff / 60) : 0;
}

int64_t clock_monotonic_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
	return clock_monotonic_us() / 1000;
}
