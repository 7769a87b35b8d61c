/*
 * One graph a page. Only what the page itself shows is said: names, periods,
 * addresses and sizes of files, no number of a table.
 */
#include "render/linked.h"

#include "render/export.h"
#include "text/html.h"
#include "text/json.h"

#include <string.h>

static void key_string(struct json *j, const char *key, const char *text)
{
	if (!text)
		return;
	json_key(j, key);
	json_string(j, text);
}

static void key_url(struct json *j, const struct renderer *r, const char *key, const char *path)
{
	struct buf url = BUF_INIT(BUF_LINE);
	url_encode(&url, str_of(page_address(r, path)));
	json_key(j, key);
	json_text(j, (struct str){url.data, url.len});
	buf_clear(&url);
}

static void begin_thing(struct json *j, const char *type)
{
	json_object(j);
	key_string(j, "@type", type);
}

static void add_step(
    struct json *j, const struct renderer *r, size_t position, const char *title, const char *path)
{
	begin_thing(j, "ListItem");
	json_key(j, "position");
	json_int(j, (long long)position);
	key_string(j, "name", title);
	key_url(j, r, "item", path);
	json_end(j);
}

/* The way of the page, itself at the end. */
static void add_breadcrumbs(struct json *j, const struct renderer *r, const char *title)
{
	begin_thing(j, "BreadcrumbList");
	json_key(j, "itemListElement");
	json_array(j);
	for (size_t i = 0; i < r->ncrumbs; i++)
		add_step(j, r, i + 1, r->crumbs[i].title, r->crumbs[i].path);
	add_step(j, r, r->ncrumbs + 1, title, r->path);
	json_end(j);
	json_end(j);
}

static void add_department(struct json *j, const struct renderer *r)
{
	const struct department_meta *meta = department_meta(r->dept);
	begin_thing(j, "GovernmentOrganization");
	key_url(j, r, "@id", "#organization");
	key_string(j, "name", meta->short_name ? meta->short_name : r->dept->index->title);
	key_string(j, "areaServed", meta->region);
	key_string(j, "taxID", meta->inn);
	key_url(j, r, "url", "");
	json_end(j);
}

static void add_download(struct json *j, const struct renderer *r, const struct export_table *t,
    const char *extension, const char *type, size_t bytes, const char *hash)
{
	begin_thing(j, "DataDownload");
	key_string(j, "name", t->title);
	key_string(j, "encodingFormat", type);
	key_url(j, r, "contentUrl", arena_printf(r->arena, "data/%s.%s", t->name, extension));
	json_key(j, "contentSize");
	json_string(j, arena_printf(r->arena, "%zu B", bytes));
	key_string(j, "sha256", hash);
	json_end(j);
}

static void add_dataset(struct json *j, const struct renderer *r, const char *title)
{
	const struct department_meta *meta = department_meta(r->dept);
	begin_thing(j, "Dataset");
	key_string(j, "name", arena_printf(r->arena, "%s: %s", r->dept->index->title, title));
	key_string(j, "description", words_get(r->words, "data_lead"));
	key_url(j, r, "url", "data/");
	key_string(j, "inLanguage", r->words->russian ? "ru" : "en");
	key_string(j, "spatialCoverage", meta->region);
	if (meta->first_year)
		key_string(j, "temporalCoverage",
		    arena_printf(r->arena, "%04d/%04d", meta->first_year, meta->last_year));
	json_key(j, "isAccessibleForFree");
	json_bool(j, true);
	json_key(j, "creator");
	add_department(j, r);
	json_key(j, "distribution");
	json_array(j);
	for (size_t i = 0; r->exports && i < r->exports->count; i++) {
		const struct export_table *t = &r->exports->tables[i];
		add_download(j, r, t, "csv", "text/csv", t->csv_bytes, t->csv_hash.s);
		add_download(j, r, t, "json", "application/json", t->json_bytes, t->json_hash.s);
	}
	json_end(j);
	json_end(j);
}

static const char *page_title(const struct renderer *r)
{
	const struct value *title =
	    view_get(r->page, "title", strlen("title"), view_hash("title", strlen("title")));
	return title && title->kind == VALUE_TEXT
	    ? arena_strndup(r->arena, title->as.text.p, title->as.text.n)
	    : "";
}

void linked_data(struct renderer *r)
{
	view_null(r->page, "jsonld");
	if (!r->dept || r->profile != PROFILE_PUBLIC || !page_address(r, "") || !r->dept->index)
		return;
	bool overview = !*r->path, data = strcmp(r->path, "data/") == 0;
	if (!overview && !r->ncrumbs)
		return;
	struct buf out = BUF_INIT(BUF_PAGE);
	struct json j = JSON_INIT(&out);
	const char *title = page_title(r);
	json_object(&j);
	key_string(&j, "@context", "https://schema.org");
	json_key(&j, "@graph");
	json_array(&j);
	if (overview)
		add_department(&j, r);
	else
		add_breadcrumbs(&j, r, title);
	if (data)
		add_dataset(&j, r, title);
	json_end(&j);
	json_end(&j);
	if (json_done(&j) == 0)
		view_raw(r->page, "jsonld",
		    (struct str){arena_strndup(r->arena, out.data, out.len), out.len});
	buf_clear(&out);
}
