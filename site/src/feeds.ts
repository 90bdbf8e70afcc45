/** The feeds of releases and of reviews, as Atom and as JSON Feed, in each language. Written where it is known where the portal will be. */
import { createHash } from 'node:crypto';
import { fill } from '#core/problems/messages.ts';
import type { Story } from '#core/history/timeline.ts';
import { Feed } from 'feed';
import { languages, words, type Language } from './i18n/index.ts';
import { deedText } from './markup/history.ts';
import { escape } from './markup/markup.ts';
import { feedEntries, FEEDS, publishedAt, type FeedEntry, type FeedName } from './views/feeds.ts';
import type { PublicWorkspace } from './views/public.ts';
import { localized } from './views/text.ts';
import { personName } from './views/versions.ts';

export const FORMATS = ['atom', 'json'] as const;

/** The path of a feed below the portal's address. */
export const feedPath = (name: FeedName, format: (typeof FORMATS)[number], language: Language): string =>
  `${language === 'en' ? '' : `${language}/`}feeds/${name}.${format}`;

/** Every feed by its path; none without a history or without the portal's address. */
export function feedFiles(workspace: PublicWorkspace, story: Story | undefined): Map<string, string> {
  const url = publishedAt(workspace);
  const files = new Map<string, string>();
  if (!story || url === undefined) return files;
  for (const name of FEEDS) {
    const entries = feedEntries(story, name);
    for (const language of languages) {
      const made = { workspace, story, url, name, entries, language };
      files.set(feedPath(name, 'atom', language), `${feedOf(made, escape).atom1()}\n`);
      // Titles of a JSON Feed are plain text, those of the Atom feed are markup.
      files.set(feedPath(name, 'json', language), `${feedOf(made, (text) => text).json1()}\n`);
    }
  }
  return files;
}

interface Made {
  readonly workspace: PublicWorkspace;
  readonly story: Story;
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
    const { kind, miniapp: id, version, actor, time, commit } = entry;
    const miniapp = workspace.miniapps.get(id);
    const what = clean(localized(miniapp?.basics.name, language, tags) || id);
    const said = `${what}: ${deedText(language, kind, version)}`;
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
