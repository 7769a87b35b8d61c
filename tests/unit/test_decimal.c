/* decimal: what reads as a number, exact fractions, and rounding when written. */
#include "base/decimal.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <string.h>

#define NBSP   "\u00a0"
#define THIN   "\u2009"
#define NARROW "\u202f"

static const int64_t MOST = INT64_MAX;

/* -- reading --------------------------------------------------------------------- */

static void test_reads(void **state)
{
	static const struct {
		const char *text;
		int64_t digits;
		int places;
	} cases[] = {{"0", 0, 0}, {"7", 7, 0}, {"-7", -7, 0}, {"+7", 7, 0}, {"−7", -7, 0},
	    {"20,90", 2090, 2}, {"20.9", 209, 1}, {".5", 5, 1}, {"-,5", -5, 1}, {"-0", 0, 0},
	    {"0.000001", 1, 6}, {"007", 7, 0}, {"0000000000000000000000000000000000.5", 5, 1},
	    {" 12 ", 12, 0}, {NBSP "12" NBSP, 12, 0},
	    {"\uFEFF"
	     "12\r\n",
	        12, 0},
	    {"1 234", 1234, 0}, {"1" NBSP "234" NBSP "567,5", 12345675, 1},
	    {"12" THIN "345", 12345, 0}, {"-123" NARROW "456.25", -12345625, 2},
	    {"999999999999999", 999999999999999, 0}, {"-999999999999999", -999999999999999, 0},
	    {"999 999 999 999 999", 999999999999999, 0}, {"999999999.999999", 999999999999999, 6},
	    {"0,00", 0, 2}};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct decimal d;
		if (decimal_parse(&d, str_of(cases[i].text), false) != 0 || !d.set ||
		    d.digits != cases[i].digits || d.places != cases[i].places)
			fail_msg("\"%s\"", cases[i].text);
	}
}

static void test_refuses(void **state)
{
	static const char *const texts[] = {"", " ", "-", "+", "−", ".", ",", "-.", "5.", "5,",
	    "1.2.3", "1,234.5", "1.234,5", "--5", "+-5", "- 5", "5-", "1e3", "0x10", "nan", "inf",
	    "н/д", "5 %", "5%", "12a", "a12", "½", "٣", "1'000", "5..5", "1_000", "- ", "1. 5",
	    "1 .5", "1.234 567", "9999999999999999", "1000000000000000", "0.0000001", "1.0000000",
	    "9999999999.999999", "99999999999999999999999999999999999999", "12\x80",
	    "\xFF"
	    "1",
	    "1\xC2"
	    "234"};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct decimal d = {1, 1, true};
		if (decimal_parse(&d, str_of(texts[i]), false) != -1 || d.set || d.digits)
			fail_msg("\"%s\"", texts[i]);
	}
	struct decimal d;
	assert_int_equal(decimal_parse(&d, (struct str){NULL, 0}, true), -1);
	assert_int_equal(decimal_parse(&d, STR("1\0"), true), -1);
	assert_int_equal(decimal_parse(&d, (struct str){"12345", 2}, true), 0);
	assert_int_equal(d.digits, 12);
}

/* Two numbers in a cell are not one: groups have three digits and are parted
 * by one blank that stands on a line. */
static void test_groups(void **state)
{
	static const char *const texts[] = {"12 15", "3 5", "1 2 3", "2020 100", "1 23", "1 2345",
	    "1 234 5", "1 234 56", "1 234 5678", "1234 567", "1  234", "1 " NBSP "234", "12\n345",
	    "12\r\n345", "12\t345", "12\u200b345",
	    "12\ufeff"
	    "345",
	    "12\u2028"
	    "345",
	    "1 234,567 8", "- 123", "1 -234"};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct decimal d;
		if (decimal_parse(&d, str_of(texts[i]), true) != -1)
			fail_msg("\"%s\"", texts[i]);
	}
}

static void test_percent(void **state)
{
	static const char *const good[] = {"45,5%", "45,5 %", "45.5" NBSP "%", " 45,5% ", "45,5"};
	static const char *const bad[] = {"%", " %", "%45", "45%%", "45% %", "45,%", "45‰"};
	struct decimal d;
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_int_equal(decimal_parse(&d, str_of(good[i]), true), 0);
		assert_true(d.digits == 455 && d.places == 1);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (decimal_parse(&d, str_of(bad[i]), true) != -1)
			fail_msg("\"%s\"", bad[i]);
}

/* -- decimals ---------------------------------------------------------------------- */

static struct decimal dec(const char *text)
{
	struct decimal d;
	assert_int_equal(decimal_parse(&d, str_of(text), false), 0);
	return d;
}

static void test_decimal_order(void **state)
{
	static const char *const rising[] = {"-999999999999999", "-999999999.999999", "-1", "-0.5",
	    "-0.000001", "0", "0.000001", "0.1", "0.11", "0.5", "1", "999999999.999999",
	    "99999999999999.9", "999999999999999"};
	enum { COUNT = sizeof(rising) / sizeof(*rising) };
	(void)state;
	for (int i = 0; i < COUNT; i++)
		for (int j = 0; j < COUNT; j++) {
			int wanted = (i > j) - (i < j);
			struct decimal a = dec(rising[i]), b = dec(rising[j]);
			assert_int_equal(decimal_cmp(a, b), wanted);
			assert_int_equal(frac_cmp(decimal_frac(a), decimal_frac(b)), wanted);
		}
	assert_int_equal(decimal_cmp(dec("1.50"), dec("1.5")), 0);
	assert_int_equal(decimal_cmp(dec("0.00"), dec("-0")), 0);
	struct decimal most = decimal_of(INT64_MAX), least = {INT64_MIN, 6, true};
	assert_int_equal(decimal_cmp(most, least), 1);
	assert_int_equal(decimal_cmp(least, most), -1);
}

static void test_decimal_whole(void **state)
{
	bool exact;
	(void)state;
	assert_int_equal(decimal_int(dec("12.00"), &exact), 12);
	assert_true(exact);
	assert_int_equal(decimal_int(dec("12.99"), &exact), 12);
	assert_false(exact);
	assert_int_equal(decimal_int(dec("-12.99"), &exact), -12);
	assert_false(exact);
	assert_int_equal(decimal_int(dec("-0.5"), NULL), 0);
	assert_int_equal(decimal_int(decimal_of(INT64_MIN), &exact), INT64_MIN);
	assert_true(exact);
	assert_false(frac_is_set(decimal_frac((struct decimal){0})));
}

/* -- fractions ----------------------------------------------------------------------- */

static void check(struct frac f, int64_t num, int64_t den)
{
	assert_int_equal(f.num, num);
	assert_int_equal(f.den, den);
}

static void test_frac_of(void **state)
{
	(void)state;
	check(frac_of(6, 4), 3, 2);
	check(frac_of(6, -4), -3, 2);
	check(frac_of(-6, -4), 3, 2);
	check(frac_of(0, -5), 0, 1);
	check(frac_of(5, 0), 0, 0);
	check(frac_of(INT64_MIN, 0), 0, 0);
	check(frac_of(MOST, MOST), 1, 1);
	check(frac_of(MOST, 1), MOST, 1);
	check(frac_of(1, -MOST), -1, MOST);
	check(frac_of(INT64_MIN, INT64_MIN), 1, 1);
	check(frac_of(INT64_MIN, 2), INT64_MIN / 2, 1);
	check(frac_of(2, INT64_MIN), -1, INT64_C(1) << 62);
	check(frac_of(INT64_MIN, 1), 0, 0);
	check(frac_of(1, INT64_MIN), 0, 0);
	check(decimal_frac(dec("12.50")), 25, 2);
}

static void test_frac_sums(void **state)
{
	struct frac none = {0, 0}, third = frac_of(1, 3), most = frac_of(MOST, 1);
	(void)state;
	check(frac_add(third, frac_of(1, 6)), 1, 2);
	check(frac_sub(third, third), 0, 1);
	check(frac_mul(frac_of(-2, 3), frac_of(3, 4)), -1, 2);
	check(frac_div(third, frac_of(-2, 3)), -1, 2);
	check(frac_div(third, frac_of(0, 1)), 0, 0);
	check(frac_div(frac_of(0, 1), third), 0, 1);
	check(frac_add(most, frac_of(1, 1)), 0, 0);
	check(frac_sub(frac_of(-MOST, 1), frac_of(1, 1)), 0, 0);
	check(frac_sub(most, most), 0, 1);
	check(frac_mul(most, frac_of(2, 1)), 0, 0);
	check(frac_mul(most, frac_of(1, MOST)), 1, 1);
	check(frac_div(most, most), 1, 1);
	check(frac_add(frac_of(1, MOST), frac_of(1, MOST - 1)), 0, 0);
	check(frac_add(frac_of(MOST, MOST - 1), frac_of(MOST - 1, MOST)), 0, 0);
	struct frac (*const all[])(struct frac, struct frac) = {
	    frac_add, frac_sub, frac_mul, frac_div};
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		check(all[i](none, third), 0, 0);
		check(all[i](third, none), 0, 0);
		check(all[i](none, none), 0, 0);
		check(all[i](third, (struct frac){5, 0}), 0, 0); /* den 0: no number */
		check(all[i]((struct frac){5, 0}, third), 0, 0);
	}
}

/* Neighbours that differ in the last of 126 bits. */
static void test_frac_order_near_limits(void **state)
{
	struct frac less = frac_of(MOST - 2, MOST - 1), more = frac_of(MOST - 1, MOST);
	(void)state;
	assert_int_equal(frac_cmp(less, more), -1);
	assert_int_equal(frac_cmp(more, less), 1);
	assert_int_equal(frac_cmp(more, more), 0);
	assert_int_equal(frac_cmp(frac_of(MOST, 1), frac_of(1, MOST)), 1);
	assert_int_equal(frac_cmp(frac_of(-MOST, 1), frac_of(MOST, 1)), -1);
	assert_int_equal(frac_cmp(frac_of(-1, MOST), frac_of(0, 1)), -1);
	assert_int_equal(frac_cmp(frac_of(1, 3), frac_of(333333333333333, 1000000000000000)), 1);
	assert_int_equal(frac_cmp(frac_of(-1, 3), frac_of(-1, 2)), 1);
}

/* -- writing ------------------------------------------------------------------------ */

static void writes(int64_t num, int64_t den, int places, const char *wanted)
{
	struct buf out = BUF_INIT(BUF_LINE);
	frac_write(&out, frac_of(num, den), places, '.');
	assert_string_equal(out.data, wanted);
	buf_clear(&out);
}

static void test_rounding(void **state)
{
	(void)state;
	writes(1, 2, 0, "1");
	writes(-1, 2, 0, "-1");
	writes(3, 2, 0, "2");
	writes(5, 2, 0, "3");
	writes(-5, 2, 0, "-3");
	writes(49, 100, 0, "0");
	writes(-49, 100, 0, "0");
	writes(-4, 100, 1, "0");
	writes(-5, 100, 1, "-0.1");
	writes(1, 3, 2, "0.33");
	writes(2, 3, 2, "0.67");
	writes(1005, 1000, 2, "1.01"); /* 1.00 in binary floating point */
	writes(2675, 1000, 2, "2.68");
	writes(-2675, 1000, 2, "-2.68");
	writes(999995, 1000000, 5, "1");
	writes(1999, 1000, 2, "2");
	writes(1, 2000000, 6, "0.000001");
	writes(1, 2000001, 6, "0");
}

static void test_written_form(void **state)
{
	struct buf out = BUF_INIT(BUF_LINE);
	(void)state;
	writes(0, 5, 2, "0");
	writes(10, 1, 4, "10");
	writes(105, 10, 4, "10.5");
	writes(1001, 1000, 6, "1.001");
	writes(100001, 100000, 6, "1.00001");
	writes(5, 0, 2, "");
	writes(MOST, 1, 6, "9223372036854775807");
	writes(-MOST, 1, 0, "-9223372036854775807");
	writes(MOST, 2, 0, "4611686018427387904");
	writes(MOST, MOST - 1, 6, "1");
	writes(1, MOST, 6, "0");
	writes(MOST, 1000000, 6, "9223372036854.775807");
	frac_write(&out, frac_of(-21, 2), 1, ',');
	buf_addc(&out, ' ');
	decimal_write(&out, dec("20,900"), DECIMAL_SHOWN, ',');
	decimal_write(&out, (struct decimal){0}, DECIMAL_SHOWN, ',');
	assert_string_equal(out.data, "-10,5 20,9");
	buf_clear(&out);
}

/* What was written with all its decimals reads back as the same number. */
static void test_there_and_back(void **state)
{
	struct buf out = BUF_INIT(BUF_LINE);
	uint64_t x = 20261122;
	(void)state;
	for (int i = 0; i < 20000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		struct decimal d = {(int64_t)((x >> 13) % 999999999999999), (int8_t)(i % 7), true},
		               e;
		d.digits >>= i % 50;
		d.digits = x >> 63 ? -d.digits : d.digits;
		buf_reset(&out);
		decimal_write(&out, d, DECIMAL_PLACES, i % 2 ? '.' : ',');
		if (decimal_parse(&e, (struct str){out.data, out.len}, false) || decimal_cmp(d, e))
			fail_msg("%s", out.data);
	}
	buf_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reads),
	    cmocka_unit_test(test_refuses),
	    cmocka_unit_test(test_groups),
	    cmocka_unit_test(test_percent),
	    cmocka_unit_test(test_decimal_order),
	    cmocka_unit_test(test_decimal_whole),
	    cmocka_unit_test(test_frac_of),
	    cmocka_unit_test(test_frac_sums),
	    cmocka_unit_test(test_frac_order_near_limits),
	    cmocka_unit_test(test_rounding),
	    cmocka_unit_test(test_written_form),
	    cmocka_unit_test(test_there_and_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
