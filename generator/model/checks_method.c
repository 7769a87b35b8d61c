/*
 * Is a method fit to decide with? First the keys: which kind needs which, by
 * one table. Then what each kind names and counts. The rules of a points method
 * have a file of their own.
 */
#include "model/checks_method.h"

#include "base/intl.h"

#define KIND(kind) (1U << METHOD_##kind)

static const struct key_use {
	const char *key;
	unsigned kinds;  /* where it means something */
	unsigned needed; /* where it must be there */
} key_uses[] = {
    {"predicate", KIND(LOW_PROCEDURES), KIND(LOW_PROCEDURES)},
    {"percent", KIND(LOW_PROCEDURES), 0},
    {"measure", KIND(LOW_PROCEDURES), 0},
    {"references", KIND(LOW_PROCEDURES), 0},
    {"procedures", KIND(LOW_PROCEDURES), KIND(LOW_PROCEDURES)},
    {"criteria", KIND(LOW_PROCEDURES), KIND(LOW_PROCEDURES)},
    {"intercept", KIND(INDEX), 0},
    {"terms", KIND(INDEX), KIND(INDEX)},
    {"q", KIND(INDEX), KIND(INDEX)},
    {"minimum_schools", KIND(INDEX), 0},
    {"table", KIND(POINTS) | KIND(FACTORS), KIND(POINTS) | KIND(FACTORS)},
    {"at_least", KIND(FACTORS), 0},
    {"cutoff_points", KIND(POINTS), 0},
    {"cutoff_met", KIND(POINTS), 0},
};

static void wrong_at(struct method_checks *c, struct field_place at, struct str cell,
    const char *what, const char *remedy)
{
	diag_add(c->diag, DIAG_ERROR, "method-value", DIAG_AT(c->m->file, at.line, at.column), cell,
	    remedy, "%s", what);
	c->wrong = true;
}

void check_wrong_key(struct method_checks *c, const char *key, const char *what, const char *remedy)
{
	wrong_at(c, frontmatter_place(c->m->front, key), str_of(key), what, remedy);
}

static void need(struct method_checks *c, const char *key)
{
	if (yaml_find(c->m->front, key))
		return;
	diag_add(c->diag, DIAG_ERROR, "method-missing-key",
	    DIAG_AT(c->m->file, c->m->front->line, c->m->front->column), str_of(key),
	    arena_printf(c->a, _("Add the line “%s: …”."), key),
	    _("a method of the kind “%s” needs this key"), method_kinds[c->m->kind - 1]);
	c->wrong = true;
}

static void check_keys(struct method_checks *c)
{
	unsigned kind = 1U << c->m->kind;
	for (size_t i = 0; i < sizeof(key_uses) / sizeof(key_uses[0]); i++) {
		const struct key_use *use = &key_uses[i];
		if (use->needed & kind)
			need(c, use->key);
		const struct yaml_node *n = yaml_find(c->m->front, use->key);
		if (n && !(use->kinds & kind))
			diag_add(c->diag, DIAG_WARNING, "method-unused-key",
			    DIAG_AT(c->m->file, n->key_line, n->key_column), n->key,
			    _("Take it away, or choose another kind."),
			    _("this key has no effect in a method of the kind “%s”"),
			    method_kinds[c->m->kind - 1]);
	}
}

/* -- low-procedures ---------------------------------------------------------- */

static void check_procedures(struct method_checks *c)
{
	struct method *m = c->m;
	struct decimal least, most;
	m->procedures = arena_array(c->a, m->procedure_ids.count, sizeof(const struct procedure *));
	m->nprocedures = 0;
	for (size_t i = 0; i < m->procedure_ids.count; i++) {
		struct field_place at = m->procedure_ids.places[i];
		struct str id = str_of(field_text(&m->procedure_ids, i));
		const char *near;
		const struct procedure *p = measure_lookup(c->a, c->procedures, id, &near);
		bool twice = false;
		for (size_t j = 0; j < m->nprocedures; j++)
			twice |= m->procedures[j] == p;
		if (!p)
			wrong_at(c, at, id, _("this procedure is not in data/procedures.csv"),
			    diag_nearest(c->a, near,
			        _("Add it to data/procedures.csv or correct its name.")));
		else if (twice)
			wrong_at(c, at, id, _("the procedure stands here twice"),
			    _("Leave it in once."));
		else if (m->measure && !measure_scale(m->measure, p, &least, &most))
			wrong_at(c, at, id, _("this examination gives points and no marks"),
			    _("Compare mean_score, or take the procedure out."));
		else
			m->procedures[m->nprocedures++] = p;
	}
}

static void check_criteria(struct method_checks *c)
{
	const struct criterion *criteria = c->m->criteria.items;
	for (size_t i = 0; i < c->m->criteria.count; i++) {
		struct field_place at = c->m->criteria.places[i];
		int64_t at_least = criteria[i].at_least, years = criteria[i].years;
		if (at_least != FIELD_NO_INT && at_least < 1)
			wrong_at(c, at, STR("at_least"),
			    _("a criterion asks for at least one procedure"),
			    _("Write at_least: 1 or more."));
		if (at_least > (int64_t)c->m->procedure_ids.count)
			wrong_at(c, at, STR("at_least"),
			    _("the criterion asks for more procedures than the method has"),
			    _("Write a smaller number or add procedures."));
		if (years != FIELD_NO_INT && (years < 1 || years > YEARS_MOST))
			wrong_at(c, at, STR("years"), _("a criterion looks at 1 to 10 years"),
			    _("Write years: 1 for the previous school year alone."));
	}
}

static void check_low_procedures(struct method_checks *c)
{
	struct method *m = c->m;
	if (m->predicate == PREDICATE_SHARE_BELOW_MINIMUM)
		need(c, "percent");
	if (m->predicate == PREDICATE_BELOW_REFERENCES) {
		need(c, "measure");
		need(c, "references");
	}
	if (m->percent.set &&
	    (m->percent.digits <= 0 || decimal_cmp(m->percent, decimal_of(100)) > 0))
		check_wrong_key(c, "percent",
		    _("the share of pupils is over 0 and at most 100 percent"),
		    _("Write it in percent, for example percent: 30."));
	for (size_t i = 0; i < m->references.count; i++)
		if (field_enum(&m->references, i) == SCOPE_SCHOOL)
			wrong_at(c, m->references.places[i], STR("school"),
			    _("a school cannot be compared with itself"),
			    _("Write municipality, region, or both."));
	check_procedures(c);
	check_criteria(c);
}

/* -- index ------------------------------------------------------------------- */

static void check_index(struct method_checks *c)
{
	struct method *m = c->m;
	/* Ours: frontmatter_read() made them in this method's arena. */
	struct term *terms = (struct term *)m->terms.items;
	for (size_t i = 0; i < m->terms.count; i++) {
		struct field_place at = m->terms.places[i];
		const char *near;
		if (!terms[i].metric_id)
			continue;
		struct str id = str_of(terms[i].metric_id);
		const struct metric *metric = measure_lookup(c->a, c->metrics, id, &near);
		terms[i].metric = metric;
		if (!metric)
			wrong_at(c, at, id, _("this metric is not in data/metrics.csv"),
			    diag_nearest(
			        c->a, near, _("Add it to data/metrics.csv or correct its name.")));
		else if (metric->kind != METRIC_SHARE &&
		    !(metric->kind == METRIC_COUNT && metric->of))
			wrong_at(c, at, id,
			    _("an index adds shares: this metric is neither a share nor a count of something"),
			    _("Take a metric whose column “of” in data/metrics.csv is filled."));
		for (size_t j = 0; metric && j < i; j++)
			if (terms[j].metric == metric)
				wrong_at(c, at, id, _("the metric stands here twice"),
				    _("Add the two weights and leave one line."));
	}
	if (m->q.set && (m->q.digits < 0 || decimal_cmp(m->q, decimal_of(1)) > 0))
		check_wrong_key(c, "q", _("the quantile is between 0 and 1"),
		    _("For the lower quarter of the schools write q: 0.25."));
	if (m->minimum_schools < 1)
		check_wrong_key(c, "minimum_schools", _("at least one school is needed"),
		    _("Write minimum_schools: 4, or leave it out, then it is 4."));
}

/* -- points and factors ------------------------------------------------------ */

static void check_table(struct method_checks *c)
{
	struct method *m = c->m;
	if (!m->table)
		return;
	if (!m->rules.file) {
		struct field_place at = frontmatter_place(m->front, "table");
		diag_add(c->diag, DIAG_ERROR, "method-missing-table",
		    DIAG_AT(m->file, at.line, at.column), str_of(m->table),
		    _("Put the table into data/methods/ or correct its name here."),
		    _("there is no such file in data/methods/"));
		c->wrong = true;
	} else if (m->rules.count == 0 && m->sound) {
		diag_add(c->diag, DIAG_ERROR, "method-empty-table", DIAG_AT(m->rules.file, 1, 1),
		    STR_NONE, _("Add a row for each rule or factor."),
		    _("the table of the method has no rows"));
		c->wrong = true;
	} else if (m->kind == METHOD_POINTS) {
		check_rules(c);
	} else if (m->at_least != FIELD_NO_INT &&
	    (m->at_least < 1 || m->at_least > (int64_t)m->rules.count)) {
		check_wrong_key(c, "at_least",
		    _("the number of factors is between 1 and the number of factors in the table"),
		    _("Correct the number."));
	}
}

int method_check(struct method *m, struct arena *a, const struct table *procedures,
    const struct table *metrics, struct diag *diag)
{
	struct method_checks c = {
	    .m = m, .a = a, .procedures = procedures, .metrics = metrics, .diag = diag};
	switch (m->kind) {
	case METHOD_LOW_PROCEDURES:
		check_keys(&c);
		check_low_procedures(&c);
		break;
	case METHOD_INDEX:
		check_keys(&c);
		check_index(&c);
		break;
	case METHOD_POINTS:
	case METHOD_FACTORS:
		check_keys(&c);
		check_table(&c);
		break;
	default: /* told by method_read() */
		c.wrong = true;
	}
	if (c.wrong)
		m->sound = false;
	return c.wrong ? -1 : 0;
}
