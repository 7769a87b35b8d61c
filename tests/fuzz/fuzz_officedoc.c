/*
 * Any bytes as a document that a school has published.
 *
 * They are read as what they are, and, so that every reader sees every input,
 * as what the first byte says. What begins like XML is read as the parts of an
 * archive as well, which no chance would ever put around it.
 */
#include "base/buf.h"
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

static void add_number(struct buf *b, size_t n, int bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		buf_addc(b, (char)(unsigned char)n);
}

/* What both heads of an entry say of it. */
static void add_entry(struct buf *b, const char *name, struct str part)
{
	add_number(b, 0, 14); /* version, flags, stored, time, checksum */
	add_number(b, part.n, 4);
	add_number(b, part.n, 4);
	add_number(b, strlen(name), 2);
	add_number(b, 0, 2);
}

/* An archive of two entries, each of them the part. */
static void read_part(struct str part, enum sniff type, const char *const *names)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	size_t offsets[2];
	for (int i = 0; i < 2; i++) {
		offsets[i] = b.len;
		buf_adds(&b, "PK\3\4");
		add_entry(&b, names[i], part);
		buf_adds(&b, names[i]);
		buf_add(&b, part.p, part.n);
	}
	size_t directory = b.len;
	for (int i = 0; i < 2; i++) {
		buf_adds(&b, "PK\1\2");
		add_number(&b, 0, 2);
		add_entry(&b, names[i], part);
		add_number(&b, 0, 10);
		add_number(&b, offsets[i], 4);
		buf_adds(&b, names[i]);
	}
	size_t end = b.len;
	buf_adds(&b, "PK\5\6");
	add_number(&b, 0, 4);
	add_number(&b, 2, 2);
	add_number(&b, 2, 2);
	add_number(&b, end - directory, 4);
	add_number(&b, directory, 4);
	add_number(&b, 0, 2);
	read_as(buf_str(&b), type);
	buf_clear(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const docx[] = {"word/document.xml", "docProps/core.xml"};
	static const char *const odt[] = {"content.xml", "meta.xml"};
	if (size == 0)
		return 0;
	struct str bytes = {(const char *)data + 1, size - 1};
	read_as(bytes, sniff_type(bytes));
	read_as(bytes, (enum sniff)(data[0] % SNIFF_TYPES));
	if (str_starts(bytes, "<")) {
		read_part(bytes, SNIFF_DOCX, docx);
		read_part(bytes, SNIFF_ODT, odt);
	}
	pdf_text(bytes);
	read_words(bytes);
	return 0;
}
