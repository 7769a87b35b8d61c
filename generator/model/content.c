/*
 * The path says the kind, the kind says which keys there are: one list of
 * specs per kind, all of them beginning with the keys that every page has.
 * What a type alone cannot say (a period of two years, a positive group) is
 * checked after reading.
 */
#include "model/content.h"

#include "base/intl.h"
#include "text/charset.h"
#include "text/markdown.h"

#include <string.h>

const char *const document_kinds[] = {
    "programme", "analysis", "report", "act", "recommendation", "agreement", "form", "other", NULL};
const char *const cycle_positions[] = {"goals", "indicators", "collection", "monitoring",
    "analysis", "recommendations", "measures", "decisions", "effectiveness", NULL};
const char *const passport_keys[] = {"goal", "tasks", "basis", "developer", "executors",
    "participants", "results", "terms", "stages", "mechanism", "financing", "control", "approved",
    NULL};

static const char *const statuses[] = {"draft", "published", NULL};
static const char *const levels[] = {"status", "basis", "values", NULL};
static const char *const event_levels[] = {"municipality", "school", NULL};

static const struct field_spec claim_fields[] = {
    {.key = "text", .type = FIELD_TEXT, .required = true, .offset = offsetof(struct claim, text)},
    {.key = "value", .type = FIELD_TEXT, .offset = offsetof(struct claim, value)},
    {.key = "measure", .type = FIELD_TEXT, .offset = offsetof(struct claim, measure)},
    {.key = "year", .type = FIELD_INT, .offset = offsetof(struct claim, year)},
    {.key = "cohort", .type = FIELD_TEXT, .offset = offsetof(struct claim, cohort)},
    {.key = "school", .type = FIELD_TEXT, .offset = offsetof(struct claim, school)},
    {0},
};

#define AT(member) offsetof(struct content, member)

/* The keys of every page. */
/* clang-format off */
#define COMMON_FIELDS(needs_title)                                                                 \
	{.key = "title", .type = FIELD_TEXT, .required = (needs_title), .offset = AT(title)},      \
	{.key = "status", .type = FIELD_ENUM, .offset = AT(status), .values = statuses},           \
	{.key = "approved_by", .type = FIELD_TEXT, .offset = AT(approved_by)},                     \
	{.key = "publish_on", .type = FIELD_DATE, .offset = AT(publish_on)},                       \
	{.key = "versions", .type = FIELD_BOOL, .offset = AT(versions)},                           \
	{.key = "aliases", .type = FIELD_TEXTS, .offset = AT(aliases)},                            \
	{.key = "claims", .type = FIELD_MAPS, .offset = AT(claims), .inner = claim_fields,         \
	    .inner_size = sizeof(struct claim)}
/* clang-format on */

#define IN_META(group, member) \
	(offsetof(struct department_meta, group.member) - offsetof(struct department_meta, group))

static const struct field_spec label_fields[] = {
    {.key = "low-results", .type = FIELD_TEXT, .offset = IN_META(labels, low_results)},
    {.key = "disadvantaged", .type = FIELD_TEXT, .offset = IN_META(labels, disadvantaged)},
    {.key = "risk-zone", .type = FIELD_TEXT, .offset = IN_META(labels, risk_zone)},
    {.key = "500-plus", .type = FIELD_TEXT, .offset = IN_META(labels, plus_500)},
    {0},
};

static const struct field_spec disclosure_fields[] = {
    {.key = "level", .type = FIELD_ENUM, .offset = IN_META(disclosure, level), .values = levels},
    {.key = "minimum_group", .type = FIELD_INT, .offset = IN_META(disclosure, minimum_group)},
    {0},
};

static const struct field_spec contact_fields[] = {
    {.key = "role", .type = FIELD_TEXT, .required = true, .offset = offsetof(struct contact, role)},
    {.key = "phone", .type = FIELD_TEXT, .offset = offsetof(struct contact, phone)},
    {.key = "mail", .type = FIELD_TEXT, .offset = offsetof(struct contact, mail)},
    {0},
};

static const struct field_spec approved_fields[] = {
    {.key = "date", .type = FIELD_DATE, .offset = IN_META(approved, date)},
    {.key = "number", .type = FIELD_TEXT, .offset = IN_META(approved, number)},
    {0},
};

static const struct field_spec index_fields[] = {
    COMMON_FIELDS(true),
    {.key = "short", .type = FIELD_TEXT, .offset = AT(as.meta.short_name)},
    {.key = "region", .type = FIELD_TEXT, .offset = AT(as.meta.region)},
    {.key = "kind_of_body", .type = FIELD_TEXT, .offset = AT(as.meta.kind_of_body)},
    {.key = "period", .type = FIELD_TEXT, .offset = AT(as.meta.period)},
    {.key = "schools", .type = FIELD_INT, .offset = AT(as.meta.schools)},
    {.key = "methods", .type = FIELD_TEXTS, .offset = AT(as.meta.methods)},
    {.key = "labels", .type = FIELD_MAP, .offset = AT(as.meta.labels), .inner = label_fields},
    {.key = "disclosure",
        .type = FIELD_MAP,
        .offset = AT(as.meta.disclosure),
        .inner = disclosure_fields},
    {.key = "inn", .type = FIELD_TEXT, .offset = AT(as.meta.inn)},
    {.key = "contacts",
        .type = FIELD_MAPS,
        .offset = AT(as.meta.contacts),
        .inner = contact_fields,
        .inner_size = sizeof(struct contact)},
    {.key = "working_group", .type = FIELD_TEXT, .offset = AT(as.meta.working_group)},
    {.key = "approved",
        .type = FIELD_MAP,
        .offset = AT(as.meta.approved),
        .inner = approved_fields},
    {.key = "notice", .type = FIELD_TEXT, .offset = AT(as.meta.notice)},
    {.key = "next_audit", .type = FIELD_DATE, .offset = AT(as.meta.next_audit)},
    {0},
};

/* In the order of passport_keys. */
#define PASSPORT_FIELD(name, i) \
	{ \
		.key = (name), .type = FIELD_TEXTS, .offset = AT(as.programme.passport[i]) \
	}

static const struct field_spec programme_fields[] = {
    COMMON_FIELDS(false),
    PASSPORT_FIELD("goal", 0),
    PASSPORT_FIELD("tasks", 1),
    PASSPORT_FIELD("basis", 2),
    PASSPORT_FIELD("developer", 3),
    PASSPORT_FIELD("executors", 4),
    PASSPORT_FIELD("participants", 5),
    PASSPORT_FIELD("results", 6),
    PASSPORT_FIELD("terms", 7),
    PASSPORT_FIELD("stages", 8),
    PASSPORT_FIELD("mechanism", 9),
    PASSPORT_FIELD("financing", 10),
    PASSPORT_FIELD("control", 11),
    PASSPORT_FIELD("approved", 12),
    {0},
};

static const struct field_spec document_fields[] = {
    COMMON_FIELDS(true),
    {.key = "kind", .type = FIELD_ENUM, .offset = AT(as.document.kind), .values = document_kinds},
    {.key = "date", .type = FIELD_DATE, .offset = AT(as.document.date)},
    {.key = "number", .type = FIELD_TEXT, .offset = AT(as.document.number)},
    {.key = "issuer", .type = FIELD_TEXT, .offset = AT(as.document.issuer)},
    {.key = "file", .type = FIELD_PATH, .offset = AT(as.document.file)},
    {.key = "signature", .type = FIELD_PATH, .offset = AT(as.document.signature)},
    {.key = "cycle",
        .type = FIELD_ENUMS,
        .offset = AT(as.document.cycle),
        .values = cycle_positions},
    {.key = "follows", .type = FIELD_TEXTS, .offset = AT(as.document.follows)},
    {.key = "schools", .type = FIELD_TEXTS, .offset = AT(as.document.schools)},
    {.key = "year", .type = FIELD_INT, .offset = AT(as.document.year)},
    {0},
};

static const struct field_spec event_fields[] = {
    COMMON_FIELDS(true),
    {.key = "date", .type = FIELD_DATE, .offset = AT(as.event.date)},
    {.key = "place", .type = FIELD_TEXT, .offset = AT(as.event.place)},
    {.key = "roadmap", .type = FIELD_TEXT, .offset = AT(as.event.roadmap)},
    {.key = "level", .type = FIELD_ENUM, .offset = AT(as.event.level), .values = event_levels},
    {0},
};

static const struct field_spec page_fields[] = {COMMON_FIELDS(false), {0}};

static const struct field_spec *const fields_of[] = {
    [CONTENT_INDEX] = index_fields,
    [CONTENT_PROGRAMME] = programme_fields,
    [CONTENT_GLOSSARY] = page_fields,
    [CONTENT_LETTER] = page_fields,
    [CONTENT_DOCUMENT] = document_fields,
    [CONTENT_EVENT] = event_fields,
    [CONTENT_SCHOOL] = page_fields,
    [CONTENT_PAGE] = page_fields,
};

/* The kind by the path; *name is the path without folder and ending. */
static enum content_kind kind_of(struct arena *a, const char *path, const char **name)
{
	static const struct {
		const char *folder;
		enum content_kind kind;
	} folders[] = {{"documents/", CONTENT_DOCUMENT}, {"events/", CONTENT_EVENT},
	    {"schools/", CONTENT_SCHOOL}};
	struct str stem = str_of(path);
	if (str_ends(stem, ".md"))
		stem.n -= 3;
	enum content_kind kind = str_is(stem, "index") ? CONTENT_INDEX
	    : str_is(stem, "programme")                ? CONTENT_PROGRAMME
	    : str_is(stem, "glossary")                 ? CONTENT_GLOSSARY
	    : str_is(stem, "letter")                   ? CONTENT_LETTER
	                                               : CONTENT_PAGE;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		size_t n = strlen(folders[i].folder);
		if (stem.n <= n || !str_starts(stem, folders[i].folder))
			continue;
		if (folders[i].kind == CONTENT_SCHOOL && memchr(stem.p + n, '/', stem.n - n))
			continue;
		kind = folders[i].kind;
		stem = (struct str){stem.p + n, stem.n - n};
		break;
	}
	*name = arena_strndup(a, stem.p, stem.n);
	return kind;
}

/* "# Heading ##" → "Heading"; outside of fenced blocks. NULL: none. */
static const char *first_heading(struct arena *a, struct str body)
{
	struct str line;
	char fence = 0;
	while (str_next(&body, '\n', &line)) {
		line = str_trim(line);
		if (str_starts(line, "```") || str_starts(line, "~~~")) {
			fence = fence == 0 ? line.p[0] : fence == line.p[0] ? 0 : fence;
			continue;
		}
		size_t marks = 0;
		while (marks < line.n && line.p[marks] == '#')
			marks++;
		if (fence || marks == 0 || marks > 6 || marks == line.n || line.p[marks] != ' ')
			continue;
		struct str text = str_trim((struct str){line.p + marks, line.n - marks});
		size_t end = text.n;
		while (end > 0 && text.p[end - 1] == '#')
			end--;
		if (end < text.n && end > 0 && text.p[end - 1] == ' ')
			text.n = end;
		text = str_trim(text);
		if (text.n)
			return arena_strndup(a, text.p, text.n);
	}
	return NULL;
}

/* "2020–2022", "2020 - 2022 годы", "2021": one or two numbers of four digits. */
static int read_period(struct department_meta *meta)
{
	int years[2], count = 0;
	for (const char *p = meta->period; *p;) {
		if (*p < '0' || *p > '9') {
			p++;
			continue;
		}
		int n = 0, digits = 0;
		for (; *p >= '0' && *p <= '9'; p++)
			n = digits++ < 4 ? n * 10 + (*p - '0') : n;
		if (digits != 4 || count == 2)
			return -1;
		years[count++] = n;
	}
	if (count == 0 || years[0] < 1900 || years[count - 1] > 2999 || years[count - 1] < years[0])
		return -1;
	meta->first_year = years[0];
	meta->last_year = years[count - 1];
	return 0;
}

static int wrong(struct content *c, const char *key, struct str cell, struct diag *diag,
    const char *what, const char *remedy)
{
	struct field_place at = frontmatter_place(c->front, key);
	diag_add(diag, DIAG_ERROR, "frontmatter-value", DIAG_AT(c->file, at.line, at.column), cell,
	    remedy, "%s", what);
	return -1;
}

static int finish_index(struct content *c, struct diag *diag)
{
	struct department_meta *meta = &c->as.meta;
	int err = 0;
	if (meta->period && read_period(meta))
		err =
		    wrong(c, "period", str_of(meta->period), diag, _("this is no period of years"),
		        _("Write the first and the last year: 2020–2022."));
	if (meta->disclosure.level == DISCLOSURE_UNSET)
		meta->disclosure.level = DISCLOSURE_STATUS;
	if (meta->disclosure.minimum_group < 1) {
		err = wrong(c, "disclosure", STR_NONE, diag,
		    _("the smallest group that may be shown is at least 1 pupil"),
		    _("Write minimum_group: 10, or leave it out, then it is 10."));
		meta->disclosure.minimum_group = GROUP_DEFAULT;
	}
	return err;
}

static int finish_document(struct content *c, struct diag *diag)
{
	int64_t year = c->as.document.year;
	if (year == FIELD_NO_INT || (year >= 1900 && year <= 2999))
		return 0;
	c->as.document.year = FIELD_NO_INT;
	return wrong(c, "year", STR_NONE, diag, _("a year has four digits"),
	    _("Write the year like this: 2022."));
}

int content_check_bytes(const char *file, struct str bytes, struct diag *diag)
{
	const char *nul = bytes.n ? memchr(bytes.p, 0, bytes.n) : NULL;
	size_t at = nul ? (size_t)(nul - bytes.p) : 0;
	uint32_t line, column;

	if (bytes.n > MARKDOWN_BYTES) {
		diag_add(diag, DIAG_ERROR, "content-too-big", DIAG_AT(file, 0, 0), STR_NONE,
		    _("Divide the page into several."), _("the file is bigger than %d MB"),
		    MARKDOWN_BYTES / (1024 * 1024));
		return -1;
	}
	if (nul)
		charset_place(bytes, at, &line, &column);
	else if (utf8_valid(bytes))
		return 0;
	else
		charset_first_bad(bytes, &line, &column);
	diag_add(diag, DIAG_ERROR, "content-encoding", DIAG_AT(file, line, column), STR_NONE,
	    _("Save the file again as text in the encoding UTF-8."),
	    nul ? _("the file holds a NUL byte: it is no text") : _("the text is not in UTF-8"));
	return -1;
}

struct str content_keep(struct arena *a, struct str bytes)
{
	if (str_starts(bytes, "\xEF\xBB\xBF"))
		bytes = (struct str){bytes.p + 3, bytes.n - 3};
	return (struct str){arena_strndup(a, bytes.p, bytes.n), bytes.n};
}

static int read_front(struct content *out, struct arena *a, struct str front, struct diag *diag)
{
	const struct yaml_node *nothing = out->front;
	/* The line before the front matter is the one with "---". */
	const struct yaml_node *map = yaml_read(a, out->file, front, 2, diag);
	if (!map)
		return -1;
	if (map->kind == YAML_MAP)
		out->front = map;
	return frontmatter_read(
	    out, fields_of[out->kind], a, out->file, front.n ? map : nothing, diag);
}

int content_read(struct content *out, struct arena *a, const char *dept, const char *path,
    struct str bytes, struct diag *diag)
{
	struct str front;
	int err = 0;

	struct yaml_node *nothing = arena_alloc(a, sizeof(*nothing));
	*nothing = (struct yaml_node){.kind = YAML_MAP, .line = 1, .column = 1};
	*out = (struct content){.body_line = 1, .front = nothing};
	out->file = arena_printf(a, "content/%s/%s", dept, path);
	out->path = arena_strdup(a, path);
	out->kind = kind_of(a, path, &out->name);
	if (out->kind == CONTENT_INDEX)
		out->as.meta.disclosure.minimum_group = GROUP_DEFAULT;
	if (out->kind == CONTENT_DOCUMENT)
		out->as.document.year = FIELD_NO_INT;

	if (content_check_bytes(out->file, bytes, diag)) {
		err = -1;
		bytes = (struct str){"", 0};
	}
	bytes = content_keep(a, bytes);
	markdown_split(bytes, &front, &out->body, &out->body_line);
	/* A file that cannot be read is not blamed for its missing title too. */
	if (err == 0)
		err = read_front(out, a, front, diag);

	if (out->kind == CONTENT_INDEX && finish_index(out, diag))
		err = -1;
	if (out->kind == CONTENT_DOCUMENT && finish_document(out, diag))
		err = -1;
	if (!out->title)
		out->title = first_heading(a, out->body);
	if (!out->title)
		out->title = out->name;
	if (out->status == PAGE_UNSET)
		out->status = PAGE_PUBLISHED;
	return err;
}

bool content_is_public(const struct content *c, struct date today)
{
	return c->status != PAGE_DRAFT &&
	    (!date_is_set(c->publish_on) || date_cmp(c->publish_on, today) <= 0);
}
