/*
 * datapackage.json: a Frictionless Data Package. Each table is a resource
 * with a Table Schema; beside it stands its JSON form as a plain resource.
 * Words that stand for a number that is not there are missing values, so that
 * columns keep their types. The hashes are those of the files written.
 */
#include "render/export.h"

#include "text/json.h"

#include <string.h>

static const char *const types[] = {
    "string", "integer", "number", "number", "year", "date", "boolean", "string", "any"};

static void key_string(struct json *j, const char *key, const char *text)
{
	if (!text || !*text)
		return;
	json_key(j, key);
	json_string(j, text);
}

static void words_array(struct json *j, const char *key, const char *const *words)
{
	json_key(j, key);
	json_array(j);
	for (; *words; words++)
		json_string(j, *words);
	json_end(j);
}

static void constraints(struct json *j, const struct export_column *c)
{
	bool bounded = c->type == EXPORT_INTEGER || c->type == EXPORT_PERCENT;
	if (!c->required && !c->values && !bounded)
		return;
	json_key(j, "constraints");
	json_object(j);
	if (c->required) {
		json_key(j, "required");
		json_bool(j, true);
	}
	if (bounded) {
		json_key(j, "minimum");
		json_int(j, 0);
	}
	if (c->type == EXPORT_PERCENT) {
		json_key(j, "maximum");
		json_int(j, 100);
	}
	if (c->values)
		words_array(j, "enum", c->values);
	json_end(j);
}

static void field(struct json *j, const struct export_column *c)
{
	static const char *const yes[] = {"yes", NULL}, *const no[] = {"no", NULL};
	json_object(j);
	key_string(j, "name", c->name);
	key_string(j, "type", types[c->type]);
	if (c->type == EXPORT_URI)
		key_string(j, "format", "uri");
	if (c->type == EXPORT_YESNO) {
		words_array(j, "trueValues", yes);
		words_array(j, "falseValues", no);
	}
	key_string(j, "title", c->title);
	key_string(j, "description", c->about);
	constraints(j, c);
	json_end(j);
}

static const struct export_table *find_table(const struct exports *e, const char *name)
{
	for (size_t i = 0; i < e->count; i++)
		if (strcmp(e->tables[i].name, name) == 0)
			return &e->tables[i];
	return NULL;
}

/* The column that identifies a row of the table referred to. */
static const char *key_of(const struct export_table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].key)
			return t->columns[i].name;
	return "";
}

static void foreign_keys(struct json *j, const struct exports *e, const struct export_table *t)
{
	bool any = false;
	for (size_t i = 0; i < t->ncolumns; i++) {
		const struct export_column *c = &t->columns[i];
		const struct export_table *to = c->refers ? find_table(e, c->refers) : NULL;
		if (!to)
			continue;
		if (!any) {
			json_key(j, "foreignKeys");
			json_array(j);
		}
		any = true;
		json_object(j);
		key_string(j, "fields", c->name);
		json_key(j, "reference");
		json_object(j);
		key_string(j, "resource", to->name);
		key_string(j, "fields", key_of(to));
		json_end(j);
		json_end(j);
	}
	if (any)
		json_end(j);
}

static void schema(struct json *j, const struct exports *e, const struct export_table *t)
{
	static const char *const missing[] = {"", "hidden", NULL};
	json_key(j, "schema");
	json_object(j);
	json_key(j, "fields");
	json_array(j);
	for (size_t i = 0; i < t->ncolumns; i++)
		field(j, &t->columns[i]);
	json_end(j);
	json_key(j, "primaryKey");
	json_array(j);
	for (size_t i = 0; i < t->ncolumns; i++)
		if (t->columns[i].key)
			json_string(j, t->columns[i].name);
	json_end(j);
	foreign_keys(j, e, t);
	words_array(j, "missingValues", missing);
	json_end(j);
}

/* Where the table came from, as sources.csv says. */
static void sources(struct json *j, const struct renderer *r, const struct export_table *t)
{
	const char *file = arena_printf(r->arena, "%s.csv", t->name);
	bool any = false;
	for (size_t i = 0; i < r->dept->nsources; i++) {
		const struct source *s = &r->dept->sources[i];
		if (strcmp(s->path, file) != 0 || !s->title)
			continue;
		if (!any) {
			json_key(j, "sources");
			json_array(j);
		}
		any = true;
		json_object(j);
		key_string(j, "title", s->title);
		key_string(j, "publisher", s->publisher);
		key_string(j, "licence", s->licence);
		key_string(j, "description", s->note);
		json_end(j);
	}
	if (any)
		json_end(j);
}

static void file_facts(
    struct json *j, const char *mediatype, size_t bytes, const struct hash_text *hash)
{
	key_string(j, "mediatype", mediatype);
	key_string(j, "encoding", "utf-8");
	json_key(j, "bytes");
	json_int(j, (long long)bytes);
	char text[8 + HASH_HEX] = "sha256:";
	memcpy(text + 7, hash->s, HASH_HEX + 1);
	key_string(j, "hash", text);
}

static void csv_resource(
    struct json *j, const struct renderer *r, const struct exports *e, const struct export_table *t)
{
	json_object(j);
	key_string(j, "name", t->name);
	key_string(j, "path", arena_printf(r->arena, "%s.csv", t->name));
	key_string(j, "profile", "tabular-data-resource");
	key_string(j, "title", t->title);
	key_string(j, "description", t->about);
	key_string(j, "format", "csv");
	file_facts(j, "text/csv", t->csv_bytes, &t->csv_hash);
	sources(j, r, t);
	schema(j, e, t);
	json_end(j);
}

static void json_resource(struct json *j, const struct renderer *r, const struct export_table *t)
{
	json_object(j);
	key_string(j, "name", arena_printf(r->arena, "%s-json", t->name));
	key_string(j, "path", arena_printf(r->arena, "%s.json", t->name));
	key_string(j, "title", t->title);
	key_string(j, "format", "json");
	file_facts(j, "application/json", t->json_bytes, &t->json_hash);
	json_end(j);
}

int export_package(struct buf *out, const struct renderer *r, const struct exports *e)
{
	const struct department_meta *meta = department_meta(r->dept);
	struct json j = JSON_INIT(out);
	j.lines = JSON_DEPTH;
	json_object(&j);
	key_string(&j, "profile", "data-package");
	key_string(&j, "name", r->dept->id);
	key_string(&j, "title", r->dept->index ? r->dept->index->title : r->dept->id);
	key_string(&j, "description", meta->notice);
	key_string(&j, "homepage", strstr(export_url(r, ""), "://") ? export_url(r, "") : NULL);
	key_string(&j, "created", arena_printf(r->arena, "%sT00:00:00Z", date_iso(r->today).s));
	json_key(&j, "resources");
	json_array(&j);
	for (size_t i = 0; i < e->count; i++)
		csv_resource(&j, r, e, &e->tables[i]);
	for (size_t i = 0; i < e->count; i++)
		json_resource(&j, r, &e->tables[i]);
	json_end(&j);
	json_end(&j);
	int err = json_done(&j);
	buf_addc(out, '\n');
	return err;
}
