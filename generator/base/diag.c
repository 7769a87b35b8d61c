/*
 * Items are kept in an array; how many of a rule and a file have come is
 * counted in a map, so that a table with a million wrong cells costs twenty
 * messages.
 */
#include "base/diag.h"

#include "base/intl.h"

#include <stdlib.h>
#include <string.h>

enum { CELL_SHOWN = 60, TEXT_SHOWN = 2000 }; /* characters */

struct same {
	size_t count;
	enum diag_level level;
	const char *rule, *file;
};

/* Text as it may stand on one line of a terminal, at most so many characters. */
static const char *visible(struct arena *a, struct str text, size_t most)
{
	struct buf out = BUF_INIT(BUF_LINE);
	size_t at = 0, shown = 0;
	for (size_t len; at < text.n && shown < most; at += len, shown++) {
		int32_t code = utf8_decode(text.p + at, text.n - at, &len);
		if (code == '\n')
			buf_adds(&out, "⏎");
		else if (code == '\t')
			buf_adds(&out, "⇥");
		else if (code < 0 || code < 0x20 || code == 0x7F || (code >= 0x80 && code < 0xA0))
			buf_adds(&out, "�");
		else
			buf_add(&out, text.p + at, len);
	}
	if (at < text.n)
		buf_adds(&out, "…");
	return buf_keep(a, &out).p;
}

/* The caller clears it. */
static struct buf same_key(const char *rule, const char *file)
{
	struct buf key = BUF_INIT(BUF_LINE);
	buf_addf(&key, "%s\n%s", rule, file ? file : "");
	return key;
}

/* Count so many more of a rule in a file. */
static struct same *count_same(
    struct diag *d, enum diag_level level, const char *rule, const char *file, size_t more)
{
	struct buf key = same_key(rule, file);
	d->left_out.arena = &d->arena;
	struct map_entry *e = map_entry(&d->left_out, buf_str(&key));
	buf_clear(&key);
	struct same *same = e->value;
	if (!same) {
		same = arena_alloc(&d->arena, sizeof(*same));
		same->level = level;
		same->rule = arena_strdup(&d->arena, rule);
		same->file = file ? visible(&d->arena, str_of(file), SIZE_MAX) : NULL;
		e->value = same;
	}
	if (same->level < level)
		same->level = level;
	same->count += more;
	return same;
}

static void append(struct diag *d, struct diag_item item)
{
	d->items = arena_grow(&d->arena, d->items, d->count, &d->cap, sizeof(*d->items));
	item.order = (uint32_t)d->count;
	d->items[d->count++] = item;
}

void diag_add(struct diag *d, enum diag_level level, const char *rule, struct diag_place at,
    struct str cell, const char *remedy, const char *format, ...)
{
	d->errors += level == DIAG_ERROR;
	d->warnings += level == DIAG_WARNING;
	struct same *same = count_same(d, level, rule, at.file, 1);
	if (same->count > DIAG_SAME)
		return;

	va_list args;
	struct buf text = BUF_INIT(BUF_FILE);
	va_start(args, format);
	buf_vaddf(&text, format, args);
	va_end(args);
	append(d,
	    (struct diag_item){
	        .level = level,
	        .rule = same->rule,
	        .file = same->file,
	        .line = at.line,
	        .column = at.column,
	        .cell = cell.p ? visible(&d->arena, cell, CELL_SHOWN) : NULL,
	        .text = visible(&d->arena, buf_str(&text), TEXT_SHOWN),
	        .remedy = remedy && *remedy ? visible(&d->arena, str_of(remedy), TEXT_SHOWN) : NULL,
	    });
	buf_clear(&text);
}

const char *diag_nearest(struct arena *a, const char *near, const char *otherwise)
{
	return near ? arena_printf(a, _("Did you mean “%s”?"), near) : otherwise;
}

bool diag_keeps(const struct diag *d, const char *rule, const char *file)
{
	struct buf key = same_key(rule, file);
	const struct same *same = map_get(&d->left_out, buf_str(&key));
	buf_clear(&key);
	return !same || same->count < DIAG_SAME;
}

size_t diag_accept(
    struct diag *d, const char *rule, const char *file, const char *cell, const char *note)
{
	size_t accepted = 0;
	for (size_t i = 0; i < d->count; i++) {
		struct diag_item *item = &d->items[i];
		if (item->level != DIAG_WARNING || !item->file || strcmp(item->rule, rule) != 0 ||
		    strcmp(item->file, file) != 0 ||
		    (cell && (!item->cell || strcmp(item->cell, cell) != 0)))
			continue;
		item->level = DIAG_NOTE;
		item->text = visible(&d->arena,
		    str_of(arena_printf(&d->arena, "%s (%s)", item->text, note)), TEXT_SHOWN);
		accepted++;
	}
	struct buf key = same_key(rule, file);
	struct same *same = map_get(&d->left_out, buf_str(&key));
	buf_clear(&key);
	if (!cell && same && same->level == DIAG_WARNING) {
		same->level = DIAG_NOTE;
		if (same->count > DIAG_SAME)
			accepted += same->count - DIAG_SAME;
	}
	d->warnings -= accepted;
	return accepted;
}

void diag_join(struct diag *into, struct diag *from)
{
	size_t errors = into->errors + from->errors;
	size_t warnings = into->warnings + from->warnings;
	for (size_t i = 0; i < from->count; i++) {
		const struct diag_item *item = &from->items[i];
		struct str cell = item->cell ? str_of(item->cell) : STR_NONE;
		diag_add(into, item->level, item->rule,
		    DIAG_AT(item->file, item->line, item->column), cell, item->remedy, "%s",
		    item->text);
	}
	for (size_t i = 0; i < from->left_out.count; i++) {
		const struct same *same = from->left_out.entries[i].value;
		if (same->count > DIAG_SAME)
			count_same(
			    into, same->level, same->rule, same->file, same->count - DIAG_SAME);
	}
	into->errors = errors;
	into->warnings = warnings;
	diag_clear(from);
}

static int compare(const void *x, const void *y)
{
	const struct diag_item *a = x, *b = y;
	int order = strcmp(a->file ? a->file : "", b->file ? b->file : "");
	if (order)
		return order;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

void diag_sort(struct diag *d)
{
	for (size_t i = 0; i < d->left_out.count; i++) {
		const struct same *same = d->left_out.entries[i].value;
		if (same->count <= DIAG_SAME)
			continue;
		append(d,
		    (struct diag_item){
		        .level = same->level,
		        .rule = same->rule,
		        .file = same->file,
		        .line = UINT32_MAX,
		        .text = arena_printf(&d->arena,
		            _("and %zu more of this kind (%s) in this file"),
		            same->count - DIAG_SAME, same->rule),
		    });
	}
	if (d->count)
		qsort(d->items, d->count, sizeof(*d->items), compare);
	for (size_t i = 0; i < d->count; i++)
		if (d->items[i].line == UINT32_MAX)
			d->items[i].line = 0;
}

static const char *level_name(enum diag_level level)
{
	return level == DIAG_ERROR ? _("error") : level == DIAG_WARNING ? _("warning") : _("note");
}

void diag_write(struct buf *out, const struct diag_item *item, bool colour)
{
	static const char *const colours[] = {"\033[36m", "\033[33m", "\033[31m"};
	if (item->file) {
		buf_addf(out, "%s%s", colour ? "\033[1m" : "", item->file);
		if (item->line)
			buf_addf(out, ":%u", item->line);
		if (item->line && item->column)
			buf_addf(out, ":%u", item->column);
		buf_addf(out, "%s: ", colour ? "\033[0m" : "");
	}
	buf_addf(out, "%s%s%s: ", colour ? colours[item->level] : "", level_name(item->level),
	    colour ? "\033[0m" : "");
	if (item->cell)
		buf_addf(out, "«%s»: ", item->cell);
	buf_addf(out, "%s\n", item->text);
	if (item->remedy)
		buf_addf(out, "    %s\n", item->remedy);
}

void diag_print(const struct diag *d, FILE *to, bool colour)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < d->count; i++)
		diag_write(&out, &d->items[i], colour);
	fwrite(out.data, 1, out.len, to);
	buf_clear(&out);
}

void diag_clear(struct diag *d)
{
	arena_clear(&d->arena);
	*d = (struct diag)DIAG_INIT;
}
