/*
 * intl - messages in the reader's language.
 *
 * _("…") is the message in the language of the process, N_("…") marks one
 * that is translated later. The catalogue is bound once, by main(); without
 * one the English text of the source is shown. LC_NUMERIC is never set:
 * numbers are written by our own code.
 */
#ifndef BASE_INTL_H
#define BASE_INTL_H

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text

#endif
