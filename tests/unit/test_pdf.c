/*
 * Pages of a PDF: a plain one, one that was added to, and ones that lie about
 * their structure or break off anywhere.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/pdf.h"

#include <stdlib.h>
#include <string.h>

struct made {
	struct buf out;
	size_t at[4]; /* offsets of the objects 1 to 3 */
};

static void object(struct made *m, int number, const char *dictionary)
{
	m->at[number] = m->out.len;
	buf_addf(&m->out, "%d 0 obj\n%s\nendobj\n", number, dictionary);
}

static size_t table(struct made *m, const char *trailer)
{
	size_t at = m->out.len;
	buf_adds(&m->out, "xref\n0 4\n0000000000 65535 f \n");
	for (int i = 1; i < 4; i++)
		buf_addf(&m->out, "%010zu 00000 n \n", m->at[i]);
	buf_addf(&m->out, "trailer\n%s\nstartxref\n%zu\n%%%%EOF\n", trailer, at);
	return at;
}

static void make(struct made *m, const char *catalogue, const char *pages, const char *trailer)
{
	*m = (struct made){.out = BUF_INIT(BUF_LINE)};
	buf_adds(&m->out, "%PDF-1.4\n");
	object(m, 1, catalogue);
	object(m, 2, pages);
	object(m, 3, "<< /Type /Page /Parent 2 0 R >>");
	table(m, trailer);
}

static const char catalogue[] = "<< /Type /Catalog /Pages 2 0 R >>";
static const char pages[] = "<< /Type /Pages /Kids [3 0 R] /Count 12 >>";
static const char trailer[] = "<< /Size 4 /Root 1 0 R >>";

static unsigned count(const struct made *m)
{
	return pdf_pages((struct str){m->out.data, m->out.len});
}

static void assert_pages(unsigned expected, const char *c, const char *p, const char *t)
{
	struct made m;
	make(&m, c, p, t);
	assert_int_equal(count(&m), expected);
	buf_clear(&m.out);
}

static void test_plain(void **state)
{
	(void)state;
	assert_pages(12, catalogue, pages, trailer);
	assert_pages(12, "<</Pages 2 0 R/Lang(ru \\) >> /Pages 3 0 R)>>",
	    "<</Kids[<</Count 99>>]/ID<abcd>/Count 12>>", "<</Info<</Root 3 0 R>>/Root 1 0 R>>");
}

/* Of two tables the newer one counts; what it lacks is in the older. */
static void test_updated(void **state)
{
	struct made m;
	(void)state;
	make(&m, catalogue, pages, trailer);
	size_t old = m.out.len, first = 0;
	for (size_t i = 0; i < old; i++)
		if (m.out.data[i] == 'x' && m.out.data[i + 1] == 'r' && m.out.data[i - 1] == '\n')
			first = i;
	object(&m, 2, "<< /Count 13 >>");
	size_t at = m.out.len;
	buf_addf(&m.out, "xref\n2 1\n%010zu 00000 n \ntrailer\n<< /Root 1 0 R /Prev %zu >>\n",
	    m.at[2], first);
	buf_addf(&m.out, "startxref\n%zu\n%%%%EOF\n", at);
	assert_int_equal(count(&m), 13);
	buf_clear(&m.out);
}

static void test_unknown(void **state)
{
	(void)state;
	assert_int_equal(pdf_pages(STR("")), 0);
	assert_int_equal(pdf_pages(STR("<html>startxref 0 %%EOF")), 0);
	assert_int_equal(pdf_pages(STR("%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF")), 0);
	assert_pages(0, catalogue, "<< /Count -3 >>", trailer);
	assert_pages(0, catalogue, "<< /Count 99999999999 >>", trailer);
	assert_pages(0, catalogue, "<< /Count (12) >>", trailer);
	assert_pages(0, "<< /Pages 7 0 R >>", pages, trailer);
	assert_pages(0, catalogue, pages, "<< /Size 4 >>");
	assert_pages(0, catalogue, "(((((", trailer);
	assert_pages(0, catalogue, "<<[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", trailer);
}

/* Tables that name each other end all the same. */
static void test_loop(void **state)
{
	static const char loop[] =
	    "%PDF-1.4\nxref\n0 0\ntrailer\n<< /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF";
	(void)state;
	assert_int_equal(pdf_pages(str_of(loop)), 0);
}

/* A long table that names itself is looked at once. */
static void test_long_loop(void **state)
{
	struct buf b = BUF_INIT(BUF_PAGE);
	(void)state;
	buf_adds(&b, "%PDF-1.4\nxref\n");
	for (int i = 0; i < 2000000; i++)
		buf_adds(&b, "0 0\n");
	buf_adds(&b, "trailer\n<< /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF");
	assert_int_equal(pdf_pages(buf_str(&b)), 0);
	buf_clear(&b);
}

/* Cut off anywhere, or with any one byte wrong; the sanitizers look on. */
static void test_damaged(void **state)
{
	struct made m;
	(void)state;
	make(&m, catalogue, pages, trailer);
	for (size_t n = 0; n < m.out.len; n++) {
		char *part = malloc(n + 1);
		assert_non_null(part);
		memcpy(part, m.out.data, n);
		pdf_pages((struct str){part, n});
		memcpy(part, m.out.data + m.out.len - n, n);
		pdf_pages((struct str){part, n});
		free(part);
	}
	for (size_t i = 0; i < m.out.len; i++)
		for (const char *wrong = "<>([/9 \n%"; *wrong; wrong++) {
			char before = m.out.data[i];
			m.out.data[i] = *wrong;
			count(&m);
			m.out.data[i] = before;
		}
	assert_int_equal(count(&m), 12);
	buf_clear(&m.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_plain),
	    cmocka_unit_test(test_updated),
	    cmocka_unit_test(test_unknown),
	    cmocka_unit_test(test_loop),
	    cmocka_unit_test(test_long_loop),
	    cmocka_unit_test(test_damaged),
	};
	return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
