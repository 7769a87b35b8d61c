/*
 * libyaml gives events with marks; a stack of open lists and maps makes the
 * tree of them. Its error texts are for programmers: text/yaml_syntax has ours.
 *
 * After a syntax error a new parser begins at the next line that may hold a
 * key of the root; the root map goes on, so duplicate keys are still found.
 */
#include "text/yaml.h"

#include "base/intl.h"
#include "text/charset.h"
#include "text/yaml_syntax.h"

#include <yaml.h>

#include <string.h>

/* Each new beginning may have to read the rest of the text. */
enum { MAX_BEGINNINGS = 20, MAX_DIRECTIVES = 20 };

struct level {
	struct yaml_node *node, *last; /* open list or map, and its last child */
	struct map keys;               /* of a map: name → node */
	struct str key;                /* of a map: read, and its value is next */
	yaml_mark_t key_mark;
	bool has_key;
};

struct reader {
	struct arena *arena;
	const char *file;
	struct str text;
	uint32_t first_line;
	struct diag *diag;
	struct yaml_node *root;
	struct map root_keys;
	struct level levels[YAML_DEPTH];
	size_t depth;
	size_t skipped; /* lines before the part being parsed */
	bool failed, over;
	/* The part being parsed is no "key: value": what follows from that is not
	 * told, and reading goes on after this line of it. */
	bool quiet;
	size_t quiet_line;
};

/* -- places and messages ------------------------------------------------------ */

static uint32_t line_of(const struct reader *r, yaml_mark_t mark)
{
	return (uint32_t)(r->first_line + r->skipped + mark.line);
}

static struct diag_place place(const struct reader *r, yaml_mark_t mark)
{
	return DIAG_AT(r->file, line_of(r, mark), mark.column + 1);
}

static void complain(struct reader *r, const char *rule, yaml_mark_t mark, struct str cell,
    const char *remedy, const char *text)
{
	r->failed = true;
	diag_add(r->diag, DIAG_ERROR, rule, place(r, mark), cell, remedy, "%s", text);
}

/* The line of the text with this number, from 0. */
static struct str line_text(const struct reader *r, size_t number)
{
	struct str rest = r->text, line = STR("");
	for (size_t i = 0; i <= number; i++)
		if (!str_next(&rest, '\n', &line))
			return STR("");
	return line;
}

/* Where in the part being parsed the character of a mark is. */
static char char_at(const struct reader *r, yaml_mark_t mark)
{
	struct str line = line_text(r, r->skipped + mark.line);
	size_t at = 0, len;
	for (size_t i = 0; i < mark.column && at < line.n; i++, at += len)
		utf8_decode(line.p + at, line.n - at, &len);
	return at < line.n ? line.p[at] : '\0';
}

/* -- syntax errors ------------------------------------------------------------- */

/* What libyaml cannot read at all has no mark, only an offset in bytes. */
static yaml_mark_t mark_of_offset(const struct reader *r, size_t offset)
{
	yaml_mark_t mark = {0, 0, 0};
	struct str rest = r->text, line = STR("");
	for (size_t i = 0; i < r->skipped; i++)
		str_next(&rest, '\n', &line);
	const char *begin = rest.p;
	for (size_t i = 0; i < offset && i < rest.n; i++)
		if (rest.p[i] == '\n') {
			mark.line++;
			begin = rest.p + i + 1;
		}
	if (offset <= rest.n && rest.p + offset >= begin)
		mark.column = utf8_length((struct str){begin, (size_t)(rest.p + offset - begin)});
	return mark;
}

/* Report why the parser stopped; the line to go on after. */
static size_t report_syntax(struct reader *r, const yaml_parser_t *p)
{
	const struct yaml_syntax *s = p->problem ? yaml_syntax_find(p->problem, p->context) : NULL;
	yaml_mark_t mark = s && s->at_context ? p->context_mark : p->problem_mark;
	struct str line = line_text(r, r->skipped + mark.line);
	bool tab = p->problem && strstr(p->problem, "tab character");

	if (r->quiet) {
		r->failed = true;
	} else if (p->error == YAML_READER_ERROR) {
		mark = mark_of_offset(r, p->problem_offset);
		complain(r, "yaml-syntax", mark, STR_NONE, _("Delete the sign and write it again."),
		    _("an invisible control character"));
		r->over = true;
	} else if (tab || (s && char_at(r, mark) == '\t')) {
		complain(r, "yaml-syntax", mark, STR_NONE, _("Replace each tab by two blanks."),
		    _("a tab stands where blanks are expected"));
	} else if (s && strstr(s->problem, "':'") && yaml_lacks_blank(line)) {
		complain(r, "yaml-syntax", mark, str_trim(line), _("Write \"key: value\"."),
		    _("a blank is missing after the colon"));
	} else if (s && strstr(s->problem, "mapping values") && yaml_is_indented(line)) {
		complain(r, "yaml-syntax", mark, str_trim(line),
		    _("Keys of one level begin in the same column."),
		    _("this line is indented unlike the lines before it"));
	} else if (s) {
		complain(r, "yaml-syntax", mark, str_trim(line), _(s->remedy), _(s->text));
	} else {
		r->failed = true;
		diag_add(r->diag, DIAG_ERROR, "yaml-syntax", place(r, mark), str_trim(line),
		    _("Put the value into quotation marks, or compare with a page that works."),
		    _("the line is not understood (%s)"), p->problem ? p->problem : "?");
	}
	return r->skipped + mark.line;
}

/* -- the tree --------------------------------------------------------------------- */

static struct level *top(struct reader *r)
{
	return r->depth ? &r->levels[r->depth - 1] : NULL;
}

static struct map *keys_of(struct reader *r, struct level *l)
{
	return l->node == r->root ? &r->root_keys : &l->keys;
}

static struct str copy(struct reader *r, const yaml_event_t *e)
{
	size_t n = e->data.scalar.length;
	return (struct str){arena_strndup(r->arena, (const char *)e->data.scalar.value, n), n};
}

static void take_key(struct reader *r, struct level *l, const yaml_event_t *e)
{
	l->key = copy(r, e);
	l->key_mark = e->start_mark;
	l->has_key = true;
	const struct yaml_node *before = map_get(keys_of(r, l), l->key);
	if (!before)
		return;
	r->failed = true;
	diag_add(r->diag, DIAG_ERROR, "yaml-duplicate-key", place(r, e->start_mark), l->key,
	    _("Remove one of the two."), _("this key stands already in line %u"), before->key_line);
}

/* A new node at its place in the tree. */
static struct yaml_node *add_node(struct reader *r, enum yaml_kind kind, yaml_mark_t mark)
{
	struct level *l = top(r);
	struct yaml_node *node = arena_alloc(r->arena, sizeof(*node));
	node->kind = kind;
	node->line = line_of(r, mark);
	node->column = (uint32_t)mark.column + 1;
	if (!l) {
		r->root = node;
		return node;
	}
	if (l->node->kind == YAML_MAP) {
		node->key = l->key;
		node->key_line = line_of(r, l->key_mark);
		node->key_column = (uint32_t)l->key_mark.column + 1;
		l->has_key = false;
		if (!map_get(keys_of(r, l), l->key))
			map_put(keys_of(r, l), l->key, node);
	}
	if (l->last)
		l->last->next = node;
	else
		l->node->first = node;
	l->last = node;
	l->node->count++;
	return node;
}

static bool wants_key(const struct level *l)
{
	return l && l->node->kind == YAML_MAP && !l->has_key;
}

static void open_level(struct reader *r, enum yaml_kind kind, yaml_mark_t mark)
{
	if (wants_key(top(r))) {
		complain(r, "yaml-key", mark, STR_NONE, _("Put the key into quotation marks."),
		    _("a key is a word, not a list"));
		r->over = true;
		return;
	}
	if (r->depth == YAML_DEPTH) {
		complain(r, "yaml-nesting", mark, STR_NONE, _("Use fewer levels."),
		    _("lists and keys are nested too deeply here"));
		r->over = true;
		return;
	}
	/* After a syntax error the root goes on where it was. */
	struct yaml_node *node =
	    !r->depth && r->root && kind == YAML_MAP && r->root->kind == YAML_MAP
	    ? r->root
	    : add_node(r, kind, mark);
	struct level *l = &r->levels[r->depth++];
	*l = (struct level){.node = node, .keys = MAP_INIT(r->arena)};
	for (l->last = node->first; l->last && l->last->next;)
		l->last = l->last->next;
}

static void scalar(struct reader *r, const yaml_event_t *e)
{
	if (wants_key(top(r))) {
		take_key(r, top(r), e);
		return;
	}
	bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	if (!top(r) && plain && e->data.scalar.length == 0)
		return; /* "---" and nothing else */
	if (!top(r)) {
		r->quiet = true;
		r->quiet_line = plain ? e->start_mark.line : e->end_mark.line;
		bool colon = yaml_lacks_blank(line_text(r, r->skipped + e->start_mark.line));
		complain(r, "yaml-syntax", e->start_mark, copy(r, e), _("Write \"key: value\"."),
		    colon ? _("a blank is missing after the colon")
		          : _("a text stands where keys with values are expected"));
		return;
	}
	struct yaml_node *node = add_node(r, YAML_SCALAR, e->start_mark);
	node->text = copy(r, e);
	node->quoted = !plain;
}

/* Anchors, aliases and tags: nobody here means them. */
static void refuse_sign(
    struct reader *r, const yaml_event_t *e, const void *anchor, const void *tag)
{
	if (anchor || tag)
		complain(r, "yaml-sign", e->start_mark, STR_NONE,
		    _("Put the value into quotation marks."),
		    _("a value that begins with &, * or ! has a special meaning in YAML"));
}

static void take_event(struct reader *r, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		refuse_sign(r, e, e->data.scalar.anchor, e->data.scalar.tag);
		scalar(r, e);
		break;
	case YAML_SEQUENCE_START_EVENT:
		refuse_sign(r, e, e->data.sequence_start.anchor, e->data.sequence_start.tag);
		open_level(r, YAML_LIST, e->start_mark);
		break;
	case YAML_MAPPING_START_EVENT:
		refuse_sign(r, e, e->data.mapping_start.anchor, e->data.mapping_start.tag);
		open_level(r, YAML_MAP, e->start_mark);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		r->depth--;
		break;
	case YAML_ALIAS_EVENT:
		refuse_sign(r, e, e, NULL);
		if (wants_key(top(r)))
			r->over = true;
		else
			add_node(r, YAML_SCALAR, e->start_mark);
		break;
	default:
		break;
	}
}

/* -- the whole ------------------------------------------------------------------------ */

/* Parse from a byte on. True at the end of the text; false when it stopped,
 * and *line is where. */
static bool parse_part(struct reader *r, struct str part, size_t *line)
{
	yaml_parser_t parser;
	yaml_event_t event;
	size_t documents = 0;
	bool read = true, end = false;

	if (!yaml_parser_initialize(&parser))
		die_no_memory();
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)part.p, part.n);
	r->depth = 0;
	r->quiet = false;
	while (!r->over && !end) {
		read = yaml_parser_parse(&parser, &event);
		if (!read && parser.error == YAML_MEMORY_ERROR)
			die_no_memory();
		if (!read) {
			*line = report_syntax(r, &parser);
			break;
		}
		end = event.type == YAML_STREAM_END_EVENT;
		if (event.type == YAML_DOCUMENT_START_EVENT && documents++ > 0) {
			complain(r, "yaml-documents", event.start_mark, STR_NONE,
			    _("Remove the line --- in the middle."),
			    _("a second YAML document begins here"));
			r->over = true;
		}
		take_event(r, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	if (r->quiet)
		*line = r->skipped + r->quiet_line;
	return read && !r->quiet;
}

/* The part that begins at the first line after `line` with a key of the root. */
static struct str next_part(struct reader *r, size_t line)
{
	struct str rest = r->text, part = rest, text;
	for (size_t i = 0; str_next(&rest, '\n', &text); i++, part = rest) {
		if (i <= line || text.n == 0 || strchr(" \t\r#-]}", text.p[0]) ||
		    !memchr(text.p, ':', text.n))
			continue;
		r->skipped = i;
		return part;
	}
	return STR("");
}

/* libyaml compares each %TAG with all that came before. False, and *line is
 * that of the first one too many. */
static bool has_few_directives(struct str text, size_t *line)
{
	struct str one;
	size_t count = 0;
	for (*line = 0; str_next(&text, '\n', &one); ++*line)
		if (str_starts(one, "%") && ++count > MAX_DIRECTIVES)
			return false;
	return true;
}

const struct yaml_node *yaml_read(
    struct arena *a, const char *file, struct str text, uint32_t first_line, struct diag *diag)
{
	struct reader r = {.arena = a,
	    .file = file,
	    .text = text,
	    .first_line = first_line,
	    .diag = diag,
	    .root_keys = MAP_INIT(a)};
	yaml_mark_t begin = {0, 0, 0};
	size_t line = 0;

	if (text.n > YAML_BYTES) {
		complain(&r, "yaml-size", begin, STR_NONE,
		    _("Put long texts into the body of the page."),
		    _("the YAML text is larger than 1 MB"));
		return NULL;
	}
	if (!utf8_valid(text)) {
		uint32_t bad_line, bad_column;
		charset_first_bad(text, &bad_line, &bad_column);
		diag_add(diag, DIAG_ERROR, "yaml-encoding",
		    DIAG_AT(file, first_line + bad_line - 1, bad_column), STR_NONE,
		    _("Save the file as UTF-8."), _("the text is not UTF-8"));
		return NULL;
	}
	if (!has_few_directives(text, &line)) {
		yaml_mark_t mark = {0, line, 0};
		complain(&r, "yaml-syntax", mark, STR_NONE, _("Put the key into quotation marks."),
		    _("a line cannot begin with this sign"));
		return NULL;
	}
	struct str part = text;
	for (int i = 0; i < MAX_BEGINNINGS && !r.over && !parse_part(&r, part, &line); i++) {
		part = next_part(&r, line);
		if (part.n == 0)
			break;
	}
	if (r.failed)
		return NULL;
	return r.root ? r.root : add_node(&r, YAML_MAP, begin);
}

const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key)
{
	for (const struct yaml_node *n = map->first; n; n = n->next)
		if (str_is(n->key, key))
			return n;
	return NULL;
}
