/*
 * Both sides are the same program, so a finding travels as it lies in memory,
 * with its texts behind it in the order of text_of().
 */
#include "job/audit_wire.h"

enum { TEXTS = 11 };

static struct str *text_of(struct finding *f, int i)
{
	struct str *const all[TEXTS] = {&f->detail, &f->url, &f->link_text, &f->fetched, &f->sha256,
	    &f->source_page, &f->chain, &f->heading, &f->charset_rule, &f->listing, &f->type};
	return all[i];
}

void audit_wire_write(struct buf *out, const struct judged *judged)
{
	buf_add(out, judged, sizeof(*judged));
	for (size_t i = 0; i < judged->count; i++) {
		struct finding f = judged->findings[i];
		buf_add(out, &f, sizeof(f));
		for (int k = 0; k < TEXTS; k++)
			buf_add(out, text_of(&f, k)->p, text_of(&f, k)->n);
		buf_add(out, f.warc.p, f.warc.n);
	}
}

static bool take(struct str *rest, void *to, size_t n)
{
	if (rest->n < n)
		return false;
	memcpy(to, rest->p, n);
	rest->p += n;
	rest->n -= n;
	return true;
}

static bool take_text(struct str *rest, struct arena *a, struct str *text)
{
	if (rest->n < text->n)
		return false;
	text->p = arena_strndup(a, rest->p, text->n);
	rest->p += text->n;
	rest->n -= text->n;
	return true;
}

int audit_wire_read(struct judged *out, struct arena *a, struct str bytes, size_t count)
{
	if (!take(&bytes, out, sizeof(*out)) || out->count != count)
		return -1;
	out->findings = arena_array(a, count + 1, sizeof(*out->findings));
	for (size_t i = 0; i < count; i++) {
		struct finding *f = &out->findings[i];
		if (!take(&bytes, f, sizeof(*f)))
			return -1;
		for (int k = 0; k < TEXTS; k++)
			if (!take_text(&bytes, a, text_of(f, k)))
				return -1;
		if (!take_text(&bytes, a, &f->warc))
			return -1;
		f->school = NULL;
		f->item = NULL;
		f->checklist = NULL;
	}
	return 0;
}
