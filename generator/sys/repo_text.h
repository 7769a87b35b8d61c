/*
 * repo_text - names and messages of commits as valid UTF-8.
 *
 * What is valid UTF-8 stays as it is, whatever the commit says of its encoding
 * (old tools say nothing, or the wrong thing). Else it is decoded from the
 * encoding, or from windows-1251 where none is named or known; a byte that
 * means nothing there becomes U+FFFD. NULL for encoding: the commit names none.
 * Control characters other than tab and line feed become blanks.
 */
#ifndef SYS_REPO_TEXT_H
#define SYS_REPO_TEXT_H

#include "base/arena.h"
#include "base/str.h"

const char *repo_text(struct arena *a, struct str bytes, const char *encoding);

#endif
