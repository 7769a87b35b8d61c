/*
 * A list is an array of marks by the place of a school in schools.csv, the
 * declared one as compute/official gathers it, the computed one from the
 * outcomes of all methods of its category.
 */
#include "render/support_view.h"

#include "compute/official.h"
#include "render/method_words.h"

static bool decides(const struct identification *i, int category, int year)
{
	return i->method->category == category && i->year <= year && !i->undetermined;
}

/* The year of the latest list of a category that some method decided. */
static int computed_year(const struct renderer *r, int category, int year)
{
	int latest = 0;
	for (size_t i = 0; i < r->ids->count; i++)
		if (decides(&r->ids->items[i], category, year) && r->ids->items[i].year > latest)
			latest = r->ids->items[i].year;
	return latest;
}

static void mark_identified(struct support_list *list, const struct identification *i)
{
	for (size_t k = 0; k < i->nschools; k++) {
		bool *named = &list->named[i->schools[k].school->row.index];
		if (i->schools[k].outcome != OUTCOME_IDENTIFIED || *named)
			continue;
		*named = true;
		list->nnamed++;
	}
}

static bool read_computed(
    struct support_list *out, const struct renderer *r, int category, int year)
{
	int latest = computed_year(r, category, year);
	if (!latest)
		return false;
	*out = (struct support_list){.category = category, .year = latest, .all_named = true};
	out->named = arena_array(r->arena, r->dept->nschools + 1, sizeof(*out->named));
	for (size_t i = 0; i < r->ids->count; i++)
		if (decides(&r->ids->items[i], category, year) && r->ids->items[i].year == latest)
			mark_identified(out, &r->ids->items[i]);
	out->count = (int64_t)out->nnamed;
	return true;
}

static bool read_list(struct support_list *out, const struct renderer *r, int category, int year)
{
	struct official list;
	official_list(&list, r->arena, r->dept, category, year);
	if (!list.in_force)
		return read_computed(out, r, category, year);
	*out = (struct support_list){
	    category, list.year, true, list.named, list.nnamed, list.count, list.all_named};
	return true;
}

void support_read(struct supported *out, const struct renderer *r)
{
	const struct department *d = r->dept;
	*out = (struct supported){.year = r->assessment->year, .all_named = true};
	for (int category = CATEGORY_NONE + 1; category < CATEGORY_END; category++)
		if (read_list(&out->lists[out->nlists], r, category, out->year)) {
			out->all_named &= out->lists[out->nlists].all_named;
			out->nlists++;
		}
	for (size_t i = 0; i < d->nschools; i++) {
		out->schools += support_has(out, &d->schools[i]);
		out->open += school_open(&d->schools[i], out->year);
	}
	size_t counted = (size_t)department_meta(d)->schools;
	out->open = counted > out->open ? counted : out->open;
}

static bool list_has(const struct support_list *list, const struct school *school)
{
	return list->named[school->row.index];
}

bool support_has(const struct supported *s, const struct school *school)
{
	for (size_t i = 0; i < s->nlists; i++)
		if (list_has(&s->lists[i], school))
			return true;
	return false;
}

/* "школа с НРО, список 2020 года" */
static const char *dated_label(const struct renderer *r, const struct support_list *list)
{
	return phrase(r->words, r->arena, list->declared ? "support_listed" : "support_computed",
	    "label", department_label(r->dept, list->category), "year",
	    arena_printf(r->arena, "%d", list->year), NULL);
}

void support_tags(struct renderer *r, struct view *v, const char *name, const struct supported *s,
    const struct school *school, bool dated)
{
	struct list *tags = view_list(v, name);
	for (size_t i = 0; i < s->nlists; i++)
		if (list_has(&s->lists[i], school))
			view_text(list_view(tags), "text",
			    dated ? dated_label(r, &s->lists[i])
			          : department_label(r->dept, s->lists[i].category));
}

const char *support_labels(
    struct renderer *r, const struct supported *s, const struct school *school)
{
	const char *labels = "";
	for (size_t i = 0; i < s->nlists; i++)
		if (list_has(&s->lists[i], school))
			labels = arena_printf(r->arena, "%s%s%s", labels, *labels ? ", " : "",
			    department_label(r->dept, s->lists[i].category));
	return labels;
}

/* Of lists without names only the longest is sure: a school may be on two. */
static int64_t least_count(const struct supported *s)
{
	int64_t least = (int64_t)s->schools;
	for (size_t i = 0; i < s->nlists; i++)
		if (s->lists[i].count > least)
			least = s->lists[i].count;
	return least;
}

void support_count(struct renderer *r, struct view *v, const struct supported *s)
{
	const struct words *w = r->words;
	bool exact = s->all_named || s->nlists == 1;
	const char *n = words_int(w, r->arena, least_count(s));
	view_text(v, "n", exact ? n : phrase(w, r->arena, "at_least", "n", n, NULL));
	int64_t count = least_count(s), open = (int64_t)s->open;
	if (!open)
		view_text(v, "rest", phrase_count(w, r->arena, "support_unnamed", count, NULL));
	else if (count == open)
		view_text(v, "rest", phrase_count(w, r->arena, "support_all_schools", count, NULL));
	else
		view_text(v, "rest", phrase_count(w, r->arena, "support_of_schools", open, NULL));
}

const char *support_lead(struct renderer *r, const struct supported *s)
{
	const struct words *w = r->words;
	long long open = (long long)s->open;
	if (!open)
		return s->nlists ? phrase_count(w, r->arena, "schools_lead_unnamed",
		                       (long long)least_count(s), NULL)
		                 : words_get(w, "schools_empty");
	if (!s->nlists)
		return phrase_count(w, r->arena, "schools_lead_no_list", open, NULL);
	bool unnamed = s->open > r->dept->nschools;
	return phrase_count(w, r->arena, unnamed ? "schools_lead_counted" : "schools_lead", open,
	    "supported", words_int(w, r->arena, least_count(s)), "named",
	    words_int(w, r->arena, (long long)r->dept->nschools), NULL);
}

/* The department's word, and what it stands for when it is an abbreviation of its own. */
static const char *explained_label(const struct renderer *r, int category)
{
	const struct department_meta *meta = department_meta(r->dept);
	const char *const own[CATEGORY_END] = {[CATEGORY_LOW_RESULTS] = meta->labels.low_results,
	    [CATEGORY_DISADVANTAGED] = meta->labels.disadvantaged,
	    [CATEGORY_RISK_ZONE] = meta->labels.risk_zone,
	    [CATEGORY_500_PLUS] = meta->labels.plus_500};
	const char *label = words_capital(r->arena, department_label(r->dept, category));
	if (!own[category])
		return label;
	return arena_printf(r->arena, "%s (%s)", label,
	    words_of(r->words, "support_of_", categories[category - 1]));
}

const char *support_list_text(struct renderer *r, const struct support_list *list)
{
	const struct words *w = r->words;
	return phrase(w, r->arena,
	    list->declared ? "support_list_declared" : "support_list_computed", "label",
	    explained_label(r, list->category), "n", words_int(w, r->arena, list->count), "year",
	    arena_printf(r->arena, "%d", list->year), NULL);
}

const char *support_list_path(const struct renderer *r, int year)
{
	for (size_t i = 0; i < r->ids->count; i++)
		if (r->ids->items[i].year == year)
			return arena_printf(r->arena, "identification/%d/", year);
	return "identification/";
}

const struct identification *support_latest(
    const struct renderer *r, const struct method *m, int year)
{
	const struct identification *latest = NULL;
	for (size_t i = 0; i < r->ids->count; i++)
		if (r->ids->items[i].method == m && (!year || r->ids->items[i].year <= year))
			latest = &r->ids->items[i]; /* they ascend by year */
	return latest;
}
