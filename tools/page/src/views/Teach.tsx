// Reading a table differently: each choice is one line of a mapping, and the answers follow at once.
import { useEffect, useState } from 'preact/hooks';
import { teach, useDesk } from '../desk';
import type { Place } from '../engine/types';
import { letters } from '../reading/address';
import { mappingText, named, thingsSaid, withColumn, withRow, withSaid, type Mapping } from '../reading/mapping';
import { fieldWords, meanings, ratings, shapes } from '../reading/shapes';
import { save } from './SaveView';

interface Props {
  place: Place;
  row: number;
  column: number;
  text: string;
  heading: number | null;
}

/** The table that is taught stays chosen from cell to cell. */
let lastShape = '';

interface ChoiceProps {
  id: string;
  label: string;
  options: string[];
  words?: Record<string, string>;
  onChoose: (value: string) => void;
}

function Choice({ id, label, options, words = {}, onChoose }: ChoiceProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      <select
        id={id}
        value=""
        onChange={(e) => {
          if (e.currentTarget.value) onChoose(e.currentTarget.value);
          e.currentTarget.value = '';
        }}
      >
        <option value="">Choose …</option>
        {options.map((one) => (
          <option key={one} value={one}>
            {words[one] ?? named(one)}
          </option>
        ))}
      </select>
    </div>
  );
}

function guessed(readAs: string[]): string {
  if (readAs.some((line) => line.startsWith('savings'))) return 'savings';
  if (readAs.some((line) => line.startsWith('control'))) return 'control_totals';
  if (readAs.some((line) => /scheme|tracker/.test(line))) return 'tracker';
  if (readAs.some((line) => /position|plan and actual|statement|expenditure/.test(line))) return 'position';
  if (readAs.some((line) => /register|risks/.test(line))) return 'register';
  return 'savings';
}

export function Teach({ place, row, column, text, heading }: Props) {
  const { mapping, files } = useDesk();
  const readAs = files.find((file) => file.name === place.file)?.reading?.readAs.filter((line) => line.includes(`'${place.sheet}'`)) ?? [];
  const [shapeId, setShape] = useState(lastShape || guessed(readAs));
  const [code, setCode] = useState('');
  useEffect(() => setCode(''), [text]);
  const shape = shapes.find((one) => one.id === shapeId) ?? shapes[0];
  const said = thingsSaid(mapping);
  const say = (changed: Mapping) => teach(withSaid(changed, shape.id, 'sheet', place.sheet));
  /** A column is named below its headings: where they end is said with the first one. */
  const withHeading = (changed: Mapping) => (heading === null || changed[shape.id]?.heading_row ? changed : withSaid(changed, shape.id, 'heading_row', heading));
  const choose = (id: string) => {
    lastShape = id;
    setShape(id);
  };
  const open = said.length > 0 || lastShape !== '';
  return (
    <details class="teach" open={open}>
      <summary class="more">Read it differently</summary>
      <div class="fields">
        <div>
          <label for="shape">The table here is</label>
          <select id="shape" value={shape.id} onChange={(e) => choose(e.currentTarget.value)}>
            {shapes.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
        {shape.fields.length > 0 && (
          <Choice
            id="field"
            label={`Column ${letters(column)} is the`}
            options={shape.fields}
            words={shape.id === 'position' ? fieldWords : {}}
            onChoose={(field) => say(withHeading(withColumn(mapping, shape.id, field, letters(column))))}
          />
        )}
        <Choice
          id="row"
          label={`Row ${row} is`}
          options={['the heading', 'the last row', 'a total', 'not part of it']}
          onChoose={(what) => {
            if (what === 'the heading') say(withSaid(mapping, shape.id, 'heading_row', row));
            else if (what === 'the last row') say(withSaid(mapping, shape.id, 'last_row', row));
            else say(withRow(mapping, shape.id, what === 'a total' ? 'total_rows' : 'ignored_rows', row));
          }}
        />
        <Choice id="amounts" label="Amounts are in" options={['£', '£000', '£m']} onChoose={(unit) => say(withSaid(mapping, shape.id, 'unit', unit))} />
      </div>
      {text && (
        <div class="fields">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (code.trim()) teach(withSaid(mapping, 'organisations', text, code.trim()));
            }}
          >
            <label for="body">“{text.length > 30 ? `${text.slice(0, 29)}…` : text}” is the body</label>
            <input id="body" type="text" size={8} value={code} onInput={(e) => setCode(e.currentTarget.value)} placeholder="UHL" />{' '}
            <button type="submit" class="button">
              Say so
            </button>
          </form>
          <Choice id="rating" label="… is the rating" options={ratings} onChoose={(rating) => teach(withSaid(mapping, 'ratings', text, rating))} />
          <Choice
            id="meaning"
            label="… means"
            options={meanings}
            onChoose={(meaning) => {
              const known = (mapping.words?.[meaning] as string[] | undefined) ?? [];
              teach(withSaid(mapping, 'words', meaning, [...known.filter((word) => word !== text), text]));
            }}
          />
        </div>
      )}
      {said.length > 0 && (
        <>
          <p>
            <strong>You said:</strong>
          </p>
          <ul>
            {said.map(({ words, without }) => (
              <li key={words}>
                {words}{' '}
                <button type="button" class="button quiet" onClick={() => teach(without)}>
                  Take back<span class="visually-hidden"> {words}</span>
                </button>
              </li>
            ))}
          </ul>
          <button type="button" class="button" onClick={() => save('mapping.toml', mappingText(mapping))}>
            Save as mapping.toml
          </button>
        </>
      )}
    </details>
  );
}
