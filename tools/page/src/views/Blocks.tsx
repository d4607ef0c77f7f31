// The blocks of an answer; each figure is a button that lights up its cells.
import { lookIn, trace, useDesk } from '../desk';
import { isFigure, type Block, type Table } from '../reading/text';

function FigureButton({ shown, unit, words }: { shown: string; unit: string; words: string[] }) {
  const { traced } = useDesk();
  const chosen = traced !== null && traced.figure.shown === shown && traced.figure.words.join() === words.join();
  return (
    <button type="button" class={`figure ${chosen ? 'chosen' : ''}`} aria-pressed={chosen} title="Show the cells that this comes from" onClick={() => void trace({ shown, unit, words })}>
      {shown}
    </button>
  );
}

/** A text of the library, in which each cell that it names is a button. */
function Told({ text, files }: { text: string; files: string[] }) {
  const parts = text.split(/('(?:[^'\n]|'')+'!\$?[A-Z]{1,3}\$?\d+)/);
  return (
    <>
      {parts.map((part, i) => {
        if (i % 2 === 0) return part;
        const [, sheet, cell] = /^'(.+)'!(.+)$/.exec(part) ?? [];
        return (
          <button key={i} type="button" class="figure" onClick={() => void lookIn(files, sheet.replace(/''/g, "'"), cell)}>
            {part}
          </button>
        );
      })}
    </>
  );
}

function TableView({ table }: { table: Table }) {
  const indented = (text: string, raw: string) => (raw.startsWith(' ') && text ? 'indented' : '');
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={table.headings.filter(Boolean).slice(0, 2).join(', ') || 'Table'}>
      <table class="told">
        {table.headings.some(Boolean) && (
          <thead>
            <tr>
              {table.headings.map((text, i) => (
                <th key={i} scope="col" class={table.numeric[i] ? 'amount' : ''}>
                  {text}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {table.rows.map((row, r) => (
            <tr key={r} class={row.total ? 'total' : row.ruled ? 'ruled' : ''}>
              {row.cells.map((text, i) => {
                if (i === 0)
                  return (
                    <th key={i} scope="row" class={indented(text, row.lead)}>
                      {text}
                    </th>
                  );
                const figure = isFigure(text) && !text.endsWith('%');
                return (
                  <td key={i} class={table.numeric[i] || isFigure(text) ? 'amount' : text.length > 40 ? 'words' : ''}>
                    {figure ? <FigureButton shown={text} unit={table.units[i]} words={[row.cells[0], table.headings[i]]} /> : text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Blocks({ blocks, files }: { blocks: Block[]; files: string[] }) {
  return (
    <>
      {blocks.map((block, i) => {
        if (block.kind === 'table') return <TableView key={i} table={block} />;
        if (block.kind === 'pairs')
          return (
            <dl key={i} class="pairs">
              {block.pairs.map(([name, text], n) => [<dt key={`t${n}`}>{name}</dt>, <dd key={`d${n}`}><Told text={text} files={files} /></dd>])}
            </dl>
          );
        if (block.kind === 'title') return <p key={i}><strong>{block.lines.join(' · ')}</strong></p>;
        return block.lines.length === 1 ? <p key={i}><Told text={block.lines[0]} files={files} /></p> : <Paragraphs key={i} lines={block.lines} files={files} />;
      })}
    </>
  );
}

/** A list of cells that a line's end cut. */
const unfinished = (line: string) => (line.match(/\[/g)?.length ?? 0) > (line.match(/\]/g)?.length ?? 0);

/** Lines that go on are indented by the library: they belong to the line above. */
function Paragraphs({ lines, files }: { lines: string[]; files: string[] }) {
  const joined: string[] = [];
  for (const line of lines) {
    if (joined.length && (/^\s{2,}[a-z(]/.test(line) || unfinished(joined[joined.length - 1]))) joined[joined.length - 1] += ` ${line.trim()}`;
    else joined.push(line.trim());
  }
  const headed = lines.length > 1 && !lines[0].startsWith(' ') && lines.slice(1).every((line) => line.startsWith('  '));
  return (
    <>
      {joined.map((line, i) => (headed && i === 0 ? <h3 key={i}>{line}</h3> : <p key={i}><Told text={line} files={files} /></p>))}
    </>
  );
}
