/*
 * One pass over argv. "--name value", "--name=value", "-n value" where an option
 * has a letter, and "-h" for --help, which every command has. An unknown name is answered with the nearest one.
 */
#include "cmd/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 32 };

static const struct option_spec *find(const struct command *c, struct str name)
{
	for (const struct option_spec *o = c->options; o && o->name; o++)
		if (str_is(name, o->name))
			return o;
	return NULL;
}

/* "-n" alone: its value is the next argument. */
static const struct option_spec *find_letter(const struct command *c, const char *argument)
{
	for (const struct option_spec *o = c->options; o && o->name; o++)
		if (o->letter && argument[1] == o->letter && !argument[2])
			return o;
	return NULL;
}

static void complain_unknown(const struct command *c, const char *argument, struct str name)
{
	const char *names[NAMES_MAX + 1] = {"help"};
	size_t count = 1;
	char word[64];
	for (const struct option_spec *o = c->options; o && o->name && count < NAMES_MAX; o++)
		names[count++] = o->name;
	snprintf(word, sizeof(word), "%.*s", (int)(name.n < 63 ? name.n : 63), name.p);
	const char *nearest = str_nearest(word, names);
	if (nearest)
		complain(
		    _("%s: unknown option %s; did you mean --%s?"), c->name, argument, nearest);
	else
		complain(
		    _("%s: unknown option %s; see: vidno help %s"), c->name, argument, c->name);
}

static int store_number(
    const struct command *c, const struct option_spec *o, unsigned *out, const char *value)
{
	char *end;
	errno = 0;
	unsigned long n = strtoul(value, &end, 10);
	if (errno || end == value || *end || *value == '-' || n < o->minimum || n > o->maximum) {
		complain(_("%s: --%s takes a number from %u to %u, not «%s»"), c->name, o->name,
		    o->minimum, o->maximum, value);
		return -1;
	}
	*out = (unsigned)n;
	return 0;
}

static int store_word(
    const struct command *c, const struct option_spec *o, int *out, const char *value)
{
	struct buf all = BUF_INIT(BUF_LINE);
	for (int i = 0; o->words[i]; i++) {
		if (strcmp(o->words[i], value) == 0) {
			*out = i;
			buf_clear(&all);
			return 0;
		}
		buf_addf(&all, "%s%s", i ? ", " : "", o->words[i]);
	}
	complain(_("%s: --%s is one of: %s; not «%s»"), c->name, o->name, all.data, value);
	buf_clear(&all);
	return -1;
}

/* Parts of argv stay where they are: commas become ends of text. */
static int store_texts(
    const struct command *c, const struct option_spec *o, struct texts *out, char *value)
{
	size_t before = out->count;
	for (char *save = NULL, *part = strtok_r(value, ",", &save); part;
	     part = strtok_r(NULL, ",", &save)) {
		if (out->count == OPTION_TEXTS_MAX) {
			complain(_("%s: --%s is given too often"), c->name, o->name);
			return -1;
		}
		out->items[out->count++] = part;
	}
	/* Nothing named would mean all. */
	if (out->count > before)
		return 0;
	complain(_("%s: --%s needs a value"), c->name, o->name);
	return -1;
}

static int store(void *out, const struct command *c, const struct option_spec *o, char *value)
{
	void *field = (char *)out + o->offset;
	switch (o->type) {
	case OPTION_FLAG:
		*(bool *)field = true;
		return 0;
	case OPTION_TEXT:
		*(const char **)field = value;
		return 0;
	case OPTION_NUMBER:
		return store_number(c, o, field, value);
	case OPTION_WORD:
		return store_word(c, o, field, value);
	case OPTION_TEXTS:
		return store_texts(c, o, field, value);
	}
	return -1;
}

/* One option at argv[*i]; *i moves on over its value. */
static int take_option(void *out, const struct command *c, int argc, char **argv, int *i)
{
	char *argument = argv[*i];
	char *equals = strchr(argument, '=');
	struct str name = {
	    argument + 2, equals ? (size_t)(equals - argument) - 2 : strlen(argument + 2)};
	const struct option_spec *o = argument[1] == '-' ? find(c, name) : find_letter(c, argument);
	if (!o) {
		complain_unknown(c, argument, argument[1] == '-' ? name : str_of(argument + 1));
		return -1;
	}
	if (o->type == OPTION_FLAG && equals) {
		complain(_("%s: --%s takes no value"), c->name, o->name);
		return -1;
	}
	char *value = equals ? equals + 1 : NULL;
	if (o->type != OPTION_FLAG && !value) {
		if (*i + 1 >= argc) {
			complain(_("%s: --%s needs a value: %s"), c->name, o->name, _(o->argument));
			return -1;
		}
		value = argv[++*i];
	}
	return store(out, c, o, value);
}

int options_parse(
    void *out, const struct command *c, int argc, char **argv, const char **operands, int max)
{
	int count = 0;
	bool ended = false;
	for (int i = 0; i < argc; i++) {
		const char *argument = argv[i];
		if (!ended && strcmp(argument, "--") == 0) {
			ended = true;
		} else if (!ended &&
		    (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)) {
			command_help_print(c, stdout);
			return OPTIONS_HELP;
		} else if (!ended && argument[0] == '-' && argument[1]) {
			if (take_option(out, c, argc, argv, &i) < 0)
				return -1;
		} else if (count == max) {
			complain(_("%s: «%s» is too much; see: vidno help %s"), c->name, argument,
			    c->name);
			return -1;
		} else {
			operands[count++] = argument;
		}
	}
	return count;
}

int options_exit(int parsed)
{
	return parsed == OPTIONS_HELP ? EXIT_OK : EXIT_USAGE;
}

/* Columns of the help are counted in characters: Russian takes two bytes. */
static void print_padded(FILE *to, const char *text, size_t width)
{
	size_t n = utf8_length(str_of(text));
	fprintf(to, "%s%*s", text, (int)(n < width ? width - n : 1), "");
}

void command_help_print(const struct command *c, FILE *to)
{
	fprintf(to, _("Usage: vidno %s %s\n\n%s\n"), c->name, c->usage, _(c->about));
	if (c->options)
		fprintf(to, "\n%s\n", _("Options:"));
	for (const struct option_spec *o = c->options; o && o->name; o++) {
		char left[128];
		char letter[] = {'-', o->letter, ',', ' ', '\0'};
		snprintf(left, sizeof(left), "  %s--%s%s%s", o->letter ? letter : "", o->name,
		    o->argument ? " " : "", o->argument ? _(o->argument) : "");
		print_padded(to, left, 26);
		fprintf(to, "%s\n", _(o->about));
	}
	if (c->details)
		fprintf(to, "\n%s\n", _(c->details));
}
