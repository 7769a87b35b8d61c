/*
 * A title is folded into words parted by one space, with a space before and
 * after; a pattern is looked for in it as text, so " фамили" is a word that
 * begins so and " имя " a whole word. What is a personal word only when it
 * stands alone ("имя", beside "имя файла") is compared with the whole title.
 */
#include "model/privacy.h"

#include <string.h>

/* Longer titles are read up to here. */
enum { TITLE_BYTES = 400 };

static const char *const anywhere[] = {" фамили", " отчеств", " фио ", " ф и о ", " снилс",
    " рождени", " рожд ", " серия и номер ", " серия номер ", " серия паспорт", " серия документ",
    " номер паспорт", " номер документ", " паспортн", " паспорт учен", " документ удостоверя",
    " удостоверение личности ", " имя отчество ", " имя и отчество ", " имя учен", " имя учащ",
    " имя участн", " имя обучающ", " имя ребен", " имя выпускн", " имя педагог", " имя учител",
    " домашний адрес ", " адрес проживания ", " адрес регистрации ", " surname", " lastname",
    " last name ", " firstname", " first name ", " family name ", " given name ", " middle name ",
    " middlename", " full name ", " fullname", " patronym", " birth", " date of birth ",
    " dateofbirth", " dob ", " passport", " snils", " document series ", " series and number ",
    " document number ", " identity document ", " home address ", NULL};
static const char *const alone[] = {
    " имя ", " паспорт ", " серия ", " фи ", " и о ", " series ", " forename ", NULL};

static size_t fold(struct str title, char out[TITLE_BYTES + 8])
{
	size_t used = 0;
	out[used++] = ' ';
	for (size_t at = 0, len; at < title.n && used < TITLE_BYTES; at += len) {
		int32_t code = utf8_lower(utf8_decode(title.p + at, title.n - at, &len));
		if (code == 0x451)
			code = 0x435; /* ё is е */
		if (code >= 0 && utf8_is_word(code))
			used += utf8_encode(code, out + used);
		else if (out[used - 1] != ' ')
			out[used++] = ' ';
	}
	if (out[used - 1] != ' ')
		out[used++] = ' ';
	return used;
}

bool privacy_suspect(struct str title)
{
	char words[TITLE_BYTES + 8];
	struct str folded = {words, fold(title, words)};
	for (const char *const *p = anywhere; *p; p++)
		if (memmem(folded.p, folded.n, *p, strlen(*p)))
			return true;
	for (const char *const *p = alone; *p; p++)
		if (str_is(folded, *p))
			return true;
	return false;
}
