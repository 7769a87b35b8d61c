/*
 * The resource itself is the outermost object, what a folder holds are the
 * objects of _embedded.items in it. Everything else (previews, ids, links that
 * hold for an hour) is passed over.
 */
#include "compute/audit_listing.h"

#include "text/json_read.h"

enum { SELF_DEPTH = 1, EMBEDDED_DEPTH = 2, ITEM_DEPTH = 4, SHOWN = 10, SHOWN_BYTES = 1500 };

/* -- reading ------------------------------------------------------------------ */

struct reading {
	struct audit_listing *out;
	struct arena *a;
	size_t depth, cap;
	bool embedded, items; /* we are in that part */
	struct cloud_file *file;
};

static int64_t number_of(struct str digits)
{
	int64_t n = 0;
	for (size_t i = 0; i < digits.n; i++) {
		if (digits.p[i] < '0' || digits.p[i] > '9' || n > INT64_MAX / 10 - 1)
			return -1;
		n = n * 10 + digits.p[i] - '0';
	}
	return digits.n ? n : -1;
}

/* As hash digits, or empty. */
static struct str digest_of(struct str text, size_t digits)
{
	for (size_t i = 0; i < text.n; i++)
		if (!strchr("0123456789abcdef", text.p[i]))
			return STR("");
	return text.n == digits ? text : STR("");
}

static struct cloud_file *new_file(struct reading *r)
{
	struct audit_listing *l = r->out;
	if (l->count == LISTING_FILES)
		return NULL;
	l->files = arena_grow(r->a, l->files, l->count, &r->cap, sizeof(*l->files));
	struct cloud_file *f = &l->files[l->count++];
	*f = (struct cloud_file){.name = STR(""), .md5 = STR(""), .sha256 = STR(""), .size = -1};
	return f;
}

static void open_part(struct reading *r, const struct json_token *t)
{
	r->depth++;
	if (r->depth == EMBEDDED_DEPTH)
		r->embedded = str_is(t->key, "_embedded");
	else if (r->depth == EMBEDDED_DEPTH + 1)
		r->items = r->embedded && str_is(t->key, "items");
	else if (r->depth == ITEM_DEPTH)
		r->file = r->items ? new_file(r) : NULL;
}

static void close_part(struct reading *r)
{
	if (r->depth == ITEM_DEPTH)
		r->file = NULL;
	if (r->depth)
		r->depth--;
	r->embedded &= r->depth >= EMBEDDED_DEPTH;
	r->items &= r->depth > EMBEDDED_DEPTH;
}

static void take_text(struct cloud_file *f, const struct json_token *t)
{
	if (str_is(t->key, "name"))
		f->name = t->text;
	else if (str_is(t->key, "md5"))
		f->md5 = digest_of(t->text, 32);
	else if (str_is(t->key, "sha256"))
		f->sha256 = digest_of(t->text, 64);
	else if (str_is(t->key, "type"))
		f->folder = str_is(t->text, "dir");
	else if (str_is(t->key, "modified") && t->text.n >= 10)
		date_parse(&f->modified, (struct str){t->text.p, 10});
}

static void take(struct reading *r, const struct json_token *t)
{
	struct cloud_file *f = r->depth == SELF_DEPTH ? &r->out->self
	    : r->depth == ITEM_DEPTH                  ? r->file
	                                              : NULL;
	if (f && t->kind == JSON_TEXT)
		take_text(f, t);
	else if (f && str_is(t->key, "size"))
		f->size = number_of(t->text);
	else if (r->depth == EMBEDDED_DEPTH && r->embedded && str_is(t->key, "total"))
		r->out->total = number_of(t->text);
}

bool audit_listing_read(struct audit_listing *out, struct arena *a, struct str json)
{
	struct json_reader reader = JSON_READER(a, json);
	struct reading r = {.out = out, .a = a};
	struct json_token t;
	*out = (struct audit_listing){.self.size = -1, .total = -1};
	out->self.name = out->self.md5 = out->self.sha256 = STR("");
	while (json_next(&reader, &t))
		switch (t.kind) {
		case JSON_OPEN_OBJECT:
		case JSON_OPEN_ARRAY:
			open_part(&r, &t);
			break;
		case JSON_CLOSE_OBJECT:
		case JSON_CLOSE_ARRAY:
			close_part(&r);
			break;
		default:
			take(&r, &t);
		}
	return out->self.name.n > 0;
}

struct date audit_listing_date(const struct audit_listing *l)
{
	struct date last = {0};
	for (size_t i = 0; i < l->count; i++)
		if (!l->files[i].folder && date_cmp(l->files[i].modified, last) > 0)
			last = l->files[i].modified;
	return date_is_set(last) ? last : l->self.modified;
}

/* -- words ---------------------------------------------------------------------- */

/* A name is one line of text. */
static void write_name(struct buf *out, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		buf_addc(out, (unsigned char)name.p[i] < ' ' ? ' ' : name.p[i]);
}

static void write_file(struct buf *out, const struct cloud_file *f, bool russian)
{
	write_name(out, f->name);
	if (f->folder)
		buf_adds(out, russian ? " (папка)" : " (folder)");
	if (f->folder || (f->size < 0 && !f->md5.n))
		return;
	buf_adds(out, " (");
	if (f->size >= 0)
		buf_addf(out, russian ? "%lld Б" : "%lld B", (long long)f->size);
	if (f->md5.n)
		buf_addf(out, "%sMD5 %.*s", f->size >= 0 ? ", " : "", (int)f->md5.n, f->md5.p);
	buf_addc(out, ')');
}

void audit_listing_write(struct buf *out, const struct audit_listing *l, bool russian)
{
	size_t shown = 0, from = out->len;
	if (!l->self.folder) {
		buf_adds(out, russian ? "на диске: " : "on the disk: ");
		write_file(out, &l->self, russian);
		return;
	}
	long long all = l->total >= 0 ? l->total : (long long)l->count;
	buf_addf(out,
	    russian ? "в папке на диске, всего %lld" : "in the folder on the disk, %lld in all",
	    all);
	for (; shown < l->count && shown < SHOWN && out->len - from < SHOWN_BYTES; shown++) {
		buf_adds(out, shown ? ", " : ": ");
		write_file(out, &l->files[shown], russian);
	}
	if (shown && all > (long long)shown)
		buf_addf(out, russian ? " и ещё %lld" : " and %lld more", all - (long long)shown);
}
