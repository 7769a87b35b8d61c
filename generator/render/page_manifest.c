/*
 * What the site was made of, in words: manifest.json says the same to programs,
 * with the hash of every file.
 */
#include "render/pages.h"

/*
 * Template manifest: program, commit_id, theme, made, made_iso, modified, inputs;
 * json (address of the file); site_address: what verify is given.
 */
int page_manifest(struct renderer *r)
{
	const struct stamp *s = r->stamp;
	if (!s)
		return 0;
	struct view *v = page_begin(r, "manifest/", NULL, words_get(r->words, "manifest_title"));
	page_description(r, words_get(r->words, "manifest_lead"));
	view_text(v, "program", s->program);
	view_text(v, "commit_id", s->commit);
	view_text(v, "theme", s->theme);
	view_text(v, "made", words_date(r->words, r->arena, r->today, true));
	view_text(v, "made_iso", arena_strdup(r->arena, date_iso(r->today).s));
	view_flag(v, "modified", s->modified);
	view_flag(v, "inputs", s->inputs);
	view_text(v, "json", page_href(r, "manifest.json"));
	view_text(v, "site_address", page_address(r, ""));
	return page_end(r, "manifest");
}
