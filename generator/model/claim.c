/*
 * The unit follows from the measure, and the value has to be written in it, so
 * the measure is read first.
 */
#include "model/claim.h"

#include "base/intl.h"
#include "text/normalise.h"

struct reading {
	struct claim_meaning *out;
	struct arena *a;
	const struct department *d;
	const struct claim *claim;
	struct claim_places at;
	struct diag *diag; /* or NULL */
};

static int wrong(const struct reading *r, const char *rule, struct diag_place at, const char *cell,
    const char *near, const char *remedy, const char *text)
{
	if (r->diag)
		diag_add(r->diag, DIAG_ERROR, rule, at, str_of(cell),
		    diag_nearest(r->a, near, remedy), "%s", text);
	return -1;
}

static bool is_there(const char *text)
{
	return str_trim(str_of(text)).n > 0;
}

/* -- what is measured -------------------------------------------------------- */

static bool of_schools(const struct measure *m)
{
	return m->form != FORM_DOCUMENTS && m->form != FORM_SPECIAL_PAGE;
}

static bool is_computed(const struct measure *m)
{
	return m->form != FORM_NONE && m->form != FORM_MANUAL;
}

/* Of many schools a yes or no becomes a share of them. */
static enum claim_unit unit_of(const struct measure *m, bool one_school)
{
	if (!of_schools(m))
		return CLAIM_YESNO;
	if (m->form == FORM_AUDIT || m->form == FORM_DYNAMICS)
		return one_school ? CLAIM_YESNO : CLAIM_PERCENT;
	if (m->form != FORM_CONTEXT || m->metric->kind == METRIC_SHARE)
		return CLAIM_PERCENT;
	if (m->metric->kind == METRIC_YESNO)
		return one_school ? CLAIM_YESNO : CLAIM_PERCENT;
	return CLAIM_NUMBER;
}

static int read_measure(const struct reading *r)
{
	const struct site *site = r->d->site;
	const struct measure_names names = {&site->procedures, &site->metrics, r->d->checklist};
	if (!is_there(r->claim->measure))
		return 0;
	return measure_read(&r->out->measure, r->a, str_of(r->claim->measure), MEASURE_OF_INDICATOR,
	    &names, r->at.measure, r->diag);
}

/* -- of whom, and when -------------------------------------------------------- */

static int read_school(const struct reading *r)
{
	const char *name = r->claim->school;
	if (!is_there(name) || r->d->broken[TABLE_SCHOOLS])
		return 0;
	if (is_there(r->claim->cohort))
		return wrong(r, "claim-school", r->at.school, name, NULL,
		    _("Leave in one of the two."),
		    _("the claim is about one school and about several"));
	struct names_answer answer = names_find(&r->d->names, r->a, str_of(name));
	r->out->school = answer.school;
	if (answer.school)
		return 0;
	return wrong(r, "unknown-school", r->at.school, name,
	    answer.ncandidates && !answer.ambiguous ? answer.candidates[0]->id : NULL,
	    _("Write the school as in schools.csv."),
	    answer.ambiguous ? _("several schools have this name") : _("there is no such school"));
}

static int read_cohort(const struct reading *r)
{
	struct str rest = str_of(r->claim->cohort), word;
	while (str_next(&rest, '|', &word)) {
		const char *text = arena_strndup(r->a, word.p, word.n);
		bool known = false;
		for (size_t i = 0; cohort_parts[i]; i++)
			known |= str_is(str_trim(word), cohort_parts[i]);
		if (!known)
			return wrong(r, "claim-cohort", r->at.cohort, text,
			    str_nearest(text, cohort_parts),
			    _("Possible: all, low-results, disadvantaged, risk-zone, 500-plus, several with | between them."),
			    _("these are no schools that a number can be about"));
	}
	r->out->cohort = is_there(r->claim->cohort) ? r->claim->cohort : "all";
	return 0;
}

static int read_year(const struct reading *r)
{
	int64_t year = r->claim->year;
	if (year == FIELD_NO_INT)
		return 0;
	if (year < 1900 || year > 2999)
		return wrong(r, "claim-year", r->at.year, NULL, NULL,
		    _("Write the year like this: 2022."), _("a year has four digits"));
	r->out->year = (int)year;
	return 0;
}

/* -- the value stated ----------------------------------------------------------- */

static enum yesno read_yesno(struct arena *a, const char *text)
{
	struct str word = normalise_title(a, str_of(text));
	if (str_is(word, "yes") || str_is(word, "да"))
		return YESNO_YES;
	return str_is(word, "no") || str_is(word, "нет") ? YESNO_NO : YESNO_MISSING;
}

static int read_value(const struct reading *r)
{
	struct claim_meaning *out = r->out;
	const char *text = r->claim->value;
	bool computed = is_computed(&out->measure);
	if (!is_there(text) && !computed)
		return 0;
	if (!is_there(text))
		return wrong(r, "claim-value", r->at.whole, NULL, NULL,
		    _("Write value: and the number as it stands in the text."),
		    _("the claim has a measure, but not the value that the text states"));
	bool number = decimal_parse(&out->number, str_of(text), true) == 0;
	out->yesno = read_yesno(r->a, text);
	if (!computed)
		return 0;
	if (out->unit == CLAIM_YESNO)
		return out->yesno
		    ? 0
		    : wrong(r, "claim-value", r->at.value, text, NULL, _("Write yes or no."),
		          _("this measure gives yes or no, the value is another"));
	return number ? 0
	              : wrong(r, "claim-value", r->at.value, text, NULL,
	                    _("Write only the number as it stands in the text: 7 or 7 %."),
	                    _("this measure gives a number, the value is another"));
}

int claim_read(struct claim_meaning *out, struct arena *a, const struct department *d,
    const struct claim *c, const struct claim_places *at, struct diag *diag)
{
	struct reading r = {.out = out, .a = a, .d = d, .claim = c, .diag = diag};
	if (at)
		r.at = *at;
	*out = (struct claim_meaning){.cohort = "all"};
	int err = read_school(&r) | read_cohort(&r) | read_year(&r);
	if (read_measure(&r) < 0)
		return -1;
	if (is_computed(&out->measure) && !of_schools(&out->measure) && is_there(c->school))
		err = wrong(&r, "claim-school", r.at.school, c->school, NULL,
		    _("Leave the school out."),
		    _("this measure is about the department and not about a school"));
	out->unit = unit_of(&out->measure, out->school != NULL);
	return read_value(&r) | err;
}

/* -- places in front matter --------------------------------------------------------- */

static struct diag_place place_of(
    const struct content *page, const struct yaml_node *map, const char *key)
{
	struct field_place at = frontmatter_place(map, key);
	return DIAG_AT(page->file, at.line, at.column);
}

struct claim_places claim_places(const struct content *page, size_t i)
{
	const struct yaml_node *node = yaml_find(page->front, "claims");
	if (node && node->kind == YAML_LIST)
		for (node = node->first; node && i > 0; i--)
			node = node->next;
	if (!node)
		return (struct claim_places){0};
	return (struct claim_places){
	    .whole = DIAG_AT(page->file, node->line, node->column),
	    .value = place_of(page, node, "value"),
	    .measure = place_of(page, node, "measure"),
	    .year = place_of(page, node, "year"),
	    .cohort = place_of(page, node, "cohort"),
	    .school = place_of(page, node, "school"),
	};
}
