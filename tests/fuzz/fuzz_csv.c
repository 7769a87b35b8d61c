/*
 * Any bytes as a table of a department.
 *
 * The first byte chooses the table, the rest is the file. The shared tables
 * and two schools are there, so that references and names are looked up. A
 * row that was read is found again by nothing: what is tried is that no input
 * reads past its end, loops, or leaves a table that does not hold together.
 */
#include "model/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
	enum table_id id;
	const char *text;
} known[] = {
    {TABLE_PROCEDURES,
        "procedure,title,kind,subject,grade,level\noge-rus,ОГЭ,oge,русский,9,basic\n"},
    {TABLE_METRICS,
        "metric,title,kind,of\nstudents,Учащиеся,count,\nshare,Доля,share,students\n"
        "small,Малая,yes-no,\n"},
    {TABLE_CHECKLIST, "item,title\nprogramme,Программа\n"},
    {TABLE_SCHOOLS,
        "school,name,kind,aliases\none,МОУ «СОШ № 1»,СОШ,Общая\ntwo,СОШ № 2,СОШ,Общая\n"},
    {TABLE_INDICATORS, "indicator,group,title,unit,rule,measure\nx,G,X,percent,at-least,manual\n"},
};

/* Every row stands where its number says, and was counted once. */
static void check(const struct table *t)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct row *row = table_row(t, i);
		if (row->index != i || row->line == 0 || !row->file)
			abort();
	}
	if (t->count > t->info.lines)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct arena arena = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct table tables[TABLE_COUNT];
	const struct table *pointers[TABLE_COUNT];
	struct names names;
	struct table_context context = {
	    .arena = &arena, .diag = &diag, .tables = pointers, .date = {2022, 3, 1}};

	memset(tables, 0, sizeof(tables));
	for (int i = 0; i < TABLE_COUNT; i++)
		pointers[i] = &tables[i];
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		table_read(&tables[known[i].id], &context, known[i].id, "known.csv",
		    str_of(known[i].text));
	if (diag.errors)
		abort();
	names_init(&names, &arena, tables[TABLE_SCHOOLS].rows, tables[TABLE_SCHOOLS].count);
	context.names = &names;

	struct table t = {.schema = NULL};
	struct str bytes = {(const char *)data + 1, size - 1};
	int result =
	    table_read(&t, &context, (enum table_id)(data[0] % TABLE_COUNT), "f.csv", bytes);
	if ((result != 0) != (diag.errors != 0))
		abort();
	check(&t);
	diag_sort(&diag);
	arena_clear(&arena);
	diag_clear(&diag);
	return 0;
}
