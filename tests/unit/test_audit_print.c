/* What is a page's own, and which pages say the same. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/str.h"
#include "compute/audit_print.h"

static struct arena arena = ARENA_INIT;

static int forget(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static void own_lines(void **state)
{
	(void)state;
	struct audit_template t;
	audit_template_begin(&t, &arena);
	audit_template_add(&t, audit_lines(&arena, STR("Меню\nГлавная\nМеню")));
	assert_true(str_is(
	    audit_own_text(&t, &arena, audit_lines(&arena, STR("МЕНЮ\nТекст"))), "меню\nтекст"));
	audit_template_add(&t, audit_lines(&arena, STR("Меню\nТекст")));
	assert_true(
	    str_is(audit_own_text(&t, &arena, audit_lines(&arena, STR("МЕНЮ\n\nТекст"))), "текст"));
	for (int i = 0; i < 6; i++)
		audit_template_add(
		    &t, audit_lines(&arena, i < 4 ? STR("Меню\nПодвал") : STR("Меню")));
	assert_true(str_is(
	    audit_own_text(&t, &arena, audit_lines(&arena, STR("Меню\nПодвал\nТекст"))), "текст"));
	assert_true(
	    str_is(audit_own_text(&t, &arena, audit_lines(&arena, STR("Главная"))), "главная"));
}

static struct audit_print of(const char *text)
{
	return audit_print_of(str_of(text));
}

static void prints(void **state)
{
	(void)state;
#define LOST(name) \
	"к сожалению страница " name \
	" не найдена возможно она была удалена или перенесена вернитесь " \
	"на главную страницу сайта или воспользуйтесь поиском по сайту школы если вы уверены что " \
	"адрес верный напишите администратору сайта"
	const char *one = LOST("abc"), *two = LOST("xyz");
	assert_true(audit_print_near(of(one), of(two)));
	assert_true(audit_print_near(of(one), of(one)));
	assert_false(audit_print_near(of(one),
	    of("программа повышения качества образования школы на три года содержит цели задачи "
	       "мероприятия сроки исполнителей и ожидаемые результаты по каждому направлению работы "
	       "педагогического коллектива с учащимися и родителями")));
	assert_false(audit_print_near(of(one), of("к сожалению страница не найдена")));
	assert_true(audit_print_near(of("не найдено"), of("не найдено")));
	assert_false(audit_print_near(of("не найдено"), of("не найден")));
	assert_true(audit_print_near(of(""), of(" ")));
	assert_false(audit_print_near(of(""), of("текст")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(own_lines),
	    cmocka_unit_test(prints),
	};
	return cmocka_run_group_tests(tests, NULL, forget);
}
