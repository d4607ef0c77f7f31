// One answer, as a page: its settings, its chart, its tables, what the reader should know, and the account of the figures.
import { findingsOf, set, useDesk, type AnswerShown } from '../desk';
import type { Account as AccountOf } from '../engine/types';
import { blocksOf } from '../reading/text';
import { Account } from './Account';
import { Blocks } from './Blocks';
import { Choices } from './Choices';
import { Charts } from './Chart';
import { Findings, inPage } from './Findings';
import { PackCharts } from './PackCharts';
import { Payments } from './Payments';
import { WhatIf } from './WhatIf';

const months = ['April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December', 'January', 'February', 'March'];

function MonthAndBasis({ id }: { id: string }) {
  const { settings } = useDesk();
  if (id !== 'share' && id !== 'track') return null;
  return (
    <div class="fields">
      <div>
        <label for="month">Month</label>
        <select id="month" value={settings.month ?? ''} onChange={(e) => set({ month: Number(e.currentTarget.value) || null })}>
          <option value="">As the files say</option>
          {months.map((name, i) => (
            <option key={name} value={i + 1}>
              {name} (month {i + 1})
            </option>
          ))}
        </select>
      </div>
      {id === 'share' && (
        <div>
          <label for="basis">Basis</label>
          <select id="basis" value={settings.basis} onChange={(e) => set({ basis: e.currentTarget.value as 'ytd' | 'forecast' })}>
            <option value="ytd">Year to date</option>
            <option value="forecast">Forecast for the year</option>
          </select>
        </div>
      )}
    </div>
  );
}

function BeforeAndAfter() {
  const { files, settings, answers } = useDesk();
  const books = files.filter((file) => file.kind === 'workbook' && !file.refused).map((file) => file.name);
  if (books.length < 2) return null;
  const used = answers.find((one) => one.id === 'compare')?.files ?? [settings.before ?? '', settings.after ?? ''];
  const choice = (id: 'before' | 'after', label: string, value: string) => (
    <div>
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(e) => set({ before: used[0], after: used[1], [id]: e.currentTarget.value })}>
        {books.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
  );
  return (
    <div class="fields">
      {choice('before', 'Earlier workbook', used[0])}
      {choice('after', 'Later workbook', used[1])}
    </div>
  );
}

export function AnswerView({ shown }: { shown: AnswerShown }) {
  const { answer } = shown;
  if (!answer) return <p>Working it out …</p>;
  const findings = findingsOf(answer);
  const blocks = blocksOf(answer.text);
  const refused = !answer.text.trim();
  return (
    <article>
      <h2>{shown.title}</h2>
      {shown.id === 'compare' ? <BeforeAndAfter /> : <MonthAndBasis id={shown.id} />}
      <Choices id={shown.id} command={shown.command} taken={shown.options} />
      {refused && <p>{findings.length ? 'There is no answer yet. This is why:' : inPage(answer.talk.trim()) || 'There is no answer.'}</p>}
      {refused && <Findings findings={findings} heading={null} />}
      {!refused && <Payments json={answer.json} />}
      {!refused && <Charts id={shown.id} json={answer.json} />}
      {!refused && shown.id === 'report' && <PackCharts shown={shown} />}
      {!refused && <Blocks blocks={blocks} files={shown.files} />}
      {!refused && shown.id === 'share' && <WhatIf shown={shown} />}
      {!refused && <Findings findings={findings} />}
      <Account account={(answer.json?.account as AccountOf | undefined) ?? null} />
      <details>
        <summary class="more">The same as plain text, to copy</summary>
        <pre class="plain" tabIndex={0}>
          {answer.text || answer.talk}
        </pre>
      </details>
    </article>
  );
}
