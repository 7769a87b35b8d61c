// The server of the test town: one process, an address of 127/8 for each site,
// HTTP spoken by hand, so that it can be spoken wrongly.
//
//   node server.mjs FOLDER      writes FOLDER/hosts, FOLDER/schools.csv, lists
//                               of schools FOLDER/markup and FOLDER/quick and,
//                               when all ports are open, FOLDER/ready; logs to
//                               FOLDER/access.csv
//
// Of every connection and request the log has a line:
//   milliseconds,address,connection,event,host,path,agent
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import path from 'node:path';
import { sites } from './sites.mjs';
import { certificates } from './certificates.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: server.mjs FOLDER');
  process.exit(2);
}

const log = fs.createWriteStream(path.join(folder, 'access.csv'));
const started = process.hrtime.bigint();
let connections = 0;

function note(event, address, connection, host = '', target = '', agent = '') {
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  const cell = (s) => `"${String(s).replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`;
  log.write([ms.toFixed(2), address, connection, event, cell(host), cell(target), cell(agent)].join(',') + '\n');
}

// What a handler answers with. Everything ends the way it was asked to: a
// connection is kept when the answer allows it.
class Answer {
  constructor(socket, request, over, next) {
    this.socket = socket;
    this.request = request;
    this.over = over;
    this.next = next;
  }

  raw(bytes) {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  close() {
    this.over();
    this.socket.end();
  }

  drop() {
    this.dropped();
    this.socket.destroy();
  }

  send(status, headers, body = '') {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
    const all = { 'content-length': bytes.length, ...headers };
    const lines = Object.entries(all).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).filter((v) => v !== null).map((v) => `${name}: ${v}`));
    this.raw(Buffer.concat([Buffer.from(`HTTP/1.1 ${status} x\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
      this.request.method === 'HEAD' ? Buffer.alloc(0) : bytes]));
    this.over();
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

function serve(site, address, secure) {
  return (socket) => {
    const number = ++connections;
    let nth = 0;
    let waiting = Buffer.alloc(0);
    note('open', address, number);
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
      note(request.method === 'GET' ? 'ask' : 'ask otherwise', address, number, request.headers.host, request.target, request.headers['user-agent']);
      const answer = new Answer(socket, request, () => note('answered', address, number), next);
      answer.dropped = () => note('dropped', address, number);
      if (request.path === '/robots.txt' && !site.robots) answer.missing();
      else if (request.path === '/robots.txt' && typeof site.robots === 'string')
        answer.send(200, { 'content-type': 'text/plain' }, site.robots);
      else (request.path === '/robots.txt' ? site.robots : site.handle)(request, answer);
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
    socket.on('error', () => {});
    socket.on('close', () => note('close', address, number));
  };
}

// Towns that run at the same time lie in networks of their own.
const network = `127.${20 + (process.pid % 200)}`;
const listening = [];
const listen = (server, port, address) => listening.push(new Promise((done, fail) => {
  server.on('error', fail);
  server.on('tlsClientError', () => {});
  server.listen(port, address, done);
}));

const known = certificates(folder);
const hosts = [];
const schools = ['school,name,kind,site,aliases'];
sites.forEach((site, i) => {
  const address = `${network}.${Math.floor(i / 200)}.${(i % 200) + 1}`;
  for (const name of [site.host, ...(site.others ?? [])]) hosts.push(`${address}${site.port ? `:${site.port}` : ''} ${name}`);
  if (site.dead) return;
  if (!site.onlyTls) listen(net.createServer(serve(site, address, false)), 8080, address);
  if (site.tls) {
    const options = { ...known[site.tls], ...(site.tlsOptions ?? {}) };
    listen(tls.createServer(options, serve(site, address, true)), 8443, address);
  }
});
for (const site of sites)
  if (site.school !== false) schools.push(`${site.id},"Школа «${site.id}»",secondary,${site.url ?? `http://${site.host}:8080/`},${site.aliases ?? ''}`);

const list = (wanted) => sites.filter(wanted).map((site) => site.id).join(',') + '\n';

await Promise.all(listening);
fs.writeFileSync(path.join(folder, 'markup'), list((site) => site.markup));
fs.writeFileSync(path.join(folder, 'quick'), list((site) => site.expect && !site.slow));
fs.writeFileSync(path.join(folder, 'hosts'), hosts.join('\n') + '\n');
fs.writeFileSync(path.join(folder, 'schools.csv'), schools.join('\n') + '\n');
fs.writeFileSync(path.join(folder, 'ready'), '');
process.on('SIGTERM', () => log.end(() => process.exit(0)));
