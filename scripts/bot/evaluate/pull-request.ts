/** Evaluates a pull request against the tip: its actor, the reviews that count, and the decision. */
import { createHash } from 'node:crypto';
import { inRepository } from '../../core/paths.ts';
import { invalidReason, type ReviewedContent, type CurrentContent } from '../../core/policy/approval-validity.ts';
import { accountsNamed, namesAnAccount } from '../../core/history/commit-authors.ts';
import { ineligibleApprovers, reviewedVersions } from '../../core/policy/authorship.ts';
import type { Review } from '../../core/transitions/decide.ts';
import { EnvironmentError } from '../../core/errors.ts';
import type { Workspace } from '../../core/model.ts';
import type { Redactor } from '../../core/redaction/index.ts';
import { identityOf, type Identity } from '../../core/policy/identity.ts';
import { approvalDigest, touchedBy, type OmittedReviewPart } from '../../core/policy/approval-digest.ts';
import { writtenIn, type Contributions } from '../../git/contributors.ts';
import { haveCommonHistory, isAncestor, missingCommits, type FirstParent } from '../../git/fetch.ts';
import { cached } from '../../git/cache.ts';
import { gitAnswer } from '../../git/run.ts';
import type { Scratch } from '../../git/scratch.ts';
import { compareCommits, judgeCommits, type CommitPair, type CommitComparison } from '../../judge/commits.ts';
import type { Loaded } from '../../read/load.ts';
import { isTransitionRequested, type ResolvedActor } from './actor.ts';
import { reviewBranch } from '../branch-names.ts';
import { publicJudged } from '../../judge/public-judgement.ts';
import { personOf } from '../../github/accounts.ts';
import { isByBot, type EvaluatedPullRequest, type WeighedReview } from '../types.ts';
import type { Account, PullRequestDetails, SubmittedReview } from '../../github/types.ts';
import { isTakenOver, reasonOf } from '../approvals/rejection.ts';
import { withoutArguments } from '../manual-transition/command-line.ts';

/** What evaluation against a tip needs. All commits must have been fetched. */
export interface EvaluationContext {
  /** The configuration's folder on this machine, what people call it, and its path from the top of the repository. */
  readonly path: string;
  readonly folder: string;
  readonly prefix: string;
  readonly branch: string;
  readonly tip: string;
  /** The configuration at the tip, and what masks its accounts. */
  readonly base: Workspace;
  readonly redact: Redactor;
  readonly bot: Account;
  readonly temporary: Scratch;
  /** The first parents of the tip, newest first. */
  readonly past: readonly FirstParent[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Evaluates a pull request. Takes what `context` and `pull` hold of it and the resolved actor; gives the decision with its problems, the reviews
 * with whether they count, or the reason of a refusal; no text names an account. Never throws for the content of a pull request: a
 * failure of Git or of this machine gives a refusal with `isOutside`.
 */
export const evaluatePullRequest = (
  context: EvaluationContext,
  pull: PullRequestDetails,
  acting: ResolvedActor,
): EvaluatedPullRequest => withoutAccounts(evaluate(context, pull, acting), context.redact);

function withoutAccounts(evaluated: EvaluatedPullRequest, known: Redactor): EvaluatedPullRequest {
  const { evaluation, refusal } = evaluated;
  return {
    ...evaluated,
    ...(refusal === undefined ? {} : { refusal: known.text(refusal) }),
    ...(evaluation ? { evaluation: publicJudged(evaluation, known) } : {}),
  };
}

function evaluate(context: EvaluationContext, pull: PullRequestDetails, acting: ResolvedActor): EvaluatedPullRequest {
  const { path, branch, tip, bot } = context;
  const { actor, actsForNobody, asked } = acting;
  const shared = {
    pull,
    actor,
    ...(actor === bot.login ? { isForBot: true as const } : {}),
    changesRequestedBy: requestersOf(pull, context),
  };
  const none = { ...shared, reviews: [], isUpToDate: false };
  const { sha } = pull.head;
  if (pull.base !== branch)
    return {
      ...none,
      refusal: `it asks to be merged into another branch than ${branch}: choose ${branch} as its base`,
    };
  if (actsForNobody !== undefined) return { ...none, refusal: `it acts for nobody: ${actsForNobody}` };
  if (missingCommits(path, [sha]).length > 0)
    return { ...none, refusal: 'its commits could not be fetched', isOutside: true };
  if (!haveCommonHistory(path, tip, sha))
    return { ...none, refusal: `its branch has no history in common with ${branch}: begin it from ${branch}` };
  try {
    const { folder, prefix, temporary, now, base } = context;
    const compared: CommitPair = { path, prefix, base: tip, head: sha, temporary };
    const comparison = compareCommits(compared);
    const written = writtenIn(path, { base: tip, head: sha }, temporary);
    const { commitAuthors, isUnattributed } = attributeCommits(context, pull, written);
    const ineligible = ineligibleApprovers(base.people, { actor, commitAuthors });
    const reviews = weighReviews(context, pull, comparison, { ineligible, isUnattributed });
    const counted = reviews.flatMap(countedOf);
    const names = { folder, baseName: branch };
    const evaluation = judgeCommits(
      { ...compared, ...names, actor, commitAuthors, written, reviews: counted, now },
      comparison,
    );
    const isOther = asked !== undefined && !isTransitionRequested(asked, evaluation.decision.transitions);
    if (isOther) {
      const nobody = `the run that made its branch was to do something else: "${withoutArguments(asked)}"`;
      return evaluate(context, pull, { actor: bot.login, actsForNobody: nobody });
    }
    const { transitions } = evaluation.decision;
    const versions = reviewedVersions(transitions, { base, merged: evaluation.workspace });
    const all = excludeAuthors(reviews, context, ineligibleApprovers(base.people, { versions }));
    return { ...shared, evaluation, reviews: all, isUpToDate: isAncestor(path, tip, sha) };
  } catch (error) {
    if (error instanceof EnvironmentError) return { ...none, refusal: error.message, isOutside: true };
    throw error;
  }
}

/**
 * The authors of the commits, by the addresses in the clone and by GitHub's accounts for other addresses. GitHub lists 250 commits; the
 * author of a further commit is unknown if its address names no account.
 */
function attributeCommits({ base }: EvaluationContext, { commits = [] }: PullRequestDetails, written: Contributions) {
  const listed = new Map(commits.map(({ sha, accounts }) => [sha, accounts]));
  const isListed = ({ id }: { id: string }) => listed.has(id);
  return {
    commitAuthors: [
      ...accountsNamed(base.people, written.commits),
      ...written.commits.flatMap(({ id }) => listed.get(id) ?? []),
    ],
    isUnattributed: written.commits.some((one) => !isListed(one) && !one.addresses.every(namesAnAccount)),
  };
}

/** Marks approvals by people who uploaded or submitted the version. The decision ignores them too; here the reason is shown. */
function excludeAuthors(
  reviews: readonly WeighedReview[],
  { base }: EvaluationContext,
  authors: ReadonlySet<Identity>,
) {
  return reviews.map((one): WeighedReview => {
    const { login, state, invalid } = one;
    const isOwn = state === 'approved' && login !== undefined && authors.has(identityOf(base.people, login));
    return isOwn && invalid === undefined ? { ...one, invalid: 'ineligible' } : one;
  });
}

/** The reviews for the decision: those that count, by people of the base. */
function countedOf({ login, state, review, invalid }: WeighedReview): Review[] {
  if (login === undefined || invalid !== undefined) return [];
  if (state === 'approved') return [{ login, state }];
  // A rejection needs a reason; an empty one counts as none.
  return [{ login, state, reason: reasonOf(review.body) ?? '' }];
}

/** The newest approving or rejecting review of each account; a dismissed review does not count. */
function newestOf({ reviews, author }: PullRequestDetails, bot: Account): (SubmittedReview & { account: Account })[] {
  const newest = new Map<number, SubmittedReview & { account: Account }>();
  for (const given of reviews.toSorted((a, b) => a.at - b.at || a.id - b.id)) {
    const review = isTakenOver(given, bot) ? { ...given, state: 'changes-requested' as const } : given;
    const { account, state } = review;
    const isSaying = state !== 'commented' && state !== 'pending';
    const isOwn = account?.id === author?.id || account?.id === bot.id;
    if (account && isSaying && !isOwn) newest.set(account.id, { ...review, account });
  }
  return [...newest.values()].filter(({ state }) => state !== 'dismissed');
}

/** People of the base who request changes, on any head, until they approve or their review is dismissed. */
export const requestersOf = (
  pull: PullRequestDetails,
  { base, bot }: Pick<EvaluationContext, 'base' | 'bot'>,
): string[] =>
  newestOf(pull, bot)
    .filter(({ state }) => state === 'changes-requested')
    .flatMap(({ account }) => {
      const login = personOf(account, base);
      return login === undefined || base.people.get(login)?.left !== undefined ? [] : [login];
    });

/** Each newest review with why it does not count. `comparison`: what merging would change now. */
function weighReviews(
  context: EvaluationContext,
  pull: PullRequestDetails,
  comparison: CommitComparison,
  authors: Pick<CurrentContent, 'ineligible' | 'isUnattributed'>,
): WeighedReview[] {
  const { base, bot } = context;
  const now = new Map<OmittedReviewPart, string | undefined>();
  const digestNow = (unseen: OmittedReviewPart) => {
    if (!now.has(unseen)) now.set(unseen, digestOf(context, comparison, unseen));
    return now.get(unseen);
  };
  // Somebody who requests changes on an approval pull request has not seen the rejection, which the bot writes afterwards with their words.
  // This holds for the bot's pull requests alone: an author could otherwise turn their own into a rejection that nobody asked for.
  const isApproval = isByBot(pull, bot) && reviewBranch.parse(pull.head.ref) !== undefined;
  return newestOf(pull, bot).map((review): WeighedReview => {
    const login = personOf(review.account, base);
    const state = review.state === 'approved' ? 'approved' : 'changes-requested';
    const unseen: OmittedReviewPart = state === 'changes-requested' && isApproval ? 'outcome' : 'stamp';
    const given = { login, state, at: review.at, seen: () => reviewedContent(context, review, unseen) } as const;
    const { people } = base;
    const { retargetedAt } = pull;
    const invalid = invalidReason(given, { people, ...authors, retargetedAt, digest: () => digestNow(unseen) });
    return {
      review,
      state,
      ...(login === undefined ? {} : { login }),
      ...(invalid === undefined ? {} : { invalid }),
    };
  });
}

/** What the author of a review saw: the reviewed commit, merged into the default branch of that moment. */
function reviewedContent(
  context: EvaluationContext,
  { commit, at }: SubmittedReview,
  unseen: OmittedReviewPart,
): ReviewedContent {
  const { path, prefix, temporary, past } = context;
  if (commit === undefined || missingCommits(path, [commit]).length > 0) return { untold: 'gone' };
  // Git counts in seconds: the order within one second is unknown.
  const then = past.find(({ time }) => time < Math.floor(at / 1000) * 1000);
  if (!then || !haveCommonHistory(path, then.commit, commit)) return { untold: 'unknown' };
  const comparison = compareCommits({ path, prefix, base: then.commit, head: commit, temporary });
  return { digest: digestOf(context, comparison, unseen) };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The digest of a change; undefined when the two do not merge. It covers the state before and after: with another base, the same result is
 * another change, such as one that reverts what was merged since. Files outside the configuration make a change mixed, so no approval
 * of it counts; they are part of the digest all the same.
 */
function digestOf(
  { path, prefix, temporary }: EvaluationContext,
  comparison: CommitComparison,
  unseen: OmittedReviewPart,
): string | undefined {
  const { base, merge, differences, otherFiles, before, after } = comparison;
  if (merge.tree === undefined) return undefined;
  const start = inRepository(prefix);
  const touched = touchedBy(differences.map((difference) => difference.path));
  const folders = [...touched.miniapps.map((miniapp) => `miniapps/${miniapp}`), ...touched.files].map(
    (one) => start + one,
  );
  const digest = (tree: string, { workspace }: Loaded) => {
    const files = folders.length === 0 ? [] : listed(path, tree, folders, start, temporary.env);
    return approvalDigest(files, workspace, touched, sha256, unseen);
  };
  return sha256([digest(base, before), digest(merge.tree, after), JSON.stringify(otherFiles)].join(' '));
}

function listed(path: string, tree: string, paths: readonly string[], start: string, env: Scratch['env']) {
  const args = ['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...paths];
  const ask = () => gitAnswer(path, args, { env }).stdout.toString('utf8');
  const lines = cached(path, [tree], args, ask).split('\0');
  return lines.flatMap((line) => {
    const [, mode, id, name] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || id === undefined || name === undefined
      ? []
      : [{ path: name.slice(start.length), mode, id }];
  });
}
