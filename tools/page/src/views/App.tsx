// The whole page: files in, answers on the left, the sheet on the right.
import { drop, show, useDesk, type AnswerShown } from '../desk';
import { findingsOf } from '../desk';
import { AnswerView } from './AnswerView';
import { DropBox } from './DropBox';
import { FilesView } from './FilesView';
import { SaveView } from './SaveView';
import { SheetView } from './SheetView';

function Privacy() {
  return (
    <details>
      <summary>How do I know?</summary>
      <div>
        <p>
          This page is one file. It has no permission to connect to anything: its first lines hold the rule <code>default-src 'none'</code>, which
          your browser enforces. To see for yourself, unplug the network, or open the browser's developer tools (F12), choose Network, and drop a
          workbook: the list stays empty.
        </p>
        <p>It keeps nothing when you close it. Only what you save yourself is stored.</p>
      </div>
    </details>
  );
}

function Counted({ answer }: { answer: AnswerShown }) {
  const findings = answer.answer ? findingsOf(answer.answer) : [];
  const errors = findings.filter((f) => f.severity === 'error').length;
  const warnings = findings.filter((f) => f.severity === 'warning').length;
  if (errors) return <span class="count error">{errors}<span class="visually-hidden"> {errors === 1 ? 'error' : 'errors'}</span></span>;
  if (warnings) return <span class="count warning">{warnings}<span class="visually-hidden"> {warnings === 1 ? 'warning' : 'warnings'}</span></span>;
  return null;
}

function Tabs() {
  const { answers, tab } = useDesk();
  const tabs = [...answers.map((one) => ({ id: one.id, title: one.title, one })), { id: 'files', title: 'Files', one: null }, { id: 'save', title: 'Save', one: null }];
  const step = (event: KeyboardEvent) => {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!move) return;
    const next = tabs[(tabs.findIndex((one) => one.id === tab) + move + tabs.length) % tabs.length];
    show(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
    event.preventDefault();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Answers" onKeyDown={step}>
      {tabs.map(({ id, title, one }) => (
        <button key={id} type="button" role="tab" id={`tab-${id}`} aria-selected={tab === id} aria-controls="answer" tabIndex={tab === id ? 0 : -1} onClick={() => show(id)}>
          {title}
          {one && <Counted answer={one} />}
        </button>
      ))}
    </div>
  );
}

export function App() {
  const desk = useDesk();
  const shown = desk.answers.find((one) => one.id === desk.tab);
  const any = desk.files.length > 0;
  return (
    <div
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void drop([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {any && (
        <a class="nhsuk-skip-link" href="#answer">
          Skip to the answers
        </a>
      )}
      <header class="top">
        <p class="name">riskshare</p>
        <p>Your figures stay on this computer. Nothing is sent, and nothing is stored but what you save.</p>
        <Privacy />
      </header>
      <main class={`desk ${any && desk.sheet ? 'two' : ''}`}>
        <h1 class="visually-hidden">Read, check and share NHS finance workbooks</h1>
        {desk.broken ? (
          <div class="refusal" role="alert">
            {desk.broken}
          </div>
        ) : (
          <DropBox first={!any} />
        )}
        {any && (
          <section class="panel answer" aria-label="Answers">
            <Tabs />
            <div id="answer" role="tabpanel" aria-labelledby={`tab-${desk.tab}`} tabIndex={-1}>
              {desk.tab === 'files' ? <FilesView /> : desk.tab === 'save' ? <SaveView /> : shown ? <AnswerView key={shown.id} shown={shown} /> : <FilesView />}
            </div>
          </section>
        )}
        {any && desk.sheet && <SheetView />}
      </main>
    </div>
  );
}
