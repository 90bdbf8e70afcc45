/** Evaluates a pull request against the tip: its actor, the reviews that count, and the decision. */
import { defined } from '../../core/defined.ts';
import { accountsNamed, namesAnAccount } from '../../core/history/commit-authors.ts';
import { ineligibleApprovers, reviewedVersions } from '../../core/policy/authorship.ts';
import { EnvironmentError } from '../../core/errors.ts';
import type { Redactor } from '../../core/redaction/index.ts';
import { writtenIn, type Contributions } from '../../git/history/contributors.ts';
import { isAncestor, missingCommits } from '../../git/commits/fetch.ts';
import { cloneAddress } from '../../github/remotes.ts';
import type { PullRequestDetails } from '../../github/types.ts';
import { compareCommits, evaluateCommits, type CommitPair } from '../../evaluate/commits.ts';
import { publicEvaluation } from '../../evaluate/public-evaluation.ts';
import { withoutArguments } from '../manual-transition/command-line.ts';
import { isTransitionRequested } from '../manual-transition/requested-transition.ts';
import type { EvaluatedPullRequest } from '../types.ts';
import type { ResolvedActor } from './actor.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { countedOf, excludeAuthors, requestersOf, weighReviews } from './reviews.ts';

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
    ...defined({
      refusal: refusal === undefined ? undefined : known.text(refusal),
      evaluation: evaluation ? publicEvaluation(evaluation, known) : undefined,
    }),
  };
}

function evaluate(
  context: EvaluationContext,
  pull: PullRequestDetails,
  { actor, actsForNobody, asked }: ResolvedActor,
): EvaluatedPullRequest {
  const { path, tip, bot, branch } = context;
  const known = (login: string) => ({
    pull,
    actor: login,
    ...defined({ isForBot: login === bot.login ? (true as const) : undefined }),
    changesRequestedBy: requestersOf(pull, context),
  });
  const refused = (refusal: string, login = actor) => ({ ...known(login), reviews: [], isUpToDate: false, refusal });
  const { sha } = pull.head;
  if (pull.base !== branch)
    return refused(`it asks to be merged into another branch than ${branch}: choose ${branch} as its base`);
  if (actsForNobody !== undefined) return refused(forNobody(actsForNobody));
  if (missingCommits(path, [sha]).length > 0)
    return { ...refused('its commits could not be fetched'), isOutside: true };
  try {
    const { folder, prefix, temporary, now, base } = context;
    const compared: CommitPair = { path, prefix, base: tip, head: sha, temporary };
    const comparison = compareCommits(compared);
    const written = writtenIn(path, { base: tip, head: sha }, temporary);
    const { commitAuthors, isUnattributed } = attributeCommits(context, pull, written);
    const ineligible = ineligibleApprovers(base.people, { actor, commitAuthors });
    const reviews = weighReviews(context, pull, comparison, { ineligible, isUnattributed });
    const counted = reviews.flatMap(countedOf);
    const baseOrigin = { remote: cloneAddress(context.repository, context.serverUrl), branch };
    const names = { folder, baseName: branch, baseOrigin };
    const evaluation = evaluateCommits(
      { ...compared, ...names, actor, commitAuthors, written, reviews: counted, now },
      comparison,
    );
    const { transitions } = evaluation.decision;
    // What the person asked the run for is all that it may do in their name.
    if (asked !== undefined && !isTransitionRequested(asked, transitions))
      return refused(
        forNobody(`the run that made its branch was to do something else: "${withoutArguments(asked)}"`),
        bot.login,
      );
    const versions = reviewedVersions(transitions, { base, merged: evaluation.workspace });
    const all = excludeAuthors(reviews, context, ineligibleApprovers(base.people, { versions }));
    return { ...known(actor), evaluation, reviews: all, isUpToDate: isAncestor(path, tip, sha) };
  } catch (error) {
    if (error instanceof EnvironmentError) return { ...refused(error.message), isOutside: true };
    throw error;
  }
}

const forNobody = (why: string): string => `it acts for nobody: ${why}`;

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
