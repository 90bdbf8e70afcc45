/** The texts that a miniapp shows. */
import type { Miniapp, Workspace } from '../core/model.ts';
import { addText, removeText } from '../edit/languages.ts';
import { required, text, words, type Command } from './command.ts';
import { editing, onMiniapp, split } from './editing.ts';

export const languageCommand: Command = editing({
  name: 'language',
  summary: 'the texts that a miniapp shows, per language',
  usage: ['language add|remove|list ID [--language L --key KEY --text TEXT]'],
  options: { language: { type: 'string' }, key: { type: 'string' }, text: { type: 'string' } },
  about: {
    language: 'L    the language',
    key: 'KEY    the name of the text (remove without it: all of the language)',
    text: 'TEXT    what it says',
  },
  wish(input) {
    const { verb, rest } = split(input, ['add', 'remove', 'list']);
    const [id = ''] = words(rest, 'ID');
    if (verb === 'list') return { miniapp: id, list: textsOf };
    const language = required(input, 'language');
    if (verb === 'remove')
      return onMiniapp(id, (given, miniapp) => removeText(given, miniapp, language, text(input, 'key')));
    const [key, says] = [required(input, 'key'), required(input, 'text')];
    return onMiniapp(id, (given, miniapp) => addText(given, miniapp, language, key, says));
  },
});

/** A line for each text, a column for each language; what is not translated is a dash. */
function textsOf({ id, strings }: Miniapp, { platform }: Workspace) {
  const languages = Object.keys(strings);
  const keys = [...new Set(Object.values(strings).flatMap((texts) => Object.keys(texts)))];
  const [fallback = ''] = platform.languages;
  const missing = Object.fromEntries(
    languages
      .map((language) => [
        language,
        Object.keys(strings[fallback] ?? {}).filter((key) => !Object.hasOwn(strings[language]!, key)),
      ])
      .filter(([, names]) => names!.length > 0),
  );
  return {
    rows: [['key', ...languages], ...keys.map((key) => [key, ...languages.map((name) => strings[name]![key] ?? '—')])],
    json: { miniapp: id, strings, missing },
    none: 'it has no texts',
  };
}
