// A small internet in a network namespace: name server, public sites that
// lead to private addresses, and every private address there is, listening.
//
//   node internet.mjs FOLDER      writes FOLDER/schools.csv and, when it is
//                                 all there, FOLDER/ready; logs to
//                                 FOLDER/access.csv: milliseconds, address of
//                                 ours that was asked, event, host, path;
//                                 when there is a FOLDER/rebound, one name
//                                 has become private
//
// Names end in .example; each site has an address of its own, so that none
// waits for another.
import dgram from 'node:dgram';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pdf } from './files.mjs';
import { PROGRAMME, link, page } from './page.mjs';

const folder = process.argv[2];
const six = process.env.SIX === '1';
const started = process.hrtime.bigint();
const log = fs.openSync(path.join(folder, 'access.csv'), 'w');
const note = (...cells) => {
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  fs.writeSync(log, [ms.toFixed(1), ...cells].join(',') + '\n');
};

// Every way to write a private address that a browser understands.
export const PRIVATE = ['127.0.0.1', '[::1]', '10.0.0.1', '169.254.169.254', '192.168.1.1',
  '[::ffff:127.0.0.1]', '[::ffff:a00:1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]',
  '[fd00::1]', '[fe80::1]', '[::]', '0.0.0.0', '0', '127.1', '2130706433', '017700000001', '0x7f000001',
  '0177.0.0.1', '0x7f.0.0x0.1', '%31%32%37.0.0.1', '１２７.０.０.１', 'localhost', 'LOCALHOST', 'inside.example',
  'six-inside.example', 'mapped.example', '100.64.0.1', '172.16.0.1', '198.18.0.1'];

const document = (a) => a.writeHead(200, { 'content-type': 'application/pdf' }).end(pdf());
const html = (a, body, headers = {}) =>
  a.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(page('Школа', body));
const leads = (to) => (q, a) => a.writeHead(302, { location: Buffer.from(to).toString('latin1') }).end();

// name → its addresses (a function of the type and the number of the question,
// asked each time), and what it answers
const sites = {
  links: { handle: (q, a) => html(a, PRIVATE.map((host) => link(`http://${host}/programme.pdf`, PROGRAMME)).join('')) },
  frames: {
    handle: (q, a) => html(a, `<h2>${PROGRAMME}</h2><iframe src="http://10.0.0.1/frame.html"></iframe>` +
      '<object data="http://127.0.0.1/o.pdf"></object><embed src="http://[::1]/e.pdf">'),
  },
  base: { handle: (q, a) => a.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(page('Школа', link('programme.pdf', PROGRAMME), '<meta charset="utf-8"><base href="http://10.0.0.1/">')) },
  cookie: {
    handle: (q, a) => html(a, link('http://127.0.0.1/programme.pdf', PROGRAMME),
      { 'set-cookie': ['a=1; Domain=127.0.0.1', 'b=2; Domain=10.0.0.1; Path=/'] }),
  },
  robots: { robots: leads('http://10.0.0.1/robots.txt'), handle: (q, a) => html(a, '<h1>Школа</h1>') },
  document: {
    handle: (q, a) => (q.url === '/programme.pdf' ? leads('http://169.254.169.254/latest/meta-data/')(q, a)
      : html(a, link('/programme.pdf', PROGRAMME))),
  },
  // First public, then private: a visit looks it up once. A question that comes
  // twice is the same, put again.
  rebind: {
    addresses: (() => {
      let first;
      return (type, number) => {
        if (type === 1) first ??= number;
        const over = fs.existsSync(path.join(folder, 'rebound')) || number !== first;
        return [type === 1 && over ? '127.0.0.1' : '93.184.216.200'];
      };
    })(),
    handle: (q, a) => (q.url === '/programme.pdf' ? document(a) : html(a, link('/programme.pdf', PROGRAMME))),
  },
  // Both at once: only the public one may be used.
  both: {
    addresses: () => ['10.0.0.1', '93.184.216.201', '127.0.0.1'],
    handle: (q, a) => (q.url === '/programme.pdf' ? document(a) : html(a, link('/programme.pdf', PROGRAMME))),
  },
  inside: { addresses: () => ['10.0.0.1'] },
  'six-inside': { addresses: () => ['fd00::1', '::1'] },
  mapped: { addresses: () => ['::ffff:10.0.0.1'] },
  address: { addresses: () => [], url: 'http://127.0.0.1/' },
  'own-name': { addresses: () => [], url: 'http://localhost/' },
  polite: { handle: (q, a) => html(a, link('/programme.pdf', PROGRAMME)) },
};
if (six)
  sites.six = {
    addresses: () => ['2606:2800:220:1::34'],
    handle: (q, a) => (q.url === '/programme.pdf' ? document(a) : html(a, link('/programme.pdf', PROGRAMME))),
  };
PRIVATE.forEach((host, i) => {
  sites[`to-${i}`] = { handle: leads(`http://${host}/`) };
});
Object.values(sites).forEach((site, i) => {
  site.addresses ??= () => [`93.184.216.${i + 1}`];
});

// ---- the name server: A and AAAA, as RFC 1035 has them

const siteOf = (name) => sites[name.toLowerCase().replace(/\.$/, '').replace(/\.example$/, '')];

function bytesOf(address) {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const four = address.match(/^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/);
  const hex = (a, b) => ((Number(a) << 8) | Number(b)).toString(16);
  const text = four ? `${four[1]}${hex(four[2], four[3])}:${hex(four[4], four[5])}` : address;
  const [head, tail = ''] = text.split('::');
  const words = (s) => (s ? s.split(':') : []);
  const zeros = Array(8 - words(head).length - words(tail).length).fill('0');
  return Buffer.from([...words(head), ...zeros, ...words(tail)].flatMap((w) => [parseInt(w, 16) >> 8, parseInt(w, 16) & 255]));
}

function answerName(question) {
  const labels = [];
  let at = 12;
  for (; question[at]; at += question[at] + 1) labels.push(question.subarray(at + 1, at + 1 + question[at]).toString('latin1'));
  const type = question.readUInt16BE(at + 1);
  const site = siteOf(labels.join('.'));
  note('', 'name', labels.join('.'), type);
  const wanted = type === 1 ? 4 : type === 28 ? 16 : 0;
  const answers = (site?.addresses(type, question.readUInt16BE(0)) ?? []).map(bytesOf).filter((b) => b.length === wanted);
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(site ? 0x8580 : 0x8583, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(answers.length, 6);
  head.writeUInt32BE(0, 8);
  // a pointer to the name, the type, the class, no time to live
  const records = answers.map((b) => Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, b.length]), b]));
  return Buffer.concat([head, question.subarray(12, at + 5), ...records]);
}

const names = dgram.createSocket('udp4');
names.on('message', (question, from) => names.send(answerName(question), from.port, from.address));

// ---- the web servers

function serve(q, a) {
  const address = q.socket.localAddress.replace('::ffff:', '');
  const site = siteOf((q.headers.host ?? '').replace(/:\d+$/, ''));
  note(address, 'ask', q.headers.host ?? '', q.url);
  if (q.url === '/robots.txt' && site?.robots) site.robots(q, a);
  else if (q.url === '/robots.txt') a.writeHead(404).end();
  else if (site?.handle) site.handle(q, a);
  else html(a, '<h1>Внутренний сайт</h1>');
}
function listen(port, host) {
  const server = http.createServer({ keepAliveTimeout: 60000 }, serve);
  server.on('connection', (socket) => note(socket.localAddress.replace('::ffff:', ''), 'open'));
  return new Promise((done) => server.listen(port, host, done));
}
await new Promise((done) => names.bind(53, '127.0.0.1', done));
await listen(80, six ? '::' : '0.0.0.0');
fs.writeFileSync(path.join(folder, 'schools.csv'), 'school,name,kind,site\n' +
  Object.entries(sites).map(([id, site]) => `${id},"Школа «${id}»",secondary,${site.url ?? `http://${id}.example/`}\n`).join(''));
fs.writeFileSync(path.join(folder, 'ready'), '');
