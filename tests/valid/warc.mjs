// node warc.mjs FILE...: are these web archives what they say they are? Read by
// warcio; digests are computed anew. Prints `ok - …` and `not ok - …`; the
// status is 1 when any failed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { WARCParser } from 'warcio';

const sha256 = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

async function payload(record) {
  const pieces = [];
  for await (const piece of record) pieces.push(piece);
  return Buffer.concat(pieces);
}

// The block as it stands in the archive: without HTTP being looked at.
async function blocks(file) {
  const found = [];
  for await (const record of new WARCParser(fs.createReadStream(file), { parseHttp: false })) {
    found.push({ id: record.warcHeader('WARC-Record-ID'), bytes: await payload(record) });
  }
  return found;
}

async function check(file) {
  const counts = {};
  const whole = await blocks(file);
  const ids = new Set(whole.map(({ id }) => id));
  assert.equal(ids.size, whole.length, 'ids are different');
  let at = 0;
  for await (const record of new WARCParser(fs.createReadStream(file))) {
    const header = (name) => record.warcHeader(name);
    const type = header('WARC-Type');
    const block = whole[at++];
    counts[type] = (counts[type] ?? 0) + 1;
    assert.equal(record.warcHeaders.protocol, 'WARC/1.1');
    assert.match(header('WARC-Record-ID'), /^<urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}>$/);
    assert.match(header('WARC-Date'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(header('WARC-Block-Digest'), sha256(block.bytes), 'block digest');
    assert.equal(Number(header('Content-Length')), block.bytes.length, 'length');
    if (header('WARC-Concurrent-To')) assert.ok(ids.has(header('WARC-Concurrent-To')), 'concurrent to');
    if (type === 'response') {
      const body = block.bytes.subarray(block.bytes.indexOf('\r\n\r\n') + 4);
      assert.equal(header('WARC-Payload-Digest'), sha256(body), 'payload digest');
      assert.ok(record.httpHeaders.statusCode >= 200);
      assert.ok(new URL(record.warcTargetURI).href === record.warcTargetURI, 'address');
      assert.match(header('WARC-IP-Address'), /^[0-9a-f.:]+$/);
    }
    await payload(record);
  }
  assert.equal(at, whole.length);
  assert.equal(counts.warcinfo, 1);
  assert.ok(counts.response > 0);
  assert.equal(counts.request, counts.response);
}

let failed = 0;
for (const file of process.argv.slice(2)) {
  const name = path.basename(file);
  try {
    await check(file);
    console.log(`ok - ${name}: warcio reads it, its digests are right`);
  } catch (error) {
    failed++;
    console.log(`not ok - ${name}: ${error.message.split('\n')[0]}`);
  }
}
process.exitCode = failed || process.argv.length < 3 ? 1 : 0;
