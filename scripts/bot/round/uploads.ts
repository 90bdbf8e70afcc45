/**
 * The branches `upload/<login>/<id>/<version>`, where people put bytes. What a version on the default branch lacks in the store is taken
 * from there; a branch that nobody needs any more is cleared: its version was merged and is kept, or no pull request wants it.
 */
import { loginKey } from '../../core/identity/login.ts';
import { EnvironmentError } from '../../core/errors.ts';
import type { Workspace } from '../../core/model.ts';
import { exchange } from '../../git/process/network.ts';
import { gitText } from '../../git/process/run.ts';
import { emptyRepository, ownEnvironment, type RemoteRepository } from '../../packages/commit-places.ts';
import { gitStore } from '../../packages/git-store.ts';
import { unlikeRecorded } from '../../packages/proven.ts';
import type { PackageStore } from '../../packages/store.ts';
import { packageBranch, keyOf, uploadBranch, type VersionId } from '../../packages/version-id.ts';
import { pathOf } from '../../core/paths.ts';
import { executeAction, tolerateFailure } from '../actions/action-executors.ts';
import { hasTakenLong } from './evaluate-once.ts';
import { rotated } from '../prioritize.ts';
import type { ReconcileRun, WritingRun } from '../state/reconcile-context.ts';
import type { Action } from '../types.ts';
import { keepInStore, platformStore, remembered } from '../packages/stores.ts';

/** Somebody pushes bytes first and opens the pull request afterwards: milliseconds that this may take. */
const UPLOAD_GRACE_MS = 24 * 3_600_000;
/** Milliseconds after which a run begins with no further branch. */
const UPLOADS_BUDGET_MS = 300_000;

interface Upload {
  readonly branch: string;
  readonly login: string;
  readonly id: VersionId;
  readonly commit: string;
}

/** Once nothing else is left to do in a run. What cannot be done is left to the next. */
export async function settleUploads(run: WritingRun): Promise<void> {
  const { options, last } = run;
  // Where the platform does not say how packages are kept, they are all the same: by Git, as `upload` pushes them.
  if (!last || last.given.workspace.platform.packages?.store === 'none') return;
  const { url, access } = options.remote;
  const own: RemoteRepository = { url, access };
  try {
    const unwanted = (await uploadsIn(options.path, own)).filter((upload) => !isWanted(run, upload));
    // One that takes long keeps no other from being the first of another run.
    const uploads = rotated(unwanted, options.now);
    const end = performance.now() + UPLOADS_BUDGET_MS;
    for (const upload of uploads) {
      if (performance.now() > end || hasTakenLong(run))
        return void run.notes.add('more branches of uploads are left to the next run');
      await settle(run, upload, own);
    }
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    run.notes.add(`branches of uploads are left to the next run: ${error.message}`);
  }
}

/** One that cannot be settled keeps no other waiting. */
async function settle(run: WritingRun, upload: Upload, own: RemoteRepository): Promise<void> {
  try {
    if (await isDone(run, run.last!.given.workspace, own, upload)) await clear(run, upload);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    run.notes.add(`${upload.branch} is left to the next run: ${error.message}`);
  }
}

async function uploadsIn(folder: string, { url, access }: RemoteRepository): Promise<Upload[]> {
  const lines = await exchange(folder, ['ls-remote', '--heads', url, 'refs/heads/upload/*/*/*'], {
    access,
    address: url,
  });
  return lines.split('\n').flatMap((line): Upload[] => {
    const [, commit = '', branch = ''] = /^([0-9a-f]+)\trefs\/heads\/(\S+)$/.exec(line) ?? [];
    const found = uploadBranch.parse(branch);
    return found ? [{ branch, commit, ...found }] : [];
  });
}

/** Whether an open pull request of the same person brings the version, or may: one that was not looked at may bring anything. */
function isWanted({ seen, reconciled }: ReconcileRun, { login, id }: Upload): boolean {
  const file = pathOf.version(id.miniapp, id.version);
  return [...(seen?.open.values() ?? [])].some(({ number, author }) => {
    if (author === null || loginKey(author.login) !== loginKey(login)) return false;
    const differences = reconciled.get(number)?.evaluated.evaluation?.merge.differences;
    return differences === undefined || differences.some(({ path }) => path.endsWith(file));
  });
}

/** Whether its version is kept, or it has waited long for a pull request. */
async function isDone(run: WritingRun, workspace: Workspace, own: RemoteRepository, upload: Upload): Promise<boolean> {
  const { options } = run;
  const { id, branch, commit } = upload;
  const recorded = workspace.miniapps.get(id.miniapp)?.versions.get(id.version)?.package;
  if (!recorded) return options.now - (await timeOf(options.path, own, branch)) > UPLOAD_GRACE_MS;
  const store = platformStore(options, workspace.platform);
  const place = remembered(
    options,
    gitStore({ folder: options.path, remote: own, where: branch, branches: () => [branch] }),
  );
  const isProven = async (one: PackageStore) => {
    const held = (await one.find([id])).get(keyOf(id));
    return held !== undefined && (await unlikeRecorded(one, held, recorded)) === undefined;
  };
  try {
    if (await isProven(store)) return true;
    // What is not these bytes keeps nobody from bringing them.
    if (!(await isProven(place))) return options.now - (await timeOf(options.path, own, branch)) > UPLOAD_GRACE_MS;
    const { bot } = run.last!;
    const author = { name: bot.login, email: `${bot.id}+${bot.login}@users.noreply.github.com` };
    const copy = {
      held: { id, ref: branch, object: commit },
      from: place,
      sha256: recorded.sha256,
      mayReplace: async () => {},
    };
    await keepInStore(options, workspace.platform, copy, author);
    options.log(`kept ${packageBranch.name(id)}, which ${upload.login} brought`);
    return true;
  } finally {
    store.close();
    place.close();
  }
}

/** When its commit says that it was made, in milliseconds since 1970. Who dates it otherwise does so to their own branch. */
async function timeOf(folder: string, { url, access }: RemoteRepository, branch: string): Promise<number> {
  const home = emptyRepository(folder);
  try {
    const fetch = [
      'fetch',
      '--quiet',
      '--no-tags',
      '--depth=1',
      '--filter=tree:0',
      url,
      `refs/heads/${branch}:refs/heads/one`,
    ];
    await exchange(home.path, fetch, { env: { GIT_DIR: home.path }, access, address: url });
    return (
      1000 *
      Number(gitText(home.path, ['log', '-1', '--format=%ct', 'refs/heads/one'], { env: ownEnvironment(home.path) }))
    );
  } finally {
    home.remove();
  }
}

/** Exactly what was looked at: what was pushed since stays. */
async function clear({ options, execution, done }: WritingRun, { branch, commit }: Upload): Promise<void> {
  const action: Action = { kind: 'delete-branch', branch, head: commit };
  await tolerateFailure(options.log, async () => {
    const { moved } = await executeAction(execution, action);
    if (moved === undefined) done.push(action);
    else options.log(moved);
  });
}
