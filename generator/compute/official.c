/*
 * Which list is the latest is the model's knowledge (declared_year); of its
 * rows those count whose own `until` has not passed.
 */
#include "compute/official.h"

void official_list(
    struct official *out, struct arena *a, const struct department *d, int category, int year)
{
	*out = (struct official){.year = declared_year(d, category, year)};
	if (out->year == 0)
		return;
	out->named = arena_array(a, d->nschools + 1, sizeof(*out->named));
	for (size_t i = 0; i < d->ndeclared; i++) {
		const struct declared *row = &d->declared[i];
		if (row->category != category || row->year != out->year ||
		    (row->until && year > row->until))
			continue;
		out->in_force = true;
		if (!row->school) {
			if (row->count > out->count)
				out->count = row->count;
		} else if (!out->named[row->school->row.index]) {
			out->named[row->school->row.index] = true;
			out->nnamed++;
		}
	}
	out->all_named = out->count <= (int64_t)out->nnamed;
	if (out->all_named)
		out->count = (int64_t)out->nnamed;
}
