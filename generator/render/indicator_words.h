/*
 * indicator_words - what an indicator is made of, in words.
 *
 * How its value is computed, about which schools, and what is missing when
 * there is no value. All texts live in the renderer's arena.
 */
#ifndef RENDER_INDICATOR_WORDS_H
#define RENDER_INDICATOR_WORDS_H

#include "render/page.h"

/* "ОГЭ по математике и ОГЭ по русскому языку" */
const char *measure_procedures(const struct renderer *r, const struct measure *m);
/* "школы с низкими результатами и школы в зоне риска"; NULL: all schools */
const char *cohort_words(const struct renderer *r, const char *cohort);
/* "отсутствует, формируется и есть"; NULL without levels */
const char *levels_words(const struct renderer *r, const char *levels);
/* How the value comes about, as a sentence. */
const char *indicator_formula(const struct renderer *r, const struct indicator *i);
/* What keeps the year to speak of without a value or without a number to
 * compare it with, and who supplies it; NULL when nothing is missing. */
const char *indicator_missing(struct renderer *r, const struct indicator_state *s);
/* What a school gives to the value, in its unit: "13,33 % (4 из 30)". */
const char *contribution_text(const struct renderer *r, const struct measure *m,
    const struct contribution *c, struct frac value);

#endif
