/*
 * The closed list of the fetch log against the reasons, in its order; only an
 * error status is looked at more closely.
 */
#include "compute/audit_outcome.h"

static const enum audit_reason reasons[FETCH_OUTCOMES] = {
    [FETCH_OK] = REASON_NONE,
    [FETCH_STATUS] = REASON_STATUS,
    [FETCH_EMPTY] = REASON_EMPTY_ANSWER,
    [FETCH_CUT] = REASON_TRUNCATED,
    [FETCH_BOMB] = REASON_BOMB,
    [FETCH_BROKEN] = REASON_MALFORMED,
    [FETCH_RATE] = REASON_RATE_LIMIT,
    [FETCH_REDIRECT] = REASON_REDIRECTS,
    [FETCH_LOOP] = REASON_REDIRECTS,
    [FETCH_BAD_TARGET] = REASON_BAD_LINK,
    [FETCH_BAD_ANSWER] = REASON_MALFORMED,
    [FETCH_NO_NAME] = REASON_DNS,
    [FETCH_DNS] = REASON_DNS,
    [FETCH_REFUSED] = REASON_CONNECT,
    [FETCH_CONNECT] = REASON_CONNECT,
    [FETCH_TLS] = REASON_TLS,
    [FETCH_CLOSED] = REASON_DISCONNECT,
    [FETCH_FIRST_BYTE] = REASON_TIMEOUT,
    [FETCH_SLOW] = REASON_TIMEOUT,
    [FETCH_TIME] = REASON_TIMEOUT,
    [FETCH_PRIVATE] = REASON_PRIVATE,
    [FETCH_ROBOTS] = REASON_ROBOTS,
    [FETCH_NO_ROBOTS] = REASON_ROBOTS_UNREACHABLE,
    [FETCH_CRAWL_DELAY] = REASON_CRAWL_DELAY,
    [FETCH_BLOCKED] = REASON_BLOCKED,
    [FETCH_BUDGET] = REASON_BUDGET,
    [FETCH_TRAP] = REASON_NOT_ASKED,
    [FETCH_FOREIGN] = REASON_FOREIGN_HOST,
    [FETCH_BAD_URL] = REASON_BAD_LINK,
};

static enum audit_reason of_status(int status)
{
	switch (status) {
	case 401:
	case 403:
	case 407:
	case 451:
		return REASON_REFUSED;
	case 429:
		return REASON_RATE_LIMIT;
	default:
		return status >= 500 ? REASON_SERVER_ERROR : REASON_STATUS;
	}
}

enum audit_reason audit_outcome_reason(
    const struct fetch_row *row, struct str *detail, struct arena *a)
{
	enum audit_reason r = reasons[row->outcome];
	*detail = STR_NONE;
	if (row->outcome == FETCH_STATUS) {
		r = of_status(row->status);
		*detail = str_of(arena_printf(a, "%d", row->status));
	}
	return r;
}
