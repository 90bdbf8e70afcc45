/** What resolution reads of a configuration, as one JSON value: for a host's own servers. It holds accounts as they are kept. */
import { defined } from '../defined.ts';
import type { Scenario, Workspace } from '../model.ts';
import type { ResolutionApp, ResolutionMiniapp, ResolutionWorkspace } from '../resolution/resolution.ts';
import type { PromisedWorkspace } from '../resolution/broken-promises.ts';

export interface Exported {
  readonly format: 1;
  readonly platform: ResolutionWorkspace['platform'] & Accounts;
  readonly apps: readonly ResolutionApp[];
  readonly miniapps: readonly (Omit<ResolutionMiniapp, 'versions' | 'basics' | 'brokenBy'> & {
    readonly type: ResolutionMiniapp['basics']['type'];
    readonly archived?: true;
    readonly versions: readonly (ResolutionMiniapp['versions'] extends ReadonlyMap<string, infer V> ? V : never)[];
    /** What was promised; absent: nothing. */
    readonly scenarios?: readonly Scenario[];
  })[];
}

type Accounts = Pick<Workspace['platform'], 'accounts' | 'accountsKey'>;

/** The export of a whole configuration, for `npx miniapp export`; members in the order of the files. */
export const exportOf = ({
  platform,
  apps,
  miniapps,
}: PromisedWorkspace & { readonly platform: Accounts }): Exported => ({
  format: 1,
  platform: {
    link: platform.link,
    ...defined({
      regions:
        platform.regions === undefined
          ? undefined
          : Object.fromEntries(Object.keys(platform.regions).map((region) => [region, true])),
      compatibility: platform.compatibility,
      accounts: platform.accounts,
      accountsKey: platform.accountsKey,
    }),
  },
  apps: [...apps.values()].map(({ id, regions, scheme, default: isDefault, runtimes }) => ({
    id,
    regions,
    scheme,
    ...defined({ default: isDefault, runtimes }),
  })),
  miniapps: [...miniapps.values()].map(({ id, basics, release, trafficking, whitelist, versions, scenarios }) => ({
    id,
    type: basics.type,
    ...defined({ archived: basics.archived === true ? (true as const) : undefined }),
    release,
    trafficking,
    whitelist: whitelist.map(({ app, account, expires }) => ({
      app,
      account,
      ...defined({ expires }),
    })),
    versions: [...versions.values()].map(({ version, baseLibrary, kits, pages, review, bytesLack }) => ({
      version,
      ...defined({ baseLibrary, kits, pages, bytesLack }),
      ...defined({ review: review === undefined ? undefined : { status: review.status } }),
    })),
    ...defined({ scenarios: scenarios?.length ? scenarios : undefined }),
  })),
});

/** Exported data as the workspace that the resolution takes. */
export const workspaceOf = ({ platform, apps, miniapps }: Exported): PromisedWorkspace => ({
  platform,
  apps: new Map(apps.map((app) => [app.id, app])),
  miniapps: new Map(
    miniapps.map(({ type, archived, versions, ...miniapp }) => [
      miniapp.id,
      {
        ...miniapp,
        basics: { type, ...defined({ archived: archived || undefined }) },
        versions: new Map(versions.map((version) => [version.version, version])),
      },
    ]),
  ),
});
