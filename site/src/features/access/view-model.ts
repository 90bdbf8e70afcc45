/** Delivery, whitelist and members of a miniapp. */
import type { Language } from '#core/problems/messages.ts';
import { isLive } from '#core/dates.ts';
import { defined } from '#core/defined.ts';
import { isReachable } from '#core/resolution/resolve.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import { personOf, type Person } from '../../lib/person-name.ts';

export interface Access {
  readonly isPanel: boolean;
  /** Whether there is a version that a whitelist row could give. */
  readonly hasExperience: boolean;
  readonly trafficking: readonly { readonly app: string; readonly name: string; readonly regions: readonly string[] }[];
  readonly whitelist: readonly {
    readonly app: string;
    readonly account: string;
    readonly expires?: string;
    readonly isLive: boolean;
    /** Whether it gives the experience version to anybody: the app must be the default one, or delivered to somewhere. */
    readonly isReachable: boolean;
  }[];
  readonly members: readonly {
    readonly person: Person;
    readonly role: 'admin' | 'developer' | 'operator' | 'tester';
    readonly left?: string;
  }[];
}

const ROLES = ['admin', 'developer', 'operator', 'tester'] as const;

/** Names in one language, rows in the order of the files. `now`: milliseconds since 1970, by which whitelist rows end. */
export function access(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number, language: Language): Access {
  const { languages, regions } = workspace.platform;
  const appName = (app: string) => localized(workspace.apps.get(app)?.name, language, languages) || app;
  const regionName = (region: string) => localized(regions[region], language, languages) || region;
  return {
    isPanel: miniapp.basics.type === 'panel',
    hasExperience: miniapp.release.experience !== undefined,
    trafficking: miniapp.trafficking.map(({ app, regions: own }) => ({
      app,
      name: appName(app),
      regions: own.map(regionName),
    })),
    whitelist: miniapp.whitelist
      .map((row) => ({
        app: appName(row.app),
        account: row.account,
        ...defined({ expires: row.expires || undefined }),
        isLive: isLive(row.expires, now),
        isReachable: isReachable(workspace, miniapp, row.app),
      }))
      // What gives nobody anything stands last.
      .sort((a, b) => Number(b.isLive && b.isReachable) - Number(a.isLive && a.isReachable)),
    members: miniapp.members
      .map(({ login, role }) => {
        const left = workspace.people.get(login)?.left;
        return { person: personOf(workspace, login), role, ...defined({ left: left || undefined }) };
      })
      .sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)),
  };
}
