// The built site as files: what a test reads without a browser.
//
//   const site = readSite(folder);
//   site.pages                   every page: { path, kind, html, tags, ids, links }
//   site.oneOfEach()             the longest page of each kind, site.twoOfEach()
//                                the shortest too
//   textOf(page, tag)            the words inside an element
//   parseCsv(text)               rows of cells
//
// A page's kind is the shape of its address: a department's own name and the
// last name of a page among its like are stars. `ust-ilimsk/schools/x/` is
// `*/schools/*`, a letter of the audit `*/audit/*/*/*`. So a new kind of page is tested as soon as it is built.

import fs from 'node:fs';
import path from 'node:path';

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', apos: "'" };

export function unescape(text) {
  return text.replace(/&(#x?)?(\w+);/g, (all, number, name) => {
    if (!number) return entities[name] ?? all;
    return String.fromCodePoint(parseInt(name, number === '#x' ? 16 : 10));
  });
}

// The tags in the order of the text; our own writers quote every attribute.
function scan(html) {
  const tags = [];
  const form = /<(\/?)([a-zA-Z][\w:-]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*(\/?)>/g;
  for (const match of html.matchAll(form)) {
    const [all, close, name, rest, empty] = match;
    const attrs = {};
    for (const [, key, value] of rest.matchAll(/([^\s=>"]+)(?:="([^"]*)")?/g)) attrs[key] = unescape(value ?? '');
    const from = match.index;
    tags.push({ index: tags.length, name, attrs, close: close === '/', empty: empty === '/', from, to: from + all.length });
  }
  return tags;
}

// Where the element that begins with tags[i] ends: the index of its end tag.
export function endOf(page, i) {
  const { name } = page.tags[i];
  let depth = 0;
  for (let k = i; k < page.tags.length; k++) {
    const tag = page.tags[k];
    if (tag.name !== name || tag.empty) continue;
    depth += tag.close ? -1 : 1;
    if (depth === 0) return k;
  }
  throw new Error(`${page.path}: <${name}> has no end`);
}

export function textOf(page, tag) {
  const inside = page.html.slice(tag.to, page.tags[endOf(page, tag.index)].from);
  return unescape(inside.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
}

// The tags inside an element.
export function inside(page, tag) {
  return page.tags.slice(tag.index + 1, endOf(page, tag.index));
}

function kindOf(file, departments) {
  const parts = file.split('/').slice(0, -1);
  if (file === '404.html') return '404';
  if (departments.has(parts[0])) parts[0] = '*';
  if (parts[0] === '*' && parts[1] === 'audit') parts.fill('*', 2); // rounds, schools, letters
  const steps = parts[0] === '*' ? 3 : 2;
  if (parts.length >= steps) parts[parts.length - 1] = '*';
  return `${parts.join('/')}/`;
}

function readPage(folder, file, departments) {
  const html = fs.readFileSync(path.join(folder, file), 'utf8');
  const tags = scan(html);
  const open = tags.filter((tag) => !tag.close);
  return {
    path: file,
    kind: kindOf(file, departments),
    html,
    tags,
    open,
    ids: open.map((tag) => tag.attrs.id).filter((id) => id !== undefined),
    links: open
      .filter((tag) => tag.name !== 'link' || tag.attrs.rel !== 'canonical')
      .flatMap((tag) => [tag.attrs.href, tag.attrs.src])
      .filter((link) => link !== undefined),
  };
}

export function readSite(folder) {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.path, entry.name)).split(path.sep).join('/'))
    .sort();
  const departments = new Set(
    files.filter((file) => file.endsWith('data/datapackage.json')).map((file) => file.split('/')[0]),
  );
  const pages = files.filter((file) => file.endsWith('.html')).map((file) => readPage(folder, file, departments));
  const kinds = Map.groupBy?.(pages, (page) => page.kind) ?? group(pages);
  const bySize = (list) => [...list].sort((a, b) => b.html.length - a.html.length);
  return {
    folder,
    files: new Set(files),
    pages,
    departments: [...departments],
    page: (file) => pages.find((page) => page.path === file),
    oneOfEach: () => [...kinds.values()].map((list) => bySize(list)[0]),
    twoOfEach: () => [...kinds.values()].flatMap((list) => [...new Set([bySize(list)[0], bySize(list).at(-1)])]),
  };
}

function group(pages) {
  const kinds = new Map();
  for (const page of pages) kinds.set(page.kind, [...(kinds.get(page.kind) ?? []), page]);
  return kinds;
}

// Where a link of a page leads: { file, anchor }, or null when it leaves the site.
export function resolve(page, link) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link) || link.startsWith('//')) return null;
  const url = new URL(link, `http://site/${page.path}`);
  let file = decodeURIComponent(url.pathname).slice(1);
  if (file === '' || file.endsWith('/')) file += 'index.html';
  return { file, anchor: decodeURIComponent(url.hash.slice(1)) };
}

export function parseCsv(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
