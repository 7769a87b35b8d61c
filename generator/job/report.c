/*
 * One object an item, in the order of the diag.
 */
#include "job/report.h"

#include "base/intl.h"
#include "model/acknowledged.h"
#include "text/json.h"

static void put_number(struct json *j, const char *key, uint32_t n)
{
	json_key(j, key);
	if (n)
		json_int(j, n);
	else
		json_null(j);
}

static void put_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_string(j, text);
}

static void put_item(struct json *j, const struct diag_item *item)
{
	static const char *const levels[] = {"note", "warning", "error"};
	json_object(j);
	put_text(j, "level", levels[item->level]);
	put_text(j, "rule", item->rule);
	put_text(j, "file", item->file);
	put_number(j, "line", item->line);
	put_number(j, "column", item->column);
	put_text(j, "cell", item->cell);
	put_text(j, "message", item->text);
	put_text(j, "remedy", item->remedy);
	json_end(j);
}

int report_json(const struct diag *d, FILE *to)
{
	struct buf out = BUF_INIT(BUF_PAGE);
	struct json j = JSON_INIT(&out);
	j.lines = JSON_DEPTH;
	json_object(&j);
	json_key(&j, "errors");
	json_int(&j, (long long)d->errors);
	json_key(&j, "warnings");
	json_int(&j, (long long)d->warnings);
	json_key(&j, "problems");
	json_array(&j);
	for (size_t i = 0; i < d->count; i++)
		put_item(&j, &d->items[i]);
	json_end(&j);
	json_end(&j);
	buf_addc(&out, '\n');
	int err = json_done(&j);
	if (!err && fwrite(out.data, 1, out.len, to) != out.len)
		err = -1;
	buf_clear(&out);
	return err;
}

void report_acknowledging(const struct diag *d, FILE *to)
{
	struct buf draft = BUF_INIT(BUF_FILE);
	if (!d->errors)
		acknowledged_draft(&draft, d);
	if (draft.len)
		fprintf(to,
		    _("What is right as it is, somebody may answer for. Add it to %s, with login and reason:\n%s"),
		    ACKNOWLEDGED_FILE, draft.data);
	buf_clear(&draft);
}
