/*
 * The answer of the interface is JSON; of it only name, size and day are
 * taken, found by their keys. The row belongs to a link when its address holds
 * the link's, percent-encoded or not.
 */
#include "compute/audit_cloud.h"

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

/* The text after "key":" up to the next quote. */
static struct str json_text(struct str json, const char *key)
{
	const char *at = json.n ? memmem(json.p, json.n, key, strlen(key)) : NULL;
	if (!at)
		return STR_NONE;
	struct str rest = {at + strlen(key), json.n - (size_t)(at - json.p) - strlen(key)};
	while (rest.n && strchr("\" :", *rest.p))
		rest.p++, rest.n--;
	size_t n = 0;
	while (n < rest.n && rest.p[n] != '"' && rest.p[n] != ',' && rest.p[n] != '}')
		n++;
	return (struct str){rest.p, n};
}

static bool judge_interface(struct finding *f, struct audit_site *s, const struct url *u)
{
	const struct audit_look *api = interface_of(s, u);
	if (!api)
		return false;
	int status = api->answer->row->status;
	struct str json = api->answer->body;
	struct str name = json_text(json, "\"name\"");
	struct str changed = json_text(json, "\"modified\"");
	audit_finding_evidence(f, s, api);
	f->url = u->text;
	if (status == 404 || status == 410) {
		audit_finding_set(f, REASON_CLOUD_MISSING, u->host);
	} else if (api->bad != REASON_NONE || !name.n) {
		audit_finding_set(f, REASON_CLOUD, u->host);
	} else {
		audit_finding_set(f, REASON_FOUND, STR_NONE);
		audit_finding_remark(f, REMARK_OFF_SITE);
		audit_finding_remark(f, REMARK_TEXT_UNREAD);
		if (changed.n >= 10)
			date_parse(&f->date, (struct str){changed.p, 10});
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
