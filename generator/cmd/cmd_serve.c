/*
 * vidno serve: the site in a browser of this machine, new after each change.
 */
#include "cmd/command.h"

#include "job/serve.h"

static const char *const profiles[] = {"public", "internal", NULL};

struct serve_arguments {
	struct serve_options o;
	int profile;
	bool no_reload;
};

static const struct option_spec options[] = {
    OPTION_SITE(serve_arguments),
    {.name = "out",
        .argument = N_("FOLDER"),
        .about = N_("where the pages go (default: a folder of its own, removed at the end)"),
        .type = OPTION_TEXT,
        .offset = offsetof(struct serve_arguments, o.out)},
    {.name = "port",
        .argument = N_("N"),
        .about = N_("the port (default: 8080, or any free one)"),
        .type = OPTION_NUMBER,
        .offset = offsetof(struct serve_arguments, o.port),
        .minimum = 1,
        .maximum = 65535},
    OPTION_DATE(serve_arguments),
    {.name = "profile",
        .argument = N_("NAME"),
        .about = N_("public, or internal with all numbers"),
        .type = OPTION_WORD,
        .offset = offsetof(struct serve_arguments, profile),
        .words = profiles},
    {.name = "no-reload",
        .about = N_("do not reload the page in the browser after a change"),
        .type = OPTION_FLAG,
        .offset = offsetof(struct serve_arguments, no_reload)},
    {0},
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
