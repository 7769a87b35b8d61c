/*
 * Judging happens in children (sys/child), several at once; the parent keeps
 * their verdicts until all are there, and writes the files of the round once.
 * A school that its child could not judge in its processor time or memory is
 * "not checked": another machine would say so too. One whose child the machine
 * did not let work has no verdict and no rows; a replay judges it again.
 */
#include "job/audit.h"

#include "base/intl.h"
#include "compute/audit_rows.h"
#include "job/audit_answers.h"
#include "job/audit_files.h"
#include "job/audit_print.h"
#include "job/audit_resume.h"
#include "job/audit_wire.h"
#include "job/evidence.h"
#include "sys/fd.h"
#include "sys/pool.h"

#include <stdlib.h>
#include <sys/stat.h>

enum {
	JUDGE_TOGETHER = 256 * 1024, /* of archives, for one child */
	JUDGE_SECONDS = 120,         /* of the processor */
	JUDGE_PATIENCE = 20 * 60,    /* by the clock */
	JUDGE_RESULT = 256 * 1024 * 1024,
	WAIT_MS = 1000
};
static const size_t JUDGE_MEMORY = (size_t)2 << 30;

void audit_say(struct audit_run *r, const struct buf *text)
{
	if (r->o->say)
		r->o->say(r->o->payload, buf_str(text));
}

/* ---- one school, in a child ---- */

static int judge(void *payload, size_t school, struct buf *out)
{
	struct audit_run *r = payload;
	struct arena scratch = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct audit_visit visit = {.warc.bytes = STR("")};
	struct judged judged;
	const struct school *about = r->schools[school];
	const char *warc = arena_printf(
	    &scratch, "%s%s.warc.gz", audit_folder_prefix(&scratch, r->passport.visit), about->id);
	int result = 0;
	if (about->site)
		result = audit_visit_open(&visit, r->folder, about, warc, &diag);
	else
		visit.answers = (struct answers){.school = about, .warc = warc, .inn = STR("")};
	if (result == 0) {
		const struct judging j = {&visit.answers, &r->checklist, &r->signatures,
		    r->passport.round, r->desk.russian};
		audit_judge(&judged, &visit.arena, &j);
		audit_wire_write(out, &judged);
	}
	audit_visit_close(&visit);
	arena_clear(&scratch);
	diag_clear(&diag);
	return result;
}

/* The child came to nothing. */
static void give_up(struct audit_run *r, struct judged *out, enum audit_reason why)
{
	*out = (struct judged){.count = r->checklist.count, .site = why};
	out->findings = arena_array(&r->arena, out->count + 1, sizeof(*out->findings));
	for (size_t i = 0; i < out->count; i++)
		out->findings[i] =
		    (struct finding){.found = FOUND_NOT_CHECKED, .reason = why, .offset = -1};
}

/* The pointers that did not travel. */
static void complete(struct audit_run *r, size_t school)
{
	const struct table *all = r->desk.d.checklist;
	struct judged *j = &r->judged[school];
	for (size_t i = 0; i < j->count; i++) {
		j->findings[i].school = r->schools[school];
		j->findings[i].item = table_row(all, r->checklist.rules[i].item->row.index);
		j->findings[i].checklist = r->checklist.version;
	}
}

/* What there is to judge of a school, in bytes as they are packed. */
static size_t archive_size(const struct audit_run *r, size_t school)
{
	struct arena scratch = ARENA_INIT;
	struct stat st;
	const char *path =
	    arena_printf(&scratch, "%s/%s.warc.gz", r->folder, r->schools[school]->id);
	size_t size = stat(path, &st) == 0 ? (size_t)st.st_size : 0;
	arena_clear(&scratch);
	return size;
}

void audit_judge_later(struct audit_run *r, size_t school)
{
	children_add(&r->children, school, archive_size(r, school));
}

bool audit_judge_take(struct audit_run *r, int ms)
{
	struct child_result result;
	struct buf out = BUF_INIT(BUF_FILE);
	if (!children_take(&r->children, ms, &result))
		return false;
	struct judged *judged = &r->judged[result.piece];
	r->is_judged[result.piece] = true;
	if (result.end == CHILD_LOST) {
		audit_print_lost(&out, r->schools[result.piece]);
		audit_say(r, &out);
		buf_clear(&out);
		return true;
	}
	if (result.end != CHILD_DONE ||
	    audit_wire_read(judged, &r->arena, result.bytes, r->checklist.count) < 0)
		give_up(
		    r, judged, result.end == CHILD_TIME ? REASON_JUDGE_LIMIT : REASON_JUDGE_FAILED);
	complete(r, result.piece);
	audit_print_school(&out, r->schools[result.piece], judged, &r->before);
	audit_say(r, &out);
	buf_clear(&out);
	return true;
}

static void judge_the_rest(struct audit_run *r)
{
	bool *begun = arena_array(&r->arena, r->count + 1, sizeof(*begun));
	while (children_left(&r->children))
		audit_judge_take(r, WAIT_MS);
	memcpy(begun, r->is_judged, r->count * sizeof(*begun));
	for (size_t i = 0; i < r->count; i++)
		if (!begun[i])
			audit_judge_later(r, i);
	while (children_left(&r->children))
		audit_judge_take(r, WAIT_MS);
}

/* Those that have a verdict stay, the others are counted out. */
static enum audit_status leave_out_lost(struct audit_run *r)
{
	size_t kept = 0;
	const char *lost = NULL;
	for (size_t i = 0; i < r->count; i++) {
		const char *id = r->schools[i]->id;
		if (r->judged[i].count == 0) {
			lost = lost ? arena_printf(&r->arena, "%s, %s", lost, id) : id;
			continue;
		}
		r->schools[kept] = r->schools[i];
		r->judged[kept++] = r->judged[i];
	}
	r->count = kept;
	if (!lost)
		return AUDIT_OK;
	bool open = kept == 0 && !r->o->replay;
	const char *remedy = open
	    ? arena_printf(&r->diag->arena,
	          _("When it has less to do: vidno audit %s --resume. No site is asked again."),
	          r->o->department)
	    : arena_printf(&r->diag->arena,
	          _("When it has less to do: vidno audit %s --replay %s. No site is asked again."),
	          r->o->department, r->folder);
	diag_add(r->diag, DIAG_ERROR, "audit-lost", DIAG_NOWHERE, str_of(lost), remedy,
	    _("the machine was too busy to judge these schools: nothing is written of them"));
	return AUDIT_SYSTEM;
}

/* ---- the files ---- */

/* Other verdicts than the same visit had before: by other rules. */
static void say_rule_changes(struct audit_run *r)
{
	struct buf out = BUF_INIT(BUF_FILE);
	const struct department *d = &r->desk.d;
	for (size_t i = 0; i < d->naudit; i++) {
		const struct audit_row *x = &d->audit[i];
		if (date_cmp(x->date, r->passport.round) != 0 || x->method != AUDIT_AUTOMATIC ||
		    x->visit != r->passport.visit)
			continue;
		for (size_t s = 0; s < r->count; s++)
			for (size_t k = 0; r->schools[s] == x->school && k < r->judged[s].count;
			     k++) {
				const struct finding *f = &r->judged[s].findings[k];
				if (f->item == x->item && f->found != x->found)
					buf_addf(&out, "  %s, %s: %s → %s\n", x->school->id,
					    x->item->id, audit_outcome_words(x->found, AUDIT_ONCE),
					    audit_outcome_words(f->found, AUDIT_ONCE));
			}
	}
	struct buf text = BUF_INIT(BUF_FILE);
	if (out.len)
		buf_addf(&text, _("\nRule change (the same answers, judged by other rules):\n%s"),
		    out.data);
	audit_say(r, &text);
	buf_clear(&text);
	buf_clear(&out);
}

/* A visit takes days: people have decided meanwhile, and their rows stay. */
static enum audit_status read_latest(struct audit_run *r)
{
	struct audit_desk *now = &r->latest;
	r->has_latest = true;
	enum audit_status status =
	    (enum audit_status)audit_desk_open(now, r->o->site, r->o->department, r->diag);
	for (size_t i = 0; status == AUDIT_OK && i < r->count; i++) {
		const struct school *school = audit_desk_school(now, r->schools[i]->id, r->diag);
		for (size_t k = 0; school && k < r->judged[i].count; k++) {
			struct finding *f = &r->judged[i].findings[k];
			f->school = school;
			f->item = audit_desk_item(now, f->item->id, r->diag);
			if (!f->item)
				return AUDIT_PROBLEMS;
		}
		status = school ? AUDIT_OK : AUDIT_PROBLEMS;
	}
	return status;
}

static enum audit_status write_latest(struct audit_run *r)
{
	struct buf rows = BUF_INIT(BUF_FILE), evidence = BUF_INIT(BUF_FILE);
	const struct audit_writing w = {.department = &r->latest.d,
	    .round = r->passport.round,
	    .visit = r->passport.visit,
	    .judged = r->judged,
	    .count = r->count,
	    .russian = r->desk.russian};
	audit_rows_write(&rows, &w);
	audit_rows_evidence(&evidence, &w);
	int err = audit_files_write(r->o->site, r->o->department, r->passport.round, buf_str(&rows),
	    buf_str(&evidence), r->diag);
	if (!err && !r->o->replay)
		err = audit_passport_close(r->folder, r->diag);
	buf_clear(&rows);
	buf_clear(&evidence);
	return err ? AUDIT_SYSTEM : AUDIT_OK;
}

static enum audit_status write_rows(struct audit_run *r)
{
	int held = audit_files_hold(r->o->site, r->o->department);
	enum audit_status status = read_latest(r);
	if (status == AUDIT_OK)
		status = write_latest(r);
	else
		diag_add(r->diag, DIAG_ERROR, "audit-changed", DIAG_NOWHERE,
		    str_of(r->o->department),
		    _("See what stands above, then go on with --resume: no site is asked again."),
		    _("the tables changed during the visit, and its rows cannot be written"));
	fd_close(held);
	return status;
}

static void say_end(struct audit_run *r)
{
	struct buf out = BUF_INIT(BUF_FILE);
	const struct audit_summary s = {r->judged, r->schools, r->count};
	audit_print_summary(&out, &s);
	audit_print_people(&out, &s);
	buf_addf(&out,
	    department_owns_checklist(&r->desk.d)
	        ? _("\nChecklist of the department: %s, version %s\n")
	        : _("\nChecklist: %s, version %s\n"),
	    audit_desk_list(&r->desk), r->checklist.version);
	buf_addf(&out, _("Written: data/%s/audit/%s.csv (visit %lld). Archive: %s\n"),
	    r->o->department, date_iso(r->passport.round).s, (long long)r->passport.visit,
	    r->folder);
	audit_say(r, &out);
	buf_clear(&out);
}

static void say_stopped(struct audit_run *r)
{
	struct evidence e = EVIDENCE_INIT;
	struct buf out = BUF_INIT(BUF_LINE);
	size_t done = 0;
	if (evidence_open(&e, r->folder, r->diag) == 0)
		for (size_t i = 0; i < r->count; i++)
			done += !r->schools[i]->site || evidence_is_done(&e, r->schools[i]->id);
	evidence_close(&e);
	buf_addf(&out,
	    _("\nStopped. %zu of %zu schools are done; go on with: vidno audit %s --resume\n"),
	    done, r->count, r->o->department);
	audit_say(r, &out);
	buf_clear(&out);
}

/* ---- the run ---- */

static enum audit_status work(struct audit_run *r)
{
	enum audit_status status = audit_plan(r);
	if (status == AUDIT_OK)
		status = audit_plan_lists(r);
	if (status == AUDIT_OK && r->o->resume)
		status = audit_resume_begin(r);
	if (status != AUDIT_OK)
		return status;
	/* A replay may be of a visit before others: then nothing was before. */
	struct date before = {0};
	if (!r->o->replay)
		before = r->passport.round;
	audit_round_read(&r->before, &r->arena, &r->desk.d, before);
	r->judged = arena_array(&r->arena, r->count + 1, sizeof(*r->judged));
	r->is_judged = arena_array(&r->arena, r->count + 1, sizeof(*r->is_judged));
	r->children.work = judge;
	r->children.payload = r;
	r->children.most = pool_cpus();
	r->children.together = JUDGE_TOGETHER;
	r->children.seconds = JUDGE_SECONDS;
	r->children.patience = JUDGE_PATIENCE;
	r->children.memory = JUDGE_MEMORY;
	r->children.longest = JUDGE_RESULT;
	if (!r->o->replay)
		status = audit_visit_sites(r);
	if (status != AUDIT_OK)
		return status;
	if (r->stopped) {
		while (children_left(&r->children))
			audit_judge_take(r, WAIT_MS);
		say_stopped(r);
		return AUDIT_PROBLEMS;
	}
	judge_the_rest(r);
	enum audit_status lost = leave_out_lost(r);
	if (r->count == 0)
		return lost;
	if (r->o->replay)
		say_rule_changes(r);
	status = write_rows(r);
	if (status == AUDIT_OK)
		say_end(r);
	return status == AUDIT_OK ? lost : status;
}

enum audit_status audit_run(const struct audit_options *o, struct diag *diag)
{
	struct audit_run r = {.o = o, .diag = diag, .children = CHILDREN_INIT};
	int claim = -1;
	enum audit_status status =
	    (enum audit_status)audit_desk_open(&r.desk, o->site, o->department, diag);
	if (status == AUDIT_OK && audit_files_claim(&claim, o->site, o->department, diag) < 0)
		status = AUDIT_SYSTEM;
	if (status == AUDIT_OK)
		status = work(&r);
	fd_close(claim);
	children_end(&r.children);
	checklist_clear(&r.checklist);
	signatures_clear(&r.signatures);
	if (r.has_latest)
		audit_desk_close(&r.latest);
	audit_desk_close(&r.desk);
	arena_clear(&r.arena);
	return status;
}
