// node measure.mjs PAGE.html TOOL SOURCES WORKBOOK…: how long the page takes from dropping each workbook to its first answer
// and to all of them, beside the tool's time for the same commands; and how much memory the page holds then.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [page_file, tool, sources, ...books] = process.argv.slice(2).map((one) => resolve(one));
const { chromium } = createRequire(join(sources, 'tools/page/package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'] });
for (const book of books) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(300_000);
  const opened = Date.now();
  await page.goto(pathToFileURL(page_file).href);
  await page.waitForSelector('#choose:enabled', { state: 'attached' });
  const ready = Date.now() - opened;
  await page.evaluate(() => {
    const seen = (window.seen = []);
    const note = () => {
      const what = document.querySelector('.busy [role=status]')?.textContent;
      const tabs = [...document.querySelectorAll('[role=tab]')].map((one) => one.firstChild.textContent).join(',');
      const last = seen.at(-1);
      if (last?.what !== what || last?.tabs !== tabs) seen.push({ at: Math.round(performance.now()), what, tabs });
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const begun = await page.evaluate(() => Math.round(performance.now()));
  await page.setInputFiles('#choose', [book]);
  await page.waitForFunction(() => document.querySelector('.busy [role=status]')?.textContent === 'Done.');
  const seen = await page.evaluate(() => window.seen);
  console.log(`${basename(book)}: the page is ready after ${ready} ms`);
  for (const { at, what, tabs } of seen) console.log(`  ${at - begun} ms  ${what}  [${tabs}]`);
  for (const command of ['import', 'risk', 'track', 'check']) {
    const from = process.hrtime.bigint();
    spawnSync(tool, [command, book], { stdio: 'ignore' });
    console.log(`  the tool's ${command}: ${Number((process.hrtime.bigint() - from) / 1_000_000n)} ms`);
  }
  await page.close();
}
await browser.close();
