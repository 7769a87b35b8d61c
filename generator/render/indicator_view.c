/*
 * A share of schools is said in schools as well as in percent, because that
 * is how people count: "не меньше 7 из 10". Whether a number may be said is
 * asked of disclosure first.
 */
#include "render/indicator_view.h"

#include "compute/status.h"
#include "render/chart_bullet.h"

#include <string.h>

static bool hidden(const struct renderer *r, const struct indicator_year *y)
{
	return r->disclosure && !disclosure_indicator(r->disclosure, y);
}

static const char *level_text(const struct renderer *r, const struct indicator *i, int level)
{
	struct str rest = str_of(i->levels), part;
	for (int n = 1; str_next(&rest, '|', &part); n++) {
		if (n != level)
			continue;
		const char *word = arena_strndup(r->arena, part.p, part.n);
		return words_of(r->words, "level_", word);
	}
	return "";
}

const char *indicator_quantity_text(
    const struct renderer *r, const struct indicator *i, const struct quantity *q)
{
	if (!q->set)
		return "";
	switch (i->unit) {
	case UNIT_YESNO:
		return words_get(r->words, q->yesno == YESNO_YES ? "yes" : "no");
	case UNIT_LEVEL:
		return level_text(r, i, q->level);
	case UNIT_PERCENT:
		return words_percent(r->words, r->arena, q->number, 2);
	default:
		return words_number(r->words, r->arena, q->number, 2);
	}
}

static const char *rule_key(const struct indicator *i)
{
	bool level = i->unit == UNIT_LEVEL;
	switch (i->rule) {
	case RULE_AT_MOST:
		return level ? "target_at_most_level" : "target_at_most";
	case RULE_YES:
		return "target_yes";
	case RULE_INCREASE:
		return "target_increase";
	case RULE_AT_LEAST_REFERENCE:
		return "target_reference";
	default:
		return level ? "target_level" : "target_at_least";
	}
}

const char *indicator_aim_text(const struct renderer *r, const struct indicator *i)
{
	bool aimed = i->rule == RULE_YES || i->rule == RULE_INCREASE;
	return words_get(r->words, aimed ? rule_key(i) : "target_none");
}

/* "7 из 10", when the target is a share of that many schools. */
static const char *target_in_schools(const struct renderer *r, const struct indicator_year *y)
{
	if (y->schools_needed < 0 || y->schools_of <= 0)
		return NULL;
	return phrase(r->words, r->arena, "n_of_schools", "n",
	    words_int(r->words, r->arena, y->schools_needed), "total",
	    words_int(r->words, r->arena, y->schools_of), NULL);
}

const char *indicator_target_text(
    const struct renderer *r, const struct indicator_year *y, bool with_year)
{
	const struct indicator *i = y->indicator;
	bool needs_number = i->rule == RULE_AT_LEAST || i->rule == RULE_AT_MOST;
	if (i->rule == RULE_NO_RULE || (needs_number && !y->target.set))
		return words_get(r->words, "target_none");
	const char *number = indicator_quantity_text(r, i, &y->target);
	const char *schools = target_in_schools(r, y);
	if (schools)
		number = arena_printf(r->arena, "%s (%s)", number, schools);
	const char *text = phrase(r->words, r->arena, rule_key(i), "target", number, NULL);
	if (i->rule == RULE_AT_LEAST_REFERENCE && *number &&
	    (!r->disclosure || disclosure_target(r->disclosure, y)))
		text = arena_printf(r->arena, "%s (%s)", text, number);
	if (!with_year)
		return text;
	const char *year = arena_printf(r->arena, "%d", y->year);
	return phrase(r->words, r->arena, "target_in_year", "target", text, "year", year, NULL);
}

const char *indicator_value_text(const struct renderer *r, const struct indicator_year *y)
{
	if (!y->value.set)
		return "";
	const char *text = indicator_quantity_text(r, y->indicator, &y->value);
	if (!frac_is_set(y->numerator) || !frac_is_set(y->denominator))
		return text;
	/* A mean of shares: the sum of percents says nothing to a reader. */
	const struct measure *m = &r->dept->measures[y->indicator->row.index];
	if (y->computed && m->form == FORM_CONTEXT && m->metric->kind == METRIC_SHARE)
		return phrase_count(r->words, r->arena, "value_mean", (long long)y->denominator.num,
		    "value", text, NULL);
	return phrase(r->words, r->arena, "value_of", "value", text, "n",
	    words_number(r->words, r->arena, y->numerator, 2), "total",
	    words_number(r->words, r->arena, y->denominator, 2), NULL);
}

void indicator_mark_of(const struct renderer *r, struct view *v, enum status status)
{
	static const enum mark marks[] = {
	    MARK_NONE, MARK_NONE, MARK_WAIT, MARK_NONE, MARK_GOOD, MARK_BAD};
	const char *word = status ? statuses[status] : "hidden";
	page_mark(r, v, "status", marks[status], words_of(r->words, "status_", word));
}

/* INDICATOR_NONE when it would tell of a hidden value. */
static enum status shown_status(
    const struct renderer *r, const struct indicator_year *y, enum status status)
{
	bool told = !y || !r->disclosure || disclosure_status(r->disclosure, y);
	return told ? status : INDICATOR_NONE;
}

void indicator_mark(const struct renderer *r, struct view *v, const struct indicator_year *y)
{
	indicator_mark_of(r, v, shown_status(r, y, y ? y->status : INDICATOR_NO_DATA));
}

static enum status status_now(const struct renderer *r, const struct indicator_state *s)
{
	return shown_status(r, s->current, indicator_status_now(s, r->assessment->year, r->today));
}

void indicator_mark_now(const struct renderer *r, struct view *v, const struct indicator_state *s)
{
	indicator_mark_of(r, v, status_now(r, s));
}

void indicator_value(
    struct renderer *r, struct view *v, const char *name, const struct indicator_year *y)
{
	if (!y || !y->value.set)
		page_number(r, v, name, NULL, GAP_NOT_SUPPLIED, NULL);
	else if (hidden(r, y))
		page_number(r, v, name, NULL, GAP_HIDDEN, NULL);
	else
		page_number(r, v, name, indicator_value_text(r, y), GAP_NONE, y->source);
}

const char *indicator_path(const struct renderer *r, const struct indicator *i)
{
	return arena_printf(r->arena, "indicators/%s/", i->id);
}

const struct indicator_year *indicator_year_of(const struct indicator_state *s, int year)
{
	for (size_t i = 0; i < s->nyears; i++)
		if (s->years[i].year == year)
			return &s->years[i];
	return NULL;
}

const char *indicators_year_text(const struct renderer *r)
{
	const struct assessment *a = r->assessment;
	int year = 0;
	for (size_t i = 0; i < a->count; i++) {
		const struct indicator_year *current = a->indicators[i].current;
		if (current && current->year > year && current->year <= a->year)
			year = current->year;
	}
	return arena_printf(r->arena, "%d", year ? year : a->year);
}

static const char *status_class(enum status status)
{
	return status == INDICATOR_ACHIEVED    ? "good"
	    : status == INDICATOR_NOT_ACHIEVED ? "bad"
	    : status == INDICATOR_IN_PROGRESS  ? "wait"
	                                       : "none";
}

static bool has_chart(const struct indicator *i)
{
	return i->unit != UNIT_YESNO && i->unit != UNIT_LEVEL;
}

/* The baseline's own year is not a value of the plan: it is drawn as a ring. */
static struct frac shown_value(const struct renderer *r, const struct indicator_year *y)
{
	if (y->baseline || hidden(r, y))
		return (struct frac){0, 0};
	return y->value.number;
}

static struct frac shown_target(const struct renderer *r, const struct indicator_year *y)
{
	bool shown = !r->disclosure || disclosure_target(r->disclosure, y);
	return shown ? y->target.number : (struct frac){0, 0};
}

static void add_bullet(struct renderer *r, struct view *row, const struct indicator_state *s,
    const struct indicator_year *y, const char *target, const char *value)
{
	struct buf svg = BUF_INIT(BUF_LINE);
	struct frac baseline = {0, 0};
	if (s->baseline && s->baseline->value.set && !hidden(r, s->baseline))
		baseline = s->baseline->value.number;
	if (!frac_is_set(baseline) && !frac_is_set(shown_value(r, y)) &&
	    !frac_is_set(shown_target(r, y)))
		return; /* nothing to draw */
	const char *text =
	    phrase(r->words, r->arena, "bullet_text", "title", s->indicator->title, "value",
	        *value ? value : words_get(r->words, "status_no_data"), "target", target, NULL);
	chart_bullet(&svg,
	    &(struct chart_bullet){
	        .text = text,
	        .status = status_class(shown_status(r, y, y->status)),
	        .value = shown_value(r, y),
	        .target = shown_target(r, y),
	        .baseline = baseline,
	        .share = s->indicator->unit == UNIT_PERCENT,
	    });
	view_raw(row, "chart", (struct str){arena_strndup(r->arena, svg.data, svg.len), svg.len});
	buf_clear(&svg);
}

struct view *indicator_row(struct renderer *r, struct list *rows, const struct indicator_state *s)
{
	struct view *row = list_view(rows);
	const struct indicator_year *y = s->current;
	view_text(row, "title", s->indicator->title);
	view_text(row, "href", page_href(r, indicator_path(r, s->indicator)));
	view_null(row, "chart");
	view_null(row, "trend");
	view_flag(row, "known", y && y->value.set && !y->baseline);
	indicator_mark_now(r, row, s);
	if (!y) {
		view_text(row, "target", indicator_aim_text(r, s->indicator));
		page_number(r, row, "value", NULL, GAP_NOT_SUPPLIED, NULL);
		return row;
	}
	const char *target = indicator_target_text(r, y, true);
	bool known = y->value.set && !y->baseline && !hidden(r, y);
	view_text(row, "target", target);
	indicator_value(r, row, "value", y->baseline ? NULL : y);
	if (has_chart(s->indicator))
		add_bullet(r, row, s, y, target, known ? indicator_value_text(r, y) : "");
	return row;
}

const enum status indicator_statuses[] = {INDICATOR_ACHIEVED, INDICATOR_IN_PROGRESS,
    INDICATOR_NOT_ACHIEVED, INDICATOR_NO_DATA, INDICATOR_NONE};

struct indicator_tally indicator_tally(const struct renderer *r, int year)
{
	struct indicator_tally t = {.hidden = 0};
	for (size_t i = 0; i < r->assessment->count; i++) {
		const struct indicator_state *s = &r->assessment->indicators[i];
		const struct indicator_year *y = year ? indicator_year_of(s, year) : s->current;
		enum status status = !year ? status_now(r, s)
		    : y                    ? shown_status(r, y, y->status)
		                           : INDICATOR_NO_TARGET;
		t.hidden += status == INDICATOR_NONE;
		t.of[status] += status != INDICATOR_NONE;
	}
	return t;
}

static void add_count(struct renderer *r, struct list *rows, enum status status, size_t count)
{
	struct view *row = list_view(rows);
	view_int(row, "count", (long long)count);
	indicator_mark_of(r, row, status);
}

void indicator_summary(struct renderer *r, struct view *v, const char *name)
{
	const struct indicator_tally tally = indicator_tally(r, 0);
	struct list *rows = view_list(v, name);
	for (const enum status *s = indicator_statuses; *s; s++)
		add_count(r, rows, *s, tally.of[*s]);
	if (tally.hidden)
		add_count(r, rows, INDICATOR_NONE, tally.hidden);
}
