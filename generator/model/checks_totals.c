/*
 * A mean or a share of all schools lies between the least and the greatest of
 * them, up to what rounding has changed; a count is no less than any of its
 * parts. Only where all schools are known can the former be told.
 */
#include "model/checks.h"

#include "base/intl.h"

bool checks_takes_part(const struct school *s, int level, int year)
{
	bool has = s->kind == KIND_SECONDARY || s->kind == KIND_OTHER || level == LEVEL_PRIMARY ||
	    level == LEVEL_ANY || level == LEVEL_NONE ||
	    (s->kind == KIND_BASIC && level == LEVEL_BASIC);
	return has && school_open(s, year);
}

void checks_widen(struct decimal value, struct decimal *least, struct decimal *most)
{
	if (!least->set || decimal_cmp(value, *least) < 0)
		*least = value;
	if (!most->set || decimal_cmp(value, *most) > 0)
		*most = value;
}

/* Half a unit of the last decimal: what rounding may have changed. */
static struct frac half_unit(int places)
{
	int64_t scale = 2;
	for (int i = 0; i < places; i++)
		scale *= 10;
	return frac_of(1, scale);
}

void checks_range(struct checks *c, const struct row *row, const char *column, struct decimal value,
    struct decimal least, struct decimal most)
{
	/* A spreadsheet writes 4 for 4.0: what the others show counts too. */
	int schools = least.places > most.places ? least.places : most.places;
	int own = value.places > schools ? value.places : schools;
	struct frac v = decimal_frac(value), slack = frac_add(half_unit(own), half_unit(schools));
	struct frac low = frac_sub(decimal_frac(least), slack);
	struct frac high = frac_add(decimal_frac(most), slack);
	if (!frac_is_set(low) || !frac_is_set(high) ||
	    (frac_cmp(v, low) >= 0 && frac_cmp(v, high) <= 0))
		return;
	checks_tell(c, DIAG_WARNING, "total-range", row, column, checks_number(c, v, DECIMAL_SHOWN),
	    _("Look up the row of the municipality and its schools in the source."),
	    arena_printf(c->a,
	        _("the municipality lies outside of its schools, which have %s to %s"),
	        checks_number(c, decimal_frac(least), DECIMAL_SHOWN),
	        checks_number(c, decimal_frac(most), DECIMAL_SHOWN)));
}

void checks_not_less(struct checks *c, const struct row *row, const char *column,
    struct decimal total, struct decimal part)
{
	if (decimal_cmp(total, part) >= 0)
		return;
	checks_tell(c, DIAG_WARNING, "total-range", row, column,
	    checks_number(c, decimal_frac(total), DECIMAL_SHOWN),
	    _("Look up the row of the municipality and its schools in the source."),
	    arena_printf(c->a,
	        _("the municipality has fewer than one of its schools, which has %s"),
	        checks_number(c, decimal_frac(part), DECIMAL_SHOWN)));
}
