/**
 * A pull request evaluated by the bytes of its versions, which are read as data from where its author can push. What was found to be what
 * is recorded is kept in the store before anybody is told that all is well.
 */
import { EnvironmentError } from '../../core/errors.ts';
import { exchange } from '../../git/process/network.ts';
import { isOlderThanPackages } from '../../evaluate/older-than-packages.ts';
import { evaluateBytes, withProblems } from '../../evaluate/with-packages.ts';
import { isByBytes } from '../../core/by-bytes.ts';
import { packageBranch, keyOf, uploadBranch, type VersionId } from '../../packages/version-id.ts';
import type { PullRequestDetails } from '../../github/types.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import type { EvaluationContext } from '../evaluate/evaluation-context.ts';
import type { EvaluatedPullRequest } from '../types.ts';
import type { ReconcileOptions } from '../state/reconcile-context.ts';
import { comparedIn, keepsPackages, withComparisons } from './comparison.ts';
import { headStores, keepInStore, platformStore } from './stores.ts';

/**
 * Whether bytes are looked at at all: where the platform keeps them, and nothing is wrong with who proposes it, whose bytes cost nothing until
 * somebody delegates the right, with a review after which it is evaluated again. Each approval that the bot proposes waits for that one.
 */
const rests = ({ base }: Pick<EvaluationContext, 'base'>, { evaluation, isForBot }: EvaluatedPullRequest): boolean =>
  evaluation !== undefined &&
  keepsPackages(base.platform) &&
  !evaluation.problems.some(
    ({ code }) => code === 'actor-unknown' || (code === 'actor-not-allowed' && isForBot !== true),
  );

/** Whether bytes are read for its evaluation or for its comment, as those of a rejection are. */
export function costsBytes(context: Pick<EvaluationContext, 'base'>, evaluated: EvaluatedPullRequest): boolean {
  if (!rests(context, evaluated)) return false;
  const evaluation = evaluated.evaluation!;
  return isByBytes(context.base, evaluation.decision.transitions) || comparedIn(context, evaluation).length > 0;
}

/** The evaluation with what the bytes say, where it rests on bytes. `seen`: the tip of the default branch, as it was last read. */
export async function withBytes(
  options: ReconcileOptions,
  context: EvaluationContext,
  evaluated: EvaluatedPullRequest,
  seen: string,
): Promise<EvaluatedPullRequest> {
  const { evaluation, pull } = evaluated;
  const { path, prefix, tip, base, redact, folder, bot } = context;
  if (!evaluation || !rests(context, evaluated)) return evaluated;
  const change = {
    transitions: evaluation.decision.transitions,
    base: evaluation.before,
    merged: evaluation.workspace,
  };
  const found = await evaluateBytes(change, () => {
    const head = headStores(options, pull);
    const store = platformStore(options, base.platform);
    return {
      head,
      store: [store],
      brought: head,
      isOlder: isOlderThanPackages(path, tip, prefix),
      pushCommand: (id) => pushCommand(options, pull, id),
      derived: options.derived,
      close: () => [...head, store].forEach((one) => one.close()),
    };
  });
  const public_ = (text: string) => redact.text(text);
  const none: readonly LocatedProblem[] = [];
  const located = withProblems({ ...evaluation, problems: none }, found.problems, folder);
  const problems = [
    ...evaluation.problems,
    ...located.problems.map((one) => ({ ...one, message: public_(one.message), hint: public_(one.hint) })),
  ];
  const withThem: EvaluatedPullRequest = { ...evaluated, evaluation: { ...located, problems } };
  const isRefused = problems.some(({ severity }) => severity === 'error');
  const { writer } = options;
  if (found.toCopy.length === 0 || isRefused || writer === undefined)
    return withComparisons(options, context, withThem);
  const author = { name: bot.login, email: `${bot.id}+${bot.login}@users.noreply.github.com` };
  const keepBytes = async (when: 'before-merge' | 'after-merge') => {
    for (const copy of found.toCopy) {
      try {
        // Once the default branch records them, none but these may have the number.
        const mayReplace = when === 'after-merge' ? async () => {} : () => refuseOldTip(options, context, seen);
        const isNew = await keepInStore({ ...options, writer }, base.platform, { ...copy, mayReplace }, author);
        if (isNew) options.log(`#${pull.number}: kept the bytes of ${keyOf(copy.held.id)}`);
      } finally {
        copy.from.close();
      }
    }
  };
  try {
    await keepBytes('before-merge');
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    const { evaluation: _, ...rest } = withThem;
    return { ...rest, refusal: public_(`its bytes could not be kept: ${error.message}`), isOutside: true };
  }
  return withComparisons(options, context, { ...withThem, keepBytes });
}

/**
 * The version is on no base, or with these bytes, as far as the state says that it was evaluated on: the tip, or what a merge queue puts on
 * top of it. Another run may have merged another of its number since, whose bytes stay. Throws EnvironmentError where the branch is not at `seen` any more, or
 * the state does not hold that.
 */
async function refuseOldTip(
  { path, remote }: ReconcileOptions,
  { branch, past }: EvaluationContext,
  seen: string,
): Promise<void> {
  const { url, access } = remote;
  const lines = await exchange(path, ['ls-remote', '--heads', url, `refs/heads/${branch}`], { access, address: url });
  // A pattern of `ls-remote` also fits the end of longer names.
  const isTip = lines.split('\n').includes(`${seen}\trefs/heads/${branch}`);
  const isCurrent = isTip && past.some(({ commit }) => commit === seen);
  if (!isCurrent) throw new EnvironmentError(`${branch} moved, and may have a version of this number with other bytes`);
}

/** How the author brings bytes that could not be read to where they can. */
function pushCommand({ remote }: ReconcileOptions, { author }: PullRequestDetails, id: VersionId): string {
  return `git push --no-verify ${remote.url} ${packageBranch.name(id)}:${uploadBranch.name(author?.login ?? 'LOGIN', id)}`;
}
