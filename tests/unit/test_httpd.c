/*
 * The preview's server, asked through a socket of our own so that nothing
 * tidies up a hostile request on its way.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/httpd.h"
#include "sys/httpd_mime.h"
#include "sys/httpd_page.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

struct place {
	char top[80], out[96];
	int fd; /* top */
	struct httpd *httpd;
	struct diag diag;
};

static void put(struct place *p, const char *path, const char *text)
{
	assert_int_equal(fd_make_parents(p->fd, path), 0);
	assert_int_equal(fd_remove(p->fd, path), 0);
	assert_int_equal(fd_create(p->fd, path, 0644, text, strlen(text)), 0);
}

static void serve(struct place *p, bool reload)
{
	const struct httpd_options options = {.folder = p->out, .reload = reload};
	httpd_stop(p->httpd);
	assert_int_equal(httpd_start(&p->httpd, &options, &p->diag), 0);
	assert_int_equal(p->diag.count, 0);
	assert_true(httpd_port(p->httpd) > 0);
}

static int setup(void **state)
{
	struct place *p = test_calloc(1, sizeof(*p));
	const char *base = getenv("TMPDIR");
	snprintf(p->top, sizeof(p->top), "%s/test_httpd.XXXXXX", base ? base : "/tmp");
	assert_non_null(mkdtemp(p->top));
	snprintf(p->out, sizeof(p->out), "%s/public", p->top);
	p->fd = open(p->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	put(p, "secret.txt", "secret");
	put(p, "public/index.html", "<!doctype html><body>start</body>");
	put(p, "public/404.html", "<!doctype html><body>lost</body>");
	put(p, "public/kezhma/index.html", "<!doctype html><BODY>kezhma</BODY>");
	put(p, "public/kezhma/data/a.csv", "a,b\n1,2\n");
	put(p, "public/a name.txt", "blank");
	put(p, "public/школа.txt", "cyrillic");
	put(p, "public/.vidno-manifest", "vidno-manifest 1\n");
	put(p, "public/empty.txt", "");
	serve(p, false);
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	httpd_stop(p->httpd);
	diag_clear(&p->diag);
	close(p->fd);
	int failed = fd_remove(AT_FDCWD, p->top);
	test_free(p);
	return failed;
}

/* -- asking ---------------------------------------------------------------------- */

static int dial(const struct place *p)
{
	struct sockaddr_in to = {
	    .sin_family = AF_INET,
	    .sin_port = htons(httpd_port(p->httpd)),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(s >= 0);
	assert_int_equal(connect(s, (struct sockaddr *)&to, sizeof(to)), 0);
	return s;
}

static void say(int s, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = send(s, bytes, len, MSG_NOSIGNAL);
		if (n <= 0)
			return; /* refused in the middle: the answer tells */
		bytes += n;
		len -= (size_t)n;
	}
}

/* All that comes until the other side ends; false when it takes too long. */
static bool hear(int s, struct buf *answer)
{
	int64_t until = clock_monotonic_ms() + PATIENCE_MS;
	char bytes[4096];
	for (;;) {
		struct pollfd fd = {.fd = s, .events = POLLIN};
		int left = (int)(until - clock_monotonic_ms());
		if (left <= 0 || poll(&fd, 1, left) <= 0)
			return false;
		ssize_t n = recv(s, bytes, sizeof(bytes), 0);
		if (n <= 0)
			return true;
		buf_add(answer, bytes, (size_t)n);
	}
}

static char *ask_raw(const struct place *p, const char *request, size_t len)
{
	struct buf answer = BUF_INIT(BUF_PAGE);
	int s = dial(p);
	say(s, request, len);
	assert_true(hear(s, &answer));
	close(s);
	return buf_take(&answer, NULL);
}

static char *ask(const struct place *p, const char *method, const char *path)
{
	struct buf request = BUF_INIT(BUF_PAGE);
	buf_addf(&request, "%s %s HTTP/1.1\r\nHost: localhost:%u\r\nConnection: close\r\n\r\n",
	    method, path, httpd_port(p->httpd));
	char *answer = ask_raw(p, request.data, request.len);
	buf_clear(&request);
	return answer;
}

static int status_of(const char *answer)
{
	return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? atoi(answer + 9) : 0;
}

static const char *body_of(const char *answer)
{
	const char *end = strstr(answer, "\r\n\r\n");
	return end ? end + 4 : "";
}

static void wants(const struct place *p, const char *path, int status, const char *body)
{
	char *answer = ask(p, "GET", path);
	if (status_of(answer) != status || (body && strcmp(body_of(answer), body) != 0))
		fail_msg("%s: %s", path, answer);
	assert_null(strstr(answer, "secret"));
	free(answer);
}

static void has_header(const struct place *p, const char *path, const char *header)
{
	char *answer = ask(p, "GET", path);
	char wanted[256];
	snprintf(wanted, sizeof(wanted), "\r\n%s\r\n", header);
	if (!strstr(answer, wanted))
		fail_msg("%s: no %s in %s", path, header, answer);
	free(answer);
}

/* -- what is there -------------------------------------------------------------------- */

static void serves_the_site(void **state)
{
	const struct place *p = *state;
	wants(p, "/", 200, "<!doctype html><body>start</body>");
	wants(p, "/index.html", 200, "<!doctype html><body>start</body>");
	wants(p, "/?a=b", 200, "<!doctype html><body>start</body>");
	wants(p, "/kezhma/", 200, "<!doctype html><BODY>kezhma</BODY>");
	wants(p, "/kezhma/data/a.csv", 200, "a,b\n1,2\n");
	wants(p, "/a%20name.txt", 200, "blank");
	wants(p, "/%D1%88%D0%BA%D0%BE%D0%BB%D0%B0.txt", 200, "cyrillic");
	wants(p, "/empty.txt", 200, "");
	has_header(p, "/", "Content-Type: text/html; charset=utf-8");
	has_header(p, "/", "Cache-Control: no-store");
	has_header(p, "/", "X-Content-Type-Options: nosniff");
	has_header(p, "/kezhma/data/a.csv", "Content-Type: text/csv; charset=utf-8");
}

static void leads_into_folders(void **state)
{
	const struct place *p = *state;
	wants(p, "/kezhma", 301, "");
	has_header(p, "/kezhma", "Location: /kezhma/");
	wants(p, "/kezhma/data/", 404, NULL); /* no listing */
	wants(p, "//localhost/kezhma", 404, NULL);
}

static void answers_head(void **state)
{
	const struct place *p = *state;
	char *answer = ask(p, "HEAD", "/");
	assert_int_equal(status_of(answer), 200);
	assert_non_null(strstr(answer, "\r\nContent-Length: 33\r\n"));
	assert_string_equal(body_of(answer), "");
	free(answer);
	answer = ask(p, "HEAD", "/no");
	assert_int_equal(status_of(answer), 404);
	assert_string_equal(body_of(answer), "");
	free(answer);
}

static void takes_no_other_method(void **state)
{
	const struct place *p = *state;
	static const char *const methods[] = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"};
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++) {
		char *answer = ask(p, methods[i], "/");
		assert_int_equal(status_of(answer), 405);
		assert_non_null(strstr(answer, "\r\nAllow: GET, HEAD\r\n"));
		free(answer);
	}
}

static void shows_the_sites_own_404(void **state)
{
	struct place *p = *state;
	wants(p, "/no", 404, "<!doctype html><body>lost</body>");
	wants(p, "/kezhma/no/", 404, "<!doctype html><body>lost</body>");
	wants(p, "/index.html/", 404, NULL);
	assert_int_equal(fd_remove(p->fd, "public/404.html"), 0);
	wants(p, "/no", 404, NULL);
	/* Even before the first build there is an answer. */
	assert_int_equal(fd_remove(p->fd, "public"), 0);
	wants(p, "/", 404, NULL);
	put(p, "public/index.html", "back");
	wants(p, "/", 200, "back");
}

static void knows_types(void **state)
{
	(void)state;
	static const char *const known[][2] = {
	    {"index.html", "text/html; charset=utf-8"},
	    {"a/b.CSS", "text/css; charset=utf-8"},
	    {"a.b.js", "text/javascript; charset=utf-8"},
	    {"x.json", "application/json; charset=utf-8"},
	    {"x.csv", "text/csv; charset=utf-8"},
	    {"x.svg", "image/svg+xml; charset=utf-8"},
	    {"feed.atom", "application/atom+xml; charset=utf-8"},
	    {"x.ics", "text/calendar; charset=utf-8"},
	    {"x.pdf", "application/pdf"},
	    {"x.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	    {"x.woff2", "font/woff2"},
	    {"x", "application/octet-stream"},
	    {"x.", "application/octet-stream"},
	    {"folder.html/x", "application/octet-stream"},
	    {"", "application/octet-stream"},
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		assert_string_equal(httpd_mime(known[i][0]), known[i][1]);
}

/* -- what is not there ------------------------------------------------------------------ */

static void never_leaves_the_folder(void **state)
{
	struct place *p = *state;
	assert_int_equal(symlinkat("../secret.txt", p->fd, "public/out.txt"), 0);
	assert_int_equal(symlinkat("/etc", p->fd, "public/etc"), 0);
	assert_int_equal(symlinkat("..", p->fd, "public/kezhma/up"), 0);
	assert_int_equal(symlinkat("../..", p->fd, "public/kezhma/top"), 0);
	assert_int_equal(mkfifoat(p->fd, "public/pipe", 0644), 0);
	static const char *const paths[] = {"/../secret.txt", "/kezhma/../../secret.txt",
	    "/%2e%2e/secret.txt", "/%2E%2E%2Fsecret.txt", "/..%2fsecret.txt", "/.%2e/secret.txt",
	    "/kezhma/%2e%2e/%2e%2e/secret.txt", "/%252e%252e/secret.txt", "/..\\secret.txt",
	    "/out.txt", "/etc/passwd", "/kezhma/top/secret.txt", "//etc/passwd", "/./index.html",
	    "/%00", "/index.html%00", "/index.html%00.txt", "/%0d%0aX:1", "/index.html%7f", "/%",
	    "/%2", "/%zz", "/%-1", "/.vidno-manifest", "/%2evidno-manifest", "/pipe",
	    "/kezhma//index.html", "/%2findex.html", "/~root", "/..", "/."};
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
		wants(p, paths[i], 404, "<!doctype html><body>lost</body>");
	/* A link that stays inside is as good as what it leads to. */
	wants(p, "/kezhma/up/index.html", 200, NULL);
}

static void decodes_strictly(void **state)
{
	(void)state;
	char path[HTTPD_PATH];
	assert_int_equal(httpd_path(path, "/"), 0);
	assert_string_equal(path, "");
	assert_int_equal(httpd_path(path, "/a/b%20c/"), 0);
	assert_string_equal(path, "a/b c/");
	assert_int_equal(httpd_path(path, ""), -1);
	assert_int_equal(httpd_path(path, "a"), -1);
	assert_int_equal(httpd_path(path, "*"), -1);

	/* The longest that fits, and one more. */
	char url[HTTPD_PATH + 2];
	memset(url, 'a', sizeof(url));
	url[0] = '/';
	url[HTTPD_PATH] = '\0';
	assert_int_equal(httpd_path(path, url), 0);
	assert_int_equal(strlen(path), HTTPD_PATH - 1);
	url[HTTPD_PATH] = 'a';
	url[HTTPD_PATH + 1] = '\0';
	assert_int_equal(httpd_path(path, url), -1);
}

static void refuses_strange_requests(void **state)
{
	const struct place *p = *state;
	static const char *const requests[] = {
	    "GET\r\n\r\n",
	    "nonsense\r\n\r\n",
	    "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost: localhost.example.org\r\nConnection: close\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost: localhost:80x\r\nConnection: close\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost: 127.0.0.1.example.org\r\nConnection: close\r\n\r\n",
	    "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
	    "GET / HTTP/1.0\r\n\r\n",
	};
	for (size_t i = 0; i < sizeof(requests) / sizeof(*requests); i++) {
		int s = dial(p);
		struct buf answer = BUF_INIT(BUF_PAGE);
		say(s, requests[i], strlen(requests[i]));
		shutdown(s, SHUT_WR);
		assert_true(hear(s, &answer));
		close(s);
		if (strstr(answer.data, "start"))
			fail_msg("%s: %s", requests[i], answer.data);
		buf_clear(&answer);
	}
	static const char *const hosts[] = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]"};
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++) {
		char request[128];
		snprintf(request, sizeof(request),
		    "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", hosts[i]);
		char *answer = ask_raw(p, request, strlen(request));
		assert_int_equal(status_of(answer), 200);
		free(answer);
	}
}

/* However long it is, it is answered or refused, and the next one is served. */
static void survives_long_requests(void **state)
{
	const struct place *p = *state;
	static const size_t sizes[] = {3000, 40000, 1000000};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct buf request = BUF_INIT(BUF_PAGE);
		buf_adds(&request, "GET /");
		for (size_t n = 0; n < sizes[i]; n++)
			buf_addc(&request, 'a');
		buf_adds(&request, " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
		char *answer = ask_raw(p, request.data, request.len);
		assert_int_not_equal(status_of(answer), 200);
		free(answer);
		buf_reset(&request);
		buf_adds(&request, "GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
		for (size_t n = 0; n < sizes[i]; n++)
			buf_addc(&request, 'a');
		buf_adds(&request, "\r\nConnection: close\r\n\r\n");
		answer = ask_raw(p, request.data, request.len);
		assert_true(status_of(answer) == 200 || sizes[i] > 3000);
		free(answer);
		buf_clear(&request);
		wants(p, "/", 200, NULL);
	}
}

/* -- many at once ------------------------------------------------------------------------ */

enum { MANY = 150 };

static void serves_many_at_once(void **state)
{
	const struct place *p = *state;
	static const char request[] =
	    "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	int sockets[MANY];
	for (int i = 0; i < MANY; i++)
		sockets[i] = dial(p);
	for (int i = 0; i < MANY; i++)
		say(sockets[i], request, sizeof(request) - 1);
	for (int i = 0; i < MANY; i++) {
		struct buf answer = BUF_INIT(BUF_PAGE);
		assert_true(hear(sockets[i], &answer));
		assert_int_equal(status_of(answer.data), 200);
		buf_clear(&answer);
		close(sockets[i]);
	}
}

static void keeps_a_connection(void **state)
{
	const struct place *p = *state;
	static const char requests[] =
	    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
	    "GET /no HTTP/1.1\r\nHost: localhost\r\n\r\n"
	    "GET /empty.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	char *answer = ask_raw(p, requests, sizeof(requests) - 1);
	assert_non_null(strstr(answer, "start"));
	assert_non_null(strstr(answer, "HTTP/1.1 404"));
	assert_non_null(strstr(answer, "Content-Length: 0"));
	free(answer);
}

/* -- reload -------------------------------------------------------------------------------- */

static bool silent(int s, int ms)
{
	struct pollfd fd = {.fd = s, .events = POLLIN};
	return poll(&fd, 1, ms) == 0;
}

static int ask_for_build(const struct place *p, const char *build)
{
	char request[160];
	snprintf(request, sizeof(request),
	    "GET /.vidno/reload?build=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
	    build);
	int s = dial(p);
	say(s, request, strlen(request));
	return s;
}

static void answered(int s, const char *build)
{
	struct buf answer = BUF_INIT(BUF_PAGE);
	assert_true(hear(s, &answer));
	assert_int_equal(status_of(answer.data), 200);
	assert_string_equal(body_of(answer.data), build);
	buf_clear(&answer);
	close(s);
}

static void puts_the_script_into_pages(void **state)
{
	struct place *p = *state;
	wants(p, "/.vidno/reload.js", 404, NULL);
	wants(p, "/.vidno/reload", 404, NULL);
	serve(p, true);
	put(p, "public/half.html", "no end");
	put(p, "public/code.html", "<p></body> in a text</p><script></script></body>\n");
	wants(p, "/", 200,
	    "<!doctype html><body>start<script src=\"/.vidno/reload.js?build=1\"></script>\n"
	    "</body>");
	wants(p, "/half.html", 200, "no end<script src=\"/.vidno/reload.js?build=1\"></script>\n");
	wants(p, "/code.html", 200,
	    "<p></body> in a text</p><script></script>"
	    "<script src=\"/.vidno/reload.js?build=1\"></script>\n</body>\n");
	wants(p, "/kezhma/data/a.csv", 200, "a,b\n1,2\n");
	has_header(p, "/.vidno/reload.js", "Content-Type: text/javascript; charset=utf-8");
	wants(p, "/.vidno/reload.js", 200, httpd_reload_script);
	char *answer = ask(p, "GET", "/no");
	assert_non_null(strstr(answer, "lost<script"));
	free(answer);
}

static void tells_of_new_builds(void **state)
{
	struct place *p = *state;
	serve(p, true);
	answered(ask_for_build(p, "0"), "1");
	answered(ask_for_build(p, "x"), "1");
	wants(p, "/.vidno/reload", 200, "1");
	int first = ask_for_build(p, "1"), second = ask_for_build(p, "1");
	assert_true(silent(first, 100));
	wants(p, "/", 200, NULL); /* others are served meanwhile */
	httpd_notify(p->httpd);
	answered(first, "2");
	answered(second, "2");
	answered(ask_for_build(p, "1"), "2");
	int third = ask_for_build(p, "2");
	assert_true(silent(third, 20));
	httpd_notify(p->httpd);
	answered(third, "3");
}

/* Forgotten tabs: the oldest are answered, the newest wait, all end at last. */
static void waits_with_many(void **state)
{
	struct place *p = *state;
	int sockets[100];
	serve(p, true);
	for (int i = 0; i < 100; i++)
		sockets[i] = ask_for_build(p, "1");
	answered(sockets[0], "1");
	assert_true(silent(sockets[99], 50));
	close(sockets[98]); /* gone without a word */
	wants(p, "/", 200, NULL);
	httpd_notify(p->httpd);
	answered(sockets[99], "2");
	for (int i = 1; i < 98; i++)
		close(sockets[i]);
	wants(p, "/", 200, NULL);
}

static void stops_while_pages_wait(void **state)
{
	struct place *p = *state;
	serve(p, true);
	int waiting = ask_for_build(p, "1"), idle = dial(p);
	assert_true(silent(waiting, 50));
	int64_t began = clock_monotonic_ms();
	httpd_stop(p->httpd);
	p->httpd = NULL;
	assert_true(clock_monotonic_ms() - began < 5000);
	close(waiting);
	close(idle);
	httpd_stop(NULL);
}

static void says_that_a_port_is_taken(void **state)
{
	struct place *p = *state;
	struct httpd *other;
	const struct httpd_options options = {.folder = p->out, .port = httpd_port(p->httpd)};
	assert_int_equal(httpd_start(&other, &options, &p->diag), -1);
	assert_null(other);
	assert_int_equal(p->diag.errors, 1);
	assert_string_equal(p->diag.items[0].rule, "serve-port");
	assert_non_null(strstr(p->diag.items[0].remedy, "--port"));
	wants(p, "/", 200, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(serves_the_site, setup, teardown),
	    cmocka_unit_test_setup_teardown(leads_into_folders, setup, teardown),
	    cmocka_unit_test_setup_teardown(answers_head, setup, teardown),
	    cmocka_unit_test_setup_teardown(takes_no_other_method, setup, teardown),
	    cmocka_unit_test_setup_teardown(shows_the_sites_own_404, setup, teardown),
	    cmocka_unit_test(knows_types),
	    cmocka_unit_test_setup_teardown(never_leaves_the_folder, setup, teardown),
	    cmocka_unit_test(decodes_strictly),
	    cmocka_unit_test_setup_teardown(refuses_strange_requests, setup, teardown),
	    cmocka_unit_test_setup_teardown(survives_long_requests, setup, teardown),
	    cmocka_unit_test_setup_teardown(serves_many_at_once, setup, teardown),
	    cmocka_unit_test_setup_teardown(keeps_a_connection, setup, teardown),
	    cmocka_unit_test_setup_teardown(puts_the_script_into_pages, setup, teardown),
	    cmocka_unit_test_setup_teardown(tells_of_new_builds, setup, teardown),
	    cmocka_unit_test_setup_teardown(waits_with_many, setup, teardown),
	    cmocka_unit_test_setup_teardown(stops_while_pages_wait, setup, teardown),
	    cmocka_unit_test_setup_teardown(says_that_a_port_is_taken, setup, teardown),
	};
	return cmocka_run_group_tests_name("httpd", tests, NULL, NULL);
}
