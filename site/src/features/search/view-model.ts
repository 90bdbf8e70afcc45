/** The search index: what can be found, in as few bytes as tell it. The browser makes its tree of words from it (found.ts). */
import { messages, severityOf, type Language, type ProblemCode } from '#core/problems/messages.ts';
import { newestFirst } from '#core/version.ts';
import { words } from '../../i18n/index.ts';
import { LOADER_CODES, LOADER_MESSAGE, symptoms } from '../symptoms/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

/** What is found, in the order in which equals stand. */
export const FOUND_KINDS = ['miniapp', 'app', 'person', 'symptom', 'rule'] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

/** A row of the index: an array, as names of fields would be most of ten thousand rows. */
export type SearchRow = readonly [
  kind: number,
  /** The id, login or code. */
  id: string,
  title: string,
  /** Other texts that it is found by. */
  text: string,
  /** The versions and the pages of a miniapp. */
  versions?: readonly string[],
  pages?: readonly string[],
];

/** Where the index of a language is. */
export const indexPath = (language: Language): string => `search/index.${language}.json`;

/** So much of a miniapp is in the index, apart from the pages of what people can open; its own page has the rest. */
export const MOST = { versions: 12, pages: 150, description: 160 } as const;

export function searchRows(workspace: PublicWorkspace, language: Language): SearchRow[] {
  const { languages } = workspace.platform;
  const name = (text: Parameters<typeof localized>[0]) => localized(text, language, languages);
  const row = (kind: FoundKind, id: string, title: string, ...text: readonly string[]): SearchRow => [
    FOUND_KINDS.indexOf(kind),
    id,
    title,
    [...new Set(text)].filter((one) => one !== '' && one !== title).join(' · '),
  ];
  const { problems } = messages[language];
  return [
    ...[...workspace.miniapps.values()].map((miniapp): SearchRow => {
      const { basics } = miniapp;
      const description = [...name(basics.description)].slice(0, MOST.description).join('');
      const texts = [
        basics.archived === true ? words[language].miniapp.archived : '',
        basics.category ?? '',
        ...Object.values(basics.name),
        description,
      ];
      const [kind, id, title, text] = row('miniapp', miniapp.id, name(basics.name), ...texts);
      return [kind, id, title, text, newestFirst(miniapp.versions.keys()).slice(0, MOST.versions), pagesOf(miniapp)];
    }),
    ...[...workspace.apps.values()].map((app) =>
      row('app', app.id, name(app.name), app.scheme, ...(typeof app.name === 'string' ? [] : Object.values(app.name))),
    ),
    ...[...workspace.people.values()].map(({ login, name: own }) => row('person', login, own)),
    ...symptoms(language).map(({ code, title, message, otherMessage, alsoSeen, cause }) =>
      row('symptom', code, title, message, otherMessage, ...alsoSeen, cause),
    ),
    row('symptom', 'loader', LOADER_MESSAGE, Object.values(LOADER_CODES).flat().join(' ')),
    ...(Object.keys(problems) as ProblemCode[]).map((code) =>
      row(
        'rule',
        code,
        problems[code].title,
        problems[code].message,
        messages.en.problems[code].title,
        severityOf(code),
      ),
    ),
  ];
}

/** The pages of what people can open, all of them; then those of its newest versions, up to a bound. */
function pagesOf({ release, versions }: PublicMiniapp): string[] {
  const served = [release.online?.version, release.experience?.version, release.rollout?.version];
  const pages = new Set(served.flatMap((number) => (number === undefined ? [] : (versions.get(number)?.pages ?? []))));
  for (const number of newestFirst(versions.keys()))
    for (const page of versions.get(number)!.pages ?? []) {
      if (pages.size >= MOST.pages) return [...pages];
      pages.add(page);
    }
  return [...pages];
}
