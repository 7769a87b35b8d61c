/* What is told of two texts leads from one to the other, with as few words as can be. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "support_random.h"
#include "text/worddiff.h"

/* "a -b- +c+": removed and added words between signs, blank lines as ¶. */
static void picture(struct buf *out, const struct worddiff *d)
{
	static const char *const signs[] = {"", "-", "+"};
	for (size_t i = 0; i < d->count; i++) {
		const struct worddiff_run *run = &d->runs[i];
		for (size_t k = 0; k < run->count; k++) {
			if (out->len)
				buf_addc(out, ' ');
			buf_adds(out, signs[run->kind]);
			if (run->words[k].n)
				buf_add(out, run->words[k].p, run->words[k].n);
			else
				buf_adds(out, "¶");
		}
	}
}

static void expect(const char *old, const char *new, const char *expected)
{
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT(BUF_LINE);
	struct worddiff d;
	worddiff(&d, &a, str_of(old), str_of(new));
	picture(&out, &d);
	assert_string_equal(out.data, expected);
	buf_clear(&out);
	arena_clear(&a);
}

static void test_words(void **state)
{
	(void)state;
	expect("", "", "");
	expect("a b c", "a b c", "a b c");
	expect("a  b\nc", "a b c", "a b c");
	expect("a b c", "a x c", "a -b +x c");
	expect("", "a b", "+a +b");
	expect("a b", "", "-a -b");
	expect("a\n\nb", "a b", "a -¶ b");
	expect("\n\na\n\n", "a", "a");
	expect("Школ 50 %.", "Школ 67 %.", "Школ -50 +67 %.");
	expect("a b c a b b a", "c b a b a c", "-a -b c +b a b -b a +c");
}

static size_t common(const unsigned *a, size_t n, const unsigned *b, size_t m)
{
	static size_t t[40][40];
	for (size_t i = 0; i <= n; i++)
		for (size_t k = 0; k <= m; k++)
			t[i][k] = !i || !k              ? 0
			    : a[i - 1] == b[k - 1]      ? t[i - 1][k - 1] + 1
			    : t[i - 1][k] > t[i][k - 1] ? t[i - 1][k]
			                                : t[i][k - 1];
	return t[n][m];
}

static void test_fewest(void **state)
{
	uint64_t r = 4;
	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct arena a = ARENA_INIT;
		struct buf old = BUF_INIT(BUF_LINE), new = BUF_INIT(BUF_LINE);
		unsigned x[30], y[30];
		size_t n = random_number(&r, 30), m = random_number(&r, 30);
		for (size_t i = 0; i < n; i++)
			buf_addf(&old, "w%u ", x[i] = random_number(&r, 5));
		for (size_t i = 0; i < m; i++)
			buf_addf(&new, "w%u ", y[i] = random_number(&r, 5));
		struct worddiff d;
		worddiff(&d, &a, buf_str(&old), buf_str(&new));
		size_t i = 0, k = 0, same = 0;
		for (size_t run = 0; run < d.count; run++)
			for (size_t w = 0; w < d.runs[run].count; w++) {
				struct str word = d.runs[run].words[w];
				unsigned number = (unsigned)(word.p[1] - '0');
				if (d.runs[run].kind != WORDDIFF_ADDED)
					assert_int_equal(number, x[i++]);
				if (d.runs[run].kind != WORDDIFF_REMOVED)
					assert_int_equal(number, y[k++]);
				same += d.runs[run].kind == WORDDIFF_SAME;
			}
		assert_int_equal(i, n);
		assert_int_equal(k, m);
		assert_int_equal(same, common(x, n, y, m));
		assert_int_equal(d.changed, same != n || same != m);
		buf_clear(&old);
		buf_clear(&new);
		arena_clear(&a);
	}
}

/* Thousands of other words: paragraphs, and in bounded time. */
static void test_much(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf old = BUF_INIT(BUF_PAGE), new = BUF_INIT(BUF_PAGE);
	struct worddiff d;
	(void)state;
	for (unsigned i = 0; i < 20000; i++) {
		buf_addf(&old, "%s%u ", i % 100 ? "" : "\n\n", i);
		buf_addf(&new, "%s%u ", i % 100 ? "" : "\n\n", i / 1000 % 2 ? i : i * 7 + 1);
	}
	worddiff(&d, &a, buf_str(&old), buf_str(&new));
	assert_true(d.changed);
	size_t same = 0;
	for (size_t i = 0; i < d.count; i++)
		same += d.runs[i].kind == WORDDIFF_SAME ? d.runs[i].count : 0;
	assert_true(same >= 10000 && same < 10200);
	buf_clear(&old);
	buf_clear(&new);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_fewest),
	    cmocka_unit_test(test_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
