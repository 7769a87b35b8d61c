/*
 * vidno help [COMMAND].
 */
#include "cmd/command.h"

static int run(const struct command *self, int argc, char **argv)
{
	const char *name[1];
	int given = options_parse(NULL, self, argc, argv, name, 1);
	if (given < 0)
		return options_exit(given);
	if (given == 1) {
		const struct command *c = command_find(name[0]);
		if (!c)
			return EXIT_USAGE;
		command_help_print(c, stdout);
		return EXIT_OK;
	}
	printf("%s\n\n%s\n\n%s\n",
	    _("Vidno makes the transparency page of an education department."),
	    _("Usage: vidno COMMAND [OPTIONS]"), _("Commands:"));
	for (const struct command *const *c = commands; *c; c++)
		printf("  %-8s %s\n", (*c)->name, _((*c)->about));
	printf("\n%s\n", _("vidno help COMMAND tells more; vidno --version tells the version."));
	return EXIT_OK;
}

const struct command command_help = {
    "help",
    N_("Tell what the commands do."),
    "[COMMAND]",
    NULL,
    NULL,
    run,
};
