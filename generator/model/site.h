/*
 * site - what all departments share.
 *
 * Filled by job/load: site_settings() from content/site.yaml, then the shared
 * tables, then the methods. Read-only while departments are built, from any
 * number of threads. It owns its arena.
 *
 * After site_settings() title, base_url, theme and language are always there:
 * base_url ends in "/" and begins with http:// or https://, or is just "/"
 * when the site names none (then there are no absolute addresses); the theme
 * is "default" and the language Russian unless said otherwise.
 */
#ifndef MODEL_SITE_H
#define MODEL_SITE_H

#include "model/method.h"

enum repository { REPOSITORY_UNSET, REPOSITORY_PUBLIC, REPOSITORY_PRIVATE };
enum language { LANGUAGE_UNSET, LANGUAGE_RU, LANGUAGE_EN };

enum role { ROLE_NONE, ROLE_VIEWER, ROLE_EDITOR, ROLE_PUBLISHER, ROLE_AUDITOR };

struct staff {
	const char *login, *name, *mail;
	struct field_list roles; /* enum role */
};

/* What the audit looks for, unless a department has a list of its own. */
#define SITE_CHECKLIST  "data/audit-checklist.csv"
#define SITE_ORDER_1493 "data/audit-order-1493.csv"

struct site {
	struct arena arena;
	const char *title, *base_url, *theme;
	const char *repository_url; /* of a file, with {commit} and {path}; or NULL */
	int language, repository;
	enum yesno history;            /* are commits shown on the pages? missing: yes */
	struct field_list staff;       /* struct staff */
	struct field_list departments; /* ids as listed; empty: all found */
	struct table procedures, metrics, words, checklist, signatures, exam_days;
	struct method **methods; /* sorted by id */
	size_t nmethods;
	const struct yaml_node *front;
};

#define SITE_INIT \
	{ \
		.arena = ARENA_INIT \
	}

int site_settings(struct site *s, const char *file, struct str bytes, struct diag *diag);
/* One of TABLE_PROCEDURES, TABLE_METRICS, TABLE_CHECKLIST (several files:
 * audit-checklist.csv, audit-order-1493.csv), TABLE_SIGNATURES, TABLE_WORDS,
 * TABLE_EXAM_DAYS. A lost one could not be read: what refers to it is then no
 * error. */
int site_table(
    struct site *s, enum table_id id, const char *file, struct str bytes, struct diag *diag);
void site_table_lost(struct site *s, enum table_id id);
const struct method *site_method(const struct site *s, const char *id); /* or NULL */
const struct procedure *site_procedure(const struct site *s, const char *id);
/* The member of staff with this login, or NULL. */
const struct staff *site_staff(const struct site *s, const char *login);
bool staff_has_role(const struct staff *staff, enum role role);
void site_clear(struct site *s);

#endif
