// What each party would stand at over a range of outturns: the library's own table, chart and list.
import { useState } from 'preact/hooks';
import { engine, readingOptions, type AnswerShown } from '../desk';
import type { Answer } from '../engine/types';
import { blocksOf } from '../reading/text';
import { Blocks } from './Blocks';
import { save } from './SaveView';

const [chart, list] = ['what-if.svg', 'what-if.csv'];

export function WhatIf({ shown }: { shown: AnswerShown }) {
  const parties = ((shown.answer?.json?.parties as { organisation: string }[] | undefined) ?? []).map((one) => one.organisation);
  const [party, setParty] = useState('');
  const [range, setRange] = useState(['-5m', '5m', '500k']);
  const [told, setTold] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  if (!parties.length) return null;
  const ask = async () => {
    setBusy(true);
    const over = `${party ? `${party}=` : ''}${range.map((one) => one.replace(/[£\s]/g, '')).join(':')}`;
    try {
      setTold(await engine.answer('share', shown.files, { ...readingOptions(), ...shown.options, over, chart, csv: list }, { json: false }));
    } finally {
      setBusy(false);
    }
  };
  const made = (name: string) => told?.made.find((one) => one.name === name)?.bytes;
  const picture = made(chart);
  const rows = made(list);
  const field = (i: number, label: string) => (
    <div>
      <label for={`over-${i}`}>{label}</label>
      <input id={`over-${i}`} type="text" size={8} value={range[i]} onInput={(e) => setRange(range.map((one, n) => (n === i ? e.currentTarget.value : one)))} />
    </div>
  );
  return (
    <details>
      <summary class="more">What if it ends otherwise?</summary>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <div>
          <label for="over-party">Whose outturn</label>
          <select id="over-party" value={party} onChange={(e) => setParty(e.currentTarget.value)}>
            <option value="">All together</option>
            {parties.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </div>
        {field(0, 'From, £')}
        {field(1, 'To, £')}
        {field(2, 'In steps of, £')}
        <button type="submit" class="button" disabled={busy}>
          Work it out
        </button>
      </form>
      {told && !told.text.trim() && <p class="refusal">{told.talk.trim()}</p>}
      {told && picture && <img class="picture" alt="A chart of the table below" src={`data:image/svg+xml,${encodeURIComponent(new TextDecoder().decode(picture))}`} />}
      {told && <Blocks blocks={blocksOf(told.text)} files={shown.files} />}
      {told && picture && rows && (
        <p>
          <button type="button" class="button" onClick={() => save(chart, picture)}>
            Save {chart}
          </button>{' '}
          <button type="button" class="button" onClick={() => save(list, rows)}>
            Save {list}
          </button>
        </p>
      )}
    </details>
  );
}
