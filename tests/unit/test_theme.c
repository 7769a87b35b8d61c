/*
 * The shipped theme: its words are complete in both languages, asked for and
 * nowhere else. The templates are read tag by tag, the sources of the render
 * floor string by string.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "compute/indicator.h"
#include "model/content.h"
#include "model/method.h"
#include "model/schema.h"
#include "support_render.h"
#include "text/template_scan.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct theme_test {
	struct arena a;
	struct diag diag;
	struct theme ru, en;
	struct map keys;     /* asked for by name → where */
	struct map prefixes; /* "status_" → where */
	struct map literals; /* every string of the sources */
};

static struct theme_test t;

/* -- C sources ------------------------------------------------------------- */

/* Where the key stands among the arguments. */
static const struct asker {
	const char *name;
	int key;
	bool prefix;
} askers[] = {
    {"words_get", 1, false},
    {"words_has", 1, false},
    {"words_of", 1, true},
    {"phrase", 2, false},
    {"phrase_count", 2, false},
};

struct c_source {
	const char *file, *p;
	int line;
	const struct asker *asker; /* of the call being read, or NULL */
	int depth, opened, argument;
};

/* A key made by arena_printf("x_%s") is a prefix too. */
static void ask(const struct c_source *s, const char *text)
{
	const char *where = arena_printf(&t.a, "%s:%d", s->file, s->line);
	bool key = s->asker && s->argument == s->asker->key;
	struct str head = {text, key ? strcspn(text, "%") : strlen(text)};
	bool prefix = key && (s->asker->prefix || head.n < strlen(text));
	map_put(&t.literals, head, (void *)(uintptr_t)where);
	if (key)
		map_put(prefix ? &t.prefixes : &t.keys, head, (void *)(uintptr_t)where);
}

static const char *read_string(struct c_source *s)
{
	struct buf out = BUF_INIT(BUF_LINE);
	for (s->p++; *s->p && *s->p != '"'; s->p++) {
		if (*s->p == '\\' && s->p[1])
			buf_addc(&out, *s->p++);
		buf_addc(&out, *s->p);
	}
	s->p += *s->p == '"';
	const char *text = arena_strndup(&t.a, out.data, out.len);
	buf_clear(&out);
	return text;
}

static bool skip_comment(struct c_source *s)
{
	if (s->p[0] == '/' && s->p[1] == '/') {
		while (*s->p && *s->p != '\n')
			s->p++;
		return true;
	}
	if (s->p[0] != '/' || s->p[1] != '*')
		return false;
	for (s->p += 2; *s->p && !(s->p[0] == '*' && s->p[1] == '/'); s->p++)
		s->line += *s->p == '\n';
	s->p += *s->p ? 2 : 0;
	return true;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_';
}

static void read_name(struct c_source *s)
{
	const char *from = s->p;
	while (is_name(*s->p))
		s->p++;
	struct str name = {from, (size_t)(s->p - from)};
	const char *next = s->p;
	while (*next == ' ' || *next == '\n' || *next == '\t')
		next++;
	for (size_t i = 0; *next == '(' && i < sizeof(askers) / sizeof(*askers); i++)
		if (str_is(name, askers[i].name)) {
			s->asker = &askers[i];
			s->opened = s->depth + 1;
			s->argument = 0;
		}
}

static void read_sign(struct c_source *s)
{
	if (*s->p == '(')
		s->depth++;
	if (*s->p == ')' && s->asker && s->depth == s->opened)
		s->asker = NULL;
	if (*s->p == ')')
		s->depth--;
	if (*s->p == ',' && s->asker && s->depth == s->opened)
		s->argument++;
	if (*s->p == '\'' && s->p[1])
		s->p += s->p[1] == '\\' ? 3 : 2;
	s->line += *s->p == '\n';
	s->p++;
}

static void read_source(const char *file, struct str text)
{
	struct c_source s = {.file = file, .p = text.p, .line = 1};
	while (*s.p) {
		if (skip_comment(&s))
			continue;
		if (*s.p == '"')
			ask(&s, read_string(&s));
		else if (is_name(*s.p))
			read_name(&s);
		else
			read_sign(&s);
	}
}

static void read_sources(void)
{
	DIR *dir = opendir("generator/render");
	if (!dir)
		fail_msg("tests run from the root of the repository");
	for (struct dirent *e; (e = readdir(dir));)
		if (str_ends(str_of(e->d_name), ".c")) {
			const char *file = arena_printf(&t.a, "generator/render/%s", e->d_name);
			read_source(file, rendering_read(&t.a, file));
		}
	closedir(dir);
}

/* -- templates ------------------------------------------------------------- */

static void read_template(const struct theme_source *source)
{
	struct scanner s = {.source = source->text, .file = source->file, .diag = &t.diag};
	struct tag tag;
	scan_begin(&s);
	while (scan_tag(&s, &tag)) {
		s.pos = tag.end;
		if (!str_starts(tag.name, "t.") || tag.sigil == '/')
			continue;
		struct str key = {tag.name.p + 2, tag.name.n - 2};
		const char *where = arena_printf(&t.a, "%s:%u", source->file, tag.at.line);
		map_put(&t.keys, key, (void *)(uintptr_t)where);
	}
}

static int begin(void **state)
{
	(void)state;
	t.diag = (struct diag)DIAG_INIT;
	t.keys = (struct map)MAP_INIT(&t.a);
	t.prefixes = (struct map)MAP_INIT(&t.a);
	t.literals = (struct map)MAP_INIT(&t.a);
	int err = rendering_theme(&t.ru, &t.a, "ru", &t.diag);
	err |= rendering_theme(&t.en, &t.a, "en", &t.diag);
	if (err || t.diag.count) {
		diag_sort(&t.diag);
		diag_print(&t.diag, stderr, false);
	}
	for (size_t i = 0; i < t.ru.files.count; i++)
		if (str_starts(t.ru.files.entries[i].key, "templates/"))
			read_template(t.ru.files.entries[i].value);
	read_sources();
	return err;
}

static int end(void **state)
{
	(void)state;
	diag_clear(&t.diag);
	arena_clear(&t.a);
	return 0;
}

/* -- tests ---------------------------------------------------------------- */

static void test_ready(void **state)
{
	(void)state;
	assert_int_equal(t.diag.count, 0);
	/* That something was read at all. */
	assert_true(t.keys.count > 100);
	assert_true(t.prefixes.count > 10);
	assert_non_null(map_get(&t.keys, STR("skip")));
	assert_non_null(map_get(&t.keys, STR("source_row")));
	assert_non_null(map_get(&t.prefixes, STR("menu_")));
}

static void test_every_key_is_there(void **state)
{
	int missing = 0;
	(void)state;
	for (size_t i = 0; i < t.keys.count; i++) {
		const struct map_entry *e = &t.keys.entries[i];
		if (words_has(&t.ru.words, e->key.p))
			continue;
		print_error(
		    "%s asks for %s, which ru.yaml does not have\n", (char *)e->value, e->key.p);
		missing++;
	}
	assert_int_equal(missing, 0);
}

static bool begins_a_key(struct str prefix)
{
	for (size_t i = 0; i < t.ru.words.texts.count; i++) {
		struct str key = t.ru.words.texts.entries[i].key;
		if (key.n > prefix.n && memcmp(key.p, prefix.p, prefix.n) == 0)
			return true;
	}
	return false;
}

static void test_every_prefix_is_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < t.prefixes.count; i++)
		if (!begins_a_key(t.prefixes.entries[i].key))
			fail_msg("%s asks for %s…, and no key begins so",
			    (char *)t.prefixes.entries[i].value, t.prefixes.entries[i].key.p);
}

/* A template sees plain texts only: one with forms would show nothing. */
static void test_templates_ask_for_plain_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < t.keys.count; i++) {
		const struct map_entry *e = &t.keys.entries[i];
		if (!strstr(e->value, ".mustache"))
			continue;
		uint32_t hash = view_hash(e->key.p, e->key.n);
		const struct value *v = view_get(t.ru.words.view, e->key.p, e->key.n, hash);
		if (!v)
			fail_msg("%s: %s has forms", (char *)e->value, e->key.p);
		/* {body} is filled once for a department */
		const char *slot = memchr(v->as.text.p, '{', v->as.text.n);
		while (slot && strncmp(slot, "{body}", strlen("{body}")) == 0)
			slot = strchr(slot + 1, '{');
		if (slot)
			fail_msg("%s: %s has slots", (char *)e->value, e->key.p);
	}
}

static int compare_keys(const struct words *x, const struct words *y, const char *language)
{
	int missing = 0;
	for (size_t i = 0; i < x->texts.count; i++)
		if (!words_has(y, x->texts.entries[i].key.p)) {
			print_error("%s does not have %s\n", language, x->texts.entries[i].key.p);
			missing++;
		}
	return missing;
}

static void test_same_keys(void **state)
{
	(void)state;
	int missing = compare_keys(&t.ru.words, &t.en.words, "en.yaml");
	missing += compare_keys(&t.en.words, &t.ru.words, "ru.yaml");
	assert_int_equal(missing, 0);
}

static bool is_used(struct str key)
{
	if (map_get(&t.keys, key) || map_get(&t.literals, key))
		return true;
	for (size_t i = 0; i < t.literals.count; i++) {
		struct str prefix = t.literals.entries[i].key;
		if (prefix.n > 3 && prefix.p[prefix.n - 1] == '_' && prefix.n < key.n &&
		    memcmp(prefix.p, key.p, prefix.n) == 0)
			return true;
	}
	return false;
}

static void test_no_key_is_unused(void **state)
{
	int unused = 0;
	(void)state;
	for (size_t i = 0; i < t.ru.words.texts.count; i++) {
		struct str key = t.ru.words.texts.entries[i].key;
		if (is_used(key))
			continue;
		print_error("nothing asks for %.*s\n", (int)key.n, key.p);
		unused++;
	}
	assert_int_equal(unused, 0);
}

/* The names of the slots of a text, sorted, in all its forms together. */
static const char *slots_of(const struct words *w, const char *key)
{
	static const long long numbers[] = {1, 2, 5};
	struct buf out = BUF_INIT(BUF_LINE);
	for (char c = 'a'; c <= 'z'; c++)
		for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
			const char *text = phrase_count(w, &t.a, key, numbers[i], "n", "{n}", NULL);
			for (const char *p = strchr(text, '{'); p; p = strchr(p + 1, '{')) {
				size_t len = strcspn(p, "}") + 1;
				struct str slot = {p, len};
				const char *name = arena_strndup(&t.a, slot.p, slot.n);
				if (p[1] == c && !strstr(out.data, name))
					buf_adds(&out, name);
			}
		}
	const char *slots = arena_strndup(&t.a, out.data, out.len);
	buf_clear(&out);
	return slots;
}

/* {n} of a text with forms is filled by itself and may be left out of one. */
static void test_same_slots(void **state)
{
	(void)state;
	for (size_t i = 0; i < t.ru.words.texts.count; i++) {
		const char *key = t.ru.words.texts.entries[i].key.p;
		const char *ru = slots_of(&t.ru.words, key), *en = slots_of(&t.en.words, key);
		if (strcmp(ru, en) != 0)
			fail_msg("%s: slots %s in Russian, %s in English", key, ru, en);
	}
}

static bool has_cyrillic(struct str text)
{
	for (size_t i = 0; i + 1 < text.n; i++)
		if ((unsigned char)text.p[i] == 0xD0 || (unsigned char)text.p[i] == 0xD1)
			return true;
	return false;
}

static void test_no_words_outside(void **state)
{
	int found = 0;
	(void)state;
	for (size_t i = 0; i < t.ru.files.count; i++) {
		const struct map_entry *e = &t.ru.files.entries[i];
		const struct theme_source *source = e->value;
		if (!str_is(e->key, "i18n/ru.yaml") && has_cyrillic(source->text)) {
			print_error("%s holds Russian text\n", source->file);
			found++;
		}
	}
	for (size_t i = 0; i < t.literals.count; i++) {
		const struct map_entry *e = &t.literals.entries[i];
		/* The charts know how wide letters are. */
		bool letters = strstr(e->value, "/chart.c:") != NULL;
		if (has_cyrillic(e->key) && !letters) {
			print_error("%s holds Russian text: %s\n", (char *)e->value, e->key.p);
			found++;
		}
	}
	assert_int_equal(found, 0);
}

/* Words of the closed lists: all that a page may ask for. */
static void assert_list(const char *prefix, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(words_of(&t.ru.words, prefix, *words), *words) == 0)
			fail_msg("ru.yaml has no text for %s%s", prefix, *words);
}

static void test_closed_lists(void **state)
{
	(void)state;
	for (int i = INDICATOR_NO_TARGET; i <= INDICATOR_NOT_ACHIEVED; i++)
		assert_list("status_", (const char *const[]){statuses[i], NULL});
	for (int i = OUTCOME_IDENTIFIED; i <= OUTCOME_UNDETERMINED; i++)
		assert_list("outcome_", (const char *const[]){outcomes[i], NULL});
	assert_list("method_category_", categories);
	assert_list("method_kind_", method_kinds);
	assert_list("document_kind_", document_kinds);
	assert_list("document_kinds_", document_kinds);
	assert_list("cycle_", cycle_positions);
	assert_list("passport_", passport_keys);
	assert_list("chart_measure_", result_fields);
}

static void test_tables_have_names(void **state)
{
	(void)state;
	for (int id = 0; id < DEPARTMENT_TABLES; id++) {
		const char *file = schema_of((enum table_id)id)->file;
		if (id == TABLE_AUDIT_EVIDENCE)
			continue;
		const char *name = arena_strndup(&t.a, file, strcspn(file, "/."));
		const char *const list[] = {name, NULL};
		assert_list("table_", list);
		assert_list("table_about_", list);
	}
}

/* An overriding theme of the site wins file by file. */
static void test_first_file_wins(void **state)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct theme theme;
	(void)state;
	theme_init(&theme, &a, &diag);
	theme_file(&theme, "templates/index.mustache", "own", STR("own"));
	theme_file(&theme, "templates/index.mustache", "shipped", STR("shipped"));
	theme_file(&theme, "css/20-b.css", "b", STR("b{}"));
	theme_file(&theme, "css/10-a.css", "a", STR("a{}\n"));
	theme_file(&theme, "static/icon.svg", "icon", STR("<svg/>"));
	theme_file(&theme, "i18n/en.yaml", "en", STR("a: A\n"));
	/* The other page templates are missing, and each is named. */
	assert_int_equal(theme_ready(&theme, "en"), -1);
	size_t pages = 0;
	while (theme_pages[pages])
		pages++;
	assert_int_equal(diag.errors, pages - 1);
	assert_string_equal(diag.items[0].rule, "template-missing");
	struct buf out = BUF_INIT(BUF_LINE);
	assert_int_equal(
	    template_render(theme_template(&theme, "index"), view_new(&a), &out, NULL), 0);
	assert_string_equal(out.data, "own");
	buf_clear(&out);
	assert_null(theme_template(&theme, "school"));
	/* Style sheets are one file, in order of name, named by content. */
	assert_int_equal(theme.nassets, 2);
	assert_string_equal(theme.assets[0].path, theme.style);
	assert_memory_equal(theme.assets[0].bytes.p, "a{}\nb{}\n", 8);
	struct hash_text hash = hash_sha256(STR("a{}\nb{}\n"));
	assert_string_equal(theme.style, arena_printf(&a, "assets/style-%.8s.css", hash.s));
	assert_non_null(theme.icon);
	assert_null(theme.script);
	diag_clear(&diag);
	arena_clear(&a);
}

static void test_language_missing(void **state)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct theme theme;
	(void)state;
	theme_init(&theme, &a, &diag);
	assert_int_equal(theme_ready(&theme, "ru"), -1);
	assert_string_equal(diag.items[0].rule, "theme-words");
	diag_clear(&diag);
	arena_clear(&a);
}

static const struct theme_asset *asset(const struct theme *theme, const char *beginning)
{
	for (size_t i = 0; i < theme->nassets; i++)
		if (str_starts(str_of(theme->assets[i].path), beginning))
			return &theme->assets[i];
	fail_msg("no %s", beginning);
	return NULL;
}

/* One script: its words first, in the site's language, and nothing in it that
 * only its own readers need. */
static void test_scripts(void **state)
{
	(void)state;
	struct str ru = asset(&t.ru, "assets/script-")->bytes;
	struct str en = asset(&t.en, "assets/script-")->bytes;
	struct str early = asset(&t.ru, "assets/early-")->bytes;
	assert_true(
	    str_starts(ru, "'use strict';\nconst vidno={\"words\":{\"sort\":\"Упорядочить\""));
	assert_true(str_starts(en, "'use strict';\nconst vidno={\"words\":{\"sort\":\"Sort by\""));
	assert_null(memmem(ru.p, ru.n, "\n//", 3));
	assert_null(memmem(ru.p, ru.n, "\n\t", 2));
	assert_null(memmem(ru.p, ru.n, "script_", 7)); /* every word is there */
	assert_null(memmem(en.p, en.n, "script_", 7));
	assert_non_null(memmem(early.p, early.n, "localStorage", 12));
	assert_null(memmem(ru.p, ru.n, "localStorage.getItem", 20)); /* that is the other file's */
	assert_string_equal(t.ru.early, asset(&t.ru, "assets/early-")->path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_scripts),
	    cmocka_unit_test(test_ready),
	    cmocka_unit_test(test_every_key_is_there),
	    cmocka_unit_test(test_every_prefix_is_there),
	    cmocka_unit_test(test_templates_ask_for_plain_texts),
	    cmocka_unit_test(test_same_keys),
	    cmocka_unit_test(test_no_key_is_unused),
	    cmocka_unit_test(test_same_slots),
	    cmocka_unit_test(test_no_words_outside),
	    cmocka_unit_test(test_closed_lists),
	    cmocka_unit_test(test_tables_have_names),
	    cmocka_unit_test(test_first_file_wins),
	    cmocka_unit_test(test_language_missing),
	};
	return cmocka_run_group_tests_name("theme", tests, begin, end);
}
