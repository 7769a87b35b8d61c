/*
 * Each name and alias is kept in its normal form with the list of schools
 * that bear it. One school in the list: found. For a message the nearest ones
 * are looked for: first those whose name holds the cell's words ("Невонская"
 * of "Невонская СОШ № 1"), then those that differ by few letters.
 */
#include "model/names.h"

#include "text/normalise.h"

#include <string.h>

struct names_link {
	const struct school *school;
	struct names_link *next;
};

static void add_name(struct names *n, const struct school *school, struct str name)
{
	struct str form = normalise_name(n->arena, name);
	if (!form.n)
		return;
	struct map_entry *entry = map_entry(&n->by_name, form);
	struct names_link *last = entry->value;
	for (struct names_link *l = last; l; last = l, l = l->next)
		if (l->school == school)
			return;
	struct names_link *link = arena_alloc(n->arena, sizeof(*link));
	link->school = school;
	if (last)
		last->next = link;
	else
		entry->value = link;
}

void names_init(struct names *n, struct arena *a, const struct school *schools, size_t count)
{
	*n = (struct names){
	    .arena = a,
	    .by_id = MAP_INIT(a),
	    .by_name = MAP_INIT(a),
	    .schools = schools,
	    .count = count,
	};
	for (size_t i = 0; i < count; i++) {
		const struct school *s = &schools[i];
		struct str rest = str_of(s->aliases), alias;
		struct map_entry *entry = map_entry(&n->by_id, str_of(s->id));
		/* A map lends its values as writable; ours are only looked at. */
		memcpy(&entry->value, &s, sizeof(s));
		add_name(n, s, str_of(s->name));
		add_name(n, s, str_of(s->short_name));
		while (str_next(&rest, '|', &alias))
			add_name(n, s, alias);
	}
}

const struct school *names_get(
    const struct names *n, struct arena *scratch, struct str cell, bool *ambiguous)
{
	*ambiguous = false;
	cell = str_trim(cell);
	const struct school *school = map_get(&n->by_id, cell);
	if (school)
		return school;
	const struct names_link *link = map_get(&n->by_name, normalise_name(scratch, cell));
	*ambiguous = link && link->next;
	return link && !link->next ? link->school : NULL;
}

/* How far a form is from what was written; lower is nearer. */
enum { HOLDS_WORDS = 0, TOO_FAR = 1000 };

static unsigned distance(struct str form, struct str wanted)
{
	unsigned limit = (unsigned)utf8_length(wanted) / 3;
	if (wanted.n >= 4 && memmem(form.p, form.n, wanted.p, wanted.n))
		return HOLDS_WORDS;
	unsigned d = str_distance(wanted, form, limit);
	return d > limit ? TOO_FAR : d;
}

struct ranking {
	const struct school *schools[NAMES_CANDIDATES];
	unsigned distances[NAMES_CANDIDATES];
	size_t count;
};

/* Put a school in its place; one that is there already moves up. */
static void rank(struct ranking *r, const struct school *school, unsigned d)
{
	size_t at = 0;
	while (at < r->count && r->schools[at] != school)
		at++;
	if (at < r->count && r->distances[at] <= d)
		return;
	if (at == NAMES_CANDIDATES) {
		if (r->distances[--at] <= d)
			return;
	} else if (at == r->count) {
		r->count++;
	}
	for (; at > 0 && r->distances[at - 1] > d; at--) {
		r->schools[at] = r->schools[at - 1];
		r->distances[at] = r->distances[at - 1];
	}
	r->schools[at] = school;
	r->distances[at] = d;
}

static void find_nearest(
    const struct names *n, struct names_answer *answer, struct str cell, struct str form)
{
	struct ranking nearest = {.count = 0};
	for (size_t i = 0; i < n->by_name.count; i++) {
		const struct map_entry *e = &n->by_name.entries[i];
		unsigned d = distance(e->key, form);
		for (const struct names_link *l = e->value; l && d < TOO_FAR; l = l->next)
			rank(&nearest, l->school, d);
	}
	for (size_t i = 0; i < n->count; i++) {
		unsigned d = distance(str_of(n->schools[i].id), cell);
		if (d < TOO_FAR)
			rank(&nearest, &n->schools[i], d);
	}
	for (size_t i = 0; i < nearest.count; i++)
		answer->candidates[i] = nearest.schools[i];
	answer->ncandidates = nearest.count;
}

struct names_answer names_find(const struct names *n, struct arena *scratch, struct str cell)
{
	struct names_answer answer = {.school = NULL};
	answer.school = names_get(n, scratch, cell, &answer.ambiguous);
	if (answer.school)
		return answer;
	cell = str_trim(cell);
	struct str form = normalise_name(scratch, cell);
	const struct names_link *link = answer.ambiguous ? map_get(&n->by_name, form) : NULL;
	for (; link && answer.ncandidates < NAMES_CANDIDATES; link = link->next)
		answer.candidates[answer.ncandidates++] = link->school;
	if (!answer.ambiguous && form.n)
		find_nearest(n, &answer, cell, form);
	return answer;
}
