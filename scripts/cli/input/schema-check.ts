/** Checks a value from outside against the schema of the file that it is for. */
import type { FileKind } from '../../core/paths.ts';
import type { Problem, YamlPath } from '../../core/problems/problem.ts';
import { checkShape } from '../../read/schema.ts';

/** The problems of a value, each with the path of the part that it is about. The caller adds the file. */
export function unfitFor(kind: FileKind, value: object): { readonly path: YamlPath; readonly problem: Problem }[] {
  const text = JSON.stringify(value);
  const found = checkShape(kind, '', { value, text, problems: [], hasOddNumber: false });
  return found.map((problem) => ({ path: problem.at.path ?? [], problem }));
}
