/* Parts in the order of their use to who waits; the first that does not fit ends
 * the line, and is itself cut only where it is all there is. */
#include "job/audit_progress.h"

#include "base/intl.h"

static size_t prefix(struct str s, size_t width)
{
	size_t n = 0, len;
	for (; n < s.n && width > 0; n += len, width--)
		utf8_decode(s.p + n, s.n - n, &len);
	return n;
}

/* False: there is no room for it. */
static bool add(struct buf *out, const struct buf *part, size_t width)
{
	struct str text = buf_str(part);
	size_t used = utf8_length(buf_str(out));
	if (used == 0) {
		buf_add(out, text.p, prefix(text, width));
		return true;
	}
	if (used + 2 + utf8_length(text) > width)
		return false;
	buf_addf(out, ", %s", part->data);
	return true;
}

static void add_left(struct buf *part, const struct audit_progress *p)
{
	int64_t left = p->seconds * (int64_t)(p->schools - p->done) / (int64_t)p->done_now / 60 + 1;
	if (left < 120)
		buf_addf(part, _("about %lld min left"), (long long)left);
	else
		buf_addf(part, _("about %lld h left"), (long long)(left + 59) / 60);
}

void audit_progress_write(struct buf *out, const struct audit_progress *p, size_t width)
{
	struct buf part = BUF_INIT(BUF_LINE);
	buf_addf(&part, _("schools %zu of %zu"), p->done, p->schools);
	bool room = add(out, &part, width);
	if (p->done_now && p->done < p->schools) {
		buf_reset(&part);
		add_left(&part, p);
		room = room && add(out, &part, width);
	}
	if (p->school) {
		buf_reset(&part);
		buf_adds(&part, p->school);
		room = room && add(out, &part, width);
	}
	if (p->seconds > 0) {
		buf_reset(&part);
		buf_addf(
		    &part, _("%.1f requests a second"), (double)p->requests / (double)p->seconds);
		room = room && add(out, &part, width);
	}
	buf_clear(&part);
}
