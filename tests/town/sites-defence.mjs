// Bot walls, bans, robots.txt: rows 45 to 48 of the table, and RFC 9309.
import { PROGRAMME, cp1251, link, page, simple } from './page.mjs';

const YES = { programme: 'yes' };
const home = simple(link('/programme.pdf', PROGRAMME));

export const defences = [
  { id: 'ddos-guard', rows: [45], expect: { programme: ['not-checked', 'keeps programs out'] },
    handle: (q, a) => a.send(403, { 'content-type': 'text/html; charset=utf-8', server: 'ddos-guard' },
      '<html><head><title>DDOS-GUARD</title><script src="/.well-known/ddos-guard/check?context=free_splash"></script></head><body><div id="ddg"></div></body></html>') },
  { id: 'cloudflare', rows: [45], expect: { programme: ['not-checked', 'keeps programs out'] },
    handle: (q, a) => a.send(403, { 'content-type': 'text/html; charset=utf-8', server: 'cloudflare' },
      '<html><head><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></head><body></body></html>') },
  { id: 'bot-wall', rows: [45], expect: { programme: ['not-checked', 'keeps programs out'] },
    handle: (q, a) => a.html('<!DOCTYPE html><html><head><title>Проверка браузера</title><script>document.cookie="x=1";location.reload()</script></head><body><noscript>Включите JavaScript</noscript></body></html>') },
  { id: 'ban', rows: [46], slow: true, expect: { programme: ['not-checked', 'stopped answering'], order: 'not-checked' }, log: { '/programme.pdf': { outcome: 'blocked' } },
    handle: (() => {
      let asked = 0;
      return (q, a) => {
        if (++asked > 4) return a.drop();
        const news = Array.from({ length: 12 }, (_, i) => link(`/news/${i}/`, `Новость ${i}`)).join('');
        if (q.path === '/') return a.html(page('Школа', news + link('/documents/', 'Документы')));
        return q.path === '/documents/' ? a.html(page('Документы', link('/programme.pdf', PROGRAMME))) : a.missing();
      };
    })() },
  { id: 'provider-stub', rows: [48], expect: { programme: ['not-checked', 'keeps programs out'] },
    handle: (q, a) => a.html('<title>Доступ ограничен</title><h1>Доступ к ресурсу ограничен</h1><p>Доступ к информационному ресурсу ограничен на основании Федерального закона</p>') },
  { id: 'robots-allows', rows: [], expect: YES, robots: 'User-agent: *\nDisallow: /admin/\n', forbidden: /^\/admin\//,
    handle: simple(link('/programme.pdf', PROGRAMME) + link('/admin/documents/', 'Документы')) },
  { id: 'robots-forbids', rows: [], expect: { programme: ['not-checked', 'robots.txt'] }, robots: 'User-agent: *\nDisallow: /\n',
    forbidden: /./, handle: home },
  { id: 'robots-forbids-file', rows: [], expect: { programme: 'not-checked' },
    robots: 'User-agent: *\nDisallow: /*.pdf$\n', forbidden: /\.pdf$/, handle: home },
  { id: 'robots-1251', rows: [68], expect: { programme: 'not-checked' },
    robots: (q, a) => a.file(cp1251('User-agent: *\r\nDisallow: /документы/\r\n'), 'text/plain'),
    forbidden: /^\/%D0%B4/, handle: simple(link('/документы/programme.pdf', PROGRAMME)) },
  { id: 'robots-long', rows: [68], expect: { programme: 'not-checked' },
    robots: 'User-agent: *\n' + Array.from({ length: 3000 }, (_, i) => `Disallow: /old/${i}/`).join('\n') + '\nDisallow: /programme.pdf\n',
    forbidden: /^\/(programme\.pdf|old\/)/, handle: home },
  { id: 'robots-tail', rows: [68], expect: { programme: ['not-checked', 'robots.txt'] },
    // The tail of a line, were it a line, would allow what is forbidden.
    robots: `User-agent: *\nDisallow: /programme\nDisallow: /${'x'.repeat(16663 - 11)}Allow: /programme.pdf\n# ${'y'.repeat(65534)}Allow: /programme.pdf\n`,
    forbidden: /^\/programme/, handle: home },
  { id: 'robots-failing', slow: true, rows: [], expect: { programme: 'not-checked' }, robots: (q, a) => a.send(503, {}, ''),
    forbidden: /./, handle: home },
  { id: 'robots-slow', rows: [], expect: { programme: ['not-checked', 'longer pauses'] }, robots: 'User-agent: *\nCrawl-delay: 3600\n',
    forbidden: /./, handle: home },
];
