/*
 * audit_settings - politeness and bounds that differ from the usual ones.
 *
 * A YAML file of names and numbers, as --settings names it:
 *
 *	delay-ms: 3000
 *	pages: 300
 *
 * The names are those of struct gather_settings and struct fetch_settings with
 * hyphens. Impolite ones (shorter delays, more connections) are refused; those
 * that are kept host by host are taken for private hosts alone, where they
 * serve tests.
 */
#ifndef JOB_AUDIT_SETTINGS_H
#define JOB_AUDIT_SETTINGS_H

#include "job/gather_run.h"

/* 0, or -1 with messages. at_home: the settings for private hosts, or NULL: none
 * are asked. */
int audit_settings_read(
    struct gather_run *run, struct gather_settings *at_home, const char *path, struct diag *diag);

/* A file like /etc/hosts, "address[:port] name name…", for names that are not
 * to be looked up; a port is meant in place of any. In the arena. */
int audit_hosts_read(
    struct fetch_settings *out, struct arena *a, const char *path, struct diag *diag);

#endif
