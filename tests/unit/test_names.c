/* Schools by every spelling that tables have, and never by a wrong one. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>

#include "model/names.h"

static const struct school schools[] = {
    {.id = "nevonskaya-1",
        .name = "МОУ «Невонская СОШ № 1»",
        .short_name = "Невонская СОШ № 1",
        .aliases = "Невонская 1|Невонская первая"},
    {.id = "nevonskaya-2", .name = "МОУ «Невонская СОШ № 2»", .aliases = "Невонская 2|Старая"},
    {.id = "ershovskaya",
        .name = "МКОУ «Ершовская СОШ»",
        .short_name = "Ершовская СОШ",
        .aliases = "Ершовская|Старая"},
    {.id = "sosh-1", .name = "МБОУ СОШ №1"},
    {.id = "sosh-11", .name = "МБОУ СОШ №11"},
};
enum { COUNT = sizeof(schools) / sizeof(schools[0]) };

struct fixture {
	struct arena a;
	struct names names;
};

static struct names_answer find(struct fixture *f, const char *cell)
{
	return names_find(&f->names, &f->a, str_of(cell));
}

static int begin(void **state)
{
	static struct fixture f;
	f = (struct fixture){.a = ARENA_INIT};
	names_init(&f.names, &f.a, schools, COUNT);
	*state = &f;
	return 0;
}

static int finish(void **state)
{
	arena_clear(&((struct fixture *)*state)->a);
	return 0;
}

static void finds_spellings(void **state)
{
	static const struct {
		const char *cell, *id;
	} cases[] = {
	    {"nevonskaya-1", "nevonskaya-1"},
	    {" nevonskaya-2 ", "nevonskaya-2"},
	    {"МОУ «Невонская СОШ № 1»", "nevonskaya-1"},
	    {"МОУ \"Невонская СОШ №1\"", "nevonskaya-1"},
	    {"мбоу невонская сош № 2", "nevonskaya-2"},
	    {"НЕВОНСКАЯ СОШ №2", "nevonskaya-2"},
	    {"Невонская 1", "nevonskaya-1"},
	    {"Невонская первая", "nevonskaya-1"},
	    {"МКОУ “Ершовская СОШ”", "ershovskaya"},
	    {"ершовская", "ershovskaya"},
	    {"СОШ № 1", "sosh-1"},
	    {"МАОУ СОШ №\xC2\xA0"
	     "11",
	        "sosh-11"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct names_answer answer = find(*state, cases[i].cell);
		if (!answer.school || strcmp(answer.school->id, cases[i].id) != 0)
			fail_msg(
			    "%s: %s", cases[i].cell, answer.school ? answer.school->id : "none");
		assert_int_equal(answer.ncandidates, 0);
	}
}

static void tells_numbers_apart(void **state)
{
	assert_null(find(*state, "СОШ № 2").school);
	assert_null(find(*state, "СОШ № 111").school);
	assert_null(find(*state, "Невонская СОШ № 12").school);
	assert_null(find(*state, "Невонская СОШ").school);
}

static void names_several(void **state)
{
	struct names_answer answer = find(*state, "старая");
	assert_null(answer.school);
	assert_true(answer.ambiguous);
	assert_int_equal(answer.ncandidates, 2);
	assert_string_equal(answer.candidates[0]->id, "nevonskaya-2");
	assert_string_equal(answer.candidates[1]->id, "ershovskaya");
}

static void names_the_nearest(void **state)
{
	struct names_answer answer = find(*state, "Невонская");
	assert_null(answer.school);
	assert_false(answer.ambiguous);
	assert_int_equal(answer.ncandidates, 2);
	assert_string_equal(answer.candidates[0]->id, "nevonskaya-1");
	answer = find(*state, "Ершовскя СОШ");
	assert_true(answer.ncandidates >= 1);
	assert_string_equal(answer.candidates[0]->id, "ershovskaya");
	answer = find(*state, "ershovskay");
	assert_true(answer.ncandidates >= 1);
	assert_string_equal(answer.candidates[0]->id, "ershovskaya");
	assert_int_equal(find(*state, "Совершенно другая организация района").ncandidates, 0);
}

static void hostile_cells(void **state)
{
	static const char *const cells[] = {"", " ", "МОУ", "«»", "№", "|", "\xD0", "\xFF\xFE"};
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
		assert_null(find(*state, cells[i]).school);
	struct names empty;
	struct fixture *f = *state;
	names_init(&empty, &f->a, NULL, 0);
	assert_null(names_find(&empty, &f->a, STR("x")).school);
}

static void bounds_candidates(void **state)
{
	struct fixture *f = *state;
	struct names many;
	struct school list[40];
	for (int i = 0; i < 40; i++)
		list[i] = (struct school){.id = arena_printf(&f->a, "s-%d", i),
		    .name = arena_printf(&f->a, "Заречная СОШ № %d", i),
		    .aliases = "Общая"};
	names_init(&many, &f->a, list, 40);
	struct names_answer answer = names_find(&many, &f->a, STR("Заречная"));
	assert_int_equal(answer.ncandidates, NAMES_CANDIDATES);
	for (size_t i = 0; i < NAMES_CANDIDATES; i++)
		for (size_t k = 0; k < i; k++)
			assert_ptr_not_equal(answer.candidates[i], answer.candidates[k]);
	answer = names_find(&many, &f->a, STR("общая"));
	assert_true(answer.ambiguous);
	assert_int_equal(answer.ncandidates, NAMES_CANDIDATES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(finds_spellings, begin, finish),
	    cmocka_unit_test_setup_teardown(tells_numbers_apart, begin, finish),
	    cmocka_unit_test_setup_teardown(names_several, begin, finish),
	    cmocka_unit_test_setup_teardown(names_the_nearest, begin, finish),
	    cmocka_unit_test_setup_teardown(hostile_cells, begin, finish),
	    cmocka_unit_test_setup_teardown(bounds_candidates, begin, finish),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
