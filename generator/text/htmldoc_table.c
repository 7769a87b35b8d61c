/*
 * In a table one cell of a row says what the links of the others are:
 * "1 | Положение о … | 12.09.2022 | скачать". It is the first that has words and
 * does not begin with a number, rather not one that is a link itself. Which one
 * that is, is known when the row is over; then its links are told. A first cell
 * that spans rows speaks for all of them. Cells of the first row without links
 * are the titles of the columns. A cell that is long, or a list, is no name but
 * a part of the page, laid out in a table.
 * Links keep the spans; their texts are cut out at the end of the page.
 */
#include "text/htmldoc_build.h"

enum {
	COLUMNS = 24,
	SPAN_ROWS = 1000,
	CELL_BYTES = 400,  /* of a cell that names something */
	CELL_LETTERS = 4,  /* that have to be in it */
	CELL_LINES = 3,    /* of one that is no list */
	TITLE_BYTES = 200, /* of the title of a column */
};

/* How well a cell names its row. */
enum naming { NAMES_NOTHING, NAMES_NUMBER, NAMES_LINK, NAMES_WORDS };

struct build_table {
	struct span columns[COLUMNS]; /* cells of the first row */
	struct span name;             /* of the current row, by the cells that are over */
	struct span name_links;       /* numbers of the links in that cell */
	enum naming naming;
	struct span group;  /* a first cell over several rows */
	size_t group_left;  /* rows that it still spans, the current one counted */
	bool group_here;    /* it stands in the current row */
	size_t rows, cells; /* cells: of the current row, the open one not counted */
	size_t cell_from, cell_span, cell_link;
	size_t row_link; /* the first link of the row */
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
		t->name = t->name_links = (struct span){0, 0};
		t->naming = NAMES_NOTHING;
		t->group_here = false;
		t->row_link = b->nlinks;
	} else if (t) {
		t->cell_from = b->text.len;
		t->cell_link = b->nlinks;
		t->cell_span = rowspan(tag->attributes[BUILD_ROWSPAN]);
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static enum naming naming_of(const struct build *b, const struct build_table *t, struct span cell)
{
	struct str text = str_trim((struct str){b->text.data + cell.from, cell.to - cell.from});
	size_t letters = 0, lines = 1, len;
	if (!text.n || text.n > CELL_BYTES)
		return NAMES_NOTHING;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	if (lines > CELL_LINES)
		return NAMES_NOTHING;
	for (size_t i = 0; i < text.n; i += len)
		letters +=
		    utf8_is_word(utf8_decode(text.p + i, text.n - i, &len)) && !is_digit(text.p[i]);
	if (letters < CELL_LETTERS || is_digit(*text.p) || str_starts(text, "№"))
		return NAMES_NUMBER;
	for (size_t i = t->cell_link; i < b->nlinks; i++)
		if (b->links[i].text.to >= b->links[i].text.from + text.n)
			return NAMES_LINK;
	return NAMES_WORDS;
}

static void close_cell(struct build *b, struct build_table *t)
{
	struct span cell = {t->cell_from, b->text.len};
	bool links = t->cell_link < b->nlinks;
	if (t->rows == 0 && t->cells < COLUMNS && !links && cell.to - cell.from <= TITLE_BYTES)
		t->columns[t->cells] = cell;
	enum naming naming = naming_of(b, t, cell);
	if (t->cells == 0 && t->cell_span > 1 && t->group_left == 0) {
		t->group = naming == NAMES_NOTHING ? (struct span){0, 0} : cell;
		t->group_left = t->cell_span;
		t->group_here = true;
	} else if (naming > t->naming) {
		t->name = cell;
		t->name_links = (struct span){t->cell_link, b->nlinks};
		t->naming = naming;
	}
	t->cells++;
}

/* What names the row is told to its links, but those in that cell itself. */
static void close_row(struct build *b, struct build_table *t)
{
	for (size_t i = t->row_link; i < b->nlinks; i++) {
		struct build_link *l = &b->links[i];
		bool inside = i >= t->name_links.from && i < t->name_links.to;
		if (!inside && l->row.to == 0)
			l->row = t->name;
	}
	t->rows++;
	t->group_left -= t->group_left > 0;
}

void build_table_close(struct build *b, const char *name)
{
	struct build_table *t = table(b);
	if (!t)
		return;
	if (strcmp(name, "table") == 0) {
		b->ntables--;
	} else if (strcmp(name, "tr") == 0) {
		close_row(b, t);
	} else {
		close_cell(b, t);
	}
}

void build_table_names(struct build *b, struct build_link *link)
{
	const struct build_table *t = table(b);
	if (!t)
		return;
	if (t->group_left > 0)
		link->group = t->group;
	size_t column = t->cells + (t->group_left > 0 && !t->group_here);
	if (t->rows > 0 && column < COLUMNS)
		link->column = t->columns[column];
}
