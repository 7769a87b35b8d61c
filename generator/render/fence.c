/*
 * The parser of Markdown gives the info string without its place in the line,
 * so the line is looked up in the text to name the column of a word.
 */
#include "render/fence.h"

#include "base/intl.h"
#include "render/datum.h"
#include "text/normalise.h"

#include <string.h>

/* -- words ---------------------------------------------------------------- */

/* Characters before the info string in the line of the fence. */
static uint32_t info_column(const struct body_state *s, struct str info, struct diag_place at)
{
	struct str rest = s->body->text;
	for (uint32_t line = s->body->line; line < at.line && rest.n; line++) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) + 1 : rest.n;
		rest = (struct str){rest.p + n, rest.n - n};
	}
	const char *end = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;
	size_t n = end ? (size_t)(end - rest.p) : rest.n;
	const char *found = n ? memmem(rest.p, n, info.p, info.n) : NULL;
	if (!found)
		return at.column + 3;
	return 1 + (uint32_t)utf8_length((struct str){rest.p, (size_t)(found - rest.p)});
}

/* The end of the word that begins at i: a blank outside quotes; past the end
 * of the text when a quote stays open. */
static size_t word_end(struct str s, size_t i)
{
	bool quoted = false;
	for (; i < s.n; i++) {
		if (s.p[i] == '"')
			quoted = !quoted;
		else if (!quoted && (s.p[i] == ' ' || s.p[i] == '\t'))
			break;
	}
	return quoted ? s.n + 1 : i;
}

/* 1 and *word, moving *i; 0 at the end; -1 when a quote is open. */
static int next_word(struct str s, size_t *i, struct str *word)
{
	while (*i < s.n && (s.p[*i] == ' ' || s.p[*i] == '\t'))
		++*i;
	if (*i >= s.n)
		return 0;
	size_t end = word_end(s, *i);
	*word = (struct str){s.p + *i, (end > s.n ? s.n : end) - *i};
	*i = end > s.n ? s.n : end;
	return end > s.n ? -1 : 1;
}

int fence_read(struct fence *f, const struct body_state *s, struct str info, struct diag_place at)
{
	uint32_t column = info_column(s, info, at);
	struct str word;
	size_t i = 0;
	int more;
	*f = (struct fence){.r = s->r, .at = at};
	f->id = arena_printf(s->r->arena, "fence-%zu", s->fences);
	while ((more = next_word(info, &i, &word)) != 0) {
		size_t before = (size_t)(word.p - info.p);
		struct fence_word found = {
		    word, column + (uint32_t)utf8_length((struct str){info.p, before})};
		if (more < 0)
			return fence_complain(f, "fence-words", &found, NULL,
			    _("Close the quotation mark."), _("a quotation mark is not closed"));
		if (f->count == FENCE_WORDS)
			return fence_complain(f, "fence-words", &found, NULL, _("Leave some out."),
			    _("too many words after the name of the block"));
		f->words[f->count++] = found;
	}
	return 0;
}

int fence_complain(const struct fence *f, const char *rule, const struct fence_word *word,
    const char *near, const char *remedy, const char *text)
{
	struct diag_place at = f->at;
	if (word)
		at.column = word->column;
	if (near)
		remedy = arena_printf(f->r->arena, _("Did you mean %s?"), near);
	diag_add(f->r->diag, DIAG_ERROR, rule, at, word ? word->text : f->words[0].text, remedy,
	    "%s", text);
	return -1;
}

bool fence_split(const struct fence_word *word, struct fence_word *key, struct fence_word *value)
{
	struct str t = word->text;
	const char *sign = memchr(t.p, '=', t.n);
	if (!sign)
		return false;
	size_t before = (size_t)(sign - t.p);
	struct str k = {t.p, before}, v = {sign + 1, t.n - before - 1};
	uint32_t column = word->column + (uint32_t)utf8_length(k) + 1;
	if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"') {
		v = (struct str){v.p + 1, v.n - 2};
		column++;
	}
	*key = (struct fence_word){k, word->column};
	*value = (struct fence_word){v, column};
	return true;
}

static const char *copy(const struct fence *f, struct str s)
{
	return arena_strndup(f->r->arena, s.p, s.n);
}

/* -- the table ------------------------------------------------------------ */

static bool is_there(const struct renderer *r, enum table_id id)
{
	return r->dept->tables[id].file != NULL && id != TABLE_AUDIT && id != TABLE_AUDIT_EVIDENCE;
}

static int no_table(const struct fence *f, const struct fence_word *path)
{
	const char *names[DEPARTMENT_TABLES + 1];
	size_t n = 0;
	for (int id = 0; id < DEPARTMENT_TABLES; id++)
		if (is_there(f->r, (enum table_id)id))
			names[n++] = schema_of((enum table_id)id)->file;
	names[n] = NULL;
	return fence_complain(f, "fence-table", path, str_nearest(copy(f, path->text), names),
	    arena_printf(f->r->arena, _("Name a file of the folder data/%s/, for example %s."),
	        f->r->dept->id, schema_of(TABLE_RESULTS)->file),
	    _("the department has no such table"));
}

int fence_table(const struct fence *f, const struct fence_word *path, struct table_html *out)
{
	if (!path)
		return fence_complain(f, "fence-table", NULL, NULL,
		    _("Write the file after it, for example: table results.csv"),
		    _("it is not said which table to show"));
	if (!f->r->dept)
		return fence_complain(f, "fence-table", path, NULL,
		    _("Show the table on a page of the department."),
		    _("this page belongs to no department and has no tables"));
	for (int id = 0; id < DEPARTMENT_TABLES; id++)
		if (str_is(path->text, schema_of((enum table_id)id)->file) &&
		    is_there(f->r, (enum table_id)id)) {
			out->table = (enum table_id)id;
			return 0;
		}
	return no_table(f, path);
}

/* -- column=value --------------------------------------------------------- */

static const struct column *find_column(
    const struct fence *f, const struct schema *s, const struct fence_word *key)
{
	struct arena *a = f->r->arena;
	const char **names = arena_array(a, s->count + 1, sizeof(*names));
	struct str wanted = normalise_title(a, key->text);
	for (size_t i = 0; i < s->count; i++) {
		const struct column *c = &s->columns[i];
		names[i] = c->name;
		if (str_is(key->text, c->name) ||
		    str_eq(wanted, normalise_title(a, str_of(c->title_ru))))
			return c;
	}
	fence_complain(f, "fence-column", key, str_nearest(copy(f, key->text), names),
	    _("The columns are listed on the page with the data."),
	    _("the table has no such column"));
	return NULL;
}

const struct school *fence_school(const struct fence *f, const struct fence_word *name)
{
	struct arena *a = f->r->arena;
	struct names_answer answer = names_find(&f->r->dept->names, a, name->text);
	if (answer.school)
		return answer.school;
	fence_complain(f, "fence-value", name,
	    answer.ncandidates && !answer.ambiguous ? answer.candidates[0]->id : NULL,
	    _("Write the id of the school, as in schools.csv."),
	    answer.ambiguous ? _("several schools have this name")
	                     : _("there is no school of this name"));
	return NULL;
}

/* A value in the form of datum_of(), or NULL. */
static const char *canonical(
    const struct fence *f, const struct column *c, const struct fence_word *value)
{
	struct decimal number;
	const char *text = copy(f, value->text);
	if (c->type == COLUMN_SCHOOL) {
		const struct school *school = fence_school(f, value);
		return school ? school->id : NULL;
	}
	if (c->type == COLUMN_ENUM)
		for (int i = 0; c->values[i]; i++)
			if (strcmp(datum_word(f->r, c, i + 1), text) == 0)
				return c->values[i];
	if ((c->type == COLUMN_NUMBER || c->type == COLUMN_PERCENT || c->type == COLUMN_COUNT) &&
	    decimal_parse(&number, value->text, true) == 0) {
		struct buf out = BUF_INIT(BUF_LINE);
		decimal_write(&out, number, DECIMAL_SHOWN, '.');
		text = arena_strndup(f->r->arena, out.data, out.len);
		buf_clear(&out);
	}
	return text;
}

static int no_value(const struct fence *f, const struct fence_word *value,
    const struct table *table, const struct column *c)
{
	struct arena *a = f->r->arena;
	const char **seen = arena_array(a, table->count + 1, sizeof(*seen));
	size_t n = 0;
	for (size_t i = 0; i < table->count; i++) {
		struct datum d = datum_of(a, c, table_row(table, i));
		if (d.kind == DATUM_TEXT)
			seen[n++] = d.text;
	}
	return fence_complain(f, "fence-value", value, str_nearest(copy(f, value->text), seen),
	    _("Write a value that stands in the column."), _("no row of the table has this value"));
}

int fence_filter(const struct fence *f, const struct fence_word *word,
    const struct table_html *table, struct table_filter *out)
{
	const struct table *t = &f->r->dept->tables[table->table];
	struct fence_word key, value;
	if (!fence_split(word, &key, &value))
		return fence_complain(f, "fence-words", word, NULL,
		    _("Write column=value, for example year=2019; a value with spaces in double quotes."),
		    _("after the table come conditions of the form column=value"));
	out->column = find_column(f, t->schema, &key);
	out->value = out->column ? canonical(f, out->column, &value) : NULL;
	if (!out->value)
		return -1;
	const struct table_html alone = {.filters = out, .nfilters = 1};
	for (size_t i = 0; i < t->count; i++)
		if (table_row_fits(f->r, &alone, table_row(t, i)))
			return 0;
	return no_value(f, &value, t, out->column);
}
