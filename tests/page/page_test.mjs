// node page_test.mjs PAGE.html TOOL SOURCES [SCREENSHOTS]: what a person does with the offline page, in Debian's Chromium, from
// file://, with the network cut. What the page must say is what the tool says.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [page_file, tool, sources, pictures] = process.argv.slice(2).map((one) => resolve(one));
const require = createRequire(join(sources, 'tools/page/package.json'));
const { chromium } = require('playwright-core');
let last = null;
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const books = join(sources, 'fixtures/workbooks');
const folder = mkdtempSync(join(tmpdir(), 'riskshare-page-'));
if (pictures) mkdirSync(pictures, { recursive: true });

const run = (...args) => spawnSync(tool, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
const here = (path) => (cpSync(path, join(folder, basename(path))), join(folder, basename(path)));

function ensure(holds, what) {
  if (!holds) throw new Error(what);
}
function equal(found, expected, what) {
  ensure(found === expected, `${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

/** A fresh page with the network cut; what it asks for and complains of is kept. */
async function opened(width = 1280, before = () => {}) {
  const context = await browser.newContext({ viewport: { width, height: 860 }, acceptDownloads: true });
  await context.setOffline(true);
  const page = await context.newPage();
  last = page;
  page.setDefaultTimeout(Number(process.env.PATIENCE ?? 60_000));
  const wrong = [];
  page.on('console', (told) => ['error', 'warning'].includes(told.type()) && wrong.push(told.text()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('request', (asked) => /^(file|blob|data):/.test(asked.url()) || wrong.push(`asked for ${asked.url()}`));
  await before(page);
  await page.goto(pathToFileURL(page_file).href);
  return { page, wrong, context };
}
const answered = (page) => page.waitForFunction(() => document.querySelector('[role=status]')?.textContent === 'Done.', null, { timeout: 120_000 });
async function dropped(page, ...files) {
  await page.waitForSelector('#choose:enabled', { state: 'attached' });
  await page.setInputFiles('#choose', files);
  await page.waitForFunction((names) => names.every((name) => document.body.innerText.includes(name) || document.querySelector('[role=tab]')), files.map((f) => basename(f)));
  await answered(page);
}
const tab = (page, name) => page.getByRole('tab', { name }).click();
const picture = (page, name) => pictures && page.screenshot({ path: join(pictures, `${name}.png`) });
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Save ${name}`, exact: true }).click()]);
  const path = join(folder, `downloaded-${name}`);
  await download.saveAs(path);
  return readFileSync(path);
}
async function clean(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  ensure(violations.length === 0, `${what}: ${violations.map((v) => `${v.id} (${v.nodes.map((n) => n.target).slice(0, 3).join('; ')})`).join(', ')}`);
}

const plan = here(join(books, 'operational-plan-2019-20.xlsx'));
const claims = {
  'the operational plan is answered, and a figure leads to its cell': async () => {
    const { page, wrong } = await opened();
    await page.waitForSelector('#choose:enabled', { state: 'attached' });
    await picture(page, 'start');
    await clean(page, 'the empty page');
    const begun = Date.now();
    await page.setInputFiles('#choose', [plan]);
    await page.getByRole('button', { name: '29,583.50' }).waitFor(); // section 6 of the plan: 29,583.5
    const took = Date.now() - begun;
    await answered(page);
    await page.getByRole('button', { name: '29,583.50' }).click();
    await page.locator('#cell-G11.lit').waitFor();
    await page.locator('.cell-panel', { hasText: 'Stored as 29583.5' }).waitFor();
    await page.locator('#cell-C7').click();
    await page.locator('.cell-panel', { hasText: 'savings plan of LPT, amber' }).waitFor();
    await picture(page, 'plan');
    await clean(page, 'the plan');
    for (const name of await page.getByRole('tab').allInnerTexts()) {
      await tab(page, name.split('\n')[0].replace(/\d+$/, ''));
      await clean(page, `the tab ${name}`);
    }
    equal(wrong.join('\n'), '', 'errors and requests');
    console.log(`    first answer after ${took} ms`);
  },
  'the sheet is walked by keyboard': async () => {
    const { page } = await opened();
    await dropped(page, plan);
    await page.locator('#cell-B6').click();
    await page.locator('.grid').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.locator('#cell-C7.chosen').waitFor();
  },
  'two months give a bridge': async () => {
    const { page, wrong } = await opened();
    const months = ['cip-tracker-april.xlsx', 'cip-tracker-june.xlsx'].map((name) => here(join(books, name)));
    await dropped(page, ...months);
    await tab(page, 'What changed');
    const told = run('compare', ...months.map((one) => basename(one))).stdout;
    const line = told.split('\n').find((one) => one.includes('savings at risk'));
    const figure = line.trim().split(/\s{2,}/).at(-1); // (4,362.25)
    await page.getByRole('button', { name: figure }).first().waitFor();
    await picture(page, 'two-months');
    await clean(page, 'two months');
    equal(wrong.join('\n'), '', 'errors and requests');
  },
  'the monthly pack is read on the page, with its charts, and saved as the tool writes it': async () => {
    const { page, wrong } = await opened();
    const [april, june] = ['cip-tracker-april.xlsx', 'cip-tracker-june.xlsx'].map((name) => here(join(books, name)));
    await dropped(page, april, june);
    await tab(page, 'Monthly pack');
    await page.getByText('Where we stand').first().waitFor();
    await page.locator('.pack-chart img').first().waitFor();
    const drawn = await page.locator('.pack-chart img').evaluateAll((all) => Promise.all(all.map((one) => one.decode().then(() => one.naturalWidth > 0 && one.alt.length > 0))));
    ensure(drawn.every(Boolean), `${drawn.filter((one) => !one).length} of ${drawn.length} charts are not drawn`);
    await picture(page, 'pack');
    await clean(page, 'the pack');
    await tab(page, 'Save');
    for (const name of ['pack.html', 'pack.xlsx', 'pack.md', 'pack.csv']) {
      run('report', basename(june), '--since', basename(april), '--output', `since-${name}`);
      ensure((await saved(page, name)).equals(readFileSync(join(folder, `since-${name}`))), `${name} differs from the tool’s`);
    }
    equal(wrong.join('\n'), '', 'errors and requests');
  },
  'a tracker, an agreement and a position together give the statement': async () => {
    const { page, wrong } = await opened();
    const paper = join(folder, 'halves.toml');
    writeFileSync(paper, 'name = "Halves"\nyear = "2022/23"\nunit = "£"\nparties = ["North", "South", "Board"]\n\n[timetable]\nsharing_starts = 1\n\n[shares]\nkind = "fixed"\nNorth = "50%"\nSouth = "25%"\nBoard = "25%"\n');
    await dropped(page, here(join(books, 'cip-tracker-june.xlsx')), paper, here(join(books, 'share-m4-m5.xlsx')));
    await tab(page, 'Risk share');
    await page.getByLabel('Month').selectOption({ label: 'July (month 4)' });
    await answered(page);
    // North bears half of −1,100,000 and stood at −1,000,000: it receives 450,000.
    await page.getByRole('button', { name: '450,000.00' }).first().waitFor();
    await page.getByText('South pays North £75,000').first().waitFor();
    await picture(page, 'together');
    await clean(page, 'all together');
    equal(wrong.join('\n'), '', 'errors and requests');
  },
  'a statement is read, and the filled workbook is the tool’s to the byte': async () => {
    const { page, wrong } = await opened();
    const share = here(join(books, 'share-m4-m5.xlsx'));
    await dropped(page, share);
    await tab(page, 'Risk share');
    await page.getByLabel('Month').selectOption({ label: 'July (month 4)' });
    await answered(page);
    // Hand arithmetic: North shares −800,000 and bears 40% of −700,000 and all of Discharge, −200,000.
    await page.getByRole('button', { name: '320,000.00' }).first().waitFor();
    await picture(page, 'statement');
    await clean(page, 'the statement');
    await tab(page, 'Save');
    const bytes = await saved(page, 'share-m4-m5-filled.xlsx');
    run('share', 'share-m4-m5.xlsx', '--month', '4', '--fill', 'by-tool.xlsx');
    ensure(bytes.equals(readFileSync(join(folder, 'by-tool.xlsx'))), 'the filled workbook differs from the tool’s');
    run('export', 'share-m4-m5.xlsx', '--new', 'statement', '--month', '4', '-o', 'new-by-tool.xlsx');
    if (existsSync(join(folder, 'new-by-tool.xlsx'))) ensure((await saved(page, 'statement.xlsx')).equals(readFileSync(join(folder, 'new-by-tool.xlsx'))), 'the new statement differs from the tool’s');
    await clean(page, 'the saves');
    equal(wrong.join('\n'), '', 'errors and requests');
  },
  'every file that is saved has the bytes that the tool writes': async () => {
    const { page, wrong } = await opened();
    const tracker = 'cip-tracker-june.xlsx';
    await dropped(page, here(join(books, tracker)));
    await tab(page, 'Save');
    const made = (command, option, name, ours) => [ours, () => (run(command, tracker, option, name), readFileSync(join(folder, name)))];
    const printed = (command) => [`${command}.json`, () => Buffer.from(run(command, tracker, '--json').stdout)];
    const theirs = [
      made('track', '--csv', 'groups.csv', 'tracker.csv'),
      made('track', '--schemes', 'list.csv', 'schemes.csv'),
      made('check', '--annotate', 'noted.xlsx', 'cip-tracker-june-checked.xlsx'),
      made('import', '--facts', 'facts.csv', 'figures.csv'),
      made('import', '--output', 'all.json', 'model.json'),
      made('import', '--save-map', 'map.toml', 'as-read.toml'),
      ...['risk', 'track', 'check', 'report'].map(printed),
      ...['pack.html', 'pack.xlsx', 'pack.md', 'pack.csv'].map((name) => made('report', '--output', `by-tool-${name}`, name)),
    ];
    for (const [name, bytes] of theirs) ensure((await saved(page, name)).equals(bytes()), `${name} differs from the tool’s`);
    equal(wrong.join('\n'), '', 'errors and requests');
  },
  'an agreement by itself, what it would do, and a chart of what if': async () => {
    const { page, wrong } = await opened();
    const llr = here(join(sources, 'fixtures/agreements/llr-2022-23.toml'));
    await dropped(page, llr);
    await page.getByText('What it would do').first().waitFor();
    await clean(page, 'the agreement');
    await page.setInputFiles('#choose', [here(join(books, 'share-m4-m5.xlsx'))]);
    await page.getByRole('tab', { name: 'Does it agree?' }).waitFor();
    await tab(page, 'Files');
    await page.locator('li', { has: page.getByRole('heading', { name: basename(llr) }) }).getByLabel('Use it in the answers').uncheck();
    await answered(page);
    await tab(page, 'Risk share');
    await page.getByText('say which with “Month”, above the answer').waitFor();
    await page.getByLabel('Month').selectOption({ label: 'July (month 4)' });
    await answered(page);
    await page.getByText('What if it ends otherwise?').click();
    await page.getByLabel('From, £').fill('-2m');
    await page.getByLabel('To, £').fill('2m');
    await page.getByRole('button', { name: 'Work it out' }).click();
    await page.getByRole('img', { name: 'A chart of the table below' }).waitFor();
    ensure(await page.getByRole('img', { name: 'A chart of the table below' }).evaluate((one) => one.decode().then(() => one.naturalWidth > 0)), 'the chart is not drawn');
    run('share', 'share-m4-m5.xlsx', '--month', '4', '--over=-2m:2m:500k', '--csv', 'over.csv', '--chart', 'over.svg');
    ensure((await saved(page, 'what-if.csv')).equals(readFileSync(join(folder, 'over.csv'))), 'what-if.csv differs from the tool’s');
    ensure((await saved(page, 'what-if.svg')).equals(readFileSync(join(folder, 'over.svg'))), 'what-if.svg differs from the tool’s');
    await picture(page, 'what-if');
    await clean(page, 'what if');
    equal(wrong.join('\n'), '', 'errors and requests');
  },
  'a misread table is taught in under ten clicks, and the tool reads the mapping the same': async () => {
    const { page, wrong } = await opened();
    const misread = 'lanes.xlsx';
    run('set', basename(plan), '-o', misread, "Efficiencies!B4=Lane P", "Efficiencies!C4=Lane Q");
    await dropped(page, join(folder, misread));
    await page.getByRole('navigation', { name: 'Sheets of the workbook' }).getByRole('button', { name: 'Efficiencies' }).click();
    let clicks = 1;
    const click = async (at) => (++clicks, at.click());
    const choose = async (label, option) => (++clicks, page.getByLabel(label, { exact: true }).selectOption(option));
    await click(page.locator('#cell-B6'));
    await click(page.getByText('Read it differently'));
    await choose('The table here is', { label: 'Savings by rating' });
    await choose('Column B is the', 'red');
    await answered(page);
    await click(page.locator('#cell-C6'));
    await choose('Column C is the', 'amber');
    await answered(page);
    await page.getByRole('tab', { name: 'Savings and risk' }).waitFor();
    await click(page.getByRole('tab', { name: 'Savings and risk' }));
    await page.getByRole('button', { name: '29,583.50' }).waitFor();
    ensure(clicks < 10, `${clicks} clicks`);
    await picture(page, 'taught');
    await clean(page, 'the teaching');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as mapping.toml' }).click()]);
    await download.saveAs(join(folder, 'mapping.toml'));
    await tab(page, 'Save');
    const ours = JSON.parse((await saved(page, 'risk.json')).toString());
    const theirs = JSON.parse(run('risk', '--json', misread, '--map', 'mapping.toml').stdout);
    equal(theirs.system.risk, '29583500.00', 'the tool with the mapping');
    equal(JSON.stringify(ours), JSON.stringify(theirs), 'the answers');
    // The mapping is taken again when it is dropped.
    const again = await opened();
    await dropped(again.page, join(folder, misread), join(folder, 'mapping.toml'));
    await again.page.getByRole('button', { name: '29,583.50' }).waitFor();
    equal(wrong.join('\n'), '', 'errors and requests');
    console.log(`    taught in ${clicks} clicks`);
  },
  'every table, column and meaning that the page offers is one that the tool’s mapping takes': async () => {
    const { code } = require('esbuild').transformSync(readFileSync(join(sources, 'tools/page/src/reading/shapes.ts'), 'utf8'), { loader: 'ts', format: 'esm' });
    const { shapes, meanings, ratings } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const tables = shapes.map(({ id, fields }) => `[${id}]\nsheet = "x"\ncolumns = { ${fields.map((field) => `${field} = "A"`).join(', ')} }`);
    const words = meanings.map((meaning) => `"${meaning}" = ["word of ${meaning}"]`);
    writeFileSync(join(folder, 'all.toml'), [...tables, '[words]', ...words, '[ratings]', ...ratings.map((one) => `"very ${one}" = "${one}"`)].join('\n'));
    const told = run('risk', basename(plan), '--map', 'all.toml').stderr;
    ensure(!told.includes('[mapping.malformed]'), told);
  },
  'hostile files are refused by the tool’s rule, and the page goes on': async () => {
    const hostile = join(folder, 'hostile');
    const made = spawnSync('python3', [join(sources, 'tests/support/make_hostile.py'), hostile]);
    ensure(made.status === 0, `the hostile files were not made: ${made.stderr}`);
    const files = readdirSync(hostile).filter((name) => /\.xls[xm]$/.test(name) && statSync(join(hostile, name)).size < 5e6);
    const few = files.filter((_, i) => i % Math.ceil(files.length / 12) === 0);
    const { page, wrong } = await opened();
    await dropped(page, ...few.map((name) => join(hostile, name)), plan);
    await tab(page, 'Files');
    for (const name of few) {
      const rule = /\[([a-z_.]+)\]\s*$/.exec(run('import', join(hostile, name)).stderr.trim())?.[1];
      if (!rule?.startsWith('package.')) continue;
      const text = await page.locator('li', { has: page.getByRole('heading', { name, exact: true }) }).innerText();
      ensure(text.includes(`[${rule}]`), `${name}: the tool says ${rule}, the page ${text.slice(0, 200)}`);
    }
    await tab(page, 'Savings and risk');
    await page.getByRole('button', { name: '29,583.50' }).waitFor();
    equal(wrong.join('\n'), '', 'errors and requests');
  },
  'without WebAssembly the page says so': async () => {
    const { page } = await opened(1280, (p) => p.addInitScript(() => delete globalThis.WebAssembly));
    await page.getByText('WebAssembly is switched off in this browser').waitFor();
  },
  'a tablet and a phone show it without scrolling sideways': async () => {
    for (const width of [820, 390]) {
      const { page } = await opened(width);
      await dropped(page, plan);
      await page.getByRole('button', { name: '29,583.50' }).waitFor();
      if (pictures) await page.screenshot({ path: join(pictures, `width-${width}.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      ensure(wide <= 0, `at ${width} px the page is ${wide} px too wide`);
      await clean(page, `${width} px`);
    }
  },
};

let failed = 0;
const only = process.env.ONLY;
for (const [claim, hold] of Object.entries(claims)) {
  if (only && !claim.includes(only)) continue;
  try {
    await hold();
    console.log(`ok      ${claim}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED  ${claim}\n    ${error.message}`);
    if (last && pictures) await last.screenshot({ path: join(pictures, `failed-${failed}.png`) }).catch(() => {});
    if (last) console.log((await last.locator('body').innerText().catch(() => '')).slice(0, 600));
  }
}
await browser.close();
rmSync(folder, { recursive: true, force: true });
const raw = statSync(page_file).size;
console.log(`${basename(page_file)}: ${(raw / 1e6).toFixed(2)} MB`);
if (raw > 6e6) ++failed;
process.exit(failed ? 1 : 0);
