/** Judges an edit before it is written, against the configuration that it is made in. */
import { decide, type Decision } from '../core/transitions/decide.ts';
import type { History } from '../core/lifecycle/history.ts';
import type { Workspace } from '../core/model.ts';
import { identify } from '../core/paths.ts';
import { problem } from '../core/problems/problem.ts';
import type { FileEdit } from '../edit/edit.ts';
import { load, type LoadOptions, type Loaded } from '../read/load.ts';
import { locateAll, type LocatedProblem } from '../read/positions.ts';
import { overlaySource } from '../read/overlay.ts';
import type { Source } from '../read/source.ts';
import { alikeNames, withAlike } from './alike.ts';

export interface EvaluatedEdits {
  readonly decision: Decision;
  readonly problems: readonly LocatedProblem[];
  readonly texts: ReadonlyMap<string, string>;
  readonly workspace: Workspace;
}

export interface EditsInput {
  readonly edits: readonly FileEdit[];
  readonly base: Loaded;
  /** The files that the edits are made in. */
  readonly source: Source;
  readonly options: LoadOptions;
  /** The folder as the user named it. */
  readonly folder: string;
  readonly actor: string;
  /** Who agreed to exactly this. */
  readonly approvers?: readonly string[];
  readonly history: History;
  readonly now: number;
}

/**
 * Judges edits of a configuration as if they were merged now. `now`: milliseconds since 1970. Gives the decision, its problems
 * with line and column, and the workspace afterwards. Writes nothing. Throws EnvironmentError when a folder or Git cannot be read.
 */
export function evaluateEdits(asked: EditsInput): EvaluatedEdits {
  const { edits, base, options, folder, actor, approvers = [], history, now } = asked;
  const changes = new Map(edits.map((edit) => [edit.path, edit.after]));
  const source = overlaySource(asked.source, changes);
  const { workspace, problems: fileProblems, texts } = load(source, options);
  // A name that is no id or login gives a path that the configuration does not allow, and that no listing contains.
  const misplaced = edits.flatMap(({ path: file }) =>
    identify(file) ? [] : [problem('file-unknown', { file }, { file, near: '' })],
  );
  const decided = decide({
    base: base.workspace,
    merged: workspace,
    differences: edits.map(({ path: file, before, after }) => ({
      path: file,
      isInBase: before !== null,
      isInMerged: after !== null,
    })),
    fileProblems: [...misplaced, ...fileProblems],
    pullRequest: { author: actor, otherFiles: [] },
    reviews: approvers.map((login) => ({ login, state: 'approved' })),
    history,
    now,
  });
  const problems = withAlike(decided.problems, alikeNames(source, base.workspace, workspace));
  const decision = { ...decided, problems };
  return { decision, problems: locateAll(decision.problems, texts, folder), texts, workspace };
}
