/** The sources in rich text. */
import type { Evaluator } from './evaluate/evaluator.ts';
import type { Value } from './value.ts';

type RichText = Extract<Value, { kind: 'text' }>;
const RICH_SOURCE = /<(?:img|video|audio|source|image)\b[^<>]{0,1000}?\ssrc\s*=\s*["']?([^"'\s<>]+)/gi;
/** The sources that a text of markup names. */
const sourcesInHtml = ({ text }: RichText): Value[] =>
  [...text.matchAll(RICH_SOURCE)].map(([, source]): Value => ({ kind: 'text', text: source!, isWhole: true }));

/** The sources in what `nodes` says: markup, or a list of nodes with their attributes and children. */
export function sourcesInRichText(values: readonly Value[], evaluator: Evaluator, depth = 0): Value[] {
  return values.flatMap((value): Value[] => {
    if (value.kind === 'text') return sourcesInHtml(value);
    const isList = value.kind === 'list' || value.kind === 'elements';
    if (depth > NODES || (!isList && value.kind !== 'map')) return [];
    if (isList) return sourcesInRichText(evaluator.elements([value]), evaluator, depth + 1);
    const sources = evaluator.memberOf(value, 'attrs').flatMap((attributes) => evaluator.memberOf(attributes, 'src'));
    const children = evaluator.memberOf(value, 'children').filter(({ kind }) => kind !== 'text');
    return [...sources.filter(({ kind }) => kind === 'text'), ...sourcesInRichText(children, evaluator, depth + 1)];
  });
}

/** Lists of nodes in each other. */
const NODES = 8;
