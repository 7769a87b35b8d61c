/*
 * build_parts - what the files of build share; for them alone.
 *
 * build.c makes the site once, build_department.c one department of it,
 * build_source.c finds what it is made of.
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
	struct buf checklist; /* of its release, when it is asked for */
	bool blocked;         /* the checklist keeps it from being released */
	size_t files;
	bool failed;
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
};

/* A renderer's sink into a unit, or into nothing. */
struct build_sink {
	struct tree_unit *unit;
	size_t files;
};
int build_sink_file(void *payload, const char *path, struct str bytes);

struct renderer build_renderer(struct build *b, struct arena *pages, struct arena *kept,
    const struct sink *sink, struct diag *diag);

/* One task of the pool; payload is the build. */
void build_department(void *payload, size_t task, unsigned worker);

/* Whatever fails says so; where it did not, this does. */
void build_say_failed(struct diag *diag, const char *place);

#endif
