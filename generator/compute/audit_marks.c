/*
 * Pages are gathered once for each subsection; the checklist has its rows
 * together, so the last ones are kept.
 */
#include "compute/audit_marks.h"

#include "compute/audit_itemprop.h"
#include "compute/audit_verdict.h"
#include "text/ascii.h"

struct subsection {
	const char *page;
	struct audit_look *looks[ITEMPROP_REFERENCES + 1];
	const struct htmldoc *docs[ITEMPROP_REFERENCES + 1];
	size_t count;
	const struct finding *section; /* of the item that is the subsection, or NULL */
};

/* "/sveden/common", "/sveden/common/", "/sveden/common.html" */
static bool ends_in(struct str path, const char *page)
{
	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	static const char *const tails[] = {
	    "", ".html", ".php", ".htm", "/index.html", "/index.php"};
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		if (!str_ends(path, tails[i]))
			continue;
		struct str rest = {path.p, path.n - strlen(tails[i])};
		size_t n = strlen(page);
		if (rest.n > n && rest.p[rest.n - n - 1] == '/' && ascii_ends(rest, page))
			return true;
	}
	return false;
}

static void add(struct subsection *b, struct audit_look *look)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->looks[i] == look)
			return;
	if (b->count > ITEMPROP_REFERENCES || !look->page || look->bad != REASON_NONE)
		return;
	b->looks[b->count] = look;
	b->docs[b->count++] = &look->doc;
}

static struct audit_look *by_address(struct audit_site *s, const char *page)
{
	struct audit_look *found = NULL;
	for (size_t i = 0; i < s->answers->count; i++) {
		struct audit_look *look = &s->looks[i];
		if (!look->page || look->bad != REASON_NONE || !ends_in(look->url.path, page))
			continue;
		bool official = memmem(look->url.path.p, look->url.path.n, "sveden", 6) != NULL;
		if (official)
			return look;
		found = found ? found : look;
	}
	return found;
}

static void add_references(struct audit_site *s, struct subsection *b)
{
	const struct itemprop_references refs = itemprop_references_of(b->docs[0]);
	for (size_t i = 0; i < refs.count; i++) {
		struct url u;
		struct audit_look *look = NULL;
		if (audit_look_link(&u, s, b->looks[0], refs.hrefs[i]))
			look = audit_look_find(s, &u);
		if (look)
			add(b, look);
	}
}

static void gather(struct subsection *b, struct audit_site *s, const struct checklist *list,
    const struct finding *findings, const char *page)
{
	*b = (struct subsection){.page = page};
	for (size_t i = 0; i < list->count && !b->section; i++)
		if (strcmp(list->rules[i].item->id, page) == 0)
			b->section = &findings[i];
	struct audit_look *look = by_address(s, page);
	struct url u;
	if (!look && b->section && b->section->found == FOUND_YES &&
	    url_read(&u, s->a, b->section->url, NULL, NULL) == URL_OK)
		look = audit_look_find(s, &u);
	if (look)
		add(b, look);
	if (b->count)
		add_references(s, b);
}

static const struct audit_look *look_of(const struct subsection *b, const struct htmldoc *d)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->docs[i] == d)
			return b->looks[i];
	return NULL;
}

static void judge(struct finding *f, struct audit_site *s, const struct subsection *b,
    const struct checklist *list)
{
	static const enum audit_reason reasons[] = {[ITEMPROP_MISSING] = REASON_NO_MARK,
	    [ITEMPROP_FOUND] = REASON_FOUND_MARKED,
	    [ITEMPROP_EMPTY] = REASON_MARK_EMPTY,
	    [ITEMPROP_ABSENT] = REASON_SAYS_ABSENT,
	    [ITEMPROP_ORPHAN] = REASON_MARK_ORPHAN};
	struct itemprop_wanted wanted = {f->item->itemprop, f->item->parent};
	struct itemprop_answer x = itemprop_look(&wanted, b->docs, b->count, list);
	const struct audit_look *look = x.page ? look_of(b, x.page) : b->looks[0];
	audit_finding_evidence(f, s, look);
	f->source_page = look->url.text;
	if (x.prop) {
		f->link_text = x.prop->text;
		f->heading = x.prop->written;
	}
	audit_finding_set(f, reasons[x.state], STR_NONE);
	if (x.sloppy)
		audit_finding_remark(f, REMARK_SLOPPY_MARK);
	if (x.case_differs)
		audit_finding_remark(f, REMARK_MARK_CASE);
	if (x.hidden)
		audit_finding_remark(f, REMARK_HIDDEN);
}

void audit_marks(struct audit_site *s, const struct checklist *list, struct finding *findings)
{
	struct subsection b = {0};
	for (size_t i = 0; i < list->count; i++) {
		const struct checklist_item *item = list->rules[i].item;
		if (!item->itemprop || list->rules[i].words)
			continue;
		const char *page = item->page ? item->page : "";
		if (!b.page || strcmp(b.page, page) != 0)
			gather(&b, s, list, findings, page);
		if (b.count)
			judge(&findings[i], s, &b, list);
		else if (b.section && b.section->found == FOUND_NOT_CHECKED)
			audit_finding_set(&findings[i], b.section->reason, b.section->detail);
		else
			audit_finding_set(&findings[i], REASON_NO_MARK, str_of(page));
	}
}
