/*
 * A small YAML file, written by hand: all its texts are ours but position and
 * agent, which stand in quotes.
 */
#include "job/audit_passport.h"

#include "base/intl.h"
#include "sys/fd.h"
#include "sys/file.h"
#include "text/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NAME "visit.yaml"
#define OPEN "visit.yaml.open"
#define NEW  ".visit.yaml.new"

const char *audit_folder_prefix(struct arena *a, int64_t visit)
{
	return visit > 1 ? arena_printf(a, "visit-%lld/", (long long)visit) : "";
}

const char *audit_folder(
    struct arena *a, const char *site, const char *department, struct date round, int64_t visit)
{
	const char *folder =
	    arena_printf(a, "%s/audits/%s/%s", site, department, date_iso(round).s);
	return visit > 1 ? arena_printf(a, "%s/visit-%lld", folder, (long long)visit) : folder;
}

/* ---- reading ---- */

static const char *text_of(struct arena *a, const struct yaml_node *root, const char *key)
{
	const struct yaml_node *n = yaml_find(root, key);
	return n && n->kind == YAML_SCALAR ? arena_strndup(a, n->text.p, n->text.n) : NULL;
}

static const char *const *read_list(struct arena *a, const struct yaml_node *list, size_t *count)
{
	*count = 0;
	if (!list || list->kind != YAML_LIST)
		return NULL;
	const char **texts = arena_array(a, list->count + 1, sizeof(*texts));
	for (const struct yaml_node *n = list->first; n; n = n->next)
		if (n->kind == YAML_SCALAR)
			texts[(*count)++] = arena_strndup(a, n->text.p, n->text.n);
	return texts;
}

static void read_schools(struct audit_passport *out, struct arena *a, const struct yaml_node *yaml)
{
	size_t sites;
	out->schools = read_list(a, yaml_find(yaml, "schools"), &out->nschools);
	out->sites = read_list(a, yaml_find(yaml, "sites"), &sites);
	if (sites != out->nschools)
		out->sites = NULL;
}

static int bad_passport(const char *path, struct diag *diag)
{
	diag_add(diag, DIAG_ERROR, "audit-passport", DIAG_AT(path, 0, 0), STR_NONE,
	    _("Name the folder of a visit, such as audits/DEPARTMENT/2022-09-15: it has a file visit.yaml."),
	    _("this is no record of a visit"));
	return -1;
}

int audit_passport_read(
    struct audit_passport *out, bool *open, struct arena *a, const char *folder, struct diag *diag)
{
	struct root root = ROOT_INIT;
	struct str bytes = STR("");
	const char *name = NAME;
	*out = (struct audit_passport){0};
	enum file_status status = root_open(&root, folder);
	if (status == FILE_OK)
		status = file_read(&bytes, a, &root, name, YAML_BYTES);
	*open = status == FILE_MISSING;
	if (*open && root.fd >= 0)
		status = file_read(&bytes, a, &root, name = OPEN, YAML_BYTES);
	root_close(&root);
	const char *path = arena_printf(a, "%s/%s", folder, name);
	if (status == FILE_MISSING)
		return bad_passport(folder, diag);
	if (status != FILE_OK) {
		file_complain(diag, status, path, YAML_BYTES);
		return -1;
	}
	const struct yaml_node *yaml = yaml_read(a, path, bytes, 1, diag);
	const char *round = yaml ? text_of(a, yaml, "round") : NULL;
	const char *visit = yaml ? text_of(a, yaml, "visit") : NULL;
	const char *list = yaml ? text_of(a, yaml, "order-1493") : NULL;
	out->visit = visit ? strtoll(visit, NULL, 10) : 0;
	if (!round || date_parse(&out->round, str_of(round)) < 0 || out->visit < 1)
		return bad_passport(path, diag);
	out->order_1493 = list && strcmp(list, "yes") == 0;
	out->program = text_of(a, yaml, "program");
	out->agent = text_of(a, yaml, "agent");
	out->checklist = text_of(a, yaml, "checklist");
	out->position = text_of(a, yaml, "position");
	out->begun = text_of(a, yaml, "begun");
	const char *all = text_of(a, yaml, "all");
	out->all = all && strcmp(all, "yes") == 0;
	read_schools(out, a, yaml);
	return 0;
}

/* ---- writing ---- */

static void quoted(struct buf *out, const char *text)
{
	buf_addc(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_addc(out, '\\');
		buf_addc(out, (unsigned char)*text < ' ' ? ' ' : *text);
	}
	buf_adds(out, "\"\n");
}

static void line(struct buf *out, const char *key, const char *text)
{
	buf_addf(out, "%s: ", key);
	quoted(out, text);
}

static void add_schools(struct buf *out, const struct audit_passport *p)
{
	buf_addf(out, "all: %s\nschools:\n", p->all ? "yes" : "no");
	for (size_t i = 0; i < p->nschools; i++)
		buf_addf(out, "  - %s\n", p->schools[i]);
	buf_adds(out, "sites:\n");
	for (size_t i = 0; i < p->nschools; i++) {
		buf_adds(out, "  - ");
		quoted(out, p->sites[i]);
	}
}

void audit_passport_schools(
    struct audit_passport *p, struct arena *a, const struct school *const *schools, size_t count)
{
	const char **ids = arena_array(a, count + 1, sizeof(*ids));
	const char **sites = arena_array(a, count + 1, sizeof(*sites));
	for (size_t i = 0; i < count; i++) {
		ids[i] = schools[i]->id;
		sites[i] = schools[i]->site ? schools[i]->site : "";
	}
	p->schools = ids;
	p->sites = sites;
	p->nschools = count;
}

static int complain(const char *folder, struct diag *diag)
{
	file_complain(diag, FILE_FAILED, folder, 0);
	return -1;
}

int audit_passport_write(const struct audit_passport *p, const char *folder, struct diag *diag)
{
	struct buf b = BUF_INIT(BUF_FILE);
	int dir = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	buf_addf(&b, "round: %s\nvisit: %lld\norder-1493: %s\n", date_iso(p->round).s,
	    (long long)p->visit, p->order_1493 ? "yes" : "no");
	line(&b, "program", p->program);
	line(&b, "agent", p->agent);
	line(&b, "checklist", p->checklist);
	line(&b, "begun", p->begun);
	if (p->position)
		line(&b, "position", p->position);
	add_schools(&b, p);
	/* The one that is there is needed until the new one is whole. */
	int err = dir < 0 || fd_remove(dir, NEW) || fd_create(dir, NEW, 0644, b.data, b.len) ||
	        renameat(dir, NEW, dir, OPEN)
	    ? -1
	    : 0;
	if (err < 0)
		complain(folder, diag);
	fd_close(dir);
	buf_clear(&b);
	return err;
}

int audit_passport_close(const char *folder, struct diag *diag)
{
	int dir = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	int err = dir < 0 ? -1 : renameat(dir, OPEN, dir, NAME);
	if (err < 0)
		complain(folder, diag);
	else
		fsync(dir);
	fd_close(dir);
	return err;
}

/* ---- what is not over ---- */

static const char *open_visit(struct arena *a, const struct root *root, const char *round)
{
	struct file_entries entries;
	struct file_info info;
	const char *found = NULL;
	if (file_look(&info, root, arena_printf(a, "%s/" OPEN, round)) == FILE_OK)
		found = arena_printf(a, "%s/%s", root->path, round);
	if (file_list(&entries, a, root, round) != FILE_OK)
		return found;
	for (size_t i = 0; i < entries.count; i++) {
		const char *path = arena_printf(a, "%s/%s", round, entries.items[i].name);
		if (str_starts(str_of(entries.items[i].name), "visit-") &&
		    file_look(&info, root, arena_printf(a, "%s/" OPEN, path)) == FILE_OK)
			found = arena_printf(a, "%s/%s", root->path, path);
	}
	return found;
}

const char *audit_unfinished(
    struct arena *a, const char *site, const char *department, struct date round)
{
	struct root root = ROOT_INIT;
	struct file_entries entries = {0};
	const char *found = NULL;
	const char *folder = arena_printf(a, "%s/audits/%s", site, department);
	if (root_open(&root, folder) == FILE_OK && file_list(&entries, a, &root, "") == FILE_OK)
		for (size_t i = 0; i < entries.count; i++) {
			const char *name = entries.items[i].name;
			struct date day;
			if (date_parse(&day, str_of(name)) < 0 ||
			    (date_is_set(round) && date_cmp(day, round) != 0))
				continue;
			const char *open = open_visit(a, &root, name);
			found = open ? open : found;
		}
	root_close(&root);
	return found;
}
