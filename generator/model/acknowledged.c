/*
 * A message is matched by its words as they were shown, so that what stands
 * on the terminal can be copied into the file.
 */
#include "model/acknowledged.h"

#include "base/intl.h"
#include "model/content.h"

#include <string.h>

#define AT(member) offsetof(struct acknowledgement, member)

static const struct field_spec entry_fields[] = {
    {.key = "rule", .type = FIELD_TEXT, .required = true, .offset = AT(rule)},
    {.key = "file", .type = FIELD_TEXT, .required = true, .offset = AT(file)},
    {.key = "cell", .type = FIELD_TEXT, .offset = AT(cell)},
    {.key = "by", .type = FIELD_TEXT, .required = true, .offset = AT(by)},
    {.key = "reason", .type = FIELD_TEXT, .required = true, .offset = AT(reason)},
    {0},
};

static const struct field_spec fields[] = {
    {.key = "warnings",
        .type = FIELD_MAPS,
        .offset = offsetof(struct acknowledged, entries),
        .inner = entry_fields,
        .inner_size = sizeof(struct acknowledgement)},
    {0},
};

static const struct acknowledgement *entry(const struct acknowledged *all, size_t i)
{
	return &((const struct acknowledgement *)all->entries.items)[i];
}

static int check_staff(const struct acknowledged *all, const struct site *site, struct diag *diag)
{
	int err = 0;
	for (size_t i = 0; i < all->entries.count; i++) {
		const char *by = entry(all, i)->by;
		const struct staff *staff = by ? site_staff(site, by) : NULL;
		if (!by ||
		    (staff &&
		        (staff_has_role(staff, ROLE_EDITOR) ||
		            staff_has_role(staff, ROLE_PUBLISHER))))
			continue;
		struct field_place at = all->entries.places[i];
		diag_add(diag, DIAG_ERROR, "acknowledged-by",
		    DIAG_AT(ACKNOWLEDGED_FILE, at.line, at.column), str_of(by),
		    _("Write the login of an editor or publisher of the staff list in content/site.yaml."),
		    _("nobody of this login may accept a warning"));
		err = -1;
	}
	return err;
}

int acknowledged_read(
    struct acknowledged *out, struct site *site, struct str bytes, struct diag *diag)
{
	*out = (struct acknowledged){0};
	if (content_check_bytes(ACKNOWLEDGED_FILE, bytes, diag))
		return -1;
	const struct yaml_node *root =
	    yaml_read(&site->arena, ACKNOWLEDGED_FILE, content_keep(&site->arena, bytes), 1, diag);
	if (!root)
		return -1;
	int err = frontmatter_read(out, fields, &site->arena, ACKNOWLEDGED_FILE, root, diag);
	out->used = arena_array(&site->arena, out->entries.count + 1, sizeof(*out->used));
	for (size_t i = 0; i < out->entries.count; i++)
		atomic_init(&out->used[i], false);
	return check_staff(out, site, diag) || err ? -1 : 0;
}

void acknowledged_apply(struct acknowledged *all, const struct site *site, struct diag *diag)
{
	for (size_t i = 0; diag->warnings && i < all->entries.count; i++) {
		const struct acknowledgement *e = entry(all, i);
		if (!e->rule || !e->file || !e->by || !e->reason)
			continue; /* that was said */
		const struct staff *staff = site_staff(site, e->by);
		char note[600];
		snprintf(note, sizeof(note), _("accepted by %s: %s"),
		    staff && staff->name ? staff->name : e->by, e->reason);
		if (diag_accept(diag, e->rule, e->file, e->cell, note))
			atomic_store(&all->used[i], true);
	}
}

void acknowledged_stale(const struct acknowledged *all, struct diag *diag)
{
	for (size_t i = 0; i < all->entries.count; i++) {
		const struct acknowledgement *e = entry(all, i);
		struct field_place at = all->entries.places[i];
		if (atomic_load(&all->used[i]) || !e->rule)
			continue;
		diag_add(diag, DIAG_NOTE, "acknowledged-stale",
		    DIAG_AT(ACKNOWLEDGED_FILE, at.line, at.column), str_of(e->rule),
		    _("Take this entry out."), _("there is no such warning any more"));
	}
}

/* -- what to write into the file --------------------------------------------- */

/* Double quotes: YAML then reads every character as it stands. */
static void add_quoted(struct buf *out, const char *text)
{
	buf_addc(out, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\')
			buf_addc(out, '\\');
		buf_addc(out, *p);
	}
	buf_addc(out, '"');
}

static bool stood_before(const struct diag *diag, size_t i)
{
	const struct diag_item *x = &diag->items[i];
	for (size_t k = 0; k < i; k++) {
		const struct diag_item *y = &diag->items[k];
		if (y->level == DIAG_WARNING && strcmp(x->rule, y->rule) == 0 &&
		    strcmp(x->file, y->file) == 0 &&
		    (x->cell == y->cell || (x->cell && y->cell && strcmp(x->cell, y->cell) == 0)))
			return true;
	}
	return false;
}

void acknowledged_draft(struct buf *out, const struct diag *diag)
{
	size_t shown = 0;
	for (size_t i = 0; i < diag->count && shown < ACKNOWLEDGED_SHOWN; i++) {
		const struct diag_item *item = &diag->items[i];
		if (item->level != DIAG_WARNING || !item->file || stood_before(diag, i))
			continue;
		if (!shown++)
			buf_adds(out, "warnings:\n");
		buf_addf(out, "  - rule: %s\n    file: ", item->rule);
		add_quoted(out, item->file);
		if (item->cell) {
			buf_adds(out, "\n    cell: ");
			add_quoted(out, item->cell);
		}
		buf_addf(out, "\n    by: %s\n    reason: %s\n", _("LOGIN"), _("WHY"));
	}
}
