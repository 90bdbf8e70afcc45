/** What an avatar file is: its format and pixels by its bytes, and whether an SVG holds more than a picture. */
import { imageSize } from 'image-size';
import type { Avatar } from '../core/model.ts';

/** Bytes; a phone draws an avatar at most 256 pixels wide. */
export const AVATAR_LIMIT = 256 * 1024;

/** The facts about the bytes; `format` is absent when they are no PNG, JPEG, WebP or SVG. Never throws. */
export function readAvatar(file: string, bytes: Uint8Array): Avatar {
  const facts: { -readonly [K in keyof Avatar]: Avatar[K] } = { file, bytes: bytes.length };
  try {
    const { type, width, height } = imageSize(bytes);
    if (type === 'png' || type === 'jpg' || type === 'webp' || type === 'svg') facts.format = type;
    facts.width = width;
    facts.height = height;
  } catch {
    return facts;
  }
  if (facts.format === 'svg') {
    const active = activeContent(new TextDecoder().decode(bytes));
    if (active) facts.active = active;
  }
  return facts;
}

const ACTIVE_ELEMENTS = /<\s*(?:[\w-]+:)?(script|foreignObject|iframe|embed|object|handler|listener|audio|video|canvas|meta|link|base)\b/i;
const HANDLER = /[\s"'/]on[a-z]+\s*=/i;
const DECLARATION = /<!(DOCTYPE|ENTITY)|<\?xml-stylesheet/i;
const REFERENCE = /(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;
const CSS_REFERENCE = /@import|url\(\s*['"]?\s*(?!['"]?#)/i;

/**
 * What in an SVG is more than a picture, or undefined. A browser runs none of it in `<img>`, but does when the file is
 * opened by itself, from the portal's own origin. Refuses rather too much: drawing programs can export without any of it.
 */
export function activeContent(svg: string): string | undefined {
  const text = svg.replace(/<!--[\s\S]*?-->/g, '');
  const declaration = DECLARATION.exec(text);
  if (declaration) return `a ${declaration[0].replace(/[<!?]/g, '')} declaration`;
  if (text.includes('<![CDATA[')) return 'a CDATA section';
  const element = ACTIVE_ELEMENTS.exec(text);
  if (element) return `the element ${element[1]}`;
  const decoded = decodeReferences(text);
  if (HANDLER.test(decoded)) return 'an event handler';
  if (/(?:java|vb)script\s*:/i.test(decoded.replace(/[\s\0]/g, ''))) return 'a script address';
  if (/<\s*(?:set|animate)\b[^>]*attributeName\s*=\s*["']?(?:xlink:)?href/i.test(decoded)) return 'an animated link';
  for (const [, double, single, bare] of decoded.matchAll(REFERENCE)) {
    const target = (double ?? single ?? bare ?? '').trim();
    if (!target.startsWith('#') && !/^data:image\/(?:png|jpeg|webp);/i.test(target)) return 'a reference to outside';
  }
  return CSS_REFERENCE.test(decoded) ? 'a reference to outside' : undefined;
}

/** Character references resolved, so that `&#106;avascript:` is seen for what it is. */
function decodeReferences(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);?/gi, (_, hex: string) => character(Number.parseInt(hex, 16)))
    .replace(/&#([0-9]+);?/g, (_, decimal: string) => character(Number.parseInt(decimal, 10)))
    .replace(/&(?:tab|newline);/gi, ' ')
    .replace(/&colon;/gi, ':');
}

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');
