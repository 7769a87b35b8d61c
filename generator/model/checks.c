/*
 * The parts are called in the order in which a reader would look at the
 * files. Here is also what they share: messages at a cell, and whether a path
 * leads anywhere.
 */
#include "model/checks.h"

#include "base/intl.h"
#include "model/letter.h"
#include "model/place.h"

#include <string.h>

/* So many pages are looked through for the name that is nearest to a wrong one. */
enum { PATHS_GUESSED = 64 };

struct diag_place checks_cell(struct department *d, const struct row *row, const char *column)
{
	for (size_t id = 0; id < DEPARTMENT_TABLES; id++) {
		const struct table *t = &d->tables[id];
		if (!column || !t->file || !row->file || strcmp(t->file, row->file) != 0 ||
		    d->places_found >= CHECKS_COLUMNS)
			continue;
		d->places_found++;
		return place_find(t, d->bytes[id], &d->site->metrics, row, column);
	}
	return DIAG_AT(row->file, row->line, 0);
}

void checks_tell(struct checks *c, enum diag_level level, const char *rule, const struct row *row,
    const char *column, const char *cell, const char *remedy, const char *text)
{
	diag_add(c->diag, level, rule, checks_cell(c->d, row, column),
	    cell ? str_of(cell) : STR_NONE, remedy, "%s", text);
}

const char **checks_guess(
    const struct checks *c, const char *rule, const struct row *row, const char **near)
{
	*near = NULL;
	return diag_keeps(c->diag, rule, row->file) ? near : NULL;
}

const char *checks_number(struct checks *c, struct frac f, int places)
{
	struct buf text = BUF_INIT(BUF_LINE);
	frac_write(&text, f, places, '.');
	return buf_keep(c->a, &text).p;
}

/* A document, page or attachment, or an address on the web? What follows a #
 * is left aside. */
static bool path_exists(const struct department *d, const char *path)
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
	if (!path || path_exists(c->d, path))
		return;
	const char *names[PATHS_GUESSED + 1];
	size_t count = 0;
	for (size_t i = 0; i < c->d->ncontents && count < PATHS_GUESSED; i++)
		names[count++] = c->d->contents[i]->path;
	names[count] = NULL;
	checks_tell(c, DIAG_ERROR, "missing-path", row, column, path,
	    diag_nearest(c->a, str_nearest(path, names),
	        _("Write the path from the department's folder, for example documents/order.md or files/order.pdf, or an address that begins with https://.")),
	    _("the department has no such page or attachment"));
}

static void check_presence(struct checks *c)
{
	const struct department *d = c->d;
	if (!d->index)
		diag_add(c->diag, DIAG_ERROR, "no-index",
		    DIAG_AT(arena_printf(c->a, "content/%s/index.md", d->id), 0, 0), STR_NONE,
		    _("Add the file; it needs at least the line “title: …” between two lines “---”."),
		    _("the department has no index.md"));
	/* Schools with errors have been told about already. A table of nothing but
	 * its header says that the schools are not known by name, as where a
	 * document gives only their number: worth a look, but no obstacle. */
	bool absent = !d->tables[TABLE_SCHOOLS].file;
	if (d->nschools == 0 && !d->broken[TABLE_SCHOOLS])
		diag_add(c->diag, absent ? DIAG_ERROR : DIAG_WARNING, "no-schools",
		    DIAG_AT(arena_printf(c->a, "data/%s/schools.csv", d->id), 0, 0), STR_NONE,
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
	checks_letter(&c);
	return diag->errors > before ? -1 : 0;
}
