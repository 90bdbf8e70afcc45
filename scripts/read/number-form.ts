/** Numbers that two readers of YAML read as two numbers: 010 is 10 in YAML 1.2 and 8 in YAML 1.1. */
import { fieldName } from '../core/problems/suggest.ts';
import { problem, type Problem, type YamlPath } from '../core/problems/problem.ts';
import { isPlainDecimal } from './yaml-scalar.ts';
import { clip } from './yaml-text.ts';
import { locate } from './yaml.ts';

/** The numbers of a file that are not written as plain decimals. */
export function misreadNumbers(file: string, root: unknown, text: string): Problem[] {
  return [...numbersIn(root)].flatMap(({ path, value }) => {
    const raw = locate(text, path)?.raw;
    if (raw === undefined || isPlainDecimal(raw)) return [];
    const args = { field: clip(fieldName(path), 160), actual: clip(raw), value: String(value) };
    return [problem('yaml-number-form', { file, path }, args)];
  });
}

function* numbersIn(value: unknown, path: YamlPath = []): Generator<{ path: YamlPath; value: number }> {
  if (typeof value === 'number') yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield* numbersIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}
