/**
 * What may be published of a configuration: accounts masked, notes left out, and no account in any text. Everything that
 * is built is made from this, so that no page and no API file can forget it.
 */
import { defined } from '#core/defined.ts';
import { withSeconds } from '#core/dates.ts';
import { maskAccount } from '#core/identity/account.ts';
import type { BytesLack } from '#core/by-bytes.ts';
import type { Miniapp, WhitelistRow, Workspace } from '#core/model.ts';
import type { Resolution } from '#core/resolution/resolution.ts';
import { answerTo, meets } from '#core/resolution/scenarios.ts';
import { brokenPromises } from '#core/resolution/broken-promises.ts';
import type { Timeline } from '#core/history/timeline.ts';
import type { BrokenBy, StagedVersion } from '#core/lifecycle/lifecycle.ts';
import type { Redactor } from '#core/redaction/index.ts';
import { redactorOf, redactWorkspace } from '#core/redaction/workspace.ts';

/** A whitelist row whose account is masked; enough for the resolution table, which asks no account. */
export type PublicRow = Omit<WhitelistRow, 'note'>;
export type PublicMiniapp = Omit<Miniapp, 'whitelist' | 'versions'> & {
  readonly whitelist: readonly PublicRow[];
  /** With what their next steps are refused for, where the platform judges by bytes. */
  readonly versions: ReadonlyMap<string, StagedVersion>;
  /** Which promises a change would break, by their names; nothing where no moment was given to judge them by. */
  readonly brokenBy?: BrokenBy;
  /**
   * What is answered now in place of what the promise at this place of the list expects, which waits as long as that is so; nothing of one
   * that holds.
   */
  readonly answeredInstead?: (at: number) => Resolution | undefined;
};
export type PublicWorkspace = Omit<Workspace, 'miniapps' | 'broken'> & {
  readonly miniapps: ReadonlyMap<string, PublicMiniapp>;
};

/** What the next steps of a version are refused for, as far as its bytes were looked for. */
export type BytesLackOf = (miniapp: string, version: string) => BytesLack | undefined;

/**
 * The workspace as pages may show it: accounts masked, notes left out, every text through `redact`, and of versions what their steps are
 * refused for: for want of bytes, and, at `now` in milliseconds since 1970, for what was promised. What comes in is not changed.
 */
export function publish(
  workspace: Workspace,
  redact = redactorOf(workspace),
  lackOf: BytesLackOf = () => undefined,
  now?: number,
): PublicWorkspace {
  const { platform, policy, apps, people, files, miniapps } = redactWorkspace(workspace, redact);
  const published = [...miniapps].map(([id, miniapp]) => {
    const raw = workspace.miniapps.get(id)!;
    const isAsked = now !== undefined && raw.scenarios.length > 0;
    // Whom a promise is about is masked in what is published, and the answer depends on it.
    const brokenBy: BrokenBy = (change) =>
      brokenPromises(workspace, raw, change, now!).map(
        (broken) => miniapp.scenarios[raw.scenarios.indexOf(broken)]!.name,
      );
    const answeredInstead = (at: number) => {
      const answer = answerTo(workspace, id, raw.scenarios[at]!, now!);
      return meets(raw.scenarios[at]!, answer) ? undefined : answer;
    };
    return [id, { ...publicMiniapp(miniapp, lackOf), ...(isAsked ? { brokenBy, answeredInstead } : {}) }] as const;
  });
  return { platform, policy, apps, people, files, miniapps: new Map(published) };
}

const publicMiniapp = (miniapp: Miniapp, lackOf: BytesLackOf): PublicMiniapp => ({
  ...miniapp,
  versions: new Map(
    [...miniapp.versions].map(([number, version]) => {
      const bytesLack = lackOf(miniapp.id, number);
      const uploadedAt = withSeconds(version.uploadedAt);
      const isAsItStands = bytesLack === undefined && uploadedAt === version.uploadedAt;
      return [number, isAsItStands ? version : { ...version, uploadedAt, ...defined({ bytesLack }) }];
    }),
  ),
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
