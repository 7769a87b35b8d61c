/*
 * vidno new: a small site to begin with; vidno new theme: a theme of one's own.
 */
#include "cmd/command.h"

#include "job/scaffold.h"
#include "job/theme_copy.h"

#include <string.h>

enum { OPERANDS_MAX = 128 };

struct new_arguments {
	struct scaffold_options o;
	const char *site;
};

static const struct option_spec options[] = {
    {.name = "department",
        .argument = N_("ID"),
        .about = N_("id of the department, a-z0-9- (default: department)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct new_arguments, o.department)},
    {.name = "title",
        .argument = N_("TEXT"),
        .about = N_("its full name"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct new_arguments, o.title)},
    {.name = "site",
        .argument = N_("FOLDER"),
        .about = N_("new theme: the site that gets it (default: here)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct new_arguments, site)},
    {0},
};

static int run_theme(const char *site, const char *const *words, size_t count)
{
	struct diag diag = DIAG_INIT;
	if (count == 0) {
		complain(_("new theme: give it a name, e.g.: vidno new theme ours"));
		return EXIT_USAGE;
	}
	const struct theme_copy_options o = {site, words[0], words + 1, count - 1};
	int status = theme_copy_run(&o, &diag);
	print_problems(&diag);
	if (status == 0)
		printf(
		    _("Made themes/%s. To use it, write in content/site.yaml:\n    theme: %s\n"
		      "Files that you do not change are better removed: then they come from the\n"
		      "default theme and its next versions.\n"),
		    words[0], words[0]);
	diag_clear(&diag);
	return status;
}

static int run(const struct command *self, int argc, char **argv)
{
	struct new_arguments a = {.o = {.department = "department"}, .site = "."};
	struct diag diag = DIAG_INIT;
	const char *words[OPERANDS_MAX];
	int given = options_parse(&a, self, argc, argv, words, OPERANDS_MAX);
	if (given < 0)
		return options_exit(given);
	if (given > 0 && strcmp(words[0], "theme") == 0)
		return run_theme(a.site, words + 1, (size_t)given - 1);
	if (given == 0) {
		complain(_("new: name the folder of the new site, e.g.: vidno new my-site"));
		return EXIT_USAGE;
	}
	if (given > 1) {
		complain(_("%s: «%s» is too much; see: vidno help %s"), self->name, words[1],
		    self->name);
		return EXIT_USAGE;
	}
	a.o.folder = words[0];
	int status = scaffold_run(&a.o, &diag);
	print_problems(&diag);
	if (status == 0)
		printf(_("Made %s. Next:\n    vidno serve --site %s\n"), words[0], words[0]);
	diag_clear(&diag);
	return status;
}

const struct command command_new = {
    "new",
    N_("Make a small working site with commented examples to begin with, or a theme."),
    "[OPTIONS] FOLDER | theme NAME [FILE...]",
    N_("The folder must not exist yet, or be empty. A new theme gets the files of the default\n"
       "one, or only those named: vidno new theme ours school base css/90-print.css"),
    options,
    run,
};
