// Where files come in: dropped, or chosen by keyboard.
import { useState } from 'preact/hooks';
import { drop, goOn, stop, useDesk } from '../desk';

function Busy() {
  const { busy, ready, files, stopped } = useDesk();
  return (
    <div class="busy">
      <span role="status">{busy ? `${busy} …` : stopped ? 'Stopped.' : files.length ? 'Done.' : ready ? 'Ready.' : ''}</span>
      {busy && ready && (
        <button type="button" class="button quiet" onClick={() => void stop()}>
          Stop
        </button>
      )}
      {stopped && !busy && (
        <button type="button" class="button quiet" onClick={goOn}>
          Go on
        </button>
      )}
    </div>
  );
}

/** What a person may expect who has never seen the page. */
function Gets() {
  return (
    <div class="gets">
      <p>You will see, for what the files hold:</p>
      <ul>
        <li>how much of the savings is at risk, by body and rating</li>
        <li>where each body stands against its plan, and where the year will end</li>
        <li>whether the figures agree, and which cells do not</li>
        <li>what changed since the month before</li>
        <li>who bears what under a risk share agreement</li>
        <li>the monthly pack, to save as a page or a workbook</li>
      </ul>
      <p>Click a figure to see the cells that it comes from.</p>
    </div>
  );
}

export function DropBox({ first }: { first: boolean }) {
  const { ready } = useDesk();
  const [over, setOver] = useState(false);
  return (
    <div class={`drop ${first ? 'first' : ''} ${over ? 'over' : ''}`} onDragEnter={() => setOver(true)} onDragLeave={() => setOver(false)} onDrop={() => setOver(false)}>
      {first && <p class="lead">Drop your workbooks here</p>}
      <p>
        {first
          ? 'Operational plans, savings trackers, finance reports, risk registers, risk share templates: one or several, of several months and bodies. Agreements and mappings (.toml) too.'
          : 'Drop more files anywhere on this page: another month, an agreement, a mapping.'}
      </p>
      {!first && <Busy />}
      <span>
        <input
          id="choose"
          type="file"
          multiple
          disabled={!ready}
          accept=".xlsx,.xlsm,.json,.toml,.csv"
          onChange={(event) => {
            const input = event.currentTarget;
            void drop([...(input.files ?? [])]).then(() => (input.value = ''));
          }}
        />
        <label for="choose" class={`button ${first ? 'main' : ''}`}>
          {ready ? (first ? 'Choose files' : 'Add files') : 'Starting …'}
        </label>
      </span>
      {first && <Gets />}
    </div>
  );
}
