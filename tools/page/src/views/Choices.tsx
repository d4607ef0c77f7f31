// Further options of an answer, from the library's own table of options: a form that cannot name one that it does not know.
import { choose, useDesk } from '../desk';
import type { OptionDescribed } from '../engine/types';
import { named } from '../reading/mapping';

/** What has its own place on the page, or none in a browser. */
const elsewhere = new Set(['json', 'verbose', 'unit', 'basis', 'over', 'dry-run', 'in-place', 'text']);
const ownMonth = new Set(['share', 'track']);

function Field({ id, option, value }: { id: string; option: OptionDescribed; value: string | boolean | undefined }) {
  const field = `choice-${id}-${option.name}`;
  const label = named(option.name.replace(/-/g, ' '));
  const say = (said: string | boolean) => choose(id, option.name, said);
  if (option.kind === 'flag')
    return (
      <div>
        <label for={field}>
          <input id={field} type="checkbox" checked={value === true} aria-describedby={`${field}-does`} onChange={(e) => say(e.currentTarget.checked)} /> {label}
        </label>
        <p class="hint" id={`${field}-does`}>
          {option.does}
        </p>
      </div>
    );
  return (
    <div>
      <label for={field}>{label}</label>
      <p class="hint" id={`${field}-does`}>
        {option.does}
      </p>
      {option.choices ? (
        <select id={field} value={String(value ?? '')} aria-describedby={`${field}-does`} onChange={(e) => say(e.currentTarget.value)}>
          <option value="">Not said</option>
          {option.choices.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : (
        <input id={field} type="text" inputMode={option.kind === 'whole_number' ? 'numeric' : undefined} value={String(value ?? '')} placeholder={option.kind === 'words' ? option.value : undefined} aria-describedby={`${field}-does`} onChange={(e) => say(e.currentTarget.value.trim())} />
      )}
    </div>
  );
}

export function Choices({ id, command, taken }: { id: string; command: string; taken: Record<string, unknown> }) {
  const { commands, choices } = useDesk();
  const said = choices[id] ?? {};
  const offered = (commands.find((one) => one.name === command)?.options ?? []).filter(
    (option) => !option.placed && !option.kind.startsWith('file') && !elsewhere.has(option.name) && !(option.name === 'month' && ownMonth.has(id)) && (option.name in said || !(option.name in taken)),
  );
  if (!offered.length) return null;
  const count = Object.keys(said).length;
  return (
    <details class="choices" open={count > 0}>
      <summary class="more">More choices{count > 0 && ` (${count} made)`}</summary>
      {offered.map((option) => (
        <Field key={option.name} id={id} option={option} value={said[option.name]} />
      ))}
    </details>
  );
}
