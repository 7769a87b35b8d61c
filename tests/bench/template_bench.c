/*
 * How fast templates are rendered: a page of about 8 kB made of a layout,
 * partials and blocks, and a table of 1,000 rows. Beside it, how fast the same
 * bytes are copied.
 */
#include "text/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORDS = 200, ROWS = 1000, SCHOOLS = 12, SECONDS_SHARE = 2 };

static const char *const sources[][2] = {
    {"layout",
        "<!doctype html>\n<html lang=\"ru\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<title>{{title}} · {{department.name}}</title>\n"
        "<link rel=\"stylesheet\" href=\"{{root}}style.css\"></head><body>\n"
        "<a class=\"skip\" href=\"#main\">{{t.word7}}</a>\n{{>header}}\n"
        "<div class=\"notice\"><div class=\"wrap\">{{t.word8}}</div></div>\n"
        "<main id=\"main\" class=\"wrap\">\n{{$main}}\n{{/main}}\n</main>\n{{>footer}}\n"
        "</body></html>\n"},
    {"header",
        "<header class=\"site\"><div class=\"wrap\"><a class=\"brand\" href=\"{{root}}\">"
        "{{department.name}}<small>{{department.period}}</small></a>\n<nav aria-label=\"{{t.word9}}\">\n"
        "{{#menu}}\n<a href=\"{{href}}\"{{#current}} aria-current=\"page\"{{/current}}>{{label}}</a>\n"
        "{{/menu}}\n</nav></div></header>\n"},
    {"footer",
        "<footer><div class=\"wrap\"><span>{{t.word10}} {{date}}, {{t.word11}} <a href=\"{{root}}changes/\">"
        "{{commit}}</a></span><a href=\"{{root}}methods/\">{{t.word12}}</a></div></footer>\n"},
    {"status",
        "<span class=\"st {{kind}}\"><svg viewBox=\"0 0 16 16\" fill=\"currentColor\" aria-hidden=\"true\">"
        "<path d=\"M8 0 16 15H0Z\"/><path d=\"M8 5.2v5M8 11.6v1.6\" stroke=\"var(--paper)\"/></svg>"
        "{{label}}</span>"},
    {"page",
        "{{<layout}}\n{{$main}}\n<p class=\"crumbs\"><a href=\"{{root}}\">{{t.word13}}</a> › {{title}}</p>\n"
        "<h1>{{title}}</h1>\n{{#lead}}<p class=\"lead\">{{.}}</p>{{/lead}}\n"
        "<table class=\"cards\"><caption>{{t.word14}}, %</caption>\n<thead><tr><th>{{t.word15}}"
        "<th class=\"num\">{{t.word16}}<th class=\"num\">{{t.word17}}<th>{{t.word18}}</thead>\n<tbody>\n"
        "{{#schools}}\n<tr><th scope=\"row\"><a href=\"{{href}}\">{{name}}</a>\n"
        "  <td class=\"num\" data-h=\"{{t.word16}}\">{{value}}\n  <td class=\"num\">{{district}}\n"
        "  <td>{{#status}}{{>status}}{{/status}}{{^status}}{{t.word19}}{{/status}}\n{{/schools}}\n"
        "</tbody></table>\n{{{text}}}\n{{/main}}\n{{/layout}}\n"},
    {"table",
        "<table><tbody>\n{{#rows}}\n<tr><td>{{code}}</td><td><a href=\"{{href}}\">{{name}}</a></td>"
        "<td class=\"num\">{{value}}</td><td class=\"num\">{{share}}</td>"
        "<td>{{#below}}{{t.word20}}{{/below}}{{^below}}{{t.word21}}{{/below}}</td></tr>\n{{/rows}}\n"
        "</tbody></table>\n"},
};

static int load(void *payload, const char *name, struct template_source *out)
{
	(void)payload;
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		if (strcmp(sources[i][0], name) != 0)
			continue;
		out->file = sources[i][0];
		out->text = str_of(sources[i][1]);
		return 0;
	}
	return -1;
}

static void add_words(struct view *page, struct arena *a)
{
	struct view *words = view_view(page, "t");
	for (int i = 0; i < WORDS; i++)
		view_text(words, arena_printf(a, "word%d", i), "Показатель или раздел");
}

static void add_school(struct list *schools, struct arena *a, int i)
{
	struct view *v = list_view(schools);
	view_text(v, "href", arena_printf(a, "schools/nevonskaya-sosh-%d/", i));
	view_text(v, "name", arena_printf(a, "МОУ «Невонская СОШ № %d»", i));
	view_text(v, "value", "24,29");
	view_text(v, "district", "48,24");
	if (i % 3 == 0) {
		view_null(v, "status");
		return;
	}
	struct view *status = view_view(v, "status");
	view_text(status, "kind", "good");
	view_text(status, "label", "Да & выше района");
}

static struct view *make_page(struct arena *a)
{
	struct view *page = view_new(a);
	add_words(page, a);
	view_text(page, "root", "../../");
	view_text(page, "title", "Школы с низкими результатами");
	view_text(
	    page, "lead", "В списке отдела образования. По методике тоже: ниже района и области.");
	view_text(page, "date", "22 ноября 2022");
	view_text(page, "commit", "5d1cc2d");
	view_raw(
	    page, "text", STR("<p>Правило: ниже района и области хотя бы по одному экзамену.</p>"));
	struct view *department = view_view(page, "department");
	view_text(department, "name", "Усть-Илимский район");
	view_text(department, "period", "2020–2022");
	struct list *menu = view_list(page, "menu");
	for (int i = 0; i < 9; i++) {
		struct view *item = list_view(menu);
		view_text(item, "href", "../programme/");
		view_text(item, "label", "Дорожная карта");
		view_flag(item, "current", i == 3);
	}
	struct list *schools = view_list(page, "schools");
	for (int i = 0; i < SCHOOLS; i++)
		add_school(schools, a, i);
	return page;
}

static struct view *make_table(struct arena *a)
{
	struct view *page = view_new(a);
	add_words(page, a);
	struct list *rows = view_list(page, "rows");
	for (int i = 0; i < ROWS; i++) {
		struct view *v = list_view(rows);
		view_int(v, "code", 380000 + i);
		view_text(v, "href", arena_printf(a, "../schools/school-%d/", i));
		view_text(v, "name", arena_printf(a, "Средняя общеобразовательная школа № %d", i));
		view_int(v, "value", i % 97);
		view_text(v, "share", "41,67");
		view_flag(v, "below", i % 4 == 0);
	}
	return page;
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Bytes a second, from as many rounds as fit into a half second. */
static double speed_of_rendering(const struct template *t, const struct view *page, struct buf *out)
{
	double begin = now(), end = begin;
	size_t bytes = 0;
	while ((end = now()) - begin < 1.0 / SECONDS_SHARE) {
		for (int i = 0; i < 20; i++) {
			buf_reset(out);
			if (template_render(t, page, out, NULL) < 0)
				return 0;
			bytes += out->len;
		}
	}
	return (double)bytes / (end - begin);
}

static double speed_of_copying(const struct buf *out)
{
	char *copy = xmalloc(out->len);
	double begin = now(), end = begin;
	size_t bytes = 0;
	while ((end = now()) - begin < 1.0 / SECONDS_SHARE) {
		for (int i = 0; i < 20; i++) {
			memcpy(copy, out->data, out->len);
			__asm__ volatile("" : : "r"(copy) : "memory");
			bytes += out->len;
		}
	}
	free(copy);
	return (double)bytes / (end - begin);
}

static int measure(
    struct templates *set, const char *what, const char *name, const struct view *page)
{
	const struct template *t = templates_get(set, name);
	if (!t)
		return -1;
	struct buf out = BUF_INIT(BUF_PAGE);
	double rendering = speed_of_rendering(t, page, &out), copying = speed_of_copying(&out);
	printf("template %s (%zu bytes): %.0f MB/s, memcpy: %.0f MB/s, ratio %.1f\n", what, out.len,
	    rendering / 1e6, copying / 1e6, rendering > 0 ? copying / rendering : 0);
	buf_clear(&out);
	return rendering > 0 ? 0 : -1;
}

int main(void)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct templates *set = templates_new(&a, load, NULL, &diag);
	int failed = measure(set, "page", "page", make_page(&a));
	failed |= measure(set, "table of 1,000 rows", "table", make_table(&a));
	diag_print(&diag, stderr, false);
	diag_clear(&diag);
	arena_clear(&a);
	return failed ? 1 : 0;
}
