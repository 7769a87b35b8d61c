/*
 * pair - times two commands in turns.
 *
 *   pair [-n RUNS] [-a NAME] [-b NAME] [-A PREPARE] [-B PREPARE] -- CMD ARG... -- CMD ARG...
 *
 * A and B run alternately, so that whatever slows the machine slows both.
 * PREPARE is a shell line run before each run of its command and not timed.
 * A run is timed from fork to wait, as a whole process; its standard output
 * goes nowhere. Printed are the median and the least time of each, the median
 * of the processor time of all its threads (which a busy machine moves least),
 * the highest peak memory, and the ratio A / B: the median over the pairs, which one slow
 * moment cannot move.
 *
 * Status 1 when a command fails: a time of a failure means nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_RUNS 1001

struct side {
	const char *name;
	const char *prepare;
	char **argv;
	double ms[MAX_RUNS], cpu_ms[MAX_RUNS];
	long peak_kb;
};

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Runs a command to its end; its status, or -1 with a message. */
static int run(char **argv, struct rusage *usage)
{
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		int nowhere = open("/dev/null", O_RDWR);
		if (nowhere < 0 || dup2(nowhere, 0) < 0 || dup2(nowhere, 1) < 0)
			_exit(126);
		execvp(argv[0], argv);
		fprintf(stderr, "pair: %s: %s\n", argv[0], strerror(errno));
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, usage) != pid) {
		perror("pair");
		return -1;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	fprintf(stderr, "pair: %s failed (wait status %#x)\n", argv[0], (unsigned)status);
	return -1;
}

static double cpu_ms(const struct rusage *u)
{
	return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1e3 +
	    (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e3;
}

static int turn(struct side *s, int i)
{
	struct rusage usage;
	if (s->prepare) {
		char sh[] = "sh", opt[] = "-c", *line = strdup(s->prepare);
		int rc = line ? run((char *[]){sh, opt, line, NULL}, &usage) : -1;
		free(line);
		if (rc < 0)
			return -1;
	}
	double begin = now_ms();
	if (run(s->argv, &usage) < 0)
		return -1;
	s->ms[i] = now_ms() - begin;
	s->cpu_ms[i] = cpu_ms(&usage);
	if (usage.ru_maxrss > s->peak_kb)
		s->peak_kb = usage.ru_maxrss;
	return 0;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof(*values), by_size);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void report(struct side *s, int n)
{
	double middle = median(s->ms, n);
	printf("  %-40s median %8.2f ms   least %8.2f ms   cpu %8.2f ms   peak %6.1f MB\n", s->name,
	    middle, s->ms[0], median(s->cpu_ms, n), (double)s->peak_kb / 1024);
}

static int usage(void)
{
	fputs("usage: pair [-n RUNS] [-a NAME] [-b NAME] [-A PREPARE] [-B PREPARE] "
	      "-- CMD ARG... -- CMD ARG...\n",
	    stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static struct side a, b;
	static double ratios[MAX_RUNS];
	char *end;
	long runs = 21;
	int opt, split;

	while ((opt = getopt(argc, argv, "+n:a:b:A:B:")) != -1) {
		switch (opt) {
		case 'n':
			runs = strtol(optarg, &end, 10);
			if (*end || runs < 1 || runs > MAX_RUNS)
				return usage();
			break;
		case 'a':
			a.name = optarg;
			break;
		case 'b':
			b.name = optarg;
			break;
		case 'A':
			a.prepare = optarg;
			break;
		case 'B':
			b.prepare = optarg;
			break;
		default:
			return usage();
		}
	}
	for (split = optind; split < argc && strcmp(argv[split], "--") != 0; split++)
		;
	if (split == optind || split + 1 >= argc)
		return usage();
	argv[split] = NULL;
	a.argv = argv + optind;
	b.argv = argv + split + 1;
	a.name = a.name ? a.name : a.argv[0];
	b.name = b.name ? b.name : b.argv[0];

	/* The first run of each only warms the caches. */
	if (turn(&a, 0) < 0 || turn(&b, 0) < 0)
		return 1;
	for (int i = 0; i < (int)runs; i++) {
		if (turn(&a, i) < 0 || turn(&b, i) < 0)
			return 1;
		ratios[i] = a.ms[i] / b.ms[i];
	}
	report(&a, (int)runs);
	report(&b, (int)runs);
	printf("  ratio %.3f\n", median(ratios, (int)runs));
	return 0;
}
