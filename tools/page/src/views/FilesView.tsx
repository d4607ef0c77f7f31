// What each file is, and what was found in it.
import { look, remove, set, use, useDesk, type HeldFile, type Kind } from '../desk';
import { Account } from './Account';
import { Findings, inPage } from './Findings';

const kindWords: Record<Kind, string> = {
  workbook: 'Workbook',
  model: 'Model',
  agreement: 'Agreement',
  directory: 'Directory: the bodies, and the names in use for them',
  mapping: 'Mapping: how workbooks are read',
  list: 'List (CSV): figures to fill a template with',
  other: 'Not a file that riskshare reads',
};

/** What a model holds, in words. */
const foundWords: Record<string, string> = {
  agreement: 'a risk share agreement',
  reports: 'a finance report',
  tracker: 'a savings tracker',
  savings: 'savings by rating',
  control_totals: 'control totals',
  positions: 'positions of the parties',
};

const size = (bytes: number) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

/** "savings by rating in plan.xlsx 'Efficiencies'!A4:G11, £000: …": the first cell of the table. */
function tableAt(line: string): { sheet: string; cell?: string } | null {
  const found = /'((?:[^']|'')+)'(?:!\$?([A-Z]{1,3}\$?\d+))?/.exec(line);
  return found ? { sheet: found[1].replace(/''/g, "'"), cell: found[2] } : null;
}

function ReadAs({ file }: { file: HeldFile }) {
  const lines = file.reading?.readAs ?? [];
  const found = (file.reading?.kinds ?? []).filter((kind) => kind !== 'read_as').map((kind) => foundWords[kind] ?? kind.replace(/_/g, ' '));
  if (!lines.length && found.length) return <p>Found in it: {found.join(', ')}.</p>;
  if (!lines.length) return <p>{file.kind === 'workbook' ? 'No table was recognised. Open a sheet and show what stands where: see “Read it differently” under the sheet.' : ''}</p>;
  return (
    <>
      <p>Found in it:</p>
      <ul>
        {lines.map((line, i) => {
          const at = tableAt(line);
          const text = line.replace(`${file.name} `, '');
          return (
            <li key={i}>
              {text}{' '}
              {at && (
                <button type="button" class="figure" onClick={() => look({ file: file.name, ...at })}>
                  show it<span class="visually-hidden"> in sheet {at.sheet}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

export function FilesView() {
  const { files, settings } = useDesk();
  return (
    <article>
      <h2>Files</h2>
      <div class="fields">
        <div>
          <label for="unit">Unit of tables that name none</label>
          <select id="unit" value={settings.unit} onChange={(e) => set({ unit: e.currentTarget.value })}>
            <option value="">None: refuse them</option>
            <option value="£">£</option>
            <option value="£000">£000</option>
            <option value="£m">£m</option>
          </select>
        </div>
      </div>
      <ul class="file-list">
        {files.map((file) => (
          <li key={file.name}>
            <h3>{file.name}</h3>
            <p>
              {kindWords[file.kind]}, {size(file.size)}
              {file.replaced && '. It took the place of the file of the same name that was here before; to use both, give one another name'}
            </p>
            {file.refused ? (
              <div class="refusal">
                <strong>Not read.</strong> {inPage(file.refused.replace(/^riskshare: /, ''))}
              </div>
            ) : (
              (file.kind === 'workbook' || file.kind === 'model') && (file.reading ? <ReadAs file={file} /> : <p>Reading …</p>)
            )}
            {!file.refused && file.reading && <Findings findings={file.reading.findings} heading={null} />}
            {!file.refused && file.reading && <Account account={file.reading.account} />}
            <div class="row">
              {file.kind !== 'mapping' && !file.refused && (
                <label>
                  <input type="checkbox" checked={file.used} onChange={(e) => void use(file.name, e.currentTarget.checked)} /> Use it in the answers
                </label>
              )}
              <button type="button" class="button quiet" onClick={() => void remove(file.name)}>
                Take away<span class="visually-hidden"> {file.name}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
    </article>
  );
}
