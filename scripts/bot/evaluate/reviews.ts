/** The reviews of a pull request: the newest of each account, and whether it counts. */
import { defined } from '../../core/defined.ts';
import { invalidReason, type CurrentContent, type ReviewedContent } from '../../core/policy/approval-validity.ts';
import type { OmittedReviewPart } from '../../core/policy/approval-digest.ts';
import { identityOf, type Identity } from '../../core/identity/login.ts';
import type { Review } from '../../core/policy/circumstances.ts';
import { haveCommonHistory, missingCommits } from '../../git/commits/fetch.ts';
import { personOf } from '../../github/accounts.ts';
import type { Account, PullRequestDetails, SubmittedReview } from '../../github/types.ts';
import { compareCommits, type CommitComparison } from '../../evaluate/commits.ts';
import { isTakenOver, reasonOf } from '../approvals/rejection.ts';
import { reviewBranch } from '../branch-names.ts';
import { isByBot, type WeighedReview } from '../types.ts';
import { digestOf } from './digest.ts';
import type { EvaluationContext } from './evaluation-context.ts';

/** Marks approvals by people who uploaded or submitted the version. The decision ignores them too; here the reason is shown. */
export function excludeAuthors(
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
export function countedOf({ login, state, review, invalid }: WeighedReview): Review[] {
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
export function weighReviews(
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
      ...defined({ login, invalid }),
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
