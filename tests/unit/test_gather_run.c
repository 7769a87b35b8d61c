/* A real visit: schools on addresses of loopback, a small server for all of
 * them, files on the disk that are read back. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "job/evidence.h"
#include "job/gather_run.h"
#include "sys/fd.h"
#include "sys/file.h"
#include "sys/spool.h"

#include "support_disk.h"
#include "support_server.h"

/* KEEP names a folder where the evidence stays, for other readers. */
static char made[] = "/tmp/vidno-gather-XXXXXX";
static const char *folder;

static int port;

static int begin(void **state)
{
	(void)state;
	folder = getenv("KEEP");
	if (!folder)
		folder = mkdtemp(made);
	port = server_begin();
	return folder && port > 0 ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	server_end();
	return getenv("KEEP") ? 0 : fd_remove(AT_FDCWD, folder);
}

/* ---- a visit ---- */

enum { SCHOOLS = 6 };

struct tally {
	size_t pages, ended, school;
};

static void read_page(void *payload, const struct gather_page *page, struct gather_links *l)
{
	struct tally *t = payload;
	t->pages++;
	server_links(page, l);
}

static void note_end(void *payload, size_t school)
{
	struct tally *t = payload;
	t->ended++;
	t->school = school;
}

static struct gather_school schools[SCHOOLS];

static enum gather_end visit(struct tally *t, bool resume, const char *sub, struct diag *diag)
{
	static char ids[SCHOOLS][20], sites[SCHOOLS][60];
	char path[200];
	struct gather_run run = GATHER_RUN;
	snprintf(path, sizeof(path), "%s/%s/2022-09-15", folder, sub);
	for (int i = 0; i < SCHOOLS; i++) {
		snprintf(ids[i], sizeof(ids[i]), "school-%d", i);
		snprintf(sites[i], sizeof(sites[i]), "http://127.0.1.%d:%d/", i + 1, port);
		schools[i] = (struct gather_school){.id = ids[i], .site = sites[i]};
	}
	*t = (struct tally){0};
	run.schools = schools;
	run.count = SCHOOLS;
	run.folder = path;
	run.resume = resume;
	run.snapshot = 600 * 1024;
	run.settings.delay_ms = run.settings.delay_times = run.settings.platform_interval_ms = 0;
	run.settings.retry_ms[0] = run.settings.retry_ms[1] = 10;
	run.fetch.user_agent = "Vidno/test (+https://example.org/; audit@example.org)";
	run.fetch.allow_private = true;
	run.payload = t;
	run.read = read_page;
	run.ended = note_end;
	return gather_run(&run, diag);
}

static struct str load(struct arena *a, const char *sub, const char *name)
{
	struct root root = ROOT_INIT;
	struct str bytes;
	char path[200];
	assert_int_equal(root_open(&root, folder), FILE_OK);
	snprintf(path, sizeof(path), "%s/2022-09-15/%s", sub, name);
	if (file_read(&bytes, a, &root, path, 1 << 30) != FILE_OK)
		fail_msg("no %s", path);
	root_close(&root);
	return bytes;
}

static void check_records(struct str bytes)
{
	struct warc_reader w = WARC_READER_INIT(bytes);
	struct warc_record r;
	size_t counts[WARC_OTHER + 1] = {0};
	int more;
	while ((more = warc_next(&w, &r)) > 0) {
		counts[r.type]++;
		struct hash_text block = hash_sha256(r.pieces[0]);
		assert_memory_equal(r.block_digest.p + 7, block.s, HASH_HEX);
		assert_true(r.type == WARC_INFO || r.ip.n > 0 || r.type == WARC_METADATA);
		if (r.type == WARC_REQUEST)
			assert_non_null(
			    memmem(r.pieces[0].p, r.pieces[0].n, "User-Agent: Vidno/test", 22));
	}
	assert_int_equal(more, 0);
	assert_int_equal(counts[WARC_INFO], 1);
	assert_int_equal(counts[WARC_REQUEST], counts[WARC_RESPONSE]);
	assert_int_equal(counts[WARC_METADATA], counts[WARC_RESPONSE]);
	warc_end(&w);
}

static const struct fetch_row *row_of(
    const struct fetchlog *log, const char *ending, unsigned attempt)
{
	for (size_t i = 0; i < log->count; i++)
		if (str_ends(log->rows[i].url, ending) && log->rows[i].attempt == attempt)
			return &log->rows[i];
	fail_msg("no row %s", ending);
	return NULL;
}

static void check_rows(struct arena *a, const struct fetchlog *log, struct str archive)
{
	const struct fetch_row *large = row_of(log, "/large.bin", 1),
	                       *cut = row_of(log, "/cut.pdf", 2), *page = row_of(log, "/a", 1);
	assert_int_equal(large->outcome, FETCH_OK);
	assert_int_equal(large->bytes, 1024 * 1024);
	assert_true(str_is(large->truncated, "length"));
	char *all = malloc(1024 * 1024);
	memset(all, 'x', 1024 * 1024);
	assert_true(str_is(large->sha256, hash_sha256((struct str){all, 1024 * 1024}).s));
	free(all);
	assert_int_equal(cut->outcome, FETCH_CUT);
	assert_true(str_is(cut->truncated, "disconnect"));
	assert_int_equal(page->outcome, FETCH_OK);
	assert_int_equal(page->truncated.n, 0);
	struct warc_reader w = WARC_READER_INIT(archive);
	struct warc_record r;
	struct http_head head;
	size_t used;
	assert_int_equal(warc_at(&w, (size_t)page->offset, &r), 1);
	assert_true(str_eq(r.uri, page->url));
	assert_int_equal(http_head_read(&head, a, r.pieces[0], &used), HTTP_OK);
	assert_memory_equal(r.pieces[0].p + used, "hello", 5);
	assert_int_equal(warc_at(&w, (size_t)large->offset, &r), 1);
	assert_true(str_is(r.truncated, "length"));
	warc_end(&w);
}

static void whole_visit(void **state)
{
	(void)state;
	struct diag diag = DIAG_INIT;
	struct arena a = ARENA_INIT;
	struct tally t;
	assert_int_equal(visit(&t, false, "whole", &diag), GATHER_DONE);
	assert_int_equal(diag.count, 0);
	assert_int_equal(t.ended, SCHOOLS);
	assert_int_equal(t.pages, 3 * SCHOOLS);
	for (int i = 0; i < SCHOOLS; i++) {
		char name[60];
		struct fetchlog log;
		snprintf(name, sizeof(name), "school-%d.log.csv", i);
		assert_int_equal(fetchlog_read(&log, &a, name, load(&a, "whole", name), &diag), 0);
		snprintf(name, sizeof(name), "school-%d.warc.gz", i);
		struct str archive = load(&a, "whole", name);
		check_records(archive);
		check_rows(&a, &log, archive);
	}
	arena_clear(&a);
	diag_clear(&diag);
}

static void resumed(void **state)
{
	(void)state;
	struct diag diag = DIAG_INIT;
	struct tally t;
	char path[200], open[220];
	assert_int_equal(visit(&t, false, "again", &diag), GATHER_DONE);
	assert_int_equal(visit(&t, true, "again", &diag), GATHER_DONE);
	assert_int_equal(t.ended, 0);
	/* As if killed in the middle of one school. */
	snprintf(path, sizeof(path), "%s/again/2022-09-15/school-3.warc.gz", folder);
	snprintf(open, sizeof(open), "%s.open", path);
	struct stat st;
	assert_int_equal(rename(path, open), 0);
	assert_int_equal(stat(open, &st), 0);
	assert_int_equal(truncate(open, st.st_size - 5), 0);
	struct evidence e = EVIDENCE_INIT;
	snprintf(path, sizeof(path), "%s/again/2022-09-15", folder);
	assert_int_equal(evidence_open(&e, path, &diag), 0);
	assert_false(evidence_is_done(&e, "school-3"));
	assert_true(evidence_is_done(&e, "school-2"));
	evidence_close(&e);
	assert_int_equal(visit(&t, true, "again", &diag), GATHER_DONE);
	assert_int_equal(t.ended, 1);
	assert_int_equal(t.school, 3);
	assert_int_not_equal(access(open, F_OK), 0);
	diag_clear(&diag);
}

static void full_disk(void **state)
{
	(void)state;
	struct diag diag = DIAG_INIT;
	struct tally t;
	struct arena a = ARENA_INIT;
	disk_fills(1500);
	enum gather_end how = visit(&t, false, "full", &diag);
	disk_has_room();
	assert_int_equal(how, GATHER_FAILED);
	assert_int_equal(diag.errors, 1);
	assert_string_equal(diag.items[0].rule, "evidence-write");
	/* Whatever stands there is whole. */
	for (int i = 0; i < SCHOOLS; i++) {
		char name[60];
		snprintf(name, sizeof(name), "school-%d.warc.gz.open", i);
		struct warc_reader w = WARC_READER_INIT(load(&a, "full", name));
		struct warc_record r;
		int more;
		while ((more = warc_next(&w, &r)) > 0)
			;
		assert_int_equal(more, 0);
		warc_end(&w);
	}
	arena_clear(&a);
	diag_clear(&diag);
}

static void bad_names(void **state)
{
	(void)state;
	struct diag diag = DIAG_INIT;
	struct evidence e = EVIDENCE_INIT;
	struct evidence_file f;
	char path[200];
	snprintf(path, sizeof(path), "%s/names", folder);
	assert_int_equal(evidence_open(&e, path, &diag), 0);
	assert_int_equal(
	    evidence_begin(&f, &e, "../x", STR("a: b\r\n"), STR("2022-09-15T00:00:00Z")), -1);
	evidence_forget(&f);
	evidence_complain(&e, &diag);
	assert_int_equal(diag.errors, 1);
	evidence_close(&e);
	assert_int_equal(evidence_open(&e, "/proc/none/x", &diag), -1);
	diag_clear(&diag);
}

static void spools(void **state)
{
	(void)state;
	struct spool s = SPOOL_INIT(AT_FDCWD);
	struct str all;
	char block[1000];
	assert_int_equal(spool_str(&s, &all), 0);
	assert_int_equal(all.n, 0);
	for (int i = 0; i < 1200; i++) {
		memset(block, 'a' + i % 26, sizeof(block));
		assert_int_equal(spool_add(&s, (struct str){block, sizeof(block)}), 0);
		if (i % 100 == 0)
			assert_int_equal(spool_str(&s, &all), 0);
	}
	assert_int_equal(spool_str(&s, &all), 0);
	assert_int_equal(all.n, 1200000);
	for (size_t i = 0; i < all.n; i++)
		assert_int_equal(all.p[i], 'a' + i / 1000 % 26);
	spool_clear(&s);
	s = (struct spool)SPOOL_INIT(-1);
	memset(block, 'x', sizeof(block));
	int result = 0;
	for (int i = 0; i < 600 && result == 0; i++)
		result = spool_add(&s, (struct str){block, sizeof(block)});
	assert_int_equal(result, -1);
	assert_int_equal(spool_str(&s, &all), -1);
	spool_clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_visit),
	    cmocka_unit_test(resumed),
	    cmocka_unit_test(full_disk),
	    cmocka_unit_test(bad_names),
	    cmocka_unit_test(spools),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
