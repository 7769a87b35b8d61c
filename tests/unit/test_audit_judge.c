/* Verdicts over small sites, one symptom each. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "support_audit.h"
#include "support_zip.h"

static const char list[] =
    "item,title,words,exclude,text,types,off_site,max_age,school_year,at_least,not_applicable_when\n"
    "programme,Программа,программ\\w* повышения,^приказ,,pdf|docx|html,,,,,\n"
    "order,Приказ,\"приказ.{0,60}программ\",,,pdf|docx,no,,,,\n"
    "plan,План,\"план.{0,30}качеств\",,рекоменд,,,,current,,\n"
    "acts,Положения,положени,,,,,,,2,отсутству\n"
    "fresh,Отчёт,отчет,,,,,6,,,\n";
static const char signs[] =
    "signature,kind,where,pattern,longest,reason\n"
    "ddos,bot-wall,source,/\\.well-known/ddos-guard/,800,DDoS-Guard\n"
    "soon,placeholder,text,данные обновляются|раздел в разработке,400,обещание\n"
    "nf,not-found,text,страница не найдена,400,не найдено\n"
    "parked,site-closed,text,домен продается,800,домен продаётся\n"
    "yadisk,cloud,host,^disk\\.yandex\\.ru$,,Яндекс Диск\n"
    "gone,cloud-missing,text,ничего не нашли,900,нет\n"
    "vk,off-site,host,^vk\\.com$,,сеть\n";

#define PDF  "%PDF-1.4\n1 0 obj<<>>stream\nBT (x) Tj ET\nendstream endobj %%EOF"
#define HOME "https://s.ru/"

static struct test_site site;

static int begin(void **state)
{
	(void)state;
	site_begin(&site, list, signs);
	return 0;
}

static int end(void **state)
{
	(void)state;
	site_end(&site);
	return 0;
}

static void page(const char *url, const char *html)
{
	site_page(&site, url, html);
}

static void home(const char *html)
{
	page(HOME, html);
}

static void expect(const char *item, enum audit_reason reason, const char *detail)
{
	const struct finding *f = site_judge(&site, item);
	assert_string_equal(audit_reason_id(f->reason), audit_reason_id(reason));
	assert_int_equal(f->found, audit_reason_found(reason));
	if (detail)
		assert_string_equal(
		    arena_strndup(&site.arena, f->detail.p ? f->detail.p : "", f->detail.n),
		    detail);
}

static bool remarked(const char *item, enum audit_remark r)
{
	const struct finding *f = site_judge(&site, item);
	for (size_t i = 0; i < AUDIT_REMARKS_KEPT; i++)
		if (f->remarks[i] == r)
			return true;
	return false;
}

static void found_with_evidence(void **state)
{
	(void)state;
	home("<h2>Документы</h2><a href=/f/p.pdf>Программа повышения качества</a>");
	site_add(&site, "https://s.ru/f/p.pdf", "application/octet-stream", PDF);
	expect("programme", REASON_FOUND, "");
	const struct finding *f = site_judge(&site, "programme");
	assert_true(str_is(f->url, "https://s.ru/f/p.pdf"));
	assert_true(str_is(f->link_text, "Программа повышения качества"));
	assert_true(str_is(f->heading, "Документы"));
	assert_true(str_is(f->source_page, HOME));
	assert_true(str_is(f->charset_rule, "utf-8, header"));
	assert_true(str_is(f->type, "pdf"));
	assert_int_equal(f->status, 200);
	assert_int_equal(f->offset, 100);
	assert_int_equal(f->sha256.n, 64);
	assert_int_equal(site.judged.documents, 1);
	expect("order", REASON_NO_LINK, "");
	assert_true(str_is(site_judge(&site, "order")->source_page, "https://s.ru/"));
}

/* Evidence is printed on terminals. */
static void hostile_names(void **state)
{
	(void)state;
	home("<h2>Доку&#27;[2Jменты</h2><a href=/p.pdf>Программа повышения &#7;качества</a>");
	site_add(&site, "https://s.ru/p.pdf", "", PDF);
	const struct finding *f = site_judge(&site, "programme");
	assert_true(str_is(f->link_text, "Программа повышения качества"));
	assert_true(str_is(f->heading, "Доку [2Jменты"));
}

static void names_from_around(void **state)
{
	(void)state;
	home("<table><tr><td>Приказ об утверждении программы<td><a href=o.pdf>скачать</a></table>"
	     "<h3>Программа повышения качества</h3><a href=p.pdf>здесь</a>");
	site_add(&site, "https://s.ru/o.pdf", "", PDF);
	site_add(&site, "https://s.ru/p.pdf", "", PDF " ");
	expect("order", REASON_FOUND, NULL);
	expect("programme", REASON_FOUND, NULL);
	assert_false(remarked("programme", REMARK_BY_HEADING));
}

static void broken_targets(void **state)
{
	(void)state;
	home("<a href=p.pdf>Программа повышения качества</a><a href=o.pdf>Приказ о программе</a>"
	     "<a href='www.s.ru/x.pdf'>Отчёт</a>");
	site_fails(&site, "https://s.ru/p.pdf", FETCH_STATUS, 404);
	site_fails(&site, "https://s.ru/o.pdf", FETCH_TIME, 0);
	site_fails(&site, "https://s.ru/www.s.ru/x.pdf", FETCH_STATUS, 404);
	expect("programme", REASON_STATUS, "404");
	expect("order", REASON_TIMEOUT, "");
	expect("fresh", REASON_BAD_LINK, "www.s.ru/x.pdf");
}

static void not_asked(void **state)
{
	(void)state;
	home(
	    "<a href=p.pdf>Программа повышения качества</a><a href='javascript:x()'>Приказ о программе</a>"
	    "<a href='C:\\docs\\o.doc'>Отчёт</a>");
	expect("programme", REASON_NOT_ASKED, NULL);
	expect("order", REASON_NOT_CHECKABLE, NULL);
	expect("fresh", REASON_BAD_LINK, NULL);
	assert_int_equal(site.judged.uncheckable, 1);
}

static void soft_404(void **state)
{
	(void)state;
	const char *lost =
	    "<p>К сожалению, по этому адресу ничего нет. Вернитесь на главную страницу "
	    "или воспользуйтесь поиском по сайту школы, чтобы найти то, что нужно.</p>";
	home("<a href=/p.pdf>Программа повышения качества</a>");
	page("https://s.ru/p.pdf", lost);
	page("https://s.ru/gone-for-ever-1", lost);
	site.log[2].role = FETCH_PROBE;
	expect("programme", REASON_SOFT_404, NULL);
}

static void soft_404_by_words(void **state)
{
	(void)state;
	home("<a href=/p>Программа повышения качества</a>");
	page("https://s.ru/p", "<p>Ошибка: страница не найдена");
	expect("programme", REASON_SOFT_404, "не найдено");
}

static void redirect_to_home(void **state)
{
	(void)state;
	home("<a href=/p.pdf>Программа повышения качества</a>");
	page("https://s.ru/p.pdf", "");
	site.log[1].final = STR(HOME);
	expect("programme", REASON_TO_HOME, NULL);
}

static void placeholders(void **state)
{
	(void)state;
	home("<a href=/p>Программа повышения качества</a>"
	     "<h2>Отчёт о работе</h2><p>Данные обновляются</p>");
	page("https://s.ru/p", "<p>Раздел в разработке.");
	expect("programme", REASON_PLACEHOLDER, NULL);
	expect("fresh", REASON_PLACEHOLDER, "Отчёт о работе");
}

static void types(void **state)
{
	(void)state;
	home("<a href=/o>Приказ о программе</a><a href=/p.pdf>Программа повышения качества</a>");
	site_add(&site, "https://s.ru/o", "application/pdf", "\xFF\xD8\xFF\xE0 jpeg");
	page("https://s.ru/p.pdf", "<p>Войдите на сайт, чтобы увидеть файл</p>");
	expect("order", REASON_WRONG_TYPE, "jpeg");
	expect("programme", REASON_PAGE_INSTEAD, "Школа");
}

static void card_page(void **state)
{
	(void)state;
	home("<a href=/card/7>Приказ о программе</a>");
	page("https://s.ru/card/7", "<a href=/files/o.pdf>Скачать</a>");
	site_add(&site, "https://s.ru/files/o.pdf", "", PDF);
	expect("order", REASON_FOUND, NULL);
	assert_true(remarked("order", REMARK_CARD));
	assert_true(str_is(site_judge(&site, "order")->url, "https://s.ru/files/o.pdf"));
}

static void text_and_year(void **state)
{
	(void)state;
	static const struct zip_file good = {
	    "word/document.xml", {"<t>адресные рекомендации</t>", 45}, false};
	static const struct {
		const char *name;
		bool says;
		enum audit_reason reason;
		const char *detail;
	} cases[] = {{"План повышения качества на 2022/2023 учебный год", true, REASON_FOUND, ""},
	    {"План повышения качества на 2020-2024 годы", true, REASON_FOUND, ""},
	    {"План повышения качества 2021-2022 уч. год", true, REASON_OTHER_YEAR, "2021/2022"},
	    {"План повышения качества от 01.09.2021", true, REASON_TOO_OLD, "2021-09-01"},
	    {"План повышения качества от 1 октября 2022 г.", true, REASON_FOUND, ""},
	    {"План повышения качества", false, REASON_WORDS_MISSING, ""},
	    {"План повышения качества", true, REASON_FOUND, ""}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		site_end(&site);
		site_begin(&site, list, signs);
		struct zip_file file = good;
		file.text = cases[i].says
		    ? STR("<t>адресные рекомендации; школа открыта в 2001 году, закон от "
		          "29.12.2012 № 273-ФЗ</t>")
		    : STR("<t>о погоде</t>");
		struct str docx = support_zip(&site.arena, &file, 1);
		home(arena_printf(&site.arena, "<a href=/d.docx>%s</a>", cases[i].name));
		site_add(&site, "https://s.ru/d.docx", "", "x")->body = docx;
		expect("plan", cases[i].reason, cases[i].detail);
	}
}

static void too_old(void **state)
{
	(void)state;
	home("<a href=/r.pdf>Отчёт</a>");
	struct answer *x = site_add(&site, "https://s.ru/r.pdf", "", PDF);
	site.types[1][1] =
	    (struct http_field){STR("Last-Modified"), STR("Tue, 15 Mar 2022 12:45:26 GMT")};
	x->head.count = 2;
	expect("fresh", REASON_TOO_OLD, "2022-03-15");
	site.types[1][1].value = STR("Tue, 01 Nov 2022 12:45:26 GMT");
	expect("fresh", REASON_FOUND, NULL);
	assert_string_equal(date_iso(site_judge(&site, "fresh")->modified).s, "2022-11-01");
}

/* Row 57: the date and the title of a workbook or slides; archives are listed. */
static void office_properties(void **state)
{
	(void)state;
#define CORE(title, day) \
	STR("<p xmlns:d='d'><d:title>" title "</d:title><d:modified>" day "T8</d:modified></p>")
	static const struct {
		const char *part, *link;
		struct str core;
		const char *item;
		enum audit_reason reason;
		const char *detail;
		bool unread;
	} cases[] = {
	    {"xl/workbook.xml", "Отчёт", CORE("", "2022-03-15"), "fresh", REASON_TOO_OLD,
	        "2022-03-15", 0},
	    {"ppt/presentation.xml", "Отчёт", CORE("", "2022-03-15"), "fresh", REASON_TOO_OLD,
	        "2022-03-15", 0},
	    {"xl/workbook.xml", "Отчёт", CORE("", "2022-11-01"), "fresh", REASON_FOUND, "", 0},
	    {"xl/workbook.xml", "План повышения качества", CORE("Рекомендации", "2022-11-01"),
	        "plan", REASON_FOUND, "", 0},
	    {"ppt/presentation.xml", "План повышения качества", CORE("Погода", "2022-11-01"),
	        "plan", REASON_FOUND, "", 1},
	    {"x/y.xml", "План повышения качества", CORE("Рекомендации", "2022-11-01"), "plan",
	        REASON_FOUND, "", 1},
	    {"x/y.xml", "Отчёт", CORE("", "2022-03-15"), "fresh", REASON_FOUND, "", 0},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		site_end(&site);
		site_begin(&site, list, signs);
		const struct zip_file files[] = {
		    {cases[i].part, STR("<x/>"), true}, {"docProps/core.xml", cases[i].core, true}};
		home(arena_printf(&site.arena, "<a href=/t>%s</a>", cases[i].link));
		site_add(&site, "https://s.ru/t", "", "x")->body =
		    support_zip(&site.arena, files, 2);
		expect(cases[i].item, cases[i].reason, cases[i].detail);
		assert_int_equal(remarked(cases[i].item, REMARK_TEXT_UNREAD), cases[i].unread);
	}
}

static void at_least(void **state)
{
	(void)state;
	home("<a href=/1.pdf>Положение о качестве</a><a href=/1.pdf#x>Положение</a>");
	site_add(&site, "https://s.ru/1.pdf", "", PDF);
	expect("acts", REASON_TOO_FEW, "1/2");
	site_end(&site);
	site_begin(&site, list, signs);
	home("<a href=/1.pdf>Положение о качестве</a><a href=/2.pdf>Положение о группе</a>");
	site_add(&site, "https://s.ru/1.pdf", "", PDF);
	site_add(&site, "https://s.ru/2.pdf", "", PDF " ");
	expect("acts", REASON_FOUND, NULL);
}

static void says_absent(void **state)
{
	(void)state;
	home("<h2>Положения</h2><p>Положения отсутствуют.</p><h2>Новости</h2>");
	expect("acts", REASON_SAYS_ABSENT, "Положения");
}

static void on_the_page(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_LINE);
	buf_adds(&b, "<h2>Программа повышения качества</h2>");
	for (int i = 0; i < 20; i++)
		buf_addf(&b, "<p>Мероприятие номер %d проводит заместитель директора.</p>", i);
	home(b.data);
	buf_clear(&b);
	expect("programme", REASON_FOUND_ON_PAGE, NULL);
}

static void off_site(void **state)
{
	(void)state;
	home("<a href=https://other.ru/o.pdf>Приказ о программе</a>"
	     "<a href=https://other.ru/p.pdf>Программа повышения качества</a>"
	     "<a href=https://vk.com/doc1>Отчёт</a>");
	site_add(&site, "https://other.ru/o.pdf", "", PDF);
	site_add(&site, "https://other.ru/p.pdf", "", PDF " ");
	expect("order", REASON_OFF_SITE, "other.ru");
	expect("programme", REASON_FOUND, NULL);
	assert_true(remarked("programme", REMARK_OFF_SITE));
	expect("fresh", REASON_FOUND, NULL);
	assert_true(remarked("fresh", REMARK_OFF_SITE));
}

static void clouds(void **state)
{
	(void)state;
	home("<a href=https://disk.yandex.ru/i/a>Программа повышения качества</a>"
	     "<a href=https://disk.yandex.ru/i/b>Отчёт</a>"
	     "<a href=https://disk.yandex.ru/i/c>План качества</a>");
	struct answer *x = site_add(&site,
	    "https://cloud-api.yandex.net/v1/disk/public/resources?public_key=https%3A%2F%2Fdisk.yandex.ru%2Fi%2Fa",
	    "application/json",
	    "{\"name\":\"программа.pdf\",\"modified\":\"2022-09-12T10:00:00\",\"size\":1234,"
	    "\"file\":\"https://downloader.disk.yandex.ru/disk/expires-soon\"}");
	site_row(&site, x)->role = FETCH_CLOUD;
	site_row(&site, x)->sha256 = STR("of the answer, which is another one each time");
	page("https://disk.yandex.ru/i/b", "<p>Ничего не нашли. Возможно, владелец удалил файлы.");
	expect("programme", REASON_FOUND, NULL);
	const struct finding *f = site_judge(&site, "programme");
	assert_string_equal(date_iso(f->date).s, "2022-09-12");
	assert_string_equal(f->listing.p, "on the disk: программа.pdf (1234 B)");
	assert_int_equal(f->sha256.n, 0);
	expect("fresh", REASON_CLOUD_MISSING, NULL);
	expect("plan", REASON_CLOUD, NULL);
}

static void whole_sites(void **state)
{
	(void)state;
	static const struct {
		const char *html;
		enum audit_reason reason;
	} cases[] = {
	    {"<script src=/.well-known/ddos-guard/check></script>", REASON_BOT_WALL},
	    {"<p>Домен продаётся", REASON_SITE_CLOSED},
	    {"<div id=root></div><script src=/app.js></script>", REASON_NEEDS_SCRIPTS},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		site_end(&site);
		site_begin(&site, list, signs);
		site_add(&site, HOME, "text/html; charset=utf-8", cases[i].html);
		expect("programme", cases[i].reason, NULL);
		assert_string_equal(
		    audit_reason_id(site.judged.site), audit_reason_id(cases[i].reason));
	}
	static const struct {
		enum fetch_outcome outcome;
		int status;
		enum audit_reason reason;
	} failures[] = {{FETCH_NO_NAME, 0, REASON_DNS}, {FETCH_REFUSED, 0, REASON_CONNECT},
	    {FETCH_TLS, 0, REASON_TLS}, {FETCH_NO_ROBOTS, 0, REASON_ROBOTS_UNREACHABLE},
	    {FETCH_CRAWL_DELAY, 0, REASON_CRAWL_DELAY}, {FETCH_STATUS, 503, REASON_SERVER_ERROR},
	    {FETCH_STATUS, 403, REASON_REFUSED}, {FETCH_LOOP, 302, REASON_REDIRECTS},
	    {FETCH_EMPTY, 200, REASON_EMPTY_ANSWER}};
	for (size_t i = 0; i < sizeof(failures) / sizeof(*failures); i++) {
		site_end(&site);
		site_begin(&site, list, signs);
		site_fails(&site, HOME, failures[i].outcome, failures[i].status);
		expect("order", failures[i].reason, NULL);
	}
	site_end(&site);
	site_begin(&site, list, signs);
	expect("order", REASON_NOT_ASKED, NULL);
	site.school.site = NULL;
	expect("order", REASON_NO_SITE, NULL);
}

static void foreign_home(void **state)
{
	(void)state;
	home("<a href=/o.pdf>Приказ о программе</a>");
	site.log[0].final = STR("https://casino.example/");
	expect("order", REASON_FOREIGN_HOST, NULL);
	site_end(&site);
	site_begin(&site, list, signs);
	home("<p>Средняя школа № 1</p><a href=/p.pdf>Программа повышения качества</a>");
	site.log[0].final = STR("https://moved.example/");
	site_add(&site, "https://moved.example/p.pdf", "", PDF);
	expect("order", REASON_NO_LINK, NULL);
	expect("programme", REASON_FOUND, NULL);
	assert_false(remarked("programme", REMARK_OFF_SITE));
}

/* A page that may hold items did not answer: nobody knows. */
static void gaps(void **state)
{
	(void)state;
	home("<a href=/quality>Качество образования</a><a href=/sport>Спорт</a>");
	site_fails(&site, "https://s.ru/quality", FETCH_TIME, 0);
	expect("programme", REASON_TIMEOUT, NULL);
	site_end(&site);
	site_begin(&site, list, signs);
	home("<a href=/quality>Качество образования</a><a href=/sport>Спорт</a>");
	page("https://s.ru/quality", "");
	site_fails(&site, "https://s.ru/sport", FETCH_BUDGET, 0);
	expect("programme", REASON_NO_LINK, NULL);
	/* A document hides nothing: only its own item is not known. */
	site_end(&site);
	site_begin(&site, list, signs);
	home("<a href=/p.pdf>Программа повышения качества</a>");
	site_fails(&site, "https://s.ru/p.pdf", FETCH_TIME, 0);
	expect("programme", REASON_TIMEOUT, NULL);
	expect("order", REASON_NO_LINK, NULL);
	/* Shut out in the middle: any page may be the one. */
	site_end(&site);
	site_begin(&site, list, signs);
	home("<a href=/sport>Спорт</a>");
	site_fails(&site, "https://s.ru/sport", FETCH_BLOCKED, 0);
	expect("programme", REASON_BLOCKED, NULL);
	assert_true(str_is(site_judge(&site, "programme")->url, "https://s.ru/sport"));
}

static void same_file(void **state)
{
	(void)state;
	home(
	    "<a href=/1.pdf>Программа повышения качества</a><a href=/2.pdf>Приказ о программе</a>");
	site_add(&site, "https://s.ru/1.pdf", "", PDF);
	site_add(&site, "https://s.ru/2.pdf", "", PDF);
	assert_true(remarked("programme", REMARK_SAME_FILE));
	assert_true(remarked("order", REMARK_SAME_FILE));
}

static void encodings_of_queries(void **state)
{
	(void)state;
	/* A page in windows-1251 with a Cyrillic query: the one that opened counts. */
	home("");
	site_add(&site, "https://s.ru/a", "text/html; charset=windows-1251",
	    "<body><p>\xCF\xF0\xEE\xE3\xF0\xE0\xEC\xEC\xE0</p>"
	    "<a href='/d?f=\xEF'>\xCF\xF0\xEE\xE3\xF0\xE0\xEC\xEC\xE0 \xEF\xEE\xE2\xFB\xF8\xE5\xED\xE8\xFF</a>");
	site_fails(&site, "https://s.ru/d?f=%EF", FETCH_STATUS, 404);
	site_add(&site, "https://s.ru/d?f=%D0%BF", "", PDF);
	expect("programme", REASON_FOUND, NULL);
	assert_true(str_is(site_judge(&site, "programme")->charset_rule, "windows-1251, header"));
}

static void signature_beside(void **state)
{
	(void)state;
	home("<p><a href=/1.pdf>Программа повышения качества</a> <a href=/x.sig>подпись</a></p>"
	     "<p><a href=/2.pdf>Приказ о программе</a></p>");
	site_add(&site, "https://s.ru/1.pdf", "", PDF);
	site_add(&site, "https://s.ru/2.pdf", "", PDF " ");
	assert_true(remarked("programme", REMARK_SIGNATURE));
	assert_false(remarked("order", REMARK_SIGNATURE));
}

static void scans(void **state)
{
	(void)state;
	home("<a href=/s.pdf>План повышения качества</a>");
	site_add(&site, "https://s.ru/s.pdf", "",
	    "%PDF-1.4\n1 0 obj<</Subtype/Image/Filter/DCTDecode>>stream\nxx\nendstream endobj %%EOF");
	expect("plan", REASON_FOUND, NULL);
	assert_true(remarked("plan", REMARK_SCAN));
	assert_true(remarked("plan", REMARK_TEXT_UNREAD));
	assert_true(site_judge(&site, "plan")->look);
}

/* A pattern that gives up over this tells nothing: never "no", nor "yes". */
#define ENDLESS "аааааааааааааааааааааааааааааааааааааааа!"

static const char endless[] = "item,title,words,exclude,text,not_applicable_when\n"
                              "words,А,^(а+)+$,,,\nexclude,Б,план,(а+)+$,,\n"
                              "text,В,отчет,,(а+)+$,\nabsent,Г,договор,,,(а+)+$\n";

static void patterns_that_give_up(void **state)
{
	(void)state;
	site_end(&site);
	site_begin(&site, endless, signs);
	home("<a href=/1>" ENDLESS "</a><a href=/2>план " ENDLESS "</a><a href=/3>Отчёт</a>"
	     "<h2>Договор</h2>" ENDLESS);
	page("https://s.ru/3", "<p>Отчёт школы за прошлый учебный год</p>" ENDLESS);
	expect("words", REASON_GAVE_UP, ENDLESS);
	assert_true(str_is(site_judge(&site, "words")->url, "/1"));
	expect("exclude", REASON_GAVE_UP, "план " ENDLESS);
	expect("absent", REASON_GAVE_UP, "Договор");
	expect("text", REASON_FOUND, NULL);
	assert_true(remarked("text", REMARK_TEXT_UNREAD));
	assert_true(site_judge(&site, "text")->look);
}

static void signatures_that_give_up(void **state)
{
	(void)state;
	site_end(&site);
	site_begin(&site, list,
	    "signature,kind,where,pattern,longest,reason\nwall,bot-wall,text,(а+)+$,,x\n");
	home(ENDLESS "<a href=/p>Программа повышения качества</a>");
	expect("programme", REASON_GAVE_UP, "");
	expect("order", REASON_GAVE_UP, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(found_with_evidence),
	    TEST(hostile_names),
	    TEST(names_from_around),
	    TEST(broken_targets),
	    TEST(not_asked),
	    TEST(soft_404),
	    TEST(soft_404_by_words),
	    TEST(redirect_to_home),
	    TEST(placeholders),
	    TEST(types),
	    TEST(card_page),
	    TEST(text_and_year),
	    TEST(too_old),
	    TEST(office_properties),
	    TEST(at_least),
	    TEST(says_absent),
	    TEST(on_the_page),
	    TEST(off_site),
	    TEST(clouds),
	    TEST(whole_sites),
	    TEST(foreign_home),
	    TEST(gaps),
	    TEST(same_file),
	    TEST(encodings_of_queries),
	    TEST(signature_beside),
	    TEST(scans),
	    TEST(patterns_that_give_up),
	    TEST(signatures_that_give_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
