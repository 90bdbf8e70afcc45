/** The image that `--avatar` names. */
import { resolve } from 'node:path';
import { text, UsageError, type Input, type Io } from '../frame/command.ts';
import { givenBytes } from './input-file.ts';

export const AVATAR_FORMATS = 'an image: PNG, JPEG, WebP or SVG, 16 to 1024 pixels, at most 256 KB';

/**
 * Its bytes and its extension in lower case, or undefined without the option. Throws UsageError for another extension and for a file
 * that cannot be read.
 */
export function avatarFile(input: Input, io: Io): { extension: string; bytes: Uint8Array } | undefined {
  const name = text(input, 'avatar');
  if (name === undefined) return undefined;
  const extension = /\.(png|jpg|jpeg|webp|svg)$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) throw new UsageError(`--avatar ${name}: a .png, .jpg, .webp or .svg file`);
  return { extension, bytes: givenBytes(resolve(io.cwd, name), `--avatar ${name}`) };
}
