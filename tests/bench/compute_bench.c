/*
 * How long a country takes to compute, without any page: identification,
 * indicators and disclosure, beside reading and parsing the tables they rest
 * on. One thread, department by department, in the same process; medians of
 * several runs. Texts are read untimed; the indexes and the checks across
 * tables are a time of their own.
 *
 *   compute_bench SITE [RUNS]
 */
#include "compute/disclosure.h"
#include "job/load.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_RUNS = 101 };

enum part { READING, CHECKS, COMPUTING, PARTS };

struct run {
	double ms[PARTS];
	size_t bytes, rows, schools, identified, indicators;
};

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void read_table(struct department *d, const struct load *l, enum table_id id,
    const char *folder, const char *name, struct run *run, struct diag *diag)
{
	struct str bytes;
	const char *path = arena_printf(&d->arena, "data/%s/%s", folder, name);
	if (file_read(&bytes, &d->arena, &l->root, path, TABLE_BYTES) != FILE_OK)
		return;
	department_table(d, id, path, bytes, (struct date){2022, 9, 15}, diag);
	run->bytes += bytes.n;
}

static void read_tables(
    struct department *d, const struct load *l, struct run *run, struct diag *diag)
{
	for (int id = 0; id < DEPARTMENT_TABLES; id++)
		if (id != TABLE_AUDIT && id != TABLE_AUDIT_EVIDENCE)
			read_table(d, l, (enum table_id)id, d->id,
			    schema_of((enum table_id)id)->file, run, diag);
	read_table(d, l, TABLE_AUDIT, d->id, "audit/2022-09-15.csv", run, diag);
}

static void read_text(
    struct department *d, const struct load *l, const char *name, struct diag *diag)
{
	struct str bytes;
	const char *path = arena_printf(&d->arena, "content/%s/%s", d->id, name);
	if (file_read(&bytes, &d->arena, &l->root, path, CONTENT_BYTES) == FILE_OK)
		department_content(d, name, bytes, diag);
}

static void read_texts(struct department *d, const struct load *l, struct diag *diag)
{
	struct file_entries files;
	const char *folder = arena_printf(&d->arena, "content/%s/documents", d->id);
	read_text(d, l, "index.md", diag);
	if (file_list(&files, &d->arena, &l->root, folder) != FILE_OK)
		return;
	for (size_t i = 0; i < files.count; i++)
		read_text(d, l, arena_printf(&d->arena, "documents/%s", files.items[i].name), diag);
}

static void compute(struct department *d, struct run *run, struct diag *diag)
{
	struct identifications ids;
	struct assessment assessment;
	struct disclosure disclosure;
	identify_all(&ids, &d->arena, d);
	assess_indicators(&assessment, &d->arena, d, &ids, diag);
	disclosure_init(&disclosure, &d->arena, d, &ids, &assessment, PROFILE_PUBLIC);
	disclosure_warn(&disclosure, diag);
	run->identified += ids.count;
	run->indicators += assessment.count;
}

static void department(const struct load *l, const char *id, struct run *run)
{
	struct department d;
	struct diag diag = DIAG_INIT;
	double began = now_ms();
	department_init(&d, &l->site, id);
	read_tables(&d, l, run, &diag);
	run->ms[READING] += now_ms() - began;

	read_texts(&d, l, &diag);
	began = now_ms();
	department_finish(&d, (struct date){2023, 11, 22}, &diag);
	run->ms[CHECKS] += now_ms() - began;

	began = now_ms();
	if (d.index)
		compute(&d, run, &diag);
	run->ms[COMPUTING] += now_ms() - began;
	for (int t = 0; t < DEPARTMENT_TABLES; t++)
		run->rows += d.tables[t].count;
	run->schools += d.nschools;
	if (diag.errors) {
		diag_print(&diag, stderr, false);
		exit(1);
	}
	diag_clear(&diag);
	department_clear(&d);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(const struct run *runs, int n, double (*value)(const struct run *))
{
	double values[MOST_RUNS];
	for (int i = 0; i < n; i++)
		values[i] = value(&runs[i]);
	qsort(values, (size_t)n, sizeof(*values), by_size);
	return values[n / 2];
}

static double reading(const struct run *r)
{
	return r->ms[READING];
}

static double checks(const struct run *r)
{
	return r->ms[CHECKS];
}

static double computing(const struct run *r)
{
	return r->ms[COMPUTING];
}

static double ratio(const struct run *r)
{
	return r->ms[COMPUTING] / r->ms[READING];
}

static double ratio_with_checks(const struct run *r)
{
	return (r->ms[COMPUTING] + r->ms[CHECKS]) / r->ms[READING];
}

int main(int argc, char **argv)
{
	static struct run runs[MOST_RUNS];
	struct load load = LOAD_INIT;
	struct diag diag = DIAG_INIT;
	int n = argc > 2 ? atoi(argv[2]) : 5;

	if (argc < 2 || n < 1 || n > MOST_RUNS) {
		fputs("usage: compute_bench SITE [RUNS]\n", stderr);
		return 2;
	}
	if (load_open(&load, argv[1], &diag) || load_site(&load, &diag) ||
	    load_departments(&load, NULL, 0, &diag)) {
		diag_print(&diag, stderr, false);
		return 1;
	}
	for (int i = 0; i < n; i++)
		for (size_t k = 0; k < load.ndepartments; k++)
			department(&load, load.departments[k], &runs[i]);

	const struct run *r = &runs[0];
	double mb = (double)r->bytes / 1e6;
	printf("  %zu departments, %zu schools, %zu rows, %.1f MB of tables; "
	       "%zu lists, %zu indicators\n",
	    load.ndepartments, r->schools, r->rows, mb, r->identified, r->indicators);
	printf("  reading and parsing %8.1f ms   %6.1f MB/s\n", median(runs, n, reading),
	    1e3 * mb / median(runs, n, reading));
	printf("  checks across tables%8.1f ms\n", median(runs, n, checks));
	printf("  computing           %8.1f ms   %6.1f MB/s\n", median(runs, n, computing),
	    1e3 * mb / median(runs, n, computing));
	printf("  ratio computing / reading %.3f (with the checks %.3f)\n", median(runs, n, ratio),
	    median(runs, n, ratio_with_checks));
	diag_clear(&diag);
	load_close(&load);
	return 0;
}
