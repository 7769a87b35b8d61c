/*
 * vidno check: what is wrong, where, and how to mend it. Writes nothing.
 */
#include "cmd/command.h"

#include "base/intl.h"
#include "job/build.h"
#include "job/report.h"

struct check_arguments {
	struct build_options o;
	struct texts only;
	int format;
};

enum { FORMAT_TEXT, FORMAT_JSON };
static const char *const formats[] = {"text", "json", NULL};

static const struct option_spec options[] = {
    {"site", N_("FOLDER"), N_("the site: the folder with content/ and data/ (default: here)"),
        OPTION_TEXT, offsetof(struct check_arguments, o.site), NULL, 0, 0},
    {"format", N_("NAME"), N_("text for people, json for programs"), OPTION_WORD,
        offsetof(struct check_arguments, format), formats, 0, 0},
    {"date", N_("DATE"), N_("the build date, e.g. 2026-01-31 (default: that of the commit)"),
        OPTION_TEXT, offsetof(struct check_arguments, o.date), NULL, 0, 0},
    {"only", N_("IDS"), N_("these departments only, parted by commas"), OPTION_TEXTS,
        offsetof(struct check_arguments, only), NULL, 0, 0},
    {"jobs", N_("N"), N_("how many threads (default: one per processor)"), OPTION_NUMBER,
        offsetof(struct check_arguments, o.jobs), NULL, 1, 256},
    {NULL, NULL, NULL, OPTION_FLAG, 0, NULL, 0, 0},
};

static int run(const struct command *self, int argc, char **argv)
{
	struct check_arguments a = {.o = {.site = ".", .strict = true, .progress = true}};
	struct build_report report;
	struct diag diag = DIAG_INIT;
	int parsed = options_parse(&a, self, argc, argv, NULL, 0);
	if (parsed < 0)
		return options_exit(parsed);
	a.o.only = a.only.items;
	a.o.nonly = a.only.count;

	enum build_status status = build_run(&a.o, &report, &diag);
	if (a.format == FORMAT_JSON) {
		report_json(&diag, stdout);
	} else {
		print_problems(&diag);
		if (status == BUILD_OK)
			printf(_("No errors. Departments: %zu, pages and files: %zu, %ld ms\n"),
			    report.departments, report.pages, report.milliseconds);
	}
	diag_clear(&diag);
	return (int)status;
}

const struct command command_check = {
    "check",
    N_("Check the data and the texts, and say how to mend what is wrong."),
    "[OPTIONS]",
    N_("Errors keep the site from being built (exit status 1). Warnings do not, but somebody\n"
       "should look at them."),
    options,
    run,
};
