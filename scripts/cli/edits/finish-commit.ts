/** A stop, which is committed whatever stands half done beside it. */
import { pathOf } from '../../core/paths.ts';
import { shellWord } from '../../core/tool-command.ts';
import { LockedError } from '../../git/process/run.ts';
import { commitContents, committedContent } from '../../git/writing/commit-here.ts';
import { workingTree } from '../../git/working-tree/working-tree.ts';
import { load, type Loaded } from '../../read/load.ts';
import { overlaySource } from '../../read/overlay.ts';
import { safe } from '../../report/terminal.ts';
import { EnvironmentError } from '../frame/command.ts';
import { committedAs, type ReadyToCommit } from './commit-edit.ts';
import type { CommittedEdit, EditContext } from '../frame/edit-context.ts';

/**
 * The configuration with the release of a miniapp as it is committed: what a stop is made of, so that an edit of somebody else that is not
 * committed stays out of its commit. The one that is given where that is what stands. Throws EnvironmentError where none is committed.
 */
export function withCommittedRelease({ path, request, options }: EditContext, base: Loaded): Loaded {
  const file = pathOf.file(request.miniapp ?? '', 'release');
  const committed = committedContent(path, file, 'HEAD', 'stored');
  if (committed === undefined) {
    const why = `${file} is in no commit yet, so there is nothing to stop in one. --no-pr edits the file alone`;
    throw new EnvironmentError(`nothing was edited and nothing committed: ${why}`);
  }
  if (committed.toString('utf8') === base.texts.get(file)) return base;
  return load(overlaySource(workingTree(path), new Map([[file, committed]])), options);
}

/** Commits a stop by its own content. Throws EnvironmentError that says how to go on: the file stays edited. */
export function commitStop(
  context: EditContext,
  ready: ReadyToCommit,
  edits: readonly { readonly path: string; readonly after: string | Uint8Array | null }[],
  message: string,
): CommittedEdit {
  const { path } = context;
  const contents = edits.map(({ path: file, after }) => ({ path: file, content: after ?? '' }));
  try {
    const { commit, isIndexBehind, clearedLocks } = commitContents(path, { contents, message, author: ready.author });
    for (const lock of clearedLocks)
      context.io.stderr(`${safe(lock)} is cleared: a Git that was ended in the middle had left it\n`);
    const committed = committedAs(context, ready, commit);
    if (!isIndexBehind) return committed;
    // A commit of what is staged would take the stop back.
    const names = contents.map((one) => shellWord(one.path)).join(' ');
    const again = `git -C ${shellWord(context.folder)} reset --quiet -- ${names}`;
    return { ...committed, next: [again, committed.next].filter((step) => step !== undefined).join(' && ') };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    // A lock's own way on begins with the same command.
    const again = error instanceof LockedError ? '' : '. Run the same command again';
    throw new EnvironmentError(`the file is edited, and nothing is committed: ${error.message}${again}`);
  }
}
