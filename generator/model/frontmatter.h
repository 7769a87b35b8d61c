/*
 * frontmatter - YAML maps read into structs by descriptions.
 *
 * As model/schema describes columns, a struct field_spec describes a key: its
 * type and where it is stored. frontmatter_read() checks the whole map:
 * unknown keys are warnings with the nearest name, wrong types, missing
 * required keys and unknown words are errors, all with file:line:column.
 *
 *	type         stored as                         missing
 *	TEXT PATH SLUG  const char *                   NULL
 *	BOOL         enum yesno                        YESNO_MISSING
 *	INT          int64_t                           as before reading; in MAPS FIELD_NO_INT
 *	NUMBER       struct decimal                    !set
 *	DATE         struct date                       unset
 *	ENUM         int                               0 (1 + place in values)
 *	TEXTS ENUMS  struct field_list                 count 0
 *	MAP          the struct at offset, by `inner`  as its fields
 *	MAPS         struct field_list of structs      count 0
 *
 * A key with nothing after it counts as absent. A single text is a list of
 * one, and so is a single map. Words of an ENUM and yes/no are read without
 * regard to case; numbers and dates as in the tables. A PATH is relative,
 * never leaves its folder, and uses "/".
 */
#ifndef MODEL_FRONTMATTER_H
#define MODEL_FRONTMATTER_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "model/schema.h"
#include "text/yaml.h"

enum { FIELD_NO_INT = -1 };

enum field_type {
	FIELD_TEXT,
	FIELD_PATH,
	FIELD_SLUG,
	FIELD_BOOL,
	FIELD_INT,
	FIELD_NUMBER,
	FIELD_DATE,
	FIELD_ENUM,
	FIELD_TEXTS, /* a single scalar is a list of one */
	FIELD_ENUMS,
	FIELD_MAP,
	FIELD_MAPS,
};

/* Where a value stands, for messages of later checks. */
struct field_place {
	uint32_t line, column;
};

struct field_list {
	const void *items; /* TEXTS: const char *; ENUMS: int; MAPS: structs */
	const struct field_place *places;
	size_t count;
};

struct field_spec {
	const char *key;
	enum field_type type;
	bool required;
	size_t offset;
	const char *const *values;      /* ENUM, ENUMS */
	const struct field_spec *inner; /* MAP, MAPS: ends with a NULL key */
	size_t inner_size;              /* MAPS: of one struct */
};

/* Fill *out by specs (ends with a NULL key). 0, or -1 after errors. */
int frontmatter_read(void *out, const struct field_spec *specs, struct arena *a, const char *file,
    const struct yaml_node *map, struct diag *diag);

/* Where the value of a key stands (the key when it has none; the map's start
 * when the key is absent). */
struct field_place frontmatter_place(const struct yaml_node *map, const char *key);

static inline const char *field_text(const struct field_list *l, size_t i)
{
	return ((const char *const *)l->items)[i];
}

static inline int field_enum(const struct field_list *l, size_t i)
{
	return ((const int *)l->items)[i];
}

#endif
