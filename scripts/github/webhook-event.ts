/**
 * What an event says: look here. Everything else in it is as old as the event, and some of it was written by the person who caused it,
 * so nothing of it decides.
 */

/** Where to look; nothing named: everywhere. */
export interface EventTarget {
  readonly numbers: readonly number[];
  /** Heads of pull requests whose number the event does not tell: those from forks. */
  readonly heads: readonly string[];
  /** The branches that they are from, which stay when their heads move on. */
  readonly branches?: readonly HeadBranch[];
  /** A merge queue's attempt: the commits between which it is. */
  readonly group?: { readonly base: string; readonly head: string };
}

interface HeadBranch {
  /** `owner/name`; GitHub makes no difference between letter cases. */
  readonly repository: string;
  readonly ref: string;
}

const EVERYWHERE: EventTarget = { numbers: [], heads: [] };

/** Whether an event names no pull request, commit or branch, so that everything is looked at. */
export const isEverywhere = ({ numbers, heads, branches = [] }: EventTarget): boolean =>
  numbers.length + heads.length + branches.length === 0;

/** Whether a hint names a branch. `repository`: undefined where it is gone. */
export const namesBranch = ({ branches = [] }: EventTarget, head: { repository?: string; ref: string }): boolean =>
  branches.some(
    ({ repository, ref }) => ref === head.ref && repository.toLowerCase() === head.repository?.toLowerCase(),
  );

/** Reads an event as GitHub passes it to a run: its name and its payload, any field of which may be missing. */
export function eventTarget(name: string, payload: unknown): EventTarget {
  switch (name) {
    case 'pull_request_target':
    case 'pull_request':
    case 'pull_request_review': {
      const pull = numberAt(payload, 'pull_request', 'number');
      if (pull === undefined) return EVERYWHERE;
      const head = at(payload, 'pull_request', 'head');
      return { numbers: [pull], heads: [], ...branchesOf(at(head, 'repo', 'full_name'), at(head, 'ref')) };
    }
    case 'workflow_run': {
      const run = at(payload, 'workflow_run');
      const listed = at(run, 'pull_requests');
      const numbers = (Array.isArray(listed) ? listed : []).flatMap((one) => numberAt(one, 'number') ?? []);
      const head = commitAt(run, 'head_sha');
      return {
        numbers,
        heads: head === undefined ? [] : [head],
        ...branchesOf(at(run, 'head_repository', 'full_name'), at(run, 'head_branch')),
      };
    }
    case 'workflow_dispatch': {
      const given = at(payload, 'inputs', 'pull_request');
      const number = typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined;
      return number === undefined ? EVERYWHERE : { numbers: [number], heads: [] };
    }
    case 'merge_group': {
      const base = commitAt(payload, 'merge_group', 'base_sha');
      const head = commitAt(payload, 'merge_group', 'head_sha');
      return base === undefined || head === undefined ? EVERYWHERE : { ...EVERYWHERE, group: { base, head } };
    }
    default:
      return EVERYWHERE;
  }
}

function branchesOf(repository: unknown, ref: unknown): Pick<EventTarget, 'branches'> {
  const isNamed = typeof repository === 'string' && typeof ref === 'string' && repository !== '' && ref !== '';
  return isNamed ? { branches: [{ repository, ref }] } : {};
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  let inner = value;
  for (const key of keys) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = (inner as Record<string, unknown>)[key];
  }
  return inner;
}

function numberAt(value: unknown, ...keys: readonly string[]): number | undefined {
  const number = at(value, ...keys);
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

function commitAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const text = at(value, ...keys);
  return typeof text === 'string' && /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;
}
