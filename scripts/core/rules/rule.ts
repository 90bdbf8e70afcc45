import type { MiniappBasics, Version, Workspace } from '../model.ts';
import type { Problem } from '../problems/problem.ts';

/** A state rule: what every configuration must keep, whoever made it. Pure; `now` in milliseconds since 1970. */
export interface Rule {
  readonly id: string;
  /** One sentence: "Ensure …". */
  readonly why: string;
  check(workspace: Workspace, now: number): Iterable<Problem>;
}

/** What rules that compare miniapps with each other know of each. */
export interface Outline {
  readonly id: string;
  readonly basics: Pick<MiniappBasics, 'name' | 'archived'>;
  readonly versions: ReadonlyMap<string, Pick<Version, 'kits'>>;
}

export type OutlinedWorkspace = Omit<Workspace, 'miniapps'> & { readonly miniapps: ReadonlyMap<string, Outline> };

/**
 * A rule that needs all miniapps at once, and of each its outline alone. Every other rule says of a miniapp the same whichever miniapps
 * stand beside it, so a configuration can be judged a few at a time.
 */
export interface ComparingRule extends Rule {
  check(workspace: OutlinedWorkspace, now?: number): Iterable<Problem>;
}

/** Whether a file is there, read or not: a reference to a file that is merely broken is not unknown. */
export const isThere = (workspace: Workspace, file: string): boolean => workspace.files.has(file);

/** Whether a file is there and could be read, so that its absence of something means something. */
export const isSound = (workspace: Workspace, file: string): boolean => !workspace.broken.has(file);

/** What these rules find. */
export const applyRules = (rules: readonly Rule[], workspace: Workspace, now: number): Problem[] =>
  rules.flatMap((rule) => [...rule.check(workspace, now)]);
