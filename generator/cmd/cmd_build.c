/*
 * vidno build: the site, made whole.
 */
#include "cmd/command.h"

#include "base/intl.h"
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
    {"site", N_("FOLDER"), N_("the site: the folder with content/ and data/ (default: here)"),
        OPTION_TEXT, offsetof(struct build_arguments, o.site), NULL, 0, 0},
    {"out", N_("FOLDER"), N_("where the pages go (default: public/ in the site)"), OPTION_TEXT,
        offsetof(struct build_arguments, o.out), NULL, 0, 0},
    {"date", N_("DATE"), N_("the build date, e.g. 2026-01-31 (default: that of the commit)"),
        OPTION_TEXT, offsetof(struct build_arguments, o.date), NULL, 0, 0},
    {"only", N_("IDS"), N_("these departments only, parted by commas; the start page stays"),
        OPTION_TEXTS, offsetof(struct build_arguments, only), NULL, 0, 0},
    {"profile", N_("NAME"), N_("public, or internal with all numbers (goes to internal/)"),
        OPTION_WORD, offsetof(struct build_arguments, profile), profiles, 0, 0},
    {"jobs", N_("N"), N_("how many threads (default: one per processor)"), OPTION_NUMBER,
        offsetof(struct build_arguments, o.jobs), NULL, 1, 256},
    {"sync", NULL, N_("wait until the disk has everything: a power cut then harms nothing"),
        OPTION_FLAG, offsetof(struct build_arguments, o.sync), NULL, 0, 0},
    {"quiet", NULL, N_("say nothing when all went well"), OPTION_FLAG,
        offsetof(struct build_arguments, quiet), NULL, 0, 0},
    {NULL, NULL, NULL, OPTION_FLAG, 0, NULL, 0, 0},
};

static void print_report(const struct build_report *r, const char *out)
{
	printf(_("%s: %zu files, %zu new or changed, %zu removed, %ld ms\n"), out,
	    r->files.written + r->files.unchanged, r->files.written, r->files.removed,
	    r->milliseconds);
}

static int run(const struct command *self, int argc, char **argv)
{
	struct build_arguments a = {.o = {.site = ".", .write = true, .progress = true}};
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
