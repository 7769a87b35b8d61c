/*
 * worddiff - how one text became another, word by word.
 *
 * A word is what stands between blanks, with its punctuation; a blank line is a
 * word of its own, so that paragraphs are seen to come and go. Two texts
 * are compared for the fewest words that came and went (Myers, "An O(ND)
 * Difference Algorithm", 1986). Where more than WORDDIFF_EDITS differ, the
 * paragraphs are compared instead, and those that differ are given whole: the
 * time is bounded, and nobody would follow a thousand words anyway.
 */
#ifndef TEXT_WORDDIFF_H
#define TEXT_WORDDIFF_H

#include "base/arena.h"
#include "base/str.h"

enum { WORDDIFF_EDITS = 1000, WORDDIFF_WORDS = 200000 };

enum worddiff_kind { WORDDIFF_SAME, WORDDIFF_REMOVED, WORDDIFF_ADDED };

/* Words that follow each other: of the new text, those removed of the old. */
struct worddiff_run {
	enum worddiff_kind kind;
	const struct str *words; /* [count]; one without letters is a blank line */
	size_t count;
};

struct worddiff {
	struct worddiff_run *runs; /* removed before added */
	size_t count, cap;
	bool changed;
};

/* Views of the texts; the lists in the arena. */
void worddiff(struct worddiff *out, struct arena *a, struct str old, struct str new);

#endif
