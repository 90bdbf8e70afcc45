/** What an avatar file is: its format and pixels by its bytes, and whether an SVG holds more than a picture. */
import { isUtf8 } from 'node:buffer';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { SVG } from 'image-size/types/svg';
import { WEBP } from 'image-size/types/webp';
import type { Avatar } from '../core/model.ts';
import { activeContent } from './svg-policy.ts';

/** Bytes; a phone draws an avatar at most 256 pixels wide. */
export const AVATAR_LIMIT = 256 * 1024;

type Format = NonNullable<Avatar['format']>;

/** The facts about the bytes; `format` is absent when they are no whole PNG, JPEG, WebP or SVG. Never throws. */
export function readAvatar(file: string, bytes: Uint8Array): Avatar {
  const nothing: Avatar = { file, bytes: bytes.length };
  if (bytes.length > AVATAR_LIMIT) return nothing;
  const image = fromRoot(bytes);
  const format = BY_FIRST_BYTE.get(image[0] ?? 0);
  const size = format && sizeOf(READERS[format], image);
  if (!size || !isWhole[format](bytes)) return nothing;
  const { width, height } = size;
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

type ByteReader = typeof PNG;

/** Of the package's two dozen formats these alone are loaded, because every command reads configurations. */
const READERS: Readonly<Record<Format, ByteReader>> = { png: PNG, jpg: JPG, webp: WEBP, svg: SVG };

/** Which one it can be, by the first byte. */
const BY_FIRST_BYTE: ReadonlyMap<number, Format> = new Map([
  [0x89, 'png'],
  [0xff, 'jpg'],
  [0x52, 'webp'],
  [0x3c, 'svg'],
]);

/** Undefined where the bytes are none of the format. The package throws for what begins as an image and breaks off. */
function sizeOf({ validate, calculate }: ByteReader, image: Uint8Array): { width: number; height: number } | undefined {
  try {
    if (!validate(image)) return undefined;
    const { width, height } = calculate(image);
    return Number.isFinite(width) && Number.isFinite(height) ? { width, height } : undefined;
  } catch {
    return undefined;
  }
}

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
