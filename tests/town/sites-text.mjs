// Encodings and letters: rows 1 to 8 of the table.
import { PROGRAMME, cp1251, link, page, simple } from './page.mjs';
import { pdf } from './files.mjs';

const YES = { programme: 'yes', order: 'no' };
const CONFLICT = { programme: ['yes', 'wrong encoding'], order: 'no' };

// The home page in windows-1251, with this Content-Type and this head.
const in1251 = (type, head) => (q, a) => {
  if (q.path === '/') return a.file(cp1251(page('Школа', link('/programme.pdf', PROGRAMME), head)), type);
  if (q.path === '/programme.pdf') return a.file(pdf(), 'application/pdf');
  return a.missing();
};

export const text = [
  { id: 'plain', rows: [], expect: YES, handle: simple(link('/programme.pdf', PROGRAMME)) },
  { id: 'cp1251-undeclared', rows: [1, 5], expect: YES, evidence: { charset_rule: 'windows-1251, guess' }, handle: in1251('text/html', '') },
  { id: 'cp1251-as-utf8', rows: [2], expect: CONFLICT, evidence: { charset_rule: 'windows-1251, meta' },
    handle: in1251('text/html; charset=utf-8', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">') },
  { id: 'cp1251-as-latin1', rows: [1], expect: CONFLICT, evidence: { charset_rule: 'windows-1251, guess' }, handle: in1251('text/html; charset=iso-8859-1', '') },
  { id: 'charset-of-redirect', rows: [3], expect: YES, evidence: { charset_rule: 'utf-8, utf-8' },
    handle: simple('', {
      '/': (q, a) => a.redirect('/home', { 'content-type': 'text/html; charset=windows-1251' }),
      '/home': (q, a) => a.send(200, { 'content-type': 'text/html' },
        page('Школа', link('/programme.pdf', PROGRAMME), '')),
    }) },
  { id: 'meta-late', rows: [4], expect: YES, evidence: { charset_rule: 'windows-1251, meta-late' },
    handle: in1251('text/html', `<!--${'.'.repeat(2000)}--><meta charset="windows-1251">`) },
  { id: 'meta-in-title', rows: [4], expect: CONFLICT, evidence: { charset_rule: 'windows-1251, guess' },
    handle: in1251('text/html', '<title><meta charset="utf-8"></title>') },
  { id: 'odd-letters', rows: [6], expect: YES,
    // soft hyphens, no-break spaces, a Latin o and p, й of two characters
    handle: simple(link('/programme.pdf',
      'Про\u00adграмма\u00a0пoвышения качества обpазования в основнои\u0306 школе')) },
  { id: 'binary-page', rows: [7], expect: { programme: ['defective', 'another kind: binary'] },
    handle: simple(link('/programme.html', PROGRAMME), {
      '/programme.html': (q, a) => a.file(Buffer.concat([Buffer.alloc(64), Buffer.from('MZ')]), 'text/html'),
    }) },
  { id: 'utf16', rows: [8], expect: YES, evidence: { charset_rule: 'utf-16le, bom' },
    handle: simple('', {
      '/': (q, a) => a.file(Buffer.from('\ufeff' + page('Школа', link('/programme.pdf', PROGRAMME), ''), 'utf16le'), 'text/html'),
    }) },
];
