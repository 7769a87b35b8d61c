/*
 * A cell is written as text, its SHA-256 cut to 64 bits, and those of one sum
 * are added. 0 stands for nothing hidden; a sum that comes to it by chance is 1.
 */
#include "compute/fact_beneath.h"

#include "text/hash.h"

#include <stdlib.h>
#include <string.h>

static uint64_t fingerprint(const char *text)
{
	char digits[17] = "";
	memcpy(digits, hash_sha256(str_of(text)).s, 16);
	return strtoull(digits, NULL, 16);
}

static uint64_t join(uint64_t sum, uint64_t one)
{
	sum += one;
	return sum ? sum : 1;
}

static void add(struct beneath *b, struct map *map, const char *key, const char *cell)
{
	struct map_entry *e = map_entry(map, str_of(key));
	uint64_t *sum = e->value;
	if (!sum)
		e->value = sum = arena_alloc(b->arena, sizeof(*sum));
	*sum = join(*sum, fingerprint(cell));
}

static uint64_t get(const struct map *map, int year, const char *id)
{
	struct buf key = BUF_INIT(BUF_LINE);
	buf_addf(&key, "%d/%s", year, id);
	const uint64_t *sum = map_get(map, buf_str(&key));
	buf_clear(&key);
	return sum ? *sum : 0;
}

static const char *decimal_text(struct arena *a, struct decimal d)
{
	return d.set ? arena_printf(a, "%lld.%d", (long long)d.digits, d.places) : "";
}

static void add_result(struct beneath *b, struct arena *scratch, const struct result *r)
{
	add(b, &b->results, arena_printf(scratch, "%d/%s", r->year, r->procedure->id),
	    arena_printf(scratch, "%s|%lld|%lld|%s|%s|%s|%s|%d", r->school->id,
	        (long long)r->participants, (long long)r->below_minimum,
	        decimal_text(scratch, r->mean_mark), decimal_text(scratch, r->mean_score),
	        decimal_text(scratch, r->pass_rate), decimal_text(scratch, r->quality_rate),
	        r->status));
}

static void add_metrics(struct beneath *b, struct arena *scratch, const struct context *c)
{
	const struct table *metrics = &b->x->department->site->metrics;
	for (size_t i = 0; i < b->x->nmetrics; i++) {
		const struct metric *m = table_row(metrics, i);
		if (c->values[i].set && b->x->context_hidden[c->row.index * b->x->nmetrics + i])
			add(b, &b->metrics, arena_printf(scratch, "%d/%s", c->year, m->id),
			    arena_printf(scratch, "%s|%s", c->school->id,
			        decimal_text(scratch, c->values[i])));
	}
}

void beneath_find(struct beneath *b, struct arena *a, const struct disclosure *x)
{
	const struct department *d = x->department;
	struct arena scratch = ARENA_INIT;
	*b = (struct beneath){.arena = a, .x = x, .results = MAP_INIT(a), .metrics = MAP_INIT(a)};
	for (size_t i = 0; i < d->nresults; i++) {
		const struct result *r = &d->results[i];
		if (x->result_hidden[i] && r->scope == SCOPE_SCHOOL && r->school && r->procedure)
			add_result(b, &scratch, r);
	}
	for (size_t i = 0; i < d->ncontext; i++)
		if (d->context[i].scope == SCOPE_SCHOOL && d->context[i].school)
			add_metrics(b, &scratch, &d->context[i]);
	arena_clear(&scratch);
}

uint64_t beneath_result(const struct beneath *b, int year, const struct procedure *p)
{
	return get(&b->results, year, p->id);
}

uint64_t beneath_metric(const struct beneath *b, int year, const struct metric *m)
{
	return get(&b->metrics, year, m->id);
}

/* The municipal value that it is compared with may be a sum, too. */
static uint64_t of_reference(
    const struct beneath *b, const struct indicator_year *y, const struct measure *m)
{
	uint64_t sum = 0, part;
	for (size_t i = 0; i < m->nprocedures; i++)
		if ((part = beneath_result(b, y->year, m->procedures[i])))
			sum = join(sum, part);
	if (m->metric && (part = beneath_metric(b, y->year, m->metric)))
		sum = join(sum, part);
	if (m->of && (part = beneath_metric(b, y->year, m->of)))
		sum = join(sum, part);
	return sum;
}

uint64_t beneath_indicator(const struct beneath *b, const struct indicator_year *y)
{
	const struct measure *m = &b->x->department->measures[y->indicator->row.index];
	struct arena scratch = ARENA_INIT;
	uint64_t sum = 0;
	if (y->indicator->rule == RULE_AT_LEAST_REFERENCE)
		sum = of_reference(b, y, m);
	for (size_t i = 0; y->computed && i < y->ncontributions; i++) {
		const struct contribution *c = &y->contributions[i];
		if (disclosure_hides(b->x, y, c))
			sum = join(sum,
			    fingerprint(
			        arena_printf(&scratch, "%s|%d|%lld/%lld|%lld/%lld|%lld|%lld",
			            c->school->id, (int)c->counts, (long long)c->value.num,
			            (long long)c->value.den, (long long)c->before.num,
			            (long long)c->before.den, (long long)c->k, (long long)c->n)));
	}
	arena_clear(&scratch);
	return sum;
}
