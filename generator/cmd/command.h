/*
 * command - subcommands and their options, declared in tables.
 *
 * A command is a file: an option table, a help text, one job call. main.c
 * holds the table of commands. options_parse() reads argv by an option table
 * into the struct the offsets point into; the same table prints the help.
 *
 * Exit statuses: 0 done, 1 problems found in the input, 2 wrong use, 3 the
 * system failed (disk, memory, network).
 */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "base/diag.h"
#include "base/intl.h"

enum exit_status { EXIT_OK, EXIT_PROBLEMS, EXIT_USAGE, EXIT_SYSTEM };

enum option_type {
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char * */
	OPTION_NUMBER, /* unsigned */
	OPTION_WORD,   /* int: place in words */
	OPTION_TEXTS,  /* struct texts: may be given again, or parted by commas */
};

enum { OPTION_TEXTS_MAX = 256 };

struct texts {
	const char *items[OPTION_TEXTS_MAX];
	size_t count;
};

struct option_spec {
	const char *name;     /* without the dashes */
	char letter;          /* also as -m, or 0 */
	const char *argument; /* its name in the help, N_(); NULL for flags */
	const char *about;    /* N_() */
	enum option_type type;
	size_t offset;
	const char *const *words;  /* WORD */
	unsigned minimum, maximum; /* NUMBER */
};

/* Options of several commands: a struct that holds the job's options as `o`. */
#define OPTION_SITE(arguments) \
	{ \
		.name = "site", .argument = N_("FOLDER"), \
		.about = N_("the site: the folder with content/ and data/ (default: here)"), \
		.type = OPTION_TEXT, .offset = offsetof(struct arguments, o.site) \
	}
#define OPTION_DATE(arguments) \
	{ \
		.name = "date", .argument = N_("DATE"), \
		.about = N_("the build date, e.g. 2026-01-31 (default: that of the commit)"), \
		.type = OPTION_TEXT, .offset = offsetof(struct arguments, o.date) \
	}
#define OPTION_HISTORY(arguments) \
	{ \
		.name = "no-history", .about = N_("show nothing of what git knows on the pages"), \
		.type = OPTION_FLAG, .offset = offsetof(struct arguments, o.no_history) \
	}
#define OPTION_JOBS(arguments) \
	{ \
		.name = "jobs", .argument = N_("N"), \
		.about = N_("how many threads (default: one per processor)"), \
		.type = OPTION_NUMBER, .offset = offsetof(struct arguments, o.jobs), .minimum = 1, \
		.maximum = 256 \
	}

struct command {
	const char *name;
	const char *about;                 /* one line, N_() */
	const char *usage;                 /* what follows the name: "[OPTIONS] FOLDER" */
	const char *details;               /* further help, N_(), or NULL */
	const struct option_spec *options; /* ends with a NULL name; may be NULL */
	int (*run)(const struct command *self, int argc, char **argv);
};

extern const struct command *const commands[]; /* NULL at the end */
extern const struct command command_build, command_check, command_new, command_serve, command_help,
    command_diff, command_log, command_publish, command_release, command_restore, command_verify,
    command_audit;
const struct command *command_find(const char *name);

/*
 * Fill *out by the table. Operands (what is no option) go to operands[], at
 * most max of them; "--" ends the options. Returns their number, or -1 after
 * a message; OPTIONS_HELP when help was asked for and printed.
 */
enum { OPTIONS_HELP = -2 };
int options_parse(
    void *out, const struct command *c, int argc, char **argv, const char **operands, int max);
void command_help_print(const struct command *c, FILE *to);
/* The exit status for what options_parse() returned below zero. */
int options_exit(int parsed);

/* "vidno: …" to the error output. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* All messages of a diag, then what they come to. */
void print_problems(const struct diag *d);

#endif
