/*
 * The text of the page is walked from the link outwards, line by line; every
 * step is bounded, since a page may be one line of megabytes.
 *
 * Latin letters become Cyrillic by the habits of Russian keyboards and content
 * systems, longest groups first. It need not be right, only recognisable: the
 * patterns ask for beginnings of words.
 */
#include "compute/audit_caption.h"

#include "base/buf.h"
#include "text/ascii.h"
#include "text/fold.h"
#include "text/sniff.h"

enum {
	LINES_ABOVE = 6,
	LINKS_BEFORE = 16,
	CAPTION_BYTES = 400,
	LINE_BYTES = 1600, /* of a line are looked at, on either side */
	NAME_BYTES = 300,  /* of a file */
};

/* -- words that say nothing ---------------------------------------------------------- */

static bool is_empty_word(struct str word)
{
	static const char *const words[] = {"скачать", "скачайте", "здесь", "тут", "документ",
	    "файл", "открыть", "посмотреть", "просмотр", "просмотреть", "смотреть", "подробнее",
	    "подробно", "читать", "далее", "ссылка", "ссылке", "по", "на", "в", "и", "или", "pdf",
	    "doc", "docx", "odt", "xls", "xlsx", "rtf", "zip", "rar", "jpg", "jpeg", "png", "кб",
	    "мб", "kb", "mb", "загрузить", "нажмите", "сюда", "перейти", "см", "download", "view",
	    "open", "приложение", "приложении", "еще", "полностью", "формат", "формате", "размер",
	    "сканированный", "скан", "копия", "электронный", "эцп", "эп", "стр", "страница", "лист",
	    "часть", "версия", "файла", "документа", NULL};
	for (const char *const *w = words; *w; w++)
		if (str_is(word, *w))
			return true;
	return word.n && word.p[0] >= '0' && word.p[0] <= '9';
}

bool audit_says_nothing(struct str folded)
{
	for (size_t i = 0, len; i < folded.n;) {
		size_t from = i;
		while (i < folded.n && utf8_is_word(utf8_decode(folded.p + i, folded.n - i, &len)))
			i += len;
		if (i > from && !is_empty_word((struct str){folded.p + from, i - from}))
			return false;
		if (i < folded.n) {
			utf8_decode(folded.p + i, folded.n - i, &len);
			i += len;
		}
	}
	return true;
}

static bool is_cyrillic(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] == 0xD0 || (unsigned char)s.p[i] == 0xD1)
			return true;
	return false;
}

bool audit_is_file_name(struct str folded)
{
	bool parted = memchr(folded.p, '-', folded.n) || memchr(folded.p, '_', folded.n);
	bool blank = memchr(folded.p, ' ', folded.n) || memchr(folded.p, '\n', folded.n);
	return folded.n && !is_cyrillic(folded) && !blank &&
	    (parted || sniff_names_document(folded));
}

/* -- what stands beside ---------------------------------------------------------------- */

/* A part of the page, folded, where it says something and is no tale. */
static bool says(
    struct str *out, struct arena *a, const struct htmldoc *page, size_t from, size_t to)
{
	if (to <= from || to - from > CAPTION_BYTES)
		return false;
	*out = fold_text(a, (struct str){page->text.p + from, to - from});
	return !audit_says_nothing(*out);
}

static size_t end_of(const struct htmldoc *page, size_t link)
{
	const struct htmldoc_link *l = &page->links[link];
	size_t end = l->at + l->text.n;
	return end < page->text.n ? end : page->text.n;
}

static size_t line_begin(struct str text, size_t at)
{
	size_t least = at > LINE_BYTES ? at - LINE_BYTES : 0;
	while (at > least && text.p[at - 1] != '\n')
		at--;
	return at;
}

static size_t line_end(struct str text, size_t at)
{
	size_t most = text.n - at > LINE_BYTES ? at + LINE_BYTES : text.n;
	while (at < most && text.p[at] != '\n')
		at++;
	return at;
}

/* Does that part of its line belong to the link's paragraph? The place of a
 * picture is also where the next paragraph begins. */
static bool is_around(const struct htmldoc *page, size_t link, size_t from, size_t to)
{
	struct str around = page->links[link].around;
	struct str part = str_trim((struct str){page->text.p + from, to > from ? to - from : 0});
	return part.n && around.n && memmem(around.p, around.n, part.p, part.n);
}

/* What stands before it on its line, or the links there; else what follows. */
static bool on_line(struct str *out, struct arena *a, const struct htmldoc *page, size_t link)
{
	size_t at = page->links[link].at, from = line_begin(page->text, at), to = at;
	size_t first = link;
	while (first > 0 && link - first < LINKS_BEFORE && end_of(page, first - 1) > from)
		first--;
	size_t begin = first < link ? end_of(page, link - 1) : from;
	if (says(out, a, page, begin, to))
		return true;
	size_t end = line_end(page->text, end_of(page, link)), next = link + 1;
	while (next < page->nlinks && page->links[next].at <= at)
		next++;
	if (next < page->nlinks && page->links[next].at < end)
		end = page->links[next].at;
	if (is_around(page, link, end_of(page, link), end) &&
	    says(out, a, page, end_of(page, link), end))
		return true;
	for (size_t i = link; i-- > first;) {
		if (says(out, a, page, page->links[i].at, end_of(page, i)))
			return true;
		begin = i > first ? end_of(page, i - 1) : from;
		if (says(out, a, page, begin, page->links[i].at))
			return true;
	}
	return false;
}

static bool on_lines_above(
    struct str *out, struct arena *a, const struct htmldoc *page, size_t link)
{
	size_t from = line_begin(page->text, page->links[link].at);
	for (int i = 0; i < LINES_ABOVE && from > 0; i++) {
		size_t to = from - 1;
		from = line_begin(page->text, to);
		if (to - from > CAPTION_BYTES)
			return false;
		if (says(out, a, page, from, to) && !audit_is_file_name(*out))
			return true;
	}
	return false;
}

/* A paragraph without the words of the link in it: "документ" is no title. */
static struct str without(struct arena *a, struct str text, struct str words)
{
	const char *at = words.n && text.n ? memmem(text.p, text.n, words.p, words.n) : NULL;
	if (!at)
		return text;
	size_t before = (size_t)(at - text.p), after = before + words.n;
	return str_of(arena_printf(
	    a, "%.*s%.*s", (int)before, text.p, (int)(text.n - after), text.p + after));
}

struct audit_caption audit_caption_of(struct arena *a, const struct htmldoc *page, size_t link)
{
	struct audit_caption c = {.text = STR("")};
	struct str around = page->links[link].around;
	if (on_line(&c.text, a, page, link))
		return c;
	c.text = without(
	    a, fold_text(a, around.n ? around : STR("")), fold_text(a, page->links[link].text));
	if (!audit_says_nothing(c.text) && !audit_is_file_name(c.text))
		return c;
	c.above = on_lines_above(&c.text, a, page, link);
	if (!c.above)
		c.text = STR("");
	return c;
}

/* -- names of files --------------------------------------------------------------------- */

struct letters {
	const char *latin, *cyrillic;
};

static struct letters cyrillic_of(struct str rest)
{
	static const struct letters all[] = {{"shch", "щ"}, {"sch", "щ"}, {"iya", "ия"},
	    {"iyu", "ию"}, {"iye", "ие"}, {"ija", "ия"}, {"iju", "ию"}, {"ije", "ие"}, {"zh", "ж"},
	    {"kh", "х"}, {"ts", "ц"}, {"ch", "ч"}, {"sh", "ш"}, {"yu", "ю"}, {"ju", "ю"},
	    {"iu", "ю"}, {"ya", "я"}, {"ja", "я"}, {"ia", "я"}, {"yo", "е"}, {"jo", "е"},
	    {"ye", "е"}, {"yi", "ы"}, {"iy", "ий"}, {"ij", "ий"}, {"a", "а"}, {"b", "б"},
	    {"c", "ц"}, {"d", "д"}, {"e", "е"}, {"f", "ф"}, {"g", "г"}, {"h", "х"}, {"i", "и"},
	    {"j", "й"}, {"k", "к"}, {"l", "л"}, {"m", "м"}, {"n", "н"}, {"o", "о"}, {"p", "п"},
	    {"q", "к"}, {"r", "р"}, {"s", "с"}, {"t", "т"}, {"u", "у"}, {"v", "в"}, {"w", "в"},
	    {"x", "х"}, {"y", "ы"}, {"z", "з"}};
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (str_starts(rest, all[i].latin))
			return all[i];
	return (struct letters){NULL, NULL};
}

/* What parts the words of a name, and its ending, become blanks. */
static struct str in_words(struct arena *a, struct str name)
{
	struct buf out = BUF_INIT(BUF_LINE);
	for (size_t i = 0; i < name.n; i++)
		buf_addc(&out, strchr("_-+.,()%", name.p[i]) ? ' ' : name.p[i]);
	struct str words = buf_keep(a, &out);
	return fold_text(a, words);
}

struct str audit_file_words(struct arena *a, struct str name)
{
	struct buf out = BUF_INIT(BUF_LINE);
	name.n = name.n > NAME_BYTES ? NAME_BYTES : name.n;
	struct str words = in_words(a, name);
	if (is_cyrillic(words))
		return words;
	while (words.n) {
		struct letters l = cyrillic_of(words);
		size_t step = l.latin ? strlen(l.latin) : 1;
		buf_add(&out, l.latin ? l.cyrillic : words.p, l.latin ? strlen(l.cyrillic) : 1);
		words = (struct str){words.p + step, words.n - step};
	}
	return buf_keep(a, &out);
}

struct str audit_file_of(struct arena *a, struct str href)
{
	for (size_t i = 0; i < href.n; i++)
		if (href.p[i] == '?' || href.p[i] == '#')
			href.n = i;
	if (!sniff_names_document(href))
		return STR("");
	for (size_t i = href.n; i > 0; i--)
		if (href.p[i - 1] == '/')
			return ascii_percent_decode(a, (struct str){href.p + i, href.n - i});
	return ascii_percent_decode(a, href);
}
