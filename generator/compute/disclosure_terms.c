/*
 * Ids of metrics are copied, sorted and told apart, so that the terms outlive
 * the department they are from.
 */
#include "compute/disclosure.h"

#include <stdlib.h>
#include <string.h>

static int by_text(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static void add_sensitive(
    struct disclosure_terms *terms, struct arena *a, const struct department *d)
{
	size_t n = d->site->metrics.count, count = terms->nmetrics, kept = 0;
	const char **ids = arena_array(a, count + n + 1, sizeof(*ids));
	for (size_t i = 0; i < count; i++)
		ids[i] = terms->metrics[i];
	for (size_t i = 0; i < n; i++) {
		const struct metric *m = table_row(&d->site->metrics, i);
		if (m->sensitive == YESNO_YES)
			ids[count++] = arena_strdup(a, m->id);
	}
	qsort(ids, count, sizeof(*ids), by_text);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || strcmp(ids[i], ids[i - 1]) != 0)
			ids[kept++] = ids[i];
	terms->metrics = ids;
	terms->nmetrics = kept;
}

void disclosure_terms(struct disclosure_terms *terms, struct arena *a, const struct department *d)
{
	const struct department_meta *meta = department_meta(d);
	int level = meta->disclosure.level;
	int64_t minimum = meta->disclosure.minimum_group;
	if (level == DISCLOSURE_UNSET)
		level = DISCLOSURE_STATUS;
	if (minimum < 0)
		minimum = GROUP_DEFAULT;
	if (terms->level == DISCLOSURE_UNSET || level < terms->level)
		terms->level = level;
	if (minimum > terms->minimum_group)
		terms->minimum_group = minimum;
	add_sensitive(terms, a, d);
}

bool disclosure_sensitive(const struct disclosure_terms *terms, const struct metric *m)
{
	return m->id &&
	    bsearch(&m->id, terms->metrics, terms->nmetrics, sizeof(*terms->metrics), by_text);
}
