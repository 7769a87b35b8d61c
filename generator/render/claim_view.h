/*
 * claim_view - a number that a text states, beside the one that the data give.
 *
 * claim_state() computes a claim, warns when it and the data differ, and keeps
 * it for the reconciliation page; claim_fields() shows it. The verdict is told
 * only where the computed value may be shown.
 */
#ifndef RENDER_CLAIM_VIEW_H
#define RENDER_CLAIM_VIEW_H

#include "compute/claim.h"
#include "render/page.h"

/* A claim and where it is stated. */
struct stated {
	struct claimed claimed;
	const char *file; /* "content/<dept>/programme.md" */
	const char *path; /* of the page; with the anchor of a block of its text */
	bool shown;       /* disclosure allows the computed value */
};

/* at: the place of its value, for the warnings. */
const struct stated *claim_state(struct renderer *r, const struct claim *c, const char *file,
    const char *path, struct diag_place at);

/* "7 %", as the text has it; NULL when it states none. */
const char *claim_said(const struct renderer *r, const struct stated *s);
/* What is measured, of whom, in which year; or why nothing can be checked. */
const char *claim_how(const struct renderer *r, const struct stated *s);
/* The computed value, with its gap. */
const char *claim_value(const struct renderer *r, const struct stated *s, enum gap *gap);
/* In words; *mark goes with them. */
const char *claim_verdict(const struct renderer *r, const struct stated *s, enum mark *mark);

/* Template claim: text, said, value, known, how, status, href (of the reconciliation
 * page), id. */
void claim_fields(struct renderer *r, struct view *v, const struct stated *s, const char *id);

/* claims: grid or null; those in the texts of this department's pages. */
void claim_table(struct renderer *r, struct view *v, const char *name);

#endif
