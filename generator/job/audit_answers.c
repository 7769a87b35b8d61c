/*
 * Of several attempts at one address the last counts, at the place of the
 * first. A record that cannot be read is an answer without head and body: the
 * judge says what the log says.
 */
#include "job/audit_answers.h"

#include "base/intl.h"
#include "job/audit_links.h"
#include "sys/file.h"
#include "text/http_body.h"
#include "text/warc.h"

#include <errno.h>

enum {
	LOG_BYTES = 64 * 1024 * 1024,
	BODY_BYTES = 64 * 1024 * 1024,
	/* Of all pages, which take six or seven times as much when they are read, and
	 * of all else; then only beginnings. */
	PAGES_BYTES = 128 * 1024 * 1024,
	FILES_BYTES = 384 * 1024 * 1024,
	BEGINNING = 256 * 1024
};

static int read_log(struct audit_visit *v, struct fetchlog *log, const char *folder,
    const char *school, struct diag *diag)
{
	struct root root = ROOT_INIT;
	struct str bytes;
	const char *name = arena_printf(&v->arena, "%s.log.csv", school);
	enum file_status status = root_open(&root, folder);
	if (status == FILE_OK)
		status = file_read(&bytes, &v->arena, &root, name, LOG_BYTES);
	if (status != FILE_OK)
		file_complain(diag, status, name, LOG_BYTES);
	root_close(&root);
	return status == FILE_OK ? fetchlog_read(log, &v->arena, name, bytes, diag) : -1;
}

struct read_bytes {
	size_t pages, files;
};

static void read_body(
    struct audit_visit *v, struct answer *x, struct warc_reader *w, struct read_bytes *total)
{
	struct warc_record record;
	size_t used;
	if (x->row->offset < 0 || warc_at(w, (size_t)x->row->offset, &record) != 1 ||
	    record.type != WARC_RESPONSE)
		return;
	struct str block = record.pieces[0];
	char *copy =
	    arena_strndup(&v->arena, block.p, block.n < HTTP_HEAD_MAX ? block.n : HTTP_HEAD_MAX);
	struct str head = {copy, block.n < HTTP_HEAD_MAX ? block.n : HTTP_HEAD_MAX};
	if (http_head_read(&x->head, &v->arena, head, &used) != HTTP_OK) {
		x->head = (struct http_head){0};
		return;
	}
	bool file = x->row->role == FETCH_FILE;
	size_t *sum = file ? &total->files : &total->pages;
	size_t most = *sum < (file ? FILES_BYTES : PAGES_BYTES) ? BODY_BYTES : BEGINNING;
	struct str raw = {block.p + used, block.n - used};
	struct http_content content = http_body_all(&v->arena, &x->head, raw, most);
	x->body = content.bytes;
	*sum += content.bytes.n;
	if (content.status == HTTP_BODY_TOO_LARGE && !x->row->truncated.n) {
		struct fetch_row *row = arena_alloc(&v->arena, sizeof(*row));
		*row = *x->row;
		row->truncated = STR("length");
		x->row = row;
	}
}

static void choose(struct audit_visit *v, const struct fetchlog *log)
{
	struct map places = MAP_INIT(&v->arena);
	struct answers *all = &v->answers;
	all->items = arena_array(&v->arena, log->count + 1, sizeof(*all->items));
	for (size_t i = 0; i < log->count; i++) {
		const struct fetch_row *row = &log->rows[i];
		if (row->role == FETCH_CANARY || row->role == FETCH_RULES)
			continue;
		struct answer *before = map_get(&places, row->url);
		/* That the rest was left out takes back nothing of what came. */
		bool answered = before && before->row->outcome == FETCH_OK;
		if (before && before->row->role == row->role) {
			before->row = answered && row->outcome != FETCH_OK ? before->row : row;
			continue;
		}
		struct answer *x = &all->items[all->count++];
		*x = (struct answer){.row = row, .body = STR("")};
		map_put(&places, row->url, x);
	}
}

static void set_places(struct audit_visit *v, const struct school *school)
{
	size_t count;
	const char **others = audit_places(&count, &v->arena, school);
	struct str *places = arena_array(&v->arena, count + 1, sizeof(*places));
	for (size_t i = 0; i <= count; i++) {
		const char *text = i ? others[i - 1] : school->site;
		bool bare = text && !strstr(text, "://");
		places[i] = str_of(bare ? arena_printf(&v->arena, "http://%s", text) : text);
	}
	v->answers.places = places;
	v->answers.nplaces = count + 1;
}

int audit_visit_open(struct audit_visit *v, const char *folder, const struct school *school,
    const char *warc, struct diag *diag)
{
	struct fetchlog log = {0};
	struct read_bytes total = {0};
	*v = (struct audit_visit){.arena = ARENA_INIT, .warc.bytes = STR("")};
	v->answers = (struct answers){.school = school, .warc = warc, .inn = STR("")};
	if (read_log(v, &log, folder, school->id, diag) < 0)
		return -1;
	const char *path = arena_printf(&v->arena, "%s/%s.warc.gz", folder, school->id);
	if (mapped_open(&v->warc, path) < 0) {
		file_complain(diag, errno == ENOENT ? FILE_MISSING : FILE_FAILED, path, 0);
		return -1;
	}
	set_places(v, school);
	choose(v, &log);
	struct warc_reader w = WARC_READER_INIT(v->warc.bytes);
	for (size_t i = 0; i < v->answers.count; i++)
		read_body(v, &v->answers.items[i], &w, &total);
	warc_end(&w);
	return 0;
}

void audit_visit_close(struct audit_visit *v)
{
	mapped_close(&v->warc);
	arena_clear(&v->arena);
}
