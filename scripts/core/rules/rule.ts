import type { Workspace } from '../model.ts';
import type { Problem } from '../problems/problem.ts';

/** A state rule: what every configuration must keep, whoever made it. Pure; `now` in milliseconds since 1970. */
export interface Rule {
  readonly id: string;
  /** One sentence: "Ensure …". */
  readonly why: string;
  check(workspace: Workspace, now: number): Iterable<Problem>;
}

/** Whether a file is there, read or not: a reference to a file that is merely broken is not unknown. */
export const isThere = (workspace: Workspace, file: string): boolean => workspace.files.has(file);

/** Whether a file is there and could be read, so that its absence of something means something. */
export const isSound = (workspace: Workspace, file: string): boolean => !workspace.broken.has(file);

/** What these rules find. */
export const applyRules = (rules: readonly Rule[], workspace: Workspace, now: number): Problem[] =>
  rules.flatMap((rule) => [...rule.check(workspace, now)]);
