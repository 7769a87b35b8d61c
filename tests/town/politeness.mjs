// What the server saw, as against what a polite visitor does.
//
//   node politeness.mjs LOG DELAY AGENT MOST      TAP
import fs from 'node:fs';
import { groupBy, rowsOf } from './csv.mjs';
import { sites } from './sites.mjs';

const [logFile, delay, agent, most] = process.argv.slice(2);
// On a busy machine the server notes an end later than the visitor sees it.
const SLACK = 75;

const events = rowsOf(`ms,address,connection,event,host,path,agent\n${fs.readFileSync(logFile, 'utf8')}`)
  .map((e) => ({ ...e, ms: Number(e.ms) }));
const hostOf = new Map(); // connection → the host it asks
for (const e of events) if (e.event === 'ask') hostOf.set(e.connection, e.host);
const hosts = groupBy(events.filter((e) => hostOf.has(e.connection)), (e) => hostOf.get(e.connection));
const asked = events.filter((e) => e.event === 'ask');
const problems = { connections: [], delay: [], robots: [], agent: [], bounds: [], methods: [], slow: [], shared: [] };

// One question at a time, and a rest after each answer.
for (const [host, list] of hosts) {
  const busy = new Map(); // connection → when it was asked
  let rested = -Infinity; // when the last answer was over
  for (const e of list) {
    if (e.event === 'ask') {
      for (const [other, since] of busy)
        if (other !== e.connection && e.ms - since > SLACK) problems.connections.push(`${host} ${e.path} at ${e.ms}`);
      if (e.ms - rested < Number(delay) - SLACK) problems.delay.push(`${host} ${e.path}: ${(e.ms - rested).toFixed(1)} ms`);
      busy.set(e.connection, e.ms);
    } else if (busy.delete(e.connection)) {
      rested = e.ms; // answered, dropped without an answer, or closed
    }
  }
}

const named = new Map(sites.map((site) => [site.host, site]));
for (const e of asked) {
  const site = named.get(e.host.replace(/:\d+$/, ''));
  if (site?.forbidden?.test(e.path) && e.path !== '/robots.txt') problems.robots.push(`${e.host}${e.path}`);
  if (e.agent !== agent) problems.agent.push(`${e.host}${e.path}: ${e.agent}`);
}

// robots.txt comes first.
for (const [host, list] of groupBy(asked, (e) => e.host))
  if (list[0].path !== '/robots.txt') problems.robots.push(`${host} begins with ${list[0].path}`);

for (const [host, list] of groupBy(asked, (e) => e.host))
  if (list.length > Number(most)) problems.bounds.push(`${host}: ${list.length}`);

// HEAD is often refused, or answered otherwise than GET.
for (const e of events) if (e.event === 'ask otherwise') problems.methods.push(`${e.host}${e.path}`);

// While a slow one keeps its visitor waiting, the others go on.
for (const [id, target] of [['slow-drip', '/programme.html'], ['never-answers', '/programme.pdf']]) {
  const begin = asked.find((e) => e.host.startsWith(`${id}.`) && e.path === target);
  const end = begin && events.find((e) => e.connection === begin.connection && e.ms > begin.ms);
  const others = end ? asked.filter((e) => e.ms > begin.ms && e.ms < end.ms && e.host !== begin.host) : [];
  if (others.length < 20) problems.slow.push(`${id}: ${others.length} questions to others in its time`);
}

// The interface of a file store is one host, whichever school leads there.
const shared = asked.filter((e) => e.host === 'cloud-api.yandex.net');
const keys = new Set(shared.map((e) => decodeURIComponent(e.path).match(/there-([a-z]+)/)?.[1]));
if (keys.size < 4) problems.shared.push('too few schools to see it');
if (shared.filter((e) => e.path === '/robots.txt').length !== 1) problems.shared.push('robots.txt is asked more than once');
for (let i = 1; i < shared.length; i++)
  if (shared[i].ms - shared[i - 1].ms < Number(delay) - SLACK) problems.shared.push(`${shared[i].path} comes too early`);

const names = {
  connections: 'a host has one connection at a time',
  delay: `a host rests ${delay} ms after each answer`,
  robots: 'robots.txt comes first, and nothing is asked that it forbids',
  agent: 'the User-Agent says who we are',
  methods: 'only GET is used (row 27)',
  slow: 'a slow host holds nobody up (row 66)',
  shared: 'an interface of all schools is asked as one host (row 54)',
  bounds: `no host is asked more than ${most} times`,
};
let failed = 0;
for (const [kind, name] of Object.entries(names)) {
  const wrong = problems[kind];
  console.log(`${wrong.length ? 'not ok' : 'ok'} - ${name}`);
  for (const line of wrong.slice(0, 5)) console.log(`# ${line}`);
  if (wrong.length) failed = 1;
}
process.exit(failed);
