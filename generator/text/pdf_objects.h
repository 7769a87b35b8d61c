/*
 * pdf_objects - the objects of a PDF by their numbers, found without its
 * index (ISO 32000-1, 7.3, 7.5.7), and the syntax that they are written in.
 *
 * pdf_objects_read() walks the file once: "7 0 obj" begins an object, the
 * last one of a number counts; streams of objects are unpacked. For
 * text/pdf_words.
 *
 * A page may name the same stream and the same dictionary a thousand times,
 * so the work is bounded for the file as a whole: past PDF_UNPACKED and
 * PDF_SEARCHED nothing more is found.
 */
#ifndef TEXT_PDF_OBJECTS_H
#define TEXT_PDF_OBJECTS_H

#include "base/arena.h"
#include "base/str.h"

enum {
	PDF_OBJECTS = 200000,
	PDF_UNPACKED = 64 * 1024 * 1024, /* of all streams of a file */
	PDF_STREAM = 8 * 1024 * 1024,
	PDF_DICTIONARY = 64 * 1024,       /* as far as one is searched */
	PDF_SEARCHED = 128 * 1024 * 1024, /* of all dictionaries, each as often as it is asked */
};

struct pdf_object {
	struct str body;   /* the value; of a stream its dictionary */
	struct str stream; /* as it stands there; p NULL: none */
};

struct pdf_file {
	struct arena *a;
	struct str bytes;
	struct pdf_object *objects; /* [count], by number; body.p NULL: none */
	size_t count;
	size_t unpacked; /* bytes so far; a stream that is not packed counts too */
	size_t searched; /* bytes so far */
};

void pdf_objects_read(struct pdf_file *f, struct arena *a, struct str bytes);
/* Was something left out because of a bound? */
bool pdf_bounded(const struct pdf_file *f);
/* What stands for a key in a dictionary at its own level; references are
 * followed. STR_NONE without. */
struct str pdf_get(struct pdf_file *f, struct str dictionary, const char *key);
/* The same as it is written there, references not followed. */
struct str pdf_entry(struct pdf_file *f, struct str dictionary, const char *key);
/* The object that a value refers to ("7 0 R"), or NULL. */
const struct pdf_object *pdf_refers(const struct pdf_file *f, struct str value);
/* The stream of an object, unpacked: in the arena. STR_NONE when it cannot be. */
struct str pdf_unpack(struct pdf_file *f, const struct pdf_object *o);

/* -- syntax: a cursor over the text of objects and of content streams -- */

enum pdf_token {
	PDF_END,
	PDF_NUMBER,
	PDF_NAME,   /* without "/" */
	PDF_STRING, /* (…), with its brackets */
	PDF_HEX,    /* <…>, with its brackets */
	PDF_OPEN,   /* [ or << */
	PDF_CLOSE,  /* ] or >> */
	PDF_WORD,   /* operators, obj, R, true */
};

/* The next token of *rest. */
enum pdf_token pdf_next(struct str *rest, struct str *token);
/* The whole value that begins at *rest: a number, a name, an array … */
struct str pdf_value(struct str *rest);
long pdf_number(struct str token); /* its whole part */
/* The bytes of a string token of either kind. */
struct str pdf_string(struct arena *a, struct str token);

#endif
