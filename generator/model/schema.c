/*
 * The tables of the data dictionary, one array of columns each, in the order
 * of enum table_id. A column is one line of a table: the struct's member, the
 * canonical and the Russian name, its type, what is asked of it, and what it
 * says. Lists of words are shared by the columns that use them.
 */
#include "model/schema.h"

#include "base/intl.h"
#include "model/tables.h"

enum {
	MUST = COLUMN_REQUIRED,
	KEY = COLUMN_KEY,
	ID = COLUMN_REQUIRED | COLUMN_KEY,
	WIDE = COLUMN_WIDE
};

#define COLUMN(row, member, name, ru, type, flags, about) \
	{ \
		name, ru, about, COLUMN_##type, flags, offsetof(struct row, member), NULL, NULL, \
		    NULL, 0 \
	}
#define WORDS(row, member, name, ru, flags, words, fallback, about) \
	{ \
		name, ru, about, COLUMN_ENUM, flags, offsetof(struct row, member), words, \
		    words##_ru, fallback, 0 \
	}
#define REF(row, member, name, ru, flags, table, about) \
	{ \
		name, ru, about, COLUMN_REF, flags, offsetof(struct row, member), NULL, NULL, \
		    NULL, table \
	}
#define NUMBERED(row, member, name, ru, flags, fallback, about) \
	{ \
		name, ru, about, COLUMN_COUNT, flags, offsetof(struct row, member), NULL, NULL, \
		    fallback, 0 \
	}

static const char *const school_kinds[] = {"primary", "basic", "secondary", "other", NULL};
static const char *const school_kinds_ru[] = {"НОШ|начальная|начальная школа",
    "ООШ|основная|основная школа", "СОШ|средняя|средняя школа", "иное|иная|другое|другая", NULL};
static const char *const scopes[] = {"school", "municipality", "region", NULL};
static const char *const scopes_ru[] = {"школа|ОО", "муниципалитет|муниципальный|район|город|округ",
    "регион|региональный|край|область|республика", NULL};
static const char *const statuses[] = {
    "held", "cancelled", "moved", "not-supplied", "no-level", "no-participants", NULL};
static const char *const statuses_ru[] = {"проведена|проводилась|проведено|состоялась|проведён",
    "отменена|отменено|отменён|не проводилась", "перенесена|перенесено|перенесён",
    "не представлено|не представлены|нет данных", "нет уровня|нет такого уровня|нет классов",
    "нет участников|без участников", NULL};
static const char *const attempts[] = {"first", "final", NULL};
static const char *const attempts_ru[] = {
    "первая|до пересдачи", "итоговая|окончательная|после пересдачи", NULL};
static const char *const thresholds[] = {"certificate", "university", NULL};
static const char *const thresholds_ru[] = {
    "аттестат|для аттестата", "вуз|для вуза|для поступления", NULL};
const char *const categories[] = {"low-results", "disadvantaged", "risk-zone", "500-plus", NULL};
static const char *const categories_ru[] = {"низкие результаты|ШНОР|ШНРО|НОР|НРО",
    "сложные условия|неблагоприятные условия|ШНСУ|НСУ|СНСУ", "зона риска|группа риска",
    "500+|500 +", NULL};
static const char *const units[] = {"percent", "yes-no", "level", "count", "number", NULL};
static const char *const units_ru[] = {"процент|проценты|%", "да/нет|да-нет|да или нет", "уровень",
    "количество|штук|шт.", "число", NULL};
static const char *const rules[] = {
    "at-least", "at-most", "at-least-reference", "yes", "increase", "none", NULL};
static const char *const rules_ru[] = {"не менее|не меньше|не ниже|>=|≥",
    "не более|не больше|не выше|<=|≤", "не ниже муниципального|не меньше муниципального",
    "да|выполнено", "рост|увеличение", "нет|без цели", NULL};
static const char *const target_kinds[] = {"target", "baseline", NULL};
static const char *const target_kinds_ru[] = {
    "цель|план|целевое значение", "база|исходное значение|базовое значение", NULL};
static const char *const everies[] = {"two-years", "year", "half-year", "quarter", "month", NULL};
static const char *const everies_ru[] = {"раз в два года|раз в 2 года", "ежегодно|год|раз в год",
    "раз в полугодие|полугодие", "ежеквартально|квартал|раз в квартал",
    "ежемесячно|месяц|раз в месяц", NULL};
static const char *const measure_levels[] = {"municipality", "school", NULL};
static const char *const measure_levels_ru[] = {
    "муниципалитет|муниципальный", "школа|школьный", NULL};
static const char *const support_kinds[] = {
    "tutor", "curator-500", "partner", "mentor", "leader", NULL};
static const char *const support_kinds_ru[] = {"тьютор", "куратор 500+|куратор",
    "партнёр|школа-партнёр", "наставник|школа-наставник", "лидер|школа-лидер", NULL};
static const char *const founds[] = {
    "yes", "no", "defective", "not-checked", "not-applicable", NULL};
static const char *const founds_ru[] = {"да|есть", "нет", "с недостатками|неисправно",
    "не проверено|не проверялось", "не применимо|неприменимо", NULL};
static const char *const audit_methods[] = {"automatic", "manual", NULL};
static const char *const audit_methods_ru[] = {
    "автоматически|автоматический", "вручную|ручной", NULL};
static const char *const audit_states[] = {"once", "confirmed", NULL};
static const char *const audit_states_ru[] = {"однократно|один раз", "подтверждено", NULL};
static const char *const school_years[] = {"current", "last", NULL};
static const char *const school_years_ru[] = {
    "текущий|этот", "прошлый|текущий или прошлый|не раньше прошлого", NULL};
static const char *const signature_kinds[] = {"bot-wall", "site-closed", "placeholder", "not-found",
    "login", "cloud", "cloud-missing", "cloud-closed", "off-site", NULL};
static const char *const signature_kinds_ru[] = {"защита от роботов", "сайт закрыт", "заглушка",
    "не найдено", "вход", "облако", "нет в облаке", "закрыто в облаке", "вне сайта", NULL};
static const char *const signature_places[] = {"title", "text", "source", "host", "url", NULL};
static const char *const signature_places_ru[] = {
    "заголовок", "текст", "исходный текст", "узел", "адрес", NULL};
static const char *const procedure_kinds[] = {"vpr", "oge", "ege", "kdr", NULL};
static const char *const procedure_kinds_ru[] = {"ВПР", "ОГЭ", "ЕГЭ", "КДР", NULL};
/* A procedure has one of the first three; the fourth is for metrics. */
static const char *const stages[] = {"primary", "basic", "senior", NULL};
static const char *const stages_ru[] = {
    "начальное|начальный|НОО", "основное|основной|ООО", "среднее|средний|СОО", NULL};
static const char *const levels[] = {"primary", "basic", "senior", "any", NULL};
static const char *const levels_ru[] = {
    "начальное|начальный|НОО", "основное|основной|ООО", "среднее|средний|СОО", "любой|все", NULL};
static const char *const scales[] = {"mark", "score", "share", NULL};
static const char *const scales_ru[] = {"отметка|оценка", "балл|баллы", "доля|процент", NULL};
static const char *const metric_kinds[] = {"count", "share", "yes-no", "number", NULL};
static const char *const metric_kinds_ru[] = {
    "количество|численность", "доля|процент", "да/нет|да-нет|да или нет", "число", NULL};
static const char *const matches[] = {"any", "all", NULL};
static const char *const matches_ru[] = {"любая|хотя бы одна", "все", NULL};
static const char *const overs[] = {"last", "each", "sum", NULL};
static const char *const overs_ru[] = {"последний", "каждый", "сумма", NULL};
static const char *const operators[] = {"<", "<=", ">", ">=", "present", NULL};
static const char *const operators_ru[] = {
    "меньше", "≤|не больше|не более", "больше", "≥|не меньше|не менее", "есть", NULL};
static const char *const references[] = {"none", "municipality", "region", "gap-region", NULL};
static const char *const references_ru[] = {
    "нет", "муниципалитет", "регион", "отставание от региона", NULL};

static const struct column schools[] = {
    COLUMN(school, id, "school", "код школы", SLUG, ID,
        N_("id of the school: small Latin letters, digits and hyphens; it is part of addresses")),
    COLUMN(school, name, "name", "название", TEXT, MUST, N_("full name as in the charter")),
    COLUMN(school, short_name, "short_name", "краткое название", TEXT, 0,
        N_("name for tables and charts")),
    WORDS(school, kind, "kind", "вид", MUST, school_kinds, NULL,
        N_("the highest level that the school teaches")),
    COLUMN(school, locality, "locality", "населённый пункт", TEXT, 0, N_("town or village")),
    COLUMN(school, site, "site", "сайт", URL, 0, N_("address of the school's own site")),
    COLUMN(school, aliases, "aliases", "другие названия", LIST, 0,
        N_("other names found in tables, parted by |")),
    COLUMN(school, timezone, "timezone", "часовой пояс", TEXT, 0,
        N_("time zone, for example Asia/Irkutsk")),
    COLUMN(school, from_year, "from_year", "работает с года", YEAR, 0,
        N_("first year in which the school is open; empty: always was")),
    COLUMN(school, to_year, "to_year", "работает по год", YEAR, 0,
        N_("last year in which the school is open; empty: still is")),
};

static const struct column bodies[] = {
    COLUMN(body, id, "body", "код организации", SLUG, ID | WIDE, N_("id of the body")),
    COLUMN(body, title, "title", "название", TEXT, MUST, N_("its name")),
    COLUMN(body, role, "role", "роль", TEXT, 0, N_("what it does in the programme")),
    COLUMN(body, document, "document", "документ", PATH, 0,
        N_("document that establishes it, a path in content")),
};

static const struct column indicators[] = {
    COLUMN(indicator, id, "indicator", "показатель", SLUG, ID | WIDE, N_("id of the indicator")),
    COLUMN(
        indicator, group, "group", "группа", TEXT, MUST, N_("group of indicators it belongs to")),
    COLUMN(indicator, title, "title", "название", TEXT, MUST,
        N_("the indicator in words, as in the programme")),
    WORDS(indicator, unit, "unit", "единица", MUST, units, NULL, N_("what it is measured in")),
    WORDS(indicator, rule, "rule", "правило", MUST, rules, NULL, N_("when the target is reached")),
    COLUMN(indicator, measure, "measure", "способ расчёта", TEXT, MUST,
        N_("how the value is found: manual, or computed from a table")),
    COLUMN(indicator, cohort, "cohort", "охват школ", LIST, 0,
        N_("schools it is about: all, or categories parted by |")),
    COLUMN(indicator, levels, "levels", "уровни", LIST, 0,
        N_("for the unit level: its levels from the lowest, parted by |")),
    COLUMN(indicator, parent, "parent", "входит в показатель", TEXT, 0,
        N_("id of the indicator that it is a part of")),
    COLUMN(indicator, responsible, "responsible", "ответственный", TEXT, 0,
        N_("role or body that answers for it")),
    COLUMN(indicator, collection, "collection", "сбор данных", TEXT, 0,
        N_("how the data are collected")),
    COLUMN(
        indicator, schedule, "schedule", "периодичность", TEXT, 0, N_("how often it is measured")),
    COLUMN(
        indicator, source, "source", "источник", TEXT, 0, N_("place of the document that sets it")),
};

static const struct column results[] = {
    COLUMN(result, year, "year", "год", YEAR, ID, N_("year in which the school year ended")),
    REF(result, procedure, "procedure", "процедура", ID, TABLE_PROCEDURES,
        N_("assessment procedure, from procedures.csv")),
    WORDS(result, scope, "scope", "охват", KEY, scopes, "school",
        N_("whose result it is: of a school, the municipality or the region")),
    COLUMN(result, school, "school", "школа", SCHOOL, KEY, N_("school, for the scope school only")),
    COLUMN(result, participants, "participants", "участников", COUNT, 0, N_("how many took part")),
    COLUMN(result, below_minimum, "below_minimum", "ниже минимума", COUNT, 0,
        N_("how many of them did not reach the minimum")),
    COLUMN(result, mean_mark, "mean_mark", "средняя отметка", NUMBER, 0, N_("mean mark")),
    COLUMN(result, mean_score, "mean_score", "средний балл", NUMBER, 0, N_("mean score in points")),
    COLUMN(result, pass_rate, "pass_rate", "сдали %", PERCENT, 0,
        N_("share of those who reached the minimum, percent")),
    COLUMN(result, quality_rate, "quality_rate", "качество %", PERCENT, 0,
        N_("share of marks 4 and 5, percent")),
    WORDS(result, status, "status", "статус", 0, statuses, "held",
        N_("whether it took place and is known")),
    WORDS(
        result, attempt, "attempt", "попытка", 0, attempts, "first", N_("before or after retakes")),
    WORDS(result, threshold, "threshold", "порог", 0, thresholds, "certificate",
        N_("which minimum is meant")),
    COLUMN(result, note, "note", "примечание", TEXT, 0, N_("anything to be said about the row")),
};

static const struct column contexts[] = {
    COLUMN(context, year, "year", "год", YEAR, ID, N_("year of the list that the row serves")),
    WORDS(context, scope, "scope", "охват", KEY, scopes, "school",
        N_("whose figures: of a school, the municipality or the region")),
    COLUMN(
        context, school, "school", "школа", SCHOOL, KEY, N_("school, for the scope school only")),
};

static const struct column factors[] = {
    COLUMN(factor_row, year, "year", "год", YEAR, ID, N_("year of the list that the row serves")),
    COLUMN(factor_row, school, "school", "школа", SCHOOL, ID, N_("school")),
    COLUMN(factor_row, factor, "factor", "фактор", SLUG, ID | WIDE,
        N_("factor of the method's table")),
    COLUMN(factor_row, present, "present", "выявлен", YESNO, MUST, N_("whether the school has it")),
    COLUMN(factor_row, basis, "basis", "основание", TEXT, 0, N_("what this is known from")),
};

static const struct column declareds[] = {
    COLUMN(declared, year, "year", "год", YEAR, ID, N_("year of the list")),
    COLUMN(
        declared, until, "until", "действует до", YEAR, 0, N_("last year in which the list holds")),
    WORDS(declared, category, "category", "категория", ID, categories, NULL,
        N_("category of schools")),
    COLUMN(declared, school, "school", "школа", SCHOOL, KEY,
        N_("school; empty when only the number is known")),
    COLUMN(declared, count, "count", "число школ", COUNT, 0,
        N_("number of schools when they are not named")),
    COLUMN(declared, document, "document", "документ", PATH, 0,
        N_("document with the list, a path in content")),
};

static const struct column targets[] = {
    REF(target, indicator, "indicator", "показатель", ID, TABLE_INDICATORS,
        N_("indicator, from indicators.csv")),
    COLUMN(target, year, "year", "год", YEAR, KEY,
        N_("year of the target; neither year nor date: every year of the programme")),
    COLUMN(target, date, "date", "дата", DATE, KEY, N_("day by which the target is to be reached")),
    WORDS(target, kind, "kind", "вид", KEY, target_kinds, "target",
        N_("a target, or the value at the start")),
    COLUMN(
        target, as_of, "as_of", "действует с", DATE, KEY, N_("day from which this target holds")),
    COLUMN(target, target, "target", "значение", TEXT, MUST, N_("number, yes or no, or level")),
    COLUMN(target, document, "document", "документ", PATH, 0,
        N_("document that sets it, a path in content")),
};

static const struct column values[] = {
    REF(indicator_value, indicator, "indicator", "показатель", ID, TABLE_INDICATORS,
        N_("indicator, from indicators.csv")),
    COLUMN(indicator_value, year, "year", "год", YEAR, ID, N_("year of the value")),
    COLUMN(
        indicator_value, value, "value", "значение", TEXT, MUST, N_("number, yes or no, or level")),
    COLUMN(indicator_value, numerator, "numerator", "числитель", NUMBER, 0,
        N_("of a share: how many")),
    COLUMN(indicator_value, denominator, "denominator", "знаменатель", NUMBER, 0,
        N_("of a share: out of how many")),
    COLUMN(indicator_value, evidence, "evidence", "подтверждение", TEXT, 0,
        N_("address or path in content where it can be checked")),
    COLUMN(indicator_value, note, "note", "примечание", TEXT, 0,
        N_("anything to be said about the row")),
    COLUMN(indicator_value, as_of, "as_of", "по состоянию на", DATE, 0,
        N_("day on which it was measured")),
};

static const struct column roadmaps[] = {
    COLUMN(roadmap_item, id, "item", "код мероприятия", SLUG, ID | WIDE, N_("id of the measure")),
    COLUMN(roadmap_item, part, "part", "часть", TEXT, 0,
        N_("part of the programme: road map, plan by year, risk zone")),
    COLUMN(roadmap_item, section, "section", "раздел", TEXT, MUST, N_("section of the road map")),
    COLUMN(roadmap_item, direction, "direction", "направление", TEXT, 0, N_("direction of work")),
    COLUMN(roadmap_item, task, "task", "задача", TEXT, 0, N_("task it serves")),
    COLUMN(roadmap_item, number, "number", "номер", TEXT, 0, N_("number as printed")),
    COLUMN(roadmap_item, activity, "activity", "мероприятие", TEXT, MUST, N_("what is to be done")),
    COLUMN(roadmap_item, when, "when", "срок", TEXT, 0, N_("term as printed")),
    COLUMN(roadmap_item, from, "from", "начало", DATE, 0, N_("first day")),
    COLUMN(roadmap_item, to, "to", "окончание", DATE, 0, N_("last day")),
    WORDS(roadmap_item, every, "every", "повторяется", 0, everies, NULL,
        N_("how often it is repeated")),
    COLUMN(roadmap_item, months, "months", "месяцы", LIST, 0,
        N_("months in which it is repeated, as numbers parted by |")),
    COLUMN(roadmap_item, responsible, "responsible", "ответственный", TEXT, 0,
        N_("role or body that answers for it")),
    COLUMN(roadmap_item, result, "result", "результат", TEXT, 0, N_("expected result or product")),
    COLUMN(roadmap_item, target, "target", "целевое значение", TEXT, 0, N_("figure to be reached")),
    COLUMN(roadmap_item, done, "done", "выполнено", DATE, 0,
        N_("day on which it was done; empty: not yet")),
    COLUMN(roadmap_item, evidence, "evidence", "подтверждение", TEXT, 0,
        N_("address or path in content where it can be seen")),
    WORDS(roadmap_item, level, "level", "уровень", 0, measure_levels, NULL,
        N_("who acts: the municipality or the school")),
    COLUMN(roadmap_item, pair, "pair", "парное мероприятие", TEXT, 0,
        N_("measure of the other level that it goes with")),
    COLUMN(
        roadmap_item, note, "note", "примечание", TEXT, 0, N_("anything to be said about the row")),
};

static const struct column supports[] = {
    COLUMN(support, school, "school", "школа", SCHOOL, ID, N_("school that is supported")),
    COLUMN(support, supporter, "supporter", "кто сопровождает", TEXT, ID,
        N_("school or body that supports it")),
    WORDS(support, kind, "kind", "вид", ID, support_kinds, NULL, N_("kind of support")),
    COLUMN(support, from, "from", "начало", DATE, 0, N_("first day")),
    COLUMN(support, to, "to", "окончание", DATE, 0, N_("last day")),
    COLUMN(support, document, "document", "документ", PATH, 0,
        N_("document that says so, a path in content")),
};

static const struct column errata[] = {
    COLUMN(erratum, place, "place", "место", TEXT, ID, N_("place in the source document")),
    COLUMN(erratum, printed, "printed", "напечатано", TEXT, MUST, N_("what is printed there")),
    COLUMN(erratum, reading, "reading", "прочтение", TEXT, 0, N_("how it is read here")),
    COLUMN(erratum, note, "note", "примечание", TEXT, 0, N_("anything to be said about it")),
};

static const struct column programme_risks[] = {
    COLUMN(programme_risk, risk, "risk", "риск", TEXT, ID, N_("what may hinder the programme")),
    COLUMN(
        programme_risk, mitigation, "mitigation", "меры", TEXT, MUST, N_("what is done about it")),
};

static const struct column sources[] = {
    COLUMN(source, path, "path", "таблица", PATH, ID, N_("table, for example results.csv")),
    COLUMN(
        source, title, "title", "название", TEXT, 0, N_("document or data that it was taken from")),
    COLUMN(source, publisher, "publisher", "кто опубликовал", TEXT, 0, N_("who published them")),
    COLUMN(
        source, received, "received", "получено", DATE, 0, N_("day on which they were received")),
    COLUMN(source, licence, "licence", "условия использования", TEXT, 0,
        N_("licence or terms of use")),
    COLUMN(source, note, "note", "примечание", TEXT, 0, N_("anything to be said about it")),
};

static const struct column audits[] = {
    COLUMN(audit_row, school, "school", "школа", SCHOOL, ID, N_("school whose site was looked at")),
    REF(audit_row, item, "item", "пункт", ID, TABLE_CHECKLIST, N_("item of the check list")),
    WORDS(audit_row, found, "found", "найдено", MUST, founds, NULL, N_("whether it was found")),
    COLUMN(audit_row, url, "url", "адрес", TEXT, 0, N_("address where it was found")),
    COLUMN(audit_row, link_text, "link_text", "текст ссылки", TEXT, 0, N_("words of the link")),
    COLUMN(
        audit_row, http_status, "http_status", "код ответа", COUNT, 0, N_("answer of the server")),
    COLUMN(
        audit_row, fetched, "fetched", "время проверки", TEXT, 0, N_("moment of the visit, UTC")),
    COLUMN(audit_row, sha256, "sha256", "контрольная сумма", TEXT, 0,
        N_("SHA-256 of what was received")),
    WORDS(audit_row, method, "method", "способ", 0, audit_methods, NULL,
        N_("by the program or by a person")),
    COLUMN(audit_row, by, "by", "кто проверил", TEXT, 0, N_("login of who judged")),
    COLUMN(audit_row, reason, "reason", "причина", TEXT, 0, N_("why it was judged so")),
    NUMBERED(audit_row, visit, "visit", "посещение", KEY, "1", N_("number of the visit")),
    WORDS(audit_row, state, "state", "состояние", 0, audit_states, NULL,
        N_("seen once, or confirmed by a second visit")),
    COLUMN(audit_row, note, "note", "примечание", TEXT, 0, N_("anything to be said about the row")),
};

static const struct column audit_evidences[] = {
    COLUMN(audit_evidence, school, "school", "школа", SCHOOL, ID,
        N_("school whose site was looked at")),
    REF(audit_evidence, item, "item", "пункт", ID, TABLE_CHECKLIST, N_("item of the check list")),
    NUMBERED(audit_evidence, visit, "visit", "посещение", KEY, "1", N_("number of the visit")),
    COLUMN(audit_evidence, source_page, "source_page", "страница", TEXT, 0,
        N_("page on which the link stood")),
    COLUMN(audit_evidence, chain, "chain", "цепочка", TEXT, 0,
        N_("addresses from the start page to it")),
    COLUMN(audit_evidence, heading, "heading", "заголовок", TEXT, 0, N_("heading above the link")),
    COLUMN(
        audit_evidence, warc, "warc", "архив", TEXT, 0, N_("archive file that keeps the answer")),
    COLUMN(audit_evidence, offset, "offset", "смещение", TEXT, 0, N_("place in that file")),
    COLUMN(audit_evidence, charset_rule, "charset_rule", "кодировка", TEXT, 0,
        N_("how the encoding was found")),
    COLUMN(audit_evidence, certificate, "certificate", "сертификат", TEXT, 0,
        N_("certificate of the server")),
    COLUMN(audit_evidence, checklist, "checklist", "перечень", TEXT, 0,
        N_("version of the check list")),
    COLUMN(audit_evidence, type, "type", "вид файла", TEXT, 0,
        N_("kind of the file by its bytes: pdf, docx, html")),
    COLUMN(audit_evidence, size, "size", "размер", COUNT, 0, N_("its size in bytes")),
    COLUMN(audit_evidence, modified, "modified", "изменён", DATE, 0,
        N_("day of its last change, as the server says")),
    COLUMN(audit_evidence, dated, "dated", "дата документа", DATE, 0,
        N_("its date, as its name, its text or its properties say")),
};

static const struct column procedures[] = {
    COLUMN(procedure, id, "procedure", "процедура", SLUG, ID | WIDE, N_("id of the procedure")),
    COLUMN(procedure, title, "title", "название", TEXT, MUST, N_("its name")),
    WORDS(procedure, kind, "kind", "вид", MUST, procedure_kinds, NULL, N_("kind of assessment")),
    COLUMN(procedure, subject, "subject", "предмет", TEXT, MUST, N_("school subject")),
    COLUMN(procedure, grade, "grade", "класс", COUNT, MUST, N_("grade in which it is taken")),
    WORDS(procedure, level, "level", "уровень", MUST, stages, NULL, N_("level of education")),
    WORDS(procedure, scale, "scale", "шкала", 0, scales, NULL, N_("what results are given in")),
};

static const struct column metrics[] = {
    COLUMN(metric, id, "metric", "показатель", SLUG, ID | WIDE,
        N_("id of the metric: a column of context.csv")),
    COLUMN(
        metric, title, "title", "название", TEXT, MUST, N_("its name; good as a column title too")),
    WORDS(metric, kind, "kind", "вид", MUST, metric_kinds, NULL, N_("what its values are")),
    REF(metric, of, "of", "от показателя", 0, TABLE_METRICS,
        N_("metric that is the whole of a count or share")),
    WORDS(metric, level, "level", "уровень", 0, levels, NULL, N_("level of education it is about")),
    COLUMN(metric, sensitive, "sensitive", "чувствительный", YESNO, 0,
        N_("never published by school")),
    COLUMN(metric, minimum, "minimum", "не меньше", NUMBER, 0, N_("least possible value")),
    COLUMN(metric, maximum, "maximum", "не больше", NUMBER, 0, N_("greatest possible value")),
    COLUMN(metric, note, "note", "примечание", TEXT, 0, N_("anything to be said about it")),
};

static const struct column checklist[] = {
    COLUMN(checklist_item, id, "item", "пункт", SLUG, ID | WIDE, N_("id of the item")),
    COLUMN(checklist_item, title, "title", "название", TEXT, MUST, N_("the item in words")),
    COLUMN(checklist_item, look_for, "look_for", "что искать", TEXT, 0, N_("what to look for")),
    COLUMN(checklist_item, section, "section", "раздел", TEXT, 0,
        N_("pattern of the headings, menu or address under which it stands")),
    COLUMN(checklist_item, words, "words", "слова", TEXT, 0,
        N_("pattern of the words of the link, its row and its heading")),
    COLUMN(checklist_item, exclude, "exclude", "кроме", TEXT, 0,
        N_("pattern of words that mean something else")),
    COLUMN(checklist_item, text, "text", "текст", TEXT, 0,
        N_("pattern of the text of the page or document, where it can be read")),
    COLUMN(checklist_item, types, "types", "виды файлов", LIST, 0,
        N_("kinds of files, parted by |: pdf, docx, html; empty: any")),
    COLUMN(checklist_item, off_site, "off_site", "вне сайта", YESNO, 0,
        N_("whether a document on another site counts; empty: yes")),
    COLUMN(checklist_item, max_age, "max_age", "не старше месяцев", COUNT, 0,
        N_("how many months old it may be")),
    WORDS(checklist_item, school_year, "school_year", "учебный год", 0, school_years, NULL,
        N_("school year that it must be of")),
    NUMBERED(
        checklist_item, at_least, "at_least", "не менее", 0, "1", N_("how many there must be")),
    COLUMN(checklist_item, itemprop, "itemprop", "разметка", TEXT, 0,
        N_("value of itemprop that marks it")),
    COLUMN(checklist_item, parent, "parent", "внутри разметки", TEXT, 0,
        N_("itemprop inside of which it stands")),
    COLUMN(checklist_item, page, "page", "страница", TEXT, 0,
        N_("end of the address of its subsection")),
    COLUMN(checklist_item, may_be_absent, "may_be_absent", "может отсутствовать", YESNO, 0,
        N_("whether a school may have nothing to publish")),
    COLUMN(checklist_item, not_applicable, "not_applicable_when", "не требуется если", TEXT, 0,
        N_("pattern of the words by which a school says that it has none")),
    COLUMN(checklist_item, valid_from, "valid_from", "действует с", DATE, 0,
        N_("first day on which it is asked for")),
    COLUMN(checklist_item, valid_to, "valid_to", "действует по", DATE, 0,
        N_("last day on which it is asked for")),
    COLUMN(checklist_item, hint, "hint", "подсказка", TEXT, 0, N_("what to tell the school")),
    COLUMN(checklist_item, examples, "examples", "примеры", LIST, 0,
        N_("names that fit, parted by |")),
    COLUMN(checklist_item, counterexamples, "counterexamples", "контрпримеры", LIST, 0,
        N_("names that do not fit, parted by |")),
};

static const struct column signatures[] = {
    COLUMN(audit_signature, id, "signature", "признак", SLUG, ID, N_("id of the signature")),
    WORDS(audit_signature, kind, "kind", "вид", MUST, signature_kinds, NULL,
        N_("what a page with it is")),
    WORDS(audit_signature, where, "where", "где", MUST, signature_places, NULL,
        N_("where the pattern is looked for")),
    COLUMN(audit_signature, pattern, "pattern", "образец", TEXT, MUST, N_("the pattern")),
    COLUMN(audit_signature, longest, "longest", "не длиннее букв", COUNT, 0,
        N_("letters of a page's text up to which it holds")),
    COLUMN(audit_signature, reason, "reason", "причина", TEXT, 0, N_("what it is, in words")),
    COLUMN(audit_signature, examples, "examples", "примеры", LIST, 0,
        N_("texts that fit, parted by |")),
    COLUMN(audit_signature, counterexamples, "counterexamples", "контрпримеры", LIST, 0,
        N_("texts that do not fit, parted by |")),
};

static const struct column audit_words[] = {
    COLUMN(audit_word, id, "word", "слово", TEXT, ID,
        N_("name that patterns of the check list write in braces")),
    COLUMN(audit_word, meaning, "meaning", "что значит", TEXT, 0, N_("what it stands for")),
    COLUMN(audit_word, pattern, "pattern", "образец", TEXT, MUST, N_("the pattern")),
    COLUMN(audit_word, examples, "examples", "примеры", LIST, 0, N_("texts that fit, parted by |")),
    COLUMN(audit_word, counterexamples, "counterexamples", "контрпримеры", LIST, 0,
        N_("texts that do not fit, parted by |")),
};

static const struct column exam_days[] = {
    COLUMN(exam_day, from, "from", "начало", DATE, ID, N_("first day")),
    COLUMN(exam_day, to, "to", "окончание", DATE, 0, N_("last day; empty: the same")),
    COLUMN(exam_day, what, "what", "экзамен", TEXT, ID, N_("which exam, in words")),
    COLUMN(exam_day, source, "source", "источник", TEXT, MUST,
        N_("document or publication that it was taken from")),
};

static const struct column method_rules[] = {
    COLUMN(method_rule, id, "rule", "правило", SLUG, ID | WIDE, N_("id of the rule")),
    COLUMN(method_rule, criterion, "criterion", "критерий", TEXT, 0, N_("criterion it belongs to")),
    COLUMN(method_rule, title, "title", "название", TEXT, MUST, N_("the rule in words")),
    COLUMN(
        method_rule, measure, "measure", "что измеряется", TEXT, MUST, N_("result:… or context:…")),
    WORDS(method_rule, match, "match", "для процедур", 0, matches, NULL,
        N_("any or all of several procedures")),
    WORDS(method_rule, over, "over", "за период", 0, overs, "last",
        N_("the last year, each of the years, or their sum")),
    COLUMN(method_rule, years, "years", "лет", COUNT, 0, N_("how many years")),
    WORDS(method_rule, op, "operator", "сравнение", MUST, operators, NULL,
        N_("how the value is compared")),
    COLUMN(method_rule, threshold, "threshold", "порог", NUMBER, 0, N_("what it is compared with")),
    WORDS(method_rule, reference, "reference", "сравнить с", 0, references, "none",
        N_("value of the municipality or region to compare with")),
    COLUMN(method_rule, points, "points", "баллы", NUMBER, 0, N_("points when the rule is met")),
};

static const struct column method_factors[] = {
    COLUMN(method_factor, id, "factor", "фактор", SLUG, ID | WIDE, N_("id of the factor")),
    COLUMN(method_factor, title, "title", "название", TEXT, MUST, N_("the factor in words")),
};

#define TABLE(number, name, caption, row, list) \
	.id = number, .file = name, .title = caption, .columns = list, \
	.count = sizeof(list) / sizeof((list)[0]), .row_size = sizeof(struct row)

static const struct schema schemas[TABLE_COUNT] = {
    {TABLE(TABLE_SCHOOLS, "schools.csv", N_("Schools"), school, schools)},
    {TABLE(TABLE_BODIES, "bodies.csv", N_("Bodies"), body, bodies)},
    {TABLE(TABLE_INDICATORS, "indicators.csv", N_("Indicators"), indicator, indicators)},
    {TABLE(TABLE_RESULTS, "results.csv", N_("Results"), result, results), .scoped = true},
    {TABLE(TABLE_CONTEXT, "context.csv", N_("Context"), context, contexts), .open_metrics = true,
        .scoped = true},
    {TABLE(TABLE_FACTORS, "factors.csv", N_("Risk factors"), factor_row, factors)},
    {TABLE(TABLE_DECLARED, "declared.csv", N_("Declared lists"), declared, declareds)},
    {TABLE(TABLE_TARGETS, "targets.csv", N_("Targets"), target, targets)},
    {TABLE(TABLE_VALUES, "values.csv", N_("Values of indicators"), indicator_value, values)},
    {TABLE(TABLE_ROADMAP, "roadmap.csv", N_("Road map"), roadmap_item, roadmaps)},
    {TABLE(TABLE_SUPPORT, "support.csv", N_("Support"), support, supports)},
    {TABLE(TABLE_ERRATA, "errata.csv", N_("Errata"), erratum, errata)},
    {TABLE(TABLE_RISKS, "programme-risks.csv", N_("Risks of the programme"), programme_risk,
        programme_risks)},
    {TABLE(TABLE_SOURCES, "sources.csv", N_("Sources"), source, sources)},
    {TABLE(TABLE_AUDIT, "audit/YYYY-MM-DD.csv", N_("Audit of school sites"), audit_row, audits),
        .date_offset = offsetof(struct audit_row, date)},
    {TABLE(TABLE_AUDIT_EVIDENCE, "audit/YYYY-MM-DD.evidence.csv", N_("Evidence of the audit"),
         audit_evidence, audit_evidences),
        .date_offset = offsetof(struct audit_evidence, date)},
    {TABLE(TABLE_PROCEDURES, "procedures.csv", N_("Assessment procedures"), procedure, procedures)},
    {TABLE(TABLE_METRICS, "metrics.csv", N_("Metrics"), metric, metrics)},
    {TABLE(TABLE_CHECKLIST, "audit-checklist.csv", N_("Check list of the audit"), checklist_item,
        checklist)},
    {TABLE(TABLE_SIGNATURES, "audit-signatures.csv", N_("Signatures of the audit"), audit_signature,
        signatures)},
    {TABLE(TABLE_WORDS, "audit-words.csv", N_("Words of the audit's patterns"), audit_word,
        audit_words)},
    {TABLE(TABLE_EXAM_DAYS, "exam-days.csv", N_("Days of state exams"), exam_day, exam_days)},
    {TABLE(TABLE_RULES, "methods/*.csv", N_("Rules of a method"), method_rule, method_rules)},
    {TABLE(TABLE_METHOD_FACTORS, "methods/*.csv", N_("Factors of a method"), method_factor,
        method_factors)},
};

const struct schema *schema_of(enum table_id id)
{
	return &schemas[id];
}

const struct column *schema_column(const struct schema *s, struct str name)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_is(name, s->columns[i].name))
			return &s->columns[i];
	return NULL;
}

const char *schema_word(const struct column *c, int value)
{
	if (c->type != COLUMN_ENUM || value <= 0)
		return "";
	for (int i = 0; c->values[i]; i++)
		if (i == value - 1)
			return c->values[i];
	return "";
}
