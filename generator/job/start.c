/*
 * The C library translates in no locale but "C", and takes the language from
 * LANGUAGE before anything else; so both are set here.
 */
#include "job/start.h"

#include "base/intl.h"
#include "job/shipped.h"
#include "sys/console.h"
#include "text/markdown.h"

#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *wanted_language(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *language = getenv("LANGUAGE");
	if (language && *language)
		return language;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *locale = getenv(names[i]);
		if (locale && *locale)
			return locale;
	}
	return "";
}

static const char *catalogue_folder(struct arena *a)
{
	for (size_t i = 0; i < SHIPPED_PLACES; i++) {
		const char *folder = shipped_place(a, i, "locale", "locale");
		if (access(folder, R_OK) == 0)
			return folder;
	}
	return NULL;
}

void start_messages(void)
{
	struct arena a = ARENA_INIT;
	setlocale(LC_CTYPE, "C.UTF-8");
	if (strncmp(wanted_language(), "ru", 2) == 0) {
		const char *folder = catalogue_folder(&a);
		setenv("LANGUAGE", "ru", 1);
		setlocale(LC_MESSAGES, "C.UTF-8");
		if (folder)
			bindtextdomain("vidno", folder);
		bind_textdomain_codeset("vidno", "UTF-8");
		textdomain("vidno");
	}
	markdown_init();
	arena_clear(&a);
}

void start_memory(void)
{
	enum { MEGABYTE = 1024 * 1024 };
	mallopt(M_MMAP_THRESHOLD, 16 * MEGABYTE);
	mallopt(M_TRIM_THRESHOLD, 64 * MEGABYTE);
	mallopt(M_TOP_PAD, 2 * MEGABYTE);
}

bool start_colour(FILE *stream)
{
	return console_colour(stream);
}
