/** The head of a miniapp's page: who it is and how it stands. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import { pathOf } from '#core/paths.ts';
import { categoryName } from '../../lib/category.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized, type Localized } from '../../lib/text.ts';
import { recordView, newestStep, type ChangeRecordView, type Past } from '../history/view-model.ts';
import type { ListState } from '../list/row.ts';
import { avatarPath, statesOf } from '../list/view-model.ts';
import { personOf, type Person } from '../../lib/person-name.ts';

/** The tone of the badge of each state. */
export const TONES = {
  online: 'online',
  disabled: 'disabled',
  offline: 'off',
  experience: 'experience',
  pending: 'pending',
  approved: 'approved',
  rollout: 'rollout',
  rejected: 'rejected',
} as const satisfies Readonly<Record<ListState, string>>;

export interface Overview {
  readonly id: string;
  readonly type: 'smart' | 'panel';
  readonly name: string;
  /** The name and the description in the platform's other languages, where they are others. */
  readonly otherLanguages: readonly {
    readonly language: string;
    readonly name: string;
    readonly description: string;
  }[];
  readonly category: string;
  readonly description: string;
  readonly avatar?: string;
  readonly states: readonly ListState[];
  /** Given up: its page and what is known of it stay, and it is in no list. */
  readonly isArchived: boolean;
  readonly online?: { readonly version: string; readonly enabled: boolean };
  /** The newest step that took it out of service, while it is. */
  readonly stopped?: ChangeRecordView;
  readonly experience?: string;
  readonly pending: readonly string[];
  readonly admins: readonly (Person & { readonly hasLeft: boolean })[];
  /** Where it is delivered; of an app that is not there the id alone is known. */
  readonly apps: readonly { readonly id: string; readonly name: string; readonly isThere: boolean }[];
  readonly folder: string;
}

/** Its texts in one language and the others, its states, what is online and, from `past`, why a version is out of service. */
export function overview(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  language: Language,
  past?: Past,
): Overview {
  const { basics, release } = miniapp;
  const { languages } = workspace.platform;
  const isStopped = release.online?.enabled === false;
  const stop = isStopped ? newestStep(past, ['disable'], release.online!.version) : undefined;
  const appName = (app: string) => localized(workspace.apps.get(app)?.name, language, languages) || app;
  return {
    id: miniapp.id,
    type: basics.type,
    name: localized(basics.name, language, languages),
    otherLanguages: otherLanguages(basics.name, basics.description, language, languages),
    category: categoryName(workspace, basics.category, language),
    description: localized(basics.description, language, languages),
    ...defined({ avatar: miniapp.avatar ? avatarPath(miniapp) : undefined }),
    states: statesOf(miniapp),
    isArchived: basics.archived === true,
    ...defined({
      online: release.online,
      stopped: stop ? recordView(workspace, language, stop.record) : undefined,
      experience: release.experience?.version,
    }),
    pending: [...miniapp.versions.values()].filter((v) => v.review?.status === 'pending').map((v) => v.version),
    admins: miniapp.members
      .filter(({ role }) => role === 'admin')
      .map(({ login }) => ({
        ...personOf(workspace, login),
        hasLeft: workspace.people.get(login)?.left !== undefined,
      })),
    apps: miniapp.trafficking.map(({ app }) => ({ id: app, name: appName(app), isThere: workspace.apps.has(app) })),
    folder: `config/${pathOf.folder(miniapp.id)}`,
  };
}

/** In the platform's order, and then what else is there. */
function otherLanguages(
  name: Localized,
  description: Localized | undefined,
  language: Language,
  languages: readonly string[],
): Overview['otherLanguages'] {
  const tags = (text: Localized | undefined) =>
    text === undefined || typeof text === 'string' ? [] : Object.keys(text);
  const there = new Set([...tags(name), ...tags(description)]);
  const own = { name: localized(name, language, languages), description: localized(description, language, languages) };
  const inTag = (text: Localized | undefined, tag: string) =>
    text !== undefined && typeof text !== 'string' && Object.hasOwn(text, tag) ? text[tag]! : '';
  return [...new Set([...languages, ...there])].flatMap((tag) => {
    const found = { language: tag, name: inTag(name, tag), description: inTag(description, tag) };
    const isOther = [
      found.name !== '' && found.name !== own.name,
      found.description !== '' && found.description !== own.description,
    ];
    return isOther.some(Boolean) ? [found] : [];
  });
}
