// What the server saw, as against what a polite visitor does.
//
//   node politeness.mjs expect|timed LOG DELAY AGENT MOST      TAP
//
// The sites of the one visit or of the other, see sites.mjs; the log errs in
// the visitor's favour, see log.mjs.
import fs from 'node:fs';
import { groupBy, rowsOf } from './csv.mjs';
import { OTHERS } from './page.mjs';
import { sites } from './sites.mjs';

const [list, logFile, delay, agent, most] = process.argv.slice(2);
const REST = Number(delay) - 2; // the visitor counts whole milliseconds

const named = new Map(sites.flatMap((site) => [site.host, ...(site.others ?? [])].map((host) => [host, site])));
const siteOf = (host) => named.get(host.replace(/:\d+$/, ''));
const events = rowsOf(`ms,address,connection,event,host,path,agent\n${fs.readFileSync(logFile, 'utf8')}`)
  .map((e, order) => ({ ...e, ms: Number(e.ms), order }));
const problems = { connections: [], delay: [], robots: [], agent: [], bounds: [], methods: [], slow: [], shared: [] };

// Questions, and when the answer of each was over: it was whole, or one of the
// two went away.
const questions = [];
const open = new Map(); // connection → its question
for (const e of events)
  if (e.event.startsWith('ask')) {
    const question = { ...e, over: { ms: Infinity, order: Infinity } };
    open.set(e.connection, question);
    if (Boolean(siteOf(e.host)?.timed) === (list === 'timed')) questions.push(question);
  } else if (open.has(e.connection)) {
    open.get(e.connection).over = e;
    open.delete(e.connection);
  }
const hosts = groupBy(questions, (q) => q.host);

// One connection at a time, on whatever port, asked or idle.
const connections = new Map();
for (const e of events) {
  if (e.event === 'open') connections.set(e.connection, { opened: e.ms, closed: Infinity });
  const c = connections.get(e.connection);
  if (e.event === 'close') c.closed = e.ms;
  else if (e.event.startsWith('ask')) c.host ??= e.host.replace(/:\d+$/, '');
}
const asked = [...connections.values()].filter((c) => c.host && Boolean(siteOf(c.host)?.timed) === (list === 'timed'));
for (const [host, own] of groupBy(asked, (c) => c.host))
  for (let i = 1; i < own.length; i++)
    if (own[i].opened < own[i - 1].closed) problems.connections.push(`${host}: another one at ${own[i].opened}`);

// One question at a time, and a rest after each answer.
for (const [host, asked] of hosts) {
  let last; // of those before, the one whose answer was over last
  for (const q of asked) {
    const rest = last ? q.ms - last.over.ms : Infinity;
    if (rest < 0 && q.connection !== last.connection) problems.connections.push(`${host} ${q.path} at ${q.ms}`);
    if (rest < REST) problems.delay.push(`${host} ${q.path}: ${rest.toFixed(1)} ms`);
    if (!last || q.over.ms > last.over.ms) last = q;
  }
}

for (const q of questions) {
  if (siteOf(q.host)?.forbidden?.test(q.path) && q.path !== '/robots.txt') problems.robots.push(`${q.host}${q.path}`);
  if (q.agent !== agent) problems.agent.push(`${q.host}${q.path}: ${q.agent}`);
}

for (const [host, asked] of hosts) {
  // robots.txt comes first.
  if (asked[0].path !== '/robots.txt') problems.robots.push(`${host} begins with ${asked[0].path}`);
  if (asked.length > Number(most)) problems.bounds.push(`${host}: ${asked.length}`);
}

// HEAD is often refused, or answered otherwise than GET.
for (const q of questions) if (q.event !== 'ask') problems.methods.push(`${q.host}${q.path}`);

// While a slow one keeps its visitor waiting, the others go on.
for (const site of sites.filter((s) => s.late)) {
  const q = questions.find((other) => siteOf(other.host) === site && other.path === site.late);
  const others = questions.filter((o) => q && o.order > q.order && o.order < q.over.order && o.host !== q.host);
  if (others.length < OTHERS) problems.slow.push(`${site.id}: ${others.length} questions to others in its time`);
}

// The interface of a file store is one host, whichever school leads there.
const shared = questions.filter((q) => q.host === 'cloud-api.yandex.net');
const keys = new Set(shared.map((q) => decodeURIComponent(q.path).match(/there-([a-z]+)/)?.[1]));
if (keys.size < 4) problems.shared.push('too few schools to see it');
if (shared.filter((q) => q.path === '/robots.txt').length !== 1) problems.shared.push('robots.txt is asked more than once');
for (let i = 1; i < shared.length; i++)
  if (shared[i].ms - shared[i - 1].ms < REST) problems.shared.push(`${shared[i].path} comes too early`);

const names = {
  connections: 'a host has one connection at a time',
  delay: `a host rests ${delay} ms after each answer`,
  robots: 'robots.txt comes first, and nothing is asked that it forbids',
  agent: 'the User-Agent says who we are',
  methods: 'only GET is used (row 27)',
  bounds: `no host is asked more than ${most} times`,
  ...(list === 'expect' && {
    slow: 'a slow host holds nobody up (row 66)',
    shared: 'an interface of all schools is asked as one host (row 54)',
  }),
};
let failed = 0;
for (const [kind, name] of Object.entries(names)) {
  const wrong = problems[kind];
  console.log(`${wrong.length ? 'not ok' : 'ok'} - ${name}${list === 'timed' ? ', also one that is too slow' : ''}`);
  for (const line of wrong.slice(0, 5)) console.log(`# ${line}`);
  if (wrong.length) failed = 1;
}
process.exit(failed);
