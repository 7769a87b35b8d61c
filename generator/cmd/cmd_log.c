/*
 * vidno log: who changed which number when.
 */
#include "cmd/command.h"

#include "job/log.h"

struct log_arguments {
	struct log_options o;
	struct texts only;
	int profile;
};

static const char *const profiles[] = {"public", "internal", NULL};

static const struct option_spec options[] = {
    OPTION_SITE(log_arguments),
    {.name = "indicator",
        .argument = N_("ID"),
        .about = N_("only what became of this indicator"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct log_arguments, o.indicator)},
    {.name = "school",
        .argument = N_("ID"),
        .about = N_("only what became of this school; a name of it will do"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct log_arguments, o.school)},
    {.name = "only",
        .argument = N_("IDS"),
        .about = N_("these departments only, parted by commas"),
        .type = OPTION_TEXTS,
        .offset = offsetof(struct log_arguments, only)},
    {.name = "count",
        .letter = 'n',
        .argument = N_("N"),
        .about = N_("so many commits at most"),
        .type = OPTION_NUMBER,
        .offset = offsetof(struct log_arguments, o.count),
        .minimum = 1,
        .maximum = 1000000},
    {.name = "since",
        .argument = N_("DATE"),
        .about = N_("commits from this day on"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct log_arguments, o.since)},
    {.name = "full",
        .about = N_("all parts of what many rows have in common"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct log_arguments, o.full)},
    {.name = "json",
        .about = N_("for programs"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct log_arguments, o.json)},
    {.name = "profile",
        .argument = N_("NAME"),
        .about = N_("public: as readers see it; internal: with the hidden numbers"),
        .type = OPTION_WORD,
        .offset = offsetof(struct log_arguments, profile),
        .words = profiles},
    {0},
};

static int run(const struct command *self, int argc, char **argv)
{
	struct log_arguments a = {.o = {.site = "."}};
	struct diag diag = DIAG_INIT;
	struct buf out = BUF_INIT(BUF_FILE);
	int parsed = options_parse(&a, self, argc, argv, &a.o.path, 1);
	if (parsed < 0)
		return options_exit(parsed);
	a.o.only = a.only.items;
	a.o.nonly = a.only.count;
	a.o.profile = a.profile ? PROFILE_INTERNAL : PROFILE_PUBLIC;

	enum diff_status status = log_run(&a.o, &out, &diag);
	fwrite(out.data, 1, out.len, stdout);
	diag_sort(&diag);
	print_problems(&diag);
	buf_clear(&out);
	diag_clear(&diag);
	return (int)status;
}

const struct command command_log = {
    "log",
    N_("Tell who changed which number when, and why; the newest first."),
    "[OPTIONS] [PATH]",
    N_("With PATH, a file of the site, only commits that changed this file. What a merge\n"
       "brought is told by the commits it brought."),
    options,
    run,
};
