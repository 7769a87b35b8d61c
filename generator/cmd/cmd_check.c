/*
 * vidno check: what is wrong, where, and how to mend it. Writes nothing.
 */
#include "cmd/command.h"

#include "job/build.h"
#include "job/report.h"

struct check_arguments {
	struct build_options o;
	struct texts only;
	int format;
};

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_FIELDS };
static const char *const formats[] = {"text", "json", "fields", NULL};

static const struct option_spec options[] = {
    OPTION_SITE(check_arguments),
    {.name = "format",
        .argument = N_("NAME"),
        .about = N_("text for people, json for programs; fields: what templates may ask for"),
        .type = OPTION_WORD,
        .offset = offsetof(struct check_arguments, format),
        .words = formats},
    OPTION_DATE(check_arguments),
    OPTION_HISTORY(check_arguments),
    {.name = "only",
        .argument = N_("IDS"),
        .about = N_("these departments only, parted by commas"),
        .type = OPTION_TEXTS,
        .offset = offsetof(struct check_arguments, only)},
    OPTION_JOBS(check_arguments),
    {0},
};

static int run(const struct command *self, int argc, char **argv)
{
	struct check_arguments a = {
	    .o = {.site = ".", .strict = true, .once = true, .progress = true}};
	struct build_report report;
	struct diag diag = DIAG_INIT;
	int parsed = options_parse(&a, self, argc, argv, NULL, 0);
	if (parsed < 0)
		return options_exit(parsed);
	a.o.only = a.only.items;
	a.o.nonly = a.only.count;

	struct buf fields = BUF_INIT(BUF_PAGE), checklists = BUF_INIT(BUF_PAGE);
	a.o.fields = a.format == FORMAT_FIELDS ? &fields : NULL;
	a.o.checklists = a.format == FORMAT_TEXT ? &checklists : NULL;
	enum build_status status = build_run(&a.o, &report, &diag);
	if (a.format == FORMAT_JSON) {
		report_json(&diag, stdout);
	} else if (a.format == FORMAT_FIELDS && status == BUILD_OK) {
		fwrite(fields.data, 1, fields.len, stdout);
	} else {
		print_problems(&diag);
		report_acknowledging(&diag, stderr);
		if (status == BUILD_OK)
			fwrite(checklists.data, 1, checklists.len, stdout);
		if (status == BUILD_OK)
			printf(_("No errors. Departments: %zu, pages and files: %zu, %ld ms\n"),
			    report.departments, report.pages, report.milliseconds);
	}
	buf_clear(&fields);
	buf_clear(&checklists);
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
