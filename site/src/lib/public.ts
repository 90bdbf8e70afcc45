/**
 * What may be published of a configuration: accounts masked, notes left out, and no account in any text. Everything that
 * is built is made from this, so that no page and no API file can forget it.
 */
import { defined } from '#core/defined.ts';
import { maskAccount } from '#core/identity/account.ts';
import type { Miniapp, WhitelistRow, Workspace } from '#core/model.ts';
import type { Timeline } from '#core/history/timeline.ts';
import type { Redactor } from '#core/redaction/index.ts';
import { redactorOf, redactWorkspace } from '#core/redaction/workspace.ts';

/** A whitelist row whose account is masked; enough for the resolution table, which asks no account. */
export type PublicRow = Omit<WhitelistRow, 'note'>;
export type PublicMiniapp = Omit<Miniapp, 'whitelist'> & { readonly whitelist: readonly PublicRow[] };
export type PublicWorkspace = Omit<Workspace, 'miniapps' | 'broken'> & {
  readonly miniapps: ReadonlyMap<string, PublicMiniapp>;
};

/** The workspace as pages may show it: accounts masked, notes left out, every text through `redact`. What comes in is not changed. */
export function publish(workspace: Workspace, redact = redactorOf(workspace)): PublicWorkspace {
  const { platform, policy, apps, people, files, miniapps } = redactWorkspace(workspace, redact);
  const published = [...miniapps].map(([id, miniapp]) => [id, publicMiniapp(miniapp)] as const);
  return { platform, policy, apps, people, files, miniapps: new Map(published) };
}

const publicMiniapp = (miniapp: Miniapp): PublicMiniapp => ({
  ...miniapp,
  whitelist: miniapp.whitelist.map(({ note: _note, ...row }) => ({ ...row, account: maskAccount(row.account) })),
  scenarios: miniapp.scenarios.map(({ account, ...scenario }) => ({
    ...scenario,
    ...defined({ account: account === undefined ? undefined : maskAccount(account) }),
  })),
});

/** The history with the accounts in its reasons masked. */
export const publicStory = (story: Timeline, redact: Redactor): Timeline => ({
  ...story,
  events: story.events.map((event) => {
    const { reason } = event.record;
    return reason === undefined ? event : { ...event, record: { ...event.record, reason: redact.text(reason) } };
  }),
});
