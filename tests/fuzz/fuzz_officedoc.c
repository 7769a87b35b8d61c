/*
 * Any bytes as a document that a school has published.
 *
 * They are read as what they are, and, so that every reader sees every input,
 * as what the first byte says.
 */
#include "text/officedoc.h"
#include "text/pdf.h"
#include "text/pdf_words.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_as(struct str bytes, enum sniff type)
{
	struct arena a = ARENA_INIT;
	struct officedoc d;
	if (officedoc_read(&d, &a, bytes, type) == 0 &&
	    (!utf8_valid(d.text) || d.text.n > OFFICEDOC_TEXT + 64 * 1024))
		abort();
	arena_clear(&a);
}

static void read_words(struct str bytes)
{
	struct arena a = ARENA_INIT;
	struct pdf_words w;
	pdf_words_read(&w, &a, bytes);
	if (!utf8_valid(w.text))
		abort();
	arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct str bytes = {(const char *)data + 1, size - 1};
	read_as(bytes, sniff_type(bytes));
	read_as(bytes, (enum sniff)(data[0] % SNIFF_TYPES));
	pdf_text(bytes);
	read_words(bytes);
	return 0;
}
