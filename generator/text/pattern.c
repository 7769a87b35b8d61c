/*
 * PCRE2 interprets the pattern with a limit on its steps, on how deep it
 * backs up, and on memory. It counts the steps of each place of the subject
 * at which a match could begin anew: a limit that no sensible pattern comes
 * near stops a bad one at its first places, before they add up over a long
 * text. Just-in-time compilation is left out: it would count the limits
 * otherwise, and verdicts must not hang on the machine.
 *
 * Menus and headings stand on every page of a site: the set remembers what came
 * of a text, and whether it was hard: the count of hard names must not hang on
 * what came before. Most texts are not even tried, since a word is missing that
 * the pattern needs.
 *
 * A text is tried with few steps first, and is hard when they do not do.
 */
#include "text/pattern.h"

#include "base/arena.h"
#include "text/pattern_set.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum { STEPS = 100000, DEPTH = 20000, HEAP_KIB = 20000 };

struct pattern {
	struct pattern_set *set;
	size_t number; /* in the set */
	bool alone;
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
};

/* ё as е: in Cyrillic UTF-8 both letters have two bytes. */
static void fold_io(char *text, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		if (memcmp(text + i, "ё", 2) == 0)
			memcpy(text + i, "е", 2);
		else if (memcmp(text + i, "Ё", 2) == 0)
			memcpy(text + i, "Е", 2);
	}
}

static int refuse(struct pattern_error *error, struct str source, int number, size_t offset)
{
	if (offset > source.n)
		offset = source.n;
	error->offset = utf8_length((struct str){source.p, offset});
	if (pcre2_get_error_message(number, (PCRE2_UCHAR *)error->text, sizeof(error->text)) < 0)
		error->text[0] = '\0';
	return -1;
}

/* text: the source with ё as е */
static pcre2_code *compile(struct str text, struct str source, struct pattern_error *error)
{
	int number;
	size_t offset;
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	if (!context)
		die_no_memory();
	pcre2_set_parens_nest_limit(context, 100);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.p, text.n,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C, &number, &offset,
	    context);
	pcre2_compile_context_free(context);
	if (!code)
		refuse(error, source, number, offset);
	return code;
}

int pattern_compile_in(
    struct pattern **out, struct pattern_set *set, struct str source, struct pattern_error *error)
{
	char text[PATTERN_BYTES];
	*out = NULL;
	if (source.n > sizeof(text))
		return refuse(error, source, PCRE2_ERROR_PATTERN_STRING_TOO_LONG, 0);
	memcpy(text, source.p, source.n);
	fold_io(text, source.n);
	struct str folded = {text, source.n};
	pcre2_code *code = compile(folded, source, error);
	if (!code)
		return -1;
	struct pattern *p = xmalloc(sizeof(*p));
	*p = (struct pattern){.set = set,
	    .number = pattern_set_add(set, folded),
	    .code = code,
	    .data = pcre2_match_data_create_from_pattern(code, NULL),
	    .context = pcre2_match_context_create(NULL)};
	if (!p->data || !p->context)
		die_no_memory();
	pcre2_set_depth_limit(p->context, DEPTH);
	pcre2_set_heap_limit(p->context, HEAP_KIB);
	*out = p;
	return 0;
}

int pattern_compile(struct pattern **out, struct str source, struct pattern_error *error)
{
	struct pattern_set *set = pattern_set_new();
	int err = pattern_compile_in(out, set, source, error);
	if (err) {
		pattern_set_free(set);
		return err;
	}
	pattern_set_build(set);
	(*out)->alone = true;
	return 0;
}

static int match(const struct pattern *p, struct str subject, uint32_t steps)
{
	pcre2_set_match_limit(p->context, steps);
	int found =
	    pcre2_match(p->code, (PCRE2_SPTR)subject.p, subject.n, 0, 0, p->data, p->context);
	switch (found) {
	case PCRE2_ERROR_MATCHLIMIT:
	case PCRE2_ERROR_DEPTHLIMIT:
	case PCRE2_ERROR_HEAPLIMIT:
		return PATTERN_LIMIT;
	case PCRE2_ERROR_NOMEMORY:
		die_no_memory();
	default:
		return found > 0;
	}
}

static int look(const struct pattern *p, struct str subject, struct pattern_span *where, bool *hard)
{
	int found = match(p, subject, PATTERN_EASY);
	*hard = found == PATTERN_LIMIT;
	if (*hard)
		found = match(p, subject, STEPS);
	if (found == 1) {
		const size_t *ends = pcre2_get_ovector_pointer(p->data);
		*where = (struct pattern_span){ends[0], ends[1]};
	}
	return found;
}

static int find(const struct pattern *p, struct str subject, struct pattern_span *where, bool *hard)
{
	struct pattern_answer *a = pattern_set_look(p->set, p->number, subject);
	*hard = false;
	if (!a)
		return 0;
	if (!a->known)
		a->found = look(p, subject, &a->where, &a->hard);
	a->known = true;
	*where = a->where;
	*hard = a->hard;
	return a->found;
}

int pattern_find(const struct pattern *p, struct str subject, struct pattern_span *where)
{
	bool hard;
	struct pattern_span span;
	int found = find(p, subject, &span, &hard);
	if (found == 1 && where)
		*where = span;
	return found;
}

int pattern_find_name(const struct pattern *p, struct str subject, unsigned *hard)
{
	bool is_hard;
	struct pattern_span span;
	if (hard && *hard >= PATTERN_HARD)
		return PATTERN_LIMIT;
	int found = find(p, subject, &span, &is_hard);
	if (hard)
		*hard += is_hard;
	return found;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	pcre2_match_context_free(p->context);
	pcre2_match_data_free(p->data);
	pcre2_code_free(p->code);
	if (p->alone)
		pattern_set_free(p->set);
	free(p);
}
