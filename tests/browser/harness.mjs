// What a browser test is written with.
//
//   import { test, assert } from './harness.mjs';
//   test('name', async ({ open }) => {
//     const page = await open('/', { width: 360 });
//     assert.equal(await page.title(), '…');
//   });
//
// open(path, options) gives a Playwright page that shows the built site. Options:
// width, height (1280 x 800), js (true), scheme ('light' or 'dark'), contrast
// ('more'), motion ('reduce'). Every page fails its test when it asks another
// host for anything, throws an error, or misses a file of its own.
//
// axe(page) runs the WCAG 2.2 AA rules and returns what they found, one line each.
// It is JavaScript itself, so the page must allow it.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export { assert };

const tests = [];

export function test(name, run) {
  tests.push({ name, run });
}

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.xml': 'application/xml',
  '.atom': 'application/atom+xml',
  '.ics': 'text/calendar; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

// Serves a folder as nginx would: index.html for a folder, 404.html with 404,
// compressed, and what has its hash in its name may be kept for ever.
export async function serve(folder) {
  const root = path.resolve(folder);
  const server = http.createServer(async (request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let file = path.join(root, name);
    if (name.endsWith('/')) file = path.join(file, 'index.html');
    let status = 200;
    let body = await fs.readFile(file).catch(() => null);
    if (body === null) {
      status = 404;
      file = path.join(root, '404.html');
      body = await fs.readFile(file).catch(() => 'not found');
    }
    const packs = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(status, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'cache-control': name.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      ...(packs && { 'content-encoding': 'gzip' }),
    });
    response.end(packs ? zlib.gzipSync(body) : body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const axeSource = await fs.readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help}: ${node.html}`),
  );
}

// Watches a page; what it did wrong is in the list that is returned.
function watch(page, url) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 404')) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(`${url}/`)) {
      faults.push(`asks another host: ${request.url()}`);
    }
  });
  page.on('response', (response) => {
    const document = response.request().resourceType() === 'document';
    const icon = response.url().endsWith('/favicon.ico');
    if (response.status() >= 400 && !document && !icon) {
      faults.push(`misses ${response.url()}`);
    }
  });
  return faults;
}

// The system's browser. The sandbox cannot be set up by root, and /dev/shm is
// small in containers.
export function launch(...args) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...(process.getuid() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', ...args],
  });
}

// Runs what test() collected over a folder; returns how many failed. Each test
// has its own browser contexts, so that none sees another's storage.
export async function runAll(folder, seconds = 300) {
  const site = await serve(folder);
  const browser = await launch();
  let failed = 0;

  for (const { name, run } of tests) {
    const contexts = [];
    const faults = [];
    const open = async (to, { width = 1280, height = 800, js = true, scheme, contrast, motion } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        javaScriptEnabled: js,
        colorScheme: scheme ?? 'light',
        contrast: contrast ?? null,
        reducedMotion: motion ?? null,
        locale: 'ru-RU',
        timezoneId: 'UTC',
      });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      faults.push(watch(page, site.url));
      await page.goto(site.url + to);
      return page;
    };

    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`took more than ${seconds} s`)), seconds * 1000);
    });
    try {
      await Promise.race([run({ open, url: site.url, browser }), late]);
      if (faults.flat().length) throw new Error([...new Set(faults.flat())].join('; '));
      console.log(`ok - ${name}`);
    } catch (error) {
      failed++;
      console.log(error.stack);
      console.log(`not ok - ${name}: ${error.message.split('\n')[0]}`);
    } finally {
      clearTimeout(timer);
      await Promise.all(contexts.map((context) => context.close()));
    }
  }

  await browser.close();
  site.close();
  return failed;
}
