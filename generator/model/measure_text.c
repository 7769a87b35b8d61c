/*
 * A measure is cut at its colons: the first part chooses the form, a table
 * says how the rest is read. Every mistake ends with the words that would
 * have been right.
 */
#include "model/measure_text.h"

#include "base/intl.h"
#include "model/content.h"

#include <string.h>

const char *const result_fields[] = {
    "pass_rate", "quality_rate", "mean_mark", "mean_score", "below_minimum_share", NULL};

/* Procedures of one measure, names to guess from. */
enum { PROCEDURES_MOST = 64, NAMES_MOST = 256 };

struct reading {
	struct measure *out;
	struct arena *a;
	const struct measure_names *names;
	struct diag_place at;
	struct diag *diag;
	struct str text;
	enum measure_use use;
};

static int wrong(const struct reading *r, const char *what, const char *near, const char *remedy)
{
	if (!r->diag)
		return -1;
	diag_add(r->diag, DIAG_ERROR, "measure", r->at, r->text, diag_nearest(r->a, near, remedy),
	    "%s", what);
	return -1;
}

const void *measure_lookup(struct arena *a, const struct table *t, struct str id, const char **near)
{
	const void *row = t && t->count && id.n ? table_find(t, id) : NULL;
	if (near)
		*near = NULL;
	if (row || !t || !near)
		return row;
	const char *names[NAMES_MOST + 1];
	size_t count = 0;
	for (size_t i = 0; i < t->count && count < NAMES_MOST; i++) {
		const char *other = row_id(table_row(t, i));
		if (other)
			names[count++] = other;
	}
	names[count] = NULL;
	*near = str_nearest(arena_strndup(a, id.p, id.n), names);
	return NULL;
}

bool measure_scale(
    int field, const struct procedure *p, struct decimal *least, struct decimal *most)
{
	*least = decimal_of(0);
	*most = (struct decimal){0};
	if (field == FIELD_MEAN_MARK) {
		*least = decimal_of(2);
		*most = decimal_of(5);
		return p->scale != SCALE_SCORE && p->scale != SCALE_SHARE;
	}
	/* Primary points of other procedures have no common ceiling. */
	if (field != FIELD_MEAN_SCORE || p->scale == SCALE_SCORE)
		*most = decimal_of(100);
	return true;
}

static int read_procedures(const struct reading *r, struct str list)
{
	struct str id;
	const char *near;
	struct measure *m = r->out;
	m->procedures = arena_array(r->a, PROCEDURES_MOST, sizeof(*m->procedures));
	while (str_next(&list, '|', &id)) {
		const struct procedure *p =
		    measure_lookup(r->a, r->names->procedures, str_trim(id), &near);
		if (!p)
			return wrong(r,
			    _("a procedure named in the measure is not in data/procedures.csv"),
			    near,
			    _("Write procedures as they stand in the first column of data/procedures.csv."));
		for (size_t i = 0; i < m->nprocedures; i++)
			if (m->procedures[i] == p)
				return wrong(r, _("the measure names a procedure twice"), NULL,
				    _("Leave it in once."));
		if (m->nprocedures == PROCEDURES_MOST)
			return wrong(r, _("the measure names too many procedures"), NULL, NULL);
		m->procedures[m->nprocedures++] = p;
	}
	if (m->nprocedures == 0)
		return wrong(r, _("the measure names no procedure"), NULL,
		    _("Add the procedures after the colon, with | between them."));
	return 0;
}

static int read_field(const struct reading *r, struct str word)
{
	for (int i = 0; result_fields[i]; i++)
		if (str_is(word, result_fields[i]))
			r->out->field = i + 1;
	if (r->out->field)
		return 0;
	const char *near = str_nearest(arena_strndup(r->a, word.p, word.n), result_fields);
	return wrong(r, _("the measure names no column of results that can be compared"), near,
	    _("Possible: pass_rate, quality_rate, mean_mark, mean_score, below_minimum_share."));
}

static int read_metric(const struct reading *r, struct str id, const struct metric **out)
{
	const char *near;
	*out = measure_lookup(r->a, r->names->metrics, str_trim(id), &near);
	if (*out)
		return 0;
	return wrong(r, _("a metric named in the measure is not in data/metrics.csv"), near,
	    _("Write metrics as they stand in the first column of data/metrics.csv."));
}

/* The procedure and the field must go together. */
static int check_scales(const struct reading *r)
{
	struct decimal least, most;
	for (size_t i = 0; i < r->out->nprocedures; i++)
		if (!measure_scale(r->out->field, r->out->procedures[i], &least, &most))
			return wrong(r, _("this examination gives points and no marks"), NULL,
			    _("Write mean_score instead of mean_mark."));
	return 0;
}

/* "<procedure>:<field>"; the measures of rules have it the other way round. */
static int read_dynamics(const struct reading *r, struct str rest)
{
	struct str procedure = {"", 0};
	str_next(&rest, ':', &procedure);
	if (read_procedures(r, procedure) || read_field(r, str_trim(rest)))
		return -1;
	if (r->out->nprocedures > 1)
		return wrong(r, _("dynamics are computed for one procedure"), NULL,
		    _("Make an indicator of its own for each procedure."));
	return check_scales(r);
}

static int read_result(const struct reading *r, struct str rest)
{
	struct str field = {"", 0};
	str_next(&rest, ':', &field);
	return read_field(r, str_trim(field)) || read_procedures(r, rest) ? -1 : check_scales(r);
}

static int read_quotient(const struct reading *r, struct str rest)
{
	struct str top = {"", 0};
	bool cut = memchr(rest.p, '/', rest.n) != NULL;
	str_next(&rest, '/', &top);
	if (read_metric(r, top, &r->out->metric))
		return -1;
	return cut ? read_metric(r, rest, &r->out->of) : 0;
}

static int read_ratio(const struct reading *r, struct str rest)
{
	if (read_quotient(r, rest))
		return -1;
	if (!r->out->of)
		return wrong(r, _("a ratio needs two metrics"), NULL,
		    _("Write it like this: ratio:teachers_diagnosed/teachers."));
	return 0;
}

static int read_context(const struct reading *r, struct str rest)
{
	if (read_quotient(r, rest))
		return -1;
	if (r->use == MEASURE_OF_INDICATOR && r->out->of)
		return wrong(r, _("an indicator divides two metrics with ratio"), NULL,
		    _("Write ratio: instead of context:."));
	return 0;
}

static int read_audit(const struct reading *r, struct str rest)
{
	const char *near;
	r->out->item = measure_lookup(r->a, r->names->checklist, str_trim(rest), &near);
	if (r->out->item)
		return 0;
	const char *file = r->names->checklist->file;
	return wrong(r, _("the measure names no item of the checklist"), near,
	    arena_printf(r->a, _("Write the item as it stands in the first column of %s."),
	        file ? file : "audit-checklist.csv"));
}

static int word_of(struct str word, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (str_is(word, words[i]))
			return i + 1;
	return 0;
}

static int read_documents(const struct reading *r, struct str rest)
{
	rest = str_trim(rest);
	r->out->document_kind = word_of(rest, document_kinds);
	r->out->cycle = word_of(rest, cycle_positions);
	if (r->out->document_kind || r->out->cycle)
		return 0;
	const char *text = arena_strndup(r->a, rest.p, rest.n);
	const char *near = str_nearest(text, document_kinds);
	if (!near)
		near = str_nearest(text, cycle_positions);
	return wrong(r,
	    _("the measure names neither a kind of document nor a position of the cycle"), near,
	    _("For example documents:report or documents:monitoring."));
}

static int read_nothing(const struct reading *r, struct str rest)
{
	return rest.n ? wrong(r, _("nothing follows after this word"), NULL,
	                    _("Take away the colon and what comes after it."))
	              : 0;
}

static const struct form {
	const char *word;
	enum measure_form form;
	bool rule, indicator;
	int (*read)(const struct reading *r, struct str rest);
} forms[] = {
    {"manual", FORM_MANUAL, false, true, read_nothing},
    {"audit", FORM_AUDIT, false, true, read_audit},
    {"dynamics", FORM_DYNAMICS, false, true, read_dynamics},
    {"context", FORM_CONTEXT, true, true, read_context},
    {"ratio", FORM_RATIO, false, true, read_ratio},
    {"below-minimum", FORM_BELOW_MINIMUM, false, true, read_procedures},
    {"documents", FORM_DOCUMENTS, false, true, read_documents},
    {"special-page", FORM_SPECIAL_PAGE, false, true, read_nothing},
    {"result", FORM_RESULT, true, false, read_result},
};
enum { FORMS = sizeof(forms) / sizeof(forms[0]) };

static int unknown_form(const struct reading *r, struct str word)
{
	const char *words[FORMS + 1];
	size_t count = 0;
	for (size_t i = 0; i < FORMS; i++)
		if (r->use == MEASURE_OF_RULE ? forms[i].rule : forms[i].indicator)
			words[count++] = forms[i].word;
	words[count] = NULL;
	const char *near = str_nearest(arena_strndup(r->a, word.p, word.n), words);
	return wrong(r, _("there is no such measure"), near,
	    r->use == MEASURE_OF_RULE
	        ? _("Possible: result:<column>:<procedures>, context:<metric>, context:<metric>/<metric>.")
	        : _("Possible: manual, audit:…, dynamics:…, context:…, ratio:…, below-minimum:…, documents:…, special-page."));
}

int measure_read(struct measure *out, struct arena *a, struct str text, enum measure_use use,
    const struct measure_names *names, struct diag_place at, struct diag *diag)
{
	struct reading r = {out, a, names, at, diag, str_trim(text), use};
	struct str rest = r.text, word = {"", 0};

	*out = (struct measure){0};
	if (r.text.n == 0 && use == MEASURE_OF_INDICATOR) {
		out->form = FORM_MANUAL;
		return 0;
	}
	str_next(&rest, ':', &word);
	word = str_trim(word);
	for (size_t i = 0; i < FORMS; i++) {
		if (!str_is(word, forms[i].word) ||
		    !(use == MEASURE_OF_RULE ? forms[i].rule : forms[i].indicator))
			continue;
		out->form = forms[i].form;
		int err = forms[i].read(&r, rest);
		if (err)
			out->form = FORM_NONE;
		return err;
	}
	return unknown_form(&r, word);
}
