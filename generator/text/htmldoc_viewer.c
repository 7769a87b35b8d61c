/*
 * A viewer is a page that shows a file named in its query: pdf.js
 * (/viewer.html?file=%2Fdocs%2Fx.pdf), docs.google.com/viewer?url=…,
 * view.officeapps.live.com/op/view.aspx?src=… The file is what people read
 * there, so it is a link of its own. Whatever the parameter is called: its value
 * has to be an address that ends like a document's; what is no text when it is
 * decoded is none. It is completed as the viewer does it, by its own address.
 */
#include "text/htmldoc_build.h"

#include "text/ascii.h"
#include "text/sniff.h"

static bool has_scheme(struct str s)
{
	return (s.n > 7 && strncasecmp(s.p, "http://", 7) == 0) ||
	    (s.n > 8 && strncasecmp(s.p, "https://", 8) == 0) || str_starts(s, "//");
}

static struct str before(struct str s, const char *marks)
{
	size_t n = 0;
	while (n < s.n && !strchr(marks, s.p[n]))
		n++;
	return (struct str){s.p, n};
}

static bool is_file(struct str value, bool frame)
{
	/* The query of an ordinary link names files for other ends too. */
	if (!frame && !has_scheme(value) && !str_starts(value, "/"))
		return false;
	return sniff_names_document(before(value, "?#"));
}

/* What stands before the value to complete it: nothing, the host of the viewer,
 * or its folder. */
static struct str base_of(struct str viewer, struct str value)
{
	size_t from = has_scheme(viewer)
	    ? (size_t)((char *)memmem(viewer.p, viewer.n, "//", 2) - viewer.p) + 2
	    : 0;
	size_t host = from, folder = viewer.n;
	if (has_scheme(value))
		return STR("");
	while (from && host < viewer.n && viewer.p[host] != '/')
		host++;
	if (str_starts(value, "/"))
		return (struct str){viewer.p, host};
	while (folder > host && viewer.p[folder - 1] != '/')
		folder--;
	return (struct str){viewer.p, folder};
}

struct str build_viewed(struct build *b, const struct htmldoc_link *l)
{
	struct str href = before(l->href, "#"), viewer = before(href, "?"), part;
	bool frame = l->kind == HTMLDOC_FRAME || l->kind == HTMLDOC_OBJECT;
	if (href.n < viewer.n + 2 || l->kind == HTMLDOC_SCRIPT || l->long_href)
		return STR_NONE;
	struct str query = {href.p + viewer.n + 1, href.n - viewer.n - 1};
	while (str_next(&query, '&', &part)) {
		size_t name = before(part, "=").n;
		if (name == part.n)
			continue;
		struct str value = str_trim(
		    ascii_percent_decode(b->a, (struct str){part.p + name + 1, part.n - name - 1}));
		if (!utf8_valid(value) || !is_file(value, frame))
			continue;
		struct str base = base_of(viewer, value);
		const char *slash =
		    base.n && base.p[base.n - 1] != '/' && *value.p != '/' ? "/" : "";
		return build_keep(b,
		    str_of(arena_printf(
		        b->a, "%.*s%s%.*s", (int)base.n, base.p, slash, (int)value.n, value.p)),
		    HTMLDOC_HREF);
	}
	return STR_NONE;
}
