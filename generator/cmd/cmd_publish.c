/*
 * vidno publish: a change checked, shown, committed and brought to the readers.
 */
#include "cmd/command.h"

#include "job/publish.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct publish_arguments {
	struct publish_options o;
	bool yes;
};

static const struct option_spec options[] = {
    OPTION_SITE(publish_arguments),
    {.name = "reason",
        .letter = 'm',
        .argument = N_("REASON"),
        .about = N_("why it changes, in a sentence for the reader"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct publish_arguments, o.reason)},
    {.name = "as",
        .argument = N_("LOGIN"),
        .about = N_("who made the change (default: whose mail git knows)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct publish_arguments, o.as)},
    {.name = "yes",
        .about = N_("do not ask"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct publish_arguments, yes)},
    {.name = "push",
        .about = N_("then send it to the repository that this one follows"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct publish_arguments, o.push)},
    {.name = "offline",
        .about = N_("do not ask that repository for changes of others"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct publish_arguments, o.offline)},
    {.name = "out",
        .argument = N_("FOLDER"),
        .about = N_("where the pages go (default: public/ in the site)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct publish_arguments, o.out)},
    OPTION_JOBS(publish_arguments),
    {0},
};

static bool is_yes(const char *line)
{
	static const char *const words[] = {"y", "yes", "д", "да", "Y", "Yes", "Д", "Да", NULL};
	struct str word = str_trim(str_of(line));
	for (const char *const *w = words; *w; w++)
		if (str_is(word, *w))
			return true;
	return false;
}

static enum publish_answer ask(void *payload, const char *effects)
{
	const struct publish_arguments *a = payload;
	char line[64];
	fputs(effects, stdout);
	fflush(stdout);
	if (a->yes)
		return PUBLISH_YES;
	if (!isatty(STDIN_FILENO))
		return PUBLISH_NOBODY;
	fputs(_("Publish this? [y/n] "), stderr);
	return fgets(line, sizeof(line), stdin) && is_yes(line) ? PUBLISH_YES : PUBLISH_NO;
}

static void print_success(const struct publish_report *r, const char *out)
{
	enum { SHORT = 9 };
	const struct tree_report *files = &r->build.files;
	if (r->committed)
		printf(_("Committed as %.*s.\n"), (int)SHORT, r->commit);
	if (r->merged)
		printf(_("Merged with what others had published.\n"));
	if (!r->committed && !r->merged)
		printf(files->written || files->removed
		        ? _("Nothing new to commit; the site was behind version %.*s and has caught up.\n")
		        : _("Nothing new to publish; the site is that of version %.*s.\n"),
		    (int)SHORT, r->commit);
	printf(_("%s: %zu files, %zu new or changed, %zu removed\n"), out,
	    files->written + files->unchanged, files->written, files->removed);
	if (r->pushed)
		printf(_("Sent to the other repository.\n"));
}

static void print_failure(const struct publish_report *r)
{
	if (r->commit[0] && r->build.files.written + r->build.files.unchanged == 0)
		complain(_(
		    "the change is committed, but the site is still the old one; run vidno publish again"));
	else if (!r->commit[0])
		complain(r->refused ? _("not published; nothing was changed")
		                    : _("nothing was changed"));
}

static int run(const struct command *self, int argc, char **argv)
{
	struct publish_arguments a = {.o = {.site = ".", .ask = ask}};
	struct publish_report report;
	struct diag diag = DIAG_INIT;
	int parsed = options_parse(&a, self, argc, argv, NULL, 0);
	if (parsed < 0)
		return options_exit(parsed);
	a.o.payload = &a;

	enum publish_status status = publish_run(&a.o, &report, &diag);
	print_problems(&diag);
	if (report.commit[0] && status == PUBLISH_OK) {
		const struct build_options build = {.site = a.o.site, .out = a.o.out};
		char *out = build_output(&build);
		print_success(&report, out);
		free(out);
	}
	if (status != PUBLISH_OK)
		print_failure(&report);
	diag_clear(&diag);
	return (int)status;
}

const struct command command_publish = {
    "publish",
    N_("Bring a change to the readers: check, show, commit, build."),
    "-m REASON [OPTIONS]",
    N_("Commits what was changed in content/, data/ and themes/ of the site under the name of\n"
       "a member of staff (content/site.yaml), after everything was checked and you have seen\n"
       "what readers will see changed. What others published meanwhile is merged first."),
    options,
    run,
};
