/*
 * audit_settings - politeness and bounds that differ from the usual ones.
 *
 * A YAML file of names and numbers, as --settings names it:
 *
 *	delay-ms: 3000
 *	pages: 300
 *
 * The names are those of struct gather_settings and struct fetch_settings with
 * hyphens. Impolite ones (shorter delays, more connections) are refused but
 * for private addresses, where they serve tests.
 */
#ifndef JOB_AUDIT_SETTINGS_H
#define JOB_AUDIT_SETTINGS_H

#include "job/gather_run.h"

/* 0, or -1 with messages. private_only: no public address will be asked. */
int audit_settings_read(
    struct gather_run *run, const char *path, bool private_only, struct diag *diag);

/* A file like /etc/hosts, "address[:port] name name…", for names that are not
 * to be looked up; a port is meant in place of any. In the arena. */
int audit_hosts_read(
    struct fetch_settings *out, struct arena *a, const char *path, struct diag *diag);

#endif
