/** What is kept of a miniapp besides its problems, so that commands which say something of every miniapp need not read all of them again. */
import { defined } from '../../core/defined.ts';
import type { Member, Miniapp, MiniappBasics, Release } from '../../core/model.ts';
import { pendingVersion } from '../../core/lifecycle/lifecycle.ts';

export interface MiniappSummary {
  readonly type: MiniappBasics['type'];
  readonly name: MiniappBasics['name'];
  readonly category?: string;
  readonly archived?: true;
  readonly online?: Release['online'];
  /** The version that whitelisted accounts get. */
  readonly experience?: string;
  /** The version under review. */
  readonly pending?: string;
  /** The apps that it is delivered to, each once. */
  readonly apps?: readonly string[];
  readonly members?: readonly Pick<Member, 'login' | 'role'>[];
  /** Kits that its versions ask for, each once. */
  readonly kits?: readonly string[];
}

/** The summary of a miniapp; what is empty is left out, as one of ten thousand is best short. */
export function summaryOf(miniapp: Miniapp): MiniappSummary {
  const { basics, release, versions, trafficking, members } = miniapp;
  const pending = pendingVersion(miniapp);
  const apps = [...new Set(trafficking.map(({ app }) => app))];
  const kits = [...new Set([...versions.values()].flatMap(({ kits: asked = {} }) => Object.keys(asked)))];
  return {
    type: basics.type,
    name: basics.name,
    ...defined({
      category: basics.category,
      archived: basics.archived === true ? (true as const) : undefined,
      online: release.online,
      experience: release.experience?.version,
      pending,
      apps: apps.length > 0 ? apps : undefined,
      members: members.length > 0 ? members.map(({ login, role }) => ({ login, role })) : undefined,
      kits: kits.length > 0 ? kits : undefined,
    }),
  };
}
