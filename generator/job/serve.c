/*
 * The main thread waits for changes and builds; the server has a thread of
 * its own. Ctrl+C stops the waiting through a signal handler, and everything
 * ends in order.
 */
#include "job/serve.h"

#include "base/intl.h"
#include "job/build.h"
#include "sys/file.h"
#include "sys/httpd.h"
#include "sys/watch.h"

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PORT_WANTED = 8080 };

static struct watch *stopping; /* what the signal handler stops */

static void on_signal(int number)
{
	(void)number;
	watch_stop(stopping);
}

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)kind, (void)ftw;
	return remove(path);
}

static char *make_folder(struct diag *diag)
{
	const char *base = getenv("TMPDIR");
	struct buf path = BUF_INIT(BUF_LINE);
	buf_addf(&path, "%s/vidno-serve-XXXXXX", base && *base ? base : "/tmp");
	char *folder = buf_take(&path, NULL);
	if (mkdtemp(folder))
		return folder;
	diag_add(diag, DIAG_ERROR, "serve-folder", DIAG_NOWHERE, str_of(folder),
	    _("Free some space, or give a folder with --out."),
	    _("cannot make a folder for the preview"));
	free(folder);
	return NULL;
}

static int build_once(const struct build_options *build, const struct serve_options *o)
{
	struct build_report report;
	struct diag diag = DIAG_INIT;
	enum build_status status = build_run(build, &report, &diag);
	o->report(&diag);
	if (status == BUILD_OK)
		printf(_("Built in %ld ms: %zu pages and files, %zu new or changed\n"),
		    report.milliseconds, report.pages, report.files.written);
	else
		printf("%s\n", _("Not rebuilt: mend what is said above and save again."));
	fflush(stdout);
	diag_clear(&diag);
	return (int)status;
}

static int start_server(
    struct httpd **out, const struct serve_options *o, const char *folder, struct diag *diag)
{
	struct httpd_options options = {
	    .folder = folder,
	    .port = o->port ? (uint16_t)o->port : PORT_WANTED,
	    .reload = o->reload,
	};
	if (o->port)
		return httpd_start(out, &options, diag);
	/* The usual port may be taken by something else: then any free one. */
	struct diag quiet = DIAG_INIT;
	int err = httpd_start(out, &options, &quiet);
	diag_clear(&quiet);
	options.port = 0;
	return err ? httpd_start(out, &options, diag) : 0;
}

static int watch_site(
    struct watch **out, const struct serve_options *o, const char *folder, struct diag *diag)
{
	static const char *const folders[] = {"content", "data", "themes"};
	int err = watch_begin(out, diag);
	if (err)
		return err;
	watch_ignore(*out, folder);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders) && !err; i++) {
		struct buf path = BUF_INIT(BUF_LINE);
		buf_addf(&path, "%s/%s", o->site, folders[i]);
		err = watch_add(*out, path.data, diag);
		buf_clear(&path);
	}
	return err;
}

static int serve_until_stopped(const struct build_options *build, const struct serve_options *o,
    struct watch *w, struct httpd *server)
{
	printf(_("The site is at http://localhost:%u/ — Ctrl+C ends.\n"), httpd_port(server));
	fflush(stdout);
	for (;;) {
		switch (watch_wait(w, -1)) {
		case WATCH_CHANGED:
			if (build_once(build, o) == BUILD_OK)
				httpd_notify(server);
			break;
		case WATCH_STOPPED:
			return BUILD_OK;
		case WATCH_FAILED:
			return BUILD_SYSTEM;
		case WATCH_TIMEOUT:
			break;
		}
	}
}

int serve_run(const struct serve_options *o)
{
	struct diag diag = DIAG_INIT;
	struct watch *w = NULL;
	struct httpd *server = NULL;
	int status = BUILD_SYSTEM;
	char *made = o->out ? NULL : make_folder(&diag);
	const char *folder = o->out ? o->out : made;
	if (!folder)
		goto done;

	struct build_options build = {
	    .site = o->site,
	    .out = folder,
	    .date = o->date,
	    .profile = o->internal ? PROFILE_INTERNAL : PROFILE_PUBLIC,
	    .write = true,
	};
	/* Watching begins before the first build: no change is missed. */
	if (watch_site(&w, o, folder, &diag) < 0)
		goto done;
	stopping = w;
	struct sigaction action = {.sa_handler = on_signal};
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	/* Whoever read what we print may go before us; the folder is removed all
	 * the same. */
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigaction(SIGPIPE, &ignore, NULL);
	if (build_once(&build, o) == BUILD_SYSTEM)
		goto done;
	if (start_server(&server, o, folder, &diag) == 0)
		status = serve_until_stopped(&build, o, w, server);
done:
	diag_sort(&diag);
	o->report(&diag);
	httpd_stop(server);
	stopping = NULL;
	watch_end(w);
	if (made)
		nftw(made, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(made);
	diag_clear(&diag);
	return status;
}
