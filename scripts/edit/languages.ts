/** The texts that the miniapp shows. */
import type { Miniapp } from '../core/model.ts';
import { nearest } from '../core/problems/suggest.ts';
import { pathOf } from '../core/paths.ts';
import { at, problem, type Place } from '../core/problems/problem.ts';
import { keysOf, mergeStrings, type MergeOptions, type Strings } from '../core/strings.ts';
import { edited, fileEdits, type Edited, type EditState } from './edit.ts';

const saved = (given: EditState, { id }: Miniapp, strings: Miniapp['strings'], already: string): Edited =>
  edited([fileEdits(given, pathOf.file(id, 'languages'), { strings })], already);

const textOf = ({ strings }: Miniapp, language: string, key: string): string | undefined => {
  const texts = Object.hasOwn(strings, language) ? strings[language]! : {};
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
};

/** Sets the text of a key in a language; `already` where it is that text. */
export function addText(given: EditState, miniapp: Miniapp, language: string, key: string, text: string): Edited {
  const strings = { ...miniapp.strings, [language]: { ...miniapp.strings[language], [key]: text } };
  return saved(given, miniapp, strings, `${key} says that in ${language} already`);
}

/** Another text for a key that the language has. */
export function changeText(given: EditState, miniapp: Miniapp, language: string, key: string, text: string): Edited {
  if (textOf(miniapp, language, key) !== undefined) return addText(given, miniapp, language, key, text);
  const near = nearest(key, keysOf(miniapp.strings));
  const file = pathOf.file(miniapp.id, 'languages');
  const place = Object.hasOwn(miniapp.strings, language) ? at(file, 'strings', language) : { file };
  return { problems: [problem('reference-unknown', place, { kind: `text in ${language} named`, name: key, near })] };
}

/** Without a key all texts of the language go. */
export function removeText(given: EditState, miniapp: Miniapp, language: string, key: string | undefined): Edited {
  const { [language]: texts, ...others } = miniapp.strings;
  const already = `there is no ${key === undefined ? 'text' : key} in ${language}`;
  if (!texts || (key !== undefined && !Object.hasOwn(texts, key))) return { already };
  const left = Object.fromEntries(Object.entries(texts).filter(([name]) => key !== undefined && name !== key));
  const isEmpty = Object.keys(left).length === 0;
  return saved(given, miniapp, isEmpty ? others : { ...miniapp.strings, [language]: left }, already);
}

/** What was imported: the texts, and where in its file each stands. */
export interface ImportedTexts {
  readonly strings: Strings;
  readonly placeOf: (language: string, key: string) => Place;
}

/** All of them or none: a text that says something else than the one that is there counts only when it is asked for. */
export function importTexts(
  given: EditState,
  miniapp: Miniapp,
  imported: ImportedTexts,
  options: MergeOptions,
): Edited {
  const { strings, conflicts, added, changed, removed } = mergeStrings(miniapp.strings, imported.strings, options);
  if (conflicts.length > 0) {
    const problems = conflicts.map(({ language, key, have, given: says }) => {
      const args = { what: `${key} in ${language}`, have: quoted(have), given: quoted(says), option: '--overwrite' };
      return problem('import-differs', imported.placeOf(language, key), args);
    });
    return { problems };
  }
  const made = saved(given, miniapp, strings, 'every text says that already');
  if (!('edits' in made)) return made;
  const counts = [`${added} new`, `${changed} changed`, `${removed} removed`].filter(
    (count) => !count.startsWith('0 '),
  );
  return { ...made, notes: [`texts: ${counts.join(', ')}`] };
}

const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
