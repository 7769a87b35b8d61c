// Says where the machine-readable files of a department do not agree:
//   node parity.mjs OUT/<dept>/data
// Each CSV has a JSON beside it with the same rows and numbers, and the data
// package names both the files and their columns. Prints nothing when all fit.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';

const folder = process.argv[2];
const read = (name) => readFileSync(`${folder}/${name}`);
const problems = [];
const say = (...words) => problems.push(words.join(' '));

// RFC 4180, with LF: rows of cells.
function parse(text) {
  const rows = [[]];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (c === '"') {
      quoted = !quoted;
    } else if (!quoted && (c === ',' || c === '\n')) {
      rows.at(-1).push(cell);
      cell = '';
      if (c === '\n') rows.push([]);
    } else {
      cell += c;
    }
  }
  if (quoted || cell || rows.at(-1).length) say('the last row does not end');
  rows.pop();
  return rows;
}

const number = /^-?(0|[1-9]\d*)(\.\d{0,3}[1-9])?$/;

// A spreadsheet would run what begins like a formula: CSV has ' before it.
const unguarded = (cell) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

function same(cell, value) {
  if (value === null) return cell === '';
  if (typeof value === 'number') return number.test(cell) && Number(cell) === value;
  return typeof value === 'string' && unguarded(cell) === value;
}

const tables = readdirSync(folder).filter((name) => name.endsWith('.csv'));
const resources = JSON.parse(read('datapackage.json')).resources;
const described = new Map(resources.map((resource) => [resource.path, resource]));

for (const name of tables) {
  const bytes = read(name);
  const text = bytes.toString('utf8');
  const [header, ...rows] = parse(text);
  const objects = JSON.parse(read(name.replace(/csv$/, 'json')));
  const resource = described.get(name);
  if (text.includes('\r') || text.startsWith('\ufeff')) say(name, 'has a CR or a byte order mark');
  if (objects.length !== rows.length) say(name, 'has', rows.length, 'rows, JSON', objects.length);
  rows.forEach((row, n) => {
    const object = objects[n] ?? {};
    if (row.length !== header.length) say(name, 'row', n + 1, 'has', row.length, 'cells');
    if (Object.keys(object).join() !== header.join()) say(name, 'row', n + 1, 'has other keys in JSON');
    header.forEach((column, i) => {
      if (!same(row[i], object[column])) say(name, 'row', n + 1, column, row[i], JSON.stringify(object[column]));
    });
  });
  if (!resource) {
    say(name, 'is not in the data package');
    continue;
  }
  const fields = resource.schema.fields.map((field) => field.name);
  if (fields.join() !== header.join()) say(name, 'has other columns in the data package:', fields.join());
  if (resource.bytes !== undefined && resource.bytes !== bytes.length) say(name, 'has', bytes.length, 'bytes');
  const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (resource.hash !== undefined && resource.hash !== hash) say(name, 'has another hash');
}
for (const path of described.keys()) {
  if (!existsSync(`${folder}/${path}`)) say(path, 'is in the data package and not there');
}
problems.forEach((problem) => console.log(problem));
process.exit(problems.length ? 1 : 0);
