// node search.mjs OUTPUT: the index of the search says nothing that the pages
// do not say. Every answer leads to a page, whose text holds the answer's words;
// every stem of the index is the beginning of a word of the answers it leads
// to; and no file of the index is without use.
import fs from 'node:fs';
import path from 'node:path';

const out = process.argv[2];
const folder = path.join(out, 'search');
const faults = [];

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" };
const unescape = (html) =>
  html.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, number, name) =>
    name ? (entities[name] ?? all) : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(number)),
  );
const plain = (text) => text.replace(/\s+/g, ' ').trim();
const wordsOf = (text) => text.normalize('NFC').toLowerCase().replaceAll('ё', 'е').match(/[\p{L}\p{Nd}]+/gu) ?? [];
const nameOf = (part) => 't' + [...part].map((c) => c.codePointAt(0).toString(16).padStart(4, '0')).join('');

const files = new Map();
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.js'))) {
  const [, name, json] = /^vidno\.found\("([^"]+)",(.*)\);\n$/s.exec(fs.readFileSync(path.join(folder, file), 'utf8'));
  if (`${name}.js` !== file) faults.push(`${file} says that it is ${name}`);
  files.set(name, JSON.parse(json));
}

const texts = new Map();
const textOf = (file) => {
  if (!texts.has(file)) {
    const html = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
    texts.set(file, plain(unescape(html.replace(/<[^>]*>/g, ' '))));
  }
  return texts.get(file);
};

const entries = [];
for (let n = 0; files.has(String(n)); n++) {
  entries.push(...files.get(String(n)));
  files.delete(String(n));
}
for (const [, title, more, href, department] of entries) {
  const text = textOf(path.join(folder, href.replace(/#.*/, '')));
  if (!text) faults.push(`${href} is no page`);
  for (const part of [title, department, ...more.split(', ')]) {
    if (part && !text.includes(plain(part))) faults.push(`${href} does not say «${part}»`);
  }
}

const stems = new Set();
for (const part of files.get('index') ?? []) {
  for (const [stem, list] of Object.entries(files.get(nameOf(part)) ?? {})) {
    if (stems.has(stem)) faults.push(`${stem} stands twice`);
    if (!stem.startsWith(part)) faults.push(`${stem} stands with ${part}`);
    stems.add(stem);
    let n = 0;
    for (const step of Array.isArray(list) ? list : []) {
      n += step;
      const words = entries[n] ? wordsOf(`${entries[n][1]} ${entries[n][2]} ${entries[n][4]}`) : [];
      if (!words.some((word) => word.startsWith(stem))) faults.push(`${stem} leads to entry ${n}`);
    }
  }
  files.delete(nameOf(part));
}
files.delete('index');
for (const name of files.keys()) faults.push(`${name}.js is asked for by nobody`);
if (!stems.size) faults.push('the index is empty');

for (const fault of faults) console.log(fault);
process.exitCode = faults.length ? 1 : 0;
