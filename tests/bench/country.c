/*
 * A made-up country, as a Vidno site and as a Hugo site of the same facts.
 *
 *   country SCHOOLS VIDNO-FOLDER HUGO-FOLDER [FACTOR...]
 *
 * Departments of some 17 schools are made one after the other from their
 * numbers alone, so that memory does not grow and two runs give the same
 * bytes. The tables hold what real ones hold: small groups, results that were
 * cancelled, moved or not supplied, schools without senior classes, empty
 * cells. Vidno gets tables and computes; Hugo gets, in the front matter of
 * each page, the numbers that its templates show, ready made.
 *
 * FACTORs are the ids of a factor table. Methods, shared tables and layouts
 * are laid beside this by bench-country.sh. An empty folder name leaves that
 * site out.
 */
#include "base/buf.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof(*(array))))

enum { YEARS = 3, FIRST_YEAR = 2020, PROCEDURES = 9, FACTORS = 32, ITEMS = 6, SCHOOLS = 24 };

static const struct {
	const char *id, *title;
	bool senior, score; /* of senior classes; has a score instead of a mark */
} procedures[PROCEDURES] = {
    {"vpr-math-5", "ВПР. Математика, 5 класс", false, false},
    {"vpr-math-6", "ВПР. Математика, 6 класс", false, false},
    {"vpr-rus-5", "ВПР. Русский язык, 5 класс", false, false},
    {"vpr-rus-6", "ВПР. Русский язык, 6 класс", false, false},
    {"oge-math", "ОГЭ. Математика", false, false},
    {"oge-rus", "ОГЭ. Русский язык", false, false},
    {"ege-math-base", "ЕГЭ. Математика (базовая)", true, false},
    {"ege-math-prof", "ЕГЭ. Математика (профильная)", true, true},
    {"ege-rus", "ЕГЭ. Русский язык", true, true},
};
static const char *const items[ITEMS] = {
    "programme", "order", "regulations", "events", "agreements", "analytics"};
static const char *const roots[] = {"Приволж", "Зареч", "Север", "Камен", "Сосно", "Красно", "Ново",
    "Верхне", "Белояр", "Озёр", "Лесно", "Степ", "Покров", "Никол", "Кузнец"};
static const char *const tails[] = {"ский", "горский", "полянский", "реченский", "донский",
    "камский", "борский", "озёрский", "градский"};

enum status { HELD, CANCELLED, MOVED, NOT_SUPPLIED, NO_LEVEL, NO_PARTICIPANTS };
static const char *const status_words[] = {
    "", "cancelled", "moved", "not-supplied", "no-level", "no-participants"};

struct sitting {
	enum status status;
	int n, below, good; /* pupils: took part, below the minimum, marks 4 and 5 */
	int mean;           /* tenths */
};

struct school {
	long number; /* in the country */
	int place;   /* in the department */
	const char *locality;
	bool senior, declared, present[FACTORS], found[ITEMS];
	struct sitting results[PROCEDURES][YEARS];
	int students[YEARS], both_higher[YEARS], single[YEARS], registered[YEARS], teachers[YEARS],
	    diagnosed[YEARS];
};

struct department {
	long number;
	char id[24], base[64];
	int nschools;
	struct school schools[SCHOOLS];
};

/* -- chance ------------------------------------------------------------------ */

static uint64_t chance;

static uint32_t next_random(void) /* splitmix64 */
{
	uint64_t z = chance += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (uint32_t)((z ^ (z >> 31)) >> 32);
}

static int between(int least, int most)
{
	return least + (int)(next_random() % (uint32_t)(most - least + 1));
}

static bool one_in(int n)
{
	return between(1, n) == 1;
}

/* Nearly normal, of this deviation. */
static int spread(int deviation)
{
	int sum = 0;
	for (int i = 0; i < 12; i++)
		sum += between(-1000, 1000);
	return sum * deviation / 2000;
}

static int within(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

/* -- facts ------------------------------------------------------------------- */

static struct sitting make_sitting(const struct school *s, int procedure, int level)
{
	static const enum status rare[] = {MOVED, NOT_SUPPLIED, NO_PARTICIPANTS};
	struct sitting t = {.status = one_in(60) ? rare[between(0, 2)] : HELD};
	if (procedures[procedure].senior && !s->senior)
		t.status = NO_LEVEL;
	t.n = between(5, 90);
	t.below = within(t.n * (160 - 60 * level / 1000 + spread(70)) / 1000, 0, t.n);
	t.good = within(t.n * (520 + 120 * level / 1000 + spread(90)) / 1000, 0, t.n - t.below);
	t.mean = procedures[procedure].score
	    ? within(580 + 70 * level / 1000 + spread(50), 100, 1000)
	    : within(37 + 25 * level / 10000 + spread(20) / 10, 20, 50);
	return t;
}

static bool has_numbers(const struct sitting *t)
{
	return t->status == HELD;
}

static void make_school(struct school *s, long number, int place, int nfactors)
{
	int level = spread(1000);
	*s = (struct school){.number = number, .place = place, .senior = !one_in(6)};
	s->locality = roots[between(0, COUNT(roots) - 1)];
	s->declared = level < -700;
	for (int p = 0; p < PROCEDURES; p++)
		for (int y = 0; y < YEARS; y++)
			s->results[p][y] = make_sitting(s, p, level);
	for (int y = 0; y < YEARS; y++) {
		int n = s->students[y] = between(40, 900);
		s->both_higher[y] = n * between(0, 50) / 100;
		s->single[y] = n * between(5, 40) / 100;
		s->registered[y] = n * between(0, 6) / 100;
		s->teachers[y] = within(n / 14, 4, 99);
		s->diagnosed[y] = between(0, s->teachers[y]);
	}
	for (int f = 0; f < nfactors; f++)
		s->present[f] = between(1, 1000) < 220 - 50 * level / 1000;
	for (int i = 0; i < ITEMS; i++)
		s->found[i] = !one_in(5);
}

static void make_department(
    struct department *d, long number, long departments, long schools, int nfactors)
{
	long first = schools * (number - 1) / departments, last = schools * number / departments;
	chance = (uint64_t)number * 1000003;
	*d = (struct department){.number = number, .nschools = (int)(last - first)};
	snprintf(d->id, sizeof(d->id), "d%04ld", number);
	snprintf(d->base, sizeof(d->base), "%s%s", roots[between(0, COUNT(roots) - 1)],
	    tails[between(0, COUNT(tails) - 1)]);
	for (int i = 0; i < d->nschools; i++)
		make_school(&d->schools[i], first + i + 1, i + 1, nfactors);
	/* In every tenth department a procedure was cancelled in the first year. */
	for (int i = 0; i < d->nschools && number % 10 == 0; i++)
		d->schools[i].results[number / 10 % PROCEDURES][0].status = CANCELLED;
}

/* -- files ------------------------------------------------------------------- */

static void make_folders(const char *path)
{
	char part[512];
	for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		snprintf(part, sizeof(part), "%.*s", (int)(slash - path), path);
		mkdir(part, 0777);
	}
}

/* Write b to its file and empty it. */
static __attribute__((format(printf, 2, 3))) void put(struct buf *b, const char *format, ...)
{
	char path[512];
	va_list args;
	va_start(args, format);
	vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	FILE *f = fopen(path, "w");
	if (!f && errno == ENOENT) {
		make_folders(path);
		f = fopen(path, "w");
	}
	if (buf_err(b) || !f || fwrite(b->data, 1, b->len, f) != b->len || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
	buf_reset(b);
}

/* n in units of 1/scale (1, 10, 100). */
static void number(struct buf *b, long n, long scale)
{
	buf_addint(b, n / scale);
	if (scale > 1)
		buf_addf(b, ".%0*ld", scale == 10 ? 1 : 2, n % scale);
}

/* Percent of n, in units of 1/scale. */
static long share(long part, long n, long scale)
{
	return n ? (200 * scale * part + n) / (2 * n) : 0;
}

/* -- Vidno ------------------------------------------------------------------- */

static const char *const indicator_rest[] = {
    ("below-min,Результаты,Доля участников ниже минимального порога,percent,at-most,"
     "below-minimum:vpr-math-5|vpr-math-6|vpr-rus-5|vpr-rus-6|oge-math|oge-rus|ege-math-base|"
     "ege-math-prof|ege-rus,all"),
    "coordinator,Управление,Назначен муниципальный координатор,yes-no,yes,manual,",
    "visits,Управление,Число выездов в школы,count,at-least,manual,",
    ("diagnosed,Педагоги,\"Доля учителей, прошедших диагностику\",percent,at-least,"
     "ratio:teachers_diagnosed/teachers,low-results|disadvantaged"),
};
static const char *const targets_rest[] = {
    "below-min,%d,5\n", "coordinator,%d,yes\n", "visits,%d,12\n", "diagnosed,%d,50\n"};

static void vidno_indicators(struct buf *b, const char *folder, const char *id)
{
	buf_adds(b, "indicator,group,title,unit,rule,measure,cohort\n");
	for (int i = 0; i < ITEMS; i++)
		buf_addf(b,
		    "site-%s,Сайты,Доля школ с документом на сайте: %s,percent,at-least,audit:%s,"
		    "low-results|disadvantaged\n",
		    items[i], items[i], items[i]);
	for (int p = 0; p < PROCEDURES; p++)
		buf_addf(b,
		    "dyn-%s,Динамика,Доля школ с положительной динамикой: %s,percent,at-least,"
		    "dynamics:%s:%s,low-results|disadvantaged\n",
		    procedures[p].id, procedures[p].id, procedures[p].id,
		    procedures[p].score ? "mean_score" : "mean_mark");
	for (int i = 0; i < COUNT(indicator_rest); i++)
		buf_addf(b, "%s\n", indicator_rest[i]);
	put(b, "%s/data/%s/indicators.csv", folder, id);

	buf_adds(b, "indicator,year,target\n");
	for (int year = 2022; year <= 2023; year++) {
		for (int i = 0; i < ITEMS; i++)
			buf_addf(b, "site-%s,%d,100\n", items[i], year);
		for (int p = 0; p < PROCEDURES; p++)
			buf_addf(b, "dyn-%s,%d,20\n", procedures[p].id, year);
		for (int i = 0; i < COUNT(targets_rest); i++) {
			const char *comma = strchr(targets_rest[i], ',');
			buf_add(b, targets_rest[i], (size_t)(comma - targets_rest[i]));
			buf_addf(b, ",%d%s", year, strrchr(targets_rest[i], ','));
		}
	}
	put(b, "%s/data/%s/targets.csv", folder, id);
	buf_adds(b,
	    "indicator,year,value,evidence\ncoordinator,2022,yes,documents/act.md\nvisits,2022,9,\n");
	put(b, "%s/data/%s/values.csv", folder, id);
}

/* A row's numbers; a mean is in tenths for a school and hundredths for a sum. */
static void vidno_numbers(struct buf *b, int procedure, long n, long below, long good, long mean,
    long scale, bool quality)
{
	buf_addf(b, "%ld,%ld,", n, below);
	if (procedures[procedure].score)
		buf_addc(b, ',');
	number(b, mean, scale);
	buf_adds(b, procedures[procedure].score ? "," : ",,");
	if (quality)
		number(b, share(good, n, scale), scale);
}

static void vidno_sums(struct buf *b, const struct department *d, int p, int y)
{
	long n = 0, below = 0, good = 0, mean = 0;
	for (int i = 0; i < d->nschools; i++) {
		const struct sitting *t = &d->schools[i].results[p][y];
		if (!has_numbers(t))
			continue;
		n += t->n;
		below += t->below;
		good += t->good;
		mean += 10L * t->mean * t->n;
	}
	for (int region = 0; region < 2 && n; region++) {
		long more = region ? 11 : 1;
		buf_addf(b, "%d,%s,%s,,", FIRST_YEAR + y, procedures[p].id,
		    region ? "region" : "municipality");
		vidno_numbers(b, p, n * more, below * more, good * more, mean / n, 100, true);
		buf_adds(b, ",\n");
	}
}

static void vidno_results(struct buf *b, const struct department *d)
{
	buf_adds(b,
	    "year,procedure,scope,school,participants,below_minimum,mean_mark,mean_score,"
	    "quality_rate,status\n");
	for (int i = 0; i < d->nschools; i++)
		for (int p = 0; p < PROCEDURES; p++)
			for (int y = 0; y < YEARS; y++) {
				const struct sitting *t = &d->schools[i].results[p][y];
				buf_addf(b, "%d,%s,school,s%06ld,", FIRST_YEAR + y,
				    procedures[p].id, d->schools[i].number);
				if (has_numbers(t))
					vidno_numbers(b, p, t->n, t->below, t->good, t->mean, 10,
					    t->n % 31 != 0);
				else
					buf_adds(b, ",,,,");
				buf_addf(b, ",%s\n", status_words[t->status]);
			}
	for (int p = 0; p < PROCEDURES; p++)
		for (int y = 0; y < YEARS; y++)
			vidno_sums(b, d, p, y);
}

static void vidno_schools(struct buf *b, const char *folder, const struct department *d)
{
	const struct school *s;
	buf_adds(b, "school,name,kind,site\n");
	for (s = d->schools; s < d->schools + d->nschools; s++)
		buf_addf(b, "s%06ld,МБОУ «Школа № %d» с. %sое,%s,https://s%ld.example.org/\n",
		    s->number, s->place, s->locality, s->senior ? "secondary" : "basic", s->number);
	put(b, "%s/data/%s/schools.csv", folder, d->id);

	buf_adds(b,
	    "year,school,students,both_parents_higher,single_parent,registered,teachers,"
	    "teachers_diagnosed\n");
	for (s = d->schools; s < d->schools + d->nschools; s++)
		for (int y = 0; y < YEARS; y++) {
			buf_addf(b, "%d,s%06ld,%d,%d,%d,", FIRST_YEAR + 1 + y, s->number,
			    s->students[y], s->both_higher[y], s->single[y]);
			if (s->students[y] % 41)
				buf_addint(b, s->registered[y]);
			buf_addf(b, ",%d,%d\n", s->teachers[y], s->diagnosed[y]);
		}
	put(b, "%s/data/%s/context.csv", folder, d->id);

	buf_adds(b, "year,school,category\n");
	for (s = d->schools; s < d->schools + d->nschools; s++)
		if (s->declared)
			buf_addf(b, "2023,s%06ld,low-results\n", s->number);
	put(b, "%s/data/%s/declared.csv", folder, d->id);
}

static void vidno_marks(struct buf *b, const char *folder, const struct department *d,
    char *const *factors, int nfactors)
{
	const struct school *s;
	buf_adds(b, "year,school,factor,present\n");
	for (s = d->schools; s < d->schools + d->nschools; s++)
		for (int f = 0; f < nfactors; f++)
			buf_addf(b, "2023,s%06ld,%s,%s\n", s->number, factors[f],
			    s->present[f] ? "yes" : "no");
	put(b, "%s/data/%s/factors.csv", folder, d->id);

	buf_adds(b, "school,item,found,url,fetched\n");
	for (s = d->schools; s < d->schools + d->nschools; s++)
		for (int i = 0; i < ITEMS; i++)
			buf_addf(b,
			    "s%06ld,%s,%s,https://s%ld.example.org/%s.pdf,2022-09-15T08:00:00Z\n",
			    s->number, items[i], s->found[i] ? "yes" : "no", s->number, items[i]);
	put(b, "%s/data/%s/audit/2022-09-15.csv", folder, d->id);

	buf_adds(b, "item,section,activity,when,from,to,responsible,result,done\n");
	for (int k = 1; k <= 14; k++)
		buf_addf(b,
		    "%d,Раздел %d,Мероприятие %d,2022 год,2022-0%d-01,2022-12-31,методисты,справка,%s\n",
		    k, k % 3 + 1, k, k % 9 + 1, k % 4 ? "" : "2022-11-01");
	put(b, "%s/data/%s/roadmap.csv", folder, d->id);
}

static void vidno_texts(struct buf *b, const char *folder, const struct department *d)
{
	buf_addf(b,
	    "---\ntitle: Управление образования муниципального района «%s» (%ld)\n"
	    "short: %s %ld\nregion: Регион %ld\nperiod: 2022-2024\n"
	    "methods: [fioko-low-results, social-wellbeing, kezhma-risk-zone]\n"
	    "disclosure: {level: values, minimum_group: 10}\n---\n\nПоддержка школ района.\n",
	    d->base, d->number, d->base, d->number, 1 + d->number % 89);
	put(b, "%s/content/%s/index.md", folder, d->id);
	buf_addf(b, "---\ntitle: Программа повышения качества образования, %s\n---\n", d->base);
	for (int i = 1; i <= 5; i++) {
		buf_addf(b, "\n## Раздел %d\n\n", i);
		for (int k = 0; k < 8; k++)
			buf_adds(b,
			    "Текст раздела с **выделением** и [ссылкой](https://example.org/). ");
		buf_addc(b, '\n');
	}
	put(b, "%s/content/%s/programme.md", folder, d->id);
	buf_adds(b,
	    "---\ntitle: Приказ\nkind: act\ndate: 2022-01-01\nnumber: 1-п\ncycle: [measures]\n"
	    "year: 2022\n---\n\nТекст приказа.\n");
	put(b, "%s/content/%s/documents/act.md", folder, d->id);
	buf_adds(b,
	    "---\ntitle: Анализ\nkind: report\ndate: 2022-02-01\ncycle: [analysis]\n"
	    "year: 2022\n---\n\nТекст анализа.\n");
	put(b, "%s/content/%s/documents/report.md", folder, d->id);
	buf_adds(b, "---\ntitle: Семинар\ndate: 2022-03-15\n---\n\nО семинаре.\n");
	put(b, "%s/content/%s/events/seminar.md", folder, d->id);
}

static void vidno_department(struct buf *b, const char *folder, const struct department *d,
    char *const *factors, int nfactors)
{
	vidno_texts(b, folder, d);
	vidno_schools(b, folder, d);
	vidno_results(b, d);
	put(b, "%s/data/%s/results.csv", folder, d->id);
	vidno_marks(b, folder, d, factors, nfactors);
	vidno_indicators(b, folder, d->id);
}

/* -- Hugo -------------------------------------------------------------------- */

/* Means over the procedures of a year: quality or below the minimum, percent. */
static long hugo_mean(const struct school *s, int year, bool below)
{
	long part = 0, n = 0;
	for (int p = 0; p < PROCEDURES; p++) {
		const struct sitting *t = &s->results[p][year];
		part += has_numbers(t) ? below ? t->below : t->good : 0;
		n += has_numbers(t) ? t->n : 0;
	}
	return share(part, n, 10);
}

static void hugo_means(struct buf *b, const char *name, const struct school *s, bool below)
{
	buf_addf(b, ",\"%s\":[", name);
	for (int y = 0; y < YEARS; y++) {
		buf_adds(b, y ? "," : "");
		number(b, hugo_mean(s, y, below), 10);
	}
	buf_addc(b, ']');
}

static void hugo_badges(struct buf *b, const struct school *s)
{
	bool low = hugo_mean(s, YEARS - 1, true) > 200;
	int present = 0, found = 0;
	for (int f = 0; f < FACTORS; f++)
		present += s->present[f];
	for (int i = 0; i < ITEMS; i++)
		found += s->found[i];
	buf_addf(b,
	    "[{\"c\":\"%s\",\"t\":\"%s\"},{\"c\":\"%s\",\"t\":\"Рисков: %d\"},"
	    "{\"c\":\"%s\",\"t\":\"Сайт: %d из %d\"}]",
	    low ? "bad" : "ok", low ? "Низкие результаты" : "Стабильные результаты",
	    present > 4 ? "bad" : "ok", present, found < ITEMS ? "warn" : "ok", found, ITEMS);
}

static void hugo_results(struct buf *b, const struct school *s)
{
	buf_adds(b, ",\"results\":[");
	for (int p = 0; p < PROCEDURES; p++) {
		buf_addf(b, "%s{\"p\":\"%s\",\"y\":[", p ? "," : "", procedures[p].title);
		for (int y = 0; y < YEARS; y++) {
			const struct sitting *t = &s->results[p][y];
			buf_adds(b, y ? "," : "");
			if (!has_numbers(t)) {
				buf_adds(b, "[\"–\",\"–\",\"–\",\"–\"]");
				continue;
			}
			buf_addf(b, "[%d,%d,", t->n, t->below);
			number(b, t->mean, 10);
			buf_addc(b, ',');
			number(b, share(t->good, t->n, 10), 10);
			buf_addc(b, ']');
		}
		buf_adds(b, "]}");
	}
	buf_addc(b, ']');
}

static void hugo_flags(struct buf *b, const char *name, const bool *flags, int n)
{
	buf_addf(b, ",\"%s\":[", name);
	for (int i = 0; i < n; i++)
		buf_addf(b, "%s%d", i ? "," : "", flags[i]);
	buf_addc(b, ']');
}

static void hugo_school(
    struct buf *b, const struct department *d, const struct school *s, int nfactors)
{
	buf_addf(b, "{\"title\":\"МБОУ «Школа № %d» с. %sое\",", s->place, s->locality);
	buf_addf(b, "\"dept\":\"Район «%s» (%ld)\",\"durl\":\"/%s/\",\"badges\":", d->base,
	    d->number, d->id);
	hugo_badges(b, s);
	hugo_results(b, s);
	hugo_means(b, "cq", s, false);
	hugo_means(b, "cb", s, true);
	buf_adds(b, ",\"social\":[");
	for (int y = 0; y < YEARS; y++)
		buf_addf(b, "%s[%d,%d,%d,%d]", y ? "," : "", s->students[y], s->both_higher[y],
		    s->single[y], s->teachers[y]);
	buf_addc(b, ']');
	hugo_flags(b, "risks", s->present, nfactors);
	hugo_flags(b, "audit", s->found, ITEMS);
	buf_adds(b, "}\n");
}

static void hugo_department(
    struct buf *b, struct buf *home, const char *folder, const struct department *d, int nfactors)
{
	buf_addf(home, "%s{\"u\":\"/%s/\",\"n\":\"Район «%s» (%ld)\",\"k\":%d}",
	    d->number > 1 ? "," : "", d->id, d->base, d->number, d->nschools);
	buf_addf(b, "{\"title\":\"Район «%s» (%ld)\",\"rows\":[", d->base, d->number);
	for (int i = 0; i < d->nschools; i++) {
		const struct school *s = &d->schools[i];
		buf_addf(b,
		    "%s{\"u\":\"/%s/s%06ld/\",\"n\":\"Школа № %d с. %sое\",\"b\":", i ? "," : "",
		    d->id, s->number, s->place, s->locality);
		hugo_badges(b, s);
		buf_adds(b, ",\"q\":");
		number(b, hugo_mean(s, YEARS - 1, false), 10);
		buf_adds(b, ",\"l\":");
		number(b, hugo_mean(s, YEARS - 1, true), 10);
		buf_addc(b, '}');
	}
	buf_adds(b, "]}\n");
	put(b, "%s/content/%s/_index.md", folder, d->id);
	for (int i = 0; i < d->nschools; i++) {
		hugo_school(b, d, &d->schools[i], nfactors);
		put(b, "%s/content/%s/s%06ld.md", folder, d->id, d->schools[i].number);
	}
}

int main(int argc, char **argv)
{
	static struct department d;
	struct buf b = BUF_INIT(BUF_FILE), home = BUF_INIT(BUF_FILE);
	char *end;
	long schools = argc > 3 ? strtol(argv[1], &end, 10) : 0;
	int nfactors = argc > 4 ? argc - 4 : 0;

	if (schools < 1 || *end || nfactors > FACTORS) {
		fputs("usage: country SCHOOLS VIDNO-FOLDER HUGO-FOLDER [FACTOR...]\n", stderr);
		return 2;
	}
	const char *vidno = argv[2], *hugo = argv[3];
	long departments = schools < 17 ? 1 : (schools * 100 + 869) / 1739;
	buf_adds(&home, "{\"title\":\"Открытое образование\",\"depts\":[");
	for (long i = 1; i <= departments; i++) {
		make_department(&d, i, departments, schools, nfactors);
		if (*vidno)
			vidno_department(&b, vidno, &d, argv + 4, nfactors);
		if (*hugo)
			hugo_department(&b, &home, hugo, &d, nfactors);
	}
	buf_adds(&home, "]}\n");
	if (*hugo)
		put(&home, "%s/content/_index.md", hugo);
	buf_adds(&b, "title: Открытое образование\nbase_url: https://example.org/\nlanguage: ru\n");
	if (*vidno)
		put(&b, "%s/content/site.yaml", vidno);
	buf_clear(&b);
	buf_clear(&home);
	return 0;
}
