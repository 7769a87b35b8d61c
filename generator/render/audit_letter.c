/*
 * The letter is one text with slots; each slot is made into Markdown by a
 * function of its own. Lists are numbered through the whole letter, so that
 * people can say "number three".
 */
#include "render/audit_letter.h"

#include "compute/audit_reason.h"
#include "render/audit_view.h"
#include "text/url.h"

/* -- what is to be said --------------------------------------------------------- */

static void add(struct arena *a, const struct audit_row ***list, size_t *count,
    const struct audit_row *x, size_t room)
{
	if (!*list)
		*list = arena_array(a, room, sizeof(const struct audit_row *));
	(*list)[(*count)++] = x;
}

void audit_letter_read(struct audit_letter *out, struct arena *a, const struct audit_round *round,
    const struct school *school)
{
	const struct table *t = round->department->checklist;
	*out = (struct audit_letter){
	    .department = round->department, .school = school, .round = round->date};
	for (size_t i = 0; i < t->count; i++) {
		const struct checklist_item *item = table_row(t, i);
		const struct audit_row *x = audit_round_cell(round, school, item)->row;
		if (!x)
			continue;
		audit_sum_add(audit_is_markup(item) ? &out->markup : &out->sum, x);
		if (audit_is_markup(item))
			continue;
		if (x->found == FOUND_NO)
			add(a, &out->missing, &out->nmissing, x, t->count);
		if (x->found == FOUND_DEFECTIVE)
			add(a, &out->broken, &out->nbroken, x, t->count);
		if (x->found == FOUND_NOT_CHECKED)
			add(a, &out->unknown, &out->nunknown, x, t->count);
	}
}

bool audit_letter_due(const struct audit_letter *l)
{
	return l->nmissing + l->nbroken + l->markup.no + l->markup.defective > 0;
}

/* -- Markdown ------------------------------------------------------------------- */

struct letter_writer {
	struct arena *a;
	const struct words *w;
	const struct audit_letter *l;
	size_t number; /* of the last entry */
};

/* Text as it is, whatever it means in Markdown. */
static const char *plain(struct arena *a, const char *s)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	for (; s && *s; s++) {
		if (strchr("\\`*_[]<>#&~|{", *s))
			buf_addc(&out, '\\');
		buf_addc(&out, (unsigned char)*s < ' ' ? ' ' : *s);
	}
	return buf_keep(a, &out).p;
}

/* An address that leads somewhere becomes a link. */
static const char *address(struct arena *a, const char *s)
{
	struct url u;
	if (!s || !*s)
		return "";
	if (strpbrk(s, "<>\\ \n") || url_read(&u, a, str_of(s), NULL, NULL) != URL_OK ||
	    u.kind != URL_WEB)
		return plain(a, s);
	struct str shown = url_readable(a, &u);
	if (str_is(shown, s))
		return arena_printf(a, "<%s>", s);
	return arena_printf(a, "[%s](<%s>)", plain(a, shown.p), s);
}

static const char *number(const struct letter_writer *x, size_t n)
{
	return words_int(x->w, x->a, (long long)n);
}

/* "Где: ссылка «…» на странице … ведёт на …" */
static void write_place(const struct letter_writer *x, struct buf *out, const struct audit_row *row)
{
	if (!row->url || !*row->url)
		return;
	bool link = row->link_text && *row->link_text;
	buf_adds(out, "  \n   ");
	buf_adds(out,
	    phrase(x->w, x->a, link ? "letter_link" : "letter_address", "link",
	        plain(x->a, row->link_text), "url", address(x->a, row->url), NULL));
}

/* That nothing was found needs no reason, unless something was. */
static bool says_more(const struct audit_row *row)
{
	if (!audit_row_reason(row) || row->found != FOUND_NO)
		return audit_row_reason(row) != NULL;
	enum audit_reason why = audit_reason_find(str_of(row->reason));
	return why == REASON_TOO_FEW || why == REASON_WORDS_MISSING;
}

static void write_entry(struct letter_writer *x, struct buf *out, const struct audit_row *row)
{
	const struct checklist_item *item = row->item;
	buf_addf(out, "%zu. **%s.** %s", ++x->number, plain(x->a, audit_item_title(item)),
	    audit_row_word(x->w, row));
	if (says_more(row))
		buf_addf(out, ": %s", plain(x->a, row->reason));
	if (row->found == FOUND_NO && row->state != AUDIT_CONFIRMED)
		buf_addf(out, "; %s", words_get(x->w, "letter_once"));
	buf_addc(out, '.');
	if (item->look_for)
		buf_addf(out, "  \n   %s",
		    phrase(x->w, x->a, "letter_looked_for", "what",
		        plain(x->a, words_uncapital(x->a, item->look_for)), NULL));
	write_place(x, out, row);
	if (item->hint)
		buf_addf(out, "  \n   %s", plain(x->a, item->hint));
	buf_addc(out, '\n');
}

static void write_part(struct letter_writer *x, struct buf *out, const char *title,
    const struct audit_row *const *rows, size_t count)
{
	if (count == 0)
		return;
	buf_addf(out, "%s## %s\n\n", out->len ? "\n" : "", words_get(x->w, title));
	for (size_t i = 0; i < count; i++)
		write_entry(x, out, rows[i]);
}

static const char *what_to_mend(struct letter_writer *x)
{
	const struct audit_letter *l = x->l;
	struct buf out = BUF_INIT(BUF_PAGE);
	write_part(x, &out, "letter_missing", l->missing, l->nmissing);
	write_part(x, &out, "letter_broken", l->broken, l->nbroken);
	if (l->markup.no + l->markup.defective)
		buf_addf(&out, "%s%s\n", out.len ? "\n" : "",
		    phrase(x->w, x->a, "letter_markup", "yes", number(x, l->markup.yes), "all",
		        number(x, audit_sum_known(l->markup)), NULL));
	return buf_keep(x->a, &out).p;
}

static bool same_reason(const struct audit_row *x, const struct audit_row *y)
{
	const char *a = audit_row_reason(x), *b = audit_row_reason(y);
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Items that have one reason stand in one line, at the first of them. */
static const char *what_is_unknown(const struct letter_writer *x)
{
	const struct audit_letter *l = x->l;
	struct buf out = BUF_INIT(BUF_PAGE);
	if (l->nunknown == 0)
		return "";
	buf_addf(&out, "## %s\n\n", words_get(x->w, "letter_unknown"));
	for (size_t i = 0; i < l->nunknown; i++) {
		const char *reason = audit_row_reason(l->unknown[i]);
		size_t first = 0;
		while (!same_reason(l->unknown[first], l->unknown[i]))
			first++;
		if (first < i)
			continue;
		buf_addf(&out,
		    "- %s: ", plain(x->a, reason ? reason : words_get(x->w, "audit_other_reason")));
		for (size_t k = i; k < l->nunknown; k++)
			if (same_reason(l->unknown[i], l->unknown[k]))
				buf_addf(&out, "%s%s", k > i ? "; " : "",
				    plain(x->a, audit_item_title(l->unknown[k]->item)));
		buf_adds(&out, ".\n");
	}
	buf_addf(&out, "\n%s\n", words_get(x->w, "letter_unknown_about"));
	return buf_keep(x->a, &out).p;
}

static const char *whom_to_ask(const struct letter_writer *x)
{
	const struct field_list *contacts = &department_meta(x->l->department)->contacts;
	const struct contact *all = contacts->items;
	struct buf out = BUF_INIT(BUF_PAGE);
	for (size_t i = 0; i < contacts->count; i++) {
		if (!all[i].phone && !all[i].mail)
			continue;
		buf_addf(&out, "%s%s", out.len ? "; " : "", plain(x->a, all[i].role));
		if (all[i].phone)
			buf_addf(&out, ", %s", plain(x->a, all[i].phone));
		if (all[i].mail)
			buf_addf(&out, ", %s", plain(x->a, all[i].mail));
	}
	if (out.len == 0)
		return "";
	return phrase(x->w, x->a, "letter_contacts", "who", buf_keep(x->a, &out).p, NULL);
}

static const char *how_much(const struct letter_writer *x)
{
	return phrase(x->w, x->a, "letter_sum", "yes", number(x, x->l->sum.yes), "all",
	    number(x, audit_sum_known(x->l->sum)), NULL);
}

static const char *by_when(const struct letter_writer *x)
{
	struct date next = audit_next(x->l->department);
	if (!date_is_set(next))
		return words_get(x->w, "letter_until_next");
	return phrase(x->w, x->a, "letter_until", "date", words_date(x->w, x->a, next, true), NULL);
}

static const char *evidence(const struct letter_writer *x)
{
	const struct department *d = x->l->department;
	const char *base = d->site->base_url;
	if (!base || !strstr(base, "://"))
		return "";
	const char *page = arena_printf(
	    x->a, "%s%s/audit/%s/%s/", base, d->id, date_iso(x->l->round).s, x->l->school->id);
	return phrase(x->w, x->a, "letter_evidence", "address", address(x->a, page), NULL);
}

/* A slot with nothing in it leaves no hole. */
static struct str without_holes(struct arena *a, const char *text)
{
	char *out = arena_strndup(a, text, strlen(text)), *to = out;
	for (; *text; text++)
		if (*text != '\n' || to < out + 2 || to[-1] != '\n' || to[-2] != '\n')
			*to++ = *text;
	*to = '\0';
	return (struct str){out, (size_t)(to - out)};
}

/* -- the letter ------------------------------------------------------------------ */

const struct content *audit_letter_text(const struct department *d)
{
	return d->letter && content_is_public(d->letter, d->today) ? d->letter : NULL;
}

const char *audit_letter_title(const struct words *w, const struct audit_letter *l)
{
	const struct content *own = audit_letter_text(l->department);
	return own && own->title ? own->title : words_get(w, "letter_title");
}

struct str audit_letter_body(struct arena *a, const struct words *w, const struct audit_letter *l)
{
	struct letter_writer x = {.a = a, .w = w, .l = l};
	const struct content *own = audit_letter_text(l->department);
	const struct content *index = l->department->index;
	struct str text = own ? own->body : str_of(words_get(w, "letter_text"));
	return without_holes(a,
	    phrase_text(a, text, "school", plain(a, l->school->name), "date",
	        words_date(w, a, l->round, true), "site", address(a, l->school->site), "sum",
	        how_much(&x), "mend", what_to_mend(&x), "unknown", what_is_unknown(&x), "until",
	        by_when(&x), "evidence", evidence(&x), "contacts", whom_to_ask(&x), "sender",
	        plain(a, index ? index->title : l->department->id), NULL));
}

void audit_letter_markdown(
    struct buf *out, struct arena *a, const struct words *w, const struct audit_letter *l)
{
	struct str body = audit_letter_body(a, w, l);
	buf_addf(out, "# %s\n\n%s\n\n", plain(a, audit_letter_title(w, l)),
	    phrase(w, a, "letter_to", "school", plain(a, l->school->name), NULL));
	buf_add(out, body.p, body.n);
	if (!str_ends(body, "\n"))
		buf_addc(out, '\n');
}
