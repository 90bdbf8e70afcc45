/** What may start the workflows of a repository, and which branches may use their environments, judged. Pure. */
import { bad, good, withFact, type Fact, type Finding } from './finding.ts';

/** A policy of Actions, of the repository or of who owns it, that is enforced. */
export interface Policy {
  readonly name: string;
  /** Which workflow files it is about; all where it names none. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** The events that may start them; undefined where it says nothing of events. */
  readonly events?: readonly string[];
  /** Whether it names who may start them. */
  readonly namesActors: boolean;
}

export interface DeploymentEnvironment {
  readonly name: string;
  /** Who may use it: what is pushed to any branch, or to one with classic branch protection, or to what these patterns name. */
  readonly branches: Fact<'any' | 'protected' | readonly { readonly name: string; readonly isTag: boolean }[]>;
}

/** The events that start each workflow, by its path. */
export type WorkflowTriggers = ReadonlyMap<string, readonly string[]>;

export const CHECK_FILE = '.github/workflows/check.yml';
export const WAKE_FILE = '.github/workflows/wake.yml';
/** GitHub's default policy blocks it in public repositories that have no event policy of their own, from 2026-12-02 on. */
const TARGET = 'pull_request_target';
const PLACE = 'Settings, Actions, Policies';

/** Whether no policy keeps an event from starting a workflow. `isPublic`: whether GitHub's own default applies. */
export function mayStart(policies: readonly Policy[], isPublic: boolean, path: string, event: string): boolean {
  const deciding = policies.filter((policy) => policy.events !== undefined && isAbout(policy, path));
  if (deciding.length === 0) return event !== TARGET || !isPublic;
  return deciding.every(({ events = [] }) => events.includes(event));
}

/** Policies lie on top of each other: each that is about a workflow must let its event in. */
const isAbout = ({ include, exclude }: Policy, path: string): boolean =>
  (include.length === 0 || include.some((pattern) => isMatch(pattern, path))) &&
  !exclude.some((pattern) => isMatch(pattern, path));

/** As rulesets match: a star stops at a slash, two do not. */
function isMatch(pattern: string, path: string): boolean {
  if (pattern === '~ALL' || pattern === path) return true;
  const parts = pattern.split(/(\*\*|\*|\?)/).map((part) => {
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`).test(path);
}

/** What stands between an event and the workflow that it is to start, and how pull requests reach the bot. */
export function policyFindings(
  policies: Fact<readonly Policy[]>,
  isPublic: Fact<boolean>,
  started: WorkflowTriggers,
): Finding[] {
  return withFact('policies', 'the policies of Actions', policies, (all) =>
    withFact('policies', 'whether the repository is public', isPublic, (shown) => [
      ...blockedFindings(all, shown, started),
      ...actorFindings(all, started),
      reachFinding(all, shown, started),
    ]),
  );
}

function blockedFindings(policies: readonly Policy[], isPublic: boolean, started: WorkflowTriggers): Finding[] {
  const blocked = [...started].flatMap(([path, events]) =>
    events.flatMap((event) => (mayStart(policies, isPublic, path, event) ? [] : [`${event} in ${path}`])),
  );
  if (blocked.length === 0) return [good('policies-events', 'no policy of Actions keeps a workflow from starting')];
  const isDefaultAlone = blocked.length === 1 && blocked[0] === `${TARGET} in ${CHECK_FILE}`;
  const what = `policies of Actions block ${blocked.join(', ')}: each such event is a failed run, and nothing happens by it`;
  const next = `${PLACE}: allow the events that the workflow names (.github/SETUP.md, 2)`;
  return [bad('policies-events', isDefaultAlone ? 'warning' : 'missing', what, next)];
}

function actorFindings(policies: readonly Policy[], started: WorkflowTriggers): Finding[] {
  const naming = policies.filter(
    (policy) => policy.namesActors && [...started.keys()].some((path) => isAbout(policy, path)),
  );
  if (naming.length === 0) return [];
  const names = naming.map(({ name }) => name).join(', ');
  const what = `the policy ${names} lets only those whom it names start workflows: what others do wakes nobody, and waits for reconcile.yml`;
  return [bad('policies-actors', 'warning', what, `${PLACE}, ${names}: no restriction of actors for ${WAKE_FILE}`)];
}

/** How the bot is notified of a pull request, and how long that takes. */
function reachFinding(policies: readonly Policy[], isPublic: boolean, started: WorkflowTriggers): Finding {
  const isStarted = (path: string, event: string) =>
    started.get(path)?.includes(event) === true && mayStart(policies, isPublic, path, event);
  if (isStarted(CHECK_FILE, TARGET)) return good('wake', `${TARGET} starts the judging of a pull request at once`);
  const isWoken = isStarted(WAKE_FILE, 'pull_request') && isStarted(CHECK_FILE, 'workflow_run');
  if (isWoken) {
    const what =
      'pull requests are judged by way of wake.yml, as a rule within two minutes; those that conflict by the schedule of reconcile.yml';
    return good('wake', what);
  }
  const what = 'nothing tells the bot of a pull request: each waits for the schedule of reconcile.yml';
  return bad('wake', 'missing', what, `wake.yml and check.yml as this project has them, and ${PLACE}`);
}

/**
 * A finding for each of the two environments: that a branch other than `branch` may use it is a hole. `hasApp`: whether the bot acts by
 * a GitHub App, whose key is kept there.
 */
export function environmentFindings(all: readonly DeploymentEnvironment[], hasApp: boolean, branch: string): Finding[] {
  // The key of the app is in the environment of the bot; without an app nothing is kept there.
  const wanted: [name: string, lack: 'warning' | 'missing', cost: string][] = [
    ['bot', hasApp ? 'missing' : 'warning', "a workflow of any branch can use the bot's key"],
    ['github-pages', 'warning', 'a workflow of any branch can publish a portal'],
  ];
  return wanted.flatMap(([name, lack, cost]) => {
    const id = `environment-${name}`;
    const next = `Settings, Environments, ${name}: selected branches and tags, the branch ${branch} and nothing else`;
    const found = all.find((one) => one.name === name);
    if (!found)
      return [bad(id, lack, `the environment ${name} is not there yet and will come without a limit: ${cost}`, next)];
    return withFact(id, `which branches may use the environment ${name}`, found.branches, (branches) => {
      const hole = holeOf(branches, branch);
      if (hole === undefined) return good(id, `${branch} alone may use the environment ${name}`);
      return bad(
        id,
        hole.isClosed ? 'missing' : lack,
        `the environment ${name} ${hole.what}${hole.isClosed ? '' : `: ${cost}`}`,
        next,
      );
    });
  });
}

/** What keeps a policy from guarding: only one that names the default branch and nothing else does. */
function holeOf(
  branches: 'any' | 'protected' | readonly { name: string; isTag: boolean }[],
  branch: string,
): { what: string; isClosed?: true } | undefined {
  if (branches === 'any') return { what: 'is open to every branch' };
  if (branches === 'protected')
    return {
      what: 'is for branches with classic protection, and where none has it, as with rulesets, for every branch',
    };
  if (branches.length === 0) return { what: 'is for no branch: nothing runs in it', isClosed: true };
  const isNamed = branches.some(({ name, isTag }) => name === branch && !isTag);
  const others = branches.filter(({ name, isTag }) => name !== branch || isTag);
  if (others.length > 0)
    return { what: `is also for ${others.map(({ name, isTag }) => `${isTag ? 'the tag ' : ''}${name}`).join(', ')}` };
  return isNamed ? undefined : { what: `is not for ${branch}: nothing runs in it`, isClosed: true };
}
