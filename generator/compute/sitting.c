/*
 * The order of questions matters: a level that the school does not have is
 * stronger than any row, its own row is stronger than that of the region.
 */
#include "compute/sitting.h"

const struct result *sitting_cover(const struct department *d, const struct procedure *p, int year)
{
	static const int scopes[] = {SCOPE_MUNICIPALITY, SCOPE_REGION};
	for (size_t i = 0; i < sizeof(scopes) / sizeof(*scopes); i++) {
		const struct result *r = department_result(d, scopes[i], NULL, p, year);
		if (r && r->status == STATUS_CANCELLED)
			return r;
	}
	return NULL;
}

static enum sitting_state state_of(const struct result *r)
{
	switch (r->status) {
	case STATUS_CANCELLED:
	case STATUS_NO_LEVEL:
	case STATUS_NO_PARTICIPANTS:
		return SITTING_NOT_APPLICABLE;
	case STATUS_MOVED:
	case STATUS_NOT_SUPPLIED:
		return SITTING_UNKNOWN;
	default:
		return r->participants == 0 ? SITTING_NOT_APPLICABLE : SITTING_HELD;
	}
}

bool sitting_was_held(const struct result *r)
{
	return state_of(r) == SITTING_HELD;
}

struct sitting sitting_of(const struct department *d, const struct school *s,
    const struct procedure *p, int year, const struct result *cover)
{
	if (!level_applies(p->level, s->kind))
		return (struct sitting){SITTING_NOT_APPLICABLE, NULL, NULL};
	const struct result *r = department_result(d, SCOPE_SCHOOL, s, p, year);
	if (r)
		return (struct sitting){state_of(r), r, &r->row};
	if (cover)
		return (struct sitting){SITTING_NOT_APPLICABLE, NULL, &cover->row};
	return (struct sitting){SITTING_UNKNOWN, NULL, NULL};
}

const struct result *sitting_reference(
    const struct department *d, int scope, const struct procedure *p, int year)
{
	const struct result *r = department_result(d, scope, NULL, p, year);
	return r && sitting_was_held(r) ? r : NULL;
}

struct frac result_value(const struct result *r, int field)
{
	if (!r)
		return (struct frac){0, 0};
	switch (field) {
	case FIELD_PASS_RATE:
		return decimal_frac(r->pass_rate);
	case FIELD_QUALITY_RATE:
		return decimal_frac(r->quality_rate);
	case FIELD_MEAN_MARK:
		return decimal_frac(r->mean_mark);
	case FIELD_MEAN_SCORE:
		return decimal_frac(r->mean_score);
	case FIELD_BELOW_MINIMUM_SHARE:
		if (r->below_minimum >= 0 && r->participants > 0)
			return frac_mul(
			    frac_of(100, 1), frac_of(r->below_minimum, r->participants));
		return (struct frac){0, 0};
	default:
		return (struct frac){0, 0};
	}
}
