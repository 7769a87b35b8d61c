/*
 * vidno serve: the site in a browser of this machine, new after each change.
 */
#include "cmd/command.h"

#include "base/intl.h"
#include "job/serve.h"

static const char *const profiles[] = {"public", "internal", NULL};

struct serve_arguments {
	struct serve_options o;
	int profile;
	bool no_reload;
};

static const struct option_spec options[] = {
    {"site", N_("FOLDER"), N_("the site: the folder with content/ and data/ (default: here)"),
        OPTION_TEXT, offsetof(struct serve_arguments, o.site), NULL, 0, 0},
    {"out", N_("FOLDER"),
        N_("where the pages go (default: a folder of its own, removed at the end)"), OPTION_TEXT,
        offsetof(struct serve_arguments, o.out), NULL, 0, 0},
    {"port", N_("N"), N_("the port (default: 8080, or any free one)"), OPTION_NUMBER,
        offsetof(struct serve_arguments, o.port), NULL, 1, 65535},
    {"date", N_("DATE"), N_("the build date, e.g. 2026-01-31 (default: that of the commit)"),
        OPTION_TEXT, offsetof(struct serve_arguments, o.date), NULL, 0, 0},
    {"profile", N_("NAME"), N_("public, or internal with all numbers"), OPTION_WORD,
        offsetof(struct serve_arguments, profile), profiles, 0, 0},
    {"no-reload", NULL, N_("do not reload the page in the browser after a change"), OPTION_FLAG,
        offsetof(struct serve_arguments, no_reload), NULL, 0, 0},
    {NULL, NULL, NULL, OPTION_FLAG, 0, NULL, 0, 0},
};

static int run(const struct command *self, int argc, char **argv)
{
	struct serve_arguments a = {.o = {.site = "."}};
	int parsed = options_parse(&a, self, argc, argv, NULL, 0);
	if (parsed < 0)
		return options_exit(parsed);
	a.o.internal = a.profile == 1;
	a.o.reload = !a.no_reload;
	a.o.report = print_problems;
	return serve_run(&a.o);
}

const struct command command_serve = {
    "serve",
    N_("Show the site in the browser of this computer and rebuild it on each change."),
    "[OPTIONS]",
    N_("Only this computer can see it. End with Ctrl+C."),
    options,
    run,
};
