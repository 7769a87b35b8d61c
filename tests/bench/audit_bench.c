/*
 * A town of sites on loopback, and what a command costs.
 *
 *	audit_bench serve PORT PAGES   answers on every address of loopback
 *	audit_bench deaf PORT          accepts nothing on any of them: whoever
 *	                               connects waits for ever
 *	audit_bench cost COMMAND…      runs it and prints what it cost, with the
 *	                               processes that it waited for
 *
 * Every site has the same PAGES pages, made like those of schools: a menu of
 * two levels, ten links to other pages with names of documents, so that all
 * are found, and a few hundred words. The server is one thread with an epoll
 * set: it must not be what is measured.
 */
#include "base/buf.h"
#include "sys/clock.h"
#include "sys/fd.h"
#include "sys/fetch.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REQUEST = 2048, WORDS = 600, PAGE = 64 * 1024 };

/* ---- pages ---- */

static const char *const menu[] = {"Основные сведения", "Структура и органы управления",
    "Документы", "Образование", "Руководство", "Педагогический состав",
    "Материально-техническое обеспечение", "Платные образовательные услуги",
    "Финансово-хозяйственная деятельность", "Вакантные места для приема", "Стипендии",
    "Международное сотрудничество", "Организация питания", "Новости", "Фотогалерея", "Родителям",
    "Контакты"};
static const char *const names[] = {"Положение о внутренней системе оценки качества",
    "Приказ об утверждении рабочих программ", "Рабочая программа по физике",
    "План воспитательной работы", "Отчёт о самообследовании", "Расписание уроков",
    "Меню столовой на неделю", "Договор о сотрудничестве с музеем",
    "Справка о результатах мониторинга", "Календарный учебный график"};
static const char *const words[] = {"школа", "учебный", "года", "обучающихся", "результаты",
    "классы", "мероприятия", "педагоги", "документ", "приказ", "программа", "и", "в", "на"};
#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static void add_menu(struct buf *b, long pages)
{
	buf_adds(b, "<ul class=menu>");
	for (size_t i = 0; i < COUNT(menu); i++)
		buf_addf(b,
		    "<li class=\"menu-item menu-item-%zu\"><a href=\"/p/%zu\">%s</a></li>\n", i,
		    i % (size_t)pages, menu[i]);
	buf_adds(b, "</ul>\n");
}

static void make_page(struct buf *b, long number, long pages)
{
	buf_addf(b,
	    "<!DOCTYPE html><html lang=ru><head><meta charset=utf-8><title>Школа: %ld"
	    "</title></head><body>\n",
	    number);
	add_menu(b, pages);
	buf_adds(b, "<main><h1>Школьная страница</h1>\n");
	for (long i = 1; i <= 10; i++)
		buf_addf(b, "<p class=\"document\"><a href=\"/p/%ld\">%s</a>, %ld КБ</p>\n",
		    (number * 10 + i) % pages, names[(number + i) % (long)COUNT(names)], i * 7);
	for (long i = 0; i < WORDS; i++)
		buf_addf(b, "%s%s", words[(size_t)(number * 31 + i * i) % COUNT(words)],
		    i % 40 == 39 ? ".</p>\n<p>" : " ");
	buf_addf(b, "страница %ld</p></main></body></html>\n", number);
}

/* ---- the server ---- */

static struct buf *answers; /* [pages], with their heads */
static long pages;

static void make_answers(void)
{
	answers = xmalloc((size_t)pages * sizeof(*answers));
	for (long i = 0; i < pages; i++) {
		struct buf page = BUF_INIT(PAGE);
		answers[i] = (struct buf)BUF_INIT(2 * PAGE);
		make_page(&page, i, pages);
		buf_addf(&answers[i],
		    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
		    "LinkChecker: welcome\r\n" /* without it, ten requests a second */
		    "Content-Length: %zu\r\n\r\n",
		    page.len);
		buf_add(&answers[i], page.data, page.len);
		buf_clear(&page);
	}
}

static void answer(int fd, const char *request)
{
	static const char none[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nnothing";
	long number = -1;
	if (strncmp(request, "GET / ", 6) == 0)
		number = 0;
	else if (strncmp(request, "GET /p/", 7) == 0)
		number = strtol(request + 7, NULL, 10);
	if (number < 0 || number >= pages)
		fd_write(fd, none, sizeof(none) - 1);
	else
		fd_write(fd, answers[number].data, answers[number].len);
}

static int listen_at(int port, int backlog)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	if (bind(listener, (struct sockaddr *)&at, sizeof(at)) || listen(listener, backlog)) {
		perror("audit_bench");
		exit(1);
	}
	return listener;
}

static void serve(int port)
{
	int listener = listen_at(port, 4096), set = epoll_create1(0);
	struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[64];
	fetch_descriptors();
	make_answers();
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

/* Where the queue of a listener is full, the system drops who knocks. */
static void be_deaf(int port)
{
	listen_at(port, 0);
	for (int i = 0; i < 2; i++) {
		struct sockaddr_in to = {.sin_family = AF_INET,
		    .sin_port = htons((uint16_t)port),
		    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect(fd, (struct sockaddr *)&to, sizeof(to));
	}
	pause();
}

/* ---- what a command costs ---- */

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int cost(char **command)
{
	struct rusage used;
	int status;
	int64_t begun = clock_monotonic_ms();
	pid_t id = fork();
	if (id == 0) {
		execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	if (id < 0 || wait4(id, &status, 0, &used) != id)
		return 1;
	double took = (double)(clock_monotonic_ms() - begun) / 1000;
	double cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
	fprintf(stderr, "%.1f s, %.1f s of processor (%.1f %% of one), largest process %ld MB\n",
	    took, cpu, 100 * cpu / took, used.ru_maxrss / 1024);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "serve") == 0) {
		pages = strtol(argv[3], NULL, 10);
		serve((int)strtol(argv[2], NULL, 10));
		return 1;
	}
	if (argc == 3 && strcmp(argv[1], "deaf") == 0) {
		be_deaf((int)strtol(argv[2], NULL, 10));
		return 1;
	}
	if (argc > 2 && strcmp(argv[1], "cost") == 0)
		return cost(argv + 2);
	fprintf(stderr, "usage: %s serve PORT PAGES | deaf PORT | cost COMMAND…\n", argv[0]);
	return 2;
}
