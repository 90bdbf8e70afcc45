/** What a miniapp's page gives its scripts: enough for `core/resolution/`, and no account. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import type { LinkTemplates } from '#core/resolution/miniapp-link.ts';
import type { Release, TraffickingRow } from '#core/model.ts';
import type {
  ResolutionApp,
  ResolutionMiniapp,
  ResolutionVersion,
  ResolutionWorkspace,
} from '#core/resolution/resolve.ts';
import type { BrokenBy, IntendedChange } from '#core/lifecycle/lifecycle.ts';
import { candidatesOf, curesOf } from '#core/resolution/fixes.ts';
import { hasLiveRow } from '#core/resolution/resolution-table.ts';
import { newestFirst } from '#core/version.ts';
import type { PublicMiniapp, PublicWorkspace } from './public.ts';
import { localized } from './text.ts';

/** What all pages of a language share. */
export interface PlatformData {
  readonly now: number;
  readonly link: LinkTemplates;
  readonly apps: readonly {
    readonly id: string;
    readonly name: string;
    readonly regions: readonly string[];
    readonly scheme: string;
    readonly default?: boolean;
    readonly runtimes?: ResolutionApp['runtimes'];
  }[];
  readonly compatibility?: ResolutionWorkspace['platform']['compatibility'];
  /** What people call each region. */
  readonly regions: Readonly<Record<string, string>>;
}

/** What is of one miniapp, in every language alike. */
export interface MiniappData {
  readonly id: string;
  readonly type: 'smart' | 'panel';
  readonly archived?: true;
  readonly release: Release;
  readonly trafficking: readonly TraffickingRow[];
  readonly versions: readonly ResolutionVersion[];
  /** The apps in which somebody is whitelisted; never who. */
  readonly whitelistedIn: readonly string[];
  /** The names of the promises that a cure would break, by what it changes; of those that break none nothing. */
  readonly breaks?: Readonly<Record<string, readonly string[]>>;
}

export interface PageData extends PlatformData {
  readonly miniapp: MiniappData;
}

/** The platform's half, which all pages share: apps, regions, templates of links. `now`: milliseconds since 1970. */
export function platformData(workspace: PublicWorkspace, now: number, language: Language): PlatformData {
  const { link, languages, compatibility, regions } = workspace.platform;
  return {
    now,
    link,
    ...defined({ compatibility }),
    regions: Object.fromEntries(
      Object.entries(regions).map(([id, label]) => [id, localized(label, language, languages) || id]),
    ),
    apps: [...workspace.apps.values()].map((app) => ({
      id: app.id,
      name: localized(app.name, language, languages),
      regions: app.regions,
      scheme: app.scheme,
      ...defined({ default: app.default || undefined, runtimes: app.runtimes }),
    })),
  };
}

/** `hasRuntimes`: whether an app says what it can run, so that a former version may open instead. */
export const miniappData = (miniapp: PublicMiniapp, now: number, hasRuntimes: boolean): MiniappData => ({
  id: miniapp.id,
  type: miniapp.basics.type,
  ...defined({ archived: miniapp.basics.archived === true ? (true as const) : undefined }),
  release: miniapp.release,
  trafficking: miniapp.trafficking,
  whitelistedIn: [...new Set(miniapp.whitelist.map(({ app }) => app))].filter((app) => hasLiveRow(miniapp, app, now)),
  versions: versionsOf(miniapp, hasRuntimes),
  ...defined({ breaks: breaksOf(miniapp) }),
});

/** What each cure of the page would break that does not depend on an account: nobody may read from it whom a promise is about. */
function breaksOf(miniapp: PublicMiniapp): MiniappData['breaks'] {
  const { scenarios, brokenBy } = miniapp;
  if (!brokenBy) return undefined;
  const deliveries = scenarios.map(
    ({ app, region }) => ({ kind: 'edit-trafficking', app, regions: [region] }) as const,
  );
  const changes: readonly IntendedChange[] = [...curesOf(miniapp), ...deliveries];
  const broken = changes.flatMap((change): [string, readonly string[]][] => {
    const names = brokenBy(change);
    return names.length > 0 ? keysOfChange(change).map((key) => [key, names]) : [];
  });
  return broken.length > 0 ? Object.fromEntries(broken) : undefined;
}

/** By what the page knows a change: one for each region, where it is of several. */
function keysOfChange(change: IntendedChange): string[] {
  if ('regions' in change) return change.regions.map((region) => `${change.kind} ${change.app} ${region}`);
  return 'version' in change ? [`${change.kind} ${change.version}`] : [];
}

/** What the answers depend on: the versions that can open, and of those that a next step may be about their status alone: one that a rollback would lead to, where it is refused. */
function versionsOf(miniapp: PublicMiniapp, hasRuntimes: boolean): ResolutionVersion[] {
  const opening = new Set(openable(miniapp, hasRuntimes));
  const [former] = miniapp.release.previous ?? [];
  const isLacking = former !== undefined && miniapp.versions.get(former)?.bytesLack !== undefined;
  const told = [...opening, ...Object.values(candidatesOf(miniapp)), ...(isLacking ? [former] : [])];
  return newestFirst(new Set(told)).map((version) => {
    const { pages, review, baseLibrary, kits, bytesLack } = miniapp.versions.get(version)!;
    const status = { version, ...defined({ review: review ? { status: review.status } : undefined, bytesLack }) };
    if (!opening.has(version)) return status;
    return {
      ...status,
      ...defined({ pages }),
      // What a version needs is asked of apps that say what they can run.
      ...defined({
        baseLibrary: hasRuntimes && baseLibrary !== undefined ? baseLibrary : undefined,
        kits: (hasRuntimes && kits) || undefined,
      }),
    };
  });
}

/** The versions that can open. */
function openable({ release, versions }: PublicMiniapp, hasRuntimes: boolean): string[] {
  const { online, experience, rollout, previous = [] } = release;
  const numbers = [online?.version, experience?.version, rollout?.version, ...(hasRuntimes ? previous : [])];
  return [...new Set(numbers)].filter((number) => number !== undefined && versions.has(number)) as string[];
}

/** The workspace that `resolve` takes, from the data of the page. */
export function pageWorkspace({ link, compatibility, apps, miniapp }: PageData): ResolutionWorkspace {
  const own: ResolutionMiniapp = {
    id: miniapp.id,
    basics: { type: miniapp.type, ...defined({ archived: miniapp.archived || undefined }) },
    release: miniapp.release,
    trafficking: miniapp.trafficking,
    whitelist: [],
    versions: new Map(miniapp.versions.map((version) => [version.version, version])),
    ...defined({ brokenBy: brokenByOf(miniapp) }),
  };
  return {
    platform: { link, ...defined({ compatibility }) },
    apps: new Map(apps.map((app) => [app.id, app as ResolutionApp])),
    miniapps: new Map([[own.id, own]]),
  };
}

function brokenByOf({ breaks }: MiniappData): BrokenBy | undefined {
  if (!breaks) return undefined;
  const has = (key: string) => (Object.hasOwn(breaks, key) ? breaks[key]! : []);
  return (change) => [...new Set(keysOfChange(change).flatMap(has))];
}

const UNFIT = /[<>&\u2028\u2029]/g;

/** JSON that may stand in a `<script>` element: nothing in it can end the element or open a comment. */
export const jsonForHtml = (value: unknown): string =>
  JSON.stringify(value).replace(UNFIT, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
