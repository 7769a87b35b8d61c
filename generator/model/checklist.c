/*
 * Rows that hold on the day are compiled in the order of their file. The
 * place of a wrong pattern in its row is looked up only for the message.
 */
#include "model/checklist.h"

#include "base/intl.h"
#include "model/audit_words.h"
#include "model/place.h"
#include "text/fold.h"
#include "text/hash.h"

bool checklist_is_order(const struct checklist_item *item)
{
	return item->row.file && str_ends(str_of(item->row.file), "audit-order-1493.csv");
}

/* -- the list of a department ----------------------------------------------------- */

/* The order's rows follow; an item of the department's cannot be one of them. */
static int add_order(struct table *own, struct arena *a, const struct table *site, struct str bytes,
    struct diag *diag)
{
	int err = 0;
	own->partial |= site->partial;
	for (size_t i = 0; i < site->count; i++) {
		const struct checklist_item *item = table_row(site, i);
		if (!checklist_is_order(item) || table_add(own, a, item))
			continue;
		const struct checklist_item *other = table_find(own, str_of(item->id));
		err = -1;
		diag_add(diag, DIAG_ERROR, "checklist-order",
		    place_find(own, bytes, NULL, &other->row, "item"), str_of(item->id),
		    _("Give the item another id: those of data/audit-order-1493.csv are taken."),
		    _("the list of order 1493 has an item with this id"));
	}
	return err;
}

int checklist_own(struct table *out, struct arena *a, const struct table *site, const char *file,
    struct str bytes, struct diag *diag)
{
	const struct table *tables[TABLE_COUNT] = {[TABLE_CHECKLIST] = out};
	const struct table_context context = {.arena = a, .diag = diag, .tables = tables};
	*out = (struct table){.schema = NULL};
	int err = table_read(out, &context, TABLE_CHECKLIST, file, bytes);
	return add_order(out, a, site, bytes, diag) | err;
}

void checklist_own_lost(
    struct table *out, struct arena *a, const struct table *site, const char *file)
{
	*out = (struct table){
	    .schema = schema_of(TABLE_CHECKLIST), .file = arena_strdup(a, file), .partial = true};
	for (size_t i = 0; i < site->count; i++)
		if (checklist_is_order(table_row(site, i)))
			table_add(out, a, table_row(site, i));
}

/* -- patterns --------------------------------------------------------------------- */

struct compiling {
	const struct table *table, *words;
	struct str bytes;
	struct diag *diag;
	int err;
	struct pattern_set *set;
};

static void complain(struct compiling *c, const struct row *row, const char *column,
    const char *source, const struct pattern_error *error)
{
	struct diag_place at = place_find(c->table, c->bytes, NULL, row, column);
	size_t offset = audit_words_offset(c->words, source, error->offset);
	diag_add(c->diag, DIAG_ERROR, "checklist-pattern", at, str_of(source),
	    _("Patterns are Perl regular expressions (PCRE2); try it with: grep -P."),
	    _("the pattern is wrong at character %zu: %s"), offset + 1, error->text);
	c->err = -1;
}

static void complain_of_word(
    struct compiling *c, const struct row *row, const char *column, struct str unknown)
{
	struct arena *a = &c->diag->arena;
	diag_add(c->diag, DIAG_ERROR, "checklist-word",
	    place_find(c->table, c->bytes, NULL, row, column), unknown,
	    diag_nearest(a, audit_words_nearest(a, c->words, unknown),
	        _("Add it to data/audit-words.csv, or write the wording itself.")),
	    _("data/audit-words.csv has no such word"));
	c->err = -1;
}

/* The cell with its words written out; NULL stays. */
static const char *expand(struct compiling *c, struct arena *a, const struct row *row,
    const char *column, const char *source)
{
	struct str unknown;
	const char *full = audit_words_expand(a, c->words, source, &unknown);
	if (unknown.n && !(c->words && c->words->partial))
		complain_of_word(c, row, column, unknown);
	return unknown.n ? NULL : full;
}

/* full: what source means */
static struct pattern *compile(struct compiling *c, const struct row *row, const char *column,
    const char *source, const char *full)
{
	struct pattern *p = NULL;
	struct pattern_error error;
	if (full && pattern_compile_in(&p, c->set, str_of(full), &error) < 0)
		complain(c, row, column, source, &error);
	return p;
}

static bool holds_on(const struct checklist_item *item, struct date day)
{
	if (!date_is_set(day))
		return true;
	if (date_is_set(item->valid_from) && date_cmp(day, item->valid_from) < 0)
		return false;
	return !date_is_set(item->valid_to) || date_cmp(day, item->valid_to) <= 0;
}

static void check_types(struct compiling *c, const struct checklist_item *item)
{
	struct str rest = str_of(item->types), word;
	while (item->types && str_next(&rest, '|', &word)) {
		const char *text = arena_strndup(&c->diag->arena, word.p, word.n);
		bool known =
		    str_is(word, "any") || str_is(word, "document") || str_is(word, "image");
		for (size_t i = 0; sniff_words[i]; i++)
			known |= strcmp(sniff_words[i], text) == 0;
		if (known)
			continue;
		diag_add(c->diag, DIAG_ERROR, "checklist-type",
		    place_find(c->table, c->bytes, NULL, &item->row, "types"), word,
		    diag_nearest(&c->diag->arena, str_nearest(text, sniff_words),
		        _("Kinds of files are: pdf doc docx xls xlsx odt ods rtf html zip, document, image, any.")),
		    _("this is no kind of file"));
		c->err = -1;
	}
}

/* All that a verdict depends on, one field after the other. */
static void add_version(struct hash *h, const struct checklist_item *i)
{
	const char *const texts[] = {i->id, i->section, i->words, i->exclude, i->text, i->types,
	    i->itemprop, i->parent, i->page, i->not_applicable};
	for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++) {
		hash_add(h, str_of(texts[k]));
		hash_add(h, STR("\x1F"));
	}
	struct buf numbers = BUF_INIT(BUF_LINE);
	buf_addf(&numbers, "%d %lld %d %lld %d\n", (int)i->off_site, (long long)i->max_age,
	    i->school_year, (long long)i->at_least, (int)i->may_be_absent);
	hash_add(h, buf_str(&numbers));
	buf_clear(&numbers);
}

static void add_rule(struct compiling *c, struct arena *a, struct checklist_rule *out,
    const struct checklist_item *item, struct hash *version)
{
	const struct row *row = &item->row;
	struct checklist_item full = *item;
	full.section = expand(c, a, row, "section", item->section);
	full.words = expand(c, a, row, "words", item->words);
	full.exclude = expand(c, a, row, "exclude", item->exclude);
	full.text = expand(c, a, row, "text", item->text);
	full.not_applicable = expand(c, a, row, "not_applicable_when", item->not_applicable);
	*out = (struct checklist_rule){.item = item,
	    .section = compile(c, row, "section", item->section, full.section),
	    .words = compile(c, row, "words", item->words, full.words),
	    .exclude = compile(c, row, "exclude", item->exclude, full.exclude),
	    .text = compile(c, row, "text", item->text, full.text),
	    .not_applicable =
	        compile(c, row, "not_applicable_when", item->not_applicable, full.not_applicable)};
	add_version(version, &full);
}

int checklist_compile(struct checklist *out, struct arena *a, const struct table *items,
    const struct table *words, struct date day, struct str bytes, struct diag *diag)
{
	struct compiling c = {items, words, bytes, diag, 0, pattern_set_new()};
	struct hash version;
	const struct checklist_item *rows = items->rows;
	*out = (struct checklist){
	    .rules = arena_array(a, items->count + 1, sizeof(*out->rules)), .patterns = c.set};
	hash_begin(&version);
	for (size_t i = 0; i < items->count; i++) {
		if (!holds_on(&rows[i], day))
			continue;
		check_types(&c, &rows[i]);
		add_rule(&c, a, &out->rules[out->count++], &rows[i], &version);
	}
	pattern_set_build(c.set);
	memcpy(out->version, hash_end(&version).s, CHECKLIST_VERSION);
	return c.err;
}

void checklist_clear(struct checklist *c)
{
	for (size_t i = 0; i < c->count; i++) {
		pattern_free(c->rules[i].section);
		pattern_free(c->rules[i].words);
		pattern_free(c->rules[i].exclude);
		pattern_free(c->rules[i].text);
		pattern_free(c->rules[i].not_applicable);
	}
	pattern_set_free(c->patterns);
	*c = (struct checklist){0};
}

const struct checklist_rule *checklist_rule(const struct checklist *c, const char *item)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->rules[i].item->id, item) == 0)
			return &c->rules[i];
	return NULL;
}

int checklist_fits(const struct checklist_rule *r, struct str folded, unsigned *hard)
{
	int words = r->words ? pattern_find_name(r->words, folded, hard) : 0;
	int exclude = words && r->exclude ? pattern_find_name(r->exclude, folded, hard) : 0;
	if (words == 0 || exclude == 1)
		return 0;
	return words == 1 && exclude == 0 ? 1 : PATTERN_LIMIT;
}

/* -- signatures ------------------------------------------------------------------- */

int signatures_compile(struct signatures *out, struct arena *a, const struct table *rows,
    struct str bytes, struct diag *diag)
{
	struct compiling c = {rows, NULL, bytes, diag, 0, pattern_set_new()};
	const struct audit_signature *all = rows->rows;
	*out = (struct signatures){
	    .rules = arena_array(a, rows->count + 1, sizeof(*out->rules)), .patterns = c.set};
	for (size_t i = 0; i < rows->count; i++) {
		struct pattern *p =
		    compile(&c, &all[i].row, "pattern", all[i].pattern, all[i].pattern);
		if (p)
			out->rules[out->count++] = (struct signature_rule){&all[i], p};
	}
	pattern_set_build(c.set);
	return c.err;
}

void signatures_clear(struct signatures *s)
{
	for (size_t i = 0; i < s->count; i++)
		pattern_free(s->rules[i].pattern);
	pattern_set_free(s->patterns);
	*s = (struct signatures){0};
}

/* -- examples ----------------------------------------------------------------------- */

struct trying {
	struct compiling c;
	const struct row *row;
	const char *column;
	bool wanted;
};

/* fits: 1, 0 or PATTERN_LIMIT */
static void try(struct trying *t, struct str example, int fits)
{
	if (fits == (int)t->wanted)
		return;
	t->c.err = -1;
	diag_add(t->c.diag, DIAG_ERROR, "checklist-example",
	    place_find(t->c.table, t->c.bytes, NULL, t->row, t->column), example,
	    _("Change the pattern or the example."), "%s",
	    fits == PATTERN_LIMIT ? _("the pattern takes too many steps over this example")
	        : t->wanted       ? _("the pattern does not fit this example")
	                          : _("the pattern fits this example, which it should not"));
}

/* One list of a row: each part of it is asked of `fits` (1, 0, PATTERN_LIMIT). */
static void try_list(struct trying *t, const struct row *row, bool wanted, const char *list,
    int (*fits)(const void *rule, struct str folded), const void *rule)
{
	struct arena scratch = ARENA_INIT;
	struct str rest = str_of(list), example;
	t->row = row;
	t->wanted = wanted;
	t->column = wanted ? "examples" : "counterexamples";
	while (str_next(&rest, '|', &example))
		try(t, example, fits(rule, fold_text(&scratch, example)));
	arena_clear(&scratch);
}

static int rule_fits(const void *rule, struct str folded)
{
	return checklist_fits(rule, folded, NULL);
}

static int pattern_fits(const void *rule, struct str folded)
{
	return pattern_find(rule, folded, NULL);
}

int checklist_examples(
    const struct checklist *c, const struct table *items, struct str bytes, struct diag *diag)
{
	struct trying t = {.c = {.table = items, .bytes = bytes, .diag = diag}};
	for (size_t i = 0; i < c->count; i++) {
		const struct checklist_item *item = c->rules[i].item;
		/* A pattern that is none has its own message. */
		if ((item->words && !c->rules[i].words) || (item->exclude && !c->rules[i].exclude))
			continue;
		try_list(&t, &item->row, false, item->counterexamples, rule_fits, &c->rules[i]);
		try_list(&t, &item->row, true, item->examples, rule_fits, &c->rules[i]);
	}
	return t.c.err;
}

int signatures_examples(
    const struct signatures *s, const struct table *rows, struct str bytes, struct diag *diag)
{
	struct trying t = {.c = {.table = rows, .bytes = bytes, .diag = diag}};
	for (size_t i = 0; i < s->count; i++) {
		const struct audit_signature *row = s->rules[i].signature;
		const struct pattern *p = s->rules[i].pattern;
		try_list(&t, &row->row, false, row->counterexamples, pattern_fits, p);
		try_list(&t, &row->row, true, row->examples, pattern_fits, p);
	}
	return t.c.err;
}

int words_examples(const struct table *words, struct str bytes, struct diag *diag)
{
	struct trying t = {.c = {.table = words, .bytes = bytes, .diag = diag}};
	const struct audit_word *rows = words->rows;
	for (size_t i = 0; i < words->count; i++) {
		const struct audit_word *w = &rows[i];
		t.c.set = pattern_set_new();
		struct pattern *p = compile(&t.c, &w->row, "pattern", w->pattern, w->pattern);
		pattern_set_build(t.c.set);
		if (p) {
			try_list(&t, &w->row, false, w->counterexamples, pattern_fits, p);
			try_list(&t, &w->row, true, w->examples, pattern_fits, p);
		}
		pattern_free(p);
		pattern_set_free(t.c.set);
	}
	return t.c.err;
}
