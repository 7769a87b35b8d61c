/*
 * The command table, and what is done once for all commands: memory, the
 * language of the messages, and the check that what was printed arrived.
 */
#include "cmd/command.h"

#include "job/start.h"

#include <string.h>

const struct command *const commands[] = {&command_build, &command_check, &command_diff,
    &command_log, &command_publish, &command_release, &command_restore, &command_verify,
    &command_audit, &command_serve, &command_new, &command_help, NULL};

void complain(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("vidno: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
}

void print_problems(const struct diag *d)
{
	diag_print(d, stderr, start_colour(stderr));
	if (d->errors || d->warnings)
		fprintf(stderr, _("errors: %zu, warnings: %zu\n"), d->errors, d->warnings);
}

const struct command *command_find(const char *name)
{
	const char *names[sizeof(commands) / sizeof(*commands)];
	size_t count = 0;
	for (const struct command *const *c = commands; *c; c++) {
		if (strcmp((*c)->name, name) == 0)
			return *c;
		names[count++] = (*c)->name;
	}
	names[count] = NULL;
	const char *nearest = str_nearest(name, names);
	if (nearest)
		complain(_("unknown command «%s»; did you mean %s?"), name, nearest);
	else
		complain(_("unknown command «%s»; see: vidno help"), name);
	return NULL;
}

/* A full disk under our output must not look like success. */
static int close_output(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	complain(_("cannot write the output"));
	return EXIT_SYSTEM;
}

int main(int argc, char **argv)
{
	start_memory();
	start_messages();
	if (argc < 2) {
		command_help.run(&command_help, 0, argv);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("vidno %s\n", VIDNO_VERSION);
		return close_output(EXIT_OK);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return close_output(command_help.run(&command_help, 0, argv));
	const struct command *c = command_find(argv[1]);
	if (!c)
		return EXIT_USAGE;
	return close_output(c->run(c, argc - 2, argv + 2));
}
