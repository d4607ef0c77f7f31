// What is on the page: the files, what they were read as, the answers, and what is being looked at. One place changes it.
import { useEffect, useState } from 'preact/hooks';
import { Engine } from './engine/client';
import type { Answer, CommandDescribed, Place, Reading, ShownFigure, Trace } from './engine/types';
import { isAgreement, isDirectory, mappingOf, mappingText, type Mapping } from './reading/mapping';
import { plannedAnswers, type Settings } from './plan';

export type Kind = 'workbook' | 'model' | 'agreement' | 'directory' | 'mapping' | 'list' | 'other';

export interface HeldFile {
  name: string;
  size: number;
  kind: Kind;
  bytes: Uint8Array;
  used: boolean;
  reading: Reading | null;
  refused: string | null;
  /** It took the place of another of the same name. */
  replaced?: boolean;
  gaveUp?: boolean;
}

export interface AnswerShown {
  id: string;
  title: string;
  command: string;
  files: string[];
  options: Record<string, unknown>;
  answer: Answer | null;
}

export interface Desk {
  ready: boolean;
  broken: string | null;
  busy: string | null;
  stopped: boolean;
  files: HeldFile[];
  answers: AnswerShown[];
  tab: string;
  settings: Settings;
  /** Further options of each answer, by the answer's id. */
  choices: Record<string, Record<string, string | boolean>>;
  commands: CommandDescribed[];
  mapping: Mapping;
  mappingFrom: string | null;
  /** The sheet in view, and the cell that is chosen in it. */
  sheet: Place | null;
  traced: { figure: ShownFigure; trace: Trace } | null;
  version: number; // of what was read: the sheet view asks again when it changes
}

const mappingName = 'mapping.toml';

let desk: Desk = {
  ready: false,
  broken: null,
  busy: 'Starting',
  stopped: false,
  files: [],
  answers: [],
  tab: 'files',
  settings: { month: null, basis: 'ytd', unit: '', before: null, after: null },
  choices: {},
  commands: [],
  mapping: {},
  mappingFrom: null,
  sheet: null,
  traced: null,
  version: 0,
};
const listeners = new Set<() => void>();
export const engine = new Engine();

function change(part: Partial<Desk>): void {
  desk = { ...desk, ...part };
  listeners.forEach((tell) => tell());
}

export function useDesk(): Desk {
  const [, again] = useState(0);
  useEffect(() => {
    const tell = () => again((n) => n + 1);
    listeners.add(tell);
    tell(); // what changed between drawing and here
    return () => void listeners.delete(tell);
  }, []);
  return desk;
}

export async function start(): Promise<void> {
  try {
    await engine.start();
    change({ ready: true, busy: null, commands: await engine.commands() });
  } catch (error) {
    change({ broken: (error as Error).message, busy: null });
  }
}

// ---- Files

function kindOf(name: string, bytes: Uint8Array): Kind {
  const end = name.toLowerCase().split('.').pop();
  const text = () => new TextDecoder().decode(bytes);
  if (end === 'toml') return isAgreement(text()) ? 'agreement' : isDirectory(text()) ? 'directory' : 'mapping';
  if (end === 'json') return 'model';
  if (end === 'csv') return 'list';
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return 'workbook';
  return end === 'xlsx' || end === 'xlsm' ? 'workbook' : 'other';
}

export async function drop(dropped: File[]): Promise<void> {
  let files = desk.files;
  let mapping = desk.mapping;
  let mappingFrom = desk.mappingFrom;
  let readAgain = false;
  for (const file of dropped) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const kind = kindOf(file.name, bytes);
    let refused: string | null = null;
    if (kind === 'mapping') {
      try {
        mapping = mappingOf(new TextDecoder().decode(bytes));
        mappingFrom = file.name;
      } catch (error) {
        refused = `${file.name} is not a mapping that can be read: ${(error as Error).message.split('\n')[0]}`;
      }
    }
    if (kind === 'other') refused = `${file.name} is not a workbook (.xlsx, .xlsm), a model (.json), an agreement or mapping (.toml) or a list (.csv).`;
    readAgain ||= kind === 'mapping' || kind === 'directory';
    const replaced = files.some((one) => one.name === file.name);
    const held: HeldFile = { name: file.name, size: file.size, kind, bytes, used: true, reading: null, refused, replaced };
    files = [...files.filter((one) => one.name !== file.name), held];
    await engine.keep(file.name, bytes);
  }
  change({ files, mapping, mappingFrom, traced: null, busy: 'Reading' });
  await work(readAgain);
}

export async function remove(name: string): Promise<void> {
  await engine.drop(name);
  const file = desk.files.find((one) => one.name === name);
  const files = desk.files.filter((one) => one.name !== name);
  const sheet = desk.sheet?.file === name ? null : desk.sheet;
  const unsaid = file?.kind === 'mapping' && desk.mappingFrom === name;
  const otherNames = file?.kind === 'directory';
  change({ files, sheet, traced: null, ...(unsaid ? { mapping: {}, mappingFrom: null } : {}) });
  await work(unsaid || otherNames);
}

export async function use(name: string, used: boolean): Promise<void> {
  change({ files: desk.files.map((file) => (file.name === name ? { ...file, used } : file)) });
  await work(desk.files.some((file) => file.name === name && file.kind === 'directory'));
}

// ---- Answers

export function readingOptions(): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  if (Object.values(desk.mapping).some((part) => Object.keys(part).length)) options.map = mappingName;
  const directory = desk.files.find((file) => file.kind === 'directory' && file.used);
  if (directory) options.directory = directory.name;
  if (desk.settings.unit) options.unit = desk.settings.unit;
  return options;
}

let turn = 0;

/** Reads what is not read yet, then answers all that can be answered. A later call puts an end to an earlier one. */
async function work(readAgain: boolean): Promise<void> {
  const mine = ++turn;
  if (desk.stopped) change({ stopped: false });
  const stale = () => mine !== turn;
  const first = desk.answers.length === 0; // who is at work among the files later is left there
  try {
    await engine.keep(mappingName, new TextEncoder().encode(mappingText(desk.mapping)));
    if (readAgain) change({ files: desk.files.map((file) => ({ ...file, reading: null })) });
    const unread = () => desk.files.find((file) => (file.kind === 'workbook' || file.kind === 'model') && !file.reading && !file.gaveUp);
    for (let file = unread(); file; file = unread()) {
      await readOne(file.name, stale);
      if (stale()) return;
    }
    if (!desk.sheet) await openFirstSheet();
    await answerAll(stale, first);
  } catch (error) {
    if (!stale()) change({ broken: `The library stopped: ${(error as Error).message}. Load the page again.` });
  } finally {
    if (!stale()) change({ busy: null });
  }
}

async function readOne(name: string, stale: () => boolean): Promise<void> {
  change({ busy: `Reading ${name}` });
  const told = (part: Partial<HeldFile>) => change({ files: desk.files.map((one) => (one.name === name ? { ...one, ...part } : one)), version: desk.version + 1 });
  try {
    const reading = await engine.read(name, readingOptions());
    if (!stale()) told({ reading, refused: reading.status === 3 ? reading.talk.trim() : null });
  } catch (error) {
    if (stale()) return;
    // It is named and left out, and the others go on with a library that is started anew.
    told({ gaveUp: true, refused: `riskshare gave up on this file (${(error as Error).message}), and no answer uses it. Please tell whoever gave you this page.` });
    await restart();
  }
}

/** A library that is started anew knows the files, and nothing of what was read in them. */
async function restart(): Promise<void> {
  await engine.restart();
  change({ files: desk.files.map((file) => ({ ...file, reading: null })) });
}

/** Ends what is going on; the answers that are there stay. */
export async function stop(): Promise<void> {
  ++turn;
  change({ busy: 'Stopping' });
  await restart();
  change({ busy: null, stopped: true });
}

export function goOn(): void {
  change({ stopped: false });
  void work(false);
}

async function answerAll(stale: () => boolean, first: boolean): Promise<void> {
  const all = plannedAnswers(desk.files, desk.settings);
  const planned = [...all.filter((one) => one.likely), ...all.filter((one) => !one.likely)];
  const done: AnswerShown[] = [];
  for (const one of planned) {
    change({ busy: `Working out: ${one.title}` });
    const options = { ...readingOptions(), ...one.options, ...desk.choices[one.id] };
    const answer = await engine.answer(one.command, one.files, options);
    if (stale()) return;
    if (!one.likely && !answer.text.trim()) continue; // nothing of its kind is in the files
    done.push({ ...one, options, answer });
    const kept = desk.answers.filter((old) => planned.some((p) => p.id === old.id) && !done.some((d) => d.id === old.id));
    change({ answers: order([...done, ...kept]), ...(first && desk.tab === 'files' && done.length === 1 ? { tab: done[0].id } : {}) });
  }
  change({ answers: order(done), tab: desk.tab === 'files' || desk.tab === 'save' || done.some((d) => d.id === desk.tab) ? desk.tab : (done[0]?.id ?? 'files') });
}

const order = (answers: AnswerShown[]) => {
  const ids = ['risk', 'position', 'track', 'share', 'agreement', 'check', 'compare', 'report'];
  return answers.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
};

export function findingsOf(answer: Answer) {
  const told = answer.findings.length ? answer.findings : ((answer.json?.findings as Answer['findings'] | undefined) ?? []);
  return told.map((f) => ({ ...f, at: (f.at ?? []).filter((at) => at && at.file) })); // some are about no cell
}

export function set(settings: Partial<Settings>): void {
  change({ settings: { ...desk.settings, ...settings } });
  void work('unit' in settings);
}

/** An option of one answer; an empty text takes it back. */
export function choose(id: string, option: string, value: string | boolean): void {
  const { [option]: _, ...others } = desk.choices[id] ?? {};
  change({ choices: { ...desk.choices, [id]: value === '' || value === false ? others : { ...others, [option]: value } } });
  void work(false);
}

export function show(tab: string): void {
  change({ tab });
}

// ---- The sheet view

async function openFirstSheet(): Promise<void> {
  const first = desk.files.find((file) => file.kind === 'workbook' && !file.refused);
  if (!first) return;
  const said = first.reading?.readAs.map((line) => /'((?:[^']|'')+)'!/.exec(line)?.[1]).find(Boolean);
  const { sheets } = await engine.sheets(first.name);
  const largest = [...(sheets ?? [])].filter((one) => one.visibility === 'visible').sort((a, b) => b.rows * b.columns - a.rows * a.columns)[0];
  const sheet = sheets?.find((one) => one.name === said) ?? largest;
  if (sheet) change({ sheet: { file: first.name, sheet: sheet.name } });
}

export function look(at: Place | null): void {
  change({ sheet: at });
}

/** A cell that a text names by its sheet alone: the first of the files that has that sheet. */
export async function lookIn(files: string[], sheet: string, cell: string): Promise<void> {
  for (const file of files) {
    const { sheets } = await engine.sheets(file);
    if (sheets?.some((one) => one.name === sheet)) return look({ file, sheet, cell });
  }
}

export async function trace(figure: ShownFigure): Promise<void> {
  const found = await engine.trace(figure);
  change({ traced: { figure, trace: found }, ...(found.cells.length ? { sheet: found.cells[0].at } : {}) });
}

export function untrace(): void {
  change({ traced: null });
}

// ---- Teaching

export function teach(mapping: Mapping): void {
  change({ mapping });
  void work(true);
}
