// What the reader should know, worst first, each with the cells that it is about.
import { look } from '../desk';
import type { Finding, Place } from '../engine/types';

const rank = { error: 0, warning: 1, note: 2 };
const word = { error: 'Error', warning: 'Warning', note: 'Note' };

/** What the library says of options of the command, as they are called on this page. */
const calledHere: Record<string, string> = {
  map: '“Read it differently”, under the sheet',
  month: '“Month”, above the answer or under More choices',
  basis: '“Basis”, above the answer',
  unit: '“Unit of tables that name none”, under Files',
  verbose: 'Files',
  agreement: 'an agreement (.toml) dropped here',
  directory: 'a file of bodies and their names, dropped here',
  since: 'the earlier file dropped here',
  fill: 'Save, “Fill a template”',
};
export function inPage(text: string): string {
  return text.replace(/--([a-z][a-z-]*)( [A-Z]+\.(?:toml|xlsx|csv))?/g, (_, option: string) => calledHere[option] ?? `“${option.replace(/-/g, ' ')}” under More choices`);
}

export function placeText(at: Place): string {
  return `${at.file}${at.sheet ? ` '${at.sheet}'` : ''}${at.cell ? `!${at.cell}` : ''}`;
}

export function PlaceButton({ at, only }: { at: Place; only?: boolean }) {
  if (!at.sheet) return <span>{at.file}</span>;
  return (
    <button type="button" class="figure" onClick={() => look(at)}>
      {only && at.cell ? at.cell : placeText(at)}
    </button>
  );
}

export function Findings({ findings, heading = 'h3' }: { findings: Finding[]; heading?: 'h3' | null }) {
  const sorted = [...findings].sort((a, b) => rank[a.severity] - rank[b.severity]);
  const most = 8;
  if (!sorted.length) return null;
  return (
    <>
      {heading && <h3>{counted(sorted)}</h3>}
      <List findings={sorted.slice(0, most)} />
      {sorted.length > most && (
        <details>
          <summary class="more">Show the other {sorted.length - most}</summary>
          <List findings={sorted.slice(most)} />
        </details>
      )}
    </>
  );
}

function List({ findings }: { findings: Finding[] }) {
  return (
    <ul class="findings">
      {findings.map((f, i) => (
        <li key={i} class={f.severity}>
          <p>
            <span class="severity">{word[f.severity]}:</span> {inPage(f.message)}
          </p>
          {f.advice && <p>What to do: {inPage(f.advice)}</p>}
          {f.at && f.at.length > 0 && (
            <p class="places">
              {f.at.slice(0, 6).map((at, n) => (
                <PlaceButton key={n} at={at} />
              ))}
              {f.at.length > 6 && <span>and {f.at.length - 6} more</span>}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function counted(findings: Finding[]): string {
  const said = (['error', 'warning', 'note'] as const)
    .map((severity) => [findings.filter((f) => f.severity === severity).length, severity] as const)
    .filter(([n]) => n > 0)
    .map(([n, severity]) => `${n} ${severity}${n === 1 ? '' : 's'}`);
  return `What you should know: ${said.join(', ')}`;
}
