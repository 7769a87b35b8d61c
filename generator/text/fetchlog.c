/*
 * One table of columns serves the header, the writer and the reader. A word
 * of a closed list that is not known, or a number that is none, is an error at
 * its cell: a log is read by the version that wrote it or a later one.
 */
#include "text/fetchlog.h"

#include "base/intl.h"
#include "text/ascii.h"
#include "text/csv.h"

/* ---- closed lists ---- */

static const struct {
	const char *name, *text;
} outcomes[FETCH_OUTCOMES] = {
    [FETCH_OK] = {"ok", N_("answered")},
    [FETCH_STATUS] = {"status", N_("the server answers with an error")},
    [FETCH_EMPTY] = {"empty", N_("the answer is empty")},
    [FETCH_CUT] = {"cut", N_("the answer breaks off")},
    [FETCH_BOMB] = {"bomb", N_("the answer swells beyond all bounds when unpacked")},
    [FETCH_BROKEN] = {"broken", N_("the answer is packed wrongly")},
    [FETCH_RATE] = {"rate", N_("the server asks to come back later")},
    [FETCH_REDIRECT] = {"redirects", N_("too many redirects")},
    [FETCH_LOOP] = {"loop", N_("the redirects go round in a circle")},
    [FETCH_BAD_TARGET] = {"bad-target", N_("redirected to what is no web address")},
    [FETCH_BAD_ANSWER] = {"bad-answer", N_("the answer is not one of HTTP")},
    [FETCH_NO_NAME] = {"no-name", N_("the name of the host does not exist")},
    [FETCH_DNS] = {"dns", N_("the name of the host cannot be looked up")},
    [FETCH_REFUSED] = {"refused", N_("the server refuses the connection or is unreachable")},
    [FETCH_CONNECT] = {"connect", N_("no connection in time")},
    [FETCH_TLS] = {"tls", N_("no encrypted connection can be made")},
    [FETCH_CLOSED] = {"closed", N_("the server closes the connection without an answer")},
    [FETCH_FIRST_BYTE] = {"first-byte", N_("no answer in time")},
    [FETCH_SLOW] = {"slow", N_("the answer drips too slowly")},
    [FETCH_TIME] = {"time", N_("the answer takes too long")},
    [FETCH_PRIVATE] = {"private", N_("the host has a private address")},
    [FETCH_ROBOTS] = {"robots", N_("robots.txt forbids it")},
    [FETCH_NO_ROBOTS] = {"no-robots", N_("robots.txt cannot be reached")},
    [FETCH_CRAWL_DELAY] = {"crawl-delay",
        N_("robots.txt asks for a longer delay than we can wait")},
    [FETCH_BLOCKED] = {"blocked", N_("the site stopped answering during the visit")},
    [FETCH_BUDGET] = {"budget", N_("the pages or the time set for one school are spent")},
    [FETCH_TRAP] = {"trap", N_("an address without end")},
    [FETCH_FOREIGN] = {"foreign", N_("redirected to the site of somebody else")},
    [FETCH_BAD_URL] = {"bad-url", N_("not a web address")},
};

static const char *const roles[FETCH_ROLES] = {"page", "file", "rules", "probe", "canary", "cloud"};

static const char *const certificates[FETCH_CERTS] = {
    "none", "ok", "incomplete", "self-signed", "expired", "wrong-host", "other"};

static int find(struct str name, const char *const *list, int count)
{
	for (int i = 0; i < count; i++)
		if (str_is(name, list[i]))
			return i;
	return -1;
}

const char *fetch_outcome_name(enum fetch_outcome outcome)
{
	return outcomes[outcome].name;
}

const char *fetch_outcome_text(enum fetch_outcome outcome)
{
	return _(outcomes[outcome].text);
}

int fetch_outcome_parse(struct str name)
{
	for (int i = 0; i < FETCH_OUTCOMES; i++)
		if (str_is(name, outcomes[i].name))
			return i;
	return -1;
}

const char *fetch_role_name(enum fetch_role role)
{
	return roles[role];
}

int fetch_role_parse(struct str name)
{
	return find(name, roles, FETCH_ROLES);
}

const char *fetch_certificate_name(enum fetch_certificate certificate)
{
	return certificates[certificate];
}

int fetch_certificate_parse(struct str name)
{
	return find(name, certificates, FETCH_CERTS);
}

/* ---- columns ---- */

enum column {
	TIME,
	ROLE,
	URL,
	FINAL,
	SOURCE,
	DEPTH,
	ATTEMPT,
	OUTCOME,
	STATUS,
	MS,
	BYTES,
	TRUNCATED,
	SHA256,
	OFFSET,
	IP,
	CERTIFICATE,
	CHAIN,
	NOTE,
	COLUMNS
};

static const char *const names[COLUMNS] = {"time", "role", "url", "final", "source", "depth",
    "attempt", "outcome", "status", "ms", "bytes", "truncated", "sha256", "offset", "ip",
    "certificate", "chain", "note"};

/* ---- writing ---- */

void fetchlog_header(struct buf *out)
{
	for (int i = 0; i < COLUMNS; i++)
		buf_addf(out, "%s%s", i ? "," : "", names[i]);
	buf_addc(out, '\n');
}

/* A line end or a zero byte of a hostile site would end the row early. */
static void add_text(struct buf *out, struct str text)
{
	struct buf line = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < text.n; i++)
		buf_addc(&line, (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i]);
	if (utf8_valid(buf_str(&line)))
		csv_cell(out, buf_str(&line), false);
	else
		buf_adds(out, "?");
	buf_clear(&line);
}

static void add_number(struct buf *out, int64_t n)
{
	if (n >= 0)
		buf_addint(out, n);
}

static void add_cell(struct buf *out, const struct fetch_row *row, enum column column)
{
	switch (column) {
	case TIME:
		return add_text(out, row->time);
	case ROLE:
		return buf_adds(out, fetch_role_name(row->role));
	case URL:
		return add_text(out, row->url);
	case FINAL:
		return add_text(out, row->final);
	case SOURCE:
		return add_text(out, row->source);
	case DEPTH:
		return add_number(out, row->depth);
	case ATTEMPT:
		return add_number(out, row->attempt);
	case OUTCOME:
		return buf_adds(out, fetch_outcome_name(row->outcome));
	case STATUS:
		return add_number(out, row->status ? row->status : -1);
	case MS:
		return add_number(out, (int64_t)row->ms);
	case BYTES:
		return add_number(out, (int64_t)row->bytes);
	case TRUNCATED:
		return add_text(out, row->truncated);
	case SHA256:
		return add_text(out, row->sha256);
	case OFFSET:
		return add_number(out, row->offset);
	case IP:
		return add_text(out, row->ip);
	case CERTIFICATE:
		return buf_adds(out, fetch_certificate_name(row->certificate));
	case CHAIN:
		return add_text(out, row->chain);
	case NOTE:
		return add_text(out, row->note);
	case COLUMNS:
		break;
	}
}

void fetchlog_write(struct buf *out, const struct fetch_row *row)
{
	for (int i = 0; i < COLUMNS; i++) {
		if (i)
			buf_addc(out, ',');
		add_cell(out, row, (enum column)i);
	}
	buf_addc(out, '\n');
}

/* ---- reading ---- */

struct reading {
	struct fetchlog *log;
	struct arena *arena;
	const char *file;
	struct diag *diag;
	const struct csv_row *row;
	int wrong;
};

static int header(void *payload, const struct csv_row *row, bool sure)
{
	const struct reading *r = payload;
	bool fits = row->count == COLUMNS;
	for (size_t i = 0; fits && i < COLUMNS; i++)
		fits = str_is(row->fields[i], names[i]);
	if (!fits && sure)
		diag_add(r->diag, DIAG_ERROR, "fetchlog-header", DIAG_AT(r->file, row->line, 0),
		    STR_NONE, _("Audit once more: vidno audit writes the log itself."),
		    _("this is no log of visits, or one of another version"));
	return fits ? 0 : -1;
}

static void complain(struct reading *r, enum column column)
{
	r->wrong = -1;
	uint32_t line, at = csv_column(r->row, ',', column, &line);
	diag_add(r->diag, DIAG_ERROR, "fetchlog-cell", DIAG_AT(r->file, line, at),
	    r->row->fields[column], _("Audit once more: vidno audit writes the log itself."),
	    _("the column %s of the log of visits cannot be read"), names[column]);
}

/* An empty cell is `none`. */
static int64_t get_number(struct reading *r, enum column column, int64_t none)
{
	struct str cell = r->row->fields[column];
	int64_t n = cell.n ? ascii_number(cell) : none;
	if (cell.n && (n < 0 || n == INT64_MAX))
		complain(r, column);
	return n;
}

static int get_word(struct reading *r, enum column column, int found)
{
	if (found < 0)
		complain(r, column);
	return found < 0 ? 0 : found;
}

static int read_row(void *payload, const struct csv_row *row)
{
	struct reading *r = payload;
	struct fetchlog *log = r->log;
	const struct str *f = row->fields;
	r->row = row;
	log->rows = arena_grow(r->arena, log->rows, log->count, &log->cap, sizeof(*log->rows));
	log->rows[log->count++] = (struct fetch_row){
	    .time = f[TIME],
	    .role = (enum fetch_role)get_word(r, ROLE, fetch_role_parse(f[ROLE])),
	    .url = f[URL],
	    .final = f[FINAL],
	    .source = f[SOURCE],
	    .depth = (unsigned)get_number(r, DEPTH, 0),
	    .attempt = (unsigned)get_number(r, ATTEMPT, 1),
	    .outcome = (enum fetch_outcome)get_word(r, OUTCOME, fetch_outcome_parse(f[OUTCOME])),
	    .status = (int)get_number(r, STATUS, 0),
	    .ms = (uint64_t)get_number(r, MS, 0),
	    .bytes = (uint64_t)get_number(r, BYTES, 0),
	    .truncated = f[TRUNCATED],
	    .sha256 = f[SHA256],
	    .offset = get_number(r, OFFSET, -1),
	    .ip = f[IP],
	    .certificate = (enum fetch_certificate)get_word(
	        r, CERTIFICATE, fetch_certificate_parse(f[CERTIFICATE])),
	    .chain = f[CHAIN],
	    .note = f[NOTE],
	};
	return 0;
}

int fetchlog_read(
    struct fetchlog *out, struct arena *a, const char *file, struct str bytes, struct diag *diag)
{
	struct reading r = {.log = out, .arena = a, .file = file, .diag = diag};
	struct csv_reader reader = {.payload = &r, .header = header, .row = read_row};
	struct csv_info info;
	*out = (struct fetchlog){0};
	int status = csv_read(&info, a, file, bytes, &reader, diag);
	return status || r.wrong ? -1 : 0;
}
