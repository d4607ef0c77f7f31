// What became of every cell that holds a number.
import type { Account as AccountOf } from '../engine/types';
import { PlaceButton } from './Findings';
import { states } from './states';

const most = 200;

export function Account({ account }: { account: AccountOf | null }) {
  if (!account || !account.cells) return null;
  const left = account.left ?? [];
  const all = left.length + (account.left_not_listed ?? 0);
  const counts: Record<string, number> = { ...(account as unknown as Record<string, number>), left: all };
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
          <summary class="more">The {all.toLocaleString('en-GB')} left out, and why</summary>
          <ul>
            {left.slice(0, most).map((one, i) => (
              <li key={i}>
                <PlaceButton at={one.at} /> {one.amount ?? ''} {one.why}
              </li>
            ))}
          </ul>
          {all > most && <p>The first {most} are listed; each is marked ✗ in its sheet.</p>}
        </details>
      )}
    </section>
  );
}
