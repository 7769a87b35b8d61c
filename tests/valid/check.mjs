// node check.mjs SITE NAME: what only a program of its own can tell of a built
// site. Prints `ok - name` and `not ok - name: why`; the status is 1 when any
// failed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import ICAL from 'ical.js';
import { parseCsv, readSite, resolve } from '../browser/site.mjs';

const [folder, name] = process.argv.slice(2);
const site = readSite(folder);
const read = (file) => fs.readFileSync(path.join(folder, file), 'utf8');
let failed = 0;

async function check(title, run) {
  try {
    await run();
    console.log(`ok - ${name}: ${title}`);
  } catch (error) {
    failed++;
    console.log(error.message);
    console.log(`not ok - ${name}: ${title}: ${error.message.split('\n')[0]}`);
  }
}

// -- HTML: the Nu checker -------------------------------------------------------

// Errors and warnings, one line each. It reads pages only: its reader of style
// sheets knows no @container yet.
function nuFaults(files) {
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
  const { stderr, error } = spawnSync('java', ['-jar', jar, '--format', 'json', '--exit-zero-always', ...files], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  assert.equal(error, undefined);
  return JSON.parse(stderr).messages.map((m) => `${path.relative(folder, m.url ?? '')}:${m.lastLine} ${m.message}`);
}

await check('every kind of page is what the Nu checker calls HTML', () => {
  assert.deepEqual(nuFaults(site.twoOfEach().map((page) => path.resolve(folder, page.path))), []);
});

await check('the Nu checker refuses HTML that is wrong', () => {
  const wrong = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'vidno-')), 'wrong.html');
  fs.writeFileSync(wrong, site.page('index.html').html.replace('<main ', '<main id="main" '));
  assert.equal(nuFaults([wrong]).length, 1);
});

// -- HTML: html-validate, which also looks for what shuts readers out -------------

// All of the recommended rules but these: how the doctype and telephones are
// spelt and how long a title may be are matters of taste; a table that scrolls
// is a region by intention; ids are what HTML allows.
const rules = {
  'doctype-style': 'off',
  'long-title': 'off',
  'prefer-native-element': ['error', { exclude: ['region'] }],
  'tel-non-breaking': 'off',
  'unique-landmark': 'off',
  'valid-id': ['error', { relaxed: true }],
};
const html = new HtmlValidate(new FileSystemConfigLoader({ root: true, extends: ['html-validate:recommended'], rules }));

async function faultsOf(text) {
  const report = await html.validateString(text);
  return report.results.flatMap((result) => result.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
}

await check('every kind of page is valid HTML', async () => {
  const faults = [];
  for (const page of site.twoOfEach()) {
    for (const fault of await faultsOf(page.html)) faults.push(`${page.path}:${fault}`);
  }
  assert.deepEqual(faults, []);
});

await check('HTML that is wrong is refused', async () => {
  const page = site.page('index.html').html;
  assert.notEqual((await faultsOf(page.replace('<main ', '<main id="main" '))).length, 0);
  assert.notEqual((await faultsOf(page.replace('</main>', '<p><div></div></p></main>'))).length, 0);
});

// -- JSON-LD --------------------------------------------------------------------

const base = read('sitemap.xml').match(/<loc>(.*?)<\/loc>/)[1].replace(/(https?:\/\/[^/]+\/(?:school\/)?).*/, '$1');

// The file behind an absolute address of ours.
function fileOf(url) {
  assert.ok(url.startsWith(base), `${url} is not an address of this site`);
  const to = resolve({ path: 'index.html' }, `./${url.slice(base.length)}`);
  return to.file;
}

function* things(value) {
  if (Array.isArray(value)) for (const item of value) yield* things(item);
  else if (value && typeof value === 'object') {
    if (value['@type']) yield value;
    for (const key of Object.keys(value)) yield* things(value[key]);
  }
}

await check('JSON-LD is JSON, says what it is, and names files that exist', () => {
  const types = new Set();
  for (const page of site.pages) {
    for (const [, text] of page.html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      const data = JSON.parse(text);
      assert.equal(data['@context'], 'https://schema.org');
      for (const thing of things(data)) {
        types.add(thing['@type']);
        for (const url of [thing.url, thing.item, thing.contentUrl].filter(Boolean)) {
          assert.ok(site.files.has(fileOf(url)), `${page.path}: ${url}`);
        }
      }
    }
  }
  assert.deepEqual([...types].sort(), ['BreadcrumbList', 'DataDownload', 'Dataset', 'GovernmentOrganization', 'ListItem']);
});

await check('previews name the page itself', () => {
  for (const page of site.pages.filter((page) => page.path !== '404.html')) {
    const meta = Object.fromEntries(
      page.open.filter((tag) => tag.name === 'meta' && tag.attrs.property).map((tag) => [tag.attrs.property, tag.attrs.content]),
    );
    for (const key of ['og:title', 'og:description', 'og:type', 'og:site_name', 'og:locale', 'og:url']) {
      assert.ok(meta[key], `${page.path} has no ${key}`);
    }
  }
});

// -- sitemap and feeds --------------------------------------------------------------

await check('the sitemap names pages that exist', () => {
  for (const [, url] of read('sitemap.xml').matchAll(/<loc>(.*?)<\/loc>/g)) {
    assert.ok(site.files.has(fileOf(url)), url);
  }
});

await check('feeds: entries are told apart, the newest first, and lead to pages', () => {
  for (const department of site.departments) {
    const feed = read(`${department}/feed.atom`);
    const ids = [...feed.matchAll(/<id>(.*?)<\/id>/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const dates = [...feed.matchAll(/<updated>(.*?)<\/updated>/g)].map(([, date]) => date);
    assert.deepEqual(dates, [...dates].sort().reverse());
    const links = [...feed.matchAll(/rel="(\w+)" type="[^"]*" href="(.*?)"/g)];
    assert.equal(fileOf(links.find(([, rel]) => rel === 'self')[2]), `${department}/feed.atom`);
    for (const [, , url] of links) assert.ok(site.files.has(fileOf(url)), url);
  }
});

// -- calendars ------------------------------------------------------------------------

const calendars = [...site.files].filter((file) => file.endsWith('.ics'));

function eventsOf(file) {
  const text = read(file);
  for (const line of text.split('\r\n')) {
    assert.ok(!/[\r\n]/.test(line), `${file}: a line ends without CR LF`);
    assert.ok(Buffer.byteLength(line) <= 75, `${file}: a line of more than 75 octets`);
  }
  const calendar = new ICAL.Component(ICAL.parse(text));
  assert.equal(calendar.getFirstPropertyValue('version'), '2.0');
  assert.ok(calendar.getFirstPropertyValue('prodid'));
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

await check('calendars: events are whole, and rules begin on their first day', () => {
  assert.notEqual(calendars.length, 0);
  for (const file of calendars) {
    const events = eventsOf(file);
    assert.notEqual(events.length, 0, file);
    assert.equal(new Set(events.map((event) => event.uid)).size, events.length);
    for (const event of events) {
      const where = `${file}: ${event.uid}`;
      assert.ok(event.component.getFirstPropertyValue('dtstamp'), where);
      assert.ok(event.summary, where);
      assert.ok(event.startDate.isDate && event.endDate.isDate, where);
      assert.ok(event.endDate.compare(event.startDate) > 0, where);
      if (!event.isRecurring()) continue;
      const rule = event.component.getFirstPropertyValue('rrule');
      const days = rule.iterator(event.startDate);
      assert.equal(days.next().toString(), event.startDate.toString(), where);
      for (let day = days.next(), n = 0; day && n < 1000; day = days.next(), n++) {
        assert.ok(day.compare(rule.until) <= 0, where);
      }
    }
  }
});

await check('calendars: every measure with dates is in the one of all, word for word', () => {
  for (const department of site.departments) {
    const [head, ...rows] = parseCsv(read(`${department}/data/roadmap.csv`));
    const cell = (row, column) => row[head.indexOf(column)];
    const file = `${department}/roadmap/all.ics`;
    const events = new Map(site.files.has(file) ? eventsOf(file).map((event) => [event.uid.split('@')[0], event]) : []);
    for (const row of rows) {
      const event = events.get(cell(row, 'item'));
      assert.ok(event || !(cell(row, 'from') || cell(row, 'to')), `${file}: no ${cell(row, 'item')}`);
      if (event) assert.equal(event.summary, cell(row, 'activity'));
    }
    for (const other of calendars.filter((one) => one.startsWith(`${department}/`))) {
      for (const event of eventsOf(other)) assert.ok(events.has(event.uid.split('@')[0]), other);
    }
  }
});

process.exitCode = failed ? 1 : 0;
