/*
 * method_words - a method and what it decided, in sentences.
 *
 * The rule of a method from its parameters, of all four kinds; how the
 * procedures are called in a text; why a school is on the computed list, or
 * is not (method_explain.c). Nothing that disclosure hides is said: without
 * the values a comparison is told without its numbers, without the basis not
 * at all, and what rests on a hidden cell is told as hidden.
 *
 * A year is that of a list; 0 speaks of any list ("in the last school year").
 */
#ifndef RENDER_METHOD_WORDS_H
#define RENDER_METHOD_WORDS_H

#include "render/page.h"

/* The steps of the method in its order, as a list {title, text}. */
void method_steps(
    struct renderer *r, struct view *v, const char *name, const struct method *m, int year);
/* The same as one paragraph. */
const char *method_sentence(struct renderer *r, const struct method *m, int year);
/* The parts of a step: when a result is low, when a school is listed. Both go
 * on in the middle of a sentence and have no stop. */
const char *method_low_rule(const struct renderer *r, const struct method *m);
const char *method_criterion(const struct renderer *r, const struct criterion *c, int year);
/* "не меньше 3 факторов"; NULL when the document names no such number. */
const char *method_cutoff(const struct renderer *r, const struct method *m);

/* "русский язык" when the method has one procedure of the subject, else the
 * procedure's title. */
const char *method_procedure_name(const struct renderer *r, const struct method *m, const char *id);
/* "доля отметок «4» и «5»" */
const char *method_field_name(const struct renderer *r, int field);

/* What decided about a school, as a list {text}: by years, or by rules. */
void method_explain(struct renderer *r, struct view *v, const char *name,
    const struct identification *i, const struct school_result *s);
/* How the school stands on the two lists, in one sentence. */
const char *method_standing(
    struct renderer *r, const struct identification *i, const struct school_result *s);

#endif
