/*
 * What the front matter of pages points at: attachments, other documents,
 * schools, measures of the road map, members of staff; what its claims are
 * measured by; and how many schools index.md counts. Every message stands at the value itself.
 */
#include "model/checks.h"

#include "base/intl.h"
#include "model/claim.h"

#include <inttypes.h>
#include <string.h>

enum { NAMES_MOST = 128 };

static void tell(struct checks *c, enum diag_level level, const char *rule,
    const struct content *page, struct field_place at, const char *cell, const char *remedy,
    const char *text)
{
	diag_add(c->diag, level, rule, DIAG_AT(page->file, at.line, at.column), str_of(cell),
	    remedy, "%s", text);
}

static void check_attachment(
    struct checks *c, const struct content *page, const char *key, const char *path)
{
	const char *names[NAMES_MOST + 1];
	size_t count = 0;
	if (!path || department_has_file(c->d, str_of(path)))
		return;
	for (size_t i = 0; i < c->d->files.count && count < NAMES_MOST; i++) {
		struct str name = c->d->files.entries[i].key;
		names[count++] = arena_strndup(c->a, name.p, name.n);
	}
	names[count] = NULL;
	tell(c, DIAG_ERROR, "missing-attachment", page, frontmatter_place(page->front, key), path,
	    diag_nearest(c->a, str_nearest(path, names),
	        arena_printf(c->a,
	            _("Put the file into content/%s/files/, or correct its name here."), c->d->id)),
	    _("there is no such file among the attachments"));
}

static const char *nearest_document(const struct department *d, const char *path)
{
	const char *names[NAMES_MOST + 1];
	size_t count = 0;
	for (size_t i = 0; i < d->ncontents && count < NAMES_MOST; i++)
		if (d->contents[i]->kind == CONTENT_DOCUMENT)
			names[count++] = d->contents[i]->path;
	names[count] = NULL;
	return str_nearest(path, names);
}

static void check_follows(struct checks *c, const struct content *page)
{
	const struct field_list *follows = &page->as.document.follows;
	struct date mine = page->as.document.date;
	for (size_t i = 0; i < follows->count; i++) {
		const char *path = field_text(follows, i);
		const struct content *other = department_find(c->d, str_of(path));
		if (!other) {
			tell(c, DIAG_ERROR, "missing-document", page, follows->places[i], path,
			    diag_nearest(c->a, nearest_document(c->d, path),
			        _("Write the path from the department's folder: documents/order.md.")),
			    _("there is no such document"));
		} else if (other == page) {
			tell(c, DIAG_ERROR, "missing-document", page, follows->places[i], path,
			    _("Name the document it rests on."), _("the document follows itself"));
		} else if (other->kind == CONTENT_DOCUMENT && date_is_set(mine) &&
		    date_cmp(other->as.document.date, mine) > 0) {
			tell(c, DIAG_WARNING, "document-order", page, follows->places[i], path,
			    _("Check the dates of both."),
			    arena_printf(c->a,
			        _("this document (%s) rests on one that is later (%s)"),
			        date_iso(mine).s, date_iso(other->as.document.date).s));
		}
	}
}

static void check_addressees(struct checks *c, const struct content *page)
{
	const struct field_list *schools = &page->as.document.schools;
	for (size_t i = 0; i < schools->count; i++) {
		const char *name = field_text(schools, i);
		struct names_answer answer = {.school = NULL};
		struct buf list = BUF_INIT(BUF_LINE);
		if (names_get(&c->d->names, c->a, str_of(name), &answer.ambiguous))
			continue;
		if (diag_keeps(c->diag, "unknown-school", page->file))
			answer = names_find(&c->d->names, c->a, str_of(name));
		for (size_t j = 0; j < answer.ncandidates; j++)
			buf_addf(&list, "%s%s (%s)", j ? ", " : "", answer.candidates[j]->name,
			    answer.candidates[j]->id);
		tell(c, DIAG_ERROR, "unknown-school", page, schools->places[i], name,
		    list.len ? arena_printf(c->a, _("Which of these? %s."), list.data)
		             : _("Write the school as in schools.csv."),
		    answer.ambiguous ? _("several schools have this name")
		                     : _("there is no such school"));
		buf_clear(&list);
	}
}

static void check_event(struct checks *c, const struct content *page)
{
	const char *item = page->as.event.roadmap, *near;
	if (!item || measure_lookup(c->a, &c->d->tables[TABLE_ROADMAP], str_of(item), &near))
		return;
	tell(c, DIAG_ERROR, "unknown-measure", page, frontmatter_place(page->front, "roadmap"),
	    item,
	    diag_nearest(c->a, near,
	        _("Write the name of a measure as in the first column of roadmap.csv.")),
	    _("there is no such measure in the road map"));
}

static void check_school_page(struct checks *c, const struct content *page)
{
	const char *near;
	if (map_get(&c->d->names.by_id, str_of(page->name)) || c->d->broken[TABLE_SCHOOLS])
		return;
	measure_lookup(c->a, &c->d->tables[TABLE_SCHOOLS], str_of(page->name), &near);
	tell(c, DIAG_ERROR, "unknown-school", page, (struct field_place){0, 0}, page->name,
	    near ? arena_printf(c->a, _("Did you mean “%s”? Rename the file to %s.md."), near, near)
	         : _("Name the file after the first column of schools.csv."),
	    _("the file is named after no school"));
}

/* A number stands in index.md where schools.csv cannot name all of them. */
static void check_number_of_schools(struct checks *c, const struct content *page)
{
	int64_t said = page->as.meta.schools;
	size_t named = 0;
	for (size_t i = 0; i < c->d->nschools; i++)
		named += !c->d->schools[i].to_year;
	if (!said || said >= (int64_t)named)
		return;
	tell(c, DIAG_WARNING, "number-of-schools", page, frontmatter_place(page->front, "schools"),
	    arena_printf(c->a, "%" PRId64, said),
	    _("Correct the number, or take it out: then schools.csv counts."),
	    arena_printf(c->a, _("schools.csv names more schools than this: %zu"), named));
}

/* Logins can be checked only where site.yaml lists the staff. */
static void check_approval(struct checks *c, const struct content *page)
{
	const struct site *site = c->d->site;
	const struct field_list *list = &site->staff;
	const struct staff *staff = list->items, *who;
	const char *names[NAMES_MOST + 1];
	size_t count = 0;
	if (!page->approved_by || list->count == 0)
		return;
	who = site_staff(site, page->approved_by);
	if (who && staff_has_role(who, ROLE_PUBLISHER))
		return;
	for (size_t i = 0; i < list->count && count < NAMES_MOST; i++)
		if (staff[i].login && staff_has_role(&staff[i], ROLE_PUBLISHER))
			names[count++] = staff[i].login;
	names[count] = NULL;
	if (who)
		tell(c, DIAG_ERROR, "staff-role", page,
		    frontmatter_place(page->front, "approved_by"), page->approved_by,
		    _("Name who may approve, or give this member of staff the role publisher in site.yaml."),
		    _("this member of staff may not approve: the role publisher is missing"));
	else
		tell(c, DIAG_ERROR, "unknown-staff", page,
		    frontmatter_place(page->front, "approved_by"), page->approved_by,
		    diag_nearest(c->a, str_nearest(page->approved_by, names),
		        _("Add the login to staff in site.yaml, with the role publisher.")),
		    _("site.yaml lists no member of staff with this login"));
}

static void check_claims(struct checks *c, const struct content *page)
{
	const struct claim *claims = page->claims.items;
	for (size_t i = 0; i < page->claims.count; i++) {
		const struct claim_places at = claim_places(page, i);
		struct claim_meaning unused;
		claim_read(&unused, c->a, c->d, &claims[i], &at, c->diag);
	}
}

void checks_content(struct checks *c)
{
	for (size_t i = 0; i < c->d->ncontents; i++) {
		const struct content *page = c->d->contents[i];
		check_approval(c, page);
		check_claims(c, page);
		if (page->kind == CONTENT_INDEX) {
			check_number_of_schools(c, page);
		} else if (page->kind == CONTENT_DOCUMENT) {
			check_attachment(c, page, "file", page->as.document.file);
			check_attachment(c, page, "signature", page->as.document.signature);
			check_follows(c, page);
			check_addressees(c, page);
		} else if (page->kind == CONTENT_EVENT) {
			check_event(c, page);
		} else if (page->kind == CONTENT_SCHOOL) {
			check_school_page(c, page);
		}
	}
}
