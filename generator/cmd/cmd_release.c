/*
 * vidno release: a state of the site is given a name, and kept.
 */
#include "cmd/command.h"

#include "job/release.h"

struct release_arguments {
	struct release_options o;
};

static const struct option_spec options[] = {
    OPTION_SITE(release_arguments),
    {.name = "reason",
        .letter = 'm',
        .argument = N_("REASON"),
        .about = N_("what it is kept for, in a sentence for the reader"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct release_arguments, o.reason)},
    {.name = "as",
        .argument = N_("LOGIN"),
        .about = N_("who names it (default: whose mail git knows)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct release_arguments, o.as)},
    {.name = "push",
        .about = N_("then send it to the repository that this one follows"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct release_arguments, o.push)},
    {0},
};

static int run(const struct command *self, int argc, char **argv)
{
	enum { SHORT = 9 };
	struct release_arguments a = {.o = {.site = "."}};
	struct buf checklists = BUF_INIT(BUF_PAGE);
	struct diag diag = DIAG_INIT;
	char commit[64] = "";
	int parsed = options_parse(&a, self, argc, argv, &a.o.name, 1);
	if (parsed < 0)
		return options_exit(parsed);
	if (parsed == 0) {
		complain(_("release: give it a name, e.g.: vidno release 2025-q4"));
		return EXIT_USAGE;
	}
	enum release_status status = release_run(&a.o, commit, &checklists, &diag);
	print_problems(&diag);
	if (status != RELEASE_OK)
		fwrite(checklists.data, 1, checklists.len, stderr);
	else
		printf(
		    _("Version %.*s is the release %s. The next vidno publish or vidno build shows it under releases/%s/.\n"),
		    (int)SHORT, commit, a.o.name, a.o.name);
	buf_clear(&checklists);
	diag_clear(&diag);
	return (int)status;
}

const struct command command_release = {
    "release",
    N_("Give the last version a name and keep it on the site as it is."),
    "NAME [OPTIONS]",
    N_("The version gets the tag release/NAME. From then on the site shows it under\n"
       "releases/NAME/, with its data, unchanged. Refused while something is not published,\n"
       "or a point of the release checklist is open that blocks it."),
    options,
    run,
};
