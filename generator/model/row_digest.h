/*
 * row_digest - what rows of a table say, as numbers to compare.
 *
 * Two rows of versions of one table have the same digest when they say the
 * same: a digest is made of the canonical names of the columns and of the
 * cells as the reader understands them (decoded, without blanks around them,
 * numbers, dates and words in one form), and empty cells are left out. So
 * another encoding, separator, line end, order of columns or rows, a new empty
 * column and Russian titles instead of canonical ones change nothing. The key
 * of a row is a part of what it says, so rows with other keys have other
 * digests.
 *
 * Versions with errors are read all the same: a row that cannot be cut into
 * cells is digested by its text. A version without a header of its table is
 * absent: it has no rows. Columns the dictionary does not know (the metrics of
 * context.csv too) go by their titles.
 *
 * Digests are for this machine: they may be kept, not published.
 */
#ifndef MODEL_ROW_DIGEST_H
#define MODEL_ROW_DIGEST_H

#include "model/schema.h"
#include "text/csv.h"

struct row_digest {
	uint64_t digest;
	uint32_t line; /* of the row in its file; only of row_digests() */
};

struct row_digests {
	struct arena *arena; /* where the items live */
	struct row_digest *items;
	size_t count, cap;
};

#define ROW_DIGESTS_INIT(a) \
	{ \
		.arena = (a) \
	}

/* All rows of a version, appended to out. */
void row_digests(struct row_digests *out, enum table_id id, struct str bytes);

/*
 * What leads from one version to another, appended: the rows of old and those
 * of new, without rows at the beginning and at the end that both have. A row
 * may be in both. Costs little more than comparing the bytes. An absent
 * version is one with no bytes.
 */
void row_changes(struct row_digests *removed, struct row_digests *added, enum table_id id,
    struct str old, struct str new);

#endif
