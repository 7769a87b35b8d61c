// What a broken visit asked, as against one that went through.
//
//   node again.mjs WHOLE BROKEN BREAKS      each line "TIMES HOST,PATH"
//
// The same addresses, and for each host at most one question more a break: the
// one that was under way.
import fs from 'node:fs';

const [wholeFile, brokenFile, breaks] = process.argv.slice(2);
const read = (file) => new Map(fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => {
  const [, times, address] = line.match(/^ *(\d+) (.*)$/);
  return [address, Number(times)];
}));
const whole = read(wholeFile);
const broken = read(brokenFile);
const more = new Map();
let failed = 0;
const complain = (text) => {
  console.log(text);
  failed = 1;
};

for (const [address, times] of whole)
  if ((broken.get(address) ?? 0) < times) complain(`asked too seldom: ${address}`);
for (const [address, times] of broken) {
  if (!whole.has(address)) complain(`asked only after a break: ${address}`);
  const host = address.split(',')[0];
  more.set(host, (more.get(host) ?? 0) + times - (whole.get(address) ?? 0));
}
for (const [host, times] of more) if (times > Number(breaks)) complain(`${host}: ${times} questions more`);
process.exit(failed);
