/*
 * One function per kind of value, each with the message for what it does not
 * take. Text is copied into the arena of the table, so that nothing points
 * into the file. Looking for the nearest name costs time, so it is done only
 * where the message will be kept.
 */
#include "model/cell.h"

#include "base/intl.h"

#include <string.h>

enum { FIRST_YEAR = 1800, LAST_YEAR = 2199 };

/* The next character of a folded text: small, ё as е, a run of blanks as one. */
static int32_t next_folded(struct str s, size_t *at)
{
	size_t len;
	int32_t code = utf8_lower(utf8_decode(s.p + *at, s.n - *at, &len));
	*at += len;
	if (!utf8_is_space(code))
		return code == 0x451 ? 0x435 : code;
	while (*at < s.n && utf8_is_space(utf8_decode(s.p + *at, s.n - *at, &len)))
		*at += len;
	return ' ';
}

bool cell_same(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	while (i < a.n && j < b.n)
		if (next_folded(a, &i) != next_folded(b, &j))
			return false;
	return i == a.n && j == b.n;
}

bool cell_missing(struct str text)
{
	static const char *const marks[] = {"-", "—", "–", "н/д"};
	if (text.n == 0)
		return true;
	if (text.n > sizeof("н/д") - 1)
		return false;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (cell_same(text, str_of(marks[i])))
			return true;
	return false;
}

size_t cell_size(enum column_type type)
{
	switch (type) {
	case COLUMN_COUNT:
		return sizeof(int64_t);
	case COLUMN_NUMBER:
	case COLUMN_PERCENT:
		return sizeof(struct decimal);
	case COLUMN_YEAR:
	case COLUMN_YESNO:
	case COLUMN_ENUM:
		return sizeof(int);
	case COLUMN_DATE:
		return sizeof(struct date);
	case COLUMN_TEXT:
	case COLUMN_URL:
	case COLUMN_PATH:
	case COLUMN_SLUG:
	case COLUMN_LIST:
	case COLUMN_REF:
	case COLUMN_SCHOOL:
		break;
	}
	return sizeof(const void *);
}

struct diag_place cell_place(const struct cells *c, size_t i)
{
	uint32_t line;
	uint32_t column = csv_column(c->row, c->separator, i, &line);
	return DIAG_AT(c->file, line, column);
}

/* What a cell reader works on. */
struct job {
	union cell_value *out;
	struct cells *c;
	const struct column *column;
	size_t i;
	struct str text;
};

static int wrong(const struct job *j, const char *rule, const char *remedy, const char *message)
{
	diag_add(j->c->context->diag, DIAG_ERROR, rule, cell_place(j->c, j->i), j->text, remedy,
	    "%s", message);
	return -1;
}

static bool is_kept(const struct job *j, const char *rule)
{
	return diag_keeps(j->c->context->diag, rule, j->c->file);
}

static int keep_text(const struct job *j)
{
	j->out->text = arena_strndup(j->c->context->arena, j->text.p, j->text.n);
	return 0;
}

static int read_url(const struct job *j)
{
	bool web = str_starts(j->text, "https://") || str_starts(j->text, "http://");
	for (size_t i = 0; i < j->text.n && web; i++)
		web = (unsigned char)j->text.p[i] > ' ';
	if (!web)
		return wrong(j, "cell-url",
		    _("Copy the whole address from the browser: https://school.example."),
		    _("an address begins with https:// or http:// and has no spaces"));
	return keep_text(j);
}

/* Nothing outside of the folder: no root, no drive, no "..". */
static int read_path(const struct job *j)
{
	struct str rest = j->text, part;
	bool good = j->text.p[0] != '/' && !memchr(j->text.p, '\\', j->text.n);
	while (good && str_next(&rest, '/', &part))
		good = !str_is(part, "..");
	for (size_t i = 0; i < j->text.n && good; i++)
		good = (unsigned char)j->text.p[i] >= ' ';
	if (!good)
		return wrong(j, "cell-path",
		    _("Write it from the department's folder with the sign / between folders: documents/programme.md."),
		    _("this is no path inside the department's folder"));
	return keep_text(j);
}

static bool slug_char(int32_t code, bool wide)
{
	if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') || code == '-')
		return true;
	return wide && (code == '_' || code == '.' || (code >= 0 && utf8_is_word(code)));
}

/* Names of files are made of it, with something before and behind. */
enum { SLUG_BYTES = 100 };

static int read_slug(const struct job *j)
{
	if (j->text.n > SLUG_BYTES)
		return wrong(j, "cell-slug",
		    _("Choose a shorter one: it becomes a part of addresses and names of files."),
		    _("an id is at most 100 bytes long"));
	bool wide = j->column->flags & COLUMN_WIDE, good = j->text.p[0] != '.';
	for (size_t at = 0, len; at < j->text.n && good; at += len)
		good = slug_char(utf8_decode(j->text.p + at, j->text.n - at, &len), wide);
	if (good)
		return keep_text(j);
	return wide ? wrong(j, "cell-slug", _("Write it like oge-math, without spaces."),
	                  _("an id holds only letters, digits and the signs - _ ."))
	            : wrong(j, "cell-slug",
	                  _("Write it like nevonskaya-1: it becomes a part of addresses."),
	                  _("an id holds only small Latin letters, digits and hyphens"));
}

static int read_count(const struct job *j)
{
	struct decimal d;
	bool exact = false;
	if (decimal_parse(&d, j->text, false) == 0)
		j->out->count = decimal_int(d, &exact);
	if (!exact || d.digits < 0)
		return wrong(j, "cell-count",
		    _("Write the number alone, without a fraction and without words: 27. If it is not known, leave the cell empty."),
		    _("here stands a count: a whole number, 0 or more"));
	return 0;
}

static int read_number(const struct job *j)
{
	if (decimal_parse(&j->out->number, j->text, false))
		return wrong(j, "cell-number",
		    _("Write the number alone, with a comma or a point before at most 6 decimals: 3,75. If it is not known, leave the cell empty."),
		    _("this is not a number"));
	return 0;
}

static int read_percent(const struct job *j)
{
	struct decimal *d = &j->out->number;
	if (decimal_parse(d, j->text, true))
		return wrong(j, "cell-percent",
		    _("Write the number of percent alone: 92,8 or 92,8 %. If it is not known, leave the cell empty."),
		    _("this is not a share: a number from 0 to 100 belongs here"));
	if (d->digits < 0 || decimal_cmp(*d, decimal_of(100)) > 0)
		return wrong(j, "cell-percent",
		    _("Check the source; if the document itself has this misprint, leave the cell empty, set status to not-supplied and describe it in errata.csv."),
		    _("a share is between 0 and 100"));
	return 0;
}

static int read_year(const struct job *j)
{
	int year = 0;
	bool good = j->text.n == 4;
	for (size_t i = 0; i < j->text.n && good; i++) {
		good = j->text.p[i] >= '0' && j->text.p[i] <= '9';
		year = year * 10 + (j->text.p[i] - '0');
	}
	if (!good || year < FIRST_YEAR || year > LAST_YEAR)
		return wrong(j, "cell-year",
		    _("Write four digits; a school year is named by the year in which it ended: 2020/2021 is 2021."),
		    _("this is not a year"));
	j->out->small = year;
	return 0;
}

static int read_date(const struct job *j)
{
	if (date_parse(&j->out->date, j->text))
		return wrong(j, "cell-date", _("Write it as 2021-09-01 or 01.09.2021."),
		    _("this is not a date, or there is no such day"));
	return 0;
}

static int read_yesno(const struct job *j)
{
	static const char *const yes[] = {"yes", "да", "1"}, *const no[] = {"no", "нет", "0"};
	for (size_t i = 0; i < 3; i++) {
		bool is_yes = cell_same(j->text, str_of(yes[i]));
		if (is_yes || cell_same(j->text, str_of(no[i]))) {
			j->out->small = is_yes ? YESNO_YES : YESNO_NO;
			return 0;
		}
	}
	return wrong(
	    j, "cell-yes-no", _("Write yes or no, да or нет, 1 or 0."), _("here stands yes or no"));
}

/* Is it one of the words parted by "|"? */
static bool one_of(struct str text, const char *words)
{
	struct str rest = str_of(words), word;
	while (str_next(&rest, '|', &word))
		if (cell_same(text, word))
			return true;
	return false;
}

static int refuse_word(const struct job *j)
{
	const struct column *c = j->column;
	struct buf words = BUF_INIT(BUF_LINE), remedy = BUF_INIT(BUF_LINE);
	const char *near = NULL;
	if (!is_kept(j, "cell-word"))
		return wrong(j, "cell-word", NULL, _("the column has no such word"));
	near = str_nearest(arena_strndup(j->c->scratch, j->text.p, j->text.n), c->values);
	for (size_t i = 0; c->values[i]; i++) {
		struct str rest = str_of(c->values_ru[i]), first = {"", 0};
		str_next(&rest, '|', &first);
		buf_addf(&words, "%s%s (%.*s)", i ? ", " : "", c->values[i], (int)first.n, first.p);
	}
	buf_addf(&remedy, _("Write one of: %s."), words.data);
	if (near)
		diag_add(j->c->context->diag, DIAG_ERROR, "cell-word", cell_place(j->c, j->i),
		    j->text, remedy.data,
		    _("the column “%s” has no such word; the nearest is “%s”"), c->name, near);
	else
		diag_add(j->c->context->diag, DIAG_ERROR, "cell-word", cell_place(j->c, j->i),
		    j->text, remedy.data, _("the column “%s” has no such word"), c->name);
	buf_clear(&words);
	buf_clear(&remedy);
	return -1;
}

static int read_word(const struct job *j)
{
	const struct column *c = j->column;
	for (int i = 0; c->values[i]; i++)
		if (str_is(j->text, c->values[i])) {
			j->out->small = i + 1;
			return 0;
		}
	for (int i = 0; c->values[i]; i++)
		if (cell_same(j->text, str_of(c->values[i])) || one_of(j->text, c->values_ru[i])) {
			j->out->small = i + 1;
			return 0;
		}
	return refuse_word(j);
}

static int refuse_reference(const struct job *j, const struct table *t)
{
	const char *file = t && t->file ? t->file : schema_of(j->column->refers)->file;
	const char *near = NULL;
	if (!is_kept(j, "cell-reference"))
		return wrong(
		    j, "cell-reference", NULL, _("the table referred to has no row with this id"));
	if (t) {
		const char **ids = arena_array(j->c->scratch, t->count + 1, sizeof(*ids));
		for (size_t i = 0; i < t->count; i++)
			ids[i] = row_id(table_row(t, i));
		near = str_nearest(arena_strndup(j->c->scratch, j->text.p, j->text.n), ids);
	}
	const char *remedy = arena_printf(j->c->scratch,
	    j->column->refers == TABLE_CHECKLIST
	        ? _("Write an id of %s. An item that is no longer looked for stays there, with its last day in valid_to.")
	        : _("Write an id of %s, or add a row with this one there."),
	    file);
	if (near)
		diag_add(j->c->context->diag, DIAG_ERROR, "cell-reference", cell_place(j->c, j->i),
		    j->text, remedy, _("%s has no row with this id; the nearest is “%s”"), file,
		    near);
	else
		diag_add(j->c->context->diag, DIAG_ERROR, "cell-reference", cell_place(j->c, j->i),
		    j->text, remedy, _("%s has no row with this id"), file);
	return -1;
}

static int read_reference(const struct job *j)
{
	const struct table *const *tables = j->c->context->tables;
	const struct table *t = tables ? tables[j->column->refers] : NULL;
	j->out->row = t ? table_find(t, j->text) : NULL;
	if (!j->out->row && t && t->partial)
		return -1; /* that table has its own message */
	return j->out->row ? 0 : refuse_reference(j, t);
}

/* What a spelling means when it means no one school. */
static const struct school nobody, several;

static int refuse_ambiguous(const struct job *j, const char *candidates)
{
	diag_add(j->c->context->diag, DIAG_ERROR, "cell-school-ambiguous", cell_place(j->c, j->i),
	    j->text, _("Write the id of the school that is meant."), _("several schools fit: %s"),
	    candidates);
	return -1;
}

static int refuse_unknown(const struct job *j, const char *candidates)
{
	const char *remedy = _(
	    "Write the id of the school, or add this spelling to its aliases in schools.csv. A school that closed keeps its row there, with its last year in to_year.");
	if (!*candidates)
		return wrong(j, "cell-school", remedy, _("no school of schools.csv is called so"));
	diag_add(j->c->context->diag, DIAG_ERROR, "cell-school", cell_place(j->c, j->i), j->text,
	    remedy, _("no school of schools.csv is called so; the nearest: %s"), candidates);
	return -1;
}

static int refuse_school(const struct job *j, bool ambiguous)
{
	struct cells *c = j->c;
	struct names_answer answer = {.school = NULL};
	struct buf list = BUF_INIT(BUF_LINE);
	if (c->context->names && is_kept(j, ambiguous ? "cell-school-ambiguous" : "cell-school"))
		answer = names_find(c->context->names, c->scratch, j->text);
	for (size_t i = 0; i < answer.ncandidates; i++)
		buf_addf(&list, "%s%s (%s)", i ? ", " : "", answer.candidates[i]->id,
		    answer.candidates[i]->name);
	if (ambiguous)
		refuse_ambiguous(j, list.data);
	else
		refuse_unknown(j, list.data);
	buf_clear(&list);
	return -1;
}

/* What a spelling means is found out once a file. */
static const struct school *find_spelling(struct cells *c, struct str text)
{
	struct map_entry *seen = map_entry(&c->spellings, text);
	if (!seen->value) {
		bool ambiguous;
		const struct school *school =
		    names_get(c->context->names, c->scratch, text, &ambiguous);
		if (!school)
			school = ambiguous ? &several : &nobody;
		memcpy(&seen->value, &school, sizeof(school));
	}
	return seen->value;
}

/* Long tables go through the schools in the order of schools.csv, so the one
 * after the last is tried before the index. */
static const struct school *find_school(struct cells *c, const struct names *names, struct str text)
{
	size_t next = c->school + 1 < names->count ? c->school + 1 : 0;
	const struct school *school = NULL;
	if (names->count && str_is(text, names->schools[next].id))
		school = &names->schools[next];
	else
		school = map_get(&names->by_id, text);
	if (school)
		c->school = (size_t)(school - names->schools);
	return school ? school : find_spelling(c, text);
}

static int read_school(const struct job *j)
{
	const struct names *names = j->c->context->names;
	const struct table *const *tables = j->c->context->tables;
	const struct school *school = names ? find_school(j->c, names, j->text) : &nobody;
	if (school == &nobody && tables && tables[TABLE_SCHOOLS] && tables[TABLE_SCHOOLS]->partial)
		return -1; /* schools.csv has its own message */
	if (school == &nobody || school == &several)
		return refuse_school(j, school == &several);
	j->out->row = school;
	return 0;
}

int cell_read(
    union cell_value *out, struct cells *c, const struct column *column, size_t i, struct str text)
{
	static int (*const readers[])(const struct job *) = {
	    [COLUMN_TEXT] = keep_text,
	    [COLUMN_URL] = read_url,
	    [COLUMN_PATH] = read_path,
	    [COLUMN_SLUG] = read_slug,
	    [COLUMN_COUNT] = read_count,
	    [COLUMN_NUMBER] = read_number,
	    [COLUMN_PERCENT] = read_percent,
	    [COLUMN_YEAR] = read_year,
	    [COLUMN_DATE] = read_date,
	    [COLUMN_YESNO] = read_yesno,
	    [COLUMN_ENUM] = read_word,
	    [COLUMN_LIST] = keep_text,
	    [COLUMN_REF] = read_reference,
	    [COLUMN_SCHOOL] = read_school,
	};
	struct job job = {.out = out, .c = c, .column = column, .i = i, .text = text};
	return readers[column->type](&job);
}
