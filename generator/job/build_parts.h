/*
 * build_parts - what the files of build share; for them alone.
 *
 * build.c makes the site once, build_department.c one department of it,
 * build_release.c the named states that it keeps.
 */
#ifndef JOB_BUILD_PARTS_H
#define JOB_BUILD_PARTS_H

#include "job/build.h"
#include "job/dating.h"
#include "job/history.h"
#include "job/load.h"
#include "model/acknowledged.h"
#include "render/fields.h"
#include "render/page.h"
#include "sys/console.h"
#include "sys/pool.h"

struct build_task {
	const char *id;
	struct arena lasting; /* of the summary */
	struct summary summary;
	struct diag diag;
	struct buf checklist;      /* of its release, when it is asked for */
	struct hash_text manifest; /* of its manifest.json; "" when there is none */
	bool blocked;              /* the checklist keeps it from being released */
	size_t files;
	bool failed, withheld; /* withheld: a draft, or before its day */
};

struct build {
	const struct build_options *o;
	struct load load;
	struct history_job history;
	struct dating dating;
	bool dated;        /* dating has begun */
	struct tree *tree; /* NULL: nothing is written */
	struct build_task *tasks;
	struct arena pages[POOL_JOBS]; /* of each worker, for the page it makes */
	bool said; /* loading failed and said why: a broken theme fails every page */
	struct acknowledged acknowledged;
	struct progress progress;
	struct fields *fields; /* NULL: nobody asks */
	/* Of a release, which is made into one unit of another build's tree. */
	const struct release *release;
	struct tree_unit *into;
	struct stamp stamp;     /* filled before the site's own pages are made */
	struct releases chosen; /* with options.releases; in the site's arena */
};

/* A renderer's sink into a unit, below a folder of it, or into nothing. */
struct build_sink {
	struct tree_unit *unit;
	const char *folder;          /* "" or "kezhma/" */
	struct hashed_files *hashes; /* gets what was given; or NULL */
	size_t files;
};
int build_sink_file(void *payload, const char *path, struct str bytes);

struct renderer build_renderer(struct build *b, struct arena *pages, struct arena *kept,
    const struct sink *sink, struct diag *diag);

/* Reads all but the departments. */
int build_load(struct build *b, struct diag *diag);
bool build_make_tasks(struct build *b);
/* The site's own pages. */
int build_top(struct build *b, struct diag *diag, size_t *files);
/* All but what build_run() brought along. */
void build_clear(struct build *b, struct diag *diag);

/* Does the site get a manifest.json? Waits for git. */
bool build_manifested(struct build *b);
/* For the site's own pages and its manifest; the texts live in the arena. */
void build_stamp(struct build *b, struct arena *a);
/* Those of a department, and of the site; sink is that of the other files. */
int build_department_manifest(struct build *b, struct build_task *t, struct build_sink *sink);
int build_site_manifest(struct build *b, struct build_sink *sink);
void build_choose_releases(struct build *b);

/* The releases: those that are there are kept, those that are missing made. */
int build_releases(struct build *b, struct diag *diag);

/* One task of the pool; payload is the build. */
void build_department(void *payload, size_t task, unsigned worker);

/* Whatever fails says so; where it did not, this does. */
void build_say_failed(struct diag *diag, const char *place);

#endif
