// A1 and back.
export function letters(column: number): string {
  let out = '';
  for (; column > 0; column = Math.floor((column - 1) / 26)) out = String.fromCharCode(65 + ((column - 1) % 26)) + out;
  return out;
}

export function address(cell: string): { row: number; column: number } | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d+)/.exec(cell);
  if (!found) return null;
  const column = [...found[1]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(found[2]), column };
}

export const cellName = (row: number, column: number) => `${letters(column)}${row}`;
