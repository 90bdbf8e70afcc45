/** Numbers that two readers of YAML read as two numbers: 010 is 10 in YAML 1.2 and 8 in YAML 1.1. */
import { fieldName } from '../core/names.ts';
import { problem, type Problem, type YamlPath } from '../core/problem.ts';
import { clip } from './yaml-text.ts';
import { locate } from './yaml.ts';

/**
 * Where a number could stand in another form than digits: with a zero, a plus, a base, an exponent or a bare point. A colon alone
 * goes before no value (but after a key in quotes), only before the minutes of a time.
 */
const SUSPECT = /(?<=[\s,[{]|["']:)(?:\+|-?\.|-?0[0-9xo]|-?[0-9]+(?:\.[0-9]*)?[eE]|-?[0-9]+\.(?![0-9]))/;
const DECIMAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** The numbers of a file that are not written as plain decimals. Nearly every file is told by a look at its text. */
export function misreadNumbers(file: string, root: unknown, text: string): Problem[] {
  if (!SUSPECT.test(text)) return [];
  return [...numbersIn(root)].flatMap(({ path, value }) => {
    const raw = locate(text, path)?.raw;
    if (raw === undefined || DECIMAL.test(raw)) return [];
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
