/*
 * A sentence is a head, which names the subject by its kind, and the fields
 * that differ. Who enters or leaves a list, and what is new or gone, is said by
 * the head itself.
 */
#include "job/change_words.h"

#include "base/intl.h"
#include "job/change_terms.h"

#include <string.h>

enum { TITLE = 90, VALUE = 120 }; /* characters */

static bool is_text(const struct fact_field *f, const char *text)
{
	return f && f->text && strcmp(f->text, text) == 0;
}

/* -- fields ----------------------------------------------------------------- */

static void add_value(struct buf *out, const struct fact *of, const struct fact_field *f)
{
	if (!f) {
		buf_adds(out, _("none"));
		return;
	}
	if (f->hidden) {
		buf_adds(out, _("hidden"));
		return;
	}
	switch (f->form) {
	case FACT_NUMBER:
	case FACT_PERCENT:
		term_number(out, f->number);
		buf_adds(out, f->form == FACT_PERCENT ? " %" : "");
		break;
	case FACT_YESNO:
		buf_adds(out, f->number.num ? _("yes") : _("no"));
		break;
	case FACT_WORD:
		term_word(out, of, f, f->text);
		break;
	case FACT_DATE:
		term_date(out, f->date);
		break;
	case FACT_TEXT:
		buf_adds(out, "«");
		term_text(out, f->text, VALUE);
		buf_adds(out, "»");
		break;
	default:
		break;
	}
}

/* "(4 of 6)", "of 9" */
static void add_parts(struct buf *out, const struct fact_field *f)
{
	if (!f || f->hidden || !frac_is_set(f->n))
		return;
	buf_adds(out, frac_is_set(f->k) ? " (" : "");
	if (frac_is_set(f->k))
		term_number(out, f->k);
	buf_adds(out, _(" of "));
	term_number(out, f->n);
	buf_adds(out, frac_is_set(f->k) ? ")" : "");
}

static bool needs_name(const struct fact *f, const struct fact_field *field)
{
	static const char *const plain[] = {"value", "status", "result", "found", "present", NULL};
	if (f->kind == FACT_INDICATOR || f->kind == FACT_IDENTIFICATION || f->kind == FACT_AUDIT ||
	    f->kind == FACT_FACTOR)
		for (size_t i = 0; plain[i]; i++)
			if (strcmp(field->name, plain[i]) == 0)
				return false;
	return true;
}

/* A text that is too long to be told: that it changed. */
static void add_body(struct buf *out, const struct change *c, const struct change_field *f)
{
	term_field(out, change_fact(c), f->new ? f->new : f->old);
	buf_adds(out, !f->old ? _(": added") : !f->new ? _(": removed") : _(": changed"));
}

static void add_field(struct buf *out, const struct change *c, const struct change_field *f)
{
	const struct fact *of = change_fact(c);
	const struct fact_field *field = f->new ? f->new : f->old;
	if (field->form == FACT_BODY) {
		add_body(out, c, f);
		return;
	}
	if (needs_name(of, field)) {
		term_field(out, of, field);
		buf_addc(out, ' ');
	}
	if (f->old && f->new && f->old->hidden && f->new->hidden) {
		buf_adds(out, _("changed (hidden)"));
		return;
	}
	if (c->kind == CHANGE_EDITED) {
		add_value(out, of, f->old);
		if (!f->new)
			add_parts(out, f->old);
		buf_adds(out, " → ");
		add_value(out, of, f->new);
		add_parts(out, f->new);
	} else {
		add_value(out, of, field);
		add_parts(out, field);
	}
}

/* Of what is new or gone: its short values. */
static bool is_left_out(const struct change *c, const struct fact_field *f)
{
	enum fact_kind kind = change_fact(c)->kind;
	if (f->form == FACT_BODY && (c->kind != CHANGE_EDITED || strcmp(f->name, "verdicts") == 0))
		return true;
	/* the score says it, where it may be seen */
	if (strcmp(f->name, "rules") == 0 && fact_field(change_fact(c), "score"))
		return true;
	if (c->kind == CHANGE_EDITED)
		return false;
	if (kind == FACT_IDENTIFICATION && f->form == FACT_YESNO)
		return f->hidden || !f->number.num;
	if (kind == FACT_DOCUMENT || kind == FACT_EVENT)
		return strcmp(f->name, "kind") != 0 && strcmp(f->name, "date") != 0 &&
		    strcmp(f->name, "number") != 0;
	if (kind == FACT_ROADMAP)
		return strcmp(f->name, "when") != 0 && strcmp(f->name, "done") != 0;
	if (kind == FACT_INDICATOR)
		return change_fact(c)->year == 0 || strcmp(f->name, "note") == 0 ||
		    strcmp(f->name, "evidence") == 0;
	return kind == FACT_PAGE || kind == FACT_METHOD || kind == FACT_SCHOOL || kind == FACT_ROW;
}

/* said: the name of a field that the head has said, or NULL. */
static void add_fields(struct buf *out, const struct change *c, const char *said)
{
	bool first = true;
	for (size_t i = 0; i < c->nfields; i++) {
		const struct change_field *f = &c->fields[i];
		const struct fact_field *field = f->new ? f->new : f->old;
		if ((said && strcmp(field->name, said) == 0) || is_left_out(c, field))
			continue;
		buf_adds(out, first ? ": " : ", ");
		add_field(out, c, f);
		first = false;
	}
	/* other comparisons are met, though as many as before */
	const struct change_field *verdicts = change_field(c, "verdicts");
	if (first && verdicts && c->kind == CHANGE_EDITED && !said) {
		buf_adds(out, ": ");
		add_body(out, c, verdicts);
	}
}

/* -- heads ------------------------------------------------------------------ */

static void add_title(struct buf *out, const struct fact *f)
{
	term_text(out, *f->title ? f->title : f->subject, TITLE);
}

static void add_quoted(struct buf *out, const char *before, const struct fact *f)
{
	buf_addf(out, "%s «", before);
	add_title(out, f);
	buf_adds(out, "»");
}

/* "School 1", "municipality" */
static void add_whose(struct buf *out, const struct fact *f)
{
	if (*f->title) {
		add_title(out, f);
		return;
	}
	const char *slash = strrchr(f->part, '/');
	const char *scope = slash ? slash + 1 : f->part;
	buf_adds(out,
	    strcmp(scope, "region") == 0             ? _("Region")
	        : strcmp(scope, "municipality") == 0 ? _("Municipality")
	                                             : _("All"));
}

/* What happened to the thing as a whole, by its kind. */
static const char *head_of(enum fact_kind kind, enum change_kind change)
{
	static const struct {
		enum fact_kind kind;
		const char *heads[3]; /* by enum change_kind */
	} heads[] = {
	    {FACT_INDICATOR, {N_("New indicator"), N_("Indicator removed:"), N_("Indicator")}},
	    {FACT_DOCUMENT, {N_("New document"), N_("Document removed:"), N_("Document")}},
	    {FACT_EVENT, {N_("New event"), N_("Event removed:"), N_("Event")}},
	    {FACT_PAGE, {N_("New page"), N_("Page removed:"), N_("Page")}},
	    {FACT_ROADMAP, {N_("New item"), N_("Item removed:"), N_("Item")}},
	    {FACT_SCHOOL, {N_("New school"), N_("School removed:"), N_("School")}},
	    {FACT_METHOD, {N_("New method"), N_("Method removed:"), N_("Method")}},
	};
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (heads[i].kind == kind)
			return _(heads[i].heads[change]);
	return NULL;
}

static const char *add_list_head(struct buf *out, const struct change *c)
{
	const struct fact *f = change_fact(c);
	const struct change_field *result = change_field(c, "result");
	const char *identified = outcomes[OUTCOME_IDENTIFIED];
	bool enters = result && is_text(result->new, identified);
	bool leaves = result && is_text(result->old, identified);
	add_title(out, f);
	buf_addf(out,
	    enters       ? _(" entered the list of %d (method «%s»)")
	        : leaves ? _(" left the list of %d (method «%s»)")
	                 : _(", list of %d (method «%s»)"),
	    f->year, f->part_title);
	return enters ? "result" : NULL;
}

static void add_declared_head(struct buf *out, const struct change *c)
{
	const struct fact *f = change_fact(c);
	if (*f->title)
		add_title(out, f);
	else
		buf_adds(out, _("Schools that are not named"));
	buf_addf(out,
	    c->kind == CHANGE_ADDED         ? _(" entered the declared list of %d (%s)")
	        : c->kind == CHANGE_REMOVED ? _(" left the declared list of %d (%s)")
	                                    : _(", declared list of %d (%s)"),
	    f->year, f->part_title);
}

static void add_row_head(struct buf *out, const struct fact *f)
{
	switch (f->kind) {
	case FACT_SUPPORT:
		buf_adds(out, f->title);
		buf_addf(out, _(", supported by: %s"), f->part_title);
		break;
	case FACT_AUDIT:
		add_whose(out, f);
		buf_addf(out, ", %.10s, «%s»", f->part, f->part_title);
		break;
	case FACT_ROW:
		buf_addf(out, "%s, «", f->part);
		add_title(out, f);
		buf_adds(out, "»");
		break;
	default:
		add_whose(out, f);
		if (f->kind == FACT_FACTOR)
			buf_addf(out, ", %s", f->part);
		else if (*f->part_title)
			buf_addf(out, ", %s", f->part_title);
		buf_addf(out, ", %d", f->year);
	}
}

/* The name of the field that it says already, or NULL. */
static const char *add_head(struct buf *out, const struct change *c)
{
	const struct fact *f = change_fact(c);
	bool whole = f->kind != FACT_INDICATOR || !f->year;
	const char *head = head_of(f->kind, whole ? c->kind : CHANGE_EDITED);
	if (f->kind == FACT_IDENTIFICATION)
		return add_list_head(out, c);
	if (f->kind == FACT_DECLARED) {
		add_declared_head(out, c);
		return NULL;
	}
	if (head) {
		add_quoted(out, head, f);
		if (!whole)
			buf_addf(out, ", %d", f->year);
	} else {
		add_row_head(out, f);
	}
	if (c->kind == CHANGE_REMOVED && (!head || !whole))
		buf_adds(out, _(" (removed)"));
	else if (c->kind == CHANGE_ADDED && !head)
		buf_adds(out, _(" (added)"));
	return c->kind != CHANGE_EDITED && head ? "title" : NULL;
}

/* -- groups ----------------------------------------------------------------- */

static void add_group_name(struct buf *out, const struct fact *f)
{
	static const char *const names[FACT_KINDS] = {
	    [FACT_INDICATOR] = N_("Indicators"),
	    [FACT_DOCUMENT] = N_("Documents"),
	    [FACT_EVENT] = N_("Events"),
	    [FACT_PAGE] = N_("Pages"),
	    [FACT_ROADMAP] = N_("Road map"),
	    [FACT_SCHOOL] = N_("Schools"),
	    [FACT_SUPPORT] = N_("Support of schools"),
	    [FACT_METHOD] = N_("Methods"),
	    [FACT_AUDIT] = N_("Audit"),
	    [FACT_FACTOR] = N_("factors.csv"),
	    [FACT_RESULT] = N_("results.csv"),
	    [FACT_CONTEXT] = N_("context.csv"),
	};
	if (f->kind == FACT_IDENTIFICATION)
		buf_addf(out, _("List of %d (method «%s»)"), f->year, f->part_title);
	else if (f->kind == FACT_DECLARED)
		buf_addf(out, _("Declared list of %d (%s)"), f->year, f->part_title);
	else if (f->kind == FACT_ROW)
		buf_adds(out, f->part);
	else
		buf_adds(out, _(names[f->kind]));
	if (f->kind == FACT_AUDIT)
		buf_addf(out, ", %.10s", f->part);
	else if (f->year && names[f->kind])
		buf_addf(out, ", %d", f->year);
}

/* "not on the list → on the list" */
static void add_transition(struct buf *out, const struct change *c, const char *name)
{
	const struct change_field *f = change_field(&c->parts[0], name);
	if (!f)
		return;
	buf_adds(out, ": ");
	if (f->old) {
		add_value(out, c->old, f->old);
		buf_adds(out, f->new ? " → " : "");
	}
	if (f->new)
		add_value(out, c->new, f->new);
}

static void add_cells(struct buf *out, const struct change *c)
{
	if (c->kind == CHANGE_ADDED)
		buf_addf(out, _(": values added: %zu, schools: %zu"), c->cells, c->nsubjects);
	else if (c->kind == CHANGE_REMOVED)
		buf_addf(out, _(": values removed: %zu, schools: %zu"), c->cells, c->nsubjects);
	else
		buf_addf(out, _(": values changed: %zu, schools: %zu"), c->cells, c->nsubjects);
}

static void add_count(struct buf *out, const struct change *c)
{
	if (c->kind == CHANGE_ADDED)
		buf_addf(out, _(": added: %zu"), c->nparts);
	else if (c->kind == CHANGE_REMOVED)
		buf_addf(out, _(": removed: %zu"), c->nparts);
	else
		buf_addf(out, _(": changed: %zu"), c->nparts);
}

static void add_group(struct buf *out, const struct change *c)
{
	const struct fact *f = change_fact(c);
	add_group_name(out, f);
	if (f->kind == FACT_IDENTIFICATION) {
		add_transition(out, c, "result");
		buf_addf(out, _("; schools: %zu"), c->nparts);
	} else if (f->kind == FACT_RESULT || f->kind == FACT_CONTEXT || f->kind == FACT_FACTOR) {
		add_cells(out, c);
	} else {
		if (f->kind == FACT_INDICATOR && c->kind == CHANGE_EDITED)
			add_transition(out, c, "status");
		add_count(out, c);
	}
}

void change_sentence(struct buf *out, const struct change *c)
{
	if (c->nparts)
		add_group(out, c);
	else
		add_fields(out, c, add_head(out, c));
}

/* -- all of them ------------------------------------------------------------ */

static void add_line(struct buf *out, const struct change *c, const char *indent, const char *more)
{
	buf_addf(out, "%s%s", indent, more);
	change_sentence(out, c);
	buf_addc(out, '\n');
}

/* Those of one list by their names, on one line. */
static void add_names(struct buf *out, const struct change *c, const char *indent)
{
	buf_addf(out, "%s    ", indent);
	for (size_t i = 0; i < c->nparts; i++) {
		buf_adds(out, i ? ", " : "");
		add_title(out, change_fact(&c->parts[i]));
	}
	buf_addc(out, '\n');
}

/* Where all that is to be said of them stands in the line above. */
static bool is_list_of_names(const struct change *c)
{
	enum fact_kind kind = change_fact(c)->kind;
	return kind == FACT_DECLARED ||
	    (kind == FACT_IDENTIFICATION && change_field(&c->parts[0], "result"));
}

static void add_parts_of(struct buf *out, const struct change *c, const char *indent, size_t most)
{
	if (is_list_of_names(c)) {
		add_names(out, c, indent);
		return;
	}
	size_t n = c->nparts <= most ? c->nparts : most;
	if (n + 1 == c->nparts && n) /* a line either way */
		n++;
	for (size_t i = 0; i < n; i++)
		add_line(out, &c->parts[i], indent, "    ");
	if (n && n < c->nparts)
		buf_addf(out, _("%s    … and %zu more\n"), indent, c->nparts - n);
}

void change_words(struct buf *out, const struct changes *changes, const char *indent, size_t parts)
{
	const char *section = NULL;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *c = &changes->items[i];
		const char *name = term_section(change_fact(c)->kind);
		if (!section || strcmp(section, name) != 0)
			buf_addf(out, "%s%s\n", indent, name);
		section = name;
		add_line(out, c, indent, "  ");
		if (c->nparts)
			add_parts_of(out, c, indent, parts);
	}
}
