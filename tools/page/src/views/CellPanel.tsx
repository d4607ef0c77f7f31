// The chosen cell: what it shows, what it was read as, what it comes from and feeds, what is wrong with it, and how to read it
// differently.
import { useEffect, useState } from 'preact/hooks';
import { engine, look, readingOptions, useDesk } from '../desk';
import type { States } from '../engine/client';
import type { CellOfRow, Finding, SheetShape } from '../engine/types';
import { address } from '../reading/address';
import { Findings } from './Findings';
import { stateId, states as stateList } from './states';
import { Teach } from './Teach';

interface Explained {
  value?: string | null;
  formula?: string | null;
  from?: string[];
  feeds?: string[];
  feeds_through_others?: string[];
  figures?: string[];
}

/** "'Efficiencies'!F7" as a place in this file. */
function Links({ words, cells, file }: { words: string; cells: string[] | undefined; file: string }) {
  if (!cells?.length) return null;
  const most = 12;
  return (
    <p class="places">
      <span>{words}</span>
      {cells.slice(0, most).map((cell) => {
        const found = /^'((?:[^']|'')+)'!(.+)$/.exec(cell);
        if (!found) return <span key={cell}>{cell}</span>;
        return (
          <button key={cell} type="button" class="figure" onClick={() => look({ file, sheet: found[1].replace(/''/g, "'"), cell: found[2].split(':')[0] })}>
            {cell}
          </button>
        );
      })}
      {cells.length > most && <span>and {cells.length - most} more</span>}
    </p>
  );
}

interface Props {
  findings: Finding[];
  shape: SheetShape | null;
  row: CellOfRow[] | null;
  /** The row in which the headings above the cell end. */
  heading: number | null;
  states: States;
}

export function CellPanel({ findings, shape, row, heading, states }: Props) {
  const { sheet: place, version } = useDesk();
  const [explained, setExplained] = useState<Explained | null>(null);
  const cell = place?.cell ?? '';
  useEffect(() => {
    setExplained(null);
    if (!place?.cell) return;
    let gone = false;
    const wait = setTimeout(() => {
      void engine
        .answer('explain', [place.file], { ...readingOptions(), cell: `${place.sheet}!${place.cell}` }, { text: false })
        .then((answer) => !gone && setExplained((answer.json as Explained | null) ?? {}));
    }, 120);
    return () => {
      gone = true;
      clearTimeout(wait);
    };
  }, [place?.file, place?.sheet, place?.cell, version]);

  const at = address(cell);
  if (!place || !at || !shape) {
    return (
      <div class="cell-panel">
        <p>Click a cell to see what it was read as. Click a figure in an answer to see its cells.</p>
      </div>
    );
  }
  const shown = row?.find((one) => one[0] === at.column);
  const state = states[cell];
  const known = stateList.find((one) => one.id === stateId(state?.[0]));
  return (
    <div class="cell-panel" role="region" aria-label={`Cell ${cell}`} tabIndex={0}>
      <h3>
        {cell}: {shown?.[2] || 'blank'}
      </h3>
      {shown?.[3] !== undefined && shown[3] !== shown[2] && <p>Stored as {shown[3]}</p>}
      {shown?.[4] && (
        <p>
          Formula: <code>{shown[4]}</code>
        </p>
      )}
      {explained?.figures?.length ? (
        <p>
          <strong>Read as {explained.figures.join('; ')}</strong>
        </p>
      ) : known ? (
        <p>
          <strong>
            {known.name[0].toUpperCase() + known.name.slice(1)}: {state?.[1] || known.means}
          </strong>
        </p>
      ) : (
        shown?.[1] === 'n' && explained && <p>Not read as a figure.</p>
      )}
      <Links words="Comes from" cells={explained?.from} file={place.file} />
      <Links words="Feeds" cells={explained?.feeds} file={place.file} />
      <Links words="Through others feeds" cells={explained?.feeds_through_others} file={place.file} />
      <Findings findings={findings} heading={null} />
      <Teach place={place} heading={heading} row={at.row} column={at.column} text={shown?.[1] === 't' ? shown[2] : ''} />
    </div>
  );
}
