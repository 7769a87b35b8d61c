// Every kind of page in the browser: how it fits, whom it shuts out, whether
// it works with a keyboard, without scripts, from disk and on paper.
import { assert, axe, test } from './harness.mjs';
import { readSite } from './site.mjs';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const site = readSite(process.argv[2]);
const department = site.departments[0];
// A page that leads on at once cannot be looked at; it has its own test.
const stays = (page) => !page.html.includes('http-equiv="refresh"');
const one = site.oneOfEach().filter(stays);
const two = site.twoOfEach().filter(stays);
const shortest = two.filter((page) => !one.includes(page) || !two.some((other) => other !== page && other.kind === page.kind));

// 640 is 1280 at 200 %.
const widths = [320, 360, 640, 768, 1280];

// Goes through pages in one tab; visit(page, file) gives the faults it finds.
async function walk(tab, url, pages, visit) {
  const faults = [];
  for (const { path: file } of pages) {
    await tab.goto(`${url}/${file}`);
    faults.push(...(await visit(tab, file)).map((fault) => `${file}: ${fault}`));
  }
  assert.deepEqual(faults, []);
}

// What sticks out to the side at the width of the window.
const overflow = () => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const out = [...document.body.querySelectorAll('*')].find(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 0.5 && !element.closest('.wide'),
  );
  return `${root.scrollWidth} px wide in ${root.clientWidth}: ${out?.outerHTML.slice(0, 120)}`;
};

async function fits(tab) {
  const faults = [];
  for (const width of widths) {
    await tab.setViewportSize({ width, height: 800 });
    const fault = await tab.evaluate(overflow);
    if (fault) faults.push(fault);
  }
  return faults;
}

test('no page scrolls sideways', async ({ open, url }) => {
  await walk(await open('/404.html'), url, two, fits);
});

test('no page scrolls sideways in large black on white', async ({ open, url }) => {
  await walk(await open('/404.html'), url, one, async (tab) => {
    await tab.setViewportSize({ width: 1280, height: 800 });
    await tab.check('#contrast');
    return fits(tab);
  });
});

// The structure is that of any mode: the longest pages once, then the shortest.
const modes = [
  { name: 'light', pages: one },
  { name: 'dark', scheme: 'dark', pages: shortest },
  { name: 'black on white', contrast: true, pages: shortest },
];

for (const { name, scheme, contrast, pages } of modes) {
  test(`nobody is shut out (WCAG 2.2 AA), ${name}`, async ({ open, url }) => {
    await walk(await open('/404.html', { scheme }), url, pages, async (tab) => {
      if (contrast) await tab.check('#contrast');
      return axe(tab);
    });
  });
}

test('everything is there without scripts', async ({ open, url }) => {
  await walk(await open('/404.html', { js: false }), url, one, async (tab, file) => {
    const faults = [];
    if (!(await tab.locator('h1').isVisible())) faults.push('no heading');
    const paper = () => tab.locator('html').evaluate((element) => getComputedStyle(element).fontSize);
    const before = await paper();
    await tab.check('#contrast');
    if ((await paper()) === before) faults.push('the switch for weak eyes does nothing');
    const said = (await tab.locator('main').innerText()).replace(/\s/g, '').length;
    if (said < (file.endsWith('404.html') ? 40 : 60)) faults.push(`only ${said} letters`);
    return faults;
  });
});

// The element that has the focus, as a reader with a keyboard finds it.
const focused = () => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const top = document.elementFromPoint(box.x + Math.min(box.width, 8) / 2, box.y + box.height / 2);
  return {
    id: element.id,
    name: element.className || element.localName,
    ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !element.contains(top) && !top?.contains(element),
    order: [...document.querySelectorAll('*')].indexOf(element),
  };
};

test('a keyboard reaches everything, in order, and shows where it is', async ({ open }) => {
  const tab = await open(`/${department}/index.html`);
  const count = await tab.evaluate(
    () => [...document.querySelectorAll('a[href], input, select, button, summary, [tabindex]')].filter((e) => e.checkVisibility()).length,
  );
  const stops = [];
  for (let i = 0; i < count; i++) {
    await tab.keyboard.press('Tab');
    stops.push(await tab.evaluate(focused));
  }
  assert.equal(stops[0].name, 'skip', 'the first stop leads to the content');
  assert.deepEqual(stops.filter((stop) => !stop.ringed || !stop.seen || stop.covered), []);
  const order = stops.map((stop) => stop.order);
  assert.deepEqual(order, [...order].sort((a, b) => a - b), 'in the order of reading');
  assert.equal(new Set(order).size, count, 'every stop once');
  assert.ok(stops.some((stop) => stop.id === 'contrast'));
});

test('skip link, menu and the switch for weak eyes, by keyboard alone', async ({ open }) => {
  const tab = await open(`/${department}/index.html`);
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  assert.match(tab.url(), /#main$/);
  await tab.keyboard.press('Tab');
  assert.ok(await tab.evaluate(() => document.querySelector('main').contains(document.activeElement)));

  await tab.goto(tab.url().replace(/#.*/, ''));
  const menu = tab.locator('nav.main a');
  const last = menu.last();
  for (let i = 0; i < 20 && !(await last.evaluate((link) => link === document.activeElement)); i++) {
    await tab.keyboard.press('Tab');
  }
  const name = await last.innerText();
  await Promise.all([tab.waitForURL(/data\/index\.html$/), tab.keyboard.press('Enter')]);
  assert.equal(await tab.locator('nav.main [aria-current]').innerText(), name);

  const toggle = tab.locator('#contrast');
  await toggle.focus();
  const ink = () => tab.evaluate(() => getComputedStyle(document.documentElement).color);
  const before = await ink();
  await tab.keyboard.press('Space');
  assert.ok(await toggle.isChecked());
  assert.notEqual(await ink(), before);
  assert.equal(await ink(), 'rgb(0, 0, 0)');
  await tab.keyboard.press('Space');
  assert.equal(await ink(), before);
});

test('the menu stands beside the name, and where it does not, in rows of like length', async ({ open }) => {
  const words = (language) =>
    [...fs.readFileSync(`themes/default/i18n/${language}.yaml`, 'utf8').matchAll(/^menu_\w+: (.+)$/gm)].map(([, word]) => word);
  for (const language of ['ru', 'en']) {
    for (const [width, rows] of [[1280, 1], [1024, 1], [768, 2], [360, 3]]) {
      const tab = await open(`/${department}/index.html`, { width });
      const seen = await tab.evaluate((titles) => {
        const links = [...document.querySelectorAll('nav.main a')];
        links.forEach((link, n) => (link.textContent = titles[n]));
        const [name, menu] = ['.brand', 'nav.main'].map((one) => document.querySelector(one).getBoundingClientRect());
        const tops = links.map((link) => link.getBoundingClientRect().top);
        return {
          count: links.length,
          beside: menu.top < name.bottom,
          rows: new Set(tops).size,
          last: tops.filter((top) => top === tops.at(-1)).length,
          fits: document.documentElement.scrollWidth <= innerWidth,
        };
      }, words(language));
      const about = `${language} ${width}: ${JSON.stringify(seen)}`;
      assert.equal(seen.count, words(language).length, about);
      assert.equal(seen.beside, width === 1280 || (language === 'en' && width === 1024), about);
      assert.ok(seen.rows <= rows && (seen.rows === 1 || seen.last > 1) && seen.fits, about);
    }
  }
});

test('targets are large enough for a finger', async ({ open }) => {
  const tab = await open(`/${department}/index.html`, { width: 360 });
  const small = await tab.evaluate(() =>
    [...document.querySelectorAll('nav.main a, .mode, ul.rows a')]
      .map((element) => [element.innerText, element.getBoundingClientRect().height])
      .filter(([, height]) => height < 20),
  );
  assert.deepEqual(small, []);
});

test('letters in charts are 14 px or more on any telephone', async ({ open, url }) => {
  const charts = one.filter((page) => page.html.includes('<svg class="chart'));
  assert.ok(charts.length > 0);
  await walk(await open('/404.html'), url, charts, async (tab) => {
    const faults = [];
    for (const width of widths) {
      await tab.setViewportSize({ width, height: 800 });
      const size = await tab.evaluate(() =>
        Math.min(
          ...[...document.querySelectorAll('svg.chart')]
            .filter((svg) => svg.checkVisibility())
            .map((svg) => parseFloat(getComputedStyle(svg.querySelector('text')).fontSize) * svg.getScreenCTM().a),
        ),
      );
      if (size < 14) faults.push(`${size.toFixed(1)} px at ${width}`);
    }
    return faults;
  });
});

test('a point of a chart says its number to a keyboard and to a pointer', async ({ open }) => {
  const tab = await open('/ust-ilimsk/schools/sedanovskaya/index.html');
  const [first, second] = [tab.locator('.stop').nth(0), tab.locator('.stop').nth(1)];
  const shown = (stop) => stop.locator('text').evaluate((text) => getComputedStyle(text).visibility === 'visible');
  assert.equal(await shown(first), false);
  await first.focus();
  assert.equal(await shown(first), true);
  await tab.keyboard.press('Tab');
  assert.equal(await second.evaluate((stop) => stop === document.activeElement), true);
  assert.deepEqual([await shown(first), await shown(second)], [false, true]);
  assert.equal((await tab.evaluate(focused)).ringed, true);
  const number = await second.locator('text').textContent();
  assert.match(await second.getAttribute('aria-label'), new RegExp(`^20\\d\\d, школа: ${number}\\s%$`));
  await first.locator('circle').hover();
  assert.equal(await shown(first), true);
});

test('a folder opened from disk is the same site', async ({ open, url }) => {
  const tab = await open('/404.html');
  const missed = [];
  tab.on('requestfailed', (request) => {
    // What is on its way when the reader goes on is not missed.
    const why = request.failure().errorText;
    if (why !== 'net::ERR_ABORTED') missed.push(`${request.url()}: ${why}`);
  });
  const look = () =>
    tab.evaluate(() => [document.querySelector('main').innerText, getComputedStyle(document.body).fontSize]);
  for (const { path: file } of one.filter((page) => page.kind !== '404')) {
    await tab.goto(`${url}/${file}`);
    const served = await look();
    await tab.goto(pathToFileURL(path.join(site.folder, file)).href);
    assert.deepEqual(await look(), served, file);
  }
  await tab.goto(pathToFileURL(path.join(site.folder, department, 'index.html')).href);
  await tab.locator('nav.main a[href$="schools/index.html"]').click();
  assert.match(tab.url(), /schools\/index\.html$/);
  assert.deepEqual(missed, []);
});

test('a wrong address, however deep, gets a page that leads back', async ({ open, url }) => {
  const tab = await open('/a/b/c');
  const plain = await tab.evaluate(() => getComputedStyle(document.querySelector('main')).maxWidth);
  assert.notEqual(plain, 'none', 'the style is there');
  await tab.locator('main a').first().click();
  assert.ok(site.departments.includes(tab.url().slice(url.length + 1, -1)), tab.url());
  assert.ok(await tab.locator('nav.main').isVisible());
});

// How many sheets, from the marks in the file itself.
const sheets = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;

test('on paper: a few sheets, no menu, nothing cut off', async ({ open, url }) => {
  const tab = await open('/404.html');
  const most = { '*/': 4, '*/schools/*/': 4, '*/identification/*/': 5, '*/indicators/': 3, '*/roadmap/': 15, '*/audit/': 2, '*/audit/*/': 5, '*/audit/*/*/': 3, '*/audit/*/*/*/': 1 };
  for (const page of shortest.filter(({ kind }) => most[kind])) {
    await tab.goto(`${url}/${page.path}`);
    await tab.emulateMedia({ media: 'print' });
    for (const frame of ['header.site', 'footer', '.skip']) {
      assert.ok(!(await tab.locator(frame).isVisible()), `${page.path}: ${frame} is hidden`);
    }
    // A4 within the margins.
    await tab.setViewportSize({ width: Math.floor(((210 - 32) / 25.4) * 96), height: 1000 });
    assert.equal(await tab.evaluate(overflow), null, page.path);
    const count = sheets(await tab.pdf({ format: 'A4', preferCSSPageSize: true }));
    assert.ok(count >= 1 && count <= most[page.kind], `${page.path}: ${count} sheets`);
  }
});
