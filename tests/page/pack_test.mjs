// node pack_test.mjs TOOL SOURCES [PICTURES]: a monthly pack in Debian's Chromium, from file://, with the network cut.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tool, sources, pictures] = process.argv.slice(2).map((one) => resolve(one));
const chrome = process.env.CHROMIUM ?? '/usr/bin/chromium';
const require = createRequire(join(process.env.NODE_MODULES_OF ?? join(sources, 'tools/page'), 'package.json'));
try {
  require.resolve('playwright-core');
} catch {
  console.log('skipped: the packages of tools/page are not installed (npm ci)');
  process.exit(77);
}
if (!existsSync(chrome)) {
  console.log('skipped: no chromium on this machine');
  process.exit(77);
}
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'riskshare-pack-'));
if (pictures) mkdirSync(pictures, { recursive: true });

function ensure(holds, what) {
  if (!holds) throw new Error(what);
}
const packs = { plan: ['operational-plan-2019-20.xlsx'], report: ['finance-report-m4.xlsx'], tracker: ['cip-tracker-june.xlsx', '--since', 'cip-tracker-april.xlsx'], share: ['share-m4-m5.xlsx', '--month', '4'] };
const browser = await chromium.launch({ executablePath: chrome, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });

async function opened(file, options) {
  const context = await browser.newContext(options);
  await context.setOffline(true);
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (told) => ['error', 'warning'].includes(told.type()) && wrong.push(told.text()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (asked) => asked.url().startsWith('file:') || wrong.push(`asked for ${asked.url()}`));
  await page.goto(pathToFileURL(file).href);
  return { page, wrong, context };
}

for (const [name, words] of Object.entries(packs)) {
  const file = join(folder, `${name}.html`);
  const made = spawnSync(tool, ['report', ...words, '-o', file], { cwd: join(sources, 'fixtures/workbooks'), encoding: 'utf8' });
  ensure(made.status === 0 || made.status === 1, `${name}: ${made.stderr}`);
  for (const width of [1280, 390]) {
    const { page, wrong, context } = await opened(file, { viewport: { width, height: 860 } });
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    ensure(beyond <= 0, `${name} at ${width}: ${beyond} pixels stand beyond the edge`);
    if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
    // A figure that was chosen tells its cell; Escape gives the focus back.
    const figure = page.locator('td a.f').first();
    await figure.click();
    const told = await page.locator('#panel').innerText();
    ensure(/!|£|In /.test(told) && (await page.evaluate(() => document.activeElement.id)) === 'panel', `${name}: ${told}`);
    await page.keyboard.press('Escape');
    ensure(await page.locator('#panel').isHidden(), `${name}: the panel stays`);
    ensure(await figure.evaluate((link) => link === document.activeElement), `${name}: the focus is lost`);
    // By keyboard alone: the first stop leads past the heading, later ones reach figures, whose workings show.
    await page.reload();
    await page.keyboard.press('Tab');
    ensure((await page.evaluate(() => document.activeElement.className)) === 'skip', `${name}: no way past the heading`);
    for (let stops = 0; stops < 40; ++stops) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.matches('td a.f'))) break;
    }
    ensure(await page.locator('#panel').isVisible(), `${name}: focus shows no working`);
    if (pictures && width === 1280) {
      await page.screenshot({ path: join(pictures, `${name}-working.png`) });
      await page.pdf({ path: join(pictures, `${name}.pdf`), preferCSSPageSize: true, printBackground: true });
    }
    ensure(wrong.length === 0, `${name} at ${width}: ${wrong.join('; ')}`);
    await context.close();
  }
  // Text four times as large is a window a quarter as wide.
  const narrow = await opened(file, { viewport: { width: 320, height: 640 } });
  ensure((await narrow.page.evaluate(() => document.documentElement.scrollWidth)) <= 320, `${name}: does not fit 320 pixels`);
  await narrow.context.close();
  const { page, context } = await opened(file, { viewport: { width: 1280, height: 860 }, bypassCSP: true });
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await axe.run()).violations.map((v) => `${v.id}: ${v.nodes[0].html}`));
  ensure(violations.length === 0, `${name}: ${violations.join('; ')}`);
  await context.close();
  console.log(`${name}: right`);
}
await browser.close();
