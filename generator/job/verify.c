/*
 * Both sides become a map from path to hash. The clone's side is a build that
 * writes nothing and tells the hash of every file.
 */
#include "job/verify.h"

#include "base/intl.h"
#include "base/map.h"
#include "sys/file.h"
#include "sys/program.h"
#include "text/html.h"

#include <string.h>

enum { FETCH_SECONDS = 120, FILES_BYTES = 512 * 1024 * 1024, SHOWN = 50 };

struct verify {
	const struct verify_options *o;
	struct verify_report *report;
	struct diag *diag;
	struct arena arena;
	bool remote;
	const char *base; /* of the address, ends in "/" */
	struct root root; /* of the folder */
	struct manifest_json manifest;
	struct map there; /* path → hash, as text */
	struct hashed_files made;
};

static enum verify_status complain(
    struct verify *v, const char *rule, const char *file, const char *remedy, const char *text)
{
	diag_add(v->diag, DIAG_ERROR, rule, DIAG_AT(file, 0, 0), STR_NONE, remedy, "%s", text);
	return VERIFY_PROBLEMS;
}

/* -- what is published ---------------------------------------------------------- */

static const char *address_of(struct verify *v, struct arena *a, const char *path)
{
	struct buf url = BUF_INIT(BUF_PAGE);
	buf_adds(&url, v->base);
	url_encode(&url, str_of(path));
	return buf_keep(a, &url).p;
}

static enum verify_status fetch(
    struct verify *v, struct arena *a, const char *path, struct str *out)
{
	const char *url = address_of(v, a, path);
	const char *const arguments[] = {"curl", "--silent", "--show-error", "--fail", "--location",
	    "--max-redirs", "5", "--proto", "=http,https", "--max-time", "60", "--max-filesize",
	    "67108864", "--", url, NULL};
	struct buf bytes = BUF_INIT(MANIFEST_JSON_BYTES), said = BUF_INIT(BUF_PAGE);
	const struct program p = {
	    .arguments = arguments, .seconds = FETCH_SECONDS, .out = &bytes, .err = &said};
	enum program_status status = program_run(&p);
	enum verify_status result = VERIFY_OK;
	if (status == PROGRAM_MISSING)
		result = VERIFY_SYSTEM;
	else if (status != PROGRAM_OK || buf_err(&bytes))
		result = VERIFY_PROBLEMS;
	struct str words = str_trim(buf_str(&said));
	if (result)
		diag_add(v->diag, DIAG_ERROR, "verify-fetch", DIAG_AT(url, 0, 0), STR_NONE,
		    status == PROGRAM_MISSING
		        ? _("Have the package curl installed.")
		        : _("See whether the address is right and can be reached."),
		    _("this cannot be fetched: %.*s"), (int)words.n, words.p);
	else
		*out = buf_keep(a, &bytes);
	buf_clear(&bytes);
	buf_clear(&said);
	return result;
}

static enum verify_status read_there(struct verify *v, const char *path, struct str *out)
{
	if (v->remote)
		return fetch(v, &v->arena, path, out);
	enum file_status status = file_read(out, &v->arena, &v->root, path, MANIFEST_JSON_BYTES);
	if (status != FILE_OK && status != FILE_MISSING)
		file_complain(v->diag, status, path, MANIFEST_JSON_BYTES);
	else if (status == FILE_MISSING)
		complain(v, "verify-no-manifest", path,
		    _("Name the folder or the address of a site that vidno made of a repository."),
		    _("there is no manifest.json, so nobody knows what this was made of"));
	return status ? VERIFY_PROBLEMS : VERIFY_OK;
}

static enum verify_status open_target(struct verify *v)
{
	struct str target = str_of(v->o->target);
	struct str bytes;
	v->remote = str_starts(target, "http://") || str_starts(target, "https://");
	v->base = arena_printf(&v->arena, "%s%s", target.p, str_ends(target, "/") ? "" : "/");
	enum file_status status = v->remote ? FILE_OK : root_open(&v->root, v->o->target);
	if (status) {
		file_complain(v->diag, status, v->o->target, 0);
		return VERIFY_USAGE;
	}
	enum verify_status read = read_there(v, MANIFEST_JSON, &bytes);
	if (read)
		return read;
	if (manifest_json_read(&v->manifest, &v->arena, bytes) < 0 || !v->manifest.commit ||
	    !v->manifest.date || !v->manifest.profile)
		return complain(v, "verify-manifest", MANIFEST_JSON,
		    _("See whether this is the manifest of a site, as vidno wrote it."),
		    _("this manifest cannot be read"));
	memcpy(v->report->commit, v->manifest.commit, sizeof(v->report->commit));
	if (v->manifest.modified)
		return complain(v, "verify-modified", MANIFEST_JSON,
		    _("Publish with vidno publish: it makes the site of a version, never of the folder."),
		    _("the site was made of files that are in no version, so it cannot be made again"));
	map_put(&v->there, STR(MANIFEST_JSON), arena_strdup(&v->arena, hash_sha256(bytes).s));
	return VERIFY_OK;
}

static void add_there(struct verify *v, const char *path, struct hash_text hash)
{
	map_put(&v->there, str_of(arena_strdup(&v->arena, path)), arena_strdup(&v->arena, hash.s));
}

/* What the site says of itself: its own list, and those of the departments. */
static enum verify_status read_lists(struct verify *v)
{
	for (size_t i = 0; i < v->manifest.files.count; i++)
		add_there(v, v->manifest.files.items[i].path, v->manifest.files.items[i].hash);
	for (size_t i = 0; i < v->manifest.parts.count; i++) {
		const char *path = v->manifest.parts.items[i].path;
		struct manifest_json part;
		struct str bytes;
		enum verify_status status = read_there(v, path, &bytes);
		if (status)
			return status;
		add_there(v, path, hash_sha256(bytes));
		if (manifest_json_read(&part, &v->arena, bytes) < 0)
			return complain(v, "verify-manifest", path,
			    _("See whether this is the manifest of a site, as vidno wrote it."),
			    _("this manifest cannot be read"));
		const char *name = strrchr(path, '/');
		int folder = name ? (int)(name + 1 - path) : 0;
		for (size_t k = 0; k < part.files.count; k++)
			add_there(v,
			    arena_printf(
			        &v->arena, "%.*s%s", folder, path, part.files.items[k].path),
			    part.files.items[k].hash);
	}
	return VERIFY_OK;
}

/* Every file that the lists name, as it really is there. */
static enum verify_status fetch_listed(struct verify *v)
{
	enum verify_status result = VERIFY_OK;
	for (size_t i = 0; i < v->there.count; i++) {
		struct arena bytes_arena = ARENA_INIT;
		struct map_entry *entry = &v->there.entries[i];
		struct str bytes;
		enum verify_status status = fetch(v, &bytes_arena, entry->key.p, &bytes);
		if (status)
			result = status;
		else
			entry->value = arena_strdup(&v->arena, hash_sha256(bytes).s);
		arena_clear(&bytes_arena);
		if (status == VERIFY_SYSTEM)
			break;
	}
	return result;
}

static bool is_frozen(const struct verify *v, const char *path)
{
	for (size_t i = 0; i < v->manifest.releases.count; i++) {
		const char *name = v->manifest.releases.items[i].path;
		size_t n = strlen(name);
		if (strncmp(path, "releases/", 9) == 0 && strncmp(path + 9, name, n) == 0 &&
		    path[9 + n] == '/')
			return true;
	}
	return false;
}

static int visit(void *payload, const char *path, const struct file_entry *entry)
{
	struct verify *v = payload;
	struct arena bytes_arena = ARENA_INIT;
	struct str bytes;
	if (entry->kind == FILE_FOLDER || is_frozen(v, path))
		return 0;
	enum file_status status = entry->status;
	if (!status)
		status = file_read(&bytes, &bytes_arena, &v->root, path, FILES_BYTES);
	if (status)
		file_complain(v->diag, status, path, FILES_BYTES);
	else
		add_there(v, path, hash_sha256(bytes));
	arena_clear(&bytes_arena);
	return 0;
}

static enum verify_status read_files(struct verify *v)
{
	if (v->remote) {
		enum verify_status listed = read_lists(v);
		return listed ? listed : fetch_listed(v);
	}
	enum file_status status = file_walk(&v->root, "", visit, v);
	if (status)
		file_complain(v->diag, status, v->o->target, 0);
	return v->diag->errors ? VERIFY_PROBLEMS : VERIFY_OK;
}

/* -- the same, made again ----------------------------------------------------------- */

static enum verify_status make_again(struct verify *v)
{
	struct repo *repo = NULL;
	struct repo_head why = {0};
	char oid[REPO_OID + 1];
	struct build_report report;
	struct diag said = DIAG_INIT;
	enum repo_status found = repo_open(&repo, v->o->site, &why);
	if (!found)
		found = repo_resolve(repo, v->manifest.commit, oid);
	if (found) {
		repo_close(repo);
		diag_add(v->diag, DIAG_ERROR, "verify-commit", DIAG_AT(v->o->site, 0, 0),
		    str_of(v->manifest.commit),
		    _("Name a clone of the site's repository with --site, and fetch: git fetch --tags."),
		    _("the version that the site was made of is not in this repository"));
		return VERIFY_PROBLEMS;
	}
	const struct build_options o = {
	    .site = v->o->site,
	    .repo = repo,
	    .commit = oid,
	    .date = v->manifest.date,
	    .profile =
	        strcmp(v->manifest.profile, "internal") == 0 ? PROFILE_INTERNAL : PROFILE_PUBLIC,
	    .jobs = 1,
	    .hashes = &v->made,
	    .releases = &v->manifest.releases,
	};
	enum build_status status = build_run(&o, &report, &said);
	if (status != BUILD_OK)
		diag_join(v->diag, &said);
	diag_clear(&said);
	repo_close(repo);
	return status == BUILD_OK    ? VERIFY_OK
	    : status == BUILD_SYSTEM ? VERIFY_SYSTEM
	                             : VERIFY_PROBLEMS;
}

static void differs(struct verify *v, const char *path, const char *text)
{
	if (v->report->differences++ < SHOWN)
		diag_add(v->diag, DIAG_ERROR, "verify-differs", DIAG_AT(path, 0, 0), STR_NONE, NULL,
		    "%s", text);
}

/* Assets outlive the build that made them. */
static bool may_be_older(struct str path)
{
	return str_starts(path, "assets/");
}

static enum verify_status compare(struct verify *v)
{
	struct map made = MAP_INIT(&v->arena);
	v->report->files = v->made.count;
	for (size_t i = 0; i < v->made.count; i++) {
		const struct hashed_file *f = &v->made.items[i];
		const char *there = map_get(&v->there, str_of(f->path));
		map_put(&made, str_of(f->path), v);
		if (!there)
			differs(v, f->path, _("this file is missing there"));
		else if (strcmp(there, f->hash.s) != 0)
			differs(v, f->path, _("this file is another one there"));
	}
	for (size_t i = 0; i < v->there.count; i++) {
		struct str path = v->there.entries[i].key;
		if (!map_get(&made, path) && !may_be_older(path))
			differs(v, path.p,
			    _("this file is there, but does not come from the repository"));
	}
	if (v->report->differences > SHOWN)
		diag_add(v->diag, DIAG_ERROR, "verify-more", DIAG_NOWHERE, STR_NONE, NULL,
		    _("%zu more files differ"), v->report->differences - SHOWN);
	return v->report->differences ? VERIFY_PROBLEMS : VERIFY_OK;
}

static enum verify_status check_program(struct verify *v)
{
	const char *program = v->manifest.program;
	if (!program || strcmp(program, VIDNO_VERSION) != 0)
		diag_add(v->diag, DIAG_WARNING, "verify-program", DIAG_AT(MANIFEST_JSON, 0, 0),
		    STR_NONE, _("Verify with that version, if files differ."),
		    _("the site was made by vidno %s, and this is %s"), program ? program : "?",
		    VIDNO_VERSION);
	return VERIFY_OK;
}

enum verify_status verify_run(
    const struct verify_options *o, struct verify_report *report, struct diag *diag)
{
	static enum verify_status (*const steps[])(struct verify *) = {
	    open_target, check_program, read_files, make_again, compare};
	struct verify v = {.o = o, .report = report, .diag = diag, .root = ROOT_INIT};
	enum verify_status status = VERIFY_OK;
	*report = (struct verify_report){.commit = ""};
	v.there = (struct map)MAP_INIT(&v.arena);
	v.made.arena = &v.arena;
	for (size_t i = 0; !status && i < sizeof(steps) / sizeof(*steps); i++)
		status = steps[i](&v);
	root_close(&v.root);
	arena_clear(&v.arena);
	diag_sort(diag);
	return status;
}
