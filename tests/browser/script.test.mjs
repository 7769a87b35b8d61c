// What scripts add, done as a person does it: sort and filter a table, search,
// copy a link, choose a look. From the server and from a folder.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { assert, axe, test } from './harness.mjs';
import { readSite } from './site.mjs';

const folder = process.argv[2];
const site = readSite(folder);
const plain = (text) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();
const fromDisk = (file) => pathToFileURL(path.join(folder, file)).href;

// The same page, served and opened from disk.
const places = (url, file) => [`${url}/${file}`, fromDisk(file)];

// What those hear who do not see: it changes a moment after the page.
const hears = (tab, text) => tab.locator('.heard', { hasText: text }).waitFor({ state: 'attached' });

// The texts of a column, of the rows that are shown.
const column = (table, n) =>
  table.evaluate(
    (element, at) =>
      [...element.querySelectorAll('tbody tr:not(.group)')]
        .filter((row) => !row.hidden)
        .map((row) => row.cells[at].innerText.trim().split('\n')[0].replaceAll('\u00a0', ' ')),
    n,
  );

const tabTo = async (tab, locator) => {
  for (let i = 0; i < 60; i++) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await tab.keyboard.press('Tab');
  }
  assert.fail('the keyboard does not reach it');
};

test('all scripts are under 12 KB', () => {
  const bytes = fs
    .readdirSync(path.join(folder, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => fs.statSync(path.join(folder, 'assets', name)).size);
  assert.equal(bytes.length, 2);
  const all = bytes.reduce((sum, size) => sum + size, 0);
  assert.ok(all > 5000 && all < 12 * 1024, `${all} bytes`);
});

test('a table is sorted by its headings, by keyboard', async ({ open, url }) => {
  const tab = await open('/404.html');
  for (const address of places(url, 'ust-ilimsk/data/results/index.html')) {
    await tab.goto(address);
    const table = tab.locator('main table').first();
    const head = table.locator('thead th', { hasText: 'Качество' }).first();
    const at = await head.evaluate((th) => th.cellIndex);
    const before = await column(table, at);
    const button = head.getByRole('button');
    await button.focus();
    await tab.keyboard.press('Enter');
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    await hears(tab, 'по возрастанию');

    const sorted = await column(table, at);
    const values = sorted.filter((text) => /\d/.test(text)).map((text) => Number(text.replace(',', '.')));
    assert.ok(values.length > 20 && values.some((n) => n % 1), 'numbers with a decimal comma');
    assert.deepEqual(values, [...values].sort((a, b) => a - b));
    const gaps = sorted.findIndex((text) => !/\d/.test(text));
    assert.ok(gaps > 0 && sorted.slice(gaps).every((text) => /^[x:–]?$/.test(text)), 'what is not there comes last');
    assert.deepEqual([...sorted].sort(), [...before].sort(), 'no row is lost');

    await tab.keyboard.press('Space');
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    const down = await column(table, at);
    assert.deepEqual(down.filter((text) => /\d/.test(text)).map((text) => Number(text.replace(',', '.'))), [...values].reverse());
    assert.ok(/^[x:–]?$/.test(down.at(-1)), 'still last');

    const name = table.locator('thead th').first();
    await name.getByRole('button').click();
    const names = await column(table, 0);
    assert.deepEqual(names, [...names].sort(new Intl.Collator('ru', { numeric: true }).compare));
    assert.equal(await table.locator('[aria-sort]').count(), 1);
  }
});

test('rows that are equal keep their order', async ({ open }) => {
  const tab = await open('/ust-ilimsk/schools/index.html');
  const table = tab.locator('table.schools');
  const before = await column(table, 0);
  const kinds = await column(table, 1);
  await table.locator('thead th').nth(1).getByRole('button').click();
  const collator = new Intl.Collator('ru', { numeric: true });
  const expected = before
    .map((name, i) => ({ name, kind: kinds[i] }))
    .sort((a, b) => collator.compare(a.kind, b.kind))
    .map(({ name }) => name);
  assert.deepEqual(await column(table, 0), expected);
});

test('on a telephone a list sorts, and no hidden button takes the focus', async ({ open }) => {
  const tab = await open('/ust-ilimsk/data/results/index.html', { width: 360 });
  const table = tab.locator('main table').first();
  assert.equal(await table.locator('thead button').first().isVisible(), false);
  const list = tab.getByLabel('Упорядочить').first();
  const label = await list.locator('option').nth(2).innerText();
  await list.selectOption({ label });
  assert.equal(await table.locator('[aria-sort=ascending]').count(), 1);
});

test('the road map is filtered by words, section and status', async ({ open, url }) => {
  const tab = await open('/404.html');
  for (const address of places(url, 'ust-ilimsk/roadmap/index.html')) {
    await tab.goto(address);
    const shown = tab.locator('tr[id]:visible');
    const all = await shown.count();
    assert.ok(all >= 43, `${all} rows`);
    const tools = tab.locator('.tools:not(.narrow)').filter({ has: tab.getByLabel('Найти в списке') });
    await tools.getByLabel('Найти в списке').focus();
    await tab.keyboard.type('Мониторинг');
    const some = await shown.count();
    assert.ok(some > 0 && some < all, `${some} rows`);
    for (const text of await shown.allInnerTexts()) assert.match(text, /мониторинг/i);
    await hears(tab, `Показано: ${some} из ${all}`);
    await tools.getByLabel('Найти в списке').fill('нетакогослова');
    assert.equal(await shown.count(), 0);
    assert.equal(await tab.locator('table.roadmap:visible').count(), 0, 'no table without rows');
    await tools.getByLabel('Найти в списке').fill('');
    assert.equal(await shown.count(), all);

    const selects = tools.locator('select');
    const first = await selects.first().locator('option').allInnerTexts();
    assert.equal(first[0], 'все');
    await selects.first().selectOption({ index: 1 });
    const group = await tab.locator('[data-group]:visible').evaluateAll((list) => list.map((one) => one.dataset.group));
    assert.deepEqual([...new Set(group)], [first[1]]);
    assert.ok((await shown.count()) < all);
  }
});

test('documents by kind and year, indicators by status', async ({ open }) => {
  const tab = await open('/demo/documents/index.html');
  const rows = tab.locator('[data-filter] .rows > li:visible');
  const all = await rows.count();
  const year = tab.getByLabel('Год');
  const wanted = (await year.locator('option').allInnerTexts())[1];
  await year.selectOption(wanted);
  const some = await rows.count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  for (const text of await rows.allInnerTexts()) assert.ok(text.includes(wanted), text);
  await year.selectOption('');
  const kind = tab.getByLabel(/^Вид /);
  await kind.selectOption({ index: 1 });
  assert.equal(await tab.locator('[data-group]:visible').count(), 1);

  await tab.goto(tab.url().replace('documents', 'indicators'));
  const status = tab.getByLabel('Статус').first();
  const word = (await status.locator('option').allInnerTexts())[1];
  await status.selectOption(word);
  const marks = await tab.locator('.ind:visible [data-facet]').allInnerTexts();
  assert.ok(marks.length > 0);
  assert.deepEqual([...new Set(marks.map(plain))], [word]);
});

const results = (tab) => tab.locator('#search ul.rows li');
const titles = async (tab) => (await results(tab).locator('a').allInnerTexts()).map(plain);
const asked = async (tab, text) => {
  await tab.evaluate(() => (document.querySelector('#search p').textContent = ''));
  await tab.locator('#search input').fill(text);
  await tab.waitForFunction(() => document.querySelector('#search p').textContent !== '');
};

test('a school is found by keyboard, served and from disk', async ({ open, url }) => {
  const tab = await open('/404.html');
  for (const address of places(url, 'ust-ilimsk/index.html')) {
    await tab.goto(address);
    await tab.locator('footer').getByRole('link', { name: 'Поиск' }).focus();
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/search\/index\.html/);
    const input = tab.getByLabel('Школа, документ, показатель или мера');
    await tabTo(tab, input);
    await tab.keyboard.type('седановской школ');
    await results(tab).first().waitFor();
    await hears(tab, 'Найдено');
    assert.equal(await tab.locator('#lists').isVisible(), false);
    await tab.keyboard.press('Enter');
    assert.ok(await input.isVisible(), 'Enter sends nothing away');
    await asked(tab, 'Седановскую');
    await tab.waitForFunction(() => document.querySelector('#search a')?.textContent.startsWith('Седановская'));
    await tabTo(tab, results(tab).first().locator('a'));
    await tab.keyboard.press('Enter');
    await tab.waitForURL(/ust-ilimsk\/schools\/sedanovskaya\/index\.html$/);
    assert.equal(plain(await tab.locator('h1').innerText()), 'Седановская СОШ');
  }
});

test('forms of a word, its beginning, capitals and ё lead to the same', async ({ open }) => {
  const tab = await open('/search/index.html');
  const answer = async (text) => {
    await tab.goto(`${tab.url().split('?')[0]}?q=${encodeURIComponent(text)}`);
    await tab.waitForFunction(() => document.querySelector('#search p').textContent !== '');
    return titles(tab);
  };
  const sedanovo = await answer('Седановская');
  assert.ok(sedanovo.includes('Седановская СОШ'));
  for (const text of ['седановской', 'СЕДАНОВСКОЮ', 'седан', 'седановская сош', 'для седановской']) {
    assert.ok((await answer(text)).includes('Седановская СОШ'), text);
  }
  assert.deepEqual(await answer('Берёзовской'), await answer('березовская'));
  assert.deepEqual(await answer('Бере\u0308зовской'), await answer('березовская'));
  assert.ok((await answer('Берёзовской')).some((title) => title.startsWith('Берёзовская')));
  const second = await answer('невонская 2');
  assert.ok(second.some((title) => title.includes('№ 2')) && !second.some((title) => title.includes('№ 1')), second.join());
  const many = await answer('школьных программ');
  assert.ok(many.length > 0);
  assert.deepEqual(await answer('абракадабрами'), []);
  assert.match(await tab.locator('#search p').innerText(), /Ничего не найдено/);
  await answer('для');
  assert.match(await tab.locator('#search p').innerText(), /Слишком много/);
});

test('documents, indicators and measures are found, and every answer leads to its page', async ({ open, url }) => {
  const tab = await open('/search/index.html');
  const kinds = new Set();
  for (const text of ['приказ', 'доля', 'мониторинг', 'сош']) {
    await asked(tab, text);
    for (const row of await results(tab).evaluateAll((list) => list.map((li) => [li.querySelector('.tag').innerText, li.querySelector('a').href]))) {
      kinds.add(row[0]);
      const [file, anchor] = row[1].slice(url.length + 1).split('#');
      assert.ok(site.files.has(file), file);
      if (anchor) assert.ok(site.page(file).ids.includes(decodeURIComponent(anchor)), row[1]);
    }
  }
  assert.deepEqual([...kinds].sort(), ['документ', 'мера', 'показатель', 'школа']);
  assert.deepEqual(await axe(tab), []);
});

test('every school, document and indicator with a page is in the index', async ({ open }) => {
  const tab = await open('/search/index.html');
  const missed = [];
  for (const page of site.pages.filter(({ kind }) => /^\*\/(schools|documents|indicators)\/\*\/$/.test(kind))) {
    if (page.html.includes('http-equiv="refresh"')) continue;
    const title = plain(/<h1[^>]*>([^<]*)/.exec(page.html)[1].replace(/&#?\w+;/g, ' '));
    const found = await tab.evaluate(async ([text, file]) => {
      const input = document.querySelector('#search input');
      input.value = text;
      document.querySelector('#search p').textContent = '';
      input.dispatchEvent(new Event('input'));
      for (let i = 0; i < 100 && !document.querySelector('#search p').textContent; i++) await new Promise((done) => setTimeout(done, 5));
      return [...document.querySelectorAll('#search a')].some((link) => link.href.endsWith(file));
    }, [title.split(' ').slice(0, 12).join(' '), `/${page.path}`]);
    if (!found) missed.push(`${page.path}: ${title}`);
  }
  assert.deepEqual(missed, []);
});

test('the look is remembered from page to page, and there before the first paint', async ({ open, url }) => {
  const tab = await open('/404.html');
  for (const [one, other] of [
    places(url, 'ust-ilimsk/index.html'),
    places(url, 'ust-ilimsk/schools/index.html'),
  ].reduce(([a, b], [c, d]) => [[a, c], [b, d]])) {
    await tab.goto(one);
    await tab.check('#contrast');
    await tab.goto(other);
    assert.ok(await tab.locator('#contrast').isChecked());
    assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).fontSize), '20px');
    await tab.uncheck('#contrast');
    assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).fontSize), '16px');

    const paper = () => tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    await tab.getByLabel('Оформление').selectOption('тёмное');
    assert.equal(await paper(), 'rgb(17, 24, 31)');
    await tab.goto(one);
    assert.equal(await paper(), 'rgb(17, 24, 31)');
    assert.equal(await tab.locator('#contrast').isChecked(), false);
    assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
    await tab.emulateMedia({ colorScheme: 'dark' });
    await tab.getByLabel('Оформление').selectOption('светлое');
    assert.equal(await paper(), 'rgb(255, 255, 255)');
    await tab.getByLabel('Оформление').selectOption('как в системе');
    assert.equal(await paper(), 'rgb(17, 24, 31)');
    await tab.emulateMedia({ colorScheme: 'light' });
  }
});

test('the chosen contrast is on the page before its body', async ({ open, url }) => {
  const tab = await open('/ust-ilimsk/index.html');
  await tab.check('#contrast');
  // What the head alone gives: the other script never comes.
  await tab.route(/assets\/script-/, (route) => route.fulfill({ body: '', contentType: 'text/javascript' }));
  await tab.goto(`${url}/ust-ilimsk/schools/index.html`);
  assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).color), 'rgb(0, 0, 0)');
  assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).fontSize), '20px');
});

test('a link to a row', async ({ open, url }) => {
  const tab = await open('/ust-ilimsk/data/results/index.html');
  await tab.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const row = tab.locator('#L14');
  await row.hover();
  const button = row.getByRole('button', { name: 'Скопировать ссылку на строку' });
  await button.click();
  assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), `${url}/ust-ilimsk/data/results/index.html#L14`);
  await hears(tab, 'Ссылка скопирована');
  assert.equal(await tab.locator('button.copy').count(), 1, 'one for all rows');
  await tab.goto('about:blank');
  await tab.goto(`${url}/ust-ilimsk/roadmap/index.html`);
  const link = tab.locator('tr[id] a').first();
  await link.focus();
  assert.equal(await tab.locator('tr[id]:has(:focus) button.copy').count(), 1);
});

test('without scripts: no dead control, and search is a list', async ({ open, url }) => {
  const tab = await open('/ust-ilimsk/roadmap/index.html', { js: false });
  const controls = tab.locator('button, select, input:not(#contrast), form');
  assert.equal(await controls.count(), 0);
  assert.ok((await tab.locator('tr[id]:visible').count()) >= 43);
  await tab.locator('footer').getByRole('link', { name: 'Поиск' }).click();
  assert.equal(await controls.count(), 0);
  await tab.locator('main').getByRole('link', { name: 'Усть-Илимский район' }).click();
  const names = (await tab.locator('main ul.rows').first().locator('a').allInnerTexts()).map(plain);
  assert.ok(names.includes('Седановская СОШ'));
  assert.deepEqual(names, [...names].sort(new Intl.Collator('ru', { numeric: true }).compare));
  await tab.locator('main').getByRole('link', { name: 'Седановская СОШ' }).click();
  assert.equal(tab.url(), `${url}/ust-ilimsk/schools/sedanovskaya/index.html`);
});

test('the scripts fit at 320 px, in light, dark and black on white', async ({ open, url }) => {
  const tab = await open('/404.html', { width: 320, height: 800 });
  const wide = () => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  for (const file of ['search/index.html?q=школа', 'ust-ilimsk/roadmap/index.html', 'ust-ilimsk/data/results/index.html']) {
    await tab.goto(`${url}/${file}`);
    if (file.startsWith('search')) await results(tab).first().waitFor();
    assert.ok((await wide()) <= 0, file);
    await tab.check('#contrast');
    assert.ok((await wide()) <= 0, `${file}, large`);
    assert.deepEqual(await axe(tab), [], file);
    await tab.uncheck('#contrast');
    await tab.emulateMedia({ colorScheme: 'dark' });
    assert.deepEqual(await axe(tab), [], `${file}, dark`);
    await tab.emulateMedia({ colorScheme: 'light' });
  }
});
