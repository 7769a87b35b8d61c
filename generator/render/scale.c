/*
 * A scale counts in millionths, so that its ends and ticks are whole numbers
 * and a fraction is placed by one exact division. Products are taken in 128
 * bits; the limits on numbers keep them there: a denominator is cut to 40
 * bits (far below what a tenth of a pixel can show), an end of a scale stays
 * under 2^60 and a place under 2^15.
 */
#include "render/scale.h"

__extension__ typedef __int128 wide;

enum { DEN_BITS = 40 };

bool scale_takes(struct frac v)
{
	wide limit = (wide)SCALE_LIMIT * v.den;
	return frac_is_set(v) && v.num <= limit && v.num >= -limit;
}

/* num / den with a denominator that multiplies safely. */
static struct frac coarse(struct frac v)
{
	while (v.den >> DEN_BITS) {
		v.num /= 2;
		v.den /= 2;
	}
	return v;
}

void extent_add(struct extent *e, struct frac v)
{
	if (!scale_takes(v))
		return;
	if (!e->count || frac_cmp(v, e->min) < 0)
		e->min = v;
	if (!e->count || frac_cmp(v, e->max) > 0)
		e->max = v;
	if (v.num % v.den != 0)
		e->broken = true;
	e->count++;
}

bool extent_within(const struct extent *e, int low, int high)
{
	return !e->count ||
	    (frac_cmp(e->min, frac_of(low, 1)) >= 0 && frac_cmp(e->max, frac_of(high, 1)) <= 0);
}

void scale_fixed(struct scale *s, int low, int high, int first, int step)
{
	s->low = (int64_t)low * SCALE_UNIT;
	s->high = (int64_t)high * SCALE_UNIT;
	s->first = (int64_t)first * SCALE_UNIT;
	s->step = (int64_t)step * SCALE_UNIT;
}

/* The number in millionths, towards minus infinity or plus infinity. */
static int64_t millionths(struct frac v, bool up)
{
	v = coarse(v);
	wide n = (wide)v.num * SCALE_UNIT;
	wide whole = n / v.den, rest = n % v.den;
	if (up && rest > 0)
		whole++;
	if (!up && rest < 0)
		whole--;
	return (int64_t)whole;
}

static int64_t step_down(int64_t v, int64_t step)
{
	int64_t rest = v % step;
	return v - rest - (rest < 0 ? step : 0);
}

static int64_t larger_abs(int64_t a, int64_t b)
{
	a = a < 0 ? -a : a;
	b = b < 0 ? -b : b;
	return a > b ? a : b;
}

/* 1, 2, 5, 10, … */
static int64_t next_step(int64_t step)
{
	int64_t lead = step;
	while (lead >= 10)
		lead /= 10;
	return lead == 2 ? step / 2 * 5 : step * 2;
}

void scale_nice(struct scale *s, const struct extent *e, bool zero)
{
	if (!e->count) {
		scale_fixed(s, 0, 1, 0, 1);
		return;
	}
	int64_t min = millionths(e->min, false), max = millionths(e->max, true);
	if (zero || (min >= 0 && min <= max / 2)) {
		min = min > 0 ? 0 : min;
		max = max < 0 ? 0 : max;
	}
	int64_t span = larger_abs(min, max) / 5, least = span / 2;
	if (!e->broken && least < SCALE_UNIT)
		least = SCALE_UNIT;
	int64_t step = 1;
	while (step < least || step_down(min, step) + 2 * step < max)
		step = next_step(step);
	s->low = s->first = step_down(min, step);
	s->step = step;
	bool one_is_enough = step >= span && s->low + step >= max;
	s->high = s->low + (one_is_enough ? 1 : 2) * step;
}

int scale_at(const struct scale *s, struct frac v)
{
	if (frac_cmp(v, frac_of(s->low, SCALE_UNIT)) <= 0)
		return s->from;
	if (frac_cmp(v, frac_of(s->high, SCALE_UNIT)) >= 0)
		return s->to;
	v = coarse(v);
	int span = s->to > s->from ? s->to - s->from : s->from - s->to;
	wide part = ((wide)v.num * SCALE_UNIT - (wide)s->low * v.den) * span;
	wide all = (wide)v.den * (s->high - s->low);
	int along = (int)((2 * part + all) / (2 * all));
	return s->to > s->from ? s->from + along : s->from - along;
}

size_t scale_ticks(const struct scale *s)
{
	size_t n = (size_t)((s->high - s->first) / s->step) + 1;
	return n < SCALE_TICKS ? n : SCALE_TICKS;
}

struct frac scale_tick(const struct scale *s, size_t i)
{
	return frac_of(s->first + (int64_t)i * s->step, SCALE_UNIT);
}
