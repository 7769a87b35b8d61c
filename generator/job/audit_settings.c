/*
 * One table: the name, its place in the settings, which side of the usual
 * value is polite, and whether it is kept host by host: then an impolite value
 * can be had for private hosts alone.
 */
#include "job/audit_settings.h"

#include "base/intl.h"
#include "sys/file.h"
#include "text/yaml.h"

#include <limits.h>
#include <stdlib.h>

enum polite { ANY, MORE, LESS };

struct setting {
	const char *name;
	size_t offset;
	enum polite polite;
	size_t size; /* of its type */
	bool by_host;
};

#define GATHER(n, field, p) \
	{ \
		n, offsetof(struct gather_run, settings.field), p, \
		    sizeof(((struct gather_run *)0)->settings.field), false \
	}
#define HOST(n, field, p) \
	{ \
		n, offsetof(struct gather_run, settings.field), p, \
		    sizeof(((struct gather_run *)0)->settings.field), true \
	}
#define FETCH(n, field, p) \
	{ \
		n, offsetof(struct gather_run, fetch.field), p, \
		    sizeof(((struct gather_run *)0)->fetch.field), false \
	}

static const struct setting settings[] = {
    HOST("delay-ms", delay_ms, MORE),
    HOST("delay-times", delay_times, MORE),
    HOST("delay-most-ms", delay_most_ms, MORE),
    HOST("crawl-delay-most-ms", crawl_delay_most_ms, MORE),
    HOST("platform-connections", platform_connections, LESS),
    HOST("platform-interval-ms", platform_interval_ms, MORE),
    GATHER("platform-schools", platform_schools, ANY),
    GATHER("parallel", parallel, LESS),
    GATHER("schools", schools, ANY),
    HOST("retry-1-ms", retry_ms[0], MORE),
    HOST("retry-2-ms", retry_ms[1], MORE),
    GATHER("retry-after-most-s", retry_after_most_s, ANY),
    GATHER("page-bytes", page_bytes, LESS),
    GATHER("file-bytes", file_bytes, LESS),
    GATHER("pages", pages, ANY),
    GATHER("depth", depth, ANY),
    GATHER("school-ms", school_ms, ANY),
    GATHER("shape-pages", shape_pages, ANY),
    FETCH("dns-ms", dns_ms, ANY),
    FETCH("connect-ms", connect_ms, ANY),
    FETCH("tls-ms", tls_ms, ANY),
    FETCH("first-byte-ms", first_byte_ms, ANY),
    FETCH("total-ms", total_ms, ANY),
    FETCH("low-bytes", low_bytes, ANY),
    FETCH("low-seconds", low_seconds, ANY),
};
enum { SETTINGS = sizeof(settings) / sizeof(*settings) };

static int64_t get(const struct gather_run *run, const struct setting *s)
{
	const char *p = (const char *)run + s->offset;
	return s->size == sizeof(int) ? *(const int *)p : *(const int64_t *)p;
}

static void set(char *p, const struct setting *s, int64_t value)
{
	if (s->size == sizeof(int))
		*(int *)p = (int)value;
	else
		*(int64_t *)p = value;
}

static const struct setting *find(struct str name)
{
	for (size_t i = 0; i < SETTINGS; i++)
		if (str_is(name, settings[i].name))
			return &settings[i];
	return NULL;
}

static int complain(struct diag *diag, const char *rule, const char *path,
    const struct yaml_node *n, struct str cell, const char *remedy, const char *text)
{
	diag_add(
	    diag, DIAG_ERROR, rule, DIAG_AT(path, n->line, n->column), cell, remedy, "%s", text);
	return -1;
}

static int unknown(struct diag *diag, const char *path, const struct yaml_node *n)
{
	const char *names[SETTINGS + 1] = {NULL};
	for (size_t i = 0; i < SETTINGS; i++)
		names[i] = settings[i].name;
	const char *near = str_nearest(arena_strndup(&diag->arena, n->key.p, n->key.n), names);
	return complain(diag, "audit-setting", path, n, n->key,
	    diag_nearest(&diag->arena, near, _("The names are in the manual: man vidno.")),
	    _("there is no such setting"));
}

static int read_one(struct gather_run *run, struct gather_settings *at_home, const char *path,
    const struct yaml_node *n, struct diag *diag)
{
	const struct gather_run usual = GATHER_RUN;
	const struct setting *s = find(n->key);
	char *end = NULL;
	if (!s)
		return unknown(diag, path, n);
	const char *text =
	    n->kind == YAML_SCALAR ? arena_strndup(&diag->arena, n->text.p, n->text.n) : "";
	long long value = strtoll(text, &end, 10);
	if (end == text || *end || value < 0 || value > INT_MAX)
		return complain(diag, "audit-setting-number", path, n, str_of(text),
		    _("Write a number without a unit; the name tells the unit."),
		    _("this setting is a whole number"));
	bool rude = (s->polite == MORE && value < get(&usual, s)) ||
	    (s->polite == LESS && value > get(&usual, s));
	if (rude && !(at_home && s->by_host))
		return complain(diag, "audit-setting-rude", path, n, str_of(text),
		    _("Sites of others are not asked faster than by default; --allow-private lifts delays for private addresses, for tests."),
		    _("this is less polite than the usual value"));
	if (!rude)
		set((char *)run + s->offset, s, value);
	if (s->by_host && at_home)
		set((char *)at_home + s->offset - offsetof(struct gather_run, settings), s, value);
	return 0;
}

static int read_file(struct str *out, struct arena *a, const char *path, struct diag *diag)
{
	struct root root = ROOT_INIT;
	const char *slash = strrchr(path, '/');
	const char *folder = slash == path ? "/"
	    : slash                        ? arena_strndup(a, path, (size_t)(slash - path))
	                                   : ".";
	enum file_status status = root_open(&root, folder);
	if (status == FILE_OK)
		status = file_read(out, a, &root, slash ? slash + 1 : path, YAML_BYTES);
	if (status != FILE_OK)
		file_complain(diag, status, path, YAML_BYTES);
	root_close(&root);
	return status == FILE_OK ? 0 : -1;
}

int audit_settings_read(
    struct gather_run *run, struct gather_settings *at_home, const char *path, struct diag *diag)
{
	struct arena a = ARENA_INIT;
	struct str bytes;
	int err = read_file(&bytes, &a, path, diag);
	const struct yaml_node *root = err ? NULL : yaml_read(&a, path, bytes, 1, diag);
	if (!root || root->kind != YAML_MAP)
		err = -1;
	for (const struct yaml_node *n = err ? NULL : root->first; n; n = n->next)
		err |= read_one(run, at_home, path, n, diag);
	arena_clear(&a);
	return err;
}

/* ---- names ---- */

static struct str next_word(struct str *line)
{
	size_t n = 0;
	*line = str_trim(*line);
	while (n < line->n && line->p[n] != ' ' && line->p[n] != '\t')
		n++;
	struct str word = {line->p, n};
	line->p += n;
	line->n -= n;
	return word;
}

/* "127.0.0.1:8443" has a port; "::1" has none. */
static const char *split_port(struct arena *a, struct str address, int *port)
{
	const char *colon = memchr(address.p, ':', address.n);
	*port = 0;
	if (colon && !memchr(colon + 1, ':', address.n - (size_t)(colon + 1 - address.p))) {
		*port = (int)strtol(
		    arena_strndup(a, colon + 1, address.n - (size_t)(colon + 1 - address.p)), NULL,
		    10);
		address.n = (size_t)(colon - address.p);
	}
	return arena_strndup(a, address.p, address.n);
}

int audit_hosts_read(
    struct fetch_settings *out, struct arena *a, const char *path, struct diag *diag)
{
	struct str rest, line, name;
	struct fetch_host *hosts = NULL;
	size_t cap = 0;
	if (read_file(&rest, a, path, diag) < 0)
		return -1;
	while (str_next(&rest, '\n', &line)) {
		const char *comment = memchr(line.p, '#', line.n);
		line.n = comment ? (size_t)(comment - line.p) : line.n;
		int port;
		struct str first = next_word(&line);
		if (!first.n)
			continue;
		const char *address = split_port(a, first, &port);
		while ((name = next_word(&line)).n) {
			hosts = arena_grow(a, hosts, out->nhosts, &cap, sizeof(*hosts));
			hosts[out->nhosts++] =
			    (struct fetch_host){arena_strndup(a, name.p, name.n), address, port};
		}
	}
	out->hosts = hosts;
	return 0;
}
