/* One thread accepts, one talks over each connection. */
#include "support_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct {
	int fd;
	pthread_t thread;
	pthread_mutex_t lock;
	char asked[1 << 16], taken[1 << 16];
	size_t n;
} server = {.fd = -1, .lock = PTHREAD_MUTEX_INITIALIZER};

static void note(const char *request)
{
	char path[200] = "", host[200] = "";
	const char *field = strstr(request, "\r\nHost: ");
	sscanf(request, "GET %199s", path);
	if (field)
		sscanf(field, "\r\nHost: %199[^:\r]", host);
	pthread_mutex_lock(&server.lock);
	size_t room = sizeof(server.asked) - server.n;
	int n = snprintf(server.asked + server.n, room, "%s %s\n", host, path);
	if (n > 0 && (size_t)n < room)
		server.n += (size_t)n;
	pthread_mutex_unlock(&server.lock);
}

const char *server_asked(void)
{
	pthread_mutex_lock(&server.lock);
	memcpy(server.taken, server.asked, server.n);
	server.taken[server.n] = '\0';
	server.n = 0;
	pthread_mutex_unlock(&server.lock);
	return server.taken;
}

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

static void say_page(int fd, const char *status, const char *type, const char *body)
{
	char head[300];
	snprintf(head, sizeof(head),
	    "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", status, type,
	    strlen(body));
	say(fd, head, strlen(head));
	say(fd, body, strlen(body));
}

/* A megabyte in chunks. */
static void say_large(int fd)
{
	static char block[1024];
	memset(block, 'x', sizeof(block));
	say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 47);
	for (int i = 0; i < 1024; i++) {
		say(fd, "400\r\n", 5);
		say(fd, block, sizeof(block));
		say(fd, "\r\n", 2);
	}
	say(fd, "0\r\n\r\n", 5);
}

static bool answer(int fd, const char *request)
{
	if (strncmp(request, "GET / ", 6) == 0)
		say_page(fd, "200 OK", "text/html", "page /a\nfile /large.bin\nfile /cut.pdf\n");
	else if (strncmp(request, "GET /a ", 7) == 0)
		say_page(fd, "200 OK", "text/plain", "hello");
	else if (strncmp(request, "GET /large.bin ", 15) == 0)
		say_large(fd);
	else if (strncmp(request, "GET /cut.pdf ", 13) == 0)
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n%PDF-", 43);
	else
		say_page(fd, "404 Not Found", "text/html", "nothing");
	return strncmp(request, "GET /cut", 8) != 0;
}

static void *talk(void *payload)
{
	int fd = (int)(intptr_t)payload;
	char request[4096];
	size_t n = 0;
	ssize_t got;
	while ((got = recv(fd, request + n, sizeof(request) - 1 - n, 0)) > 0) {
		n += (size_t)got;
		request[n] = '\0';
		if (!strstr(request, "\r\n\r\n"))
			continue;
		note(request);
		if (!answer(fd, request))
			break;
		n = 0;
	}
	close(fd);
	return NULL;
}

static void *serve(void *payload)
{
	int fd;
	(void)payload;
	while ((fd = accept(server.fd, NULL, NULL)) >= 0) {
		pthread_t thread;
		if (pthread_create(&thread, NULL, talk, (void *)(intptr_t)fd) == 0)
			pthread_detach(thread);
	}
	return NULL;
}

int server_listen(int *fd, uint32_t address)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
	socklen_t n = sizeof(at);
	*fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(*fd, (struct sockaddr *)&at, n) || listen(*fd, 64) ||
	    getsockname(*fd, (struct sockaddr *)&at, &n))
		return -1;
	return ntohs(at.sin_port);
}

int server_begin(void)
{
	int port = server_listen(&server.fd, INADDR_ANY);
	return port < 0 || pthread_create(&server.thread, NULL, serve, NULL) ? -1 : port;
}

void server_end(void)
{
	shutdown(server.fd, SHUT_RDWR);
	pthread_join(server.thread, NULL);
	close(server.fd);
}

void server_links(const struct gather_page *page, struct gather_links *l)
{
	struct arena a = ARENA_INIT;
	struct str rest = page->body, line;
	while (str_next(&rest, '\n', &line)) {
		struct url u;
		bool file = str_starts(line, "file ");
		if (!file && !str_starts(line, "page "))
			break;
		struct str address = {line.p + 5, line.n - 5};
		if (url_read(&u, &a, address, page->url, NULL) == URL_OK)
			gather_link(l, &u, file ? FETCH_FILE : FETCH_PAGE, 1, STR_NONE);
	}
	arena_clear(&a);
}
