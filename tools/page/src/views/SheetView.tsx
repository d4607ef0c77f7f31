// A sheet as a grid: only what is in view is drawn; each amount is shaded by what became of it.
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { engine, findingsOf, look, untrace, useDesk } from '../desk';
import type { States } from '../engine/client';
import type { CellOfRow, Finding, SheetShape } from '../engine/types';
import { address, cellName, letters } from '../reading/address';
import { CellPanel } from './CellPanel';
import { placeText } from './Findings';
import { stateId, states as stateList } from './states';
import { useSheet } from './useSheet';

const rowHeight = 24;
const headWidth = 52;
const within = (runs: [number, number][], n: number) => runs.some(([first, last]) => first <= n && n <= last);

/** Virtual rows or columns of the grid. */
function useVirtual(at: { current: HTMLDivElement | null }, count: number, size: (index: number) => number, horizontal: boolean, key: unknown) {
  const [, again] = useState(0);
  const virtual = useMemo(
    () =>
      new Virtualizer<HTMLDivElement, Element>({
        count,
        horizontal,
        getScrollElement: () => at.current,
        estimateSize: size,
        observeElementRect,
        observeElementOffset,
        scrollToFn: elementScroll,
        overscan: horizontal ? 3 : 12,
        scrollPaddingStart: horizontal ? headWidth : rowHeight,
        onChange: () => again((n) => n + 1),
      }),
    [key],
  );
  useEffect(() => virtual._didMount(), [virtual]);
  useLayoutEffect(() => virtual._willUpdate());
  return virtual;
}

function Legend() {
  return (
    <ul class="key legend" aria-label="What the shading means">
      {stateList.map(({ id, name, mark }) => (
        <li key={id}>
          <span class={`swatch state-${id}`} aria-hidden="true">
            {mark}
          </span>
          {name}
        </li>
      ))}
      <li>
        <span class="swatch cell found" aria-hidden="true" style={{ position: 'static', width: '18px', height: '14px', padding: 0 }} />a finding names it
      </li>
    </ul>
  );
}

function Hidden({ shape }: { shape: SheetShape }) {
  const rows = shape.hidden_rows.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const columns = shape.hidden_columns.map(([first, last]) => (first === last ? letters(first) : `${letters(first)} to ${letters(last)}`));
  if (!rows && !columns.length && shape.visibility === 'visible') return null;
  const said = [
    shape.visibility !== 'visible' && 'this sheet is hidden',
    rows > 0 && `${rows} ${rows === 1 ? 'row is' : 'rows are'} hidden${shape.filtered ? ' by a filter' : ''} (shown here, with a yellow number)`,
    columns.length > 0 && `hidden columns ${columns.join(', ')} (shown here)`,
  ].filter(Boolean);
  return <p>In Excel {said.join('; ')}.</p>;
}

function Traced() {
  const { traced } = useDesk();
  if (!traced) return null;
  const { figure, trace } = traced;
  const what = figure.words.filter(Boolean).join(', ');
  return (
    <div class="traced" role="status">
      <p>
        <strong>{figure.shown}</strong> {figure.unit && `(${figure.unit})`} {what && `· ${what}`}:{' '}
        {trace.cells.length === 0
          ? 'no single cell holds it; it is worked out from the figures beside it.'
          : trace.same
            ? `it stands in ${trace.cells.length === 1 ? 'this cell' : `these ${trace.cells.length} cells`}:`
            : `it is worked out from ${trace.cells.length === 1 ? 'this cell' : `these ${trace.cells.length} cells`}:`}
      </p>
      <p class="places">
        {trace.cells.slice(0, 12).map(({ at, what: is }, i) => (
          <button key={i} type="button" class="figure" title={is} onClick={() => look(at)}>
            {placeText(at).replace(/^.*?'/, "'")}
          </button>
        ))}
        {trace.cells.length > 12 && <span>and {trace.cells.length - 12} more</span>}
        <button type="button" class="button quiet" onClick={untrace}>
          Close
        </button>
      </p>
    </div>
  );
}

export function SheetView() {
  const { sheet: place, files, answers, traced, version } = useDesk();
  const file = place?.file ?? '';
  const name = place?.sheet ?? '';
  const data = useSheet(file, name, version);
  const { shape, widths } = data;
  const chosen = place?.cell ? address(place.cell) : null;
  const books = files.filter((one) => one.kind === 'workbook' && !one.refused);

  const findings = useMemo(() => {
    const out = new Map<string, Finding[]>();
    const all = [...answers.flatMap((one) => (one.answer ? findingsOf(one.answer) : [])), ...files.flatMap((one) => one.reading?.findings ?? [])];
    for (const f of all)
      for (const at of f.at ?? [])
        if (at.file === file && at.sheet === name && at.cell) {
          const known = out.get(at.cell) ?? [];
          if (!known.some((one) => one.rule === f.rule && one.message === f.message)) out.set(at.cell, [...known, f]);
        }
    return out;
  }, [answers, files, file, name]);
  const lit = useMemo(() => new Set((traced?.trace.cells ?? []).filter((c) => c.at.file === file && c.at.sheet === name).map((c) => c.at.cell)), [traced, file, name]);

  return (
    <section class="panel sheet" aria-label="The sheet">
      <header>
        <h2>
          {books.length > 1 ? (
            <select aria-label="Workbook" value={file} onChange={(e) => void pick(e.currentTarget.value)}>
              {books.map((one) => (
                <option key={one.name}>{one.name}</option>
              ))}
            </select>
          ) : (
            file
          )}
        </h2>
        {shape && <Hidden shape={shape} />}
        {data.refused && <p class="refusal">{data.refused}</p>}
      </header>
      <nav class="sheets" aria-label="Sheets of the workbook">
        {data.sheets.map((one) => (
          <button key={one.name} type="button" aria-pressed={one.name === name} onClick={() => look({ file, sheet: one.name })}>
            {one.name}
            {one.visibility !== 'visible' && ' (hidden)'}
          </button>
        ))}
      </nav>
      <Legend />
      <Traced />
      {shape && <Grid key={`${file}\n${name}`} file={file} shape={shape} data={data} widths={widths} chosen={chosen} lit={lit} findings={findings} />}
      <CellPanel findings={chosen ? (findings.get(cellName(chosen.row, chosen.column)) ?? []) : []} shape={shape} row={chosen ? data.row(chosen.row) : null} heading={chosen ? headingAbove(data.row, chosen.row, chosen.column) : null} states={data.states} />
    </section>
  );
}

/** The nearest row above in which the column holds text: where the headings end. */
function headingAbove(rowAt: (n: number) => CellOfRow[] | null, row: number, column: number): number | null {
  for (let n = row; n > 0 && n > row - 500; --n) if (rowAt(n)?.some((cell) => cell[0] === column && cell[1] === 't')) return n;
  return null;
}

async function pick(file: string): Promise<void> {
  const { sheets } = await engine.sheets(file);
  const first = sheets?.find((one) => one.visibility === 'visible') ?? sheets?.[0];
  if (first) look({ file, sheet: first.name });
}

interface GridProps {
  file: string;
  shape: SheetShape;
  data: ReturnType<typeof useSheet>;
  widths: number[];
  chosen: { row: number; column: number } | null;
  lit: Set<string | undefined>;
  findings: Map<string, Finding[]>;
}

function Grid({ file, shape, data, widths, chosen, lit, findings }: GridProps) {
  const at = useRef<HTMLDivElement | null>(null);
  const rowCount = Math.max(shape.rows, 1);
  const columnCount = Math.max(shape.columns, 1);
  const rows = useVirtual(at, rowCount, () => rowHeight, false, rowCount);
  const columns = useVirtual(at, columnCount, (i) => widths[i + 1] ?? 64, true, widths);
  const inRows = rows.getVirtualItems();
  const inColumns = columns.getVirtualItems();
  const [first, last] = [(inRows[0]?.index ?? 0) + 1, (inRows[inRows.length - 1]?.index ?? 40) + 1];
  data.need(first, Math.min(last, rowCount));

  useEffect(() => {
    if (!chosen) return;
    rows.scrollToIndex(chosen.row - 1, { align: 'auto' });
    columns.scrollToIndex(chosen.column - 1, { align: 'auto' });
  }, [chosen?.row, chosen?.column, columns]);

  const move = (event: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-20, 0], PageDown: [20, 0], Home: [0, -columnCount], End: [0, columnCount] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const from = chosen ?? { row: first, column: 0 };
    const clamp = (n: number, most: number) => Math.min(Math.max(n, 1), most);
    look({ file, sheet: shape.name, cell: cellName(clamp(from.row + step[0], rowCount), clamp(from.column + step[1], columnCount)) });
  };

  const lefts = useMemo(() => {
    const out = [0, headWidth];
    for (let c = 1; c <= columnCount; ++c) out[c + 1] = out[c] + (widths[c] ?? 64);
    return out;
  }, [widths, columnCount]);
  const merged = useMemo(() => {
    const out = new Map<number, [number, number][]>(); // by row: the first and last column of each merge
    for (const range of shape.merged) {
      const [from, to] = range.split(':').map(address);
      if (!from || !to) continue;
      for (let r = from.row; r <= Math.min(to.row, shape.rows); ++r) out.set(r, [...(out.get(r) ?? []), [from.column, to.column]]);
    }
    return out;
  }, [shape]);

  return (
    <div
      class="grid"
      ref={at}
      tabIndex={0}
      role="grid"
      aria-label={`Sheet ${shape.name}`}
      aria-rowcount={rowCount}
      aria-colcount={columnCount}
      aria-activedescendant={chosen ? `cell-${cellName(chosen.row, chosen.column)}` : undefined}
      onKeyDown={move}
    >
      <div class="canvas" role="presentation" style={{ width: `${lefts[columnCount + 1]}px`, height: `${rows.getTotalSize() + rowHeight}px` }}>
        <div class="column-heads" role="row">
          <div class="corner" role="columnheader">
            <span class="visually-hidden">Row</span>
          </div>
          {inColumns.map(({ index }) => (
            <div
              key={index}
              role="columnheader"
              class={`column-head ${chosen?.column === index + 1 ? 'here' : ''} ${within(shape.hidden_columns, index + 1) ? 'hidden-row' : ''}`}
              style={{ left: `${lefts[index + 1]}px`, width: `${widths[index + 1] ?? 64}px` }}
              onClick={() => look({ file, sheet: shape.name, cell: cellName(chosen?.row ?? first, index + 1) })}
            >
              {letters(index + 1)}
            </div>
          ))}
        </div>
        {inRows.map(({ index, start }) => (
          <Row
            key={index}
            n={index + 1}
            top={start + rowHeight}
            file={file}
            shape={shape}
            cells={data.row(index + 1)}
            columns={[(inColumns[0]?.index ?? 0) + 1, (inColumns[inColumns.length - 1]?.index ?? 12) + 1]}
            {...{ lefts, widths, merged, chosen, lit, findings, states: data.states }}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  n: number;
  top: number;
  file: string;
  shape: SheetShape;
  cells: CellOfRow[] | null;
  columns: [number, number];
  lefts: number[];
  widths: number[];
  merged: Map<number, [number, number][]>;
  chosen: { row: number; column: number } | null;
  lit: Set<string | undefined>;
  findings: Map<string, Finding[]>;
  states: States;
}

const stateNames = Object.fromEntries(stateList.map((one) => [one.id, one]));

function Row({ n, top, file, shape, cells, columns, lefts, widths, merged, chosen, lit, findings, states }: RowProps) {
  const drawn: preact.JSX.Element[] = [];
  const inRow = merged.get(n) ?? [];
  const byColumn = new Map((cells ?? []).map((cell) => [cell[0], cell]));
  for (let c = columns[0]; c <= columns[1]; ++c) {
    const cell = byColumn.get(c);
    const name = cellName(n, c);
    const state = states[name];
    const known = state && stateNames[stateId(state[0]) ?? ''];
    const kind = cell?.[1] ?? '';
    const merge = inRow.find(([from, to]) => from <= c && c <= to);
    if (merge && merge[0] !== c && !cell) continue; // under the merged cell
    const spanned = merge && merge[0] === c ? merge[1] : 0;
    const width = spanned ? (lefts[spanned + 1] ?? 0) - lefts[c] : (widths[c] ?? 64);
    const spills = kind === 't' && !spanned && !byColumn.has(c + 1) && (cell?.[2].length ?? 0) * 7 > width;
    const found = findings.get(name);
    const parts = ['cell', kind === 'n' || kind === 'd' ? 'number' : '', kind === 'e' ? 'error' : '', known && !spills ? `state-${known.id}` : '', spills ? 'spills' : '', spanned ? 'merged' : '', found ? 'found' : '', lit.has(name) ? 'lit' : '', chosen?.row === n && chosen.column === c ? 'chosen' : ''];
    drawn.push(
      <div
        key={c}
        id={`cell-${name}`}
        role="gridcell"
        aria-colindex={c}
        class={parts.filter(Boolean).join(' ')}
        title={state ? state[1] : undefined}
        style={{ left: `${lefts[c]}px`, width: `${width}px` }}
        onClick={() => look({ file, sheet: shape.name, cell: name })}
      >
        {known?.mark && (
          <span class="mark" aria-label={known.name}>
            {known.mark}
          </span>
        )}
        {cell?.[2] ?? ''}
      </div>,
    );
  }
  return (
    <div class="sheet-row" role="row" aria-rowindex={n} style={{ transform: `translateY(${top}px)`, width: `${lefts[lefts.length - 1]}px` }}>
      <div class={`row-head ${chosen?.row === n ? 'here' : ''} ${within(shape.hidden_rows, n) ? 'hidden-row' : ''}`} role="rowheader" onClick={() => look({ file, sheet: shape.name, cell: cellName(n, chosen?.column ?? 1) })}>
        {n}
      </div>
      {drawn}
    </div>
  );
}
