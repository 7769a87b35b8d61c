/*
 * A record is text fields, a blank line, the block, and two line ends. All of
 * it is one gzip member, so a reader can begin at any record's offset, and a
 * file that was cut ends with a member that does not.
 */
#include "text/warc.h"

#include "text/ascii.h"

#include <stdio.h>

static const char VERSION[] = "WARC/1.1", END[] = "\r\n\r\n";
static const char *const TYPES[] = {"warcinfo", "request", "response", "metadata"};
enum { NTYPES = sizeof(TYPES) / sizeof(*TYPES) };

/* ---- ids and fields ---- */

/* A UUID of version 8: its bits are the sender's own (RFC 9562). */
struct warc_id warc_id(struct str seed)
{
	struct hash_text h = hash_sha256(seed);
	struct warc_id id;
	h.s[12] = '8';
	h.s[16] = "89ab"[ascii_hex(h.s[16]) & 3];
	snprintf(id.s, sizeof(id.s), "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", h.s, h.s + 8, h.s + 12,
	    h.s + 16, h.s + 20);
	return id;
}

/* A line end in a value would begin a field of its own. */
void warc_field(struct buf *out, const char *name, struct str value)
{
	buf_adds(out, name);
	buf_adds(out, ": ");
	for (size_t i = 0; i < value.n; i++)
		buf_addc(out, (unsigned char)value.p[i] < ' ' ? ' ' : value.p[i]);
	buf_adds(out, "\r\n");
}

struct str warc_field_value(struct str block, const char *name)
{
	struct str line;
	while (str_next(&block, '\n', &line)) {
		const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;
		size_t n = colon ? (size_t)(colon - line.p) : 0;
		if (!colon || !ascii_same((struct str){line.p, n}, name))
			continue;
		struct str value = {colon + 1, line.n - n - 1};
		if (value.n && value.p[value.n - 1] == '\r')
			value.n--;
		return ascii_trim(value);
	}
	return STR_NONE;
}

/* ---- writing ---- */

static void add(struct buf *out, const char *name, struct str value)
{
	if (value.n)
		warc_field(out, name, value);
}

static void add_id(struct buf *out, const char *name, struct str id)
{
	if (id.n)
		buf_addf(out, "%s: <%.*s>\r\n", name, (int)id.n, id.p);
}

static struct hash_text digest(const struct str *pieces)
{
	struct hash h;
	hash_begin(&h);
	for (int i = 0; i < WARC_PIECES; i++)
		if (pieces[i].n)
			hash_add(&h, pieces[i]);
	return hash_end(&h);
}

static void add_head(struct buf *out, const struct warc_record *r)
{
	struct hash_text block = digest(r->pieces);
	uint64_t length = 0;
	for (int i = 0; i < WARC_PIECES; i++)
		length += r->pieces[i].n;
	buf_addf(out, "%s\r\n", VERSION);
	warc_field(out, "WARC-Type", str_of(TYPES[r->type]));
	add_id(out, "WARC-Record-ID", r->id);
	add(out, "WARC-Date", r->date);
	add(out, "WARC-Target-URI", r->uri);
	add(out, "WARC-Filename", r->filename);
	add_id(out, "WARC-Concurrent-To", r->concurrent);
	add_id(out, "WARC-Warcinfo-ID", r->info);
	add(out, "WARC-IP-Address", r->ip);
	add(out, "WARC-Truncated", r->truncated);
	add(out, "WARC-Payload-Digest", r->payload_digest);
	buf_addf(out, "WARC-Block-Digest: sha256:%s\r\n", block.s);
	add(out, "Content-Type", r->content_type);
	buf_addf(out, "Content-Length: %llu\r\n\r\n", (unsigned long long)length);
}

int warc_write(const struct warc_record *r, struct gzip *packer, gzip_sink *sink, void *payload)
{
	struct buf head = BUF_INIT(WARC_HEAD_MAX);
	add_head(&head, r);
	const struct str parts[] = {
	    buf_str(&head), r->pieces[0], r->pieces[1], {END, sizeof(END) - 1}};
	int result = buf_err(&head);
	if (result == 0)
		result = gzip_member(packer, parts, sizeof(parts) / sizeof(*parts), sink, payload);
	buf_clear(&head);
	return result;
}

/* ---- reading ---- */

static struct str get(struct str head, const char *name)
{
	struct str value = warc_field_value(head, name);
	return value.p ? value : STR("");
}

static struct str get_id(struct str head, const char *name)
{
	struct str id = get(head, name);
	if (id.n >= 2 && id.p[0] == '<' && id.p[id.n - 1] == '>')
		id = (struct str){id.p + 1, id.n - 2};
	return id;
}

static enum warc_type type_of(struct str name)
{
	int i = 0;
	while (i < NTYPES && !ascii_same(name, TYPES[i]))
		i++;
	return (enum warc_type)i;
}

static void read_head(struct warc_record *out, struct str head)
{
	*out = (struct warc_record){
	    .type = type_of(get(head, "WARC-Type")),
	    .id = get_id(head, "WARC-Record-ID"),
	    .date = get(head, "WARC-Date"),
	    .uri = get_id(head, "WARC-Target-URI"),
	    .concurrent = get_id(head, "WARC-Concurrent-To"),
	    .info = get_id(head, "WARC-Warcinfo-ID"),
	    .ip = get(head, "WARC-IP-Address"),
	    .truncated = get(head, "WARC-Truncated"),
	    .filename = get(head, "WARC-Filename"),
	    .content_type = get(head, "Content-Type"),
	    .payload_digest = get(head, "WARC-Payload-Digest"),
	    .block_digest = get(head, "WARC-Block-Digest"),
	};
}

static int wrong(struct warc_reader *w, const char *why)
{
	w->why = why;
	return -1;
}

/* The member's text into a record. */
static int read_record(struct warc_reader *w, struct warc_record *out)
{
	struct str text = buf_str(&w->record);
	const char *end = memmem(text.p, text.n, END, 4);
	size_t n = end ? (size_t)(end - text.p) + 4 : 0;
	if (!str_starts(text, "WARC/1.") || !end || n > WARC_HEAD_MAX)
		return wrong(w, "no WARC head");
	struct str head = {text.p, n};
	int64_t length = ascii_number(get(head, "Content-Length"));
	if (length < 0 || (uint64_t)length + 4 != text.n - n ||
	    memcmp(text.p + text.n - 4, END, 4) != 0)
		return wrong(w, "wrong Content-Length");
	read_head(out, head);
	out->pieces[0] = (struct str){text.p + n, (size_t)length};
	return 1;
}

int warc_at(struct warc_reader *w, size_t offset, struct warc_record *out)
{
	size_t used = 0;
	if (offset >= w->bytes.n)
		return offset == w->bytes.n ? 0 : wrong(w, "offset past the end");
	struct str rest = {w->bytes.p + offset, w->bytes.n - offset};
	buf_reset(&w->record);
	w->offset = offset;
	switch (inflate_member(&w->record, rest, w->record.max, &used)) {
	case INFLATE_OK:
		break;
	case INFLATE_CUT:
		return wrong(w, "cut in the middle of a record");
	default:
		return wrong(w, "no gzip member, or damaged");
	}
	int result = read_record(w, out);
	if (result > 0)
		w->whole = offset + used;
	return result;
}

int warc_next(struct warc_reader *w, struct warc_record *out)
{
	return warc_at(w, w->whole, out);
}

void warc_end(struct warc_reader *w)
{
	buf_clear(&w->record);
}
