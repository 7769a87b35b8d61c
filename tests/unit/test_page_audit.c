/*
 * Pages of the audit: what is counted and what is left out, what stands with a
 * verdict, what differs from the round before, and the letters.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "render/audit_letter.h"
#include "render/pages.h"
#include "support_render.h"

#include <string.h>

#define HEAD \
	"school,item,found,url,link_text,http_status,fetched,sha256,method,by,reason,visit,state," \
	"note\n"
#define SHA1 "1111111111111111111111111111111111111111111111111111111111111111"
#define SHA2 "2222222222222222222222222222222222222222222222222222222222222222"

static const char front[] = "next_audit: 2022-12-01\n"
                            "contacts: [{role: Координатор, mail: k@example.org}]\n";

static const char schools[] = "school,name,short_name,kind,site,to_year\n"
                              "one,МОУ «Школа № 1»,Школа № 1,secondary,https://one.example/,\n"
                              "two,Школа № 2,,secondary,https://xn--2-7sbq.xn--p1ai/,\n"
                              "old,Закрытая,,primary,,2020\n"
                              "new,Непосещённая,,primary,,\n";

static void audited(struct rendering *t, const char *letter)
{
	rendering_begin(t, front);
	support_table(&t->f, TABLE_SCHOOLS, schools);
	support_audit(&t->f, "2022-01-15",
	    HEAD "one,programme,yes,https://one.example/p.pdf,Программа,200,," SHA1
	         ",automatic,,,1,confirmed,\n"
	         "one,order,no,,,,,,automatic,,Ссылка не найдена,1,once,\n"
	         "one,events,yes,https://one.example/e,События,200,," SHA1
	         ",automatic,,,1,confirmed,\n"
	         "two,programme,yes,https://two.example/p.pdf,П,200,," SHA1
	         ",automatic,,,1,confirmed,\n");
	support_audit(&t->f, "2022-05-15",
	    HEAD
	    "one,programme,yes,https://one.example/p.pdf,Программа,200,2022-05-15T01:02:03Z," SHA2
	    ",automatic,,,1,confirmed,скан без текста\n"
	    "one,order,no,,,,2022-05-15T01:02:03Z,,automatic,,Ссылка не найдена,1,once,\n"
	    "one,order,yes,https://one.example/o.jpg,,,2022-05-17T05:00:00Z,,manual,group,"
	    "Приказ стоит картинкой,2,confirmed,\n"
	    "one,events,no,,,,2022-05-15T01:02:03Z,,automatic,,Ссылка не найдена,1,once,\n"
	    "two,programme,defective,javascript:alert(1),П*р*,404,,,automatic,,"
	    "Файл не открывается: 404,1,confirmed,\n"
	    "two,order,not-checked,,,,,,automatic,,Сервер долго не отвечает,1,once,\n"
	    "two,regulations,no,https://two.example/r,Положение,200,,,automatic,,"
	    "\"Найдено меньше, чем нужно: 1/2\",1,once,\n"
	    "two,events,not-checked,,,,,,automatic,,Сервер долго не отвечает,1,once,\n"
	    "two,tutoring,not-applicable,,,,,,manual,group,Тьюторов нет,1,confirmed,\n");
	if (letter)
		support_content(&t->f, "letter.md", letter);
	rendering_finish(t, PROFILE_PUBLIC);
	page_audit(&t->r);
	page_audit_school(&t->r);
	page_audit_letter(&t->r);
}

/* With blanks that a line may be broken at; NULL: there is no such page. */
static const char *page_of(struct rendering *t, const char *path)
{
	const char *text = rendering_file(t, path);
	char *out = text ? arena_alloc(&t->arena, strlen(text) + 1) : NULL, *to = out;
	for (; text && *text; text++)
		if (strncmp(text, "\u00a0", 2) == 0) {
			*to++ = ' ';
			text++;
		} else {
			*to++ = *text;
		}
	return out;
}

static void a_round(void **state)
{
	struct rendering t;
	(void)state;
	audited(&t, NULL);
	const char *page = page_of(&t, "audit/2022-05-15/index.html");
	assert_non_null(page);
	/* the closed school is not missed */
	assert_shows(page, "Проверены сайты 2 школ. Не проверяли: Непосещённая.");
	/* programme: of one and two; the third was not looked at */
	assert_shows(page, "<b>1 из 2</b> <small>не учтено 1</small>");
	/* order: what could not be checked is no "no" */
	assert_shows(page, "<b>1 из 1</b> <small>не учтено 2</small>");
	assert_shows(page, "<small>из них не подтверждено — 2</small>");
	assert_shows(page, "нет (1)</span>");
	assert_shows(page, "Сервер долго не отвечает</dt>");
	/* what is otherwise than in January */
	assert_shows(page, "<h3>Сломалось: 1</h3>");
	assert_shows(page, "<h3>Решил человек: 1</h3>");
	assert_shows(page, "<h3>Пока неясно: 1</h3>");
	assert_shows(page, "<summary>Заменено: 1</summary>");
	assert_shows_no(page, "Исчезло");
	rendering_end(&t);
}

static size_t times(const char *text, const char *part)
{
	size_t n = 0;
	while ((text = strstr(text, part))) {
		text += strlen(part);
		n++;
	}
	return n;
}

/* How often the heads of the matrix stand again among so many schools. */
static size_t heads_again(int nschools)
{
	struct rendering t;
	struct buf names = BUF_INIT(BUF_FILE), rows = BUF_INIT(BUF_FILE);
	rendering_begin(&t, front);
	buf_adds(&names, "school,name,kind\n");
	buf_adds(&rows, HEAD);
	for (int i = 1; i <= nschools; i++) {
		buf_addf(&names, "s%d,Школа № %d,secondary\n", i, i);
		buf_addf(&rows, "s%d,order,no,,,,,,automatic,,,1,once,\n", i);
	}
	support_table(&t.f, TABLE_SCHOOLS, names.data);
	support_audit(&t.f, "2022-05-15", rows.data);
	rendering_finish(&t, PROFILE_PUBLIC);
	page_audit(&t.r);
	const char *page = rendering_file(&t, "audit/2022-05-15/index.html");
	size_t heads = times(page, "<tr class=\"again\" aria-hidden=\"true\"><td>Школа</td>");
	if (heads)
		assert_true(strstr(page, "class=\"again\"") > strstr(page, ">Школа № 12</a>"));
	rendering_end(&t);
	buf_clear(&names);
	buf_clear(&rows);
	return heads;
}

static void long_matrices(void **state)
{
	(void)state;
	assert_int_equal(heads_again(12), 0);
	assert_int_equal(heads_again(15), 0);
	assert_int_equal(heads_again(16), 1);
	assert_int_equal(heads_again(27), 1);
	assert_int_equal(heads_again(40), 3);
}

static void the_evidence(void **state)
{
	struct rendering t;
	(void)state;
	audited(&t, NULL);
	const char *page = page_of(&t, "audit/2022-05-15/one/index.html");
	assert_shows(page, "найдено 2 из 3, считая");
	assert_shows(page, "Приказ стоит картинкой");
	assert_shows(page, "<span class=\"tag\">Решил человек</span>");
	/* a correction does not hide what it corrects */
	assert_shows(
	    page, "Пока не найдено (Ссылка не найдена), 1-е посещение, 15 мая 2022, 01:02 UTC.");
	assert_shows(page, "скан без текста");
	page = page_of(&t, "audit/2022-05-15/two/index.html");
	assert_shows(page,
	    "найдено 0 из 2, считая только то, что удалось проверить. "
	    "В счёт не вошло: не проверено 2 и не относится 1.");
	assert_shows_no(page, "href=\"javascript:");
	assert_null(rendering_file(&t, "audit/2022-05-15/old/index.html"));
	rendering_end(&t);
}

static void the_letters(void **state)
{
	struct rendering t;
	(void)state;
	audited(&t, NULL);
	const char *page = page_of(&t, "audit/2022-05-15/two/letter/index.html");
	assert_non_null(page);
	assert_shows(page, "<b>Школа № 2</b>");
	assert_shows(page, "удалось проверить: 2; из них найдено: 0");
	assert_shows(page, "Пока не найдено: Найдено меньше, чем нужно: 1/2; посмотрим");
	assert_shows(page, "С недостатками: Файл не открывается: 404.");
	assert_shows(page, "Ссылка «П*р*» ведёт на javascript:alert(1).");
	assert_shows(page,
	    "<li>Сервер долго не отвечает: Сведения о мероприятиях; "
	    "Приказ об утверждении программы.</li>");
	assert_shows(page, "Просим исправить это до 1 декабря 2022");
	assert_shows(page, "k@example.org");
	assert_shows_no(strstr(page, "<article"), "{");
	/* letters of older rounds would ask for what is there now */
	assert_null(rendering_file(&t, "audit/2022-01-15/one/letter/index.html"));
	rendering_end(&t);
}

static void a_letter_of_ones_own(void **state)
{
	struct rendering t;
	(void)state;
	audited(&t, "---\ntitle: Письмо\n---\nДобрый день, {school}!\n\n{mend}\n\n{until}\n");
	const char *page = page_of(&t, "audit/2022-05-15/one/letter/index.html");
	assert_shows(page, "<h1>Письмо</h1>");
	assert_shows(page, "Добрый день, МОУ «Школа № 1»!");
	assert_shows(page, "<strong>Сведения о мероприятиях.</strong> Пока не найдено; посмотрим");
	assert_shows_no(page, "Уважаемые коллеги");
	rendering_end(&t);
}

static void no_audit_yet(void **state)
{
	struct rendering t;
	(void)state;
	rendering_begin(&t, front);
	support_table(&t.f, TABLE_SCHOOLS, schools);
	rendering_finish(&t, PROFILE_PUBLIC);
	page_audit(&t.r);
	page_audit_letter(&t.r);
	const char *page = page_of(&t, "audit/index.html");
	assert_shows(page, "Сайты школ ещё не проверяли");
	assert_shows(page, "Следующая проверка: <b>1 декабря 2022</b>.");
	assert_shows(page, "<dt>Школьная программа повышения качества образования</dt>");
	rendering_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_round),
	    cmocka_unit_test(long_matrices),
	    cmocka_unit_test(the_evidence),
	    cmocka_unit_test(the_letters),
	    cmocka_unit_test(a_letter_of_ones_own),
	    cmocka_unit_test(no_audit_yet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
