/* Names looked up elsewhere: our process stays without threads, and goes on when
 * the other one dies. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/resolve.h"

enum { PATIENCE_MS = 30000 };

/* The C library's, but for names that are answered as they say. */
int getaddrinfo(
    const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
	static const struct addrinfo none;
	(void)service, (void)hints;
	*out = NULL;
	if (strncmp(name, "slow", 4) == 0)
		sleep(60);
	if (strcmp(name, "dies") == 0)
		_exit(1);
	if (strncmp(name, "no", 2) == 0)
		return EAI_NONAME;
	if (strncmp(name, "later", 5) == 0)
		return EAI_AGAIN;
	struct sockaddr_in *address = calloc(1, sizeof(*address));
	*address = (struct sockaddr_in){.sin_family = AF_INET};
	address->sin_addr.s_addr = htonl(0x5db8d800U + (unsigned)strlen(name));
	*out = malloc(sizeof(**out));
	**out = none;
	(*out)->ai_addr = (struct sockaddr *)address;
	(*out)->ai_addrlen = sizeof(*address);
	return 0;
}

void freeaddrinfo(struct addrinfo *list)
{
	free(list->ai_addr);
	free(list);
}

static struct resolved wait_for(struct resolver *r)
{
	struct resolved found;
	struct pollfd fd = {.fd = resolver_fd(r), .events = POLLIN};
	while (!resolver_next(r, &found))
		assert_int_equal(poll(&fd, 1, PATIENCE_MS), 1);
	return found;
}

static size_t count_in(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;
	assert_non_null(dir);
	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2;
}

static int children(pid_t *first)
{
	char path[64], text[256] = "";
	snprintf(path, sizeof(path), "/proc/self/task/%d/children", getpid());
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	size_t n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	int count = 0;
	for (size_t i = 0; i < n; i++)
		count += text[i] == ' ';
	if (first)
		*first = atoi(text);
	return count;
}

static struct resolver *opened(void)
{
	struct resolver *r;
	assert_int_equal(resolver_open(&r), 0);
	return r;
}

static void answers(void **state)
{
	(void)state;
	struct resolver *r = opened();
	struct resolved found;
	int tags[3];
	assert_false(resolver_next(r, &found));
	assert_int_equal(children(NULL), 0); /* nothing was asked */
	resolver_ask(r, "plain.example", &tags[0]);
	found = wait_for(r);
	assert_ptr_equal(found.tag, &tags[0]);
	assert_int_equal(found.status, RESOLVE_OK);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.addresses[0], "93.184.216.13");
	resolver_ask(r, "no.example", &tags[1]);
	found = wait_for(r);
	assert_ptr_equal(found.tag, &tags[1]);
	assert_int_equal(found.status, RESOLVE_NO_NAME);
	resolver_ask(r, "later.example", &tags[2]);
	found = wait_for(r);
	assert_ptr_equal(found.tag, &tags[2]);
	assert_int_equal(found.status, RESOLVE_FAILED);
	assert_false(resolver_next(r, &found));
	resolver_close(r);
	assert_int_equal(children(NULL), 0);
}

/* Slow ones take their own time only, and a fork later finds no lock held. */
static void needs_no_threads(void **state)
{
	(void)state;
	struct resolver *r = opened();
	int tag;
	for (int i = 0; i < RESOLVE_THREADS - 2; i++)
		resolver_ask(r, "slow.example", NULL);
	for (int i = 0; i < 200; i++)
		resolver_ask(r, "quick.example", &tag);
	for (int i = 0; i < 200; i++)
		assert_ptr_equal(wait_for(r).tag, &tag);
	assert_int_equal(count_in("/proc/self/task"), 1);
	resolver_close(r);
	assert_int_equal(children(NULL), 0);
}

/* More than there are threads wait for a seat, and may be given up before. */
static void abandons(void **state)
{
	(void)state;
	struct resolver *r = opened();
	struct resolve_question *sent, *waits;
	struct resolved found;
	int tag;
	sent = resolver_ask(r, "quick.example", NULL);
	resolver_abandon(r, sent);
	for (int i = 0; i < RESOLVE_THREADS - 1; i++)
		resolver_ask(r, "slow.example", NULL);
	for (int i = 0; i < 1000; i++) {
		waits = resolver_ask(r, "quick.example", NULL);
		resolver_abandon(r, waits);
	}
	resolver_ask(r, "quick.example", &tag);
	assert_ptr_equal(wait_for(r).tag, &tag);
	assert_false(resolver_next(r, &found));
	resolver_close(r);
}

/* Its questions have failed, and the next one makes another. */
static void survives_it(void **state)
{
	(void)state;
	struct resolver *r = opened();
	struct resolved found;
	pid_t other;
	int tags[2];
	resolver_ask(r, "slow.example", &tags[0]);
	resolver_ask(r, "dies", &tags[1]);
	for (int i = 0; i < 2; i++) {
		found = wait_for(r);
		assert_int_equal(found.status, RESOLVE_FAILED);
		assert_true(found.tag == &tags[0] || found.tag == &tags[1]);
	}
	assert_false(resolver_next(r, &found));
	assert_int_equal(children(NULL), 0);
	resolver_ask(r, "quick.example", &tags[0]);
	assert_int_equal(wait_for(r).status, RESOLVE_OK);
	assert_int_equal(children(&other), 1);
	resolver_ask(r, "slow.example", &tags[0]);
	kill(other, SIGTERM);
	resolver_ask(r, "quick.example", &tags[1]);
	assert_ptr_equal(wait_for(r).tag, &tags[1]);
	kill(other, SIGKILL);
	found = wait_for(r);
	assert_ptr_equal(found.tag, &tags[0]);
	assert_int_equal(found.status, RESOLVE_FAILED);
	resolver_close(r);
}

static void long_names(void **state)
{
	(void)state;
	struct resolver *r = opened();
	char name[1000];
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	resolver_ask(r, name, NULL);
	/* Cut at 255 bytes, which the resolver of the C library refuses. */
	assert_string_equal(wait_for(r).addresses[0], "93.184.216.255");
	resolver_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers),
	    cmocka_unit_test(needs_no_threads),
	    cmocka_unit_test(abandons),
	    cmocka_unit_test(survives_it),
	    cmocka_unit_test(long_names),
	};
	return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
