/*
 * Paths come percent-encoded and are decoded here, strictly: no honest browser
 * sends bad escapes, control characters, empty parts or parts that begin with
 * a dot, so the rest of the way is left to sys/file, which stays beneath the
 * folder whatever is asked of it. The folder is opened anew for each page.
 */
#include "sys/httpd_page.h"

#include "sys/file.h"
#include "sys/httpd_mime.h"

#include <string.h>
#include <strings.h>

enum { FILE_BYTES = 512 * 1024 * 1024 };

/* The page asks while it is looked at: a browser opens few connections to one
 * host, and forgotten tabs must not use them up. */
const char httpd_reload_script[] =
    "(function () {\n"
    "  'use strict';\n"
    "  var build = new URL(document.currentScript.src).searchParams.get('build');\n"
    "  var asking = null;\n"
    "  function ask() {\n"
    "    if (document.hidden || asking) return;\n"
    "    asking = new AbortController();\n"
    "    fetch('/.vidno/reload?build=' + build, { signal: asking.signal })\n"
    "      .then(function (answer) { return answer.text(); })\n"
    "      .then(function (now) {\n"
    "        asking = null;\n"
    "        if (now !== build) location.reload(); else ask();\n"
    "      })\n"
    "      .catch(function () { asking = null; setTimeout(ask, 1000); });\n"
    "  }\n"
    "  document.addEventListener('visibilitychange', function () {\n"
    "    if (document.hidden && asking) asking.abort(); else ask();\n"
    "  });\n"
    "  ask();\n"
    "})();\n";

static const char no_page[] = "<!doctype html>\n<meta charset=\"utf-8\">\n<title>404</title>\n"
                              "<body><h1>404</h1></body>\n";

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int httpd_path(char out[HTTPD_PATH], const char *url)
{
	size_t n = 0;
	if (*url != '/')
		return -1;
	for (const char *p = url + 1; *p; p++) {
		int c = (unsigned char)*p;
		if (c == '%') {
			int high = hex(p[1]), low = high < 0 ? -1 : hex(p[2]);
			if (low < 0)
				return -1;
			c = high * 16 + low;
			p += 2;
		}
		bool begins = n == 0 || out[n - 1] == '/';
		if (c < 0x20 || c == 0x7F || (begins && (c == '/' || c == '.')) ||
		    n + 1 >= HTTPD_PATH)
			return -1;
		out[n++] = (char)c;
	}
	out[n] = '\0';
	return 0;
}

/* -- what stands there ---------------------------------------------------------------- */

/* The last </body>, in any case; or the end. */
static size_t body_end(struct str html)
{
	static const char tag[] = "</body>";
	size_t len = sizeof(tag) - 1;
	for (size_t at = html.n; at-- > 0;)
		if (html.p[at] == '<' && html.n - at >= len &&
		    strncasecmp(html.p + at, tag, len) == 0)
			return at;
	return html.n;
}

static void set_file(struct httpd_page *p, const struct httpd_ask *ask, unsigned status,
    const char *type, struct str bytes)
{
	bool inject = ask->reload && strncmp(type, "text/html", 9) == 0;
	size_t cut = inject ? body_end(bytes) : bytes.n;
	p->status = status;
	p->type = type;
	buf_add(&p->body, bytes.p, cut);
	if (inject)
		buf_addf(
		    &p->body, "<script src=\"/.vidno/reload.js?build=%u\"></script>\n", ask->build);
	buf_add(&p->body, bytes.p + cut, bytes.n - cut);
}

static void set_missing(
    struct httpd_page *p, const struct httpd_ask *ask, struct arena *a, const struct root *root)
{
	struct str bytes;
	if (file_read(&bytes, a, root, "404.html", FILE_BYTES) != FILE_OK)
		bytes = str_of(no_page);
	set_file(p, ask, 404, "text/html; charset=utf-8", bytes);
}

static void set_redirect(struct httpd_page *p, const char *url)
{
	p->status = 301;
	p->type = "text/plain; charset=utf-8";
	buf_addf(&p->location, "%s/", url);
}

static void set_path(struct httpd_page *p, const struct httpd_ask *ask, struct arena *a,
    const struct root *root, const char *path)
{
	struct file_info info;
	struct str bytes;
	size_t len = strlen(path);
	bool folder = len == 0 || path[len - 1] == '/';
	if (folder)
		path = arena_printf(a, "%sindex.html", path);
	if (!folder && file_look(&info, root, path) == FILE_OK && info.kind == FILE_FOLDER)
		set_redirect(p, ask->url);
	else if (file_read(&bytes, a, root, path, FILE_BYTES) == FILE_OK)
		set_file(p, ask, 200, httpd_mime(path), bytes);
	else
		set_missing(p, ask, a, root);
}

void httpd_page(struct httpd_page *p, const struct httpd_ask *ask)
{
	char path[HTTPD_PATH];
	struct arena a = ARENA_INIT;
	struct root root = ROOT_INIT;
	*p = (struct httpd_page){.location = BUF_INIT(BUF_LINE), .body = BUF_INIT(BUF_FILE)};
	if (root_open(&root, ask->folder) != FILE_OK)
		set_file(p, ask, 404, "text/html; charset=utf-8", str_of(no_page));
	else if (httpd_path(path, ask->url))
		set_missing(p, ask, &a, &root);
	else
		set_path(p, ask, &a, &root, path);
	root_close(&root);
	arena_clear(&a);
}
