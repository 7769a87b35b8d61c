/*
 * The table of page kinds. Each is made even when one before it failed, so
 * that one run finds everything that is wrong.
 */
#include "render/indicator_view.h"
#include "render/pages.h"
#include "render/place_view.h"

typedef int page_kind(struct renderer *r);

/* The downloads come before the page that lists them, the claims of the texts
 * before the page that gathers them, the checklist after all that can go wrong,
 * and the old addresses after all others. */
static page_kind *const kinds[] = {
    page_overview,
    page_schools,
    page_school,
    page_audit,
    page_audit_school,
    page_audit_letter,
    page_identification,
    page_programme,
    page_roadmap,
    calendars,
    page_indicators,
    page_indicator,
    page_documents,
    page_reports,
    page_events,
    feed,
    page_cycle,
    page_content,
    page_versions,
    page_changes,
    page_reconciliation,
    export_department,
    page_data,
    page_table,
    page_readiness,
    page_aliases,
};

/* Those that schools.csv names, or all that the document counts. */
static size_t department_schools(const struct department *d)
{
	size_t counted = (size_t)department_meta(d)->schools;
	return counted > d->nschools ? counted : d->nschools;
}

/* Schools on the lists of this year, and the number of those that a document
 * counts without naming them. */
static size_t count_supported(const struct renderer *r)
{
	const struct department *d = r->dept;
	bool *marked = arena_array(r->arena, d->nschools + 1, sizeof(*marked));
	size_t supported = 0;
	for (const char *const *category = categories; *category; category++) {
		const struct school **schools = NULL;
		int64_t count = 0;
		int err = cohort_schools(
		    d, r->ids, *category, r->assessment->year, r->arena, &schools, &count);
		if (err < 0 && count > 0)
			supported += (size_t)count;
		for (int64_t i = 0; !err && i < count; i++) {
			supported += !marked[schools[i]->row.index];
			marked[schools[i]->row.index] = true;
		}
	}
	size_t all = department_schools(d);
	return all && supported > all ? all : supported;
}

static void summarise(struct renderer *r)
{
	const struct department *d = r->dept;
	const struct department_meta *meta = department_meta(d);
	struct summary *s = r->summary;
	struct arena *a = r->lasting;
	const char *title = d->index ? d->index->title : d->id;
	s->id = arena_strdup(a, d->id);
	s->title = arena_strdup(a, title);
	s->short_name = arena_strdup(a, meta->short_name ? meta->short_name : title);
	s->region = meta->region ? arena_strdup(a, meta->region) : NULL;
	s->period = meta->period ? words_period(a, arena_strdup(a, meta->period)) : NULL;
	s->notice = meta->notice ? arena_strdup(a, meta->notice) : NULL;
	s->schools = department_schools(d);
	s->supported = count_supported(r);
	s->indicators = r->assessment->count;
	s->achieved = indicator_tally(r, 0).of[INDICATOR_ACHIEVED];
	s->example = str_is(str_of(d->id), "demo");
}

int render_department(struct renderer *r)
{
	if (r->summary)
		summarise(r);
	r->words = words_of_body(r->words, r->kept, department_meta(r->dept)->kind_of_body);
	page_aliases_watch(r);
	r->places = arena_array(r->kept, SCOPE_REGION + 1, sizeof(*r->places));
	r->names = arena_array(r->kept, r->dept->nschools + 1, sizeof(*r->names));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i](r) < 0)
			r->err = -1;
	return r->err;
}
