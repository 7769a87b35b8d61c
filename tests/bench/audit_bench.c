/*
 * A town of sites on loopback, and visits to it.
 *
 *	gather_bench serve PORT PAGES           answers on every address of loopback
 *	gather_bench visit PORT SITES DELAY_MS  visits 127.1.x.y, prints what it cost
 *
 * Every site has the same PAGES pages; each links to ten others, so that all
 * are found. The server is one thread with an epoll set: it must not be what
 * is measured.
 */
#include "job/gather_run.h"
#include "sys/clock.h"
#include "sys/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST = 2048, WORDS = 1200 };

/* ---- the server ---- */

static long pages;

static size_t page(char *out, size_t size, long number)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	buf_addf(&b, "<!DOCTYPE html><html><head><title>%ld</title></head><body>\n", number);
	for (long i = 1; i <= 10; i++)
		buf_addf(&b, "<p><a href=\"/p/%ld\">page</a></p>\n", (number * 10 + i) % pages);
	for (int i = 0; i < WORDS; i++)
		buf_addf(&b, "word%ld ", (number * 31 + i * i) % 977);
	buf_adds(&b, "</body></html>\n");
	int head = snprintf(out, size,
	    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n\r\n",
	    b.len);
	memcpy(out + head, b.data, b.len);
	size_t n = (size_t)head + b.len;
	buf_clear(&b);
	return n;
}

static void answer(int fd, const char *request)
{
	static const char none[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nnothing";
	static char text[64 * 1024];
	long number = -1;
	if (strncmp(request, "GET / ", 6) == 0)
		number = 0;
	else if (strncmp(request, "GET /p/", 7) == 0)
		number = strtol(request + 7, NULL, 10);
	if (number < 0 || number >= pages)
		fd_write(fd, none, sizeof(none) - 1);
	else
		fd_write(fd, text, page(text, sizeof(text), number));
}

static void serve(int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), set = epoll_create1(0);
	struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[64];
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(listener, (struct sockaddr *)&at, sizeof(at)) || listen(listener, 4096)) {
		perror("serve");
		return;
	}
	fetch_descriptors();
	epoll_ctl(set, EPOLL_CTL_ADD, listener, &event);
	for (;;) {
		int count = epoll_wait(set, events, 64, -1);
		for (int i = 0; i < count; i++) {
			char request[REQUEST];
			int fd = events[i].data.fd;
			if (fd == listener) {
				event.data.fd = accept(listener, NULL, NULL);
				epoll_ctl(set, EPOLL_CTL_ADD, event.data.fd, &event);
				continue;
			}
			/* Requests are short and come in one piece here. */
			ssize_t n = recv(fd, request, sizeof(request) - 1, 0);
			if (n <= 0) {
				close(fd);
				continue;
			}
			request[n] = '\0';
			answer(fd, request);
		}
	}
}

/* ---- the visit ---- */

static size_t read_pages;

static void read_links(void *payload, const struct gather_page *p, struct gather_links *l)
{
	static const char mark[] = "href=\"";
	struct arena a = ARENA_INIT;
	struct str rest = p->body;
	const char *at;
	(void)payload;
	read_pages++;
	while ((at = memmem(rest.p, rest.n, mark, sizeof(mark) - 1))) {
		struct url u;
		struct str link;
		rest = (struct str){
		    at + sizeof(mark) - 1, rest.n - (size_t)(at - rest.p) - (sizeof(mark) - 1)};
		if (str_next(&rest, '"', &link) && url_read(&u, &a, link, p->url, NULL) == URL_OK)
			gather_link(l, &u, FETCH_PAGE, 0, STR_NONE);
	}
	arena_clear(&a);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int visit(int port, size_t sites, int delay)
{
	char folder[] = "/tmp/vidno-bench-XXXXXX";
	struct gather_run run = GATHER_RUN;
	struct gather_school *schools = calloc(sites, sizeof(*schools));
	struct arena a = ARENA_INIT;
	struct diag diag = DIAG_INIT;
	struct rusage used;
	if (!schools || !mkdtemp(folder))
		return 1;
	for (size_t i = 0; i < sites; i++)
		schools[i] = (struct gather_school){.id = arena_printf(&a, "school-%zu", i),
		    .site =
		        arena_printf(&a, "http://127.1.%zu.%zu:%d/", i / 250, i % 250 + 1, port)};
	run.schools = schools;
	run.count = sites;
	run.folder = folder;
	run.settings.delay_ms = delay;
	if (delay == 0)
		run.settings.delay_times = run.settings.platform_interval_ms = 0;
	run.settings.shape_pages = 1000;
	run.fetch.user_agent = "Vidno/bench (+https://example.org/; audit@example.org)";
	run.fetch.allow_private = true;
	run.read = read_links;
	int64_t begun = clock_monotonic_ms();
	enum gather_end end = gather_run(&run, &diag);
	double took = (double)(clock_monotonic_ms() - begun) / 1000;
	getrusage(RUSAGE_SELF, &used);
	double cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
	printf("  %zu sites, delay %d ms: %zu pages in %.2f s, %.0f a second, %.2f ms of processor "
	       "a page, %.1f %% of one processor, %ld MB\n",
	    sites, delay, read_pages, took, (double)read_pages / took,
	    1000 * cpu / (double)read_pages, 100 * cpu / took, used.ru_maxrss / 1024);
	diag_print(&diag, stderr, false);
	diag_clear(&diag);
	arena_clear(&a);
	free(schools);
	fd_remove(AT_FDCWD, folder);
	return end != GATHER_DONE;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "serve") == 0) {
		pages = strtol(argv[3], NULL, 10);
		serve((int)strtol(argv[2], NULL, 10));
		return 1;
	}
	if (argc == 5 && strcmp(argv[1], "visit") == 0)
		return visit((int)strtol(argv[2], NULL, 10), (size_t)strtol(argv[3], NULL, 10),
		    (int)strtol(argv[4], NULL, 10));
	fprintf(stderr, "usage: %s serve PORT PAGES | visit PORT SITES DELAY_MS\n", argv[0]);
	return 2;
}
