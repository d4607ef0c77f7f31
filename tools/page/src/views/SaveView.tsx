// What leaves the page: only what a person saves, each byte as the command writes it.
import { useState } from 'preact/hooks';
import { engine, readingOptions, useDesk, type AnswerShown } from '../desk';
import { mappingText } from '../reading/mapping';
import { inPage } from './Findings';

export function save(name: string, bytes: Uint8Array | string): void {
  const url = URL.createObjectURL(new Blob([bytes as BlobPart]));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

interface Offer {
  words: string;
  name: string;
  /** What makes it; null where it is there already. */
  make: () => Promise<Uint8Array | string>;
}

const stem = (name: string) => name.replace(/\.[^.]+$/, '');

/** Runs a command for the file that one of its options asks for. Throws in the library's words where none is made. */
export async function made(command: string, files: string[], options: Record<string, unknown>, option: string, name: string): Promise<Uint8Array> {
  const answer = await engine.answer(command, files, { ...readingOptions(), ...options, [option]: name }, { text: true, json: false });
  const file = answer.made.find((one) => one.name === name);
  if (!file) throw new Error(answer.talk.trim() || 'Nothing was written.');
  return file.bytes;
}

function offersOf(shown: AnswerShown): Offer[] {
  const { id, command, files, options, answer, title } = shown;
  const out: Offer[] = [];
  if (id === 'check') {
    for (const file of files)
      out.push({ words: `${file} with each finding as a comment in its cell`, name: `${stem(file)}-checked.xlsx`, make: () => made('check', [file], {}, 'annotate', `${stem(file)}-checked.xlsx`) });
  }
  if (id === 'track') {
    out.push({ words: 'The tracker by group, as CSV', name: 'tracker.csv', make: () => made(command, files, options, 'csv', 'tracker.csv') });
    out.push({ words: 'Every scheme with its months, as CSV', name: 'schemes.csv', make: () => made(command, files, options, 'schemes', 'schemes.csv') });
  }
  if (id === 'share' && files.length === 1)
    out.push({ words: `${files[0]} with its Statement filled in`, name: `${stem(files[0])}-filled.xlsx`, make: () => made(command, files, options, 'fill', `${stem(files[0])}-filled.xlsx`) });
  if (id === 'share')
    out.push({ words: 'The statement as a new workbook with live formulas', name: 'statement.xlsx', make: () => made('export', files, { new: 'statement', ...options }, 'output', 'statement.xlsx') });
  if (id === 'risk')
    out.push({ words: 'Savings and risk as a new workbook with live formulas', name: 'savings.xlsx', make: () => made('export', files, { new: 'savings' }, 'output', 'savings.xlsx') });
  if (id === 'report') {
    const pack = (words: string, name: string) => out.push({ words, name, make: () => made(command, files, options, 'output', name) });
    pack('The pack as a page: open it in a browser, print it, send it', 'pack.html');
    pack('The pack as a workbook', 'pack.xlsx');
    pack('The pack as text for a paper', 'pack.md');
    pack('Every figure of the pack, as CSV', 'pack.csv');
  }
  out.push({ words: `${title}: the answer as text`, name: `${id}.txt`, make: async () => answer?.text ?? '' });
  out.push({ words: `${title}: the answer as JSON, for another program`, name: `${id}.json`, make: async () => answer?.jsonText ?? '' });
  return out;
}

function OfferLine({ offer }: { offer: Offer }) {
  const [state, setState] = useState('');
  const go = async () => {
    setState('Writing it …');
    try {
      save(offer.name, await offer.make());
      setState('Saved.');
    } catch (error) {
      setState(`Not written: ${inPage((error as Error).message)}`);
    }
  };
  return (
    <li>
      <span>
        {offer.words}
        <span role="status"> {state && <em>{state}</em>}</span>
      </span>
      <button type="button" class="button" onClick={() => void go()}>
        Save {offer.name}
      </button>
    </li>
  );
}

/** Figures from some files into a template that the team has. */
function FillTemplate() {
  const { files, settings } = useDesk();
  const books = files.filter((file) => file.kind === 'workbook' && !file.refused);
  const [template, setTemplate] = useState('');
  const into = template || books[books.length - 1]?.name || '';
  const agreement = files.find((file) => file.kind === 'agreement' && file.used);
  const sources = files.filter((file) => file.name !== into && file.used && !file.refused && ['workbook', 'model', 'list'].includes(file.kind)).map((file) => file.name);
  if (!books.length || !sources.length) return null;
  const options: Record<string, unknown> = { basis: settings.basis };
  if (settings.month) options.month = settings.month;
  if (agreement) options.agreement = agreement.name;
  const name = `${stem(into)}-filled.xlsx`;
  return (
    <>
      <h3>Fill a template</h3>
      <p>The figures of the other files go into the places that the template has for them. Nothing else in it changes.</p>
      <div class="fields">
        <div>
          <label for="template">Template to fill</label>
          <select id="template" value={into} onChange={(e) => setTemplate(e.currentTarget.value)}>
            {books.map((file) => (
              <option key={file.name}>{file.name}</option>
            ))}
          </select>
        </div>
      </div>
      <ul class="saves">
        <OfferLine offer={{ words: `${into}, filled from ${sources.join(' and ')}`, name, make: () => made('export', [...sources, into], options, 'output', name) }} />
      </ul>
    </>
  );
}

/** Every figure of the files, each with its cell. */
function figuresOffers(files: string[]): Offer[] {
  return [
    { words: 'One row a figure, with its cell: for a database or a pivot table', name: 'figures.csv', make: () => made('import', files, {}, 'facts', 'figures.csv') },
    { words: 'One model of all files: drop it here next month, or give it to the command', name: 'model.json', make: () => made('import', files, {}, 'output', 'model.json') },
    { words: 'How the tables were read, as a mapping for next month', name: 'as-read.toml', make: () => made('import', files, {}, 'save-map', 'as-read.toml') },
  ];
}

export function SaveView() {
  const { answers, files, mapping } = useDesk();
  const read = files.filter((file) => file.used && !file.refused && (file.kind === 'workbook' || file.kind === 'model')).map((file) => file.name);
  const taught = Object.values(mapping).some((part) => Object.keys(part).length);
  return (
    <article>
      <h2>Save</h2>
      <p>Each file goes into your downloads folder. Nothing else is stored.</p>
      <FillTemplate />
      {taught && (
        <>
          <h3>How the workbooks are read</h3>
          <ul class="saves">
            <OfferLine offer={{ words: 'What you showed, for next month: drop it here together with the workbook', name: 'mapping.toml', make: async () => mappingText(mapping) }} />
          </ul>
        </>
      )}
      {read.length > 0 && (
        <section>
          <h3>The figures</h3>
          <ul class="saves">
            {figuresOffers(read).map((offer) => (
              <OfferLine key={offer.name} offer={offer} />
            ))}
          </ul>
        </section>
      )}
      {answers.map((shown) => (
        <section key={shown.id}>
          <h3>{shown.title}</h3>
          <ul class="saves">
            {offersOf(shown).map((offer) => (
              <OfferLine key={offer.name} offer={offer} />
            ))}
          </ul>
        </section>
      ))}
    </article>
  );
}
