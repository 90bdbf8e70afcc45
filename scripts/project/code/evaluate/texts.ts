/** Texts put together, taken apart and replaced, as far as both sides are known. */
import { bounded, distinct } from '../value-sets.ts';
import { textOf, UNKNOWN, whereOf, type Value } from '../value.ts';

const ABSOLUTE = /^\s*(?:https?|wss?|ftp):[/\\]{2}/i;
/** An address that ends with its host, so that only a path or more of the host may follow. */
const HOST_ALONE = /^(?:https?|wss?|ftp):[/\\]{2}[^/?#\\]*$/i;

/** Every beginning with every end: what is unknown ends what is known. Gives also how many there were. */
export function joined(starts: readonly Value[], ends: () => readonly Value[]): readonly Value[] {
  // What follows an unknown beginning, or one that says enough, need not be looked up.
  const isOpen = starts.some((start) => start.kind === 'text' && start.isWhole);
  const rest = isOpen ? ends() : [];
  return distinct(
    starts.flatMap((start): readonly Value[] => {
      if (start.kind === 'local') return [{ kind: 'local' }];
      if (start.kind !== 'text') return [UNKNOWN];
      if (!start.isWhole) return [start];
      if (rest.length === 0) return [textOf(start.text, false)];
      const ended = rest.flatMap((end): readonly Value[] => {
        if (end.kind === 'text') {
          // Code that joins the two asks first whether the second is an address by itself.
          const isNever = HOST_ALONE.test(start.text) && ABSOLUTE.test(end.text);
          return isNever ? [] : [bounded(start.text + end.text, end.isWhole)];
        }
        if (end.kind === 'local' && start.text === '') return [end];
        return [textOf(start.text, false)];
      });
      return ended.length > 0 ? ended : [textOf(start.text, false)];
    }),
  );
}

/** A text without what could not be told of its end; what is certain of it stays. */
export function beginningOf(value: Value): readonly Value[] {
  if (value.kind !== 'text') return [value];
  const where = whereOf(value);
  return typeof where === 'object' ? [textOf(`${where.origin}/`, false)] : [textOf('', false)];
}

/** What `text.replace(search, by)` may give; a pattern is tried only when it is as plain as a text. */
export function replaced(value: Value, search: string | undefined, isPattern: boolean, by: readonly Value[]): Value[] {
  if (value.kind !== 'text') return [value];
  if (search === undefined) return [...beginningOf(value)];
  const pattern = isPattern ? plainPattern(search) : undefined;
  if (isPattern && !pattern) return [...beginningOf(value)];
  const found = pattern ? pattern.exec(value.text) : undefined;
  const at = pattern ? (found?.index ?? -1) : value.text.indexOf(search);
  if (at === -1) return [value];
  const end = at + (found ? found[0].length : search.length);
  return by.map((one) =>
    one.kind === 'text' && one.isWhole
      ? bounded(value.text.slice(0, at) + one.text + value.text.slice(end), value.isWhole)
      : textOf(value.text.slice(0, at), false),
  );
}

/**
 * Letters, signs of addresses and classes of one character: nothing that repeats, so it takes time in proportion to its text. A brace
 * before a digit says how often; any other is itself.
 */
const plainPattern = (source: string): RegExp | undefined =>
  /^\^?(?:[\w:\-% }@#=&,;<>/]|\{(?!\d)|\\[/.:{}$?+*()[\]|\-dws])+\??\$?$/.test(source) && source.length < 200
    ? new RegExp(source)
    : undefined;

/** The parts of a text between separators. */
export function split(value: Value, separator: string | undefined): readonly Value[] {
  if (value.kind !== 'text' || separator === undefined || separator === '') return beginningOf(value);
  return value.text.split(separator, 64).map((part) => textOf(part, value.isWhole));
}
