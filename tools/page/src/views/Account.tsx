// What became of every cell that holds a number.
import type { Account as AccountOf } from '../engine/types';
import { PlaceButton } from './Findings';
import { states } from './states';

export function Account({ account }: { account: AccountOf | null }) {
  if (!account || !account.cells) return null;
  const left = account.left ?? [];
  const counts: Record<string, number> = { ...(account as unknown as Record<string, number>), left: left.length };
  return (
    <section aria-label="Account of the figures">
      <h3>Every cell accounted for</h3>
      <p>The files hold {account.cells.toLocaleString('en-GB')} cells that are not blank.</p>
      <div class="account" aria-hidden="true">
        {states.map(({ id }) => counts[id] > 0 && <span key={id} class={`state-${id}`} style={{ flex: counts[id] }} />)}
      </div>
      <ul>
        {states.map(({ id, name, means }) => (
          <li key={id}>
            {counts[id]?.toLocaleString('en-GB') ?? 0} {name}: {means}
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <details>
          <summary class="more">The {left.length} left out, and why</summary>
          <ul>
            {left.slice(0, 200).map((one, i) => (
              <li key={i}>
                <PlaceButton at={one.at} /> {one.amount ?? ''} {one.why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
