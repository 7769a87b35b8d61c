/*
 * vidno audit: visit the sites of schools; vidno audit show, set, letter: what
 * came of it.
 */
#include "cmd/command.h"

#include "job/audit.h"
#include "job/audit_show.h"

#include <string.h>

enum { OPERANDS_MAX = 8 };

struct audit_arguments {
	struct audit_options o;
	struct texts schools;
	struct audit_decision decision;
	const char *folder;
};

static const struct option_spec options[] = {
    OPTION_SITE(audit_arguments),
    {.name = "date",
        .argument = N_("DATE"),
        .about = N_("the round (default: today; where it is there already: the last one)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, o.date)},
    {.name = "schools",
        .argument = N_("IDS"),
        .about = N_("these schools only, parted by commas"),
        .type = OPTION_TEXTS,
        .offset = offsetof(struct audit_arguments, schools)},
    {.name = "order-1493",
        .about = N_("look for the sections and the markup of order 1493 too"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct audit_arguments, o.order_1493)},
    {.name = "resume",
        .about = N_("go on with the visit that was broken off"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct audit_arguments, o.resume)},
    {.name = "confirm",
        .about = N_("visit once more, on another day, where something was not found"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct audit_arguments, o.confirm)},
    {.name = "replay",
        .argument = N_("FOLDER"),
        .about = N_("judge a visit again by its archive, without network"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, o.replay)},
    {.name = "contact",
        .argument = N_("TEXT"),
        .about = N_("address and mail for those who see us in their logs"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, o.contact)},
    {.name = "position",
        .argument = N_("TEXT"),
        .about = N_("from which network the sites are asked, for the record of the visit"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, o.position)},
    {.name = "roots",
        .argument = N_("FILE"),
        .about = N_("more root certificates (PEM), for .ru, .su and .рф only"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, o.roots)},
    {.name = "settings",
        .argument = N_("FILE"),
        .about = N_("other delays and bounds than the usual ones"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, o.settings)},
    {.name = "resolve",
        .argument = N_("FILE"),
        .about = N_("addresses of hosts, as in /etc/hosts; for tests"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, o.resolve)},
    {.name = "any-hour",
        .about = N_("by day too (default: at night in the time zone of the school)"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct audit_arguments, o.any_hour)},
    {.name = "allow-private",
        .about = N_("ask private addresses too; for tests"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct audit_arguments, o.allow_private)},
    {.name = "url",
        .argument = N_("URL"),
        .about = N_("set: where it was found"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, decision.url)},
    {.name = "why",
        .argument = N_("TEXT"),
        .about = N_("set: the reason of the decision"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, decision.why)},
    {.name = "as",
        .argument = N_("LOGIN"),
        .about = N_("set: who decides, a login of content/site.yaml"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, decision.login)},
    {.name = "new-round",
        .about = N_("set: begin a round by hand, without a visit"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct audit_arguments, decision.new_round)},
    {.name = "out",
        .argument = N_("FOLDER"),
        .about = N_("letter: write a file for each school (default: print)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct audit_arguments, folder)},
    {0},
};

static void say(void *payload, struct str text)
{
	fwrite(text.p, 1, text.n, payload);
	fflush(payload);
}

static int visit(struct audit_arguments *a, struct diag *diag)
{
	a->o.only = a->schools.items;
	a->o.nonly = a->schools.count;
	a->o.progress = true;
	a->o.payload = stdout;
	a->o.say = say;
	return (int)audit_run(&a->o, diag);
}

static int too_few(const struct command *self, const char *words)
{
	complain(_("audit: write %s; see: vidno help %s"), words, self->name);
	return EXIT_USAGE;
}

static int unknown_verb(const struct command *self, const char *word)
{
	static const char *const verbs[] = {"show", "set", "letter", NULL};
	const char *near = str_nearest(word, verbs);
	if (near)
		complain(_("audit: “%s”: did you mean %s?"), word, near);
	else
		complain(_("audit: one department at a time; see: vidno help %s"), self->name);
	return EXIT_USAGE;
}

/* words: what follows "show", "set" or "letter". */
static int ask(const struct command *self, struct audit_arguments *a, const char *verb,
    const char **words, int count, struct diag *diag)
{
	struct buf out = BUF_INIT(BUF_FILE);
	struct audit_question q = {.site = a->o.site, .date = a->o.date, .folder = a->folder};
	q.department = count > 0 ? words[0] : NULL;
	q.school = count > 1 ? words[1] : NULL;
	int status;
	if (strcmp(verb, "letter") == 0) {
		if (count < 1 || count > 2)
			return too_few(self, _("«audit letter DEPT [SCHOOL]»"));
		status = (int)audit_write_letters(&q, &out, diag);
	} else if (strcmp(verb, "show") == 0) {
		if (count != 2)
			return too_few(self, _("«audit show DEPT SCHOOL»"));
		status = (int)audit_show(&q, &out, diag);
	} else {
		if (count != 4)
			return too_few(
			    self, _("«audit set DEPT SCHOOL ITEM yes --url … --why … --as …»"));
		a->decision.item = words[2];
		a->decision.found = words[3];
		status = (int)audit_set(&q, &a->decision, &out, diag);
	}
	say(stdout, buf_str(&out));
	buf_clear(&out);
	return status;
}

static bool is_verb(const char *word)
{
	return strcmp(word, "show") == 0 || strcmp(word, "set") == 0 || strcmp(word, "letter") == 0;
}

static int run(const struct command *self, int argc, char **argv)
{
	struct audit_arguments a = {.o = {.site = "."}};
	struct diag diag = DIAG_INIT;
	const char *words[OPERANDS_MAX];
	int status, given = options_parse(&a, self, argc, argv, words, OPERANDS_MAX);
	if (given < 0)
		return options_exit(given);
	if (given > 0 && is_verb(words[0])) {
		status = ask(self, &a, words[0], words + 1, given - 1, &diag);
	} else if (given == 1) {
		a.o.department = words[0];
		status = visit(&a, &diag);
	} else if (given > 1) {
		status = unknown_verb(self, words[0]);
	} else {
		status = too_few(self, _("«audit DEPT»"));
	}
	diag_sort(&diag);
	print_problems(&diag);
	diag_clear(&diag);
	return status;
}

const struct command command_audit = {
    "audit",
    N_("Visit the sites of schools: what is published, what is missing, with evidence."),
    "[OPTIONS] DEPT | show DEPT SCHOOL | set DEPT SCHOOL ITEM FOUND | letter",
    N_("Slowly and by the rules of robots.txt. The result is data/DEPT/audit/DATE.csv with\n"
       "its evidence; the answers of the sites are kept in audits/DEPT/DATE/. FOUND of\n"
       "set is yes, no, defective, not-checked or not-applicable."),
    options,
    run,
};
