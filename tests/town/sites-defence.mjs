// Bot walls, bans, robots.txt: rows 45 to 48 of the table, and RFC 9309.
import { PROGRAMME, cp1251, link, page, simple } from './page.mjs';

const YES = { programme: 'yes' };
const home = simple(link('/programme.pdf', PROGRAMME));

export const defences = [
  { id: 'bot-wall', rows: [45], expect: { programme: 'not-checked' },
    handle: (q, a) => a.html('<!DOCTYPE html><html><head><title>Проверка браузера</title><script>document.cookie="x=1";location.reload()</script></head><body><noscript>Включите JavaScript</noscript></body></html>') },
  { id: 'ban', rows: [46], expect: { programme: 'not-checked', order: 'not-checked' },
    handle: (() => {
      let asked = 0;
      return (q, a) => {
        if (++asked > 4) return a.drop();
        const news = Array.from({ length: 12 }, (_, i) => link(`/news/${i}/`, `Новость ${i}`)).join('');
        if (q.path === '/') return a.html(page('Школа', news + link('/documents/', 'Документы')));
        return q.path === '/documents/' ? a.html(page('Документы', link('/programme.pdf', PROGRAMME))) : a.missing();
      };
    })() },
  { id: 'provider-stub', rows: [48], expect: { programme: 'not-checked' },
    handle: (q, a) => a.html('<title>Доступ ограничен</title><h1>Доступ к ресурсу ограничен</h1><p>Доступ к информационному ресурсу ограничен на основании Федерального закона</p>') },
  { id: 'robots-allows', rows: [], expect: YES, robots: 'User-agent: *\nDisallow: /admin/\n', forbidden: /^\/admin\//,
    handle: simple(link('/programme.pdf', PROGRAMME) + link('/admin/documents/', 'Документы')) },
  { id: 'robots-forbids', rows: [], expect: { programme: 'not-checked' }, robots: 'User-agent: *\nDisallow: /\n',
    forbidden: /./, handle: home },
  { id: 'robots-forbids-file', rows: [], expect: { programme: 'not-checked' },
    robots: 'User-agent: *\nDisallow: /*.pdf$\n', forbidden: /\.pdf$/, handle: home },
  { id: 'robots-1251', rows: [68], expect: { programme: 'not-checked' },
    robots: (q, a) => a.file(cp1251('User-agent: *\r\nDisallow: /документы/\r\n'), 'text/plain'),
    forbidden: /^\/%D0%B4/, handle: simple(link('/документы/programme.pdf', PROGRAMME)) },
  { id: 'robots-long', rows: [68], expect: { programme: 'not-checked' },
    robots: 'User-agent: *\n' + Array.from({ length: 3000 }, (_, i) => `Disallow: /old/${i}/`).join('\n') + '\nDisallow: /programme.pdf\n',
    forbidden: /^\/(programme\.pdf|old\/)/, handle: home },
  { id: 'robots-failing', rows: [], expect: { programme: 'not-checked' }, robots: (q, a) => a.send(503, {}, ''),
    forbidden: /./, handle: home },
  { id: 'robots-slow', rows: [], expect: { programme: 'not-checked' }, robots: 'User-agent: *\nCrawl-delay: 3600\n',
    forbidden: /./, handle: home },
];
