// Compares what the audit wrote with what was expected of each site.
//
//   node check.mjs EXPECTED ROWS      TAP: one test for each site
import fs from 'node:fs';
import { rowsOf } from './csv.mjs';

const [expectedFile, rowsFile] = process.argv.slice(2);
const found = new Map();
for (const row of rowsOf(fs.readFileSync(rowsFile, 'utf8'))) found.set(`${row.school} ${row.item}`, row);

const sites = new Map();
for (const want of rowsOf(fs.readFileSync(expectedFile, 'utf8'))) {
  const row = found.get(`${want.school} ${want.item}`);
  const site = sites.get(want.school) ?? { rows: want.rows, wrong: [] };
  sites.set(want.school, site);
  if (!row) site.wrong.push(`${want.item}: no row`);
  else if (row.found !== want.found) site.wrong.push(`${want.item}: ${row.found} (${row.reason}), not ${want.found}`);
  else if (want.words && !`${row.reason}; ${row.note}`.includes(want.words))
    site.wrong.push(`${want.item}: «${row.reason}; ${row.note}» lacks «${want.words}»`);
}

let number = 0;
let failed = 0;
for (const [school, { rows, wrong }] of sites) {
  number += 1;
  const name = rows ? `${school} (row ${rows})` : school;
  console.log(`${wrong.length ? 'not ok' : 'ok'} ${number} - ${name}`);
  for (const line of wrong) console.log(`# ${line}`);
  if (wrong.length) failed += 1;
}
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
