// The rows of a sheet, asked for as they come into view.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { engine } from '../desk';
import type { States } from '../engine/client';
import type { CellOfRow, SheetShape } from '../engine/types';

const block = 200;

export interface SheetData {
  sheets: SheetShape[];
  shape: SheetShape | null;
  refused: string | null;
  states: States;
  row: (n: number) => CellOfRow[] | null;
  widths: number[];
}

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

export function useSheet(file: string, sheet: string, version: number): SheetData & { need: (first: number, last: number) => void } {
  const [sheets, setSheets] = useState<SheetShape[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const [states, setStates] = useState<States>({});
  const [loaded, setLoaded] = useState<{ key: string; rows: Map<number, CellOfRow[]>; blocks: Set<number> }>({ key: '', rows: new Map(), blocks: new Set() });
  const key = `${file}\n${sheet}`;
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

  useEffect(() => {
    let gone = false;
    void engine.states(file, sheet).then((told) => !gone && setStates(told));
    return () => void (gone = true);
  }, [file, sheet, version]);

  const need = (first: number, last: number) => {
    for (let n = Math.floor((first - 1) / block); n <= Math.floor((last - 1) / block); ++n) {
      if (loaded.key === key && loaded.blocks.has(n)) continue;
      const into = loaded.key === key ? loaded : { key, rows: new Map<number, CellOfRow[]>(), blocks: new Set<number>() };
      into.blocks.add(n);
      if (into !== loaded) setLoaded(into);
      void engine.rows(file, sheet, n * block + 1, (n + 1) * block).then((told) => {
        for (const [row, cells] of told.rows ?? []) into.rows.set(row, cells);
        setLoaded((now) => (now.key === key ? { ...into } : now));
      });
    }
  };

  const mine = loaded.key === key;
  const widths = useMemo(() => (shape && mine ? widthsOf(shape, loaded.rows) : []), [shape, mine, mine && loaded.rows.size > 0]);
  return { sheets, shape, refused, states, widths, need, row: (n) => (mine ? (loaded.rows.get(n) ?? null) : null) };
}
