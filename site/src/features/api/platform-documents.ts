/** The API's own list of documents, and the documents of the whole platform: versions and history. */
import { defined } from '#core/defined.ts';
import { keysOf } from '#core/keys-of.ts';
import { DEFAULT_RIGHTS, rightOf } from '#core/policy/policy.ts';
import { versionsByState } from '#core/lifecycle/lifecycle.ts';
import type { Timeline } from '#core/history/timeline.ts';
import { words } from '../../i18n/index.ts';
import type { PublicWorkspace } from '../../lib/public.ts';

/** Every document: its address below `api/v1/`, where `{id}` is that of a miniapp, and its schema. */
export const DOCUMENTS = [
  { path: 'index.json', schema: 'index' },
  { path: 'miniapps.json', schema: 'miniapps' },
  { path: 'miniapps/{id}.json', schema: 'miniapp' },
  { path: 'miniapps/{id}/resolution.json', schema: 'resolution' },
  { path: 'runtime/{id}.json', schema: 'runtime' },
  { path: 'runtime/index.json', schema: 'runtime-index' },
  { path: 'versions.json', schema: 'versions' },
  { path: 'apps.json', schema: 'apps' },
  { path: 'platform.json', schema: 'platform' },
  { path: 'people.json', schema: 'people' },
  { path: 'reviews.json', schema: 'reviews' },
  { path: 'history.json', schema: 'history' },
  { path: 'catalogue.json', schema: 'catalogue' },
] as const;

const TRANSITIONS = keysOf(DEFAULT_RIGHTS);

/** Events in the document of the history; the newest tell what is new. */
const MOST_EVENTS = 1000;

/** `feeds`: the paths of the feeds that there are, from the top of the portal; `now`: milliseconds since 1970. */
export const indexDocument = (feeds: readonly string[], commit: string | undefined, now: number) => ({
  $schema: 'schemas/index.schema.json',
  api: 'v1',
  commit: commit ?? null,
  time: new Date(now).toISOString(),
  documents: DOCUMENTS.map(({ path, schema }) => ({
    path,
    schema: `schemas/${schema}.schema.json`,
    description: { en: words.en.apiPage.documents[schema], zh: words.zh.apiPage.documents[schema] },
  })),
  feeds: feeds.map((path) => ({
    path: `../../${path}`,
    schema: path.endsWith('.json') ? 'schemas/feed.schema.json' : null,
  })),
});

/** `platform.json`: name, languages, regions and the right of each transition. */
export const platformDocument = ({ platform, policy, apps }: PublicWorkspace) => ({
  $schema: 'schemas/platform.schema.json',
  name: platform.name,
  languages: platform.languages,
  regions: Object.entries(platform.regions).map(([id, name]) => ({ id, name })),
  defaultApp: [...apps.values()].find((app) => app.default === true)?.id ?? null,
  slaHours: platform.review?.slaHours ?? null,
  accounts: platform.accounts ?? 'plain',
  policy: TRANSITIONS.map((transition) => {
    const { by, approvals = null } = rightOf(policy, transition);
    return { transition, by, approvals };
  }),
});

/** `people.json`: everybody with the miniapps that they are members of. */
export const peopleDocument = ({ people, miniapps }: PublicWorkspace) => ({
  $schema: 'schemas/people.schema.json',
  people: [...people.values()].map(
    ({ login, name, internal = false, platformRoles = [], left, formerLogins = [] }) => ({
      login,
      name,
      internal,
      platformRoles,
      left: left ?? null,
      formerLogins,
      miniapps: [...miniapps.values()].flatMap(({ id, members }) =>
        members.filter((member) => member.login === login).map(({ role }) => ({ miniapp: id, role })),
      ),
    }),
  ),
});

/** `versions.json`: the versions of all miniapps with stage and review. */
export const versionsDocument = ({ miniapps }: PublicWorkspace) => ({
  $schema: 'schemas/versions.schema.json',
  versions: [...miniapps.values()].flatMap((miniapp) =>
    versionsByState(miniapp).map(({ version: { version, uploadedBy, uploadedAt, review }, state }) => ({
      miniapp: miniapp.id,
      version,
      stage: state.stage,
      experience: state.isExperience,
      rollout: state.isRolledOut,
      review: review?.status ?? null,
      uploadedBy,
      uploadedAt,
    })),
  ),
});

/**
 * `history.json`: the newest MOST_EVENTS changes, newest first; `complete` says whether that is all. Without a history (`story`) there
 * are none.
 */
export const historyDocument = (story: Timeline | undefined) => ({
  $schema: 'schemas/history.schema.json',
  commit: story?.head.commit ?? null,
  complete: story !== undefined && !story.isCut && !story.isShallow && story.events.length <= MOST_EVENTS,
  events: (story?.events ?? []).slice(0, MOST_EVENTS).map(({ record, steps }) => ({
    commit: record.commit,
    time: new Date(record.time).toISOString(),
    actor: record.actor ?? null,
    approvedBy: record.approvedBy,
    pullRequest: record.pullRequest ?? null,
    ...(record.isUnseen ? { unseen: true } : {}),
    steps: steps.map(({ kind, miniapp = null, version = null, percent }) => ({
      kind,
      miniapp,
      version,
      ...defined({ percent }),
    })),
  })),
});
