/*
 * The parts of the ZIP are XML, read by expat with one handler for all of
 * them: what counts is the local name of an element. Text of DOCX is what
 * stands in w:t, of ODT what stands in paragraphs and headings; the properties
 * are title and dates. A DTD ends the reading: no office program writes one.
 */
#include "text/officedoc.h"

#include "base/buf.h"
#include "text/officedoc_ole.h"
#include "text/officedoc_rtf.h"
#include "text/zip.h"

#include <expat.h>

enum { PROPERTIES = 1024 * 1024, FIELD_BYTES = 1000 };

enum part { PART_DOCX, PART_ODT, PART_PROPERTIES };

enum field { FIELD_NONE, FIELD_TITLE, FIELD_CREATED, FIELD_MODIFIED };

struct reading {
	struct officedoc *out;
	struct arena *a;
	XML_Parser parser;
	enum part part;
	unsigned depth;
	unsigned text;    /* depth of open elements whose characters are text */
	unsigned deleted; /* depth within what was deleted under change control */
	enum field field;
	struct buf *to, value;
};

static const char *local_name(const char *name)
{
	const char *colon = strrchr(name, ':');
	return colon ? colon + 1 : name;
}

static bool is(const char *name, const char *word)
{
	return strcmp(name, word) == 0;
}

/* -- elements ------------------------------------------------------------------- */

static bool holds_text(const struct reading *r, const char *name)
{
	return r->part == PART_DOCX ? is(name, "t") : is(name, "p") || is(name, "h");
}

static bool is_deleted(const char *name)
{
	return is(name, "tracked-changes") || is(name, "del") || is(name, "annotation");
}

static enum field field_of(const char *name)
{
	if (is(name, "title"))
		return FIELD_TITLE;
	if (is(name, "created") || is(name, "creation-date"))
		return FIELD_CREATED;
	/* ODT: dc:date is the day of the last change. */
	return is(name, "modified") || is(name, "date") ? FIELD_MODIFIED : FIELD_NONE;
}

static void set_field(struct reading *r)
{
	struct str value = str_trim(buf_str(&r->value));
	struct date *day = r->field == FIELD_CREATED ? &r->out->created : &r->out->modified;
	if (r->field == FIELD_TITLE)
		r->out->title = (struct str){arena_strndup(r->a, value.p, value.n), value.n};
	else if (value.n >= 10)
		date_parse(day, (struct str){value.p, 10});
}

static void XMLCALL open_element(void *payload, const XML_Char *full, const XML_Char **attributes)
{
	struct reading *r = payload;
	const char *name = local_name(full);
	(void)attributes;
	if (++r->depth > OFFICEDOC_DEPTH) {
		r->out->damaged = true;
		XML_StopParser(r->parser, XML_FALSE);
		return;
	}
	if (r->part == PART_PROPERTIES) {
		r->field = field_of(name);
		buf_reset(&r->value);
		return;
	}
	r->deleted += r->deleted || is_deleted(name);
	r->text += holds_text(r, name);
	if (is(name, "tab") || is(name, "s"))
		buf_addc(r->to, ' ');
	else if (is(name, "br") || is(name, "line-break") || is(name, "cr"))
		buf_addc(r->to, '\n');
}

static void XMLCALL close_element(void *payload, const XML_Char *full)
{
	struct reading *r = payload;
	const char *name = local_name(full);
	r->depth--;
	if (r->part == PART_PROPERTIES) {
		if (r->field != FIELD_NONE && field_of(name) == r->field) {
			set_field(r);
			r->field = FIELD_NONE;
		}
		return;
	}
	r->deleted -= r->deleted > 0;
	r->text -= holds_text(r, name) && r->text;
	if (is(name, "p") || is(name, "h"))
		buf_addc(r->to, '\n');
}

static void XMLCALL characters(void *payload, const XML_Char *text, int length)
{
	struct reading *r = payload;
	size_t n = (size_t)length;
	if (r->part == PART_PROPERTIES) {
		if (r->field != FIELD_NONE && r->value.len + n <= FIELD_BYTES)
			buf_add(&r->value, text, n);
	} else if (r->text && !r->deleted) {
		buf_add(r->to, text, n);
		if (r->to->len > OFFICEDOC_TEXT) {
			r->out->truncated = true;
			XML_StopParser(r->parser, XML_FALSE);
		}
	}
}

static void XMLCALL open_doctype(void *payload, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	struct reading *r = payload;
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	r->out->damaged = true;
	XML_StopParser(r->parser, XML_FALSE);
}

/* -- parts ---------------------------------------------------------------------- */

static void parse(struct reading *r, struct str xml)
{
	r->parser = XML_ParserCreate(NULL);
	if (!r->parser)
		die_no_memory();
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, open_element, close_element);
	XML_SetCharacterDataHandler(r->parser, characters);
	XML_SetStartDoctypeDeclHandler(r->parser, open_doctype);
	/* The same hashing each time; the bounds above guard against bad names. */
	XML_SetHashSalt(r->parser, 1);
	if (XML_Parse(r->parser, xml.p, (int)xml.n, XML_TRUE) != XML_STATUS_OK &&
	    !r->out->truncated)
		r->out->damaged = true;
	XML_ParserFree(r->parser);
}

static void read_part(struct officedoc *out, struct arena *a, const struct zip *z, const char *name,
    enum part part, struct buf *text)
{
	const struct zip_entry *entry = zip_find(z, name);
	struct str xml;
	if (!entry)
		return;
	int cut =
	    zip_read(&xml, a, z, entry, part == PART_PROPERTIES ? PROPERTIES : OFFICEDOC_PART);
	if (cut != 0) {
		out->truncated |= cut > 0;
		out->damaged |= cut < 0;
	}
	bool damaged = out->damaged;
	struct reading r = {
	    .out = out, .a = a, .part = part, .to = text, .value = BUF_INIT(BUF_LINE)};
	parse(&r, xml);
	if (out->truncated) /* what is cut off is not well-formed either */
		out->damaged = damaged;
	buf_clear(&r.value);
}

static void read_zip(struct officedoc *out, struct arena *a, struct str bytes, bool odf, bool words)
{
	struct arena scratch = ARENA_INIT;
	struct buf text = BUF_INIT(OFFICEDOC_TEXT + BUF_LINE);
	struct zip z;
	if (zip_open(&z, &scratch, bytes) < 0) {
		out->damaged = true;
	} else {
		if (words)
			read_part(out, &scratch, &z, odf ? "content.xml" : "word/document.xml",
			    odf ? PART_ODT : PART_DOCX, &text);
		read_part(out, &scratch, &z, odf ? "meta.xml" : "docProps/core.xml",
		    PART_PROPERTIES, &text);
	}
	out->text = buf_keep(a, &text);
	out->title = (struct str){arena_strndup(a, out->title.p, out->title.n), out->title.n};
	arena_clear(&scratch);
}

int officedoc_read(struct officedoc *out, struct arena *a, struct str bytes, enum sniff type)
{
	*out = (struct officedoc){.text = {"", 0}, .title = {"", 0}};
	switch (type) {
	case SNIFF_DOCX:
		read_zip(out, a, bytes, false, true);
		return 0;
	case SNIFF_XLSX:
	case SNIFF_PPTX:
		read_zip(out, a, bytes, false, false);
		return 0;
	case SNIFF_ODT:
		read_zip(out, a, bytes, true, true);
		return 0;
	case SNIFF_ODS:
	case SNIFF_ODP:
		read_zip(out, a, bytes, true, false);
		return 0;
	case SNIFF_RTF:
		officedoc_rtf(out, a, bytes);
		return 0;
	case SNIFF_DOC:
	case SNIFF_XLS:
	case SNIFF_PPT:
		officedoc_ole(out, a, bytes, type == SNIFF_DOC);
		return 0;
	default:
		return -1;
	}
}
