/*
 * The name is a folder on a web server and a part of a tag: the characters are
 * those that are the same in both and need no encoding.
 */
#include "model/release.h"

#include <string.h>

enum { NAME_MOST = 60 };

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool release_name_ok(struct str name)
{
	if (name.n == 0 || name.n > NAME_MOST || !is_plain(name.p[0]) ||
	    !is_plain(name.p[name.n - 1]))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (!is_plain(name.p[i]) && (!memchr("._-", name.p[i], 3) || name.p[i - 1] == '.'))
			return false;
	/* git takes it for a lock file */
	return !str_ends(name, ".lock");
}
