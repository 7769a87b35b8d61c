// Answers of servers, and TLS: rows 23 to 44 of the table.
import zlib from 'node:zlib';
import { ORDER, PROGRAMME, link, page, simple } from './page.mjs';
import { docx, pdf } from './files.mjs';

const YES = { programme: 'yes' };
const file = (q, a) => a.file(pdf(), 'application/pdf');
const home = simple(link('/programme.pdf', PROGRAMME));
const card = (body) => page('Документ', `<h1>Карточка документа</h1>${body}`);

const flaky = (times, refuse) => {
  let left = times;
  return (q, a) => (q.path === '/programme.pdf' && left-- > 0 ? refuse(q, a) : home(q, a));
};

export const answers = [
  { id: 'soft-404', rows: [23], expect: { programme: 'defective' },
    handle: (q, a) => q.path === '/'
      ? a.html(page('Школа', link('/programme.pdf', PROGRAMME)))
      : a.html(page('Ничего нет', '<h1>Страница не найдена</h1><p>Такой страницы у нас больше нет, вернитесь на главную.</p>')) },
  { id: 'soft-404-home', rows: [23], expect: { programme: 'defective' },
    handle: (q, a) => q.path === '/' ? home(q, a) : a.redirect('/') },
  { id: 'file-card', rows: [24], expect: YES,
    handle: simple(link('/item/7/', PROGRAMME), {
      '/item/7/': (q, a) => a.html(card(link('/files/7.pdf', 'Скачать'))),
      '/files/7.pdf': file,
    }) },
  { id: 'login-page', rows: [24], expect: { programme: 'defective' },
    handle: simple(link('/secret.pdf', PROGRAMME), {
      '/secret.pdf': (q, a) => a.html(page('Вход', '<form><input name="login"><input type="password"></form><p>Войдите, чтобы продолжить</p>')),
    }) },
  { id: 'wrong-type', rows: [24], expect: YES,
    handle: simple(link('/get?id=5', PROGRAMME), { '/get': (q, a) => a.file(docx(PROGRAMME), 'text/html') }) },
  { id: 'cookie-loop', rows: [25], expect: YES,
    handle: (q, a) => q.cookie.includes('seen=1') ? home(q, a) : a.redirect(q.target, { 'set-cookie': 'seen=1; Path=/' }) },
  { id: 'endless-redirect', rows: [25], expect: { programme: 'not-checked' },
    handle: (q, a) => a.redirect(q.path === '/a' ? '/b' : '/a') },
  { id: 'lost-domain', rows: [26], expect: { programme: 'not-checked' },
    handle: (q, a) => a.redirect('http://casino.town.test:8080/') },
  { id: 'casino', school: false,
    handle: (q, a) => a.html(page('Казино', '<h1>Казино онлайн</h1><p>Бонусы и слоты</p>')) },
  { id: 'no-head', rows: [27], expect: YES,
    handle: (q, a) => q.method === 'HEAD' ? a.send(405, {}, '') : home(q, a) },
  { id: 'rate-once', rows: [28, 29], expect: YES,
    handle: flaky(1, (q, a) => a.send(429, { 'retry-after': '1' }, '')) },
  { id: 'rate-odd', rows: [29], expect: YES,
    handle: flaky(1, (q, a) => a.send(503, { 'retry-after': '-99999999999999999999' }, '')) },
  { id: 'rate-always', rows: [28], expect: { programme: 'not-checked' },
    handle: flaky(1e9, (q, a) => a.send(429, { 'retry-after': '86400' }, '')) },
  { id: 'short-body', rows: [30], expect: { programme: 'not-checked' },
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => {
        a.raw('HTTP/1.1 200 x\r\nContent-Type: application/pdf\r\nContent-Length: 100000\r\n\r\n%PDF-1.4\n');
        a.close();
      },
    }) },
  { id: 'broken-chunks', rows: [30], expect: { programme: 'not-checked' },
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => {
        a.raw('HTTP/1.1 200 x\r\nContent-Type: application/pdf\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n%PDF-1.4\n\r\nzz\r\n');
        a.close();
      },
    }) },
  { id: 'chunks', rows: [30], expect: YES,
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => {
        const bytes = pdf();
        a.raw('HTTP/1.1 200 x\r\nContent-Type: application/pdf\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n');
        for (let at = 0; at < bytes.length; at += 100) {
          const part = bytes.subarray(at, at + 100);
          a.raw(Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]));
        }
        a.raw('0\r\nX-Trailer: 1\r\n\r\n');
        a.close();
      },
    }) },
  { id: 'not-gzip', rows: [32], expect: YES,
    handle: simple('', { '/': (q, a) => a.html(page('Школа', link('/programme.pdf', PROGRAMME)), { 'content-encoding': 'gzip' }) }) },
  { id: 'double-gzip', rows: [32], expect: YES,
    handle: simple('', {
      '/': (q, a) => a.send(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' },
        zlib.gzipSync(zlib.gzipSync(page('Школа', link('/programme.pdf', PROGRAMME))))),
    }) },
  { id: 'bomb', rows: [33], expect: { programme: 'not-checked' },
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => a.file(zlib.gzipSync(Buffer.alloc(64 << 20)), 'application/pdf', { 'content-encoding': 'gzip' }),
    }) },
  { id: 'endless-page', rows: [34], expect: { programme: 'not-checked' },
    handle: simple(link('/programme.html', PROGRAMME), {
      '/programme.html': (q, a) => {
        a.raw('HTTP/1.1 200 x\r\nContent-Type: text/html\r\n\r\n<p>');
        const more = () => {
          while (!a.socket.destroyed && a.socket.write('x'.repeat(65536)));
        };
        a.socket.on('drain', more);
        more();
      },
    }) },
  { id: 'slow-drip', rows: [34], expect: { programme: 'not-checked' },
    handle: simple(link('/programme.html', PROGRAMME), {
      '/programme.html': (q, a) => {
        a.raw('HTTP/1.1 200 x\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n');
        const drip = setInterval(() => a.raw('.'), 100);
        a.socket.on('close', () => clearInterval(drip));
      },
    }) },
  { id: 'never-answers', rows: [37], expect: { programme: 'not-checked' },
    handle: (q, a) => (q.path === '/programme.pdf' ? undefined : home(q, a)) },
  { id: 'odd-headers', rows: [36], expect: YES,
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => a.file(pdf(), 'application/pdf; ' + 'a;'.repeat(3000), { 'x-long': 'y'.repeat(20000) }),
    }) },
  { id: 'empty-answer', rows: [38], expect: { programme: 'not-checked', order: 'not-checked' },
    handle: simple(link('/programme.pdf', PROGRAMME) + link('/order.pdf', ORDER), {
      '/programme.pdf': (q, a) => a.file(Buffer.alloc(0), 'application/pdf'),
      '/order.pdf': (q, a) => a.send(204, { 'content-length': null }, ''),
    }) },
  { id: 'suspended', rows: [39], expect: { programme: 'not-checked' },
    handle: (q, a) => a.html('<title>Хостинг</title><h1>Сайт заблокирован</h1><p>Действие хостинга приостановлено: услуга не оплачена.</p>') },
  { id: 'tls-good', rows: [], tls: 'good', onlyTls: true, url: 'https://tls-good.town.test:8443/', expect: YES, handle: home },
  { id: 'tls-incomplete', rows: [40], tls: 'incomplete', onlyTls: true, url: 'https://tls-incomplete.town.test:8443/', expect: YES, handle: home },
  { id: 'tls-expired', rows: [42], tls: 'expired', onlyTls: true, url: 'https://tls-expired.town.test:8443/', expect: YES, handle: home },
  { id: 'tls-other-host', rows: [42], tls: 'other', onlyTls: true, url: 'https://tls-other-host.town.test:8443/', expect: YES, handle: home },
  { id: 'tls-self', rows: [42], tls: 'self', onlyTls: true, url: 'https://tls-self.town.test:8443/', expect: YES, handle: home },
  { id: 'tls-old', rows: [44], tls: 'good', onlyTls: true, url: 'https://tls-old.town.test:8443/',
    tlsOptions: { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' },
    expect: { programme: 'not-checked' }, handle: home },
  { id: 'tired-of-connections', rows: [], expect: YES,
    // A kept connection is closed just when it is used again.
    handle: (q, a) => (q.nth > 1 ? a.drop() : simple(link('/documents/', 'Документы'), {
      '/documents/': (r, b) => b.html(page('Документы', link('/programme.pdf', PROGRAMME))),
    })(q, a)) },
  { id: 'dead', rows: [], dead: true, expect: { programme: 'not-checked' }, handle: home },
];
