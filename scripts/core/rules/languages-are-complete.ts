import type { Platform, Workspace } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, atKey, problem, type Problem } from '../problems/problem.ts';
import { isSound, type Rule } from './rule.ts';

export const languagesAreComplete: Rule = {
  id: 'languages-are-complete',
  why: 'Ensure that people read texts in their language, or at least in the fallback language.',
  *check(workspace) {
    if (!isSound(workspace, pathOf.platform)) return;
    const { platform, apps, miniapps } = workspace;
    for (const [path, label] of labels(platform))
      if (typeof label === 'object') yield* texts(workspace, pathOf.platform, path, label);
    for (const [id, { name }] of apps) yield* texts(workspace, pathOf.app(id), ['name'], name);
    for (const [id, { basics, strings }] of miniapps) {
      const file = pathOf.file(id, 'miniapp');
      if (isSound(workspace, file)) {
        yield* texts(workspace, file, ['name'], basics.name);
        if (basics.description) yield* texts(workspace, file, ['description'], basics.description);
      }
      yield* untranslated(workspace, id, strings);
    }
  },
};

/** What platform.yaml calls itself, its regions and its categories. */
const labels = ({ name, regions, categories = {} }: Platform): [path: string[], label: string | TextsByLanguage][] => [
  [['name'], name],
  ...Object.entries(regions).map(([id, label]): [string[], typeof label] => [['regions', id], label]),
  ...Object.entries(categories).map(([id, label]): [string[], typeof label] => [['categories', id], label]),
];

type TextsByLanguage = Readonly<Record<string, unknown>>;

function* texts(workspace: Workspace, file: string, path: string[], value: TextsByLanguage): Iterable<Problem> {
  const { languages } = workspace.platform;
  const [language = ''] = languages;
  if (!Object.hasOwn(value, language)) {
    yield problem('language-fallback-missing', at(file, ...path), { field: path.join('.'), language });
  }
  yield* unknownLanguages(workspace, file, path, value);
}

function* unknownLanguages(
  workspace: Workspace,
  file: string,
  path: string[],
  value: TextsByLanguage,
): Iterable<Problem> {
  const { languages } = workspace.platform;
  for (const language of Object.keys(value)) {
    const args = { language, languages: languages.join(', ') };
    if (!languages.includes(language)) yield problem('language-unknown', atKey(file, ...path, language), args);
  }
}

type StringsByLanguage = Readonly<Record<string, Readonly<Record<string, string>>>>;

function* untranslated(workspace: Workspace, miniapp: string, strings: StringsByLanguage): Iterable<Problem> {
  const file = pathOf.file(miniapp, 'languages');
  yield* unknownLanguages(workspace, file, ['strings'], strings);
  const { languages } = workspace.platform;
  const [fallback = '', ...others] = languages;
  const keys = Object.keys(strings[fallback] ?? {});
  if (Object.keys(strings).length > 0 && !Object.hasOwn(strings, fallback)) {
    yield problem('language-fallback-missing', at(file, 'strings'), { field: 'strings', language: fallback });
  }
  for (const language of others) {
    const missing = keys.filter((key) => !Object.hasOwn(strings[language] ?? {}, key));
    const [example] = missing;
    if (example === undefined) continue;
    const place = strings[language] ? atKey(file, 'strings', language) : at(file, 'strings');
    const args = { language, count: missing.length, total: keys.length, fallback, example, miniapp };
    yield problem('strings-incomplete', place, args);
  }
}
