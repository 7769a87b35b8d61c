/*
 * privacy - does a column title name data about a person?
 *
 * Tables hold figures of schools. A file with surnames, documents, birth
 * dates or insurance numbers came here by mistake and is refused before
 * anything of it is stored or shown (model/table). Titles are judged in
 * Russian and English, whatever their case and spelling: "Фамилия, имя",
 * "birth_date", "СНИЛС".
 */
#ifndef MODEL_PRIVACY_H
#define MODEL_PRIVACY_H

#include "base/str.h"

bool privacy_suspect(struct str title);

#endif
