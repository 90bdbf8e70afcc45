/** The texts that the miniapp shows. */
import type { Miniapp } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { edited, save, type Edited, type Given } from './edit.ts';

const saved = (given: Given, { id }: Miniapp, strings: Miniapp['strings'], already: string): Edited =>
  edited([save(given, pathOf.file(id, 'languages'), { strings })], already);

export function addText(given: Given, miniapp: Miniapp, language: string, key: string, text: string): Edited {
  const strings = { ...miniapp.strings, [language]: { ...miniapp.strings[language], [key]: text } };
  return saved(given, miniapp, strings, `${key} says that in ${language} already`);
}

/** Without a key all texts of the language go. */
export function removeText(given: Given, miniapp: Miniapp, language: string, key: string | undefined): Edited {
  const { [language]: texts, ...others } = miniapp.strings;
  const already = `there is no ${key === undefined ? 'text' : key} in ${language}`;
  if (!texts || (key !== undefined && !Object.hasOwn(texts, key))) return { already };
  const left = Object.fromEntries(Object.entries(texts).filter(([name]) => key !== undefined && name !== key));
  const isEmpty = Object.keys(left).length === 0;
  return saved(given, miniapp, isEmpty ? others : { ...miniapp.strings, [language]: left }, already);
}
