// The library's answer for people, taken apart: its tables become tables that a screen reader can read, and every word and
// figure stays the library's own.

export interface Table {
  kind: 'table';
  headings: string[];
  /** The unit of each column, as the headings or the text above tell it; empty where none is told. */
  units: string[];
  /** `total`: below the only rule; `ruled`: a rule stands above it; `lead`: what its line begins with. */
  rows: { cells: string[]; total: boolean; ruled: boolean; lead: string }[];
  numeric: boolean[];
}
export interface Pairs {
  kind: 'pairs';
  pairs: [string, string][];
}
export interface Words {
  kind: 'words' | 'title';
  lines: string[];
}
export type Block = Table | Pairs | Words;

const isRule = (line: string) => /^[─\s]*─[─\s]*$/.test(line);
export const isFigure = (text: string) => /^[(-]?£?[\d,]*\d(\.\d+)?%?[a-z]?\)?$/i.test(text) && /\d/.test(text);
const isBlank = (text: string) => text === '' || text === '-';

function unitIn(text: string): string {
  const found = /£(000|m)?(?![\d])/.exec(text);
  return found ? `£${found[1] ?? ''}` : '';
}

/** The columns that a rule draws: where each begins. */
function columnsOf(rule: string): [number, number][] {
  const out: [number, number][] = [];
  for (const found of rule.matchAll(/─+/g)) out.push([found.index, found.index + found[0].length]);
  return out;
}

function cellsOf(line: string, columns: [number, number][]): string[] {
  return columns.map(([begin], i) => line.slice(begin, columns[i + 1]?.[0] ?? line.length).trim());
}

/** A row keeps the gaps between the columns; a sentence below a table does not. */
function isRow(line: string, columns: [number, number][]): boolean {
  return columns.every(([, end], i) => i + 1 === columns.length || line.slice(end, columns[i + 1][0]).trim() === '');
}

function tableOf(head: string[], rule: string, body: string[], unitAbove: string): Table {
  const columns = columnsOf(rule);
  const heads = head.map((line) => cellsOf(line, columns));
  const headings = columns.map((_, i) => heads.map((cells) => cells[i]).filter(Boolean).join(' '));
  const rows: Table['rows'] = [];
  const rules = body.filter(isRule).length;
  let ruled = false;
  for (const line of body) {
    if (isRule(line)) {
      ruled = rows.length > 0;
      continue;
    }
    rows.push({ cells: cellsOf(line, columns), total: ruled && rules === 1, ruled, lead: line.slice(0, 2) });
    if (rules > 1) ruled = false;
  }
  const above = unitIn(headings[0] ?? '') || unitAbove;
  const units = headings.map((text) => (text.includes('%') ? '' : unitIn(text) || above));
  const numeric = columns.map((_, i) => i > 0 && rows.some((r) => isFigure(r.cells[i])) && rows.every((r) => isBlank(r.cells[i]) || isFigure(r.cells[i])));
  return { kind: 'table', headings, units, rows, numeric };
}

/** "Position      a deficit of …", with lines below that go on. */
function pairsOf(lines: string[]): Pairs | null {
  const pairs: [string, string][] = [];
  for (const line of lines) {
    const found = /^(\S.{0,30}?)\s{2,}(\S.*)$/.exec(line);
    if (found) pairs.push([found[1], found[2]]);
    else if (/^\s{8,}\S/.test(line) && pairs.length) pairs[pairs.length - 1][1] += ` ${line.trim()}`;
    else return null;
  }
  return pairs.length > 1 ? { kind: 'pairs', pairs } : null;
}

/** The blocks of an answer, which blank lines part. */
export function blocksOf(text: string): Block[] {
  const out: Block[] = [];
  let unit = '';
  for (const part of text.split(/\n\s*\n/)) {
    const lines = part.split('\n').filter((line) => line.trim() !== '');
    if (!lines.length) continue;
    const rule = lines.findIndex(isRule);
    if (rule >= 0) {
      const shape = columnsOf(lines[rule]);
      let top = rule; // the headings: at most three lines that keep to the columns
      while (top > 0 && rule - top < 3 && isRow(lines[top - 1], shape)) --top;
      const head = lines.slice(top, rule);
      const below = lines.slice(rule + 1);
      if (top > 0) out.push({ kind: 'words', lines: lines.slice(0, top) });
      const stops = below.findIndex((line) => !isRule(line) && !isRow(line, shape));
      out.push(tableOf(head, lines[rule], stops < 0 ? below : below.slice(0, stops), unit));
      if (stops >= 0) out.push({ kind: 'words', lines: below.slice(stops) });
    } else {
      out.push(pairsOf(lines) ?? { kind: out.length === 0 && lines.length <= 4 ? 'title' : 'words', lines });
    }
    unit = unitIn(lines[0]) || unit;
  }
  return out;
}
