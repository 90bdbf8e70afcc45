/** The feeds of releases and of reviews, as Atom and as JSON Feed, in each language. pages/[...locale]/feeds/ serves them. */
import { createHash } from 'node:crypto';
import { fill } from '#core/problems/messages.ts';
import type { Timeline } from '#core/history/timeline.ts';
import { Feed } from 'feed';
import { languages, words, type Language } from './i18n/index.ts';
import { deedText } from './features/history/deed-text.ts';
import { escape } from './lib/markup.ts';
import {
  feedEntries,
  FEEDS,
  hasFeeds,
  publishedAt,
  type FeedEntry,
  type FeedName,
} from './features/feeds/view-model.ts';
import type { PublicWorkspace } from './lib/public.ts';
import { localized } from './lib/text.ts';
import { personName } from './features/people/person-name.ts';

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
  const entries = feedEntries(story, name);
  const made = { workspace, story, url: publishedAt(workspace)!, name, entries, language };
  // Titles of a JSON Feed are plain text, those of the Atom feed are markup.
  return format === 'atom' ? `${feedOf(made, escape).atom1()}\n` : `${feedOf(made, (text) => text).json1()}\n`;
}

interface Made {
  readonly workspace: PublicWorkspace;
  readonly story: Timeline;
  readonly url: string;
  readonly name: FeedName;
  readonly entries: readonly FeedEntry[];
  readonly language: Language;
}

function feedOf({ workspace, story, url, name, entries, language }: Made, title: (text: string) => string): Feed {
  const { feeds } = words[language];
  const { languages: tags } = workspace.platform;
  const platform = localized(workspace.platform.name, language, tags);
  const home = `${url}${language === 'en' ? '' : `${language}/`}`;
  const of = { platform: clean(platform) };
  const feed = new Feed({
    id: url + feedPath(name, 'atom', language),
    title: fill(feeds[name], of),
    description: fill(feeds[`${name}Lead`], of),
    link: home,
    language: words[language].htmlLang,
    // Of what it tells, and not of the build: the same history gives the same bytes.
    updated: new Date(entries[0]?.time ?? story.head.time),
    generator: false,
    author: { name: clean(platform) },
    feedLinks: { atom: url + feedPath(name, 'atom', language), json: url + feedPath(name, 'json', language) },
  });
  for (const entry of entries) {
    const { kind, miniapp: id, version, percent, actor, time, commit } = entry;
    const miniapp = workspace.miniapps.get(id);
    const what = clean(localized(miniapp?.basics.name, language, tags) || id);
    const said = `${what}: ${deedText(language, kind, version, percent)}`;
    const who = actor === undefined ? undefined : clean(personName(workspace, actor));
    const link = miniapp ? `${home}miniapps/${id}/#commit-${commit.slice(0, 8)}` : `${home}history/`;
    feed.addItem({
      id: nameOf(entry),
      title: title(said),
      link,
      date: new Date(time),
      published: new Date(time),
      content: `<p>${escape(said)}</p><p>${escape(who ?? words[language].history.unknown)}, <code>${escape(id)}</code></p>`,
      ...(who === undefined ? {} : { author: [{ name: who }] }),
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
