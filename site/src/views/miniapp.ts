/** A miniapp's page, apart from its versions and its resolution table. */
import type { Language } from '#core/problems/messages.ts';
import { pathOf } from '#core/paths.ts';
import { isLive } from '#core/dates.ts';
import { avatarPath, statesOf, type State } from './list.ts';
import type { PublicMiniapp, PublicWorkspace } from './public.ts';
import { localized } from './text.ts';
import { personName } from './versions.ts';

export interface Overview {
  readonly id: string;
  readonly type: 'smart' | 'panel';
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly avatar?: string;
  readonly states: readonly State[];
  /** Given up: its page and what is known of it stay, and it is in no list. */
  readonly isArchived: boolean;
  readonly online?: { readonly version: string; readonly enabled: boolean };
  readonly experience?: string;
  readonly pending: readonly string[];
  readonly admins: readonly string[];
  readonly apps: readonly string[];
  readonly folder: string;
}

export function overview(workspace: PublicWorkspace, miniapp: PublicMiniapp, language: Language): Overview {
  const { basics, release } = miniapp;
  const { languages } = workspace.platform;
  const appName = (app: string) => localized(workspace.apps.get(app)?.name, language, languages) || app;
  return {
    id: miniapp.id,
    type: basics.type,
    name: localized(basics.name, language, languages),
    category: basics.category ?? '',
    description: localized(basics.description, language, languages),
    ...(miniapp.avatar ? { avatar: avatarPath(miniapp) } : {}),
    states: statesOf(miniapp),
    isArchived: basics.archived === true,
    ...(release.online ? { online: release.online } : {}),
    ...(release.experience ? { experience: release.experience.version } : {}),
    pending: [...miniapp.versions.values()].filter((v) => v.review?.status === 'pending').map((v) => v.version),
    admins: miniapp.members.filter(({ role }) => role === 'admin').map(({ login }) => personName(workspace, login)),
    apps: miniapp.trafficking.map(({ app }) => appName(app)),
    folder: `config/${pathOf.folder(miniapp.id)}`,
  };
}

export interface Access {
  readonly isPanel: boolean;
  readonly trafficking: readonly { readonly app: string; readonly name: string; readonly regions: readonly string[] }[];
  readonly whitelist: readonly {
    readonly app: string;
    readonly account: string;
    readonly expires?: string;
    readonly isLive: boolean;
  }[];
  readonly members: readonly {
    readonly login: string;
    readonly name: string;
    readonly role: 'admin' | 'developer' | 'operator' | 'tester';
    readonly left?: string;
  }[];
}

const ROLES = ['admin', 'developer', 'operator', 'tester'] as const;

export function access(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number, language: Language): Access {
  const { languages, regions } = workspace.platform;
  const appName = (app: string) => localized(workspace.apps.get(app)?.name, language, languages) || app;
  const regionName = (region: string) => localized(regions[region], language, languages) || region;
  return {
    isPanel: miniapp.basics.type === 'panel',
    trafficking: miniapp.trafficking.map(({ app, regions: own }) => ({
      app,
      name: appName(app),
      regions: own.map(regionName),
    })),
    whitelist: miniapp.whitelist.map((row) => ({
      app: appName(row.app),
      account: row.account,
      ...(row.expires ? { expires: row.expires } : {}),
      isLive: isLive(row.expires, now),
    })),
    members: miniapp.members
      .map(({ login, role }) => {
        const left = workspace.people.get(login)?.left;
        return { login, role, name: personName(workspace, login), ...(left ? { left } : {}) };
      })
      .sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)),
  };
}

const NETWORK_KINDS = ['request', 'upload', 'download', 'static'] as const;

export interface Network {
  readonly groups: readonly {
    readonly kind: (typeof NETWORK_KINDS)[number];
    readonly rows: readonly { readonly region: string; readonly origins: readonly string[] }[];
  }[];
  readonly cloud: readonly string[];
}

export function network(workspace: PublicWorkspace, miniapp: PublicMiniapp, language: Language): Network {
  const { languages, regions } = workspace.platform;
  const groups = NETWORK_KINDS.map((kind) => ({
    kind,
    rows: Object.entries(miniapp.domains[kind] ?? {})
      .filter(([, origins]) => origins.length > 0)
      .map(([region, origins]) => ({ region: localized(regions[region], language, languages) || region, origins })),
  }));
  return { groups: groups.filter(({ rows }) => rows.length > 0), cloud: miniapp.domains.cloud ?? [] };
}

export interface Strings {
  readonly languages: readonly {
    readonly tag: string;
    readonly count: number;
    readonly missing: number;
    /** The first of the missing keys. */
    readonly keys: readonly string[];
  }[];
}

/** As many missing keys are named. */
const NAMED_KEYS = 12;

/** How many texts a miniapp has; complete means: has every key of the fallback language, or of the first there is. */
export function strings(workspace: PublicWorkspace, miniapp: PublicMiniapp): Strings {
  const [fallback = ''] = workspace.platform.languages;
  const tags = Object.keys(miniapp.strings).sort((a, b) => Number(b === fallback) - Number(a === fallback));
  const wanted = Object.keys(miniapp.strings[tags[0] ?? ''] ?? {});
  return {
    languages: tags.map((tag) => {
      const own = miniapp.strings[tag]!;
      const missing = wanted.filter((key) => !Object.hasOwn(own, key));
      return { tag, count: Object.keys(own).length, missing: missing.length, keys: missing.slice(0, NAMED_KEYS) };
    }),
  };
}

export interface Promised {
  readonly name: string;
  readonly when: readonly string[];
  readonly entry: 'link' | 'experience';
  readonly account?: string;
  readonly expected: { readonly opens: string } | { readonly error: string; readonly code: string };
}

export function promises(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  errorTitle: (code: NonNullable<PublicMiniapp['scenarios'][number]['expect']['error']>) => string,
  language: Language,
): Promised[] {
  const { languages, regions } = workspace.platform;
  return miniapp.scenarios.map(({ name, app, region, account, entry = 'link', page, device, expect }) => ({
    name,
    when: [
      localized(workspace.apps.get(app)?.name, language, languages) || app,
      localized(regions[region], language, languages) || region,
      ...[page, device].filter((value) => value !== undefined),
    ],
    entry,
    ...(account === undefined ? {} : { account }),
    expected: expect.error ? { error: errorTitle(expect.error), code: expect.error } : { opens: expect.opens ?? '' },
  }));
}
