/*
 * change_json - changes for programs.
 *
 * The same in every language; keys and words are stable. An array of
 *	{"change": "edited", "fact": "indicator", "year": 2022, "part": "",
 *	 "part_title": "", "subject": "i1", "title": "…", "fields": [
 *		{"field": "value", "title": null, "old": VALUE, "new": VALUE}]}
 * and of groups with "parts" (such changes), "cells" and "subjects" in the
 * place of subject, title and fields. VALUE is null, {"hidden": true}, or
 * {"form": …} with
 *	number percent yes-no    "value", and "k", "n" where it is made of them
 *	date word text           "value"
 *	body                     nothing: a text or file, too long to be told
 * Kinds, parts and fields are those of compute/fact.h.
 */
#ifndef JOB_CHANGE_JSON_H
#define JOB_CHANGE_JSON_H

#include "compute/change.h"
#include "text/json.h"

void change_json(struct json *j, const struct changes *changes);

#endif
