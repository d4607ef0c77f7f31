// The library at work, beside the page, so that the page never freezes.
import startEngine from 'riskshare-engine';
import { traced, figuresOf, statesOf, type Figure } from '../reading/figures';
import type { Ask, Answer, Finding, Made, Reading } from './types';

interface Engine {
  HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(at: number): void;
  _page_keep(name: number, bytes: number, size: number): void;
  _page_drop(name: number): void;
  _page_answer(request: number, cellsOf: number): number;
  _page_states(file: number, sheet: number, first: number, last: number): number;
  _page_words(which: number): number;
  _page_commands(): number;
  _page_made(n: number): number;
  _page_made_size(n: number): number;
  _page_sheets(file: number): number;
  _page_rows(file: number, sheet: number, first: number, last: number): number;
  UTF8ToString(at: number): string;
  stringToUTF8(text: string, at: number, room: number): void;
  lengthBytesUTF8(text: string): number;
}

let engine: Engine;
const figures = new Map<string, Figure[]>();

/** Calls `work` with the addresses of the texts, in the engine's memory. */
function withTexts<T>(texts: string[], work: (...at: number[]) => T): T {
  const places = texts.map((text) => {
    const room = engine.lengthBytesUTF8(text) + 1;
    const at = engine._malloc(room);
    engine.stringToUTF8(text, at, room);
    return at;
  });
  try {
    return work(...places);
  } finally {
    places.forEach((at) => engine._free(at));
  }
}

async function start(zipped: ArrayBuffer): Promise<void> {
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'));
  const wasmBinary = await new Response(stream).arrayBuffer();
  engine = (await startEngine({ wasmBinary })) as unknown as Engine;
}

function keep(name: string, bytes: Uint8Array): void {
  const at = engine._malloc(bytes.length || 1);
  engine.HEAPU8.set(bytes, at);
  withTexts([name], (text) => engine._page_keep(text, at, bytes.length));
  engine._free(at);
}

/** Several agreements are told as several objects, one below the other: those are saved as they are, and nothing is drawn from them. */
function oneObject(text: string): Answer['json'] {
  try {
    return JSON.parse(text) as Answer['json'];
  } catch {
    return null;
  }
}

/** `cellsOf`: the file whose cells are to be accounted for one by one. */
function answer(request: object, cellsOf = ''): Answer {
  const summary = withTexts([JSON.stringify(request), cellsOf], (at, of) => engine.UTF8ToString(engine._page_answer(at, of)));
  const told = JSON.parse(summary) as { status: number; findings: Finding[]; made: { name: string; size: number }[] };
  const [text, talk, jsonText] = [0, 1, 2].map((which) => engine.UTF8ToString(engine._page_words(which)));
  const made: Made[] = told.made.map((file, n) => {
    const begin = engine._page_made(n);
    return { name: file.name, bytes: engine.HEAPU8.slice(begin, begin + engine._page_made_size(n)) };
  });
  return { status: told.status, findings: told.findings, text, talk, jsonText, json: oneObject(jsonText), made };
}

/** What one file was read as; its figures stay here, where they are looked up. */
function read(file: string, options: object): Reading {
  const told = answer({ command: 'import', files: [file], options: { ...options, verbose: true }, text: false, json: true }, file);
  const found = told.json ? figuresOf(told.json, file) : [];
  figures.set(file, found);
  const model = (told.json ?? {}) as Record<string, unknown>;
  const account = engine.UTF8ToString(engine._page_words(3));
  return {
    status: told.status,
    talk: told.talk,
    readAs: readAs(told.talk, model),
    kinds: Object.keys(model).filter((key) => !['schema', 'unit', 'findings', 'read_as'].includes(key) && filled(model[key])),
    ...whoAndWhen(model),
    figures: found.length,
    findings: told.findings.map((f) => ({ ...f, at: (f.at ?? []).filter((at) => at && at.file) })),
    account: account ? (JSON.parse(account) as Reading['account']) : null,
  };
}

/** Each table that was read, as the library describes it. */
function readAs(talk: string, model: Record<string, unknown>): string[] {
  const said = talk.split('\n').filter((line) => line.startsWith('read ')).map((line) => line.slice(5));
  const reports = ((model.reports as { read_as?: string[] }[] | undefined) ?? []).flatMap((report) => report.read_as ?? []);
  return [...new Set([...said, ...reports, ...((model.read_as as string[] | undefined) ?? [])])];
}

/** The bodies that a model names, and its last month. */
function whoAndWhen(model: object): { bodies: string[]; month: number | null } {
  const bodies = new Set<string>();
  let month: number | null = null;
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      if (key === 'organisation' && typeof part === 'string') bodies.add(part);
      else if ((key === 'month' || key === 'reported') && typeof part === 'number') month = Math.max(month ?? 0, part);
      else walk(part);
    }
  };
  walk(model);
  return { bodies: [...bodies], month };
}

function filled(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value as object).length > 0;
}

function looked(file: string): unknown {
  return withTexts([file], (at) => JSON.parse(engine.UTF8ToString(engine._page_sheets(at))));
}

function rows(file: string, sheet: string, first: number, last: number): unknown {
  return withTexts([file, sheet], (f, s) => JSON.parse(engine.UTF8ToString(engine._page_rows(f, s, first, last))));
}

/** What became of the cells of some rows: as the library accounts for them; what the figures tell where it does not. */
function states(file: string, sheet: string, first: number, last: number): Record<string, [string, string]> {
  const told = withTexts([file, sheet], (f, s) => JSON.parse(engine.UTF8ToString(engine._page_states(f, s, first, last)))) as Record<string, [string, string]>;
  const own = statesOf(figures.get(file) ?? [], sheet, first, last);
  return { ...own, ...told };
}

async function reply(ask: Ask): Promise<unknown> {
  switch (ask.do) {
    case 'start':
      return start(ask.zipped);
    case 'commands':
      return (JSON.parse(engine.UTF8ToString(engine._page_commands())) as { commands: unknown }).commands;
    case 'keep':
      return keep(ask.name, ask.bytes);
    case 'drop':
      figures.delete(ask.name);
      return withTexts([ask.name], (at) => engine._page_drop(at));
    case 'answer':
      return answer(ask.request);
    case 'read':
      return read(ask.file, ask.options);
    case 'sheets':
      return looked(ask.file);
    case 'rows':
      return rows(ask.file, ask.sheet, ask.first, ask.last);
    case 'trace':
      return traced([...figures.values()].flat(), ask.figure);
    case 'states':
      return states(ask.file, ask.sheet, ask.first, ask.last);
  }
}

self.onmessage = async (event: MessageEvent<{ id: number; ask: Ask }>) => {
  const { id, ask } = event.data;
  try {
    self.postMessage({ id, value: await reply(ask) });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
};
