/*
 * Sites for tests of the audit: answers made of addresses and texts.
 *
 * Order: site_begin() with a checklist and signatures as CSV text (the words of
 * the patterns are the shipped ones), site_add()
 * for each answer (the first is the home page), site_judge(), site_end().
 */
#ifndef SUPPORT_AUDIT_H
#define SUPPORT_AUDIT_H

#include "compute/audit_judge.h"

enum { SITE_ANSWERS = 64 };

struct test_site {
	struct arena arena;
	struct diag diag;
	struct table items, rows, words;
	struct checklist checklist;
	struct signatures signatures;
	struct school school;
	struct str places[2];
	struct fetch_row log[SITE_ANSWERS];
	struct answer answers[SITE_ANSWERS];
	struct http_field types[SITE_ANSWERS][2];
	size_t count;
	struct date day;
	struct judged judged;
};

void site_begin(struct test_site *s, const char *checklist, const char *signatures);
/* The answer is returned, to be changed. */
struct answer *site_add(struct test_site *s, const char *url, const char *type, const char *body);
/* One of a school: with its title and its menu. */
struct answer *site_page(struct test_site *s, const char *url, const char *html);
struct fetch_row *site_row(struct test_site *s, const struct answer *x);
struct answer *site_fails(
    struct test_site *s, const char *url, enum fetch_outcome outcome, int status);
const struct finding *site_judge(struct test_site *s, const char *item);
void site_end(struct test_site *s);
/* A file of the repository; the tests run in its folder. */
struct str shipped_file(struct arena *a, const char *path);

#endif
