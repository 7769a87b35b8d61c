/*
 * A frame stands for each open tag: what it is, where its text began, and the
 * numbers of the link and the marks that it carries. What a tag is comes from
 * one sorted table of names.
 */
#include "text/htmldoc_build.h"

#include <stdlib.h>

enum {
	SCRIPT_BYTES = 8192,
	JSON_BYTES = 1024 * 1024,
	TITLE_BYTES = 4096,
	AROUND_BYTES = 400,
	HEADINGS = 20000,
};

static const struct tag_info {
	const char *name;
	unsigned kind;
} tags[] = {
    {"a", TAG_LINK},
    {"address", TAG_BLOCK},
    {"area", TAG_LINK},
    {"article", TAG_BLOCK},
    {"aside", TAG_BLOCK},
    {"b", TAG_BOLD},
    {"blockquote", TAG_BLOCK},
    {"body", TAG_BLOCK},
    {"br", TAG_BREAK},
    {"button", TAG_BLOCK | TAG_LINK},
    {"caption", TAG_BLOCK | TAG_HEADING},
    {"center", TAG_BLOCK},
    {"dd", TAG_BLOCK | TAG_AROUND},
    {"details", TAG_BLOCK},
    {"div", TAG_BLOCK},
    {"dl", TAG_BLOCK},
    {"dt", TAG_BLOCK | TAG_AROUND | TAG_HEADING},
    {"embed", TAG_LINK},
    {"fieldset", TAG_BLOCK},
    {"figcaption", TAG_BLOCK},
    {"figure", TAG_BLOCK | TAG_AROUND},
    {"footer", TAG_BLOCK},
    {"form", TAG_BLOCK},
    {"frame", TAG_LINK},
    {"h1", TAG_BLOCK | TAG_HEADING},
    {"h2", TAG_BLOCK | TAG_HEADING},
    {"h3", TAG_BLOCK | TAG_HEADING},
    {"h4", TAG_BLOCK | TAG_HEADING},
    {"h5", TAG_BLOCK | TAG_HEADING},
    {"h6", TAG_BLOCK | TAG_HEADING},
    {"header", TAG_BLOCK},
    {"hr", TAG_BLOCK},
    {"iframe", TAG_BLOCK | TAG_LINK | TAG_RAW},
    {"legend", TAG_BLOCK | TAG_HEADING},
    {"li", TAG_BLOCK | TAG_AROUND | TAG_ITEM},
    {"main", TAG_BLOCK},
    {"menu", TAG_BLOCK | TAG_LIST},
    {"nav", TAG_BLOCK},
    {"noframes", TAG_RAW},
    {"object", TAG_LINK},
    {"ol", TAG_BLOCK | TAG_LIST},
    {"option", TAG_BLOCK | TAG_LINK},
    {"p", TAG_BLOCK | TAG_AROUND},
    {"pre", TAG_BLOCK},
    {"script", TAG_RAW},
    {"section", TAG_BLOCK},
    {"strong", TAG_BOLD},
    {"style", TAG_RAW},
    {"summary", TAG_BLOCK | TAG_HEADING},
    {"svg", TAG_RAW},
    {"table", TAG_BLOCK | TAG_TABLE},
    {"td", TAG_BLOCK | TAG_AROUND | TAG_TABLE},
    {"th", TAG_BLOCK | TAG_AROUND | TAG_TABLE},
    {"title", TAG_TITLE},
    {"tr", TAG_BLOCK | TAG_TABLE},
    {"ul", TAG_BLOCK | TAG_LIST},
};

static int by_name(const void *key, const void *info)
{
	return strcmp(key, ((const struct tag_info *)info)->name);
}

static unsigned kind_of(const char *name)
{
	const struct tag_info *t =
	    bsearch(name, tags, sizeof(tags) / sizeof(*tags), sizeof(*tags), by_name);
	return t ? t->kind : 0;
}

/* -- text --------------------------------------------------------------------- */

static void add_blank(struct buf *to)
{
	if (to->len && to->data[to->len - 1] != ' ' && to->data[to->len - 1] != '\n')
		buf_addc(to, ' ');
}

static void add_text(struct buf *to, struct str text)
{
	for (size_t i = 0; i < text.n;) {
		unsigned char c = (unsigned char)text.p[i];
		bool nbsp = c == 0xC2 && i + 1 < text.n && text.p[i + 1] == '\xA0';
		if (c <= ' ' || nbsp) {
			add_blank(to);
			i += nbsp ? 2 : 1;
			continue;
		}
		size_t end = i + 1;
		while (end < text.n && (unsigned char)text.p[end] > ' ' && text.p[end] != '\xC2')
			end++;
		buf_add(to, text.p + i, end - i);
		i = end;
	}
}

static void break_line(struct build *b)
{
	struct buf *t = &b->text;
	if (t->len && t->data[t->len - 1] == ' ')
		t->data[t->len - 1] = '\n';
	else if (t->len && t->data[t->len - 1] != '\n')
		buf_addc(t, '\n');
}

static void add_limited(struct buf *to, struct str text, size_t limit)
{
	if (to->len + text.n > limit)
		text.n = limit > to->len ? limit - to->len : 0;
	buf_add(to, text.p, text.n);
}

struct str build_keep(struct build *b, struct str s, size_t limit)
{
	if (s.n > limit)
		for (s.n = limit; s.n && (s.p[s.n] & 0xC0) == 0x80;)
			s.n--;
	return s.p ? (struct str){arena_strndup(b->a, s.p, s.n), s.n} : STR_NONE;
}

void build_text(struct build *b, struct str text)
{
	const struct build_frame *f = b->depth ? &b->frames[b->depth - 1] : NULL;
	if (b->in_title) {
		add_text(&b->title, text);
	} else if (f && f->json) {
		add_limited(&b->json, text, JSON_BYTES);
		buf_addc(&b->json, '\n');
	} else if (f && f->script) {
		add_limited(&b->script, text, SCRIPT_BYTES);
	} else if (!f || !f->raw) {
		add_text(&b->text, text);
		if (b->hidden_depth)
			add_text(&b->hidden, text);
	}
}

/* -- what a tag says ------------------------------------------------------------ */

/* A word of a list parted by blanks; small Latin letters. */
static bool has_word(struct str list, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= list.n; i++)
		if ((i == 0 || (unsigned char)list.p[i - 1] <= ' ') &&
		    (i + n == list.n || (unsigned char)list.p[i + n] <= ' ') &&
		    memcmp(list.p + i, word, n) == 0)
			return true;
	return false;
}

bool build_contains(struct str text, const char *part)
{
	return text.n && memmem(text.p, text.n, part, strlen(part)) != NULL;
}

static bool style_hides(struct str style)
{
	const char *at = style.n ? memmem(style.p, style.n, "display", 7) : NULL;
	if (at) {
		struct str rest = {at + 7, style.n - (size_t)(at + 7 - style.p)};
		while (rest.n && (*rest.p == ' ' || *rest.p == ':'))
			rest.p++, rest.n--;
		if (str_starts(rest, "none"))
			return true;
	}
	return build_contains(style, "visibility:hidden") ||
	    build_contains(style, "visibility: hidden");
}

static bool is_hidden(const struct build_tag *tag)
{
	struct str class = build_get(tag, BUILD_CLASS);
	if (build_has(tag, BUILD_HIDDEN) || str_is(build_get(tag, BUILD_ARIA_HIDDEN), "true"))
		return true;
	if (strcmp(tag->name, "template") == 0)
		return true;
	if (strcmp(tag->name, "details") == 0)
		return !build_has(tag, BUILD_OPEN);
	return style_hides(build_get(tag, BUILD_STYLE)) || has_word(class, "hidden") ||
	    has_word(class, "d-none") || has_word(class, "hide") || has_word(class, "collapse");
}

/* What is a heading to the eye: the title of an accordion, role="heading". */
static bool looks_like_heading(const struct build_tag *tag)
{
	static const char *const words[] = {"title", "heading", "caption", "zagolovok", NULL};
	static const char *const parts[] = {"-title", "_title", "-heading", "spoiler-head",
	    "accordion-head", "accordion-button", "toggle-head", "sp-head", NULL};
	struct str class = build_get(tag, BUILD_CLASS);
	if (str_is(build_get(tag, BUILD_ROLE), "heading"))
		return true;
	for (const char *const *w = words; *w; w++)
		if (has_word(class, *w))
			return true;
	for (const char *const *p = parts; *p; p++)
		if (build_contains(class, *p))
			return true;
	return false;
}

/* What opens a part of the page, and is its title. */
static bool unfolds(const struct build_tag *tag)
{
	static const char *const parts[] = {"accordion", "collaps", "spoiler", NULL};
	struct str class = build_get(tag, BUILD_CLASS), href = build_get(tag, BUILD_HREF);
	bool button = strcmp(tag->name, "button") == 0;
	bool place = strcmp(tag->name, "a") == 0 && (!href.n || *href.p == '#');
	if (!button && !place)
		return false;
	for (const char *const *p = parts; *p; p++)
		if (build_contains(class, *p))
			return true;
	return str_is(build_get(tag, BUILD_DATA_TOGGLE), "collapse") ||
	    str_is(build_get(tag, BUILD_DATA_BS_TOGGLE), "collapse") ||
	    (button && build_has(tag, BUILD_ARIA_EXPANDED));
}

static int heading_level(const struct build_tag *tag, unsigned kind)
{
	if (kind & TAG_HEADING)
		return tag->name[0] == 'h' ? tag->name[1] - '0' : 7;
	if (kind & TAG_BOLD)
		return 8;
	bool plain = strcmp(tag->name, "div") == 0 || strcmp(tag->name, "span") == 0 ||
	    strcmp(tag->name, "button") == 0 || strcmp(tag->name, "p") == 0;
	return (plain && looks_like_heading(tag)) || unfolds(tag) ? 7 : 0;
}

static void look_at_meta(struct build *b, const struct build_tag *tag)
{
	struct str content = build_get(tag, BUILD_CONTENT);
	if (!b->out->description.n &&
	    (str_is(build_get(tag, BUILD_NAME), "description") ||
	        str_is(build_get(tag, BUILD_PROPERTY), "og:title")))
		b->out->description =
		    (struct str){arena_strndup(b->a, content.p, content.n), content.n};
}

static bool is_app_root(struct str id)
{
	static const char *const ids[] = {
	    "root", "app", "__next", "__nuxt", "q-app", "main-app", NULL};
	for (const char *const *i = ids; *i; i++)
		if (str_is(id, *i))
			return true;
	return false;
}

/* -- opening and closing ------------------------------------------------------------------ */

static struct build_frame *push(struct build *b, const struct build_tag *tag, unsigned kind)
{
	b->frames = arena_grow(b->a, b->frames, b->depth, &b->frames_cap, sizeof(*b->frames));
	const struct build_frame *above = b->depth ? &b->frames[b->depth - 1] : NULL;
	struct build_frame f = {.name = tag->name,
	    .kind = kind,
	    .raw = (kind & TAG_RAW) || (above && above->raw),
	    .hidden = is_hidden(tag),
	    .from = b->text.len,
	    .first_link = b->nlinks,
	    .link = HTMLDOC_NONE,
	    .marks = above ? above->marks : HTMLDOC_NONE,
	    .label_to = HTMLDOC_NONE};
	b->frames[b->depth] = f;
	return &b->frames[b->depth++];
}

static void open_script(struct build *b, struct build_frame *f, const struct build_tag *tag)
{
	struct str type = build_get(tag, BUILD_TYPE), id = build_get(tag, BUILD_ID);
	f->json = build_contains(type, "json") || str_is(id, "__NEXT_DATA__");
	f->script = !f->json;
	b->out->scripts += !f->json;
}

static void end_label(struct build *b)
{
	for (size_t i = b->depth; i-- > 0;)
		if (b->frames[i].kind & TAG_ITEM) {
			if (b->frames[i].label_to == HTMLDOC_NONE)
				b->frames[i].label_to = b->text.len;
			return;
		}
}

void build_open(struct build *b, const struct build_tag *tag)
{
	unsigned kind = kind_of(tag->name);
	bool in_raw = b->depth && b->frames[b->depth - 1].raw;
	if (kind & (TAG_BLOCK | TAG_BREAK))
		break_line(b);
	if (kind & TAG_LIST)
		end_label(b);
	if (strcmp(tag->name, "base") == 0 && build_has(tag, BUILD_HREF) && !b->out->base.p)
		b->out->base = build_keep(b, build_get(tag, BUILD_HREF), HTMLDOC_HREF);
	if (strcmp(tag->name, "meta") == 0)
		look_at_meta(b, tag);
	if (strcmp(tag->name, "img") == 0) {
		b->out->pictures++;
		build_link_picture(b, tag);
	}
	b->out->form_password |=
	    strcmp(tag->name, "input") == 0 && str_is(build_get(tag, BUILD_TYPE), "password");
	b->out->root |= is_app_root(build_get(tag, BUILD_ID));
	struct build_frame *f = push(b, tag, kind);
	b->hidden_depth += f->hidden;
	if (strcmp(tag->name, "script") == 0)
		open_script(b, f, tag);
	if ((kind & TAG_TITLE) && !in_raw && !b->title.len)
		b->in_title = true;
	f->level = heading_level(tag, kind);
	if (kind & TAG_TABLE)
		build_table_open(b, tag);
	if (!in_raw)
		f->link = build_link_open(b, tag, kind);
	if (build_has(tag, BUILD_ITEMPROP))
		build_props_open(b, f, tag);
}

static void end_heading(struct build *b, const struct build_frame *f)
{
	if (b->text.len == f->from || b->nheadings >= HEADINGS)
		return;
	b->headings =
	    arena_grow(b->a, b->headings, b->nheadings, &b->headings_cap, sizeof(*b->headings));
	b->headings[b->nheadings++] = (struct build_heading){
	    {f->from, b->text.len}, f->level, b->hidden_depth > 0, f->first_link};
}

static void end_around(struct build *b, const struct build_frame *f)
{
	bool small = (f->kind & TAG_BLOCK) && b->text.len - f->from <= AROUND_BYTES;
	if (!(f->kind & TAG_AROUND) && !small)
		return;
	bool alone = f->first_link + 1 == b->nlinks && b->text.len - f->from <= AROUND_BYTES;
	/* Links of inner blocks have theirs already, and stand before or after; but
	 * where that was nothing but the link, the card with no other link is. */
	for (size_t i = b->nlinks; i-- > f->first_link;) {
		struct build_link *l = &b->links[i];
		bool bare = l->around.to - l->around.from <= l->text.to - l->text.from + 1;
		if (l->around.to == 0 || (alone && bare))
			l->around = (struct span){f->from, b->text.len};
	}
}

void build_close(struct build *b)
{
	struct build_frame f = b->frames[--b->depth];
	if (f.link != HTMLDOC_NONE)
		b->links[f.link].text.to = b->text.len;
	if (f.kind & (TAG_BLOCK | TAG_AROUND))
		end_around(b, &f);
	build_props_close(b, &f);
	if (f.level)
		end_heading(b, &f);
	if (f.kind & TAG_TABLE)
		build_table_close(b, f.name);
	if (f.kind & TAG_TITLE)
		b->in_title = false;
	if (f.kind & TAG_BLOCK)
		break_line(b);
	b->hidden_depth -= f.hidden;
}

void build_begin(struct build *b, struct arena *a, struct htmldoc *out)
{
	*b = (struct build){.a = a,
	    .out = out,
	    .text = BUF_INIT(4 * HTMLDOC_BYTES),
	    .hidden = BUF_INIT(4 * HTMLDOC_BYTES),
	    .json = BUF_INIT(2 * JSON_BYTES + HTMLDOC_BYTES),
	    .script = BUF_INIT(2 * SCRIPT_BYTES),
	    .title = BUF_INIT(HTMLDOC_BYTES)};
}

void build_end(struct build *b)
{
	struct htmldoc *out = b->out;
	struct str title = str_trim(buf_str(&b->title));
	out->title = build_keep(b, title, TITLE_BYTES);
	build_cut(b);
	out->hidden_text = buf_keep(b->a, &b->hidden);
	out->json = buf_keep(b->a, &b->json);
	out->script = buf_keep(b->a, &b->script);
	buf_clear(&b->title);
}
