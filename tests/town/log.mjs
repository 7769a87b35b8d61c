// The log of the town: FOLDER/access.csv, a line for every connection and
// request:
//
//   milliseconds,address,connection,event,host,path,agent
//
// Times are in the visitor's favour, since a busy machine comes late to see what
// happens: a question is dated by the latest moment at which it can have been
// put, the end of an answer by the earliest. So a rest that is too short here
// was too short, however late the server was.
import fs from 'node:fs';
import path from 'node:path';

const TURN_MS = 5;
const started = process.hrtime.bigint();

export const now = () => Number(process.hrtime.bigint() - started) / 1e6;

// What a callback is told of had not happened yet when the turn of the event
// loop before the last one ended: it would have been told then.
const turns = [0, 0];
setInterval(() => {
  turns.shift();
  turns.push(now());
}, TURN_MS);
export const notBefore = () => turns[0];

export function openLog(folder) {
  const file = fs.openSync(path.join(folder, 'access.csv'), 'w');
  const cell = (s) => `"${String(s).replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`;
  // At once: who reads the log has seen the answer already.
  return (ms, event, address, connection, host = '', target = '', agent = '') =>
    fs.writeSync(file, [ms.toFixed(2), address, connection, event, cell(host), cell(target), cell(agent)].join(',') + '\n');
}
