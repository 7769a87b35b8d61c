/*
 * Any bytes as an answer of a server: head, body, cookies.
 *
 * The body is decoded at once and in pieces; both must give the same bytes and
 * the same verdict, and never more than was asked for. It is taken as it stands
 * and packed: whatever the head says of it.
 */
#include "text/cookie.h"
#include "text/http_body.h"
#include "text/inflate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 100000 };

static int add(void *payload, struct str bytes)
{
	buf_add(payload, bytes.p, bytes.n);
	return 0;
}

static void check_body(struct arena *a, const struct http_head *head, struct str raw)
{
	struct http_content whole = http_body_all(a, head, raw, MOST);
	struct http_body body;
	struct buf out = BUF_INIT(2 * MOST);
	http_body_begin(&body, head, MOST, add, &out);
	for (size_t i = 0; i < raw.n; i += 7)
		http_body_feed(&body, (struct str){raw.p + i, raw.n - i < 7 ? raw.n - i : 7});
	enum http_body_status status = http_body_end(&body);
	if (whole.bytes.n > MOST || out.len > MOST)
		abort();
	if (status != whole.status || body.notes != whole.notes ||
	    !str_eq(whole.bytes, buf_str(&out)))
		abort();
	buf_clear(&out);
}

static void check_packed(struct arena *a, const struct http_head *head, struct str raw)
{
	struct buf once = BUF_INIT(BUF_PAGE), twice = BUF_INIT(BUF_PAGE);
	struct gzip packer = GZIP_INIT;
	struct str packed;
	gzip_member(&packer, &raw, 1, add, &once);
	packed = buf_str(&once);
	check_body(a, head, packed);
	gzip_member(&packer, &packed, 1, add, &twice);
	check_body(a, head, buf_str(&twice));
	gzip_end(&packer);
	buf_clear(&once);
	buf_clear(&twice);
}

static void check_head(struct arena *a, const struct http_head *head)
{
	struct url u;
	struct cookie_jar jar = COOKIE_JAR_INIT;
	struct buf b = BUF_INIT(BUF_PAGE);
	http_content_type(a, head);
	http_file_name(a, head);
	http_length(head);
	int wait = http_retry_after(head, 1663236000);
	if (wait < -1 || wait > HTTP_RETRY_MAX)
		abort();
	if (url_read(&u, a, STR("http://a.s.ru/x/"), NULL, NULL) != URL_OK)
		abort();
	cookie_take(&jar, &u, head, 1663236000);
	cookie_write(&b, &jar, &u, 1663236000);
	for (size_t i = 0; i < b.len; i++)
		if ((unsigned char)b.data[i] < ' ')
			abort();
	cookie_clear(&jar);
	buf_clear(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = ARENA_INIT;
	struct http_head head;
	struct str bytes = {(const char *)data, size};
	size_t used;
	if (http_head_read(&head, &a, bytes, &used) == HTTP_OK) {
		if (used > size || head.status < 101 || head.status > 999)
			abort();
		check_head(&a, &head);
		struct str raw = {bytes.p + used, size - used};
		check_body(&a, &head, raw);
		if (http_field(&head, "content-encoding").n)
			check_packed(&a, &head, raw);
	}
	arena_clear(&a);
	return 0;
}
