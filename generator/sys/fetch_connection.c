/*
 * The library keeps connections by host and port, and tells when it opens and
 * closes a socket. An idle one that is not to be used is shut down here: the
 * other side sees that at once, and the library when it looks for one to use.
 */
#include "sys/fetch_curl.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static bool is_secure(const struct fetch_request *r)
{
	return strncmp(r->url, "https:", 6) == 0;
}

static void hang_up(const struct connection *c)
{
	if (c->users == 0 && c->socket != CURL_SOCKET_BAD)
		shutdown(c->socket, SHUT_RDWR);
}

void fetcher_hang_up(struct fetcher *f, const char *host)
{
	const struct connection *c = map_get(&f->connections, str_of(host));
	if (c)
		hang_up(c);
}

void connection_take(struct transfer *t)
{
	const struct fetch_request *r = &t->request;
	struct map_entry *e = map_entry(&t->fetcher->connections, str_of(r->host));
	struct connection *c = e->value;
	if (!c) {
		e->value = c = arena_alloc(&t->fetcher->arena, sizeof(*c));
		c->socket = CURL_SOCKET_BAD;
	}
	if (c->port != r->port || c->secure != is_secure(r))
		hang_up(c);
	t->connection = c;
	c->users++;
}

void connection_leave(struct transfer *t)
{
	t->connection->users--;
	t->connection = NULL;
}

static struct connection **of_socket(struct fetcher *f, curl_socket_t socket)
{
	size_t number = (size_t)socket, before = f->nsockets;
	if (number >= before) {
		f->nsockets = 2 * number + 64;
		f->sockets = xrealloc(f->sockets, f->nsockets * sizeof(*f->sockets));
		memset(f->sockets + before, 0, (f->nsockets - before) * sizeof(*f->sockets));
	}
	return &f->sockets[number];
}

curl_socket_t connection_open(struct transfer *t, const struct curl_sockaddr *address)
{
	struct connection *c = t->connection;
	int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
	if (fd < 0)
		return CURL_SOCKET_BAD;
	*of_socket(t->fetcher, fd) = c;
	c->open++;
	c->socket = fd;
	c->port = t->request.port;
	c->secure = is_secure(&t->request);
	return fd;
}

static curl_socket_t other_of(const struct fetcher *f, const struct connection *c)
{
	size_t i = c->open ? 0 : f->nsockets;
	while (i < f->nsockets && f->sockets[i] != c)
		i++;
	return i < f->nsockets ? (curl_socket_t)i : CURL_SOCKET_BAD;
}

int connection_close(void *fetcher, curl_socket_t socket)
{
	struct connection **place = of_socket(fetcher, socket), *c = *place;
	*place = NULL;
	if (c)
		c->open--;
	if (c && c->socket == socket)
		c->socket = other_of(fetcher, c);
	return close(socket);
}
