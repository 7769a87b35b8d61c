// The markup of order 1493: rows 50, 60 to 62 and 72 of the table. It is looked
// for in a visit of its own, since the order holds from another day on.
import { link, page, simple } from './page.mjs';

const PATH = '/sveden/common';
const sveden = (body, more = {}) => simple(link(PATH, 'Основные сведения'), {
  [PATH]: (q, a) => a.html(page('Основные сведения', `<h1>Основные сведения</h1>${body}`)),
  ...more,
});
const NAME = 'Муниципальная школа';

export const markup = [
  { id: 'markup-plain', rows: [62], markup: {
    'common': 'yes', 'common.fullName': 'yes', 'common.uchredLaw.nameUchred': 'yes', 'common.telephone': 'no' },
  handle: sveden(`<p itemprop="fullName">${NAME}</p><div itemprop="uchredLaw"><div><b itemprop="nameUchred">Город</b></div></div>`) },
  { id: 'markup-quotes', rows: [60], markup: { 'common.fullName': ['yes', 'quotes'] },
    handle: sveden(`<p itemprop=”fullName”>${NAME}</p>`) },
  { id: 'markup-case', rows: [61], markup: { 'common.fullName': ['yes', 'capitals'] },
    handle: sveden(`<p itemprop="FULLNAME">${NAME}</p>`) },
  { id: 'markup-two-words', rows: [61], markup: { 'common.fullName': ['yes', 'quotes'], 'common.shortName': ['yes', 'quotes'] },
    handle: sveden(`<p itemprop = " fullName  shortName ">${NAME}</p>`) },
  { id: 'markup-orphan', rows: [62], markup: { 'common.uchredLaw.nameUchred': 'defective' },
    handle: sveden('<div itemprop="uchredLaw">Город</div><b itemprop="nameUchred">Город</b>') },
  { id: 'markup-script', rows: [50], markup: { 'common.fullName': 'no' },
    handle: sveden(`<p id="n">${NAME}</p><script>document.getElementById('n').setAttribute('itemprop', 'fullName')</script>`) },
  { id: 'markup-absent', rows: [72], markup: { 'common.shortName': 'not-applicable', 'common.fullName': 'yes' },
    handle: sveden(`<p itemprop="fullName">${NAME}</p><p itemprop="shortName">отсутствует</p>`) },
  { id: 'markup-add', rows: [62], markup: { 'common.fullName': 'yes' },
    handle: sveden('<a itemprop="addRef" href="/more">Ещё сведения</a>', {
      '/more': (q, a) => a.html(page('Ещё', `<p itemprop="fullName">${NAME}</p>`)),
    }) },
  { id: 'markup-empty', rows: [62], markup: { 'common.fullName': 'defective' },
    handle: sveden('<p itemprop="fullName"></p>') },
];
