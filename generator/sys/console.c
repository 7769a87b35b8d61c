/*
 * The line is drawn over itself: carriage return, erase to the end, text. The
 * clock is asked at each step, which is a memory read; the lock is taken only
 * where a line would be drawn at all.
 */
#include "sys/console.h"

#include "sys/clock.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool console_terminal(FILE *stream)
{
	const char *term = getenv("TERM");
	return isatty(fileno(stream)) && term && *term && strcmp(term, "dumb") != 0;
}

size_t console_columns(FILE *stream)
{
	struct winsize size;
	if (ioctl(fileno(stream), TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return 80;
	return size.ws_col;
}

bool console_colour(FILE *stream)
{
	const char *no = getenv("NO_COLOR");
	return !(no && *no) && console_terminal(stream);
}

void progress_begin(struct progress *p, FILE *to, const char *what, size_t total)
{
	*p = (struct progress){.to = to, .what = what, .total = total};
	p->on = to && console_terminal(to);
	p->next = clock_monotonic_ms() + PROGRESS_DELAY_MS;
	pthread_mutex_init(&p->lock, NULL);
}

static void draw(struct progress *p)
{
	if (p->total)
		fprintf(p->to, "\r\033[K%s %zu/%zu", p->what, p->done, p->total);
	else
		fprintf(p->to, "\r\033[K%s %zu", p->what, p->done);
	fflush(p->to);
	p->drawn = true;
}

void progress_step(struct progress *p)
{
	if (!p->on)
		return;
	pthread_mutex_lock(&p->lock);
	p->done++;
	int64_t now = clock_monotonic_ms();
	if (now >= p->next) {
		draw(p);
		p->next = now + PROGRESS_STEP_MS;
	}
	pthread_mutex_unlock(&p->lock);
}

void progress_end(struct progress *p)
{
	if (p->drawn) {
		fputs("\r\033[K", p->to);
		fflush(p->to);
	}
	p->on = p->drawn = false;
	pthread_mutex_destroy(&p->lock);
}
