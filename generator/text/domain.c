/*
 * The list compiled into libpsl (Debian's comes from publicsuffix.org). It is
 * asked with terminated text; hosts are short, so they are copied to the
 * stack. The answer is a place in the text, which becomes one in the caller's.
 */
#include "text/domain.h"

#include <libpsl.h>

enum { HOST_MAX = 256 };

static bool copy(char to[HOST_MAX], struct str host)
{
	if (host.n == 0 || host.n >= HOST_MAX || memchr(host.p, '\0', host.n))
		return false;
	memcpy(to, host.p, host.n);
	to[host.n] = '\0';
	return true;
}

/* The list has no numbers, and its default rule would take the last two parts
 * of an IPv4 address for a domain. */
static bool is_address(struct str host)
{
	char last = host.p[host.n - 1];
	return last == ']' || (last >= '0' && last <= '9');
}

struct str domain_registrable(struct str host)
{
	char text[HOST_MAX];
	if (!copy(text, host) || is_address(host))
		return host;
	const char *found = psl_registrable_domain(psl_builtin(), text);
	if (!found)
		return host;
	size_t skip = (size_t)(found - text);
	return (struct str){host.p + skip, host.n - skip};
}

bool domain_takes_cookie(struct str host, struct str domain)
{
	char text[HOST_MAX], wanted[HOST_MAX];
	if (!copy(text, host) || !copy(wanted, domain))
		return false;
	if (is_address(host))
		return str_eq(host, domain);
	return psl_is_cookie_domain_acceptable(psl_builtin(), text, wanted) == 1;
}
