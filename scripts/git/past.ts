/** What only history can tell: asked of Git when somebody wants to know, or learnt commit by commit. */
import { OutsideError } from '../core/failure.ts';
import type { History } from '../core/history.ts';
import { identify, pathOf } from '../core/paths.ts';
import { beginningOf } from './beginning.ts';
import { filesIn } from './log.ts';
import { remembered } from './memory.ts';
import type { Step } from './replay.ts';
import { gitText, type GitOptions } from './run.ts';

/**
 * The past of a configuration up to a commit. `prefix`: its path from the top of the repository. Only first parents count:
 * they are what the branch was, and a number that a branch had for a while before it merged was never used here. `env`: where
 * Git finds objects that are not the repository's own. What came before the platform's beginning is not its past. Throws UsageError in a shallow clone, where the answer would be wrong.
 */
export function pastOf(folder: string, commit: string, prefix: string, env: GitOptions['env'] = {}): History {
  const start = prefix === '' ? '' : `${prefix}/`;
  const log = (path: string, ...args: string[]): string =>
    remembered(folder, [commit], ['past', start + path, ...args], () => ask(path, args));
  const ask = (path: string, args: readonly string[]): string => {
    const beginning = begun();
    const settings = ['log', '--first-parent', '--diff-merges=first-parent', '--no-show-signature', '--no-relative'];
    const range = beginning === undefined ? [commit] : [commit, `^${beginning}`];
    return gitText(folder, [...settings, ...args, ...range, '--', `:(top,literal)${start}${path}`], { env });
  };
  const begun = (): string | undefined => {
    remembered(folder, [commit], ['has its whole past'], hasAll);
    return beginningOf(folder, commit, prefix);
  };
  /** What the beginning brought below a path, which no log after it tells. */
  const brought = (path: string): string[] => {
    const beginning = begun();
    return beginning === undefined ? [] : [...filesIn(folder, beginning, [start + path]).keys()];
  };
  const hasAll = (): true => {
    if (gitText(folder, ['rev-parse', '--is-shallow-repository']) !== 'true') return true;
    throw new OutsideError(
      'this clone is shallow, so numbers and ids used before are not known: git fetch --unshallow',
    );
  };
  return {
    versionsEver(miniapp) {
      const names = log(`${pathOf.folder(miniapp)}/versions`, '--format=', '--name-only', '--no-renames', '-z');
      const all = [...names.split('\0'), ...brought(`${pathOf.folder(miniapp)}/versions`)];
      const numbers = all.flatMap((name) => identify(name.slice(start.length))?.id ?? []);
      return [...new Set(numbers)];
    },
    wasEver: (miniapp) =>
      log(pathOf.folder(miniapp), '-1', '-s', '--format=%H') !== '' || brought(pathOf.folder(miniapp)).length > 0,
    submittedAt(miniapp, version) {
      // A version under review changes by nothing but its review, so the last merge that touched it submitted it.
      // Without -s Git shows what a merge changed besides.
      const file = pathOf.version(miniapp, version);
      const seconds = log(file, '-1', '-s', '--format=%ct');
      if (/^\d+$/.test(seconds)) return Number(seconds) * 1000;
      return brought(file).length > 0 ? committedAt(folder, begun()!) : undefined;
    },
  };
}

const committedAt = (folder: string, commit: string): number =>
  Number(gitText(folder, ['show', '-s', '--no-show-signature', '--format=%ct', commit])) * 1000;

/** A past that grows as a history is replayed, so that a thousand commits ask Git nothing. */
export function growingPast(): { readonly past: History; learn(step: Pick<Step, 'commit' | 'differences'>): void } {
  const versions = new Map<string, Set<string>>();
  const touched = new Map<string, number>();
  const past: History = {
    versionsEver: (miniapp) => [...(versions.get(miniapp) ?? [])],
    wasEver: (miniapp) => versions.has(miniapp),
    submittedAt: (miniapp, version) => touched.get(pathOf.version(miniapp, version)),
  };
  return {
    past,
    learn({ commit, differences }) {
      for (const { path } of differences) {
        const { kind, miniapp, id } = identify(path) ?? {};
        if (miniapp === undefined) continue;
        const known = versions.get(miniapp) ?? new Set();
        versions.set(miniapp, known);
        if (kind !== 'version' || id === undefined) continue;
        known.add(id);
        touched.set(path, commit.time);
      }
    },
  };
}
