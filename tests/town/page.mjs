// The pages that the sites of the town have in common.
import { pdf } from './files.mjs';

// The links that the checklist looks for, as a school would name them.
export const PROGRAMME = 'Программа повышения качества образования';
export const ORDER = 'Приказ об утверждении программы повышения качества образования';

// So many questions to others show that a slow site holds nobody up.
export const OTHERS = 20;

// windows-1251, for letters and ASCII.
export function cp1251(text) {
  return Buffer.from([...text].map((c) => {
    const code = c.codePointAt(0);
    if (code < 128) return code;
    if (c === 'Ё') return 0xa8;
    if (c === 'ё') return 0xb8;
    if (c === '«') return 0xab;
    if (c === '»') return 0xbb;
    if (c === '№') return 0xb9;
    if (c === '\u00a0') return 0xa0;
    if (code >= 0x410 && code <= 0x44f) return code - 0x410 + 0xc0;
    throw new Error(`no such letter in windows-1251: ${c}`);
  }));
}

const filler = 'Наша школа работает с 1965 года. Здесь учатся дети из четырёх сёл, а учителя знают каждого по имени. ' +
  'На сайте публикуются новости, расписание занятий, сведения об образовательной организации и документы. ' +
  'Приём граждан директором проходит по вторникам и четвергам, запись по телефону приёмной.';

export function page(title, body, head = '<meta charset="utf-8">') {
  return `<!DOCTYPE html><html lang="ru"><head>${head}<title>${title}</title></head><body>` +
    `<header><nav><a href="/">Главная</a> <a href="/news/">Новости</a></nav></header><main>${body}<p>${filler}</p></main></body></html>`;
}

export const link = (href, text) => `<p><a href="${href}">${text}</a></p>`;

// A site whose home page is `body` and which has the programme at /programme.pdf.
export function simple(body, more = {}) {
  return (q, a) => {
    const found = more[q.path];
    if (found) return found(q, a);
    if (q.path === '/') return a.html(page('Школа', body));
    if (q.path === '/news/') return a.html(page('Новости', '<h1>Новости</h1><p>Прошёл день открытых дверей.</p>'));
    if (q.path === '/programme.pdf') return a.file(pdf(), 'application/pdf');
    return a.missing();
  };
}
