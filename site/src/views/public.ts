/**
 * What may be published of a configuration: accounts masked, notes left out, and no account in any text. Everything that
 * is built is made from this, so that no page and no API file can forget it.
 */
import { canonicalAccount, maskAccount } from '#core/account.ts';
import type { Miniapp, Scenario, Version, WhitelistRow, Workspace } from '#core/model.ts';

/** A whitelist row whose account is masked; enough for the resolution table, which asks no account. */
export type PublicRow = Omit<WhitelistRow, 'note'>;
export type PublicMiniapp = Omit<Miniapp, 'whitelist'> & { readonly whitelist: readonly PublicRow[] };
export type PublicWorkspace = Omit<Workspace, 'miniapps' | 'broken'> & {
  readonly miniapps: ReadonlyMap<string, PublicMiniapp>;
};

export function publish(workspace: Workspace): PublicWorkspace {
  const redact = redactor(accountsOf(workspace));
  const { platform, policy, apps, people, files } = workspace;
  const miniapps = new Map<string, PublicMiniapp>();
  for (const [id, miniapp] of workspace.miniapps) miniapps.set(id, publicMiniapp(miniapp, redact));
  return { platform, policy, apps, people, files, miniapps };
}

type Redact = (text: string) => string;

function accountsOf(workspace: Workspace): Set<string> {
  const accounts = new Set<string>();
  for (const miniapp of workspace.miniapps.values()) {
    for (const { account } of miniapp.whitelist) accounts.add(account);
    for (const { account } of miniapp.scenarios) if (account !== undefined) accounts.add(account);
  }
  return accounts;
}

/** An e-mail, a phone number with its separators, or a word: what an account can look like in a text. */
const CANDIDATE =
  /[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|(?:\+|00)[\d\s().-]*\d|[A-Za-z0-9][\w-]*/g;

/** Puts the mask in the place of every known account in a text. */
function redactor(accounts: ReadonlySet<string>): Redact {
  if (accounts.size === 0) return (text) => text;
  return (text) =>
    text.replace(CANDIDATE, (candidate) => {
      // Most candidates are words, which are compared as they stand.
      const account = /[@+]|^00/.test(candidate) ? canonicalAccount(candidate) : candidate;
      return accounts.has(account) ? maskAccount(account) : candidate;
    });
}

function publicMiniapp(miniapp: Miniapp, redact: Redact): PublicMiniapp {
  const { basics } = miniapp;
  const texts = (map: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(map).map(([key, text]) => [key, redact(text)]));
  const description = basics.description ? { description: texts(basics.description) } : {};
  return {
    ...miniapp,
    basics: { ...basics, name: texts(basics.name), ...description },
    versions: new Map([...miniapp.versions].map(([number, version]) => [number, publicVersion(version, redact)])),
    whitelist: miniapp.whitelist.map(({ note: _note, ...row }) => ({ ...row, account: maskAccount(row.account) })),
    scenarios: miniapp.scenarios.map((scenario) => publicScenario(scenario, redact)),
    strings: Object.fromEntries(Object.entries(miniapp.strings).map(([language, map]) => [language, texts(map)])),
  };
}

function publicVersion(version: Version, redact: Redact): Version {
  const { review } = version;
  const reason = review?.reason === undefined ? {} : { reason: redact(review.reason) };
  return {
    ...version,
    description: redact(version.description),
    ...(review ? { review: { ...review, ...reason } } : {}),
  };
}

const publicScenario = (scenario: Scenario, redact: Redact): Scenario => ({
  ...scenario,
  name: redact(scenario.name),
  ...(scenario.account === undefined ? {} : { account: maskAccount(scenario.account) }),
});
