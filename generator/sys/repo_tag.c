/*
 * Annotated tags are objects of their own, that point to the commit.
 */
#include "sys/repo_tag.h"

#include "sys/repo_commit.h"
#include "sys/repo_text.h"

#include <stdlib.h>
#include <string.h>

static enum repo_status make(struct repo *r, const char *name, const git_oid *commit,
    const struct repo_person *who, const char *text)
{
	git_signature *tagger = NULL;
	git_commit *target = NULL;
	git_buf message = {0};
	git_oid id;
	enum repo_status status = repo_signature(r, who, &tagger);
	if (!status)
		status = repo_clean_message(r, text, &message);
	if (!status && r->git->commit_lookup(&target, r->handle, commit))
		status = repo_failed(r);
	if (!status) {
		repo_write_safely(r);
		/* A commit is an object; C does not know. */
		int code = r->git->tag_create(
		    &id, r->handle, name, (git_object *)target, tagger, message.ptr, 0);
		if (code)
			status = code == GIT_EEXISTS ? REPO_EXISTS : repo_failed_with(r, code);
	}
	r->git->commit_free(target);
	r->git->buf_dispose(&message);
	r->git->signature_free(tagger);
	return status;
}

/* What libgit2 lets through: a hyphen at the beginning, which would be an option
 * to git, and slashes too many, which it would drop. */
static bool is_name(const char *name)
{
	struct str s = str_of(name);
	return s.n && *name != '-' && *name != '/' && !str_ends(s, "/") && !strstr(name, "//") &&
	    utf8_valid(s);
}

enum repo_status repo_tag(struct repo *r, const char *name, const char *commit,
    const struct repo_person *who, const char *message)
{
	git_oid id;
	if (!is_name(name))
		return REPO_NAME;
	repo_lock(r);
	enum repo_status status = repo_read_oid(r, commit, &id);
	if (!status)
		status = make(r, name, &id, who, message);
	repo_unlock(r);
	return status;
}

/* False for a tag of something else than a commit. */
static bool read_tag(struct repo *r, struct arena *a, const char *name, struct repo_tag *out)
{
	git_oid id;
	git_object *commit = NULL, *target = NULL;
	git_tag *tag = NULL;
	struct arena own = ARENA_INIT;
	const char *ref = arena_printf(&own, "refs/tags/%s", name);
	int code = r->git->reference_name_to_id(&id, r->handle, ref);
	if (!code)
		code = r->git->object_lookup(&target, r->handle, &id, GIT_OBJECT_ANY);
	if (!code)
		code = r->git->object_peel(&commit, target, GIT_OBJECT_COMMIT);
	if (!code) {
		out->name = arena_strdup(a, name);
		out->message = "";
		r->git->oid_tostr(out->oid, sizeof(out->oid), r->git->object_id(commit));
		out->time = r->git->commit_time((git_commit *)commit);
	}
	if (!code && r->git->tag_lookup(&tag, r->handle, &id) == 0) {
		const git_signature *tagger = r->git->tag_tagger(tag);
		struct str text = str_trim(str_of(r->git->tag_message(tag)));
		out->message = repo_text(a, text, NULL);
		if (tagger)
			out->time = tagger->when.time;
		r->git->tag_free(tag);
	}
	r->git->object_free(commit);
	r->git->object_free(target);
	arena_clear(&own);
	return !code;
}

static int by_name(const void *x, const void *y)
{
	const struct repo_tag *a = x, *b = y;
	return strcmp(a->name, b->name);
}

enum repo_status repo_tags(
    struct repo_tags *out, struct arena *a, struct repo *r, const char *prefix)
{
	git_strarray names = {NULL, 0};
	enum repo_status status = REPO_OK;
	*out = (struct repo_tags){NULL, 0};
	repo_lock(r);
	if (r->git->tag_list(&names, r->handle) < 0)
		status = repo_failed(r);
	out->items = arena_array(a, names.count, sizeof(*out->items));
	for (size_t i = 0; i < names.count; i++)
		if (strncmp(names.strings[i], prefix, strlen(prefix)) == 0 &&
		    read_tag(r, a, names.strings[i], &out->items[out->count]))
			out->count++;
	r->git->strarray_dispose(&names);
	repo_unlock(r);
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), by_name);
	return status;
}
