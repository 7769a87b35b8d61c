/*
 * audit_cloud - documents on cloud disks and in social networks.
 *
 * A cloud disk answers 200 with a page of scripts whether the file is there or
 * not. What its public interface says of the file (a row FETCH_CLOUD of the
 * log) decides; or the file itself, where the store gives it without a page;
 * else the words of the page; else nobody knows. What a social network shows is
 * published off the site, and a person has to look.
 */
#ifndef COMPUTE_AUDIT_CLOUD_H
#define COMPUTE_AUDIT_CLOUD_H

#include "compute/audit_judge.h"
#include "compute/audit_look.h"

/* True when the target is of that kind and the finding has its verdict. */
bool audit_cloud_judge(struct finding *f, struct audit_site *s, struct audit_look *target);
/* The same for an address of a cloud disk that was not asked for itself, only
 * its interface. */
bool audit_cloud_unasked(struct finding *f, struct audit_site *s, const struct url *u);
/* Where Google Drive gives the file that the page u shows. False: u is no such page. */
bool audit_cloud_direct(struct url *out, struct arena *a, const struct url *u);
/* The file, where it came from there; else the target itself. */
struct audit_look *audit_cloud_file(const struct audit_site *s, struct audit_look *target);

#endif
