// node firefox_test.mjs PAGE.html SOURCES: the page in Firefox, from file://: the operational plan is dropped and answered, and a
// figure leads to its cell. Spoken to by WebDriver BiDi, which Firefox itself understands.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [page_file, sources, shot] = process.argv.slice(2).map((one) => resolve(one));
const { ws } = createRequire(join(sources, 'tools/page/package.json'))('playwright-core/lib/utilsBundle');
const profile = mkdtempSync(join(tmpdir(), 'riskshare-firefox-'));
const firefox = spawn(process.env.FIREFOX ?? 'firefox-esr', ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile], { stdio: ['ignore', 'ignore', 'pipe'] });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const address = await new Promise((done, failed) => {
  let said = '';
  firefox.stderr.on('data', (text) => {
    said += text;
    const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
    if (found) done(found[1]);
  });
  firefox.on('exit', () => failed(new Error(`Firefox ended: ${said.slice(0, 400)}`)));
  setTimeout(() => failed(new Error(`Firefox does not listen: ${said.slice(0, 400)}`)), 90_000);
});
const socket = new ws(`${address}/session`);
await new Promise((done, failed) => socket.on('open', done).on('error', failed));
const waiting = new Map();
const complaints = [];
socket.on('message', (text) => {
  const told = JSON.parse(text);
  if (told.method === 'log.entryAdded' && ['error', 'warn'].includes(told.params.level)) complaints.push(told.params.text);
  const one = waiting.get(told.id);
  if (!one) return;
  waiting.delete(told.id);
  if (told.type === 'error') one.failed(new Error(`${told.error}: ${told.message}`));
  else one.done(told.result);
});
let last = 0;
const ask = (method, params) => new Promise((done, failed) => (waiting.set(++last, { done, failed }), socket.send(JSON.stringify({ id: last, method, params }))));

let failed = '';
try {
  const { capabilities } = await ask('session.new', { capabilities: {} });
  await ask('session.subscribe', { events: ['log.entryAdded'] });
  const { contexts } = await ask('browsingContext.getTree', {});
  const context = contexts[0].context;
  await ask('browsingContext.setViewport', { context, viewport: { width: 1280, height: 860 } });
  const evaluate = async (expression) => (await ask('script.evaluate', { expression, target: { context }, awaitPromise: true })).result?.value;
  const until = async (expression, what) => {
    for (let i = 0; i < 600; ++i, await wait(100)) if (await evaluate(expression)) return;
    throw new Error(`waited in vain for ${what}: ${String(await evaluate('document.body.innerText')).slice(0, 400)}`);
  };
  await ask('browsingContext.navigate', { context, url: pathToFileURL(page_file).href, wait: 'complete' });
  await until("!!document.querySelector('#choose:enabled')", 'the page to start');
  const { nodes } = await ask('browsingContext.locateNodes', { context, locator: { type: 'css', value: '#choose' } });
  const begun = Date.now();
  await ask('input.setFiles', { context, element: { sharedId: nodes[0].sharedId }, files: [join(sources, 'fixtures/workbooks/operational-plan-2019-20.xlsx')] });
  const figure = "[...document.querySelectorAll('button.figure')].find((one) => one.textContent === '29,583.50')";
  await until(`!!${figure}`, 'the risk');
  console.log(`${capabilities.browserName} ${capabilities.browserVersion}: first answer after ${Date.now() - begun} ms`);
  await evaluate(`${figure}.click()`);
  await until("!!document.querySelector('#cell-G11.lit')", 'the cell of the risk');
  await until("document.querySelector('[role=status]').textContent === 'Done.'", 'all answers');
  if (shot) writeFileSync(shot, Buffer.from((await ask('browsingContext.captureScreenshot', { context })).data, 'base64'));
  if (complaints.length) throw new Error(complaints.join('\n'));
} catch (error) {
  failed = error.message;
}
firefox.kill();
await new Promise((done) => (firefox.exitCode !== null ? done() : firefox.on('exit', done)));
rmSync(profile, { recursive: true, force: true });
console.log(failed ? `FAILED  ${failed}` : 'ok      the page works in Firefox');
process.exit(failed ? 1 : 0);
