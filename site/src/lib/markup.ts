/**
 * Markup as strings, for what stands on pages of miniapps by the hundred, and what other pages share with them.
 * Whatever is put into a template is escaped, unless it is markup itself.
 */

/** Text that is markup already: what `markup` makes, or a whole attribute whose value is escaped. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template; nothing is shown for `false`, `null` and `undefined`. */
export type Piece = Markup | string | number | false | null | undefined | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const IS_SPECIAL = /[&<>"']/;
const SPECIAL = /[&<>"']/g;

/** A text as it stands in markup, between tags and between quotes alike. */
export const escape = (text: string): string =>
  IS_SPECIAL.test(text) ? text.replace(SPECIAL, (character) => ESCAPES[character]!) : text;

/** A sentence of the interface with pieces in the place of its arguments, as `fill` puts texts there. */
export const filled = (sentence: string, args: Readonly<Record<string, Piece>>): Piece =>
  sentence.split(/(\{\w+\})/).map((part) => (part.startsWith('{') ? args[part.slice(1, -1)] : part));

/** A template of markup. The line breaks of the source, with the spaces around them, are not part of it. */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const fixed = fixedOf(strings);
  let text = fixed[0]!;
  for (let index = 0; index < pieces.length; index += 1) text += textOf(pieces[index]) + fixed[index + 1]!;
  return new Markup(text);
}

const known = new WeakMap<TemplateStringsArray, readonly string[]>();

function fixedOf(strings: TemplateStringsArray): readonly string[] {
  let fixed = known.get(strings);
  if (!fixed) known.set(strings, (fixed = strings.map((part) => part.replace(BREAK, ''))));
  return fixed;
}

const BREAK = /(?<!\s)\s*\n\s*/g;

/** A piece as it stands in a template. */
export function textOf(piece: Piece): string {
  if (typeof piece === 'string') return escape(piece);
  if (piece instanceof Markup) return piece.text;
  if (piece === undefined || piece === null || piece === false) return '';
  if (typeof piece === 'number') return String(piece);
  let text = '';
  for (const one of piece) text += textOf(one);
  return text;
}
