/*
 * What rows say, however they are written; and that the differences of two
 * versions, found from their bytes, are those of all their rows.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "model/row_digest.h"
#include "support_random.h"

static struct row_digests all(struct arena *a, enum table_id id, struct str bytes)
{
	struct row_digests out = ROW_DIGESTS_INIT(a);
	row_digests(&out, id, bytes);
	return out;
}

static void expect_same(enum table_id id, struct str x, struct str y)
{
	struct arena a = ARENA_INIT;
	struct row_digests one = all(&a, id, x), other = all(&a, id, y);
	assert_int_equal(one.count, other.count);
	for (size_t i = 0; i < one.count; i++)
		assert_int_equal(one.items[i].digest, other.items[i].digest);
	arena_clear(&a);
}

static void same(enum table_id id, const char *x, const char *y)
{
	expect_same(id, str_of(x), str_of(y));
}

/* One row each, which differ. */
static void differ(enum table_id id, const char *x, const char *y)
{
	struct arena a = ARENA_INIT;
	struct row_digests one = all(&a, id, str_of(x)), other = all(&a, id, str_of(y));
	assert_int_equal(one.count, 1);
	assert_int_equal(other.count, 1);
	assert_int_not_equal(one.items[0].digest, other.items[0].digest);
	arena_clear(&a);
}

static const char PLAIN[] = "school,name,kind\none,Первая,secondary\n";

static void test_form(void **state)
{
	(void)state;
	same(TABLE_SCHOOLS, PLAIN, "school;name;kind\r\none;Первая;secondary\r\n");
	same(TABLE_SCHOOLS, PLAIN, "school\tname\tkind\none\tПервая\tsecondary");
	same(
	    TABLE_SCHOOLS, PLAIN, "\xEF\xBB\xBFschool,name,kind\n one , \"Первая\" ,secondary\n\n");
	same(TABLE_SCHOOLS, PLAIN, "name,kind,school\nПервая,secondary,one\n");
	same(TABLE_SCHOOLS, PLAIN, "school,name,kind,aliases\none,Первая,secondary,\n");
	same(TABLE_SCHOOLS, PLAIN, "код школы,название,вид\none,Первая,СОШ\n");
	expect_same(TABLE_SCHOOLS, str_of(PLAIN),
	    STR("school,name,kind\none,\xCF\xE5\xF0\xE2\xE0\xFF,secondary\n"));
	same(TABLE_RESULTS, "school,procedure,year,pass_rate\none,oge-rus,2021,92.5\n",
	    "school,procedure,year,pass_rate\none,oge-rus,2021,\"92,5 %\"\n");
	same(TABLE_RESULTS, "school,procedure,year,participants\none,oge-rus,2021,1200\n",
	    "school,procedure,year,participants\none,oge-rus,2021,1 200\n");
	same(TABLE_CONTEXT, "scope,year,students\nmunicipality,2021,5\n",
	    "year;Students ;scope\n2021;5;municipality\n");
}

static void test_differ(void **state)
{
	(void)state;
	differ(TABLE_SCHOOLS, PLAIN, "school,name,kind\ntwo,Первая,secondary\n");
	differ(TABLE_SCHOOLS, PLAIN, "school,name,kind\none,Первые,secondary\n");
	differ(TABLE_SCHOOLS, PLAIN, "school,name\none,Первая\n");
	/* The same words in other columns. */
	differ(
	    TABLE_SCHOOLS, "school,name,full_name\none,a,b\n", "school,name,full_name\none,b,a\n");
	differ(TABLE_RESULTS, "school,procedure,year,participants,below_minimum\none,p,2021,3,\n",
	    "school,procedure,year,participants,below_minimum\none,p,2021,,3\n");
}

static void test_errors(void **state)
{
	struct arena a = ARENA_INIT;
	(void)state;
	/* A row too short, one too long, one with an open quote at the end. */
	struct row_digests rows =
	    all(&a, TABLE_SCHOOLS, STR("school,name\none\ntwo,b,c\nthree,\"c\n"));
	assert_int_equal(rows.count, 3);
	assert_int_equal(rows.items[2].line, 4);
	assert_int_equal(all(&a, TABLE_SCHOOLS, STR("a,b\n1,2\n")).count, 0);
	assert_int_equal(all(&a, TABLE_SCHOOLS, STR("")).count, 0);
	assert_int_equal(all(&a, TABLE_SCHOOLS, STR("school,name\none,\0\n")).count, 0);
	/* A damaged letter spoils its own row. */
	struct row_digests good =
	    all(&a, TABLE_SCHOOLS, STR("school,name\none,Первая\ntwo,Вторая\n"));
	struct row_digests bad =
	    all(&a, TABLE_SCHOOLS, STR("school,name\none,Перв\xD0 я\ntwo,Вторая\n"));
	assert_int_equal(bad.count, 2);
	assert_int_not_equal(good.items[0].digest, bad.items[0].digest);
	assert_int_equal(good.items[1].digest, bad.items[1].digest);
	arena_clear(&a);
}

static int by_digest(const void *x, const void *y)
{
	const struct row_digest *a = x, *b = y;
	return (a->digest > b->digest) - (a->digest < b->digest);
}

/* old − removed + added = new, as rows that may occur several times. */
static void check_changes(struct str old, struct str new)
{
	struct arena a = ARENA_INIT;
	struct row_digests removed = ROW_DIGESTS_INIT(&a), added = removed;
	struct row_digests left = all(&a, TABLE_SCHOOLS, old), right = all(&a, TABLE_SCHOOLS, new);
	row_changes(&removed, &added, TABLE_SCHOOLS, old, new);
	struct row_digest *x = malloc((left.count + added.count + 1) * sizeof(*x));
	struct row_digest *y = malloc((right.count + removed.count + 1) * sizeof(*y));
	size_t n = 0, m = 0;
	for (size_t i = 0; i < left.count; i++)
		x[n++] = left.items[i];
	for (size_t i = 0; i < added.count; i++)
		x[n++] = added.items[i];
	for (size_t i = 0; i < right.count; i++)
		y[m++] = right.items[i];
	for (size_t i = 0; i < removed.count; i++)
		y[m++] = removed.items[i];
	assert_int_equal(n, m);
	qsort(x, n, sizeof(*x), by_digest);
	qsort(y, m, sizeof(*y), by_digest);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(x[i].digest, y[i].digest);
	free(x);
	free(y);
	arena_clear(&a);
}

static size_t edit(uint64_t *r, char *text, size_t n, size_t room)
{
	static const char letters[] = "ab,;\"\n\r\n\"\"\n";
	for (unsigned edits = random_number(r, 4); edits > 0; edits--) {
		size_t at = 12 + random_number(r, (unsigned)(n - 11));
		if (random_number(r, 2) && n < room) {
			memmove(text + at + 1, text + at, n - at);
			text[at] = letters[random_number(r, sizeof(letters) - 1)];
			n++;
		} else if (at < n && n > 14) {
			memmove(text + at, text + at + 1, n - at - 1);
			n--;
		}
	}
	return n;
}

static void test_changes(void **state)
{
	uint64_t r = 9;
	(void)state;
	check_changes(STR("school,name\na,b\nc,d\n"), STR("school,name\na,b\nc,d\n"));
	check_changes(STR("school,name\na,b\n"), STR("school,name\na,b\nc,d\n"));
	check_changes(STR("school,name\na,b\n"), STR("school,name\na,b\r\nc,d\r\n"));
	check_changes(STR("school,name\na,b\n"), STR("school;name\na;b\n"));
	check_changes(STR(""), STR("school,name\na,b\n"));
	check_changes(STR("school,name\na,b\n"), STR(""));
	for (int i = 0; i < 20000; i++) {
		char old[128] = "school,name\na,b\nc,\"d\n,e\"\nf\"g,h\ni,j\n", new[128];
		size_t n = edit(&r, old, strlen(old), sizeof(old));
		memcpy(new, old, sizeof(new));
		size_t m = edit(&r, new, n, sizeof(new));
		check_changes((struct str){old, n}, (struct str){new, m});
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_form),
	    cmocka_unit_test(test_differ),
	    cmocka_unit_test(test_errors),
	    cmocka_unit_test(test_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
