/*
 * tables - the rows of the tables as structs.
 *
 * One struct per table of DATA.md, filled by model/table through the columns
 * of model/schema. Every row begins with a struct row, which says where it
 * came from. Text is borrowed from the department's (or site's) arena.
 * Enums begin with a NONE of 0: missing. Their order is that of the words in
 * schema.c.
 */
#ifndef MODEL_TABLES_H
#define MODEL_TABLES_H

#include "base/date.h"
#include "base/decimal.h"
#include "model/schema.h"

/* Where a row came from: "data/<dept>/results.csv" and its line. */
struct row {
	const char *file;
	uint32_t line;
	uint32_t index; /* place among the rows of its table */
};

enum level { LEVEL_NONE, LEVEL_PRIMARY, LEVEL_BASIC, LEVEL_SENIOR, LEVEL_ANY };

enum procedure_kind { PROCEDURE_NONE, PROCEDURE_VPR, PROCEDURE_OGE, PROCEDURE_EGE, PROCEDURE_KDR };
enum procedure_scale { SCALE_NONE, SCALE_MARK, SCALE_SCORE, SCALE_SHARE };

struct procedure {
	struct row row;
	const char *id, *title;
	int kind; /* enum procedure_kind */
	const char *subject;
	int64_t grade;
	int level; /* enum level */
	int scale;
};

enum metric_kind { METRIC_NONE, METRIC_COUNT, METRIC_SHARE, METRIC_YESNO, METRIC_NUMBER };

struct metric {
	struct row row;
	const char *id, *title;
	int kind;                /* enum metric_kind */
	const struct metric *of; /* denominator of a count, or NULL */
	int level;
	enum yesno sensitive;
	struct decimal minimum, maximum;
	const char *note;
};

/* AUDIT.md says what the columns mean; model/checklist makes the patterns. */
enum school_year { SCHOOL_YEAR_NONE, SCHOOL_YEAR_CURRENT, SCHOOL_YEAR_LAST };

struct checklist_item {
	struct row row;
	const char *id, *title, *look_for;
	const char *section, *words, *exclude, *text; /* patterns */
	const char *types;                            /* words of text/sniff, by | */
	enum yesno off_site;
	int64_t max_age; /* months, -1 any */
	int school_year;
	int64_t at_least;
	const char *itemprop, *parent, *page; /* page: end of the subsection's address */
	enum yesno may_be_absent;
	const char *not_applicable; /* pattern */
	struct date valid_from, valid_to;
	const char *hint;
	const char *examples, *counterexamples; /* by | */
};

/* Wording that several items look for; model/audit_words puts it in. */
struct audit_word {
	struct row row;
	const char *id, *meaning, *pattern;
	const char *examples, *counterexamples; /* by | */
};

/* model/exam_days */
struct exam_day {
	struct row row;
	struct date from, to; /* to: unset for one day */
	const char *what, *source;
};

enum signature_kind {
	SIGNATURE_NONE,
	SIGNATURE_BOT_WALL,
	SIGNATURE_SITE_CLOSED,
	SIGNATURE_PLACEHOLDER,
	SIGNATURE_NOT_FOUND,
	SIGNATURE_LOGIN,
	SIGNATURE_CLOUD,
	SIGNATURE_CLOUD_MISSING,
	SIGNATURE_CLOUD_CLOSED,
	SIGNATURE_OFF_SITE,
};
enum signature_where {
	SIGNATURE_UNSET,
	SIGNATURE_IN_TITLE,
	SIGNATURE_IN_TEXT,
	SIGNATURE_IN_SOURCE,
	SIGNATURE_IN_HOST,
	SIGNATURE_IN_URL,
};

struct audit_signature {
	struct row row;
	const char *id;
	int kind, where;
	const char *pattern;
	int64_t longest; /* letters of a page's text for which it holds, -1 any */
	const char *reason, *examples, *counterexamples;
};

enum school_kind { KIND_NONE, KIND_PRIMARY, KIND_BASIC, KIND_SECONDARY, KIND_OTHER };

struct school {
	struct row row;
	const char *id, *name, *short_name;
	int kind;
	const char *locality, *site, *aliases, *timezone;
	int from_year, to_year; /* 0: open */
};

enum scope { SCOPE_NONE, SCOPE_SCHOOL, SCOPE_MUNICIPALITY, SCOPE_REGION };
enum result_status {
	STATUS_NONE,
	STATUS_HELD,
	STATUS_CANCELLED,
	STATUS_MOVED,
	STATUS_NOT_SUPPLIED,
	STATUS_NO_LEVEL,
	STATUS_NO_PARTICIPANTS,
};
enum attempt { ATTEMPT_NONE, ATTEMPT_FIRST, ATTEMPT_FINAL };
enum pass_threshold { THRESHOLD_NONE, THRESHOLD_CERTIFICATE, THRESHOLD_UNIVERSITY };

struct result {
	struct row row;
	int year;
	const struct procedure *procedure;
	int scope;
	const struct school *school; /* of scope school, else NULL */
	int64_t participants, below_minimum;
	struct decimal mean_mark, mean_score, pass_rate, quality_rate;
	int status, attempt, threshold;
	const char *note;
};

struct context {
	struct row row;
	int year;
	int scope;
	const struct school *school;
	struct decimal *values; /* [number of metrics], by metric.row.index; yes-no: 1, 0 */
};

struct factor_row {
	struct row row;
	int year;
	const struct school *school;
	const char *factor;
	enum yesno present;
	const char *basis;
};

enum category {
	CATEGORY_NONE,
	CATEGORY_LOW_RESULTS,
	CATEGORY_DISADVANTAGED,
	CATEGORY_RISK_ZONE,
	CATEGORY_500_PLUS,
	CATEGORY_END
};
extern const char *const categories[]; /* words of enum category - 1, NULL at the end */

struct declared {
	struct row row;
	int year, until;
	int category;
	const struct school *school; /* NULL: only the number is known */
	int64_t count;
	const char *document;
};

enum unit { UNIT_NONE, UNIT_PERCENT, UNIT_YESNO, UNIT_LEVEL, UNIT_COUNT, UNIT_NUMBER };
enum indicator_rule {
	RULE_NONE,
	RULE_AT_LEAST,
	RULE_AT_MOST,
	RULE_AT_LEAST_REFERENCE,
	RULE_YES,
	RULE_INCREASE,
	RULE_NO_RULE, /* the word "none" */
};

struct indicator {
	struct row row;
	const char *id, *group, *title;
	int unit, rule;
	const char *measure; /* as written; model checks it, compute reads it */
	const char *cohort;  /* all, or categories by | */
	const char *levels;  /* ordered, by | */
	const char *parent;  /* id of another indicator */
	const char *responsible, *collection, *schedule, *source;
};

enum target_kind { TARGET_NONE, TARGET_TARGET, TARGET_BASELINE };

struct target {
	struct row row;
	const struct indicator *indicator;
	int year;
	struct date date;
	int kind;
	struct date as_of;
	const char *target; /* number, yes/no or level */
	const char *document;
};

struct indicator_value {
	struct row row;
	const struct indicator *indicator;
	int year;
	const char *value; /* number, yes/no or level */
	struct decimal numerator, denominator;
	const char *evidence, *note;
	struct date as_of;
};

enum every { EVERY_NONE, EVERY_TWO_YEARS, EVERY_YEAR, EVERY_HALF_YEAR, EVERY_QUARTER, EVERY_MONTH };
enum measure_level { MEASURE_NONE, MEASURE_MUNICIPALITY, MEASURE_SCHOOL };

struct roadmap_item {
	struct row row;
	const char *id, *part, *section, *direction, *task, *number, *activity, *when;
	struct date from, to;
	int every; /* enum every */
	const char *months;
	const char *responsible, *result, *target;
	struct date done;
	const char *evidence;
	int level;
	const char *pair, *note;
};

struct body {
	struct row row;
	const char *id, *title, *role, *document;
};

struct support {
	struct row row;
	const struct school *school;
	const char *supporter; /* school or body */
	int kind;
	struct date from, to;
	const char *document;
};

struct erratum {
	struct row row;
	const char *place, *printed, *reading, *note;
};

struct programme_risk {
	struct row row;
	const char *risk, *mitigation;
};

struct source {
	struct row row;
	const char *path, *title, *publisher;
	struct date received;
	const char *licence, *note;
};

enum found {
	FOUND_NONE,
	FOUND_YES,
	FOUND_NO,
	FOUND_DEFECTIVE,
	FOUND_NOT_CHECKED,
	FOUND_NOT_APPLICABLE
};

enum audit_method { AUDIT_BY_NOBODY, AUDIT_AUTOMATIC, AUDIT_MANUAL };
enum audit_state { AUDIT_STATE_NONE, AUDIT_ONCE, AUDIT_CONFIRMED };

struct audit_row {
	struct row row;
	struct date date; /* of the file */
	const struct school *school;
	const struct checklist_item *item;
	int found;
	const char *url, *link_text;
	int64_t http_status;
	const char *fetched, *sha256;
	int method; /* enum audit_method */
	const char *by, *reason;
	int64_t visit;
	int state; /* enum audit_state */
	const char *note;
};

struct audit_evidence {
	struct row row;
	struct date date;
	const struct school *school;
	const struct checklist_item *item;
	int64_t visit;
	const char *source_page, *chain, *heading, *warc, *offset, *charset_rule, *certificate,
	    *checklist;
	const char *type; /* word of text/sniff */
	int64_t size;     /* bytes, -1 unknown */
	struct date modified, dated;
};

/* A rule of a points method. */
enum rule_match { MATCH_NONE, MATCH_ANY, MATCH_ALL };
enum rule_over { OVER_NONE, OVER_LAST, OVER_EACH, OVER_SUM };
enum rule_operator {
	OPERATOR_NONE,
	OPERATOR_LESS,
	OPERATOR_AT_MOST,
	OPERATOR_MORE,
	OPERATOR_AT_LEAST,
	OPERATOR_PRESENT
};
enum rule_reference {
	REFERENCE_UNSET,
	REFERENCE_NONE,
	REFERENCE_MUNICIPALITY,
	REFERENCE_REGION,
	REFERENCE_GAP_REGION
};

struct method_rule {
	struct row row;
	const char *id, *criterion, *title, *measure;
	int match, over;
	int64_t years;
	int op;
	struct decimal threshold;
	int reference;
	struct decimal points;
};

struct method_factor {
	struct row row;
	const char *id, *title;
};

#endif
