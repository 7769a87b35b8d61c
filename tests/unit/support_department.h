/*
 * support_department - a department made in memory from CSV text.
 *
 * support_site() reads the shared tables and the methods that are shipped
 * with the repository (tests run from its root); support_method() adds or
 * replaces one. Then, as often as wanted: support_begin() with the front
 * matter of index.md, support_table() for each table in the order of
 * enum table_id, support_finish(), and support_end().
 *
 * Whatever is wrong with the text is printed and fails the test.
 */
#ifndef SUPPORT_DEPARTMENT_H
#define SUPPORT_DEPARTMENT_H

#include "compute/identification.h"

struct fixture {
	struct site site;
	struct department department;
	struct diag diag;
	struct arena arena; /* results of the test, emptied by support_end() */
};

void support_site(struct fixture *s);
void support_method(struct fixture *s, const char *id, const char *markdown, const char *rules);
void support_begin(struct fixture *s, const char *front_matter);
/* The build date; 2022-06-30 without it. Before the tables. */
void support_today(struct fixture *s, int year, int month, int day);
void support_table(struct fixture *s, enum table_id id, const char *csv);
/* The same from a file of the repository. */
void support_file(struct fixture *s, enum table_id id, const char *path);
void support_audit(struct fixture *s, const char *date, const char *csv);
void support_content(struct fixture *s, const char *path, const char *markdown);
void support_finish(struct fixture *s);
void support_end(struct fixture *s);
void support_site_end(struct fixture *s);

/* Shorthands over what was made. */
const struct school *support_school(const struct fixture *s, const char *id);
const struct metric *support_metric(const struct fixture *s, const char *id);
struct identification *support_identify(struct fixture *s, const char *method, int year);
const struct school_result *support_result(
    const struct fixture *s, const struct identification *i, const char *school);
const struct basis *support_basis(const struct identification *i, const char *school,
    const char *rule, const char *period, const char *measure);

#define assert_frac(f, n, d) \
	do { \
		struct frac assert_frac_ = (f); \
		assert_int_equal(assert_frac_.num, frac_of(n, d).num); \
		assert_int_equal(assert_frac_.den, frac_of(n, d).den); \
	} while (0)
#define assert_unset(f)      assert_int_equal((f).den, 0)
#define assert_outcome(r, o) assert_string_equal(outcomes[(r)->outcome], outcomes[o])

#endif
