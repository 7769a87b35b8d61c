/*
 * Kinds that are rows of a table have its columns for fields; the rest is in
 * a list here.
 */
#include "job/change_terms.h"

#include "base/intl.h"

#include <string.h>

struct label {
	const char *name, *text;
};

static const struct label fields[] = {
    {"approved", N_("approved")},
    {"at_least", N_("least number of factors")},
    {"basis", N_("basis")},
    {"control", N_("control")},
    {"criteria", N_("criteria")},
    {"cutoff_met", N_("rules to be met")},
    {"cutoff_points", N_("points to be reached")},
    {"cycle", N_("positions of the management cycle")},
    {"date", N_("date")},
    {"developer", N_("developer")},
    {"evidence", N_("evidence")},
    {"executors", N_("executors")},
    {"file", N_("file")},
    {"financing", N_("financing")},
    {"follows", N_("documents it rests on")},
    {"fragile", N_("one pupil decides")},
    {"goal", N_("goal")},
    {"inn", N_("taxpayer number")},
    {"intercept", N_("constant")},
    {"issuer", N_("issuer")},
    {"kind", N_("kind")},
    {"kind_of_body", N_("kind of body")},
    {"measure", N_("measure")},
    {"mechanism", N_("mechanism")},
    {"methods", N_("methods")},
    {"minimum_schools", N_("least number of schools")},
    {"next_audit", N_("next audit")},
    {"note", N_("remark")},
    {"notice", N_("notice")},
    {"number", N_("number")},
    {"participants", N_("participants")},
    {"percent", N_("limit in percent")},
    {"period", N_("period")},
    {"place", N_("place")},
    {"procedures", N_("procedures")},
    {"q", N_("quantile")},
    {"readings", N_("our readings")},
    {"region", N_("region")},
    {"result", N_("result")},
    {"results", N_("expected results")},
    {"roadmap", N_("item of the road map")},
    {"rules", N_("rules met")},
    {"schools", N_("addressed to")},
    {"score", N_("score")},
    {"short", N_("short name")},
    {"stages", N_("stages")},
    {"status", N_("status")},
    {"target", N_("target")},
    {"tasks", N_("tasks")},
    {"terms", N_("terms")},
    {"text", N_("text")},
    {"title", N_("title")},
    {"value", N_("value")},
    {"verdicts", N_("comparisons behind it")},
    {"working_group", N_("working group")},
};

static const struct label words[] = {
    {"achieved", N_("achieved")},
    {"act", N_("legal act")},
    {"agreement", N_("agreement")},
    {"analysis", N_("analysis")},
    {"form", N_("form")},
    {"identified", N_("on the list")},
    {"in-progress", N_("in progress")},
    {"insufficient-data", N_("data are not sufficient")},
    {"no-data", N_("no data")},
    {"no-target", N_("no target")},
    {"not-achieved", N_("not achieved")},
    {"not-applicable", N_("does not apply")},
    {"not-identified", N_("not on the list")},
    {"other", N_("other")},
    {"programme", N_("programme")},
    {"recommendation", N_("recommendations")},
    {"report", N_("report")},
    {"undetermined", N_("not decided")},
};

static const char *term_of(const struct label *list, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return _(list[i].text);
	return NULL;
}

bool terms_russian(void)
{
	/* TRANSLATORS: the code of the language translated into */
	return strcmp(_("en"), "ru") == 0;
}

/* -- the data dictionary ---------------------------------------------------- */

static const struct schema *schema_of_row(const char *file)
{
	for (int id = 0; id < DEPARTMENT_TABLES; id++)
		if (strcmp(schema_of((enum table_id)id)->file, file) == 0)
			return schema_of((enum table_id)id);
	return NULL;
}

static const struct schema *schema_of_fact(const struct fact *f)
{
	switch (f->kind) {
	case FACT_DECLARED:
		return schema_of(TABLE_DECLARED);
	case FACT_INDICATOR:
		return f->year ? NULL : schema_of(TABLE_INDICATORS);
	case FACT_ROADMAP:
		return schema_of(TABLE_ROADMAP);
	case FACT_SCHOOL:
		return schema_of(TABLE_SCHOOLS);
	case FACT_SUPPORT:
		return schema_of(TABLE_SUPPORT);
	case FACT_AUDIT:
		return schema_of(TABLE_AUDIT);
	case FACT_FACTOR:
		return schema_of(TABLE_FACTORS);
	case FACT_RESULT:
		return schema_of(TABLE_RESULTS);
	case FACT_ROW:
		return schema_of_row(f->part);
	default:
		return NULL;
	}
}

static const struct column *column_of(const struct fact *f, const struct fact_field *field)
{
	const struct schema *s = schema_of_fact(f);
	return s ? schema_column(s, str_of(field->name)) : NULL;
}

/* "mean_mark" as "mean mark". */
static void add_plain(struct buf *out, const char *name)
{
	for (; *name; name++)
		buf_addc(out, *name == '_' || *name == '-' ? ' ' : *name);
}

void term_field(struct buf *out, const struct fact *f, const struct fact_field *field)
{
	const struct column *c = column_of(f, field);
	const char *text = term_of(fields, sizeof(fields) / sizeof(*fields), field->name);
	if (field->title)
		buf_addf(out, "«%s»", field->title);
	else if (c && terms_russian())
		buf_adds(out, c->title_ru);
	else if (field->form == FACT_NUMBER && strcmp(field->name, "schools") == 0)
		buf_adds(out, _("number of schools"));
	else if (!c && text)
		buf_adds(out, text);
	else if (strncmp(field->name, "contact/", strlen("contact/")) == 0)
		buf_adds(out, _("contact"));
	else
		add_plain(out, field->name);
}

static bool add_russian(struct buf *out, const struct column *c, const char *word)
{
	for (size_t i = 0; c && c->values && c->values_ru && c->values[i]; i++)
		if (strcmp(c->values[i], word) == 0) {
			const char *text = c->values_ru[i];
			buf_add(out, text, strcspn(text, "|"));
			return true;
		}
	return false;
}

void term_word(
    struct buf *out, const struct fact *f, const struct fact_field *field, const char *word)
{
	const struct column *c = column_of(f, field);
	if (terms_russian() && add_russian(out, c, word))
		return;
	const char *text = c ? NULL : term_of(words, sizeof(words) / sizeof(*words), word);
	if (text)
		buf_adds(out, text);
	else
		add_plain(out, word);
}

/* -- numbers, dates, texts -------------------------------------------------- */

void term_number(struct buf *out, struct frac number)
{
	enum { EXACT = 10000 };
	/* as it was written, if it was; what was computed, with two decimals */
	bool written = number.den > 0 && EXACT % number.den == 0;
	frac_write(out, number, written ? DECIMAL_SHOWN : 2, terms_russian() ? ',' : '.');
}

void term_date(struct buf *out, struct date date)
{
	if (terms_russian())
		buf_addf(out, "%02d.%02d.%d", date.day, date.month, date.year);
	else
		buf_adds(out, date_iso(date).s);
}

void term_text(struct buf *out, const char *text, size_t characters)
{
	struct str rest = str_trim(str_of(text));
	bool blank = false;
	for (size_t n = 0, len; rest.n; rest.p += len, rest.n -= len) {
		int32_t code = utf8_decode(rest.p, rest.n, &len);
		if (code == '\n' || code == '\r' || code == '\t')
			code = ' ';
		if (n++ == characters) {
			buf_adds(out, "…");
			return;
		}
		if (code == ' ' && blank)
			continue;
		blank = code == ' ';
		if (blank || code < ' ')
			buf_addc(out, code < 0 || code == ' ' ? ' ' : '?');
		else
			buf_add(out, rest.p, len);
	}
}

const char *term_section(enum fact_kind kind)
{
	static const char *const sections[FACT_KINDS] = {
	    [FACT_IDENTIFICATION] = N_("Who gets support"),
	    [FACT_DECLARED] = N_("Who gets support"),
	    [FACT_INDICATOR] = N_("Indicators"),
	    [FACT_DOCUMENT] = N_("Documents and pages"),
	    [FACT_EVENT] = N_("Documents and pages"),
	    [FACT_PAGE] = N_("Documents and pages"),
	    [FACT_ROADMAP] = N_("Road map"),
	    [FACT_SCHOOL] = N_("Schools and their support"),
	    [FACT_SUPPORT] = N_("Schools and their support"),
	    [FACT_METHOD] = N_("Methods"),
	    [FACT_AUDIT] = N_("Audit of the sites"),
	    [FACT_FACTOR] = N_("Data"),
	    [FACT_RESULT] = N_("Data"),
	    [FACT_CONTEXT] = N_("Data"),
	    [FACT_ROW] = N_("Data"),
	};
	return _(sections[kind]);
}
