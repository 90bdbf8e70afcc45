/** The search index: what can be found, in as few bytes as tell it. The browser makes its tree of words from it (found.ts). */
import { judgesByBytes } from '#core/by-bytes.ts';
import { messages, severityOf, type Language } from '#core/problems/messages.ts';
import { keysOf } from '#core/keys-of.ts';
import { newestFirst } from '#core/version.ts';
import { words } from '../../i18n/index.ts';
import { categoryName } from '../../lib/category.ts';
import { footPages, mainPages } from '../../lib/navigation.ts';
import { short } from '../../lib/github.ts';
import { transitionText } from '../history/transition-text.ts';
import type { EventView } from '../history/view-model.ts';
import { LOADER_CODES, LOADER_MESSAGE, symptoms } from '../symptoms/view-model.ts';
import { FOUND_KINDS, OVERVIEW, type FoundKind, type SearchIndex, type SearchInsides, type SearchRow } from './row.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized, minute } from '../../lib/text.ts';

/** Where the index of a language is. */
export const indexPath = (language: Language): string => `search/index.${language}.json`;

/** So much of a miniapp is in the index, apart from the pages of what people can open; its own page has the rest. */
export const MOST = { versions: 12, pages: 150, origins: 40, members: 40, description: 160 } as const;

/** `events`: those that the page of the history shows. */
export const searchIndex = (...of: Parameters<typeof searchRows>): SearchIndex => ({
  link: of[0].platform.link,
  rows: searchRows(...of),
});

/** What is found inside each miniapp. */
export const searchInsides = ({ miniapps }: PublicWorkspace): SearchInsides =>
  Object.fromEntries(
    [...miniapps.values()].map((miniapp) => {
      return [miniapp.id, [versionsOf(miniapp), pagesOf(miniapp), originsOf(miniapp), relatedTo(miniapp)]];
    }),
  );

/** A sentence of the catalogue with what it leaves open left out: a result is read, and an example in it would be found. */
const open = (sentence: string): string => sentence.replaceAll(/["“]?\{\w+\}["”]?/g, '…');

function searchRows(workspace: PublicWorkspace, language: Language, events: readonly EventView[] = []): SearchRow[] {
  const { languages, regions } = workspace.platform;
  const name = (text: Parameters<typeof localized>[0]) => localized(text, language, languages);
  const row = (kind: FoundKind, id: string, title: string, ...text: readonly string[]): SearchRow => [
    FOUND_KINDS.indexOf(kind),
    id,
    title,
    [...new Set(text)].filter((one) => one !== '' && one !== title).join(' · '),
  ];
  const { problems } = messages[language];
  return [
    ...[...mainPages(language), ...footPages(language)].map(({ path, label }) =>
      row('section', path.replace(/\/$/, '') || OVERVIEW, label),
    ),
    ...[...workspace.miniapps.values()].map((miniapp): SearchRow => {
      const { basics } = miniapp;
      const description = [...name(basics.description)].slice(0, MOST.description).join('');
      const texts = [
        basics.archived === true ? words[language].miniapp.archived : '',
        categoryName(workspace, basics.category, language),
        basics.category ?? '',
        ...Object.values(basics.name),
        description,
      ];
      return row('miniapp', miniapp.id, name(basics.name), ...texts);
    }),
    ...[...workspace.apps.values()].map((app): SearchRow => {
      const served = app.regions.map((region) => [region, name(regions[region]) || region] as const);
      const names = typeof app.name === 'string' ? [] : Object.values(app.name);
      const [kind, id, title, text] = row('app', app.id, name(app.name), app.scheme, ...names);
      return [kind, id, title, text, served, app.scheme];
    }),
    ...[...workspace.people.values()].map(({ login, name: own }) => row('person', login, own)),
    ...symptoms(language, judgesByBytes(workspace.platform)).map(
      ({ code, title, message, otherMessage, alsoSeen, cause }) =>
        row('symptom', code, title, open(message), open(otherMessage), ...alsoSeen, cause),
    ),
    row('symptom', 'loader', LOADER_MESSAGE, Object.values(LOADER_CODES).flat().join(' ')),
    ...keysOf(problems).map((code) =>
      row(
        'rule',
        code,
        problems[code].title,
        open(problems[code].message),
        messages.en.problems[code].title,
        severityOf(code),
      ),
    ),
    ...events.map(({ commit, time, who = '', steps }) => {
      const done = steps.map((step) => [step.miniapp?.name, transitionText(language, step)].filter(Boolean).join(': '));
      return row('commit', short(commit), [...new Set(done)].slice(0, 3).join(' · '), who, minute(time).slice(0, 10));
    }),
  ];
}

/** Its newest versions, and those that people can open whatever their age. */
const versionsOf = ({ release, versions }: PublicMiniapp): string[] =>
  newestFirst(new Set([...newestFirst(versions.keys()).slice(0, MOST.versions), ...servedVersions(release)])).filter(
    (number) => versions.has(number),
  );

/** A panel is with every app, so that no app tells it from others. */
const relatedTo = ({ members, trafficking, whitelist }: PublicMiniapp): string[] => [
  ...new Set([
    ...members.slice(0, MOST.members).map(({ login }) => login),
    ...[...trafficking, ...whitelist].map(({ app }) => app),
  ]),
];

/** Without `https://`, which nearly all begin with. */
function originsOf({ domains, release, versions }: PublicMiniapp): string[] {
  const { cloud: _apis, ...servers } = domains;
  const allowed = Object.values(servers).flatMap((byRegion) => Object.values(byRegion ?? {}).flat());
  const named = servedVersions(release).flatMap((number) => versions.get(number)?.origins ?? []);
  const origins = new Set([...allowed, ...named].map((origin) => origin.replace(/^https:\/\//, '')));
  return [...origins].slice(0, MOST.origins);
}

const servedVersions = ({ online, experience, rollout }: PublicMiniapp['release']): string[] =>
  [online?.version, experience?.version, rollout?.version].filter((number) => number !== undefined);

/** The pages of what people can open, all of them; then those of its newest versions, up to a bound. */
function pagesOf({ release, versions }: PublicMiniapp): string[] {
  const pages = new Set(servedVersions(release).flatMap((number) => versions.get(number)?.pages ?? []));
  for (const number of newestFirst(versions.keys()))
    for (const page of versions.get(number)!.pages ?? []) {
      if (pages.size >= MOST.pages) return [...pages];
      pages.add(page);
    }
  return [...pages];
}
