/*
 * What leads somewhere: tags with an address, and those that only a script
 * follows; and itemprop marks. A link is entered when its tag opens, with what
 * is known there; the spans of its texts end when the tags around it close.
 */
#include "text/htmldoc_build.h"

enum {
	MENU_LEVELS = 6,
	MENU_BYTES = 160, /* of one level's title */
	PROPS = 20000,
};

/* The titles of the menu levels above the item in which a link begins. */
static struct str menu_above(struct build *b)
{
	struct buf path = BUF_INIT(BUF_LINE);
	size_t levels = 0;
	for (size_t i = 0; i < b->depth; i++) {
		const struct build_frame *f = &b->frames[i];
		if (!(f->kind & TAG_ITEM) || f->label_to == HTMLDOC_NONE || levels == MENU_LEVELS)
			continue;
		struct str label = {b->text.data + f->from, f->label_to - f->from};
		label = build_keep(b, str_trim(label), MENU_BYTES);
		if (!label.n)
			continue;
		if (levels++)
			buf_adds(&path, " > ");
		buf_add(&path, label.p, label.n);
	}
	return buf_keep(b->a, &path);
}

static size_t add_link(struct build *b, enum htmldoc_kind kind, struct str href)
{
	if (b->nlinks >= HTMLDOC_LINKS) {
		b->out->more_links = true;
		return HTMLDOC_NONE;
	}
	b->links = arena_grow(b->a, b->links, b->nlinks, &b->links_cap, sizeof(*b->links));
	struct build_link *l = &b->links[b->nlinks];
	*l = (struct build_link){
	    .link = {.kind = b->data && kind != HTMLDOC_SCRIPT ? HTMLDOC_JSON : kind,
	        .href = build_keep(b, href, HTMLDOC_HREF),
	        .long_href = href.n > HTMLDOC_HREF,
	        .at = b->text.len,
	        .hidden = b->hidden_depth > 0},
	    .menu = menu_above(b)};
	l->text.from = l->text.to = b->text.len;
	build_table_names(b, l);
	return b->nlinks++;
}

/* "5; url=https://…" */
static struct str refresh_target(struct str content)
{
	for (size_t i = 0; i + 4 <= content.n; i++) {
		if (strncasecmp(content.p + i, "url", 3) != 0)
			continue;
		struct str rest = str_trim((struct str){content.p + i + 3, content.n - i - 3});
		if (!rest.n || *rest.p != '=')
			continue;
		rest = str_trim((struct str){rest.p + 1, rest.n - 1});
		if (rest.n > 1 && (*rest.p == '"' || *rest.p == '\'') &&
		    rest.p[rest.n - 1] == *rest.p)
			rest = (struct str){rest.p + 1, rest.n - 2};
		return rest;
	}
	return STR_NONE;
}

static bool is_script(struct str href)
{
	href = str_trim(href);
	return href.n >= 11 && strncasecmp(href.p, "javascript:", 11) == 0;
}

/* An address that only a script follows: listed, not followed. */
static size_t scripted_link(struct build *b, const struct build_tag *tag)
{
	struct str href = build_has(tag, BUILD_DATA_HREF) ? build_get(tag, BUILD_DATA_HREF)
	                                                  : build_get(tag, BUILD_DATA_URL);
	bool button = strcmp(tag->name, "button") == 0 && build_has(tag, BUILD_ONCLICK);
	bool leads = href.n || button ||
	    build_contains(build_get(tag, BUILD_ONCLICK), "location") ||
	    build_contains(build_get(tag, BUILD_ONCLICK), "open(");
	return leads ? add_link(b, HTMLDOC_SCRIPT, href) : HTMLDOC_NONE;
}

/* Of a list to choose from, that leads where its entries say. */
static size_t option(struct build *b, const struct build_tag *tag)
{
	struct str value = str_trim(build_get(tag, BUILD_VALUE));
	bool address = str_starts(value, "/") || str_starts(value, "http");
	return address ? add_link(b, HTMLDOC_SCRIPT, value) : HTMLDOC_NONE;
}

static size_t anchor(struct build *b, const struct build_tag *tag, enum htmldoc_kind kind)
{
	struct str href = build_get(tag, BUILD_HREF);
	bool nowhere = !href.n || str_is(str_trim(href), "#") || is_script(href);
	if (nowhere && (build_has(tag, BUILD_DATA_HREF) || build_has(tag, BUILD_DATA_URL)))
		return scripted_link(b, tag);
	if (is_script(href) || (nowhere && build_has(tag, BUILD_ONCLICK)))
		return add_link(b, HTMLDOC_SCRIPT, STR_NONE);
	return href.p ? add_link(b, kind, href) : HTMLDOC_NONE;
}

static size_t link_of(struct build *b, const struct build_tag *tag, unsigned kind)
{
	const char *name = tag->name;
	if (strcmp(name, "meta") == 0 && build_has(tag, BUILD_HTTP_EQUIV) &&
	    build_get(tag, BUILD_HTTP_EQUIV).n == 7 &&
	    strncasecmp(build_get(tag, BUILD_HTTP_EQUIV).p, "refresh", 7) == 0) {
		struct str target = refresh_target(build_get(tag, BUILD_CONTENT));
		return target.n ? add_link(b, HTMLDOC_REFRESH, target) : HTMLDOC_NONE;
	}
	if (!(kind & TAG_LINK))
		return scripted_link(b, tag);
	if (strcmp(name, "a") == 0)
		return anchor(b, tag, HTMLDOC_A);
	if (strcmp(name, "area") == 0)
		return anchor(b, tag, HTMLDOC_AREA);
	if (strcmp(name, "button") == 0)
		return scripted_link(b, tag);
	if (strcmp(name, "option") == 0)
		return option(b, tag);
	struct str address = build_get(tag, strcmp(name, "object") == 0 ? BUILD_DATA : BUILD_SRC);
	enum htmldoc_kind as = name[0] == 'f' || name[0] == 'i' ? HTMLDOC_FRAME : HTMLDOC_OBJECT;
	return address.n ? add_link(b, as, address) : HTMLDOC_NONE;
}

static void name_link(struct build *b, size_t number, const struct build_tag *tag)
{
	struct htmldoc_link *l = &b->links[number].link;
	l->title = build_keep(b, build_get(tag, BUILD_TITLE), HTMLDOC_NAME);
	l->aria = build_keep(b, build_get(tag, BUILD_ARIA_LABEL), HTMLDOC_NAME);
	if (l->kind == HTMLDOC_AREA)
		l->alt = build_keep(b, build_get(tag, BUILD_ALT), HTMLDOC_NAME);
}

/* The link that a tag is, or HTMLDOC_NONE. */
size_t build_link_open(struct build *b, const struct build_tag *tag, unsigned kind)
{
	size_t number = link_of(b, tag, kind);
	if (number != HTMLDOC_NONE)
		name_link(b, number, tag);
	return number;
}

/* A picture names the link around it. */
void build_link_picture(struct build *b, const struct build_tag *tag)
{
	for (size_t i = b->depth; i-- > 0;) {
		size_t link = b->frames[i].link;
		if (link == HTMLDOC_NONE)
			continue;
		struct htmldoc_link *l = &b->links[link].link;
		struct str alt = build_get(tag, BUILD_ALT), title = build_get(tag, BUILD_TITLE);
		if (l->alt.n + alt.n + title.n + 2 > HTMLDOC_NAME || (!alt.n && !title.n))
			return;
		const char *all =
		    arena_printf(b->a, "%.*s %.*s %.*s", (int)l->alt.n, l->alt.n ? l->alt.p : "",
		        (int)alt.n, alt.n ? alt.p : "", (int)title.n, title.n ? title.p : "");
		l->alt = str_trim(str_of(all));
		return;
	}
}

/* -- marks ---------------------------------------------------------------------------- */

static struct str clean_name(struct str name, bool *sloppy)
{
	/* The straight and the curly quotes, as they are printed in the official text. */
	static const char *const quotes[] = {
	    "\"", "'", "`", "“", "”", "„", "«", "»", "‘", "’", "″", "\xC2\xA0", NULL};
	bool again = true;
	while (again && name.n) {
		again = false;
		for (const char *const *q = quotes; *q; q++) {
			size_t n = strlen(*q);
			if (str_starts(name, *q))
				name = (struct str){name.p + n, name.n - n};
			else if (str_ends(name, *q))
				name.n -= n;
			else
				continue;
			again = *sloppy = true;
		}
	}
	return name;
}

static bool next_token(struct str *rest, struct str *token)
{
	size_t i = 0, from;
	while (i < rest->n && (unsigned char)rest->p[i] <= ' ')
		i++;
	for (from = i; i < rest->n && (unsigned char)rest->p[i] > ' ';)
		i++;
	*token = (struct str){rest->p + from, i - from};
	*rest = (struct str){rest->p + i, rest->n - i};
	return token->n > 0;
}

void build_props_open(struct build *b, struct build_frame *f, const struct build_tag *tag)
{
	struct str written = build_get(tag, BUILD_ITEMPROP), rest = written, token;
	f->prop = b->nprops;
	while (next_token(&rest, &token) && b->nprops < PROPS) {
		bool sloppy = false;
		struct str name = clean_name(token, &sloppy);
		if (!name.n)
			continue;
		b->props = arena_grow(b->a, b->props, b->nprops, &b->props_cap, sizeof(*b->props));
		struct str own = build_has(tag, BUILD_HREF) ? build_get(tag, BUILD_HREF)
		                                            : build_get(tag, BUILD_SRC);
		b->props[b->nprops++] = (struct build_prop){
		    .prop = {.name = build_keep(b, name, HTMLDOC_NAME),
		        .written = build_keep(b, written, HTMLDOC_NAME),
		        .text = build_keep(b, build_get(tag, BUILD_CONTENT), HTMLDOC_NAME),
		        .href = build_keep(b, own, HTMLDOC_HREF),
		        .parent = f->marks,
		        .element = b->elements,
		        .sloppy = sloppy || written.n != str_trim(written).n,
		        .hidden = b->hidden_depth > 0}};
		f->nprops++;
	}
	if (f->nprops) {
		f->marks = f->prop;
		b->elements++;
	}
}

void build_props_close(struct build *b, const struct build_frame *f)
{
	for (size_t i = f->prop; i < f->prop + f->nprops; i++) {
		struct build_prop *p = &b->props[i];
		p->text = (struct span){f->from, b->text.len};
		if (!p->prop.href.n && f->first_link < b->nlinks)
			p->prop.href = b->links[f->first_link].link.href;
	}
}
