// What a person says about a workbook: the same mapping file that the command takes, as TOML.
import { parse, stringify } from 'smol-toml';

export type Mapping = Record<string, Record<string, unknown>>;

/** Throws in words where the text is no TOML. */
export function mappingOf(text: string): Mapping {
  return parse(text) as unknown as Mapping;
}

export function mappingText(mapping: Mapping): string {
  const filled = Object.fromEntries(Object.entries(mapping).filter(([, part]) => Object.keys(part).length > 0));
  return `# How these workbooks are read. riskshare takes this file with --map, and the page when it is dropped.\n${stringify(filled)}\n`;
}

/** A file of TOML is an agreement where it names parties, else a mapping. */
export function isAgreement(text: string): boolean {
  try {
    return 'parties' in mappingOf(text);
  } catch {
    return /^\s*parties\s*=/m.test(text);
  }
}

/** A directory of bodies: each section is a body with its name. */
export function isDirectory(text: string): boolean {
  try {
    const sections = Object.values(mappingOf(text));
    return sections.length > 0 && sections.every((body) => typeof body === 'object' && typeof body.name === 'string');
  } catch {
    return false;
  }
}

/** The mapping with one thing said, or unsaid where the value is null. */
export function withSaid(mapping: Mapping, section: string, key: string, value: unknown): Mapping {
  const part = { ...(mapping[section] ?? {}) };
  if (value === null) delete part[key];
  else part[key] = value;
  return { ...mapping, [section]: part };
}

/** A column of a table has one meaning, and a meaning one column. */
export function withColumn(mapping: Mapping, shape: string, field: string, letters: string | null): Mapping {
  const columns = { ...((mapping[shape]?.columns as Record<string, string>) ?? {}) };
  for (const [known, at] of Object.entries(columns)) if (at === letters) delete columns[known];
  if (letters === null) delete columns[field];
  else columns[field] = letters;
  return withSaid(mapping, shape, 'columns', Object.keys(columns).length ? columns : null);
}

/** A row joins a list of rows, such as total_rows. */
export function withRow(mapping: Mapping, shape: string, list: string, row: number): Mapping {
  const rows = new Set((mapping[shape]?.[list] as number[]) ?? []);
  rows.add(row);
  return withSaid(mapping, shape, list, [...rows].sort((a, b) => a - b));
}

/** Each thing said, in words, with what takes it back. */
export function thingsSaid(mapping: Mapping): { words: string; without: Mapping }[] {
  const out: { words: string; without: Mapping }[] = [];
  for (const [section, part] of Object.entries(mapping))
    for (const [key, value] of Object.entries(part)) {
      if (key === 'columns' && typeof value === 'object' && value !== null) {
        for (const [field, at] of Object.entries(value as Record<string, string>))
          out.push({ words: `${named(section)}: column ${at} is ${named(field)}`, without: withColumn(mapping, section, field, null) });
      } else if (Array.isArray(value)) {
        for (const one of value as (number | string)[]) {
          const rest = (value as (number | string)[]).filter((other) => other !== one);
          const words = section === 'words' ? `“${one}” means ${named(key)}` : `${named(section)}: row ${one} is in ${named(key)}`;
          out.push({ words, without: withSaid(mapping, section, key, rest.length ? rest : null) });
        }
      } else if (section === 'organisations' || section === 'ratings') {
        out.push({ words: `“${key}” is ${section === 'ratings' ? 'the rating ' : ''}${String(value)}`, without: withSaid(mapping, section, key, null) });
      } else {
        out.push({ words: `${named(section)}: ${named(key)} is ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`, without: withSaid(mapping, section, key, null) });
      }
    }
  return out;
}

export const named = (id: string) => id.replace(/_/g, ' ');
