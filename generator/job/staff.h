/*
 * staff - who works on the site, as git is told.
 *
 * staff_author() finds the member of the staff list that a login names, or
 * whose mail is git's user.email; staff_committer() the publisher who runs the
 * command. Both give 0 or -1 with a message. job/publish.h says who may.
 */
#ifndef JOB_STAFF_H
#define JOB_STAFF_H

#include "model/site.h"
#include "sys/repo_write.h"

/* git's user.email in this folder, or NULL. */
const char *staff_git_mail(struct arena *a, const char *folder);

int staff_author(struct repo_person *out, const struct site *site, const char *login,
    const char *git_mail, struct diag *diag);
/* author: as found by staff_author(). */
int staff_committer(struct repo_person *out, const struct site *site,
    const struct repo_person *author, const char *git_mail, struct diag *diag);

#endif
