/* Records as they are written and read, and files that were cut or damaged. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "text/fetchlog.h"
#include "text/warc.h"

static int add(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return 0;
}

static int refuse(void *payload, struct str bytes)
{
	(void)payload;
	(void)bytes;
	return -1;
}

static const char HEAD[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

/* Three records; their offsets, and the end. */
static void sample(struct buf *out, size_t offsets[4])
{
	struct warc_id info = warc_id(STR("info")), answer = warc_id(STR("answer")),
	               question = warc_id(STR("question"));
	const struct warc_record records[] = {{.type = WARC_INFO,
	                                          .id = str_of(info.s),
	                                          .date = STR("2022-09-15T10:20:30Z"),
	                                          .filename = STR("school.warc.gz"),
	                                          .content_type = STR("application/warc-fields"),
	                                          .pieces = {STR("software: Vidno\r\n")}},
	    {.type = WARC_REQUEST,
	        .id = str_of(question.s),
	        .date = STR("2022-09-15T10:20:30Z"),
	        .uri = STR("http://s.ru/"),
	        .concurrent = str_of(answer.s),
	        .content_type = STR("application/http;msgtype=request"),
	        .pieces = {STR("GET / HTTP/1.1\r\n\r\n")}},
	    {.type = WARC_RESPONSE,
	        .id = str_of(answer.s),
	        .date = STR("2022-09-15T10:20:30Z"),
	        .uri = STR("http://s.ru/"),
	        .info = str_of(info.s),
	        .ip = STR("192.0.2.1"),
	        .truncated = STR("length"),
	        .payload_digest = STR("sha256:00"),
	        .content_type = STR("application/http;msgtype=response"),
	        .pieces = {{HEAD, sizeof(HEAD) - 1}, STR("hello")}}};
	struct gzip packer = GZIP_INIT;
	for (int i = 0; i < 3; i++) {
		offsets[i] = out->len;
		assert_int_equal(warc_write(&records[i], &packer, add, out), 0);
	}
	offsets[3] = out->len;
	assert_int_equal(warc_write(&records[0], &packer, refuse, NULL), -1);
	/* A failure leaves nothing behind, and the same record is the same member. */
	struct buf again = BUF_INIT(BUF_PAGE);
	assert_int_equal(warc_write(&records[0], &packer, add, &again), 0);
	assert_int_equal(again.len, offsets[1]);
	assert_memory_equal(again.data, out->data, again.len);
	buf_clear(&again);
	gzip_end(&packer);
}

static void is(struct str s, const char *expected)
{
	if (!str_is(s, expected))
		fail_msg("%.*s is not %s", (int)s.n, s.p, expected);
}

static void round_trip(void **state)
{
	(void)state;
	struct buf file = BUF_INIT(BUF_PAGE);
	size_t offsets[4];
	sample(&file, offsets);
	struct warc_reader w = WARC_READER_INIT(buf_str(&file));
	struct warc_record r;
	assert_int_equal(warc_next(&w, &r), 1);
	assert_int_equal(r.type, WARC_INFO);
	is(r.filename, "school.warc.gz");
	is(warc_field_value(r.pieces[0], "Software"), "Vidno");
	assert_null(warc_field_value(r.pieces[0], "none").p);
	assert_int_equal(warc_next(&w, &r), 1);
	assert_int_equal(r.type, WARC_REQUEST);
	assert_int_equal(warc_next(&w, &r), 1);
	assert_int_equal(r.type, WARC_RESPONSE);
	assert_int_equal(w.offset, offsets[2]);
	assert_int_equal(w.whole, offsets[3]);
	is(r.uri, "http://s.ru/");
	is(r.ip, "192.0.2.1");
	is(r.truncated, "length");
	is(r.id, warc_id(STR("answer")).s);
	is(r.info, warc_id(STR("info")).s);
	is(r.content_type, "application/http;msgtype=response");
	struct str block = r.pieces[0];
	assert_int_equal(block.n, sizeof(HEAD) - 1 + 5);
	assert_memory_equal(block.p + sizeof(HEAD) - 1, "hello", 5);
	struct hash_text digest = hash_sha256(block);
	assert_memory_equal(r.block_digest.p + sizeof("sha256:") - 1, digest.s, HASH_HEX);
	assert_int_equal(warc_next(&w, &r), 0);
	assert_int_equal(warc_at(&w, offsets[1], &r), 1);
	assert_int_equal(r.type, WARC_REQUEST);
	assert_int_equal(warc_at(&w, offsets[1] + 1, &r), -1);
	assert_int_equal(warc_at(&w, file.len + 1, &r), -1);
	warc_end(&w);
	buf_clear(&file);
}

static void ids(void **state)
{
	(void)state;
	struct warc_id a = warc_id(STR("a")), b = warc_id(STR("b"));
	assert_int_equal(strlen(a.s), 45);
	assert_int_equal(a.s[23], '8');
	assert_non_null(strchr("89ab", a.s[28]));
	assert_string_not_equal(a.s, b.s);
	assert_string_equal(a.s, warc_id(STR("a")).s);
}

/* Wherever it ends, what is whole before is found. */
static void cut_anywhere(void **state)
{
	(void)state;
	struct buf file = BUF_INIT(BUF_PAGE);
	size_t offsets[4];
	sample(&file, offsets);
	for (size_t n = 0; n < file.len; n++) {
		char *copy = malloc(n ? n : 1);
		memcpy(copy, file.data, n);
		struct warc_reader w = WARC_READER_INIT(((struct str){copy, n}));
		struct warc_record r;
		int result, last = 0;
		while ((result = warc_next(&w, &r)) > 0)
			last++;
		int whole = 0;
		while (offsets[whole + 1] <= n)
			whole++;
		assert_int_equal(last, whole);
		assert_int_equal(w.whole, offsets[whole]);
		assert_int_equal(result, n == offsets[whole] ? 0 : -1);
		warc_end(&w);
		free(copy);
	}
	buf_clear(&file);
}

static void damaged(void **state)
{
	(void)state;
	static const struct str wrong[] = {STR("WARC/1.1\r\nContent-Length: 9\r\n\r\nx\r\n\r\n"),
	    STR("WARC/1.1\r\nContent-Length: -1\r\n\r\n\r\n\r\n"), STR("WARC/1.1\r\n\r\n\r\n\r\n"),
	    STR("WARC/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\n\n"), STR("WARC/1.1"), STR("x"),
	    STR(""), STR("WARC/1.1\r\nContent-Length: 18446744073709551615\r\n\r\nx\r\n\r\n")};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct buf file = BUF_INIT(BUF_PAGE);
		struct gzip packer = GZIP_INIT;
		gzip_member(&packer, &wrong[i], 1, add, &file);
		gzip_end(&packer);
		struct warc_reader w = WARC_READER_INIT(buf_str(&file));
		struct warc_record r;
		assert_int_equal(warc_next(&w, &r), -1);
		assert_non_null(w.why);
		assert_int_equal(w.whole, 0);
		warc_end(&w);
		buf_clear(&file);
	}
	struct buf file = BUF_INIT(BUF_PAGE);
	size_t offsets[4];
	sample(&file, offsets);
	for (size_t i = 0; i < file.len; i++) {
		file.data[i] ^= 0x55;
		struct warc_reader w = WARC_READER_INIT(buf_str(&file));
		struct warc_record r;
		while (warc_next(&w, &r) > 0)
			;
		warc_end(&w);
		file.data[i] ^= 0x55;
	}
	buf_clear(&file);
}

/* ---- the fetch log ---- */

static void log_round_trip(void **state)
{
	(void)state;
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct buf b = BUF_INIT(BUF_PAGE);
	struct fetch_row row = {.time = STR("2022-09-15T10:20:30Z"),
	    .role = FETCH_FILE,
	    .url = STR("http://s.ru/a,b"),
	    .final = STR("http://s.ru/\"c\""),
	    .source = STR("http://s.ru/"),
	    .depth = 2,
	    .attempt = 3,
	    .outcome = FETCH_CUT,
	    .status = 200,
	    .ms = 12345,
	    .bytes = UINT64_C(5000000000),
	    .truncated = STR("disconnect"),
	    .sha256 = STR("ab"),
	    .offset = 77,
	    .ip = STR("2001:db8::1"),
	    .certificate = FETCH_CERT_EXPIRED,
	    .chain = STR("301 http://s.ru/x | 302 http://s.ru/y"),
	    .note = STR("line\r\nend")};
	fetchlog_header(&b);
	fetchlog_write(&b, &row);
	for (int i = 0; i < FETCH_OUTCOMES; i++) {
		assert_true(fetch_outcome_text((enum fetch_outcome)i)[0]);
		fetchlog_write(&b,
		    &(struct fetch_row){.outcome = (enum fetch_outcome)i,
		        .offset = -1,
		        .attempt = 1,
		        .url = STR("http://bad\xFF")});
	}
	struct fetchlog log;
	assert_int_equal(fetchlog_read(&log, &a, "log.csv", buf_str(&b), &diag), 0);
	assert_int_equal(log.count, 1 + FETCH_OUTCOMES);
	struct fetch_row *r = &log.rows[0];
	assert_int_equal(r->role, FETCH_FILE);
	is(r->url, "http://s.ru/a,b");
	is(r->final, "http://s.ru/\"c\"");
	assert_int_equal(r->depth, 2);
	assert_int_equal(r->attempt, 3);
	assert_int_equal(r->outcome, FETCH_CUT);
	assert_int_equal(r->status, 200);
	assert_int_equal(r->ms, 12345);
	assert_true(r->bytes == UINT64_C(5000000000));
	assert_int_equal(r->offset, 77);
	assert_int_equal(r->certificate, FETCH_CERT_EXPIRED);
	is(r->chain, "301 http://s.ru/x | 302 http://s.ru/y");
	is(r->note, "line  end");
	assert_int_equal(log.rows[1].offset, -1);
	assert_int_equal(log.rows[1].status, 0);
	buf_clear(&b);
	arena_clear(&a);
	diag_clear(&diag);
}

static void log_errors(void **state)
{
	(void)state;
	static const char *const cells[] = {",rules,u,,,0,1,what,,0,0,,,,,none,,",
	    ",page,u,,,x,1,ok,,0,0,,,,,none,,", ",page,u,,,0,1,ok,,0,0,,,,,gold,,",
	    ",boss,u,,,0,1,ok,,0,0,,,,,none,,",
	    ",page,u,,,0,1,ok,,99999999999999999999,0,,,,,none,,"};
	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		struct arena a = ARENA_INIT;
		struct diag diag = DIAG_INIT;
		struct buf b = BUF_INIT(BUF_PAGE);
		struct fetchlog log;
		fetchlog_header(&b);
		buf_addf(&b, "%s\n", cells[i]);
		assert_int_equal(fetchlog_read(&log, &a, "log.csv", buf_str(&b), &diag), -1);
		assert_int_equal(diag.errors, 1);
		assert_int_equal(fetchlog_read(&log, &a, "log.csv", STR("a,b\n"), &diag), -1);
		buf_clear(&b);
		arena_clear(&a);
		diag_clear(&diag);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(round_trip),
	    cmocka_unit_test(ids),
	    cmocka_unit_test(cut_anywhere),
	    cmocka_unit_test(damaged),
	    cmocka_unit_test(log_round_trip),
	    cmocka_unit_test(log_errors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
