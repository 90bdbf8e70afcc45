/** What the feeds tell: the newest releases, and the newest steps of reviews. */
import { defined } from '#core/defined.ts';
import type { Timeline } from '#core/history/timeline.ts';
import type { PublicWorkspace } from '../../lib/public.ts';

export const FEEDS = ['releases', 'reviews'] as const;
export type FeedName = (typeof FEEDS)[number];

/** The transitions that each feed tells of. */
const KINDS: Readonly<Record<FeedName, ReadonlySet<string>>> = {
  releases: new Set(['publish', 'rollback', 'start-rollout', 'widen-rollout', 'stop-rollout', 'disable', 'enable']),
  reviews: new Set(['submit', 'withdraw', 'approve', 'auto-approve', 'reject', 'revoke']),
};

/** As many entries does a feed have: readers keep what they have seen. */
const ENTRIES = 50;

export interface FeedEntry {
  readonly commit: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly actor?: string;
  /** Whether it is a merge that could not be looked at. */
  readonly isUnseen?: true;
  readonly kind: string;
  readonly miniapp: string;
  readonly version?: string;
  readonly percent?: number;
}

/** Of one miniapp both are told together, in as many entries as are worth a file for each miniapp. */
const OF_ONE: ReadonlySet<string> = new Set([...KINDS.releases, ...KINDS.reviews]);
const ENTRIES_OF_ONE = 8;

/** Newest first. */
export const feedEntries = (story: Timeline, feed: FeedName): FeedEntry[] =>
  entriesIn(story.events, KINDS[feed], ENTRIES);

/** Of one miniapp: `events` are those of its past. */
export const miniappEntries = (events: Timeline['events']): FeedEntry[] => entriesIn(events, OF_ONE, ENTRIES_OF_ONE);

function entriesIn(events: Timeline['events'], kinds: ReadonlySet<string>, most: number): FeedEntry[] {
  const entries: FeedEntry[] = [];
  for (const { record, steps } of events) {
    for (const { kind, miniapp, version, percent } of steps) {
      if (miniapp === undefined || !kinds.has(kind)) continue;
      const { commit, time, actor, isUnseen } = record;
      const by = defined({ actor, isUnseen });
      const part = percent === undefined ? {} : { percent };
      entries.push({ commit, time, ...by, kind, miniapp, ...defined({ version }), ...part });
    }
    if (entries.length >= most) break;
  }
  return entries.slice(0, most);
}

/** Where the portal is published, with a slash at the end; feeds need it, as their links are read elsewhere. */
export function publishedAt({ platform }: Pick<PublicWorkspace, 'platform'>): string | undefined {
  const url = platform.portal?.url;
  return url === undefined || url.endsWith('/') ? url : `${url}/`;
}

/** Whether there are feeds: they tell a history, by addresses that hold anywhere. */
export const hasFeeds = (workspace: Pick<PublicWorkspace, 'platform'>, story: Timeline | undefined): boolean =>
  story !== undefined && publishedAt(workspace) !== undefined;
