// Which bars an answer has: each chart stands above the tables that say the same in figures.
type Json = Record<string, unknown>;

export interface Part {
  value: number;
  colour: string;
  name: string;
  /** A letter in the bar, so that colour does not tell alone, and its own colour. */
  mark?: [string, string];
}
/** `from`: where the bar begins, for the steps of a bridge. */
export interface Bar {
  name: string;
  parts: Part[];
  from?: number;
}
export interface Bars {
  title: string;
  bars: Bar[];
  /** Parts lie end to end; else each has a line of its own. */
  stacked: boolean;
}

const rag: Record<string, string> = { unidentified: '#4c6272', red: '#d5281b', amber: '#ffb81c', green: '#007f3b' };
const letters: Record<string, [string, string]> = { unidentified: ['U', '#fff'], red: ['R', '#fff'], amber: ['A', '#212b32'], green: ['G', '#fff'] };
const [blue, grey, good, bad] = ['#005eb8', '#aeb7bd', '#007f3b', '#d5281b'];
const most = 16;

/** "8362250.00" or "52707500/3": for the length of a bar alone. */
const number = (value: unknown): number => {
  const [above, below] = String(value ?? '0').split('/');
  return Number(above) / (below ? Number(below) : 1) || 0;
};
const list = (value: unknown) => (Array.isArray(value) ? (value as Json[]) : []);

function savings(json: Json): Bars {
  const bars = list(json.organisations).map((body) => ({
    name: String(body.organisation),
    parts: ['unidentified', 'red', 'amber', 'green'].map((rating) => ({ value: Math.max(0, number(body[rating])), colour: rag[rating], name: rating, mark: letters[rating] })),
  }));
  return { title: 'Savings by rating', bars: bars.length > 1 ? bars : [], stacked: true };
}

function tracker(json: Json): Bars {
  const bars = list(json.groups).map((group) => ({
    name: Object.values((group.by as Json) ?? {}).join(', ') || 'not said',
    parts: [
      { value: Math.max(0, number(group.actual_to_date)), colour: blue, name: 'delivered to date' },
      { value: Math.max(0, number(group.plan) - number(group.actual_to_date)), colour: grey, name: 'still to deliver of the plan' },
    ],
  }));
  return { title: 'Savings delivered, of the plan for the year', bars: bars.length > 1 ? bars : [], stacked: true };
}

function bridge(title: string, told: unknown, ends: [string, string]): Bars {
  const { start, end, steps } = (told ?? {}) as { start?: unknown; end?: unknown; steps?: unknown };
  let at = number(start);
  const moved = list(steps).filter((step) => number(step.amount) !== 0);
  const bars: Bar[] = [{ name: ends[0], parts: [{ value: at, colour: blue, name: 'position' }] }];
  for (const step of moved) {
    const value = number(step.amount);
    bars.push({ name: String(step.label), from: at, parts: [{ value, colour: value < 0 ? bad : good, name: value < 0 ? 'adverse' : 'favourable' }] });
    at += value;
  }
  bars.push({ name: ends[1], parts: [{ value: number(end), colour: blue, name: 'position' }] });
  return { title, bars: moved.length ? bars : [], stacked: true };
}

function variances(json: Json): Bars {
  const bars = list(json.organisations)
    .filter((body) => body.total !== true && body.variance !== null && body.variance !== undefined)
    .map((body) => {
      const value = number(body.variance);
      return { name: String(body.organisation), parts: [{ value, colour: value < 0 ? bad : good, name: value < 0 ? 'worse than plan' : 'better than plan' }] };
    });
  return { title: 'Against plan to date, by body', bars: bars.length > 1 ? bars : [], stacked: true };
}

function sharing(json: Json): Bars {
  const bars = list(json.parties).map((party) => ({
    name: String(party.organisation),
    parts: [
      { value: number(party.variance), colour: grey, name: 'variance to plan before sharing' },
      { value: number(party.final), colour: blue, name: 'position after sharing' },
    ],
  }));
  return { title: 'Before and after sharing', bars, stacked: false };
}

/** What moved the savings at risk, scheme by scheme, from one tracker to the next. */
function changes(json: Json): Bars {
  const of = (what: string) => list(json.changes).filter((one) => one.what === what);
  const bars = ['savings plan', 'savings forecast', 'savings at risk']
    .flatMap((what) => of(what))
    .map((one) => ({
      name: `${String(one.what).replace('savings ', '')}, ${String(one.organisation)}`,
      parts: [
        { value: number(one.before), colour: grey, name: 'before' },
        { value: number(one.after), colour: blue, name: 'after' },
      ],
    }));
  return { title: 'Before and after', bars, stacked: false };
}

export function chartsOf(id: string, json: Json): Bars[] {
  const bridges = (json.bridges ?? {}) as Json;
  const all: Record<string, () => Bars[]> = {
    risk: () => [savings(json)],
    track: () => [tracker(json)],
    position: () => [bridge('From plan to actual', bridges.plan_to_actual, ['Plan', 'Actual']), variances(json)],
    share: () => [sharing(json)],
    compare: () => [changes(json)],
  };
  return (all[id]?.() ?? [])
    .map((one) => ({ ...one, bars: one.bars.slice(0, most) }))
    .filter(({ bars }) => bars.some((bar) => bar.parts.some((part) => part.value !== 0)));
}
