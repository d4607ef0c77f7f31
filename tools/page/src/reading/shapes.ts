// The kinds of table that a mapping can place, and what their columns can be.
export interface Shape {
  id: string;
  name: string;
  fields: string[];
}

const months = (kind: string) => Array.from({ length: 12 }, (_, i) => `${kind}_m${i + 1}`);

export const shapes: Shape[] = [
  { id: 'savings', name: 'Savings by rating', fields: ['organisation', 'unidentified', 'red', 'amber', 'green', 'total', 'plan', 'risk'] },
  { id: 'control_totals', name: 'Control totals', fields: ['organisation', 'gross', 'centralised_funding', 'control_total', 'net_unmitigated_risk'] },
  {
    id: 'tracker',
    name: 'Savings tracker: one scheme a row',
    fields: ['reference', 'name', 'organisation', 'division', 'workstream', 'lead', 'rating', 'type', 'recurrence', 'cash_effect', 'quality', 'stage', 'start', 'plan', 'forecast', 'full_year_effect', ...months('plan'), ...months('actual'), ...months('forecast')],
  },
  { id: 'position', name: 'Position: income and expenditure', fields: ['line', 'month_budget', 'month_actual', 'month_variance', 'budget', 'actual', 'variance', 'year_budget', 'forecast', 'forecast_variance'] },
];

/** What a word of a heading can mean: the section [words] of a mapping. */
export const meanings = ['plan', 'actual', 'forecast', 'variance', 'prior_year', 'to_date', 'full_year', 'rating', 'status', 'total'];
export const ratings = ['unidentified', 'red', 'amber', 'green'];
