/** What an expression may be, as far as the code says it. */
import { checkOrigin } from '../../core/resolution/origin.ts';
import type { PlacedNode, Script } from './scope.ts';
import type { CallExpression, ClassNode, FunctionNode, MapNode, SyntaxOf } from './syntax.ts';

export type Value =
  /** A text, or the beginning of one. */
  | { readonly kind: 'text'; readonly text: string; readonly isWhole: boolean }
  | OfMap
  | ({ readonly kind: 'list' } & PlacedNode<SyntaxOf<'ArrayExpression'>>)
  | ({ readonly kind: 'function' } & PlacedNode<FunctionNode | SyntaxOf<'TSDeclareMethod'>>)
  | OfClass
  /** What `new` makes with a function, as compilers write classes for older engines; also what is the function's `prototype`. */
  | OfMade
  /** What a script, or a module of a bundle, gives. */
  | { readonly kind: 'script'; readonly script: Script }
  /** The module of a bundle itself, of which `exports` is what it gives; and the function that finds others. */
  | { readonly kind: 'module' | 'require'; readonly script: Script }
  /** A function that gives these values. */
  | { readonly kind: 'thunk'; readonly of: readonly Value[] }
  /** A list that was computed: its elements, in no order. */
  | { readonly kind: 'elements'; readonly of: readonly Value[] }
  /** React's state with what sets it, and what sets it alone: by the call that makes both. */
  | ({ readonly kind: 'state' | 'setter' } & PlacedNode<CallExpression>)
  /** What Vue keeps a value in, by the call that makes it: what it is given, or what the function gives that it is given. */
  | OfHeld
  /** `ty` and its like, what a package gives under the same names, or the object of all globals. */
  | { readonly kind: 'host'; readonly of: 'vendor' | 'package' | 'globals' }
  | { readonly kind: 'api'; readonly name: string }
  /** A library's function that takes an address as `fetch` does, or settings with `url` and `baseURL`. */
  | { readonly kind: 'client'; readonly base?: Value }
  /** Something of the project itself, such as an imported image. */
  | { readonly kind: 'local' }
  | { readonly kind: 'unknown' };

export interface OfMap extends PlacedNode<MapNode> {
  readonly kind: 'map';
}
export interface OfHeld extends PlacedNode<CallExpression | SyntaxOf<'NewExpression'>> {
  readonly kind: 'ref' | 'computed';
}
export interface OfClass extends PlacedNode<ClassNode> {
  readonly kind: 'class' | 'instance';
  /** Whether it is `this`, which may be an object of a class that extends this one. */
  readonly isThis?: true;
}

export interface OfMade extends PlacedNode<FunctionNode | SyntaxOf<'TSDeclareMethod'>> {
  readonly kind: 'made';
}

export const UNKNOWN: Value = { kind: 'unknown' };

/** A text; without `isWhole` only its beginning is known. */
export const textOf = (text: string, isWhole = true): Value => ({ kind: 'text', text, isWhole });

/** What an address says of where it leads: an origin, no other host (`local`), or nothing certain. */
export type Where = { readonly origin: string } | 'local' | 'unknown';

const SCHEME = /^(https?|wss?|ftp):[/\\]{2}([^/?#\\\s]*)(.?)/i;

/** A host of which a part is empty, as of settings that are filled in when the code runs: `https://${region}.api.example.com`. */
const LACKS_LABEL = /^[.:]|\.\./;

/** Where a text leads that is an address, or the beginning of one. */
export function whereOf(value: Value): Where {
  if (value.kind === 'local') return 'local';
  if (value.kind !== 'text') return 'unknown';
  const text = value.text.trimStart();
  const absolute = text.startsWith('//') ? `https:${text}` : text;
  const parts = SCHEME.exec(absolute);
  if (!parts) {
    // What is still to come may make a scheme of the first letters.
    const maySayMore = !value.isWhole && /^(?:[a-z][a-z0-9+.-]*(?::\/{0,2})?|\/?)$/i.test(absolute);
    return maySayMore ? 'unknown' : 'local';
  }
  const [, scheme = '', authority = '', end = ''] = parts;
  const isEnded = value.isWhole || end !== '';
  if (authority === '' || LACKS_LABEL.test(hostOf(authority)) || (!isEnded && !isComplete(authority))) return 'unknown';
  return { origin: originOf(scheme.toLowerCase(), authority) };
}

/**
 * Whether a host that is followed by something unknown is one by itself: `https://api.example.com${path}` is, for its name has a
 * known suffix; `https://api.${zone}` is not.
 */
function isComplete(authority: string): boolean {
  const name = hostOf(authority).replace(/:\d{2,5}$/, '');
  const finding = checkOrigin(`https://${name.toLowerCase()}`);
  const isAddress = /^(?:\d{1,3}\.){3}\d{1,3}$/.test(name);
  return finding === undefined || finding.code === 'domain-lookalike' || isAddress || /^localhost$/i.test(name);
}

/** Host and port, without user name and password. */
const hostOf = (authority: string): string => authority.slice(authority.lastIndexOf('@') + 1);

/** Scheme, host and port, as browsers write them; user names and passwords are left out. */
function originOf(scheme: string, authority: string): string {
  const written = `${scheme}://${authority}`;
  const origin = URL.canParse(written) ? new URL(written).origin : 'null';
  const found = origin === 'null' ? `${scheme}://${hostOf(authority)}` : origin;
  return found.replace(/[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069]/gu, '').slice(0, 2048);
}

type TextValue = Extract<Value, { kind: 'text' }>;

/** Whether a value is a text, known whole or by its beginning. */
export const isText = (value: Value): value is TextValue => value.kind === 'text';

/** Whether a value is a text of which everything is known. */
export const isWholeText = (value: Value): value is TextValue => value.kind === 'text' && value.isWhole;
