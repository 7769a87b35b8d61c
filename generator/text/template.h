/*
 * template - Mustache, as the official specification says it.
 *
 * Variables (escaped, {{{raw}}}, {{&raw}}), sections, inverted sections,
 * comments, delimiters, partials with standalone indentation, dotted names,
 * and inheritance ({{<parent}} {{$block}}). Passes every case of the spec
 * files comments, delimiters, interpolation, inverted, partials, sections
 * and ~inheritance (tests/spec/mustache).
 *
 * Order: templates_new() with a loader, templates_get() for each page kind
 * (compiles it, its partials and parents, once), then template_render() as
 * often as wanted, from any number of threads. Everything lives in the arena
 * given to templates_new() and ends with it.
 *
 * Errors of templates_get() go to diag with the template's file, line and
 * column, all of them in one run, and it then gives NULL: template-syntax,
 * template-missing (a partial or parent that the loader does not have; a
 * loader that would rather show nothing gives an empty text),
 * template-too-large, template-recursion (a template that includes itself
 * whatever the data say; under a section it may, as trees do).
 *
 * Rendering fails only past a bound: TEMPLATE_DEPTH templates and blocks in
 * each other, TEMPLATE_STEPS repetitions, the buf's limit.
 *
 * A name found in no view in reach renders as nothing. With a
 * template_strict, each such name is reported once (template-missing-name),
 * with template, line and the page being made; so is the bound that was
 * passed (template-bound).
 *
 * Where the specification leaves a choice: true and false are written as
 * those words, lists and views as nothing. Lines of a standalone partial are
 * indented, empty ones not. A block given to a parent loses the indentation
 * of its first line, and gets that of the place where it is shown; names of
 * blocks in it are those of the template that gives it. Between {{<parent}}
 * and {{/parent}} text is skipped, and tags other than blocks are an error.
 */
#ifndef TEXT_TEMPLATE_H
#define TEXT_TEMPLATE_H

#include "base/buf.h"
#include "base/diag.h"
#include "text/value.h"

enum { TEMPLATE_DEPTH = 64, TEMPLATE_STEPS = 10000000, TEMPLATE_BYTES = 1024 * 1024 };

/* Where templates come from. */
struct template_source {
	struct str text;
	const char *file; /* for messages */
};
/* 0 and *out, or -1 when there is no template of that name. *out must live as
 * long as the templates. */
typedef int template_load(void *payload, const char *name, struct template_source *out);

struct templates;
struct template;

struct templates *templates_new(
    struct arena *a, template_load *load, void *payload, struct diag *diag);
const struct template *templates_get(struct templates *set, const char *name);

struct template_strict {
	const char *page; /* being made: its path, for messages */
	struct diag *diag;
	struct map *said; /* names reported for earlier pages, once is enough; or NULL */
};

/* 0, or -1 past a bound. strict may be NULL. */
int template_render(const struct template *t, const struct view *root, struct buf *out,
    const struct template_strict *strict);
/* The same for any value: a fragment made from a list or a text. */
int template_render_value(const struct template *t, const struct value *root, struct buf *out,
    const struct template_strict *strict);

#endif
