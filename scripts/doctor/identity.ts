/** The person to whom the audit will ascribe commits of this clone, where no account of GitHub's tells it. */
import type { Workspace } from '../core/model.ts';
import { identityIn } from '../core/identity/login.ts';
import { refOf } from '../git/writing/branch.ts';
import { identityOf } from '../git/commits/identity.ts';
import { beginningOf } from '../git/history/beginning.ts';
import { gitText } from '../git/process/run.ts';
import { prefixOf } from '../git/process/location.ts';
import { claimedActors, mendingAdvice } from '../git/history/claimed-actors.ts';
import type { Finding } from './finding.ts';

/** Commits that are looked at: what nobody saw for longer is for the audit to say. */
const RECENT = 20;

/** `branch`: the default branch of a remote, of which others have the commits already; else HEAD. */
export function identityFindings(folder: string, workspace: Workspace, branch: string): Finding[] {
  return [whoIsHere(folder, workspace), ...withoutActor(folder, workspace, branch)];
}

function whoIsHere(folder: string, { people }: Workspace): Finding {
  const id = 'identity';
  const login = gitText(folder, ['config', '--default', '', '--get', 'github.user']);
  if (login === '') {
    const what = 'nothing says who acts here: each command needs --actor LOGIN';
    return { id, state: 'warning', what, next: 'git config github.user LOGIN, as in people/' };
  }
  const person = people.get(login);
  if (!person || person.left !== undefined) {
    const what = `git config github.user is ${login}, who ${person ? 'has left' : 'is not in people/'}: nothing that they do is accepted`;
    return { id, state: 'warning', what, next: 'git config github.user LOGIN, as in people/' };
  }
  const author = identityOf(folder);
  const account = author && identityIn(author.email);
  if (account !== undefined && account !== person.githubId) {
    const what = `git config user.email is ${author!.email}, another account than ${login}'s: the audit takes commits for theirs`;
    return {
      id,
      state: 'warning',
      what,
      next: `git config user.email ${person.githubId}+${login}@users.noreply.github.com`,
    };
  }
  const how =
    account === undefined
      ? 'which --commit writes; by hand, end the message with it'
      : "which the author's address says";
  return { id, state: 'ok', what: `commits here are to say Actor: ${login}, ${how}` };
}

/** What was committed by hand and names nobody: told before it is too late to mend it. */
function withoutActor(folder: string, workspace: Workspace, branch: string): Finding[] {
  const base = branch === 'HEAD' ? beginningOf(folder, 'HEAD', prefixOf(folder)) : branch;
  const head = refOf(folder, 'HEAD')!;
  const seen = new Set((workspace.platform.acknowledged ?? []).map(({ commit }) => commit));
  const isFirst = (commit: string) => gitText(folder, ['show', '-s', '--format=%P', commit]) === '';
  const unclear = claimedActors(folder, { base, head }, workspace, RECENT).filter(
    ({ commit, actor, contradiction }) =>
      (actor === undefined || contradiction !== undefined) && !seen.has(commit) && !isFirst(commit),
  );
  const last = unclear.at(-1);
  if (!last) return [];
  const more = unclear.length > 1 ? ` and ${unclear.length - 1} more` : '';
  const why = last.contradiction ?? 'it does not say who acted';
  const what = `the audit will refuse ${last.commit.slice(0, 10)} "${last.subject}"${more}: ${why}`;
  const next = `before others have ${unclear.length === 1 ? 'it' : 'them'}: ${mendingAdvice(unclear, head)}; after: an owner names each under acknowledged in platform.yaml`;
  return [{ id: 'actor', state: 'warning', what, next }];
}
