/*
 * The file is read once more, by the rules of text/csv, up to the row; its
 * header says which cell it is.
 */
#include "model/place.h"

#include "model/header.h"

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

struct diag_place place_find(const struct table *t, struct str bytes, const struct table *metrics,
    const struct row *row, const char *column)
{
	struct diag_place at = DIAG_AT(row->file, row->line, 0);
	struct arena scratch = ARENA_INIT;
	struct diag quiet = DIAG_INIT;
	struct csv_info info = {0};
	struct cell_search search = {
	    .schema = t->schema,
	    .metrics = metrics,
	    .column = column,
	    .metric = t->schema->open_metrics && metrics && metrics->count
	        ? table_find(metrics, str_of(column))
	        : NULL,
	    .wanted = row->line,
	    .at = SIZE_MAX,
	    .info = &info,
	};
	const struct csv_reader reader = {
	    .payload = &search, .header = search_header, .row = search_row};
	if (bytes.n > PLACE_BYTES)
		return at;
	csv_read(&info, &scratch, row->file, bytes, &reader, &quiet);
	if (search.found)
		at = DIAG_AT(row->file, search.line, search.found);
	diag_clear(&quiet);
	arena_clear(&scratch);
	return at;
}
