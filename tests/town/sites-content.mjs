// What stands in pages and documents: rows 49 to 53 and 57 to 65 of the table.
import { ORDER, PROGRAMME, link, page, simple } from './page.mjs';
import { doc, docx, odt, pdf, scan, zip } from './files.mjs';

const YES = { programme: 'yes' };
const as = (bytes, type) => (q, a) => a.file(bytes, type);

export const content = [
  { id: 'script-only', rows: [49], expect: { programme: ['not-checked', 'without JavaScript'] },
    handle: simple('', {
      '/': (q, a) => a.html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Школа</title><script src="/a.js"></script><script src="/b.js"></script><script>boot()</script></head><body><div id="root"></div></body></html>'),
    }) },
  { id: 'hidden-part', rows: [51], expect: { programme: ['yes', 'hidden at first'] },
    handle: simple(`<details><summary>Документы</summary><div style="display:none">${link('/programme.pdf', PROGRAMME)}</div></details>`) },
  { id: 'being-updated', rows: [51], expect: { programme: ['defective', 'A promise stands in place'] },
    handle: simple(link('/programme/', PROGRAMME), {
      '/programme/': (q, a) => a.html('<!DOCTYPE html><meta charset="utf-8"><title>Программа</title><h1>Программа</h1><p>Данные обновляются</p>'),
    }) },
  { id: 'frames', rows: [52], expect: YES,
    handle: simple('', {
      '/': (q, a) => a.html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Школа</title></head><frameset><frame src="/menu.html"></frameset></html>'),
      '/menu.html': (q, a) => a.html(page('Меню', link('/programme.pdf', PROGRAMME))),
    }) },
  { id: 'embedded', rows: [52], expect: YES,
    handle: simple(`<h2>${PROGRAMME}</h2><object data="/programme.pdf" type="application/pdf"></object>`) },
  { id: 'viewer', rows: [52], expect: { programme: 'yes', order: 'yes' },
    handle: simple(`<h2>${PROGRAMME}</h2><div><iframe src="/viewer/web/viewer.html?file=%2Fprogramme.pdf#page=1"></iframe></div>` +
      `<h2>${ORDER}</h2><div><iframe src="/viewer/web/viewer.html?file=..%2F..%2Forder.pdf"></iframe></div>`, {
      '/viewer/web/viewer.html': (q, a) => a.html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>PDF.js viewer</title><script src="viewer.js"></script></head><body><div id="outerContainer"></div></body></html>'),
      '/order.pdf': as(pdf('Приказ об утверждении программы'), 'application/pdf'),
    }) },
  { id: 'scan', rows: [53], expect: { programme: ['yes', 'a scan without text'] },
    handle: simple(link('/scan.pdf', PROGRAMME), { '/scan.pdf': as(scan(), 'application/pdf') }) },
  { id: 'formats', rows: [57], expect: { programme: 'yes', order: 'yes' },
    handle: simple(link('/p.docx', PROGRAMME) + link('/o.doc', ORDER), {
      '/p.docx': as(docx(PROGRAMME), 'application/octet-stream'),
      '/o.doc': as(doc(), 'application/msword'),
    }) },
  { id: 'archives', rows: [57], expect: { programme: ['yes', 'packed into an archive'] },
    handle: simple(link('/p.odt', PROGRAMME) + link('/o.zip', 'Все документы'), {
      '/p.odt': as(odt(PROGRAMME), 'application/vnd.oasis.opendocument.text'),
      '/o.zip': as(zip({ 'приказ.txt': ORDER }), 'application/zip'),
    }) },
  { id: 'one-file-for-all', rows: [58], expect: { programme: ['yes', 'one file for several items'], order: ['yes', 'one file for several items'] },
    handle: simple(link('/all.pdf', PROGRAMME) + link('/all.pdf?2', ORDER), { '/all.pdf': as(pdf(), 'application/pdf') }) },
  { id: 'deep-page', rows: [63], expect: { programme: ['not-checked', 'too complicated'] },
    handle: simple('', {
      '/': (q, a) => a.html(page('Школа', link('/programme.pdf', PROGRAMME) + '<div>'.repeat(40000))),
    }) },
  { id: 'unclosed-page', rows: [63], expect: YES,
    handle: simple('', {
      '/': (q, a) => a.html(page('Школа', '<p>Текст<br>'.repeat(4000) + '<ul>' + '<li>Пункт'.repeat(3000) + '</ul>' + link('/programme.pdf', PROGRAMME))),
    }) },
  { id: 'nested-links', rows: [64], expect: YES,
    handle: simple(`<a id="x" href="/news/">Новости <a id="x" href="/programme.pdf"></a></a><a id="x" href="/programme.pdf" aria-label="${PROGRAMME}"></a>`) },
  { id: 'image-link', rows: [64], expect: YES,
    handle: simple(`<a href="/programme.pdf"><img src="/pdf.png" alt="${PROGRAMME}"></a>`) },
  { id: 'title-link', rows: [64], expect: YES,
    handle: simple(`<a href="/programme.pdf" title="${PROGRAMME}"></a>`) },
  { id: 'says-download', rows: [65], expect: { programme: 'yes', order: 'yes' },
    handle: simple(`<table><tr><th>${PROGRAMME}</th><td><a href="/programme.pdf">скачать</a></td></tr>` +
      `<tr><th>${ORDER}</th><td><a href="/order.pdf">скачать</a></td></tr></table>`,
    { '/order.pdf': as(pdf('Приказ об утверждении программы'), 'application/pdf') }) },
  { id: 'numbered-table', rows: [65], expect: { programme: 'yes', order: 'yes' },
    handle: simple(`<table><tr><td>№</td><td>Название</td><td>Дата</td><td>Файл</td></tr><tr><td>1</td><td>${PROGRAMME}</td><td>01.09.2022</td><td><a href="/programme.pdf">Открыть</a></td></tr>` +
      `<tr><td>2</td><td>${ORDER}</td><td>01.09.2022</td><td><a href="/order.pdf"><img src="/pdf.png"></a></td></tr></table>`,
    { '/order.pdf': as(pdf('Приказ об утверждении программы'), 'application/pdf') }) },
  { id: 'accordion-buttons', rows: [51], expect: { programme: ['yes', 'hidden at first'], order: ['yes', 'hidden at first'] },
    handle: simple(`<button class="accordion">${PROGRAMME}</button><div style="display:none"><p><a href="/programme.pdf">Скачать</a></p></div>` +
      `<button class="accordion">${ORDER}</button><div style="display:none"><p><a href="/order.pdf">Скачать</a></p></div>`,
    { '/order.pdf': as(pdf('Приказ об утверждении программы'), 'application/pdf') }) },
  { id: 'file-captions', rows: [65], expect: { programme: 'yes', order: 'yes' },
    handle: simple(`<p>${PROGRAMME}</p><p><a href="/programme.pdf">scan0001.pdf</a></p><p>${ORDER}</p><p><a href="/order.pdf">scan0002.pdf</a></p>`,
    { '/order.pdf': as(pdf('Приказ об утверждении программы'), 'application/pdf') }) },
  { id: 'bare-page', rows: [51], expect: { programme: ['defective', 'next to nothing'] },
    handle: simple(link('/programme/', PROGRAMME), {
      '/programme/': (q, a) => a.html(page('Программа', '<h1>Программа</h1><p>Не предусмотрено.</p>')),
    }) },
  { id: 'page-in-a-table', rows: [65], expect: { programme: 'no' },
    handle: simple(`<table><tr><td>Главная<br>Новости<br>${PROGRAMME}<br>Контакты</td><td>${link('/menu.pdf', 'Меню столовой')}</td></tr></table>`,
    { '/menu.pdf': as(pdf(), 'application/pdf') }) },
  { id: 'other-words', rows: [24], expect: { programme: ['no', 'does not say'] },
    handle: simple(link('/menu.pdf', PROGRAMME), { '/menu.pdf': as(pdf('Меню столовой на неделю'), 'application/pdf') }) },
  { id: 'embedded-json', rows: [49], expect: YES,
    handle: simple('', {
      '/': (q, a) => a.html('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Школа</title><script src="/a.js"></script><script src="/b.js"></script></head><body><div id="__next"></div>' +
        `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { documents: [{ title: PROGRAMME, url: '/programme.pdf' }], about: 'Наша школа открыта в 1965 году. '.repeat(12) } })}</script></body></html>`),
    }) },
  { id: 'nothing', rows: [], expect: { programme: 'no', order: 'no' }, handle: simple('<h1>Добро пожаловать</h1>') },
  { id: 'gone-file', rows: [], expect: { programme: ['defective', '404'] }, handle: simple(link('/gone.pdf', PROGRAMME)) },
];
