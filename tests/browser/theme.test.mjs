// The look in its four forms: light, dark, black on white, paper.
import { assert, test } from './harness.mjs';
import { readSite } from './site.mjs';

const site = readSite(process.argv[2]);
const one = site.oneOfEach();
const longest = (kind) => one.find((page) => page.kind === kind).path;

// The colours of the tokens as [r, g, b], asked of the browser.
const tokens = () => {
  const probe = document.body.appendChild(document.createElement('i'));
  const colours = {};
  for (const name of ['paper', 'wash', 'ink', 'soft', 'accent', 'accent-ink', 'good', 'bad', 'wait', 'none']) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map(Number);
  }
  probe.remove();
  return colours;
};

function luminance(rgb) {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const modes = [
  { name: 'light' },
  { name: 'dark', scheme: 'dark' },
  { name: 'more contrast', contrast: 'more' },
  { name: 'black on white', large: true, least: 7 },
  { name: 'black on white in the dark', scheme: 'dark', large: true, least: 7 },
  { name: 'paper', media: 'print' },
];

for (const { name, scheme, contrast, large, media, least = 4.5 } of modes) {
  test(`colours can be read: ${name}`, async ({ open }) => {
    const tab = await open('/404.html', { scheme, contrast });
    if (large) await tab.check('#contrast');
    if (media) await tab.emulateMedia({ media });
    const colours = await tab.evaluate(tokens);
    const faults = [];
    const compare = (ink, paper, wanted) => {
      const found = ratio(colours[ink], colours[paper]);
      if (found < wanted) faults.push(`${ink} on ${paper}: ${found.toFixed(2)}, not ${wanted}`);
    };
    for (const paper of ['paper', 'wash']) {
      compare('ink', paper, 7);
      for (const ink of ['soft', 'accent', 'good', 'bad', 'wait', 'none']) compare(ink, paper, least);
    }
    compare('accent-ink', 'accent', 4.5);
    assert.deepEqual(faults, []);
  });
}

test('black on white has no pictures, and the numbers in their place', async ({ open }) => {
  const visible = (tab, what) => tab.locator(what).filter({ visible: true }).count();
  const tab = await open(`/${longest('*/schools/*/')}`, { js: false });
  assert.ok((await visible(tab, 'svg.chart')) > 0);
  assert.equal(await visible(tab, 'details.numbers td'), 0);
  await tab.check('#contrast');
  assert.equal(await visible(tab, 'svg.chart'), 0);
  assert.ok((await visible(tab, 'details.numbers td')) > 0);
  const list = await open(`/${longest('*/indicators/')}`, { js: false });
  assert.ok((await visible(list, '.trend svg')) > 0);
  await list.check('#contrast');
  assert.equal(await visible(list, 'svg.bullet, svg.spark, svg.chart'), 0);
  assert.ok((await visible(list, '.trend')) > 0, 'the words of a trend stay');
});

test('charts of a group open without scripts', async ({ open }) => {
  const tab = await open(`/${longest('*/indicators/')}`, { js: false });
  const group = tab.locator('details.drawn').first();
  await group.locator('summary').focus();
  await tab.keyboard.press('Enter');
  assert.ok(await group.locator('svg.chart').first().isVisible());
  assert.ok((await group.locator('svg.chart > g').first().getAttribute('aria-labelledby')).includes('-desc'));
});

// How many sheets, from the marks in the file itself.
const sheets = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
const most = { '*/': 4, '*/schools/*/': 12, '*/indicators/': 7, '*/identification/': 12, '*/roadmap/': 16 };

// Paper is never scaled down: what is too wide would make all letters small.
const tooWide = () =>
  [...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 100));

test('on paper: a note with its sender, whole charts, no menu', async ({ open, url }) => {
  const tab = await open('/404.html');
  for (const [kind, limit] of Object.entries(most)) {
    const file = longest(kind);
    await tab.goto(`${url}/${file}`);
    await tab.emulateMedia({ media: 'print' });
    await tab.setViewportSize({ width: Math.floor(((210 - 32) / 25.4) * 96), height: 1000 });
    assert.deepEqual(await tab.evaluate(tooWide), [], file);
    const head = await tab.locator('.paper').innerText();
    assert.match(head, /20\d\d.*\d+\s[а-я]+\s20\d\d/s, `${file}: period and date`);
    for (const hidden of ['header.site', 'nav', '.tools', 'footer']) {
      assert.equal(await tab.locator(hidden).filter({ visible: true }).count(), 0, `${file}: ${hidden}`);
    }
    const count = sheets(await tab.pdf({ format: 'A4', preferCSSPageSize: true }));
    assert.ok(count >= 1 && count <= limit, `${file}: ${count} sheets`);
  }
});
