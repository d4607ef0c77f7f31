// Bars beside a table that says the same in figures; so a screen reader is led to the table.
import { chartsOf, type Bar, type Bars } from '../reading/charts';

const short = (value: number) => {
  const size = Math.abs(value);
  const text = size >= 1e6 ? `£${(size / 1e6).toFixed(1)}m` : size >= 1e3 ? `£${Math.round(size / 1e3).toLocaleString('en-GB')}k` : `£${size.toFixed(0)}`;
  return value < 0 ? `(${text})` : text;
};

/** Where each part of a bar begins and ends, in pounds. */
function spans(bar: Bar, stacked: boolean): [number, number][] {
  let at = bar.from ?? 0;
  return bar.parts.map((part) => {
    const begin = stacked ? at : 0;
    at = begin + part.value;
    return [begin, at];
  });
}

const [left, width, right] = [210, 400, 90];

function Drawn({ chart }: { chart: Bars }) {
  const thick = 20;
  const lines = chart.stacked ? 1 : chart.bars[0].parts.length;
  const step = lines * thick + 8;
  const all = chart.bars.map((bar) => spans(bar, chart.stacked));
  const least = Math.min(0, ...all.flat(2));
  const most = Math.max(0, ...all.flat(2));
  const x = (value: number) => left + ((value - least) / (most - least || 1)) * width;
  const height = chart.bars.length * step + 4;
  return (
    <svg class="bars" viewBox={`0 0 ${left + width + right} ${height}`} aria-hidden="true">
      {least < 0 && <line x1={x(0)} x2={x(0)} y1={0} y2={height} stroke="#4c6272" />}
      {chart.bars.map((bar, r) => (
        <g key={r}>
          <text x={left - 8} y={r * step + (lines * thick) / 2 + 6} text-anchor="end">
            {bar.name.length > 24 ? `${bar.name.slice(0, 23)}…` : bar.name}
          </text>
          {all[r].map(([begin, end], i) => {
            const y = r * step + 2 + (chart.stacked ? 0 : i * thick);
            const [from, to] = [Math.min(x(begin), x(end)), Math.max(x(begin), x(end))];
            const last = i + 1 === bar.parts.length;
            const told = chart.stacked ? bar.parts.reduce((sum, part) => sum + part.value, 0) : bar.parts[i].value;
            const textAt = chart.stacked ? Math.max(...all[r].flat().map(x)) : to;
            return [
              <rect key={`r${i}`} x={from} y={y} width={Math.max(to - from, bar.parts[i].value ? 1 : 0)} height={thick - 2} fill={bar.parts[i].colour} stroke="#fff" />,
              bar.parts[i].mark && to - from > 14 && (
                <text key={`m${i}`} class="in" x={(from + to) / 2} y={y + 14} text-anchor="middle" style={{ fill: bar.parts[i].mark[1] }}>
                  {bar.parts[i].mark[0]}
                </text>
              ),
              (last || !chart.stacked) && (
                <text key={`t${i}`} x={textAt + 6} y={y + 14} class="amount">
                  {short(told)}
                </text>
              ),
            ];
          })}
        </g>
      ))}
    </svg>
  );
}

function Key({ chart }: { chart: Bars }) {
  const parts = new Map(chart.bars.flatMap((bar) => bar.parts).map((part) => [part.name, part.colour]));
  return (
    <ul class="key" aria-hidden="true">
      {[...parts].map(([name, colour]) => (
        <li key={name}>
          <svg viewBox="0 0 18 14">
            <rect width="18" height="14" fill={colour} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

export function Charts({ id, json }: { id: string; json: Record<string, unknown> | null }) {
  if (!json) return null;
  return (
    <>
      {chartsOf(id, json).map((chart) => (
        <figure class="chart" key={chart.title}>
          <figcaption>
            <strong>{chart.title}</strong>
            <span class="visually-hidden">. The tables below say the same in figures.</span>
          </figcaption>
          <Drawn chart={chart} />
          <Key chart={chart} />
        </figure>
      ))}
    </>
  );
}
