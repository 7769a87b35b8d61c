/*
 * Every octet goes through add_piece(), which counts the columns and folds
 * before a piece that would pass the 75th: a piece is a character, or an
 * escape, neither of which may be broken.
 */
#include "text/ics.h"

#include "text/html.h"

static void add_piece(struct ics *c, const char *p, size_t n)
{
	if (c->column + n > ICS_OCTETS) {
		buf_adds(c->out, "\r\n ");
		c->column = 1;
	}
	buf_add(c->out, p, n);
	c->column += n;
}

static void add_ascii(struct ics *c, const char *s)
{
	for (; *s; s++)
		add_piece(c, s, 1);
}

static void end_line(struct ics *c)
{
	buf_adds(c->out, "\r\n");
	c->column = 0;
}

/* Properties stand in components. */
static bool begin_line(struct ics *c, const char *name)
{
	c->failed |= c->depth == 0;
	if (c->failed)
		return false;
	add_ascii(c, name);
	add_piece(c, ":", 1);
	return true;
}

void ics_begin(struct ics *c, const char *component)
{
	c->failed |= c->depth == ICS_DEPTH || (c->depth == 0 && c->out->len > 0);
	if (c->failed)
		return;
	c->open[c->depth++] = component;
	add_ascii(c, "BEGIN:");
	add_ascii(c, component);
	end_line(c);
}

void ics_end(struct ics *c)
{
	c->failed |= c->depth == 0;
	if (c->failed)
		return;
	add_ascii(c, "END:");
	add_ascii(c, c->open[--c->depth]);
	end_line(c);
}

static void add_escaped(struct ics *c, int32_t code, const char *p, size_t n)
{
	switch (code) {
	case '\\':
	case ';':
	case ',': {
		const char escape[2] = {'\\', (char)code};
		add_piece(c, escape, 2);
		return;
	}
	case '\n':
		add_piece(c, "\\n", 2);
		return;
	}
	bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
	if (control && code != '\t')
		add_piece(c, "\xEF\xBF\xBD", 3);
	else
		add_piece(c, p, n);
}

void ics_text(struct ics *c, const char *name, struct str text)
{
	if (!begin_line(c, name))
		return;
	for (size_t i = 0, len; i < text.n; i += len) {
		int32_t code = utf8_decode(text.p + i, text.n - i, &len);
		bool pair = code == '\r' && i + 1 < text.n && text.p[i + 1] == '\n';
		if (!pair)
			add_escaped(c, code == '\r' ? '\n' : code, text.p + i, len);
	}
	end_line(c);
}

void ics_raw(struct ics *c, const char *name, const char *value)
{
	if (!begin_line(c, name))
		return;
	add_ascii(c, value);
	end_line(c);
}

void ics_uri(struct ics *c, const char *name, struct str uri)
{
	if (!begin_line(c, name))
		return;
	struct buf encoded = BUF_INIT(BUF_LINE);
	url_encode(&encoded, uri);
	c->failed |= buf_err(&encoded) < 0;
	add_ascii(c, encoded.data);
	buf_clear(&encoded);
	end_line(c);
}

struct ics_day ics_day(struct date date)
{
	struct ics_day day = {""};
	const struct date_text iso = date_iso(date);
	char *to = day.s;
	for (const char *from = iso.s; *from; from++)
		if (*from != '-')
			*to++ = *from;
	*to = '\0';
	return day;
}

void ics_date(struct ics *c, const char *name, struct date date)
{
	c->failed |= !date_is_set(date);
	if (c->failed)
		return;
	add_ascii(c, name);
	add_ascii(c, ";VALUE=DATE:");
	add_ascii(c, ics_day(date).s);
	end_line(c);
}

int ics_done(struct ics *c)
{
	return c->failed || c->depth > 0 || c->out->len == 0 ? -1 : buf_err(c->out);
}
