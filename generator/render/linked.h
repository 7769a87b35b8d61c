/*
 * linked - what a page says to programs in the words of schema.org.
 *
 * linked_data() puts the field jsonld into the page: JSON-LD for a script
 * element (the writer escapes what would end it), or null where there is
 * nothing to say: in the internal build, and while the site has no address of
 * its own, as everything there is named by its address.
 *
 *	every page below the overview   BreadcrumbList
 *	overview                        GovernmentOrganization
 *	data/                           Dataset and its downloads
 */
#ifndef RENDER_LINKED_H
#define RENDER_LINKED_H

#include "render/page.h"

void linked_data(struct renderer *r);

#endif
