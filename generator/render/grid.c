/*
 * Each cell carries the title of its column, because on a narrow screen a row
 * becomes a card and its cells stand under each other.
 */
#include "render/grid.h"

enum {
	WIDE = 8,   /* columns that do not fit a tablet */
	NARROW = 3, /* columns of numbers that fit a telephone, row headers among them */
	ROW_FIELDS = 4,
	CELL_FIELDS = 5,
};

void grid_begin(
    struct grid *g, struct renderer *r, struct view *v, const char *name, const char *caption)
{
	*g = (struct grid){.r = r, .view = view_view(v, name)};
	view_text(g->view, "caption", caption);
	view_text(g->view, "label", caption);
	view_flag(g->view, "wide", false);
	view_flag(g->view, "narrow", false);
	view_flag(g->view, "gaps", false);
	g->heads = view_list(g->view, "heads");
	g->groups = view_list(g->view, "groups");
}

void grid_label(struct grid *g, const char *label)
{
	view_text(g->view, "label", label);
}

void grid_head_long(struct grid *g, const char *title, const char *alone, bool numeric)
{
	if (g->ncolumns == GRID_COLUMNS)
		return;
	struct view *head = list_view(g->heads);
	view_text(head, "text", title);
	view_flag(head, "num", numeric);
	g->titles[g->ncolumns] = alone;
	g->numeric[g->ncolumns++] = numeric;
	g->words += g->ncolumns > 1 && !numeric;
	view_flag(g->view, "wide", g->ncolumns >= WIDE);
	view_flag(g->view, "narrow", g->ncolumns <= NARROW && !g->words);
}

void grid_head(struct grid *g, const char *title, bool numeric)
{
	grid_head_long(g, title, title, numeric);
}

void grid_group(struct grid *g, const char *title)
{
	struct view *group = list_view(g->groups);
	view_text(group, "group", title);
	view_int(group, "columns", (long long)g->ncolumns);
	g->rows = view_list(group, "rows");
}

struct view *grid_row(struct grid *g, const char *title, const char *href)
{
	if (!g->rows)
		grid_group(g, NULL);
	struct view *row = list_view_of(g->rows, ROW_FIELDS);
	view_text(row, "row", title);
	view_text(row, "row_href", href);
	view_null(row, "note");
	g->cells = view_list(row, "cells");
	g->at = 1;
	g->source = NULL;
	g->nrows++;
	return row;
}

static struct view *next_cell(struct grid *g)
{
	struct view *cell = list_view_of(g->cells, CELL_FIELDS);
	size_t column = g->at < g->ncolumns ? g->at : g->ncolumns - 1;
	view_text(cell, "head", g->titles[column]);
	view_flag(cell, "num", g->numeric[column]);
	g->at++;
	return cell;
}

static void fill(
    struct view *cell, const char *text, const struct view *number, const struct view *status)
{
	view_text(cell, "text", text);
	view_share(cell, "number", number);
	view_share(cell, "status", status);
}

void grid_text(struct grid *g, const char *text)
{
	fill(next_cell(g), text, NULL, NULL);
}

void grid_number(struct grid *g, const char *text, enum gap gap, const struct row *source)
{
	if (gap != GAP_NONE) {
		view_flag(g->view, "gaps", true);
		if (!g->gaps[gap])
			g->gaps[gap] = page_number_view(g->r, NULL, gap, NULL);
		fill(next_cell(g), NULL, g->gaps[gap], NULL);
	} else if (!source || source == g->source) {
		grid_text(g, text);
	} else {
		g->source = source;
		fill(next_cell(g), NULL, page_number_view(g->r, text, gap, source), NULL);
	}
}

void grid_mark(struct grid *g, enum mark mark, const char *word)
{
	if (g->marks[mark].word != word) {
		g->marks[mark].word = word;
		g->marks[mark].view = page_mark_view(g->r, mark, word);
	}
	fill(next_cell(g), NULL, NULL, g->marks[mark].view);
}
