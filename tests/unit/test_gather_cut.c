/* An archive that was cut anywhere by a kill: the visit goes on from its last
 * whole exchange, asks for nothing that it has, and ends as one that was never
 * broken off. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "job/gather_run.h"
#include "job/recall.h"
#include "sys/fd.h"
#include "sys/file.h"

#include "support_random.h"
#include "support_server.h"

enum { MOST = 64, SAMPLE = 40 };
#define SCHOOL   "school"
#define SOFTWARE "Vidno/" VIDNO_VERSION

static char folder[] = "/tmp/vidno-cut-XXXXXX";
static int port;

/* What a visit without a break left, and where its exchanges end. */
static struct {
	struct arena arena;
	struct str archive, log;
	char asked[4096];
	size_t borders[MOST]; /* the first is that of the archive's own record */
	size_t records[MOST], count;
} whole;

/* ---- a visit ---- */

static void read_page(void *payload, const struct gather_page *page, struct gather_links *l)
{
	(void)payload;
	server_links(page, l);
}

static enum gather_end visit(bool resume, struct diag *diag)
{
	char site[60];
	struct gather_run run = GATHER_RUN;
	snprintf(site, sizeof(site), "http://127.0.2.1:%d/", port);
	struct gather_school school = {.id = SCHOOL, .site = site};
	run.schools = &school;
	run.count = 1;
	run.folder = folder;
	run.resume = resume;
	run.snapshot = 20 * 1024;
	run.settings.delay_ms = run.settings.delay_times = run.settings.platform_interval_ms = 0;
	run.settings.retry_ms[0] = run.settings.retry_ms[1] = 1;
	run.fetch.user_agent = "Vidno/test (+https://example.org/; audit@example.org)";
	run.fetch.allow_private = true;
	run.read = read_page;
	return gather_run(&run, diag);
}

static const char *path_of(const char *ending)
{
	static char path[4][200];
	static int next;
	next = (next + 1) % 4;
	snprintf(path[next], sizeof(path[next]), "%s/" SCHOOL "%s", folder, ending);
	return path[next];
}

static struct str load(struct arena *a, const char *ending)
{
	struct root root = ROOT_INIT;
	struct str bytes;
	char name[60];
	snprintf(name, sizeof(name), SCHOOL "%s", ending);
	assert_int_equal(root_open(&root, folder), FILE_OK);
	if (file_read(&bytes, a, &root, name, 1 << 30) != FILE_OK)
		fail_msg("no %s", name);
	root_close(&root);
	return bytes;
}

static void leave(const char *ending, struct str bytes, size_t n)
{
	unlink(path_of(ending));
	assert_int_equal(fd_create(AT_FDCWD, path_of(ending), 0644, bytes.p, n), 0);
}

static void find_borders(void)
{
	struct warc_reader w = WARC_READER_INIT(whole.archive);
	struct warc_record r;
	size_t records = 0;
	while (warc_next(&w, &r) > 0) {
		records++;
		if (r.type != WARC_INFO && r.type != WARC_METADATA)
			continue;
		assert_true(whole.count < MOST);
		whole.borders[whole.count] = w.whole;
		whole.records[whole.count++] = records;
	}
	assert_int_equal(w.whole, whole.archive.n);
	warc_end(&w);
}

static int begin(void **state)
{
	(void)state;
	struct diag diag = DIAG_INIT;
	port = server_begin();
	if (port < 0 || !mkdtemp(folder) || visit(false, &diag) != GATHER_DONE)
		return -1;
	snprintf(whole.asked, sizeof(whole.asked), "%s", server_asked());
	whole.archive = load(&whole.arena, ".warc.gz");
	whole.log = load(&whole.arena, ".log.csv");
	find_borders();
	return whole.count > 8 ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	server_end();
	arena_clear(&whole.arena);
	return fd_remove(AT_FDCWD, folder);
}

/* ---- what is left of an archive ---- */

/* How many exchanges are whole in the first n bytes, the archive's own record
 * counted; 0: not even that. */
static size_t whole_in(size_t n)
{
	size_t i = 0;
	while (i < whole.count && whole.borders[i] <= n)
		i++;
	return i;
}

static void every_byte(void **state)
{
	(void)state;
	for (size_t n = 0; n <= whole.archive.n; n++) {
		struct recall r;
		size_t i = whole_in(n);
		leave(".warc.gz.open", whole.archive, n);
		enum recall_status status =
		    recall_open(&r, path_of(".warc.gz.open"), STR(SOFTWARE));
		assert_int_equal(status, i ? RECALL_OK : RECALL_NONE);
		assert_int_equal(r.whole, i ? whole.borders[i - 1] : 0);
		assert_int_equal(r.records, i ? whole.records[i - 1] : 0);
		recall_close(&r);
	}
	unlink(path_of(".warc.gz.open"));
}

static void strangers(void **state)
{
	(void)state;
	struct recall r;
	assert_int_equal(recall_open(&r, path_of(".none"), STR(SOFTWARE)), RECALL_NONE);
	recall_close(&r);
	leave(".warc.gz.open", whole.archive, whole.archive.n);
	assert_int_equal(
	    recall_open(&r, path_of(".warc.gz.open"), STR("Vidno/0.0.1")), RECALL_OTHER);
	recall_close(&r);
	assert_int_equal(recall_open(&r, folder, STR(SOFTWARE)), RECALL_FAILED);
	recall_close(&r);
	unlink(path_of(".warc.gz.open"));
}

/* ---- going on ---- */

static bool same(struct str a, struct str b)
{
	return str_eq(a, b);
}

/* All but when it was, how long it took, and where it stands. */
static void check_rows(size_t n, struct str bytes)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct fetchlog before, after;
	assert_int_equal(fetchlog_read(&before, &a, "before", whole.log, &diag), 0);
	assert_int_equal(fetchlog_read(&after, &a, "after", bytes, &diag), 0);
	assert_int_equal(before.count, after.count);
	for (size_t i = 0; i < before.count; i++) {
		const struct fetch_row *x = &before.rows[i], *y = &after.rows[i];
		if (!same(x->url, y->url) || !same(x->final, y->final) ||
		    !same(x->source, y->source) || !same(x->truncated, y->truncated) ||
		    !same(x->sha256, y->sha256) || !same(x->ip, y->ip) ||
		    !same(x->chain, y->chain) || !same(x->note, y->note) || x->role != y->role ||
		    x->depth != y->depth || x->attempt != y->attempt || x->outcome != y->outcome ||
		    x->status != y->status || x->bytes != y->bytes ||
		    x->certificate != y->certificate || (x->offset < 0) != (y->offset < 0))
			fail_msg(
			    "cut at %zu: row %zu is another: %.*s", n, i, (int)y->url.n, y->url.p);
		/* What stands in the archive as before has its old place and time. */
		size_t kept = whole_in(n);
		if (kept && x->offset >= 0 && (size_t)x->offset < whole.borders[kept - 1]) {
			assert_int_equal(x->offset, y->offset);
			assert_int_equal(x->ms, y->ms);
			assert_true(same(x->time, y->time));
		}
	}
	diag_clear(&diag);
	arena_clear(&a);
}

static void check_archive(size_t n, struct str bytes)
{
	struct warc_reader v = WARC_READER_INIT(whole.archive), w = WARC_READER_INIT(bytes);
	struct warc_record x, y;
	size_t kept = whole_in(n);
	if (kept)
		assert_memory_equal(bytes.p, whole.archive.p, whole.borders[kept - 1]);
	int more;
	while ((more = warc_next(&v, &x)) > 0) {
		assert_int_equal(warc_next(&w, &y), 1);
		assert_int_equal(x.type, y.type);
		assert_true(same(x.uri, y.uri));
		if (x.type == WARC_RESPONSE)
			assert_true(same(x.block_digest, y.block_digest));
		/* Another first record is another archive. */
		assert_true(!kept || x.type == WARC_METADATA || same(x.id, y.id));
	}
	assert_int_equal(more, 0);
	assert_int_equal(warc_next(&w, &y), 0);
	warc_end(&v);
	warc_end(&w);
}

/* The lines that follow those of the whole exchanges. */
static const char *still_to_ask(size_t kept)
{
	const char *at = whole.asked;
	for (size_t i = 1; i < kept; i++)
		at = strchr(at, '\n') + 1;
	return at;
}

static void cut(size_t n, size_t log)
{
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	unlink(path_of(".warc.gz"));
	unlink(path_of(".log.csv"));
	leave(".warc.gz.open", whole.archive, n);
	leave(".log.csv.open", whole.log, log);
	server_asked();
	assert_int_equal(visit(true, &diag), GATHER_DONE);
	assert_int_equal(diag.count, 0);
	assert_string_equal(server_asked(), still_to_ask(whole_in(n)));
	check_rows(n, load(&a, ".log.csv"));
	check_archive(n, load(&a, ".warc.gz"));
	assert_int_not_equal(access(path_of(".warc.gz.open"), F_OK), 0);
	assert_int_not_equal(access(path_of(".log.csv.open"), F_OK), 0);
	diag_clear(&diag);
	arena_clear(&a);
}

static void cuts(void **state)
{
	(void)state;
	uint64_t seed = 2022;
	for (size_t i = 0; i < whole.count; i++)
		for (int d = -1; d <= 1; d++) {
			size_t n = whole.borders[i] + (size_t)d;
			cut(n < whole.archive.n ? n : whole.archive.n,
			    random_number(&seed, (unsigned)whole.log.n + 1));
		}
	for (int i = 0; i < SAMPLE; i++)
		cut(random_number(&seed, (unsigned)whole.archive.n + 1),
		    random_number(&seed, (unsigned)whole.log.n + 1));
	cut(0, 0);
}

/* Killed between the two names: everything is there. */
static void between_names(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	leave(".warc.gz", whole.archive, whole.archive.n);
	unlink(path_of(".log.csv"));
	leave(".log.csv.open", whole.log, whole.log.n);
	server_asked();
	assert_int_equal(visit(true, &diag), GATHER_DONE);
	assert_string_equal(server_asked(), "");
	struct str archive = load(&a, ".warc.gz"), log = load(&a, ".log.csv");
	assert_true(same(archive, whole.archive));
	assert_true(same(log, whole.log));
	diag_clear(&diag);
	arena_clear(&a);
}

/* A record of another version says too little, or other things. */
static void other_version(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct evidence e = EVIDENCE_INIT;
	struct evidence_file f;
	unlink(path_of(".warc.gz"));
	unlink(path_of(".log.csv"));
	assert_int_equal(evidence_open(&e, folder, &diag), 0);
	assert_int_equal(evidence_begin(&f, &e, SCHOOL, STR("software: Vidno/0.0.1\r\n"),
	                     STR("2022-09-15T00:00:00Z")),
	    0);
	evidence_forget(&f);
	evidence_close(&e);
	server_asked();
	assert_int_equal(visit(true, &diag), GATHER_DONE);
	assert_string_equal(server_asked(), whole.asked);
	assert_int_equal(diag.count, 1);
	assert_string_equal(diag.items[0].rule, "audit-other-version");
	diag_clear(&diag);
	check_rows(0, load(&a, ".log.csv"));
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_byte),
	    cmocka_unit_test(strangers),
	    cmocka_unit_test(cuts),
	    cmocka_unit_test(between_names),
	    cmocka_unit_test(other_version),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
