/*
 * Scales, labels that make way for each other, gaps, escaping; and whole
 * charts compared with the files of tests/unit/charts. UPDATE=1 writes these
 * anew: look at them in a browser and read the difference before keeping it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/chart_bullet.h"
#include "render/chart_lines.h"
#include "render/chart_targets.h"
#include "support_chart.h"

static const struct frac nothing = {0, 0};

/* A number in hundredths. */
static struct frac cents(int n)
{
	return frac_of(n, 100);
}

/* -- scales ------------------------------------------------------------------ */

static struct scale nice(bool zero, size_t n, const struct frac *numbers)
{
	struct extent e = {0};
	struct scale s = {.from = 1000, .to = 0};
	for (size_t i = 0; i < n; i++)
		extent_add(&e, numbers[i]);
	scale_nice(&s, &e, zero);
	return s;
}

static void check_ticks(const struct scale *s, const char *expected)
{
	struct buf text = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < scale_ticks(s); i++) {
		buf_adds(&text, i ? " " : "");
		frac_write(&text, scale_tick(s, i), 6, '.');
	}
	assert_string_equal(text.data, expected);
	buf_clear(&text);
}

#define CHECK_NICE(zero, expected, ...) \
	do { \
		const struct frac numbers[] = {__VA_ARGS__}; \
		struct scale made = nice(zero, sizeof(numbers) / sizeof(*numbers), numbers); \
		check_ticks(&made, expected); \
	} while (0)

static void test_nice_ranges(void **state)
{
	(void)state;
	CHECK_NICE(false, "0 20 40", cents(0), cents(2310), cents(3880));
	CHECK_NICE(false, "0 50 100", cents(2310), cents(9571));
	CHECK_NICE(true, "0 5 10", cents(700), cents(600), cents(400));
	CHECK_NICE(false, "4 6 8", cents(700), cents(600), cents(400));
	CHECK_NICE(true, "0 5", cents(500), cents(300));
	CHECK_NICE(false, "3 3.5 4", cents(340), cents(390));
	CHECK_NICE(false, "-5 0 5", cents(-310), cents(420));
	CHECK_NICE(false, "-20 0 20", cents(-310), cents(1200));
	CHECK_NICE(true, "-10 -5 0", cents(-820), cents(-640));
	CHECK_NICE(false, "0 100000 200000", cents(9900), frac_of(150000, 1));
	CHECK_NICE(true, "0 0.2 0.4", frac_of(1, 3), frac_of(1, 7));
	/* whole numbers have whole ticks */
	CHECK_NICE(true, "0 1", frac_of(1, 1));
	CHECK_NICE(true, "0 1 2", frac_of(1, 1), frac_of(2, 1));
	CHECK_NICE(true, "0 1", frac_of(0, 1), frac_of(0, 5));
	CHECK_NICE(true, "0 0.5 1", frac_of(1, 1), frac_of(1, 2));
	/* no numbers */
	CHECK_NICE(true, "0 1", nothing);
	CHECK_NICE(false, "0 1", nothing, frac_of(INT64_MAX, 1), frac_of(INT64_MIN, 1));
	/* close numbers must not look like a leap */
	CHECK_NICE(false, "50 60 70", cents(5410), cents(5430));
	CHECK_NICE(false, "40 45 50", cents(4167));
	CHECK_NICE(false, "40 45 50", cents(4167), cents(4167), cents(4167));
	CHECK_NICE(true, "0 50", cents(4167));
}

static void test_scale_places(void **state)
{
	(void)state;
	struct scale s = {.from = 1400, .to = 120};
	scale_fixed(&s, 0, 100, 0, 50);
	assert_int_equal(scale_at(&s, cents(0)), 1400);
	assert_int_equal(scale_at(&s, cents(10000)), 120);
	assert_int_equal(scale_at(&s, cents(5000)), 760);
	assert_int_equal(scale_at(&s, cents(4167)), 867);
	assert_int_equal(scale_at(&s, frac_of(100, 3)), 973);
	assert_int_equal(scale_at(&s, cents(-1)), 1400);
	assert_int_equal(scale_at(&s, cents(110000)), 120);
	scale_fixed(&s, 2, 5, 3, 1);
	check_ticks(&s, "3 4 5");
	assert_int_equal(scale_at(&s, cents(350)), 760);
}

static void test_scale_takes_what_it_can_place(void **state)
{
	(void)state;
	struct scale s;
	assert_false(scale_takes(nothing));
	assert_false(scale_takes(frac_of(INT64_MAX, 1)));
	assert_false(scale_takes((struct frac){INT64_MIN, 1}));
	assert_false(scale_takes(frac_of(SCALE_LIMIT + 1, 1)));
	assert_true(scale_takes(frac_of(-SCALE_LIMIT, 1)));
	assert_true(scale_takes(frac_of(INT64_MAX, INT64_MAX - 1)));
	s = nice(false, 2, (struct frac[]){frac_of(SCALE_LIMIT, 1), frac_of(-SCALE_LIMIT, 1)});
	assert_int_equal(scale_at(&s, frac_of(SCALE_LIMIT, 1)), 0);
	assert_int_equal(scale_at(&s, frac_of(0, 1)), 500);
	assert_int_equal(scale_at(&s, frac_of(INT64_MAX - 1, INT64_MAX)), 500);
	s = nice(true, 2, (struct frac[]){frac_of(INT64_MAX - 24, INT64_MAX), frac_of(1, 1)});
	assert_int_equal(scale_at(&s, frac_of(INT64_MAX / 2, INT64_MAX)), 500);
}

/* -- labels ------------------------------------------------------------------ */

static int half_height(const struct chart_label *l)
{
	return (l->lines * CHART_LINE + (l->lines - 1) * CHART_GAP) / 2;
}

static void check_spread(const struct chart_label *labels, size_t n, int top, int bottom)
{
	for (size_t i = 0; i < n; i++) {
		int half = half_height(&labels[i]);
		assert_true(labels[i].at - half >= top && labels[i].at + half <= bottom);
		for (size_t j = 0; j < i; j++) {
			int room = half + half_height(&labels[j]);
			assert_true(abs(labels[i].at - labels[j].at) >= room);
		}
	}
}

static void test_spread_leaves_what_is_apart(void **state)
{
	(void)state;
	struct chart_label l[] = {
	    {.want = 900, .lines = 1}, {.want = 200, .lines = 1}, {.want = 500, .lines = 2}};
	assert_true(chart_spread(l, 3, 0, 1400));
	assert_int_equal(l[0].at, 900);
	assert_int_equal(l[1].at, 200);
	assert_int_equal(l[2].at, 500);
}

static void test_spread_parts_what_touches(void **state)
{
	(void)state;
	struct chart_label l[] = {{.want = 700, .lines = 1, .number = cents(4167)},
	    {.want = 690, .lines = 1, .number = cents(4200)},
	    {.want = 760, .lines = 1, .number = cents(3817)}};
	assert_true(chart_spread(l, 3, 0, 1400));
	check_spread(l, 3, 0, 1400);
	assert_true(l[1].at < l[0].at && l[0].at < l[2].at);
	assert_true(abs(l[0].at - 717) <= 2); /* the mean of what they want */

	/* the same place: the greater number on top, then the order given */
	for (size_t i = 0; i < 3; i++)
		l[i] = (struct chart_label){
		    .want = 700, .lines = 1, .number = cents(i == 1 ? 4824 : 4820)};
	assert_true(chart_spread(l, 3, 0, 1400));
	check_spread(l, 3, 0, 1400);
	assert_true(l[1].at < l[0].at && l[0].at < l[2].at);
}

static void test_spread_keeps_inside(void **state)
{
	(void)state;
	struct chart_label l[CHART_SERIES];
	for (unsigned seed = 1; seed < 3000; seed++) {
		unsigned random = seed * 2654435761U;
		size_t n = 1 + seed % CHART_SERIES;
		for (size_t i = 0; i < n; i++) {
			random = random * 1664525U + 1013904223U;
			l[i] = (struct chart_label){.want = (int)(random >> 20) % 1700 - 100,
			    .lines = 1 + (int)(random >> 31)};
		}
		if (chart_spread(l, n, 0, 1500))
			check_spread(l, n, 0, 1500);
	}
	for (size_t i = 0; i < CHART_SERIES; i++)
		l[i] = (struct chart_label){.want = 100, .lines = 2};
	assert_false(chart_spread(l, CHART_SERIES, 0, 1000));
	assert_true(chart_spread(l, 0, 0, 10));
}

/* -- whole charts ------------------------------------------------------------ */

enum { YEARS = 13 };
static const int since_2018[] = {2018, 2019, 2020, 2021, 2022, 2023};

static struct chart frame(const char *id, const char *title, size_t nyears, const int *years)
{
	return (struct chart){
	    .id = id,
	    .title = title,
	    .description = "Числа стоят в таблице.",
	    .years = years,
	    .nyears = nyears,
	    .range = CHART_PERCENT,
	    .unit = "%",
	    .empty = "нет данных",
	    .small = "малая группа",
	    .separator = ',',
	};
}

struct lines_case {
	struct chart_value values[CHART_SERIES][YEARS];
	struct chart_series series[CHART_SERIES];
	struct chart_lines spec;
};

static void lines_begin(struct lines_case *c, const char *title, size_t nyears, const int *years)
{
	static const char *const names[] = {"школа", "район", "область"};
	*c = (struct lines_case){0};
	for (size_t i = 0; i < 3; i++)
		c->series[i] = (struct chart_series){names[i], (enum chart_role)i, c->values[i]};
	for (size_t i = 3; i < CHART_SERIES; i++)
		c->series[i] = (struct chart_series){"ещё", CHART_REGION, c->values[i]};
	c->spec = (struct chart_lines){
	    .chart = frame("c1", title, nyears, years),
	    .series = c->series,
	    .nseries = 3,
	};
}

/* Numbers in hundredths; below zero a gap. */
static void lines_put(struct lines_case *c, size_t series, const int *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		c->values[series][i].number = numbers[i] < 0 ? nothing : cents(numbers[i]);
}
#define PUT(c, series, ...) \
	lines_put(c, series, (const int[]){__VA_ARGS__}, sizeof((int[]){__VA_ARGS__}) / sizeof(int))

static void lines_check(struct lines_case *c, const char *name)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	chart_lines(&out, &c->spec);
	check_golden(name, &out);
}

static void test_lines(void **state)
{
	(void)state;
	struct lines_case c;
	lines_begin(&c, "ОГЭ, русский язык: 4 и 5, %", 2, since_2018);
	PUT(&c, 0, 2310, 4167);
	PUT(&c, 1, 3880, 3817);
	PUT(&c, 2, 5013, 5086);
	lines_check(&c, "lines-russian");

	lines_begin(&c, "ОГЭ, математика: 4 и 5, %", 2, since_2018);
	PUT(&c, 0, 0, 0);
	PUT(&c, 1, 2090, 2429);
	PUT(&c, 2, 4360, 4824);
	lines_check(&c, "lines-mathematics");

	lines_begin(&c, "ОГЭ, математика: сдали, %", 1, since_2018);
	PUT(&c, 0, 8462);
	PUT(&c, 1, 9571);
	PUT(&c, 2, 9885);
	lines_check(&c, "lines-one-year");

	lines_begin(&c, "ОГЭ, физика: 4 и 5, %", 3, since_2018);
	lines_check(&c, "lines-empty");
}

/* Gaps, an end without a number, small groups, marks. */
static void test_lines_gaps(void **state)
{
	(void)state;
	struct lines_case c;
	lines_begin(&c, "ОГЭ, математика: средний балл", 6, since_2018);
	c.spec.chart.range = CHART_MARKS;
	c.spec.chart.unit = NULL;
	PUT(&c, 0, 310, 325, -1, 340, 360, -1);
	c.values[0][1].small = true;
	PUT(&c, 1, 340, -1, 352, -1, 360, 358);
	PUT(&c, 2, 361, 359, -1, 366, 365, 366);
	lines_check(&c, "lines-gaps");

	/* only the parts at the small group are unsure */
	lines_begin(&c, "ОГЭ, русский язык: 4 и 5, %", 4, since_2018);
	PUT(&c, 0, 5000, 6250, 4000, 4500);
	c.values[0][1].small = true;
	PUT(&c, 1, 4100, 4200, 4300, 4400);
	lines_check(&c, "lines-small");
}

/* Thirteen years with one of them missing from the table. */
static void test_lines_many_years(void **state)
{
	(void)state;
	static const int years[] = {
	    2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2021, 2022, 2023};
	struct lines_case c;
	lines_begin(&c, "ЕГЭ, русский язык: средний балл", 13, years);
	c.spec.chart.range = CHART_AUTO;
	PUT(&c, 0, 5410, 5570, 5200, 6010, 6100, 6350, 6200, 6480, 6600, 6310, 6720, 6550, 6700);
	PUT(&c, 1, 5810, 5870, 5900, 6110, 6200, 6250, 6300, 6380, 6400, 6510, 6620, 6650, 6690);
	PUT(&c, 2, 6010, 6070, 6100, 6210, 6300, 6450, 6400, 6580, 6600, 6610, 6700, 6750, 6710);
	lines_check(&c, "lines-many-years");
}

static void test_lines_long_labels(void **state)
{
	(void)state;
	struct lines_case c;
	lines_begin(&c, "<b>\"4\" & 5</b>", 3, since_2018);
	c.spec.chart.id = "a\"b<c>&'d";
	c.spec.chart.description = "1 < 2 & \"3\"";
	c.spec.chart.unit = "<%>";
	c.spec.chart.small = "<\"малая\" & группа>";
	c.series[0].label = "<script>alert(\"1&2\")</script>";
	c.series[1].label = "муниципалитет";
	c.series[2].label = "Иркутская область, городские школы";
	PUT(&c, 0, 2310, 4167, 5080);
	PUT(&c, 1, 3880, 3817, 5090);
	PUT(&c, 2, 5013, 5086, 5086);
	c.values[0][0].small = true;
	lines_check(&c, "lines-long-labels");
}

static size_t count_of(const char *text, const char *part)
{
	size_t n = 0;
	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		n++;
	return n;
}

static void test_lines_break_at_gaps(void **state)
{
	(void)state;
	struct lines_case c;
	struct buf out = BUF_INIT(BUF_PAGE);
	lines_begin(&c, "x", 6, since_2018);
	c.spec.nseries = 1;
	PUT(&c, 0, 100, 200, -1, 300, -1, 400);
	chart_lines(&out, &c.spec);
	char *group = strstr(out.data, "<g class=\"c-school\">");
	assert_non_null(group);
	char *d = strstr(group, " d=\""), *end = strchr(d + 4, '"');
	*end = '\0';
	assert_int_equal(count_of(d, "M"), 1); /* only the first two are joined */
	assert_int_equal(count_of(d, "L"), 1);
	assert_int_equal(count_of(end + 1, "<circle"), 4);
	buf_clear(&out);
}

/* More lines than are drawn, all numbers past all bounds, years of no order. */
static void test_lines_hostile(void **state)
{
	(void)state;
	static const int years[] = {INT32_MAX, INT32_MIN, 0, 0, INT32_MAX};
	struct lines_case c;
	struct chart_series many[100];
	struct buf out = BUF_INIT(BUF_PAGE);
	lines_begin(&c, "x", 5, years);
	for (size_t i = 0; i < 100; i++)
		many[i] = c.series[i % CHART_SERIES];
	many[0].label = "\xFF\xFE";
	many[1].label = "";
	c.spec.series = many;
	c.spec.nseries = 100;
	c.values[0][0].number = (struct frac){INT64_MAX, 1};
	c.values[1][4].number = (struct frac){INT64_MIN, 1};
	c.values[2][2].number = (struct frac){INT64_MAX, INT64_MAX - 1};
	for (size_t i = 3; i < CHART_SERIES; i++)
		c.values[i][4].number = cents(110000);
	chart_lines(&out, &c.spec);
	assert_int_equal(buf_err(&out), 0);
	assert_int_equal(count_of(out.data, "<path fill=\"none\"") <= CHART_SERIES, true);
	assert_int_equal(count_of(out.data, "<g"), count_of(out.data, "</g>"));
	assert_null(strstr(out.data, "style="));
	buf_reset(&out);
	c.spec.chart.nyears = 0;
	c.spec.chart.description = NULL;
	chart_lines(&out, &c.spec);
	assert_null(strstr(out.data, "<desc"));
	assert_non_null(strstr(out.data, "нет данных"));
	buf_clear(&out);
}

/* Eight labels of two lines need a higher chart. */
static void test_lines_many_labels(void **state)
{
	(void)state;
	struct lines_case c;
	lines_begin(&c, "Восемь школ", 2, since_2018);
	c.spec.nseries = CHART_SERIES;
	for (size_t i = 0; i < CHART_SERIES; i++) {
		c.series[i].label = "Невонская СОШ";
		PUT(&c, i, 4000, 4100 + (int)i);
	}
	lines_check(&c, "lines-many-labels");
}

/* -- bullets ----------------------------------------------------------------- */

static void bullet_check(const char *name, struct chart_bullet spec)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	chart_bullet(&out, &spec);
	check_golden(name, &out);
}

static void test_bullets(void **state)
{
	(void)state;
	bullet_check("bullet-bad",
	    (struct chart_bullet){"Без аттестата: 6,1 %, план не больше 5 %", "bad", cents(610),
	        cents(500), cents(700), true});
	bullet_check("bullet-good",
	    (struct chart_bullet){"Отвечают требованиям: 7 из 10", "good", frac_of(70, 1),
	        frac_of(70, 1), frac_of(40, 1), true});
	bullet_check("bullet-zero",
	    (struct chart_bullet){
	        "Договоры: 0 из 6", "wait", frac_of(0, 1), frac_of(100, 3), nothing, true});
	bullet_check("bullet-missing",
	    (struct chart_bullet){"Договоры \"культуры\" & <спорта>: нет данных", "none", nothing,
	        frac_of(6, 1), frac_of(7, 1), false});
	bullet_check("bullet-negative",
	    (struct chart_bullet){"Прирост: −3,1", "bad", cents(-310), cents(200), nothing, false});
}

static void test_bullet_scale(void **state)
{
	(void)state;
	struct buf out = BUF_INIT(BUF_PAGE);
	struct chart_bullet b = {.text = "x",
	    .status = "good",
	    .value = cents(1000),
	    .target = cents(500),
	    .share = true};
	chart_bullet(&out, &b);
	assert_non_null(strstr(out.data, "width=\"100%\"/><line"));
	buf_reset(&out);
	b.value = cents(1001); /* now the scale runs to 100 */
	chart_bullet(&out, &b);
	assert_non_null(strstr(out.data, "width=\"10%\"/><line"));
	assert_non_null(strstr(out.data, "x1=\"5%\""));
	buf_reset(&out);
	b.value = b.target = nothing; /* nothing but the track */
	chart_bullet(&out, &b);
	assert_int_equal(count_of(out.data, "<rect"), 1);
	assert_null(strstr(out.data, "<line"));
	assert_null(strstr(out.data, "<circle"));
	buf_clear(&out);
}

/* -- targets ----------------------------------------------------------------- */

struct targets_case {
	struct frac targets[YEARS];
	struct chart_value values[YEARS];
	struct chart_targets spec;
};

static void targets_begin(struct targets_case *c, const char *title, size_t nyears,
    const int *years, enum chart_direction direction)
{
	*c = (struct targets_case){0};
	c->spec = (struct chart_targets){
	    .chart = frame("t1", title, nyears, years),
	    .targets = c->targets,
	    .values = c->values,
	    .target_label = "план",
	    .value_label = "факт",
	    .baseline_label = "исходное",
	    .direction = direction,
	};
}

static void targets_put(struct targets_case *c, size_t year, int target, int value)
{
	c->targets[year] = target < 0 ? nothing : cents(target);
	c->values[year].number = value < 0 ? nothing : cents(value);
}

static void targets_check(struct targets_case *c, const char *name)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	chart_targets(&out, &c->spec);
	check_golden(name, &out);
}

static void test_targets(void **state)
{
	(void)state;
	struct targets_case c;
	targets_begin(&c, "Без аттестата, %", 4, since_2018 + 1, CHART_AT_MOST);
	c.spec.baseline_year = 2019;
	c.spec.baseline = frac_of(7, 1);
	targets_put(&c, 1, 600, -1);
	targets_put(&c, 2, 500, -1);
	targets_put(&c, 3, 400, -1);
	targets_check(&c, "targets-no-values");

	targets_begin(&c, "Школы, отвечающие требованиям, %", 5, since_2018 + 1, CHART_AT_LEAST);
	c.spec.baseline_year = 2019;
	c.spec.baseline = frac_of(40, 1);
	targets_put(&c, 1, 5000, 5000);
	targets_put(&c, 2, 7000, 6000);
	targets_put(&c, 3, 9000, -1);
	targets_put(&c, 4, 10000, -1);
	targets_check(&c, "targets-values");
}

/* A year without a target, one without a value, a year that is not there, a
 * baseline in the year of a value. */
static void test_targets_gaps(void **state)
{
	(void)state;
	static const int years[] = {2018, 2019, 2020, 2022, 2023, 2024};
	struct targets_case c;
	targets_begin(&c, "Договоры <\"культуры\">, шт.", 6, years, CHART_NO_DIRECTION);
	c.spec.chart.range = CHART_AUTO;
	c.spec.baseline_year = 2018;
	c.spec.baseline = frac_of(2, 1);
	targets_put(&c, 0, -1, 200);
	targets_put(&c, 1, 300, 300);
	targets_put(&c, 2, -1, -1);
	targets_put(&c, 3, 500, 400);
	targets_put(&c, 4, 500, 600);
	targets_put(&c, 5, 600, 600);
	c.values[4].small = true;
	targets_check(&c, "targets-gaps");
}

static void test_targets_empty_and_hostile(void **state)
{
	(void)state;
	struct targets_case c;
	struct buf out = BUF_INIT(BUF_PAGE);
	targets_begin(&c, "x", 3, since_2018, CHART_AT_MOST);
	chart_targets(&out, &c.spec);
	assert_non_null(strstr(out.data, "нет данных"));
	assert_null(strstr(out.data, "<circle"));
	c.spec.chart.years = (const int[]){INT32_MAX, INT32_MIN, INT32_MIN};
	for (size_t i = 0; i < 3; i++)
		targets_put(&c, i, 600, 110000);
	for (; c.spec.chart.nyears > 0; c.spec.chart.nyears--)
		chart_targets(&out, &c.spec);
	chart_targets(&out, &c.spec);
	assert_int_equal(buf_err(&out), 0);
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_nice_ranges),
	    cmocka_unit_test(test_scale_places),
	    cmocka_unit_test(test_scale_takes_what_it_can_place),
	    cmocka_unit_test(test_spread_leaves_what_is_apart),
	    cmocka_unit_test(test_spread_parts_what_touches),
	    cmocka_unit_test(test_spread_keeps_inside),
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_lines_gaps),
	    cmocka_unit_test(test_lines_many_years),
	    cmocka_unit_test(test_lines_long_labels),
	    cmocka_unit_test(test_lines_break_at_gaps),
	    cmocka_unit_test(test_lines_hostile),
	    cmocka_unit_test(test_lines_many_labels),
	    cmocka_unit_test(test_bullets),
	    cmocka_unit_test(test_bullet_scale),
	    cmocka_unit_test(test_targets),
	    cmocka_unit_test(test_targets_gaps),
	    cmocka_unit_test(test_targets_empty_and_hostile),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
