/* Pages as school sites have them: names of links, headings, tables, menus,
 * marks, and what a parser would choke on. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/htmldoc_bounds.h"

static struct arena arena = ARENA_INIT;

static int forget(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static struct htmldoc page(const char *html)
{
	struct htmldoc d;
	assert_int_equal(htmldoc_read(&d, &arena, str_of(html)), 0);
	assert_int_equal(d.refused, HTMLDOC_READ);
	return d;
}

static void is(struct str s, const char *expected)
{
	const char *text = arena_strndup(&arena, s.p ? s.p : "", s.n);
	assert_string_equal(text, expected);
}

static void text_and_title(void **state)
{
	(void)state;
	struct htmldoc d =
	    page("<!doctype html><title> Школа\n№ 1 </title><base target=x>"
	         "<base href='/a/'><base href='/b/'><script>var x = '<p>нет</p>';</script>"
	         "<style>p{}</style><body><h1>Документы</h1><p>Один\n &nbsp; два</p>"
	         "<p>три<br>четыре<!-- нет --><div hidden>скрыто</div>");
	is(d.title, "Школа № 1");
	is(d.base, "/a/");
	is(d.text, "Документы\nОдин два\nтри\nчетыре\nскрыто");
	is(d.hidden_text, "скрыто");
	assert_int_equal(d.scripts, 1);
	is(d.script, "var x = '<p>нет</p>';");
	assert_int_equal(d.letters, 31);
	d = page("");
	is(d.text, "");
	assert_int_equal(d.nlinks, 0);
	assert_null(d.base.p);
}

static void names_of_links(void **state)
{
	(void)state;
	struct htmldoc d = page("<h2>Локальные акты</h2><p>Положение о ВСОКО "
	                        "<a href=' /f.pdf ' title='Открыть' aria-label='Скачать файл'>"
	                        "<img alt='PDF' title='иконка'> скачать</a> (2022)</p>"
	                        "<a name=x>не ссылка</a><a href='#top'>вверх</a>");
	assert_int_equal(d.nlinks, 2);
	const struct htmldoc_link *l = &d.links[0];
	assert_int_equal(l->kind, HTMLDOC_A);
	is(l->href, " /f.pdf ");
	is(l->text, "скачать");
	is(l->alt, "PDF иконка");
	is(l->title, "Открыть");
	is(l->aria, "Скачать файл");
	is(l->heading, "Локальные акты");
	is(l->around, "Положение о ВСОКО скачать (2022)");
	is(d.links[1].href, "#top");
}

static void heading_paths(void **state)
{
	(void)state;
	struct htmldoc d = page("<a href=0>0</a><h1>А</h1><h3>Б</h3><a href=1>1</a><h2>В</h2>"
	                        "<a href=2>2</a><h3>Г <a href=3>3</a></h3><p><b>Приказы:</b></p>"
	                        "<a href=4>4</a><p>слово <b>жирное</b> внутри</p><a href=5>5</a>"
	                        "<div class='spoiler-title'>Раскрыть</div><a href=6>6</a>"
	                        "<details><summary>Планы</summary><a href=7>7</a></details>");
	static const struct {
		const char *heading, *path;
	} expected[] = {{"", ""}, {"Б", "А > Б"}, {"В", "А > В"}, {"Г 3", "А > В > Г 3"},
	    {"Приказы:", "А > В > Г 3 > Приказы:"}, {"Приказы:", "А > В > Г 3 > Приказы:"},
	    {"Раскрыть", "А > В > Г 3 > Раскрыть"}, {"Планы", "А > В > Г 3 > Планы"}};
	assert_int_equal(d.nlinks, 8);
	for (size_t i = 0; i < 8; i++) {
		is(d.links[i].heading, expected[i].heading);
		is(d.links[i].headings, expected[i].path);
	}
	assert_true(d.links[7].hidden);
	assert_int_equal(d.headings[0].level, 1);
	assert_int_equal(d.headings[1].to, d.headings[2].from);
	/* What opens a part of the page is its title. */
	d = page(
	    "<button class='accordion'>Программа</button><div><a href=1>скачать</a></div>"
	    "<a data-toggle='collapse' href='#c'>Приказ</a><ul id=c><li><a href=2>файл</a></ul>"
	    "<button aria-expanded='false'>Отчёт</button><a href=3>файл</a>"
	    "<a class='dropdown-toggle' data-toggle='dropdown' href='#'>Меню</a><a href=4>x</a>");
	is(d.links[0].heading, "Программа");
	is(d.links[2].heading, "Приказ");
	is(d.links[3].heading, "Отчёт");
	is(d.links[5].heading, "Отчёт");
}

static void tables(void **state)
{
	(void)state;
	struct htmldoc d = page(
	    "<table><tr><th>Документ<th>Дата<th>Файл</tr>"
	    "<tr><td>Приказ № 5<td>12.09.2022<td><a href=1>скачать</a></tr>"
	    "<tr><td rowspan=2>Положения<td>о ВСОКО<td><a href=2>скачать</a></tr>"
	    "<tr><td>о наставничестве<td><a href=3>скачать</a></tr>"
	    "<tr><td>План<td>-<td><table><tr><td>внутри<td><a href=4>здесь</a></table></tr></table>"
	    "<a href=5>снаружи</a>");
	assert_int_equal(d.nlinks, 5);
	is(d.links[0].row, "Приказ № 5, Файл");
	is(d.links[1].row, "Положения, о ВСОКО, Файл");
	is(d.links[2].row, "Положения, о наставничестве, Файл");
	is(d.links[3].row, "внутри");
	is(d.links[4].row, "");
	/* Not the number, not the date; also of what stands before the name. */
	d = page("<table><tr><td>№<td>Название<td>Дата<td>Файл</tr>"
	         "<tr><td>1<td>Программа развития<td>01.09.2022<td><a href=1>открыть</a></tr>"
	         "<tr><td><a href=2><img src=i></a><td>Положение о ВСОКО<td>02.09.2022<td>-</tr>"
	         "<tr><td>3<td><a href=3>Устав</a><td>03.09.2022<td><a href=3>открыть</a></table>");
	is(d.links[0].row, "Программа развития, Файл");
	is(d.links[1].row, "Положение о ВСОКО, №");
	is(d.links[2].row, "Название");
	is(d.links[3].row, "Устав, Файл");
	/* A first row with links has documents in it, and no titles of columns. */
	d = page("<table><tr><td>1<td><a href=1>Положение о ВСОКО</a></tr>"
	         "<tr><td>2<td><a href=2>Устав</a></table>");
	is(d.links[1].row, "");
	/* A page laid out in a table: its menu is no name of what stands beside it. */
	d = page("<table><tr><td>Главная Тьюторы Положение о ВСОКО Приказы Программа развития "
	         "Родителям Ученикам Учителям Питание Олимпиады Спорт Музей Кружки Расписание "
	         "Библиотека Безопасность Профсоюз Каникулы Награды Выпускники Вакансии Вопросы "
	         "Обращения Карта сайта<td><a href=1>Меню</a></table>");
	is(d.links[0].row, "");
}

static void menus(void **state)
{
	(void)state;
	struct htmldoc d = page("<ul><li><a href=1>Сведения</a><ul><li>Документы<ul>"
	                        "<li><a href=2>Положения</a></ul><li><a href=3>Образование</a>"
	                        "</ul><li><a href=4>Новости</a></ul>");
	is(d.links[0].menu, "");
	is(d.links[1].menu, "Сведения > Документы");
	is(d.links[2].menu, "Сведения");
	is(d.links[3].menu, "");
}

static void other_elements(void **state)
{
	(void)state;
	struct htmldoc d = page(
	    "<head><meta http-equiv=Refresh content='0; URL=\"/new/\"'></head>"
	    "<map><area href=a alt='План'></map><iframe src=b></iframe><object data=c></object>"
	    "<embed src=d><a href='javascript:open(1)'>Приказ</a><a href=# onclick='x()'>План</a>"
	    "<button onclick=\"location.href='/z'\">Отчёт</button><div data-href='/f.pdf'>Файл</div>"
	    "<a data-href='/g.pdf'>Файл 2</a><button>просто</button>"
	    "<button onclick='show(7)'>План</button>"
	    "<select><option value=''>-<option value='/p/'>Программа</select>");
	static const enum htmldoc_kind kinds[] = {HTMLDOC_REFRESH, HTMLDOC_AREA, HTMLDOC_FRAME,
	    HTMLDOC_OBJECT, HTMLDOC_OBJECT, HTMLDOC_SCRIPT, HTMLDOC_SCRIPT, HTMLDOC_SCRIPT,
	    HTMLDOC_SCRIPT, HTMLDOC_SCRIPT, HTMLDOC_SCRIPT, HTMLDOC_SCRIPT};
	static const char *const hrefs[] = {
	    "/new/", "a", "b", "c", "d", "", "", "", "/f.pdf", "/g.pdf", "", "/p/"};
	assert_int_equal(d.nlinks, 12);
	for (size_t i = 0; i < 12; i++) {
		assert_int_equal(d.links[i].kind, kinds[i]);
		is(d.links[i].href, hrefs[i]);
	}
	is(d.links[1].alt, "План");
	is(d.links[5].text, "Приказ");
	is(d.links[8].text, "Файл");
	d = page("<frameset><frame src=menu.htm><frame src=main.htm></frameset>");
	assert_int_equal(d.nlinks, 2);
	assert_int_equal(d.links[1].kind, HTMLDOC_FRAME);
	is(d.links[1].href, "main.htm");
}

/* What a viewer shows is a link of its own, with all its names. */
static void viewers(void **state)
{
	(void)state;
	static const struct {
		const char *html, *file; /* file NULL: none */
	} cases[] = {
	    {"<iframe src='/viewer.html?file=%2Fdocs%2Fp.pdf#page=1'>", "/docs/p.pdf"},
	    {"<iframe src='/pdf/web/viewer.html?file=..%2Fp.pdf'>", "/pdf/web/../p.pdf"},
	    {"<iframe src='viewer.html?file=p.pdf&zoom=1'>", "p.pdf"},
	    {"<iframe src='//v.ru/viewer.html?zoom=1&file=/a/p.DOCX'>", "//v.ru/a/p.DOCX"},
	    {"<iframe src='https://v.ru?file=/p.pdf'>", "https://v.ru/p.pdf"},
	    {"<iframe src='https://v.ru?file=p.pdf'>", "https://v.ru/p.pdf"},
	    {"<embed src='https://docs.google.com/viewer?url=https%3A%2F%2Fs.ru%2Fp.doc&amp;embedded=true'>",
	        "https://s.ru/p.doc"},
	    {"<object data='https://view.officeapps.live.com/op/view.aspx?src=http://s.ru/p.xlsx%3Fv=2'></object>",
	        "http://s.ru/p.xlsx?v=2"},
	    {"<a href='https://docs.google.com/viewer?url=https://s.ru/%D0%9F.pdf'>П</a>",
	        "https://s.ru/П.pdf"},
	    {"<a href='/open?url=/docs/p.pdf'>П</a>", "/docs/p.pdf"},
	    {"<a href='/download.php?file=p.pdf'>П</a>", NULL},
	    {"<iframe src='/viewer.html?file='>", NULL},
	    {"<iframe src='/viewer.html?file'>", NULL},
	    {"<iframe src='/viewer.html?p.pdf'>", NULL},
	    {"<iframe src='/viewer.html?'>", NULL},
	    {"<iframe src='/view.html?page=https://s.ru/about'>", NULL},
	    {"<iframe src='/p.pdf'>", NULL},
	    {"<a onclick=\"open('/v?f=/p.pdf')\" href='#'>П</a>", NULL},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct htmldoc d =
		    page(arena_printf(&arena, "<h2>Программа</h2>%s", cases[i].html));
		assert_int_equal(d.nlinks, cases[i].file ? 2 : 1);
		if (cases[i].file) {
			is(d.links[0].href, cases[i].file);
			is(d.links[0].heading, "Программа");
			is(d.links[1].heading, "Программа");
			assert_int_equal(d.links[0].kind, d.links[1].kind);
		}
	}
	/* Without text between: the heading after it is not its own. */
	struct htmldoc d =
	    page("<h2>Программа</h2><div><iframe src=a></iframe></div><h2>Приказ</h2>"
	         "<a href=b><img alt=x></a><h2>План</h2><a href=c><h3>Отчёт</h3></a>");
	is(d.links[0].heading, "Программа");
	is(d.links[1].heading, "Приказ");
	is(d.links[2].heading, "Отчёт");
	d = page("<table><tr><th>Программа<td><a title='Ещё' "
	         "href='/v?f=/p.pdf'>открыть</a><p><a href=/x>x</a></table>");
	assert_int_equal(d.nlinks, 3);
	is(d.links[1].text, "открыть");
	is(d.links[1].row, "Программа");
	is(d.links[1].title, "Ещё");
	is(d.links[2].href, "/x");
}

static void marks(void **state)
{
	(void)state;
	struct htmldoc d = page(
	    "<table itemprop='rucovodstvo'><tr><td><div><span itemprop=”fio”>Директор</span></div>"
	    "<td itemprop='post telephone'>x</table><p itemprop=' ustavDocLink '>"
	    "<a href=/u.pdf>Устав</a></p><a itemprop=addRef href=/p2>ещё</a>"
	    "<meta itemprop=x content='y'><i itemprop='  '>нет</i>");
	assert_int_equal(d.nprops, 7);
	is(d.props[0].name, "rucovodstvo");
	assert_int_equal(d.props[0].parent, HTMLDOC_NONE);
	is(d.props[1].name, "fio");
	assert_true(d.props[1].sloppy);
	assert_int_equal(d.props[1].parent, 0);
	is(d.props[1].text, "Директор");
	is(d.props[2].name, "post");
	is(d.props[3].name, "telephone");
	assert_int_equal(d.props[2].element, d.props[3].element);
	is(d.props[4].name, "ustavDocLink");
	assert_true(d.props[4].sloppy);
	is(d.props[4].href, "/u.pdf");
	is(d.props[5].href, "/p2");
	is(d.props[6].text, "y");
}

static void scripts_needed(void **state)
{
	(void)state;
	struct htmldoc d = page("<div id=root></div><script src=a></script>");
	assert_true(htmldoc_needs_scripts(&d));
	d = page("<script>1</script><script>2</script><script>3</script>загрузка");
	assert_true(htmldoc_needs_scripts(&d));
	d = page(
	    "<div id=__next></div><script id=__NEXT_DATA__ type=application/json>{\"a\":1}</script>"
	    "<script src=/x></script>");
	assert_true(htmldoc_needs_scripts(&d)); /* the data says nothing either */
	is(d.json, "{\"a\":1}\n");
	d = page("<p>Короткая страница без скриптов");
	assert_false(htmldoc_needs_scripts(&d));
}

static void embedded_data(void **state)
{
	(void)state;
	struct htmldoc d = page(
	    "<title>Школа</title><div id=__next></div><script src=a></script><script src=b></script>"
	    "<script id=__NEXT_DATA__ type=application/json>{\"props\":{\"id\":\"x1\",\"title\":\"Документы\","
	    "\"files\":[{\"href\":\"/f/1.pdf\",\"name\":\"\\u041fриказ \\\"5\\\"\"},"
	    "{\"name\":\"План\",\"url\":\"https:\\/\\/s.ru\\/2\"}],"
	    "\"html\":\"<h2>Раздел</h2><a href=/3>Три</a>\"}}</script>");
	assert_int_equal(d.nlinks, 3);
	is(d.links[0].text, "Приказ \"5\"");
	is(d.links[0].href, "/f/1.pdf");
	assert_int_equal(d.links[0].kind, HTMLDOC_JSON);
	is(d.links[1].href, "https://s.ru/2");
	is(d.links[2].heading, "Раздел");
	is(d.title, "Школа");
	is(d.text, "Приказ \"5\"\nПлан\nРаздел\nТри\nДокументы");
	/* Of a page with a text of its own they are no part. */
	struct buf b = BUF_INIT(BUF_LINE);
	for (int i = 0; i < 60; i++)
		buf_adds(&b, "<p>слово");
	buf_adds(
	    &b, "<script type=application/ld+json>{\"name\":\"Школа\",\"url\":\"/x\"}</script>");
	d = page(b.data);
	assert_int_equal(d.nlinks, 0);
	buf_clear(&b);
	static const char *const broken[] = {
	    "{", "{\"", "{\"a", "\"\\", "\"\\u12", "}}}}", "{\"a\":\"\\ud800б\"}"};
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		d = page(
		    arena_printf(&arena, "<script type=application/json>%s</script>", broken[i]));
		assert_true(utf8_valid(d.text));
	}
}

static struct str repeated(struct buf *out, const char *text, size_t times, const char *end)
{
	buf_reset(out);
	for (size_t i = 0; i < times; i++)
		buf_adds(out, text);
	buf_adds(out, end);
	return buf_str(out);
}

static void refusals(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_PAGE);
	struct htmldoc d;
	static const struct {
		const char *text;
		size_t times;
		enum htmldoc_refusal expected;
	} cases[] = {
	    {"<div>", 512, HTMLDOC_READ},
	    {"<div>", 513, HTMLDOC_TOO_DEEP},
	    {"<b><div></b>", 1000, HTMLDOC_TOO_DEEP},
	    {"<div><table></div>", 1000, HTMLDOC_TOO_DEEP},
	    {"<font size=2>", 600, HTMLDOC_TOO_DEEP},
	    {"<p>текст", 20000, HTMLDOC_READ},
	    {"<li>текст", 20000, HTMLDOC_READ},
	    {"<div></div>", 20000, HTMLDOC_READ},
	    {"<br>", HTMLDOC_NODES + 1, HTMLDOC_TOO_MANY},
	    {"<script>'<div>'</script>", 2000, HTMLDOC_READ},
	    {"<!-- <div> -->", 2000, HTMLDOC_READ},
	    {"<!>", HTMLDOC_NODES + 1, HTMLDOC_TOO_MANY},
	    /* what only the parser nests */
	    {"<rt>", 100000, HTMLDOC_TOO_DEEP},
	    {"<optgroup>", 100000, HTMLDOC_TOO_DEEP},
	    {"<svg><td>", 500, HTMLDOC_READ},
	    {"<body a=1>", HTMLDOC_ATTRIBUTES + 1, HTMLDOC_TOO_MANY},
	    {"слово ", HTMLDOC_BYTES / 11 + 1, HTMLDOC_TOO_LONG},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a = ARENA_INIT;
		struct str html = repeated(&b, cases[i].text, cases[i].times, "");
		int err = htmldoc_read(&d, &a, html);
		assert_int_equal(d.refused, cases[i].expected);
		assert_int_equal(err, cases[i].expected == HTMLDOC_READ ? 0 : -1);
		arena_clear(&a);
	}
	buf_reset(&b);
	buf_adds(&b, "<div");
	for (int i = 0; i < 600; i++)
		buf_addf(&b, " a%d=1", i);
	assert_int_equal(htmldoc_read(&d, &arena, buf_str(&b)), -1);
	assert_int_equal(d.refused, HTMLDOC_TOO_MANY);
	repeated(&b, "<svg>", 1, "");
	for (int i = 0; i < 5000; i++)
		buf_adds(&b, "<link>");
	assert_int_equal(htmldoc_read(&d, &arena, buf_str(&b)), -1);
	assert_int_equal(d.refused, HTMLDOC_TOO_DEEP);
	/* Formatting is repeated in each block: squares of it. */
	buf_reset(&b);
	for (int i = 0; i < 100000; i++)
		buf_addf(&b, "<div><b id=%d></div>", i);
	assert_int_equal(htmldoc_read(&d, &arena, buf_str(&b)), -1);
	assert_int_equal(d.refused, HTMLDOC_TOO_DEEP);
	buf_reset(&b);
	for (int i = 0; i < 100000; i++)
		buf_addf(&b, "<div><b id=%d></div>", i % 300);
	assert_int_equal(htmldoc_read(&d, &arena, buf_str(&b)), -1);
	assert_int_equal(d.refused, HTMLDOC_TOO_MANY);
	buf_clear(&b);
}

static void many_links(void **state)
{
	(void)state;
	struct buf b = BUF_INIT(BUF_PAGE);
	struct htmldoc d;
	repeated(&b, "<h3>з</h3><li><a href=x>с</a>", HTMLDOC_LINKS + 5, "");
	assert_int_equal(htmldoc_read(&d, &arena, buf_str(&b)), 0);
	assert_int_equal(d.nlinks, HTMLDOC_LINKS);
	assert_true(d.more_links);
	buf_reset(&b);
	buf_adds(&b, "<a href='");
	for (int i = 0; i < HTMLDOC_HREF; i++)
		buf_adds(&b, "ё");
	buf_adds(&b, "'>");
	for (int i = 0; i < HTMLDOC_NAME; i++)
		buf_adds(&b, "ж");
	assert_int_equal(htmldoc_read(&d, &arena, buf_str(&b)), 0);
	assert_true(d.links[0].long_href);
	assert_int_equal(d.links[0].href.n, HTMLDOC_HREF);
	assert_true(utf8_valid(d.links[0].text));
	assert_true(d.links[0].text.n <= HTMLDOC_NAME);
	buf_clear(&b);
}

static void hostile(void **state)
{
	(void)state;
	static const char *const cases[] = {"<", "<!", "<!--", "</", "<a", "<a href", "<a href='",
	    "<table><a href=x><td><a href=y>", "<svg><title>x</title></svg>", "<title>",
	    "&#0;&#xD800;", "<tr><td>x", "</td></tr></table>", "<template><a href=1>x</template>",
	    "<plaintext><a href=1>", "<select><a href=1></select>", "<frameset><frameset>",
	    "\xff\xfe<a href=\xff>\xff</a>", "<a href=1><a href=2><a href=3>x",
	    "<ul><ul><ul><a href=1>", "<math><mi><a href=1>"};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct htmldoc d = page(cases[i]);
		assert_true(utf8_valid(d.text));
		for (size_t k = 0; k < d.nlinks; k++)
			assert_true(d.links[k].at <= d.text.n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_and_title),
	    cmocka_unit_test(names_of_links),
	    cmocka_unit_test(heading_paths),
	    cmocka_unit_test(tables),
	    cmocka_unit_test(menus),
	    cmocka_unit_test(other_elements),
	    cmocka_unit_test(viewers),
	    cmocka_unit_test(marks),
	    cmocka_unit_test(scripts_needed),
	    cmocka_unit_test(embedded_data),
	    cmocka_unit_test(refusals),
	    cmocka_unit_test(many_links),
	    cmocka_unit_test(hostile),
	};
	return cmocka_run_group_tests(tests, NULL, forget);
}
