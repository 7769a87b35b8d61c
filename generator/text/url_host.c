/*
 * The host parser of the WHATWG standard: percent-decoding, IDNA, then the
 * question whether the result is an IPv4 address: it is when its last part is
 * a number, and then it must be a right one. Hexadecimal and octal numbers
 * and fewer than four parts are read as browsers do, so that no spelling of a
 * private address passes for a name.
 */
#include "text/url_host.h"

#include "base/buf.h"
#include "text/ascii.h"
#include "text/idna.h"

/* ---- IPv4 ---- */

/* A part: decimal, 0x hexadecimal or 0 octal; -1 for no number. What is too
 * large for an address is UINT32_MAX + 1. */
static int64_t number(struct str part)
{
	int base = 10;
	if (part.n >= 2 && part.p[0] == '0' && (part.p[1] | 0x20) == 'x')
		base = 16, part = (struct str){part.p + 2, part.n - 2};
	else if (part.n >= 2 && part.p[0] == '0')
		base = 8, part = (struct str){part.p + 1, part.n - 1};
	int64_t value = 0;
	for (size_t i = 0; i < part.n; i++) {
		int digit = ascii_hex(part.p[i]);
		if (digit < 0 || digit >= base)
			return -1;
		value = value * base + digit;
		if (value > UINT32_MAX)
			value = (int64_t)UINT32_MAX + 1;
	}
	return value;
}

static struct str last_part(struct str host)
{
	size_t end = host.n && host.p[host.n - 1] == '.' ? host.n - 1 : host.n;
	size_t begin = end;
	while (begin > 0 && host.p[begin - 1] != '.')
		begin--;
	return (struct str){host.p + begin, end - begin};
}

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

static bool ends_in_number(struct str host)
{
	struct str last = last_part(host);
	return all_digits(last) || (last.n > 0 && number(last) >= 0);
}

static int ipv4(struct str *out, struct arena *a, struct str host)
{
	int64_t parts[4] = {0}, value = 0;
	size_t count = 0;
	struct str part;
	if (host.p[host.n - 1] == '.')
		host.n--;
	for (struct str rest = host; str_next(&rest, '.', &part); count++) {
		if (count == 4 || part.n == 0 || (parts[count] = number(part)) < 0)
			return -1;
	}
	for (size_t i = 0; i + 1 < count; i++) {
		if (parts[i] > 255)
			return -1;
		value |= parts[i] << (24 - 8 * i);
	}
	/* The last part fills all bytes that are left. */
	if (count == 0 || parts[count - 1] >= INT64_C(1) << (8 * (5 - count)))
		return -1;
	value |= parts[count - 1];
	char *text = arena_printf(a, "%d.%d.%d.%d", (int)(value >> 24), (int)(value >> 16 & 255),
	    (int)(value >> 8 & 255), (int)(value & 255));
	*out = str_of(text);
	return 0;
}

/* ---- IPv6 ---- */

enum { PIECES = 8 };

/* The four decimal numbers an IPv6 address may end with: two pieces. */
static int embedded(uint16_t pieces[2], struct str text)
{
	uint32_t value = 0;
	int count = 0;
	struct str part;
	for (struct str rest = text; str_next(&rest, '.', &part); count++) {
		if (count == 4 || !all_digits(part) || part.n > 3 ||
		    (part.n > 1 && part.p[0] == '0'))
			return -1;
		int64_t n = number(part);
		if (n > 255)
			return -1;
		value = value << 8 | (uint32_t)n;
	}
	if (count != 4 || text.p[text.n - 1] == '.')
		return -1;
	pieces[0] = (uint16_t)(value >> 16);
	pieces[1] = (uint16_t)value;
	return 0;
}

/* Up to four hexadecimal digits. */
static int piece(uint16_t *out, struct str text)
{
	unsigned value = 0;
	if (text.n == 0 || text.n > 4)
		return -1;
	for (size_t i = 0; i < text.n; i++) {
		if (ascii_hex(text.p[i]) < 0)
			return -1;
		value = value << 4 | (unsigned)ascii_hex(text.p[i]);
	}
	*out = (uint16_t)value;
	return 0;
}

/* One side of "::": its pieces, or -1. */
static int side(uint16_t pieces[PIECES], struct str text)
{
	int count = 0;
	if (text.n == 0)
		return 0;
	for (;;) {
		const char *colon = memchr(text.p, ':', text.n);
		struct str part = {text.p, colon ? (size_t)(colon - text.p) : text.n};
		if (!colon && memchr(part.p, '.', part.n)) {
			if (count > PIECES - 2 || embedded(pieces + count, part))
				return -1;
			return count + 2;
		}
		if (count == PIECES || piece(&pieces[count++], part))
			return -1;
		if (!colon)
			return count;
		text = (struct str){colon + 1, text.n - part.n - 1};
	}
}

static int read_ipv6(uint16_t pieces[PIECES], struct str text)
{
	uint16_t tail[PIECES] = {0};
	const char *gap = memmem(text.p, text.n, "::", 2);
	memset(pieces, 0, PIECES * sizeof(*pieces));
	if (!gap)
		return side(pieces, text) == PIECES ? 0 : -1;
	size_t before = (size_t)(gap - text.p);
	struct str head = {text.p, before}, rest = {gap + 2, text.n - before - 2};
	/* An IPv4 address stands at the end only. */
	if (memchr(head.p, '.', head.n))
		return -1;
	int first = side(pieces, head), last = side(tail, rest);
	if (first < 0 || last < 0 || first + last >= PIECES)
		return -1;
	memcpy(pieces + PIECES - last, tail, (size_t)last * sizeof(*tail));
	return 0;
}

/* The longest run of two or more zero pieces is "::"; of equals the first. */
static void write_ipv6(struct buf *out, const uint16_t pieces[PIECES])
{
	int best = 0, length = 1;
	for (int i = 0; i < PIECES; i++) {
		int run = 0;
		while (i + run < PIECES && pieces[i + run] == 0)
			run++;
		if (run > length)
			best = i, length = run;
	}
	buf_addc(out, '[');
	for (int i = 0; i < PIECES; i++) {
		if (length > 1 && i == best) {
			buf_adds(out, "::");
			i += length - 1;
			continue;
		}
		buf_addf(out, "%x", pieces[i]);
		if (i < PIECES - 1 && !(length > 1 && i + 1 == best))
			buf_addc(out, ':');
	}
	buf_addc(out, ']');
}

static int ipv6(struct str *out, struct arena *a, struct str text)
{
	uint16_t pieces[PIECES];
	struct buf b = BUF_INIT(64);
	if (read_ipv6(pieces, text))
		return -1;
	write_ipv6(&b, pieces);
	*out = buf_keep(a, &b);
	return 0;
}

/* ---- all of them ---- */

/* Bytes that no name may hold: they would end the host in one reader and not
 * in another. */
static bool is_forbidden(unsigned char c)
{
	return c <= ' ' || c == 0x7F || strchr("#/:<>?@[\\]^|%\"{}`", c) != NULL;
}

int url_host(struct str *out, struct arena *a, struct str text)
{
	if (text.n == 0)
		return -1;
	if (text.p[0] == '[')
		return text.p[text.n - 1] == ']' && text.n > 2
		    ? ipv6(out, a, (struct str){text.p + 1, text.n - 2})
		    : -1;
	struct str host = ascii_percent_decode(a, text);
	for (size_t i = 0; i < host.n; i++)
		if ((unsigned char)host.p[i] < 0x80 && is_forbidden((unsigned char)host.p[i]))
			return -1;
	if (idna_ascii(&host, a, host))
		return -1;
	for (size_t i = 0; i < host.n; i++)
		if (is_forbidden((unsigned char)host.p[i]))
			return -1;
	/* Two dots in a row, or one at the beginning, name nothing. */
	if (host.p[0] == '.' || memmem(host.p, host.n, "..", 2))
		return -1;
	if (ends_in_number(host))
		return ipv4(out, a, host);
	*out = host;
	return 0;
}
