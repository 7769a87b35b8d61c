/*
 * One table from libyaml's words to ours. Where one text has several usual
 * causes, the line itself tells which it was.
 */
#include "text/yaml_syntax.h"

#include "base/intl.h"

#include <string.h>

static const struct yaml_syntax syntaxes[] = {
    {"found unexpected end of stream", "while scanning a quoted", true,
        N_("the quotation mark that opens here is never closed"),
        N_("Close it at the end of the value.")},
    {"found unexpected document indicator", "while scanning a quoted", true,
        N_("the quotation mark that opens here is never closed"),
        N_("Close it at the end of the value.")},
    {"could not find expected ':'", "while scanning a simple key", true,
        N_("a key without a colon"),
        N_("Write \"key: value\". A text of several lines begins with | after the colon and is indented.")},
    {"mapping values are not allowed in this context", NULL, false,
        N_("a colon that does not belong here"),
        N_("Put a value that holds a colon into quotation marks. Keys of one level begin in the same column.")},
    {"found character that cannot start any token", NULL, false,
        N_("a value cannot begin with this sign"), N_("Put the value into quotation marks.")},
    {"did not find expected key", NULL, false, N_("this line does not fit the lines before it"),
        N_("Keys of one level begin in the same column; nothing follows a closing quotation mark.")},
    {"did not find expected '-' indicator", NULL, false,
        N_("this line does not fit the list before it"),
        N_("All items of a list begin with a hyphen in the same column.")},
    {"did not find expected ',' or ']'", NULL, true, N_("the list that opens here is never closed"),
        N_("Close it with ], with commas between its items. A value that begins with [ goes into quotation marks.")},
    {"did not find expected ',' or '}'", NULL, true,
        N_("the bracket that opens here is never closed"),
        N_("Close it with }. A value that begins with { goes into quotation marks.")},
    {"block sequence entries are not allowed in this context", NULL, false,
        N_("a list item cannot begin here"),
        N_("Begin each item with a hyphen on a line of its own, below the key.")},
    {"mapping keys are not allowed in this context", NULL, false,
        N_("a value cannot begin with this sign"), N_("Put the value into quotation marks.")},
    {"did not find expected alphabetic or numeric character", NULL, true,
        N_("a value cannot begin with this sign"), N_("Put the value into quotation marks.")},
    {"did not find expected whitespace or line break", NULL, true,
        N_("a value cannot begin with this sign"), N_("Put the value into quotation marks.")},
    {"found unexpected non-alphabetical character", NULL, true,
        N_("a line cannot begin with this sign"), N_("Put the key into quotation marks.")},
    {"could not find expected directive name", NULL, true, N_("a line cannot begin with this sign"),
        N_("Put the key into quotation marks.")},
    {"found unknown directive name", NULL, true, N_("a line cannot begin with this sign"),
        N_("Put the key into quotation marks.")},
    {"found undefined tag handle", NULL, false, N_("a value cannot begin with this sign"),
        N_("Put the value into quotation marks.")},
    {"did not find expected comment or line break", NULL, false,
        N_("text after the sign | or > that announces a text of several lines"),
        N_("Begin the text on the next line, or put the value into quotation marks.")},
    {"did not find expected node content", NULL, false, N_("a value is missing here"),
        N_("Remove the comma that is too much, or write the value.")},
    {"found unknown escape character", NULL, false,
        N_("a backslash in double quotation marks changes the meaning of the next letter"),
        N_("Write the backslash twice, or use single quotation marks.")},
    {"did not find expected hexdecimal number", NULL, false,
        N_("a backslash in double quotation marks changes the meaning of the next letter"),
        N_("Write the backslash twice, or use single quotation marks.")},
};

const struct yaml_syntax *yaml_syntax_find(const char *problem, const char *context)
{
	for (size_t i = 0; i < sizeof(syntaxes) / sizeof(*syntaxes); i++) {
		const struct yaml_syntax *s = &syntaxes[i];
		if (strcmp(problem, s->problem) == 0 &&
		    (!s->context ||
		        (context && strncmp(context, s->context, strlen(s->context)) == 0)))
			return s;
	}
	return NULL;
}

bool yaml_lacks_blank(struct str line)
{
	for (size_t i = 1; i + 1 < line.n; i++) {
		if (line.p[i] == ' ' && i > 1 && line.p[i - 1] == ':')
			return false;
		if (line.p[i] == ':' && !strchr(" \t\r/", line.p[i + 1]))
			return true;
	}
	return false;
}

bool yaml_is_indented(struct str line)
{
	size_t colons = 0;
	for (size_t i = 0; i < line.n; i++)
		colons += line.p[i] == ':' && (i + 1 == line.n || strchr(" \t\r", line.p[i + 1]));
	return colons == 1 && line.n > 0 && line.p[0] == ' ';
}
