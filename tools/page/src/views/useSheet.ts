// The rows of a sheet, asked for as they come into view.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { engine } from '../desk';
import type { States } from '../engine/client';
import type { CellOfRow, SheetShape } from '../engine/types';
import { address } from '../reading/address';

const block = 200;

export interface SheetData {
  sheets: SheetShape[];
  shape: SheetShape | null;
  refused: string | null;
  states: States;
  row: (n: number) => CellOfRow[] | null;
  widths: number[];
}

/** What is there of one sheet, as it was read once. */
interface Loaded {
  key: string;
  rows: Map<number, CellOfRow[]>;
  states: States;
  blocks: Set<number>;
}
/** While a sheet is read again, what was there stays in view. */
const nothing = (key: string, before?: Loaded): Loaded => ({ key, rows: new Map(before?.rows), states: { ...before?.states }, blocks: new Set() });

/** How wide a column is, from what its first rows show; index 1 is column A. */
function widthsOf(shape: SheetShape, first: Map<number, CellOfRow[]>): number[] {
  const widths = new Array<number>(shape.columns + 2).fill(64);
  for (const cells of first.values())
    for (const [column, kind, shown] of cells) {
      if (kind === 't' && cells.length === 1) continue; // a title spills over what is blank beside it
      widths[column] = Math.max(widths[column], Math.min(kind === 't' ? 230 : 160, shown.length * 7.2 + 26));
    }
  return widths;
}

const within = (cell: string, from: number, to: number) => {
  const row = address(cell)?.row ?? 0;
  return from <= row && row <= to;
};

export function useSheet(file: string, sheet: string, version: number): SheetData & { need: (first: number, last: number) => void } {
  const [sheets, setSheets] = useState<SheetShape[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const [loaded, setLoaded] = useState<Loaded>(nothing(''));
  const key = `${file}\n${sheet}\n${version}`;
  const shape = sheets.find((one) => one.name === sheet) ?? null;

  useEffect(() => {
    let gone = false;
    void engine.sheets(file).then((told) => {
      if (gone) return;
      setRefused(told.refused ?? null);
      setSheets(told.sheets ?? []);
    });
    return () => void (gone = true);
  }, [file]);

  const sameSheet = loaded.key.startsWith(`${file}\n${sheet}\n`);
  let fresh: Loaded | null = null;
  const need = (first: number, last: number) => {
    for (let n = Math.floor((first - 1) / block); n <= Math.floor((last - 1) / block); ++n) {
      if (loaded.key === key && loaded.blocks.has(n)) continue;
      const into = loaded.key === key ? loaded : (fresh ??= nothing(key, sameSheet ? loaded : undefined));
      into.blocks.add(n);
      if (into !== loaded) setLoaded(into);
      const [from, to] = [n * block + 1, (n + 1) * block];
      void Promise.all([engine.rows(file, sheet, from, to), engine.states(file, sheet, from, to)]).then(([told, states]) => {
        for (const [row, cells] of told.rows ?? []) into.rows.set(row, cells);
        for (const cell of Object.keys(into.states)) if (within(cell, from, to)) delete into.states[cell];
        Object.assign(into.states, states);
        setLoaded((now) => (now.key === key ? { ...into } : now));
      });
    }
  };

  const mine = sameSheet;
  const widths = useMemo(() => (shape && mine ? widthsOf(shape, loaded.rows) : []), [shape, mine, mine && loaded.rows.size > 0]);
  return { sheets, shape, refused, states: mine ? loaded.states : {}, widths, need, row: (n) => (mine ? (loaded.rows.get(n) ?? null) : null) };
}
