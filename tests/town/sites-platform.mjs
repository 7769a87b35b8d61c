// Platforms that schools use, and markup: part 9 and rows 60 to 62 of the table.
import { ORDER, PROGRAMME, cp1251, link, page, simple } from './page.mjs';
import { docx, pdf } from './files.mjs';

const BOTH = { programme: 'yes', order: 'yes' };
const as = (bytes, type = 'application/pdf') => (q, a) => a.file(bytes, type);

export const platforms = [
  { id: 'gosweb', rows: [], expect: BOTH,
    handle: simple(link('/svedeniya-ob-obrazovatelnoy-organizatsii/', 'Сведения об образовательной организации'), {
      '/svedeniya-ob-obrazovatelnoy-organizatsii/': (q, a) => a.html(page('Сведения',
        link('/svedeniya-ob-obrazovatelnoy-organizatsii/dokumenty/', 'Документы'))),
      '/svedeniya-ob-obrazovatelnoy-organizatsii/dokumenty/': (q, a) => a.html(page('Документы',
        `<h2>Качество образования</h2>${link('/netcat_files/32/2345/programma.pdf', PROGRAMME)}${link('/netcat_files/32/2345/prikaz.pdf', ORDER)}`)),
      '/netcat_files/32/2345/programma.pdf': as(pdf()),
      '/netcat_files/32/2345/prikaz.pdf': as(pdf('Приказ об утверждении программы')),
    }) },
  { id: 'ucoz', rows: [], expect: { programme: 'yes' },
    handle: (q, a) => {
      const old = (title, body) => cp1251(`<html><head><meta http-equiv="content-type" content="text/html; charset=windows-1251"><title>${title}</title></head>` +
        `<body bgcolor="#ffffff"><table width="100%"><tr><td><a href="/index/dokumenty/0-5">Документы</a></td><td>${body}</td></tr></table><script src="/ads.js"></script></body></html>`);
      if (q.path === '/') return a.file(old('Школа', 'Добро пожаловать на наш сайт!'), 'text/html');
      if (q.path === '/index/dokumenty/0-5') return a.file(old('Документы', `<font size=2><a href="/doc/programma.docx">${PROGRAMME}</a></font>`), 'text/html');
      if (q.path === '/doc/programma.docx') return a.file(docx(PROGRAMME));
      return a.missing();
    } },
  { id: 'cards', rows: [24], expect: { programme: 'yes' },
    handle: simple(link('/documents/', 'Документы'), {
      '/documents/': (q, a) => a.html(page('Документы', link('/documents/118/', PROGRAMME))),
      '/documents/118/': (q, a) => a.html(page(PROGRAMME, `<h1>${PROGRAMME}</h1><a class="file" href="/media/118/original.pdf">Открыть файл (PDF, 1 МБ)</a>`)),
      '/media/118/original.pdf': as(pdf()),
    }) },
  { id: 'bitrix', rows: [], expect: { programme: 'yes' },
    handle: simple(link('/about/docs/', 'Документы'), {
      '/about/docs/': (q, a) => a.html(page('Документы', link('/upload/iblock/1a2/1a2b3c.pdf', PROGRAMME))),
      '/upload/iblock/1a2/1a2b3c.pdf': as(pdf()),
    }) },
  { id: 'wordpress', rows: [], expect: { programme: 'yes' },
    handle: simple(link('/?page_id=12', 'Документы'), {
      '/': (q, a) => a.html(q.query.includes('page_id=12')
        ? page('Документы', link('/wp-content/uploads/2022/03/programma.pdf', PROGRAMME))
        : page('Школа', link('/?page_id=12', 'Документы'))),
      '/wp-content/uploads/2022/03/programma.pdf': as(pdf()),
    }) },
];
