// Answers of servers, and TLS: rows 23 to 44 of the table.
import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import { NAMED } from './certificates.mjs';
import { OTHERS, ORDER, PROGRAMME, link, page, simple } from './page.mjs';
import { docx, pdf } from './files.mjs';

const YES = { programme: 'yes' };
const UNVERIFIED = { programme: ['yes', 'the certificate was not verified'] };
const file = (q, a) => a.file(pdf(), 'application/pdf');
const home = simple(link('/programme.pdf', PROGRAMME));
const card = (body) => page('Документ', `<h1>Карточка документа</h1>${body}`);

// The bounds of a page, and a document over what is kept of one.
const PAGE_MOST = 8 << 20;
const LARGE = Buffer.concat([pdf(), Buffer.alloc(20 << 20, 'comment ')]);
// Made before anybody asks: meanwhile the town would stand still.
const BOMB = zlib.gzipSync(Buffer.alloc(64 << 20));
const PACKED = zlib.gzipSync(Buffer.alloc(32 << 20, 'x'));
const hash = (name, bytes) => createHash(name).update(bytes).digest('hex');

function endless(a, fields) {
  a.raw(`HTTP/1.1 200 x\r\nContent-Type: text/html\r\n${fields}\r\n<p>`);
  const more = () => {
    while (!a.socket.destroyed && a.socket.write('x'.repeat(65536)));
  };
  a.socket.on('drain', more);
  more();
}

const flaky = (times, refuse) => {
  let left = times;
  return (q, a) => (q.path === '/programme.pdf' && left-- > 0 ? refuse(q, a) : home(q, a));
};

export const answers = [
  { id: 'soft-404', rows: [23], expect: { programme: ['defective', 'says "not found"'] },
    handle: (q, a) => q.path === '/'
      ? a.html(page('Школа', link('/programme.pdf', PROGRAMME)))
      : a.html(page('Ничего нет', '<h1>Страница не найдена</h1><p>Такой страницы у нас больше нет, вернитесь на главную.</p>')) },
  { id: 'soft-404-home', rows: [23], expect: { programme: ['defective', 'ends at the home page'] },
    handle: (q, a) => q.path === '/' ? home(q, a) : a.redirect('/') },
  { id: 'file-card', rows: [24], expect: { programme: ['yes', 'behind a page of its own'] },
    handle: simple(link('/item/7/', PROGRAMME), {
      '/item/7/': (q, a) => a.html(card(link('/files/7.pdf', 'Скачать'))),
      '/files/7.pdf': file,
    }) },
  { id: 'login-page', rows: [24], expect: { programme: ['defective', 'after logging in'] },
    handle: simple(link('/secret.pdf', PROGRAMME), {
      '/secret.pdf': (q, a) => a.html(page('Вход', '<form><input name="login"><input type="password"></form><p>Войдите, чтобы продолжить</p>')),
    }) },
  { id: 'wrong-type', rows: [24], expect: YES,
    handle: simple(link('/get?id=5', PROGRAMME), { '/get': (q, a) => a.file(docx(PROGRAMME), 'text/html') }) },
  { id: 'cookie-loop', rows: [25], expect: YES,
    handle: (q, a) => q.cookie.includes('seen=1') ? home(q, a) : a.redirect(q.target, { 'set-cookie': 'seen=1; Path=/' }) },
  { id: 'endless-redirect', rows: [25], expect: { programme: ['not-checked', 'Redirected without end'] }, log: { 'test:8080/': { outcome: 'loop' } },
    handle: (q, a) => a.redirect(q.path === '/a' ? '/b' : '/a') },
  { id: 'lost-domain', rows: [26], expect: { programme: ['not-checked', 'leads to another site'] }, evidence: { chain: '302 http://furniture.town.test:8080/' },
    handle: (q, a) => a.redirect('http://furniture.town.test:8080/') },
  { id: 'furniture', school: false, rows: [],
    handle: (q, a) => a.html(page('Мебель', '<h1>Мебель на заказ</h1><p>Кухни, шкафы и столы от производителя</p>')) },
  { id: 'lost-to-casino', rows: [26], expect: { programme: ['not-checked', 'switched off'] },
    handle: (q, a) => a.redirect('http://casino.town.test:8080/') },
  { id: 'casino', school: false,
    handle: (q, a) => a.html(page('Казино', '<h1>Казино онлайн</h1><p>Бонусы и слоты</p>')) },
  { id: 'no-head', rows: [27], expect: YES,
    handle: (q, a) => q.method === 'HEAD' ? a.send(405, {}, '') : home(q, a) },
  { id: 'rate-once', rows: [28, 29], expect: YES,
    handle: flaky(1, (q, a) => a.send(429, { 'retry-after': '1' }, '')) },
  { id: 'rate-date', rows: [29], expect: YES, log: { '/programme.pdf': { attempt: 2 } },
    handle: flaky(1, (q, a) => a.send(503, { date: new Date(1e12).toUTCString(), 'retry-after': new Date(1e12 + 1000).toUTCString() }, '')) },
  { id: 'rate-huge', rows: [29], slow: true, expect: YES, log: { '/programme.pdf': { attempt: 2 } },
    handle: flaky(1, (q, a) => a.send(429, { 'retry-after': '9'.repeat(40) }, '')) },
  { id: 'rate-odd', rows: [29], expect: YES,
    handle: flaky(1, (q, a) => a.send(503, { 'retry-after': '-99999999999999999999' }, '')) },
  { id: 'rate-always', rows: [28], slow: true, expect: { programme: ['not-checked', 'not to come so often'] }, log: { '/programme.pdf': { outcome: 'rate', status: 429 } },
    handle: flaky(1e9, (q, a) => a.send(429, { 'retry-after': '86400' }, '')) },
  { id: 'short-body', rows: [30], expect: { programme: ['not-checked', 'only in part'] }, log: { '/programme.pdf': { outcome: 'cut', truncated: 'disconnect', attempt: 2 } },
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => {
        a.raw('HTTP/1.1 200 x\r\nContent-Type: application/pdf\r\nContent-Length: 100000\r\n\r\n%PDF-1.4\n');
        a.close();
      },
    }) },
  { id: 'long-body', rows: [30], expect: YES,
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => {
        a.raw(Buffer.concat([Buffer.from(`HTTP/1.1 200 x\r\nContent-Type: application/pdf\r\nContent-Length: ${pdf().length}\r\n\r\n`), pdf(), Buffer.alloc(3000, 'x')]));
        a.close();
      },
    }) },
  { id: 'broken-chunks', rows: [30], expect: { programme: ['not-checked', 'cannot be read'] }, log: { '/programme.pdf': { truncated: 'disconnect' } },
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
  { id: 'not-gzip', rows: [32], expect: YES, log: { 'test:8080/': { note: 'not packed as said' } },
    handle: simple('', { '/': (q, a) => a.html(page('Школа', link('/programme.pdf', PROGRAMME)), { 'content-encoding': 'gzip' }) }) },
  { id: 'raw-deflate', rows: [32], expect: YES, log: { 'test:8080/': { note: 'raw deflate' } },
    handle: simple('', {
      '/': (q, a) => a.send(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'deflate' },
        zlib.deflateRawSync(page('Школа', link('/programme.pdf', PROGRAMME)))),
    }) },
  { id: 'double-gzip', rows: [32], expect: YES, log: { 'test:8080/': { note: 'packed twice' } },
    handle: simple('', {
      '/': (q, a) => a.send(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' },
        zlib.gzipSync(zlib.gzipSync(page('Школа', link('/programme.pdf', PROGRAMME))))),
    }) },
  { id: 'bomb', rows: [33], expect: { programme: ['not-checked', 'unpacks without end'] }, log: { '/programme.pdf': { outcome: 'bomb', truncated: 'length', bytes: /^\d{6,7}$/ } },
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => a.file(BOMB, 'application/pdf', { 'content-encoding': 'gzip' }),
    }) },
  { id: 'endless-page', rows: [34, 35], expect: { programme: ['not-checked', 'only the beginning'] }, log: { '/programme.html': { truncated: 'length', bytes: PAGE_MOST } },
    handle: simple(link('/programme.html', PROGRAMME), {
      '/programme.html': (q, a) => {
        endless(a, '');
      },
    }) },
  { id: 'slow-drip', rows: [34], timed: { programme: ['not-checked', 'does not answer in time', 'only the beginning'] }, log: { '/programme.html': { outcome: /slow|time/, truncated: 'time' } },
    handle: simple(link('/programme.html', PROGRAMME), {
      '/programme.html': (q, a) => {
        a.raw('HTTP/1.1 200 x\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n');
        const drip = setInterval(() => a.raw('.'), 100);
        a.socket.on('close', () => clearInterval(drip));
      },
    }) },
  { id: 'never-answers', rows: [37], timed: { programme: ['not-checked', 'does not answer in time'] }, log: { '/programme.pdf': { outcome: 'first-byte', attempt: 3 } },
    handle: (q, a) => (q.path === '/programme.pdf' ? undefined : home(q, a)) },
  // The whole answer, or its end, comes when others have been asked.
  { id: 'late', rows: [], slow: true, late: '/programme.pdf', expect: YES,
    handle: (q, a) => (q.path === '/programme.pdf' ? a.afterOthers(OTHERS, () => file(q, a)) : home(q, a)) },
  { id: 'late-drip', rows: [], slow: true, late: '/programme.pdf', expect: YES,
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => {
        const left = [...pdf()];
        a.raw(`HTTP/1.1 200 x\r\nContent-Type: application/pdf\r\nContent-Length: ${left.length}\r\nConnection: close\r\n\r\n`);
        const drip = setInterval(() => a.raw(Buffer.from(left.splice(0, 1))), 100);
        a.socket.on('close', () => clearInterval(drip));
        a.afterOthers(OTHERS, () => {
          clearInterval(drip);
          a.raw(Buffer.from(left));
          a.close();
        });
      },
    }) },
  { id: 'odd-headers', rows: [36], expect: YES,
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => a.file(pdf(), 'application/pdf; ' + 'a;'.repeat(3000), { 'x-long': 'y'.repeat(20000) }),
    }) },
  { id: 'part-answer', rows: [38], expect: { programme: ['not-checked', 'empty answer'] },
    handle: simple(link('/programme.pdf', PROGRAMME), {
      '/programme.pdf': (q, a) => a.send(206, { 'content-type': 'application/pdf', 'content-range': 'bytes 0-99/5000' }, pdf().subarray(0, 100)),
    }) },
  { id: 'empty-answer', rows: [38], expect: { programme: ['not-checked', 'empty answer'], order: ['not-checked', 'empty answer'] },
    handle: simple(link('/programme.pdf', PROGRAMME) + link('/order.pdf', ORDER), {
      '/programme.pdf': (q, a) => a.file(Buffer.alloc(0), 'application/pdf'),
      '/order.pdf': (q, a) => a.send(204, { 'content-length': null }, ''),
    }) },
  { id: 'suspended', rows: [39], expect: { programme: ['not-checked', 'switched off'] },
    handle: (q, a) => a.html('<title>Хостинг</title><h1>Сайт заблокирован</h1><p>Действие хостинга приостановлено: услуга не оплачена.</p>') },
  { id: 'tls-good', rows: [], tls: 'good', onlyTls: true, url: 'https://tls-good.town.test:8443/', expect: YES, evidence: { certificate: 'ok' }, handle: home },
  { id: 'tls-incomplete', rows: [40], tls: 'incomplete', onlyTls: true, url: 'https://tls-incomplete.town.test:8443/', expect: UNVERIFIED, evidence: { certificate: 'incomplete' }, handle: home },
  { id: 'tls-expired', rows: [42], tls: 'expired', onlyTls: true, url: 'https://tls-expired.town.test:8443/', expect: UNVERIFIED, evidence: { certificate: 'expired' }, handle: home },
  { id: 'tls-other-host', rows: [42], tls: 'other', onlyTls: true, url: 'https://tls-other-host.town.test:8443/', expect: UNVERIFIED, evidence: { certificate: 'wrong-host' }, handle: home },
  { id: 'tls-self', rows: [42], tls: 'self', onlyTls: true, url: 'https://tls-self.town.test:8443/', expect: UNVERIFIED, evidence: { certificate: 'self-signed' }, handle: home },
  { id: 'tls-old', rows: [44], tls: 'good', onlyTls: true, url: 'https://tls-old.town.test:8443/',
    tlsOptions: { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' },
    expect: { programme: ['not-checked', 'No secure connection'] }, handle: home },
  // Its ciphers are none of ours, as those of GOST alone.
  { id: 'tls-gost', rows: [41], tls: 'good', onlyTls: true, url: 'https://tls-gost.town.test:8443/',
    tlsOptions: { maxVersion: 'TLSv1.2', ciphers: 'PSK-AES128-GCM-SHA256' },
    expect: { programme: ['not-checked', 'No secure connection'] }, log: { '/robots.txt': { outcome: 'tls' } }, handle: home },
  { id: 'tls-small-key', rows: [44], tls: 'small', onlyTls: true, url: 'https://tls-small-key.town.test:8443/',
    tlsOptions: { ciphers: 'ALL:@SECLEVEL=0' }, expect: UNVERIFIED, handle: home },
  // The root that no browser has is trusted for Russian domains alone.
  ...['ru', 'su', 'rf'].map((name) => ({ id: `roots-${name}`, rows: [41], tls: name, onlyTls: true, host: NAMED[name],
    url: `https://${NAMED[name]}:8443/`, expect: YES, evidence: { certificate: 'ok' }, handle: home })),
  { id: 'roots-com', rows: [41], tls: 'com', onlyTls: true, host: NAMED.com, url: `https://${NAMED.com}:8443/`,
    expect: UNVERIFIED, evidence: { certificate: 'incomplete' }, handle: home },
  { id: 'http-2', rows: [31], tls: 'good', onlyTls: true, url: 'https://http-2.town.test:8443/',
    tlsOptions: { ALPNProtocols: ['h2', 'http/1.1'] }, expect: YES,
    handle: (q, a) => (q.headers.upgrade || q.headers['http2-settings'] ? a.drop() : home(q, a)) },
  // Named without encryption, asked with it first.
  { id: 'https-too', rows: [43], tls: 'good', onlyTls: true, port: 8443, url: 'http://https-too.town.test/', expect: YES,
    evidence: { source_page: 'https://https-too.town.test/' }, handle: home },
  { id: 'http-only', rows: [43], port: 8080, url: 'http://http-only.town.test/', expect: YES,
    evidence: { source_page: 'http://http-only.town.test/' }, log: { 'https://http-only.town.test/robots.txt': { outcome: 'tls' } }, handle: home },
  // With encryption here and without there: still one host.
  { id: 'both-ways', rows: [43], tls: 'good', expect: { programme: 'yes', order: 'yes' },
    handle: simple(link('https://both-ways.town.test:8443/programme.pdf', PROGRAMME) + link('/order.pdf', ORDER), {
      '/order.pdf': (q, a) => a.file(pdf('Приказ об утверждении программы'), 'application/pdf'),
    }) },
  // Its announced length is a lie, one way or the other.
  { id: 'lying-length', rows: [35], expect: { programme: ['not-checked', 'only the beginning'], order: ['not-checked', 'unpacks without end'] },
    log: { '/programme.html': { truncated: 'length', bytes: PAGE_MOST }, '/order.html': { truncated: 'length', bytes: /^\d{6,7}$/ } },
    handle: simple(link('/programme.html', PROGRAMME) + link('/order.html', ORDER), {
      '/programme.html': (q, a) => endless(a, `Content-Length: ${10 * 2 ** 30}\r\n`),
      '/order.html': (q, a) => a.html(PACKED, { 'content-encoding': 'gzip' }),
    }) },
  { id: 'large-file', rows: [35], expect: { programme: ['yes', 'only the beginning'] },
    log: { '/programme.pdf': { outcome: 'ok', bytes: LARGE.length, truncated: 'length', sha256: hash('sha256', LARGE) } },
    handle: simple(link('/programme.pdf', PROGRAMME), { '/programme.pdf': (q, a) => a.file(LARGE, 'application/pdf') }) },
  { id: 'tired-of-connections', rows: [], expect: YES,
    // A kept connection is closed just when it is used again.
    handle: (q, a) => (q.nth > 1 ? a.drop() : simple(link('/documents/', 'Документы'), {
      '/documents/': (r, b) => b.html(page('Документы', link('/programme.pdf', PROGRAMME))),
    })(q, a)) },
  { id: 'dead', rows: [], slow: true, dead: true, expect: { programme: ['not-checked', 'No connection'] }, handle: home },
];
