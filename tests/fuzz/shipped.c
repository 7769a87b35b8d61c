/* Everything lives as long as the program: leaks are looked for in the rest. */
#include "shipped.h"

#include <stdio.h>
#include <stdlib.h>

static struct arena arena;
static struct diag diag = DIAG_INIT;
static struct checklist lists[SHIPPED_LISTS];
static struct signatures signatures;

static struct str file(const char *path)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	char block[4096];
	size_t got;
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(2);
	}
	while ((got = fread(block, 1, sizeof(block), f)) > 0)
		buf_add(&b, block, got);
	fclose(f);
	return buf_keep(&arena, &b);
}

static struct table *rows(enum table_id id, const char *path)
{
	struct table *t = arena_alloc(&arena, sizeof(*t));
	const struct table *tables[TABLE_COUNT] = {
	    [TABLE_CHECKLIST] = t, [TABLE_SIGNATURES] = t, [TABLE_WORDS] = t};
	struct table_context context = {.arena = &arena, .diag = &diag, .tables = tables};
	table_read(t, &context, id, path, file(path));
	return t;
}

static void load(void)
{
	static const char *const paths[SHIPPED_LISTS] = {
	    "data/audit-checklist.csv", "data/audit-order-1493.csv", "tests/fuzz/checklist.csv"};
	const struct date day = {2024, 11, 15};
	if (signatures.rules)
		return;
	const struct table *words = rows(TABLE_WORDS, "data/audit-words.csv");
	for (int i = 0; i < SHIPPED_LISTS; i++)
		checklist_compile(
		    &lists[i], &arena, rows(TABLE_CHECKLIST, paths[i]), words, day, STR(""), &diag);
	signatures_compile(&signatures, &arena, rows(TABLE_SIGNATURES, "data/audit-signatures.csv"),
	    STR(""), &diag);
	if (diag.errors) {
		diag_print(&diag, stderr, false);
		exit(2);
	}
}

const struct checklist *shipped_list(int number)
{
	load();
	return &lists[number];
}

const struct signatures *shipped_signatures(void)
{
	load();
	return &signatures;
}
