/*
 * Any answers of a school's site, judged.
 *
 * The input is answers with a line "====" between them: a line with the role,
 * the outcome, the path and the redirects, then the answer as it came, head and
 * body. What is tried: every item gets a verdict with a reason of its kind, its
 * texts can be written into a table, and judging again gives the same.
 */
#include "compute/audit_judge.h"
#include "shipped.h"
#include "text/hash.h"
#include "text/http_body.h"
#include "text/url.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ANSWERS = 40, BODY = 1 << 20 };

struct site {
	struct arena arena;
	struct answers all;
	struct fetch_row rows[ANSWERS];
	struct answer items[ANSWERS];
};

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static struct str word(struct str *line)
{
	struct str w = STR("");
	str_next(line, ' ', &w);
	return w;
}

static bool is_text(struct str s)
{
	for (size_t i = 0, len; i < s.n; i += len)
		if (utf8_is_control(utf8_decode(s.p + i, s.n - i, &len)))
			return false;
	return utf8_valid(s);
}

/* As the gatherer writes it: an address that it would not ask is in no log. */
static bool read_row(struct site *s, struct fetch_row *row, struct str line)
{
	struct url home, u;
	int role = fetch_role_parse(word(&line)), outcome = fetch_outcome_parse(word(&line));
	struct str path = word(&line);
	if (url_read(&home, &s->arena, STR("https://s.ru/"), NULL, NULL) != URL_OK ||
	    url_read(&u, &s->arena, path, &home, NULL) != URL_OK || u.kind != URL_WEB)
		return false;
	*row = (struct fetch_row){.time = STR("2024-11-15T20:00:00Z"),
	    .role = role < 0 ? FETCH_PAGE : (enum fetch_role)role,
	    .outcome = outcome < 0 ? FETCH_OK : (enum fetch_outcome)outcome,
	    .url = u.text,
	    .chain = is_text(line) ? line : STR(""),
	    .depth = s->all.count > 0,
	    .attempt = 1,
	    .offset = -1};
	return true;
}

static void read_answer(struct site *s, struct str bytes)
{
	size_t used;
	struct str line;
	struct answer *x = &s->items[s->all.count];
	struct fetch_row *row = &s->rows[s->all.count];
	if (!str_next(&bytes, '\n', &line) || !read_row(s, row, line))
		return;
	*x = (struct answer){.row = row, .body = STR("")};
	if (http_head_read(&x->head, &s->arena, bytes, &used) == HTTP_OK) {
		struct str raw = {bytes.p + used, bytes.n - used};
		x->body = http_body_all(&s->arena, &x->head, raw, BODY).bytes;
		row->status = x->head.status;
		row->sha256 = str_of(arena_printf(&s->arena, "%s", hash_sha256(x->body).s));
		row->offset = 0;
	} else {
		x->head = (struct http_head){0};
	}
	s->all.count++;
}

static void read_site(struct site *s, struct str input)
{
	static const char mark[] = "\n====\n";
	while (input.n && s->all.count < ANSWERS) {
		const char *end = memmem(input.p, input.n, mark, sizeof(mark) - 1);
		size_t n = end ? (size_t)(end - input.p) : input.n;
		read_answer(s, (struct str){input.p, n});
		n += end ? sizeof(mark) - 1 : 0;
		input = (struct str){input.p + n, input.n - n};
	}
}

static void check(const struct finding *x, const struct finding *y)
{
	const struct str texts[] = {x->detail, x->url, x->link_text, x->source_page, x->chain,
	    x->heading, x->charset_rule, x->sha256};
	expect(x->found != FOUND_NONE && x->found == y->found && x->reason == y->reason);
	expect(str_eq(x->url, y->url) && str_eq(x->detail, y->detail));
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		expect(is_text(texts[i]));
}

static void judge(struct site *s, const struct checklist *list)
{
	struct judged first, second;
	const struct judging j = {
	    &s->all, list, shipped_signatures(), (struct date){2024, 11, 15}, true};
	audit_judge(&first, &s->arena, &j);
	audit_judge(&second, &s->arena, &j);
	expect(first.count == list->count && first.site == second.site);
	for (size_t i = 0; i < first.count; i++)
		check(&first.findings[i], &second.findings[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct school school = {
	    .id = "sosh-1", .name = "Средняя школа № 1", .site = "https://s.ru/"};
	static const struct str places[] = {{"https://s.ru/", 13}};
	static struct site s;
	s = (struct site){
	    .all = {&school, s.items, 0, "sosh-1.warc.gz", places, 1, STR("7700000000")}};
	read_site(&s, (struct str){(const char *)data, size});
	for (int i = 0; i < SHIPPED_LISTS; i++)
		judge(&s, shipped_list(i));
	arena_clear(&s.arena);
	return 0;
}
