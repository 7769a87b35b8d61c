/*
 * officedoc_rtf - the plain text of an RTF file (Microsoft's RTF 1.9), for
 * text/officedoc.
 */
#ifndef TEXT_OFFICEDOC_RTF_H
#define TEXT_OFFICEDOC_RTF_H

#include "text/officedoc.h"

void officedoc_rtf(struct officedoc *out, struct arena *a, struct str bytes);

#endif
