/*
 * vidno restore: a file of the site as it was in an earlier version.
 */
#include "cmd/command.h"

#include "job/restore.h"

struct restore_arguments {
	struct restore_options o;
};

static const struct option_spec options[] = {
    OPTION_SITE(restore_arguments),
    {.name = "force",
        .about = N_("also over changes that are in no version; a copy of them is kept"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct restore_arguments, o.force)},
    {0},
};

static int run(const struct command *self, int argc, char **argv)
{
	struct restore_arguments a = {.o = {.site = "."}};
	struct diag diag = DIAG_INIT;
	size_t written;
	int parsed = options_parse(&a, self, argc, argv, &a.o.what, 1);
	if (parsed < 0)
		return options_exit(parsed);
	if (parsed == 0) {
		complain(_(
		    "restore: name a file and a version, e.g.: vidno restore data/x/results.csv@HEAD~1"));
		return EXIT_USAGE;
	}
	enum restore_status status = restore_run(&a.o, &written, &diag);
	print_problems(&diag);
	if (status == RESTORE_OK && written)
		printf(
		    _("Files restored: %zu. Now see vidno check and vidno diff, then vidno publish.\n"),
		    written);
	else if (status == RESTORE_OK)
		printf(_("Nothing to restore: it is as it was in that version.\n"));
	diag_clear(&diag);
	return (int)status;
}

const struct command command_restore = {
    "restore",
    N_("Bring back a file or folder as it was in an earlier version."),
    "PATH@COMMIT [OPTIONS]",
    N_("PATH is relative to the site, as data/kezhma/results.csv; COMMIT is an id, a tag, or\n"
       "HEAD~1. Nothing is committed: look at it, then publish it."),
    options,
    run,
};
