/**
 * Automatic approval of what internal people submit, after some minutes in which anybody can stop it. All conditions are checked again at
 * every run, so nothing is remembered, and a late run decides the same.
 */
import { automaticApproval } from '../../core/policy/auto-approval.ts';
import type { Miniapp, Version, Workspace } from '../../core/model.ts';
import { HOLD, isHeld } from '../types.ts';
import type { PullRequestSummary } from '../../github/types.ts';

/** Milliseconds that an approval pull request stays open at least, so that people can see it. */
const LEAST_OPEN = 60_000;

export interface AutomaticCase {
  readonly base: Pick<Workspace, 'people' | 'platform' | 'policy'>;
  readonly miniapp: Miniapp;
  /** The version on the default branch, under review. */
  readonly version: Version;
  /** Milliseconds since 1970. */
  readonly submittedAt: number | undefined;
  readonly now: number;
  /** Its approval pull request. */
  readonly pull: Pick<PullRequestSummary, 'number' | 'state' | 'isDraft' | 'labels' | 'createdAt'>;
  /** Whether merging it would change exactly what the bot wrote, to the byte. */
  readonly isOwnContent: boolean;
  /** Who but the bot wrote commits of its branch. */
  readonly pushers: readonly string[];
  /** People who are not internal and wrote commits of the version's file. */
  readonly outsiders: readonly string[];
  /** People who request changes. */
  readonly changesRequestedBy: readonly string[];
}

export type AutomaticAnswer =
  | { readonly state: 'approve' }
  /** Milliseconds since 1970. */
  | { readonly state: 'wait'; readonly until: number }
  /** Refused for a reason that is not in the files. */
  | { readonly state: 'stopped'; readonly why: string }
  /** The platform may not approve it. */
  | { readonly state: 'not-automatic'; readonly why: string };

/**
 * Whether the policy approves the version now, at a time to come (`until`, milliseconds since 1970), or not at all, with the reason as
 * a sentence.
 */
export function automaticAnswer(asked: AutomaticCase): AutomaticAnswer {
  const { base, miniapp, version, submittedAt, now, pull } = asked;
  const approval = automaticApproval(base, miniapp, version, submittedAt, now);
  if (version.review?.status !== 'pending') return { state: 'not-automatic', why: 'the version is not under review' };
  if (approval.state === 'refused') return { state: 'not-automatic', why: approval.why };
  const why = stopOf(asked);
  if (why !== undefined) return { state: 'stopped', why };
  const until = Math.max(approval.state === 'waits' ? approval.until : 0, pull.createdAt + LEAST_OPEN);
  return now < until ? { state: 'wait', until } : { state: 'approve' };
}

/** What stops it, as text. */
function stopOf({ pull, isOwnContent, pushers, outsiders, changesRequestedBy }: AutomaticCase): string | undefined {
  if (pull.state !== 'open') return `pull request #${pull.number} was closed`;
  if (pull.isDraft) return 'the pull request is a draft';
  if (isHeld(pull)) return `it has the label ${HOLD}`;
  if (changesRequestedBy.length > 0) return `${changesRequestedBy.join(', ')} requested changes`;
  if (outsiders.length > 0) return `${outsiders.join(', ')}, who wrote some of its commits, is not internal`;
  if (pushers.length > 0) return `${pushers.join(', ')} pushed to its branch`;
  return isOwnContent ? undefined : 'its branch holds something else than the bot wrote';
}
