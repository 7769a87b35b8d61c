// The server of the test town: one process, an address of 127/8 for each site,
// HTTP spoken by hand, so that it can be spoken wrongly.
//
//   node server.mjs FOLDER      writes FOLDER/hosts, FOLDER/schools.csv and
//                               FOLDER/timed.csv, lists of schools
//                               FOLDER/markup and FOLDER/quick, FOLDER/control
//                               (/dev/tcp/HOST/PORT of control.mjs) and, when
//                               all ports are open, FOLDER/ready; logs to
//                               FOLDER/access.csv (log.mjs)
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import path from 'node:path';
import { sites } from './sites.mjs';
import { certificates } from './certificates.mjs';
import { Gate, openControl } from './control.mjs';
import { notBefore, now, openLog } from './log.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: server.mjs FOLDER');
  process.exit(2);
}

const note = openLog(folder);
const gate = new Gate();
let connections = 0;

// Answers that wait until the visitor has asked others so often, or for long
// enough to say that it does not.
const OTHERS_MS = 100000;
const late = new Set();
let asked = 0; // by the visitor of all sites, but for those of timed.csv

function countQuestion(site) {
  if (site.timed) return;
  asked += 1;
  for (const answer of late) if (asked >= answer.from) answer.go();
}

// What a handler answers with. Everything ends the way it was asked to: a
// connection is kept when the answer allows it.
class Answer {
  constructor(socket, request, over, next) {
    this.socket = socket;
    this.request = request;
    this.over = over;
    this.next = next;
    this.sent = null; // when the last of it was about to be
  }

  raw(bytes) {
    this.sent = now();
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  close() {
    this.over('answered', this.sent ?? now());
    this.socket.end();
  }

  drop() {
    this.over('dropped', now());
    this.socket.destroy();
  }

  // Goes on when the visitor has asked others so often.
  afterOthers(count, goOn) {
    const answer = { from: asked + count, go: () => late.delete(answer) && goOn() };
    late.add(answer);
    setTimeout(answer.go, OTHERS_MS);
  }

  send(status, headers, body = '') {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    const all = { 'content-length': bytes.length, ...headers };
    const lines = Object.entries(all).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).filter((v) => v !== null).map((v) => `${name}: ${v}`));
    this.raw(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} x\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
      this.request.method === 'HEAD' ? Buffer.alloc(0) : bytes]));
    this.over('answered', this.sent);
    this.next();
  }

  html(body, headers = {}) {
    this.send(200, { 'content-type': 'text/html; charset=utf-8', ...headers }, body);
  }

  file(bytes, type = 'application/octet-stream', headers = {}) {
    this.send(200, { 'content-type': type, ...headers }, bytes);
  }

  redirect(to, headers = {}, status = 302) {
    this.send(status, { location: to, 'content-type': 'text/html', ...headers }, '');
  }

  missing() {
    this.send(404, { 'content-type': 'text/html; charset=utf-8' },
      '<title>Страница не найдена</title><h1>404</h1>');
  }
}

function parse(head) {
  const [first, ...rest] = head.toString('latin1').split('\r\n');
  const [method, target] = first.split(' ');
  const headers = {};
  for (const line of rest) {
    const at = line.indexOf(':');
    if (at > 0) headers[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim();
  }
  const [pathname, query = ''] = (target ?? '').split('?');
  return { method, target, path: pathname, query, headers, cookie: headers.cookie ?? '' };
}

function handlerOf(site, request) {
  if (request.path !== '/robots.txt') return site.handle;
  if (typeof site.robots === 'string') return (q, a) => a.send(200, { 'content-type': 'text/plain' }, site.robots);
  return site.robots ?? ((q, a) => a.missing());
}

function serve(site, address, secure) {
  return (socket) => {
    const number = ++connections;
    let nth = 0;
    let waiting = Buffer.alloc(0);
    let closed = false;
    note(now(), 'open', address, number);
    // The visitor's end first, and not what becomes of ours.
    const over = () => {
      if (!closed) note(notBefore(), 'close', address, number);
      closed = true;
    };
    for (const event of ['end', 'error', 'close']) socket.on(event, over);
    // Who agrees to HTTP/2 here is lost: a preface, and a stream error.
    if (socket.alpnProtocol === 'h2') {
      socket.end(Buffer.from('000000040000000000' + '00000403000000000100000002', 'hex'));
      return;
    }
    const next = () => {
      const end = waiting.indexOf('\r\n\r\n');
      if (end < 0) return;
      const request = { ...parse(waiting.subarray(0, end)), secure, site, nth: ++nth };
      waiting = waiting.subarray(end + 4);
      note(now(), request.method === 'GET' ? 'ask' : 'ask otherwise', address, number, request.headers.host, request.target, request.headers['user-agent']);
      countQuestion(site);
      const answer = new Answer(socket, request, (event, ms) => note(ms, event, address, number), next);
      gate.pass(site.id, socket, () => handlerOf(site, request)(request, answer));
    };
    socket.on('data', (bytes) => {
      // Encryption where there is none, as web servers answer it.
      if (!secure && bytes[0] === 0x16 && nth === 0) {
        socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
      }
      waiting = Buffer.concat([waiting, bytes]);
      next();
    });
  };
}

const control = await openControl(gate);
const listening = [];
const listen = (server, port, address) => listening.push(new Promise((done, fail) => {
  server.on('error', fail);
  server.on('tlsClientError', () => {});
  server.listen(port, address, done);
}));

const known = certificates(folder);
const hosts = [];
sites.forEach((site, i) => {
  const address = `${control.network}.${Math.floor(i / 200)}.${(i % 200) + 1}`;
  for (const name of [site.host, ...(site.others ?? [])]) hosts.push(`${address}${site.port ? `:${site.port}` : ''} ${name}`);
  if (site.dead) return;
  if (!site.onlyTls) listen(net.createServer(serve(site, address, false)), 8080, address);
  if (site.tls) {
    const options = { ...known[site.tls], ...(site.tlsOptions ?? {}) };
    listen(tls.createServer(options, serve(site, address, true)), 8443, address);
  }
});
const schools = (wanted) => ['school,name,kind,site,aliases', ...sites.filter((site) => site.school !== false && wanted(site))
  .map((site) => `${site.id},"Школа «${site.id}»",secondary,${site.url ?? `http://${site.host}:8080/`},${site.aliases ?? ''}`)].join('\n') + '\n';
const list = (wanted) => sites.filter(wanted).map((site) => site.id).join(',') + '\n';

await Promise.all(listening);
fs.writeFileSync(path.join(folder, 'markup'), list((site) => site.markup));
fs.writeFileSync(path.join(folder, 'quick'), list((site) => site.expect && !site.slow));
fs.writeFileSync(path.join(folder, 'hosts'), hosts.join('\n') + '\n');
fs.writeFileSync(path.join(folder, 'schools.csv'), schools((site) => !site.timed));
fs.writeFileSync(path.join(folder, 'timed.csv'), schools((site) => site.timed));
fs.writeFileSync(path.join(folder, 'control'), `/dev/tcp/${control.host}/${control.port}\n`);
fs.writeFileSync(path.join(folder, 'ready'), '');
process.on('SIGTERM', () => process.exit(0));
