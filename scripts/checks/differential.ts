/**
 * Reader against editor: js-yaml reads, package yaml edits, and nobody may be read in two ways. Generated texts are read by
 * both, and where the reader takes one, edited: what comes of it is read as what was wanted. And the reader of plain YAML against the
 * strict one.
 *   npm run differential -- --seed 7 --texts 200000
 */
import { parseArgs } from 'node:util';
import { isRecord } from '../core/is-record.ts';
import { isEqual } from '../core/transitions/changes.ts';
import { parse } from '../edit/yaml-ranges.ts';
import { rewrite } from '../edit/yaml.ts';
import { readYaml } from '../read/yaml.ts';
import { comparePlain, plainText } from './plain-texts.ts';
import { plainValue } from './plain-value.ts';
import { randomFrom } from './random.ts';
import { TextMaker } from './yaml-texts.ts';

export interface ParserDifference {
  readonly kind: 'plain-reader' | 'editor-refuses' | 'other-value' | 'edit-fails' | 'edit-refused' | 'edit-says-else';
  /** The text that the reader takes. */
  readonly text: string;
  /** What was to come of it, and what did. */
  readonly wanted: unknown;
  readonly found: unknown;
}

export interface DifferentialOutcome {
  readonly taken: number;
  /** Texts that are plain, so that both readers read them. */
  readonly plain: number;
  readonly edits: number;
  readonly differences: readonly ParserDifference[];
}

/**
 * Reads and edits as many made texts as `texts` says, the same ones for the same `seed`; gives what differed, and how much was
 * compared.
 */
export function differential(seed: number, texts: number): DifferentialOutcome {
  const maker = new TextMaker(randomFrom(seed));
  const random = randomFrom(seed);
  const differences: ParserDifference[] = [];
  let [taken, edits, plain] = [0, 0, 0];
  for (let i = 0; i < texts; i += 1) {
    const text = maker.text();
    for (const one of [text, plainText(random)]) {
      const { isPlain, other } = comparePlain(one);
      if (isPlain) plain += 1;
      if (other !== undefined) differences.push({ kind: 'plain-reader', text: one, wanted: undefined, found: other });
    }
    const value = readOrNothing(text);
    if (value === undefined) continue;
    taken += 1;
    const document = parse(text);
    const found: unknown = document.errors[0]?.message ?? document.toJS();
    if (document.errors.length > 0) differences.push({ kind: 'editor-refuses', text, wanted: value, found });
    else if (!isEqual(found, value)) differences.push({ kind: 'other-value', text, wanted: value, found });
    if (!isRecord(value)) continue;
    edits += 1;
    const difference = edit(text, maker.otherThan(value));
    if (difference) differences.push(difference);
  }
  return { taken, plain, edits, differences };
}

function edit(text: string, wanted: Readonly<Record<string, unknown>>): ParserDifference | undefined {
  let after: string;
  try {
    after = rewrite(text, wanted);
  } catch (error) {
    return { kind: 'edit-fails', text, wanted, found: String(error) };
  }
  const { value, problems } = readYaml('f.yaml', Buffer.from(after));
  if (problems.length > 0) return { kind: 'edit-refused', text, wanted, found: [after, problems] };
  return isEqual(plainValue(value), wanted) ? undefined : { kind: 'edit-says-else', text, wanted, found: after };
}

function readOrNothing(text: string): unknown {
  const { value, problems } = readYaml('f.yaml', Buffer.from(text));
  return problems.length > 0 ? undefined : plainValue(value);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, texts: { type: 'string' } } });
  const [seed, texts] = [Number(values.seed ?? 1), Number(values.texts ?? 200_000)];
  const { taken, plain, edits, differences } = differential(seed, texts);
  console.log(
    `seed ${seed}: ${texts} texts, ${taken} taken, ${plain} plain, ${edits} edited, ${differences.length} differences`,
  );
  for (const [kind, found] of Map.groupBy(differences, (one) => one.kind)) {
    console.log(`\n${kind}: ${found.length}`);
    const shortest = found.toSorted((a, b) => a.text.length - b.text.length).slice(0, 8);
    for (const one of shortest) console.log(JSON.stringify(one));
  }
  process.exitCode = differences.length > 0 ? 1 : 0;
}
