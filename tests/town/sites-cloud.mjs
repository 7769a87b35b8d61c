// Documents that lie elsewhere: rows 54 to 56 and 59 of the table. The hosts of
// the clouds are in town too, at their usual port.
import { ORDER, PROGRAMME, link, page, simple } from './page.mjs';
import { pdf } from './files.mjs';

const cloud = (host, handle, others) => ({
  id: host, school: false, rows: [], host, others, port: 8443, tls: 'good', onlyTls: true, handle,
});
const html = (title, text) => (q, a) => a.html(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${title}</title></head><body><p>${text}</p></body></html>`);

const inFolder = ['Отчёт.pdf', 'Приказ.pdf'].map((name) => ({ name, type: 'file', size: 77, md5: 'a'.repeat(32), modified: '2022-09-05T10:00:00+00:00' }));
const folder = JSON.stringify({ _embedded: { items: inFolder, limit: 20, total: 25 }, name: 'Программа', type: 'dir' });
const disk = JSON.stringify({ name: 'программа.pdf', type: 'file', size: 1234, md5: '0'.repeat(32), modified: '2022-09-05T10:00:00+00:00' });

export const clouds = [
  { id: 'yandex-disk', rows: [54], expect: { programme: ['yes', `on the disk: программа.pdf (1234 B, MD5 ${'0'.repeat(32)})`] },
    handle: simple(link('https://disk.yandex.ru/i/there', PROGRAMME)) },
  { id: 'yandex-folder', rows: [54], expect: { programme: ['yes', `in the folder on the disk, 25 in all: Отчёт.pdf (77 B, MD5 ${'a'.repeat(32)}), Приказ.pdf`] },
    handle: simple(link('https://disk.yandex.ru/d/folder', PROGRAMME)) },
  { id: 'yandex-gone', rows: [54], expect: { programme: ['defective', 'no such file'] }, log: { '%2Fi%2Fgone': { status: 404, role: 'cloud' } },
    handle: simple(link('https://disk.yandex.ru/i/gone', PROGRAMME)) },
  // One interface for all schools, asked as slowly as one site.
  ...['a', 'b', 'c'].map((name) => ({ id: `yandex-${name}`, rows: [54], expect: { programme: ['yes', 'another site'] },
    handle: simple(link(`https://disk.yandex.ru/i/there-${name}`, PROGRAMME)) })),
  { id: 'yandex-list', rows: [54], expect: { programme: ['yes', 'another site'] },
    handle: simple(Array.from({ length: 20 }, (_, i) => link(`https://disk.yandex.ru/i/there-list-${i}`, PROGRAMME)).join('')) },
  { id: 'google-closed', rows: [55], expect: { programme: ['defective', 'after logging in'] },
    handle: simple(link('https://drive.google.com/file/d/closed/view', PROGRAMME)) },
  { id: 'google-open', rows: [55], expect: { programme: ['yes', 'another site'] }, log: { 'uc?export=download&id=open': { status: 200 } },
    handle: simple(link('https://drive.google.com/file/d/open/view?usp=sharing', PROGRAMME)) },
  { id: 'google-open-id', rows: [55], expect: { programme: ['yes', 'another site'] },
    handle: simple(link('https://drive.google.com/open?id=open', PROGRAMME)) },
  { id: 'google-silent', rows: [55], expect: { programme: ['not-checked', 'cloud'] }, log: { 'uc?export=download&id=silent': { status: 200 } },
    handle: simple(link('https://drive.google.com/file/d/silent/view', PROGRAMME)) },
  { id: 'mail-cloud', rows: [55, 56], expect: { programme: ['not-checked', 'cloud'] },
    handle: simple(link('https://cloud.mail.ru/public/abcd/efgh', PROGRAMME)) },
  { id: 'vk-document', rows: [56], expect: { programme: ['yes', 'another site'] },
    handle: simple(link('https://vk.com/doc-1_2', PROGRAMME)) },
  { id: 'off-site-file', rows: [56], expect: { programme: ['yes', 'another site'] },
    handle: simple(link('http://plain.town.test:8080/programme.pdf', PROGRAMME)) },
  { id: 'dead-link', rows: [], expect: { programme: ['defective', 'site that does not exist'], order: 'no' },
    handle: simple(link('http://no-such-host.invalid/programme.pdf', PROGRAMME)) },
  { id: 'signature', rows: [59], expect: { programme: ['yes', 'signature'] },
    handle: simple(link('/programme.pdf', PROGRAMME) + link('/programme.pdf.sig', 'Электронная подпись'), {
      '/programme.pdf.sig': (q, a) => a.file(Buffer.from('3080060a', 'hex'), 'application/pgp-signature'),
    }) },
  { id: 'two-places', rows: [21], aliases: 'old.two-places.test|Вторая школа', others: ['old.two-places.test'],
    expect: { programme: 'yes' },
    handle: (q, a) => q.headers.host.startsWith('old.')
      ? simple(link('/programme.pdf', PROGRAMME))(q, a)
      : a.html(page('Школа', link('http://old.two-places.test:8080/documents/', 'Документы прежнего сайта') +
        link('http://old.two-places.test:8080/programme.pdf', PROGRAMME))) },
  { id: 'moved', rows: [26], log: { 'test:8080/': { chain: '302 http://moved-here.test:8080/' } }, others: ['moved-here.test'], expect: { programme: 'yes' },
    handle: (q, a) => q.headers.host.startsWith('moved-here')
      ? simple('<h1>Школа «moved»</h1>' + link('/programme.pdf', PROGRAMME))(q, a)
      : a.redirect('http://moved-here.test:8080/') },
  { id: 'refuses', rows: [47], expect: { programme: ['not-checked', 'refuses access'] },
    handle: (q, a) => a.send(403, { 'content-type': 'text/html; charset=utf-8' }, '<h1>Доступ из вашей страны закрыт</h1>') },
  { id: 'order-elsewhere', rows: [54], expect: { order: ['not-checked', ''] },
    handle: simple(link('https://drive.google.com/file/d/silent/view', ORDER)) },

  cloud('cloud-api.yandex.net', (q, a) => decodeURIComponent(q.query).includes('/d/folder')
    ? a.file(Buffer.from(folder), 'application/json')
    : decodeURIComponent(q.query).includes('/i/there')
    ? a.file(Buffer.from(disk), 'application/json')
    : a.send(404, { 'content-type': 'application/json' }, '{"error":"DiskNotFoundError"}')),
  cloud('drive.google.com', (q, a) => q.path.includes('closed')
    ? html('Google Диск', 'Вам нужно разрешение. Запросите доступ или войдите в другой аккаунт.')(q, a)
    : q.target === '/uc?export=download&id=open' ? a.file(pdf(), 'application/octet-stream')
    : html('Google Drive', 'Loading')(q, a)),
  cloud('cloud.mail.ru', html('Облако', 'Загрузка')),
  cloud('vk.com', html('ВКонтакте', 'Документ')),
];
