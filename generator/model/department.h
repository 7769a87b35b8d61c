/*
 * department - one department's data and content, as read.
 *
 * Order: department_init(), department_checklist() when it has one of its own,
 * department_table() for each file that exists (in
 * the order of enum table_id), department_content() for each Markdown file
 * (index.md first), department_finish(), which builds the indexes and makes
 * the checks across tables (model/checks). Everything lives in the
 * department's arena and ends with department_clear().
 *
 * The pairs of pointer and count are the rows of tables[], typed.
 */
#ifndef MODEL_DEPARTMENT_H
#define MODEL_DEPARTMENT_H

#include "model/content.h"
#include "model/names.h"
#include "model/site.h"
#include "model/table.h"
#include "text/hash.h"

/* What is known of an attachment: nothing, while its size is 0. */
struct attachment {
	uint64_t size;
	struct hash_text hash;
	unsigned pages; /* 0: not known */
};

struct department {
	struct arena arena;
	const struct site *site;
	const char *id;
	struct date today;             /* the build date */
	const struct table *checklist; /* of the audit: its own, or the site's */
	struct table tables[DEPARTMENT_TABLES];
	struct str bytes[DEPARTMENT_TABLES]; /* of the file last read into each */
	bool broken[DEPARTMENT_TABLES];      /* read with errors: rows may be missing */
	struct names names;
	struct map files; /* paths under content/<id>/files/ → struct attachment */

	const struct school *schools;
	const struct body *bodies;
	const struct indicator *indicators;
	const struct result *results;
	const struct context *context;
	const struct factor_row *factors;
	const struct declared *declared;
	const struct target *targets;
	const struct indicator_value *values;
	const struct roadmap_item *roadmap;
	const struct support *support;
	const struct erratum *errata;
	const struct programme_risk *risks;
	const struct source *sources;
	const struct audit_row *audit;
	size_t nschools, nbodies, nindicators, nresults, ncontext, nfactors, ndeclared, ntargets,
	    nvalues, nroadmap, nsupport, nerrata, nrisks, nsources, naudit;

	struct content **contents; /* sorted by path, drafts left out by the build */
	size_t ncontents, contents_cap;
	const struct content *index, *programme, *glossary, *letter; /* NULL when absent */
	const struct method **methods;                               /* those the index names */
	size_t nmethods;
	const struct school **by_name; /* alphabetical by name, № 2 before № 10 */
	struct measure *measures;      /* of indicators, by row.index; FORM_NONE: wrong */
	struct map result_index, context_index, factor_index;
	unsigned places_found; /* columns looked up for messages, see model/checks */
};

void department_init(struct department *d, const struct site *site, const char *id);
/* file: "data/<id>/audit-checklist.csv", in place of the site's (model/checklist).
 * A lost one could not be read: what refers to it is then no error. */
int department_checklist(
    struct department *d, const char *file, struct str bytes, struct diag *diag);
void department_checklist_lost(struct department *d, const char *file);
/* Does it have a checklist of its own? */
bool department_owns_checklist(const struct department *d);
/* file: "data/<id>/results.csv"; date only for the audit tables. */
int department_table(struct department *d, enum table_id id, const char *file, struct str bytes,
    struct date date, struct diag *diag);
int department_content(struct department *d, const char *path, struct str bytes, struct diag *diag);
/* An attachment: "files/order.pdf" or its path under files/. What is found out
 * about it may be filled in. */
struct attachment *department_file(struct department *d, const char *path);
int department_finish(struct department *d, struct date today, struct diag *diag);
void department_clear(struct department *d);

/* What index.md says; without one its defaults. Never NULL. */
const struct department_meta *department_meta(const struct department *d);
/* The row in force (the first attempt where there are several), or NULL.
 * school is NULL for other scopes. */
const struct result *department_result(const struct department *d, int scope,
    const struct school *school, const struct procedure *p, int year);
const struct context *department_context(
    const struct department *d, int scope, const struct school *school, int year);
const struct factor_row *department_factor(
    const struct department *d, const struct school *school, const char *factor, int year);
/* A content file by its path ("documents/x.md"), or NULL. */
const struct content *department_find(const struct department *d, struct str path);
/* The attachment, or NULL when there is none. The path as in department_file(). */
const struct attachment *department_attachment(const struct department *d, struct str path);
bool department_has_file(const struct department *d, struct str path);
/* Was the school open in that year? */
bool school_open(const struct school *s, int year);
/*
 * The official list of a category: it holds from its year until the next list
 * of the category, the row's `until`, or the end of the programme, at least
 * for its own year. declared_year() is the year of the list that is the latest
 * one in a year (0: none); declared_in_force() says whether a row holds then.
 */
int declared_year(const struct department *d, int category, int year);
bool declared_in_force(const struct department *d, const struct declared *row, int year);
/* The department's own word for a category, or the general one in the
 * language of the site: "школа с низкими результатами". */
const char *department_label(const struct department *d, int category);
/* What a cohort is made of, by |: "all", or the words of categories. NULL at
 * the end. */
extern const char *const cohort_parts[];

#endif
