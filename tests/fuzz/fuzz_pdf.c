/*
 * Any bytes as a PDF. What is found in it is UTF-8 and bounded, and the same
 * when it is looked for again.
 */
#include "text/pdf.h"
#include "text/pdf_words.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct str bytes = {(const char *)data, size};
	struct pdf_words words, again;
	pdf_pages(bytes);
	pdf_text(bytes);
	pdf_words_read(&words, &a, bytes);
	pdf_words_read(&again, &a, bytes);
	if (!utf8_valid(words.text) || !str_eq(words.text, again.text) ||
	    words.text.n > PDF_WORDS_BYTES + 64 * 1024)
		abort();
	arena_clear(&a);
	return 0;
}
