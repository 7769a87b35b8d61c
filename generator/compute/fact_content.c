/*
 * Documents, events and pages are facts while they may be seen; of their
 * text, and of the file that a document is the sheet of, there is a
 * fingerprint. So it is with methods, whose parameters are fields.
 */
#include "compute/fact_make.h"

static bool is_shown(const struct fact_maker *m, const struct content *c)
{
	return m->x->profile == PROFILE_INTERNAL || content_is_public(c, m->d->today);
}

static const char *joined(struct arena *a, const struct field_list *list, bool enums)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < list->count; i++)
		buf_addf(&out, "%s%s", i ? "|" : "",
		    enums ? cycle_positions[field_enum(list, i) - 1] : field_text(list, i));
	return buf_keep(a, &out).p;
}

static void add_document(struct fact_maker *m, const struct content *c)
{
	const struct document *doc = &c->as.document;
	field_word(m, "kind", doc->kind ? document_kinds[doc->kind - 1] : NULL);
	field_date(m, "date", doc->date);
	field_words(m, "number", doc->number);
	field_words(m, "issuer", doc->issuer);
	field_words(m, "cycle", joined(m->arena, &doc->cycle, true));
	field_words(m, "follows", joined(m->arena, &doc->follows, false));
	field_words(m, "schools", joined(m->arena, &doc->schools, false));
	const struct attachment *file =
	    doc->file ? department_attachment(m->d, str_of(doc->file)) : NULL;
	if (file && file->size)
		field_body(m, "file", str_of(file->hash.s));
	else if (doc->file)
		field_body(m, "file", str_of(doc->file));
}

static void add_event(struct fact_maker *m, const struct content *c)
{
	field_date(m, "date", c->as.event.date);
	field_words(m, "place", c->as.event.place);
	field_words(m, "roadmap", c->as.event.roadmap);
}

/* What index.md says of the department. */
static void add_meta(struct fact_maker *m, const struct department_meta *meta)
{
	field_words(m, "short", meta->short_name);
	field_words(m, "region", meta->region);
	field_words(m, "kind_of_body", meta->kind_of_body);
	field_words(m, "inn", meta->inn);
	field_words(m, "period", meta->period);
	field_count(m, "schools", meta->schools > 0 ? meta->schools : -1);
	field_date(m, "next_audit", meta->next_audit);
	field_words(m, "working_group", meta->working_group);
	field_words(m, "notice", meta->notice);
	field_words(m, "methods", joined(m->arena, &meta->methods, false));
	field_date(m, "approved", meta->approved.date);
	field_words(m, "number", meta->approved.number);
	for (size_t i = 0; i < meta->contacts.count; i++) {
		const struct contact *c = &((const struct contact *)meta->contacts.items)[i];
		field_words(m, arena_printf(m->arena, "contact/%zu", i + 1),
		    arena_printf(m->arena, "%s; %s; %s", c->role ? c->role : "",
		        c->phone ? c->phone : "", c->mail ? c->mail : ""));
	}
}

static void add_passport(struct fact_maker *m, const struct programme *p)
{
	for (size_t i = 0; i < PASSPORT_FIELDS; i++)
		field_words(m, passport_keys[i], joined(m->arena, &p->passport[i], false));
}

static enum fact_kind kind_of(const struct content *c)
{
	return c->kind == CONTENT_DOCUMENT ? FACT_DOCUMENT
	    : c->kind == CONTENT_EVENT     ? FACT_EVENT
	                                   : FACT_PAGE;
}

void facts_of_content(struct fact_maker *m)
{
	for (size_t i = 0; i < m->d->ncontents; i++) {
		const struct content *c = m->d->contents[i];
		if (!is_shown(m, c))
			continue;
		fact_begin(m, kind_of(c), c->path, c->title ? c->title : c->name);
		field_words(m, "title", c->title);
		if (c->kind == CONTENT_DOCUMENT)
			add_document(m, c);
		else if (c->kind == CONTENT_EVENT)
			add_event(m, c);
		else if (c->kind == CONTENT_INDEX)
			add_meta(m, &c->as.meta);
		else if (c->kind == CONTENT_PROGRAMME)
			add_passport(m, &c->as.programme);
		field_body(m, "text", str_trim(c->body));
		fact_end(m);
	}
}

/* -- methods ---------------------------------------------------------------- */

static void add_criteria(struct fact_maker *m, const struct method *method)
{
	struct buf out = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < method->criteria.count; i++) {
		const struct criterion *c = &((const struct criterion *)method->criteria.items)[i];
		buf_addf(&out, "%s%lld/%lld", i ? ", " : "", (long long)c->at_least,
		    (long long)c->years);
	}
	field_words(m, "criteria", buf_keep(m->arena, &out).p);
	for (size_t i = 0; i < method->terms.count; i++) {
		const struct term *t = &((const struct term *)method->terms.items)[i];
		struct fact_field *f =
		    field_decimal(m, arena_printf(m->arena, "term/%s", t->metric_id), t->weight);
		if (f && t->metric)
			f->title = t->metric->title;
	}
}

static void add_rules(struct fact_maker *m, const struct method *method)
{
	for (size_t i = 0; i < method->rules.count; i++) {
		const void *row = table_row(&method->rules, i);
		const struct schema *s = method->rules.schema;
		struct buf cells = BUF_INIT(BUF_PAGE);
		const struct fact_field *cell;
		for (size_t k = 0; k < s->count; k++) {
			size_t before = m->nfields;
			if ((cell = field_column(m, &s->columns[k], row))) {
				buf_addf(
				    &cells, "%s=%s ", cell->name, cell->text ? cell->text : "");
				frac_write(&cells, cell->number, DECIMAL_PLACES, '.');
				buf_addc(&cells, '\n');
			}
			m->nfields = before;
		}
		const char *title = method->rules.schema->id == TABLE_RULES
		    ? ((const struct method_rule *)row)->title
		    : ((const struct method_factor *)row)->title;
		struct fact_field *f =
		    field_body(m, arena_printf(m->arena, "rule/%s", row_id(row)), buf_str(&cells));
		if (f)
			f->title = title;
		buf_clear(&cells);
	}
}

static void add_method(struct fact_maker *m, const struct method *method)
{
	fact_begin(m, FACT_METHOD, method->id, method->title);
	field_words(m, "title", method->title);
	field_decimal(m, "percent", method->percent);
	field_words(m, "measure", method->measure ? result_fields[method->measure - 1] : NULL);
	field_words(m, "procedures", joined(m->arena, &method->procedure_ids, false));
	add_criteria(m, method);
	if (method->kind == METHOD_INDEX) {
		field_decimal(m, "intercept", method->intercept);
		field_decimal(m, "q", method->q);
		field_count(m, "minimum_schools", method->minimum_schools);
	}
	field_count(m, "at_least", method->at_least);
	field_decimal(m, "cutoff_points", method->cutoff_points);
	field_count(m, "cutoff_met", method->cutoff_met);
	add_rules(m, method);
	field_words(m, "readings", joined(m->arena, &method->readings, false));
	field_body(m, "text", str_trim(method->body));
	fact_end(m);
}

void facts_of_methods(struct fact_maker *m)
{
	for (size_t i = 0; i < m->d->nmethods; i++)
		if (m->d->methods[i])
			add_method(m, m->d->methods[i]);
}
