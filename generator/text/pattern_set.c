/*
 * Texts are remembered whole, each at one of the two places that its hash gives
 * it: a hash alone might be that of another text, and a match be lost. Each has a
 * number that no other text will have, by which the answers of the patterns that
 * were tried on it are found, each at one place.
 */
#include "text/pattern_set.h"

#include "base/buf.h"
#include <stdlib.h>

enum { TEXTS = 256, ANSWERS = 1024, LONGEST = 64 * 1024 };

struct seen_text {
	struct buf text;
	bool known;
	uint64_t number;
	uint64_t *found;         /* words */
	uint64_t *asked, *meets; /* patterns: is it known, and which the text may fit */
};

struct pattern_set *pattern_set_new(void)
{
	struct pattern_set *set = xmalloc(sizeof(*set));
	*set = (struct pattern_set){.arena = ARENA_INIT};
	literals_begin(&set->literals, &set->arena);
	return set;
}

size_t pattern_set_add(struct pattern_set *set, struct str source)
{
	set->needs =
	    arena_grow(&set->arena, set->needs, set->count, &set->cap, sizeof(*set->needs));
	set->needs[set->count] = pattern_need_read(&set->arena, &set->literals, source);
	return set->count++;
}

static size_t words_for(const struct pattern_set *set)
{
	return set->count / 64 + 1;
}

void pattern_set_build(struct pattern_set *set)
{
	literals_build(&set->literals);
	size_t found = literals_words(&set->literals), patterns = words_for(set);
	set->answers = arena_array(&set->arena, ANSWERS, sizeof(*set->answers));
	set->texts = arena_array(&set->arena, TEXTS, sizeof(*set->texts));
	for (size_t i = 0; i < TEXTS; i++) {
		uint64_t *words = arena_array(&set->arena, found + 2 * patterns, sizeof(*words));
		set->texts[i] = (struct seen_text){.text = BUF_INIT(LONGEST),
		    .found = words,
		    .asked = words + found,
		    .meets = words + found + patterns};
	}
}

void pattern_set_free(struct pattern_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; set->texts && i < TEXTS; i++)
		buf_clear(&set->texts[i].text);
	arena_clear(&set->arena);
	free(set);
}

static bool holds(const struct seen_text *seen, struct str text)
{
	return seen->known && str_eq(buf_str(&seen->text), text);
}

static struct seen_text *see(struct pattern_set *set, struct str text)
{
	struct seen_text *seen = &set->texts[str_hash(text) % (TEXTS / 2) * 2];
	if (holds(&seen[0], text))
		return &seen[0];
	if (holds(&seen[1], text))
		return &seen[1];
	seen += seen[1].number < seen[0].number; /* the older one goes */
	literals_find(&set->literals, text, seen->found);
	memset(seen->asked, 0, words_for(set) * sizeof(*seen->asked));
	memset(seen->meets, 0, words_for(set) * sizeof(*seen->meets));
	seen->number = ++set->ntexts;
	seen->known = text.n < LONGEST;
	buf_reset(&seen->text);
	if (seen->known)
		buf_add(&seen->text, text.p, text.n);
	return seen;
}

static bool may_fit(const struct pattern_set *set, size_t number, struct seen_text *seen)
{
	const struct need *need = set->needs[number];
	size_t word = number / 64;
	uint64_t bit = (uint64_t)1 << number % 64;
	if (!need)
		return true;
	if (!(seen->asked[word] & bit) && pattern_need_met(need, seen->found))
		seen->meets[word] |= bit;
	seen->asked[word] |= bit;
	return seen->meets[word] & bit;
}

struct pattern_answer *pattern_set_look(struct pattern_set *set, size_t number, struct str text)
{
	struct seen_text *seen = see(set, text);
	if (!may_fit(set, number, seen))
		return NULL;
	struct pattern_answer *a = &set->answers[(seen->number * set->count + number) % ANSWERS];
	if (a->text != seen->number || a->pattern != number)
		*a = (struct pattern_answer){.text = seen->number, .pattern = number};
	return a;
}
