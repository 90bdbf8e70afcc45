/**
 * A pull request judged by the bytes of its versions, which are read as data from where its author can push. What was found to be what
 * is recorded is kept in the store before anybody is told that all is well.
 */
import { OutsideError } from '../../core/errors.ts';
import type { Platform } from '../../core/model.ts';
import { authorization } from '../../git/network.ts';
import { isOlderThanPackages, withProblems } from '../../judge/with-packages.ts';
import { copyToGit } from '../../packages/copy.ts';
import { gitStore, type RemoteRepository } from '../../packages/git-store.ts';
import { isByBytes, judgePackages, type PackageVerdict } from '../../packages/judge.ts';
import type { PackageStore } from '../../packages/store.ts';
import { branchOf, uploadBranch, type VersionId } from '../../packages/version-id.ts';
import type { PullRequestDetails } from '../../github/types.ts';
import type { LocatedProblem } from '../../read/positions.ts';
import type { EvaluationContext } from '../evaluate/pull-request.ts';
import type { EvaluatedPullRequest } from '../types.ts';
import type { ReconcileContext } from '../reconcile-context.ts';

/** Where the store is: this repository, or the one that platform.yaml names. */
export function storeOf({ remote }: Pick<ReconcileContext, 'remote'>, { packages }: Platform): RemoteRepository {
  const { url, token } = remote;
  const named = packages?.git?.remote;
  // The token is for the place where this repository is, and goes nowhere else.
  const isHere = named === undefined || originOf(named) === originOf(url);
  return { url: named ?? url, env: isHere && token !== undefined ? authorization(named ?? url, token) : {} };
}

const originOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).origin : undefined);

/** Where the author of a pull request has the bytes of a version that is new in it. */
function headStores(
  world: Pick<ReconcileContext, 'remote' | 'path' | 'serverUrl'>,
  { head, author }: PullRequestDetails,
): PackageStore[] {
  const { remote, path, serverUrl } = world;
  const { url, token } = remote;
  const env = token === undefined ? {} : authorization(url, token);
  const own = (id: VersionId) => [...(author ? [uploadBranch(author.login, id)] : []), uploadBranch('*', id)];
  const here = gitStore({ folder: path, remote: { url, env }, where: 'upload/ of this repository', branches: own });
  if (head.isOwn || head.repository === undefined) return [here];
  const fork = `${serverUrl}/${head.repository}.git`;
  const access = token === undefined ? {} : authorization(fork, token);
  const there = gitStore({
    folder: path,
    remote: { url: fork, env: access },
    where: head.repository,
    branches: (id) => [branchOf(id), ...own(id)],
  });
  return [there, here];
}

/** It with what the bytes say, where it rests on bytes. */
export async function withBytes(
  world: ReconcileContext,
  context: EvaluationContext,
  judgement: EvaluatedPullRequest,
): Promise<EvaluatedPullRequest> {
  const { judged, pull } = judgement;
  const { path, prefix, tip, base, redact, folder, bot } = context;
  if (!judged || !isByBytes(base, judged.verdict.transitions)) return judgement;
  const repository = storeOf(world, base.platform);
  const where = base.platform.packages?.git?.remote === undefined ? 'packages/ of this repository' : repository.url;
  const open = () => ({
    head: headStores(world, pull),
    store: gitStore({ folder: path, remote: repository, where }),
  });
  const { head, store } = open();
  let found: PackageVerdict;
  try {
    const sides = { transitions: judged.verdict.transitions, base: judged.before, merged: judged.workspace };
    // A change may be judged again after its bytes were taken into the store.
    found = await judgePackages({
      ...sides,
      ...{ head: [...head, store], store: [store] },
      isOlder: isOlderThanPackages(path, tip, prefix),
      pushCommand: (id) => pushCommand(world, pull, id),
    });
  } finally {
    for (const one of [...head, store]) one.close();
  }
  const public_ = (text: string) => redact.text(text);
  const none: readonly LocatedProblem[] = [];
  const told = withProblems({ ...judged, problems: none }, found.problems, folder);
  const problems = [
    ...judged.problems,
    ...told.problems.map((one) => ({ ...one, message: public_(one.message), hint: public_(one.hint) })),
  ];
  const withThem: EvaluatedPullRequest = { ...judgement, judged: { ...told, problems } };
  const isRefused = problems.some(({ severity }) => severity === 'error');
  if (found.toCopy.length === 0 || isRefused || world.isDry) return withThem;
  const author = { name: bot.login, email: `${bot.id}+${bot.login}@users.noreply.github.com` };
  const keepBytes = async () => {
    for (const copy of found.toCopy) {
      try {
        const target = { folder: path, remote: repository, where, author, now: world.now };
        if (await copyToGit(copy, target)) world.log(`#${pull.number}: kept ${branchOf(copy.held.id)}`);
      } finally {
        copy.from.close();
      }
    }
  };
  try {
    await keepBytes();
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    const { judged: _, ...rest } = withThem;
    return { ...rest, refusal: public_(`its bytes could not be kept: ${error.message}`), isOutside: true };
  }
  return { ...withThem, keepBytes };
}

/** How the author brings bytes that could not be read to where they can. */
function pushCommand({ remote }: ReconcileContext, { author }: PullRequestDetails, id: VersionId): string {
  return `git push ${remote.url} ${branchOf(id)}:${uploadBranch(author?.login ?? 'LOGIN', id)}`;
}
