/*
 * One pass; groups hold changes, never groups.
 */
#include "job/change_json.h"

static void put_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_string(j, text);
}

static void put_number(struct json *j, const char *key, struct frac f)
{
	if (!frac_is_set(f))
		return;
	json_key(j, key);
	json_frac(j, f, DECIMAL_SHOWN);
}

static void put_value(struct json *j, const struct fact_field *f)
{
	static const char *const forms[] = {
	    "number", "percent", "yes-no", "word", "date", "text", "body"};
	if (!f) {
		json_null(j);
		return;
	}
	json_object(j);
	if (f->hidden) {
		json_key(j, "hidden");
		json_bool(j, true);
		json_end(j);
		return;
	}
	put_text(j, "form", forms[f->form]);
	if (f->form == FACT_YESNO) {
		json_key(j, "value");
		json_bool(j, f->number.num != 0);
	} else if (f->form == FACT_DATE) {
		put_text(j, "value", date_iso(f->date).s);
	} else if (f->form == FACT_WORD || f->form == FACT_TEXT) {
		put_text(j, "value", f->text);
	} else {
		put_number(j, "value", f->number);
	}
	put_number(j, "k", f->k);
	put_number(j, "n", f->n);
	json_end(j);
}

static void put_fields(struct json *j, const struct change *c)
{
	json_key(j, "fields");
	json_array(j);
	for (size_t i = 0; i < c->nfields; i++) {
		const struct change_field *f = &c->fields[i];
		const struct fact_field *field = f->new ? f->new : f->old;
		json_object(j);
		put_text(j, "field", field->name);
		put_text(j, "title", field->title);
		json_key(j, "old");
		put_value(j, f->old);
		json_key(j, "new");
		put_value(j, f->new);
		json_end(j);
	}
	json_end(j);
}

static void put_list(struct json *j, const struct change *items, size_t n);

static void put_change(struct json *j, const struct change *c)
{
	const struct fact *f = change_fact(c);
	json_object(j);
	put_text(j, "change", change_kinds[c->kind]);
	put_text(j, "fact", fact_kinds[f->kind]);
	json_key(j, "year");
	if (f->year)
		json_int(j, f->year);
	else
		json_null(j);
	if (c->nparts) {
		json_key(j, "cells");
		json_int(j, (long long)c->cells);
		json_key(j, "subjects");
		json_int(j, (long long)c->nsubjects);
		json_key(j, "parts");
		put_list(j, c->parts, c->nparts);
	} else {
		put_text(j, "part", f->part);
		put_text(j, "part_title", f->part_title);
		put_text(j, "subject", f->subject);
		put_text(j, "title", f->title);
		put_fields(j, c);
	}
	json_end(j);
}

static void put_list(struct json *j, const struct change *items, size_t n)
{
	json_array(j);
	for (size_t i = 0; i < n; i++)
		put_change(j, &items[i]);
	json_end(j);
}

void change_json(struct json *j, const struct changes *changes)
{
	put_list(j, changes->items, changes->count);
}
