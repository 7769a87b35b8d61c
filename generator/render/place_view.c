/*
 * Names are searched without regard to case: "Красноярский край",
 * "Город Назарово".
 */
#include "render/place_view.h"

#include <string.h>

static char *lower(const struct renderer *r, const char *text)
{
	size_t n = strlen(text), at = 0, to = 0;
	char *out = arena_alloc(r->arena, n * 2 + 1);
	while (at < n) {
		size_t len;
		int32_t code = utf8_decode(text + at, n - at, &len);
		if (code >= 0)
			to += utf8_encode(utf8_lower(code), out + to);
		at += len;
	}
	return out;
}

/* "район/района" */
static struct place forms(const struct renderer *r, struct str word)
{
	struct str name, of;
	if (!str_next(&word, '/', &name))
		return (struct place){"", ""};
	of = word.n ? word : name;
	return (struct place){
	    arena_strndup(r->kept, name.p, name.n), arena_strndup(r->kept, of.p, of.n)};
}

static struct place find_place(const struct renderer *r, int scope)
{
	static const char *const keys[] = {
	    [SCOPE_SCHOOL] = "place_school",
	    [SCOPE_MUNICIPALITY] = "place_municipality",
	    [SCOPE_REGION] = "place_region",
	};
	/* a method's own page speaks of no department */
	const struct department_meta *meta = r->dept ? department_meta(r->dept) : NULL;
	const char *name = !meta          ? NULL
	    : scope == SCOPE_MUNICIPALITY ? meta->short_name
	    : scope == SCOPE_REGION       ? meta->region
	                                  : NULL;
	struct str words = str_of(words_get(r->words, "place_words")), word;
	const char *text = name ? lower(r, name) : "";
	while (str_next(&words, '|', &word)) {
		struct place p = forms(r, word);
		if (*p.name && strstr(text, p.name))
			return p;
	}
	return forms(r, str_of(words_get(r->words, keys[scope])));
}

struct place place_of(const struct renderer *r, int scope)
{
	if (!r->places)
		return find_place(r, scope);
	if (!r->places[scope].name)
		r->places[scope] = find_place(r, scope);
	return r->places[scope];
}
