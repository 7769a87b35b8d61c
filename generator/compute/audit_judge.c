/*
 * First the site as a whole: when its home page cannot be read, nothing that
 * is not found is "no". Then page by page each candidate gets a verdict, and
 * of each item the best is kept. What has none is "no", unless pages that
 * might hold it were not read. Marks and files that stand for several items
 * come last.
 */
#include "compute/audit_judge.h"

#include "compute/audit_look.h"
#include "compute/audit_marks.h"
#include "compute/audit_verdict.h"

struct best {
	int weight;
	struct map targets; /* of "yes": hash or address, for at_least */
};

struct judge {
	struct arena *a;
	struct audit_site site;
	const struct checklist *list;
	struct judged *out;
	struct best *best;            /* [list->count] */
	const struct audit_look *gap; /* a page that may hold items and was not read, or NULL */
};

/* -- the site -------------------------------------------------------------------- */

static enum audit_reason state_of_site(const struct judge *j)
{
	const struct audit_look *home = j->site.home;
	if (!home)
		return j->site.answers->school->site ? REASON_NOT_ASKED : REASON_NO_SITE;
	if (home->bad != REASON_NONE)
		/* That the home page is missing tells nothing about the others. */
		return audit_reason_found(home->bad) == FOUND_NOT_CHECKED ? home->bad
		                                                          : REASON_SERVER_ERROR;
	if (!home->page)
		return REASON_MALFORMED;
	return home->ours ? REASON_NONE : REASON_FOREIGN_HOST;
}

/* What a link that leads the way to sections leads to, when it was not read. */
static const struct audit_look *gap_behind(
    struct judge *j, const struct audit_look *page, size_t link)
{
	const struct htmldoc_link *l = &page->doc.links[link];
	struct url u;
	if (page->names->links[link].skip || audit_way(page->names, link) < WAY_SECTION)
		return NULL;
	if (l->kind == HTMLDOC_SCRIPT)
		return NULL;
	if (!audit_look_link(&u, &j->site, page, l->href) || !audit_is_ours(&j->site, &u))
		return NULL;
	const struct audit_look *look = audit_look_find(&j->site, &u);
	if (!look)
		return NULL; /* not a page: or the log would have a row */
	/* A document that was not read hides no other. */
	if (sniff_names_document(u.path) || sniff_is_document(look->type))
		return NULL;
	return audit_reason_found(look->bad) == FOUND_NOT_CHECKED ? look : NULL;
}

/* Where the site shut us out in the middle, any page may be the one. */
static void find_gap(struct judge *j)
{
	for (size_t i = 0; i < j->site.answers->count && !j->gap; i++) {
		const struct audit_look *page = &j->site.looks[i];
		if (!page->names || page->bad != REASON_NONE)
			continue;
		for (size_t k = 0; k < page->doc.nlinks && !j->gap; k++)
			j->gap = gap_behind(j, page, k);
	}
	for (size_t i = 0; i < j->site.answers->count && !j->gap; i++) {
		const struct audit_look *look = &j->site.looks[i];
		if (look->bad == REASON_BLOCKED && look->answer->row->role == FETCH_PAGE)
			j->gap = look;
	}
}

/* -- candidates ------------------------------------------------------------------------ */

static void count_target(struct best *b, const struct finding *f)
{
	struct str key = f->sha256.n ? f->sha256 : f->url;
	if (f->reason == REASON_FOUND_ON_PAGE)
		key = f->heading;
	if (f->found == FOUND_YES && key.n)
		map_put(&b->targets, key, b);
}

static void judge_candidate(struct judge *j, struct audit_look *page, const struct candidate *x)
{
	struct finding f;
	struct audit_case c = {&j->site, j->list, &j->list->rules[x->rule], page, x};
	struct best *b = &j->best[x->rule];
	audit_finding_begin(&f, &j->site, j->list, x->rule);
	int weight = audit_verdict(&f, &c);
	if (weight == 0)
		return;
	j->out->uncheckable += f.reason == REASON_NOT_CHECKABLE;
	count_target(b, &f);
	if (weight > b->weight) {
		b->weight = weight;
		j->out->findings[x->rule] = f;
	}
}

static void judge_page(struct judge *j, struct audit_look *page)
{
	size_t count;
	const struct candidate *list = audit_candidates(&count, j->a, page->names, j->list);
	for (size_t i = 0; i < count; i++)
		judge_candidate(j, page, &list[i]);
}

/* -- what is left ------------------------------------------------------------------------ */

/* Nobody knows, because of a page that was not read; look may be NULL. */
static void unknown(
    struct judge *j, struct finding *f, enum audit_reason why, const struct audit_look *look)
{
	audit_finding_set(f, why, STR_NONE);
	if (look)
		audit_finding_evidence(f, &j->site, look);
}

static void finish(struct judge *j, size_t rule)
{
	struct finding *f = &j->out->findings[rule];
	const struct best *b = &j->best[rule];
	const struct checklist_item *item = f->item;
	bool few = j->list->rules[rule].words && item->at_least > (int64_t)b->targets.count;
	if (f->found == FOUND_YES && few) {
		audit_finding_set(f, REASON_TOO_FEW,
		    str_of(arena_printf(
		        j->a, "%zu/%lld", b->targets.count, (long long)item->at_least)));
	}
	if (f->found == FOUND_NONE)
		audit_finding_set(f, REASON_NO_LINK, STR_NONE);
	if (f->found != FOUND_NO)
		return;
	if (j->out->site != REASON_NONE)
		unknown(j, f, j->out->site, j->site.home);
	else if (j->gap && f->reason != REASON_WORDS_MISSING)
		unknown(j, f, j->gap->bad, j->gap);
}

/* What is not there was looked for from the home page on, and when that was
 * read: its place in the archive is where the rest of the visit is found. */
static void place_absences(struct judge *j)
{
	const struct audit_look *home = j->site.home;
	for (size_t i = 0; i < j->out->count && home; i++) {
		struct finding *f = &j->out->findings[i];
		if (f->fetched.n)
			continue;
		f->fetched = home->answer->row->time;
		f->certificate = home->answer->row->certificate;
		f->source_page = home->url.text;
		f->warc = str_of(home->answer->row->offset >= 0 ? j->site.answers->warc : NULL);
		f->offset = home->answer->row->offset;
	}
}

static void find_same_files(struct judged *out)
{
	for (size_t i = 0; i < out->count; i++) {
		struct finding *x = &out->findings[i];
		if (x->found != FOUND_YES || x->reason != REASON_FOUND || !x->sha256.n)
			continue;
		for (size_t k = 0; k < out->count; k++) {
			const struct finding *y = &out->findings[k];
			if (k != i && y->found == FOUND_YES && y->reason == REASON_FOUND &&
			    str_eq(x->sha256, y->sha256)) {
				audit_finding_remark(x, REMARK_SAME_FILE);
				x->look = true;
			}
		}
	}
}

/* What a site wrote is printed on terminals, too: in one line, and nothing that
 * a terminal would obey. */
static struct str in_one_line(struct arena *a, struct str text)
{
	size_t len, i = 0;
	while (i < text.n && !utf8_is_control(utf8_decode(text.p + i, text.n - i, &len)))
		i += len;
	if (i == text.n)
		return text;
	char *copy = arena_strndup(a, text.p, text.n);
	for (; i < text.n; i += len)
		if (utf8_is_control(utf8_decode(text.p + i, text.n - i, &len)))
			memset(copy + i, ' ', len);
	return (struct str){copy, text.n};
}

static void tidy_texts(struct judge *j)
{
	for (size_t i = 0; i < j->out->count; i++) {
		struct finding *f = &j->out->findings[i];
		struct str *const texts[] = {
		    &f->detail, &f->url, &f->link_text, &f->source_page, &f->chain, &f->heading};
		for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++)
			*texts[k] = in_one_line(j->a, *texts[k]);
	}
}

static void count_answers(struct judge *j)
{
	for (size_t i = 0; i < j->site.answers->count; i++) {
		const struct audit_look *look = &j->site.looks[i];
		enum fetch_role role = look->answer->row->role;
		if (role != FETCH_PAGE && role != FETCH_FILE)
			continue;
		bool good = look->bad == REASON_NONE;
		j->out->pages += good && look->page;
		j->out->documents += good && !look->page;
		j->out->failures += audit_reason_found(look->bad) == FOUND_NOT_CHECKED;
	}
}

void audit_judge(struct judged *out, struct arena *a, const struct judging *x)
{
	const struct checklist *list = x->checklist;
	struct judge j = {.a = a, .list = list, .out = out};
	*out = (struct judged){.findings = arena_array(a, list->count + 1, sizeof(*out->findings)),
	    .count = list->count};
	j.best = arena_array(a, list->count + 1, sizeof(*j.best));
	audit_site_begin(&j.site, a, x->answers, x->signatures, x->day);
	j.site.russian = x->russian;
	out->site = state_of_site(&j);
	for (size_t i = 0; i < list->count; i++) {
		j.best[i].targets = (struct map)MAP_INIT(a);
		audit_finding_begin(&out->findings[i], &j.site, list, i);
	}
	bool foreign = out->site == REASON_FOREIGN_HOST;
	for (size_t i = 0; i < x->answers->count && !foreign; i++) {
		struct audit_look *look = &j.site.looks[i];
		if (look->names && look->bad == REASON_NONE)
			judge_page(&j, look);
	}
	find_gap(&j);
	for (size_t i = 0; i < list->count; i++)
		if (!list->rules[i].item->itemprop || list->rules[i].words)
			finish(&j, i);
	audit_marks(&j.site, list, out->findings);
	for (size_t i = 0; i < list->count; i++)
		if (list->rules[i].item->itemprop && !list->rules[i].words)
			finish(&j, i);
	place_absences(&j);
	find_same_files(out);
	tidy_texts(&j);
	count_answers(&j);
}
