/* Records that come to the file together or not at all, and what the folder
 * says of a school. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "job/evidence.h"
#include "sys/fd.h"
#include "sys/mapped.h"

#include "support_disk.h"
#include "support_random.h"

enum { LONG = 2 * 1024 * 1024 };
#define DATE STR("2022-09-15T10:20:30Z")

static char folder[] = "/tmp/vidno-evidence-XXXXXX";
static struct evidence all;
static char *noise; /* [LONG], which cannot be packed */

static int begin(void **state)
{
	(void)state;
	struct diag diag = DIAG_INIT;
	uint64_t seed = 9;
	noise = malloc(LONG);
	for (size_t i = 0; i < LONG; i++)
		noise[i] = (char)random_number(&seed, 256);
	return mkdtemp(folder) && evidence_open(&all, folder, &diag) == 0 ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	evidence_close(&all);
	free(noise);
	return fd_remove(AT_FDCWD, folder);
}

static const char *path_of(const char *school, const char *ending)
{
	static char path[200];
	snprintf(path, sizeof(path), "%s/%s%s", folder, school, ending);
	return path;
}

static long size_of(const char *school, const char *ending)
{
	struct stat st;
	return stat(path_of(school, ending), &st) == 0 ? (long)st.st_size : -1;
}

static void start(struct evidence_file *f, const char *school)
{
	assert_int_equal(evidence_begin(f, &all, school, STR("software: x\r\n"), DATE), 0);
	assert_true(evidence_is_open(&all, school));
	assert_false(evidence_is_done(&all, school));
	assert_int_equal(size_of(school, ".warc.gz.open"), f->whole);
}

static int64_t add(struct evidence_file *f, size_t n)
{
	struct warc_record r = {.type = WARC_RESPONSE,
	    .date = DATE,
	    .uri = STR("http://s.ru/"),
	    .content_type = STR("text/plain"),
	    .pieces = {STR("head"), {noise, n}}};
	return evidence_record(f, &r);
}

static void check_record(struct warc_reader *w, int64_t offset, size_t n)
{
	struct warc_record r;
	assert_int_equal(warc_at(w, (size_t)offset, &r), 1);
	assert_int_equal(r.pieces[0].n, 4 + n);
	assert_memory_equal(r.pieces[0].p + 4, noise, n);
}

/* Nothing of an exchange is in the file before the commit, unless it is long. */
static void together(void **state)
{
	(void)state;
	static const size_t sizes[] = {0, 10, 2000, 3000, 100000, 10, LONG, 300, 0, 0};
	enum { COUNT = sizeof(sizes) / sizeof(*sizes) };
	int64_t offsets[COUNT];
	struct evidence_file f;
	start(&f, "together");
	long before = size_of("together", ".warc.gz.open");
	for (size_t i = 0; i < COUNT; i++) {
		offsets[i] = add(&f, sizes[i]);
		assert_true(offsets[i] > 0);
		bool large = sizes[i] == LONG;
		assert_true((size_of("together", ".warc.gz.open") != before) == large);
		if (i % 2 == 0 && !large)
			continue;
		assert_int_equal(evidence_commit(&f), 0);
		before = size_of("together", ".warc.gz.open");
		assert_int_equal(before, f.whole);
		assert_int_equal(before, f.size);
		assert_true(all.packed.cap < 512 * 1024);
	}
	struct mapped archive;
	assert_int_equal(mapped_open(&archive, path_of("together", ".warc.gz.open")), 0);
	struct warc_reader w = WARC_READER_INIT(archive.bytes);
	for (size_t i = 0; i < COUNT; i++)
		check_record(&w, offsets[i], sizes[i]);
	assert_int_equal(w.whole, archive.bytes.n);
	warc_end(&w);
	mapped_close(&archive);
	evidence_forget(&f);
}

static void forgive(void)
{
	struct diag diag = DIAG_INIT;
	assert_int_equal(all.err, EFBIG);
	evidence_close(&all);
	assert_int_equal(evidence_open(&all, folder, &diag), 0);
}

/* The disk is full in the first, the second or the third record of an exchange,
 * or only at its commit. */
static void cut_back(void **state)
{
	(void)state;
	static const size_t sizes[][3] = {
	    {100, 100, 100}, {100, LONG, 100}, {LONG, LONG, 100}, {3000, 50000, 90000}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
		for (size_t room = 1; room < LONG; room = 3 * room + 70) {
			struct evidence_file f;
			start(&f, "cut");
			assert_true(add(&f, 5000) > 0);
			assert_int_equal(evidence_commit(&f), 0);
			uint64_t whole = f.whole;
			disk_fills(whole + room);
			for (int k = 0; k < 3; k++)
				add(&f, sizes[i][k]);
			int result = evidence_commit(&f);
			disk_has_room();
			if (result == 0) {
				assert_true(f.whole <= whole + room);
				evidence_forget(&f);
				continue;
			}
			assert_int_equal(f.size, whole);
			assert_int_equal(size_of("cut", ".warc.gz.open"), whole);
			/* It sticks. */
			assert_int_equal(add(&f, 1), -1);
			assert_int_equal(evidence_commit(&f), -1);
			assert_int_equal(size_of("cut", ".warc.gz.open"), whole);
			evidence_forget(&f);
			forgive();
		}
}

static int row(struct evidence_file *f, unsigned depth)
{
	const struct fetch_row r = {.url = STR("http://s.ru/page"), .depth = depth, .offset = -1};
	return evidence_row(f, &r);
}

/* The log of a visit of so many rows has them all, whatever a run before left. */
static void log_of(size_t rows)
{
	struct evidence_file f;
	struct diag diag = DIAG_INIT;
	struct arena a = ARENA_INIT;
	struct mapped bytes;
	struct fetchlog log;
	unlink(path_of("rows", ".log.csv"));
	fd_create(AT_FDCWD, path_of("rows", ".log.csv.open"), 0644, noise, 9000);
	start(&f, "rows");
	for (size_t i = 0; i < rows; i++) {
		assert_int_equal(row(&f, (unsigned)i), 0);
		assert_true(f.log.cap < 16 * 1024);
	}
	assert_true(rows > 10 || size_of("rows", ".log.csv.open") == 9000);
	struct evidence_file *const files[] = {&f};
	assert_int_equal(evidence_end(files, 1), 0);
	evidence_forget(&f);
	assert_true(evidence_is_done(&all, "rows"));
	assert_false(evidence_is_open(&all, "rows"));
	assert_int_equal(size_of("rows", ".log.csv.open"), -1);
	assert_int_equal(mapped_open(&bytes, path_of("rows", ".log.csv")), 0);
	assert_int_equal(fetchlog_read(&log, &a, "log", bytes.bytes, &diag), 0);
	assert_int_equal(log.count, rows);
	for (size_t i = 0; i < rows; i++)
		assert_int_equal(log.rows[i].depth, i);
	mapped_close(&bytes);
	arena_clear(&a);
}

static void logs(void **state)
{
	(void)state;
	for (size_t rows = 0; rows < 300; rows = 2 * rows + 1)
		log_of(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(together),
	    cmocka_unit_test(cut_back),
	    cmocka_unit_test(logs),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
