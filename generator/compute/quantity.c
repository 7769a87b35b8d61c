/*
 * The unit of the indicator says what to look for first; a number is the
 * usual case, a yes-no the other.
 */
#include "compute/quantity.h"

#include "text/normalise.h"

struct quantity quantity_of(struct frac number)
{
	return (struct quantity){.set = frac_is_set(number), .number = number};
}

struct quantity quantity_yesno(bool yes)
{
	return (struct quantity){.set = true, .yesno = yes ? YESNO_YES : YESNO_NO};
}

static struct quantity read_level(struct arena *a, struct str levels, struct str text)
{
	struct quantity q = {0};
	struct str level;
	for (int place = 1; !q.set && str_next(&levels, '|', &level); place++)
		if (str_eq(normalise_title(a, level), normalise_title(a, text)))
			q = (struct quantity){.set = true, .level = place};
	return q;
}

static struct quantity read_yesno(struct arena *a, struct str text)
{
	struct str word = normalise_title(a, text);
	if (str_is(word, "yes") || str_is(word, "да") || str_is(word, "1"))
		return quantity_yesno(true);
	if (str_is(word, "no") || str_is(word, "нет") || str_is(word, "0"))
		return quantity_yesno(false);
	return (struct quantity){0};
}

struct quantity quantity_read(struct arena *a, const struct indicator *i, const char *text)
{
	struct str cell = str_trim(str_of(text));
	struct decimal number;
	if (cell.n == 0)
		return (struct quantity){0};
	if (i->unit == UNIT_LEVEL)
		return read_level(a, str_of(i->levels), cell);
	if (i->unit != UNIT_YESNO && decimal_parse(&number, cell, true) == 0)
		return quantity_of(decimal_frac(number));
	return read_yesno(a, cell);
}

bool quantity_compare(const struct quantity *x, const struct quantity *y, int *order)
{
	*order = 0;
	if (!x->set || !y->set)
		return false;
	if (frac_is_set(x->number) && frac_is_set(y->number))
		*order = frac_cmp(x->number, y->number);
	else if (x->level && y->level)
		*order = (x->level > y->level) - (x->level < y->level);
	else if (x->yesno && y->yesno)
		*order = (x->yesno > y->yesno) - (x->yesno < y->yesno);
	else
		return false;
	return true;
}

bool quantity_rounds_to(struct frac exact, struct decimal printed)
{
	int64_t unit = 2;
	for (int i = 0; i < printed.places; i++)
		unit *= 10;
	struct frac off = frac_sub(exact, decimal_frac(printed));
	if (!frac_is_set(off))
		return false;
	if (off.num < 0)
		off.num = -off.num;
	return frac_cmp(off, frac_of(1, unit)) <= 0;
}
