/**
 * The texts of a miniapp as files that people hand around: the vendor's `i18n/strings.json` (`{language: {code: text}}`), and a
 * table for translators, a column `key` and one for each language.
 */
import { keysOf, type Strings } from '../core/strings.ts';
import type { Findings } from '../project/finding.ts';
import { parseJson } from '../project/json.ts';
import { isFewValues } from './json-size.ts';
import { readTable, type TableRow } from './table.ts';
import { writeCsv } from './csv.ts';

/** Texts, and where in its file each stands. */
export interface GivenTexts {
  readonly strings: Strings;
  offset(language: string, key: string): number | undefined;
}

/** The texts of a `strings.json`; what is wrong is a finding. A code that is there twice counts as the vendor counts it: the last. */
export function readStringsJson(path: string, text: string, findings: Findings): GivenTexts | undefined {
  const json = isFewValues(path, text, findings) ? parseJson(path, text, findings) : undefined;
  if (!json) return undefined;
  const refuse = (field: string, at: typeof json, expected: string) =>
    findings.add('project-field', path, { field, actual: at.actual, expected }, at.offset, text);
  if (!json.isObject) refuse(path, json, 'a map: { "en": { "code": "text" } }');
  const texts = new TextCollector();
  for (const [language, entries] of json.entries()) {
    if (!entries.isObject) refuse(language, entries, 'a map of codes and texts');
    texts.language(language);
    for (const [key, value] of entries.entries()) {
      if (value.string === undefined) refuse(`${language}.${key}`, value, 'a text');
      else texts.add(language, key, value.string, value.offset);
    }
  }
  return findings.hasErrors ? undefined : texts.given();
}

/** The texts by language and key as JSON, with a line end. */
export const stringsJson = (strings: Strings): string => `${JSON.stringify(strings, null, 2)}\n`;

/** The texts of a translator's table. `languages`: those that a column may have. */
export function readStringsTable(
  path: string,
  text: string,
  languages: readonly string[],
  findings: Findings,
): GivenTexts | undefined {
  const nameOf = ({ cells }: TableRow) => cells.get('key');
  const rows = readTable(
    path,
    text,
    { required: ['key'], known: languages, aliases: (heading) => languageOf(heading, languages), nameOf },
    findings,
  );
  const texts = new TextCollector();
  for (const [name] of rows?.[0]?.cells ?? []) if (name !== 'key') texts.language(name);
  for (const row of rows ?? []) {
    const key = row.cells.get('key') ?? '';
    for (const [language, said] of row.cells) {
      if (language !== 'key' && said !== undefined) texts.add(language, key, said, row.offset);
    }
  }
  return findings.hasErrors || !rows ? undefined : texts.given();
}

/** `zh_CN` or `zh-Hans` where the platform has one Chinese, as it has it. */
function languageOf(heading: string, languages: readonly string[]): string | undefined {
  const [base = ''] = heading.toLowerCase().split(/[-_]/);
  const own = languages.filter((language) => language.toLowerCase().split('-')[0] === base);
  return /^[a-z]{2,3}[-_][a-z]{2,4}$/i.test(heading) && own.length === 1 && own[0] === base ? base : undefined;
}

/** The table: a line for each key, an empty cell where a language has no text. */
export function stringsTable(strings: Strings): string {
  const languages = Object.keys(strings);
  const text = (language: string, key: string) =>
    Object.hasOwn(strings[language]!, key) ? strings[language]![key] : undefined;
  return writeCsv([
    ['key', ...languages],
    ...keysOf(strings).map((key) => [key, ...languages.map((language) => text(language, key))]),
  ]);
}

/** Collects texts without taking any name (`__proto__`) for something else. */
export class TextCollector {
  readonly #texts = new Map<string, Map<string, { text: string; offset: number }>>();

  language(language: string): Map<string, { text: string; offset: number }> {
    let own = this.#texts.get(language);
    if (!own) this.#texts.set(language, (own = new Map()));
    return own;
  }

  add(language: string, key: string, text: string, offset: number): void {
    this.language(language).set(key, { text, offset });
  }

  given(): GivenTexts {
    const entries = [...this.#texts].map(([language, own]) => {
      const texts = Object.fromEntries([...own].map(([key, { text }]) => [key, text]));
      return [language, texts] as const;
    });
    return {
      strings: Object.fromEntries(entries),
      offset: (language, key) => this.#texts.get(language)?.get(key)?.offset,
    };
  }
}
