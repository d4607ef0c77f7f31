// Which answers the files on the page can give.
import type { HeldFile } from './desk';

export interface Settings {
  month: number | null;
  basis: 'ytd' | 'forecast';
  unit: string;
  before: string | null;
  after: string | null;
}

export interface Planned {
  id: string;
  title: string;
  command: string;
  files: string[];
  options: Record<string, unknown>;
  /** The files hold something of its kind: then it is shown even where it is refused. */
  likely: boolean;
}

const has = (file: HeldFile, ...kinds: string[]) => file.reading?.kinds.some((kind) => kinds.includes(kind)) ?? false;

/** Trackers of two months tell what moved; those of two bodies stand together. */
function trackers(files: HeldFile[], settings: Settings): Planned | null {
  const names = files.filter((file) => has(file, 'tracker', 'schemes')).map((file) => file.name);
  if (!names.length) return null;
  const month = settings.month ? { month: settings.month } : {};
  const earlier = settings.before && names.includes(settings.before) && settings.before !== settings.after ? settings.before : null;
  const now = earlier ? names.filter((name) => name !== earlier) : names;
  return { id: 'track', title: 'Savings tracker', command: 'track', files: now, options: earlier ? { since: earlier, ...month } : month, likely: true };
}

/** What each agreement says by itself, and what it would do. */
function agreement(files: string[]): Planned[] {
  return files.length ? [{ id: 'agreement', title: 'The agreement', command: 'agreement', files, options: {}, likely: true }] : [];
}

/** The monthly pack: everything that the files hold, of the month that is chosen, against the earlier file where one is. */
function pack(files: string[], before: string | null, share: Record<string, unknown>, likely: boolean): Planned {
  const options: Record<string, unknown> = {};
  if (typeof share.agreement === 'string') options.agreement = share.agreement;
  if (share.month) options.month = share.month;
  if (before) options.since = [before];
  return { id: 'report', title: 'Monthly pack', command: 'report', files, options, likely };
}

export function plannedAnswers(files: HeldFile[], settings: Settings): Planned[] {
  const read = files.filter((file) => file.used && !file.refused && file.reading);
  const workbooks = read.filter((file) => file.kind === 'workbook' || file.kind === 'model');
  const names = workbooks.map((file) => file.name);
  const agreements = files.filter((file) => file.used && file.kind === 'agreement').map((file) => file.name);
  const agreed = agreement([...agreements, ...workbooks.filter((file) => has(file, 'agreement')).map((file) => file.name)]);
  if (!names.length) return agreed;
  const books = workbooks.filter((file) => file.kind === 'workbook').map((file) => file.name);
  const any = (...kinds: string[]) => workbooks.some((file) => has(file, ...kinds));
  const out: Planned[] = [];
  const [before, after] = compared(books, settings, workbooks);
  const current = before && after ? names.filter((name) => name !== before) : names;
  out.push({ id: 'risk', title: 'Savings and risk', command: 'risk', files: current, options: agreements.length === 1 ? { agreement: agreements[0] } : {}, likely: any('savings', 'tracker') });
  out.push({ id: 'position', title: 'Position', command: 'position', files: names, options: { bridges: true }, likely: any('control_totals', 'reports') });
  const tracker = trackers(workbooks, { ...settings, before, after });
  if (tracker) out.push(tracker);
  const share: Record<string, unknown> = { basis: settings.basis };
  if (agreements.length) share.agreement = agreements.length === 1 ? agreements[0] : agreements;
  if (settings.month) share.month = settings.month;
  out.push({ id: 'share', title: 'Risk share', command: 'share', files: names, options: share, likely: agreements.length > 0 || any('agreement') });
  if (books.length) out.push({ id: 'check', title: 'Does it agree?', command: 'check', files: names, options: {}, likely: true });
  if (before && after) out.push({ id: 'compare', title: 'What changed', command: 'compare', files: [before, after], options: {}, likely: true });
  return [...out, ...agreed, pack(current, before, share, any('savings', 'tracker', 'schemes', 'reports', 'control_totals', 'agreement'))];
}

/** The earlier and the later of two workbooks: as chosen, else of the only two that tell of the same bodies. */
export function compared(books: string[], settings: Settings, files: HeldFile[]): [string | null, string | null] {
  if (settings.before === 'none') return [null, null];
  const { before, after } = settings;
  if (before && after && before !== after && books.includes(before) && books.includes(after)) return [before, after];
  if (books.length !== 2) return [null, null];
  const [one, other] = books.map((name) => files.find((file) => file.name === name)?.reading);
  if (!one || !other) return [null, null];
  const alike = (a: string[], b: string[]) => a.some((word) => b.includes(word)) || (!a.length && !b.length);
  if (!alike(one.kinds, other.kinds) || !alike(one.bodies, other.bodies)) return [null, null];
  const later = (one.month ?? 0) > (other.month ?? 0) || (one.month === other.month && books[0].localeCompare(books[1], 'en', { numeric: true }) > 0);
  return later ? [books[1], books[0]] : [books[0], books[1]];
}
