// What Lighthouse says of the three pages people come to first: 99 of 100 or
// more in every category, on its slow telephone.
//
// Time is no test here. Its network is a computed one, so bytes, requests and
// their order give the same answer everywhere; the two figures that clock this
// machine's processor are left out of the sum, and printed.
import http from 'node:http';
import { assert, launch, test } from './harness.mjs';
import { readSite } from './site.mjs';
import lighthouse from 'lighthouse';

const CLOCKED = ['total-blocking-time', 'speed-index'];
const LEAST = 0.99;

const pages = readSite(process.argv[2])
  .oneOfEach()
  .filter(({ kind }) => ['*/', '*/indicators/', '*/schools/*/'].includes(kind));

async function freePort() {
  const server = http.createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

// The weighed sum of a category's audits, as Lighthouse makes it.
function scoreOf({ auditRefs }, audits) {
  const counted = auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && !CLOCKED.includes(id));
  const sum = (of) => counted.reduce((total, ref) => total + of(ref), 0);
  return sum(({ id, weight }) => weight * audits[id].score) / sum(({ weight }) => weight);
}

const port = await freePort();

for (const { kind, path } of pages) {
  test(`Lighthouse gives 99 or more: ${kind}`, async ({ url }) => {
    const browser = await launch(`--remote-debugging-port=${port}`);
    try {
      const { lhr } = await lighthouse(`${url}/${path}`, {
        port,
        logLevel: 'silent',
        onlyCategories: ['performance', 'accessibility', 'best-practices', 'seo'],
        // Nothing is loaded late here, so there is nothing to wait for.
        pauseAfterFcpMs: 0,
        pauseAfterLoadMs: 0,
        networkQuietThresholdMs: 250,
        cpuQuietThresholdMs: 250,
        disableFullPageScreenshot: true,
      });
      assert.equal(lhr.runtimeError, undefined);
      const clocked = CLOCKED.map((id) => `${id} ${lhr.audits[id].displayValue}`);
      console.log(`# ${path}: performance ${lhr.categories.performance.score * 100}, ${clocked.join(', ')}`);
      for (const category of Object.values(lhr.categories)) {
        const lost = category.auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score < 1);
        const score = scoreOf(category, lhr.audits);
        assert.ok(score >= LEAST, `${category.id} ${score}: ${lost.map(({ id }) => id).join(', ')}`);
      }
    } finally {
      await browser.close();
    }
  });
}

test('there are an overview, a dashboard and a school for it', () => assert.equal(pages.length, 3));
