// What a person comes for, done as a person does it: by what is seen on the
// page. The site is that of Усть-Илимский район.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, serve, test } from './harness.mjs';
import { parseCsv, readSite } from './site.mjs';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const vidno = process.env.VIDNO ?? path.join(repository, 'build/vidno');
const day = '2026-11-22';
const { departments } = readSite(process.argv[2]);

// The spaces that a line is not broken at are spaces to a reader.
const plain = (text) => text.replaceAll('\u00a0', ' ').replace(/\s+/g, ' ').trim();
const said = async (locator) => plain(await locator.innerText());
const row = (tab, name) => tab.locator('tr', { has: tab.getByRole('rowheader', { name, exact: true }) });

test('why does Седановская СОШ get support: down to the row of the table', async ({ open }) => {
  const tab = await open('/');
  // With one department the start page leads on by itself.
  if (departments.length > 1) await tab.getByRole('link', { name: 'Усть-Илимский район' }).click();
  await tab.waitForURL(/ust-ilimsk\/index\.html/);
  await tab.locator('main ul.rows').getByRole('link', { name: 'Седановская СОШ' }).click();

  assert.equal(await said(tab.locator('h1')), 'Седановская СОШ');
  assert.match(await said(tab.locator('.lead')), /есть в объявленном списке 2020 года, но по методике в него не входит/);
  const exam = row(tab, 'ОГЭ по русскому языку, 2019').first();
  const cells = (await exam.getByRole('cell').allInnerTexts()).map(plain);
  assert.deepEqual(cells, ['28,57', '38,17', '50,86', 'Да']);
  const number = exam.getByRole('link', { name: '28,57' });
  assert.equal(await number.evaluate((link) => getComputedStyle(link).textDecorationStyle), 'dotted');

  await number.click();
  assert.match(tab.url(), /data\/results\/index\.html#L101$/);
  const source = tab.locator('tr:target');
  assert.match(await said(source), /^Седановская СОШ 2019 ОГЭ по русскому языку .*28,57/);
  const look = (tr) => ({ paper: getComputedStyle(tr).backgroundColor, ring: getComputedStyle(tr).outlineStyle });
  const marked = await source.evaluate(look);
  const beside = await tab.locator('#L102').evaluate(look);
  assert.notEqual(marked.paper, beside.paper);
  assert.deepEqual([marked.ring, beside.ring], ['solid', 'none']);
  const box = await source.boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 800, 'the row is in sight');
});

test('declared and computed, side by side', async ({ open }) => {
  const tab = await open('/ust-ilimsk/schools/sedanovskaya/index.html');
  await tab.getByRole('link', { name: 'все школы по этому правилу' }).click();
  assert.match(await said(tab.locator('h1')), /список 2020 года/);
  const lists = tab.locator('table', { hasText: 'Школы, которые есть хотя бы в одном списке' });
  const rows = await lists.locator('tbody tr').evaluateAll((list) =>
    list.map((tr) => [...tr.cells].map((cell) => cell.innerText.replaceAll('\u00a0', ' ').trim())),
  );
  assert.deepEqual(rows, [
    ['Железнодорожная СОШ № 2', 'да', 'в списке', 'Сходятся'],
    ['Невонская СОШ № 1', 'да', 'в списке', 'Сходятся'],
    ['Невонская СОШ № 2', 'да', 'в списке', 'Сходятся'],
    ['Подъеланская СОШ', 'нет', 'в списке', 'Только по методике'],
    ['Седановская СОШ', 'да', 'не в списке', 'Только объявлена'],
  ]);
  const why = await said(tab.locator('main'));
  assert.match(why, /2018 год: русский язык, 42,9 % — не ниже района \(38,8 %\)/);
});

test('the computed list as a file', async ({ open }) => {
  const tab = await open('/ust-ilimsk/index.html');
  await tab.locator('nav.main').getByRole('link', { name: 'Данные' }).click();
  const [download] = await Promise.all([
    tab.waitForEvent('download'),
    tab.locator('a[href$="identification.csv"]').first().click(),
  ]);
  const [header, ...rows] = parseCsv(fs.readFileSync(await download.path(), 'utf8'));
  assert.equal(
    header.join(),
    'year,method,category,school,result,score,score_possible,cutoff,fragile,declared',
  );
  const table = rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [header[i], cell])));
  const schools = (test) => table.filter((one) => one.year === '2020' && test(one)).map((one) => one.school);
  assert.deepEqual(
    schools((one) => one.result === 'identified'),
    ['nevonskaya-1', 'nevonskaya-2', 'podelanskaya', 'zheleznodorozhnaya-2'],
  );
  assert.deepEqual(
    schools((one) => one.declared === 'yes'),
    ['nevonskaya-1', 'nevonskaya-2', 'sedanovskaya', 'zheleznodorozhnaya-2'],
  );
});

// -- a copy of the site, with this department alone --------------------------

const others = departments.filter((id) => id !== 'ust-ilimsk');

async function withCopy(run) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'person.'));
  try {
    for (const part of ['content', 'data', 'themes']) {
      const kept = (from) => !others.some((id) => from === path.join(repository, part, id));
      fs.cpSync(path.join(repository, part), path.join(folder, part), { recursive: true, filter: kept });
    }
    return await run(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const build = (folder) =>
  execFileSync(vidno, ['build', '--site', folder, '--out', path.join(folder, 'public'), '--date', day], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });

test('the start page of a site with one department leads on', async ({ browser }) => {
  await withCopy(async (folder) => {
    build(folder);
    const site = await serve(path.join(folder, 'public'));
    const tab = await browser.newPage();
    try {
      await tab.goto(`${site.url}/`);
      await tab.waitForURL(`${site.url}/ust-ilimsk/index.html`);
      assert.equal(await tab.locator('nav.main [aria-current]').count(), 1);
    } finally {
      await tab.close();
      site.close();
    }
  });
});

const results = (folder) => path.join(folder, 'data/ust-ilimsk/results.csv');

// As Excel saves "CSV (разделители - запятые)" in Russian.
function saveAsExcel(file, rows) {
  const cell = (text) => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((cells) => cells.map((text) => cell(text.replace(/^(\d+)\.(\d+)$/, '$1,$2'))).join(';'));
  const bytes = execFileSync('iconv', ['-f', 'utf-8', '-t', 'windows-1251'], { input: `${lines.join('\r\n')}\r\n` });
  fs.writeFileSync(file, bytes);
}

test('a number changed in Excel changes the page', async ({ browser }) => {
  await withCopy(async (folder) => {
    build(folder);
    const site = await serve(path.join(folder, 'public'));
    const tab = await browser.newPage();
    try {
      const address = `${site.url}/ust-ilimsk/schools/sedanovskaya/index.html`;
      const cell = () => said(row(tab, 'ОГЭ по русскому языку, 2018').first().getByRole('cell').first());
      await tab.goto(address);
      assert.equal(await cell(), '42,9');

      const rows = parseCsv(fs.readFileSync(results(folder), 'utf8'));
      const column = rows[0].indexOf('quality_rate');
      const changed = rows.find((one) => one[0] === '2018' && one[1] === 'oge-rus' && one[3] === 'sedanovskaya');
      assert.equal(changed[column], '42.9');
      changed[column] = '30.1';
      saveAsExcel(results(folder), rows);
      assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(fs.readFileSync(results(folder))));
      build(folder);

      await tab.reload();
      assert.equal(await cell(), '30,1');
      assert.doesNotMatch(await said(tab.locator('.lead')), /по методике в него не входит/);
      await tab.goto(`${site.url}/ust-ilimsk/identification/2020/index.html`);
      assert.equal(await said(row(tab, 'Седановская СОШ').first().getByRole('cell').last()), 'Сходятся');
    } finally {
      await tab.close();
      site.close();
    }
  });
});

// Starts `vidno serve` and gives its address, which it prints first.
async function preview(folder) {
  const port = String(20_000 + (process.pid % 20_000));
  const child = spawn(vidno, ['serve', '--site', folder, '--date', day, '--port', port], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let heard = '';
  const url = await new Promise((resolve, reject) => {
    const hear = (bytes) => {
      heard += bytes;
      const found = heard.match(/http:\/\/[\w.:]+/);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(`vidno serve ended: ${heard}`)));
    child.on('error', reject);
  });
  return { url: url.replace(/\/$/, ''), child };
}

test('the preview reloads by itself after a change', async ({ browser }) => {
  await withCopy(async (folder) => {
    const { url, child } = await preview(folder);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    const tab = await browser.newPage();
    try {
      await tab.goto(`${url}/ust-ilimsk/schools/sedanovskaya/`);
      const cell = row(tab, 'ОГЭ по русскому языку, 2018').first().getByRole('cell').first();
      assert.equal(await said(cell), '42,9');
      await tab.evaluate(() => (globalThis.before = true));

      const text = fs.readFileSync(results(folder), 'utf8');
      fs.writeFileSync(results(folder), text.replace(/^(2018,oge-rus,school,sedanovskaya,.*),42\.9,/m, '$1,31.7,'));
      await tab.waitForFunction(() => !globalThis.before, null, { timeout: 5000 });
      await tab.getByRole('cell', { name: '31,7' }).first().waitFor({ timeout: 5000 });
      assert.equal(await said(cell), '31,7');
    } finally {
      await tab.close();
      child.kill('SIGINT');
    }
    assert.equal(await ended, 0);
  });
});
