/*
 * libidn2 maps and checks in one call. It takes terminated text, so the host
 * is copied first; names longer than the DNS allows never reach it.
 *
 * A name of ASCII letters only is not shown to it: browsers take hosts with
 * underscores or with hyphens at odd places, and so does the DNS, while
 * IDNA 2008 would refuse them.
 */
#include "text/idna.h"

#include "text/ascii.h"

#include <idn2.h>

/* A dot at the end is allowed, and IDNA_MAX counts punycode: Unicode letters
 * take up to four bytes here. */
enum { INPUT_MAX = 4 * IDNA_MAX };

static bool is_plain(struct str host)
{
	for (size_t i = 0; i < host.n; i++) {
		if ((unsigned char)host.p[i] >= 0x80)
			return false;
		bool label = i == 0 || host.p[i - 1] == '.';
		if (label && host.n - i >= 4 && ascii_starts((struct str){host.p + i, 4}, "xn--"))
			return false;
	}
	return true;
}

/* No label over 63 bytes. */
static bool labels_fit(struct str host)
{
	struct str label;
	while (str_next(&host, '.', &label))
		if (label.n > IDN2_LABEL_MAX_LENGTH)
			return false;
	return true;
}

static int plain(struct str *out, struct arena *a, struct str host)
{
	*out = ascii_lower(a, host);
	return host.n > IDNA_MAX || !labels_fit(host) ? -1 : 0;
}

int idna_ascii(struct str *out, struct arena *a, struct str host)
{
	char *name = NULL;
	if (host.n == 0 || host.n > INPUT_MAX || memchr(host.p, '\0', host.n) || !utf8_valid(host))
		return -1;
	if (is_plain(host))
		return plain(out, a, host);
	const char *text = arena_strndup(a, host.p, host.n);
	int code = idn2_to_ascii_8z(text, &name, IDN2_NONTRANSITIONAL);
	if (code != IDN2_OK)
		return -1;
	size_t n = strlen(name);
	int result = n == 0 || n > IDNA_MAX ? -1 : 0;
	if (result == 0)
		*out = (struct str){arena_strndup(a, name, n), n};
	idn2_free(name);
	return result;
}

struct str idna_unicode(struct arena *a, struct str host)
{
	char *name = NULL;
	if (host.n == 0 || host.n > INPUT_MAX || memchr(host.p, '\0', host.n))
		return host;
	const char *text = arena_strndup(a, host.p, host.n);
	if (idn2_to_unicode_8z8z(text, &name, 0) != IDN2_OK)
		return (struct str){text, host.n};
	size_t n = strlen(name);
	struct str result = {arena_strndup(a, name, n), n};
	idn2_free(name);
	return result;
}
