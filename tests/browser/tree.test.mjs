// What must hold for every page, read as a file: no browser is needed.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { assert, test } from './harness.mjs';
import { inside, readSite, resolve, textOf } from './site.mjs';

const site = readSite(process.argv[2]);

// Runs check(page) over pages; it gives the faults it finds.
function every(name, check, pages = site.pages) {
  test(name, () => {
    const faults = pages.flatMap((page) => check(page).map((fault) => `${page.path}: ${fault}`));
    assert.deepEqual(faults, []);
  });
}

test('the site has pages of many kinds', () => {
  const kinds = new Set(site.pages.map((page) => page.kind));
  const some = ['/', '404', '*/', '*/schools/', '*/schools/*/', '*/indicators/*/', '*/data/*/', 'methods/*/'];
  const audit = ['*/audit/', '*/audit/*/', '*/audit/*/*/', '*/audit/*/*/*/'];
  for (const kind of [...some, ...audit]) {
    assert.ok(kinds.has(kind), `no page of the kind ${kind} among ${[...kinds].join(' ')}`);
  }
});

every('every link leads to a file and an anchor that exist', (page) =>
  page.links.flatMap((link) => {
    const to = resolve(page, link);
    if (!to) return [];
    if (!site.files.has(to.file)) return [`${link}: no such file`];
    if (!to.anchor) return [];
    return site.page(to.file)?.ids.includes(to.anchor) ? [] : [`${link}: no such anchor`];
  }),
);

every(
  'links name a file, so that a folder opened from disk works',
  (page) => page.links.filter((link) => resolve(page, link) && /^\/|\/(#|$)/.test(link)),
  site.pages.filter((page) => page.kind !== '404'),
);

every('the style names no file that is missing and no other host', (page) =>
  page.open
    .filter((tag) => tag.name === 'link' && tag.attrs.rel === 'stylesheet')
    .flatMap((tag) => {
      const css = fs.readFileSync(path.join(site.folder, resolve(page, tag.attrs.href).file), 'utf8');
      return [...css.matchAll(/url\(|@import/g)].map(String);
    }),
);

every('an id is given once', (page) => page.ids.filter((id, i) => page.ids.indexOf(id) !== i));

every('one h1, no level skipped, no heading empty', (page) => {
  const headings = page.open.filter((tag) => /^h[1-6]$/.test(tag.name));
  const faults = headings.filter((tag) => textOf(page, tag) === '').map((tag) => `empty ${tag.name}`);
  const ones = headings.filter((tag) => tag.name === 'h1').length;
  if (ones !== 1) faults.push(`${ones} h1`);
  let before = 0;
  for (const tag of headings) {
    const level = Number(tag.name[1]);
    if (level > before + 1) faults.push(`${tag.name} «${textOf(page, tag)}» after h${before}`);
    before = level;
  }
  return faults;
});

every('language, title and description', (page) => {
  const find = (name, key, value) => page.open.find((tag) => tag.name === name && tag.attrs[key] === value);
  const faults = [];
  if (page.open[0].name !== 'html' || !/^(ru|en)$/.test(page.open[0].attrs.lang)) faults.push('no language');
  if (textOf(page, page.open.find((tag) => tag.name === 'title')).length < 4) faults.push('no title');
  if (!find('meta', 'name', 'description')?.attrs.content) faults.push('no description');
  if (!find('meta', 'name', 'viewport')) faults.push('no viewport');
  return faults;
});

// A table that somebody wrote in Markdown has no place for a caption: it has a
// name, or the frame around it has one.
function writtenByHand(page, table) {
  return page.open.some((tag) => tag.name === 'div' && tag.attrs.class === 'text' && inside(page, tag).includes(table));
}

function named(page, table) {
  const frame = page.open.find((tag) => tag.attrs.class === 'wide' && inside(page, tag).includes(table));
  return Boolean(table.attrs['aria-label'] || frame?.attrs['aria-label']);
}

every('tables have a caption or a name, and headers with a scope', (page) =>
  page.open
    .filter((tag) => tag.name === 'table')
    .flatMap((table) => {
      const tags = inside(page, table).filter((tag) => !tag.close);
      const faults = tags.filter((tag) => tag.name === 'th' && !tag.attrs.scope).map(() => 'th without scope');
      const caption = tags.find((tag) => tag.name === 'caption');
      if (caption ? textOf(page, caption) === '' : !named(page, table)) faults.push('no name');
      if (!tags.some((tag) => tag.attrs.scope === 'col')) faults.push('no column headers');
      if (!tags.some((tag) => tag.attrs.scope === 'row') && !writtenByHand(page, table)) faults.push('no row headers');
      return faults;
    }),
);

// Numbers of a text as a reader sees them, without what is part of a name.
const numbers = (text) => text.match(/(?<![\d,№])\d+(?:,\d+)?(?![\d,]*\d)/g) ?? [];

const told = new Map();

function numbersInTables(page) {
  if (!told.has(page)) {
    const cells = page.open.filter((tag) => tag.name === 'td' || tag.name === 'th');
    told.set(page, new Set(cells.flatMap((tag) => numbers(textOf(page, tag)))));
  }
  return told.get(page);
}

const isChart = (tag) => tag.name === 'svg' && /\b(chart|bullet)\b/.test(tag.attrs.class ?? '');

// What a chart says in words: of the elements it is labelled by, or its label.
// Where its points can be reached, the picture is a part of it.
const pictureOf = (page, svg) => (svg.attrs.role ? svg : inside(page, svg).find((tag) => tag.attrs.role === 'img') ?? svg);

function alternative(page, svg) {
  if (svg.attrs['aria-label']) return svg.attrs['aria-label'];
  return (svg.attrs['aria-labelledby'] ?? '')
    .split(/\s+/)
    .map((id) => page.open.find((tag) => tag.attrs.id === id && id))
    .map((tag) => (tag ? textOf(page, tag) : ''))
    .join('. ');
}

every('a chart is an image with words, and its numbers stand in a table at most one link away', (page) => {
  const charts = page.open.filter(isChart);
  if (!charts.length) return [];
  const linked = page.links.map((link) => site.page(resolve(page, link)?.file)).filter(Boolean);
  const near = [page, ...linked].map(numbersInTables);
  return charts.flatMap((svg) => {
    const picture = pictureOf(page, svg);
    const words = alternative(page, picture);
    if (picture.attrs.role !== 'img' || words.length < 10) return ['a chart without words'];
    // After the colon come the numbers; before it, the name of the chart.
    return numbers(words.slice(words.indexOf(':') + 1))
      .filter((number) => !near.some((table) => table.has(number)))
      .map((number) => `${number} of «${words.slice(0, 60)}»`);
  });
});

every('small pictures are hidden from screen readers or have words', (page) =>
  page.open
    .filter((tag) => (tag.name === 'svg' && !isChart(tag)) || tag.name === 'img')
    .filter((tag) => !tag.attrs['aria-hidden'] && !tag.attrs['aria-label'] && !tag.attrs.alt)
    .map((tag) => `<${tag.name}> without words`),
);

// Data for programs stands in a script element too, and is never run.
const runs = (tag) => tag.name === 'script' && !tag.attrs.src && tag.attrs.type !== 'application/ld+json';

every('no style attribute, no script in the page', (page) =>
  page.open
    .filter((tag) => tag.attrs.style || Object.keys(tag.attrs).some((key) => /^on/.test(key)))
    .map((tag) => `<${tag.name}>`)
    .concat(page.open.filter(runs).map(() => 'inline script')),
);

test('a school page is less than 40 KB, all that it needs, compressed', () => {
  const packed = (file) => zlib.gzipSync(fs.readFileSync(path.join(site.folder, file))).length;
  const schools = site.pages.filter((page) => page.kind === '*/schools/*/');
  assert.ok(schools.length > 0);
  for (const page of schools) {
    const needs = page.open
      .filter((tag) => ['stylesheet', 'icon'].includes(tag.attrs.rel) || tag.attrs.src)
      .map((tag) => resolve(page, tag.attrs.href ?? tag.attrs.src).file);
    const total = [page.path, ...needs].map(packed).reduce((a, b) => a + b);
    assert.ok(total < 40_000, `${page.path}: ${total} bytes`);
  }
});

test('the map of the site names every page', () => {
  const map = fs.readFileSync(path.join(site.folder, 'sitemap.xml'), 'utf8');
  const named = [...map.matchAll(/<loc>https?:\/\/[^/]+\/([^<]*)<\/loc>/g)].map(([, to]) => `${to}index.html`);
  const pages = site.pages
    .filter((page) => page.kind !== '404' && !page.html.includes('http-equiv="refresh"'))
    .map((page) => page.path);
  assert.deepEqual(named.sort(), pages.sort());
});
