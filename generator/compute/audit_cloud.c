/*
 * The row of an interface belongs to a link when its address holds the link's,
 * percent-encoded or not. Its answer differs from visit to visit (it holds
 * links that soon expire), so the sum of the finding is the file's, by the
 * disk's own words.
 */
#include "compute/audit_cloud.h"

#include "compute/audit_listing.h"
#include "compute/audit_verdict.h"
#include "text/ascii.h"

static bool contains(struct str text, struct str part)
{
	return part.n && text.n >= part.n && memmem(text.p, text.n, part.p, part.n) != NULL;
}

static const struct audit_look *interface_of(struct audit_site *s, const struct url *u)
{
	for (size_t i = 0; i < s->answers->count; i++) {
		const struct fetch_row *row = s->answers->items[i].row;
		if (row->role == FETCH_CLOUD &&
		    contains(ascii_percent_decode(s->a, row->url), u->text))
			return &s->looks[i];
	}
	return NULL;
}

static struct str words_of(const struct audit_site *s, const struct audit_listing *l)
{
	struct buf words = BUF_INIT(BUF_FILE);
	audit_listing_write(&words, l, s->russian);
	return buf_keep(s->a, &words);
}

static bool judge_interface(struct finding *f, struct audit_site *s, const struct url *u)
{
	const struct audit_look *api = interface_of(s, u);
	if (!api)
		return false;
	int status = api->answer->row->status;
	struct audit_listing l;
	bool named = audit_listing_read(&l, s->a, api->answer->body);
	audit_finding_evidence(f, s, api);
	f->url = u->text;
	f->sha256 = l.self.sha256; /* of the file, not of what is said of it */
	f->type = STR_NONE;
	f->size = 0;
	f->modified = (struct date){0};
	if (status == 404 || status == 410) {
		audit_finding_set(f, REASON_CLOUD_MISSING, u->host);
	} else if (api->bad != REASON_NONE || !named) {
		audit_finding_set(f, REASON_CLOUD, u->host);
	} else {
		audit_finding_set(f, REASON_FOUND, STR_NONE);
		audit_finding_remark(f, REMARK_OFF_SITE);
		audit_finding_remark(f, REMARK_TEXT_UNREAD);
		f->date = audit_listing_date(&l);
		f->listing = words_of(s, &l);
	}
	return true;
}

/* -- the file itself ---------------------------------------------------------- */

enum { ID_BYTES = 200 };

/* drive.google.com/file/d/ID/view, drive.google.com/open?id=ID; or nothing. */
static struct str drive_id(const struct url *u)
{
	static const char folder[] = "/file/d/";
	struct str id = STR_NONE, rest = u->path, part;
	if (!str_is(u->host, "drive.google.com"))
		return id;
	if (str_starts(u->path, folder)) {
		rest.p += sizeof(folder) - 1;
		rest.n -= sizeof(folder) - 1;
		str_next(&rest, '/', &id);
	}
	rest = u->query;
	while (!id.n && rest.p && str_next(&rest, '&', &part))
		if (str_starts(part, "id="))
			id = (struct str){part.p + 3, part.n - 3};
	return id.n <= ID_BYTES ? id : STR_NONE;
}

bool audit_cloud_direct(struct url *out, struct arena *a, const struct url *u)
{
	struct str id = drive_id(u);
	if (!id.n)
		return false;
	const char *address =
	    arena_printf(a, "https://drive.google.com/uc?export=download&id=%.*s", (int)id.n, id.p);
	return url_read(out, a, str_of(address), NULL, NULL) == URL_OK;
}

struct audit_look *audit_cloud_file(const struct audit_site *s, struct audit_look *target)
{
	struct url direct;
	struct audit_look *file =
	    audit_cloud_direct(&direct, s->a, &target->asked) ? audit_look_find(s, &direct) : NULL;
	return file && file->bad == REASON_NONE && !file->page ? file : target;
}

/* -- verdicts ------------------------------------------------------------------- */

static bool is_kind(const struct audit_site *s, enum signature_kind kind, const struct url *u)
{
	return audit_signature_find(s->signatures, kind, SIGNATURE_IN_HOST, u->host, 0, NULL) !=
	    NULL;
}

bool audit_cloud_unasked(struct finding *f, struct audit_site *s, const struct url *u)
{
	if (is_kind(s, SIGNATURE_OFF_SITE, u)) {
		audit_finding_set(f, REASON_FOUND, STR_NONE);
		audit_finding_remark(f, REMARK_OFF_SITE);
		f->look = true;
		return true;
	}
	if (!is_kind(s, SIGNATURE_CLOUD, u))
		return false;
	if (!judge_interface(f, s, u))
		audit_finding_set(f, REASON_CLOUD, u->host);
	return true;
}

static bool says(
    const struct audit_site *s, const struct audit_look *look, enum signature_kind kind)
{
	return look->page &&
	    audit_signature_find(s->signatures, kind, SIGNATURE_IN_TEXT, look->own,
	        audit_letters(look->own), NULL) != NULL;
}

bool audit_cloud_judge(struct finding *f, struct audit_site *s, struct audit_look *target)
{
	const struct url *u = &target->asked;
	bool gone = target->answer->row->status == 404 || target->answer->row->status == 410;
	if (!is_kind(s, SIGNATURE_CLOUD, u))
		return target->bad == REASON_NONE && audit_cloud_unasked(f, s, u);
	if (!target->page && target->bad == REASON_NONE)
		return false; /* the file itself came */
	if (judge_interface(f, s, u))
		return true;
	if (gone || says(s, target, SIGNATURE_CLOUD_MISSING))
		audit_finding_set(f, REASON_CLOUD_MISSING, u->host);
	else if (says(s, target, SIGNATURE_CLOUD_CLOSED))
		audit_finding_set(f, REASON_LOGIN, u->host);
	else
		audit_finding_set(f, REASON_CLOUD, u->host);
	return true;
}
