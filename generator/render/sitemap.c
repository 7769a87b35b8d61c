/*
 * sitemap.xml lists the canonical address of every page. The protocol allows
 * 50,000 addresses in one file, so a large site gets sitemap-1.xml, … and an
 * index of them under the usual name. robots.txt names it.
 *
 * The internal build is not for search engines: it forbids everything.
 */
#include "render/pages.h"
#include "text/html.h"

#include <string.h>

enum { URLS = 50000 };

struct site_urls {
	struct renderer *r;
	struct buf out;
	size_t count; /* in the file being written */
	size_t files; /* written so far */
	size_t total;
	int err;
};

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
static const char space[] = " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";

/* Without the address of the site there are no canonical addresses to list. */
static bool has_address(const struct renderer *r)
{
	return r->site->base_url && strstr(r->site->base_url, "://");
}

static int put(struct renderer *r, const char *path, struct buf *out)
{
	int err = buf_err(out) < 0 ? -1 : page_file(r, path, (struct str){out->data, out->len});
	buf_reset(out);
	if (err < 0)
		r->err = -1;
	return err;
}

static void begin(struct site_urls *u)
{
	buf_adds(&u->out, head);
	buf_adds(&u->out, "<urlset");
	buf_adds(&u->out, space);
}

static void finish(struct site_urls *u)
{
	bool only = u->total <= URLS;
	buf_adds(&u->out, "</urlset>\n");
	u->files++;
	u->count = 0;
	u->err |= put(u->r,
	    only ? "sitemap.xml" : arena_printf(u->r->arena, "sitemap-%zu.xml", u->files), &u->out);
}

static void add(struct site_urls *u, const char *unit, const char *path)
{
	if (u->count == 0)
		begin(u);
	const char *url = arena_printf(u->r->arena, "%s%s%s", u->r->site->base_url, unit, path);
	buf_adds(&u->out, "<url><loc>");
	html_url(&u->out, str_of(url));
	buf_adds(&u->out, "</loc></url>\n");
	if (++u->count == URLS)
		finish(u);
}

static void write_index(struct site_urls *u)
{
	buf_adds(&u->out, head);
	buf_adds(&u->out, "<sitemapindex");
	buf_adds(&u->out, space);
	for (size_t i = 1; i <= u->files; i++) {
		buf_adds(&u->out, "<sitemap><loc>");
		html_url(&u->out, str_of(u->r->site->base_url));
		buf_addf(&u->out, "sitemap-%zu.xml</loc></sitemap>\n", i);
	}
	buf_adds(&u->out, "</sitemapindex>\n");
	u->err |= put(u->r, "sitemap.xml", &u->out);
}

static int write_sitemap(struct renderer *r, const struct summary *top)
{
	struct site_urls u = {.r = r, .out = BUF_INIT(BUF_PAGE), .total = top->npaths};
	for (size_t i = 0; i < r->ndepartments; i++)
		u.total += r->departments[i]->npaths;
	for (size_t i = 0; i < top->npaths; i++)
		add(&u, "", top->paths[i]);
	for (size_t i = 0; i < r->ndepartments; i++) {
		const struct summary *s = r->departments[i];
		const char *unit = arena_printf(r->arena, "%s/", s->id);
		for (size_t k = 0; k < s->npaths; k++)
			add(&u, unit, s->paths[k]);
	}
	if (u.count)
		finish(&u);
	if (u.files > 1)
		write_index(&u);
	buf_clear(&u.out);
	return u.err;
}

static int write_robots(struct renderer *r, bool open)
{
	struct buf out = BUF_INIT(BUF_LINE);
	buf_adds(&out, "User-agent: *\n");
	buf_adds(&out, open ? "Disallow:\n" : "Disallow: /\n");
	if (open && has_address(r))
		buf_addf(&out, "\nSitemap: %ssitemap.xml\n", r->site->base_url);
	int err = put(r, "robots.txt", &out);
	buf_clear(&out);
	return err;
}

int site_map(struct renderer *r, const struct summary *top)
{
	bool open = r->profile == PROFILE_PUBLIC;
	int err = write_robots(r, open);
	if (open && has_address(r))
		err |= write_sitemap(r, top);
	return err;
}
