/*
 * Any text under the patterns of the shipped lists, and any pattern.
 *
 * What a pattern finds lies within the text; and matching ends. A text that
 * begins with "/" holds a pattern of its own up to the next line. What it finds
 * is found whether or not the words that it needs are looked for before.
 */
#include "shipped.h"
#include "text/fold.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const struct pattern *p, struct str text)
{
	struct pattern_span where;
	if (p && pattern_find(p, text, &where) == 1 && (where.from > where.to || where.to > text.n))
		abort();
}

static void look_rule(const struct checklist_rule *r, struct str text)
{
	look(r->section, text);
	look(r->words, text);
	look(r->exclude, text);
	look(r->text, text);
	look(r->not_applicable, text);
}

/* With (?i) before it, which says nothing new, a pattern is one of those of
 * which nothing is known to be needed. */
static void compare(const struct pattern *p, struct arena *a, struct str source, struct str text)
{
	struct pattern *plain;
	struct pattern_error error;
	const char *marked = arena_printf(a, "(?i)%.*s", (int)source.n, source.p);
	if (pattern_compile(&plain, str_of(marked), &error) == 0 &&
	    pattern_find(plain, text, NULL) == 1 && pattern_find(p, text, NULL) == 0)
		abort();
	pattern_free(plain);
}

static void look_own(struct arena *a, struct str source, struct str text)
{
	struct pattern *p;
	struct pattern_error error;
	if (pattern_compile(&p, source, &error) == 0) {
		look(p, text);
		/* Verbs stand at the beginning alone, and "%s" ends at a NUL. */
		if (source.n && !str_starts(source, "(*") && !memchr(source.p, '\0', source.n))
			compare(p, a, source, text);
	}
	pattern_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct str rest = {(const char *)data, size}, line;
	if (str_starts(rest, "/") && str_next(&rest, '\n', &line))
		look_own(&a, (struct str){line.p + 1, line.n - 1}, fold_text(&a, rest));
	struct str text = fold_text(&a, rest);
	for (int i = 0; i < SHIPPED_LISTS; i++)
		for (size_t k = 0; k < shipped_list(i)->count; k++)
			look_rule(&shipped_list(i)->rules[k], text);
	for (size_t i = 0; i < shipped_signatures()->count; i++)
		look(shipped_signatures()->rules[i].pattern, text);
	arena_clear(&a);
	return 0;
}
