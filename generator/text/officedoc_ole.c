/*
 * Every chain of sectors is followed no further than the file has sectors, and
 * no stream is longer than the file: nothing loops and nothing swells. Streams
 * below a size that the header names lie in sectors of 64 bytes within another
 * stream.
 */
#include "text/officedoc_ole.h"

#include "base/buf.h"

enum {
	HEADER = 512,
	ENTRY = 128, /* of the directory */
	ENTRIES = 4096,
	MINI = 64,
	DIFAT = 109, /* FAT sectors that the header names */
	LAST = 0xFFFFFFF0,
	PIECES = 100000,
};

struct ole {
	struct arena *a;
	struct str bytes;
	size_t sector; /* size */
	struct str fat, directory, mini_fat, mini;
	size_t mini_below; /* streams shorter than this lie in the mini stream */
};

static uint32_t number(struct str s, size_t at, int bytes)
{
	uint32_t n = 0;
	if (at > s.n || s.n - at < (size_t)bytes)
		return 0;
	for (int i = bytes - 1; i >= 0; i--)
		n = n << 8 | (unsigned char)s.p[at + (size_t)i];
	return n;
}

static struct str slice(struct str s, size_t at, size_t n)
{
	if (!s.p || at > s.n)
		return (struct str){"", 0};
	return (struct str){s.p + at, n < s.n - at ? n : s.n - at};
}

/* -- sectors ---------------------------------------------------------------------- */

static struct str sector(const struct ole *o, uint32_t i)
{
	return slice(o->bytes, HEADER + (size_t)i * o->sector, o->sector);
}

/* The sectors of a chain one after the other, at most `most` bytes, and no more
 * than the file has: a chain may go round in a circle. */
static struct str chain(
    const struct ole *o, uint32_t first, struct str fat, struct str mini, size_t most)
{
	struct buf out = BUF_INIT(BUF_FILE);
	size_t steps = fat.n / 4 + 1;
	if (most > o->bytes.n)
		most = o->bytes.n;
	for (uint32_t i = first; i < LAST && steps > 0 && out.len < most; steps--) {
		struct str s = mini.p ? slice(mini, (size_t)i * MINI, MINI) : sector(o, i);
		if (!s.n)
			break;
		buf_add(&out, s.p, s.n);
		i = (size_t)i * 4 + 4 <= fat.n ? number(fat, (size_t)i * 4, 4) : LAST;
	}
	if (out.len > most)
		out.len = most;
	return buf_keep(o->a, &out);
}

/* The first FAT sectors are named in the header: those of 7 MB and more by
 * further sectors, which are left to be followed from there. */
static void read_fat(struct ole *o)
{
	struct buf out = BUF_INIT(BUF_FILE);
	uint32_t more = number(o->bytes, 68, 4);
	for (size_t i = 0; i < DIFAT; i++) {
		uint32_t at = number(o->bytes, 76 + 4 * i, 4);
		if (at < LAST)
			buf_add(&out, sector(o, at).p, sector(o, at).n);
	}
	size_t sectors = o->bytes.n / o->sector + 1;
	for (size_t steps = 0; more < LAST && steps < sectors && out.len < o->bytes.n; steps++) {
		struct str names = sector(o, more);
		if (names.n < o->sector)
			break;
		for (size_t k = 0; k + 8 <= names.n; k += 4) {
			uint32_t at = number(names, k, 4);
			if (at < LAST)
				buf_add(&out, sector(o, at).p, sector(o, at).n);
		}
		more = number(names, names.n - 4, 4);
	}
	o->fat = buf_keep(o->a, &out);
}

static int open_file(struct ole *o, struct arena *a, struct str bytes)
{
	*o = (struct ole){.a = a, .bytes = bytes};
	uint32_t shift = number(bytes, 30, 2);
	if (bytes.n < HEADER || (shift != 9 && shift != 12))
		return -1;
	o->sector = (size_t)1 << shift;
	o->mini_below = number(bytes, 56, 4);
	read_fat(o);
	size_t most = bytes.n;
	o->directory = chain(o, number(bytes, 48, 4), o->fat, STR_NONE, most);
	o->mini_fat = chain(o, number(bytes, 60, 4), o->fat, STR_NONE, most);
	/* The first entry is the root; its stream is the mini stream. */
	o->mini =
	    chain(o, number(o->directory, 116, 4), o->fat, STR_NONE, number(o->directory, 120, 4));
	return 0;
}

static bool has_name(struct str entry, const char *name)
{
	size_t n = strlen(name);
	if (number(entry, 64, 2) != 2 * (n + 1))
		return false;
	for (size_t i = 0; i < n; i++)
		if (number(entry, 2 * i, 2) != (unsigned char)name[i])
			return false;
	return true;
}

static struct str stream(const struct ole *o, const char *name)
{
	for (size_t i = 0; i < ENTRIES && (i + 1) * ENTRY <= o->directory.n; i++) {
		struct str entry = slice(o->directory, i * ENTRY, ENTRY);
		if (!has_name(entry, name))
			continue;
		uint32_t first = number(entry, 116, 4), size = number(entry, 120, 4);
		if (size < o->mini_below && o->mini.n)
			return chain(o, first, o->mini_fat, o->mini, size);
		return chain(o, first, o->fat, STR_NONE, size);
	}
	return STR_NONE;
}

/* -- text ------------------------------------------------------------------------- */

/* Marks of paragraphs, cells and pages are line ends; fields and pictures have
 * marks of their own, which are nothing. */
static void put(struct buf *out, uint32_t c)
{
	if (c == '\r' || c == 7 || c == 11 || c == 12) {
		buf_addc(out, '\n');
	} else if (c == '\t' || c == 0xA0) {
		buf_addc(out, ' ');
	} else if (c >= ' ') {
		char bytes[4];
		bool half = c >= 0xD800 && c < 0xE000;
		size_t n = utf8_encode(half ? 0xFFFD : (int32_t)c, bytes);
		buf_add(out, bytes, n);
	}
}

enum { FIELD_BEGIN = 0x13, FIELD_RESULT = 0x14, FIELD_END = 0x15 };

/* Of a field ("HYPERLINK …") the result is text, the instruction is not. */
static void add_letter(struct buf *out, uint32_t c, unsigned *instructions)
{
	if (c == FIELD_BEGIN)
		++*instructions;
	else if ((c == FIELD_RESULT || c == FIELD_END) && *instructions)
		--*instructions;
	else if (!*instructions)
		put(out, c);
}

/* Of `left` letters that are still to be looked at: pieces may name the same
 * ones again and again. */
static void add_piece(struct buf *out, struct str words, uint32_t place, size_t letters,
    unsigned *instructions, size_t *left)
{
	bool narrow = place & 0x40000000;
	size_t at = narrow ? (place & 0x3FFFFFFF) / 2 : place;
	for (size_t i = 0; i<letters && * left> 0 && out->len < OFFICEDOC_TEXT; i++, --*left) {
		size_t from = at + (narrow ? i : 2 * i);
		if (from >= words.n)
			return;
		add_letter(out, number(words, from, narrow ? 1 : 2), instructions);
	}
}

/* The table of pieces lies after the properties in the Clx. */
static struct str pieces(struct str table, size_t at, size_t size)
{
	struct str clx = slice(table, at, size);
	size_t i = 0;
	while (i + 3 <= clx.n && clx.p[i] == 1)
		i += 3 + number(clx, i + 1, 2);
	if (i + 5 > clx.n || clx.p[i] != 2)
		return STR_NONE;
	return slice(clx, i + 5, number(clx, i + 1, 4));
}

static bool read_text(struct buf *out, const struct ole *o)
{
	struct str words = stream(o, "WordDocument");
	if (words.n < 0x1AA || number(words, 0, 2) != 0xA5EC)
		return false;
	uint32_t flags = number(words, 10, 2);
	if (flags & 0x100) /* encrypted */
		return false;
	struct str table = stream(o, flags & 0x200 ? "1Table" : "0Table");
	struct str list = pieces(table, number(words, 0x1A2, 4), number(words, 0x1A6, 4));
	size_t count = list.n > 4 ? (list.n - 4) / 12 : 0, left = words.n;
	unsigned instructions = 0;
	for (size_t i = 0; i < count && i < PIECES && out->len < OFFICEDOC_TEXT; i++) {
		uint32_t from = number(list, 4 * i, 4), to = number(list, 4 * i + 4, 4);
		if (to <= from)
			break;
		add_piece(out, words, number(list, 4 * (count + 1) + 8 * i + 2, 4), to - from,
		    &instructions, &left);
	}
	return count > 0;
}

/* -- the summary -------------------------------------------------------------------- */

/* 100 nanoseconds since 1601. */
static struct date file_time(struct str s, size_t at)
{
	uint64_t ticks = (uint64_t)number(s, at + 4, 4) << 32 | number(s, at, 4);
	int64_t seconds = (int64_t)(ticks / 10000000) - 11644473600;
	struct date none = {0};
	return ticks ? date_from_unix(seconds) : none;
}

static void read_summary(struct officedoc *out, const struct ole *o)
{
	enum { CREATED = 12, SAVED = 13, FILETIME = 64 };
	struct str s = stream(o, "\5SummaryInformation");
	size_t set = number(s, 44, 4);
	uint32_t count = number(s, set + 4, 4);
	for (uint32_t i = 0; i < count && i < 64; i++) {
		uint32_t id = number(s, set + 8 + 8 * i, 4);
		size_t at = set + number(s, set + 12 + 8 * i, 4);
		if (number(s, at, 4) != FILETIME)
			continue;
		if (id == CREATED)
			out->created = file_time(s, at + 4);
		else if (id == SAVED)
			out->modified = file_time(s, at + 4);
	}
}

void officedoc_ole(struct officedoc *out, struct arena *a, struct str bytes, bool words)
{
	struct arena scratch = ARENA_INIT;
	struct buf text = BUF_INIT(OFFICEDOC_TEXT + BUF_LINE);
	struct ole o;
	if (open_file(&o, &scratch, bytes) < 0) {
		out->damaged = true;
	} else {
		out->damaged = words && !read_text(&text, &o);
		read_summary(out, &o);
	}
	out->truncated = text.len >= OFFICEDOC_TEXT;
	out->text = buf_keep(a, &text);
	arena_clear(&scratch);
}
