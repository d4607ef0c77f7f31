// riskshare from Node: const answer = require('riskshare').risk('plan.xlsx', { shares: 'UHL=50%,LPT=13%,ICB=37%' });
// answer.json.system.risk is "29583500.00": amounts stay decimal text, which no binary fraction can spoil.
// A file is a path, or { name, bytes }. Files that a command makes are in answer.made, by name, as buffers.
'use strict';
const fs = require('fs');
const path = require('path');
const koffi = require('koffi');

const beside = ['libriskshare_c.so', 'riskshare_c.dll', 'libriskshare_c.dylib'].map(n => path.join(__dirname, n));
const lib = koffi.load(process.env.RISKSHARE_LIBRARY || beside.find(p => fs.existsSync(p)) || 'libriskshare_c.so.0.1');
koffi.struct('riskshare_file', { name: 'const char*', bytes: 'const uint8_t*', size: 'size_t' });
koffi.opaque('riskshare_answer');
const call = {
  version: lib.func('const char* riskshare_version()'),
  commands: lib.func('const char* riskshare_commands()'),
  ask: lib.func('riskshare_answer* riskshare_ask(const char* request, size_t length, const riskshare_file* files, size_t count)'),
  status: lib.func('int riskshare_status(const riskshare_answer* a)'),
  part: lib.func('const void* riskshare_part(const riskshare_answer* a, int part, _Out_ size_t* length)'),
  madeCount: lib.func('size_t riskshare_made_count(const riskshare_answer* a)'),
  madeName: lib.func('const char* riskshare_made_name(const riskshare_answer* a, size_t i)'),
  madeBytes: lib.func('const void* riskshare_made_bytes(const riskshare_answer* a, size_t i, _Out_ size_t* size)'),
  free: lib.func('void riskshare_free(riskshare_answer* a)'),
  lastError: lib.func('const char* riskshare_last_error()'),
};

class Refused extends Error {
  constructor(answer) {
    super(answer.talk.trim());
    this.answer = answer;
  }
}

const commands = JSON.parse(call.commands()).commands;

function named(file) {
  return typeof file === 'string' ? { name: file, bytes: fs.readFileSync(file) } : { name: file.name, bytes: Buffer.from(file.bytes) };
}

function bytesAt(get) {
  const size = [0];
  const at = get(size);
  return at && Number(size[0]) > 0 ? Buffer.from(koffi.decode(at, koffi.array('uint8_t', Number(size[0])))) : Buffer.alloc(0);
}

/** Works a command out. Throws Refused where the request or a file is refused. */
function ask(command, files = [], options = {}, text = false) {
  const given = [].concat(files).map(named);
  const names = given.map(f => f.name);
  const known = new Map(((commands.find(c => c.name === command) || { options: [] }).options).map(o => [o.name, o]));
  const asked = {};
  for (const [key, value] of Object.entries(options)) {
    const name = key.replace(/[A-Z]/g, c => '-' + c.toLowerCase());
    asked[name] = value;
    if (!known.has(name) || known.get(name).kind !== 'file_read' || name === 'what') continue;
    const several = [].concat(value).map(named);
    given.push(...several);
    asked[name] = several.map(f => f.name);
  }
  const request = JSON.stringify({ command, files: names, options: asked, json: true, text });
  const a = call.ask(request, Buffer.byteLength(request), given.map(f => ({ name: f.name, bytes: f.bytes, size: f.bytes.length })), given.length);
  if (!a) throw new Error('riskshare: ' + call.lastError());
  try {
    const part = p => bytesAt(size => call.part(a, p, size)).toString('utf8');
    const [json, words, talk, summary] = [0, 1, 2, 3].map(part);
    const made = {};
    for (let i = 0; i < Number(call.madeCount(a)); ++i) made[call.madeName(a, i)] = bytesAt(size => call.madeBytes(a, i, size));
    const answer = { status: call.status(a), json: json ? JSON.parse(json) : null, rawJson: json, text: words, talk, findings: JSON.parse(summary).findings, made };
    if (answer.status >= 2) throw new Refused(answer);
    return answer;
  } finally {
    call.free(a);
  }
}

module.exports = { ask, commands, Refused, version: () => call.version() };
for (const { name } of commands) module.exports[name] = (files, options, text) => ask(name, files, options, text);
