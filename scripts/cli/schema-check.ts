/** What of a value that comes from elsewhere no file of the configuration may hold. */
import type { FileKind } from '../core/paths.ts';
import type { Problem, YamlPath } from '../core/problems/problem.ts';
import { checkShape } from '../read/schema.ts';

/** The problems, each with the path of the value in question; the file is for the caller to name. */
export function unfitFor(kind: FileKind, value: object): { readonly path: YamlPath; readonly problem: Problem }[] {
  const text = JSON.stringify(value);
  const found = checkShape(kind, '', { value, text, problems: [], hasOddNumber: false });
  return found.map((problem) => ({ path: problem.at.path ?? [], problem }));
}
