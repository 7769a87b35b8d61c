/*
 * In a table the first cell of a row says what the links of the others are:
 * "Положение о … | 12.09.2022 | скачать". A first cell that spans rows speaks
 * for all of them, and the first row is taken for the titles of the columns.
 * Links keep the spans; their texts are cut out at the end of the page.
 */
#include "text/htmldoc_build.h"

enum { COLUMNS = 24, SPAN_ROWS = 1000 };

struct build_table {
	struct span columns[COLUMNS]; /* cells of the first row */
	struct span first;            /* first cell of the current row; empty while it is open */
	struct span group;            /* a first cell over several rows */
	size_t group_left;            /* rows that it still spans, the current one counted */
	bool group_here;              /* it stands in the current row */
	size_t rows, cells;           /* cells: of the current row, the open one not counted */
	size_t cell_from, cell_span;
};

static struct build_table *table(struct build *b)
{
	return b->ntables ? &b->tables[b->ntables - 1] : NULL;
}

static size_t rowspan(struct str text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && n < SPAN_ROWS; i++)
		n = 10 * n + (size_t)(text.p[i] - '0');
	return n > 1 && n <= SPAN_ROWS ? n : 1;
}

void build_table_open(struct build *b, const struct build_tag *tag)
{
	struct build_table *t = table(b);
	if (strcmp(tag->name, "table") == 0) {
		b->tables =
		    arena_grow(b->a, b->tables, b->ntables, &b->tables_cap, sizeof(*b->tables));
		b->tables[b->ntables++] = (struct build_table){0};
	} else if (t && strcmp(tag->name, "tr") == 0) {
		t->cells = 0;
		t->first = (struct span){0, 0};
		t->group_here = false;
	} else if (t) {
		t->cell_from = b->text.len;
		t->cell_span = rowspan(tag->attributes[BUILD_ROWSPAN]);
	}
}

static void close_cell(struct build *b, struct build_table *t)
{
	struct span cell = {t->cell_from, b->text.len};
	if (t->rows == 0 && t->cells < COLUMNS)
		t->columns[t->cells] = cell;
	if (t->cells == 0 && t->cell_span > 1 && t->group_left == 0) {
		t->group = cell;
		t->group_left = t->cell_span;
		t->group_here = true;
	} else if (t->first.to == 0) {
		t->first = cell;
	}
	t->cells++;
}

void build_table_close(struct build *b, const char *name)
{
	struct build_table *t = table(b);
	if (!t)
		return;
	if (strcmp(name, "table") == 0) {
		b->ntables--;
	} else if (strcmp(name, "tr") == 0) {
		t->rows++;
		t->group_left -= t->group_left > 0;
	} else {
		close_cell(b, t);
	}
}

void build_table_names(struct build *b, struct build_link *link)
{
	const struct build_table *t = table(b);
	if (!t)
		return;
	link->row = t->first;
	if (t->group_left > 0)
		link->group = t->group;
	size_t column = t->cells + (t->group_left > 0 && !t->group_here);
	if (t->rows > 0 && column < COLUMNS)
		link->column = t->columns[column];
}
