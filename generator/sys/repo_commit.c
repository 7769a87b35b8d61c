/*
 * libgit2 would take a line break in a name into the header of the commit, so
 * names are looked at here.
 */
#include "sys/repo_commit.h"

#include <string.h>

void repo_write_safely(struct repo *r)
{
	r->git->libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
}

static bool is_fine(const char *text)
{
	struct str s = str_of(text);
	if (!utf8_valid(s) || str_trim(s).n == 0)
		return false;
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f || *p == '<' || *p == '>')
			return false;
	return true;
}

bool repo_person_is_fine(const struct repo_person *who)
{
	return is_fine(who->name) && is_fine(who->mail) && who->time >= 0;
}

enum repo_status repo_signature(struct repo *r, const struct repo_person *who, git_signature **out)
{
	*out = NULL;
	if (!repo_person_is_fine(who))
		return REPO_NAME;
	int code = r->git->signature_new(out, who->name, who->mail, who->time, who->offset);
	return code ? repo_failed(r) : REPO_OK;
}

enum repo_status repo_clean_message(struct repo *r, const char *text, git_buf *out)
{
	*out = (git_buf){0};
	if (!utf8_valid(str_of(text)) || str_trim(str_of(text)).n == 0)
		return REPO_NAME;
	return r->git->message_prettify(out, text, 0, '#') ? repo_failed(r) : REPO_OK;
}

static int create(struct repo *r, const struct repo_new *new, const git_signature *author,
    const git_signature *committer, const char *message, git_oid *out)
{
	git_tree *tree = NULL;
	git_commit *parents[2] = {NULL, NULL};
	int code = r->git->tree_lookup(&tree, r->handle, new->tree);
	for (size_t i = 0; !code && i < new->nparents; i++)
		code = r->git->commit_lookup(&parents[i], r->handle, new->parents[i]);
	if (!code)
		code = r->git->commit_create(out, r->handle, NULL, author, committer, NULL, message,
		    tree, new->nparents, (const git_commit **)parents);
	r->git->commit_free(parents[0]);
	r->git->commit_free(parents[1]);
	r->git->tree_free(tree);
	return code;
}

enum repo_status repo_make_commit(struct repo *r, const struct repo_new *new, git_oid *out)
{
	git_signature *author = NULL, *committer = NULL;
	git_buf message = {0};
	enum repo_status status = repo_signature(r, new->author, &author);
	if (!status)
		status = repo_signature(r, new->committer, &committer);
	if (!status)
		status = repo_clean_message(r, new->message, &message);
	if (!status && create(r, new, author, committer, message.ptr, out) < 0)
		status = repo_failed(r);
	r->git->buf_dispose(&message);
	r->git->signature_free(author);
	r->git->signature_free(committer);
	return status;
}

static enum repo_status visit_all(
    struct repo *r, git_diff *diff, repo_delta_visitor *visit, void *payload)
{
	size_t n = r->git->diff_num_deltas(diff);
	int code = 0;
	for (int deleted = 1; deleted >= 0; deleted--)
		for (size_t i = 0; !code && i < n; i++) {
			const git_diff_delta *d = r->git->diff_get_delta(diff, i);
			if ((d->status == GIT_DELTA_DELETED) == deleted)
				code = visit(r, payload, d);
		}
	return code;
}

/* A tree of our own: the cache would lend it only until the next one. */
static int tree_of(struct repo *r, const git_oid *commit, git_tree **out)
{
	git_commit *c;
	int code = r->git->commit_lookup(&c, r->handle, commit);
	if (code)
		return code;
	code = r->git->tree_lookup(out, r->handle, r->git->commit_tree_id(c));
	r->git->commit_free(c);
	return code;
}

enum repo_status repo_each_delta(struct repo *r, const git_oid *from, const git_oid *to,
    repo_delta_visitor *visit, void *payload)
{
	git_tree *before = NULL, *after = NULL;
	git_diff *diff = NULL;
	git_diff_options options;
	r->git->diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags |= GIT_DIFF_INCLUDE_TYPECHANGE;
	int code = from ? tree_of(r, from, &before) : 0;
	if (!code)
		code = tree_of(r, to, &after);
	if (!code)
		code = r->git->diff_tree_to_tree(&diff, r->handle, before, after, &options);
	enum repo_status status = code ? repo_failed(r) : visit_all(r, diff, visit, payload);
	r->git->diff_free(diff);
	r->git->tree_free(before);
	r->git->tree_free(after);
	return status;
}
