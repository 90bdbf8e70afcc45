/** The list page: one row a miniapp, with what the browser filters and sorts by. */
import type { Language } from '#core/problems/messages.ts';
import { pendingVersion } from '#core/transitions/lifecycle.ts';
import type { Miniapp } from '#core/model.ts';
import { words } from '../../i18n/index.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

/** What a miniapp can be filtered by, in the order in which people ask for it. */
export const STATES = [
  'online',
  'disabled',
  'offline',
  'experience',
  'pending',
  'approved',
  'rollout',
  'rejected',
] as const;
export type State = (typeof STATES)[number];

export interface ListRow {
  readonly id: string;
  readonly type: 'smart' | 'panel';
  readonly name: string;
  readonly category: string;
  readonly avatar?: string;
  readonly online?: { readonly version: string; readonly enabled: boolean };
  readonly experience?: string;
  readonly pending?: string;
  readonly states: readonly State[];
  /** The apps that it is delivered to; a panel, to every one. */
  readonly apps: readonly string[];
  /** What the search looks in, in lower case: the names in every language, the id, the category. */
  readonly search: string;
}

/** The columns of the list, in their order; the browser sorts by their numbers. */
export function columnsOf(language: Language): string[] {
  const { list } = words[language];
  return [list.name, list.type, list.category, list.online, list.experience, list.pending, list.delivered];
}

/** Where the list of a language is, for scripts. */
export const listIndexPath = (language: Language): string => `miniapps/index.${language}.json`;

const known = new WeakMap<PublicWorkspace, Map<Language, ListRow[]>>();

/** The rows of all pages of the list, worked out once a language. */
export function listRows(workspace: PublicWorkspace, language: Language): ListRow[] {
  let own = known.get(workspace);
  if (!own) known.set(workspace, (own = new Map()));
  let rows = own.get(language);
  if (!rows) own.set(language, (rows = makeRows(workspace, language)));
  return rows;
}

/** What was given up is not listed; its own page stays. */
function makeRows(workspace: PublicWorkspace, language: Language): ListRow[] {
  const listed = [...workspace.miniapps.values()].filter(({ basics }) => basics.archived !== true);
  const rows = listed.map((miniapp) => listRow(workspace, miniapp, language));
  const order = new Intl.Collator(language, { numeric: true }).compare;
  return rows.sort((a, b) => order(a.name, b.name) || order(a.id, b.id));
}

function listRow(workspace: PublicWorkspace, miniapp: PublicMiniapp, language: Language): ListRow {
  const { id, basics, release } = miniapp;
  const pending = pendingVersion(miniapp as Miniapp);
  const isPanel = basics.type === 'panel';
  const category = basics.category ?? '';
  return {
    id,
    type: basics.type,
    name: localized(basics.name, language, workspace.platform.languages),
    category,
    ...(miniapp.avatar ? { avatar: avatarPath(miniapp) } : {}),
    ...(release.online ? { online: release.online } : {}),
    ...(release.experience ? { experience: release.experience.version } : {}),
    ...(pending === undefined ? {} : { pending }),
    states: statesOf(miniapp),
    apps: isPanel ? [...workspace.apps.keys()] : miniapp.trafficking.map(({ app }) => app),
    search: [...Object.values(basics.name), id, category].join(' ').toLowerCase(),
  };
}

export function statesOf(miniapp: PublicMiniapp): State[] {
  const { online, experience, rollout, previous = [] } = miniapp.release;
  const released = new Set([online?.version, rollout?.version, ...previous]);
  const hasStatus = (status: string) =>
    [...miniapp.versions.values()].some(({ version, review }) => review?.status === status && !released.has(version));
  const has: Record<State, boolean> = {
    online: online?.enabled === true,
    disabled: online?.enabled === false,
    offline: online === undefined,
    experience: experience !== undefined,
    pending: hasStatus('pending'),
    approved: hasStatus('approved'),
    rollout: rollout !== undefined,
    rejected: hasStatus('rejected'),
  };
  return STATES.filter((state) => has[state]);
}

/** The published path of an avatar: a name of its own, so that no file of the configuration can take a page's place. */
export const avatarPath = (miniapp: Pick<PublicMiniapp, 'id' | 'basics'>): string =>
  `miniapps/${miniapp.id}/avatar.${miniapp.basics.avatar.split('.').at(-1)!}`;
