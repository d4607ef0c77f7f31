// The states of a cell in the account of figures: by name, by mark and by colour.
export const states = [
  { id: 'read', name: 'read', mark: '●', means: 'taken as a figure into the answers' },
  { id: 'proved', name: 'proved', mark: '✓', means: 'a total, variance or share that the figures read give exactly or within rounding' },
  { id: 'workings', name: 'workings', mark: 'ƒ', means: 'worked out by the workbook from figures that are read' },
  { id: 'no_amount', name: 'not an amount', mark: '', means: 'texts, dates, references and counts' },
  { id: 'left', name: 'left out', mark: '✗', means: 'an amount that no answer uses, with the reason' },
] as const;

/** The library says "working" of one cell and counts "workings". */
export const stateId = (told: string | undefined) => (told === 'working' ? 'workings' : told);
