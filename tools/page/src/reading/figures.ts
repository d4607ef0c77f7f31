// The figures of a model, each with its cell, and which of them a figure on the page comes from.
import type { Place, ShownFigure, Trace } from '../engine/types';

export interface Figure {
  /** Pounds, for finding only: what is shown is always the library's own text. None for a row of a list, such as a scheme. */
  amount: number | null;
  at: Place;
  /** Where it stands in the model: savings, plans, red. */
  path: string[];
  /** What the things around it are called: UHL. */
  words: string[];
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const notNames = new Set(['amount', 'written', 'unit', 'file', 'sheet', 'cell', 'schema', 'severity', 'rule', 'message', 'advice']);

/** Every amount of a model that carries a cell of this file. */
export function figuresOf(model: Json, file: string): Figure[] {
  const out: Figure[] = [];
  const walk = (value: unknown, path: string[], words: string[]) => {
    if (Array.isArray(value)) {
      for (const one of value) walk(one, path, words);
      return;
    }
    if (!isObject(value)) return;
    const at = value.at;
    if (isObject(at) && typeof value.amount === 'string' && typeof at.cell === 'string') {
      const place = at as unknown as Place;
      if (place.file === file) out.push({ amount: pounds(value.amount), at: place, path, words });
      return;
    }
    if (isObject(at) && typeof at.cell === 'string' && typeof value.reference === 'string') {
      const place = at as unknown as Place;
      const told = Object.values(value).filter((text): text is string => typeof text === 'string' && text !== '' && !/^-?[\d.]+$/.test(text));
      if (place.file === file) out.push({ amount: null, at: place, path, words: told });
    }
    const own = Object.entries(value).filter(([key, text]) => typeof text === 'string' && !notNames.has(key));
    const named = own.length ? [...words, ...own.map(([, text]) => text as string)] : words;
    for (const [key, part] of Object.entries(value)) {
      if (path.length === 0 && (key === 'findings' || key === 'account')) continue;
      if (typeof part === 'object') walk(part, [...path, key], named);
    }
  };
  walk(model, [], []);
  return out;
}

/** "8362250.00" or "52707500/3". */
function pounds(text: string): number {
  const [above, below] = text.split('/');
  return Number(above) / (below === undefined ? 1 : Number(below));
}

const plain = (text: string) => text.toLowerCase().replace(/[_\s]+/g, ' ').trim();

/** "savings plan, red, of UHL" */
export function whatItIs(figure: Figure): string {
  const path = figure.path.map(plain).filter((part, i, all) => part !== all[i - 1]);
  if (figure.amount === null) return figure.words.slice(0, 3).join(', ');
  const of = figure.words.slice(-2).join(', ');
  return path.join(', ') + (of ? ` of ${of}` : '');
}

/** An amount as shown, in pounds, and half of what its last digit stands for. */
export function shownPounds(figure: { shown: string; unit: string }): { value: number; half: number } | null {
  const digits = figure.shown.replace(/[£,\s%]/g, '').replace(/^\((.*)\)$/, '-$1').replace('−', '-');
  if (!/^-?\d+(\.\d+)?$/.test(digits)) return null;
  const scale = figure.unit === '£m' ? 1e6 : figure.unit === '£000' ? 1e3 : 1;
  const places = digits.split('.')[1]?.length ?? 0;
  return { value: Number(digits) * scale, half: (scale * 0.5) / 10 ** places + 1e-6 };
}

/** The cells that hold the figure; else those that it is worked out from, as far as its row and column tell. */
export function traced(figures: Figure[], asked: ShownFigure): Trace {
  const amount = shownPounds(asked);
  const words = asked.words.map(plain).filter(Boolean);
  const named = (f: Figure, word: string) =>
    f.words.some((own) => plain(own) === word) || f.path.some((part) => plain(part) === word || word.includes(plain(part)));
  const cells = (found: Figure[]) =>
    found.slice(0, 400).map((f) => ({ at: f.at, what: whatItIs(f) }));
  if (amount) {
    const equal = figures.filter((f) => f.amount !== null && Math.abs(Math.abs(f.amount) - Math.abs(amount.value)) <= amount.half && amount.value !== 0);
    const score = (f: Figure) => words.filter((word) => named(f, word)).length;
    const best = Math.max(0, ...equal.map(score));
    const top = equal.filter((f) => score(f) === best);
    if (top.length && (best > 0 || top.length === 1)) return { same: true, cells: cells(top) };
  }
  const [row = '', ...columns] = words;
  const inRow = figures.filter((f) => f.words.some((own) => plain(own) === row || (own.length > 3 && row.includes(plain(own)))));
  const inColumn = (from: Figure[]) => from.filter((f) => columns.some((word) => f.path.some((part) => plain(part) === word.split(' ')[0])));
  const rows = figures.filter((f) => f.amount === null);
  for (const found of [inColumn(inRow), inRow, inColumn(figures), row === 'total' ? rows : []]) if (found.length) return { same: false, cells: cells(found) };
  return { same: false, cells: [] };
}

/** What each cell of some rows was read as. */
export function statesOf(figures: Figure[], sheet: string, first: number, last: number): Record<string, [string, string]> {
  const out: Record<string, [string, string]> = {};
  for (const f of figures) {
    const row = Number(/\d+$/.exec(f.at.cell ?? '')?.[0] ?? 0);
    if (f.amount !== null && f.at.sheet === sheet && first <= row && row <= last) out[f.at.cell ?? ''] = ['read', whatItIs(f)];
  }
  return out;
}
