/*
 * The lists of the audit, tried as the audit would use them. They are read once
 * more, because a message about a pattern needs the place of its cell.
 */
#include "job/load.h"
#include "model/checklist.h"

#include <string.h>

static void try_rows(const struct load *l, struct arena *a, enum table_id id, const struct table *t,
    struct str bytes, struct diag *diag)
{
	struct checklist list;
	struct signatures signs;
	switch (id) {
	case TABLE_WORDS:
		words_examples(t, bytes, diag);
		break;
	case TABLE_CHECKLIST:
		checklist_compile(&list, a, t, &l->site.words, (struct date){0}, bytes, diag);
		checklist_examples(&list, t, bytes, diag);
		checklist_clear(&list);
		break;
	default:
		signatures_compile(&signs, a, t, bytes, diag);
		signatures_examples(&signs, t, bytes, diag);
		signatures_clear(&signs);
	}
}

static void check_list(const struct load *l, enum table_id id, const char *file, struct diag *diag)
{
	struct arena a = ARENA_INIT;
	struct diag known = DIAG_INIT; /* what reading says was said before */
	struct table t = {.schema = NULL};
	const struct table *tables[TABLE_COUNT] = {0};
	const struct table_context context = {.arena = &a, .diag = &known, .tables = tables};
	struct str bytes;
	tables[id] = &t;
	if (file_read(&bytes, &a, &l->root, file, TABLE_BYTES) == FILE_OK) {
		table_read(&t, &context, id, file, bytes);
		try_rows(l, &a, id, &t, bytes, diag);
	}
	diag_clear(&known);
	arena_clear(&a);
}

void load_check_lists(const struct load *l, bool shared, struct diag *diag)
{
	struct diag found = DIAG_INIT;
	struct arena a = ARENA_INIT;
	if (shared) {
		check_list(l, TABLE_WORDS, "data/audit-words.csv", &found);
		check_list(l, TABLE_CHECKLIST, SITE_CHECKLIST, &found);
		check_list(l, TABLE_CHECKLIST, SITE_ORDER_1493, &found);
		check_list(l, TABLE_SIGNATURES, "data/audit-signatures.csv", &found);
	}
	for (size_t i = 0; i < l->ndepartments; i++)
		check_list(l, TABLE_CHECKLIST,
		    arena_printf(&a, "data/%s/audit-checklist.csv", l->departments[i]), &found);
	/* The audit will not begin with them, but the site can be built. */
	for (size_t i = 0; i < found.count; i++)
		found.items[i].level = DIAG_WARNING;
	found.warnings += found.errors;
	found.errors = 0;
	diag_join(diag, &found);
	diag_clear(&found);
	arena_clear(&a);
}
