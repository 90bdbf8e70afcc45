/** The feeds of releases and of reviews, as Atom and as JSON Feed, in each language. pages/[...locale]/feeds/ serves them. */
import { createHash } from 'node:crypto';
import { defined } from '#core/defined.ts';
import { fill } from '#core/problems/messages.ts';
import type { Timeline } from '#core/history/timeline.ts';
import { Feed } from 'feed';
import { languages, words, type Language } from './i18n/index.ts';
import { transitionText } from './features/history/transition-text.ts';
import { escape } from './lib/markup.ts';
import {
  feedEntries,
  FEEDS,
  hasFeeds,
  miniappEntries,
  publishedAt,
  type FeedEntry,
  type FeedName,
} from './features/feeds/view-model.ts';
import type { Past } from './features/history/view-model.ts';
import type { PublicWorkspace } from './lib/public.ts';
import { localized } from './lib/text.ts';
import { personName } from './lib/person-name.ts';

export const FORMATS = ['atom', 'json'] as const;

/** The path of a feed below the portal's address. */
export const feedPath = (name: FeedName, format: (typeof FORMATS)[number], language: Language): string =>
  `${language === 'en' ? '' : `${language}/`}feeds/${name}.${format}`;

/** One feed in one language and one format. */
export interface FeedFile {
  readonly name: FeedName;
  readonly format: (typeof FORMATS)[number];
  readonly language: Language;
}

/** Every feed there is; none without a history or without the portal's address. */
export const feedsOf = (workspace: PublicWorkspace, story: Timeline | undefined): FeedFile[] =>
  hasFeeds(workspace, story)
    ? FEEDS.flatMap((name) => languages.flatMap((language) => FORMATS.map((format) => ({ name, format, language }))))
    : [];

/** Their paths below the portal's address. */
export const feedPaths = (workspace: PublicWorkspace, story: Timeline | undefined): string[] =>
  feedsOf(workspace, story).map(({ name, format, language }) => feedPath(name, format, language));

/** The text of a feed; the workspace must say where the portal is. */
export function feedText(workspace: PublicWorkspace, story: Timeline, { name, format, language }: FeedFile): string {
  const { feeds } = words[language];
  const of = { platform: platformName(workspace, language) };
  const made: FeedInput = {
    workspace,
    language,
    title: fill(feeds[name], of),
    description: fill(feeds[`${name}Lead`], of),
    page: '',
    paths: { atom: feedPath(name, 'atom', language), json: feedPath(name, 'json', language) },
    entries: feedEntries(story, name),
    updated: story.head.time,
  };
  // Titles of a JSON Feed are plain text, those of the Atom feed are markup.
  return format === 'atom' ? `${feedOf(made, escape).atom1()}\n` : `${feedOf(made, (text) => text).json1()}\n`;
}

/** Where the feed of one miniapp is, beside its page. */
export const miniappFeedPath = (id: string, language: Language): string =>
  `${language === 'en' ? '' : `${language}/`}miniapps/${id}/feed.atom`;

/** Whether a miniapp has one: where a release or a review of it is known, and the portal's address. */
export const hasMiniappFeed = (workspace: PublicWorkspace, past: Past | undefined): past is Past =>
  past !== undefined && publishedAt(workspace) !== undefined && miniappEntries(past.events).length > 0;

/** The newest releases and reviews of one miniapp, which has a feed. */
export function miniappFeedText(workspace: PublicWorkspace, past: Past, id: string, language: Language): string {
  const entries = miniappEntries(past.events);
  const { name } = workspace.miniapps.get(id)!.basics;
  const title = `${clean(localized(name, language, workspace.platform.languages))} · ${platformName(workspace, language)}`;
  const paths = { atom: miniappFeedPath(id, language) };
  const page = `miniapps/${id}/`;
  const updated = entries[0]!.time;
  return `${feedOf({ workspace, language, title, description: title, page, paths, entries, updated }, escape).atom1()}\n`;
}

const platformName = ({ platform }: PublicWorkspace, language: Language): string =>
  clean(localized(platform.name, language, platform.languages));

interface FeedInput {
  readonly workspace: PublicWorkspace;
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  /** The page that it is about, below the portal's address in this language. */
  readonly page: string;
  readonly paths: Readonly<Record<string, string>>;
  readonly entries: readonly FeedEntry[];
  /** When it changed last where it has no entry, in milliseconds since 1970. */
  readonly updated: number;
}

function feedOf(made: FeedInput, titleOf: (text: string) => string): Feed {
  const { workspace, language, title, description, page, paths, entries, updated } = made;
  const { languages: tags } = workspace.platform;
  const url = publishedAt(workspace)!;
  const home = `${url}${language === 'en' ? '' : `${language}/`}`;
  const feed = new Feed({
    id: url + paths['atom']!,
    title,
    description,
    link: home + page,
    language: words[language].htmlLang,
    // Of what it tells, and not of the build: the same history gives the same bytes.
    updated: new Date(entries[0]?.time ?? updated),
    generator: false,
    author: { name: platformName(workspace, language) },
    feedLinks: Object.fromEntries(Object.entries(paths).map(([format, path]) => [format, url + path])),
  });
  for (const entry of entries) {
    const { kind, miniapp: id, version, percent, actor, isUnseen, time, commit } = entry;
    const { unknown, unseenOne } = words[language].history;
    const miniapp = workspace.miniapps.get(id);
    const what = clean(localized(miniapp?.basics.name, language, tags) || id);
    const said = `${what}: ${transitionText(language, { kind, version, percent })}`;
    const who = actor === undefined ? undefined : clean(personName(workspace, actor));
    const link = miniapp ? `${home}miniapps/${id}/#commit-${commit.slice(0, 8)}` : `${home}history/`;
    feed.addItem({
      id: nameOf(entry),
      title: titleOf(said),
      link,
      date: new Date(time),
      published: new Date(time),
      content: `<p>${escape(said)}</p><p>${escape([who ?? unknown, ...(isUnseen ? [unseenOne] : [])].join(', '))}, <code>${escape(id)}</code></p>`,
      ...defined({ author: who === undefined ? undefined : [{ name: who }] }),
      category: [{ name: kind, term: kind }],
    });
  }
  return feed;
}

/** Without the characters that XML cannot hold. */
const clean = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');

/** The same for the same step for ever, wherever the portal moves: a UUID of its name (RFC 9562, version 5). */
function nameOf({ commit, miniapp, kind, version = '' }: FeedEntry): string {
  const bytes = createHash('sha1').update(`${commit} ${miniapp} ${kind} ${version}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${[0, 8, 12, 16, 20].map((from, at, all) => hex.slice(from, all[at + 1] ?? 32)).join('-')}`;
}
