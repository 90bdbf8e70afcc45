/** The list page: one row a miniapp, with what the browser filters and sorts by. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import { isRefusedFor } from '#core/by-bytes.ts';
import { pendingVersion } from '#core/lifecycle/lifecycle.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { categoryName } from '../../lib/category.ts';
import { localized } from '../../lib/text.ts';
import { avatarFile, STATES, type ListRow, type ListState } from './row.ts';

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

/** The categories of the rows with their names, in the order of these. */
export function categoriesOf(rows: readonly ListRow[], language: Language): [category: string, name: string][] {
  const names = new Map(rows.map(({ category, categoryName: name }) => [category, name]));
  names.delete('');
  const order = new Intl.Collator(language, { numeric: true }).compare;
  return [...names].sort(([, one], [, other]) => order(one, other));
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
  const pending = pendingVersion(miniapp);
  const isPanel = basics.type === 'panel';
  const name = localized(basics.name, language, workspace.platform.languages);
  return {
    id,
    type: basics.type,
    name,
    category: basics.category ?? '',
    categoryName: categoryName(workspace, basics.category, language),
    ...defined({
      avatar: miniapp.avatar ? avatarPath(miniapp) : undefined,
      online: release.online,
      experience: release.experience?.version,
      pending,
    }),
    states: statesOf(miniapp),
    apps: isPanel ? [...workspace.apps.keys()] : miniapp.trafficking.map(({ app }) => app),
    otherNames: Object.values(basics.name)
      .filter((other) => other !== name)
      .join(' '),
  };
}

/** All states that a miniapp is in, in the order of STATES: a miniapp online may have a version under review as well. */
export function statesOf(miniapp: PublicMiniapp): ListState[] {
  const { online, experience, rollout, previous = [] } = miniapp.release;
  const released = new Set([online?.version, rollout?.version, ...previous]);
  const unreleased = [...miniapp.versions.values()].filter(({ version }) => !released.has(version));
  const hasStatus = (status: string) => unreleased.some(({ review }) => review?.status === status);
  const has: Record<ListState, boolean> = {
    online: online?.enabled === true,
    disabled: online?.enabled === false,
    offline: online === undefined,
    experience: experience !== undefined,
    pending: hasStatus('pending'),
    // To be published: not what was given up, nor what is refused without its bytes.
    approved:
      miniapp.basics.archived !== true &&
      unreleased.some(({ review, bytesLack }) => review?.status === 'approved' && !isRefusedFor(bytesLack, 'publish')),
    rollout: rollout !== undefined,
    rejected: hasStatus('rejected'),
  };
  return STATES.filter((state) => has[state]);
}

/** The published path of an avatar: a name of its own, so that no file of the configuration can take a page's place. */
export const avatarPath = (miniapp: Pick<PublicMiniapp, 'id' | 'basics'>): string =>
  avatarFile(miniapp.id, avatarEnding(miniapp));

/** `svg`, as the file of the configuration has it. */
export const avatarEnding = ({ basics }: Pick<PublicMiniapp, 'basics'>): string => basics.avatar.split('.').at(-1)!;
