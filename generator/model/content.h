/*
 * content - the Markdown files of a department.
 *
 * content_read() takes one file, reads its front matter by the kind of page
 * that its path says, and keeps the body for the renderer. Nothing is
 * rendered here. Everything lives in the department's arena, the text too.
 *
 * A title is required of the index, of documents and of events; other pages
 * without one take their first heading, or else their name. Sub-folders of
 * documents/ and events/ belong to the same kind.
 *
 *	index.md            CONTENT_INDEX      struct department_meta
 *	programme.md        CONTENT_PROGRAMME  struct programme
 *	glossary.md         CONTENT_GLOSSARY
 *	letter.md           CONTENT_LETTER     to the schools, see model/letter
 *	documents/x.md      CONTENT_DOCUMENT   struct document
 *	events/x.md         CONTENT_EVENT      struct event
 *	schools/<id>.md     CONTENT_SCHOOL
 *	other.md            CONTENT_PAGE
 */
#ifndef MODEL_CONTENT_H
#define MODEL_CONTENT_H

#include "model/frontmatter.h"
#include "model/tables.h"

enum content_kind {
	CONTENT_INDEX,
	CONTENT_PROGRAMME,
	CONTENT_GLOSSARY,
	CONTENT_LETTER,
	CONTENT_DOCUMENT,
	CONTENT_EVENT,
	CONTENT_SCHOOL,
	CONTENT_PAGE,
};

enum page_status { PAGE_UNSET, PAGE_DRAFT, PAGE_PUBLISHED };

enum document_kind {
	DOCUMENT_NONE,
	DOCUMENT_PROGRAMME,
	DOCUMENT_ANALYSIS,
	DOCUMENT_REPORT,
	DOCUMENT_ACT,
	DOCUMENT_RECOMMENDATION,
	DOCUMENT_AGREEMENT,
	DOCUMENT_FORM,
	DOCUMENT_OTHER,
	DOCUMENT_KINDS,
};

/* The management cycle, in its order. */
enum cycle {
	CYCLE_NONE,
	CYCLE_GOALS,
	CYCLE_INDICATORS,
	CYCLE_COLLECTION,
	CYCLE_MONITORING,
	CYCLE_ANALYSIS,
	CYCLE_RECOMMENDATIONS,
	CYCLE_MEASURES,
	CYCLE_DECISIONS,
	CYCLE_EFFECTIVENESS,
	CYCLE_END,
};

extern const char *const document_kinds[]; /* words, NULL at the end */
extern const char *const cycle_positions[];

/* A number that a text states: see model/claim. */
struct claim {
	const char *text, *value, *measure;
	const char *cohort, *school; /* whose number it is; neither: all schools */
	int64_t year;                /* FIELD_NO_INT: the latest that there is */
};

struct contact {
	const char *role, *phone, *mail;
};

enum { GROUP_DEFAULT = 10 }; /* pupils: fewer are hidden where index.md says nothing */

enum disclosure_level { DISCLOSURE_UNSET, DISCLOSURE_STATUS, DISCLOSURE_BASIS, DISCLOSURE_VALUES };

struct department_meta {
	const char *short_name, *region, *kind_of_body, *period, *inn, *working_group, *notice;
	int64_t schools;           /* all of the department, as its document counts them; or 0 */
	struct field_list methods; /* ids */
	struct {
		const char *low_results, *disadvantaged, *risk_zone, *plus_500;
	} labels;
	/*
	 * Privacy first: a department that says nothing publishes who gets
	 * support and no numbers (DISCLOSURE_STATUS), and hides groups of fewer
	 * than GROUP_DEFAULT.
	 */
	struct {
		int level; /* enum disclosure_level */
		int64_t minimum_group;
	} disclosure;
	struct field_list contacts; /* struct contact */
	struct {
		struct date date;
		const char *number;
	} approved;
	struct date next_audit;    /* of the school sites */
	int first_year, last_year; /* of period, 0 when it says none */
};

/* Passport fields in their order; a value may be one text or a list. */
enum { PASSPORT_FIELDS = 13 };
extern const char *const passport_keys[]; /* PASSPORT_FIELDS + NULL */

struct programme {
	struct field_list passport[PASSPORT_FIELDS]; /* texts */
};

struct document {
	int kind; /* enum document_kind */
	struct date date;
	const char *number, *issuer, *file, *signature;
	struct field_list cycle;   /* enum cycle */
	struct field_list follows; /* paths of documents */
	struct field_list schools; /* ids or names, as written */
	int64_t year;              /* FIELD_NO_INT: none */
};

struct event {
	struct date date;
	const char *place, *roadmap;
	int level; /* enum measure_level */
};

struct content {
	enum content_kind kind;
	const char *file; /* "content/<dept>/documents/x.md", for messages */
	const char *path; /* "documents/x.md" */
	const char *name; /* "x"; of documents/2022/x.md "2022/x" */
	const char *title;
	int status; /* enum page_status, DRAFT or PUBLISHED */
	const char *approved_by;
	struct date publish_on;
	enum yesno versions; /* may earlier versions be read? missing: yes */
	struct field_list aliases, claims;
	struct str body;
	uint32_t body_line;
	const struct yaml_node *front; /* for the places of later messages */
	union {
		struct department_meta meta;
		struct programme programme;
		struct document document;
		struct event event;
	} as;
};

/* 0, or -1 after errors (all in diag). *out is usable either way. */
int content_read(struct content *out, struct arena *a, const char *dept, const char *path,
    struct str bytes, struct diag *diag);

/* May the public see it: it is no draft, and its day of publication has come. */
bool content_is_public(const struct content *c, struct date today);

/* For other readers of Markdown: is it text of a bearable size (0, or -1 and
 * reported), and a copy of it without the byte order mark. */
int content_check_bytes(const char *file, struct str bytes, struct diag *diag);
struct str content_keep(struct arena *a, struct str bytes);

#endif
