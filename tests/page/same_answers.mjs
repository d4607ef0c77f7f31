// node same_answers.mjs FOLDER TOOL [--all] PATH…: for every workbook under the paths that is smaller than 5 MB, the page's
// engine and the tool end with the same status, give the same JSON to the byte, and say the same. --all: by every command; else by three.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { startEngine } from './engine.mjs';

const [folder, tool, ...rest] = process.argv.slice(2);
const all = rest.includes('--all');
const commands = all ? ['risk', 'check', 'position', 'track', 'share', 'import', 'cells'] : ['risk', 'check', 'position'];

function* workbooks(path) {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) yield* workbooks(join(path, name));
  else if (/\.xls[xm]$/i.test(path) && statSync(path).size < 5e6) yield path;
}

const engine = await startEngine(folder);
let compared = 0;
const differ = [];
for (const path of rest.filter((one) => one !== '--all').flatMap((one) => [...workbooks(one)])) {
  const name = basename(path);
  engine.keep(name, readFileSync(path));
  for (const command of commands) {
    const native = spawnSync(tool, [command, '--json', name], { cwd: dirname(path), encoding: 'utf8', maxBuffer: 1 << 29, timeout: 120_000 });
    const ours = engine.answer({ command, files: [name], options: {}, text: false, json: true });
    ++compared;
    const what = ['status', 'json', 'talk'].filter((one) => ours[one] !== { status: native.status, json: native.stdout, talk: native.stderr }[one]);
    if (what.length) differ.push(`${command} ${path}: another ${what.join(', ')}; status ${ours.status}, the tool's ${native.status}`);
  }
  engine.drop(name);
}
console.log(differ.slice(0, 40).join('\n'));
console.log(`${compared} answers compared, ${differ.length} differ; the heap grew to ${Math.round(engine.heap() / 1048576)} MiB`);
process.exit(differ.length || !compared ? 1 : 0);
