/*
 * The overview: what this is, whether it is on plan, who is helped and why,
 * what changed, what comes next, the papers. Each section is one function here
 * or a view of its own, in the order of the page; an empty one says who supplies
 * what is missing.
 */
#include "render/contacts_view.h"
#include "render/change_view.h"
#include "render/commit_view.h"
#include "render/content_view.h"
#include "render/deadline.h"
#include "render/indicator_view.h"
#include "render/method_words.h"
#include "render/pages.h"
#include "render/place_view.h"
#include "render/roadmap_view.h"
#include "render/school_view.h"
#include "render/support_view.h"

#include <string.h>

enum {
	FEW_INDICATORS = 6, /* more of them are on their own page */
	FEW_UNKNOWN = 3,    /* when none has a value, as they say only what is planned */
	FEW_DEADLINES = 5,
	FEW_PAPERS = 5,
	FEW_CHANGES = 4,
	FEW_METHODS = 3, /* of more only the first sentence is said */
	FEW_NAMES = 4    /* schools named in a sentence; more are counted */
};

static const char *days_text(const struct renderer *r, long days)
{
	return days ? phrase_count(r->words, r->arena, "in_days", days, NULL)
	            : words_get(r->words, "in_days_none");
}

static const char *year_text(const struct renderer *r, int year)
{
	return arena_printf(r->arena, "%d", year);
}

/* -- what this is -------------------------------------------------------------- */

static int add_intro(struct renderer *r, struct view *v)
{
	const struct content *index = r->dept->index;
	view_text(v, "department", index ? index->title : r->dept->id);
	view_null(v, "body");
	return index && index->body.n ? page_markdown(r, v, "body", index, 2) : 0;
}

/* -- key figures ------------------------------------------------------------------ */

/* A figure is {name, n, rest, words}: a number and what it counts, or words. */
static struct view *figure(const struct renderer *r, struct list *figures, const char *key)
{
	struct view *f = list_view(figures);
	view_text(f, "name", words_get(r->words, key));
	view_null(f, "n");
	view_null(f, "rest");
	view_null(f, "words");
	return f;
}

static void support_figure(
    struct renderer *r, struct list *figures, const struct supported *supported)
{
	struct view *f = figure(r, figures, "figure_support");
	if (supported->nlists)
		support_count(r, f, supported);
	else
		view_text(f, "words", words_get(r->words, "figure_no_list"));
}

static void indicators_figure(struct renderer *r, struct list *figures)
{
	const struct assessment *a = r->assessment;
	const struct words *w = r->words;
	const char *year = indicators_year_text(r);
	const struct indicator_tally t = indicator_tally(r, 0);
	size_t judged = t.of[INDICATOR_ACHIEVED] + t.of[INDICATOR_NOT_ACHIEVED];
	size_t total = judged + t.of[INDICATOR_IN_PROGRESS] + t.of[INDICATOR_NO_DATA];
	struct view *f = figure(r, figures, "figure_indicators");
	if (judged) {
		view_text(f, "n", words_int(w, r->arena, (long long)t.of[INDICATOR_ACHIEVED]));
		view_text(f, "rest",
		    phrase_count(
		        w, r->arena, "figure_achieved_of", (long long)total, "year", year, NULL));
		return;
	}
	view_text(f, "words",
	    words_get(w,
	        !a->count                         ? "figure_none"
	            : t.of[INDICATOR_IN_PROGRESS] ? "status_in_progress"
	            : t.of[INDICATOR_NO_DATA]     ? "status_no_data"
	            : t.hidden                    ? "status_hidden"
	                                          : "status_no_target"));
	view_text(f, "rest",
	    a->count ? phrase_count(w, r->arena, "figure_indicators_of", (long long)a->count,
	                   "year", year, NULL)
	             : NULL);
}

/* The part that is called the road map, or NULL: all parts together. */
static const char *roadmap_part(const struct renderer *r)
{
	const char *name = words_get(r->words, "roadmap_part");
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		const char *part = r->dept->roadmap[i].part;
		if (part && strcmp(part, name) == 0)
			return part;
	}
	return NULL;
}

static void roadmap_figure(struct renderer *r, struct list *figures)
{
	size_t counts[DUES], total = 0;
	struct view *f = figure(r, figures, "menu_roadmap");
	roadmap_count(r, roadmap_part(r), counts);
	for (int i = 0; i < DUES; i++)
		total += counts[i];
	if (!total) {
		view_text(f, "words", words_get(r->words, "figure_none"));
		return;
	}
	view_text(f, "n", words_int(r->words, r->arena, (long long)counts[DUE_DONE]));
	view_text(
	    f, "rest", phrase_count(r->words, r->arena, "figure_done_of", (long long)total, NULL));
}

/* The last day that the road map names; what recurs does so until the end of
 * the programme. */
static struct date last_term(const struct renderer *r)
{
	struct date last = {0, 0, 0};
	for (size_t i = 0; i < r->dept->nroadmap; i++) {
		const struct roadmap_item *item = &r->dept->roadmap[i];
		bool recurs = item->every || item->months;
		struct date end = recurs ? roadmap_deadline(r, item) : item->to;
		if (date_cmp(end, last) > 0)
			last = end;
	}
	return last;
}

static void deadline_figure(
    struct renderer *r, struct list *figures, const struct deadline *ahead, size_t count)
{
	const struct words *w = r->words;
	struct view *f = figure(r, figures, "figure_deadline");
	struct date last = last_term(r);
	if (count) {
		bool this_year = ahead->date.year == r->today.year;
		view_text(f, "words", words_date(w, r->arena, ahead->date, !this_year));
		view_text(f, "rest", days_text(r, ahead->days));
	} else if (date_is_set(last)) {
		view_text(f, "words", words_get(w, "figure_past"));
		view_text(f, "rest",
		    phrase(w, r->arena, "figure_last_term", "date",
		        words_date(w, r->arena, last, true), NULL));
	} else {
		view_text(f, "words", words_get(w, "figure_none"));
	}
}

/* -- are we on plan ------------------------------------------------------------------ */

static void add_indicators(struct renderer *r, struct view *v)
{
	const struct assessment *a = r->assessment;
	const struct words *w = r->words;
	struct list *rows = view_list(v, "indicators");
	bool unknown = a->count && !a->achieved && !a->not_achieved && a->no_data;
	size_t few = unknown ? FEW_UNKNOWN : FEW_INDICATORS;
	for (size_t i = 0; i < a->count && i < few; i++)
		indicator_row(r, rows, &a->indicators[i]);
	view_flag(v, "has_summary", a->count > few && !unknown);
	indicator_summary(r, v, "summary");
	view_flag(v, "has_indicators", a->count > 0);
	view_text(v, "no_values",
	    unknown
	        ? phrase(w, r->arena, "overview_no_values", "year", indicators_year_text(r), NULL)
	        : NULL);
	view_text(v, "more_indicators",
	    phrase_count(w, r->arena, "overview_all_indicators", (long long)a->count, NULL));
	view_text(v, "indicators_href", page_href(r, "indicators/"));
}

/* -- who is helped --------------------------------------------------------------------- */

static void add_supported(struct renderer *r, struct view *v, const struct supported *supported)
{
	struct list *rows = view_list(v, "schools"), *lists = view_list(v, "lists");
	for (size_t i = 0; i < r->dept->nschools; i++) {
		const struct school *school = r->dept->by_name[i];
		if (!support_has(supported, school))
			continue;
		struct view *row = list_view(rows);
		school_link(r, row, school);
		support_tags(r, row, "tags", supported, school, false);
	}
	for (size_t i = 0; i < supported->nlists; i++)
		view_text(list_view(lists), "text", support_list_text(r, &supported->lists[i]));
	view_flag(v, "has_schools", rows->count > 0);
	view_flag(v, "has_lists", supported->nlists > 0);
	view_text(v, "schools_href", page_href(r, "schools/"));
}

/* The schools that stand so on the two lists: their names, or how many. */
static const char *schools_that(
    struct renderer *r, const struct identification *i, enum agreement agreement)
{
	const char *names[FEW_NAMES];
	size_t count = 0;
	for (size_t k = 0; k < r->dept->nschools; k++) {
		const struct school *school = r->dept->by_name[k];
		const struct school_result *s = identification_school(i, school);
		if (!s || identification_agreement(s) != agreement)
			continue;
		if (count < FEW_NAMES)
			names[count] = page_school_name(r, school);
		count++;
	}
	if (count > FEW_NAMES)
		return phrase_count(
		    r->words, r->arena, "overview_schools_count", (long long)count, NULL);
	return count ? words_joined(r->arena, names, count, words_get(r->words, "and")) : NULL;
}

static void say(struct list *sentences, const char *text)
{
	view_text(list_view(sentences), "text", text);
}

static void compare_with_declared(
    struct renderer *r, struct list *sentences, const struct identification *i)
{
	const struct words *w = r->words;
	const char *computed = schools_that(r, i, AGREEMENT_COMPUTED_ONLY);
	const char *declared = schools_that(r, i, AGREEMENT_DECLARED_ONLY);
	bool agree = !computed && !declared && !i->not_computable && !i->insufficient;
	if (agree)
		say(sentences, words_get(w, "overview_lists_agree"));
	else if (i->agreed_listed)
		say(sentences,
		    phrase_count(
		        w, r->arena, "overview_on_both", (long long)i->agreed_listed, NULL));
	else if (i->identified)
		say(sentences, words_get(w, "overview_on_none"));
	if (computed)
		say(sentences,
		    phrase(w, r->arena, "overview_computed_only", "schools", computed, NULL));
	if (declared)
		say(sentences,
		    phrase(w, r->arena, "overview_declared_only", "schools", declared, NULL));
}

/* What the method says, in two or three sentences. */
static void add_method(struct renderer *r, struct list *methods, const struct identification *i)
{
	const struct words *w = r->words;
	struct view *v = list_view(methods);
	struct list *sentences = view_list(v, "sentences");
	view_text(v, "title", i->method->title);
	view_text(v, "rule", method_sentence(r, i->method, i->year));
	view_text(v, "href", page_href(r, support_list_path(r, i->year)));
	if (i->undetermined) {
		say(sentences, words_get(w, "overview_undetermined"));
		return;
	}
	const char *year = year_text(r, i->year);
	if (i->identified)
		say(sentences,
		    phrase_count(w, r->arena, "overview_identified", (long long)i->identified,
		        "year", year, NULL));
	else
		say(sentences, phrase(w, r->arena, "overview_identified_none", "year", year, NULL));
	if (r->dept->nmethods > FEW_METHODS)
		return;
	if (i->has_declared)
		compare_with_declared(r, sentences, i);
	if (i->insufficient)
		say(sentences,
		    phrase_count(
		        w, r->arena, "overview_insufficient", (long long)i->insufficient, NULL));
}

static void add_methods(struct renderer *r, struct view *v)
{
	struct list *methods = view_list(v, "methods");
	for (size_t k = 0; k < r->dept->nmethods; k++) {
		const struct identification *i =
		    support_latest(r, r->dept->methods[k], r->assessment->year);
		if (i)
			add_method(r, methods, i);
	}
	view_flag(v, "several", methods->count > 1);
	view_text(v, "no_methods",
	    methods->count
	        ? NULL
	        : words_get(r->words,
	              r->dept->nmethods ? "overview_not_computed" : "overview_no_method"));
}

/* -- what comes next --------------------------------------------------------------------- */

static void add_deadlines(
    struct renderer *r, struct view *v, const struct deadline *ahead, size_t count)
{
	struct list *rows = view_list(v, "deadlines");
	for (size_t i = 0; i < count; i++) {
		struct view *row = list_view(rows);
		view_text(row, "iso", arena_strdup(r->arena, date_iso(ahead[i].date).s));
		view_text(row, "date", words_date(r->words, r->arena, ahead[i].date, true));
		view_text(row, "title", ahead[i].item->activity);
		view_text(row, "responsible", ahead[i].item->responsible);
		view_text(row, "href",
		    page_href(r, arena_printf(r->arena, "roadmap/#%s", ahead[i].item->id)));
		view_text(row, "days", days_text(r, ahead[i].days));
	}
	view_flag(v, "has_deadlines", count > 0);
	view_text(v, "no_deadlines",
	    words_get(r->words, r->dept->nroadmap ? "overview_no_deadlines" : "roadmap_empty"));
	view_text(v, "roadmap_href", page_href(r, "roadmap/"));
}

/* -- what changed ------------------------------------------------------------------------ */

static struct date change_date(const struct content *c)
{
	return c->kind == CONTENT_EVENT ? c->as.event.date : content_date(&c->as.document);
}

static void change_row(struct renderer *r, struct view *row, const struct content *c)
{
	struct date date = change_date(c);
	bool whole = c->kind == CONTENT_EVENT || date_is_set(c->as.document.date);
	const char *year = year_text(r, date.year);
	view_text(row, "title", c->title);
	view_text(row, "href", page_href(r, page_content_path(r, c)));
	view_text(row, "iso", whole ? arena_strdup(r->arena, date_iso(date).s) : year);
	view_text(row, "date", whole ? words_date(r->words, r->arena, date, true) : year);
}

/* The newest commits that changed something for the reader: the first change
 * of each stands for all. */
static void add_publications(struct renderer *r, struct view *v)
{
	struct list *rows = view_list(v, "publications");
	for (size_t i = 0; i < r->npublications && rows->count < FEW_CHANGES; i++) {
		const struct publication *p = &r->publications[i];
		if (!p->changes.count)
			continue;
		struct view *row = list_view(rows);
		commit_view(r, row, p->commit);
		view_text(row, "line", change_line(r, &p->changes.items[0]));
		view_text(row, "rest",
		    p->changes.count > 1 ? phrase_count(r->words, r->arena, "change_rest",
		                               (long long)p->changes.count - 1, NULL)
		                         : NULL);
	}
	view_flag(v, "has_publications", rows->count > 0);
	view_text(v, "changes_href",
	    r->history && r->history->state == HISTORY_WHOLE ? page_href(r, "changes/") : NULL);
}

/* The newest events and documents, the newest first. Documents alone are no
 * news: then the last one is named, and who would write of more. */
static void add_changes(struct renderer *r, struct view *v)
{
	size_t nevents, ndocuments, event = 0, document = 0;
	const struct content **events = content_of_kind(r, CONTENT_EVENT, &nevents);
	const struct content **documents = content_of_kind(r, CONTENT_DOCUMENT, &ndocuments);
	struct list *rows = view_list(v, "changes");
	while (ndocuments && !date_is_set(change_date(documents[ndocuments - 1])))
		ndocuments--; /* those without a day are last */
	while (nevents && rows->count < FEW_CHANGES && (event < nevents || document < ndocuments)) {
		bool next_is_event = document == ndocuments ||
		    (event < nevents &&
		        date_cmp(change_date(events[event]), change_date(documents[document])) >=
		            0);
		change_row(
		    r, list_view(rows), next_is_event ? events[event++] : documents[document++]);
	}
	view_flag(v, "has_changes", rows->count > 0);
	view_null(v, "last_document");
	if (!nevents && ndocuments)
		change_row(r, view_view(v, "last_document"), documents[0]);
	view_flag(v, "has_events", nevents > 0);
	add_publications(r, v);
	view_text(v, "events_href", page_href(r, "events/"));
}

/* -- papers ------------------------------------------------------------------- */

static void add_documents(struct renderer *r, struct view *v)
{
	size_t count;
	const struct content **documents = content_of_kind(r, CONTENT_DOCUMENT, &count);
	struct list *rows = view_list(v, "documents");
	for (size_t i = 0; i < count && i < FEW_PAPERS; i++)
		content_document(r, list_view(rows), documents[i]);
	view_flag(v, "has_documents", count > 0);
	view_text(v, "documents_href", page_href(r, "documents/"));
	view_text(v, "all_documents",
	    phrase_count(r->words, r->arena, "overview_all_documents", (long long)count, NULL));
	view_text(v, "cycle_href", page_href(r, "cycle/"));
}

int page_overview(struct renderer *r)
{
	struct deadline ahead[FEW_DEADLINES];
	struct supported supported;
	const char *title = phrase(r->words, r->arena, "overview_title", "place",
	    place_of(r, SCOPE_MUNICIPALITY).name, NULL);
	struct view *v = page_begin(r, "", "overview", title);
	view_text(v, "programme_href", page_href(r, "programme/"));
	size_t count = deadlines_ahead(r, ahead, FEW_DEADLINES);
	support_read(&supported, r);
	int err = add_intro(r, v);
	struct list *figures = view_list(v, "figures");
	support_figure(r, figures, &supported);
	indicators_figure(r, figures);
	roadmap_figure(r, figures);
	deadline_figure(r, figures, ahead, count);
	add_indicators(r, v);
	add_supported(r, v, &supported);
	add_methods(r, v);
	add_deadlines(r, v, ahead, count);
	add_changes(r, v);
	add_documents(r, v);
	contacts_view(r, v);
	return err | page_end(r, "overview");
}
