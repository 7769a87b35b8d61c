/*
 * The file is a flat map. Plain texts also go into one view, so that
 * templates say {{t.key}}. Slots are filled by walking the text once; an
 * unknown slot stays as it stands, which a test of the theme notices.
 */
#include "render/words.h"

#include "base/format.h"
#include "base/intl.h"
#include "text/typography.h"
#include "text/yaml.h"

#include <stdarg.h>
#include <string.h>

enum { MAX_SLOTS = 12, KEY_BYTES = 96 };

struct word {
	struct str forms[PLURALS]; /* a plain text has it in all */
	bool plain;
};

struct slots {
	const char *names[MAX_SLOTS];
	const char *values[MAX_SLOTS];
	size_t count;
};

static const char *const form_names[] = {"one", "few", "many"};

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

const char *words_period(struct arena *a, const char *text)
{
	size_t from = text ? digits(text) : 0;
	if (from != 4 || text[from] != '-' || digits(text + from + 1) != 4)
		return text;
	return arena_printf(a, "%.*s–%s", (int)from, text, text + from + 1);
}

static int read_word(struct word *word, struct arena *a, const struct yaml_node *node,
    const char *file, struct diag *diag)
{
	for (int i = 0; i < PLURALS; i++) {
		const struct yaml_node *form = node;
		if (node->kind == YAML_MAP)
			form = yaml_find(node, form_names[i]);
		if (!form && i == PLURAL_FEW)
			form = yaml_find(node, form_names[PLURAL_MANY]);
		if (!form || form->kind != YAML_SCALAR) {
			diag_add(diag, DIAG_ERROR, "theme-words",
			    DIAG_AT(file, node->key_line, node->key_column), node->key,
			    _("Write a text, or the forms one, few and many."),
			    _("this text of the theme is neither a text nor a set of forms"));
			return -1;
		}
		word->forms[i] = str_of(typography_signs(a, form->text));
	}
	return 0;
}

static bool names_body(const struct word *word)
{
	bool names = false;
	for (int i = 0; i < PLURALS; i++)
		names |= word->forms[i].p && strstr(word->forms[i].p, "{body}");
	return names;
}

int words_read(struct words *w, struct arena *a, const char *language, const char *file,
    struct str yaml, struct diag *diag)
{
	int err = 0;
	*w = (struct words){.texts = MAP_INIT(a), .view = view_new(a), .bodied = MAP_INIT(a)};
	w->russian = strcmp(language, "ru") == 0;
	w->separator = w->russian ? ',' : '.';
	const struct yaml_node *root = yaml_read(a, file, yaml, 1, diag);
	if (!root || root->kind != YAML_MAP)
		return -1;
	for (const struct yaml_node *node = root->first; node; node = node->next) {
		struct word *word = arena_alloc(a, sizeof(*word));
		err |= read_word(word, a, node, file, diag);
		word->plain = node->kind == YAML_SCALAR;
		map_put(&w->texts, node->key, word);
		if (names_body(word))
			map_put(&w->bodied, node->key, word);
		if (word->plain)
			view_str(w->view, arena_strndup(a, node->key.p, node->key.n),
			    word->forms[PLURAL_MANY]);
	}
	return err;
}

static const struct word *find(const struct words *w, struct str key)
{
	uint64_t hash = str_hash(key);
	const struct word *word = map_find(&w->texts, key, hash);
	return word || !w->rest ? word : map_find(&w->rest->texts, key, hash);
}

bool words_has(const struct words *w, const char *key)
{
	return find(w, str_of(key)) != NULL;
}

const char *words_get(const struct words *w, const char *key)
{
	const struct word *word = find(w, str_of(key));
	return word && word->forms[PLURAL_MANY].p ? word->forms[PLURAL_MANY].p : key;
}

enum plural words_plural(const struct words *w, long long n)
{
	if (n < 0)
		n = -n;
	if (!w->russian)
		return n == 1 ? PLURAL_ONE : PLURAL_MANY;
	long long tens = n % 100, ones = n % 10;
	if (tens >= 11 && tens <= 14)
		return PLURAL_MANY;
	return ones == 1 ? PLURAL_ONE : ones >= 2 && ones <= 4 ? PLURAL_FEW : PLURAL_MANY;
}

static void read_slots(struct slots *s, va_list args)
{
	const char *name;
	while ((name = va_arg(args, const char *)) != NULL && s->count < MAX_SLOTS) {
		s->names[s->count] = name;
		s->values[s->count++] = va_arg(args, const char *);
	}
}

static const char *slot_value(const struct slots *s, const char *name, size_t len)
{
	for (size_t i = 0; i < s->count; i++)
		if (strlen(s->names[i]) == len && memcmp(s->names[i], name, len) == 0)
			return s->values[i] ? s->values[i] : "";
	return NULL;
}

/* The text with its slots filled, into out when that is given; its length. */
static size_t fill_into(char *out, struct str text, const struct slots *slots)
{
	size_t len = 0;
	while (text.n) {
		const char *open = memchr(text.p, '{', text.n);
		const char *close =
		    open ? memchr(open, '}', text.n - (size_t)(open - text.p)) : NULL;
		size_t before = close ? (size_t)(open - text.p) : text.n;
		size_t slot = close ? (size_t)(close - open) + 1 : 0;
		const char *value = slot ? slot_value(slots, open + 1, slot - 2) : NULL;
		struct str filled = value ? str_of(value) : (struct str){text.p + before, slot};
		if (out) {
			memcpy(out + len, text.p, before);
			memcpy(out + len + before, filled.p, filled.n);
		}
		len += before + filled.n;
		text.p += before + slot;
		text.n -= before + slot;
	}
	return len;
}

static const char *fill(struct arena *a, struct str text, const struct slots *slots)
{
	char *out = arena_alloc(a, fill_into(NULL, text, slots) + 1);
	fill_into(out, text, slots);
	return out;
}

static const char *fill_key(const struct words *w, struct arena *a, const char *key,
    enum plural form, const struct slots *slots)
{
	const struct word *word = find(w, str_of(key));
	if (!word || !word->forms[form].p)
		return key;
	return fill(a, word->forms[form], slots);
}

const char *phrase(const struct words *w, struct arena *a, const char *key, ...)
{
	struct slots slots = {.count = 0};
	va_list args;
	va_start(args, key);
	read_slots(&slots, args);
	va_end(args);
	return fill_key(w, a, key, PLURAL_MANY, &slots);
}

const char *phrase_text(struct arena *a, struct str text, ...)
{
	struct slots slots = {.count = 0};
	va_list args;
	va_start(args, text);
	read_slots(&slots, args);
	va_end(args);
	return fill(a, text, &slots);
}

const char *phrase_count(const struct words *w, struct arena *a, const char *key, long long n, ...)
{
	struct slots slots = {.names = {"n"}, .values = {words_int(w, a, n)}, .count = 1};
	va_list args;
	va_start(args, n);
	read_slots(&slots, args);
	va_end(args);
	return fill_key(w, a, key, words_plural(w, n), &slots);
}

/* Groups of three from the fifth digit on, as Russian typesetting has it. */
static const char *grouped(const struct words *w, struct arena *a, const struct buf *plain)
{
	const char *p = plain->data;
	size_t sign = p[0] == '-', whole = sign;
	while (p[whole] >= '0' && p[whole] <= '9')
		whole++;
	if (!sign && whole <= 4) /* most numbers stay as they are */
		return arena_strndup(a, p, plain->len);
	struct buf out = BUF_INIT(BUF_LINE);
	if (sign)
		buf_adds(&out, "−");
	for (size_t i = sign; i < whole; i++) {
		if (i > sign && whole - sign > 4 && (whole - i) % 3 == 0)
			buf_adds(&out, w->russian ? "\u00a0" : ",");
		buf_addc(&out, p[i]);
	}
	buf_adds(&out, p + whole);
	const char *text = arena_strndup(a, out.data, out.len);
	buf_clear(&out);
	return text;
}

/* Of few digits, as most numbers are. */
static const char *small_number(struct arena *a, int64_t n)
{
	char digits[FORMAT_DIGITS];
	const char *p = format_digits(digits, (unsigned long long)n);
	return arena_strndup(a, p, (size_t)(digits + FORMAT_DIGITS - p));
}

const char *words_number(const struct words *w, struct arena *a, struct frac f, int places)
{
	if (f.den == 1 && f.num >= 0 && f.num <= 9999)
		return small_number(a, f.num);
	struct buf plain = BUF_INIT(BUF_LINE);
	frac_write(&plain, f, places, w->separator);
	const char *text = grouped(w, a, &plain);
	buf_clear(&plain);
	return text;
}

const char *words_decimal(const struct words *w, struct arena *a, struct decimal d)
{
	return words_number(
	    w, a, decimal_frac(d), d.places > DECIMAL_SHOWN ? DECIMAL_SHOWN : d.places);
}

const char *words_int(const struct words *w, struct arena *a, long long n)
{
	return words_number(w, a, frac_of(n, 1), 0);
}

const char *words_percent(const struct words *w, struct arena *a, struct frac f, int places)
{
	if (!frac_is_set(f))
		return "";
	return arena_printf(a, w->russian ? "%s\u00a0%%" : "%s%%", words_number(w, a, f, places));
}

const char *words_date(const struct words *w, struct arena *a, struct date d, bool with_year)
{
	if (!date_is_set(d))
		return "";
	char key[16] = "month_";
	key[6] = (char)('0' + d.month / 10);
	key[7] = (char)('0' + d.month % 10);
	const char *month = words_get(w, key);
	if (!with_year)
		return arena_printf(a, "%d\u00a0%s", d.day, month);
	return arena_printf(a, "%d\u00a0%s %d", d.day, month, d.year);
}

const char *words_of(const struct words *w, const char *prefix, const char *word)
{
	char key[KEY_BYTES];
	size_t n = 0;
	for (const char *parts[] = {prefix, word}, **p = parts; p < parts + 2; p++)
		for (const char *c = *p; *c && n < sizeof(key) - 1; c++)
			key[n++] = *c == '-' ? '_' : *c;
	key[n] = '\0';
	const struct word *text = find(w, (struct str){key, n});
	return text ? text->forms[PLURAL_MANY].p : word;
}

const char *words_joined(struct arena *a, const char *const *items, size_t count, const char *last)
{
	struct buf out = BUF_INIT(BUF_LINE);
	bool commas = false;
	for (size_t i = 0; i < count; i++)
		commas |= strstr(items[i], ", ") != NULL;
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && i + 1 == count)
			buf_addf(&out, "%s %s ", commas ? ";" : "", last);
		else if (i > 0)
			buf_adds(&out, commas ? "; " : ", ");
		buf_adds(&out, items[i]);
	}
	const char *text = arena_strndup(a, out.data, out.len);
	buf_clear(&out);
	return text;
}

const char *words_capital(struct arena *a, const char *text)
{
	size_t len, n = strlen(text);
	char first[4];
	int32_t code = n ? utf8_decode(text, n, &len) : -1;
	if (code < 0 || code == utf8_upper(code))
		return text;
	size_t to = utf8_encode(utf8_upper(code), first);
	char *capital = arena_alloc(a, to + n - len + 1);
	memcpy(capital, first, to);
	memcpy(capital + to, text + len, n - len);
	return capital;
}

/* "Управление образования" goes on in a sentence as "управление образования";
 * an abbreviation stays as it is. */
const char *words_uncapital(struct arena *a, const char *text)
{
	size_t n = strlen(text), len, next;
	char first[4];
	int32_t code = n ? utf8_decode(text, n, &len) : -1;
	if (code < 0)
		return text;
	int32_t second = len < n ? utf8_decode(text + len, n - len, &next) : -1;
	if (second < 0 || utf8_upper(second) == second)
		return text;
	size_t to = utf8_encode(utf8_lower(code), first);
	return arena_printf(a, "%.*s%s", (int)to, first, text + len);
}

static void say_body(struct words *own, struct arena *a, struct str key, const struct word *said)
{
	struct word *word = arena_alloc(a, sizeof(*word));
	*word = *said;
	map_put(&own->texts, key, word);
	if (word->plain) /* a later field of the same name wins */
		view_str(own->view, arena_strndup(a, key.p, key.n), word->forms[PLURAL_MANY]);
}

const struct words *words_of_body(const struct words *w, struct arena *a, const char *name)
{
	struct words *own = arena_alloc(a, sizeof(*own));
	*own = *w;
	own->texts = (struct map)MAP_INIT(a);
	own->rest = w;
	own->view = view_copy(a, w->view);
	const char *body = name ? phrase(w, a, "body_named", "name", words_uncapital(a, name), NULL)
	                        : words_get(w, "body");
	const struct slots slots = {.names = {"body"}, .values = {body}, .count = 1};
	const struct word spoken = {
	    .forms = {str_of(body), str_of(body), str_of(body)}, .plain = true};
	say_body(own, a, STR("body"), &spoken);
	for (size_t i = 0; i < w->bodied.count; i++) {
		const struct map_entry *e = &w->bodied.entries[i];
		const struct word *word = e->value;
		struct word said = *word;
		for (int k = 0; k < PLURALS; k++)
			if (said.forms[k].p)
				said.forms[k] = str_of(fill(a, word->forms[k], &slots));
		say_body(own, a, e->key, &said);
	}
	return own;
}
