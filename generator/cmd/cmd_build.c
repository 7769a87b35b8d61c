/*
 * vidno build: the site, made whole.
 */
#include "cmd/command.h"

#include "job/build.h"

#include <stdlib.h>

struct build_arguments {
	struct build_options o;
	struct texts only;
	int profile;
	bool quiet;
};

static const char *const profiles[] = {"public", "internal", NULL};

static const struct option_spec options[] = {
    OPTION_SITE(build_arguments),
    {.name = "out",
        .argument = N_("FOLDER"),
        .about = N_("where the pages go (default: public/ in the site)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct build_arguments, o.out)},
    OPTION_DATE(build_arguments),
    OPTION_HISTORY(build_arguments),
    {.name = "only",
        .argument = N_("IDS"),
        .about = N_("these departments only, parted by commas; the start page stays"),
        .type = OPTION_TEXTS,
        .offset = offsetof(struct build_arguments, only)},
    {.name = "profile",
        .argument = N_("NAME"),
        .about = N_("public, or internal with all numbers (goes to internal/)"),
        .type = OPTION_WORD,
        .offset = offsetof(struct build_arguments, profile),
        .words = profiles},
    OPTION_JOBS(build_arguments),
    {.name = "sync",
        .about = N_("wait until the disk has everything: a power cut then harms nothing"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct build_arguments, o.sync)},
    {.name = "quiet",
        .about = N_("say nothing when all went well"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct build_arguments, quiet)},
    {0},
};

static void print_report(const struct build_report *r, const char *out)
{
	printf(_("%s: %zu files, %zu new or changed, %zu removed, %ld ms\n"), out,
	    r->files.written + r->files.unchanged, r->files.written, r->files.removed,
	    r->milliseconds);
}

static int run(const struct command *self, int argc, char **argv)
{
	struct build_arguments a = {
	    .o = {.site = ".", .write = true, .once = true, .progress = true}};
	struct build_report report;
	struct diag diag = DIAG_INIT;
	int parsed = options_parse(&a, self, argc, argv, NULL, 0);
	if (parsed < 0)
		return options_exit(parsed);
	a.o.only = a.only.items;
	a.o.nonly = a.only.count;
	a.o.profile = a.profile ? PROFILE_INTERNAL : PROFILE_PUBLIC;

	enum build_status status = build_run(&a.o, &report, &diag);
	print_problems(&diag);
	if (status == BUILD_OK && !a.quiet) {
		char *out = build_output(&a.o);
		print_report(&report, out);
		free(out);
	} else if (status != BUILD_OK) {
		complain(_("nothing was changed in the output folder"));
	}
	diag_clear(&diag);
	return (int)status;
}

const struct command command_build = {
    "build",
    N_("Build the site: read the data, compute, and write the pages."),
    "[OPTIONS]",
    N_("The output folder changes as a whole or not at all. Files that are the same stay\n"
       "untouched; files that vidno did not write are never deleted."),
    options,
    run,
};
