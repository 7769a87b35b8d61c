/*
 * A release is a small site: its own departments, tables, theme and assets, as
 * they were in its commit, seen on the day of that commit. It is made into one
 * unit of the output tree, whose fingerprint is the commit, and from then on
 * kept byte for byte: the program may change, a release does not.
 *
 * What cannot be made any more is a warning, and not shown: an old state must
 * not keep the present one from being published.
 */
#include "job/build_parts.h"

#include "base/intl.h"
#include "sys/repo_root.h"

#include <stdlib.h>
#include <string.h>

static void say_unbuilt(const struct release *release, const struct diag *said, struct diag *diag)
{
	const char *why = "";
	for (size_t i = 0; i < said->count && !*why; i++)
		if (said->items[i].level == DIAG_ERROR)
			why = said->items[i].text;
	char place[TREE_FINGERPRINT];
	snprintf(place, sizeof(place), "releases/%s", release->name);
	diag_add(diag, DIAG_WARNING, "release-unbuilt", DIAG_AT(place, 0, 0), STR_NONE,
	    _("See what is wrong in its version: git worktree add, then vidno check; or remove its tag."),
	    _("this release cannot be made, so it is not on the site: %s"), why);
}

/* The day of a commit is that of the files in it. */
static int date_of(char out[11], const struct load *load)
{
	struct file_info info;
	if (file_look(&info, &load->root, "") != FILE_OK)
		return -1;
	memcpy(out, date_iso(date_from_unix(info.mtime / 1000000000)).s, 11);
	return 0;
}

static int make_departments(struct build *b, struct diag *diag)
{
	int err = 0;
	for (size_t i = 0; i < b->load.ndepartments; i++) {
		build_department(b, i, 0);
		err |= b->tasks[i].failed ? -1 : 0;
		diag_join(diag, &b->tasks[i].diag);
	}
	return err;
}

static int make_pages(struct build *b, struct diag *diag)
{
	size_t files = 0;
	int err = build_load(b, diag);
	if (err || !build_make_tasks(b))
		return -1;
	err = make_departments(b, diag);
	err = err || build_top(b, diag, &files) ? -1 : 0;
	for (size_t i = 0; !err && i < b->load.theme.nassets; i++)
		err = tree_unit_file(
		    b->into, b->load.theme.assets[i].path, b->load.theme.assets[i].bytes);
	return err;
}

static int make(const struct build *b, struct repo *repo, const struct release *release,
    struct tree_unit *unit, struct diag *diag)
{
	char date[11];
	struct build_options o = {
	    .site = b->o->site,
	    .repo = repo,
	    .commit = release->commit,
	    .date = date,
	    .no_history = true,
	};
	struct build *own = xmalloc(sizeof(*own));
	*own = (struct build){.o = &o, .load = LOAD_INIT, .release = release, .into = unit};
	enum repo_status status = repo_root(&own->load.root, repo, release->commit);
	int err = status || date_of(date, &own->load) ? -1 : 0;
	root_close(&own->load.root);
	own->load.root = (struct root)ROOT_INIT;
	if (!err)
		err = make_pages(own, diag);
	build_clear(own, diag);
	free(own);
	return err || diag->errors ? -1 : 0;
}

static int make_unit(struct build *b, struct repo *repo, const struct release *release,
    const char *id, struct diag *diag)
{
	struct diag said = DIAG_INIT;
	struct tree_unit *unit = tree_unit_begin(b->tree, id, diag);
	if (!unit)
		return -1;
	int err = make(b, repo, release, unit, &said);
	if (err) {
		say_unbuilt(release, &said, diag);
		tree_unit_abandon(unit);
		err = 0;
	} else {
		err = tree_unit_commit(unit, release->commit);
	}
	diag_clear(&said);
	return err;
}

int build_releases(struct build *b, struct diag *diag)
{
	const struct releases *all = history_releases(&b->history);
	struct repo *repo = b->o->repo;
	int err = 0;
	bool shown = b->tree && b->o->profile == PROFILE_PUBLIC;
	for (size_t i = 0; !err && shown && i < all->count; i++) {
		const struct release *release = &all->items[i];
		char id[TREE_FINGERPRINT];
		struct repo_head why;
		snprintf(id, sizeof(id), "releases/%s", release->name);
		const char *there = tree_fingerprint(b->tree, id);
		if (there && strcmp(there, release->commit) == 0) {
			err = tree_unit_keep(b->tree, id);
			continue;
		}
		if (!repo && repo_open(&repo, b->o->site, &why) != REPO_OK)
			break;
		err = make_unit(b, repo, release, id, diag);
	}
	if (repo != b->o->repo)
		repo_close(repo);
	return err;
}
