/* What a text must hold for a pattern to fit: no match is lost by asking for it
 * first. A pattern needs nothing when it has an alternative that needs nothing,
 * even one that never fits: so the same pattern is tried without the question. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/buf.h"
#include "model/audit_words.h"
#include "model/checklist.h"
#include "model/table.h"
#include "support_random.h"
#include "text/fold.h"
#include "text/pattern.h"
#include "text/pattern_need.h"

static bool may_fit(const char *source, const char *subject)
{
	struct arena a = ARENA_INIT;
	struct literals literals;
	uint64_t found[4];
	literals_begin(&literals, &a);
	const struct need *need = pattern_need_read(&a, &literals, str_of(source));
	literals_build(&literals);
	assert_true(literals_words(&literals) <= 4);
	literals_find(&literals, str_of(subject), found);
	bool met = !need || pattern_need_met(need, found);
	arena_clear(&a);
	return met;
}

static void needs(void **state)
{
	(void)state;
	assert_true(may_fit("план", "ПЛАН"));
	assert_false(may_fit("план", "плен"));
	assert_true(may_fit("план\\w* .{0,80}(качеств|рост)", "роста план"));
	assert_false(may_fit("план\\w* .{0,80}(качеств|рост)", "план"));
	assert_false(may_fit("план\\w* .{0,80}(качеств|рост)", "качества"));
	assert_true(may_fit("пла(н|т|)", "пла"));
	assert_false(may_fit("плана*т", "пла"));
	assert_true(may_fit("плана*т", "плант"));
	assert_true(may_fit("(план)?", ""));
	assert_true(may_fit("(план){0}", ""));
	assert_false(may_fit("(план){10}", ""));
	assert_false(may_fit("(?=.*план)(?!хвост)", "хвост"));
	assert_true(may_fit("(?=.*план)(?!хвост)", "план"));
	assert_false(may_fit("(?m)^план[]x]a\\.b", "план]a.c"));
	assert_true(may_fit("(?m)^план[]x]a\\.b", "план]a.b"));
}

/* Of these nothing is known. */
static void not_understood(void **state)
{
	(void)state;
	const char *const sources[] = {"план\\x41", "[\\Qa]план\\E]", "(?i)план", "(?x)п л ан",
	    "(?<a>план)", "план\\1(a)", "план{", "план{,3}", "(*UTF)план", "[[:alpha:]]план",
	    "(?#план)", "\\Qплан\\E", "план{2}{0}", "(план|я)", "№план"};
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		assert_true(may_fit(sources[i], "другое"));
}

/* -- with and without ------------------------------------------------------------ */

struct both {
	struct pattern *asking, *plain;
};

static bool compile_both(struct both *b, const char *source)
{
	struct buf plain = BUF_INIT(BUF_PAGE);
	struct pattern_error error;
	buf_addf(&plain, "(?:%s)|(?!)", source);
	bool good = pattern_compile(&b->asking, str_of(source), &error) == 0 &&
	    pattern_compile(&b->plain, buf_str(&plain), &error) == 0;
	buf_clear(&plain);
	return good;
}

/* Where the plain one gave up, nobody knows. */
static bool agree(const struct both *b, struct str subject)
{
	struct pattern_span x = {0}, y = {0};
	int plain = pattern_find(b->plain, subject, &y);
	int asking = pattern_find(b->asking, subject, &x);
	if (plain == PATTERN_LIMIT || (asking == plain && x.from == y.from && x.to == y.to))
		return true;
	print_error("%.*s\n", (int)subject.n, subject.p);
	return false;
}

static void free_both(struct both *b)
{
	pattern_free(b->asking);
	pattern_free(b->plain);
}

/* Every character that is one of these letters without regard to case may be
 * one where they are looked for. */
static void all_cases(void **state)
{
	(void)state;
	struct both class, one;
	size_t count = 0;
	struct buf letters = BUF_INIT(BUF_PAGE);
	for (int32_t code = ' '; code < 0x450; code = code == '~' ? 0x410 : code + 1) {
		char text[4];
		size_t n = utf8_encode(code, text);
		buf_addf(&letters, "%s%s%.*sq", letters.len ? "|" : "",
		    strchr("\\^$.[|()?*+{", text[0]) ? "\\" : "", (int)n, text);
	}
	assert_true(compile_both(&class, "[ -~А-я]"));
	assert_true(compile_both(&one, letters.data));
	for (int32_t code = 1; code < 0x110000; code++) {
		char text[8];
		size_t n = utf8_encode(code, text);
		if ((code >= 0xD800 && code < 0xE000) ||
		    pattern_find(class.plain, (struct str){text, n}, NULL) != 1)
			continue;
		count++;
		memcpy(text + n, "q", 1);
		assert_int_equal(pattern_find(one.asking, (struct str){text, n + 1}, NULL), 1);
	}
	assert_true(count > 95 + 64 + 2);
	free_both(&class);
	free_both(&one);
	buf_clear(&letters);
}

static void add_random(struct buf *out, uint64_t *seed, const char *const *parts, unsigned count)
{
	buf_adds(out, parts[random_number(seed, count)]);
}

static void add_pattern(struct buf *out, uint64_t *seed, int depth)
{
	static const char *const atoms[] = {"а", "б", "Б", "к", "k", "s", "x", "1", " ", "-", ".",
	    "\\w", "\\b", "\\.", "[аб]", "[^x]", "^", "е", "ё", "№", "аб", "xs", "ба"};
	static const char *const counts[] = {
	    "", "", "", "", "", "?", "*", "+", "{2}", "{0,2}", "*?", "{1,}", "++"};
	static const char *const groups[] = {"(", "(?:", "(?=", "(?!", "(?m)("};
	unsigned length = 1 + random_number(seed, 4);
	for (unsigned i = 0; i < length; i++) {
		if (i && random_number(seed, 5) == 0)
			buf_adds(out, "|");
		if (depth && random_number(seed, 3) == 0) {
			add_random(out, seed, groups, 5);
			add_pattern(out, seed, depth - 1);
			buf_adds(out, ")");
		} else {
			add_random(out, seed, atoms, sizeof(atoms) / sizeof(*atoms));
		}
		add_random(out, seed, counts, sizeof(counts) / sizeof(*counts));
	}
}

static void add_text(struct buf *out, uint64_t *seed)
{
	static const char *const parts[] = {"а", "А", "б", "Б", "к", "k", "K", "\u212A", "s",
	    "\u017F", "x", "1", " ", "-", ".", "\u1C82", "е", "Е", "№", "аб", "xs", "ба", "\n",
	    "п"};
	for (unsigned length = random_number(seed, 12); length; length--)
		add_random(out, seed, parts, sizeof(parts) / sizeof(*parts));
}

static void by_chance(void **state)
{
	(void)state;
	struct buf source = BUF_INIT(BUF_PAGE), text = BUF_INIT(BUF_PAGE);
	uint64_t seed = 1;
	size_t compiled = 0;
	for (int i = 0; i < 20000; i++) {
		struct both b = {0};
		buf_reset(&source);
		add_pattern(&source, &seed, 3);
		if (compile_both(&b, source.data)) {
			compiled++;
			for (int k = 0; k < 20; k++) {
				buf_reset(&text);
				add_text(&text, &seed);
				if (!agree(&b, buf_str(&text)))
					fail_msg("%s", source.data);
			}
		}
		free_both(&b);
	}
	assert_true(compiled > 10000);
	buf_clear(&source);
	buf_clear(&text);
}

/* -- the shipped lists --------------------------------------------------------------- */

struct lists {
	struct arena arena;
	struct diag diag;
	struct table items, order, words, signatures;
	struct buf texts; /* all examples, parted by line feeds */
};

static void read_list(struct lists *l, struct table *out, enum table_id id, const char *path)
{
	const struct table *tables[TABLE_COUNT] = {[TABLE_CHECKLIST] = out};
	struct table_context context = {.arena = &l->arena, .diag = &l->diag, .tables = tables};
	struct buf bytes = BUF_INIT(BUF_FILE);
	char block[4096];
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	for (size_t got; (got = fread(block, 1, sizeof(block), f)) > 0;)
		buf_add(&bytes, block, got);
	fclose(f);
	table_read(out, &context, id, path, buf_keep(&l->arena, &bytes));
}

static void add_examples(struct lists *l, const char *list)
{
	struct str rest = str_of(list), example;
	while (list && str_next(&rest, '|', &example)) {
		struct str folded = fold_text(&l->arena, example);
		buf_addf(
		    &l->texts, "%.*s\n%.*s\n", (int)example.n, example.p, (int)folded.n, folded.p);
	}
}

static void try_pattern(struct lists *l, const char *source)
{
	struct both b;
	struct str unknown, rest = buf_str(&l->texts), text;
	const char *full =
	    source ? audit_words_expand(&l->arena, &l->words, source, &unknown) : NULL;
	if (!full)
		return;
	assert_true(compile_both(&b, full));
	while (str_next(&rest, '\n', &text))
		if (!agree(&b, text))
			fail_msg("%s", source);
	free_both(&b);
}

static void try_items(struct lists *l, const struct table *items)
{
	const struct checklist_item *rows = items->rows;
	for (size_t i = 0; i < items->count; i++) {
		try_pattern(l, rows[i].section);
		try_pattern(l, rows[i].words);
		try_pattern(l, rows[i].exclude);
		try_pattern(l, rows[i].text);
		try_pattern(l, rows[i].not_applicable);
	}
}

static void shipped_lists(void **state)
{
	(void)state;
	struct lists l = {.arena = ARENA_INIT, .diag = DIAG_INIT, .texts = BUF_INIT(BUF_FILE)};
	read_list(&l, &l.words, TABLE_WORDS, "data/audit-words.csv");
	read_list(&l, &l.items, TABLE_CHECKLIST, "data/audit-checklist.csv");
	read_list(&l, &l.order, TABLE_CHECKLIST, "data/audit-order-1493.csv");
	read_list(&l, &l.signatures, TABLE_SIGNATURES, "data/audit-signatures.csv");
	const struct checklist_item *items = l.items.rows;
	const struct audit_signature *signatures = l.signatures.rows;
	const struct audit_word *words = l.words.rows;
	for (size_t i = 0; i < l.items.count; i++) {
		add_examples(&l, items[i].examples);
		add_examples(&l, items[i].counterexamples);
	}
	for (size_t i = 0; i < l.signatures.count; i++) {
		add_examples(&l, signatures[i].examples);
		add_examples(&l, signatures[i].counterexamples);
	}
	for (size_t i = 0; i < l.words.count; i++) {
		add_examples(&l, words[i].examples);
		add_examples(&l, words[i].counterexamples);
	}
	assert_true(l.texts.len > 10000);
	try_items(&l, &l.items);
	try_items(&l, &l.order);
	for (size_t i = 0; i < l.signatures.count; i++)
		try_pattern(&l, signatures[i].pattern);
	buf_clear(&l.texts);
	diag_clear(&l.diag);
	arena_clear(&l.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(needs),
	    cmocka_unit_test(not_understood),
	    cmocka_unit_test(all_cases),
	    cmocka_unit_test(by_chance),
	    cmocka_unit_test(shipped_lists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
