// node joined.mjs OUT.cmake FOLDER GROUPS: which sources of riskshare_riskshare are compiled as one, so that the headers of others are
// read once for several: CMake's unity groups. Two sources that give one name to things of their own are never in one group.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const [out, folder, wanted] = process.argv.slice(2);

function* sources(path) {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)))
    if (entry.isDirectory()) yield* sources(join(path, entry.name));
    else if (entry.name.endsWith('.cpp')) yield join(path, entry.name);
}

/** What a source calls its own: the names that begin in its unnamed namespaces, a few that do not among them. */
function ownNames(text) {
  const names = new Set();
  for (const [, body] of text.matchAll(/\nnamespace \{\n([^]*?)\n\} \/\/ namespace\n/g))
    for (const line of body.split('\n')) {
      if (!/^[A-Za-z_[]/.test(line)) continue;
      for (const [, name] of line.matchAll(/\b(?:struct|class|union|enum|using|namespace) (\w+)/g)) names.add(name);
      for (const [, name] of line.matchAll(/\b(\w+)\(/g)) names.add(name);
      for (const [, name] of line.matchAll(/\b(\w+)(?:\[\w*\])? ?(?:[={;,]|$)/g)) names.add(name);
    }
  return names;
}

const common = new Set(['class', 'const', 'int', 'T', 'F', 'auto', 'bool', 'std', 'string', 'detail', 'workbook', 'cell', 'address', 'uint8_t', 'uint32_t', 'size_t', 'function', 'void']);
const groups = Array.from({ length: Number(wanted) }, () => ({ files: [], names: new Set() }));
const root = resolve(folder);
let all = 0;
for (const file of sources(root)) {
  if (/[/](workbook|c_api)[/][^/]*$/.test(file)) continue; // targets of their own
  ++all;
  const names = [...ownNames(readFileSync(file, 'utf8'))].filter((name) => !common.has(name));
  // Its place follows from its path, so that an edit elsewhere leaves it where the compiler's cache knows it.
  const first = createHash('sha256').update(relative(root, file)).digest().readUInt32LE(0);
  for (let i = 0; i < groups.length; ++i) {
    const group = groups[(first + i) % groups.length];
    if (names.some((name) => group.names.has(name))) continue;
    group.files.push(file);
    names.forEach((name) => group.names.add(name));
    break; // where no group takes it, it stays by itself
  }
}
const lines = groups.filter((group) => group.files.length > 1).map((group, n) => `set_source_files_properties(\n  ${group.files.map((file) => `"${file}"`).join('\n  ')}\n  DIRECTORY \${PROJECT_SOURCE_DIR} PROPERTIES UNITY_GROUP joined_${n})`);
writeFileSync(out, `${lines.join('\n')}\nset_target_properties(riskshare_riskshare PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)\n`);
console.log(`${groups.reduce((sum, group) => sum + group.files.length, 0)} of ${all} sources in ${groups.length} groups`);
