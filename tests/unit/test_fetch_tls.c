/* Certificates of every wrong kind, made for the occasion by the openssl
 * program; without it there is nothing to test. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/fd.h"
#include "sys/fetch.h"

extern char **environ;

enum { SERVERS = 5 };

static const char MAKE[] =
    "set -e\n"
    "openssl version >/dev/null\n"
    "key() { openssl req -newkey rsa:2048 -nodes -keyout $1.key -out $1.csr -subj \"/CN=$2\"; }\n"
    "sign() { printf \"$3\" >$1.ext; openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key"
    " -CAcreateserial -out $1.pem -days 30 -extfile $1.ext; }\n"
    "openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=CA\n"
    "key good school.test; sign good ca 'subjectAltName=DNS:school.test'\n"
    "key host other.test; sign host ca 'subjectAltName=DNS:other.test'\n"
    "key middle Middle; sign middle ca 'basicConstraints=CA:TRUE'\n"
    "key chain school.test; sign chain middle 'subjectAltName=DNS:school.test'\n"
    "openssl req -x509 -newkey rsa:2048 -nodes -keyout self.key -out self.pem -days 30"
    " -subj /CN=school.test -addext subjectAltName=DNS:school.test\n"
    "key expired school.test; mkdir d; : >d/index.txt; echo 01 >d/serial\n"
    "printf '[ca]\\ndefault_ca=x\\n[x]\\nnew_certs_dir=d\\ndatabase=d/index.txt\\n"
    "serial=d/serial\\ndefault_md=sha256\\npolicy=p\\n[p]\\ncommonName=supplied\\n' >d/c\n"
    "openssl ca -batch -config d/c -cert ca.pem -keyfile ca.key -in expired.csr -out expired.pem"
    " -startdate 20200101000000Z -enddate 20210101000000Z -extfile good.ext\n";

static const struct {
	const char *name;
	enum net_end end;
	enum net_certificate certificate;
} kinds[SERVERS] = {{"good", NET_DONE, NET_CERT_OK}, {"host", NET_CERTIFICATE, NET_CERT_HOST},
    {"chain", NET_CERTIFICATE, NET_CERT_INCOMPLETE}, {"self", NET_CERTIFICATE, NET_CERT_SELF},
    {"expired", NET_CERTIFICATE, NET_CERT_EXPIRED}};

static char folder[] = "/tmp/vidno-tls-XXXXXX";
static bool made;
static struct {
	pid_t pid;
	int port;
} servers[SERVERS];

static pid_t run(char *const argv[])
{
	posix_spawn_file_actions_t actions;
	pid_t pid = -1;
	posix_spawn_file_actions_init(&actions);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ))
		pid = -1;
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

static int free_port(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int port =
	    bind(fd, (struct sockaddr *)&at, n) || getsockname(fd, (struct sockaddr *)&at, &n)
	    ? 0
	    : ntohs(at.sin_port);
	close(fd);
	return port;
}

static bool listens(int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool yes = connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0;
	close(fd);
	return yes;
}

static int begin(void **state)
{
	int status = 1;
	char script[] = "sh", option[] = "-c";
	char *text = strdup(MAKE);
	char *const argv[] = {script, option, text, NULL};
	(void)state;
	if (!mkdtemp(folder) || chdir(folder))
		return -1;
	pid_t pid = run(argv);
	made = pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
	free(text);
	for (int i = 0; made && i < SERVERS; i++) {
		char command[200];
		servers[i].port = free_port();
		snprintf(command, sizeof(command),
		    "exec openssl s_server -accept %d -cert %s.pem -key %s.key -www -quiet",
		    servers[i].port, kinds[i].name, kinds[i].name);
		char *const serve[] = {script, option, command, NULL};
		servers[i].pid = run(serve);
		for (int tries = 0; tries < 3000 && !listens(servers[i].port); tries++)
			usleep(20000);
	}
	return 0;
}

static int end(void **state)
{
	(void)state;
	for (int i = 0; made && i < SERVERS; i++) {
		kill(servers[i].pid, SIGTERM);
		waitpid(servers[i].pid, NULL, 0);
	}
	return chdir("/") || fd_remove(AT_FDCWD, folder);
}

static int take(void *payload, struct str head, struct str bytes)
{
	(void)payload;
	(void)head;
	(void)bytes;
	return 0;
}

static struct fetch_result ask(struct fetcher *f, int port, bool unverified)
{
	char url[60];
	struct fetch_result result;
	snprintf(url, sizeof(url), "https://school.test:%d/", port);
	struct fetch_request r = {.url = url,
	    .host = "school.test",
	    .port = port,
	    .unverified = unverified,
	    .body = take};
	fetcher_start(f, &r);
	while (!fetcher_take(f, &result))
		fetcher_wait(f, 1000);
	return result;
}

/* The own root stands for the one that the audit may be given; asked for a
 * domain that it is not for, nothing is trusted. */
static void certificates(void **state)
{
	(void)state;
	static const char *const domains[] = {".test", NULL}, *const others[] = {".ru", NULL};
	static const struct fetch_host hosts[] = {{"school.test", "127.0.0.1", 0}};
	struct fetch_settings s = FETCH_SETTINGS;
	struct diag diag = DIAG_INIT;
	struct fetcher *f;
	if (!made)
		skip();
	s.user_agent = "Test";
	s.allow_private = true;
	s.hosts = hosts;
	s.nhosts = 1;
	s.ca_file = "ca.pem";
	s.ca_domains = domains;
	assert_int_equal(fetcher_open(&f, &s, &diag), 0);
	for (int i = 0; i < SERVERS; i++) {
		struct fetch_result r = ask(f, servers[i].port, false);
		assert_int_equal(r.end, kinds[i].end);
		assert_int_equal(r.certificate, kinds[i].certificate);
		r = ask(f, servers[i].port, true);
		assert_int_equal(r.end, NET_DONE);
		assert_int_equal(r.status, 200);
	}
	fetcher_close(f);
	s.ca_domains = others;
	assert_int_equal(fetcher_open(&f, &s, &diag), 0);
	assert_int_equal(ask(f, servers[0].port, false).certificate, NET_CERT_INCOMPLETE);
	fetcher_close(f);
	diag_clear(&diag);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(certificates)};
	return cmocka_run_group_tests(tests, begin, end);
}
