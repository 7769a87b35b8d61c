/*
 * Few schools, few procedures and small numbers, so that ties, equal sums,
 * groups below every limit, and rules that one pupil decides come up often.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_random.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_FIRST = 2019, YEAR_LAST = 2021, SCHOOLS_MOST = 5 };

static const char *const kinds[] = {"primary", "basic", "secondary", "other"};

static const struct sitting_kind {
	const char *id;
	int level;
	bool marks, scores;
} exams[] = {
    {"vpr-math-5", 2, true, true},
    {"vpr-rus-6", 2, true, true},
    {"oge-math", 2, true, false},
    {"oge-rus", 2, true, false},
    {"ege-rus", 3, false, true},
    {"ege-math-prof", 3, false, true},
    {"vpr-rus-4", 1, true, true},
    {"vpr-math-4", 1, true, true},
    {"vpr-world-4", 1, true, true},
};
enum { EXAMS = sizeof(exams) / sizeof(*exams) };

unsigned random_number(uint64_t *seed, unsigned below)
{
	/* xorshift64* */
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return (unsigned)((*seed * 2685821657736338717ULL) >> 33) % below;
}

static bool chance(uint64_t *seed, unsigned percent)
{
	return random_number(seed, 100) < percent;
}

static void add(struct random_rows *out, enum table_id table, const char *given, const char *whole)
{
	assert_true(out->count < sizeof(out->rows) / sizeof(*out->rows));
	out->rows[out->count++] = (struct random_row){table, given, whole};
}

static void add_same(struct random_rows *out, enum table_id table, const char *text)
{
	add(out, table, text, text);
}

/* -- results ------------------------------------------------------------------ */

/* year,procedure,scope,school,participants,below_minimum,pass_rate,quality_rate,mean_mark,
 * mean_score,status */
static const char *result_text(struct arena *a, const char *key, unsigned n, unsigned k,
    unsigned places, const char *means, bool counts)
{
	char rate[32] = "", pair[32] = ",";
	unsigned scale = places ? 1000 : 100;
	unsigned rounded = n ? (2 * scale * (n - k) + n) / (2 * n) : 0;
	if (n && places)
		snprintf(rate, sizeof(rate), "%u.%u", rounded / 10, rounded % 10);
	else if (n)
		snprintf(rate, sizeof(rate), "%u", rounded);
	if (counts)
		snprintf(pair, sizeof(pair), "%u,%u", n, k);
	return arena_printf(a, "%s,%s,%s,%s,held", key, pair, rate, means);
}

static void add_result(struct random_rows *out, struct arena *a, const char *key,
    const struct sitting_kind *exam, unsigned n, unsigned k)
{
	uint64_t *seed = &out->seed;
	unsigned places = random_number(seed, 2);
	const char *mark = "", *score = "";
	unsigned quality = n ? 100 * random_number(seed, n - k + 1) / n : 0;
	if (exam->marks)
		mark =
		    arena_printf(a, "%u.%u", 2 + random_number(seed, 3), random_number(seed, 10));
	if (exam->scores)
		score = arena_printf(a, "%u", 10 + random_number(seed, 30));
	const char *means = arena_printf(a, "%u,%s,%s", quality, mark, score);
	const char *whole = result_text(a, key, n, k, places, n ? means : ",,", true);
	const char *given = whole;
	switch (random_number(seed, 12)) {
	case 0:
		given = NULL;
		break;
	case 1:
		given = arena_printf(a, "%s,,,,,,,not-supplied", key);
		break;
	case 2:
		given = arena_printf(a, "%s,,,,,,,moved", key);
		break;
	case 3: /* the rate alone */
		given = n ? result_text(a, key, n, k, places, ",,", false) : whole;
		break;
	case 4: /* the group and the rate */
		if (n) {
			const char *text = result_text(a, key, n, k, places, means, false);
			given = arena_printf(a, "%s,%u%s", key, n, text + strlen(key) + 1);
		}
		break;
	default:
		break;
	}
	add(out, TABLE_RESULTS, given, whole);
}

static void add_exam(struct random_rows *out, struct arena *a, const struct sitting_kind *exam,
    int year, unsigned nschools, const unsigned *school_kinds)
{
	uint64_t *seed = &out->seed;
	unsigned all = 0, below = 0;
	if (chance(seed, 8)) {
		add_same(out, TABLE_RESULTS,
		    arena_printf(a, "%d,%s,%s,,,,,,,,cancelled", year, exam->id,
		        chance(seed, 50) ? "municipality" : "region"));
		return;
	}
	for (unsigned i = 0; i < nschools; i++) {
		const char *key = arena_printf(a, "%d,%s,school,s%u", year, exam->id, i);
		bool has_level = exam->level == 1 || (exam->level == 2 && school_kinds[i] > 0) ||
		    school_kinds[i] > 1;
		if (!has_level || chance(seed, 10)) {
			if (chance(seed, 30))
				add_same(out, TABLE_RESULTS,
				    arena_printf(a, "%s,,,,,,,%s", key,
				        has_level ? "no-participants" : "no-level"));
			continue;
		}
		unsigned n = chance(seed, 5) ? 0 : 1 + random_number(seed, 30);
		unsigned k = n ? random_number(seed, n / 2 + 2) : 0;
		k = k > n ? n : k;
		all += n;
		below += k;
		add_result(out, a, key, exam, n, k);
	}
	if (all && chance(seed, 85))
		add_result(out, a, arena_printf(a, "%d,%s,municipality,", year, exam->id), exam,
		    all, below);
	if (chance(seed, 85))
		add_result(out, a, arena_printf(a, "%d,%s,region,", year, exam->id), exam, 1000,
		    200 + random_number(seed, 200));
}

/* -- context ------------------------------------------------------------------ */

/* year,scope,school,students,single_parent,both_parents_higher,registered,resettled,
 * contest_participants,graduates_9,continued_to_senior,teachers,teachers_diagnosed,small_school */
enum { COUNTS = 10 };

static const char *context_text(struct arena *a, uint64_t *seed, const char *key,
    const unsigned *counts, bool school, bool gaps)
{
	char text[256] = "";
	for (int i = 0; i < COUNTS; i++) {
		size_t at = strlen(text);
		if (gaps && chance(seed, 12))
			snprintf(text + at, sizeof(text) - at, ",");
		else
			snprintf(text + at, sizeof(text) - at, ",%u", counts[i]);
	}
	const char *small = !school || (gaps && chance(seed, 12)) ? ""
	    : counts[0] < 60                                      ? "yes"
	                                                          : "no";
	return arena_printf(a, "%s%s,%s", key, text, small);
}

static void add_context(struct random_rows *out, struct arena *a, int year, unsigned nschools)
{
	uint64_t *seed = &out->seed;
	unsigned sums[COUNTS] = {0};
	for (unsigned i = 0; i < nschools; i++) {
		unsigned c[COUNTS];
		c[0] = chance(seed, 5) ? 0 : random_number(seed, 120);
		for (int j = 1; j <= 5; j++)
			c[j] = random_number(seed, c[0] / 3 + 1);
		c[6] = random_number(seed, 15);
		c[7] = random_number(seed, c[6] + 1);
		c[8] = random_number(seed, 30);
		c[9] = random_number(seed, c[8] + 1);
		for (int j = 0; j < COUNTS; j++)
			sums[j] += c[j];
		const char *key = arena_printf(a, "%d,school,s%u", year, i);
		const char *whole = context_text(a, seed, key, c, true, false);
		add(out, TABLE_CONTEXT,
		    chance(seed, 8) ? NULL : context_text(a, seed, key, c, true, chance(seed, 50)),
		    whole);
	}
	if (chance(seed, 70))
		add_same(out, TABLE_CONTEXT,
		    context_text(a, seed, arena_printf(a, "%d,municipality,", year), sums, false,
		        chance(seed, 50)));
}

/* -- the rest ----------------------------------------------------------------- */

static void add_factors(struct random_rows *out, struct arena *a, unsigned nschools)
{
	static const char *const factors[] = {"near-threshold", "staff-shortage",
	    "low-professional-activity", "material-shortage", "no-stable-internet",
	    "computer-shortage", "remoteness", "poor-settlement", "scarce-culture",
	    "complex-intake", "poor-district", "school-climate", "weak-management"};
	for (unsigned i = 0; i < nschools; i++)
		for (size_t f = 0; f < sizeof(factors) / sizeof(*factors); f++) {
			const char *row = arena_printf(a, "2022,s%u,%s,%s", i, factors[f],
			    chance(&out->seed, 25) ? "yes" : "no");
			add(out, TABLE_FACTORS, chance(&out->seed, 20) ? NULL : row, row);
		}
}

static void add_declared(struct random_rows *out, struct arena *a, unsigned nschools)
{
	static const char *const categories_used[] = {"low-results", "disadvantaged"};
	for (int c = 0; c < 2; c++)
		for (unsigned i = 0; i < nschools && chance(&out->seed, 60); i++)
			if (chance(&out->seed, 40))
				add_same(out, TABLE_DECLARED,
				    arena_printf(a, "%d,%s,s%u,",
				        chance(&out->seed, 50) ? 2021 : 2022, categories_used[c],
				        i));
}

static void add_indicators(struct random_rows *out, struct arena *a)
{
	static const char *const measures[] = {"ratio:teachers_diagnosed/teachers",
	    "below-minimum:oge-rus|oge-math", "below-minimum:vpr-rus-4",
	    "dynamics:oge-rus:mean_mark", "dynamics:oge-math:below_minimum_share",
	    "context:small_school", "ratio:single_parent/students"};
	static const char *const cohorts[] = {
	    "all", "low-results", "disadvantaged", "low-results|disadvantaged"};
	static const char *const rules[] = {"at-least", "at-most", "increase", "none"};
	for (unsigned i = 0; i < sizeof(measures) / sizeof(*measures); i++)
		for (unsigned c = 0; c < 4; c++) {
			const char *rule = rules[random_number(&out->seed, 4)];
			if (chance(&out->seed, 50))
				continue;
			add_same(out, TABLE_INDICATORS,
			    arena_printf(a, "i%u-%u,g,T,percent,%s,%s,%s", i, c, rule, measures[i],
			        cohorts[c]));
			if (chance(&out->seed, 60))
				add_same(out, TABLE_TARGETS,
				    arena_printf(a, "i%u-%u,%u,%u", i, c,
				        2020 + random_number(&out->seed, 4),
				        random_number(&out->seed, 101)));
		}
}

void random_department(struct random_rows *out, struct arena *a, uint64_t seed)
{
	unsigned school_kinds[SCHOOLS_MOST], nschools;
	*out = (struct random_rows){.seed = seed * 0x9E3779B97F4A7C15ULL + 1};
	for (int i = 0; i < 8; i++)
		random_number(&out->seed, 2);
	nschools = 1 + random_number(&out->seed, SCHOOLS_MOST);
	for (unsigned i = 0; i < nschools; i++) {
		school_kinds[i] = chance(&out->seed, 15) ? 0 : 1 + random_number(&out->seed, 3);
		add_same(out, TABLE_SCHOOLS,
		    arena_printf(a, "s%u,School %u,%s,%s", i, i, kinds[school_kinds[i]],
		        chance(&out->seed, 5) ? "2021" : ""));
	}
	for (int e = 0; e < EXAMS; e++)
		for (int year = YEAR_FIRST; year <= YEAR_LAST; year++)
			if (chance(&out->seed, 55))
				add_exam(out, a, &exams[e], year, nschools, school_kinds);
	for (int year = 2020; year <= 2022; year++)
		add_context(out, a, year, nschools);
	add_factors(out, a, nschools);
	add_declared(out, a, nschools);
	add_indicators(out, a);
}

void random_shuffle(struct random_rows *rows)
{
	for (size_t i = rows->count; i > 1; i--) {
		size_t j = random_number(&rows->seed, (unsigned)i);
		struct random_row keep = rows->rows[i - 1];
		rows->rows[i - 1] = rows->rows[j];
		rows->rows[j] = keep;
	}
}

/* -- reading ------------------------------------------------------------------ */

void random_read(struct fixture *s, const struct random_rows *rows, long whole)
{
	static const struct {
		enum table_id table;
		const char *header;
	} tables[] = {
	    {TABLE_SCHOOLS, "school,name,kind,to_year\n"},
	    {TABLE_INDICATORS, "indicator,group,title,unit,rule,measure,cohort\n"},
	    {TABLE_RESULTS,
	        "year,procedure,scope,school,participants,below_minimum,pass_rate,quality_rate,"
	        "mean_mark,mean_score,status\n"},
	    {TABLE_CONTEXT,
	        "year,scope,school,students,single_parent,both_parents_higher,registered,resettled,"
	        "contest_participants,graduates_9,continued_to_senior,teachers,teachers_diagnosed,"
	        "small_school\n"},
	    {TABLE_FACTORS, "year,school,factor,present\n"},
	    {TABLE_DECLARED, "year,category,school,count\n"},
	    {TABLE_TARGETS, "indicator,year,target\n"},
	};
	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++) {
		struct buf text = BUF_INIT(BUF_PAGE);
		buf_adds(&text, tables[t].header);
		for (size_t i = 0; i < rows->count; i++) {
			const struct random_row *row = &rows->rows[i];
			const char *line = (long)i == whole ? row->whole : row->given;
			if (row->table == tables[t].table && line)
				buf_addf(&text, "%s\n", line);
		}
		support_table(s, tables[t].table, text.data);
		buf_clear(&text);
	}
	support_finish(s);
}
