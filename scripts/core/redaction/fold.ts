/**
 * A text without the differences between spellings of the same characters: letter case, full-width and other compatibility
 * forms, accents, characters that show nothing, digits of other scripts, and escapes of addresses, HTML, JSON and Markdown.
 * Each character keeps its offset in the original text.
 */

export interface FoldedText {
  readonly text: string;
  /** Where in the source the character at an index begins and ends. */
  readonly start: (index: number) => number;
  readonly end: (index: number) => number;
  /** Whether it may as well be meant as it stands: then only what is known counts. */
  readonly isGuess?: true;
}

/**
 * What folding does more to than lower case: escapes, and characters other than ASCII, letters of today's scripts that are no
 * form of another, and the punctuation of prose. In an address the Chinese full stop separates labels.
 */
const FOLDS =
  /[%&\\]|=(?:[2-7][0-9a-fA-F]|\r?\n)|<(?:!--|[wW])|[^\t\n\r -~\u00A7\u00AB\u00B0\u00B7\u00BB\u00BF-\u012F\u0134-\u013E\u0141-\u0148\u014A-\u017E\u0391-\u03CE\u0400-\u0481\u048A-\u052F\u2013\u2014\u2018-\u201E\u3000-\u3002\u300A-\u300F\u3041-\u3096\u30A1-\u30FC\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01\uFF08\uFF09\uFF0C\uFF1A\uFF1B\uFF1F]/;
const FOLDS_IN_ADDRESSES = /[\u3000\u3002\uFF08\uFF09]/;

const isPlain = (text: string): boolean =>
  !FOLDS.test(text) && !(FOLDS_IN_ADDRESSES.test(text) && /[@+]|\d{3}/.test(text));

/** Escapes within escapes, such as `%2540`, and no more: what a reader would not take for an account is none. */
const DEPTH = 4;

/**
 * The text as it stands and, where it holds escapes, also as it reads without them, one reading for each depth. An account may
 * begin in what looks like an escape, as `40ab` does in `%40ab`, or stand whole in a comment: from there on the text is also read
 * with those left alone.
 */
export function fold(source: string, heads: AccountHeads): FoldedText[] {
  if (isPlain(source)) {
    return [{ text: source.toLowerCase(), start: (index) => index, end: (index) => index + 1 }];
  }
  const layers: MappedText[] = [charactersOf(source)];
  const others: MappedText[] = [];
  while (layers.length <= DEPTH) {
    const layer = layers.at(-1)!;
    others.push(...readingsBeside(layer, DEPTH - layers.length + 1, heads));
    const plainer = unescaped(layer, ESCAPE);
    if (plainer === undefined) break;
    layers.push(plainer);
  }
  const mail = unescaped(layers.at(-1)!, QUOTED_PRINTABLE);
  const folded = [...layers, ...others].map((layer) => foldedOf(layer));
  return mail ? [...folded, { ...foldedOf(mail), isGuess: true }] : folded;
}

/**
 * Readings of a layer with what may hold the beginning of an account, or a whole one, left alone: at most `depth`, none where nothing
 * does.
 */
function readingsBeside(layer: MappedText, depth: number, heads: AccountHeads): MappedText[] {
  const stays = ({ 0: escape, index, input }: RegExpExecArray): boolean =>
    beginsWithin(input.slice(index + 1, index + escape.length + WINDOW), escape.length - 1, heads);
  if (
    !layer.text.includes('<!--') &&
    ![...layer.text.matchAll(ESCAPE_OUTSIDE_COMMENTS)].some((found) => stays(found))
  ) {
    return [];
  }
  const readings: MappedText[] = [];
  for (let from = layer; readings.length < depth; from = readings.at(-1)!) {
    const plainer = unescaped(from, ESCAPE_OUTSIDE_COMMENTS, stays);
    if (plainer === undefined) break;
    readings.push(plainer);
  }
  return readings;
}

/** The first characters of accounts in lower case: the first, and `HEAD` of them, or all of a shorter one. */
export type AccountHeads = ReadonlySet<string>;
const HEAD = 4;
const SHORTEST = 3;
/** What of a text the first characters of an account take at most, each of them an escape within escapes. */
const WINDOW = 40;

/** How accounts begin; a phone number without its plus too. */
export function accountHeads(accounts: Iterable<string>): AccountHeads {
  const heads = new Set<string>();
  for (const account of accounts) {
    for (const spelling of [account, account.replace('+', '')]) {
      const head = spelling.slice(0, HEAD).toLowerCase();
      if (head.length >= SHORTEST) heads.add(head).add(head.slice(0, 1));
    }
  }
  return heads;
}

/** Whether an account begins at one of the first characters. */
function beginsWithin(text: string, characters: number, heads: AccountHeads): boolean {
  for (let at = 0; at < characters; at++) {
    // What may begin so is looked at whole: nearly nothing does.
    if (!heads.has(text.charAt(at).toLowerCase())) continue;
    const plain = plainly(text.slice(at, at + WINDOW));
    if (heads.has(plain.slice(0, HEAD)) || heads.has(plain.slice(0, SHORTEST))) return true;
  }
  return false;
}

/** A short text with no escape left in it. */
function plainly(text: string): string {
  let plain = text;
  for (let depth = 0; depth < DEPTH && /[%&\\<]/.test(plain); depth++) {
    const outer = plain.replace(ESCAPE_OUTSIDE_COMMENTS, (escape) => meaning(escape.toLowerCase()) ?? escape);
    if (outer === plain) break;
    plain = outer;
  }
  return normalized(charactersOf(plain)).text;
}

function foldedOf(spelled: MappedText): FoldedText {
  const { text, starts, ends } = normalized(spelled);
  return { text, start: (index) => starts[index]!, end: (index) => ends[index]! };
}

/** A text, and for each of its UTF-16 units where it begins and ends in the source. */
interface MappedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function charactersOf(text: string): MappedText {
  const starts = Array.from({ length: text.length }, (_, index) => index);
  return { text, starts, ends: starts.map((index) => index + 1) };
}

const BYTE = '%[0-9a-f]{2}';
/** What shows nothing in HTML, whatever it holds. */
const COMMENT = '<!--.{0,200}?-->';
const ESCAPE_OUTSIDE_COMMENTS = new RegExp(
  [
    // Of an address: a character as the bytes of UTF-8, or as JavaScript's `escape` writes it.
    `%u[0-9a-f]{4}|%[2-7][0-9a-f]|%[cd][0-9a-f]${BYTE}|%e[0-9a-f](?:${BYTE}){2}|%f[0-7](?:${BYTE}){3}`,
    // Of HTML, the semicolon being optional after a number; what shows nothing there.
    String.raw`&#x[0-9a-f]{1,6};?|&#[0-9]{1,7};?|&[a-z]{2,16};|<wbr ?\/?>`,
    // Of JSON and JavaScript, of Markdown.
    String.raw`\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\x[0-9a-f]{2}|\\[!-/:-@[-\`{-~]`,
  ].join('|'),
  'gi',
);
const ESCAPE = new RegExp(`${COMMENT}|${ESCAPE_OUTSIDE_COMMENTS.source}`, 'gi');

/** How mails write what is no letter (RFC 2045), lines that go on included. Elsewhere it is a value: `size=40`. */
const QUOTED_PRINTABLE = /=(?:[2-7][0-9a-f]|[ \t]{0,3}\r?\n)/gi;

/** The names that HTML has for what can stand in an account, or beside its parts. */
const ENTITIES: Readonly<Record<string, string>> = {
  ...{
    amp: '&',
    ast: '*',
    apos: "'",
    colon: ':',
    commat: '@',
    dash: '-',
    dollar: '$',
    equals: '=',
    excl: '!',
    grave: '`',
  },
  ...{ gt: '>', hat: '^', hyphen: '-', lbrack: '[', lcub: '{', lowbar: '_', lpar: '(', lsqb: '[', lt: '<', nbsp: ' ' },
  ...{
    num: '#',
    percnt: '%',
    period: '.',
    plus: '+',
    quest: '?',
    quot: '"',
    rbrack: ']',
    rcub: '}',
    rpar: ')',
    rsqb: ']',
  },
  ...{
    shy: '',
    sol: '/',
    tab: ' ',
    newline: ' ',
    underbar: '_',
    verbar: '|',
    vert: '|',
    zerowidthspace: '',
    zwj: '',
    zwnj: '',
  },
};

/** With the outermost escapes taken for what they stand for, but for those that stay; undefined when there are none. */
function unescaped(
  { text, starts, ends }: MappedText,
  escapes: RegExp,
  stays?: (found: RegExpExecArray) => boolean,
): MappedText | undefined {
  const into = { text: '', starts: [] as number[], ends: [] as number[] };
  let done = 0;
  const copy = (until: number) => {
    into.text += text.slice(done, until);
    for (let index = done; index < until; index++) {
      into.starts.push(starts[index]!);
      into.ends.push(ends[index]!);
    }
  };
  for (const found of text.matchAll(escapes)) {
    const { 0: escape, index } = found;
    const meant = meaning(escape.toLowerCase());
    if (meant === undefined || stays?.(found)) continue;
    copy(index);
    done = index + escape.length;
    into.text += meant;
    for (let unit = 0; unit < meant.length; unit++) {
      into.starts.push(starts[index]!);
      into.ends.push(ends[done - 1]!);
    }
  }
  if (done === 0) return undefined;
  copy(text.length);
  return into;
}

function meaning(escape: string): string | undefined {
  if (escape.startsWith('<')) return '';
  if (escape.startsWith('='))
    return escape.endsWith('\n') ? '' : String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  if (escape.startsWith('%u')) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  if (escape.startsWith('%')) {
    try {
      return decodeURIComponent(escape);
    } catch {
      return undefined;
    }
  }
  const [, hex] = /^(?:&#x|\\[ux]\{?)([0-9a-f]+)/.exec(escape) ?? [];
  const [, decimal] = /^&#([0-9]+)/.exec(escape) ?? [];
  if (hex !== undefined || decimal !== undefined) {
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
  }
  return escape.startsWith('&') ? ENTITIES[escape.slice(1, -1)] : escape.slice(1);
}

const SAME: readonly (readonly [RegExp, string])[] = [
  [/[\p{Pd}\u2212\u2043]/gu, '-'],
  [/[\u3002\uFF61\u06D4\u2024]/gu, '.'],
  [/\s/gu, ' '],
];

function normalized({ text, starts, ends }: MappedText): MappedText {
  const into = { text: '', starts: [] as number[], ends: [] as number[] };
  let index = 0;
  for (const character of text) {
    const last = index + character.length - 1;
    const meant = character <= '~' ? character.toLowerCase().replace(/\s/, ' ') : normal(character);
    into.text += meant;
    for (let unit = 0; unit < meant.length; unit++) {
      into.starts.push(starts[index]!);
      into.ends.push(ends[last]!);
    }
    index = last + 1;
  }
  return into;
}

const known = new Map<string, string>();

function normal(character: string): string {
  let found = known.get(character);
  if (found === undefined) {
    // What shows nothing, accents, and what is for private use: in an account no character of its own.
    const NOTHING = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{M}]/gu;
    found = character.normalize('NFKD').replace(NOTHING, '').toLowerCase().replace(NOTHING, '');
    for (const [form, same] of SAME) found = found.replace(form, same);
    found = found.replace(/[^\0-\x7F]/gu, (one) => (/\p{Nd}/u.test(one) ? digitOf(one) : one));
    // As many as a text of one script has, so that hostile texts cost no memory.
    if (known.size < 5000) known.set(character, found);
  }
  return found;
}

/** Digits stand in runs of ten, from zero to nine (The Unicode Standard, 4.6). */
function digitOf(digit: string): string {
  let below = 0;
  const point = digit.codePointAt(0)!;
  while (below < 10 && /\p{Nd}/u.test(String.fromCodePoint(point - below - 1))) below += 1;
  return String(below % 10);
}
