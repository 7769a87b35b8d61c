/*
 * Columns are as wide as their longest text, counted in characters.
 */
#include "job/audit_print.h"

#include "base/intl.h"

/* Are messages Russian? The catalogue says so itself. */
static bool in_russian(void)
{
	/* TRANSLATORS: the two letters of the language of this catalogue. */
	return strcmp(_("en"), "ru") == 0;
}

const char *audit_outcome_mark(int found)
{
	static const char *const marks[] = {" ", "+", "-", "!", "?", "·"};
	return marks[found];
}

const char *audit_outcome_words(int found, int state)
{
	switch (found) {
	case FOUND_YES:
		return _("found");
	case FOUND_NO:
		return state == AUDIT_CONFIRMED ? _("not found") : _("not found once");
	case FOUND_DEFECTIVE:
		return _("defective");
	case FOUND_NOT_CHECKED:
		return _("not checked");
	case FOUND_NOT_APPLICABLE:
		return _("not applicable");
	default:
		return "";
	}
}

static void pad(struct buf *out, struct str text, size_t width)
{
	size_t length = utf8_length(text);
	buf_add(out, text.p, text.n);
	for (; length < width; length++)
		buf_addc(out, ' ');
}

static bool is_mark(const struct finding *f)
{
	return f->item->itemprop && !f->item->words;
}

static const char *title_of(const struct finding *f)
{
	return f->item->title ? f->item->title : f->item->id;
}

static const char *name_of(const struct school *school)
{
	return school->short_name ? school->short_name : school->name;
}

static void print_reason(struct buf *out, const struct finding *f)
{
	audit_reason_write(out, f->reason, f->detail, in_russian());
	for (size_t i = 0; i < AUDIT_REMARKS_KEPT && f->remarks[i] != REMARK_NONE; i++)
		buf_addf(out, "; %s", audit_remark_words(f->remarks[i], in_russian()));
}

/* As compute/audit_rows will write it. */
static int state_of(const struct finding *f, const struct audit_round *before)
{
	const struct audit_row *x = audit_round_cell(before, f->school, f->item)->row;
	bool again = x && x->found == FOUND_NO && x->fetched && f->fetched.n >= 10 &&
	    strncmp(x->fetched, f->fetched.p, 10) != 0;
	return again ? AUDIT_CONFIRMED : AUDIT_ONCE;
}

/* The column of the outcomes, a blank after the longest. */
static size_t outcome_width(void)
{
	size_t width = 0;
	for (int found = FOUND_NONE + 1; found <= FOUND_NOT_APPLICABLE; found++)
		for (int state = AUDIT_ONCE; state <= AUDIT_CONFIRMED; state++) {
			size_t length = utf8_length(str_of(audit_outcome_words(found, state)));
			width = length > width ? length : width;
		}
	return width + 2;
}

static void print_finding(
    struct buf *out, const struct finding *f, const struct audit_round *before, size_t width)
{
	buf_addf(out, "  %s ", audit_outcome_mark(f->found));
	size_t left = outcome_width();
	pad(out, str_of(audit_outcome_words(f->found, state_of(f, before))), left);
	pad(out, str_of(title_of(f)), width);
	buf_adds(out, "  ");
	if (f->found == FOUND_YES && f->url.n)
		buf_add(out, f->url.p, f->url.n);
	else
		print_reason(out, f);
	buf_addc(out, '\n');
	if (f->found == FOUND_DEFECTIVE && f->url.n)
		buf_addf(out, "%*s%.*s\n", (int)left + 4, "", (int)f->url.n, f->url.p);
}

struct sums {
	size_t yes, no, defective, excluded;
};

static void count(struct sums *s, const struct finding *f)
{
	s->yes += f->found == FOUND_YES;
	s->no += f->found == FOUND_NO;
	s->defective += f->found == FOUND_DEFECTIVE;
	s->excluded += f->found == FOUND_NOT_CHECKED || f->found == FOUND_NOT_APPLICABLE;
}

/* Is all of it unknown for one reason, that of the site? */
static bool is_closed(const struct judged *j)
{
	for (size_t i = 0; i < j->count; i++)
		if (j->findings[i].reason != j->site)
			return false;
	return j->site != REASON_NONE;
}

static void print_items(
    struct buf *out, const struct judged *judged, const struct audit_round *before)
{
	struct sums marks = {0};
	size_t nmarks = 0, width = 0;
	for (size_t i = 0; i < judged->count; i++) {
		size_t length = utf8_length(str_of(title_of(&judged->findings[i])));
		if (!is_mark(&judged->findings[i]) && length > width)
			width = length;
	}
	for (size_t i = 0; i < judged->count; i++) {
		const struct finding *f = &judged->findings[i];
		if (is_mark(f)) {
			count(&marks, f);
			nmarks++;
		} else {
			print_finding(out, f, before, width);
		}
	}
	if (nmarks)
		buf_addf(out, _("  markup of order 1493: %zu of %zu, excluded %zu\n"), marks.yes,
		    marks.yes + marks.no + marks.defective, marks.excluded);
}

void audit_print_school(struct buf *out, const struct school *school, const struct judged *judged,
    const struct audit_round *before)
{
	buf_addf(out, "\n%s (%s)  %s\n", name_of(school), school->id,
	    school->site ? school->site : _("no address in schools.csv"));
	buf_addf(out, _("  pages: %zu, documents: %zu, failures: %zu\n"), judged->pages,
	    judged->documents, judged->failures);
	if (judged->site != REASON_NONE) {
		buf_addf(out, "  %s ", audit_outcome_mark(FOUND_NOT_CHECKED));
		audit_reason_write(out, judged->site, STR_NONE, in_russian());
		if (is_closed(judged))
			buf_addf(out, _(": nothing could be checked (%zu items)"), judged->count);
		buf_addc(out, '\n');
	}
	if (!is_closed(judged))
		print_items(out, judged, before);
}

void audit_print_lost(struct buf *out, const struct school *school)
{
	buf_addf(out, "\n%s (%s)  %s\n", name_of(school), school->id,
	    school->site ? school->site : _("no address in schools.csv"));
	buf_adds(out, _("  not judged: the machine was too busy\n"));
}

/* ---- the whole ---- */

void audit_print_summary(struct buf *out, const struct audit_summary *s)
{
	size_t rules = s->count ? s->judged[0].count : 0;
	buf_addf(out, _("\nSchools: %zu. Found / could be checked / excluded:\n"), s->count);
	for (size_t k = 0; k < rules; k++) {
		struct sums sums = {0};
		for (size_t i = 0; i < s->count; i++)
			count(&sums, &s->judged[i].findings[k]);
		const struct finding *first = &s->judged[0].findings[k];
		if (is_mark(first) && sums.yes + sums.defective == 0)
			continue; /* a hundred lines of nothing */
		buf_addf(out, "  %4zu / %4zu / %4zu   %s\n", sums.yes,
		    sums.yes + sums.no + sums.defective, sums.excluded, title_of(first));
	}
}

/* Several items may wait for the same page. */
static bool is_same_question(const struct finding *x, const struct finding *y)
{
	return x->found == FOUND_NOT_CHECKED && y->found == FOUND_NOT_CHECKED &&
	    x->reason == y->reason && str_eq(x->url, y->url) && !x->look && !y->look;
}

static bool is_for_people(const struct finding *f)
{
	return f->look || (f->found == FOUND_NOT_CHECKED && !is_mark(f));
}

/* The first of those that wait for the same, and how many others do. */
static void print_titles(struct buf *out, const struct judged *j, size_t first)
{
	size_t more = 0;
	for (size_t k = first + 1; k < j->count; k++)
		more += is_for_people(&j->findings[k]) &&
		    is_same_question(&j->findings[first], &j->findings[k]);
	buf_addf(out, "  %s", title_of(&j->findings[first]));
	if (more)
		buf_addf(out, _(" and %zu more"), more);
}

static void print_look(struct buf *out, const struct judged *j, size_t k)
{
	const struct finding *f = &j->findings[k];
	for (size_t i = 0; i < k; i++)
		if (is_for_people(&j->findings[i]) && is_same_question(&j->findings[i], f))
			return; /* said with that one */
	print_titles(out, j, k);
	buf_adds(out, ": ");
	print_reason(out, f);
	if (f->url.n)
		buf_addf(out, "\n      %.*s", (int)f->url.n, f->url.p);
	buf_addc(out, '\n');
}

static void print_school_look(struct buf *out, const struct school *school, const struct judged *j)
{
	if (j->site != REASON_NONE) {
		buf_adds(out, "  ");
		audit_reason_write(out, j->site, STR_NONE, in_russian());
		buf_addf(out, "\n      %s\n",
		    school->site ? school->site : _("no address in schools.csv"));
		return;
	}
	for (size_t k = 0; k < j->count; k++)
		if (is_for_people(&j->findings[k]))
			print_look(out, j, k);
}

void audit_print_people(struct buf *out, const struct audit_summary *s)
{
	struct buf all = BUF_INIT(BUF_FILE), one = BUF_INIT(BUF_FILE);
	for (size_t i = 0; i < s->count; i++) {
		buf_reset(&one);
		print_school_look(&one, s->schools[i], &s->judged[i]);
		if (one.len)
			buf_addf(&all, "%s (%s)\n%s", name_of(s->schools[i]), s->schools[i]->id,
			    one.data);
	}
	if (all.len)
		buf_addf(out, _("\nA person should look at:\n%s"), all.data);
	buf_clear(&all);
	buf_clear(&one);
}
