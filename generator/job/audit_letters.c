/*
 * The letters of a round in the words of the site's theme. Schools that lack
 * nothing get none.
 */
#include "base/intl.h"
#include "job/audit_desk.h"
#include "job/audit_show.h"
#include "render/audit_letter.h"
#include "sys/clock.h"
#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct posting {
	const struct audit_question *q;
	struct arena arena;
	struct audit_desk desk;
	struct audit_round round;
	struct buf *out;
	struct diag *diag;
	int folder; /* to write into, or -1 */
	size_t written;
};

static enum audit_status no_folder(struct posting *p, const char *path)
{
	file_complain(p->diag, FILE_FAILED, path, 0);
	return AUDIT_SYSTEM;
}

/* A letter that was written before is replaced. */
static enum audit_status write_letter(
    struct posting *p, const struct school *school, struct str text)
{
	const char *name = arena_printf(&p->arena, "%s.md", school->id);
	if (unlinkat(p->folder, name, 0) < 0 && errno != ENOENT)
		return no_folder(p, name);
	if (fd_create(p->folder, name, 0644, text.p, text.n) < 0)
		return no_folder(p, name);
	return AUDIT_OK;
}

static enum audit_status post(struct posting *p, const struct school *school)
{
	struct audit_letter letter;
	struct buf text = BUF_INIT(BUF_PAGE);
	enum audit_status status = AUDIT_OK;
	audit_letter_read(&letter, &p->arena, &p->round, school);
	if (!audit_letter_due(&letter))
		return AUDIT_OK;
	audit_letter_markdown(&text, &p->arena, &p->desk.load.theme.words, &letter);
	if (p->folder >= 0)
		status = write_letter(p, school, buf_str(&text));
	else
		buf_addf(p->out, "%s%s", p->written ? "\n---\n\n" : "", text.data);
	p->written++;
	buf_clear(&text);
	return status;
}

static enum audit_status post_all(struct posting *p, const struct school *only)
{
	enum audit_status status = AUDIT_OK;
	for (size_t i = 0; i < p->desk.d.nschools && status == AUDIT_OK; i++)
		if (!only || only == &p->desk.d.schools[i])
			status = post(p, &p->desk.d.schools[i]);
	if (status != AUDIT_OK)
		return status;
	if (p->folder >= 0)
		buf_addf(p->out, _("Letters written: %zu. Folder: %s\n"), p->written, p->q->folder);
	else if (p->written == 0)
		buf_adds(p->out, _("Nothing is missing: there is no letter to write.\n"));
	return AUDIT_OK;
}

static enum audit_status begin(struct posting *p, const struct school **only)
{
	const struct audit_question *q = p->q;
	struct date date;
	enum audit_status status =
	    (enum audit_status)audit_desk_open(&p->desk, q->site, q->department, p->diag);
	if (status == AUDIT_OK)
		status = (enum audit_status)audit_desk_round(&p->desk, &date, q->date, p->diag);
	if (status != AUDIT_OK)
		return status;
	if (q->school && !(*only = audit_desk_school(&p->desk, q->school, p->diag)))
		return AUDIT_USAGE;
	if (load_theme(&p->desk.load, p->diag) < 0)
		return AUDIT_PROBLEMS;
	p->desk.d.today = date_from_unix(clock_unix());
	audit_round_read(&p->round, &p->arena, &p->desk.d, date);
	if (!q->folder)
		return AUDIT_OK;
	fd_make_parents(AT_FDCWD, arena_printf(&p->arena, "%s/x", q->folder));
	p->folder = open(q->folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	return p->folder < 0 ? no_folder(p, q->folder) : AUDIT_OK;
}

enum audit_status audit_write_letters(
    const struct audit_question *q, struct buf *out, struct diag *diag)
{
	struct posting p = {.q = q, .out = out, .diag = diag, .folder = -1};
	const struct school *only = NULL;
	enum audit_status status = begin(&p, &only);
	if (status == AUDIT_OK)
		status = post_all(&p, only);
	if (p.folder >= 0)
		close(p.folder);
	audit_desk_close(&p.desk);
	arena_clear(&p.arena);
	return status;
}
