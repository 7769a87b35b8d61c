/*
 * The order of the tables is that of the package. Cells decide by themselves
 * how they are written: CSV and JSON differ only in the two switches below.
 */
#include "render/export.h"

#include "render/pages.h"
#include "text/csv.h"
#include "text/json.h"

#include <stdlib.h>
#include <string.h>

static export_fill *const fills[EXPORT_TABLES] = {
    export_identification,
    export_basis,
    export_indicators,
    export_audit,
    export_roadmap,
    export_schools,
    export_results,
    export_documents,
    export_events,
};

static const char hidden[] = "hidden";

/* -- filling -------------------------------------------------------------- */

void export_begin(struct export_table *t, const struct renderer *r, const char *name,
    const struct export_column *columns)
{
	size_t n = 0;
	while (columns[n].name)
		n++;
	struct export_column *own = arena_array(r->arena, n + 1, sizeof(*own));
	for (size_t i = 0; i < n; i++) {
		struct buf quoted = BUF_INIT(BUF_LINE);
		own[i] = columns[i];
		json_quote(&quoted, str_of(own[i].name));
		own[i].quoted = buf_keep(r->arena, &quoted);
		if (!own[i].title)
			own[i].title = words_of(r->words, "column_", own[i].name);
	}
	*t = (struct export_table){.name = name, .columns = own, .ncolumns = n};
	t->title = words_of(r->words, "export_", name);
	t->about = words_of(r->words, "export_about_", name);
}

struct datum *export_row(struct export_table *t, const struct renderer *r)
{
	size_t size = t->ncolumns * sizeof(*t->cells);
	t->cells = arena_grow(r->arena, t->cells, t->nrows, &t->cap, size);
	struct datum *row = t->cells + t->nrows++ * t->ncolumns;
	memset(row, 0, size);
	return row;
}

const char *export_url(const struct renderer *r, const char *path)
{
	return arena_printf(
	    r->arena, "%s%s/%s", r->site->base_url ? r->site->base_url : "", r->dept->id, path);
}

static int compare_cells(const struct datum *x, const struct datum *y)
{
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->kind == DATUM_NUMBER)
		return frac_cmp(x->number, y->number);
	return x->kind == DATUM_TEXT ? strcmp(x->text, y->text) : 0;
}

static int by_key(const void *x, const void *y, void *payload)
{
	const struct export_table *t = payload;
	const struct datum *a = x, *b = y;
	int order = 0;
	for (size_t i = 0; !order && i < t->ncolumns; i++)
		if (t->columns[i].key)
			order = compare_cells(&a[i], &b[i]);
	return order;
}

void export_sort(struct export_table *t)
{
	if (t->nrows)
		qsort_r(t->cells, t->nrows, t->ncolumns * sizeof(*t->cells), by_key, t);
}

/* -- CSV ------------------------------------------------------------------ */

static void csv_datum(struct buf *out, const struct datum *d)
{
	switch (d->kind) {
	case DATUM_EMPTY:
		break;
	case DATUM_HIDDEN:
		buf_adds(out, hidden);
		break;
	case DATUM_TEXT:
		csv_cell(out, str_of(d->text), true);
		break;
	case DATUM_NUMBER:
		frac_write(out, d->number, DECIMAL_SHOWN, '.');
		break;
	}
}

void export_csv(struct buf *out, const struct export_table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (i)
			buf_addc(out, ',');
		buf_adds(out, t->columns[i].name);
	}
	buf_addc(out, '\n');
	for (size_t i = 0; i < t->nrows * t->ncolumns; i++) {
		csv_datum(out, &t->cells[i]);
		buf_addc(out, (i + 1) % t->ncolumns ? ',' : '\n');
	}
}

/* -- JSON ----------------------------------------------------------------- */

static void json_datum(struct json *j, const struct datum *d)
{
	switch (d->kind) {
	case DATUM_EMPTY:
		json_null(j);
		break;
	case DATUM_HIDDEN:
		json_string(j, hidden);
		break;
	case DATUM_TEXT:
		json_string(j, d->text);
		break;
	case DATUM_NUMBER:
		json_frac(j, d->number, DECIMAL_SHOWN);
		break;
	}
}

int export_json(struct buf *out, const struct export_table *t)
{
	struct json j = JSON_INIT(out);
	j.lines = 1; /* a row a line, as in the CSV beside it */
	json_array(&j);
	for (size_t row = 0; row < t->nrows; row++) {
		json_object(&j);
		for (size_t i = 0; i < t->ncolumns; i++) {
			json_quoted_key(&j, t->columns[i].quoted);
			json_datum(&j, &t->cells[row * t->ncolumns + i]);
		}
		json_end(&j);
	}
	json_end(&j);
	int err = json_done(&j);
	buf_addc(out, '\n');
	return err;
}

/* -- files ---------------------------------------------------------------- */

static int put(struct renderer *r, const char *path, const struct buf *out)
{
	if (buf_err(out) < 0) {
		r->err = -1;
		return -1;
	}
	return page_file(r, path, (struct str){out->data, out->len});
}

static int write_table(struct renderer *r, struct export_table *t, struct buf *out)
{
	int err = 0;
	buf_reset(out);
	export_csv(out, t);
	t->csv_bytes = out->len;
	t->csv_hash = hash_sha256((struct str){out->data, out->len});
	err |= put(r, arena_printf(r->arena, "data/%s.csv", t->name), out);
	buf_reset(out);
	err |= export_json(out, t);
	t->json_bytes = out->len;
	t->json_hash = hash_sha256((struct str){out->data, out->len});
	err |= put(r, arena_printf(r->arena, "data/%s.json", t->name), out);
	return err;
}

int export_department(struct renderer *r)
{
	struct exports *e = arena_alloc(r->arena, sizeof(*e));
	struct buf out = BUF_INIT(BUF_FILE);
	int err = 0;
	for (size_t i = 0; i < EXPORT_TABLES; i++) {
		struct export_table *t = &e->tables[e->count];
		if (!fills[i](t, r)) {
			e->withheld = true;
			continue;
		}
		export_sort(t);
		err |= write_table(r, t, &out);
		e->count++;
	}
	buf_reset(&out);
	err |= export_package(&out, r, e);
	err |= put(r, "data/datapackage.json", &out);
	buf_clear(&out);
	r->exports = e;
	return err;
}
