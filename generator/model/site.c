/*
 * Settings by a list of specs, tables by model/table. A table may refer to
 * any of the three shared ones, so all of them are offered to the reader.
 */
#include "model/site.h"

#include "base/intl.h"
#include "model/content.h"
#include "model/exam_days.h"

#include <string.h>

static const char *const staff_roles[] = {"viewer", "editor", "publisher", "auditor", NULL};
static const char *const repositories[] = {"public", "private", NULL};
static const char *const languages[] = {"ru", "en", NULL};

static const struct field_spec staff_fields[] = {
    {.key = "login", .type = FIELD_TEXT, .required = true, .offset = offsetof(struct staff, login)},
    {.key = "name", .type = FIELD_TEXT, .offset = offsetof(struct staff, name)},
    {.key = "mail", .type = FIELD_TEXT, .offset = offsetof(struct staff, mail)},
    {.key = "roles",
        .type = FIELD_ENUMS,
        .offset = offsetof(struct staff, roles),
        .values = staff_roles},
    {0},
};

#define AT(member) offsetof(struct site, member)

static const struct field_spec site_fields[] = {
    {.key = "title", .type = FIELD_TEXT, .required = true, .offset = AT(title)},
    {.key = "base_url", .type = FIELD_TEXT, .offset = AT(base_url)},
    {.key = "theme", .type = FIELD_SLUG, .offset = AT(theme)},
    {.key = "language", .type = FIELD_ENUM, .offset = AT(language), .values = languages},
    {.key = "repository", .type = FIELD_ENUM, .offset = AT(repository), .values = repositories},
    {.key = "repository_url", .type = FIELD_TEXT, .offset = AT(repository_url)},
    {.key = "history", .type = FIELD_BOOL, .offset = AT(history)},
    {.key = "staff",
        .type = FIELD_MAPS,
        .offset = AT(staff),
        .inner = staff_fields,
        .inner_size = sizeof(struct staff)},
    {.key = "departments", .type = FIELD_TEXTS, .offset = AT(departments)},
    {0},
};

static int wrong(const char *file, struct field_place at, struct str cell, struct diag *diag,
    const char *what, const char *remedy)
{
	diag_add(diag, DIAG_ERROR, "site-value", DIAG_AT(file, at.line, at.column), cell, remedy,
	    "%s", what);
	return -1;
}

/* "https://host/path" without blanks, quotes, query and fragment. */
static bool is_base_url(struct str url)
{
	size_t scheme = str_starts(url, "https://") ? 8 : str_starts(url, "http://") ? 7 : 0;
	if (scheme == 0 || url.n == scheme || url.p[scheme] == '/')
		return false;
	for (size_t i = 0; i < url.n; i++)
		if ((unsigned char)url.p[i] <= ' ' || url.p[i] == 0x7F ||
		    strchr("\"'<>\\?#{}|^`", url.p[i]))
			return false;
	return true;
}

static int check_base_url(struct site *s, const char *file, struct diag *diag)
{
	if (!s->base_url) {
		s->base_url = "/";
		return 0;
	}
	struct str url = str_of(s->base_url);
	if (!is_base_url(url)) {
		int err = wrong(file, frontmatter_place(s->front, "base_url"), url, diag,
		    _("this is no address of a site"),
		    _("Write it in full: https://example.org/school-support/"));
		s->base_url = "/";
		return err;
	}
	if (!str_ends(url, "/"))
		s->base_url = arena_printf(&s->arena, "%s/", s->base_url);
	return 0;
}

/* What stands between the slots has to be an address. */
static int check_repository_url(struct site *s, const char *file, struct diag *diag)
{
	const char *url = s->repository_url;
	if (!url)
		return 0;
	size_t n = strcspn(url, "{");
	if (strstr(url, "{commit}") && strstr(url, "{path}") && is_base_url((struct str){url, n}))
		return 0;
	s->repository_url = NULL;
	return wrong(file, frontmatter_place(s->front, "repository_url"), str_of(url), diag,
	    _("this is no address of a file in a commit"),
	    _("Write it with both slots: https://git.example.org/site/blob/{commit}/{path}"));
}

static int check_departments(struct site *s, const char *file, struct diag *diag)
{
	int err = 0;
	for (size_t i = 0; i < s->departments.count; i++) {
		struct str id = str_of(field_text(&s->departments, i));
		struct field_place at = s->departments.places[i];
		if (!str_is_slug(id))
			err = wrong(file, at, id, diag,
			    _("this cannot be the name of a department's folder"),
			    _("Write the name of the folder in content/: letters a-z, digits and hyphens."));
		for (size_t j = 0; j < i; j++)
			if (str_is(id, field_text(&s->departments, j)))
				err = wrong(file, at, id, diag,
				    _("the department stands here twice"), _("Leave it in once."));
	}
	return err;
}

static int check_staff(struct site *s, const char *file, struct diag *diag)
{
	const struct staff *staff = s->staff.items;
	int err = 0;
	for (size_t i = 0; i < s->staff.count; i++)
		for (size_t j = 0; j < i && staff[i].login; j++)
			if (staff[j].login && strcmp(staff[i].login, staff[j].login) == 0)
				err = wrong(file, s->staff.places[i], str_of(staff[i].login), diag,
				    _("two members of staff have the same login"),
				    _("Give each a login of their own."));
	return err;
}

int site_settings(struct site *s, const char *file, struct str bytes, struct diag *diag)
{
	int err = content_check_bytes(file, bytes, diag);
	if (!err) {
		s->front = yaml_read(&s->arena, file, content_keep(&s->arena, bytes), 1, diag);
		err = s->front ? frontmatter_read(s, site_fields, &s->arena, file, s->front, diag)
		               : -1;
	}
	if (check_base_url(s, file, diag) || check_repository_url(s, file, diag) ||
	    check_departments(s, file, diag) || check_staff(s, file, diag))
		err = -1;
	if (!s->title)
		s->title = "";
	if (!s->theme)
		s->theme = "default";
	if (s->language == LANGUAGE_UNSET)
		s->language = LANGUAGE_RU;
	return err;
}

static struct table *table_of(struct site *s, enum table_id id)
{
	return id == TABLE_PROCEDURES ? &s->procedures
	    : id == TABLE_METRICS     ? &s->metrics
	    : id == TABLE_WORDS       ? &s->words
	    : id == TABLE_SIGNATURES  ? &s->signatures
	    : id == TABLE_EXAM_DAYS   ? &s->exam_days
	                              : &s->checklist;
}

int site_table(
    struct site *s, enum table_id id, const char *file, struct str bytes, struct diag *diag)
{
	const struct table *tables[TABLE_COUNT] = {
	    [TABLE_PROCEDURES] = &s->procedures,
	    [TABLE_METRICS] = &s->metrics,
	    [TABLE_CHECKLIST] = &s->checklist,
	    [TABLE_SIGNATURES] = &s->signatures,
	    [TABLE_WORDS] = &s->words,
	};
	struct table_context context = {.arena = &s->arena, .diag = diag, .tables = tables};
	struct table *t = table_of(s, id);
	int err = table_read(t, &context, id, file, bytes);
	/* Of its two files people write rows into this one. */
	if (id == TABLE_CHECKLIST)
		t->file = SITE_CHECKLIST;
	if (id == TABLE_EXAM_DAYS)
		err |= exam_days_check(t, bytes, diag);
	return err;
}

void site_table_lost(struct site *s, enum table_id id)
{
	table_of(s, id)->partial = true;
}

const struct method *site_method(const struct site *s, const char *id)
{
	for (size_t i = 0; i < s->nmethods; i++)
		if (strcmp(s->methods[i]->id, id) == 0)
			return s->methods[i];
	return NULL;
}

const struct procedure *site_procedure(const struct site *s, const char *id)
{
	return s->procedures.count ? table_find(&s->procedures, str_of(id)) : NULL;
}

const struct staff *site_staff(const struct site *s, const char *login)
{
	const struct staff *staff = s->staff.items;
	for (size_t i = 0; i < s->staff.count; i++)
		if (staff[i].login && strcmp(staff[i].login, login) == 0)
			return &staff[i];
	return NULL;
}

bool staff_has_role(const struct staff *staff, enum role role)
{
	for (size_t i = 0; i < staff->roles.count; i++)
		if (field_enum(&staff->roles, i) == (int)role)
			return true;
	return false;
}

void site_clear(struct site *s)
{
	arena_clear(&s->arena);
	*s = (struct site)SITE_INIT;
}
