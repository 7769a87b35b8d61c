/*
 * The open elements are a stack of names. A start tag stays open for
 * attributes until something is put into the element; one that stays empty is
 * closed in itself.
 */
#include "text/xml.h"

#include "text/html.h"

static bool fails(struct xml *x, bool wrong)
{
	x->failed |= wrong;
	return x->failed;
}

/* The characters that XML 1.0 allows. */
static bool is_char(int32_t code)
{
	return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code <= 0xD7FF) ||
	    (code >= 0xE000 && code <= 0xFFFD) || code >= 0x10000;
}

static const char *entity(int32_t code, bool attribute)
{
	switch (code) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return attribute ? "&quot;" : NULL;
	case '\r': /* readers make line ends of it */
		return "&#13;";
	case '\n': /* and blanks of these in attributes */
		return attribute ? "&#10;" : NULL;
	case '\t':
		return attribute ? "&#9;" : NULL;
	}
	return is_char(code) ? NULL : "\xEF\xBF\xBD";
}

static void add_escaped(struct buf *out, struct str text, bool attribute)
{
	size_t start = 0;
	for (size_t i = 0, len; i < text.n; i += len) {
		const char *instead = entity(utf8_decode(text.p + i, text.n - i, &len), attribute);
		if (!instead)
			continue;
		buf_add(out, text.p + start, i - start);
		buf_adds(out, instead);
		start = i + len;
	}
	if (start < text.n)
		buf_add(out, text.p + start, text.n - start);
}

static void close_tag(struct xml *x)
{
	if (x->in_tag)
		buf_addc(x->out, '>');
	x->in_tag = false;
}

static void new_line(struct xml *x)
{
	buf_addc(x->out, '\n');
	for (int i = 0; i < x->depth; i++)
		buf_adds(x->out, "  ");
}

void xml_begin(struct xml *x, const char *name)
{
	if (fails(x, x->done || x->depth == XML_DEPTH))
		return;
	if (x->depth == 0)
		buf_adds(x->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
	close_tag(x);
	if (x->depth == 0 || !x->mixed[x->depth - 1])
		new_line(x);
	buf_addc(x->out, '<');
	buf_adds(x->out, name);
	x->names[x->depth] = name;
	x->mixed[x->depth] = false;
	x->depth++;
	x->in_tag = true;
}

static bool begin_attr(struct xml *x, const char *name)
{
	if (fails(x, !x->in_tag))
		return false;
	buf_addc(x->out, ' ');
	buf_adds(x->out, name);
	buf_adds(x->out, "=\"");
	return true;
}

void xml_attr(struct xml *x, const char *name, struct str text)
{
	if (!begin_attr(x, name))
		return;
	add_escaped(x->out, text, true);
	buf_addc(x->out, '"');
}

void xml_url(struct xml *x, const char *name, struct str url)
{
	if (!begin_attr(x, name))
		return;
	html_url(x->out, url);
	buf_addc(x->out, '"');
}

static bool begin_text(struct xml *x)
{
	if (fails(x, x->depth == 0))
		return false;
	close_tag(x);
	x->mixed[x->depth - 1] = true;
	return true;
}

void xml_text(struct xml *x, struct str text)
{
	if (begin_text(x))
		add_escaped(x->out, text, false);
}

void xml_text_url(struct xml *x, struct str url)
{
	if (begin_text(x))
		html_url(x->out, url);
}

void xml_leaf(struct xml *x, const char *name, struct str text)
{
	xml_begin(x, name);
	xml_text(x, text);
	xml_end(x);
}

void xml_end(struct xml *x)
{
	if (fails(x, x->depth == 0))
		return;
	x->depth--;
	if (x->in_tag) {
		buf_adds(x->out, "/>");
		x->in_tag = false;
	} else {
		if (!x->mixed[x->depth])
			new_line(x);
		buf_adds(x->out, "</");
		buf_adds(x->out, x->names[x->depth]);
		buf_addc(x->out, '>');
	}
	x->done = x->depth == 0;
	if (x->done)
		buf_addc(x->out, '\n');
}

int xml_done(struct xml *x)
{
	return x->failed || !x->done ? -1 : buf_err(x->out);
}
