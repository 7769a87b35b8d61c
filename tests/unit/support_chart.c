/*
 * The folder is relative to the root of the repository, where tests run.
 */
#include "support_chart.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <setjmp.h>
#include <cmocka.h>

#define FOLDER "tests/unit/charts/"

void check_golden(const char *name, struct buf *svg)
{
	char path[256], *text;
	snprintf(path, sizeof(path), FOLDER "%s.svg", name);
	assert_int_equal(buf_err(svg), 0);
	if (getenv("UPDATE")) {
		FILE *f = fopen(path, "wb");
		assert_non_null(f);
		fwrite(svg->data, 1, svg->len, f);
		fputc('\n', f);
		assert_int_equal(fclose(f), 0);
	}
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("%s is not there: run from the root of the repository", path);
	text = test_calloc(1, 65536);
	size_t len = fread(text, 1, 65535, f);
	fclose(f);
	if (len && text[len - 1] == '\n')
		text[len - 1] = '\0';
	assert_string_equal(svg->data, text);
	test_free(text);
	buf_clear(svg);
}
