/** Forms in which data writes addresses of images, sounds and the like, and of sockets. Nothing is evaluated. */
import { isMember, memberName, nameOf } from './names.ts';
import type { Syntax, SyntaxOf } from './syntax.ts';

/** A text that names a file of images, sounds or letters. */
export const MEDIA =
  /^[^?#]*\.(?:png|jpe?g|gif|webp|avif|bmp|ico|svg|mp[34]|m4[av]|m3u8|aac|wav|ogg|webm|mov|flv|ttf|otf|woff2?)(?:[?#]|$)/i;

/** Names of properties that hold where a person may go, not what is loaded. */
export const isLink = (name: string): boolean =>
  /^(?:href|url|link|to|key|id|class|className|data-.*|xmlns.*)$/i.test(name);

/**
 * Whether an expression is written as an address of a file of images or sounds, or ends as one: `'https://…/a.png'`, `${CDN}/a.png`,
 * `CDN + '/a.png'`, in either branch. Nothing is evaluated.
 */
export function isWrittenMedia(node: Syntax): boolean {
  switch (node.type) {
    case 'StringLiteral':
      return isAddress(node.value);
    case 'TemplateLiteral': {
      const { quasis } = node;
      const end = quasis.at(-1)!.value.raw;
      return quasis.length === 1 ? isAddress(end) : MEDIA.test(end);
    }
    case 'BinaryExpression': {
      const { operator, right } = node;
      return operator === '+' && right.type === 'StringLiteral' && MEDIA.test(right.value);
    }
    case 'CallExpression': {
      const { callee, arguments: args } = node;
      const last = args.at(-1);
      const isConcat = isMember(callee) && memberName(callee) === 'concat';
      return isConcat && last?.type === 'StringLiteral' && MEDIA.test(last.value);
    }
    case 'ConditionalExpression': {
      const { consequent, alternate } = node;
      return isWrittenMedia(consequent) || isWrittenMedia(alternate);
    }
    case 'LogicalExpression': {
      const { left, right } = node;
      return isWrittenMedia(left) || isWrittenMedia(right);
    }
    default:
      return false;
  }
}

/** What data says of the type of a file of images, sounds or letters, by its ending or as MIME has it. */
const TYPE =
  /^(?:\.?(?:png|jpe?g|gif|webp|avif|bmp|svg|mp[34]|m4[av]|aac|wav|ogg|webm|ttf|otf|woff2?)|(?:image|audio|video|font)\/[\w.+-]+)$/i;
const TYPE_KEYS: ReadonlySet<string> = new Set(['type', 'ext', 'format', 'mime', 'mimeType']);
const ADDRESS_KEYS: ReadonlySet<string> = new Set(['url', 'src', 'uri', 'path']);

/** The addresses in a map that says of what type the file there is: `{ type: 'png', url: host + '/r/1' }`, as engines of games list what they load. */
export function typedAddresses(node: SyntaxOf<'ObjectExpression'>): SyntaxOf<'ObjectProperty'>[] {
  const entries = node.properties.filter((entry) => entry.type === 'ObjectProperty');
  const isTyped = entries.some(
    ({ key, value }) => TYPE_KEYS.has(nameOf(key) ?? '') && value.type === 'StringLiteral' && TYPE.test(value.value),
  );
  return isTyped ? entries.filter(({ key }) => ADDRESS_KEYS.has(nameOf(key) ?? '')) : [];
}

/**
 * Whether data has the address of a socket under a name, or in a list (''). Nobody writes one but to open it, whatever reads it out of
 * there, except to show people how one looks.
 */
export const isWrittenSocket = (name: string, node: Syntax): boolean =>
  node.type === 'StringLiteral' && isSocketAddress(node.value) && !IS_WORDING.test(name);

/** Whether all of a text is the address of a socket. */
const isSocketAddress = (text: string): boolean => /^wss?:\/\/[^\s<>"'{}]+$/i.test(text);

/** Names of what people read. */
const IS_WORDING = /^(?:placeholder|title|label|desc|description|example|help|hint|tips?|text|content|message)$/i;

const isAddress = (text: string): boolean => /^(?:https?:)?\/\//i.test(text) && MEDIA.test(text);
