/** The texts that a miniapp shows. */
import { join, resolve } from 'node:path';
import { defined } from '../../core/defined.ts';
import type { Miniapp, Workspace } from '../../core/model.ts';
import { problem, type Place } from '../../core/problems/problem.ts';
import { keysOf, missingKeys, type Strings } from '../../core/strings.ts';
import type { Edited } from '../../edit/edit.ts';
import { addText, changeText, importTexts, removeText } from '../../edit/languages.ts';
import { appFolder } from '../../project/config.ts';
import { Findings } from '../../project/finding.ts';
import { readStringsModule } from '../../tables/strings-module.ts';
import { readStringsJson, readStringsTable } from '../../tables/strings.ts';
import { requiredAll, text, UsageError, words, type Command, type Input, type Io } from '../../cli/frame/command.ts';
import { ACTS, editingCommand, onMiniapp, split, type CommandRequest } from '../../cli/edits/edit-command.ts';
import { givenFile, isFile, isFolder, type GivenFile } from '../../cli/input/input-file.ts';
import { checkTexts, exportTexts } from './export-check.ts';
import { unfitFor } from '../../cli/input/schema-check.ts';

const VERBS = ['add', 'change', 'remove', 'list', 'import', 'export', 'check'] as const;

const edits = editingCommand({
  name: 'language',
  summary: 'the texts that a miniapp shows, per language',
  usage: [],
  miniappWord: 1,
  options: {
    language: { type: 'string', value: 'L', describe: 'the language' },
    key: { type: 'string', value: 'KEY', describe: 'the name of the text (remove without it: all of the language)' },
    text: { type: 'string', value: 'TEXT', describe: 'what it says' },
    overwrite: {
      type: 'boolean',
      describe: 'import: where both sides differ, the file counts (without it the import is refused)',
    },
    prune: { type: 'boolean', describe: 'import: what the file does not have goes, in the languages that it has' },
    out: {
      type: 'string',
      value: 'FILE',
      describe: 'export: a .json file as i18n/strings.json, or a .csv table for translators (default: to the terminal)',
    },
    csv: { type: 'boolean', describe: 'export: as a table, also to the terminal' },
  },
  request(input, io) {
    const { verb, rest } = split(input, VERBS);
    if (verb === 'import') return importRequest(rest, io);
    const [id = ''] = words(rest, 'ID');
    if (verb === 'list') return { miniapp: id, list: textsOf };
    const isGone = verb === 'remove';
    const [language = '', key = '', says = ''] = requiredAll(input, 'language', ...(isGone ? [] : ['key', 'text']));
    if (isGone) return onMiniapp(id, (given, miniapp) => removeText(given, miniapp, language, text(input, 'key')));
    const edit = verb === 'change' ? changeText : addText;
    return onMiniapp(id, (given, miniapp) => edit(given, miniapp, language, key, says));
  },
});

export const languageCommand: Command = {
  ...edits,
  usage: [
    `language add|change ID --language L --key KEY --text TEXT ${ACTS}`,
    `language remove ID --language L [--key KEY] ${ACTS}`,
    'language list ID',
    `language import ID DIR|strings.json|strings.ts|TABLE.csv|- [--overwrite] [--prune] ${ACTS}`,
    'language export ID [--out FILE.json|FILE.csv] [--csv]',
    'language check ID [DIR]',
  ],
  run(input, io) {
    const [verb, ...positionals] = input.positionals;
    if (verb === 'export') return exportTexts({ ...input, positionals }, io);
    if (verb === 'check') return checkTexts({ ...input, positionals }, io);
    return edits.run(input, io);
  },
};

function importRequest(input: Input, io: Io): CommandRequest {
  const [id = '', name = ''] = words(input, 'ID', 'FILE');
  const file = givenFile(isFolder(name, io) ? stringsIn(name, io) : name, io);
  const options = { overwrite: input.values['overwrite'] === true, prune: input.values['prune'] === true };
  return onMiniapp(id, (given, miniapp) => {
    const findings = new Findings('.');
    const languages = [...new Set([...given.workspace.platform.languages, ...Object.keys(miniapp.strings)])];
    const texts = isTable(file)
      ? readStringsTable(file.name, file.text, languages, findings)
      : (isModule(file) ? readStringsModule : readStringsJson)(file.name, file.text, findings);
    if (!texts) return { problems: findings.problems, texts: findings.texts };
    const placeOf = (language: string, key: string): Place => {
      const offset = texts.offset(language, key);
      return { file: file.name, isOutside: true, ...defined({ offset }) };
    };
    const { strings } = texts;
    const made =
      keysOf(strings).length === 0
        ? {
            problems: [problem('table-empty', placeOf('', ''), { expected: 'A text is { "en": { "code": "text" } }' })],
          }
        : (unfit(strings, placeOf) ?? importTexts(given, miniapp, { strings, placeOf }, options));
    return 'problems' in made ? { ...made, texts: new Map([[file.name, file.text]]) } : made;
  });
}

/** What of the texts no configuration may hold, where it stands in the file. */
function unfit(strings: Strings, placeOf: (language: string, key: string) => Place): Edited | undefined {
  const problems = unfitFor('languages', { strings }).map(({ path: [, language = '', key = ''], problem }) => ({
    ...problem,
    at: placeOf(String(language), String(key)),
  }));
  return problems.length > 0 ? { problems } : undefined;
}

const isModule = ({ name }: GivenFile): boolean => /\.[cm]?[jt]s$/i.test(name);

/** A table tells itself by its name, or by not beginning as JSON does. */
const isTable = ({ name, text: content }: GivenFile): boolean =>
  /\.(?:csv|tsv)$/i.test(name) || (!/\.(?:json|[cm]?[jt]s)$/i.test(name) && !/^\s*[{/[]/.test(content));

/** Where projects keep their texts. */
const PLACES = [
  'i18n/strings.json',
  'strings.json',
  'src/i18n/strings.json',
  'src/i18n/strings.ts',
  'src/i18n/strings.js',
] as const;

function stringsIn(folder: string, io: Io): string {
  const app = appFolder(resolve(io.cwd, folder));
  const places = [...PLACES, ...(app === '' ? [] : [`${app}/i18n/strings.json`])];
  const found = places.map((place) => join(folder, place)).find((place) => isFile(place, io));
  if (found === undefined) throw new UsageError(`${folder} has no ${places.join(', no ')}`);
  return found;
}

/** A line for each text, a column for each language; what is not translated is a dash. */
function textsOf({ id, strings }: Miniapp, { platform }: Workspace) {
  const languages = Object.keys(strings);
  const text = (language: string, key: string) =>
    Object.hasOwn(strings[language]!, key) ? strings[language]![key]! : '—';
  return {
    rows: [['key', ...languages], ...keysOf(strings).map((key) => [key, ...languages.map((name) => text(name, key))])],
    json: { miniapp: id, strings, missing: missingKeys(strings, platform.languages) },
    none: 'it has no texts',
  };
}
