/*
 * vidno new: a small site to begin with.
 */
#include "cmd/command.h"

#include "base/intl.h"
#include "job/scaffold.h"

struct new_arguments {
	struct scaffold_options o;
};

static const struct option_spec options[] = {
    {"department", N_("ID"), N_("id of the department, a-z0-9- (default: department)"), OPTION_TEXT,
        offsetof(struct new_arguments, o.department), NULL, 0, 0},
    {"title", N_("TEXT"), N_("its full name"), OPTION_TEXT, offsetof(struct new_arguments, o.title),
        NULL, 0, 0},
    {NULL, NULL, NULL, OPTION_FLAG, 0, NULL, 0, 0},
};

static int run(const struct command *self, int argc, char **argv)
{
	struct new_arguments a = {.o = {.department = "department"}};
	struct diag diag = DIAG_INIT;
	const char *folder[1];
	int given = options_parse(&a, self, argc, argv, folder, 1);
	if (given < 0)
		return options_exit(given);
	if (given == 0) {
		complain(_("new: name the folder of the new site, e.g.: vidno new my-site"));
		return EXIT_USAGE;
	}
	a.o.folder = folder[0];
	int status = scaffold_run(&a.o, &diag);
	print_problems(&diag);
	if (status == 0)
		printf(_("Made %s. Next:\n    vidno serve --site %s\n"), folder[0], folder[0]);
	diag_clear(&diag);
	return status;
}

const struct command command_new = {
    "new",
    N_("Make a small working site with commented examples to begin with."),
    "[OPTIONS] FOLDER",
    N_("The folder must not exist yet, or be empty."),
    options,
    run,
};
