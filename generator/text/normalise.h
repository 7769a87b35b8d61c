/*
 * normalise - forms of a text for comparing and for addresses.
 *
 * normalise_name() makes two spellings of a school's name equal: case, ё,
 * quotes, №, dashes, spaces, dots and Latin letters that look Cyrillic do not
 * matter; the legal form at the beginning (МБОУ, МКОУ, ФГКОУ, or "муниципальное
 * … учреждение" in full) is taken away; the kind of school in full words is
 * its abbreviation (средняя общеобразовательная школа: сош). "№ 1", "N1" and
 * "№1" are equal; "№ 1" and "№ 2" or "№ 11" never are. The order of the words
 * stays.
 * normalise_title() is the mild form for column titles: case, ё, spaces.
 * normalise_slug() transliterates to a-z0-9- (ГОСТ 7.79 B without its
 * apostrophes and accents: й j, х x, ц c, щ shh, ы y, э e, ъ and ь nothing);
 * the result may be empty.
 */
#ifndef TEXT_NORMALISE_H
#define TEXT_NORMALISE_H

#include "base/arena.h"
#include "base/str.h"

struct str normalise_name(struct arena *a, struct str name);
struct str normalise_title(struct arena *a, struct str title);
struct str normalise_slug(struct arena *a, struct str text);

#endif
