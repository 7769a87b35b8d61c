/*
 * The time is that of the clock, with the offset of the local time zone, as git
 * itself has it.
 */
#include "job/staff.h"

#include "base/intl.h"
#include "sys/clock.h"
#include "sys/program.h"

#include <string.h>
#include <strings.h>

enum { GIT_SECONDS = 20, MAIL_BYTES = 1024 };

#define SITE_FILE "content/site.yaml"

const char *staff_git_mail(struct arena *a, const char *folder)
{
	const char *const arguments[] = {"git", "config", "--get", "user.email", NULL};
	struct buf out = BUF_INIT(MAIL_BYTES), err = BUF_INIT(MAIL_BYTES);
	const struct program p = {.arguments = arguments,
	    .folder = folder,
	    .seconds = GIT_SECONDS,
	    .out = &out,
	    .err = &err};
	const char *mail = NULL;
	if (program_run(&p) == PROGRAM_OK) {
		struct str text = str_trim(buf_str(&out));
		mail = text.n ? arena_strndup(a, text.p, text.n) : NULL;
	}
	buf_clear(&out);
	buf_clear(&err);
	return mail;
}

static const struct staff *by_mail(const struct site *site, const char *mail)
{
	const struct staff *staff = site->staff.items;
	for (size_t i = 0; mail && i < site->staff.count; i++)
		if (staff[i].mail && strcasecmp(staff[i].mail, mail) == 0)
			return &staff[i];
	return NULL;
}

static void take(struct repo_person *out, const struct staff *s)
{
	*out = (struct repo_person){.name = s->name ? s->name : s->login,
	    .mail = s->mail,
	    .time = clock_unix(),
	    .offset = clock_zone_minutes()};
}

static int refuse(
    struct diag *diag, const char *rule, const char *who, const char *remedy, const char *text)
{
	diag_add(diag, DIAG_ERROR, rule, DIAG_AT(SITE_FILE, 0, 0), str_of(who), remedy, "%s", text);
	return -1;
}

int staff_author(struct repo_person *out, const struct site *site, const char *login,
    const char *git_mail, struct diag *diag)
{
	const struct staff *s = login ? site_staff(site, login) : by_mail(site, git_mail);
	if (!s && login)
		return refuse(diag, "staff-unknown", login,
		    _("Write the login as it stands in the staff list of content/site.yaml, or add a line there."),
		    _("nobody of the staff has this login"));
	if (!s)
		return refuse(diag, "staff-unknown", git_mail,
		    _("Say who you are with --as LOGIN, or write your mail into the staff list of content/site.yaml and into git: git config user.email MAIL."),
		    git_mail ? _("nobody of the staff has the mail that git knows you by")
		             : _("git does not know who you are"));
	if (!staff_has_role(s, ROLE_EDITOR) && !staff_has_role(s, ROLE_PUBLISHER))
		return refuse(diag, "staff-role", s->login,
		    _("Give them the role editor or publisher in content/site.yaml."),
		    _("this member of staff may not change the site"));
	if (!s->mail)
		return refuse(diag, "staff-mail", s->login,
		    _("Write mail: with their address into the staff list of content/site.yaml; changes are signed with it."),
		    _("the staff list has no mail of this person"));
	take(out, s);
	return 0;
}

int staff_committer(struct repo_person *out, const struct site *site,
    const struct repo_person *author, const char *git_mail, struct diag *diag)
{
	const struct staff *runs = by_mail(site, git_mail), *wrote = by_mail(site, author->mail);
	if (runs && staff_has_role(runs, ROLE_PUBLISHER)) {
		take(out, runs);
		return 0;
	}
	if (wrote && staff_has_role(wrote, ROLE_PUBLISHER)) {
		take(out, wrote);
		return 0;
	}
	return refuse(diag, "staff-role", wrote ? wrote->login : author->mail,
	    _("Let a publisher run this command, with --as and this login; or give the role publisher in content/site.yaml."),
	    _("this member of staff may edit the site, but not publish it"));
}
