/*
 * A release is a line: commit, seconds, name and reason, parted by blanks; only
 * the reason may have more of them.
 */
#include "job/releases.h"

#include "sys/repo_tag.h"

#include <stdlib.h>
#include <string.h>

void releases_find(struct buf *out, struct repo *repo)
{
	struct arena a = ARENA_INIT;
	struct repo_tags tags = {0};
	if (repo_tags(&tags, &a, repo, RELEASE_TAGS) == REPO_OK)
		for (size_t i = 0; i < tags.count; i++) {
			const struct repo_tag *t = &tags.items[i];
			const char *name = t->name + strlen(RELEASE_TAGS);
			if (release_name_ok(str_of(name)))
				buf_addf(out, "%s %lld %s %.*s\n", t->oid, (long long)t->time, name,
				    (int)strcspn(t->message, "\r\n"), t->message);
		}
	arena_clear(&a);
}

static int newest_first(const void *x, const void *y)
{
	const struct release *a = x, *b = y;
	int order = date_cmp(b->date, a->date);
	return order ? order : strcmp(b->name, a->name);
}

static int read_line(struct release *out, struct arena *a, struct str line)
{
	struct str commit, time, name;
	if (!str_next(&line, ' ', &commit) || commit.n != REPO_OID ||
	    !str_next(&line, ' ', &time) || !str_next(&line, ' ', &name) || !release_name_ok(name))
		return -1;
	*out = (struct release){
	    .name = arena_strndup(a, name.p, name.n),
	    .commit = arena_strndup(a, commit.p, commit.n),
	    .date = date_from_unix(strtoll(arena_strndup(a, time.p, time.n), NULL, 10)),
	    .reason = arena_strndup(a, line.p, line.n),
	};
	return 0;
}

int releases_read(struct releases *out, struct arena *a, struct str text)
{
	size_t lines = 0;
	struct str rest = text, line;
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	*out = (struct releases){.items = arena_array(a, lines + 1, sizeof(*out->items))};
	for (; lines && str_next(&rest, '\n', &line); lines--)
		if (read_line(&out->items[out->count++], a, line))
			return -1;
	if (out->count)
		qsort(out->items, out->count, sizeof(*out->items), newest_first);
	return 0;
}
