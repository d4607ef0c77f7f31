// Bars beside a table that says the same: the weighted risk of each body, what each rating delivers.
type Json = Record<string, unknown>;

interface Bar {
  name: string;
  parts: { value: number; colour: string; name: string }[];
}

const colours: Record<string, string> = { unidentified: '#4c6272', red: '#d5281b', amber: '#ffb81c', green: '#007f3b' };
const number = (value: unknown) => {
  const [above, below] = String(value ?? '0').split('/');
  return Number(above) / (below ? Number(below) : 1) || 0;
};

function savingsBars(json: Json): Bar[] {
  const bodies = (json.organisations as Json[] | undefined) ?? [];
  return bodies.map((body) => ({
    name: String(body.organisation),
    parts: ['unidentified', 'red', 'amber', 'green'].map((rating) => ({ value: number(body[rating]), colour: colours[rating], name: rating })),
  }));
}

function trackerBars(json: Json): Bar[] {
  const groups = (json.groups as Json[] | undefined) ?? [];
  return groups.slice(0, 12).map((group) => ({
    name: Object.values((group.by as Json) ?? {}).join(', ') || 'not said',
    parts: [
      { value: number(group.actual_to_date), colour: '#005eb8', name: 'delivered to date' },
      { value: Math.max(0, number(group.plan) - number(group.actual_to_date)), colour: '#aeb7bd', name: 'still to deliver of the plan' },
    ],
  }));
}

const short = (value: number) => (Math.abs(value) >= 1e6 ? `£${(value / 1e6).toFixed(1)}m` : `£${Math.round(value / 1e3).toLocaleString('en-GB')}k`);

export function Chart({ id, json }: { id: string; json: Json | null }) {
  if (!json) return null;
  const bars = id === 'risk' ? savingsBars(json) : id === 'track' ? trackerBars(json) : [];
  const most = Math.max(0, ...bars.map((bar) => bar.parts.reduce((sum, part) => sum + Math.max(0, part.value), 0)));
  if (bars.length < 2 || most === 0) return null;
  const [left, width, step] = [150, 460, 28];
  const parts = bars[0].parts;
  return (
    <figure class="chart">
      <svg class="bars" viewBox={`0 0 ${left + width + 90} ${bars.length * step + 4}`} aria-hidden="true">
        {bars.map((bar, r) => {
          let x = left;
          const sum = bar.parts.reduce((all, part) => all + Math.max(0, part.value), 0);
          return (
            <g key={r}>
              <text x={left - 8} y={r * step + 19} text-anchor="end">
                {bar.name.length > 18 ? `${bar.name.slice(0, 17)}…` : bar.name}
              </text>
              {bar.parts.map((part, i) => {
                const w = (Math.max(0, part.value) / most) * width;
                const at = x;
                x += w;
                return <rect key={i} x={at} y={r * step + 3} width={w} height={step - 8} fill={part.colour} stroke="#fff" />;
              })}
              <text x={x + 6} y={r * step + 19}>
                {short(sum)}
              </text>
            </g>
          );
        })}
      </svg>
      <ul class="key" aria-hidden="true">
        {parts.map((part) => (
          <li key={part.name}>
            <svg viewBox="0 0 18 14">
              <rect width="18" height="14" fill={part.colour} />
            </svg>
            {part.name}
          </li>
        ))}
      </ul>
      <figcaption class="visually-hidden">The table below says the same in figures.</figcaption>
    </figure>
  );
}
