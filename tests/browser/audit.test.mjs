// The audit of school sites as those whom it concerns read it: a school that
// looks for itself, the working group with its matrix, a reader on a telephone.
// The department is the demonstration, which has two rounds.
import { assert, axe, test } from './harness.mjs';

const round = '/demo/audit/2023-05-17/index.html';
const letter = '/demo/audit/2023-05-17/vechernyaya/letter/index.html';

const plain = (text) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();
const said = async (locator) => plain(await locator.innerText());
const row = (tab, name) => tab.locator('.found tr', { has: tab.getByRole('rowheader', { name, exact: true }) });

test('a school finds itself, the evidence and the letter', async ({ open }) => {
  const tab = await open('/demo/index.html');
  await tab.locator('nav.main').getByRole('link', { name: 'Аудит', exact: true }).click();
  assert.equal(await said(tab.locator('h1')), 'Проверка сайтов школ');
  await tab.locator('main ul.rows a').first().click();
  assert.match(await said(tab.locator('h1')), /17 мая 2023/);

  const mine = row(tab, 'Вечерняя школа');
  assert.match(await said(mine.getByRole('cell').first()), /^8 из 11/);
  await mine.getByRole('link').click();
  assert.equal(await said(tab.locator('h1')), 'Вечерняя школа: проверка сайта');
  assert.equal(await said(tab.locator('main h2').first()), 'Чего не хватает');
  const broken = tab.locator('li#regulations');
  assert.match(await said(broken), /Пакет регламентирующих документов.*С недостатками/);
  const facts = broken.locator('dl');
  assert.ok(!(await facts.isVisible()), 'the details are folded away');
  await broken.getByText('Доказательства').click();
  for (const name of ['Ответ сервера', 'Кодировка страницы', 'Сертификат сайта', 'Место в архиве']) {
    assert.ok(await facts.getByText(name).isVisible(), name);
  }
  await broken.getByRole('link', { name: 'Строка таблицы' }).click();
  assert.match(await said(tab.locator('tr:target')), /Вечерняя школа.*Пакет регламентирующих документов/);

  await tab.goBack();
  await tab.getByRole('link', { name: 'Письмо школе' }).click();
  const text = await said(tab.locator('article'));
  assert.match(text, /Кому: МБОУ «Вечерняя \(сменная\) школа»/);
  assert.match(text, /удалось проверить: 11; из них найдено: 8/);
  assert.match(text, /Приказ об утверждении программы\. Не найдено/);
  assert.match(text, /Кого спросить: /);
});

test('what changed leads to the item it is about', async ({ open }) => {
  const tab = await open(round);
  const broke = tab.locator('section[aria-labelledby=changes] dl').first();
  await broke.getByRole('link', { name: 'Пакет регламентирующих документов' }).click();
  assert.match(tab.url(), /vechernyaya\/index\.html#regulations$/);
  const ring = (li) => getComputedStyle(li).outlineStyle;
  assert.equal(await tab.locator('#regulations').evaluate(ring), 'solid');
});

test('the matrix is sorted and filtered, and its sums stay', async ({ open }) => {
  const tab = await open(round);
  const schools = () => tab.locator('.found tbody tr:visible th').allInnerTexts();
  const all = await schools();
  const sums = await said(tab.locator('.found tfoot'));
  await tab.getByRole('button', { name: 'План снижения рисков' }).click();
  const sorted = await schools();
  assert.notDeepEqual(sorted, all);
  assert.deepEqual([...sorted].sort(), [...all].sort());
  await tab.getByLabel('Найти в списке').first().fill('каменская');
  assert.deepEqual(await schools(), ['Каменская СОШ']);
  assert.equal(await said(tab.locator('.found tfoot')), sums);
});

test('heads that stand again keep their distance when rows are sorted or left out', async ({ open }) => {
  const tab = await open(round);
  await tab.route(`**${round}`, async (route) => {
    const html = await (await route.fetch()).text();
    let n = 0;
    const again = () => (n++ && n % 3 === 1 ? '<tr class="again" aria-hidden="true"><td>Школа</td></tr>' : '');
    const body = html.replaceAll('<tr><th scope="row"><a', (row) => again() + row);
    await route.fulfill({ body, contentType: 'text/html; charset=utf-8' });
  });
  await tab.reload();
  const kinds = () =>
    tab.locator('.found tbody tr:visible').evaluateAll((rows) => rows.map((row) => (row.matches('.again') ? '-' : 'r')).join(''));
  const first = () => tab.locator('.found tbody tr:not(.again)').first().innerText();
  const [before, top] = [await kinds(), await first()];
  assert.match(before, /^rrr-rrr-r+/);
  await tab.getByRole('button', { name: 'План снижения рисков' }).click();
  assert.notEqual(await first(), top);
  assert.equal(await kinds(), before);
  await tab.getByLabel('Найти в списке').first().fill('каменская');
  assert.equal(await kinds(), 'r');
  await tab.getByLabel('Найти в списке').first().fill('');
  assert.equal(await kinds(), before);
});

test('the titles of the columns stay within them', async ({ open }) => {
  for (const width of [768, 1280]) {
    const tab = await open(round, { width });
    const boxes = await tab.evaluate(() =>
      [...document.querySelectorAll('.found th.up')].map((head) => {
        const [out, inside] = [head, head.querySelector('span')].map((e) => e.getBoundingClientRect());
        return inside.left >= out.left - 1 && inside.right <= out.right + 1 && inside.height > inside.width;
      }),
    );
    assert.equal(boxes.length, 11);
    assert.ok(boxes.every(Boolean), `${width}: ${boxes}`);
  }
});

test('on a telephone a school sees first what it lacks, and all of it on request', async ({ open }) => {
  for (const js of [true, false]) {
    const tab = await open(round, { width: 360, js });
    const cells = row(tab, 'Вечерняя школа').locator('td:visible');
    assert.equal(await cells.count(), 4, 'the sum, two that are missing, one that is broken');
    await tab.getByLabel('Показать и то, что в порядке').check();
    assert.equal(await cells.count(), 12);
    const height = await tab.evaluate(() => document.documentElement.scrollHeight);
    assert.ok(height < 20_000, `${height} px`);
  }
});

test('a verdict is a shape, a word and a colour, in every cell', async ({ open }) => {
  const tab = await open(round);
  const bare = await tab.evaluate(() =>
    [...document.querySelectorAll('.found td .st, ul.evidence .st')].filter(
      (mark) => !mark.querySelector('svg use') || !mark.textContent.trim(),
    ).length,
  );
  assert.equal(bare, 0);
});

test('a letter is one sheet, without the frame of the site', async ({ open }) => {
  const tab = await open(letter);
  await tab.emulateMedia({ media: 'print' });
  for (const frame of ['header.site', 'footer', '.crumbs', '.more']) {
    assert.ok(!(await tab.locator(frame).first().isVisible()), frame);
  }
  assert.match(await said(tab.locator('.paper')), /^Управление образования Светлореченского района/);
  assert.ok(!/Аналитическая справка/.test(await said(tab.locator('.paper'))));
  const pdf = await tab.pdf({ format: 'A4', preferCSSPageSize: true });
  assert.equal((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length, 1);
});

test('opened details shut nobody out', async ({ open }) => {
  const tab = await open('/demo/audit/2023-05-17/ivovskaya/index.html', { width: 360 });
  await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
  assert.deepEqual(await axe(tab), []);
  assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

test('a department without an audit says when there will be one', async ({ open }) => {
  const tab = await open('/nazarovo/audit/index.html');
  assert.match(await said(tab.locator('main')), /Сайты школ ещё не проверяли.*проверки/);
  assert.ok(await tab.getByText('Что ищут на сайтах').isVisible());
});
