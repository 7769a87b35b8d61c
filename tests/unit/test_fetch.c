/* Requests against a small server on loopback that behaves in every wrong way. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/address.h"
#include "sys/fetch.h"

#include "support_server.h"

/* In a process of its own, since the fetcher's process has no threads and forks. */
static struct {
	int fd, port;
	pid_t process;
	struct counts {
		atomic_int accepted, asked, open;
	} * counts; /* in both processes */
} server;

static void say(int fd, const char *text, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		text += sent;
		n -= (size_t)sent;
	}
}

#define SAY(text) say(fd, text, sizeof(text) - 1)

/* Answers one request by its path; false: close the connection. */
static bool answer(int fd, const char *request)
{
	char path[32] = "";
	const char *from = strchr(request, ' ');
	for (size_t i = 0; from && i < sizeof(path) - 1 && from[i + 1] > ' '; i++)
		path[i] = from[i + 1], path[i + 1] = '\0';
	if (strcmp(path, "/ok") == 0 || strcmp(path, "/first") == 0) {
		SAY("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b\r\n\r\nhello");
		return true;
	}
	if (strcmp(path, "/chunked") == 0) {
		SAY("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
		    "Content-Encoding: gzip\r\n\r\n5\r\nhello\r\n0\r\nT: x\r\n\r\n");
		return true;
	}
	if (strcmp(path, "/moved") == 0) {
		SAY("HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n");
		return true;
	}
	if (strcmp(path, "/cut") == 0)
		SAY("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello");
	if (strcmp(path, "/badchunk") == 0)
		SAY("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n");
	if (strcmp(path, "/garbage") == 0)
		SAY("\x01\x02\x03 nothing that is HTTP\n\n");
	if (strcmp(path, "/silent") == 0)
		usleep(700 * 1000);
	if (strcmp(path, "/head") == 0) {
		SAY("HTTP/1.1 200 OK\r\n");
		for (int i = 0; i < 2000; i++)
			SAY("X-Long: 0123456789012345678901234567890123456789\r\n");
	}
	if (strcmp(path, "/endless") == 0) {
		SAY("HTTP/1.1 200 OK\r\n\r\n");
		for (int i = 0; i < 10000; i++)
			SAY("0123456789012345678901234567890123456789012345678901234567890123");
	}
	if (strcmp(path, "/drip") == 0) {
		SAY("HTTP/1.1 200 OK\r\n\r\n");
		for (int i = 0; i < 12; i++) {
			SAY("x");
			usleep(100 * 1000);
		}
	}
	return false;
}

static void *talk(void *payload)
{
	int fd = (int)(intptr_t)payload;
	char request[4096];
	size_t n = 0;
	int answered = 0;
	for (;;) {
		ssize_t got = recv(fd, request + n, sizeof(request) - 1 - n, 0);
		if (got <= 0)
			break;
		n += (size_t)got;
		request[n] = '\0';
		if (!strstr(request, "\r\n\r\n"))
			continue;
		server.counts->asked++;
		/* Tired of the connection. */
		if (answered++ && strncmp(request, "GET /first", 10) == 0)
			break;
		if (!answer(fd, request))
			break;
		n = 0;
	}
	close(fd);
	server.counts->open--;
	return NULL;
}

_Noreturn static void serve(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		pthread_t thread;
		int fd = accept(server.fd, NULL, NULL);
		if (fd < 0)
			_exit(1);
		server.counts->accepted++;
		server.counts->open++;
		if (pthread_create(&thread, NULL, talk, (void *)(intptr_t)fd) == 0)
			pthread_detach(thread);
	}
}

static int begin(void **state)
{
	(void)state;
	server.port = server_listen(&server.fd, INADDR_LOOPBACK);
	if (server.port < 0)
		return -1;
	server.counts = mmap(NULL, sizeof(*server.counts), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	server.process = server.counts == MAP_FAILED ? -1 : fork();
	if (server.process == 0)
		serve();
	return server.process < 0 ? -1 : 0;
}

static int end(void **state)
{
	(void)state;
	kill(server.process, SIGKILL);
	waitpid(server.process, NULL, 0);
	munmap(server.counts, sizeof(*server.counts));
	return close(server.fd);
}

/* ---- one question ---- */

static struct asked {
	char body[8192], head[8192], request[4096], ip[46], message[256];
	size_t n, stop_at;
	bool connected;
	enum net_end end;
	enum net_certificate certificate;
	int status;
} asked;

static int take_body(void *payload, struct str head, struct str bytes)
{
	struct asked *a = payload;
	assert_true(head.n > 0);
	if (a->stop_at && a->n + bytes.n >= a->stop_at)
		return -1;
	for (size_t i = 0; i < bytes.n && a->n < sizeof(a->body) - 1; i++)
		a->body[a->n++] = bytes.p[i];
	return 0;
}

static void note_connected(void *payload)
{
	((struct asked *)payload)->connected = true;
}

static void keep(char *to, size_t size, struct str from)
{
	size_t n = from.n < size - 1 ? from.n : size - 1;
	if (n)
		memcpy(to, from.p, n);
	to[n] = '\0';
}

static void finish(struct fetcher *f)
{
	struct fetch_result result;
	while (!fetcher_take(f, &result))
		fetcher_wait(f, 1000);
	assert_ptr_equal(result.payload, &asked);
	asked.end = result.end;
	asked.status = result.status;
	asked.certificate = result.certificate;
	keep(asked.head, sizeof(asked.head), result.head);
	keep(asked.request, sizeof(asked.request), result.request);
	keep(asked.ip, sizeof(asked.ip), str_of(result.ip));
	keep(asked.message, sizeof(asked.message), str_of(result.message));
}

static struct fetch_settings settings(void)
{
	struct fetch_settings s = FETCH_SETTINGS;
	s.user_agent = "Test/1 (+http://x)";
	s.allow_private = true;
	s.first_byte_ms = 400;
	s.total_ms = 800;
	return s;
}

static struct fetcher *open_fetcher(const struct fetch_settings *s)
{
	struct diag diag = DIAG_INIT;
	struct fetcher *f = NULL;
	int status = fetcher_open(&f, s, &diag);
	if (status)
		diag_print(&diag, stderr, false);
	diag_clear(&diag);
	assert_int_equal(status, 0);
	return f;
}

static enum net_end ask(struct fetcher *f, const char *host, int port, const char *path)
{
	char url[256];
	size_t stop_at = asked.stop_at;
	snprintf(url, sizeof(url), "http://%s:%d%s", host, port, path);
	struct fetch_request r = {.url = url,
	    .host = host,
	    .port = port,
	    .payload = &asked,
	    .cookie = "c=1",
	    .connected = note_connected,
	    .body = take_body};
	memset(&asked, 0, sizeof(asked));
	asked.stop_at = stop_at;
	fetcher_start(f, &r);
	memset(url, '!', sizeof(url));
	assert_int_equal(fetcher_active(f), 1);
	finish(f);
	assert_int_equal(fetcher_active(f), 0);
	return asked.end;
}

static enum net_end ask_path(struct fetcher *f, const char *path)
{
	return ask(f, "127.0.0.1", server.port, path);
}

static void answers(void **state)
{
	(void)state;
	struct fetch_settings s = settings();
	struct fetcher *f = open_fetcher(&s);
	int before = server.counts->accepted;
	assert_int_equal(ask_path(f, "/ok"), NET_DONE);
	assert_string_equal(asked.body, "hello");
	assert_string_equal(asked.head, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA: b\r\n\r\n");
	assert_non_null(strstr(asked.request, "GET /ok HTTP/1.1\r\n"));
	assert_non_null(strstr(asked.request, "User-Agent: Test/1 (+http://x)\r\n"));
	assert_non_null(strstr(asked.request, "Accept-Language: ru\r\n"));
	assert_non_null(strstr(asked.request, "Cookie: c=1\r\n"));
	assert_string_equal(asked.ip, "127.0.0.1");
	assert_int_equal(asked.status, 200);
	assert_true(asked.connected);
	assert_int_equal(asked.certificate, NET_CERT_NONE);
	/* As it was sent: chunks and "compression". */
	assert_int_equal(ask_path(f, "/chunked"), NET_DONE);
	assert_string_equal(asked.body, "5\r\nhello\r\n0\r\nT: x\r\n\r\n");
	assert_non_null(strstr(asked.head, "HTTP/1.1 200 OK\r\nTransfer"));
	assert_null(strstr(asked.head, "100 Continue"));
	assert_int_equal(ask_path(f, "/moved"), NET_DONE);
	assert_int_equal(asked.status, 302);
	assert_int_equal(server.counts->accepted, before + 1);
	fetcher_close(f);
}

static void failures(void **state)
{
	(void)state;
	struct fetch_settings s = settings();
	struct fetcher *f = open_fetcher(&s);
	assert_int_equal(ask_path(f, "/cut"), NET_CUT);
	assert_string_equal(asked.body, "hello");
	assert_int_equal(asked.status, 200);
	assert_int_equal(ask_path(f, "/badchunk"), NET_CUT);
	assert_int_equal(ask_path(f, "/closed"), NET_CLOSED);
	assert_int_equal(asked.status, 0);
	assert_int_equal(ask_path(f, "/garbage"), NET_BAD_ANSWER);
	assert_int_equal(ask_path(f, "/head"), NET_BAD_ANSWER);
	assert_int_equal(ask_path(f, "/silent"), NET_FIRST_BYTE);
	assert_int_equal(ask_path(f, "/drip"), NET_TIME);
	assert_in_range(asked.n, 4, 11);
	asked.stop_at = 1000;
	assert_int_equal(ask_path(f, "/endless"), NET_STOPPED);
	asked.stop_at = 0;
	assert_int_equal(ask(f, "127.0.0.1", 1, "/"), NET_REFUSED);
	assert_false(asked.connected);
	assert_string_equal(asked.request, "");
	enum net_end end = ask(f, "no-such-host.invalid", 80, "/");
	assert_true(end == NET_NO_NAME || end == NET_DNS);
	fetcher_close(f);
}

/* The library would put the question again at once, without a rest. */
static void kept_connection_closed(void **state)
{
	(void)state;
	struct fetch_settings s = settings();
	struct fetcher *f = open_fetcher(&s);
	assert_int_equal(ask_path(f, "/ok"), NET_DONE);
	int accepted = server.counts->accepted, before = server.counts->asked;
	assert_int_equal(ask_path(f, "/first"), NET_STALE);
	assert_int_equal(asked.status, 0);
	assert_int_equal(server.counts->accepted, accepted);
	assert_int_equal(server.counts->asked, before + 1);
	assert_int_equal(ask_path(f, "/first"), NET_DONE);
	assert_int_equal(server.counts->accepted, accepted + 1);
	assert_int_equal(server.counts->asked, before + 2);
	fetcher_close(f);
}

static void await_open(int count)
{
	for (int i = 0; i < 1000 && server.counts->open != count; i++)
		usleep(10000);
	assert_int_equal(server.counts->open, count);
}

/* On another port a host is another server, but the same host: what is idle ends
 * before it is asked there. */
static void one_connection_a_host(void **state)
{
	(void)state;
	const struct fetch_host hosts[] = {{"two.test", "127.0.0.1", server.port}};
	struct fetch_settings s = settings();
	s.hosts = hosts;
	s.nhosts = 1;
	struct fetcher *f = open_fetcher(&s);
	await_open(0);
	assert_int_equal(ask(f, "two.test", 81, "/ok"), NET_DONE);
	int accepted = server.counts->accepted;
	assert_int_equal(ask(f, "two.test", 81, "/moved"), NET_DONE);
	assert_int_equal(server.counts->accepted, accepted);
	for (int port = 82; port > 80; port--) {
		assert_int_equal(ask(f, "two.test", port, "/ok"), NET_DONE);
		assert_int_equal(server.counts->accepted, ++accepted);
		await_open(1);
	}
	fetcher_hang_up(f, "two.test");
	fetcher_hang_up(f, "none.test");
	await_open(0);
	assert_int_equal(ask(f, "two.test", 81, "/ok"), NET_DONE);
	assert_int_equal(server.counts->accepted, ++accepted);
	fetcher_close(f);
}

static void speed(void **state)
{
	(void)state;
	struct fetch_settings s = settings();
	s.total_ms = 10000;
	s.low_seconds = 1;
	struct fetcher *f = open_fetcher(&s);
	assert_int_equal(ask_path(f, "/drip"), NET_SLOW);
	fetcher_close(f);
}

static void private_refused(void **state)
{
	(void)state;
	struct fetch_settings s = settings();
	const struct fetch_host hosts[] = {{"inside.example", "127.0.0.1", server.port}};
	s.allow_private = false;
	s.hosts = hosts;
	s.nhosts = 1;
	struct fetcher *f = open_fetcher(&s);
	int before = server.counts->accepted;
	assert_int_equal(ask_path(f, "/ok"), NET_PRIVATE);
	assert_int_equal(ask(f, "localhost", server.port, "/ok"), NET_PRIVATE);
	assert_int_equal(ask(f, "inside.example", 80, "/ok"), NET_PRIVATE);
	assert_int_equal(server.counts->accepted, before);
	assert_true(fetcher_knows_private(f, "127.0.0.1"));
	assert_true(fetcher_knows_private(f, "::1"));
	assert_true(fetcher_knows_private(f, "inside.example"));
	assert_false(fetcher_knows_private(f, "8.8.8.8"));
	assert_false(fetcher_knows_private(f, "localhost")); /* not certain */
	fetcher_close(f);
}

static void names(void **state)
{
	(void)state;
	struct fetch_settings s = settings();
	const struct fetch_host hosts[] = {{"school.example", "127.0.0.1", server.port}};
	s.hosts = hosts;
	s.nhosts = 1;
	struct fetcher *f = open_fetcher(&s);
	assert_int_equal(ask(f, "school.example", 80, "/ok"), NET_DONE);
	assert_non_null(strstr(asked.request, "Host: school.example\r\n"));
	assert_int_equal(ask(f, "localhost", server.port, "/ok"), NET_DONE);
	assert_int_equal(ask(f, "localhost", server.port, "/ok"), NET_DONE);
	fetcher_close(f);
}

/* Some are still going on, one has ended and is not taken. */
static void closed_early(void **state)
{
	(void)state;
	struct fetch_settings s = settings();
	struct fetcher *f = open_fetcher(&s);
	static const char *const hosts[] = {"127.0.0.1", "localhost", "no-such-host.invalid"};
	for (size_t i = 0; i < 3; i++) {
		char url[256];
		snprintf(url, sizeof(url), "http://%s:%d/silent", hosts[i], server.port);
		struct fetch_request r = {.url = url,
		    .host = hosts[i],
		    .port = server.port,
		    .payload = &asked,
		    .body = take_body};
		fetcher_start(f, &r);
	}
	fetcher_wait(f, 50);
	fetcher_close(f);
	fetcher_close(NULL);
}

static void addresses(void **state)
{
	(void)state;
	static const char *const private4[] = {"0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1",
	    "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1",
	    "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"};
	static const char *const public4[] = {
	    "1.1.1.1", "8.8.8.8", "100.128.0.1", "172.32.0.1", "192.169.0.1", "77.88.55.60"};
	static const char *const private6[] = {"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
	    "64:ff9b::127.0.0.1", "2002:7f00:1::", "fc00::1", "fd12::1", "fe80::1", "fec0::1",
	    "ff02::1", "2001:db8::1", "2001::1", "::127.0.0.1"};
	static const char *const public6[] = {
	    "2a02:6b8::2:242", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::"};
	struct sockaddr_in v4 = {.sin_family = AF_INET};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
	for (size_t i = 0; i < sizeof(private4) / sizeof(*private4); i++) {
		inet_pton(AF_INET, private4[i], &v4.sin_addr);
		assert_true(address_is_private((struct sockaddr *)&v4));
	}
	for (size_t i = 0; i < sizeof(public4) / sizeof(*public4); i++) {
		inet_pton(AF_INET, public4[i], &v4.sin_addr);
		assert_false(address_is_private((struct sockaddr *)&v4));
	}
	for (size_t i = 0; i < sizeof(private6) / sizeof(*private6); i++) {
		inet_pton(AF_INET6, private6[i], &v6.sin6_addr);
		assert_true(address_is_private((struct sockaddr *)&v6));
	}
	for (size_t i = 0; i < sizeof(public6) / sizeof(*public6); i++) {
		inet_pton(AF_INET6, public6[i], &v6.sin6_addr);
		assert_false(address_is_private((struct sockaddr *)&v6));
	}
	struct sockaddr other = {.sa_family = AF_UNIX};
	assert_true(address_is_private(&other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers),
	    cmocka_unit_test(failures),
	    cmocka_unit_test(kept_connection_closed),
	    cmocka_unit_test(one_connection_a_host),
	    cmocka_unit_test(speed),
	    cmocka_unit_test(private_refused),
	    cmocka_unit_test(names),
	    cmocka_unit_test(closed_early),
	    cmocka_unit_test(addresses),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
