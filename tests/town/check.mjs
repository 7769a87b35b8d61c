// Compares what the audit wrote with what was expected of each site.
//
//   node check.mjs expect|timed|markup ROWS [ARCHIVE]      TAP: one test for each site
//
// ROWS is a file of data/<department>/audit, with its evidence beside it;
// ARCHIVE is the folder of the visit. Sites that were not visited are left out
// when SOME is set.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { groupBy, rowsOf } from './csv.mjs';
import { sites } from './sites.mjs';

const [list, rowsFile, archive] = process.argv.slice(2);
const read = (file) => rowsOf(fs.readFileSync(file, 'utf8'));
const byItem = (rows) => new Map(rows.map((row) => [`${row.school} ${row.item}`, row]));
const rows = byItem(read(rowsFile));
const evidence = byItem(read(rowsFile.replace(/csv$/, 'evidence.csv')));
const visited = groupBy([...rows.values()], (row) => row.school);

function* wrongRows(site) {
  for (const [item, value] of Object.entries(site[list])) {
    const [found, ...words] = [value].flat();
    const row = rows.get(`${site.id} ${item}`);
    const says = `${row?.reason}; ${row?.note}`;
    if (!row) yield `${item}: no row`;
    else if (row.found !== found) yield `${item}: ${row.found} (${row.reason}), not ${found}`;
    else if (found === 'yes' && !words.length && row.note) yield `${item}: there is a note «${row.note}»`;
    for (const word of words)
      if (!says.includes(word)) yield `${item}: «${says}» lacks «${word}»`;
  }
  for (const [column, text] of Object.entries(site.evidence ?? {})) {
    const is = evidence.get(`${site.id} programme`)?.[column] ?? '';
    if (list === 'expect' && !is.includes(text)) yield `${column}: «${is}», not «${text}»`;
  }
}

// Where the log says that an answer is kept, it is kept, and as long as it says.
function* wrongArchive(id, log) {
  const bytes = fs.readFileSync(path.join(archive, `${id}.warc.gz`));
  for (const row of log.filter((r) => r.offset !== '')) {
    const head = zlib.gunzipSync(bytes.subarray(Number(row.offset), Number(row.offset) + 65536),
      { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString('latin1').split('\r\n\r\n')[0];
    const field = (name) => head.match(new RegExp(`^${name}: (.*?)\r?$`, 'm'))?.[1] ?? '';
    if (field('WARC-Type') !== 'response') yield `${row.url}: no answer at ${row.offset}`;
    else if (field('WARC-Target-URI') !== (row.final || row.url)) yield `${row.url}: another answer at ${row.offset}`;
    else if (field('WARC-Truncated') !== row.truncated) yield `${row.url}: truncated «${field('WARC-Truncated')}», not «${row.truncated}»`;
  }
}

function* wrongLog(site, log) {
  for (const [target, columns] of Object.entries(site.log ?? {})) {
    const row = log.findLast((r) => r.url.endsWith(target));
    if (!row) yield `${target}: not in the log`;
    for (const [column, value] of Object.entries(row ? columns : {}))
      if (!(value instanceof RegExp ? value.test(row[column]) : row[column] === String(value)))
        yield `${target}: ${column} «${row[column]}», not ${value}`;
  }
}

let number = 0;
let failed = 0;
for (const site of sites) {
  if (!site[list] || (process.env.SOME && !visited.has(site.id))) continue;
  const wrong = [...wrongRows(site)];
  if (archive) {
    const log = read(path.join(archive, `${site.id}.log.csv`));
    wrong.push(...wrongLog(site, log), ...wrongArchive(site.id, log));
  }
  number += 1;
  const name = site.rows.length ? `${site.id} (row ${site.rows.join(' ')})` : site.id;
  console.log(`${wrong.length ? 'not ok' : 'ok'} ${number} - ${name}`);
  for (const line of wrong) console.log(`# ${line}`);
  if (wrong.length) failed += 1;
}
console.log(`1..${number}`);
process.exit(failed ? 1 : 0);
