/*
 * contacts_view - whom to ask, from the front matter of the department's page.
 */
#ifndef RENDER_CONTACTS_VIEW_H
#define RENDER_CONTACTS_VIEW_H

#include "render/page.h"

/* contacts: {role, phone, phone_href or null, mail}; has_contacts; unreachable:
 * neither telephone nor mail of anybody; working_group or null */
void contacts_view(struct renderer *r, struct view *v);

#endif
