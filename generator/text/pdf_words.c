/*
 * Every page's content streams are read as instructions, and those of forms
 * that pages draw. Text comes out where Tj and its like show it; a new line is
 * begun when the next text stands on another height.
 *
 * A page asks for its few fonts again and again: what the last names stood for
 * is remembered, each at the one place that its hash gives it.
 */
#include "text/pdf_words.h"

#include "base/buf.h"
#include "text/pdf_font.h"

enum { FONTS = 200, PAGES = 2000, PIECES = 500, PARENTS = 16, GAP = -180 };
enum { RECENT = 64, NAME_BYTES = 100 };

/* A font as the resources of a page name it. */
struct named {
	struct str resources, name;
	const struct pdf_font *font; /* NULL: there is none */
};

struct words {
	struct pdf_file f;
	struct pdf_words *out;
	struct buf text;
	struct pdf_font fonts[FONTS];
	size_t nfonts;
	const struct pdf_font *font; /* now */
	struct str height;           /* of the last text, as it is written there */
	bool begun;                  /* BT, and no place yet: the next one counts from zero */
	struct str resources;
	struct named recent[RECENT];
};

static void put(struct words *w, int32_t code)
{
	char bytes[4];
	size_t n = utf8_encode(code, bytes);
	buf_add(&w->text, bytes, n);
}

static void new_line(struct words *w)
{
	if (w->text.len && w->text.data[w->text.len - 1] != '\n')
		buf_addc(&w->text, '\n');
}

/* -- showing text --------------------------------------------------------------- */

static void show(struct words *w, struct str token)
{
	struct arena_mark before = arena_mark(w->f.a);
	struct str s = pdf_string(w->f.a, token);
	const struct pdf_font *font = w->font;
	size_t step = font && font->wide ? 2 : 1;
	for (size_t i = 0; i + step <= s.n; i += step) {
		uint32_t code = (unsigned char)s.p[i];
		if (step == 2)
			code = code << 8 | (unsigned char)s.p[i + 1];
		uint16_t letter = font && font->known ? pdf_font_letter(font, code) : 0;
		if (letter) {
			put(w, letter);
			w->out->read++;
		} else {
			w->out->unread++;
		}
	}
	arena_rewind(w->f.a, before);
}

static const struct pdf_font *read_font(struct words *w, struct str name)
{
	char key[NAME_BYTES + 1] = "";
	struct str all = pdf_get(&w->f, w->resources, "Font");
	if (name.n > NAME_BYTES)
		return NULL;
	if (name.n)
		memcpy(key, name.p, name.n);
	const struct pdf_object *o = pdf_refers(&w->f, pdf_entry(&w->f, all, key));
	if (!o)
		return NULL;
	for (size_t i = 0; i < w->nfonts; i++)
		if (w->fonts[i].object == o)
			return &w->fonts[i];
	if (w->nfonts == FONTS)
		return NULL;
	pdf_font_read(&w->fonts[w->nfonts], &w->f, o);
	return &w->fonts[w->nfonts++];
}

static const struct pdf_font *find_font(struct words *w, struct str name)
{
	struct named *known = &w->recent[str_hash(name) % RECENT];
	bool same = known->resources.p == w->resources.p && str_eq(known->name, name);
	if (!same || !known->name.p)
		*known = (struct named){w->resources, name, read_font(w, name)};
	return known->font;
}

/* -- instructions ------------------------------------------------------------------ */

/* Operands since the last operator: the last of each kind. */
struct operands {
	struct str name, string, numbers[6];
	size_t count; /* of numbers */
	size_t depth; /* of arrays */
};

/* Text goes on at this height. */
static void move_to(struct words *w, struct str height)
{
	if (!str_eq(height, w->height))
		new_line(w);
	w->height = height;
}

static bool is_zero(struct str number)
{
	for (size_t i = 0; i < number.n; i++)
		if (number.p[i] >= '1' && number.p[i] <= '9')
			return false;
	return true;
}

static void after_image(struct str *rest)
{
	const char *end = rest->n ? memmem(rest->p, rest->n, "EI", 2) : NULL;
	size_t n = end ? (size_t)(end + 2 - rest->p) : rest->n;
	rest->p += n;
	rest->n -= n;
}

static void operate(struct words *w, struct str word, struct operands *o, struct str *rest)
{
	if (str_is(word, "Tf")) {
		w->font = find_font(w, o->name);
	} else if (str_is(word, "Tj") && o->string.p) {
		show(w, o->string);
	} else if ((str_is(word, "'") || str_is(word, "\"")) && o->string.p) {
		new_line(w);
		show(w, o->string);
	} else if (str_is(word, "BT")) {
		w->begun = true;
	} else if (str_is(word, "T*")) {
		new_line(w);
	} else if (str_is(word, "Tm") && o->count == 6) {
		move_to(w, o->numbers[5]);
		w->begun = false;
	} else if ((str_is(word, "Td") || str_is(word, "TD")) && o->count >= 2) {
		if (w->begun)
			move_to(w, o->numbers[1]);
		else if (!is_zero(o->numbers[1]))
			new_line(w);
		w->begun = false;
	} else if (str_is(word, "ID")) {
		after_image(rest);
	}
	*o = (struct operands){0};
}

static void add_number(struct words *w, struct operands *o, struct str token)
{
	if (o->depth) {
		if (pdf_number(token) < GAP && w->text.len && w->text.data[w->text.len - 1] != '\n')
			buf_addc(&w->text, ' ');
	} else if (o->count < 6) {
		o->numbers[o->count++] = token;
	}
}

static void run(struct words *w, struct str content)
{
	struct operands o = {0};
	struct str token;
	enum pdf_token kind;
	w->font = NULL;
	w->height = (struct str){"", 0};
	while ((kind = pdf_next(&content, &token)) != PDF_END && w->text.len < PDF_WORDS_BYTES) {
		switch (kind) {
		case PDF_NUMBER:
			add_number(w, &o, token);
			break;
		case PDF_NAME:
			o.name = token;
			break;
		case PDF_STRING:
		case PDF_HEX:
			if (o.depth)
				show(w, token); /* of an array for TJ */
			else
				o.string = token;
			break;
		case PDF_OPEN:
			o.depth++;
			break;
		case PDF_CLOSE:
			o.depth -= o.depth > 0;
			break;
		default:
			operate(w, token, &o, &content);
		}
	}
	new_line(w);
}

/* -- pages ---------------------------------------------------------------------------- */

static void run_object(struct words *w, const struct pdf_object *o)
{
	struct str content = o && o->stream.p ? pdf_unpack(&w->f, o) : STR_NONE;
	if (content.n)
		run(w, content);
}

static struct str resources_of(struct words *w, struct str page)
{
	for (int i = 0; i < PARENTS && page.n; i++) {
		struct str found = pdf_get(&w->f, page, "Resources");
		if (found.n)
			return found;
		page = pdf_get(&w->f, page, "Parent");
	}
	return STR_NONE;
}

static void read_page(struct words *w, const struct pdf_object *page)
{
	struct str contents = pdf_entry(&w->f, page->body, "Contents"), token;
	const struct pdf_object *o = pdf_refers(&w->f, contents);
	w->resources = resources_of(w, page->body);
	if (o && o->stream.p) {
		run_object(w, o);
		return;
	}
	struct str list = o ? o->body : contents;
	if (pdf_next(&list, &token) != PDF_OPEN)
		return;
	for (int i = 0; i < PIECES && list.n; i++) {
		struct str value = pdf_value(&list);
		if (!value.n || *value.p == ']')
			return;
		run_object(w, pdf_refers(&w->f, value));
	}
}

void pdf_words_read(struct pdf_words *out, struct arena *a, struct str bytes)
{
	struct arena scratch = ARENA_INIT;
	struct words *w = arena_alloc(&scratch, sizeof(*w));
	size_t pages = 0;
	*out = (struct pdf_words){.text = {"", 0}};
	w->out = out;
	w->text = (struct buf)BUF_INIT(PDF_WORDS_BYTES + BUF_LINE);
	if (!bytes.n || memmem(bytes.p, bytes.n, "/Encrypt", 8))
		goto done;
	pdf_objects_read(&w->f, &scratch, bytes);
	for (size_t i = 0; i < w->f.count && pages < PAGES; i++) {
		const struct pdf_object *o = &w->f.objects[i];
		if (!o->body.p)
			continue;
		struct str type = pdf_entry(&w->f, o->body, "Type");
		if (str_is(type, "/Page")) {
			pages++;
			read_page(w, o);
		} else if (o->stream.p && str_is(pdf_entry(&w->f, o->body, "Subtype"), "/Form")) {
			pages++;
			w->resources = pdf_get(&w->f, o->body, "Resources");
			run_object(w, o);
		}
	}
	out->truncated = pages == PAGES || w->text.len >= PDF_WORDS_BYTES || pdf_bounded(&w->f);
done:
	out->text = buf_keep(a, &w->text);
	arena_clear(&scratch);
}

bool pdf_words_known(const struct pdf_words *w)
{
	return w->read > 0 && !w->truncated && 20 * w->unread <= w->read;
}
