/** What an avatar file is: its format and pixels by its bytes, and whether an SVG holds more than a picture. */
import { isUtf8 } from 'node:buffer';
import { imageSize } from 'image-size';
import type { Avatar } from '../core/model.ts';
import { activeContent } from './svg-policy.ts';

/** Bytes; a phone draws an avatar at most 256 pixels wide. */
export const AVATAR_LIMIT = 256 * 1024;

type Format = NonNullable<Avatar['format']>;

/** The facts about the bytes; `format` is absent when they are no whole PNG, JPEG, WebP or SVG. Never throws. */
export function readAvatar(file: string, bytes: Uint8Array): Avatar {
  const nothing: Avatar = { file, bytes: bytes.length };
  if (bytes.length > AVATAR_LIMIT) return nothing;
  let size: { type?: string; width: number; height: number };
  try {
    size = imageSize(fromRoot(bytes));
  } catch {
    return nothing;
  }
  const { width, height } = size;
  const format = FORMATS.get(size.type ?? '');
  const hasSize = Number.isFinite(width) && Number.isFinite(height);
  if (!format || !hasSize || !isWhole[format](bytes)) return nothing;
  const facts: Avatar = { ...nothing, format, width, height };
  const active = format === 'svg' ? activeContent(new TextDecoder().decode(bytes)) : undefined;
  return active === undefined ? facts : { ...facts, active };
}

/** An SVG from its root element on, which image-size looks for in the first kilobyte; other bytes as they are. */
function fromRoot(bytes: Uint8Array): Uint8Array {
  const start = /^(?:\uFEFF)?\s*</.exec(new TextDecoder().decode(bytes.subarray(0, 64)));
  if (!start) return bytes;
  const text = new TextDecoder().decode(bytes);
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const isComment = text.startsWith('<!--', at);
    const isProlog = isComment || text.startsWith('<?', at) || text.startsWith('<!', at);
    if (!isProlog) return Buffer.from(text.slice(at));
    const mark = isComment ? '-->' : '>';
    const end = text.indexOf(mark, at);
    if (end === -1) return bytes;
    at = end + mark.length;
  }
  return bytes;
}

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['png', 'png'],
  ['jpg', 'jpg'],
  ['webp', 'webp'],
  ['svg', 'svg'],
]);

/** Whether the bytes hold the image to its end: the size stands at the beginning, so half an upload has one too. */
const isWhole: Readonly<Record<Format, (bytes: Uint8Array) => boolean>> = {
  png: hasLastChunk,
  jpg: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(Buffer.from([0xff, 0xd9])) > 2,
  webp: (bytes) => bytes.length >= 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true),
  svg: (bytes) => isUtf8(bytes),
};

/** PNG: an 8-byte signature, then chunks of length, type, data and checksum; IEND is the last. */
function hasLastChunk(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const isEnd = view.getUint32(at + 4) === 0x49454e44;
    if (isEnd) return true;
  }
  return false;
}
