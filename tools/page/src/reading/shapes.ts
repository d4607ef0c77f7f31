// The kinds of table that a mapping can place, and what their columns can be: as `riskshare help mapping` lists them.
export interface Shape {
  id: string;
  name: string;
  /** None: where it stands can be said, and its rows; its columns tell themselves. */
  fields: string[];
}

const months = (kind: string) => Array.from({ length: 12 }, (_, i) => `${kind}_m${i + 1}`);

export const shapes: Shape[] = [
  { id: 'savings', name: 'Savings by rating', fields: ['organisation', 'unidentified', 'red', 'amber', 'green', 'total', 'risk', 'rating', 'amount'] },
  { id: 'control_totals', name: 'Control totals', fields: ['organisation', 'gross', 'centralised_funding', 'control_total', 'net_unmitigated_risk'] },
  {
    id: 'tracker',
    name: 'Savings tracker: one scheme a row',
    fields: [
      ...['reference', 'name', 'organisation', 'division', 'workstream', 'lead', 'rating', 'type', 'recurrence', 'cash_effect', 'quality', 'stage', 'start', 'month', 'row_kind'],
      ...['plan_year', 'plan_to_date', 'actual_year', 'actual_to_date', 'forecast_year', 'full_year_effect', 'variance_to_date', 'variance_year'],
      ...months('plan'),
      ...months('actual'),
      ...months('forecast'),
    ],
  },
  {
    id: 'position',
    name: 'Position: income and expenditure',
    fields: ['line', 'plan', 'actual', 'variance', 'month_plan', 'month_actual', 'month_variance', 'full_year_plan', 'forecast', 'full_year_variance', 'one_offs', 'one_offs_full_year', 'best', 'likely', 'worst'],
  },
  { id: 'status', name: 'Savings by development status', fields: [] },
  { id: 'efficiencies', name: 'Efficiencies by body', fields: [] },
  { id: 'register', name: 'Register of risks', fields: [] },
  { id: 'trades', name: 'What bodies of the system charge each other', fields: [] },
  { id: 'balances', name: 'What bodies owe each other', fields: [] },
  { id: 'dashboard', name: 'Dashboard of measures', fields: [] },
  { id: 'run_rate', name: 'Run rate: a line a month', fields: [] },
  { id: 'assurance', name: 'A committee’s grades', fields: [] },
];

/** Of a position, plain words are the year to date. */
export const fieldWords: Record<string, string> = { plan: 'plan to date', actual: 'actual to date', variance: 'variance to date' };

/** What a word of a heading can mean: the section [words] of a mapping. */
export const meanings = ['plan', 'actual', 'forecast', 'variance', 'prior year', 'to date', 'in month', 'full year', 'total', 'sub total', 'of which', 'rating', 'development status', 'recurrent', 'non recurrent', 'unidentified', 'organisation', 'scheme', 'reference', 'no amount'];
export const ratings = ['unidentified', 'red', 'amber', 'green'];
