/*
 * Any bytes as a page of a site.
 *
 * The first byte chooses what the server says of the encoding. What is tried:
 * the text is UTF-8, every place of a link, a heading and a mark lies within
 * it, and what folding makes of it does not change when folded again.
 */
#include "text/fold.h"
#include "text/htmldoc.h"
#include "text/webcharset.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const headers[] = {"", "text/html; charset=utf-8",
    "text/html; charset=windows-1251", "text/html; charset=koi8-r", "text/html; charset=utf-16",
    "text/html; charset=\"iso-8859-1\""};

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check(const struct htmldoc *d)
{
	expect(utf8_valid(d->text) && utf8_valid(d->title) && utf8_valid(d->json));
	for (size_t i = 0; i < d->nlinks; i++) {
		const struct htmldoc_link *l = &d->links[i];
		const struct str texts[] = {l->href, l->text, l->alt, l->title, l->aria, l->heading,
		    l->headings, l->row, l->around, l->menu};
		expect(l->at <= d->text.n);
		expect(i == 0 || l->at >= d->links[i - 1].at);
		for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++)
			expect(utf8_valid(texts[k]) && texts[k].n <= HTMLDOC_HREF);
	}
	for (size_t i = 0; i < d->nheadings; i++)
		expect(d->headings[i].from < d->headings[i].to && d->headings[i].to <= d->text.n);
	for (size_t i = 0; i < d->nprops; i++)
		expect(d->props[i].parent == HTMLDOC_NONE || d->props[i].parent < i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct webcharset found;
	struct htmldoc d;
	if (size == 0)
		return 0;
	const char *header = headers[data[0] % (sizeof(headers) / sizeof(*headers))];
	struct str bytes = {(const char *)data + 1, size - 1};
	struct str text = webcharset_decode(&found, &a, bytes, str_of(header));
	expect(utf8_valid(text));
	if (htmldoc_read(&d, &a, text) == 0) {
		check(&d);
		struct str folded = fold_text(&a, d.text);
		expect(str_eq(folded, fold_text(&a, folded)));
	}
	arena_clear(&a);
	return 0;
}
