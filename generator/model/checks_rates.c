/*
 * A printed percent r with d decimals stands for r ± 0.5·10^-d when it was
 * rounded, for r … r + 10^-d when its digits were cut off. A group of n has
 * the shares 100·k/n only, so at most two k have to be looked at. All in
 * integers: r is digits/10^d, and k/n lies in the interval when
 * |100·10^d·2·k − 2·digits·n| ≤ n.
 */
#include "model/checks.h"

#include "base/intl.h"

/* Past these the products below would not fit; no group is as big. */
#define GROUP_MOST 1000000
enum { PLACES_MOST = 4 };

static int64_t scale_of(struct decimal rate)
{
	int64_t scale = 1;
	for (int i = 0; i < rate.places; i++)
		scale *= 10;
	return scale;
}

static bool fits(struct decimal rate, int64_t scale, int64_t k, int64_t n)
{
	int64_t gap = 200 * scale * k - 2 * rate.digits * n;
	return gap <= n && gap >= -n;
}

enum rate_fit rate_fit(struct decimal rate, int64_t n, int64_t *k)
{
	int64_t scale = scale_of(rate);
	*k = 0;
	if (n <= 0 || n > GROUP_MOST || rate.places > PLACES_MOST || rate.digits < 0 ||
	    rate.digits > 100 * scale)
		return RATE_FITS;
	*k = rate.digits * n / (100 * scale);
	if (fits(rate, scale, *k, n) || (*k < n && fits(rate, scale, *k + 1, n)))
		return RATE_FITS;
	/* Cut: digits is the whole part of 100·scale·k/n. */
	for (int64_t i = *k; i <= *k + 1 && i <= n; i++)
		if (100 * scale * i / n == rate.digits)
			return RATE_CUT;
	return RATE_NEVER;
}

int64_t rate_least_group(struct decimal rate)
{
	int64_t most = 100 * scale_of(rate), k;
	for (int64_t n = 1; n < most && n < GROUP_MOST; n++)
		if (rate_fit(rate, n, &k) == RATE_FITS)
			return n;
	return most;
}

const char *rate_complaint(struct checks *c, struct decimal rate, int64_t n, bool *cut)
{
	int64_t k;
	enum rate_fit fit = rate_fit(rate, n, &k);
	*cut = fit == RATE_CUT;
	if (fit == RATE_FITS)
		return NULL;
	/* One decimal more than printed shows why it does not fit. */
	int places = rate.places + 1 < DECIMAL_SHOWN ? rate.places + 1 : DECIMAL_SHOWN;
	const char *printed = checks_number(c, decimal_frac(rate), DECIMAL_SHOWN);
	if (fit == RATE_CUT) {
		if (100 * scale_of(rate) * k / n != rate.digits)
			k++;
		return arena_printf(c->a,
		    _("%s %% of %lld fits only when its digits are cut off instead of rounded: %lld of %lld is %s %%"),
		    printed, (long long)n, (long long)k, (long long)n,
		    checks_number(c, frac_of(100 * k, n), rate.places + 2));
	}
	if (k >= n)
		k = n - 1;
	return arena_printf(c->a,
	    _("%s %% of %lld is no whole number: %lld is %s %%, %lld is %s %%"), printed,
	    (long long)n, (long long)k, checks_number(c, frac_of(100 * k, n), places),
	    (long long)(k + 1), checks_number(c, frac_of(100 * (k + 1), n), places));
}
