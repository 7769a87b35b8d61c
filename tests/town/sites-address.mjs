// Addresses as they stand in pages: rows 9 to 22 of the table.
import { domainToASCII } from 'node:url';
import { ORDER, PROGRAMME, cp1251, link, page, simple } from './page.mjs';
import { pdf } from './files.mjs';

const YES = { programme: 'yes' };
const file = (q, a) => a.file(pdf(), 'application/pdf');
const CYRILLIC = '/' + encodeURIComponent('документы') + '/' + encodeURIComponent('программа.pdf');
const QUERY_1251 = [...cp1251('программа')].map((b) => '%' + b.toString(16).toUpperCase()).join('');

export const addresses = [
  { id: 'cyrillic-path', rows: [9], expect: YES,
    handle: simple(link('/документы/программа.pdf', PROGRAMME), { [CYRILLIC]: file }) },
  { id: 'encoded-path', rows: [9], expect: YES,
    handle: simple(link(CYRILLIC, PROGRAMME), { [CYRILLIC]: file }) },
  { id: 'query-1251', rows: [10], expect: YES,
    handle: (q, a) => {
      if (q.path === '/') return a.file(cp1251(page('Школа', link('/get.php?f=программа', PROGRAMME),
        '<meta charset="windows-1251">')), 'text/html');
      if (q.path === '/get.php' && q.query === `f=${QUERY_1251}`) return file(q, a);
      return a.missing();
    } },
  { id: 'query-utf8', rows: [10], expect: YES, log: { [`=${QUERY_1251}`]: { status: 404 }, [`=${encodeURIComponent('программа')}`]: { status: 200 } },
    handle: (q, a) => {
      if (q.path === '/') return a.file(cp1251(page('Школа', link('/get.php?f=программа', PROGRAMME),
        '<meta charset="windows-1251">')), 'text/html');
      if (q.path === '/get.php' && q.query === `f=${encodeURIComponent('программа')}`) return file(q, a);
      return a.missing();
    } },
  { id: 'rf-host', rows: [11], host: domainToASCII('школа-1.рф'), url: 'http://школа-1.рф:8080/', expect: YES,
    handle: simple(link('/programme.pdf', PROGRAMME)) },
  { id: 'spaces-in-href', rows: [12], expect: YES,
    handle: simple(link(' \t/my\n programme.pdf  ', PROGRAMME), { '/my%20programme.pdf': file }) },
  { id: 'backslashes', rows: [13], expect: YES,
    handle: simple(link('\\docs\\programme.pdf', PROGRAMME), { '/docs/programme.pdf': file }) },
  { id: 'no-scheme', rows: [13], expect: { programme: ['defective', 'The address of the link is wrong', 'lacks https://'] },
    handle: simple(link('www.no-scheme.town.test/programme.pdf', PROGRAMME)) },
  { id: 'base-relative', rows: [14], expect: YES,
    handle: simple('', {
      '/': (q, a) => a.html(page('Школа', link('programme.pdf', PROGRAMME),
        '<meta charset="utf-8"><base target="_top"><base href="files/"><base href="http://elsewhere.example/">')),
      '/files/programme.pdf': file,
    }) },
  { id: 'odd-schemes', rows: [13], expect: { programme: 'yes', order: 'yes' },
    handle: simple(link('http:\\\\odd-schemes.town.test:8080\\programme.pdf', PROGRAMME) + link('http:/order.pdf', ORDER), {
      '/order.pdf': (q, a) => a.file(pdf('Приказ об утверждении программы'), 'application/pdf'),
    }) },
  { id: 'base-script', rows: [14], expect: YES,
    handle: simple('', {
      '/': (q, a) => a.html(page('Школа', link('programme.pdf', PROGRAMME), '<meta charset="utf-8"><base href="javascript:void(0)">')),
    }) },
  { id: 'base-empty', rows: [14], expect: YES,
    handle: simple('', {
      '/': (q, a) => a.html(page('Школа', link('programme.pdf', PROGRAMME), '<meta charset="utf-8"><base href="">')),
    }) },
  { id: 'fragment', rows: [15], expect: YES,
    handle: (q, a) => {
      if (q.target.includes('#')) return a.send(400, {}, '');
      return simple(link('/programme.pdf#page=3', PROGRAMME))(q, a);
    } },
  { id: 'long-location', rows: [16], expect: YES, log: { '/go': { final: /\?a{1900}$/, chain: /^302 http.*a{1900}$/ } },
    handle: simple(link('/go', PROGRAMME), {
      '/go': (q, a) => a.redirect('/programme.pdf?' + 'a'.repeat(1900)),
    }) },
  { id: 'too-long-address', rows: [16], expect: { programme: ['defective', 'address of the link'] },
    handle: simple(link('/programme.pdf?' + 'a'.repeat(9000), PROGRAMME)) },
  { id: 'control-bytes', rows: [17], expect: YES,
    handle: (q, a) => {
      if (q.headers['x-injected']) throw new Error('a header was injected');
      return simple(link('/programme.pdf?x=1&#13;&#10;X-Injected: 1', PROGRAMME))(q, a);
    } },
  { id: 'bad-port', rows: [18], expect: { programme: ['defective', ':80443/'] },
    handle: simple(link('http://bad-port.town.test:80443/programme.pdf', PROGRAMME)) },
  { id: 'button-link', rows: [19], expect: { programme: ['not-checked', 'only with JavaScript'], order: ['not-checked', 'only with JavaScript'] },
    handle: simple(`<button onclick="location='/programme.pdf'">${PROGRAMME}</button><p><a href="#" onclick="openFile(8)">${ORDER}</a></p>`) },
  { id: 'script-link', rows: [19], expect: { programme: ['not-checked', 'only with JavaScript'] },
    handle: simple(`<p><a href="javascript:openFile(7)">${PROGRAMME}</a></p>`) },
  { id: 'calendar', rows: [20], expect: YES,
    handle: simple(link('/calendar?month=1', 'Календарь') + link('/programme.pdf', PROGRAMME), {
      '/calendar': (q, a) => {
        const month = Number(new URLSearchParams(q.query).get('month'));
        a.html(page(`Месяц ${month}`, link(`/calendar?month=${month + 1}`, 'Вперёд') + link(`/calendar?month=${month - 1}`, 'Назад')));
      },
    }) },
  { id: 'endless-path', rows: [20], expect: YES,
    handle: (q, a) => q.path.startsWith('/a/')
      ? a.html(page('А', link('a/', 'Дальше')))
      : simple(link('/a/', 'Раздел') + link('/programme.pdf', PROGRAMME))(q, a) },
  { id: 'sessions', rows: [20], expect: YES,
    handle: (() => {
      let session = 0;
      return (q, a) => q.path === '/list.php'
        ? a.html(page('Список', link(`/list.php?PHPSESSID=${++session}`, 'Список')))
        : simple(link('/list.php?PHPSESSID=0', 'Список') + link('/programme.pdf', PROGRAMME))(q, a);
    })() },
  { id: 'www-twin', rows: [21, 26], log: { 'test:8080/': { chain: /^301 http:\/\/www\.www-twin/ } }, others: ['www.www-twin.town.test'], expect: YES,
    handle: (q, a) => q.headers.host.startsWith('www.')
      ? simple(link('/programme.pdf', PROGRAMME))(q, a)
      : a.redirect(`http://www.www-twin.town.test:8080${q.path}`, {}, 301) },
  { id: 'portal-path', rows: [22], url: 'http://portal-path.town.test:8080/schools/7/', expect: YES,
    handle: (q, a) => {
      if (q.path === '/schools/7/') return a.html(page('Школа 7', link('programme.pdf', PROGRAMME) + link('/schools/8/', 'Школа 8')));
      if (q.path === '/schools/7/programme.pdf') return file(q, a);
      if (q.path === '/schools/8/') return a.html(page('Школа 8', link('order.pdf', 'Приказ об утверждении программы')));
      return a.missing();
    } },
];
