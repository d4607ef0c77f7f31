// What the page asks the library, and what it hears.

export interface Place {
  file: string;
  sheet: string;
  cell?: string;
}

export interface Finding {
  rule: string;
  severity: 'error' | 'warning' | 'note';
  message: string;
  advice?: string | null;
  at?: Place[];
}

export interface LeftOut {
  at: Place;
  amount?: string | null;
  why: string;
}

/** How many cells of the workbooks are read, and what became of the others. */
export interface Account {
  cells: number;
  read: number;
  proved: number;
  workings: number;
  no_amount: number;
  left: LeftOut[];
  left_not_listed?: number;
  sheets_not_recognised?: string[];
}

export interface Made {
  name: string;
  bytes: Uint8Array;
}

export interface Answer {
  status: number;
  text: string;
  talk: string;
  json: Record<string, unknown> | null;
  /** The same, byte for byte as the command prints it. */
  jsonText: string;
  made: Made[];
  findings: Finding[];
}

/** What one workbook was read as. */
export interface Reading {
  status: number;
  talk: string;
  readAs: string[];
  kinds: string[];
  /** Whose figures they are, and the last month that they tell of (1 is April), where that is said. */
  bodies: string[];
  month: number | null;
  figures: number;
  findings: Finding[];
  account: Account | null;
}

/** A figure of an answer, whose cells are asked for: an amount as shown, its unit, and the words beside it. */
export interface ShownFigure {
  shown: string;
  unit: string;
  words: string[];
}

/** The cells that a figure comes from. `same`: they hold the figure itself; else it is worked out from them. */
export interface Trace {
  same: boolean;
  cells: { at: Place; what: string }[];
}

/** [column, kind, shown, stored?, formula?] */
export type CellOfRow = [number, 'n' | 't' | 'b' | 'e' | 'd', string, string?, string?];

export interface SheetShape {
  name: string;
  visibility: 'visible' | 'hidden' | 'very_hidden';
  rows: number;
  columns: number;
  merged: string[];
  hidden_rows: [number, number][];
  hidden_columns: [number, number][];
  filtered: boolean;
}

/** An option of a command, as the library's one table describes it. */
export interface OptionDescribed {
  name: string;
  kind: 'flag' | 'words' | 'whole_number' | 'file_read' | 'file_made';
  does: string;
  value?: string;
  placed: boolean;
  several: boolean;
  choices?: string[];
  least?: number;
  most?: number;
}
export interface CommandDescribed {
  name: string;
  options: OptionDescribed[];
}

export type Ask =
  | { do: 'start'; zipped: ArrayBuffer }
  | { do: 'commands' }
  | { do: 'keep'; name: string; bytes: Uint8Array }
  | { do: 'drop'; name: string }
  | { do: 'answer'; request: object }
  | { do: 'read'; file: string; options: object }
  | { do: 'sheets'; file: string }
  | { do: 'rows'; file: string; sheet: string; first: number; last: number }
  | { do: 'trace'; figure: ShownFigure }
  | { do: 'states'; file: string; sheet: string; first: number; last: number };
