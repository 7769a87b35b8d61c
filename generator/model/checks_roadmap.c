/*
 * Rows whose columns do not go together, and names of rows elsewhere that are
 * plain text for the reader of tables: measures, bodies, factors.
 */
#include "model/checks.h"

#include "base/intl.h"

/* -- road map ------------------------------------------------------------------ */

static void check_months(struct checks *c, const struct roadmap_item *item)
{
	struct str rest = str_of(item->months), word;
	while (str_next(&rest, '|', &word)) {
		struct decimal d;
		bool whole = false;
		int64_t month = decimal_parse(&d, word, false) == 0 ? decimal_int(d, &whole) : 0;
		if (whole && month >= 1 && month <= 12)
			continue;
		checks_tell(c, DIAG_ERROR, "roadmap-months", &item->row, "months", item->months,
		    _("Write the numbers of the months with | between them: 1|6."),
		    _("a month is a number from 1 to 12"));
		return;
	}
}

/* A measure of the municipality goes with one of a school. */
static void check_pair(struct checks *c, const struct roadmap_item *item)
{
	const char *near;
	if (!item->pair)
		return;
	const struct roadmap_item *other = measure_lookup(c->a, &c->d->tables[TABLE_ROADMAP],
	    str_of(item->pair), checks_guess(c, "roadmap-pair", &item->row, &near));
	if (!other && !c->d->broken[TABLE_ROADMAP])
		checks_tell(c, DIAG_ERROR, "roadmap-pair", &item->row, "pair", item->pair,
		    diag_nearest(c->a, near, _("Write the name of a measure of this table.")),
		    _("there is no such measure in the road map"));
	else if (other == item)
		checks_tell(c, DIAG_ERROR, "roadmap-pair", &item->row, "pair", item->pair,
		    _("Write the measure of the other level that it goes with, or empty the cell."),
		    _("the measure is paired with itself"));
	else if (other && item->level && other->level == item->level)
		checks_tell(c, DIAG_WARNING, "roadmap-pair-level", &item->row, "pair", item->pair,
		    _("A measure of the municipality is paired with one of a school; correct the cell or the levels."),
		    _("both measures of the pair are of the same level"));
}

static void check_item(struct checks *c, const struct roadmap_item *item)
{
	if (date_is_set(item->from) && date_is_set(item->to) && date_cmp(item->to, item->from) < 0)
		checks_tell(c, DIAG_ERROR, "roadmap-dates", &item->row, "to",
		    arena_strdup(c->a, date_iso(item->to).s), _("Correct one of the two dates."),
		    arena_printf(
		        c->a, _("the measure ends before it begins (%s)"), date_iso(item->from).s));
	/* No error: the build date is that of the last commit unless told
	 * otherwise, and the mark may be newer than that. */
	if (date_is_set(item->done) && date_is_set(c->d->today) &&
	    date_cmp(item->done, c->d->today) > 0)
		checks_tell(c, DIAG_WARNING, "roadmap-done", &item->row, "done",
		    arena_strdup(c->a, date_iso(item->done).s),
		    _("Correct the date, or leave the cell empty until the measure is done."),
		    arena_printf(c->a,
		        _("the measure is marked as done after the date of this build (%s)"),
		        date_iso(c->d->today).s));
	check_pair(c, item);
	check_months(c, item);
	checks_path(c, &item->row, "evidence", item->evidence);
}

/* -- declared lists ------------------------------------------------------------ */

/* How many schools the same list names. */
static int64_t named_beside(const struct checks *c, const struct declared *row)
{
	int64_t named = 0;
	for (size_t i = 0; i < c->d->ndeclared; i++) {
		const struct declared *other = &c->d->declared[i];
		named +=
		    other->school && other->year == row->year && other->category == row->category;
	}
	return named;
}

static void check_declared(struct checks *c, const struct declared *row)
{
	checks_path(c, &row->row, "document", row->document);
	if (row->until && row->until < row->year)
		checks_tell(c, DIAG_ERROR, "declared-years", &row->row, "until",
		    arena_printf(c->a, "%d", row->until), _("Correct one of the two years."),
		    arena_printf(c->a, _("the list ends before it begins (%d)"), row->year));
	if (row->school)
		return;
	int64_t named = named_beside(c, row);
	if (row->count < 0) {
		/* A school that was not found has been told about. */
		if (!c->d->broken[TABLE_DECLARED])
			checks_tell(c, DIAG_ERROR, "declared-empty", &row->row, "school", NULL,
			    _("Name the school, or write the number of schools in the column count."),
			    _("the row has neither a school nor a number of schools"));
	} else if (row->count < named) {
		checks_tell(c, DIAG_WARNING, "declared-count", &row->row, "count",
		    arena_printf(c->a, "%lld", (long long)row->count), _("Correct the number."),
		    arena_printf(c->a, _("the list of that year names more schools (%lld)"),
		        (long long)named));
	}
}

/* -- factors ------------------------------------------------------------------- */

/* Methods by factors of the department, or of the site when it has none. */
static bool factor_is_known(const struct checks *c, const char *id, const char **near)
{
	const struct department *d = c->d;
	bool own = false;
	*near = NULL;
	for (size_t i = 0; i < d->nmethods; i++)
		own |= d->methods[i]->kind == METHOD_FACTORS;
	size_t count = own ? d->nmethods : d->site->nmethods;
	for (size_t i = 0; i < count; i++) {
		const struct method *m = own ? d->methods[i] : d->site->methods[i];
		const char *guess;
		if (m->kind != METHOD_FACTORS)
			continue;
		if (measure_lookup(c->a, &m->rules, str_of(id), &guess))
			return true;
		*near = *near ? *near : guess;
	}
	return false;
}

static void check_factors(struct checks *c)
{
	struct map seen = MAP_INIT(c->a);
	for (size_t i = 0; i < c->d->nfactors; i++) {
		const struct factor_row *row = &c->d->factors[i];
		const char *near;
		if (!row->factor || map_put(&seen, str_of(row->factor), c->d) ||
		    factor_is_known(c, row->factor, &near))
			continue;
		checks_tell(c, DIAG_ERROR, "unknown-factor", &row->row, "factor", row->factor,
		    diag_nearest(c->a, near,
		        _("Write the factor as in the table of a method of index.md, which lies in data/methods/.")),
		    _("no method of the department has such a factor"));
	}
}

/* -- support, bodies, schools -------------------------------------------------- */

static void check_support(struct checks *c, const struct support *s)
{
	const char *near;
	bool ambiguous;
	checks_path(c, &s->row, "document", s->document);
	if (date_is_set(s->from) && date_is_set(s->to) && date_cmp(s->to, s->from) < 0)
		checks_tell(c, DIAG_ERROR, "support-dates", &s->row, "to",
		    arena_strdup(c->a, date_iso(s->to).s), _("Correct one of the two dates."),
		    arena_printf(
		        c->a, _("the support ends before it begins (%s)"), date_iso(s->from).s));
	if (!s->supporter || names_get(&c->d->names, c->a, str_of(s->supporter), &ambiguous) ||
	    measure_lookup(c->a, &c->d->tables[TABLE_BODIES], str_of(s->supporter),
	        checks_guess(c, "unknown-supporter", &s->row, &near)))
		return;
	if (diag_keeps(c->diag, "unknown-supporter", s->row.file)) {
		struct names_answer answer = names_find(&c->d->names, c->a, str_of(s->supporter));
		if (answer.ncandidates)
			near = answer.candidates[0]->name;
	}
	checks_tell(c, DIAG_ERROR, "unknown-supporter", &s->row, "supporter", s->supporter,
	    diag_nearest(
	        c->a, near, _("Add it to bodies.csv, or write a school as in schools.csv.")),
	    ambiguous ? _("several schools have this name")
	              : _("this is neither a school nor a body"));
}

static void check_school(struct checks *c, const struct school *s)
{
	if (s->from_year && s->to_year && s->to_year < s->from_year)
		checks_tell(c, DIAG_ERROR, "school-years", &s->row, "to_year",
		    arena_printf(c->a, "%d", s->to_year), _("Correct one of the two years."),
		    arena_printf(c->a, _("the school closes before it opens (%d)"), s->from_year));
}

void checks_roadmap(struct checks *c)
{
	const struct department *d = c->d;
	for (size_t i = 0; i < d->nschools; i++)
		check_school(c, &d->schools[i]);
	for (size_t i = 0; i < d->nbodies; i++)
		checks_path(c, &d->bodies[i].row, "document", d->bodies[i].document);
	for (size_t i = 0; i < d->nroadmap; i++)
		check_item(c, &d->roadmap[i]);
	for (size_t i = 0; i < d->ndeclared; i++)
		check_declared(c, &d->declared[i]);
	check_factors(c);
	for (size_t i = 0; i < d->nsupport; i++)
		check_support(c, &d->support[i]);
}
