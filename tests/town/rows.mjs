// Sees that every row of the table of what real sites do has a test.
//
//   node rows.mjs REPORT      TAP: one test; reads what the others said
//
// A test names its rows: "ok - plain (row 1 5)". Which site stands for which
// row, and with which outcome, is said at the site (sites-*.mjs).
import fs from 'node:fs';

const ROWS = 72;
const tests = new Map(Array.from({ length: ROWS }, (_, i) => [i + 1, 0]));
const said = fs.readFileSync(process.argv[2], 'utf8');
let unknown = '';
for (const [, rows] of said.matchAll(/^(?:not )?ok\b.*\(row ([\d ]+)\)/gm))
  for (const row of rows.split(' ').map(Number)) {
    if (tests.has(row)) tests.set(row, tests.get(row) + 1);
    else unknown += ` ${row}`;
  }
const missing = [...tests].filter(([, count]) => count === 0).map(([row]) => row);
const good = !missing.length && !unknown;
console.log(`${good ? 'ok' : 'not ok'} - each of the ${ROWS} rows of the table has a test`);
if (missing.length) console.log(`# none for ${missing.join(', ')}`);
if (unknown) console.log(`# no such rows:${unknown}`);
process.exit(good ? 0 : 1);
