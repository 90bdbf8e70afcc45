/** Feeds: what they tell, that readers can take them, that the same history gives the same, and that texts stay texts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseDocument } from 'htmlparser2';
import { expect, test } from 'vitest';
import type { Timeline, TimelineEvent } from '../../scripts/core/history/timeline.ts';
import { fixtureWorkspace, PANEL, SMART } from '../../scripts/fixtures/workspace.ts';
import { feedPath, feedsOf, feedText } from '../src/feeds.ts';
import { publish, type PublicWorkspace } from '../src/lib/public.ts';

const HOSTILE = `]]></title><script>alert(1)</script> & "quoted" \u0007\uFFFE\uD800`;
const URL = 'https://example.org/portal';

const event = (index: number, kind: string, miniapp: string, version: string): TimelineEvent => ({
  record: {
    commit: String(index).padStart(40, 'c'),
    time: Date.UTC(2026, 0, 1) - index * 60_000,
    actor: 'alice',
    approvedBy: [],
  },
  steps: [{ kind, miniapp, version }],
  effects: [],
  tables: [],
});

const storyOf = (events: readonly TimelineEvent[]): Timeline => ({
  events,
  isCut: false,
  isShallow: false,
  touched: new Map(),
  head: { commit: 'f'.repeat(40), time: Date.UTC(2026, 0, 2), tree: 'e'.repeat(40) },
  isChanged: false,
  branch: 'main',
  folder: 'config/',
});

function workspaceAt(url: string | undefined): PublicWorkspace {
  const own = publish(fixtureWorkspace());
  const smart = own.miniapps.get(SMART)!;
  const renamed = { ...smart, basics: { ...smart.basics, name: { en: HOSTILE, zh: HOSTILE } } };
  const { portal: _portal, ...platform } = own.platform;
  return {
    ...own,
    platform: { ...platform, name: { en: HOSTILE, zh: HOSTILE }, ...(url === undefined ? {} : { portal: { url } }) },
    miniapps: new Map([...own.miniapps, [SMART, renamed]]),
  };
}

/** Every feed by its path. */
const feedFiles = (workspace: PublicWorkspace, story: Timeline | undefined): Map<string, string> =>
  new Map(
    feedsOf(workspace, story).map((feed) => [
      feedPath(feed.name, feed.format, feed.language),
      feedText(workspace, story!, feed),
    ]),
  );

const told = storyOf([
  event(1, 'publish', SMART, '1.2.0'),
  event(2, 'approve', SMART, '1.2.0'),
  event(3, 'upload', SMART, '1.2.0'),
  event(4, 'rollback', PANEL, '1.0.0'),
  event(5, 'disable', 'tygone0000000001', '1.0.0'),
  { ...event(6, 'edit-platform', SMART, '1.0.0'), steps: [{ kind: 'edit-platform' }] },
]);

interface JsonFeed {
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly url: string;
    readonly tags: string[];
  }[];
}

test('there are none without a history, and none where nobody knows where the portal is', () => {
  expect([feedFiles(workspaceAt(URL), undefined).size, feedFiles(workspaceAt(undefined), told).size]).toEqual([0, 0]);
});

test('releases are what goes online or leaves it; reviews what is asked and decided', () => {
  const files = feedFiles(workspaceAt(URL), told);
  expect([...files.keys()].sort()).toEqual(
    ['', 'zh/'].flatMap((folder) =>
      ['releases.atom', 'releases.json', 'reviews.atom', 'reviews.json'].map((name) => `${folder}feeds/${name}`),
    ),
  );
  const items = (path: string) => (JSON.parse(files.get(path)!) as JsonFeed).items;
  expect(items('feeds/releases.json').map(({ tags }) => tags)).toEqual([['publish'], ['rollback'], ['disable']]);
  expect(items('zh/feeds/reviews.json').map(({ tags }) => tags)).toEqual([['approve']]);
  const [published, back, gone] = items('feeds/releases.json');
  expect(published!.url).toBe(`${URL}/miniapps/${SMART}/#commit-cccccccc`);
  expect(back!.title).toMatch(/: Rolled back to 1\.0\.0$/);
  expect([gone!.url, gone!.title]).toEqual([`${URL}/history/`, 'tygone0000000001: Took 1.0.0 out of service']);
});

test('a JSON Feed keeps its schema', () => {
  const schema = readFileSync(join(import.meta.dirname, '../public/api/v1/schemas/feed.schema.json'), 'utf8');
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(schema) as object);
  const files = [...feedFiles(workspaceAt(URL), told), ...feedFiles(workspaceAt(`${URL}/`), storyOf([]))];
  const json = files.filter(([path]) => path.endsWith('.json'));
  expect(json).toHaveLength(8);
  for (const [path, text] of json) expect([validate(JSON.parse(text)), validate.errors], path).toEqual([true, null]);
});

test('an Atom feed is XML of texts: nothing that a name holds is more than a text', () => {
  const atoms = [...feedFiles(workspaceAt(URL), told)].filter(([path]) => path.endsWith('.atom'));
  expect(atoms).toHaveLength(4);
  for (const [path, text] of atoms) {
    const names = new Set<string>();
    const walk = (node: { name?: string; children?: unknown[] }): void => {
      if (node.name !== undefined) names.add(node.name);
      for (const child of node.children ?? []) walk(child as Parameters<typeof walk>[0]);
    };
    walk(parseDocument(text, { xmlMode: true }) as Parameters<typeof walk>[0]);
    expect(names.has('script'), path).toBe(false);
    expect([...names].filter((name) => !/^[a-z?]+$/.test(name))).toEqual([]);
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008\uFFFE]|\]\]><\/title><script/);
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toContain('undefined');
  }
});

test('an entry is the same for ever: of its step, and not of the time of the build or the place of the portal', () => {
  const ids = (files: Map<string, string>) =>
    (JSON.parse(files.get('feeds/releases.json')!) as JsonFeed).items.map(({ id }) => id);
  const here = feedFiles(workspaceAt(URL), told);
  expect(ids(feedFiles(workspaceAt('https://elsewhere.example/'), told))).toEqual(ids(here));
  expect(new Set(ids(here)).size).toBe(3);
  expect([...feedFiles(workspaceAt(URL), told)]).toEqual([...here]);
});

test('a feed has an end', () => {
  const many = storyOf(Array.from({ length: 200 }, (_one, index) => event(index, 'publish', SMART, `1.0.${index}`)));
  const { items } = JSON.parse(feedFiles(workspaceAt(URL), many).get('feeds/releases.json')!) as JsonFeed;
  expect([items.length, items[0]!.title.endsWith('1.0.0')]).toEqual([50, true]);
});
