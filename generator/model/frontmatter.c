/*
 * One walk over the map: a key is looked up among the specs and its value read
 * by type into the struct; what no spec names is a warning. A second walk over
 * the specs finds the required keys that are missing. Lists are allocated at
 * their full length and filled with what was right.
 */
#include "model/frontmatter.h"

#include "base/intl.h"

#include <string.h>

/* More keys than any page has; also bounds the list of names to guess from. */
enum { KEYS_KNOWN = 64 };

struct reader {
	struct arena *a;
	const char *file;
	struct diag *diag;
	int err;
};

static void read_map(
    struct reader *r, void *out, const struct field_spec *specs, const struct yaml_node *map);

static struct diag_place at(const struct reader *r, const struct yaml_node *n)
{
	return DIAG_AT(r->file, n->line, n->column);
}

/* Nothing stands there: empty, null, or blanks in quotes. */
static bool is_null(const struct yaml_node *n)
{
	if (n->kind != YAML_SCALAR)
		return false;
	if (!n->quoted && (str_is(n->text, "~") || str_is(n->text, "null")))
		return true;
	return str_trim(n->text).n == 0;
}

static const char *key_of(struct reader *r, const struct yaml_node *n)
{
	return arena_strndup(r->a, n->key.p, n->key.n);
}

/* The words an ENUM may hold, for a remedy: "draft, published". */
static const char *words_of(struct reader *r, const char *const *values)
{
	struct buf list = BUF_INIT(BUF_LINE);
	for (; *values; values++) {
		if (list.len)
			buf_adds(&list, ", ");
		buf_adds(&list, *values);
	}
	return buf_keep(r->a, &list).p;
}

static void bad_value(
    struct reader *r, const struct yaml_node *n, const char *what, const char *remedy)
{
	struct str cell = n->kind == YAML_SCALAR ? n->text : STR_NONE;
	diag_add(r->diag, DIAG_ERROR, "frontmatter-value", at(r, n), cell, remedy, "%s", what);
	r->err = -1;
}

/* A single text is wanted here. */
static bool want_scalar(struct reader *r, const struct yaml_node *n)
{
	if (n->kind == YAML_SCALAR)
		return true;
	diag_add(r->diag, DIAG_ERROR, "frontmatter-type", at(r, n), STR_NONE,
	    _("Write one value on the line of the key, in quotes when it holds a colon or brackets."),
	    n->kind == YAML_LIST ? _("a list stands here, one value is expected")
	                         : _("further keys stand here, one value is expected"));
	r->err = -1;
	return false;
}

static bool text_is_clean(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F)
			return false;
	}
	return true;
}

static bool path_is_inside(struct str s)
{
	struct str part;
	if (s.n == 0 || s.p[0] == '/' || memchr(s.p, '\\', s.n) || memchr(s.p, '\n', s.n))
		return false;
	while (str_next(&s, '/', &part))
		if (part.n == 0 || str_is(part, ".") || str_is(part, ".."))
			return false;
	return true;
}

/* TEXT, PATH and SLUG; NULL after an error. */
static const char *read_text(struct reader *r, const struct yaml_node *n, enum field_type type)
{
	if (!want_scalar(r, n))
		return NULL;
	struct str s = str_trim(n->text);
	if (!text_is_clean(s)) {
		bad_value(r, n, _("the text holds an invisible control character"),
		    _("Type the text anew instead of pasting it."));
		return NULL;
	}
	if (type == FIELD_PATH && !path_is_inside(s)) {
		bad_value(r, n, _("this is no path inside the department's folder"),
		    _("Write the path from the department's folder with “/”, for example documents/order.md."));
		return NULL;
	}
	if (type == FIELD_SLUG && !str_is_slug(s)) {
		bad_value(r, n, _("a short name consists of the letters a-z, digits and hyphens"),
		    _("Write it in small Latin letters without spaces, for example risk-zone."));
		return NULL;
	}
	return arena_strndup(r->a, s.p, s.n);
}

static bool same_word(struct str text, const char *word)
{
	return str_distance(text, str_of(word), 0) == 0;
}

static void read_bool(struct reader *r, enum yesno *out, const struct yaml_node *n)
{
	static const char *const yes[] = {"yes", "да", "true", "1", NULL};
	static const char *const no[] = {"no", "нет", "false", "0", NULL};
	if (!want_scalar(r, n))
		return;
	for (size_t i = 0; yes[i]; i++) {
		if (same_word(n->text, yes[i]))
			*out = YESNO_YES;
		else if (same_word(n->text, no[i]))
			*out = YESNO_NO;
	}
	if (*out == YESNO_MISSING)
		bad_value(r, n, _("this is neither yes nor no"), _("Write yes or no."));
}

static void read_int(struct reader *r, int64_t *out, const struct yaml_node *n)
{
	struct decimal d;
	bool exact = false;
	if (!want_scalar(r, n))
		return;
	int64_t whole = decimal_parse(&d, n->text, false) == 0 ? decimal_int(d, &exact) : 0;
	if (exact && whole >= 0)
		*out = whole;
	else
		bad_value(r, n, _("a whole number is expected here"),
		    _("Write digits only, for example 10."));
}

static void read_number(struct reader *r, struct decimal *out, const struct yaml_node *n)
{
	if (want_scalar(r, n) && decimal_parse(out, n->text, true))
		bad_value(r, n, _("a number is expected here"),
		    _("Write digits and, where needed, one decimal point or comma, for example 0.25."));
}

static void read_date(struct reader *r, struct date *out, const struct yaml_node *n)
{
	if (want_scalar(r, n) && date_parse(out, n->text))
		bad_value(
		    r, n, _("there is no such date"), _("Write it as 2022-01-31 or 31.01.2022."));
}

static int read_enum(struct reader *r, const char *const *values, const struct yaml_node *n)
{
	if (!want_scalar(r, n))
		return 0;
	for (int i = 0; values[i]; i++)
		if (same_word(n->text, values[i]))
			return i + 1;
	const char *near = str_nearest(arena_strndup(r->a, n->text.p, n->text.n), values);
	const char *words = words_of(r, values);
	bad_value(r, n, _("this word is not known here"),
	    near ? arena_printf(r->a, _("Did you mean “%s”? Possible words: %s."), near, words)
	         : arena_printf(r->a, _("Possible words: %s."), words));
	return 0;
}

/*
 * TEXTS, ENUMS and MAPS: the value itself or each item of the list, one by one
 * into an array. What was wrong leaves no hole.
 */
static void read_item(struct reader *r, const struct field_spec *spec, void *items, size_t *count,
    const struct yaml_node *n)
{
	if (is_null(n)) {
		bad_value(
		    r, n, _("the list has an empty item"), _("Fill it in or take its line away."));
	} else if (spec->type == FIELD_TEXTS) {
		const char *text = read_text(r, n, FIELD_TEXT);
		if (text)
			((const char **)items)[(*count)++] = text;
	} else if (spec->type == FIELD_ENUMS) {
		int word = read_enum(r, spec->values, n);
		if (word)
			((int *)items)[(*count)++] = word;
	} else if (n->kind != YAML_MAP) {
		bad_value(r, n, _("each item of this list consists of keys and values"),
		    arena_printf(r->a, _("Write it like this: {%s: …}."), spec->inner->key));
	} else {
		void *one = (char *)items + *count * spec->inner_size;
		for (const struct field_spec *s = spec->inner; s->key; s++)
			if (s->type == FIELD_INT)
				*(int64_t *)((char *)one + s->offset) = FIELD_NO_INT;
		read_map(r, one, spec->inner, n);
		(*count)++;
	}
}

static void read_list(struct reader *r, const struct field_spec *spec, struct field_list *out,
    const struct yaml_node *n)
{
	const struct yaml_node *item = n->kind == YAML_LIST ? n->first : n;
	size_t most = n->kind == YAML_LIST ? n->count : 1, count = 0;
	size_t size = spec->type == FIELD_TEXTS ? sizeof(const char *)
	    : spec->type == FIELD_ENUMS         ? sizeof(int)
	                                        : spec->inner_size;
	void *items = arena_array(r->a, most, size);
	struct field_place *places = arena_array(r->a, most, sizeof(*places));

	for (; item; item = n->kind == YAML_LIST ? item->next : NULL) {
		size_t before = count;
		read_item(r, spec, items, &count, item);
		if (count > before)
			places[before] = (struct field_place){item->line, item->column};
	}
	*out = (struct field_list){items, places, count};
}

static void read_inner(
    struct reader *r, const struct field_spec *spec, void *out, const struct yaml_node *n)
{
	if (n->kind == YAML_MAP)
		read_map(r, out, spec->inner, n);
	else
		bad_value(r, n, _("keys and values are expected under this key"),
		    arena_printf(
		        r->a, _("Write it like this: %s: {%s: …}."), spec->key, spec->inner->key));
}

static void read_value(
    struct reader *r, void *out, const struct field_spec *spec, const struct yaml_node *n)
{
	void *field = (char *)out + spec->offset;
	switch (spec->type) {
	case FIELD_TEXT:
	case FIELD_PATH:
	case FIELD_SLUG:
		*(const char **)field = read_text(r, n, spec->type);
		break;
	case FIELD_BOOL:
		read_bool(r, field, n);
		break;
	case FIELD_INT:
		read_int(r, field, n);
		break;
	case FIELD_NUMBER:
		read_number(r, field, n);
		break;
	case FIELD_DATE:
		read_date(r, field, n);
		break;
	case FIELD_ENUM:
		*(int *)field = read_enum(r, spec->values, n);
		break;
	case FIELD_TEXTS:
	case FIELD_ENUMS:
	case FIELD_MAPS:
		read_list(r, spec, field, n);
		break;
	case FIELD_MAP:
		read_inner(r, spec, field, n);
		break;
	}
}

static void unknown_key(struct reader *r, const struct field_spec *specs, const struct yaml_node *n)
{
	const char *names[KEYS_KNOWN + 1];
	size_t count = 0;
	for (; specs->key && count < KEYS_KNOWN; specs++)
		names[count++] = specs->key;
	names[count] = NULL;
	const char *near = str_nearest(key_of(r, n), names);
	diag_add(r->diag, DIAG_WARNING, "frontmatter-unknown-key",
	    DIAG_AT(r->file, n->key_line, n->key_column), n->key,
	    near ? arena_printf(
	               r->a, _("Did you mean “%s”? The key is not used as it stands."), near)
	         : arena_printf(r->a, _("Keys known here: %s."), words_of(r, names)),
	    _("this key is not known here"));
}

static void missing_key(
    struct reader *r, const struct field_spec *spec, const struct yaml_node *map)
{
	diag_add(r->diag, DIAG_ERROR, "frontmatter-missing-key", at(r, map), str_of(spec->key),
	    arena_printf(r->a, _("Add the line “%s: …”."), spec->key),
	    _("the key is missing or has nothing after it"));
	r->err = -1;
}

static void read_map(
    struct reader *r, void *out, const struct field_spec *specs, const struct yaml_node *map)
{
	for (const struct yaml_node *n = map->first; n; n = n->next) {
		const struct field_spec *spec = specs;
		while (spec->key && !str_is(n->key, spec->key))
			spec++;
		if (!spec->key)
			unknown_key(r, specs, n);
		else if (!is_null(n))
			read_value(r, out, spec, n);
	}
	for (const struct field_spec *spec = specs; spec->key; spec++) {
		const struct yaml_node *n = spec->required ? yaml_find(map, spec->key) : NULL;
		bool empty = !n || is_null(n) || (n->kind != YAML_SCALAR && n->count == 0);
		if (spec->required && empty)
			missing_key(r, spec, map);
	}
}

int frontmatter_read(void *out, const struct field_spec *specs, struct arena *a, const char *file,
    const struct yaml_node *map, struct diag *diag)
{
	struct reader r = {.a = a, .file = file, .diag = diag};
	if (map->kind != YAML_MAP) {
		diag_add(diag, DIAG_ERROR, "frontmatter-type", at(&r, map), STR_NONE,
		    _("Write each setting on a line of its own: the key, a colon, a space, the value."),
		    _("keys and values are expected here"));
		return -1;
	}
	read_map(&r, out, specs, map);
	return r.err;
}

struct field_place frontmatter_place(const struct yaml_node *map, const char *key)
{
	if (!map)
		return (struct field_place){0, 0};
	const struct yaml_node *n = map->kind == YAML_MAP ? yaml_find(map, key) : NULL;
	if (!n)
		return (struct field_place){map->line, map->column};
	if (is_null(n))
		return (struct field_place){n->key_line, n->key_column};
	return (struct field_place){n->line, n->column};
}
