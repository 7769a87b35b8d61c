/*
 * The parts are called in the order in which a reader would look at the
 * files. Here is also what they share: finding a cell's column by reading its
 * file once more up to the row, and whether a path leads anywhere.
 */
#include "model/checks.h"

#include "base/intl.h"
#include "model/header.h"

#include <string.h>

/* A bigger file is not read again for the sake of a column. */
enum { PLACE_BYTES = 4 * 1024 * 1024 };

struct cell_search {
	const struct schema *schema;
	const struct table *metrics;
	const char *column;          /* its canonical name, or the id of a metric */
	const struct metric *metric; /* of that id, or NULL */
	uint32_t wanted;             /* line of the row */
	size_t at;                   /* of the column in the file, or SIZE_MAX */
	const struct csv_info *info;
	uint32_t line, found; /* where the cell stands */
};

static int search_header(void *payload, const struct csv_row *row, bool sure)
{
	struct cell_search *s = payload;
	const struct column *c = schema_column(s->schema, str_of(s->column));

	if (!sure)
		return header_fits(s->schema, s->metrics, row) ? 0 : -1;
	for (size_t i = 0; i < row->count && s->at == SIZE_MAX; i++) {
		struct str field = str_trim(row->fields[i]);
		if (cell_same(field, str_of(s->column)) ||
		    (c && cell_same(field, str_of(c->title_ru))) ||
		    (s->metric && cell_same(field, str_of(s->metric->title))))
			s->at = i;
	}
	return 0;
}

static int search_row(void *payload, const struct csv_row *row)
{
	struct cell_search *s = payload;
	if (row->line < s->wanted)
		return 0;
	if (row->line == s->wanted && s->at < row->count)
		s->found = csv_column(row, s->info->separator, s->at, &s->line);
	return -1;
}

struct diag_place checks_cell(struct department *d, const struct row *row, const char *column)
{
	struct diag_place at = DIAG_AT(row->file, row->line, 0);
	const struct table *t = NULL;
	size_t id = 0;
	for (; id < DEPARTMENT_TABLES && !t; id++)
		if (d->tables[id].file && row->file && strcmp(d->tables[id].file, row->file) == 0)
			t = &d->tables[id];
	if (!t || !column || d->bytes[id - 1].n > PLACE_BYTES || d->places_found >= CHECKS_COLUMNS)
		return at;
	d->places_found++;

	struct arena scratch = ARENA_INIT;
	struct diag quiet = DIAG_INIT;
	struct csv_info info = {0};
	struct cell_search search = {
	    .schema = t->schema,
	    .metrics = &d->site->metrics,
	    .column = column,
	    .metric = t->schema->open_metrics ? site_metric(d->site, column) : NULL,
	    .wanted = row->line,
	    .at = SIZE_MAX,
	    .info = &info,
	};
	const struct csv_reader reader = {&search, search_header, search_row};
	csv_read(&info, &scratch, row->file, d->bytes[id - 1], &reader, &quiet);
	if (search.found)
		at = DIAG_AT(row->file, search.line, search.found);
	diag_clear(&quiet);
	arena_clear(&scratch);
	return at;
}

void checks_tell(struct checks *c, enum diag_level level, const char *rule, const struct row *row,
    const char *column, const char *cell, const char *remedy, const char *text)
{
	diag_add(c->diag, level, rule, checks_cell(c->d, row, column),
	    cell ? str_of(cell) : (struct str){NULL, 0}, remedy, "%s", text);
}

const char *checks_nearest(struct checks *c, const char *near, const char *otherwise)
{
	return near ? arena_printf(c->a, _("Did you mean “%s”?"), near) : otherwise;
}

const char *checks_number(struct checks *c, struct frac f, int places)
{
	struct buf text = BUF_INIT(BUF_LINE);
	frac_write(&text, f, places, '.');
	const char *kept = arena_strndup(c->a, text.data, text.len);
	buf_clear(&text);
	return kept;
}

bool checks_path_exists(const struct department *d, const char *path)
{
	struct str s = str_of(path);
	if (str_starts(s, "https://") || str_starts(s, "http://"))
		return true;
	const char *hash = s.n ? memchr(s.p, '#', s.n) : NULL;
	if (hash)
		s.n = (size_t)(hash - s.p);
	return department_find(d, s) || (str_starts(s, "files/") && department_has_file(d, s));
}

void checks_path(struct checks *c, const struct row *row, const char *column, const char *path)
{
	if (!path || checks_path_exists(c->d, path))
		return;
	const char *names[65];
	size_t count = 0;
	for (size_t i = 0; i < c->d->ncontents && count < 64; i++)
		names[count++] = c->d->contents[i]->path;
	names[count] = NULL;
	checks_tell(c, DIAG_ERROR, "missing-path", row, column, path,
	    checks_nearest(c, str_nearest(path, names),
	        _("Write the path from the department's folder, for example documents/order.md or files/order.pdf, or an address that begins with https://.")),
	    _("the department has no such page or attachment"));
}

static void check_presence(struct checks *c)
{
	const struct department *d = c->d;
	if (!d->index)
		diag_add(c->diag, DIAG_ERROR, "no-index",
		    DIAG_AT(arena_printf(c->a, "content/%s/index.md", d->id), 0, 0),
		    (struct str){NULL, 0},
		    _("Add the file; it needs at least the line “title: …” between two lines “---”."),
		    _("the department has no index.md"));
	/* Schools with errors have been told about already. */
	if (d->nschools == 0 && !d->broken[TABLE_SCHOOLS])
		diag_add(c->diag, DIAG_ERROR, "no-schools",
		    DIAG_AT(arena_printf(c->a, "data/%s/schools.csv", d->id), 0, 0),
		    (struct str){NULL, 0},
		    _("Add schools.csv with the columns school, name, kind and a row for each school."),
		    _("the department has no schools"));
}

int checks_department(struct department *d, struct diag *diag)
{
	struct checks c = {d, &d->arena, diag};
	size_t before = diag->errors;
	check_presence(&c);
	checks_results(&c);
	checks_context(&c);
	checks_small_groups(&c);
	checks_plan(&c);
	checks_roadmap(&c);
	checks_content(&c);
	return diag->errors > before ? -1 : 0;
}
