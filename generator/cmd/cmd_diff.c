/*
 * vidno diff: what a reader would see changed.
 */
#include "cmd/command.h"

#include "job/diff.h"

struct diff_arguments {
	struct diff_options o;
	struct texts only;
	int profile;
};

static const char *const profiles[] = {"public", "internal", NULL};

static const struct option_spec options[] = {
    OPTION_SITE(diff_arguments),
    {.name = "only",
        .argument = N_("IDS"),
        .about = N_("these departments only, parted by commas"),
        .type = OPTION_TEXTS,
        .offset = offsetof(struct diff_arguments, only)},
    {.name = "full",
        .about = N_("all parts of what many rows have in common"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct diff_arguments, o.full)},
    {.name = "json",
        .about = N_("for programs"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct diff_arguments, o.json)},
    {.name = "profile",
        .argument = N_("NAME"),
        .about = N_("public: as readers see it; internal: with the hidden numbers"),
        .type = OPTION_WORD,
        .offset = offsetof(struct diff_arguments, profile),
        .words = profiles},
    OPTION_DATE(diff_arguments),
    {0},
};

static int run(const struct command *self, int argc, char **argv)
{
	struct diff_arguments a = {.o = {.site = "."}};
	struct diag diag = DIAG_INIT;
	struct buf out = BUF_INIT(BUF_FILE);
	int parsed = options_parse(&a, self, argc, argv, &a.o.range, 1);
	if (parsed < 0)
		return options_exit(parsed);
	a.o.only = a.only.items;
	a.o.nonly = a.only.count;
	a.o.profile = a.profile ? PROFILE_INTERNAL : PROFILE_PUBLIC;

	enum diff_status status = diff_run(&a.o, &out, &diag);
	fwrite(out.data, 1, out.len, stdout);
	print_problems(&diag);
	buf_clear(&out);
	diag_clear(&diag);
	return (int)status;
}

const struct command command_diff = {
    "diff",
    N_("Show what a reader would see changed: numbers, statuses, documents, dates."),
    "[OPTIONS] [A | A..B]",
    N_("A and B are commits, branches or tags, as git names them. Without them the folder is\n"
       "compared with the last commit; with A alone, the folder with A. Differences are no\n"
       "error: the exit status is 1 only when the newer version has errors."),
    options,
    run,
};
