/*
 * Everything is read into a diag of its own; it is shown when one of the
 * tables that matter could not be read whole.
 */
#include "job/audit_desk.h"

#include "base/intl.h"
#include "job/audit.h"

#include <stdlib.h>

enum { ROUNDS_NAMED = 6 };

static bool matters(const struct audit_desk *desk)
{
	static const enum table_id tables[] = {TABLE_SCHOOLS, TABLE_AUDIT, TABLE_AUDIT_EVIDENCE};
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (desk->d.broken[tables[i]])
			return true;
	const struct site *s = &desk->load.site;
	return s->words.partial || desk->d.checklist->partial || s->signatures.partial ||
	    s->exam_days.partial;
}

static int no_department(struct audit_desk *desk, const char *id, struct diag *diag)
{
	const char **names =
	    arena_array(&desk->load.site.arena, desk->load.ndepartments + 1, sizeof(*names));
	for (size_t i = 0; i < desk->load.ndepartments; i++)
		names[i] = desk->load.departments[i];
	const char *near = str_nearest(id, names);
	diag_add(diag, DIAG_ERROR, "audit-department", DIAG_NOWHERE, str_of(id),
	    diag_nearest(&diag->arena, near, _("The departments are the folders of content/.")),
	    _("no such department"));
	return AUDIT_USAGE;
}

int audit_desk_open(
    struct audit_desk *desk, const char *site, const char *department, struct diag *diag)
{
	struct diag quiet = DIAG_INIT;
	bool found = false;
	*desk = (struct audit_desk){.load = LOAD_INIT};
	desk->load.skims = true;
	if (load_open(&desk->load, site, diag) < 0)
		return AUDIT_SYSTEM;
	load_site(&desk->load, &quiet);
	if (!desk->load.site.title) {
		diag_join(diag, &quiet);
		diag_clear(&quiet);
		return AUDIT_PROBLEMS;
	}
	load_departments(&desk->load, NULL, 0, &quiet);
	for (size_t i = 0; i < desk->load.ndepartments; i++)
		found |= strcmp(desk->load.departments[i], department) == 0;
	if (!found) {
		diag_clear(&quiet);
		return no_department(desk, department, diag);
	}
	desk->has_department = true;
	load_department(&desk->load, &desk->d, department, &quiet);
	desk->russian = desk->load.site.language != LANGUAGE_EN;
	bool stops = matters(desk);
	if (stops)
		diag_join(diag, &quiet);
	diag_clear(&quiet);
	return stops ? AUDIT_PROBLEMS : AUDIT_OK;
}

void audit_desk_close(struct audit_desk *desk)
{
	if (desk->has_department)
		department_clear(&desk->d);
	load_close(&desk->load);
}

static const char *nearest_school(const struct audit_desk *desk, struct arena *a, const char *text)
{
	const char **ids = arena_array(a, desk->d.nschools + 1, sizeof(*ids));
	for (size_t i = 0; i < desk->d.nschools; i++)
		ids[i] = desk->d.schools[i].id;
	return str_nearest(text, ids);
}

const struct school *audit_desk_school(struct audit_desk *desk, const char *text, struct diag *diag)
{
	struct arena a = ARENA_INIT;
	struct names_answer answer = names_find(&desk->d.names, &a, str_of(text));
	if (!answer.school) {
		const char *near =
		    answer.ncandidates ? answer.candidates[0]->id : nearest_school(desk, &a, text);
		diag_add(diag, DIAG_ERROR, "audit-school",
		    DIAG_AT(desk->d.tables[TABLE_SCHOOLS].file, 0, 0), str_of(text),
		    diag_nearest(&diag->arena, near,
		        _("Name the school by its id or its name in schools.csv.")),
		    answer.ambiguous ? _("several schools have this name") : _("no such school"));
	}
	arena_clear(&a);
	return answer.school;
}

static const char *nearest_item(const struct audit_desk *desk, struct arena *a, const char *text)
{
	const struct table *t = desk->d.checklist;
	const struct checklist_item *items = t->rows;
	const char **ids = arena_array(a, t->count + 1, sizeof(*ids));
	for (size_t i = 0; i < t->count; i++)
		ids[i] = items[i].id;
	return str_nearest(text, ids);
}

const struct checklist_item *audit_desk_item(
    struct audit_desk *desk, const char *id, struct diag *diag)
{
	const struct table *t = desk->d.checklist;
	const struct checklist_item *items = t->rows;
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(items[i].id, id) == 0)
			return &items[i];
	const char *remedy = arena_printf(
	    &diag->arena, _("The items are the first column of %s."), audit_desk_list(desk));
	diag_add(diag, DIAG_ERROR, "audit-item", DIAG_AT(audit_desk_list(desk), 0, 0), str_of(id),
	    diag_nearest(&diag->arena, nearest_item(desk, &diag->arena, id), remedy),
	    _("no such item of the checklist"));
	return NULL;
}

const char *audit_desk_list(const struct audit_desk *desk)
{
	const char *file = desk->d.checklist->file;
	return file ? file : SITE_CHECKLIST;
}

struct date audit_desk_last_round(const struct audit_desk *desk)
{
	struct date last = {0};
	for (size_t i = 0; i < desk->d.naudit; i++)
		if (date_cmp(desk->d.audit[i].date, last) > 0)
			last = desk->d.audit[i].date;
	return last;
}

int audit_desk_date(struct date *out, const char *text, struct diag *diag)
{
	*out = (struct date){0};
	if (!text || date_parse(out, str_of(text)) == 0)
		return 0;
	diag_add(diag, DIAG_ERROR, "option-date", DIAG_NOWHERE, str_of(text),
	    _("Write it like 2026-01-31 or 31.01.2026."), _("--date is not a date"));
	return -1;
}

/* The last ones, each once, the oldest first; the rows stand by date. */
static const char *rounds_of(const struct audit_desk *desk, struct arena *a)
{
	const char *list = NULL;
	struct date last = {0};
	int count = 0;
	for (size_t i = desk->d.naudit; i > 0 && count < ROUNDS_NAMED; i--) {
		struct date date = desk->d.audit[i - 1].date;
		if (date_cmp(date, last) == 0)
			continue;
		struct date_text day = date_iso(date);
		list = list ? arena_printf(a, "%s, %s", day.s, list) : arena_strdup(a, day.s);
		last = date;
		count++;
	}
	return list;
}

bool audit_desk_has_round(const struct audit_desk *desk, struct date date)
{
	for (size_t i = 0; i < desk->d.naudit; i++)
		if (date_cmp(desk->d.audit[i].date, date) == 0)
			return true;
	return false;
}

static int no_round(
    const struct audit_desk *desk, const char *text, bool by_hand, struct diag *diag)
{
	struct arena *a = &diag->arena;
	const char *rounds = rounds_of(desk, a), *remedy;
	if (rounds)
		remedy = arena_printf(a,
		    by_hand ? _("The rounds are: %s; another one by hand begins with --new-round.")
		            : _("The rounds are: %s."),
		    rounds);
	else
		remedy = arena_printf(a,
		    by_hand
		        ? _("Visit the sites first: vidno audit %s; a round by hand begins with --new-round.")
		        : _("Visit the sites first: vidno audit %s"),
		    desk->d.id);
	diag_add(diag, DIAG_ERROR, "audit-no-round", DIAG_NOWHERE,
	    str_of(rounds ? text : desk->d.id), remedy, "%s",
	    rounds ? _("there is no round of this day") : _("there is no round of the audit yet"));
	return AUDIT_PROBLEMS;
}

static int find_round(const struct audit_desk *desk, struct date *out, const char *text,
    bool by_hand, struct diag *diag)
{
	if (audit_desk_date(out, text, diag) < 0)
		return AUDIT_USAGE;
	if (!text)
		*out = audit_desk_last_round(desk);
	return audit_desk_has_round(desk, *out) ? AUDIT_OK : no_round(desk, text, by_hand, diag);
}

int audit_desk_round(
    const struct audit_desk *desk, struct date *out, const char *text, struct diag *diag)
{
	return find_round(desk, out, text, false, diag);
}

int audit_desk_round_by_hand(
    const struct audit_desk *desk, struct date *out, const char *text, struct diag *diag)
{
	return find_round(desk, out, text, true, diag);
}
