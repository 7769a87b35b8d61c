/*
 * Tables are read in their order, so that what a cell refers to is there.
 * Indexes map a few integers, taken as bytes, to a row. All pointers into
 * tables are taken anew after each table, because rows move while it is read.
 */
#include "model/department.h"

#include "base/intl.h"
#include "model/checklist.h"
#include "model/checks.h"
#include "text/normalise.h"

#include <stdlib.h>
#include <string.h>

const char *const cohort_parts[] = {
    "all", "low-results", "disadvantaged", "risk-zone", "500-plus", NULL};

/* The key of an index: no gaps between its members, so its bytes compare. */
struct place_key {
	int32_t scope, school, what, year;
};

static struct str key_bytes(const struct place_key *key)
{
	return (struct str){(const char *)key, sizeof(*key)};
}

static struct place_key place_key(int scope, const struct school *s, uint32_t what, int year)
{
	return (struct place_key){scope, s ? (int32_t)s->row.index : -1, (int32_t)what, year};
}

void department_init(struct department *d, const struct site *site, const char *id)
{
	*d = (struct department){.arena = ARENA_INIT, .site = site, .checklist = &site->checklist};
	d->id = arena_strdup(&d->arena, id);
	names_init(&d->names, &d->arena, NULL, 0);
	d->files = (struct map)MAP_INIT(&d->arena);
	d->result_index = (struct map)MAP_INIT(&d->arena);
	d->context_index = (struct map)MAP_INIT(&d->arena);
	d->factor_index = (struct map)MAP_INIT(&d->arena);
}

/* Name the rows of all tables by their types. */
static void bind_rows(struct department *d)
{
	const struct table *t = d->tables;
	d->schools = t[TABLE_SCHOOLS].rows, d->nschools = t[TABLE_SCHOOLS].count;
	d->bodies = t[TABLE_BODIES].rows, d->nbodies = t[TABLE_BODIES].count;
	d->indicators = t[TABLE_INDICATORS].rows, d->nindicators = t[TABLE_INDICATORS].count;
	d->results = t[TABLE_RESULTS].rows, d->nresults = t[TABLE_RESULTS].count;
	d->context = t[TABLE_CONTEXT].rows, d->ncontext = t[TABLE_CONTEXT].count;
	d->factors = t[TABLE_FACTORS].rows, d->nfactors = t[TABLE_FACTORS].count;
	d->declared = t[TABLE_DECLARED].rows, d->ndeclared = t[TABLE_DECLARED].count;
	d->targets = t[TABLE_TARGETS].rows, d->ntargets = t[TABLE_TARGETS].count;
	d->values = t[TABLE_VALUES].rows, d->nvalues = t[TABLE_VALUES].count;
	d->roadmap = t[TABLE_ROADMAP].rows, d->nroadmap = t[TABLE_ROADMAP].count;
	d->support = t[TABLE_SUPPORT].rows, d->nsupport = t[TABLE_SUPPORT].count;
	d->errata = t[TABLE_ERRATA].rows, d->nerrata = t[TABLE_ERRATA].count;
	d->risks = t[TABLE_RISKS].rows, d->nrisks = t[TABLE_RISKS].count;
	d->sources = t[TABLE_SOURCES].rows, d->nsources = t[TABLE_SOURCES].count;
	d->audit = t[TABLE_AUDIT].rows, d->naudit = t[TABLE_AUDIT].count;
}

int department_checklist(
    struct department *d, const char *file, struct str bytes, struct diag *diag)
{
	struct table *own = arena_alloc(&d->arena, sizeof(*own));
	d->checklist = own;
	return checklist_own(own, &d->arena, &d->site->checklist, file, bytes, diag);
}

void department_checklist_lost(struct department *d, const char *file)
{
	struct table *own = arena_alloc(&d->arena, sizeof(*own));
	d->checklist = own;
	checklist_own_lost(own, &d->arena, &d->site->checklist, file);
}

bool department_owns_checklist(const struct department *d)
{
	return d->checklist != &d->site->checklist;
}

int department_table(struct department *d, enum table_id id, const char *file, struct str bytes,
    struct date date, struct diag *diag)
{
	const struct table *tables[TABLE_COUNT] = {
	    [TABLE_PROCEDURES] = &d->site->procedures,
	    [TABLE_METRICS] = &d->site->metrics,
	    [TABLE_CHECKLIST] = d->checklist,
	};
	for (int i = 0; i < DEPARTMENT_TABLES; i++)
		tables[i] = &d->tables[i];
	struct table_context context = {
	    .arena = &d->arena,
	    .diag = diag,
	    .tables = tables,
	    .names = id == TABLE_SCHOOLS ? NULL : &d->names,
	    .date = date,
	};
	int err = table_read(&d->tables[id], &context, id, file, bytes);
	d->bytes[id] = bytes;
	d->broken[id] |= err != 0;
	bind_rows(d);
	if (id == TABLE_SCHOOLS)
		names_init(&d->names, &d->arena, d->schools, d->nschools);
	return err;
}

int department_content(struct department *d, const char *path, struct str bytes, struct diag *diag)
{
	struct content *c = arena_alloc(&d->arena, sizeof(*c));
	int err = content_read(c, &d->arena, d->id, path, bytes, diag);
	d->contents = arena_grow(
	    &d->arena, d->contents, d->ncontents, &d->contents_cap, sizeof(struct content *));
	d->contents[d->ncontents++] = c;
	if (c->kind == CONTENT_INDEX)
		d->index = c;
	if (c->kind == CONTENT_PROGRAMME)
		d->programme = c;
	if (c->kind == CONTENT_GLOSSARY)
		d->glossary = c;
	if (c->kind == CONTENT_LETTER)
		d->letter = c;
	return err;
}

static struct str inside_files(struct str path)
{
	if (str_starts(path, "files/"))
		path = (struct str){path.p + strlen("files/"), path.n - strlen("files/")};
	return path;
}

struct attachment *department_file(struct department *d, const char *path)
{
	struct map_entry *e = map_entry(&d->files, inside_files(str_of(path)));
	if (!e->value)
		e->value = arena_alloc(&d->arena, sizeof(struct attachment));
	return e->value;
}

const struct attachment *department_attachment(const struct department *d, struct str path)
{
	return map_get(&d->files, inside_files(path));
}

bool department_has_file(const struct department *d, struct str path)
{
	return department_attachment(d, path) != NULL;
}

/* -- what is built when all has been read ------------------------------------ */

static int compare_contents(const void *x, const void *y)
{
	const struct content *const *a = x, *const *b = y;
	return strcmp((*a)->path, (*b)->path);
}

static void sort_contents(struct department *d)
{
	if (d->ncontents)
		qsort(d->contents, d->ncontents, sizeof(struct content *), compare_contents);
	/* A school's page that gives itself no title is named after the school. */
	for (size_t i = 0; i < d->ncontents; i++) {
		struct content *c = d->contents[i];
		const struct school *s = c->kind == CONTENT_SCHOOL && c->title == c->name
		    ? map_get(&d->names.by_id, str_of(c->name))
		    : NULL;
		if (s)
			c->title = s->short_name ? s->short_name : s->name;
	}
}

static size_t digits_at(const char *s)
{
	size_t n = 0;
	while (s[n] >= '0' && s[n] <= '9')
		n++;
	return n;
}

/* By code points, runs of digits by their number. */
static int natural_order(const char *a, const char *b)
{
	while (*a && *b) {
		size_t x = digits_at(a), y = digits_at(b);
		if (x && y) {
			for (; x > 1 && *a == '0'; x--)
				a++;
			for (; y > 1 && *b == '0'; y--)
				b++;
			int order = x != y ? (x < y ? -1 : 1) : strncmp(a, b, x);
			if (order)
				return order;
			a += x;
			b += y;
		} else if (*a != *b) {
			return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
		} else {
			a++;
			b++;
		}
	}
	return (*a != 0) - (*b != 0);
}

struct named_school {
	const char *folded;
	const struct school *school;
};

static int compare_schools(const void *x, const void *y)
{
	const struct named_school *a = x, *b = y;
	int order = natural_order(a->folded, b->folded);
	return order ? order : strcmp(a->school->id, b->school->id);
}

static void sort_schools(struct department *d)
{
	struct named_school *named = arena_array(&d->arena, d->nschools, sizeof(*named));
	d->by_name = arena_array(&d->arena, d->nschools, sizeof(const struct school *));
	for (size_t i = 0; i < d->nschools; i++) {
		const struct school *s = &d->schools[i];
		/* The legal form is no part of the name that people look for. */
		struct str folded =
		    normalise_name(&d->arena, str_of(s->short_name ? s->short_name : s->name));
		named[i] = (struct named_school){arena_strndup(&d->arena, folded.p, folded.n), s};
	}
	if (d->nschools)
		qsort(named, d->nschools, sizeof(*named), compare_schools);
	for (size_t i = 0; i < d->nschools; i++)
		d->by_name[i] = named[i].school;
}

/* A row without any metric has no values; readers may count on them. */
static void fill_context(struct department *d)
{
	struct context *rows = d->tables[TABLE_CONTEXT].rows;
	struct decimal *none = NULL;
	for (size_t i = 0; i < d->ncontext; i++) {
		if (!rows[i].values && !none)
			none = arena_array(&d->arena, d->site->metrics.count, sizeof(*none));
		if (!rows[i].values)
			rows[i].values = none;
	}
}

static void index_rows(struct department *d)
{
	for (size_t i = 0; i < d->nresults; i++) {
		const struct result *r = &d->results[i];
		if (!r->procedure)
			continue;
		struct place_key key =
		    place_key(r->scope, r->school, r->procedure->row.index, r->year);
		struct map_entry *e = map_entry(&d->result_index, key_bytes(&key));
		const struct result *old = e->value;
		if (!old || (old->attempt != ATTEMPT_FIRST && r->attempt == ATTEMPT_FIRST))
			e->value = (void *)r;
	}
	for (size_t i = 0; i < d->ncontext; i++) {
		const struct context *c = &d->context[i];
		struct place_key key = place_key(c->scope, c->school, 0, c->year);
		map_put(&d->context_index, key_bytes(&key), (void *)c);
	}
	for (size_t i = 0; i < d->nfactors; i++) {
		const struct factor_row *f = &d->factors[i];
		if (!f->school || !f->factor)
			continue;
		const char *key =
		    arena_printf(&d->arena, "%u %d %s", f->school->row.index, f->year, f->factor);
		map_put(&d->factor_index, str_of(key), (void *)f);
	}
}

static bool has_method(const struct department *d, const struct method *m)
{
	for (size_t i = 0; i < d->nmethods; i++)
		if (d->methods[i] == m)
			return true;
	return false;
}

static int find_methods(struct department *d, struct diag *diag)
{
	const struct field_list *ids = &department_meta(d)->methods;
	const char **known = arena_array(&d->arena, d->site->nmethods + 1, sizeof(const char *));
	int err = 0;
	d->methods = arena_array(&d->arena, ids->count, sizeof(const struct method *));
	for (size_t i = 0; i < d->site->nmethods; i++)
		known[i] = d->site->methods[i]->id;
	for (size_t i = 0; i < ids->count; i++) {
		const char *id = field_text(ids, i);
		const struct method *m = site_method(d->site, id);
		if (m && !has_method(d, m)) {
			d->methods[d->nmethods++] = m;
			continue;
		}
		err = -1;
		diag_add(diag, DIAG_ERROR, "unknown-method",
		    DIAG_AT(d->index->file, ids->places[i].line, ids->places[i].column), str_of(id),
		    diag_nearest(&d->arena, m ? NULL : str_nearest(id, known),
		        _("The methods are the files of content/methods/; name each once.")),
		    m ? _("this method is named twice") : _("there is no such method"));
	}
	return err;
}

static int read_measures(struct department *d, struct diag *diag)
{
	const struct measure_names names = {&d->site->procedures, &d->site->metrics, d->checklist};
	int err = 0;
	d->measures = arena_array(&d->arena, d->nindicators, sizeof(*d->measures));
	for (size_t i = 0; i < d->nindicators; i++) {
		const struct indicator *in = &d->indicators[i];
		/* Twice, so that the column is looked for only where it is wrong. */
		if (!measure_read(&d->measures[i], &d->arena, str_of(in->measure),
		        MEASURE_OF_INDICATOR, &names, DIAG_NOWHERE, NULL))
			continue;
		err = measure_read(&d->measures[i], &d->arena, str_of(in->measure),
		    MEASURE_OF_INDICATOR, &names, checks_cell(d, &in->row, "measure"), diag);
	}
	return err;
}

int department_finish(struct department *d, struct date today, struct diag *diag)
{
	d->today = today;
	bind_rows(d);
	sort_contents(d);
	sort_schools(d);
	fill_context(d);
	index_rows(d);
	int err = find_methods(d, diag);
	if (read_measures(d, diag))
		err = -1;
	if (checks_department(d, diag))
		err = -1;
	return err;
}

void department_clear(struct department *d)
{
	arena_clear(&d->arena);
	*d = (struct department){.arena = ARENA_INIT};
}

/* -- questions --------------------------------------------------------------- */

const struct department_meta *department_meta(const struct department *d)
{
	static const struct department_meta none = {
	    .disclosure = {.level = DISCLOSURE_STATUS, .minimum_group = GROUP_DEFAULT}};
	return d->index ? &d->index->as.meta : &none;
}

const struct result *department_result(const struct department *d, int scope,
    const struct school *school, const struct procedure *p, int year)
{
	struct place_key key = place_key(scope, school, p->row.index, year);
	return map_get(&d->result_index, key_bytes(&key));
}

const struct context *department_context(
    const struct department *d, int scope, const struct school *school, int year)
{
	struct place_key key = place_key(scope, school, 0, year);
	return map_get(&d->context_index, key_bytes(&key));
}

const struct factor_row *department_factor(
    const struct department *d, const struct school *school, const char *factor, int year)
{
	struct buf key = BUF_INIT(BUF_LINE);
	buf_addf(&key, "%u %d %s", school->row.index, year, factor);
	const struct factor_row *row = map_get(&d->factor_index, buf_str(&key));
	buf_clear(&key);
	return row;
}

const struct content *department_find(const struct department *d, struct str path)
{
	size_t low = 0, high = d->ncontents;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(str_of(d->contents[middle]->path), path);
		if (order == 0)
			return d->contents[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool school_open(const struct school *s, int year)
{
	return (!s->from_year || s->from_year <= year) && (!s->to_year || year <= s->to_year);
}

int declared_year(const struct department *d, int category, int year)
{
	int latest = 0;
	for (size_t i = 0; i < d->ndeclared; i++) {
		const struct declared *row = &d->declared[i];
		if (row->category == category && row->year <= year && row->year > latest)
			latest = row->year;
	}
	int end = department_meta(d)->last_year;
	return end && year > end && year > latest ? 0 : latest;
}

bool declared_in_force(const struct department *d, const struct declared *row, int year)
{
	return row->year == declared_year(d, row->category, year) &&
	    (!row->until || year <= row->until);
}

const char *department_label(const struct department *d, int category)
{
	static const char *const general[][CATEGORY_END] = {
	    [LANGUAGE_RU] = {"", "школа с низкими результатами",
	        "школа в неблагоприятных социальных условиях", "школа в зоне риска",
	        "школа проекта «500+»"},
	    [LANGUAGE_EN] = {"", "school with low results", "school in disadvantaged conditions",
	        "school in the risk zone", "school of the project “500+”"},
	};
	const struct department_meta *meta = department_meta(d);
	const char *const own[CATEGORY_END] = {[CATEGORY_LOW_RESULTS] = meta->labels.low_results,
	    [CATEGORY_DISADVANTAGED] = meta->labels.disadvantaged,
	    [CATEGORY_RISK_ZONE] = meta->labels.risk_zone,
	    [CATEGORY_500_PLUS] = meta->labels.plus_500};
	if (category <= CATEGORY_NONE || category >= CATEGORY_END)
		return "";
	if (own[category])
		return own[category];
	return general[d->site->language == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_RU][category];
}
