/*
 * One table in the order of the enums. What a file says begins with these
 * words, with details after a colon.
 */
#include "compute/audit_reason.h"

enum { DETAIL_BYTES = 200 }; /* an address may be as long as a page */

struct words {
	const char *id, *english, *russian;
};

static const struct words reasons[AUDIT_REASONS] = {
    [REASON_NONE] = {"", "", ""},
    [REASON_FOUND] = {"found", "Found", "Найдено"},
    [REASON_FOUND_ON_PAGE] = {"found-on-page", "The page itself says it",
        "Сведения стоят на самой странице"},
    [REASON_FOUND_MARKED] = {"found-marked", "Found by its markup", "Найдено по разметке"},
    [REASON_NO_LINK] = {"no-link", "No link was found", "Ссылка не найдена"},
    [REASON_TOO_FEW] = {"too-few", "Less than asked for", "Найдено меньше, чем нужно"},
    [REASON_NO_MARK] = {"no-mark", "No such markup", "Разметка не найдена"},
    [REASON_WORDS_MISSING] = {"words-missing", "The document does not say what it should",
        "В документе нет нужных слов"},
    [REASON_STATUS] = {"status", "The file does not open", "Файл не открывается"},
    [REASON_SOFT_404] = {"soft-404", "Instead of it there is a page that says \"not found\"",
        "Вместо документа открывается страница «не найдено»"},
    [REASON_TO_HOME] = {"to-home", "The link ends at the home page",
        "Ссылка приводит на главную страницу"},
    [REASON_WRONG_TYPE] = {"wrong-type", "The file is of another kind", "Файл другого вида"},
    [REASON_PAGE_INSTEAD] = {"page-instead", "A web page opens instead of the document",
        "Вместо документа открывается страница"},
    [REASON_EMPTY] = {"empty", "The file is empty", "Файл пустой"},
    [REASON_BARE_PAGE] = {"bare-page", "There is next to nothing on the page",
        "На странице почти ничего нет"},
    [REASON_PLACEHOLDER] = {"placeholder", "A promise stands in place of the information",
        "Вместо сведений стоит обещание"},
    [REASON_TOO_OLD] = {"too-old", "The document is too old", "Документ устарел"},
    [REASON_OTHER_YEAR] = {"other-year", "The document is of another school year",
        "Документ другого учебного года"},
    [REASON_OFF_SITE] = {"off-site", "Published on another site", "Размещено на другом сайте"},
    [REASON_LOGIN] = {"login", "It opens only after logging in", "Открывается только после входа"},
    [REASON_BAD_LINK] = {"bad-link", "The address of the link is wrong",
        "Адрес ссылки написан с ошибкой"},
    [REASON_CLOUD_MISSING] = {"cloud-missing", "The cloud disk has no such file",
        "Файла нет на облачном диске"},
    [REASON_DEAD_HOST] = {"dead-host", "The link leads to a site that does not exist",
        "Ссылка ведёт на сайт, которого нет"},
    [REASON_MARK_ORPHAN] = {"mark-orphan", "Marked outside of the tag that it belongs to",
        "Разметка стоит вне своего раздела"},
    [REASON_MARK_EMPTY] = {"mark-empty", "Marked, but nothing is written there",
        "Разметка есть, а сведений нет"},
    [REASON_DNS] = {"dns", "The name of the site was not found", "Имя сайта не найдено"},
    [REASON_CONNECT] = {"connect", "No connection to the server", "Нет соединения с сервером"},
    [REASON_TIMEOUT] = {"timeout", "The server does not answer in time",
        "Сервер долго не отвечает"},
    [REASON_TLS] = {"tls", "No secure connection", "Нет защищённого соединения"},
    [REASON_DISCONNECT] = {"disconnect", "The connection broke off", "Соединение оборвалось"},
    [REASON_MALFORMED] = {"malformed", "The answer cannot be read", "Ответ сервера не читается"},
    [REASON_REDIRECTS] = {"redirects", "Redirected without end", "Бесконечные перенаправления"},
    [REASON_ROBOTS] = {"robots", "Forbidden by robots.txt", "Запрещено в robots.txt"},
    [REASON_ROBOTS_UNREACHABLE] = {"robots-unreachable", "robots.txt cannot be reached",
        "Файл robots.txt недоступен"},
    [REASON_CRAWL_DELAY] = {"crawl-delay",
        "robots.txt asks for longer pauses than a visit can make",
        "robots.txt просит о паузах, слишком долгих для посещения"},
    [REASON_RATE_LIMIT] = {"rate-limit", "The server asks not to come so often",
        "Сервер просит обращаться реже"},
    [REASON_PRIVATE] = {"private", "The address is within a private network",
        "Адрес во внутренней сети"},
    [REASON_BOMB] = {"bomb", "The answer unpacks without end", "Ответ распаковывается без конца"},
    [REASON_BLOCKED] = {"blocked", "The site stopped answering during the visit",
        "Сайт перестал отвечать во время проверки"},
    [REASON_BUDGET] = {"budget", "The site is larger than one visit may read",
        "Сайт больше, чем можно прочитать за одно посещение"},
    [REASON_NEEDS_SCRIPTS] = {"needs-scripts", "The page is empty without JavaScript",
        "Без JavaScript страница пустая"},
    [REASON_BOT_WALL] = {"bot-wall", "The site keeps programs out", "Сайт не пускает программы"},
    [REASON_SITE_CLOSED] = {"site-closed", "The site is switched off", "Сайт отключён"},
    [REASON_FOREIGN_HOST] = {"foreign-host", "The address leads to another site",
        "Адрес приводит на чужой сайт"},
    [REASON_SERVER_ERROR] = {"server-error", "Error of the server", "Ошибка сервера"},
    [REASON_REFUSED] = {"refused", "The server refuses access", "Сервер не даёт доступа"},
    [REASON_NOT_ASKED] = {"not-asked", "The address was not asked for in this visit",
        "Адрес в это посещение не запрашивался"},
    [REASON_EMPTY_ANSWER] = {"empty-answer", "The server sent an empty answer",
        "Сервер прислал пустой ответ"},
    [REASON_TRUNCATED] = {"truncated", "The file came only in part", "Файл пришёл не полностью"},
    [REASON_CLOUD] = {"cloud", "The cloud disk does not say whether the file is there",
        "Облачный диск не сообщает, есть ли файл"},
    [REASON_NOT_CHECKABLE] = {"not-checkable", "The link works only with JavaScript",
        "Ссылка работает только с JavaScript"},
    [REASON_PAGE_REFUSED] = {"page-refused", "The page is too complicated to be read",
        "Страница слишком сложная, чтобы её прочитать"},
    [REASON_GAVE_UP] = {"gave-up", "A pattern of the check list takes too many steps here",
        "Образец перечня здесь не удалось применить: он слишком сложен"},
    [REASON_JUDGE_LIMIT] = {"judge-limit", "Reading the answers of the site takes too long",
        "Ответы сайта слишком долго разбирать"},
    [REASON_JUDGE_FAILED] = {"judge-failed", "The program could not read the answers of the site",
        "Программа не смогла прочитать ответы сайта"},
    [REASON_NO_SITE] = {"no-site", "No address of the site is known", "Адрес сайта не указан"},
    [REASON_SAYS_ABSENT] = {"says-absent", "The school says that it has none",
        "Школа указала, что этого нет"},
};

static const struct words remarks[AUDIT_REMARKS] = {
    [REMARK_NONE] = {"", "", ""},
    [REMARK_OFF_SITE] = {"", "published on another site", "размещено на другом сайте"},
    [REMARK_SCAN] = {"", "a scan without text", "скан без текста"},
    [REMARK_TEXT_UNREAD] = {"", "the text of the file was not read", "текст файла не прочитан"},
    [REMARK_HIDDEN] = {"", "the link is hidden at first", "ссылка скрыта до нажатия"},
    [REMARK_CERTIFICATE] = {"", "the certificate was not verified", "сертификат не проверен"},
    [REMARK_SAME_FILE] = {"", "one file for several items", "один файл для нескольких пунктов"},
    [REMARK_SLOPPY_MARK] = {"", "quotes typed into the markup", "лишние кавычки в разметке"},
    [REMARK_MARK_CASE] = {"", "wrong capitals in the markup", "другой регистр букв в разметке"},
    [REMARK_BARE_ADDRESS] = {"", "the address lacks https://", "в адресе нет https://"},
    [REMARK_CHARSET] = {"", "the page names a wrong encoding",
        "на странице указана неверная кодировка"},
    [REMARK_CARD] = {"", "the file is behind a page of its own", "файл открывается через страницу"},
    [REMARK_SIGNATURE] = {"", "a file of the signature is beside it", "рядом лежит файл подписи"},
    [REMARK_ARCHIVE] = {"", "packed into an archive", "упаковано в архив"},
    [REMARK_TRUNCATED] = {"", "only the beginning was looked at", "просмотрено только начало"},
    [REMARK_BY_HEADING] = {"", "found by the heading above it, not by its own words",
        "найдено по заголовку, а не по тексту ссылки"},
    [REMARK_BARE_PAGE] = {"", "next to no text on the page", "на странице почти нет текста"},
};

const char *audit_reason_id(enum audit_reason r)
{
	return reasons[r].id;
}

void audit_reason_write(struct buf *out, enum audit_reason r, struct str detail, bool russian)
{
	buf_adds(out, russian ? reasons[r].russian : reasons[r].english);
	if (r == REASON_NONE || !detail.n)
		return;
	buf_adds(out, ": ");
	size_t n = detail.n;
	if (n > DETAIL_BYTES)
		for (n = DETAIL_BYTES; n > 0 && (detail.p[n] & 0xC0) == 0x80;)
			n--;
	buf_add(out, detail.p, n);
	if (n < detail.n)
		buf_adds(out, "…");
}

const char *audit_remark_words(enum audit_remark r, bool russian)
{
	return russian ? remarks[r].russian : remarks[r].english;
}

enum audit_reason audit_reason_find(struct str text)
{
	size_t longest = 0;
	enum audit_reason found = REASON_NONE;
	for (int r = REASON_NONE + 1; r < AUDIT_REASONS; r++) {
		const char *const both[] = {reasons[r].english, reasons[r].russian};
		for (size_t i = 0; i < 2; i++) {
			size_t n = strlen(both[i]);
			bool ends = text.n == n || (text.n > n && text.p[n] == ':');
			if (str_starts(text, both[i]) && ends && n > longest) {
				longest = n;
				found = (enum audit_reason)r;
			}
		}
	}
	return found;
}

int audit_reason_found(enum audit_reason r)
{
	if (r == REASON_NONE)
		return FOUND_NONE;
	return r <= REASON_FOUND_MARKED ? FOUND_YES
	    : r <= REASON_WORDS_MISSING ? FOUND_NO
	    : r <= REASON_MARK_EMPTY    ? FOUND_DEFECTIVE
	    : r <= REASON_NO_SITE       ? FOUND_NOT_CHECKED
	                                : FOUND_NOT_APPLICABLE;
}
