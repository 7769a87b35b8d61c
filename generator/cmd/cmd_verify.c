/*
 * vidno verify: a site compared with what its repository yields.
 */
#include "cmd/command.h"

#include "job/verify.h"

struct verify_arguments {
	struct verify_options o;
};

static const struct option_spec options[] = {
    OPTION_SITE(verify_arguments),
    {0},
};

static int run(const struct command *self, int argc, char **argv)
{
	enum { SHORT = 9 };
	struct verify_arguments a = {.o = {.site = "."}};
	struct verify_report report;
	struct diag diag = DIAG_INIT;
	int parsed = options_parse(&a, self, argc, argv, &a.o.target, 1);
	if (parsed < 0)
		return options_exit(parsed);
	if (parsed == 0) {
		complain(_(
		    "verify: name a folder or an address, e.g.: vidno verify https://example.org/"));
		return EXIT_USAGE;
	}
	enum verify_status status = verify_run(&a.o, &report, &diag);
	print_problems(&diag);
	if (status == VERIFY_OK)
		printf(_("All %zu files are those of version %.*s.\n"), report.files, (int)SHORT,
		    report.commit);
	diag_clear(&diag);
	return (int)status;
}

const struct command command_verify = {
    "verify",
    N_("Compare a site with what its repository yields."),
    "FOLDER | ADDRESS [OPTIONS]",
    N_("In a clone of the repository: reads manifest.json of the site, makes that version\n"
       "again without writing it, and names the files that differ. From an address, every\n"
       "file that its lists name is fetched."),
    options,
    run,
};
